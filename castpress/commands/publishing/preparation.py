"""Everything that is looked at and decided before the first byte is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from castpress.check.publication import Prospect, check_publication
from castpress.commands.collector import Collector
from castpress.commands.publishing.material import Material, gather, with_whole_digests
from castpress.commands.publishing.parallel import each
from castpress.commands.publishing.purging import plan_purge
from castpress.model.artifact import Wave
from castpress.model.feed_files import FeedKind, feed_kind
from castpress.model.publication.going_back import brings_back
from castpress.model.publication.live import is_feed, snapshot_path
from castpress.model.publication.named import named_paths
from castpress.model.publication.plan import Action, Plan, grace_is_over, plan_publication
from castpress.model.publication.public_ledger import public_ledger
from castpress.model.publication.recovery import settled_files
from castpress.store.output import is_unfinished
from castpress.store.targets.target import TargetError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from castpress.commands.build import Built
    from castpress.commands.publishing.place import Place, State
    from castpress.commands.reporter import Reporter
    from castpress.commands.walk import Walked
    from castpress.model.ledger import Ledger
    from castpress.model.problem import Problem
    from castpress.model.publication.live import LiveFile, Publication, Snapshot
    from castpress.store.targets.target import Found, Target

# Up to so many new files are asked for one by one; for more the place lists what it has.
_FEW_LOOKS = 32


@dataclass(frozen=True, slots=True)
class Wish:
    """How a publication is asked for.

    ``allowed`` are codes of guards that are meant; with ``verifies`` every file at the place is
    read and compared with what is known of it. Of the episodes in ``purged`` nothing is to be left.
    """

    root: Path
    output: Path
    now: datetime
    is_strict: bool = False
    is_dry: bool = False
    stages: bool = True
    takes_over: bool = False
    verifies: bool = False
    allowed: Collection[str] = ()
    purged: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A publication that only needs to be carried out.

    ``settled`` is what is live in truth, ``feeds`` those that are going to be swapped, as read;
    ``public`` is the ledger as it may be read there, ``chosen`` what is gone back to. The
    snapshots in ``dropped`` are not to be gone back to any more.
    """

    root: Path
    place: Place
    state: State
    material: Material
    public: Ledger
    settled: Mapping[str, LiveFile]
    feeds: Mapping[str, Found | None]
    plan: Plan
    chosen: Snapshot | None = None
    dropped: tuple[Snapshot, ...] = ()


def prepare(
    wish: Wish,
    place: Place,
    state: State,
    built: Built,
    *,
    reporter: Reporter,
    now: datetime,
) -> tuple[Prepared, tuple[Problem, ...]]:
    """The plan, and all that speaks against it; ``now`` is the time of day.

    Raises:
        TargetError: the place cannot be read.
        OSError: the cache cannot be written.
    """
    collector = Collector()
    target, walked = place.target, built.walked
    if walked is None:
        raise ValueError("only a show that was understood is published")
    if is_unfinished(wish.output) and not wish.is_dry:
        raise TargetError(
            str(wish.output),
            "is unfinished: a build was stopped in the middle",
            "publish again, which finishes it",
        )
    settled = settle(target, state.publication, is_whole=wish.verifies)
    out = _out_before(state)
    material = collector.take(_material(wish, built, walked, settled, known=out, reporter=reporter))
    material = with_whole_digests(
        material, lambda path: settled[path].sha256 if path in settled else target.digest(path)
    )
    seen, foreign = _look(target, material, settled)
    settled, feeds = read_changing_feeds(target, material.files, settled)
    unwanted = (file for path, file in settled.items() if path not in material.files)
    is_over = any(grace_is_over(file, now) for file in unwanted)
    kept = _kept_paths(target, state.publication) if is_over else ()
    purge = collector.take(plan_purge(wish.purged, walked, target, state.publication, settled))
    planned = partial(
        plan_publication,
        material.files,
        settled,
        seen=seen,
        kept=kept,
        purged=purge.paths,
        now=now,
    )
    plan = planned()
    strange = _strange(target, state.publication, plan)
    if strange:
        plan = planned(strange=strange)
    prospect = Prospect(
        location=place.location,
        plan=plan,
        wanted=material.files,
        live_files=state.publication.files,
        live=state.publication.episodes,
        coming=material.episodes,
        live_feeds={path: file.sha256 for path, file in settled.items() if is_feed(file)},
        coming_feeds={path: f.sha256 for path, f in material.files.items() if is_feed(f)},
        withdrawn={entry.guid for entry in walked.ledger.entries if entry.is_withdrawn},
        live_url=state.publication.base_url,
        coming_url=material.base_url,
        former_urls=walked.ledger.former_urls,
        returning=_returning(target, state.publication, feeds, built.feeds),
        known={
            path
            for path, file in settled.items()
            if is_feed(file) and walked.recorded.has_been_live(path, file.sha256)
        },
        is_ahead=state.ledger is not None and walked.recorded.is_ahead_of(state.ledger),
        is_first=state.publication.since is None,
        ledger=walked.ledger,
        here=material.sources.keys(),
        foreign=foreign,
    )
    collector.add(check_publication(prospect, wish.allowed))
    return Prepared(
        root=wish.root,
        place=place,
        state=state,
        material=material,
        public=public_ledger(material.ledger, out | material.episodes.keys()),
        settled=settled,
        feeds=feeds,
        plan=plan,
        dropped=purge.snapshots,
    ), collector.problems


