"""Pasted text, line by line: bullets, steps, rules and paragraphs put together into chunks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

# Always a bullet, even alone and without a space behind it.
_SURE_GLYPHS = "•◦▪▫●○■□‣⁃∙➤➔►▶✓✔✅☑★☆◆❖"
# A bullet where the neighbour has the same: these also begin sentences.
_WEAK_GLYPHS = "–—·→⇒»"
_MARKDOWN_GLYPHS = "-*+"
_NESTED_GLYPHS = "◦▫○□⁃o§"
# What Word puts before a tab: its bullets of all levels, one from its own font as a private
# character, "o" for the second level, letters and Roman numbers for steps below steps.
_WORD_LABEL = re.compile(r"([^\w\s#\"'“‘„«(@&$€£<\[{/\\|>]|o|[a-z]{1,4}[.)])\t\s*(\S.*)")

_MARKDOWN_BULLET = re.compile(r"([-*+])\s+(\S.*)")
_STEP = re.compile(r"([0-9]{1,3})[.)]\s+(\S.*)")
_RULE = re.compile(r"[-=_*~–—]{3,}|(?:[-*_]\s+){2,}[-*_]")
_MARKUP_HEADING = re.compile(r"#{1,6}\s+\S")


class ChunkKind(Enum):
    """What a chunk of pasted lines is."""

    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    STEPS = "steps"
    HEADING = "heading"
    QUOTE = "quote"
    RULE = "rule"


@dataclass(slots=True)
class Line:
    """One line without its bullet; ``number`` counts from 1, for steps from their own."""

    text: str
    number: int
    depth: int = 0
    step: int = 0
    more: list[tuple[str, int]] = field(default_factory=list)


@dataclass(slots=True)
class Chunk:
    """Lines that belong together."""

    kind: ChunkKind
    lines: list[Line]

    @property
    def text(self) -> str:
        """The first line."""
        return self.lines[0].text


@dataclass(frozen=True, slots=True)
class _Raw:
    text: str
    number: int
    indent: int
    after_blank: bool
    glyph: str
    body: str


def read_chunks(text: str) -> list[Chunk]:
    """The chunks of pasted text: one a list, one a paragraph, one a rule."""
    chunks: list[Chunk] = []
    raws = _raw_lines(text)
    bullets = _bullets(raws)
    list_indent = 0
    levels: list[str] = []
    for index, raw in enumerate(raws):
        last = chunks[-1] if chunks else None
        step = _STEP.fullmatch(raw.text)
        if index in bullets:
            if last is None or last.kind is not ChunkKind.BULLETS:
                last = Chunk(ChunkKind.BULLETS, [])
                chunks.append(last)
                list_indent, levels = raw.indent, []
            is_deeper = raw.glyph in _NESTED_GLYPHS or raw.indent > list_indent
            last.lines.append(Line(raw.body, raw.number, _depth(levels, raw.glyph, is_deeper)))
        elif step is not None and _is_next_step(last, int(step[1])):
            if last is None or last.kind is not ChunkKind.STEPS:
                last = Chunk(ChunkKind.STEPS, [])
                chunks.append(last)
                list_indent = raw.indent
            last.lines.append(Line(step[2], raw.number, step=int(step[1])))
        elif not raw.after_blank and last is not None and _continues(last, raw, list_indent):
            last.lines[-1].more.append((raw.text, raw.number))
        else:
            _text_line(chunks, raw)
    return chunks


def _depth(levels: list[str], glyph: str, is_deeper: bool) -> int:
    """How deep an item is by its bullet: each new one that can be deeper opens a level.

    ``levels`` are the bullets of the levels above it, and are kept up to date.
    """
    if glyph in levels:
        del levels[levels.index(glyph) + 1 :]
    elif is_deeper or not levels:
        levels.append(glyph)
    else:
        del levels[1:]
    return len(levels) - 1


def _raw_lines(text: str) -> list[_Raw]:
    raws: list[_Raw] = []
    after_blank = True
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if not stripped:
            after_blank = True
            continue
        indent = len(line) - len(line.lstrip())
        glyph, body = _glyph(stripped)
        raws.append(_Raw(stripped, number, indent, after_blank, glyph, body))
        after_blank = False
    return raws


def _glyph(line: str) -> tuple[str, str]:
    """What may be a bullet at the line's start, and the text behind it."""
    label = _WORD_LABEL.fullmatch(line)
    if label is not None:
        # Letters and Roman numbers count as one level: where one ends and another begins, they
        # do not say.
        return (label[1] if len(label[1]) == 1 else "a."), label[2]
    first = line[0]
    if first.isalnum() or first in "#\"'“‘„«(@&$€£<[{/\\|>":
        return "", line
    if first in _MARKDOWN_GLYPHS:
        match = _MARKDOWN_BULLET.fullmatch(line)
        return (match[1], match[2]) if match else ("", line)
    rest = line[1:].lstrip("\ufe0f")
    body = rest.strip()
    if not body:
        return "", line
    if first in _SURE_GLYPHS or unicodedata.category(first) == "Co":
        return first, body
    is_symbol = first in _WEAK_GLYPHS or unicodedata.category(first) in {"So", "Sm"}
    return (first, body) if is_symbol and rest[:1].isspace() else ("", line)


