"""What apps show of an episode: its notes as simple HTML, the important first.

In the order that listeners see: summary, chapter lines, notes, corrections, sponsors, the next
lesson, call to action, link to the page.
Where bytes are short the notes give way first, at the end of a block.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from castpress.model.feed_text import MissingText
from castpress.model.notes import SectionRole
from castpress.render.app_blocks import Block, block_of
from castpress.render.app_html import has_words, link_target, reduce_html
from castpress.render.chapters import chapter_lines, list_chapters
from castpress.render.cut_blocks import blocks_within
from castpress.render.html_text import day
from castpress.render.repeated_chapters import SaidChapters, with_quiet_times
from castpress.render.text import file_url, one_line, paragraphs, site_url
from castpress.render.transcript import spoken_transcripts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from castpress.model.messages import Messages
    from castpress.model.notes import Section
    from castpress.model.podcast import Episode, Show
    from castpress.model.problem import Location

_SUMMARY_SHARE = 4
_FOOTNOTE_MARKS = re.compile("[⁰¹²³⁴-⁹]")


class SectionStart(NamedTuple):
    """Where a section begins among the blocks of the notes; its title is empty for the first."""

    begin: int
    title: str
    location: Location


@dataclass(frozen=True, slots=True)
class Blocks:
    """The parts of an episode's text; ``sections`` tells those of the notes apart.

    ``teaser`` tells of the next lesson, which nobody knows of while an episode is read.
    """

    opening: tuple[Block, ...]
    chapters: tuple[Block, ...]
    notes: tuple[Block, ...]
    sections: tuple[SectionStart, ...]
    call_to_action: tuple[Block, ...]
    page_link: tuple[Block, ...]
    teaser: tuple[Block, ...] = ()

    def whole(self) -> str:
        """All of it."""
        return _join(self._parts())

    def within(self, limit_bytes: int) -> str:
        """As much as fits into ``limit_bytes``, cut after a whole block or list item.

        Chapter lines are there all or not at all: half a list would make an app that reads
        lines show other chapters than one that reads JSON.
        """
        return _join(self._parts_within(limit_bytes))

    def missing(self, limit_bytes: int) -> MissingText | None:
        """What ``within`` leaves out, None where it is the whole."""
        whole_bytes = sum(map(_size, self._parts())) - 1
        if whole_bytes <= limit_bytes:
            return None
        within = self._parts_within(limit_bytes)
        opening, chapters, notes, teaser, call_to_action, page_link = within
        parts = (
            ("the end of the summary", opening == self.opening),
            ("the chapter lines", chapters == self.chapters),
            ("the teaser of the next lesson", teaser == self.teaser),
            ("the call to action", call_to_action == self.call_to_action),
            ("the address of the page", page_link == self.page_link),
        )
        begun = [section for section in self.sections if section.begin < len(notes)]
        gone = self.sections[len(begun) :]
        end = gone[0].begin if gone else len(self.notes)
        cut = begun[-1] if begun and notes[:end] != self.notes[:end] else None
        first = cut or next(iter(gone), None)
        return MissingText(
            whole_bytes,
            tuple(name for name, is_there in parts if not is_there),
            tuple(section.title for section in gone),
            cut.title if cut else None,
            first.location if first else None,
        )

    def _parts(self) -> tuple[tuple[Block, ...], ...]:
        return (
            self.opening,
            self.chapters,
            self.notes,
            self.teaser,
            self.call_to_action,
            self.page_link,
        )

    def _parts_within(self, limit_bytes: int) -> tuple[tuple[Block, ...], ...]:
        room = limit_bytes + 1  # for the line end that the last block does without
        if sum(map(_size, self._parts())) <= room:
            return self._parts()
        if self.teaser and sum(map(_size, self._parts())) - _size(self.teaser) <= room:
            return replace(self, teaser=())._parts()  # notes that fit are not cut for it
        page_link = _fitting(self.page_link, room)
        room -= _size(page_link)
        later = _size(self.chapters) + _size(self.call_to_action) + _size(self.teaser)
        opening = blocks_within(
            self.opening, max(room // _SUMMARY_SHARE, room - later), ends_at_word=True
        )
        room -= _size(opening)
        chapters = _fitting(self.chapters, room)
        room -= _size(chapters)
        call_to_action = _fitting(self.call_to_action, room)
        room -= _size(call_to_action)
        teaser = _fitting(self.teaser, room)
        room -= _size(teaser)
        notes = blocks_within(self.notes, room)
        return opening, chapters, notes, teaser, call_to_action, page_link


def gather_blocks(show: Show, episode: Episode) -> Blocks:
    """The parts of the text, before anyone says how much of it fits."""
    page_url = file_url(show, episode.page_path)
    lines = chapter_lines(episode)
    said = SaidChapters((c.start_ms, c.title) for c in list_chapters(episode) if lines)
    opening, notes, sections = _notes(episode, page_url, said)
    call_to_action: Iterable[Block] = map(block_of, _call_to_action(show, episode))
    if episode.corrections:
        notes = list(notes)
        say = show.messages_in(episode.language)
        heading = say("episode.corrections")
        sections.append(SectionStart(len(notes), heading, episode.location))
        notes += [block_of(_heading(heading)), *_corrections(episode, say)]
    if episode.sponsors:
        notes = list(notes)
        heading = show.messages_in(episode.language)("episode.sponsors")
        sections.append(SectionStart(len(notes), heading, episode.location))
        notes += [block_of(_heading(heading)), *map(block_of, _sponsors(show, episode))]
    if lines:
        opening, notes, call_to_action = (
            map(with_quiet_times, part) for part in (opening, notes, call_to_action)
        )
    return Blocks(
        opening=tuple(opening),
        chapters=(block_of(_paragraph(*lines)),) if lines else (),
        notes=tuple(notes),
        sections=tuple(sections),
        call_to_action=tuple(call_to_action),
        page_link=(block_of(_page_link(episode, page_url, show.messages_in(episode.language))),),
    )


def _notes(
    episode: Episode, page_url: str, said: SaidChapters
) -> tuple[Iterable[Block], Iterable[Block], list[SectionStart]]:
    """The summary's blocks, those of all other notes, and where in these each section begins."""
    target = link_target(page_url)
    said_first = paragraphs(episode.summary)
    summary = _normal(" ".join(said_first))
    opening: Sequence[Block] = tuple(map(block_of, map(_paragraph, said_first)))
    notes: list[Block] = []
    starts: list[SectionStart] = []
    is_repeated = not summary
    for section in episode.sections:
        if section.role is SectionRole.TRANSCRIPT:
            continue
        body = reduce_html(section.html, target)
        if section.role is SectionRole.SUMMARY and summary:
            if _says(body) == summary:
                opening = body
                continue
            body = [block for block in body if _says([block]) not in summary]
        body = list(said.without(body))
        if not is_repeated:
            first = next((b for b in body if b.html.startswith("<p>")), None)
            is_repeated = first is not None
            if first is not None and _says([first]) == summary:
                opening = (first,)  # the same words, with their links
                body.remove(first)
        title = one_line(section.title)
        if body or (title and _stands_alone(section, said)):
            starts.append(SectionStart(len(notes), title, section.location))
            if title:
                notes.append(block_of(_heading(title)))
            notes.extend(body)
    return opening, notes, starts


