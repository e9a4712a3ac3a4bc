"""What speaks against a chapter list: lap times, hours of the day, transcripts look alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from castpress.model.notes import SectionRole
from castpress.model.problem import Severity
from castpress.model.timecode import MINUTE_MS
from castpress.read.rising import NEAR_BEGINNING_MS
from castpress.read.roles import compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.problem import Location
    from castpress.read.stamps import Stamp

_REFUSED_ROLES = frozenset((SectionRole.EXERCISES, SectionRole.EQUIPMENT, SectionRole.TRANSCRIPT))
_LONGEST_LINE = 60  # a longer one that ends in a bare clock time is prose
_SPEAKER = re.compile(r"([^:：]{1,30})[:：]\s*\S")
_SENTENCE_ENDS = tuple(".!?;,…。！？；，")
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
    """One stamped line: what it says, where it stands, and the bytes of a stamp without link.

    ``lines`` are the byte offsets of the lines it was read from, ``index`` the first one's place
    among the lines of its container.
    """

    stamp: Stamp
    location: Location
    edit_range: tuple[int, int] | None = None
    lines: tuple[int, ...] = ()
    index: int = 0

    @property
    def line_count(self) -> int:
        """How many lines it was read from."""
        return max(len(self.lines), 1)


@dataclass(slots=True)
class Candidate:
    """Stamped lines of one container, before it is known what they are.

    ``context`` is the heading and the line that leads in; ``item_count`` are all items of a list
    or table, 0 for lines of text, among which prose may stand.
    """

    entries: list[Entry]
    context: str
    role: SectionRole
    item_count: int = 0

    @property
    def in_listing(self) -> bool:
        """Whether the lines are items of a list or rows of a table."""
        return self.item_count > 0

    @property
    def is_unbroken(self) -> bool:
        """Whether no other line stands between the stamped ones; what is around them is free."""
        return all(
            before.index + before.line_count == after.index
            for before, after in pairwise(self.entries)
        )

    @property
    def line_count(self) -> int:
        """All items of a listing; of text, the lines from the first stamped one to the last."""
        if self.item_count:
            return self.item_count
        first, last = self.entries[0], self.entries[-1]
        return last.index + last.line_count - first.index


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why lines with times are no chapter list; a warning where the author has to decide."""

    reason: str
    severity: Severity = Severity.WARNING


def is_chapter_heading(heading: str) -> bool:
    """Whether a heading says no more than that chapters stand below it.

    >>> is_chapter_heading("⏱ Timestamps"), is_chapter_heading("Chapters of a life")
    (True, False)
    """
    return _SAYS_CHAPTERS.fullmatch(compared(heading)) is not None


def refusal_of(candidate: Candidate, duration_ms: int | None) -> Refusal | str | None:
    """What speaks against a chapter list, "" where nothing even suggests one, None if nothing.

    Lines that begin with a time are never passed over without a word; a time at the end of a
    line may be the end of a sentence, a length or a result.
    """
    sides = [entry.stamp.is_first for entry in candidate.entries]
    leads = sides.count(True) * 2 >= len(sides)
    candidate.entries = _on_one_side(candidate, leads=leads)
    if candidate.role in _REFUSED_ROLES:
        return ""
    says_so = _SAYS_CHAPTERS.search(candidate.context) is not None
    nearby = None if says_so else _NO_CHAPTERS_NEARBY.search(candidate.context)
    if nearby is not None:
        is_worth_a_word = len(candidate.entries) >= 3
        reason = f"they stand under {nearby[0]!r}"
        return Refusal(reason, Severity.NOTE) if is_worth_a_word else ""
    good = [entry for entry in candidate.entries if entry.stamp.fault is None]
    if not good:
        return _refusal_of_slips(candidate)
    if len(good) < 3:
        return _refusal_of_few(candidate, good, duration_ms, leads=leads, says_so=says_so)
    return _refusal_of_many(candidate, good, duration_ms, leads=leads, says_so=says_so)


def _on_one_side(candidate: Candidate, *, leads: bool) -> list[Entry]:
    """The entries whose time stands where most have it, and others that fit in between.

    Of text, a line on the other side needs stamped lines above and below: it may be prose.
    """
    entries = candidate.entries
    kept: list[Entry] = []
    for place, entry in enumerate(entries):
        before = entries[place - 1] if place else None
        after = entries[place + 1] if place + 1 < len(entries) else None
        fits = entry.stamp.is_first is leads or (
            (before is None or before.stamp.start_ms < entry.stamp.start_ms)
            and (after is None or entry.stamp.start_ms < after.stamp.start_ms)
            and (candidate.in_listing or _is_between(before, entry, after))
        )
        if fits:
            kept.append(entry)
    return kept


def _is_between(before: Entry | None, entry: Entry, after: Entry | None) -> bool:
    return (
        before is not None
        and after is not None
        and before.index + before.line_count == entry.index
        and entry.index + entry.line_count == after.index
    )


