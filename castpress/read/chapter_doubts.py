"""What speaks against a chapter list: lap times, hours of the day, transcripts look alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from castpress.model.notes import SectionRole
from castpress.model.timecode import MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.problem import Location
    from castpress.read.stamps import Stamp

_REFUSED_ROLES = frozenset((SectionRole.EXERCISES, SectionRole.EQUIPMENT, SectionRole.TRANSCRIPT))
_NEAR_BEGINNING_MS = 3 * MINUTE_MS
_NO_CHAPTERS_NEARBY = re.compile(
    r"\b(?:transcript|results?|splits?|finish(?:ers|ing times)?|leaderboard|schedule|agenda"
    r"|timetable|meet-?ups?|calendar|opening hours|recipe|ingredients|method|track ?list|playlist"
    r"|best times|personal bests?|paces?|workout|intervals?)\b",
    re.IGNORECASE,
)
_SAYS_CHAPTERS = re.compile(
    r"\b(?:chapters?|time ?-?(?:stamps?|codes?)|time ?marks?|in this episode"
    r"|kapitel|chapitres|cap[ií]tulos)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Entry:
    """One stamped line: what it says, where it stands, and the bytes of a stamp without link."""

    stamp: Stamp
    location: Location
    edit_range: tuple[int, int] | None = None


@dataclass(slots=True)
class Candidate:
    """Stamped lines of one container, before it is known what they are.

    ``line_count`` counts the lines without a stamp too; ``context`` is the heading and the line
    that leads in.
    """

    entries: list[Entry]
    line_count: int
    in_listing: bool
    context: str
    role: SectionRole


def refusal_of(candidate: Candidate, duration_ms: int | None) -> str | None:
    """What speaks against a chapter list, "" where nothing even suggests one, None if nothing."""
    sides = [entry.stamp.is_first for entry in candidate.entries]
    most = sides.count(True) * 2 >= len(sides)
    candidate.entries = [entry for entry in candidate.entries if entry.stamp.is_first is most]
    good = [entry for entry in candidate.entries if entry.stamp.fault is None]
    if not good:
        return ""
    if candidate.role in _REFUSED_ROLES:
        return ""
    starts = [entry.stamp.start_ms for entry in good]
    if len(good) < 3:
        return _refusal_of_few(candidate, good, starts, duration_ms)
    says_so = _SAYS_CHAPTERS.search(candidate.context) is not None
    if len(candidate.entries) * 2 < candidate.line_count and not (
        says_so or all(entry.stamp.is_marked for entry in good)
    ):
        return ""
    falls = sum(after < before for before, after in pairwise(starts))
    if falls > max(1, len(starts) // 5) or (falls and len(starts) == 3):
        return "" if falls * 3 > len(starts) else "the times do not rise"
    if says_so:
        return None
    return _refusal_of_many(candidate, good, starts, duration_ms)


def _refusal_of_few(
    candidate: Candidate, good: Sequence[Entry], starts: Sequence[int], duration_ms: int | None
) -> str | None:
    """One or two stamped lines: everything must speak for them."""
    stands = candidate.in_listing or len(good) == 2
    if not stands or len(candidate.entries) != candidate.line_count:
        return ""
    if any(after <= before for before, after in pairwise(starts)):
        return ""
    # "Plank: 1:00" is a length far more often than a chapter; from 0:00 on it is none.
    if starts[0] > 0 and not all(entry.stamp.is_first for entry in good):
        return ""
    if any(not entry.stamp.title for entry in good):
        return ""
    if duration_ms is not None and starts[-1] >= duration_ms:
        return ""
    if _NO_CHAPTERS_NEARBY.search(candidate.context):
        return ""
    return None


def _refusal_of_many(
    candidate: Candidate, good: Sequence[Entry], starts: Sequence[int], duration_ms: int | None
) -> str | None:
    nearby = _NO_CHAPTERS_NEARBY.search(candidate.context)
    if nearby is not None:
        return f"they stand under {nearby[0]!r}"
    first, last = min(starts), max(starts)
    if first > _NEAR_BEGINNING_MS and first * 5 > last * 3:
        return "they do not start near the beginning"
    if duration_ms is not None and sum(start >= duration_ms for start in starts) * 2 > len(starts):
        return "most lie past the end of the audio"
    if _looks_like_hours(starts):
        return "they may be hours of the day"
    titles = [entry.stamp.title for entry in good]
    if median(len(title) for title in titles) > 160 or (
        len(titles) > 8 and len(set(titles)) * 2 < len(titles)
    ):
        return "they read like a transcript"
    if not candidate.in_listing and not good[0].stamp.is_first and not good[0].stamp.is_marked:
        return "they end sentences"
    return None


def _looks_like_hours(starts: Sequence[int]) -> bool:
    """Quarter hours from the morning on: a timetable typed as h:mm reads as m:ss."""
    return (
        min(starts) >= 6 * MINUTE_MS
        and max(starts) < 24 * MINUTE_MS
        and all(start % 15_000 == 0 for start in starts)
    )
