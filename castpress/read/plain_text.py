"""Pasted text to Markdown: headings, lists and paragraphs are found again.

``recover_markdown`` gives the Markdown that the author may keep, with the line of the pasted text
that each line came from; from there it is read like any other Markdown. What is a guess is said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.model.notes import SectionRole, SiteWords, Vocabulary
from castpress.model.problem import Severity
from castpress.read.furniture import (
    FoundFurniture,
    brand_of,
    take_fittings,
    take_foot,
    with_lines_apart,
)
from castpress.read.furniture_advice import furniture_guesses
from castpress.read.leftovers import Leftover, without_leftovers
from castpress.read.page_head import Head
from castpress.read.pasted_apart import join_lines_apart
from castpress.read.pasted_bylines import without_bylines
from castpress.read.pasted_cards import find_cards
from castpress.read.pasted_chunks import Chunk, ChunkKind, put_together, set_apart
from castpress.read.pasted_headings import (
    Guess,
    is_text_line,
    is_timed_line,
    mark_headings,
    range_of,
    report_headings,
)
from castpress.read.pasted_lines import read_chunks
from castpress.read.pasted_title import calm_lead, find_title, title_guess
from castpress.read.pasted_writer import Writer
from castpress.read.roles import compared, role_of
from castpress.read.stamps import read_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

_STRONG_MARKDOWN = re.compile(
    r"^ {0,3}#{1,6}\s+\S|\]\([^)\s]|^ {0,3}(?:```|~~~)|^\|?\s*:?-{3,}:?\s*\|"
    r"|^\S.*\n ?(?:=+|-{3,})\s*$"
    r"|^\[[^\]]+\]:\s*\S|\\[<#|.)]|</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>",
    re.MULTILINE,
)
_WEAK_MARKDOWN = re.compile(
    r"^ {0,3}(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\S|\*\*\S|(?<!\w)__\S|`[^`\n]+`|^ {0,3}>\s|<https?://",
    re.MULTILINE,
)
_GLYPH_BULLET = re.compile("^\\s*(?:[•◦▪●○■‣⁃\ue000-\uf8ff]|[o§·]\t)", re.MULTILINE)


@dataclass(slots=True)
class Recovered:
    """The Markdown of pasted text; ``lines`` holds, for each of its lines, the source's line.

    What stood on the page around it is no part of the Markdown: byline and ``furniture``.
    """

    markdown: str = ""
    lines: list[int] = field(default_factory=list)
    author: str | None = None
    comment_count: int | None = None
    furniture: tuple[FoundFurniture, ...] = ()
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
    text: str,
    vocabulary: Vocabulary | None = None,
    title: str | None = None,
    site: SiteWords | None = None,
) -> Recovered:
    """The Markdown of pasted text, already cleaned of odd spaces.

    ``title`` is the one that front matter gives, where it does: then only a line that repeats it
    is the title's heading. ``site`` are the words of show.yaml, where it is known.
    """
    vocabulary = vocabulary or Vocabulary()
    site = site or SiteWords()
    recovered = Recovered()
    text, left_out = without_leftovers(text)
    if left_out:
        recovered.guesses.append(leftover_guess(left_out))
    whole = _split_known(read_chunks(join_lines_apart(text)), vocabulary)
    has_ranges = any(range_of(line.text) is not None for chunk in whole for line in chunk.lines)
    chunks = [part for chunk in whole for part in _split_timed(chunk, has_ranges=has_ranges)]
    chunks, furniture, head = _without_page(chunks, site, vocabulary)
    head.signs += any("skip" in found.text.lower() for found in left_out)
    chunks, details = find_cards(put_together(chunks), vocabulary)
    chunks = put_together(without_bylines(set_apart(chunks), recovered, head.owners))

    guessed = mark_headings(chunks, vocabulary, recovered.guesses)
    _note_quotations(chunks, recovered.guesses)
    show_title = head.show_title_index(chunks) if title is None else None
    found = find_title(chunks, guessed, vocabulary, title, passed_over=show_title)
    above: list[Chunk] = []
    if found is not None:
        is_sure = title is not None or found.is_sure
        above = head.take_head(chunks[: found.index], chunks[found.index], is_title_sure=is_sure)
        if title is None:
            recovered.guesses.append(title_guess(chunks[found.index], is_alone=not above))
        calm_lead(chunks, found.index + 1, guessed)
    recovered.furniture = tuple(sorted((*furniture, *details, *head.found), key=lambda f: f.line))
    recovered.guesses += furniture_guesses(recovered.furniture)
    report_headings([chunks[index] for index in sorted(guessed)], recovered.guesses)

    writer = Writer()
    first = 0 if found is None else found.index
    for chunk in [*above, *chunks[first:]]:
        writer.write(chunk, is_title=found is not None and chunk is chunks[found.index])
    recovered.markdown = "\n".join(writer.out) + "\n" if writer.out else ""
    recovered.lines = writer.lines
    return recovered


def _without_page(
    chunks: Sequence[Chunk], site: SiteWords, vocabulary: Vocabulary
) -> tuple[list[Chunk], list[FoundFurniture], Head]:
    """The chunks without foot, fittings and menu of a website, these, and what its head shows."""
    kept, foot, holder = take_foot(set_apart(list(with_lines_apart(chunks))), site)
    kept, fittings = take_fittings(kept)
    owners = frozenset(compared(name) for name in (holder, brand_of(fittings)) if name)
    head = Head(site, vocabulary, owners)
    head.signs += bool(fittings)
    return head.take_menu(kept), [*foot, *fittings], head


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


def _split_known(chunks: Sequence[Chunk], vocabulary: Vocabulary) -> list[Chunk]:
    """The chunks, with the known headings set apart that stand right above their text.

    ``Links`` in a menu has another entry below it, and no text.
    """
    parts: list[Chunk] = []
    for chunk in chunks:
        if chunk.kind is not ChunkKind.PARAGRAPH:
            parts.append(chunk)
            continue
        first = 0
        for index, (line, below) in enumerate(pairwise(chunk.lines)):
            is_known = role_of(line.text, vocabulary) is not SectionRole.TEXT
            if not is_known or not is_text_line(below.text, vocabulary):
                continue
            if index > first:
                parts.append(Chunk(ChunkKind.PARAGRAPH, chunk.lines[first:index]))
            parts.append(Chunk(ChunkKind.PARAGRAPH, [line]))
            first = index + 1
        parts.append(Chunk(ChunkKind.PARAGRAPH, chunk.lines[first:]) if first else chunk)
    return parts


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
