"""One list of chapters in all its written forms: JSON, the feed's own, lines of text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.model.timecode import format_hms, format_hms_ms
from castpress.render.text import VALUE_LIMIT, one_line, shorten

if TYPE_CHECKING:
    from castpress.model.podcast import Episode, Release, Show

CHAPTERS_TYPE = "application/json+chapters"
"""Unregistered, its suffix the wrong way round, and what every reader expects."""

CHAPTERS_FILE = "chapters.json"
"""Its name beside the episode's page."""

_CLOCK_COLON = re.compile(r"(?<=\d):(?=\d\d)")


@dataclass(frozen=True, slots=True)
class TitledStart:
    """A chapter as every form writes it: times in milliseconds, the title on one line."""

    start_ms: int
    end_ms: int
    title: str


def list_chapters(episode: Episode) -> tuple[TitledStart, ...]:
    """The chapters that all forms are written from, so that count and starts never differ.

    Players keep the longer list where two forms disagree, and merge those of equal length.
    """
    return tuple(
        TitledStart(
            chapter.start_ms,
            chapter.end_ms,
            shorten(one_line(chapter.title), VALUE_LIMIT) or f"Chapter {number}",
        )
        for number, chapter in enumerate(episode.chapters, start=1)
    )


def chapters_path(episode: Episode) -> str:
    """Where the chapters' JSON lies: beside the episode's page."""
    return episode.page_path + CHAPTERS_FILE


def render_chapters_json(show: Show, release: Release) -> Artifact:
    """The chapters as Podcasting 2.0 JSON 1.2, for ``podcast:chapters``.

    Times are seconds, whole where they are whole. The file exists only for an episode with
    chapters; who asks for one without gets an empty list.
    """
    episode = release.episode
    document = {
        "version": "1.2.0",
        "title": one_line(episode.title),
        "podcastName": one_line(show.title),
        "chapters": [
            {
                "startTime": seconds_number(chapter.start_ms),
                "endTime": seconds_number(chapter.end_ms),
                "title": chapter.title,
            }
            for chapter in list_chapters(episode)
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return text_artifact(chapters_path(episode), text, Wave.SIDECAR)


def simple_chapters(episode: Episode) -> tuple[tuple[str, str], ...]:
    """Start and title of each ``psc:chapter``.

    The start has three parts and milliseconds: AntennaPod reads bare seconds as 0.
    """
    return tuple((format_hms_ms(c.start_ms), c.title) for c in list_chapters(episode))


def chapter_lines(episode: Episode) -> tuple[str, ...]:
    """One line a chapter, ``00:02:15 Title``, the form that Apple, Spotify and YouTube read.

    Always three parts: AntennaPod takes two for hours and minutes. A colon between digits in a
    title is written as a ratio sign, so that no player takes ``5:30`` for a second time.
    """
    return tuple(
        f"{format_hms(c.start_ms)} {_CLOCK_COLON.sub('∶', c.title)}" for c in list_chapters(episode)
    )


def seconds_number(milliseconds: int) -> int | float:
    """Seconds as JSON writes them best.

    >>> seconds_number(125000), seconds_number(125500)
    (125, 125.5)
    """
    whole, rest = divmod(milliseconds, 1000)
    return milliseconds / 1000 if rest else whole
