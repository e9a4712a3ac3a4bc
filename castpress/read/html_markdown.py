"""Blocks of styled text to Markdown, with the place that each of its lines came from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from castpress.read.html_content import (
    Block,
    Code,
    Listing,
    Quotation,
    Run,
    Style,
    Table,
    Terms,
    Text,
    shown,
)
from castpress.read.html_inline import write_line
from castpress.read.stamps import read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Written = list[tuple[str, int]]
"""Lines of Markdown, each with the offset in the source of what it shows."""

_FENCES = re.compile("`{3,}")
_CLOSING_MARKS = re.compile(r"(#+)$")
_LARGEST_NUMBER = 999_999_999  # CommonMark knows no longer ones


def write_blocks(blocks: Iterable[Block], addresses: Sequence[str]) -> Written:
    """The Markdown of the blocks, with blank lines between them."""
    return _Writer(addresses).blocks(blocks)


class _Writer:
    def __init__(self, addresses: Sequence[str]) -> None:
        self._addresses = addresses

    def blocks(self, blocks: Iterable[Block], *, is_item: bool = False) -> Written:
        """The lines of some blocks; those of an item are as tight as may be."""
        out: Written = []
        last: Block | None = None
        is_other = False
        for block in blocks:
            # Two lists one below the other are one, unless their marks differ.
            follows = isinstance(last, Listing) and isinstance(block, Listing)
            is_other = follows and not is_other
            lines = self._block(block, is_item=is_item, is_other=is_other)
            if not lines:
                continue
            is_tight = is_item and isinstance(last, Text) and _may_interrupt(block)
            if out and not is_tight:
                out.append(("", lines[0][1]))
            out += lines
            last = block
        return out

    def _block(self, block: Block, *, is_item: bool, is_other: bool) -> Written:
        if isinstance(block, Text):
            return self._text(block, is_item=is_item)
        if isinstance(block, Listing):
            return self._listing(block, is_other=is_other)
        if isinstance(block, Quotation):
            inner = self.blocks(block.blocks)
            return [(f"> {line}" if line else ">", at) for line, at in inner]
        if isinstance(block, Code):
            return _code(block)
        if isinstance(block, Table):
            return self._table(block)
        if isinstance(block, Terms):
            return self._terms(block)
        return [("***", block.at)]

    def _line(self, runs: Sequence[Run], *, in_table: bool = False, is_start: bool = True) -> str:
        return write_line(runs, self._addresses, in_table=in_table, is_start=is_start)

    def _text(self, text: Text, *, is_item: bool) -> Written:
        if text.level and shown(text.lines[0]).strip():
            if is_item:
                text = Text([_restyled(line, is_bold=True) for line in text.lines])
            else:
                line = text.lines[0]
                title = self._line(_restyled(line, is_bold=False), is_start=False)
                title = _CLOSING_MARKS.sub(lambda match: f"\\{match[1]}", title)
                return [(f"{'#' * text.level} {title}", line[0].at)]
        lines = [(self._line(line), line[0].at) for line in text.lines]
        lines = [(line, at) for line, at in lines if line]
        return [(f"{line}  ", at) for line, at in lines[:-1]] + lines[-1:]

    def _listing(self, listing: Listing, *, is_other: bool) -> Written:
        out: Written = []
        for index, item in enumerate(listing.items):
            lines = self.blocks(item, is_item=True)
            if not lines:
                continue
            if listing.is_ordered:
                number = min(listing.start + index, _LARGEST_NUMBER)
                marker = f"{number}{')' if is_other else '.'} "
            else:
                marker = "* " if is_other else "- "
            indent = " " * len(marker)
            out.append((marker + lines[0][0], lines[0][1]))
            out += [(indent + line if line else "", at) for line, at in lines[1:]]
        return out

    def _table(self, table: Table) -> Written:
        columns = max(sum(cell.span for cell in row) for row in table.rows)
        rows: Written = []
        for row in table.rows:
            cells: list[str] = []
            at = 0
            for cell in row:
                texts = [block for block in cell.blocks if isinstance(block, Text)]
                lines = [line for text in texts for line in text.lines]
                at = at or (lines[0][0].at if lines else 0)
                shown_lines = [self._line(line, in_table=True, is_start=False) for line in lines]
                cells += [" <br> ".join(shown_lines), *[""] * (cell.span - 1)]
            cells += [""] * (columns - len(cells))
            rows.append((f"| {' | '.join(cells)} |", at))
        if not all(cell.is_head for cell in table.rows[0]):
            rows.insert(0, (f"|{'  |' * columns}", rows[0][1]))
        return [rows[0], (f"|{'---|' * columns}", rows[0][1]), *rows[1:]]

    def _terms(self, terms: Terms) -> Written:
        """A list of definitions; one of clock times is a list of stamped lines."""
        if any(is_term and _is_stamp(blocks) for is_term, blocks in terms.items):
            return self.blocks([_as_list(terms)])
        are_plain = all(isinstance(b, Text) for is_term, bs in terms.items if is_term for b in bs)
        if not are_plain or not terms.items[0][0]:
            return self.blocks(block for _, blocks in terms.items for block in blocks)
        out: Written = []
        for is_term, blocks in terms.items:
            lines = self.blocks(blocks, is_item=True)
            if lines and is_term:
                out += [("", lines[0][1])] if out else []
                out.append((" ".join(line.strip() for line, _ in lines if line), lines[0][1]))
            elif lines:
                out.append((f": {lines[0][0]}", lines[0][1]))
                out += [(f"  {line}" if line else "", at) for line, at in lines[1:]]
        return out


def _may_interrupt(block: Block) -> bool:
    """Whether a block may follow a paragraph without a blank line."""
    if isinstance(block, Listing):
        return not block.is_ordered or block.start == 1
    return isinstance(block, Code | Quotation)


def _restyled(line: Sequence[Run], *, is_bold: bool) -> list[Run]:
    return [run._replace(style=run.style._replace(is_bold=is_bold)) for run in line]


def _code(code: Code) -> Written:
    fence = "`" * max(3, 1 + max(map(len, _FENCES.findall(code.text)), default=2))
    return [(line, code.at) for line in [fence, *code.text.split("\n"), fence]]


def _is_stamp(blocks: Sequence[Block]) -> bool:
    texts = [block for block in blocks if isinstance(block, Text)]
    return any(read_stamp(shown(line)) is not None for text in texts for line in text.lines)


def _as_list(terms: Terms) -> Listing:
    """Terms as items of a list; the first line of a definition goes on with its term's."""
    listing = Listing()
    for is_term, blocks in terms.items:
        if is_term or not listing.items:
            listing.items.append(list(blocks))
            continue
        item = listing.items[-1]
        above = item[-1] if item else None
        below = blocks[0] if blocks else None
        if isinstance(above, Text) and isinstance(below, Text):
            line = below.lines[0]
            joint = [*above.lines[-1], Run(" ", Style(), line[0].at), *line]
            item[-1] = Text([*above.lines[:-1], joint, *below.lines[1:]])
            item += blocks[1:]
        else:
            item += blocks
    return listing
