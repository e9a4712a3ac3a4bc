"""The chapter list in the notes: found among lists, tables, runs of lines and paragraphs.

What tells it from meet-ups, lap times and hours of the day: chapters are many, they rise, and
they start near the beginning. ``find_chapter_list`` gathers the stamped lines of each container,
``refusal_of`` names what speaks against one, and the longest that stands is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from castpress.model.notes import SectionRole
from castpress.read.blocks import Block, BlockKind, Run, plain, split_lines
from castpress.read.chapter_doubts import Candidate, Entry, Refusal, refusal_of
from castpress.read.chapter_questions import (
    bad_stamp,
    goes_back,
    not_a_list,
    range_note,
    second_list,
    untitled,
)
from castpress.read.rising import out_of_order
from castpress.read.stamps import (
    Stamp,
    may_hold_stamp,
    read_range_item,
    read_stamp,
    split_run_on,
    stamp_edit_range,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from castpress.model.problem import Problem
    from castpress.read.blocks import Places

_LISTING = frozenset((BlockKind.LIST, BlockKind.TABLE))


@dataclass(slots=True)
class ChapterList:
    """A chapter list that was found; faulty entries are left out of ``entries``.

    ``lines`` are the byte offsets of all its lines, faulty or not.
    """

    entries: list[Entry]
    lines: frozenset[int] = frozenset()
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The blocks under one heading, with what is known of it."""

    heading: str
    role: SectionRole
    blocks: Sequence[Block]


def find_chapter_list(
    stretches: Sequence[Stretch], places: Places, duration_ms: int | None = None
) -> tuple[ChapterList | None, list[Problem]]:
    """The chapter list of the notes, and questions about what looks like one but is none."""
    accepted: list[Candidate] = []
    problems: list[Problem] = []
    for stretch in stretches:
        for candidate in _candidates(stretch, places):
            refusal = refusal_of(candidate, duration_ms)
            if refusal is None:
                accepted.append(candidate)
            elif isinstance(refusal, Refusal):
                problems.append(not_a_list(candidate, refusal))
        ranges = _range_list(stretch, places)
        if ranges is not None:
            accepted.append(ranges)
            problems.append(range_note(ranges))
    if not accepted:
        return None, problems
    found = _settle(_chosen(accepted, problems))
    entries = (entry for candidate in accepted for entry in candidate.entries)
    found.lines = frozenset(line for entry in entries for line in entry.lines)
    return found, problems


def _candidates(stretch: Stretch, places: Places) -> Iterator[Candidate]:
    """Each list or table, and each run of paragraphs, that holds stamped lines."""
    leading: Sequence[Run] = ()
    paragraphs: list[Block] = []
    for block in stretch.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            paragraphs.append(block)
            continue
        yield from _paragraph_candidates(paragraphs, stretch, places)
        if block.kind in _LISTING:
            if paragraphs:
                leading = paragraphs[-1].runs
            if _may_be_stamped([block]):
                yield from _listing_candidates(block, leading, stretch, places)
        paragraphs = []
    yield from _paragraph_candidates(paragraphs, stretch, places)


def _listing_candidates(
    block: Block, leading: Sequence[Run], stretch: Stretch, places: Places
) -> Iterator[Candidate]:
    lines = [lines[0] for item in block.items if (lines := split_lines(item.runs))]
    entries = _entries(lines, places)
    if entries:
        yield Candidate(entries, _context(stretch, plain(leading)), stretch.role, len(lines))


def _context(stretch: Stretch, lead_in: str) -> str:
    """The heading, and the line above the stamped ones where it leads in to them."""
    return f"{stretch.heading}\n{lead_in if lead_in.endswith(':') else ''}"


def _paragraph_candidates(
    paragraphs: Sequence[Block], stretch: Stretch, places: Places
) -> Iterator[Candidate]:
    if not _may_be_stamped(paragraphs):
        return
    lines: list[list[Run]] = []
    for block in paragraphs:
        block_lines = split_lines(block.runs)
        run_on = _run_on_entries(block_lines, places)
        if run_on:
            yield Candidate(run_on, stretch.heading, stretch.role, len(run_on))
        else:
            lines += block_lines
    entries = _entries(lines, places)
    if entries:
        before = entries[0].index - 1
        lead_in = plain(lines[before]) if before >= 0 else ""
        yield Candidate(entries, _context(stretch, lead_in), stretch.role)


def _may_be_stamped(blocks: Sequence[Block]) -> bool:
    """Most blocks hold no digit, and that is seen long before their lines are apart."""
    return any(may_hold_stamp(run.text) for block in blocks for run in block.runs)


