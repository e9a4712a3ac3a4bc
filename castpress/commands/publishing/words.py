"""A publication in the podcaster's words, and as one object for programs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from castpress.commands.feed_sources import parse_named, with_pages
from castpress.model.artifact import Wave
from castpress.model.difference import as_json_object, differences, is_noticed
from castpress.model.difference_kind import bytes_text
from castpress.model.feed_files import MAIN_FEED, FeedKind, archive_number, feed_kind
from castpress.model.publication.going_back import differs_in_items_only
from castpress.model.publication.plan import Action

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from castpress.commands.publishing.show import Published
    from castpress.model.difference import Difference
    from castpress.model.listing import ListedFeed
    from castpress.model.publication.live import Snapshot
    from castpress.model.publication.plan import Plan, Step

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


@dataclass(frozen=True, slots=True)
class Noticed:
    """One thing that subscribers will notice, and the path of the feed in which they do."""

    feed: str
    change: Difference


def noticed(published: Published) -> tuple[Noticed, ...]:
    """What subscribers of each feed will notice; nothing where no feed changes.

    What several feeds tell is said once: of the main feed, where that is one of them.
    """
    prepared, walked = published.prepared, published.built.walked
    if prepared is None or walked is None:
        return ()
    zone = ZoneInfo(walked.show.time_zone)
    live = {path: found.content for path, found in prepared.feeds.items() if found is not None}
    coming = published.built.feeds
    # What stays is the same on both sides, and of a large show dear to read.
    changed = [path for path in prepared.feeds if _is_telling(path, live, coming)]
    if MAIN_FEED not in changed and any(map(archive_number, changed)):
        changed.append(MAIN_FEED)  # which its pages are a part of
    before, after = _listed(live, changed), _listed(coming, changed)
    paths = [path for path in changed if path in before or path in after]
    found: dict[Difference, str] = {}
    for path in paths:
        for row in differences(before.get(path), after.get(path), zone=zone):
            if path == MAIN_FEED or row not in found:
                found[row] = path
    return tuple(Noticed(path, row) for row, path in found.items())


def notice_lines(rows: tuple[Noticed, ...]) -> Iterator[str]:
    """The differences of each feed as sentences, the worst first; the main feed needs no name."""
    if rows:
        anything = "" if any(is_noticed(row.change) for row in rows) else " nothing"
        yield f"subscribers will notice{anything}:"
    for row in rows[:_FEW]:
        where = "" if row.feed == MAIN_FEED else f"in {row.feed}: "
        yield f"  {where}{row.change.title}: {row.change.text}"
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
        "noticed": [{"feed": row.feed, **as_json_object(row.change)} for row in noticed(published)],
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


def _is_telling(path: str, live: Mapping[str, bytes], coming: Mapping[str, bytes]) -> bool:
    """Whether a feed changes in something that its items' homes do not tell."""
    before, after = live.get(path), coming.get(path)
    if before == after:
        return False
    if feed_kind(path) is not FeedKind.DERIVED or before is None or after is None:
        return True
    return not differs_in_items_only(before, after)


def _listed(feeds: Mapping[str, bytes], paths: Sequence[str]) -> dict[str, ListedFeed]:
    """What apps see of the feeds by path; archive pages count with the main one."""
    read = (
        feed
        for path in paths
        if path in feeds
        for feed in parse_named(path, feeds[path], path=path).feeds
    )
    return {feed.path or "": feed.listed for feed in with_pages(read)}


def _count(number: int) -> str:
    return "1 file" if number == 1 else f"{number} files"
