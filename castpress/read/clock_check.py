"""The notes' clock against the audio's: another cut, hours typed for minutes, time left over.

Nothing here changes a time. What does not fit is asked about once, not line by line.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from castpress.model.problem import Problem, Severity
from castpress.model.timecode import HOUR_MS, format_clock
from castpress.read.rising import out_of_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.notes import Mark

_STEP = 60  # from seconds to minutes, and from minutes to hours
_MOST_LINES = 6
_FEWEST_SLIPS = 5
_FEWEST_SECTIONS = 3
_CROWDED = 30  # chapters that all lie in this part of the audio's length


def another_cut(marks: Sequence[Mark], past: Sequence[Mark], duration_ms: int) -> Problem:
    """Several chapters begin past the end of the audio: one problem in place of many.

    ``marks`` are all that could be chapters by their times, ``past`` those of them.
    """
    length = format_clock(duration_ms)
    count = f"{len(past)} of {len(marks)}" if len(past) < len(marks) else f"all {len(marks)}"
    if _are_minutes_as_hours(marks, past, duration_ms):
        typed = format_clock(past[-1].start_ms)
        meant = format_clock(past[-1].start_ms // _STEP)
        return Problem(
            "clock-slip",
            f"{count} chapters begin after the audio ends at {length}{_lines(past)}; with "
            f"minutes and seconds in place of hours and minutes, {meant} for {typed}, they fit",
            past[0].location,
            Severity.WARNING,
            help=f"write {meant} for {typed}, and so on, if that is what was meant",
        )
    runs_to = format_clock(max(max(mark.start_ms, mark.end_ms or 0) for mark in marks))
    return Problem(
        "another-cut",
        f"the notes run to {runs_to} but the audio ends at {length}: {count} chapters begin after "
        f"it{_lines(past)}; they may be for another cut of the episode",
        past[0].location,
        Severity.WARNING,
        help="put the audio that the notes were written for into episodes/, or correct the times; "
        "until then these are no chapters",
    )


def crowded_start(marks: Sequence[Mark], duration_ms: int) -> tuple[Problem, ...]:
    """Hours and minutes that read as minutes and seconds: all chapters lie in the first moments.

    Only a list of several starts that would fill the audio if they were hours is asked about.
    """
    last_ms = max((mark.start_ms for mark in marks), default=0)
    if (
        len(marks) < _FEWEST_SLIPS
        or any(mark.end_ms is not None or mark.runs_to_end for mark in marks)
        or last_ms * _CROWDED > duration_ms
        or not duration_ms <= last_ms * _STEP * 2 < duration_ms * 2
    ):
        return ()
    last = max(marks, key=lambda mark: mark.start_ms)
    typed, meant = format_clock(last_ms), format_clock(last_ms * _STEP)
    return (
        Problem(
            "clock-slip",
            f"all {len(marks)} chapters begin in the first {typed} of {format_clock(duration_ms)}; "
            f"with hours and minutes in place of minutes and seconds, {meant} for {typed}, they "
            "would fill it",
            last.location,
            Severity.NOTE,
            help=f"write {meant} for {typed}, and so on, if that is what was meant",
        ),
    )


def uncovered_audio(marks: Sequence[Mark], duration_ms: int) -> tuple[Problem, ...]:
    """Sections that follow each other from 0 end where half of the audio or more is to come.

    ``marks`` are ordered by start. A list of starts never says where it ends, and of sections
    with gaps between them nobody expects that they are all.
    """
    ends = [mark.end_ms for mark in marks if mark.end_ms is not None]
    if len(marks) < _FEWEST_SECTIONS or len(ends) < len(marks) or marks[0].start_ms > 0:
        return ()
    reached = accumulate(ends, max)
    if any(mark.start_ms > end for mark, end in zip(marks[1:], reached, strict=False)):
        return ()
    if max(ends) * 2 > duration_ms:
        return ()
    last = marks[ends.index(max(ends))]
    end, length = format_clock(max(ends)), format_clock(duration_ms)
    return (
        Problem(
            "uncovered-audio",
            f"the last section, {last.title!r}, ends at {end}, but the audio runs on to {length}",
            last.location,
            Severity.NOTE,
            help="add what comes after it, or write the word end for its end; the notes may be for "
            "a shorter cut",
        ),
    )


def rising_marks(
    marks: Sequence[Mark], duration_ms: int | None
) -> tuple[tuple[Mark, ...], tuple[Problem, ...]]:
    """The marks of a list whose times rise, as typed; one that goes back is left out, and told."""
    starts = [mark.start_ms for mark in marks]
    slips = out_of_order(starts)
    before = [0, *accumulate(starts, max)]
    kept = tuple(mark for index, mark in enumerate(marks) if index not in slips)
    problems = tuple(
        time_goes_back(marks[index], before[index], duration_ms) for index in sorted(slips)
    )
    return kept, problems


def time_goes_back(mark: Mark, before_ms: int, duration_ms: int | None) -> Problem:
    """A time of a list that is out of order; ``before_ms`` is the latest above it.

    Past the hour people go on as they began, and type 1:02 for 1:02:00.
    """
    clock, meant_ms = format_clock(mark.start_ms), mark.start_ms * _STEP
    could_be_hours = max(HOUR_MS, before_ms + 1) <= meant_ms < (duration_ms or 0)
    return Problem(
        "time-goes-back",
        f"{clock} of {mark.title!r} is out of order, so it becomes no chapter",
        mark.location,
        Severity.WARNING,
        help=f"write {format_clock(meant_ms)} if hours and minutes are meant"
        if could_be_hours
        else "correct the time, or move the line to its place in the list",
    )


def _are_minutes_as_hours(marks: Sequence[Mark], past: Sequence[Mark], duration_ms: int) -> bool:
    """Whether all but a first at 0 are past the end, and a sixtieth of each would fill the audio.

    The last has to pass the hour: shorter times were typed without hours.
    """
    last_ms = past[-1].start_ms
    is_all = len(past) == sum(1 for mark in marks if mark.start_ms > 0)
    fills = duration_ms <= last_ms // _STEP * 3 < duration_ms * 3
    return is_all and last_ms >= HOUR_MS and fills


def _lines(marks: Sequence[Mark]) -> str:
    """Where they stand, in brackets: `` (lines 4, 5 and 9)``, or with `` and others``.

    Empty for chapters that stand on no line, but in the audio itself.
    """
    numbers = [str(n) for n in dict.fromkeys(mark.location.line for mark in marks) if n]
    if len(numbers) < 2:
        return f" (line {numbers[0]})" if numbers else ""
    last = "others" if len(numbers) > _MOST_LINES else numbers.pop()
    return f" (lines {', '.join(numbers[:_MOST_LINES])} and {last})"
