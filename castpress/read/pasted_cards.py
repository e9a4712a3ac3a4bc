"""Cards of related articles in pasted text: title, label and excerpt told apart again.

A site builder pastes them as a title and a paragraph that glues the category, the title once more
and the beginning of the article together: ``BOATSThe Old BoatIt was wet …``.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from castpress.model.notes import FurnitureKind, SectionRole
from castpress.read.bylines import certain_byline, read_byline
from castpress.read.furniture import FoundFurniture
from castpress.read.furniture_lines import has_address
from castpress.read.pasted_chunks import Chunk, ChunkKind, Line
from castpress.read.pasted_headings import is_shaped, range_of
from castpress.read.related import excerpt_of
from castpress.read.roles import compared, role_of
from castpress.read.stamps import read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from castpress.model.notes import Vocabulary

_LONGEST_TITLE = 120
_LONGEST_LEAD_IN = 100
_LONGEST_REPEATED = 120
_MOST_LABEL_WORDS = 4
_LABEL = re.compile(r"(?P<label>[A-Z][A-Z0-9&/'’+ -]{1,38}[A-Z0-9])(?=[A-Z][a-zà-ÿ'’]|A\s)")
_LABEL_LINE = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ0-9&/'’+ -]{1,38}")
# Where two texts were glued together: no space between them.
_GLUE = re.compile(r"(?<=[a-zà-ÿ0-9!?.…”\"')])(?=[A-ZÀ-Þ“])")
_SENTENCE_END = re.compile(r"[.!?…]+[”\"')]?(?=\s|$)")
_READ_ON = re.compile(
    r"(?:read|learn|see|view|find out) (?:more|the (?:full )?(?:article|post|story))\b.{0,60}"
    r"|continue reading.{0,120}|more\s*[→»›>]+|weiterlesen.{0,40}|lire la suite.{0,40}"
    r"|leer más.{0,40}",
    re.IGNORECASE,
)


def find_cards(
    chunks: list[Chunk], vocabulary: Vocabulary
) -> tuple[list[Chunk], list[FoundFurniture]]:
    """The chunks with the cards below a heading such as "You may also like" made chunks of cards.

    Days, names and "Read more" on them are furniture. The cards follow one another.
    """
    for index in range(len(chunks) - 1, 0, -1):
        chunk = chunks[index]
        is_line = chunk.kind in _LINES and len(chunk.lines) == 1
        if not is_line or len(chunk.text) > _LONGEST_LEAD_IN:
            continue
        is_related = role_of(chunk.text, vocabulary) is SectionRole.RELATED
        if is_related and range_of(chunk.text) is None:
            cards = list(_cards(chunks, index + 1, vocabulary))
            if cards:
                chunk.kind = ChunkKind.HEADING
                end = _end(cards, chunks)
                details = [row for card in cards for row in _take_details(card.lines[0])]
                return [*chunks[: index + 1], *_labelled(cards), *chunks[end:]], details
            return chunks, []
    return chunks, []


_LINES = frozenset((ChunkKind.PARAGRAPH, ChunkKind.HEADING))


def _end(cards: Sequence[Chunk], chunks: Sequence[Chunk]) -> int:
    """The index of the first chunk behind the cards."""
    last = cards[-1].lines[0]
    number = last.more[-1][1] if last.more else last.number
    return next((i for i, c in enumerate(chunks) if c.lines[0].number > number), len(chunks))


def _cards(chunks: Sequence[Chunk], index: int, vocabulary: Vocabulary) -> Iterator[Chunk]:
    """The cards from here on, each with its text still glued."""
    label = ""
    while index < len(chunks):
        chunk = chunks[index]
        if _is_label(chunk) and index + 1 < len(chunks) and _is_title(chunks, index + 1):
            label = chunk.text
            index += 1
            continue
        if not _is_title(chunks, index) or role_of(chunk.text, vocabulary) is not SectionRole.TEXT:
            return
        line = Line(chunk.text, chunk.lines[0].number)
        index += 1
        while index < len(chunks) and _is_excerpt(chunks, index):
            for row in chunks[index].lines:
                line.more.append((row.text, row.number))
            index += 1
        yield Chunk(ChunkKind.CARD, [line], label)


def _is_label(chunk: Chunk) -> bool:
    is_line = chunk.kind in _LINES and len(chunk.lines) == 1
    words = chunk.text.split()
    return (
        is_line
        and len(words) <= _MOST_LABEL_WORDS
        and _LABEL_LINE.fullmatch(chunk.text) is not None
    )


def _is_title(chunks: Sequence[Chunk], index: int) -> bool:
    chunk = chunks[index]
    if chunk.kind is ChunkKind.HEADING:
        return range_of(chunk.text) is None
    return (
        is_shaped(chunks, index)
        and certain_byline(chunk.text) is None
        and len(chunk.text) <= _LONGEST_TITLE
        and range_of(chunk.text) is None
        and read_stamp(chunk.text) is None
    )


def _is_excerpt(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether a chunk belongs to the card above it: prose, a date, "Read more"."""
    chunk = chunks[index]
    if chunk.kind is not ChunkKind.PARAGRAPH or has_address(chunk.text):
        return False
    byline = read_byline(chunk.text) if len(chunk.lines) == 1 else None
    if byline is not None:
        return byline.comment_count is None
    if _READ_ON.fullmatch(chunk.text):
        return True
    return not is_shaped(chunks, index) and not _is_label(chunk)


