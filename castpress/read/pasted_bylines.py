"""Bylines and comment counts taken out of pasted text, and told."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.model.problem import Severity
from castpress.read.bylines import Byline, certain_byline, name_alone, read_byline
from castpress.read.pasted_chunks import Chunk, ChunkKind
from castpress.read.pasted_headings import Guess, is_shaped
from castpress.read.roles import compared

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.read.plain_text import Recovered

_NEAR_TITLE = 3  # chunks
_HEAD = 10


def without_bylines(
    chunks: list[Chunk], recovered: Recovered, owners: frozenset[str]
) -> list[Chunk]:
    """The chunks without bylines; what they say is kept in ``recovered``, the first word wins.

    "By Bike Across France" is a byline only where bylines stand: below the title or at the end.
    ``owners`` are the names whom the website belongs to, as they are compared.
    """
    found = [_byline(chunks, index) for index in range(len(chunks))]
    _add_names(chunks, found, owners)
    _drop_lone_days(found)
    _drop_parts_of_text(chunks, found)
    published = next((b.published for b in found if b is not None and b.published), None)
    kept: list[Chunk] = []
    for chunk, byline in zip(chunks, found, strict=True):
        if byline is None:
            kept.append(chunk)
            continue
        if recovered.author is None:
            recovered.author = byline.author
        if recovered.comment_count is None:
            recovered.comment_count = byline.comment_count
        recovered.guesses.append(_guess(chunk, byline, published if byline.author else None))
    return kept


def _byline(chunks: Sequence[Chunk], index: int) -> Byline | None:
    chunk = chunks[index]
    if chunk.kind is not ChunkKind.PARAGRAPH or len(chunk.lines) != 1:
        return None
    is_near = 0 < index <= _NEAR_TITLE or (0 < index <= _HEAD and is_shaped(chunks, index - 1))
    is_at_edge = is_near or index == len(chunks) - 1
    return read_byline(chunk.text) if is_at_edge else certain_byline(chunk.text)


def _add_names(chunks: Sequence[Chunk], found: list[Byline | None], owners: frozenset[str]) -> None:
    """Find the authors whose names stand alone above a day.

    It is a name where the site belongs to it, or the time that reading takes stands below, too.
    """
    for index, (name, day) in enumerate(pairwise(found)):
        is_above_day = name is None and day is not None and _is_date_only(day)
        if not is_above_day or len(chunks[index].lines) != 1:
            continue
        length = found[index + 2] if index + 2 < len(found) else None
        is_block = length is not None and length.is_certain and _is_date_only(length)
        if is_block or compared(chunks[index].text) in owners:
            found[index] = name_alone(chunks[index].text)


def _drop_lone_days(found: list[Byline | None]) -> None:
    """A day that no byline stands beside may be what the notes are about."""
    for index, byline in enumerate(found):
        if byline is None or byline.is_certain or not _is_date_only(byline):
            continue
        beside = found[max(index - 1, 0) : index] + found[index + 1 : index + 2]
        if not any(b is not None and (b.is_certain or not _is_date_only(b)) for b in beside):
            found[index] = None


def _drop_parts_of_text(chunks: Sequence[Chunk], found: list[Byline | None]) -> None:
    """A line of a paragraph is a byline only where all of its lines are, unless it is certain."""
    text = {chunk.group for chunk, byline in zip(chunks, found, strict=True) if byline is None}
    for index, byline in enumerate(found):
        group = chunks[index].group
        if byline is not None and not byline.is_certain and group and group in text:
            found[index] = None


def _is_date_only(byline: Byline) -> bool:
    return byline.is_date and byline.author is None and byline.comment_count is None


def _guess(chunk: Chunk, byline: Byline, published: str | None) -> Guess:
    said = []
    if byline.author:
        said.append(f"the author is {byline.author!r}")
    if byline.comment_count is not None:
        count = byline.comment_count
        said.append("1 comment" if count == 1 else f"{count} comments")
    if byline.published:
        said.append(f"the day is {byline.published}")
    keys = [f"author: {byline.author}"] if byline.author else []
    keys += [f"published: {published}"] if published else []
    name = "the day of the post" if _is_date_only(byline) else "a byline"
    return Guess(
        "pasted-byline",
        f"{chunk.text!r} is read as {name}"
        + (f": {', '.join(said)}" if said else "")
        + "; it is left out of the text",
        chunk.lines[0].number,
        Severity.NOTE,
        f"write {' and '.join(keys)} in front matter, and take the line out"
        if keys
        else "take the line out",
    )
