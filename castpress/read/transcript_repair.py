"""What is said becomes cues, in order and within the audio; what was mended is told.

Two people who are heard at once stay so where both are named and one speaks within the other's
time, or where the source gives several the very same span: players of WebVTT show both. Everywhere
else the earlier cue ends where the next begins, because SubRip's players show one at a time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from castpress.model.podcast import Cue
from castpress.model.problem import Severity
from castpress.model.timecode import format_hms_ms
from castpress.read.transcript_doubts import (
    LETTER_MS,
    tell_another_cut,
    tell_gaps,
    tell_loops,
    tell_order,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from castpress.read.transcript_faults import Faults
    from castpress.read.transcript_parts import Said

_SHORTEST_MS, _LONGEST_MS = 1_000, 10_000
_SLACK_MS = 3_000  # tools round up to the end of their window
_SMALL_OVERLAP_MS = 500
_MOST_VOICES = 4
_ROLLING_SHARE, _ROLLING_FEWEST = 0.3, 5


def make_cues(said: Iterable[Said], duration_ms: int | None, faults: Faults) -> tuple[Cue, ...]:
    """The cues, in the order of their starts; ``duration_ms`` is the audio's, None if not known."""
    timed = [one for one in said if one.start_ms is not None]
    tell_order(timed, faults)
    timed.sort(key=lambda one: one.start_ms or 0)
    timed = _without_doubles(timed, faults)
    timed = _without_rolling(timed, faults)
    tell_another_cut(timed, duration_ms, faults)
    timed = _within(timed, duration_ms, faults)
    spans = _spans(timed, duration_ms, faults)
    cues = tuple(
        Cue(span.start_ms, span.end_ms, one.text, one.speaker, one.line)
        for one, span in zip(timed, spans, strict=True)
    )
    tell_gaps(cues, duration_ms, faults)
    tell_loops(cues, faults)
    return cues


