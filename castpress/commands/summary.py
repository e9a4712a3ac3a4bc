"""What a build came to, in the words of the podcaster."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from castpress.commands.options import typed
from castpress.commands.reporter import count_words
from castpress.model.problem import Severity, worst

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from castpress.commands.build import Built
    from castpress.model.podcast import Episode, Show
    from castpress.model.schedule import Schedule


def summary_lines(built: Built, output: Path, now: datetime) -> Iterator[str]:
    """Episodes, total time, what waits and until when, what was written, what is wrong."""
    walked, written = built.walked, built.written
    if walked is not None:
        # An error may be all that takes a date away: first things first.
        undated = () if worst(built.problems) is Severity.ERROR else walked.schedule.undated
        plan = replace(walked.schedule, undated=undated)
        yield from schedule_lines(walked.show, plan, now)
    counted = count_words(p for p in built.problems if p.severity > Severity.NOTE)
    notes = sum(1 for p in built.problems if p.severity is Severity.NOTE)
    if counted:
        yield counted
    if notes:
        yield f"{notes} note{'s' if notes > 1 else ''}: {typed('check')} shows them"
    if written is None:
        yield "nothing was written"
    elif not written.changed and not written.removed:
        yield f"{output}: nothing has changed"
    else:
        removed = f", {len(written.removed)} removed" if written.removed else ""
        changed, same = len(written.changed), written.unchanged
        files = "file" if changed == 1 else "files"
        yield f"{output}: {changed} {files} changed{removed}, {same} as before"


def schedule_lines(show: Show, plan: Schedule, now: datetime) -> Iterator[str]:
    """What is out and what waits."""
    yield f"{show.title}: {_counted(plan.released, 'episode')}, {_hours(plan.released)}"
    for course in show.courses:
        lessons = [e for e in plan.released if e.course == course.slug]
        yield f"  of these {_counted(lessons, 'lesson')} of {course.feed.title}"
    zone = ZoneInfo(show.time_zone)
    for episode in plan.scheduled:
        if episode.published is not None:
            yield f"scheduled: {episode.title}, {_when(episode.published.astimezone(zone))}"
    for episode in plan.undated:
        rule = "" if episode.course is None else ", or a date for it below `release:` of its course"
        yield (
            f"held back: {episode.title} has no date; write `published: {_today(now, zone)}` at "
            f"the top of {episode.location.file}{rule}"
        )
    for episode in plan.drafts:
        yield f"draft: {episode.title}"
    for episode in plan.withdrawn:
        undo = typed(f"unpublish {episode.stem} --undo")
        yield f"taken back: {episode.title}; `{undo}` publishes it again"
    if plan.next_due is not None:
        yield f"next build due: {_when(plan.next_due.astimezone(zone))}"


def _counted(episodes: Sequence[Episode], word: str) -> str:
    return f"{len(episodes)} {word}{'' if len(episodes) == 1 else 's'}"


def _hours(episodes: Sequence[Episode]) -> str:
    minutes = round(sum(episode.audio.duration_ms for episode in episodes) / 60_000)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def _when(moment: datetime) -> str:
    return moment.isoformat(" ", "minutes")


def _today(now: datetime, zone: ZoneInfo) -> str:
    return now.astimezone(zone).date().isoformat()
