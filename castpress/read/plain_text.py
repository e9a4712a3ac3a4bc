"""Pasted text to Markdown: headings, lists and paragraphs are found again.

``recover_markdown`` gives the Markdown that the author may keep, with the line of the pasted text
that each line came from; from there it is read like any other Markdown. What is a guess is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from castpress.model.notes import Vocabulary
from castpress.model.problem import Severity
from castpress.read.leftovers import Leftover, without_leftovers
from castpress.read.pasted_headings import (
    Guess,
    find_title,
    is_timed_line,
    mark_headings,
    range_of,
    report_headings,
)
from castpress.read.pasted_lines import Chunk, ChunkKind, Line, read_chunks
from castpress.read.stamps import read_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

_COMMENTS = re.compile(r"(?P<name>\D{0,60}?)\s*[0-9]+\s+comments?", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:(?:[Pp]osted|[Ww]ritten|[Pp]ublished)\s+by|By|by):?\s+"
    r"(?P<name>[A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ][\w.'’-]*){0,3})"
)

_STRONG_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6}\s+\S|\]\([^)\s]|^ {0,3}(?:```|~~~)|^\|?\s*:?-{3,}:?\s*\|"
    r"|^\S.*\n ?(?:=+|-{3,})\s*$"
    r"|^\[[^\]]+\]:\s*\S|</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>",
    re.MULTILINE,
)
_WEAK_MARKDOWN = re.compile(
    r"^ {0,3}(?:[-*+]|[0-9]{1,9}[.)])\s+\S|\*\*\S|(?<!\w)__\S|`[^`\n]+`|^ {0,3}>\s|<https?://",
    re.MULTILINE,
)
_GLYPH_BULLET = re.compile("^\\s*(?:[•◦▪●○■‣⁃\ue000-\uf8ff]|[o§·]\t)", re.MULTILINE)

_MISREAD_START = re.compile(
    r"#{1,6}(?=\s)|[-+*](?=\s)|\|(?=.*\|)|```|~~~|\[(?=[^\]]+\]:)|(?:=+|-+)$"
)
_MISREAD_STEP = re.compile(r"([0-9]{1,9})([.)])(?=\s)")
_MISREAD_TAG = re.compile(r"<(?=[a-zA-Z/!?])(?!https?://[^\s<>]+>)")


@dataclass(slots=True)
class Recovered:
    """The Markdown of pasted text; ``lines`` holds, for each of its lines, the source's line."""

    markdown: str = ""
    lines: list[int] = field(default_factory=list)
    author: str | None = None
    guesses: list[Guess] = field(default_factory=list)


def is_pasted(text: str, suffix: str) -> bool:
    r"""Whether notes are pasted text: a ``.txt``, or a ``.md`` without any Markdown in it.

    >>> is_pasted("A bare heading\n\nSome text.", ".md"), is_pasted("# Title", ".md")
    (True, False)
    """
    if suffix.lower() == ".txt" or not text.strip():
        return bool(text.strip())
    if _STRONG_MARKDOWN.search(text):
        return False
    return _GLYPH_BULLET.search(text) is not None or _WEAK_MARKDOWN.search(text) is None


def recover_markdown(
    text: str, vocabulary: Vocabulary | None = None, title: str | None = None
) -> Recovered:
    """The Markdown of pasted text, already cleaned of odd spaces.

    ``title`` is the one that front matter gives, where it does: then only a line that repeats it
    is the title's heading.
    """
    vocabulary = vocabulary or Vocabulary()
    recovered = Recovered()
    text, left_out = without_leftovers(text)
    if left_out:
        recovered.guesses.append(leftover_guess(left_out))
    whole = read_chunks(text)
    has_ranges = any(range_of(line.text) is not None for chunk in whole for line in chunk.lines)
    chunks = [part for chunk in whole for part in _split_timed(chunk, has_ranges=has_ranges)]
    chunks = _without_byline(chunks, recovered)
    guessed = mark_headings(chunks, vocabulary, recovered.guesses)
    _note_quotations(chunks, recovered.guesses)
    title_index = find_title(chunks, guessed, vocabulary, title, recovered.guesses)
    writer = _Writer(recovered)
    for index, chunk in enumerate(chunks):
        writer.write(chunk, is_title=index == title_index)
    recovered.markdown = "\n".join(writer.out) + "\n" if writer.out else ""
    report_headings(chunks, guessed, title_index, recovered.guesses)
    return recovered


