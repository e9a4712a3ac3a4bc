"""The structure of Markdown: top-level blocks with their text and places in the source."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from castpress.model.problem import Location

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import PurePosixPath


class BlockKind(StrEnum):
    """What a top-level block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    QUOTE = "quote"
    CODE = "code"
    HTML = "html"
    RULE = "rule"
    FOOTNOTE = "footnote"
    DEFINITIONS = "definitions"


_STEP = 256


@lru_cache(maxsize=2)
def _bytes_before(text: str) -> tuple[int, ...]:
    """How many bytes stand before each 256th character, for who asks often in a long text."""
    pieces = (text[i : i + _STEP] for i in range(0, len(text), _STEP))
    return (0, *accumulate(len(piece.encode()) for piece in pieces))


@dataclass(slots=True)
class Run:
    r"""A stretch of text in one style; a line break is a run of its own, ``\n``.

    ``start`` and ``end`` are byte offsets in the Markdown; they enclose exactly ``text`` where
    ``is_literal`` holds, else an escape or an entity stands there. ``link`` is an index into the
    document's links, -1 outside of any.
    """

    text: str
    start: int
    end: int
    link: int = -1
    is_strong: bool = False
    is_emphasised: bool = False
    is_code: bool = False
    is_literal: bool = True

    def byte(self, index: int) -> int:
        """The byte offset of a character of the text; only for literal runs."""
        if self.end - self.start == len(self.text):  # ASCII only: no prefix to encode
            return self.start + index
        whole = index // _STEP
        before = _bytes_before(self.text)[whole] if whole else 0
        return self.start + before + len(self.text[whole * _STEP : index].encode())


@dataclass(slots=True)
class Item:
    """One item of a list or row of a table; ``depth`` 0 is the outer list."""

    depth: int
    start: int
    runs: list[Run] = field(default_factory=list)


@dataclass(slots=True)
class Block:
    """One top-level block; ``level`` is a heading's, ``items`` a list's or a table's."""

    kind: BlockKind
    start: int
    end: int = 0
    level: int = 0
    is_ordered: bool = False
    runs: list[Run] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class SourceLink:
    """A link as typed: its address, its text, its place."""

    url: str
    start: int
    end: int
    text: str = ""


@dataclass(slots=True)
class RawHtml:
    """A piece of HTML inside Markdown."""

    text: str
    start: int


@dataclass(slots=True)
class Document:
    """All top-level blocks of one Markdown text, in order.

    ``typed_tags`` are the byte offsets of what looks like a tag and is text: ``List<Box>``.
    """

    markdown: str
    blocks: list[Block]
    links: list[SourceLink]
    images: list[SourceLink]
    html: list[RawHtml]
    typed_tags: list[int] = field(default_factory=list)


class Places:
    """From byte offsets in the Markdown to locations in the author's file.

    ``lines`` gives, for recovered Markdown, the line of the pasted text (from 1) that each line
    came from; columns are then those of the line's first visible character. ``origins`` gives, for
    Markdown that was made of HTML, the line and column that each line came from; column 0 stands
    for a line that is the author's own.
    """

    def __init__(
        self,
        file: PurePosixPath,
        markdown: str,
        first_line: int,
        *,
        lines: Sequence[int] | None = None,
        columns: Sequence[int] = (),
        origins: Sequence[tuple[int, int]] = (),
    ) -> None:
        self._file = file
        self._first_line = first_line
        self._lines = lines
        self._columns = columns
        self._origins = origins
        self._source = markdown.encode()
        sizes = (len(line) + 1 for line in self._source.split(b"\n"))
        self._starts = [0, *accumulate(sizes)]

    def at(self, offset: int) -> Location:
        """The location of a byte offset."""
        index = bisect_right(self._starts, offset) - 1
        if self._lines is not None:
            index = min(index, len(self._lines) - 1)
            line = self._lines[index] if index >= 0 else 1
            column = self._columns[line - 1] if line <= len(self._columns) else 1
            return Location(self._file, line + self._first_line - 1, column)
        line = index + 1
        if self._origins:
            line, column = self._origins[min(index, len(self._origins) - 1)]
            if column:
                return Location(self._file, line + self._first_line - 1, column)
        before = self._source[self._starts[index] : offset]
        column = len(before.decode("utf-8", "replace")) + 1
        return Location(self._file, line + self._first_line - 1, column)

    def line(self, number: int) -> Location:
        """The location of a line of the author's text, counted from 1."""
        column = self._columns[number - 1] if 0 < number <= len(self._columns) else 1
        return Location(self._file, number + self._first_line - 1, column)


def plain(runs: Iterable[Run]) -> str:
    """The text of the runs on one line, single-spaced."""
    return " ".join("".join(run.text for run in runs).split())


def split_lines(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs line by line, without the breaks and without empty lines."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    return [line for line in lines if any(run.text.strip() for run in line)]