def _without_doubles(timed: list[Said], faults: Faults) -> list[Said]:
    """The pieces, each once: exports joined by hand hold some twice."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for one in timed:
        key = (one.start_ms, one.end_ms, one.text, one.speaker)
        if key in seen:
            faults.add(
                "repeated-cue",
                one.line,
                f"the cue at {format_hms_ms(one.start_ms or 0)} is there twice; one is left out",
                "delete one of the two",
                Severity.NOTE,
                kind="double",
            )
        else:
            seen.add(key)
            kept.append(one)
    return kept


def _without_rolling(timed: list[Said], faults: Faults) -> list[Said]:
    """Captions that roll up say each line twice: below, and above the next one. Once is enough."""
    lines = [one.text.split("\n") for one in timed]
    rolling = [here[0] == before[-1] for before, here in pairwise([[""], *lines])]
    count = sum(rolling)
    # The same line over and over is none.
    taller = sum(len(words) > 1 for words, rolls in zip(lines, rolling, strict=True) if rolls)
    if count < max(_ROLLING_FEWEST, _ROLLING_SHARE * len(timed)) or taller * 3 < count:
        return timed
    kept: list[Said] = []
    for one, words, is_rolling in zip(timed, lines, rolling, strict=True):
        text = "\n".join(words[1:] if is_rolling else words)
        if text:
            kept.append(replace(one, text=text))
        elif kept and one.end_ms is not None:
            kept[-1] = replace(kept[-1], end_ms=max(kept[-1].end_ms or 0, one.end_ms))
    faults.add(
        "rolling-captions",
        timed[rolling.index(True)].line,
        f"{count} cues say the line above once more, as captions that roll up do; once is kept",
        "nothing to do; an export as SubRip has each line once",
        Severity.NOTE,
    )
    return kept


def _within(timed: list[Said], duration_ms: int | None, faults: Faults) -> list[Said]:
    """The pieces that are heard in the audio, none longer than it."""
    if not duration_ms:
        return timed
    if timed and (timed[0].start_ms or 0) >= duration_ms:
        return []  # told as a whole
    kept = []
    for one in timed:
        start_ms, end_ms = one.start_ms or 0, one.end_ms
        if start_ms >= duration_ms:
            faults.add(
                "cue-past-end",
                one.line,
                f"the cue at {format_hms_ms(start_ms)} is left out: the audio ends at "
                f"{format_hms_ms(duration_ms)}",
                "correct the time, or export the transcript again from this audio",
            )
            continue
        if end_ms is not None and end_ms > duration_ms + _SLACK_MS:
            faults.add(
                "cue-past-end",
                one.line,
                f"the cue at {format_hms_ms(start_ms)} ends with the audio, at "
                f"{format_hms_ms(duration_ms)}, not at {format_hms_ms(end_ms)}",
                "correct the time, or export the transcript again from this audio",
                Severity.NOTE,
                kind="end",
            )
        kept.append(one if end_ms is None else replace(one, end_ms=min(end_ms, duration_ms)))
    return kept


@dataclass(slots=True)
class _Span:
    """A time that one cue has, or several."""

    start_ms: int
    end_ms: int
    speaker: str | None


def _spans(timed: Sequence[Said], duration_ms: int | None, faults: Faults) -> list[_Span]:
    """The time of each piece: ends that are missing found, overlaps cut."""
    spans: list[_Span] = []
    open_spans: list[_Span] = []
    for start_ms, group in groupby(zip(timed, _next_starts(timed), strict=True), key=_start):
        pieces = list(group)
        begun = [
            _Span(start_ms, _end(one, next_ms, duration_ms, faults), one.speaker)
            for one, next_ms in pieces
        ]
        now = begun
        names = {span.speaker for span in begun}
        if len(begun) > 1 and (None in names or not len(begun) == len(names) <= _MOST_VOICES):
            # None of them can end where another begins: they share a span.
            now = [_Span(start_ms, max(span.end_ms for span in begun), None)]
            begun = now * len(begun)
        kept: list[_Span] = []
        for before in open_spans:
            if before.end_ms <= start_ms:
                continue
            is_outer = all(_is_within(span, before) for span in now)
            if is_outer and len(kept) + len(now) < _MOST_VOICES:
                kept.append(before)
            else:
                _cut(before, start_ms, pieces[0][0], faults)
        open_spans = [*kept, *now]
        spans += begun
    return spans


def _start(piece: tuple[Said, int | None]) -> int:
    return piece[0].start_ms or 0


def _next_starts(timed: Sequence[Said]) -> list[int | None]:
    """For each piece the first later start that is not its own."""
    found: list[int | None] = []
    next_ms: int | None = None
    later_ms: int | None = None
    for one in reversed(timed):
        if one.start_ms != later_ms:
            next_ms, later_ms = later_ms, one.start_ms
        found.append(next_ms)
    return found[::-1]


def _end(one: Said, next_ms: int | None, duration_ms: int | None, faults: Faults) -> int:
    """Where a piece ends: as it says, else where the next begins, or the audio ends."""
    start_ms = one.start_ms or 0
    if one.end_ms is not None and one.end_ms > start_ms:
        return one.end_ms
    spoken_ms = min(max(len(one.text) * LETTER_MS, _SHORTEST_MS), _LONGEST_MS)
    if one.end_ms is None:
        return next_ms or max(duration_ms or start_ms + spoken_ms, start_ms + 1)
    is_backwards = one.end_ms < start_ms
    why = "ends before it begins" if is_backwards else "lasts no time"
    faults.add(
        "cue-without-length",
        one.line,
        f"the cue at {format_hms_ms(start_ms)} {why}; it ends where the next begins, or when "
        "its words are said",
        "write an end after the start",
        Severity.WARNING if is_backwards else Severity.NOTE,
        kind="backwards" if is_backwards else "",
    )
    limits = [limit for limit in (next_ms, duration_ms) if limit is not None and limit > start_ms]
    return min([start_ms + spoken_ms, *limits])


def _is_within(inner: _Span, outer: _Span) -> bool:
    """Whether somebody surely speaks within another's time."""
    are_two = inner.speaker is not None and outer.speaker is not None
    return are_two and inner.speaker != outer.speaker and inner.end_ms <= outer.end_ms


def _cut(span: _Span, end_ms: int, after: Said, faults: Faults) -> None:
    overlap_ms = span.end_ms - end_ms
    faults.add(
        "cue-overlap",
        after.line,
        f"the cue at {format_hms_ms(end_ms)} begins {overlap_ms / 1000:g} s before the one above "
        "ends; that one is cut",
        "end each cue where the next begins",
        Severity.NOTE if overlap_ms <= _SMALL_OVERLAP_MS else Severity.WARNING,
    )
    span.end_ms = end_ms
