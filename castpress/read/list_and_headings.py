"""A chapter list beside timed headings: where both agree the list is finer, and it wins."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.model.notes import Mark
from castpress.model.problem import Problem, Severity
from castpress.model.timecode import format_clock
from castpress.read.roles import compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.read.chapter_doubts import Entry
    from castpress.read.sections import Part
    from castpress.read.spans import Span


def join_list_and_headings(
    entries: Sequence[Entry], parts: Sequence[Part]
) -> tuple[tuple[Mark, ...], list[Problem]]:
    """The list's marks; timed headings take their entry's time, or are shown to disagree.

    An entry agrees with a heading when its time rounds to the heading's in the unit that the
    heading was typed in: 2:15 agrees with ``[2-14 min]``, 4:00 does not.
    """
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
