"""The title of pasted text: which of its headings, or of the lines that look like one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.notes import SectionRole
from castpress.model.problem import Severity
from castpress.read.chapter_doubts import is_chapter_heading
from castpress.read.pasted_chunks import Chunk, ChunkKind
from castpress.read.pasted_headings import Guess, may_be_title, range_of
from castpress.read.roles import compared, role_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.notes import Vocabulary

_WORDS = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(
    r"(?:lesson|episode|ep\.?|part|week|module|session|#)\s*#?\s*[0-9]{1,4}\b.*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class FoundTitle:
    """Which chunk is the title; ``is_sure`` where a summary stands below it, or it is numbered."""

    index: int
    is_sure: bool = False


def find_title(
    chunks: list[Chunk],
    guessed: set[int],
    vocabulary: Vocabulary,
    given: str | None,
    *,
    passed_over: int | None = None,
) -> FoundTitle | None:
    """The line that is the title; headings above it belong to the website, not to the notes.

    ``passed_over`` names the show, and is no episode's title.
    """
    found = _title(chunks, guessed, vocabulary, given, passed_over)
    if found is None:
        return None
    for place in [place for place in guessed if place < found.index]:
        chunks[place].kind = ChunkKind.PARAGRAPH
        guessed.discard(place)
    chunks[found.index].kind = ChunkKind.HEADING
    guessed.discard(found.index)
    return found


def title_guess(chunk: Chunk, *, is_alone: bool) -> Guess:
    """The note that names the title; ``is_alone`` where no text stands above it."""
    return Guess(
        "guessed-title",
        f"{chunk.text!r} is read as the title"
        + ("" if is_alone else "; what stands above it opens the notes"),
        chunk.lines[0].number,
        Severity.NOTE,
        "write title: in front matter, or # before the title"
        + ("" if is_alone else "; take out what belongs to the website"),
    )


def _title(
    chunks: Sequence[Chunk],
    guessed: set[int],
    vocabulary: Vocabulary,
    given: str | None,
    passed_over: int | None,
) -> FoundTitle | None:
    if given is not None:
        wanted = compared(given)
        for index, chunk in enumerate(chunks):
            if len(chunk.lines) == 1 and compared(chunk.text) == wanted:
                return FoundTitle(index, is_sure=True) if may_be_title(chunks, index) else None
        return None
    typed = _typed_heading(chunks, guessed, vocabulary)
    for index, chunk in enumerate(chunks[1 : typed + 1], 1):
        if role_of(chunk.text, vocabulary) is SectionRole.SUMMARY:
            if may_be_title(chunks, index - 1):
                return FoundTitle(index - 1, is_sure=True)
            break
    for index, chunk in enumerate(chunks[:typed]):
        if chunk.kind is ChunkKind.HEADING and range_of(chunk.text) is not None:
            break
        if _NUMBERED.fullmatch(chunk.text) and may_be_title(chunks, index):
            return FoundTitle(_last_numbered(chunks, index), is_sure=True)
    start = 0 if passed_over is None else passed_over + 1
    is_opening = len(chunks) > start + 1 and may_be_title(chunks, start)
    if is_opening and chunks[start + 1].kind is ChunkKind.HEADING:
        return FoundTitle(start)
    for index, chunk in enumerate(chunks[start:], start):
        if chunk.kind is ChunkKind.HEADING and may_be_title(chunks, index):
            is_text = role_of(chunk.text, vocabulary) is SectionRole.TEXT
            is_title = is_text and not is_chapter_heading(chunk.text)
            return FoundTitle(index) if is_title else None
    return None


def calm_lead(chunks: Sequence[Chunk], index: int, guessed: set[int]) -> None:
    """Make the line below the title text where it shouts first and then goes on: no heading does.

    ``REST WELL – and run far``
    """
    if index in guessed and is_shouted(chunks[index].text):
        words = [word for word in chunks[index].text.split() if word.isalpha()]
        if any(word.islower() for word in words):
            chunks[index].kind = ChunkKind.PARAGRAPH
            guessed.discard(index)


def is_shouted(text: str) -> bool:
    """Whether a line begins with two words or more in capitals."""
    words = [word for word in _WORDS.findall(text)[:2] if len(word) > 1]
    return len(words) == 2 and all(word.isupper() for word in words)


def _typed_heading(chunks: Sequence[Chunk], guessed: set[int], vocabulary: Vocabulary) -> int:
    """The first heading that the author marked as one; the end of the chunks if none is."""
    for index, chunk in enumerate(chunks):
        if chunk.kind is not ChunkKind.HEADING or index in guessed:
            continue
        is_text = role_of(chunk.text, vocabulary) is SectionRole.TEXT
        if is_text and may_be_title(chunks, index):
            return index
    return len(chunks)


def _last_numbered(chunks: Sequence[Chunk], index: int) -> int:
    """The last of numbered titles in a row: a lesson stands below its module."""
    while (
        index + 1 < len(chunks)
        and _NUMBERED.fullmatch(chunks[index + 1].text)
        and may_be_title(chunks, index + 1)
    ):
        index += 1
    return index


def is_numbered(text: str) -> bool:
    """Whether a line begins as the titles of lessons and episodes do: ``Lesson 6: Hips``."""
    return _NUMBERED.fullmatch(text) is not None
