"""Lines of text with times that are two things: chapters, and a transcript or a timetable below."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from castpress.read.chapter_candidates import Candidate, rise
from castpress.read.chapter_lookalikes import are_quarters, looks_like_hours
from castpress.read.rising import NEAR_BEGINNING_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.read.chapter_candidates import Entry

_FEWEST = 3


def in_parts(candidate: Candidate) -> Sequence[Candidate]:
    """The candidate cut in two where its times begin anew, or hours of the day follow on prose.

    Only lines of text are cut: lists and tables have their ends. Two times have to go back, one
    alone is a slip; a part has three lines or more.
    """
    entries = candidate.entries
    if candidate.in_listing or len(entries) < 2 * _FEWEST:
        return [candidate]
    cut = _new_beginning(entries) or _hours_below(entries)
    if not cut:
        return [candidate]
    rest = replace(candidate, entries=entries[cut:], context="")
    return [replace(candidate, entries=entries[:cut]), rest]


def _new_beginning(entries: Sequence[Entry]) -> int:
    """The index at which the times begin again near 0, 0 where they do not."""
    starts = [entry.stamp.start_ms for entry in entries]
    highest = list(accumulate(starts, max))
    for index in range(_FEWEST, len(starts) - _FEWEST + 1):
        is_back = max(starts[index : index + 2]) < highest[index - 1]
        if is_back and starts[index] <= NEAR_BEGINNING_MS:
            return index
    return 0


def _hours_below(entries: Sequence[Entry]) -> int:
    """The index at which a row of hours begins below other text, 0 where none does."""
    gaps = [
        index
        for index, (before, after) in enumerate(pairwise(entries), 1)
        if before.index + before.line_count < after.index
    ]
    if not gaps or not _FEWEST <= gaps[-1] <= len(entries) - _FEWEST:
        return 0
    above = [entry.stamp.start_ms for entry in entries[: gaps[-1]]]
    below = [entry.stamp.start_ms for entry in entries[gaps[-1] :]]
    is_row = rise(below) and rise(above) and above[0] <= NEAR_BEGINNING_MS
    is_day = looks_like_hours(below) and are_quarters(below) and not are_quarters(above)
    return gaps[-1] if is_row and is_day else 0