def _note_quotations(chunks: Sequence[Chunk], guesses: list[Guess]) -> None:
    quoted = [line for chunk in chunks if chunk.kind is ChunkKind.QUOTE for line in chunk.lines]
    if quoted:
        guesses.append(
            Guess(
                "guessed-quotation",
                f"{len(quoted)} lines that begin with > are shown as a quotation",
                quoted[0].number,
                Severity.NOTE,
                "take them out if they quote an earlier mail",
            )
        )


def leftover_guess(left_out: Sequence[Leftover]) -> Guess:
    """The warning that names the lines left out."""
    names = ", ".join(repr(found.text[:60]) for found in left_out[:4])
    more = f" and {len(left_out) - 4} more" if len(left_out) > 4 else ""
    return Guess(
        "left-out-text",
        f"left out, as it came along with the paste: {names}{more}",
        left_out[0].line,
        Severity.WARNING,
        "take these lines out of the file",
    )


def _split_timed(chunk: Chunk, *, has_ranges: bool) -> list[Chunk]:
    """A paragraph of several lines, with the lines that carry a range set apart.

    A run of stamped lines stays together: it is a chapter list.
    """
    if chunk.kind is not ChunkKind.PARAGRAPH or len(chunk.lines) == 1:
        return [chunk]
    if sum(read_stamp(line.text) is not None for line in chunk.lines) > 1:
        return [chunk]
    parts: list[Chunk] = []
    for line in chunk.lines:
        is_timed = is_timed_line(line.text, has_ranges=has_ranges)
        if is_timed or not parts or parts[-1].kind is ChunkKind.RULE:
            parts.append(Chunk(ChunkKind.RULE if is_timed else ChunkKind.PARAGRAPH, [line]))
        else:
            parts[-1].lines.append(line)
    for part in parts:
        part.kind = ChunkKind.PARAGRAPH
    return parts


def _byline(line: str, *, is_at_edge: bool) -> str | None:
    """The author's name, "" where a comment count has none, None where the line is text.

    "By Bike Across France" is a byline only where bylines stand: below the title or at the end.
    """
    comments = _COMMENTS.fullmatch(line)
    if comments is not None:
        name = comments["name"].strip(" |·•–—-,")
        return name[3:].strip() if name[:3].lower() == "by " else name
    byline = _BYLINE.fullmatch(line) if is_at_edge else None
    return byline["name"].strip() if byline is not None else None


def _without_byline(chunks: list[Chunk], recovered: Recovered) -> list[Chunk]:
    """Take bylines and comment counts out of the text: ``Coach Kim2 Comments``."""
    kept: list[Chunk] = []
    for index, chunk in enumerate(chunks):
        name = None
        if chunk.kind is ChunkKind.PARAGRAPH and len(chunk.lines) == 1:
            name = _byline(chunk.text, is_at_edge=0 < index <= 3 or index == len(chunks) - 1)
        if name is None:
            kept.append(chunk)
            continue
        if name and recovered.author is None:
            recovered.author = name
        recovered.guesses.append(
            Guess(
                "pasted-byline",
                f"{chunk.text!r} is read as a byline"
                + (f": the author is {name!r}" if name else " without a name")
                + ", and left out of the text",
                chunk.lines[0].number,
                Severity.NOTE,
                f"write author: {name} in front matter, and take the line out"
                if name
                else "take the line out",
            )
        )
    return kept


class _Writer:
    """Writes chunks as Markdown, noting the source line of each line written."""

    def __init__(self, recovered: Recovered) -> None:
        self.out: list[str] = []
        self._lines = recovered.lines

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
        else:
            for line in chunk.lines:
                self._item(line)

    def _paragraph(self, lines: Sequence[Line]) -> None:
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            text = _safe(line.text)
            if following is not None and not _is_wrapped(line.text, following.text):
                text += "  "
            self._put(text, line.number)

    def _item(self, line: Line) -> None:
        marker = f"{line.step}." if line.step else "-"
        indent = "  " * line.depth
        self._put(f"{indent}{marker} {_safe(line.text)}", line.number)
        for text, number in line.more:
            self._put(f"{indent}{' ' * (len(marker) + 1)}{_safe(text)}", number)

    def _put(self, text: str, number: int) -> None:
        self.out.append(text)
        self._lines.append(number)


def _is_wrapped(line: str, following: str) -> bool:
    """Whether a line ends only because mail or a terminal was narrow."""
    if read_stamp(following) is not None:
        return False
    return following[:1].islower() or (len(line) >= 50 and line[-1] not in '.!?:;…”"')


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
