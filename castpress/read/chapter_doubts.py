"""What speaks against a chapter list: lap times, hours of the day, transcripts look alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.model.notes import SectionRole
from castpress.model.problem import Severity
from castpress.model.timecode import MINUTE_MS, format_clock
from castpress.read.chapter_candidates import SENTENCE_ENDS, rise
from castpress.read.chapter_lookalikes import (
    LONGEST_LINE,
    are_names,
    looks_like_hours,
    reads_like_speech,
    reads_like_transcript,
    width,
)
from castpress.read.list_words import (
    SAYS_CHAPTERS,
    SAYS_HOURS,
    SAYS_OTHERWISE,
    SAYS_PERHAPS,
)
from castpress.read.rising import NEAR_BEGINNING_MS
from castpress.read.roles import compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.read.chapter_candidates import Candidate, Entry


_ROUND_MS = 5_000  # hours of the day have no seconds
_REFUSED_ROLES = frozenset((SectionRole.EXERCISES, SectionRole.EQUIPMENT, SectionRole.TRANSCRIPT))
# Names of distances and laps: what stands beside them are results.
_DISTANCE = re.compile(
    r"(?:(?:mile|lap|split|leg|stage|round|set|km|runde|etappe|tour|vuelta|volta|giro|этап|круг)"
    r"\W*[0-9]+|[0-9]+(?:[.,][0-9]+)?\s?(?:k|km|m|mi|miles?|км|м|километр\w*|公里|キロ)"
    r"|(?:half[ -]?)?marathon|halbmarathon|hm|finish|ziel|финиш|полумарафон|марафон)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why lines with times are no chapter list; a warning where the author has to decide.

    Without a reason nothing even suggests one. A weak one says that they are too few or too far
    apart: together with others they may be chapters all the same.
    """

    reason: str
    severity: Severity = Severity.WARNING
    is_weak: bool = False


_SILENT = Refusal("")


def is_chapter_heading(heading: str) -> bool:
    """Whether a heading says no more than that chapters stand below it.

    >>> is_chapter_heading("⏱ Timestamps"), is_chapter_heading("Chapters of a life")
    (True, False)
    """
    return SAYS_CHAPTERS.fullmatch(compared(heading)) is not None


def refusal_of(candidate: Candidate, duration_ms: int | None) -> Refusal | None:
    """What speaks against a chapter list, None where nothing does.

    Lines that begin with a time are never passed over without a word; a time at the end of a
    line may be the end of a sentence, a length or a result.
    """
    leads = candidate.leads
    candidate.entries = _on_one_side(candidate, leads=leads)
    if candidate.role in _REFUSED_ROLES:
        return _SILENT
    says_so = SAYS_CHAPTERS.search(candidate.context) is not None
    nearby = None if says_so else SAYS_OTHERWISE.search(candidate.context)
    if nearby is None and not says_so and candidate.first_ms > 0 and not _is_exact(candidate):
        nearby = SAYS_PERHAPS.search(candidate.context)
    nearby = SAYS_HOURS.search(candidate.context) or nearby
    if nearby is not None:
        is_worth_a_word = len(candidate.entries) >= 3
        reason = f"they stand under {nearby[0]!r}"
        return Refusal(reason, Severity.NOTE) if is_worth_a_word else _SILENT
    good = [entry for entry in candidate.entries if entry.stamp.fault is None]
    if not good:
        return _refusal_of_slips(candidate)
    if len(good) < 2 * (len(candidate.entries) - len(good)) and not says_so:
        return Refusal("many are no clock times")
    if len(good) < 3:
        return _refusal_of_few(candidate, good, duration_ms, leads=leads, says_so=says_so)
    return _refusal_of_many(candidate, good, duration_ms, leads=leads, says_so=says_so)


def _on_one_side(candidate: Candidate, *, leads: bool) -> list[Entry]:
    """The entries whose time stands where most have it, and others that fit in between.

    Of text, a line on the other side needs stamped lines above and below: it may be prose.
    """
    entries = candidate.entries
    if not (leads or candidate.in_listing):
        entries = _without_prose_at_the_ends(entries)
    kept: list[Entry] = []
    for place, entry in enumerate(entries):
        before = entries[place - 1] if place else None
        after = entries[place + 1] if place + 1 < len(entries) else None
        fits = entry.stamp.is_first is leads or (
            (before is None or before.stamp.start_ms < entry.stamp.start_ms)
            and (after is None or entry.stamp.start_ms < after.stamp.start_ms)
            and (
                entry.stamp.is_marked or not entry.depth
                if candidate.in_listing
                else _is_between(before, entry, after, leads=leads)
            )
        )
        if fits:
            kept.append(entry)
    return kept


def _without_prose_at_the_ends(entries: list[Entry]) -> list[Entry]:
    """Lines that end in a time, without a paragraph above or below that happens to end in one."""
    if len(entries) > 3 and _is_prose(entries[-1]):
        entries = entries[:-1]
    if len(entries) > 3 and _is_prose(entries[0]):
        entries = entries[1:]
    return entries


def _is_prose(entry: Entry) -> bool:
    stamp = entry.stamp
    return not stamp.is_marked and entry.starts_block and width(stamp.title) > LONGEST_LINE


def _is_between(before: Entry | None, entry: Entry, after: Entry | None, *, leads: bool) -> bool:
    return (
        before is not None
        and after is not None
        and before.stamp.is_first is after.stamp.is_first is leads
        and before.index + before.line_count == entry.index
        and entry.index + entry.line_count == after.index
    )


