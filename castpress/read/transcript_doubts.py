"""What is odd in a transcript as a whole: its order, its length, gaps, and loops."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.model.problem import Severity
from castpress.model.timecode import format_clock, format_hms_ms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.podcast import Cue
    from castpress.read.transcript_faults import Faults
    from castpress.read.transcript_parts import Said

LETTER_MS = 65
"""People speak about fifteen letters a second."""

_RESTART_MS, _RESTART_CUES = 60_000, 10
_ANOTHER_CUT_MS = 60_000
_LEAST_SHARE = 0.5
_GAP_MS, _GAP_SHARE = 300_000, 0.1
_LOOP = 5
_NOT_WORDS = re.compile(r"[\W_]+")


def tell_order(timed: Sequence[Said], faults: Faults) -> None:
    """Pieces that begin before one above them, each, or as a second transcript behind the first."""
    latest_ms = 0
    behind: list[Said] = []
    back_ms = 0
    for before, one in pairwise(timed):
        latest_ms = max(latest_ms, before.start_ms or 0)
        if (one.start_ms or 0) < latest_ms:
            back_ms = back_ms if behind else latest_ms - (one.start_ms or 0)
            behind.append(one)
    if not behind:
        return
    first = behind[0]
    if len(behind) >= _RESTART_CUES and back_ms > _RESTART_MS:
        faults.add(
            "cue-out-of-order",
            first.line,
            f"the times begin again at {format_clock(first.start_ms or 0)} after "
            f"{format_clock((first.start_ms or 0) + back_ms)}, as if two transcripts were joined",
            "add the length of the first part to the times of the second",
            Severity.WARNING,
        )
        return
    for one in behind:
        faults.add(
            "cue-out-of-order",
            one.line,
            f"the cue at {format_hms_ms(one.start_ms or 0)} stands after a later one; it was moved",
            "order the cues by their start",
            Severity.NOTE,
        )


def tell_another_cut(timed: Sequence[Said], duration_ms: int | None, faults: Faults) -> None:
    """Times, in their order, that are not of this audio: far past its end, or of half of it."""
    if not timed or not duration_ms:
        return
    last_ms = max(one.end_ms or (one.start_ms or 0) + len(one.text) * LETTER_MS for one in timed)
    first_ms = timed[0].start_ms or 0
    length = format_clock(duration_ms)
    if first_ms >= duration_ms:
        what = f"all times are past the end of the audio ({length}), the first is at "
        what += format_clock(first_ms)
        advice = "write times from the beginning of the audio, not hours of the day"
    elif last_ms > duration_ms + _ANOTHER_CUT_MS:
        what = f"the transcript runs to {format_clock(last_ms)}, the audio ends at {length}"
        advice = "make the transcript of this audio; a cut moves all times behind it"
    elif last_ms < duration_ms * _LEAST_SHARE and duration_ms > 2 * _ANOTHER_CUT_MS:
        what = f"the transcript ends at {format_clock(last_ms)}, the audio at {length}"
        advice = "export the whole transcript, if more is said"
    else:
        return
    faults.add("transcript-of-another-cut", timed[-1].line, what, advice)


def tell_gaps(cues: Sequence[Cue], duration_ms: int | None, faults: Faults) -> None:
    """Long stretches of the audio in which nothing is transcribed."""
    if not duration_ms or not cues:
        return
    end_ms = 0
    for cue in cues:
        gap_ms = cue.start_ms - end_ms
        if gap_ms >= max(_GAP_MS, duration_ms * _GAP_SHARE):
            faults.add(
                "transcript-gap",
                cue.line,
                f"nothing is transcribed from {format_clock(end_ms)} to "
                f"{format_clock(cue.start_ms)}",
                "transcribe that part, if anything is said in it",
                Severity.NOTE,
            )
        end_ms = max(end_ms, cue.end_ms)


def tell_loops(cues: Sequence[Cue], faults: Faults) -> None:
    """The same words many times in a row: speech recognition does that where nobody speaks."""
    first, count = 0, 0
    words = [_NOT_WORDS.sub(" ", cue.text.casefold()).strip() for cue in cues]
    for index in range(len(cues) + 1):
        if index < len(cues) and words[index] and words[index] == words[first]:
            count += 1
            continue
        if count >= _LOOP:
            faults.add(
                "repeated-cue",
                cues[first].line,
                f"{cues[first].text[:60]!r} is said {count} times in a row from "
                f"{format_clock(cues[first].start_ms)} on, as speech recognition does in silence",
                "listen there, and delete what is not said",
            )
        first, count = index, 1
