"""What the author is told and asked about a chapter list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.notes import Mark
from castpress.model.problem import Problem, Severity
from castpress.model.timecode import format_clock
from castpress.read.clock_check import time_goes_back

if TYPE_CHECKING:
    from castpress.read.chapter_candidates import Candidate, Entry
    from castpress.read.chapter_doubts import Refusal


def bad_stamp(entry: Entry) -> Problem:
    """A time of the list that cannot be read."""
    return Problem(
        "bad-time-range",
        f"chapter {entry.stamp.title!r} has no usable time: {entry.stamp.fault}",
        entry.location,
        Severity.WARNING,
        help="write its start as 12:30 or 1:02:03",
    )


def goes_back(entry: Entry, before_ms: int, duration_ms: int | None) -> Problem:
    """A time of the list that is out of order; ``before_ms`` is the latest above it."""
    mark = Mark(entry.stamp.start_ms, None, entry.stamp.title, entry.location)
    return time_goes_back(mark, before_ms, duration_ms)


def untitled(entry: Entry) -> Problem:
    """A time of the list that has no title."""
    clock = format_clock(entry.stamp.start_ms)
    return Problem(
        "untitled-chapter",
        f"nothing is said about {clock}, so it becomes no chapter",
        entry.location,
        Severity.WARNING,
        help=f"write {clock} and a title on one line",
    )


def not_a_list(candidate: Candidate, refusal: Refusal) -> Problem:
    """Lines with times that are refused, and why."""
    count = len(candidate.entries)
    lines = "1 line with a time is" if count == 1 else f"{count} lines with times are"
    advice = "if they are chapters, put them under a heading ## Chapters, one 12:30 Title a line"
    slip = next((e.stamp for e in candidate.entries if e.stamp.fault and e.stamp.start_ms), None)
    if slip is not None:
        clock = format_clock(slip.start_ms)
        advice = f"if they are chapters, write clock times: {clock} {slip.title[:40]}"
    return Problem(
        "not-a-chapter-list",
        f"{lines} not read as chapters: {refusal.reason}",
        candidate.entries[0].location,
        refusal.severity,
        help=advice,
    )


def second_list(candidate: Candidate, first: Entry) -> Problem:
    """A list of times besides the one that is used."""
    return Problem(
        "second-chapter-list",
        f"a second list of times; the chapters are those from line {first.location.line}",
        candidate.entries[0].location,
        Severity.WARNING,
        help="keep one list of chapters, or let the second go on where the first ends",
    )


def range_note(candidate: Candidate) -> Problem:
    """A list of ranges that is taken for a chapter list."""
    return Problem(
        "ranges-read-as-chapters",
        f"{len(candidate.entries)} list items with ranges from 0:00 are read as chapters",
        candidate.entries[0].location,
        Severity.NOTE,
        help="write each as a line like 2:00 Title, or take the brackets away",
    )
