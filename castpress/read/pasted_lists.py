"""The lists of pasted text: how deep an item is, and how steps are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.read.pasted_chunks import Chunk, ChunkKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_NESTED_GLYPHS = "◦▫○□⁃o§"
_MOST_LEVELS = 9
_MOST_BETWEEN = 4  # chunks of text that may explain a step before the next one comes
_LONGEST_STEP_HEADING = 80
_SENTENCE_MARKS = ".!;:,…"


@dataclass(slots=True)
class Level:
    """One level of a nested list, as its first item was typed."""

    glyph: str
    indent: int


def depth_of(levels: list[Level], glyph: str, indent: int) -> int:
    """How deep an item is: by its indentation, and where that says nothing, by its bullet.

    ``levels`` are the levels down to the item above, and are kept up to date.
    """
    if not levels or (indent > levels[-1].indent + 1 and len(levels) < _MOST_LEVELS):
        levels.append(Level(glyph, indent))
        return len(levels) - 1
    if indent < levels[-1].indent - 1:
        while len(levels) > 1 and levels[-1].indent > indent + 1:
            levels.pop()
    known = [place for place, level in enumerate(levels) if level.glyph == glyph]
    if known:
        del levels[known[-1] + 1 :]
    elif glyph in _NESTED_GLYPHS and len(levels) < _MOST_LEVELS:
        levels.append(Level(glyph, indent))
    elif levels[0].indent >= indent - 1:
        del levels[1:]
    return len(levels) - 1


@dataclass(frozen=True, slots=True)
class Number:
    """The number of a step; the first of a list begins it."""

    value: int
    is_first: bool = False


@dataclass(slots=True)
class Counter:
    """Counts the steps of numbered lists: which begin anew, and which go on."""

    typed: int = 0
    value: int = 0
    chunk_count: int = 0

    def take(self, typed: int, last: Chunk | None, chunk_count: int) -> Number | None:
        """The number of a step, None where the line is none.

        A list may number all its steps 1, go on behind text that explains a step, and begin anew
        at 1 right behind another.
        """
        in_list = last is not None and last.kind is ChunkKind.STEPS
        is_near = in_list or 0 < chunk_count - self.chunk_count <= _MOST_BETWEEN
        goes_on = typed in {self.value + 1, self.typed + 1}
        if self.value and ((is_near and goes_on) or (in_list and typed == self.typed == 1)):
            number = Number(self.value + 1)
        elif typed == 1:
            number = Number(1, is_first=True)
        else:
            return None
        self.typed, self.value = typed, number.value
        self.chunk_count = chunk_count if in_list and not number.is_first else chunk_count + 1
        return number


def mark_numbered_headings(chunks: list[Chunk]) -> None:
    """Turn steps that stand alone above text, one behind the other, into the headings they are."""
    alone = [
        index
        for index, chunk in enumerate(chunks)
        if chunk.kind is ChunkKind.STEPS and len(chunk.lines) == 1
    ]
    first = 0
    while first < len(alone):
        end = first + 1
        while end < len(alone) and _is_series(chunks, alone[end - 1], alone[end]):
            end += 1
        run = alone[first:end]
        is_last_above_text = run[-1] + 1 < len(chunks) and _is_text(chunks[run[-1] + 1])
        if len(run) > 1 and is_last_above_text:
            for index in run:
                line = chunks[index].lines[0]
                line.text = f"{line.step}. {line.text}"
                chunks[index].kind = ChunkKind.HEADING
        first = end


def _is_series(chunks: Sequence[Chunk], first: int, second: int) -> bool:
    """Whether two lone steps follow each other, with text below the first and no sentence in it."""
    one, two = chunks[first].lines[0], chunks[second].lines[0]
    is_short = all(
        len(line.text) <= _LONGEST_STEP_HEADING
        and not line.more
        and line.text[-1] not in _SENTENCE_MARKS
        for line in (one, two)
    )
    return is_short and two.step == one.step + 1 and _is_text(chunks[first + 1])


def _is_text(chunk: Chunk) -> bool:
    return chunk.kind in {ChunkKind.PARAGRAPH, ChunkKind.BULLETS, ChunkKind.QUOTE}
