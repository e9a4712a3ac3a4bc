"""Pasted text, line by line: bullets, steps, tables, rules, paragraphs put together in chunks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.read.pasted_chunks import Chunk, ChunkKind, Line
from castpress.read.pasted_lists import Counter, Level, depth_of, mark_numbered_headings
from castpress.read.stamps import read_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

# Always a bullet, even alone and without a space behind it.
_SURE_GLYPHS = "•◦▪▫●○■□‣⁃∙➤➔►▶✓✔✅☑★☆◆❖"
# A bullet where the neighbour has the same: these also begin sentences.
_WEAK_GLYPHS = "–—·→⇒»"
_MARKDOWN_GLYPHS = "-*+"
# What Word puts before a tab: its bullets of all levels, one from its own font as a private
# character, "o" for the second level, letters and Roman numbers for steps below steps.
_WORD_LABEL = re.compile(r"([^\w\s#\"'“‘„«(@&$€£<\[{/\\|>]|o|[a-z]{1,4}[.)])\t\s*(\S.*)")

_MARKDOWN_BULLET = re.compile(r"([-*+])\s+(\S.*)")
_STEP = re.compile(r"([0-9]{1,3})[.)]\s+(\S.*)")
_LETTER = re.compile(r"(?:[a-z]|[ivx]{2,4})[.)]\s+(\S.*)")
_RULE = re.compile(r"[-=_*~–—]{3,}|(?:[-*_]\s+){2,}[-*_]")
_MARKUP_HEADING = re.compile(r"#{1,6}\s+\S")


@dataclass(frozen=True, slots=True)
class _Raw:
    text: str
    number: int
    indent: int
    after_blank: bool
    glyph: str
    body: str


def read_chunks(text: str) -> list[Chunk]:
    """The chunks of pasted text: one a list, one a table, one a paragraph, one a rule."""
    chunks: list[Chunk] = []
    raws = _raw_lines(text)
    bullets = _bullets(raws)
    rows = _table_rows(raws, bullets)
    counter = Counter()
    list_indent = 0
    levels: list[Level] = []
    for index, raw in enumerate(raws):
        last = chunks[-1] if chunks else None
        step = _STEP.fullmatch(raw.text)
        if index in rows:
            if last is None or last.kind is not ChunkKind.TABLE or raw.after_blank:
                last = Chunk(ChunkKind.TABLE, [])
                chunks.append(last)
            last.lines.append(Line(raw.text, raw.number))
        elif (nested := _nested_item(raw, index in bullets, last, list_indent)) is not None:
            nested.depth = 1 + depth_of(levels, raw.glyph, raw.indent)
            chunks[-1].lines.append(nested)
        elif index in bullets:
            if last is None or last.kind is not ChunkKind.BULLETS:
                last = Chunk(ChunkKind.BULLETS, [])
                chunks.append(last)
                list_indent, levels = raw.indent, []
            last.lines.append(Line(raw.body, raw.number, depth_of(levels, raw.glyph, raw.indent)))
        elif step is not None and (number := counter.take(int(step[1]), last, len(chunks))):
            if number.is_first or last is None or last.kind is not ChunkKind.STEPS:
                last = Chunk(ChunkKind.STEPS, [])
                chunks.append(last)
                list_indent = raw.indent
            levels = []
            last.lines.append(Line(step[2], raw.number, step=number.value))
        elif not raw.after_blank and last is not None and _continues(last, raw, list_indent):
            last.lines[-1].more.append((raw.text, raw.number))
        else:
            _text_line(chunks, raw)
    mark_numbered_headings(chunks)
    return chunks


def _is_stamped_row(row: str, tabs: int) -> bool:
    """Whether a row reads as a line of a chapter list: its time first, or last of two cells."""
    return read_stamp(row if tabs == 1 else row.partition("\t")[0]) is not None


def _nested_item(raw: _Raw, is_bullet: bool, last: Chunk | None, list_indent: int) -> Line | None:
    """The item of a list below a step: a bullet, or a letter that counts."""
    if last is None or last.kind is not ChunkKind.STEPS or raw.indent < list_indent + 2:
        return None
    if is_bullet:
        return Line(raw.body, raw.number)
    letter = _LETTER.fullmatch(raw.text)
    if letter is None:
        return None
    above = last.lines[-1]
    return Line(letter[1], raw.number, step=above.step + 1 if above.depth else 1)


def _table_rows(raws: Sequence[_Raw], bullets: set[int]) -> set[int]:
    """The lines that are rows of tables: two or more together with tabs, the same number each."""
    rows: set[int] = set()
    first = 0
    while first < len(raws):
        tabs = raws[first].text.count("\t")
        end = first
        while (
            tabs
            and end < len(raws)
            and raws[end].text.count("\t") == tabs
            and (end == first or not raws[end].after_blank)
            and end not in bullets
            and _STEP.fullmatch(raws[end].text) is None
        ):
            end += 1
        stamped = sum(_is_stamped_row(raw.text, tabs) for raw in raws[first:end])
        if end - first > 1 and stamped * 2 <= end - first:
            rows.update(range(first, end))
        first = max(end, first + 1)
    return rows


def _raw_lines(text: str) -> list[_Raw]:
    raws: list[_Raw] = []
    after_blank = True
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if not stripped:
            after_blank = True
            continue
        indent = len(line[: len(line) - len(line.lstrip())].expandtabs(4))
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
