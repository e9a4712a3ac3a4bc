"""A publication in the podcaster's words, and as one object for programs."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from castpress.model.artifact import Wave
from castpress.model.difference import as_json_object, differences
from castpress.model.difference_kind import bytes_text
from castpress.model.publication.plan import Action

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from castpress.commands.publishing.show import Published
    from castpress.model.difference import Difference
    from castpress.model.listing import ListedFeed
    from castpress.model.publication.live import Snapshot
    from castpress.model.publication.plan import Plan, Step
    from castpress.store.targets.target import Found

_WAVES = {
    Wave.MEDIA: "audio and pictures",
    Wave.SIDECAR: "chapters, transcripts, styles",
    Wave.PAGE: "pages",
    Wave.FEED: "feeds",
}
_FEW = 12


def plan_lines(plan: Plan) -> Iterator[str]:
    """How many files go up by wave, what is only noted and what goes, on a few lines."""
    for wave, name in _WAVES.items():
        steps = plan.of_wave(wave)
        sent = [step for step in steps if step.action is Action.UPLOAD]
        others = len(steps) - len(sent)
        if sent:
            size = bytes_text(sum(step.byte_length for step in sent))
            more = f"; {_count(others)} there already" if others else ""
            yield f"  {name}: {_count(len(sent))}, {size}{more}"
        elif others:
            yield f"  {name}: {_count(others)}, without sending bytes"
    yield from _reasons(plan, Action.RETIRE, "kept a while")
    yield from _reasons(plan, Action.FORGET, "left alone")
    yield from _reasons(plan, Action.DELETE, "deleted")


def step_lines(plan: Plan) -> Iterator[str]:
    """Each step with its reason; a long plan is cut."""
    steps = [step for step in plan.steps if step.action is not Action.KEEP]
    for step in steps[: 2 * _FEW]:
        yield f"  {step.action.value:<7} {step.path} ({step.reason})"
    if len(steps) > 2 * _FEW:
        yield f"  and {len(steps) - 2 * _FEW} more; --json lists all"


def dropped_lines(snapshots: Sequence[Snapshot]) -> Iterator[str]:
    """Which publications cannot be gone back to any more, because they name what was purged."""
    if snapshots:
        numbers = ", ".join(str(snapshot.number) for snapshot in snapshots)
        yield f"  not to be gone back to any more: {numbers} (named what was taken back for good)"


def noticed(published: Published) -> tuple[Difference, ...]:
    """What subscribers of each feed will notice; nothing where no feed changes."""
    prepared, walked = published.prepared, published.built.walked
    if prepared is None or walked is None:
        return ()
    zone = ZoneInfo(walked.show.time_zone)
    rows: list[Difference] = []
    for path, before in prepared.feeds.items():
        rows += differences(_listed(before, path), _coming(published.built.feeds, path), zone=zone)
    return tuple(rows)


def notice_lines(rows: tuple[Difference, ...]) -> Iterator[str]:
    """The differences as sentences, the worst first."""
    if rows:
        yield "subscribers will notice:"
    for row in rows[:_FEW]:
        yield f"  {row.title}: {row.text}"
    if len(rows) > _FEW:
        yield f"  and {len(rows) - _FEW} more; castpress diff tells all"


def as_object(published: Published, place: str) -> dict[str, object]:
    """The whole result for ``--json``; null where it did not come so far."""
    plan = published.prepared.plan if published.prepared else None
    walked, live = published.built.walked, published.live
    due = walked.schedule.next_due if walked else None
    return {
        "target": place,
        "done": published.is_done,
        "changed": plan is not None and not plan.is_empty,
        "number": live.number,
        "since": live.since.isoformat() if live.since else None,
        "episodes": len(live.episodes),
        "steps": None if plan is None else [_step(step) for step in plan.steps],
        "dropped": [s.number for s in published.prepared.dropped] if published.prepared else [],
        "noticed": [as_json_object(row) for row in noticed(published)],
        "problems": [
            {"code": p.code, "severity": p.severity.word, "message": p.message, "help": p.help}
            for p in published.problems
        ],
        "next_due": due.isoformat() if due else None,
    }


def _step(step: Step) -> dict[str, object]:
    return {
        "action": step.action.value,
        "path": step.path,
        "wave": step.wave.name.lower(),
        "bytes": step.byte_length,
        "reason": step.reason,
    }


def _reasons(plan: Plan, action: Action, name: str) -> Iterator[str]:
    steps = plan.of(action)
    if steps:
        reasons = dict.fromkeys(step.reason for step in steps)
        yield f"  {name}: {_count(len(steps))} ({'; '.join(list(reasons)[:3])})"


def _listed(found: Found | None, path: str) -> ListedFeed | None:
    from castpress.read.feed import parse_feed

    return None if found is None else parse_feed(found.content, PurePosixPath(path))[0]


def _coming(feeds: Mapping[str, bytes], path: str) -> ListedFeed | None:
    from castpress.read.feed import parse_feed

    return parse_feed(feeds[path], PurePosixPath(path))[0] if path in feeds else None


def _count(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"