def _stands_alone(section: Section, said: SaidChapters) -> bool:
    """Whether a heading without text is worth a line: where no chapter line says it already."""
    if section.html.strip() or section.role is SectionRole.SUMMARY:
        return False
    return section.start_ms is None or not said.has(section.start_ms)


def _corrections(episode: Episode, say: Messages) -> Iterator[Block]:
    """What was put right; last, so that it is left out first where there is no room."""
    for correction in episode.corrections:
        date = f"{day(correction.date, say)}: " if correction.date else ""
        yield block_of(_paragraph(date + one_line(correction.text)))


def _sponsors(show: Show, episode: Episode) -> Iterator[Any]:
    """A paragraph for each, with its link."""
    for sponsor in episode.sponsors:
        made = _paragraph("")
        title = made
        url = site_url(show, sponsor.url)
        if url is not None:
            title = etree.SubElement(made, "a", href=url)
        title.text = one_line(sponsor.title)
        text = one_line(sponsor.text or "")
        if text and title is made:
            made.text = f"{made.text} – {text}"
        elif text:
            title.tail = f" – {text}"
        yield made


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


def _page_link(episode: Episode, page_url: str, say: Messages) -> Any:  # noqa: ANN401
    label = "feed.notes_and_transcript" if spoken_transcripts(episode) else "feed.notes"
    made = _paragraph(f"{say(label)} ")
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


def _fitting(blocks: tuple[Block, ...], room: int) -> tuple[Block, ...]:
    return blocks if _size(blocks) <= room else ()


def _size(blocks: Iterable[Block]) -> int:
    """The bytes of the blocks, each with a line end behind it."""
    return sum(block.size for block in blocks)


def _join(parts: Iterable[Iterable[Block]]) -> str:
    return "\n".join(block.html for part in parts for block in part)


def _says(blocks: list[Block]) -> str:
    return _normal(" ".join(block.words() for block in blocks))


def _normal(text: str) -> str:
    return " ".join(_FOOTNOTE_MARKS.sub("", text).split()).casefold()
