"""A plan carried out: wave after wave, each complete and verified before the next begins."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.commands.publishing.parallel import Stoppable, each
from castpress.model.artifact import Wave
from castpress.model.publication.headers import headers_of
from castpress.model.publication.live import SNAPSHOT_FOLDER, snapshot_path
from castpress.model.publication.plan import Action
from castpress.store.targets.target import ConflictError, Over, TargetError, Upload

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from castpress.commands.reporter import Reporter
    from castpress.model.publication.live import LiveFile, Publication, Snapshot
    from castpress.model.publication.plan import Plan, Step
    from castpress.store.targets.target import Found, Target

_LABELS = {
    Wave.MEDIA: "publishing media",
    Wave.SIDECAR: "publishing chapters and transcripts",
    Wave.PAGE: "publishing pages",
    Wave.FEED: "publishing feeds",
}


@dataclass(frozen=True, slots=True)
class Waves:
    """Who carries out a plan: with which bytes, over which feeds.

    ``before`` are the feeds as they were read, None where there was none. ``beat`` is called again
    and again meanwhile, so that the claim stays alive.
    """

    target: Target
    wanted: Mapping[str, LiveFile]
    live: Mapping[str, LiveFile]
    sources: Mapping[str, Path | bytes]
    before: Mapping[str, Found | None]
    beat: Callable[[], None]
    reporter: Reporter

    def send(self, plan: Plan, wave: Wave) -> None:
        """Put all files of a wave, read them back, and wait until they are safe.

        Raises:
            TargetError: the wave is not complete.
        """
        steps = plan.of_wave(wave)
        if not steps:
            return
        sent = [step for step in steps if step.action is Action.UPLOAD]
        # The feed that lies highest has to be the last.
        width = 1 if wave is Wave.FEED else None
        size = sum(step.byte_length for step in sent)
        with self.reporter.meter(_LABELS[wave], size) as told:
            count = Stoppable(told)
            each(
                self.target,
                steps,
                lambda step: self._do(step, count),
                width=width,
                on_end=count.stop,
                beat=self.beat,
            )
        self.target.settle()
        if wave is not Wave.FEED:  # those are read back to the last byte
            # What was cut off may have put them, and never have looked at them again.
            adopted = [s for s in steps if s.action is Action.ADOPT and s.path in self.sources]
            uploads = [self._upload(step.path) for step in (*sent, *adopted)]
            each(self.target, uploads, self.target.confirm, beat=self.beat)

    def read_feeds_back(self, plan: Plan) -> None:
        """Make sure that the feeds are, to the last byte, what was built.

        Raises:
            TargetError: one is not.
        """
        for step in plan.of_wave(Wave.FEED):
            found = self.target.get(step.path)
            wanted = self.wanted[step.path].sha256
            if found is None or hashlib.sha256(found.content).hexdigest() != wanted:
                raise ConflictError(step.path)

    def clear(self, plan: Plan) -> None:
        """Delete what is not needed any more.

        Raises:
            TargetError: a file could not be deleted.
        """
        steps = plan.of(Action.DELETE)
        progress = self.reporter.track("clearing up", len(steps))
        paths = [step.path for step in steps]
        each(
            self.target,
            paths,
            self.target.delete,
            on_done=lambda _: next(progress),
            beat=self.beat,
        )
        if steps:
            self.target.settle()

    def _do(self, step: Step, count: Callable[[int], None]) -> None:
        if step.action is Action.UPLOAD:
            self.target.put(self._upload(step.path), over=self._over(step.path), on_bytes=count)
            return
        live, wanted = self.live.get(step.path), self.wanted[step.path]
        if live is None or live.headers != wanted.headers:
            self.target.describe(step.path, wanted.headers)

    def _upload(self, path: str) -> Upload:
        file = self.wanted[path]
        return Upload(path, file.sha256, file.byte_length, file.headers, self.sources[path])

    def _over(self, path: str) -> Over | str:
        """Feeds are swapped against what was read; all else only has one publisher at a time."""
        if path not in self.before:
            return Over.ANYTHING
        found = self.before[path]
        return Over.NOTHING if found is None else found.version


def keep_snapshot(
    target: Target,
    snapshot: Snapshot,
    feeds: Mapping[str, Found | None],
    known: Collection[Snapshot],
) -> None:
    """Keep the bytes of the feeds that are live, under their digests.

    ``feeds`` are those that were read already; those that a ``known`` snapshot names are kept.

    Raises:
        TargetError: they cannot be read or kept.
    """
    there = {digest for one in known for _, digest in one.feeds}
    for path, digest in snapshot.feeds:
        kept = snapshot_path(digest)
        if digest in there:
            continue
        found = feeds[path] if path in feeds else target.get(path)
        if found is None or hashlib.sha256(found.content).hexdigest() != digest:
            raise TargetError(
                path,
                "is not the feed that was published and cannot be kept to go back to",
                "publish again",
            )
        put_bytes(target, kept, found.content)


def drop_snapshots(target: Target, before: Publication, after: Publication) -> None:
    """Delete the bytes of feeds that no snapshot names any more.

    After a publication that was cut off nobody knows which there are, so they are listed.

    Raises:
        TargetError: they cannot be deleted.
    """
    needed = {snapshot_path(digest) for s in after.snapshots for _, digest in s.feeds}
    if before.claim is not None:
        there = set(target.list(f"{SNAPSHOT_FOLDER}/"))
    else:
        there = {snapshot_path(digest) for s in before.snapshots for _, digest in s.feeds}
    for path in sorted(there - needed):
        target.delete(path)


def put_bytes(target: Target, path: str, content: bytes, over: Over | str = Over.ANYTHING) -> str:
    """Put a small file; its version.

    Raises:
        TargetError: it cannot be put.
    """
    digest = hashlib.sha256(content).hexdigest()
    return target.put(Upload(path, digest, len(content), headers_of(path), content), over=over)
