"""The website around pasted notes: recognised, named, and kept out of the episode.

What is no more than a page's fittings goes wherever it stands (``take_fittings``); the foot of
the page goes from its end upwards (``take_foot``); what stands above the title goes only where
several signs together say that a website's head stands there (``page_head``). A line that may be
the author's text stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.notes import FurnitureKind, SiteWords
from castpress.read.buttons import is_button
from castpress.read.bylines import certain_byline
from castpress.read.furniture_lines import (
    copyright_holder,
    edge_kind,
    has_address,
    is_copyright,
    is_cover_name,
    is_small_button,
    menu_size,
    sure_kind,
)
from castpress.read.pasted_chunks import Chunk, ChunkKind, Line
from castpress.read.roles import compared

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONGEST_LABEL = 90  # characters of a tagline, a motto or a name
_LONGEST_BLURB = 160
_FEWEST_WORDS = 5  # of a sentence that a button belongs to
_THANKS = re.compile(
    r"thanks for (?:reading|listening to) (?P<name>[^!.]{2,60})[!.]", re.IGNORECASE
)
FEWEST_ENTRIES = 3  # of a menu without any other sign of a website
TEXT = frozenset((ChunkKind.PARAGRAPH, ChunkKind.HEADING))


@dataclass(frozen=True, slots=True)
class FoundFurniture:
    """A line that is left out; ``line`` counts from 1, ``is_known`` says that show.yaml has it."""

    kind: FurnitureKind
    text: str
    line: int
    is_known: bool = False


def with_lines_apart(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """The chunks, with lines that are furniture or bylines set apart from the text around them."""
    for chunk in chunks:
        if chunk.kind is not ChunkKind.PARAGRAPH or len(chunk.lines) == 1:
            yield chunk
            continue
        text: list[Line] = []
        for line in chunk.lines:
            if _stands_apart(line.text):
                if text:
                    yield Chunk(ChunkKind.PARAGRAPH, text)
                    text = []
                yield Chunk(ChunkKind.PARAGRAPH, [line])
            else:
                text.append(line)
        if text:
            yield Chunk(ChunkKind.PARAGRAPH, text)


def _stands_apart(text: str) -> bool:
    if sure_kind(text) is not None or is_cover_name(text) or is_copyright(text):
        return True
    return certain_byline(text) is not None


def take_fittings(chunks: Sequence[Chunk]) -> tuple[list[Chunk], list[FoundFurniture]]:
    """Take out what is furniture wherever it stands, unless an address stands below it.

    The words of small buttons, and their counts, go where they stand beside such a line.
    """
    taken: dict[int, FurnitureKind] = {}
    for index, chunk in enumerate(chunks):
        kind = sure_kind(chunk.text) if is_line(chunk) else None
        following = chunks[index + 1] if index + 1 < len(chunks) else None
        if kind is not None and not (following is not None and has_address(following.text)):
            taken[index] = kind
    for step, order in ((-1, range(len(chunks))), (1, range(len(chunks) - 1, -1, -1))):
        for index in order:
            is_beside = index not in taken and index + step in taken
            if is_beside and is_line(chunks[index]) and is_small_button(chunks[index].text):
                taken[index] = FurnitureKind.SHARING
    kept = [chunk for index, chunk in enumerate(chunks) if index not in taken]
    return kept, [found_at(taken[index], chunks[index]) for index in sorted(taken)]


def take_foot(
    chunks: Sequence[Chunk], site: SiteWords
) -> tuple[list[Chunk], list[FoundFurniture], str]:
    """Take out the foot of a website, from the end upwards; give the name that owns it, too.

    Names and menus need a line beside them that can be nothing else: a copyright, "Follow us".
    """
    taken: dict[int, FoundFurniture] = {}
    entries = 0
    is_sure = False
    holder = ""
    for index in range(len(chunks) - 1, 0, -1):
        chunk = chunks[index]
        known = known_kind(chunk.text, site) if is_line(chunk) else None
        kind = known or _foot_kind(chunks, index, holder)
        if kind is None:
            if is_line(chunk) and certain_byline(chunk.text) is not None:
                is_sure = True  # only websites count comments
                continue
            break
        if kind is FurnitureKind.COPYRIGHT:
            holder = holder or copyright_holder(chunk.text)
        if kind is FurnitureKind.NAVIGATION:
            entries += sum(menu_size(line.text) for line in chunk.lines)
        else:
            is_sure = True
        taken[index] = found_at(kind, chunk, is_known=known is not None)
    if not is_sure and entries < FEWEST_ENTRIES:
        return list(chunks), [], ""
    kept = [chunk for index, chunk in enumerate(chunks) if index not in taken]
    return kept, [taken[index] for index in sorted(taken)], holder


def _foot_kind(chunks: Sequence[Chunk], index: int, holder: str) -> FurnitureKind | None:
    """What a chunk at the foot is, None where it is text; ``holder`` owns what is below it."""
    chunk = chunks[index]
    if not is_line(chunk):
        is_menu = chunk.kind in {ChunkKind.BULLETS, ChunkKind.PARAGRAPH} and all(
            edge_kind(line.text) is not None and not line.more for line in chunk.lines
        )
        return FurnitureKind.NAVIGATION if is_menu else None
    text = chunk.text
    if is_copyright(text):
        return FurnitureKind.COPYRIGHT
    above = chunks[index - 1].text if index else ""
    kind = sure_kind(text) or edge_kind(text)
    if kind is not None:
        return None if _is_below_text(text, above) else kind
    if edge_kind(above) is FurnitureKind.NEIGHBOURS and len(text) <= LONGEST_LABEL:
        return FurnitureKind.NEIGHBOURS
    if holder:
        if compared(text) == compared(holder):
            return FurnitureKind.SITE_NAME
        if compared(above) == compared(holder) and len(text) <= _LONGEST_BLURB:
            return FurnitureKind.BLURB
    return None


def _is_below_text(line: str, above: str) -> bool:
    """Whether a line is the button of what is said above it: "Write to us now. / Subscribe"."""
    is_said = len(above.split()) >= _FEWEST_WORDS and above[-1] in ".!?"
    return is_button(line) and is_said and sure_kind(above) is None and not is_copyright(above)


def brand_of(furniture: Iterable[FoundFurniture]) -> str:
    """The name that a mailing list thanks its readers for, "" where it does not."""
    found = (_THANKS.match(row.text) for row in furniture)
    return next((match["name"].strip() for match in found if match is not None), "")


def known_kind(text: str, site: SiteWords) -> FurnitureKind | None:
    """What show.yaml says a line is."""
    if site == _NOTHING_KNOWN:
        return None
    words = compared(text)
    known = (
        (site.title, FurnitureKind.SHOW_TITLE),
        (site.tagline, FurnitureKind.TAGLINE),
        (site.description, FurnitureKind.DESCRIPTION),
        (site.site_name, FurnitureKind.SITE_NAME),
        (site.motto, FurnitureKind.MOTTO),
        (site.blurb, FurnitureKind.BLURB),
        (site.copyright, FurnitureKind.COPYRIGHT),
        *((title, FurnitureKind.COURSE_TITLE) for title in site.course_titles),
    )
    return next((kind for said, kind in known if said and compared(said) == words), None)


_NOTHING_KNOWN = SiteWords()


def is_line(chunk: Chunk) -> bool:
    """Whether a chunk is one line of text, marked as a heading or not."""
    return chunk.kind in TEXT and len(chunk.lines) == 1


def found_at(kind: FurnitureKind, chunk: Chunk, *, is_known: bool = False) -> FoundFurniture:
    """The furniture that a whole chunk is."""
    text = " · ".join(line.text for line in chunk.lines)
    return FoundFurniture(kind, text, chunk.lines[0].number, is_known)
