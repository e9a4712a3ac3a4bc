"""``castpress lock --from``: a lost show.lock made again from the feeds that subscribers read.

A feed of another host is taken too; then its audio lies elsewhere, and only the guids count. That
is how a show comes to castpress without anybody downloading it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.commands.collector import Collector
from castpress.commands.feed_recovery import Recovery
from castpress.commands.feed_sources import read_feeds
from castpress.commands.ledger_changes import (
    Tale,
    carry_out,
    every_episode,
    refuse,
    replace_ledger,
)
from castpress.commands.options import cache_of
from castpress.commands.reporter import report
from castpress.model.ledger import (
    Ledger,
    LedgerEntry,
    PublishedAudio,
)
from castpress.model.podcast import AudioFacts, Enclosure

if TYPE_CHECKING:
    import argparse
    from datetime import datetime
    from pathlib import Path

    from castpress.commands.build import Built
    from castpress.commands.feed_sources import NamedFeed
    from castpress.commands.reporter import Reporter
    from castpress.commands.walk import Walked


def recover(arguments: argparse.Namespace, now: datetime, reporter: Reporter) -> int:
    """Match the items of the feeds with the notes of the folder, and record them."""
    root: Path = arguments.show
    collector = Collector()
    feeds: list[NamedFeed] = []
    for place in arguments.feeds:
        read = read_feeds(place)
        if read.exit_code != exit_codes.OK:
            return refuse(reporter, read.problems, root, read.exit_code)
        feeds += read.feeds
        collector.add(read.problems)
    built = _dry_build(arguments, now, reporter)
    walked = built.walked
    if walked is None or not built.feeds:
        return report(reporter, built.problems, root, is_strict=False, notes=False)
    recovery = Recovery(walked, built, tuple(feeds), arguments.output or root / "public")
    ledger = collector.take(recovery.ledger())
    code = report(reporter, collector.problems, root, is_strict=False, notes=False)
    if code != exit_codes.OK:
        return code
    facts = {
        "episodes": len(recovery.stem_of),
        "with_audio": sum(1 for entry in ledger.entries if entry.audio is not None),
        "feeds": [feed.name for feed in feeds],
    }
    if ledger == walked.recorded:
        line = "Nothing to do: show.lock knows all that is in the feed."
        return carry_out(arguments, reporter, Tale((line,), facts), None)
    lines = tuple(recovery.tale())
    return carry_out(arguments, reporter, Tale(lines, facts), replace_ledger(arguments, ledger))


def _dry_build(arguments: argparse.Namespace, now: datetime, reporter: Reporter) -> Built:
    """The show as it would be built; where audio is not here, with a stand-in for it.

    So that every episode has its title, date and address, whether its audio can be had or not.
    """
    from castpress.commands.build import build
    from castpress.commands.walk import walk

    root: Path = arguments.show
    output: Path = arguments.output or root / "public"
    walked, _ = walk(root, now, cache_of(root), reporter)
    silent = _without_audio(root, walked) if walked is not None else ()
    live = None
    if walked is not None and silent:
        from castpress.model.identity import first_guid

        show_guid = walked.show.feed.guid
        known = walked.recorded.by_guid()
        stand_ins = (
            LedgerEntry(first_guid(show_guid, stem), stem, "", audio=_stand_in(number))
            for number, stem in enumerate(silent)
        )
        live = Ledger(tuple(entry for entry in stand_ins if entry.guid not in known))
    return build(root, output, now, reporter, is_strict=False, live=live, is_dry=True)


def _stand_in(number: int) -> PublishedAudio:
    """Audio of which nothing is known yet; no two episodes have one address."""
    return PublishedAudio(
        Enclosure(f"audio/unknown-{number}", "audio/mpeg", 1, ""),
        AudioFacts("audio/mpeg", "mp3", 1, 86_400_000, ""),
        None,
    )


def _without_audio(root: Path, walked: Walked) -> tuple[str, ...]:
    from castpress.read.pairing import part_transcripts, stem_of
    from castpress.store.sources import find_sources

    sources, _ = find_sources(root)
    here = {episode.stem for episode in every_episode(walked)}
    notes, _ = part_transcripts(sources.show_notes.files, sources.episodes.files)
    stems = map(stem_of, notes)
    return tuple(stem for stem in dict.fromkeys(stems) if stem not in here)