def _bullets(raws: Sequence[_Raw]) -> set[int]:
    """The lines that are list items: the sure ones, and the weak ones that have a neighbour."""
    found: set[int] = set()
    for index, raw in enumerate(raws):
        if not raw.glyph or _RULE.fullmatch(raw.text):
            continue
        is_sure = raw.glyph in _SURE_GLYPHS or unicodedata.category(raw.glyph[0]) == "Co"
        if is_sure or raw.glyph in _MARKDOWN_GLYPHS or _WORD_LABEL.fullmatch(raw.text):
            found.add(index)
            continue
        before = raws[index - 1].glyph if index else ""
        after = raws[index + 1].glyph if index + 1 < len(raws) else ""
        if raw.glyph in {before, after}:
            found.add(index)
    return found


def _is_next_step(last: Chunk | None, step: int) -> bool:
    if last is not None and last.kind is ChunkKind.STEPS:
        return step == last.lines[-1].step + 1
    return step == 1


def _continues(last: Chunk, raw: _Raw, list_indent: int) -> bool:
    """Whether a line goes on with the list item above it, as wrapped text does."""
    if last.kind not in {ChunkKind.BULLETS, ChunkKind.STEPS}:
        return False
    above = last.lines[-1].more[-1][0] if last.lines[-1].more else last.lines[-1].text
    return (
        raw.indent > list_indent
        or raw.text[0].islower()
        or (len(above) > 60 and above[-1] not in ".!?:;")
    )


def _text_line(chunks: list[Chunk], raw: _Raw) -> None:
    """Add a line that is no list item: to the paragraph above it, or as a chunk of its own."""
    last = chunks[-1] if chunks else None
    line = Line(raw.text, raw.number)
    if _RULE.fullmatch(raw.text):
        is_under = (
            not raw.after_blank
            and last is not None
            and last.kind is ChunkKind.PARAGRAPH
            and len(last.lines) == 1
            and raw.text[0] in "=-"
        )
        if is_under and last is not None:
            last.kind = ChunkKind.HEADING
        else:
            chunks.append(Chunk(ChunkKind.RULE, [line]))
    elif _MARKUP_HEADING.match(raw.text):
        line.text = raw.text.lstrip("#").strip()
        chunks.append(Chunk(ChunkKind.HEADING, [line]))
    else:
        kind = ChunkKind.QUOTE if raw.text.startswith(">") else ChunkKind.PARAGRAPH
        if not raw.after_blank and last is not None and last.kind is kind:
            last.lines.append(line)
        else:
            chunks.append(Chunk(kind, [line]))
