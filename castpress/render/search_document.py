"""What can be found of one episode: a file beside its page, and how much each word weighs in it.

The file holds the places of the episode in their order: what kind of place it is, where it opens
(a number of seconds, an anchor such as "#hips", or "" for the top of the page), its text, and for
a section its title. It is loaded for the results that are shown. An own page of the author's has
such a file too; its headings weigh what chapters do.
"""

from __future__ import annotations

import json
from collections import Counter
from enum import IntEnum
from typing import TYPE_CHECKING

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.model.derived_feed import people_of
from castpress.model.timecode import format_seconds
from castpress.render.chapters import list_chapters
from castpress.render.html_text import plain_text
from castpress.render.notes_view import shown_sections
from castpress.render.search_words import words_of
from castpress.render.text import one_line
from castpress.render.transcript_view import view_transcript

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.model.own_pages import OwnPage
    from castpress.model.podcast import Release
    from castpress.render.catalogue import Frame

SEARCH_FILE = "search.json"

Place = tuple[int, "int | float | str", str] | tuple[int, "int | float | str", str, str]


class Kind(IntEnum):
    """The kinds of places, the weightiest first; templates/search.html has a word for each."""

    TITLE = 0
    CHAPTER = 1
    PERSON = 2
    TAG = 3
    NOTES = 4
    TRANSCRIPT = 5
    SECTION = 6


_WEIGHTS = {
    Kind.TITLE: 8,
    Kind.CHAPTER: 4,
    Kind.PERSON: 4,
    Kind.TAG: 4,
    Kind.NOTES: 2,
    Kind.TRANSCRIPT: 1,
    Kind.SECTION: 2,
}
_COUNTS = (2, 4, 8)  # how often a word stands there is told in four steps


def render_search_document(release: Release, frame: Frame) -> Artifact:
    """The places of one episode, as JSON beside its page, with which it goes."""
    text = json.dumps(list(_places(release, frame)), ensure_ascii=False, separators=(",", ":"))
    return text_artifact(release.episode.page_path + SEARCH_FILE, text + "\n", Wave.PAGE)


def render_page_document(own: OwnPage) -> Artifact:
    """The places of a page of the author's own, beside it."""
    text = json.dumps(list(_page_places(own)), ensure_ascii=False, separators=(",", ":"))
    return text_artifact(own.link.path + SEARCH_FILE, text + "\n", Wave.PAGE)


def weights_of(document: bytes) -> dict[str, int]:
    """What each word of such a file weighs: in which kinds of places it stands, and how often.

    That is four bits for the kinds (title 8, chapter, person and tag 4, notes 2, transcript 1), and
    two for the number. Of a section of an own page, the title weighs 4 and its text 2.

    >>> weights_of(b'[[0,"","Hills"],[5,30,"up hills and up"]]')
    {'hills': 37, 'up': 5, 'and': 4}
    """
    kinds: dict[str, int] = {}
    counts: Counter[str] = Counter()
    for kind, _, *texts in json.loads(document):
        weight = _WEIGHTS[Kind(kind)]
        for text, weighs in _weighed(kind, weight, texts):
            words = words_of(text)
            counts.update(words)
            for word in words:
                kinds[word] = kinds.get(word, 0) | weighs
    return {
        word: weight * 4 + sum(counts[word] >= step for step in _COUNTS)
        for word, weight in kinds.items()
    }


def _weighed(kind: int, weight: int, texts: list[str]) -> list[tuple[str, int]]:
    """The texts of a place, each with what its words weigh."""
    if kind == Kind.SECTION:
        return list(zip(texts, (weight, _WEIGHTS[Kind.CHAPTER]), strict=False))
    return [(" ".join(texts), weight)]


def _places(release: Release, frame: Frame) -> Iterator[Place]:
    episode = release.episode
    course = frame.course(release)
    yield Kind.TITLE, "", one_line(episode.title)
    for chapter in list_chapters(episode):
        yield Kind.CHAPTER, _moment(chapter.start_ms), one_line(chapter.title)
    people = people_of(episode.people, frame.feed(release).people)
    for name in dict.fromkeys(person.name for person in people):
        yield Kind.PERSON, "", one_line(name)
    course_title = (course.feed.title,) if course else ()
    for tag in dict.fromkeys((*course_title, *episode.tags, *episode.topics)):
        yield Kind.TAG, "", one_line(tag)
    about = dict.fromkeys(one_line(text) for text in (episode.subtitle, episode.summary) if text)
    for text in about:
        yield Kind.NOTES, "", text
    for correction in episode.corrections:
        at_ms = correction.at_ms
        place = "#corrections_title" if at_ms is None else _moment(at_ms)
        yield Kind.NOTES, place, correction.text
    for section in shown_sections(episode):
        words = plain_text(section.html)
        if words and words not in about:
            timed = section.start_ms is not None
            place = _moment(section.start_ms or 0) if timed else f"#{section.anchor}"
            yield Kind.NOTES, place if section.title else "", words, section.title
    transcript = view_transcript(episode, "")
    for paragraph in transcript.paragraphs if transcript else ():
        place = _number(paragraph.seconds) if paragraph.seconds else "#page_transcript"
        yield Kind.TRANSCRIPT, place, paragraph.text


def _page_places(own: OwnPage) -> Iterator[Place]:
    yield Kind.TITLE, "", one_line(own.link.title)
    if own.author:
        yield Kind.PERSON, "", one_line(own.author)
    for tag in dict.fromkeys(own.tags):
        yield Kind.TAG, "", one_line(tag)
    summary = one_line(own.summary)
    if summary:
        yield Kind.SECTION, "", summary
    for section in own.sections:
        words = plain_text(section.html)
        if section.title:
            yield Kind.SECTION, f"#{section.anchor}", words, section.title
        elif words and words != summary:
            yield Kind.SECTION, "", words


def _moment(ms: int) -> int | float:
    return _number(format_seconds(ms))


def _number(seconds: str) -> int | float:
    return float(seconds) if "." in seconds else int(seconds)
