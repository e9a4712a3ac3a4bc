"""The lines of the notes that carry a clock time, container by container.

A container is a list, a table, or a run of paragraphs. Each line of it is read on its own: people
type a stamp right below a list, and Markdown takes it for the list's last item.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from castpress.read.blocks import Block, BlockKind, Item, Run, plain, split_lines
from castpress.read.chapter_candidates import Candidate, Entry
from castpress.read.chapter_doubts import is_chapter_heading
from castpress.read.stamps import (
    Stamp,
    may_hold_stamp,
    read_range_item,
    read_row,
    read_stamp,
    split_run_on,
    stamp_edit_range,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from castpress.model.notes import SectionRole
    from castpress.read.blocks import Places

_MOST_WORDS = 6
_LONGEST_ABOVE = 80
_LONGEST_TITLE = 300  # what is longer is a description
_LISTING = frozenset((BlockKind.LIST, BlockKind.TABLE))


@dataclass(frozen=True, slots=True)
class Stretch:
    """The blocks under one heading, with what is known of it."""

    heading: str
    role: SectionRole
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line; ``starts`` says that a paragraph or an item begins with it.

    A wrapped one goes on with the line above: the two are one line to whoever reads the page.
    """

    runs: list[Run]
    starts: bool
    is_wrapped: bool = False
    depth: int = 0


def gather_candidates(stretch: Stretch, places: Places) -> Iterator[Candidate]:
    """Each list or table, and each run of paragraphs, that holds stamped lines."""
    leading: Sequence[Run] = ()
    paragraphs: list[Block] = []
    for block in stretch.blocks:
        if block.kind is BlockKind.PARAGRAPH:
            paragraphs.append(block)
            continue
        below = block if block.kind is BlockKind.LIST else None
        yield from _of_paragraphs(paragraphs, below, stretch, places)
        if block.kind in _LISTING:
            if paragraphs:
                leading = paragraphs[-1].runs
            if _may_be_stamped([block]):
                yield from _of_listing(block, leading, stretch, places)
        paragraphs = []
    yield from _of_paragraphs(paragraphs, None, stretch, places)


def range_list(stretch: Stretch, places: Places) -> Candidate | None:
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
            return Candidate(entries, _context(stretch, ""), stretch.role, len(entries))
    return None


def _of_listing(
    block: Block, leading: Sequence[Run], stretch: Stretch, places: Places
) -> Iterator[Candidate]:
    lines: list[_Line] = []
    for item in block.items:
        if block.kind is BlockKind.TABLE:
            runs = [run for run in item.runs if run.text != "\n"]
            lines += [_Line(runs, starts=True)] if runs else []
        else:
            lines += _lines_of_item(item)
    is_table = block.kind is BlockKind.TABLE
    entries = _entries(lines, places, is_list=not is_table, is_table=is_table)
    if entries:
        items = [line for line in lines if line.starts]
        more = sum(not entry.starts_block for entry in entries)
        context = _context(stretch, plain(leading))
        yield Candidate(entries, context, stretch.role, len(items) + more)


def _lines_of_item(item: Item) -> Iterator[_Line]:
    """The lines of a list item; a line end that Markdown shows as a space wraps its line."""
    line: list[Run] = []
    starts, is_wrapped = True, False
    for run in [*item.runs, None]:
        if run is not None and run.text != "\n":
            line.append(run)
            continue
        if any(one.text.strip() for one in line):
            yield _Line(line, starts, is_wrapped, item.depth)
            starts = False
        line = []
        is_wrapped = run is not None and run.end - run.start == 1


def _context(stretch: Stretch, lead_in: str) -> str:
    """The heading, and the line above the stamped ones where it leads in to them.

    A long heading is about its subject, and says nothing of the lines below it.
    """
    heading = stretch.heading if len(stretch.heading.split()) <= _MOST_WORDS else ""
    leads_in = lead_in.endswith((":", "：")) or is_chapter_heading(lead_in)
    return f"{heading}\n{lead_in if leads_in else ''}"


def _of_paragraphs(
    paragraphs: Sequence[Block], below: Block | None, stretch: Stretch, places: Places
) -> Iterator[Candidate]:
    if not _may_be_stamped(paragraphs):
        return
    lines: list[_Line] = []
    for block in paragraphs:
        block_lines = split_lines(block.runs)
        run_on = _run_on_entries(block_lines, places)
        if run_on:
            yield Candidate(run_on, _context(stretch, ""), stretch.role, len(run_on))
        else:
            lines += [_Line(runs, index == 0) for index, runs in enumerate(block_lines)]
    entries = _entries(lines, places)
    if entries and below is not None:
        _title_from_list(entries[-1], lines, below)
    if entries:
        before = entries[0].index - 1
        lead_in = plain(lines[before].runs) if before >= 0 else ""
        yield Candidate(entries, _context(stretch, lead_in), stretch.role)


def _title_from_list(entry: Entry, lines: Sequence[_Line], below: Block) -> None:
    """A stamp alone above a list is what the list's first item is about."""
    if entry.stamp.title or entry.index != len(lines) - 1 or not below.items:
        return
    first = list(_lines_of_item(below.items[0]))
    title = plain(first[0].runs) if first else ""
    if title and read_stamp(title) is None:
        stamp, _ = _with_wrapped(_retitled(entry.stamp, title), first, 1)
        entry.stamp = stamp


def _may_be_stamped(blocks: Sequence[Block]) -> bool:
    """Most blocks hold no digit, and that is seen long before their lines are apart."""
    return any(may_hold_stamp(run.text) for block in blocks for run in block.runs)


