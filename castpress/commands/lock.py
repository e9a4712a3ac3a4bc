"""``castpress lock``: record in show.lock what subscribers have by now."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.commands.clock import moment
from castpress.commands.ledger_changes import (
    Tale,
    add_change,
    carry_out,
    refusal,
    refuse,
    replace_ledger,
)
from castpress.commands.options import add_output, typed
from castpress.commands.reporter import report
from castpress.model.ledger import with_audio, with_live_feeds, with_slugs
from castpress.model.problem import Location

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from castpress.commands.build import Built
    from castpress.commands.reporter import Reporter
    from castpress.model.ledger import Ledger
    from castpress.model.problem import Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``lock``."""
    parser.add_argument(
        "--from",
        dest="feeds",
        nargs="+",
        action="extend",
        metavar="FEED",
        help="rebuild a lost show.lock from live feeds: addresses, files, or a folder of the site",
    )
    add_change(parser)
    add_output(parser)
    parser.add_argument(
        "--now",
        metavar="WHEN",
        help="what was released at this moment, as 2026-03-01T06:00:00-05:00 (the clock; "
        "SOURCE_DATE_EPOCH comes before it)",
    )


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Record the present output as what is live, or what a feed says is."""
    now = moment(arguments.now)
    if arguments.feeds:
        from castpress.commands.recover_lock import recover

        return recover(arguments, now, reporter)
    return _record(arguments, now, reporter)


def _record(arguments: argparse.Namespace, now: datetime, reporter: Reporter) -> int:
    from castpress.commands.build import build

    root: Path = arguments.show
    output: Path = arguments.output or root / "public"
    built = build(root, output, now, reporter, is_strict=False, is_dry=True)
    if built.walked is None or not built.feeds:
        return report(reporter, built.problems, root, is_strict=False, notes=False)
    behind = tuple(_behind(output, built.feeds))
    if behind:
        return refuse(reporter, behind, root)
    before, after = built.walked.recorded, locked(built)
    facts = {
        "episodes": len(built.enclosed),
        "frozen": len(_frozen(after) - _frozen(before)),
        "feeds": sorted(built.feeds),
    }
    if after == before:
        line = "Nothing to do: show.lock says already what is in the output."
        return carry_out(arguments, reporter, Tale((line,), facts), None)
    lines = tuple(_tale(before, after))
    return carry_out(arguments, reporter, Tale(lines, facts), replace_ledger(arguments, after))


def locked(built: Built) -> Ledger:
    """The ledger once all that was built is what subscribers have."""
    if built.walked is None:
        raise ValueError("nothing was built")
    audio = {guid: each.audio for guid, each in built.enclosed.items() if each.audio is not None}
    digests = {path: hashlib.sha256(feed).hexdigest() for path, feed in built.feeds.items()}
    known = with_slugs(built.walked.ledger, built.walked.slugs)
    return with_live_feeds(with_audio(known, audio), digests)


def _behind(output: Path, feeds: Mapping[str, bytes]) -> Iterator[Problem]:
    """Feeds of the output that are not those of the show: then nobody knows what is live."""
    for path, content in feeds.items():
        try:
            is_same = (output / path).read_bytes() == content
        except OSError:
            is_same = False
        if not is_same:
            yield refusal(
                "stale-output",
                f"{path} in {output} is not what the show is by now, so it cannot be recorded",
                Location(PurePosixPath((output / path).as_posix())),
                f"type `{typed('build')}`, upload {output.name}/ as it is then, and lock again; "
                "or give the moment of the last build: --now",
            )
            return


def _frozen(ledger: Ledger) -> set[str]:
    return {entry.guid for entry in ledger.entries if entry.audio is not None}


def _tale(before: Ledger, after: Ledger) -> Iterator[str]:
    yield "Nobody notices: what is in the output is taken for what subscribers have."
    new = _frozen(after) - _frozen(before)
    if new:
        audio = "1 episode" if len(new) == 1 else f"{len(new)} episodes"
        yield f"The audio of {audio} is out from now on: address and bytes are kept."
    for entry in after.entries:
        if entry.guid in new:
            yield f"  {entry.stem}"
    if before.live_feeds != after.live_feeds:
        yield "The feeds are noted as the ones that are live."
