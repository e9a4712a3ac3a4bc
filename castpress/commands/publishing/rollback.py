"""The way back: the feeds of a snapshot become the live ones, by the same steps as any others."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from castpress.commands.collector import Collector
from castpress.commands.options import cache_of
from castpress.commands.publishing.claim import AnotherPublicationError, is_open
from castpress.commands.publishing.commit import commit
from castpress.commands.publishing.material import Material
from castpress.commands.publishing.place import read_state, remarked
from castpress.commands.publishing.preparation import Prepared, read_changing_feeds, settle
from castpress.commands.publishing.show import refusal
from castpress.model.artifact import Wave
from castpress.model.feed_files import MAIN_FEED, FeedKind, archive_number, feed_kind
from castpress.model.ledger import Ledger, with_live_feeds
from castpress.model.merge import merge_ledgers
from castpress.model.problem import Problem, Severity
from castpress.model.publication.headers import headers_of
from castpress.model.publication.live import (
    LiveEpisode,
    LiveFile,
    Publication,
    is_feed,
    snapshot_path,
)
from castpress.model.publication.named import named_paths
from castpress.model.publication.plan import plan_publication
from castpress.store.ledger import read_ledger
from castpress.store.targets.target import TargetError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime
    from pathlib import Path

    from castpress.commands.publishing.place import Place, State
    from castpress.commands.reporter import Reporter
    from castpress.model.listing import ListedItem
    from castpress.model.publication.live import Snapshot
    from castpress.store.targets.target import Target


@dataclass(frozen=True, slots=True)
class RolledBack:
    """What came of it; ``chosen`` is None where only the list was wanted."""

    live: Publication
    problems: tuple[Problem, ...] = ()
    chosen: Snapshot | None = None
    prepared: Prepared | None = None
    is_done: bool = False
    has_failed: bool = False


def roll_back(
    root: Path,
    place: Place,
    number: int | None,
    reporter: Reporter,
    clock: Callable[[], datetime],
    *,
    is_dry: bool,
    takes_over: bool,
) -> RolledBack:
    """Go back to the publication of that number, or only look where there is none."""
    live, chosen = Publication(), None
    try:
        state, problems = read_state(place, cache_of(root))
        if state is None:
            return RolledBack(live, problems, has_failed=True)
        live = state.publication
        if number is None:
            return RolledBack(live)
        chosen = next((s for s in live.snapshots if s.number == number), None)
        if chosen is None:
            return RolledBack(live, (_no_snapshot(number, live, place),))
        if is_open(state, clock()) and not takes_over and not is_dry:
            raise AnotherPublicationError(place.target, live.claim)
        collector = Collector()
        prepared = collector.take(_prepare(root, place, state, chosen, clock()))
        if collector.problems or is_dry:
            return RolledBack(live, collector.problems, chosen)
        live = commit(prepared, reporter, clock)
        return RolledBack(live, remarked(place), chosen, prepared, is_done=True)
    except TargetError as error:
        return RolledBack(live, (refusal(error, place),), chosen, has_failed=True)


def _prepare(
    root: Path, place: Place, state: State, chosen: Snapshot, now: datetime
) -> tuple[Prepared, tuple[Problem, ...]]:
    collector = Collector()
    target = place.target
    feeds = collector.take(_snapshot_feeds(target, chosen, place))
    settled = settle(target, state.publication)
    named = frozenset[str]().union(*(named_paths(f, chosen.base_url) for f in feeds.values()))
    local = collector.take(read_ledger(root))
    known = state.ledger or Ledger()
    joined = merge_ledgers(local, known)
    kept = {guid: e for guid, e in state.publication.episodes.items() if e.feed not in feeds}
    episodes = {
        guid: episode
        for path, content in feeds.items()
        if feed_kind(path) is not FeedKind.DERIVED  # what it repeats has its home elsewhere
        for guid, episode in _episodes(
            MAIN_FEED if archive_number(path) else path, content, chosen.base_url
        )
    }
    collector.add(_taken_back(joined, episodes, chosen, place))
    collector.add(_missing_audio(target, settled, episodes, place))
    files = {
        path: replace(file, retired=None)
        for path, file in settled.items()
        if file.retired is None or path in named
    }
    files |= {path: _feed_file(path, content) for path, content in feeds.items()}
    digests = {path: files[path].sha256 for path in feeds}
    settled, before = read_changing_feeds(target, files, settled)
    # Feeds that are younger than the snapshot stay as they were found.
    younger = {path for path, file in files.items() if is_feed(file)} - feeds.keys()
    files = {path: file for path, file in files.items() if path not in younger}
    files |= {path: settled[path] for path in younger & settled.keys()}
    prepared = Prepared(
        root=root,
        place=place,
        state=state,
        material=Material(
            files,
            feeds,
            kept | episodes,
            with_live_feeds(joined, digests),
            chosen.base_url,
        ),
        public=with_live_feeds(known, digests),
        settled=settled,
        feeds=before,
        # Nothing is cleared on the way back: all that is there may be gone forward to.
        plan=plan_publication(files, settled, kept=settled.keys(), now=now),
        chosen=chosen,
    )
    return prepared, collector.problems


def _snapshot_feeds(
    target: Target, chosen: Snapshot, place: Place
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    feeds: dict[str, bytes] = {}
    for path, digest in chosen.feeds:
        found = target.get(snapshot_path(digest))
        if found is None or hashlib.sha256(found.content).hexdigest() != digest:
            return {}, (_damaged(chosen.number, f"its {path} is not what was live", place),)
        feeds[path] = found.content
    return feeds, ()


def _feed_file(path: str, content: bytes) -> LiveFile:
    digest = hashlib.sha256(content).hexdigest()
    return LiveFile(Wave.FEED, digest, len(content), headers_of(path))


def _episodes(feed: str, content: bytes, base_url: str) -> Iterator[tuple[str, LiveEpisode]]:
    """What apps see in a kept feed."""
    from castpress.read.feed import parse_feed

    listed = parse_feed(content, PurePosixPath(feed), limit_bytes=len(content))[0]
    for item in listed.items if listed else ():
        yield item.guid, _episode(feed, item, base_url)


def _episode(feed: str, item: ListedItem, base_url: str) -> LiveEpisode:
    slug = PurePosixPath(item.link.removeprefix(base_url)).name
    enclosure = unquote(item.enclosure_url.removeprefix(base_url))
    return LiveEpisode(feed, slug, enclosure, item.title)


def _missing_audio(
    target: Target,
    settled: Mapping[str, LiveFile],
    episodes: Mapping[str, LiveEpisode],
    place: Place,
) -> Iterator[Problem]:
    """Every enclosure of a feed that is put back has to be there, whole."""
    for episode in episodes.values():
        file, there = settled.get(episode.enclosure), target.head(episode.enclosure)
        if file is None or there is None or there.byte_length != file.byte_length:
            yield _damaged(None, f"the audio of {episode.title!r} is not there any more", place)


def _taken_back(
    ledger: Ledger, episodes: Mapping[str, LiveEpisode], chosen: Snapshot, place: Place
) -> Iterator[Problem]:
    """What was taken back on purpose is not brought out again by going back for another reason."""
    for entry in ledger.entries:
        if entry.is_withdrawn and entry.guid in episodes:
            yield Problem(
                "withdrawn-in-snapshot",
                f"publication {chosen.number} lists {episodes[entry.guid].title!r}, which was "
                "taken back since",
                place.location,
                Severity.ERROR,
                "go back to a later one, or mend the notes and publish; if it is to be out again, "
                f"type `castpress unpublish {entry.stem or entry.guid} --undo` first",
            )


def _no_snapshot(number: int, live: Publication, place: Place) -> Problem:
    known = ", ".join(str(snapshot.number) for snapshot in reversed(live.snapshots))
    return Problem(
        "no-snapshot",
        f"there is no publication {number} to go back to",
        place.location,
        Severity.ERROR,
        f"name one of {known}" if known else "publish first; each publication keeps the one before",
    )


def _damaged(number: int | None, what: str, place: Place) -> Problem:
    whose = "that publication" if number is None else f"publication {number}"
    return Problem(
        "snapshot-damaged",
        f"{whose} cannot be gone back to: {what}",
        place.location,
        Severity.ERROR,
        "go back to another one: `castpress rollback` lists them",
    )