def _is_exact(candidate: Candidate) -> bool:
    """Whether times rise from early on, far enough for no lengths, to seconds no timetable has."""
    starts = [entry.stamp.start_ms for entry in candidate.entries]
    round_count = sum(start % _ROUND_MS == 0 for start in starts)
    return (
        candidate.leads
        and len(starts) > 3
        and rise(starts)
        and starts[0] <= NEAR_BEGINNING_MS
        and starts[-1] >= 10 * MINUTE_MS
        and round_count * 2 < len(starts)
    )


def _refusal_of_slips(candidate: Candidate) -> Refusal:
    """Times typed with a full stop: numbers of sections and prices look alike, but start late."""
    starts = [entry.stamp.start_ms for entry in candidate.entries]
    if len(starts) >= 3 and starts[0] == 0 and rise(starts):
        return Refusal(f"{candidate.entries[-1].stamp.fault}")
    return _SILENT


def _refusal_of_few(
    candidate: Candidate,
    good: Sequence[Entry],
    duration_ms: int | None,
    *,
    leads: bool,
    says_so: bool,
) -> Refusal | None:
    """One or two stamped lines: everything must speak for them."""
    starts = [entry.stamp.start_ms for entry in good]
    if not leads and (starts[0] > 0 or not candidate.is_unbroken):
        return Refusal("", is_weak=True)  # "Plank: 1:00" is a length far more often than a chapter
    if not candidate.in_listing and len(candidate.entries) == 1:
        is_sentence = good[0].stamp.title.endswith(SENTENCE_ENDS) or not good[0].stamp.title
        is_silent = is_sentence or not leads
        return Refusal("" if is_silent else "one alone is no list", is_weak=True)
    if not candidate.is_unbroken:
        return Refusal("they are few, and other text stands between them", is_weak=True)
    if candidate.item_count > len(candidate.entries):
        severity = Severity.NOTE if starts[0] > 0 else Severity.WARNING
        is_plain = leads or all(entry.stamp.is_marked for entry in good)
        return Refusal("the other items carry no time" if is_plain else "", severity, is_weak=True)
    if not rise(starts):
        return Refusal("the times do not rise")
    if not (candidate.in_listing or says_so) and starts[0] > NEAR_BEGINNING_MS:
        return Refusal("they do not start near the beginning", is_weak=True)
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
) -> Refusal | None:
    starts = [entry.stamp.start_ms for entry in good]
    is_row = leads and rise(starts) and starts[0] <= NEAR_BEGINNING_MS
    is_sparse = len(candidate.entries) * 2 < candidate.line_count
    is_clear = all(entry.stamp.is_marked or entry.stamp.has_hours for entry in good)
    if is_sparse and not (says_so or is_row or is_clear):
        return Refusal("other text stands between them" if leads else "", is_weak=True)
    falls = sum(after < before for before, after in pairwise(starts))
    if falls > max(1, len(starts) // 5) or (falls and len(starts) == 3):
        if not leads and starts[0] > 0:
            return _SILENT  # lengths and results, as they are typed everywhere
        is_far_off = falls * 3 > len(starts) and starts[0] > 0
        return Refusal("the times do not rise", Severity.NOTE if is_far_off else Severity.WARNING)
    if says_so:
        is_day = len(starts) > 4 and looks_like_hours(starts)
        return Refusal("they may be hours of the day") if is_day else None
    first, last = min(starts), max(starts)
    is_day = looks_like_hours(starts)
    if first > NEAR_BEGINNING_MS and first * 5 > last * 3:
        doubt = "may be hours of the day" if is_day else "do not start near the beginning"
        return Refusal(f"they {doubt}", is_weak=True)
    if is_day:
        return Refusal("they may be hours of the day")
    reason = _reason_against_many(candidate, good, duration_ms, leads=leads)
    return None if reason is None else Refusal(reason)


def _reason_against_many(
    candidate: Candidate, good: Sequence[Entry], duration_ms: int | None, *, leads: bool
) -> str | None:
    starts = [entry.stamp.start_ms for entry in good]
    first = min(starts)
    if duration_ms is not None and sum(start >= duration_ms for start in starts) * 2 > len(starts):
        length = format_clock(duration_ms)
        return f"most lie past the end of the audio ({length}), maybe they are for another cut"
    titles = [entry.stamp.title for entry in good]
    if sum(_DISTANCE.fullmatch(title) is not None for title in titles) * 2 > len(titles):
        return "they may be results"
    is_spoken = not candidate.in_listing and reads_like_speech(starts, titles)
    is_spoken = is_spoken or (not candidate.in_listing and are_names(candidate, titles))
    if is_spoken or reads_like_transcript(starts, titles):
        return "they read like a transcript"
    if not leads and not _are_places(good):
        return "they may be lengths or results"
    if not (leads or candidate.in_listing or good[0].stamp.is_marked):
        is_prose = not candidate.is_unbroken or any(len(t) > LONGEST_LINE for t in titles)
        if is_prose:
            return "they end sentences"
        if first > 0:
            return "they may be lengths or results"
    return None


def _are_places(good: Sequence[Entry]) -> bool:
    """Whether times at the ends of lines are places in the audio, and not lengths or verses.

    A zero in front or hours are typed for players; else they need brackets or the like, and an
    early start, a long way from the first to the last, or such a number of them that it is unlikely
    that all rise by chance.
    """
    first = good[0].stamp
    if first.start_ms < MINUTE_MS or first.is_padded:
        return True
    is_marked = sum(entry.stamp.is_marked for entry in good) * 2 > len(good)
    last_ms = good[-1].stamp.start_ms
    goes_far = last_ms >= 15 * MINUTE_MS and last_ms >= 3 * first.start_ms
    return is_marked and (first.start_ms <= NEAR_BEGINNING_MS or goes_far or len(good) > 4)
