"""The chapter list in the notes: found among lists, tables, runs of lines and paragraphs.

What tells it from meet-ups, lap times and hours of the day: chapters are many, they rise, and
they start near the beginning. ``gather_candidates`` gathers the stamped lines of each container,
``refusal_of`` names what speaks against one. The longest that stands is taken, and those join it
that go on with its times; where none stands alone, all together may.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from castpress.read.chapter_candidates import Candidate, Entry
from castpress.read.chapter_doubts import Refusal, refusal_of
from castpress.read.chapter_lines import Stretch, gather_candidates, range_list
from castpress.read.chapter_lookalikes import are_quarters, looks_like_hours
from castpress.read.chapter_questions import (
    bad_stamp,
    goes_back,
    not_a_list,
    range_note,
    second_list,
    untitled,
)
from castpress.read.chapter_splits import in_parts
from castpress.read.list_words import SAYS_CHAPTERS, SAYS_PERHAPS
from castpress.read.rising import out_of_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.problem import Problem
    from castpress.read.blocks import Places


@dataclass(slots=True)
class ChapterList:
    """A chapter list that was found; faulty entries are left out of ``entries``.

    ``lines`` are the byte offsets of all its lines, faulty or not.
    """

    entries: list[Entry]
    lines: frozenset[int] = frozenset()
    problems: list[Problem] = field(default_factory=list)


Anchor = tuple[int, int]
"""A heading with a time: its byte offset and its start in milliseconds."""


def find_chapter_list(
    stretches: Sequence[Stretch],
    places: Places,
    duration_ms: int | None = None,
    anchors: Sequence[Anchor] = (),
) -> tuple[ChapterList | None, list[Problem]]:
    """The chapter list of the notes, and questions about what looks like one but is none.

    Lines that would be too few alone may go on with the times of ``anchors``.
    """
    accepted: list[Candidate] = []
    refused: list[tuple[Candidate, Refusal]] = []
    problems: list[Problem] = []
    for stretch in stretches:
        gathered = gather_candidates(stretch, places)
        for candidate in chain.from_iterable(map(in_parts, gathered)):
            refusal = refusal_of(candidate, duration_ms)
            if refusal is None and anchors and (word := SAYS_PERHAPS.search(candidate.context)):
                refusal = Refusal(f"they stand under {word[0]!r}, and headings carry times")
            if refusal is None:
                accepted.append(candidate)
            else:
                refused.append((candidate, refusal))
        ranges = range_list(stretch, places)
        if ranges is not None and not any(_is_within(ranges, known) for known in accepted):
            accepted.append(ranges)
            problems.append(range_note(ranges))
    chosen, left_out = _chosen(accepted)
    weak = [candidate for candidate, refusal in refused if refusal.is_weak]
    chosen = chosen or _together(weak, duration_ms)
    chosen = _joined(chosen, weak, anchors)
    problems += [second_list(candidate, chosen[0].entries[0]) for candidate in left_out]
    used = {id(candidate) for candidate in chosen}
    problems += _questions([one for one in refused if id(one[0]) not in used])
    if not chosen:
        return None, problems
    found = _settle([entry for candidate in chosen for entry in candidate.entries], duration_ms)
    every = (entry for candidate in (*accepted, *chosen) for entry in candidate.entries)
    found.lines = frozenset(line for entry in every for line in entry.lines)
    return found, problems


def _questions(refused: Sequence[tuple[Candidate, Refusal]]) -> list[Problem]:
    """One question a container; lines that stand alone are asked about all at once."""
    alone = [
        c for c, refusal in refused if refusal.is_weak and refusal.reason and len(c.entries) == 1
    ]
    if len(alone) < 2:
        alone = []
    asked = {id(candidate) for candidate in alone}
    problems = [
        not_a_list(candidate, refusal)
        for candidate, refusal in refused
        if refusal.reason and id(candidate) not in asked
    ]
    if alone:
        entries = [entry for candidate in alone for entry in candidate.entries]
        whole = Candidate(entries, "", alone[0].role)
        problems.append(not_a_list(whole, Refusal("other text stands between them")))
    return problems


def _is_within(one: Candidate, other: Candidate) -> bool:
    lines = {line for entry in other.entries for line in entry.lines}
    return all(line in lines for entry in one.entries for line in entry.lines)


def _chosen(accepted: list[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """The list that weighs most, with those that go on with it or lead up to it; the others."""
    if not accepted:
        return [], []
    longest = max(accepted, key=_weight)
    index = accepted.index(longest)
    chosen = [longest]
    left_out: list[Candidate] = []
    for candidate in accepted[index + 1 :]:
        goes_on = chosen[-1].last_ms < candidate.first_ms and not _is_timetable(candidate)
        (chosen if goes_on else left_out).append(candidate)
    for candidate in reversed(accepted[:index]):
        if candidate.last_ms < chosen[0].first_ms:
            chosen.insert(0, candidate)
        else:
            left_out.append(candidate)
    return chosen, left_out


def _weight(candidate: Candidate) -> tuple[bool, int]:
    """What a heading calls chapters is the list, however long another one is."""
    return SAYS_CHAPTERS.search(candidate.context) is not None, len(candidate.entries)


def _joined(
    chosen: list[Candidate], weak: Sequence[Candidate], anchors: Sequence[Anchor]
) -> list[Candidate]:
    """The chosen lists with the lines between and around them that go on with their times."""
    fixed = sorted(
        [
            *((c.place, c.first_ms, c.last_ms) for c in chosen),
            *((at, ms, ms - 1) for at, ms in anchors),
        ]
    )
    if any(after[1] < before[2] for before, after in pairwise(fixed)):
        fixed = sorted((c.place, c.first_ms, c.last_ms) for c in chosen)
    if not fixed or (not chosen and len(fixed) + len(weak) < 3):
        return chosen
    used = {id(candidate) for candidate in chosen}
    leads = chosen[0].leads if chosen else True
    kept = list(chosen)
    latest = -1
    typed = [entry.stamp.start_ms for candidate in chosen for entry in candidate.entries]
    is_round = bool(typed) and are_quarters(typed)
    headings = {candidate.heading for candidate in chosen}
    for candidate in sorted(weak, key=lambda one: one.place):
        is_apart = candidate.heading not in headings
        is_many = len(candidate.entries) > 2
        if is_many and (is_apart or not is_round) and _is_timetable(candidate):
            continue
        if id(candidate) in used or candidate.leads is not leads or not candidate.may_join:
            continue
        index = bisect_left(fixed, (candidate.place,))
        before = max(latest, fixed[index - 1][2] if index else -1)
        after = fixed[index][1] if index < len(fixed) else candidate.last_ms + 1
        if before < candidate.first_ms and candidate.last_ms < after and candidate.rises:
            kept.append(candidate)
            latest = candidate.last_ms
    return sorted(kept, key=lambda candidate: candidate.place)


def _is_timetable(candidate: Candidate) -> bool:
    """Whether the lines read as quarters of an hour, from the morning on."""
    starts = [entry.stamp.start_ms for entry in candidate.entries]
    return are_quarters(starts) and looks_like_hours(starts)


def _together(weak: Sequence[Candidate], duration_ms: int | None) -> list[Candidate]:
    """Lines that are too few where they stand, but make a list all together."""
    parts = [c for c in weak if c.may_join and (len(c.entries) < 3 or not _is_timetable(c))]
    leading = [candidate for candidate in parts if candidate.leads]
    parts = leading if len(leading) * 2 >= len(parts) else [c for c in parts if not c.leads]
    entries = [entry for candidate in parts for entry in candidate.entries]
    falls = sum(b.stamp.start_ms <= a.stamp.start_ms for a, b in pairwise(entries))
    if len(parts) < 2 or len(entries) < 3 or falls:
        return []
    whole = Candidate(entries, parts[0].context, parts[0].role, len(entries))
    return parts if refusal_of(whole, duration_ms) is None else []


def _settle(entries: list[Entry], duration_ms: int | None) -> ChapterList:
    """Leave out what cannot be a chapter, each with its problem; the others stay."""
    found = ChapterList([])
    slips = _backward(entries)
    latest_ms = 0
    for entry in entries:
        stamp = entry.stamp
        if stamp.fault is not None:
            found.problems.append(bad_stamp(entry))
        elif id(entry) in slips:
            found.problems.append(goes_back(entry, latest_ms, duration_ms))
        elif not stamp.title:
            found.problems.append(untitled(entry))
        else:
            found.entries.append(entry)
            latest_ms = stamp.start_ms
    return found


def _backward(entries: Sequence[Entry]) -> set[int]:
    """The entries, by id, whose time breaks the rise."""
    good = [entry for entry in entries if entry.stamp.fault is None]
    return {id(good[index]) for index in out_of_order([e.stamp.start_ms for e in good])}