def settle(
    target: Target, publication: Publication, *, is_whole: bool = False
) -> dict[str, LiveFile]:
    """What is live in truth: what a claim left doubtful is looked at, or all of it.

    Raises:
        TargetError: a file cannot be read.
    """
    claim = publication.claim
    paths = {*claim.files, *claim.deletions} if claim else set()
    if is_whole:
        paths |= publication.files.keys()
    listed = sorted(paths)
    digests = each(target, listed, lambda path: target.digest(path, is_read=is_whole))
    return settled_files(publication, dict(zip(listed, digests, strict=True)))


def _out_before(state: State) -> set[str]:
    """The guids of all episodes that were out at that place; of others it knows no stem."""
    entries = state.ledger.entries if state.ledger else ()
    return {entry.guid for entry in entries if entry.stem} | state.publication.episodes.keys()


def _material(
    wish: Wish,
    built: Built,
    walked: Walked,
    settled: Mapping[str, LiveFile],
    *,
    known: Collection[str],
    reporter: Reporter,
) -> tuple[Material, tuple[Problem, ...]]:
    from castpress.commands.publishing.staging import stage

    if not wish.stages:
        return gather(built, walked, wish.output, {}, {}), ()
    staged, problems = stage(walked, wish.output, known, reporter)
    return gather(built, walked, wish.output, staged, settled), problems


def _look(
    target: Target, material: Material, settled: Mapping[str, LiveFile]
) -> tuple[dict[str, str | None], list[str]]:
    """What lies where a new file belongs, by digest; and which of it is not what belongs there.

    One that nobody has needed for a while, and that a feed is going to name, is looked for, too.
    """
    new = sorted(material.files.keys() - settled.keys())
    if len(new) > _FEW_LOOKS:
        there = set(target.list())
        found = [path for path in new if path in there]
    else:
        stats = each(target, new, target.head)
        found = [path for path, stat in zip(new, stats, strict=True) if stat is not None]
    digests = dict(zip(found, each(target, found, target.digest), strict=True))
    foreign = [
        path
        for path, digest in digests.items()
        if digest is not None and digest != material.files[path].sha256
    ]
    waiting = {
        path: file
        for path, file in settled.items()
        if path in material.files
        and (file.retired or (file.is_staged and not material.files[path].is_staged))
    }
    return digests | dict.fromkeys(_lost(target, waiting)), foreign


def _lost(target: Target, files: Mapping[str, LiveFile]) -> Iterator[str]:
    """The files that are not at the place any more, or not whole."""
    for path, there in zip(files, each(target, files, target.head), strict=True):
        file = files[path]
        if there is None or there.byte_length != file.byte_length:
            yield path


def _strange(target: Target, publication: Publication, plan: Plan) -> frozenset[str]:
    """What is going to be deleted and holds bytes that castpress never put there.

    Somebody may have put a redirect in the place of a page. Nobody does that with audio, whose
    name is a digest.
    """
    claimed = publication.claim.files if publication.claim else {}
    strange = set()
    waves = (Wave.PAGE, Wave.SIDECAR)
    paths = [step.path for step in plan.of(Action.DELETE) if step.wave in waves]
    for path, digest in zip(paths, each(target, paths, target.digest), strict=True):
        rows = (rows.get(path) for rows in (publication.files, claimed))
        if digest is not None and digest not in {row.sha256 for row in rows if row}:
            strange.add(path)
    return frozenset(strange)


def read_changing_feeds(
    target: Target, wanted: Mapping[str, LiveFile], settled: Mapping[str, LiveFile]
) -> tuple[dict[str, LiveFile], dict[str, Found | None]]:
    """The feeds as they are now, if one is going to be another; and the manifest with them.

    Somebody may have copied over a feed; then what was read is what is live.

    Raises:
        TargetError: one cannot be read.
    """
    coming = {path: file.sha256 for path, file in wanted.items() if is_feed(file)}
    live = {path: file.sha256 for path, file in settled.items() if is_feed(file)}
    if coming == live:
        return dict(settled), {}
    # All of them: what is kept to go back to is the state of all feeds.
    feeds = {path: target.get(path) for path in sorted(coming.keys() | live.keys())}
    files = dict(settled)
    for path, found in feeds.items():
        known = files.pop(path, None)
        if known is not None and found is not None:
            files[path] = replace(known, sha256=hashlib.sha256(found.content).hexdigest())
    return files, feeds


def _returning(
    target: Target,
    publication: Publication,
    live: Mapping[str, Found | None],
    coming: Mapping[str, bytes],
) -> frozenset[str]:
    """The feeds that would bring back what a rollback took away."""
    paths = set()
    for path, digest in publication.taken_away:
        before = live.get(path)
        taken = target.get(snapshot_path(digest)) if before and path in coming else None
        if before and taken and brings_back(before.content, taken.content, coming[path]):
            paths.add(path)
    homes = {path for path, _ in publication.taken_away if not _repeats(path)}
    if homes and not homes & paths:
        # Where that was put right, what the others repeat of it is no slip.
        paths = {path for path in paths if not _repeats(path)}
    return frozenset(paths)


def _repeats(path: str) -> bool:
    """Whether the items of that feed have their home, or their newer part, in another one."""
    return feed_kind(path) in (FeedKind.DERIVED, FeedKind.ARCHIVE)


def _kept_paths(target: Target, publication: Publication) -> frozenset[str]:
    """All that is named by a feed that is live or can be gone back to."""
    feeds = {(path, publication.base_url) for path in publication.feeds()}
    for snapshot in publication.snapshots:
        feeds |= {(snapshot_path(digest), snapshot.base_url) for _, digest in snapshot.feeds}
    named: set[str] = set()
    for path, base_url in sorted(feeds):
        found = target.get(path)
        if found is not None:
            named |= named_paths(found.content, base_url)
    return frozenset(named)