def _run_on_entries(lines: Sequence[list[Run]], places: Places) -> list[Entry]:
    if len(lines) != 1:
        return []
    stamps = split_run_on("".join(run.text for run in lines[0]))
    return [_entry(stamp, lines[:1], places, index) for index, stamp in enumerate(stamps)]


def _entries(
    lines: Sequence[_Line], places: Places, *, is_list: bool = False, is_table: bool = False
) -> list[Entry]:
    """The stamped lines; a stamp alone on its line takes the next line for its title."""
    entries: list[Entry] = []
    index = 0
    stand_below = _stamps_stand_below(lines)
    while index < len(lines):
        line = lines[index]
        runs = line.runs
        index += 1
        if runs[0].is_code and not _is_bare_stamp(runs[0].text):
            continue
        if line.is_wrapped and runs[0].link >= 0:
            continue  # a link amid a sentence
        text = "".join(run.text for run in runs)
        stamp = (read_row(text) if is_table else None) or read_stamp(text)
        if stamp is None:
            continue
        start = stamp_line = index - 1
        above = "" if stamp.title or is_table else _title_above(lines, start, is_row=stand_below)
        if above:
            stamp, start = _retitled(stamp, above), start - 1
        elif not stamp.title and not is_table and index < len(lines):
            following = plain(lines[index].runs)
            if read_stamp(following) is None and any(map(str.isalnum, following)):
                stamp = _retitled(stamp, following)
                index += 1
        elif is_list:
            stamp, index = _with_wrapped(stamp, lines, index)
        read = [line.runs for line in lines[start:index]]
        if stamp_line > start:
            read.reverse()
        entry = _entry(stamp, read, places, start, starts_block=line.starts)
        entry.depth = line.depth
        entries.append(entry)
    return entries


def _stamps_stand_below(lines: Sequence[_Line]) -> bool:
    """Whether titles and times take turns from a title on, so that each time is the one above's.

    Where a line follows the last time that could be its title, the times stand above.
    """
    if len(lines) < 4 or _kind(lines[0]) is not False or _kind(lines[1]) is not True:
        return False  # so it is with nearly all
    kinds = [_kind(line) for line in lines]
    last = len(kinds) - 1 - kinds[::-1].index(True)
    takes_turns = kinds[: last + 1] == [index % 2 == 1 for index in range(last + 1)]
    return takes_turns and kinds[last + 1 : last + 2] != [False]


def _kind(line: _Line) -> bool | None:
    """True for a stamp alone, False for what may be a title above it, None for anything else."""
    text = plain(line.runs)
    if _is_bare_stamp(text):
        return True
    is_title = (
        len(text) <= _LONGEST_ABOVE and text[-1:] not in ("", *".!?:;") and read_stamp(text) is None
    )
    return False if is_title else None


def _title_above(lines: Sequence[_Line], index: int, *, is_row: bool) -> str:
    """What stands above a bare stamp: in a row of such pairs, or in a paragraph of the two.

    "" where the stamp's title stands elsewhere.
    """
    if is_row:
        return plain(lines[index - 1].runs)
    is_last = index + 1 == len(lines) or lines[index + 1].starts
    if index == 0 or not is_last or lines[index].starts or not lines[index - 1].starts:
        return ""
    above = plain(lines[index - 1].runs)
    return above if read_stamp(above) is None and any(map(str.isalnum, above)) else ""


def _with_wrapped(stamp: Stamp, lines: Sequence[_Line], index: int) -> tuple[Stamp, int]:
    """A list item's title with the lines that its author's editor wrapped, if it stays a title."""
    if not stamp.is_first:
        return stamp, index
    title, end = stamp.title, index
    while end < len(lines) and lines[end].is_wrapped:
        more = plain(lines[end].runs)
        if read_stamp(more) is not None:
            break
        title = f"{title} {more}"
        end += 1
    return (replace(stamp, title=title), end) if len(title) <= _LONGEST_TITLE else (stamp, index)


def _is_bare_stamp(text: str) -> bool:
    """Whether a text is a clock time and nothing else: some set theirs in the type of code."""
    stamp = read_stamp(text)
    return stamp is not None and not stamp.title and stamp.fault is None


def _retitled(stamp: Stamp, title: str) -> Stamp:
    return replace(stamp, title=title, is_first=True, is_marked=True)


def is_set_apart(run: Run) -> bool:
    """Whether a text is a link, in bold or italics, or in the type of code."""
    return run.link >= 0 or run.is_strong or run.is_emphasised or run.is_code


def _entry(
    stamp: Stamp,
    lines: Sequence[list[Run]],
    places: Places,
    index: int,
    *,
    starts_block: bool = True,
) -> Entry:
    """The entry of a stamp in the first of some lines."""
    runs = lines[0]
    position = 0
    place = runs[0].start
    is_marked = stamp.is_marked
    for run in runs:
        if position <= stamp.at[0] < position + len(run.text):
            offset = stamp.at[0] - position
            place = run.byte(offset) if run.is_literal else run.start
            is_marked = is_marked or is_set_apart(run)
        position += len(run.text)
    title = " ".join(stamp.title.split())
    settled = replace(stamp, title=title, is_marked=is_marked)
    return Entry(
        settled,
        places.at(place),
        stamp_edit_range(runs, stamp.at),
        tuple(line[0].start for line in lines),
        index,
        starts_block,
    )