def _refusal_of_slips(candidate: Candidate) -> Refusal | str:
    """Times typed with a full stop: numbers of sections and prices look alike, but start late."""
    starts = [entry.stamp.start_ms for entry in candidate.entries]
    if len(starts) >= 3 and starts[0] == 0 and _rise(starts):
        return Refusal(f"{candidate.entries[-1].stamp.fault}")
    return ""


def _refusal_of_few(
    candidate: Candidate,
    good: Sequence[Entry],
    duration_ms: int | None,
    *,
    leads: bool,
    says_so: bool,
) -> Refusal | str | None:
    """One or two stamped lines: everything must speak for them."""
    starts = [entry.stamp.start_ms for entry in good]
    if not leads and (starts[0] > 0 or not candidate.is_unbroken):
        return ""  # "Plank: 1:00" is a length far more often than a chapter
    if not candidate.in_listing and len(candidate.entries) == 1:
        is_sentence = good[0].stamp.title.endswith(_SENTENCE_ENDS) or not good[0].stamp.title
        return "" if is_sentence or not leads else Refusal("one alone is no list")
    if not candidate.is_unbroken:
        return Refusal("they are few, and other text stands between them")
    if candidate.item_count > len(candidate.entries):
        severity = Severity.NOTE if starts[0] > 0 else Severity.WARNING
        return Refusal("the other items carry no time", severity) if leads else ""
    if not _rise(starts):
        return Refusal("the times do not rise")
    if not (candidate.in_listing or says_so) and starts[0] > NEAR_BEGINNING_MS:
        return Refusal("they do not start near the beginning")
    if any(not entry.stamp.title for entry in good):
        return Refusal("a time has no title")
    if duration_ms is not None and starts[-1] >= duration_ms:
        return Refusal("they lie past the end of the audio")
    return None


def _refusal_of_many(
    candidate: Candidate,
    good: Sequence[Entry],
    duration_ms: int | None,
    *,
    leads: bool,
    says_so: bool,
) -> Refusal | str | None:
    starts = [entry.stamp.start_ms for entry in good]
    is_row = leads and _rise(starts) and starts[0] <= NEAR_BEGINNING_MS
    is_sparse = len(candidate.entries) * 2 < candidate.line_count
    if is_sparse and not (says_so or is_row or all(entry.stamp.is_marked for entry in good)):
        return Refusal("other text stands between them") if leads else ""
    falls = sum(after < before for before, after in pairwise(starts))
    if falls > max(1, len(starts) // 5) or (falls and len(starts) == 3):
        if not leads and starts[0] > 0:
            return ""  # lengths and results, as they are typed everywhere
        is_far_off = falls * 3 > len(starts) and starts[0] > 0
        return Refusal("the times do not rise", Severity.NOTE if is_far_off else Severity.WARNING)
    if says_so:
        return None
    reason = _reason_against_many(candidate, good, duration_ms, leads=leads)
    return None if reason is None else Refusal(reason)


def _reason_against_many(
    candidate: Candidate, good: Sequence[Entry], duration_ms: int | None, *, leads: bool
) -> str | None:
    starts = [entry.stamp.start_ms for entry in good]
    first, last = min(starts), max(starts)
    if first > NEAR_BEGINNING_MS and first * 5 > last * 3:
        return "they do not start near the beginning"
    if duration_ms is not None and sum(start >= duration_ms for start in starts) * 2 > len(starts):
        return "most lie past the end of the audio"
    if _looks_like_hours(starts):
        return "they may be hours of the day"
    titles = [entry.stamp.title for entry in good]
    if _reads_like_transcript(titles):
        return "they read like a transcript"
    if not (leads or candidate.in_listing or good[0].stamp.is_marked):
        is_prose = not candidate.is_unbroken or any(len(t) > _LONGEST_LINE for t in titles)
        if is_prose:
            return "they end sentences"
        if first > 0:
            return "they may be lengths or results"
    return None


def _reads_like_transcript(titles: Sequence[str]) -> bool:
    """Whether the lines are long, or a few names come back again and again."""
    if median(len(title) for title in titles) > 160:
        return True
    if len(titles) > 8 and len(set(titles)) * 2 < len(titles):
        return True
    speakers = [match[1] for title in titles if (match := _SPEAKER.match(title))]
    is_most = len(speakers) * 5 >= len(titles) * 4
    return len(titles) > 3 and is_most and len(set(speakers)) * 2 <= len(speakers)


def _rise(starts: Sequence[int]) -> bool:
    return all(before < after for before, after in pairwise(starts))


def _looks_like_hours(starts: Sequence[int]) -> bool:
    """Quarter hours from the morning on: a timetable typed as h:mm reads as m:ss."""
    return (
        min(starts) >= 6 * MINUTE_MS
        and max(starts) < 24 * MINUTE_MS
        and all(start % 15_000 == 0 for start in starts)
    )
