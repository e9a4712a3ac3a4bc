"""Tables of HTML: those that hold data, and those that only set out a page or a mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.read.html_content import Block, Cell, Run, Style, Table, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_COLUMNS = 40
_LONGEST_CELL = 300
_LONGEST_ROW = 120


def settle_table(table: Table) -> list[Block]:
    """A table that holds data, or what the cells of another one hold, in their order.

    Data are short texts in at least two rows and two columns.
    """
    rows = [row for row in table.rows if any(cell.blocks for cell in row)]
    columns = max((sum(cell.span for cell in row) for row in rows), default=0)
    is_data = (
        len(rows) > 1
        and 1 < columns <= _MOST_COLUMNS
        and all(_is_short(cell) for row in rows for cell in row)
        and sum(len(row) > 1 for row in rows) > 1
    )
    if is_data:
        return [*table.caption, Table(rows)]
    blocks = list(table.caption)
    for row in rows:
        blocks += _set_out(row)
    return blocks


def _is_short(cell: Cell) -> bool:
    if not all(isinstance(block, Text) and not block.level for block in cell.blocks):
        return False
    return sum(_length(block) for block in cell.blocks) <= _LONGEST_CELL


def _length(block: Block) -> int:
    """The length of a text as it is shown; a picture counts for a whole cell."""
    if not isinstance(block, Text):
        return _LONGEST_CELL + 1
    return sum(
        _LONGEST_CELL if run.image else len(run.text) for line in block.lines for run in line
    )


def _set_out(row: Sequence[Cell]) -> list[Block]:
    """The blocks of a row's cells; a few words in each are one line."""
    filled = [cell for cell in row if cell.blocks]
    firsts = [cell.blocks[0] for cell in filled]
    texts = [block for block in firsts if isinstance(block, Text) and not block.level]
    is_line = (
        1 < len(filled) == len(texts)
        and all(len(cell.blocks) == 1 for cell in filled)
        and all(len(text.lines) == 1 for text in texts)
        and sum(_length(text) for text in texts) <= _LONGEST_ROW
    )
    if not is_line:
        return [block for cell in filled for block in cell.blocks]
    line: list[Run] = []
    for text in texts:
        if line:
            line.append(Run(" ", Style(), line[-1].at))
        line += text.lines[0]
    return [Text([line])]
