"""The plan of a publication: from what is live to what is wanted, each step with its reason.

Pure: whoever carries it out has looked at the place of publication before.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from castpress.model.artifact import Wave
from castpress.model.feed_files import feed_kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from datetime import datetime

    from castpress.model.publication.live import LiveFile

GRACE = timedelta(days=30)
"""So long a file stays that the show does not name any more: apps still have the old feed."""


class Action(StrEnum):
    """What a step does to a file at the place of publication."""

    UPLOAD = "upload"
    HEADERS = "headers"
    ADOPT = "adopt"
    RETIRE = "retire"
    KEEP = "keep"
    DELETE = "delete"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, and why, in words.

    ``upload`` sends bytes, ``headers`` says something else about the same bytes, ``adopt`` takes
    over bytes that are there, ``retire`` starts the time of grace, ``keep`` does nothing, and
    ``forget`` leaves what is there to whoever put it there.
    """

    action: Action
    path: str
    wave: Wave
    byte_length: int
    reason: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All steps in the order in which they are done: waves, then what is only noted, deletions."""

    steps: tuple[Step, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the place of publication is as it should be."""
        return all(step.action is Action.KEEP for step in self.steps)

    def of(self, *actions: Action) -> tuple[Step, ...]:
        """The steps that do one of these things."""
        return tuple(step for step in self.steps if step.action in actions)

    def of_wave(self, wave: Wave) -> tuple[Step, ...]:
        """The steps of a wave; what comes after the feeds is in none."""
        waves = (Action.UPLOAD, Action.HEADERS, Action.ADOPT)
        return tuple(s for s in self.steps if s.wave is wave and s.action in waves)


def plan_publication(
    wanted: Mapping[str, LiveFile],
    live: Mapping[str, LiveFile],
    *,
    seen: Mapping[str, str | None] | None = None,
    kept: Collection[str] = (),
    strange: Collection[str] = (),
    purged: Collection[str] = (),
    now: datetime,
    grace: timedelta = GRACE,
) -> Plan:
    """What has to be done so that what is live becomes what is wanted.

    ``live`` is what the manifest says; ``seen`` are the digests of paths that were looked at
    because the manifest cannot be relied on there, None for nothing. ``kept`` are paths that a kept
    feed names: they are never deleted; nor are ``strange`` ones, which are somebody else's by now.
    ``purged`` ones go without a time of grace, unless they are wanted.
    """
    looked_at = seen or {}
    unwanted = {path: file for path, file in live.items() if path not in wanted}
    keeping = _Keeping(kept, strange, purged, now, grace)
    steps = (*_puts(wanted, live, looked_at), *_clearings(unwanted, looked_at, keeping))
    return Plan(tuple(sorted(steps, key=_order)))


def files_after(
    plan: Plan,
    wanted: Mapping[str, LiveFile],
    live: Mapping[str, LiveFile],
    now: datetime,
) -> dict[str, LiveFile]:
    """The manifest once the plan is carried out."""
    files = dict(live)
    for step in plan.steps:
        if step.action in (Action.DELETE, Action.FORGET):
            files.pop(step.path, None)
        elif step.action is Action.RETIRE:
            files[step.path] = replace(live[step.path], retired=now)
        elif step.action is not Action.KEEP:
            files[step.path] = wanted[step.path]
    return dict(sorted(files.items()))


def grace_is_over(file: LiveFile, now: datetime, grace: timedelta = GRACE) -> bool:
    """Whether apps have had the time to read a newer feed."""
    return file.retired is not None and now - file.retired >= grace


_AFTERWARDS = (Action.RETIRE, Action.KEEP, Action.FORGET, Action.DELETE)


def _order(step: Step) -> tuple[int, int, int, str]:
    """Waves first; of the feeds the main one last, and before it the archive pages it names."""
    is_after = _AFTERWARDS.index(step.action) + 1 if step.action in _AFTERWARDS else 0
    rank = (feed_kind(step.path) or 0) if step.wave is Wave.FEED else 0
    return is_after, 0 if is_after else int(step.wave), rank, step.path


def _puts(
    wanted: Mapping[str, LiveFile], live: Mapping[str, LiveFile], seen: Mapping[str, str | None]
) -> Iterator[Step]:
    for path, file in wanted.items():
        known = live.get(path)
        if path in seen:
            action, reason = _where_looked_at(file, known, seen[path])
        elif known is None:
            action, reason = Action.UPLOAD, "new"
        else:
            action, reason = _where_known(file, known)
        if action is not None:
            yield Step(action, path, file.wave, file.byte_length, reason)


def _where_known(file: LiveFile, known: LiveFile) -> tuple[Action | None, str]:
    if known.sha256 != file.sha256:
        return Action.UPLOAD, "its bytes changed"
    if known.headers.content_type != file.headers.content_type:
        return Action.HEADERS, "its type changed"
    if known.headers.redirect != file.headers.redirect:
        return Action.HEADERS, "where it leads changed"
    if known.headers != file.headers:
        return Action.HEADERS, "how long it may be kept changed"
    if known.retired is not None:
        return Action.ADOPT, "is back in the show"
    if known.is_staged and not file.is_staged:
        return Action.ADOPT, "was staged and is out now"
    return (Action.ADOPT, "listed otherwise now") if known != file else (None, "")


def _where_looked_at(
    file: LiveFile, known: LiveFile | None, found: str | None
) -> tuple[Action | None, str]:
    if found is None:
        return Action.UPLOAD, "new" if known is None else "is missing there"
    if found != file.sha256:
        same = known is not None and known.sha256 == found
        return Action.UPLOAD, "its bytes changed" if same else "other bytes are there"
    return (Action.ADOPT, "is there already") if known != file else (None, "")


@dataclass(frozen=True, slots=True)
class _Keeping:
    """What holds back a deletion: feeds that are kept, somebody else's bytes, and time."""

    kept: Collection[str]
    strange: Collection[str]
    purged: Collection[str]
    now: datetime
    grace: timedelta

    def clearing(self, path: str, file: LiveFile) -> tuple[Action, str]:
        """What becomes of a file that the show does not name any more."""
        if path in self.strange:
            return Action.FORGET, "no longer in the show; somebody has put another file there"
        if path in self.purged:
            return Action.DELETE, "taken back for good"
        if file.wave in (Wave.PAGE, Wave.FEED):
            return Action.DELETE, "no longer in the show"
        if path in self.kept:
            # Before anything else: whoever goes back to that feed needs all that it names.
            if file.retired is not None:
                return Action.KEEP, "named by a kept feed"
        elif file.is_staged:
            return Action.DELETE, "was staged, and the show does not need it any more"
        elif grace_is_over(file, self.now, self.grace):
            return Action.DELETE, "no longer in the show, and no kept feed names it"
        end = (file.retired or self.now) + self.grace
        until = f"kept until {end.date().isoformat()} for apps that have the old feed"
        if file.retired is not None:
            return Action.KEEP, until
        return Action.RETIRE, f"no longer in the show; {until}"


def _clearings(
    unwanted: Mapping[str, LiveFile], seen: Mapping[str, str | None], keeping: _Keeping
) -> Iterator[Step]:
    for path, file in unwanted.items():
        if path in seen and seen[path] is None:
            action, reason = Action.DELETE, "is missing there, and no longer in the show"
        else:
            action, reason = keeping.clearing(path, file)
        yield Step(action, path, file.wave, file.byte_length, reason)
