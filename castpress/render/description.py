"""What apps show of an episode: its notes as simple HTML, the important first.

In the order that listeners see: summary, chapter lines, notes, call to action, link to the page.
Where bytes are short the notes give way first, at the end of a block.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from castpress.model.notes import SectionRole
from castpress.render.app_blocks import Block, block_of
from castpress.render.app_html import has_words, is_heading, link_target, reduce_html
from castpress.render.chapters import chapter_lines, list_chapters
from castpress.render.text import file_url, one_line, paragraphs, shorten_bytes, site_url
from castpress.render.transcript import spoken_transcripts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from castpress.model.podcast import Episode, Release, Show

_SUMMARY_SHARE = 4
_LEAST_BYTES = 200
_WORD_END = re.compile(r"\s|[^\x00-\u2fff]")  # Chinese and its like write no spaces
_MOMENT = re.compile(r"#t=(\d+)(?:\.\d+)?$")


@dataclass(frozen=True, slots=True)
class Blocks:
    """The parts of an episode's text; ``summary`` is its plain text, ``opening`` its HTML."""

    summary: str
    opening: tuple[Block, ...]
    chapters: tuple[Block, ...]
    notes: tuple[Block, ...]
    call_to_action: tuple[Block, ...]
    page_link: tuple[Block, ...]

    def whole(self) -> str:
        """All of it."""
        parts = (self.opening, self.chapters, self.notes, self.call_to_action, self.page_link)
        return _join(*parts)

    def within(self, limit_bytes: int) -> str:
        """As much as fits into ``limit_bytes``, cut after a whole block or list item.

        Chapter lines are there all or not at all: half a list would make an app that reads
        lines show other chapters than one that reads JSON.
        """
        room = limit_bytes
        page_link = _fitting(self.page_link, room)
        room -= _size(page_link)
        later = _size(self.chapters) + _size(self.call_to_action)
        opening = self._opening_within(max(room // _SUMMARY_SHARE, room - later))
        room -= _size(opening)
        chapters = _fitting(self.chapters, room)
        room -= _size(chapters)
        call_to_action = _fitting(self.call_to_action, room)
        room -= _size(call_to_action)
        return _join(opening, chapters, _cut(self.notes, room), call_to_action, page_link)

    def _opening_within(self, room: int) -> tuple[Block, ...]:
        """The summary as it is, or the beginning of its text."""
        if _size(self.opening) <= room:
            return self.opening
        wanted = room
        while text := shorten_bytes(self.summary, wanted):
            made = block_of(_paragraph(text))
            if made.size <= room:
                return (made,)
            wanted = len(text.encode()) - (made.size - room)
        return ()


def gather_blocks(show: Show, release: Release) -> Blocks:
    """The parts of the text, before anyone says how much of it fits."""
    episode = release.episode
    page_url = file_url(show, episode.page_path)
    said_first = paragraphs(episode.summary)
    summary = " ".join(said_first)
    said = _normal(summary)
    opening: list[Block] | None = None
    chapters = {c.start_ms // 1000: _normal(c.title) for c in list_chapters(episode)}
    notes: list[Block] = []
    for section in episode.sections:
        if section.role is SectionRole.TRANSCRIPT:
            continue
        body = reduce_html(section.html, link_target(page_url))
        if section.role is SectionRole.SUMMARY and summary:
            if _says(body) == said:
                opening = body
                continue
            body = [block for block in body if _says([block]) not in said]
        elif body and not notes and _says(body[:1]) == said:
            body = body[1:]
        body = [block for block in body if not _repeats_chapters(block, chapters)]
        title = one_line(section.title)
        if body and title:
            notes.append(block_of(_heading(title)))
        notes.extend(body)
    lines = chapter_lines(episode)
    return Blocks(
        summary=summary,
        opening=tuple(map(block_of, map(_paragraph, said_first)) if opening is None else opening),
        chapters=(block_of(_paragraph(*lines)),) if lines else (),
        notes=tuple(notes),
        call_to_action=tuple(map(block_of, _call_to_action(show, episode))),
        page_link=(block_of(_page_link(episode, page_url)),),
    )


def _call_to_action(show: Show, episode: Episode) -> Iterator[Any]:
    call = episode.call_to_action
    if call is None:
        return
    made = _heading(one_line(call.heading))
    made[0].tail = f" {one_line(call.text)} "
    url = site_url(show, call.url)
    if url is not None:
        etree.SubElement(made, "a", href=url).text = one_line(call.button) or url
    if has_words(made):
        yield made


def _page_link(episode: Episode, page_url: str) -> Any:  # noqa: ANN401
    label = "Show notes and transcript: " if spoken_transcripts(episode) else "Show notes: "
    made = _paragraph(label)
    etree.SubElement(made, "a", href=page_url).text = page_url
    return made


def _paragraph(*lines: str) -> Any:  # noqa: ANN401
    made = etree.Element("p")
    made.text = lines[0]
    for line in lines[1:]:
        etree.SubElement(made, "br").tail = line
    return made


def _heading(title: str) -> Any:  # noqa: ANN401
    made = etree.Element("p")
    etree.SubElement(made, "strong").text = title
    return made


def _repeats_chapters(block: Block, chapters: dict[int, str]) -> bool:
    """Whether the block is the author's own list of the chapters, which the lines repeat.

    Each of its links is a chapter's start, and the chapter's title stands there too; only the
    opening chapter may be missing, for that may be ours.
    """
    found = [_MOMENT.search(address) for address in block.addresses()]
    starts = {int(match[1]) for match in found if match}
    if len(starts) < 2 or None in found or not len(chapters) - 1 <= len(starts) <= len(chapters):
        return False
    said = _says([block])
    return all(chapters.get(start, "\n") in said for start in starts)


def _cut(blocks: Iterable[Block], room: int) -> tuple[Block, ...]:
    """The first blocks that fit; of a list its first items; no heading without its text.

    A paragraph that would not fit even alone ends at a word: else all of it would be missing.
    """
    kept: list[Block] = []
    most = room
    for block in blocks:
        if block.size <= room:
            kept.append(block)
            room -= block.size
            continue
        if not block.html.startswith("<p>"):
            kept.extend(_list_within(block.tree(), room))
        elif block.size > most:
            kept.extend(_paragraph_within(block.tree(), room))
        while kept and is_heading(kept[-1].tree()):
            kept.pop()
        break
    return tuple(kept)


def _list_within(whole: Any, room: int) -> Iterator[Block]:  # noqa: ANN401
    """The list with as many of its items as fit, if one does."""

    def beginning(count: int) -> Block:
        made = deepcopy(whole)
        del made[count:]
        return block_of(made)

    fitting = bisect_left(range(len(whole)), True, key=lambda n: beginning(n + 1).size > room)
    if fitting:
        yield beginning(fitting)


def _paragraph_within(whole: Any, room: int) -> Iterator[Block]:  # noqa: ANN401
    """The beginning of the paragraph, if it is worth the while and there is a place to end it."""
    text = "".join(whole.itertext())
    if room < _LEAST_BYTES or not _WORD_END.search(text):
        return

    def beginning(text_bytes: int) -> Block:
        made, _ = _beginning(whole, len(shorten_bytes(text, text_bytes).removesuffix("…")))
        if len(made):
            made[-1].tail = (made[-1].tail or "") + "…"
        else:
            made.text += "…"
        return block_of(made)

    too_long = bisect_left(range(room), True, key=lambda size: beginning(size).size > room)
    found = beginning(too_long - 1)
    if found.size <= room:
        yield found


def _beginning(whole: Any, count: int) -> tuple[Any, int]:  # noqa: ANN401
    """A copy of the element with ``count`` characters of its text, and how many are left over."""
    made = etree.Element(whole.tag, whole.attrib)
    made.text = (whole.text or "")[:count]
    count -= len(made.text)
    for child in whole:
        if not count:
            break
        copied, count = _beginning(child, count)
        copied.tail = (child.tail or "")[:count]
        count -= len(copied.tail)
        made.append(copied)
    return made, count


def _fitting(blocks: tuple[Block, ...], room: int) -> tuple[Block, ...]:
    return blocks if _size(blocks) <= room else ()


def _size(blocks: Iterable[Block]) -> int:
    return sum(block.size for block in blocks)


def _join(*parts: Iterable[Block]) -> str:
    return "\n".join(block.html for part in parts for block in part)


def _says(blocks: list[Block]) -> str:
    return _normal(" ".join(block.words() for block in blocks))


def _normal(text: str) -> str:
    return " ".join(text.split()).casefold()
