"""What pasted text is made of: lines that belong together."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.read.stamps import read_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST_AT_EDGE = 16  # chunks from the top, and from the end
_MOST_LINES = 40
_LONGEST_LINE = 160


class ChunkKind(Enum):
    """What a chunk of pasted lines is."""

    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    STEPS = "steps"
    HEADING = "heading"
    QUOTE = "quote"
    RULE = "rule"
    TABLE = "table"
    CARD = "card"


@dataclass(slots=True)
class Line:
    """One line without its bullet; ``number`` counts from 1, for steps from their own.

    ``more`` are the lines that wrapped text goes on with: their texts and numbers.
    """

    text: str
    number: int
    depth: int = 0
    step: int = 0
    more: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Chunk:
    """Lines that belong together; ``label`` is the category of a card.

    ``group`` is the number of the first line of the paragraph that a line was set apart from, 0
    where it was not.
    """

    kind: ChunkKind
    lines: list[Line]
    label: str = ""
    group: int = 0

    @property
    def text(self) -> str:
        """The first line."""
        return self.lines[0].text


def set_apart(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks, with the lines of paragraphs at the top and the foot each on its own.

    There a site's menu, its name and its motto stand on lines one below the other. Lines that
    only wrap stay together.
    """
    parts: list[Chunk] = []
    for index, chunk in enumerate(chunks):
        is_edge = index < _MOST_AT_EDGE or index >= len(chunks) - _MOST_AT_EDGE
        if not is_edge or chunk.kind is not ChunkKind.PARAGRAPH or not _has_own_lines(chunk):
            parts.append(chunk)
            continue
        group = chunk.lines[0].number
        parts += [Chunk(ChunkKind.PARAGRAPH, [line], group=group) for line in chunk.lines]
    return parts


def put_together(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks, with lines that were set apart and still follow each other as one again."""
    whole: list[Chunk] = []
    for chunk in chunks:
        last = whole[-1] if whole else None
        is_part = chunk.kind is ChunkKind.PARAGRAPH and chunk.group > 0
        if last is not None and is_part and (last.kind, last.group) == (chunk.kind, chunk.group):
            last.lines += chunk.lines
        else:
            whole.append(Chunk(chunk.kind, list(chunk.lines), chunk.label, chunk.group))
    for chunk in whole:
        chunk.group = 0
    return whole


def _has_own_lines(chunk: Chunk) -> bool:
    lines = chunk.lines
    return 1 < len(lines) <= _MOST_LINES and not any(
        len(line.text) > _LONGEST_LINE or is_wrapped(line.text, following.text)
        for line, following in pairwise(lines)
    )


def is_wrapped(line: str, following: str) -> bool:
    """Whether a line ends only because mail or a terminal was narrow."""
    if read_stamp(following) is not None:
        return False
    return following[:1].islower() or (len(line) >= 50 and line[-1] not in '.!?:;…”"')


def cells_of(row: str) -> list[str]:
    """The cells of a table's row, as it was pasted: with a tab between two."""
    return [cell.strip() for cell in row.split("\t")]
