"""A chapter list beside timed headings: where both agree the list is finer, and it wins."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.model.notes import Mark
from castpress.model.problem import Problem, Severity
from castpress.model.timecode import format_clock
from castpress.read.roles import compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.read.chapter_candidates import Entry
    from castpress.read.sections import Part
    from castpress.read.spans import Span


def join_list_and_headings(
    entries: Sequence[Entry], parts: Sequence[Part]
) -> tuple[tuple[Mark, ...], list[Problem]]:
    """The list's marks; timed headings take their entry's time, or are shown to disagree.

    An entry agrees with a heading when its time rounds to the heading's in the unit that the
    heading was typed in: 2:15 agrees with ``[2-14 min]``, 4:00 does not. Where the entries stand
    below the headings whose chapters they divide, both are chapters.
    """
    if (woven := _woven(entries, parts)) is not None:
        return woven, []
    marks = tuple(
        Mark(entry.stamp.start_ms, entry.stamp.end_ms, entry.stamp.title, entry.location)
        for entry in entries
    )
    by_title = {compared(entry.stamp.title): entry for entry in reversed(entries)}
    problems: list[Problem] = []
    for part in parts:
        if part.span is None:
            continue
        entry = by_title.get(compared(part.title))
        if entry is None:
            entry = _nearest(entries, part.span)
            is_same = _agrees(entry, part.span)
        else:
            is_same = _agrees(entry, part.span)
            if not is_same:
                problems.append(_disagreement(part, entry, part.span))
                part.span = replace(part.span, start_ms=entry.stamp.start_ms, end_ms=None)
                continue
        if not is_same:
            problems.append(_disagreement(part, entry, part.span))
            part.span = None
            continue
        part.span = _joined(part.span, entry)
    return marks, problems


def _woven(entries: Sequence[Entry], parts: Sequence[Part]) -> tuple[Mark, ...] | None:
    """The marks of headings and entries in the order of the text, None where its times fall.

    An entry that begins with its heading is the same chapter; the heading names it.
    """
    headings = [
        (part.heading.start, part, part.span)
        for part in parts
        if part.heading is not None and part.span is not None
    ]
    if not headings:
        return None
    marks: list[Mark] = []
    left = list(headings)
    level = 0
    for entry in entries:
        while left and left[0][0] < entry.lines[0]:
            _, part, span = left.pop(0)
            level = part.level
            marks.append(_heading_mark(part, span))
        stamp = entry.stamp
        if marks and stamp.start_ms == marks[-1].start_ms and level == marks[-1].level:
            continue
        marks.append(Mark(stamp.start_ms, stamp.end_ms, stamp.title, entry.location, level + 1))
    marks += (_heading_mark(part, span) for _, part, span in left)
    rises = all(before.start_ms <= after.start_ms for before, after in pairwise(marks))
    return tuple(marks) if rises else None


def _heading_mark(part: Part, span: Span) -> Mark:
    return Mark(span.start_ms, span.end_ms, part.title, part.location, part.level, span.to_end)


def _joined(span: Span, entry: Entry) -> Span:
    end_ms = entry.stamp.end_ms if entry.stamp.end_ms is not None else span.end_ms
    if end_ms is not None and end_ms <= entry.stamp.start_ms:
        end_ms = None
    return replace(span, start_ms=entry.stamp.start_ms, end_ms=end_ms)


def _nearest(entries: Sequence[Entry], span: Span) -> Entry:
    return min(entries, key=lambda entry: abs(entry.stamp.start_ms - span.start_ms))


def _agrees(entry: Entry, span: Span) -> bool:
    """Rounded either way: people write 2:40 as minute 2 as often as minute 3."""
    unit_ms = span.unit_ms
    start_ms = entry.stamp.start_ms
    rounded_ms = (start_ms + unit_ms // 2) // unit_ms * unit_ms
    return span.start_ms in {rounded_ms, start_ms // unit_ms * unit_ms}


def _disagreement(part: Part, entry: Entry, span: Span) -> Problem:
    heading, stamp = format_clock(span.start_ms), format_clock(entry.stamp.start_ms)
    return Problem(
        "list-and-headings-disagree",
        f"heading {part.title!r} begins at {heading}, but the list on line {entry.location.line} "
        f"has {entry.stamp.title!r} at {stamp}; the list is used",
        part.location,
        Severity.WARNING,
        help="correct one of the two, or take the time out of the heading",
    )