def _labelled(cards: Sequence[Chunk]) -> Iterator[Chunk]:
    """The cards with label and repeated title taken out of their texts.

    A label is one where the title stands behind it again, or another card has the same.
    """
    texts = [_text(card.lines[0]) for card in cards]
    labels = Counter(match["label"].strip() for text in texts if (match := _LABEL.match(text)))
    for card, text in zip(cards, texts, strict=True):
        line = card.lines[0]
        match = _LABEL.match(text)
        label = match["label"].strip() if match is not None and not card.label else ""
        behind = text[match.end() :].lstrip() if match is not None and label else text
        rest = without_repeated_title(behind, line.text)
        if label and (labels[label] > 1 or rest != behind):
            card.label = label
        elif label:
            rest = without_repeated_title(text, line.text)
        excerpt = excerpt_of(rest)
        line.more = [(excerpt, line.more[0][1])] if excerpt else []
        yield card


def _take_details(line: Line) -> list[FoundFurniture]:
    """Take the day, the author and "Read more" off a card."""
    rows = [row for row in line.more if _READ_ON.fullmatch(row[0]) or read_byline(row[0])]
    line.more = [row for row in line.more if row not in rows]
    return [FoundFurniture(FurnitureKind.CARD_DETAILS, *row) for row in rows]


def _text(line: Line) -> str:
    return " ".join(text for text, _ in line.more)


def without_repeated_title(text: str, title: str) -> str:
    """A card's text without the title, or a part of it, that it begins with.

    A part that is glued to the text behind it needs half of its words in the title, one that
    ends as a sentence does nearly all.

    >>> without_repeated_title("An Old BoatIt was wet, and slow.", "The Life of an Old Boat")
    'It was wet, and slow.'
    >>> without_repeated_title("Boats are wet. We know.", "How to row")
    'Boats are wet. We know.'
    """
    known = set(compared(title).split())
    glue = _GLUE.search(text, 0, _LONGEST_REPEATED)
    end = _SENTENCE_END.search(text, 0, _LONGEST_REPEATED)
    for match, share in ((glue, 0.5), (end, 0.8)):
        if match is None:
            continue
        words = compared(text[: match.end()]).split()
        if len(words) >= 2 and sum(word in known for word in words) >= share * len(words):
            return text[match.end() :].lstrip()
    return text
