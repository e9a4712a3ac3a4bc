"""Episodes that were taken back and have to vanish at once, such as for a court or a guest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.commands.collector import Collector
from castpress.commands.ledger_changes import find_episode
from castpress.model.ledger import LEDGER_FILE
from castpress.model.problem import Location, Problem, Severity
from castpress.model.publication.live import snapshot_path
from castpress.model.publication.named import named_paths
from castpress.render.search_index import WORDS_PATH

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from castpress.commands.walk import Walked
    from castpress.model.ledger import LedgerEntry
    from castpress.model.publication.live import LiveFile, Publication, Snapshot
    from castpress.store.targets.target import Target

_ITEM = re.compile(rb"<item>.*?</item>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Purge:
    """What goes at once: paths without a time of grace, and publications that name the episode."""

    paths: frozenset[str] = frozenset()
    snapshots: tuple[Snapshot, ...] = ()


def plan_purge(
    names: Sequence[str],
    walked: Walked,
    target: Target,
    publication: Publication,
    settled: Mapping[str, LiveFile],
) -> tuple[Purge, tuple[Problem, ...]]:
    """All that is left of the episodes of these names at the place of publication.

    Raises:
        TargetError: the place cannot be read.
    """
    collector = Collector()
    paths: set[str] = set()
    dropped: set[Snapshot] = set()
    for name in names:
        found, problems = find_episode(walked, name)
        collector.add(problems)
        if found is None:
            continue
        entry = found.entry
        if entry is None or not entry.is_withdrawn or entry.guid in publication.episodes:
            collector.add([_still_out(found.stem)])
            continue
        paths |= {path for path in settled if _belongs(path, entry)}
        for snapshot, item in _items(target, publication, entry.guid):
            dropped.add(snapshot)
            paths |= named_paths(item, snapshot.base_url)
    snapshots = tuple(each for each in publication.snapshots if each in dropped)
    return Purge(frozenset(paths), snapshots), collector.problems


def _belongs(path: str, entry: LedgerEntry) -> bool:
    """Whether it is audio of the episode, lies beside its page, or may hold its words."""
    if entry.audio is not None and path in {each.path for each in entry.audio.enclosures}:
        return True
    if path.startswith(WORDS_PATH):
        return True  # what is live does not name the episode any more, so this is from before
    folder = PurePosixPath(path).parent
    is_beside = folder.name in (entry.slug, *entry.old_slugs)
    return is_beside and folder.parts[0] in ("episodes", "courses", "embed")


def _items(target: Target, publication: Publication, guid: str) -> Iterator[tuple[Snapshot, bytes]]:
    """Each item of an episode in the feeds that are kept."""
    for snapshot in publication.snapshots:
        for _, digest in snapshot.feeds:
            found = target.get(snapshot_path(digest))
            for item in _ITEM.findall(found.content) if found else ():
                if guid.encode() in item:
                    yield snapshot, item


def _still_out(stem: str) -> Problem:
    return Problem(
        "purge-of-live-episode",
        f"{stem} was not taken back, or not published without it yet; nothing is purged",
        Location(LEDGER_FILE),
        Severity.ERROR,
        f"type `castpress unpublish {stem}` and `castpress publish` first",
    )