def _run_on_entries(lines: Sequence[list[Run]], places: Places) -> list[Entry]:
    if len(lines) != 1:
        return []
    stamps = split_run_on("".join(run.text for run in lines[0]))
    return [_entry(stamp, lines[:1], places, index) for index, stamp in enumerate(stamps)]


def _entries(lines: Sequence[list[Run]], places: Places) -> list[Entry]:
    """The stamped lines; a stamp alone on its line takes the next line for its title."""
    entries: list[Entry] = []
    index = 0
    while index < len(lines):
        runs = lines[index]
        index += 1
        if runs[0].is_code:
            continue
        stamp = read_stamp("".join(run.text for run in runs))
        if stamp is None:
            continue
        start = index - 1
        if not stamp.title and index < len(lines):
            following = plain(lines[index])
            if read_stamp(following) is None:
                stamp = _retitled(stamp, following)
                index += 1
        entries.append(_entry(stamp, lines[start:index], places, start))
    return entries


def _retitled(stamp: Stamp, title: str) -> Stamp:
    return Stamp(stamp.start_ms, stamp.end_ms, title, stamp.at, True, True, stamp.fault)


def _entry(stamp: Stamp, lines: Sequence[list[Run]], places: Places, index: int) -> Entry:
    """The entry of a stamp in the first of some lines."""
    runs = lines[0]
    position = 0
    place = runs[0].start
    is_marked = stamp.is_marked
    for run in runs:
        if position <= stamp.at[0] < position + len(run.text):
            offset = stamp.at[0] - position
            place = run.byte(offset) if run.is_literal else run.start
            is_marked = is_marked or run.link >= 0 or run.is_strong or run.is_emphasised
        position += len(run.text)
    title = " ".join(stamp.title.split())
    settled = Stamp(
        stamp.start_ms, stamp.end_ms, title, stamp.at, stamp.is_first, is_marked, stamp.fault
    )
    starts = tuple(line[0].start for line in lines)
    return Entry(settled, places.at(place), stamp_edit_range(runs, stamp.at), starts, index)


def _range_list(stretch: Stretch, places: Places) -> Candidate | None:
    """A list whose items carry ranges that begin at 0 and touch each other."""
    for block in stretch.blocks:
        if block.kind is not BlockKind.LIST or len(block.items) < 2:
            continue
        entries: list[Entry] = []
        for item in block.items:
            lines = split_lines(item.runs)
            read = read_range_item(plain(lines[0])) if lines else None
            if read is None or (entries and entries[-1].stamp.end_ms != read[1].start_ms):
                break
            title, span = read
            stamp = Stamp(span.start_ms, span.end_ms, title, (0, 0), False, True)
            start = lines[0][0].start
            entries.append(Entry(stamp, places.at(start), lines=(start,), index=len(entries)))
        if len(entries) == len(block.items) and entries[0].stamp.start_ms == 0:
            return Candidate(entries, stretch.heading, stretch.role, len(entries))
    return None


def _chosen(accepted: list[Candidate], problems: list[Problem]) -> list[Entry]:
    """The longest list, with those that go on where it ends or lead up to it."""
    longest = max(accepted, key=lambda candidate: len(candidate.entries))
    index = accepted.index(longest)
    entries = list(longest.entries)
    for candidate in accepted[index + 1 :]:
        if _last_ms(entries) < _first_ms(candidate.entries):
            entries += candidate.entries
        else:
            problems.append(second_list(candidate, entries[0]))
    for candidate in reversed(accepted[:index]):
        if _last_ms(candidate.entries) < _first_ms(entries):
            entries = candidate.entries + entries
        else:
            problems.append(second_list(candidate, entries[0]))
    return entries


def _first_ms(entries: Sequence[Entry]) -> int:
    return min((e.stamp.start_ms for e in entries if e.stamp.fault is None), default=0)


def _last_ms(entries: Sequence[Entry]) -> int:
    return max((e.stamp.start_ms for e in entries if e.stamp.fault is None), default=0)


def _settle(entries: list[Entry]) -> ChapterList:
    """Leave out what cannot be a chapter, each with its problem; the others stay."""
    found = ChapterList([])
    slips = _backward(entries)
    for entry in entries:
        stamp = entry.stamp
        if stamp.fault is not None:
            found.problems.append(bad_stamp(entry))
        elif id(entry) in slips:
            found.problems.append(goes_back(entry))
        elif not stamp.title:
            found.problems.append(untitled(entry))
        else:
            found.entries.append(entry)
    return found


def _backward(entries: Sequence[Entry]) -> set[int]:
    """The entries, by id, whose time breaks the rise."""
    good = [entry for entry in entries if entry.stamp.fault is None]
    return {id(good[index]) for index in out_of_order([e.stamp.start_ms for e in good])}
