"""Chunks of pasted text written as Markdown, with the source's line of each line written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from castpress.read.pasted_chunks import Chunk, ChunkKind, Line, cells_of, is_wrapped

if TYPE_CHECKING:
    from collections.abc import Sequence

_MISREAD_START = re.compile(
    r"#{1,6}(?=\s)|[-+*](?=\s)|\|(?=.*\|)|```|~~~|\[(?=[^\]]+\]:)|(?:=+|-+)$"
)
_MISREAD_STEP = re.compile(r"([0-9]{1,9})([.)])(?=\s)")
_MISREAD_TAG = re.compile(r"<(?=[a-zA-Z/!?])(?!https?://[^\s<>]+>)")


class Writer:
    """Writes chunks as Markdown; ``lines`` are the source's lines of what is written."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.lines: list[int] = []
        self._step_mark = "."
        self._last_kind = ChunkKind.PARAGRAPH

    def write(self, chunk: Chunk, *, is_title: bool) -> None:
        """Write one chunk and the blank line before it."""
        if self.out:
            self._put("", chunk.lines[0].number)
        if chunk.kind is ChunkKind.HEADING:
            line = chunk.lines[0]
            self._put(f"{'#' if is_title else '##'} {_safe_inline(line.text)}", line.number)
        elif chunk.kind is ChunkKind.RULE:
            self._put("***", chunk.lines[0].number)
        elif chunk.kind is ChunkKind.QUOTE:
            for line in chunk.lines:
                self._put(line.text, line.number)
        elif chunk.kind is ChunkKind.PARAGRAPH:
            self._paragraph(chunk.lines)
        elif chunk.kind is ChunkKind.TABLE:
            self._table(chunk.lines)
        elif chunk.kind is ChunkKind.CARD:
            self._card(chunk)
        else:
            self._list(chunk)
        self._last_kind = chunk.kind

    def _paragraph(self, lines: Sequence[Line]) -> None:
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            text = _safe(line.text)
            if following is not None and not is_wrapped(line.text, following.text):
                text += "  "
            self._put(text, line.number)

    def _table(self, lines: Sequence[Line]) -> None:
        for line in lines:
            cells = [_safe_inline(cell).replace("|", "\\|") for cell in cells_of(line.text)]
            self._put(f"| {' | '.join(cells)} |", line.number)
            if line is lines[0]:
                self._put(f"|{'---|' * len(cells)}", line.number)

    def _card(self, chunk: Chunk) -> None:
        """Write a card: its title bold, its label behind it, its excerpt on the next line."""
        [line] = chunk.lines
        head = f"**{_safe_inline(line.text).replace('*', chr(92) + '*')}**"
        if chunk.label:
            head += f" · {_safe_inline(chunk.label)}"
        excerpt = [(text, number) for text, number in line.more if text]
        self._put(head + ("  " if excerpt else ""), line.number)
        for text, number in excerpt:
            self._put(_safe(text), number)

    def _list(self, chunk: Chunk) -> None:
        """Write a list; the sign behind the numbers tells it from one right above it."""
        if chunk.kind is self._last_kind and chunk.lines[0].step == 1:
            self._step_mark = ")" if self._step_mark == "." else "."
        widest = max(len(str(line.step)) + 2 if line.step else 2 for line in chunk.lines)
        for line in chunk.lines:
            self._item(line, " " * (widest * line.depth))

    def _item(self, line: Line, indent: str) -> None:
        marker = f"{line.step}{self._step_mark}" if line.step else "-"
        self._put(f"{indent}{marker} {_safe(line.text)}", line.number)
        for text, number in line.more:
            self._put(f"{indent}{' ' * (len(marker) + 1)}{_safe(text)}", number)

    def _put(self, text: str, number: int) -> None:
        self.out.append(text)
        self.lines.append(number)


def _safe(text: str) -> str:
    """A line whose beginning Markdown would take for something else."""
    match = _MISREAD_START.match(text)
    if match is not None:
        text = "\\" + text
    else:
        text = _MISREAD_STEP.sub(r"\1\\\2", text, count=1) if text[:1].isdigit() else text
    return _safe_inline(text)


def _safe_inline(text: str) -> str:
    return _MISREAD_TAG.sub(r"\\<", " ".join(text.split()))
