"""One list of chapters in all its written forms: JSON, the feed's own, lines of text."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.model.timecode import HOUR_MS, SECOND_MS, format_hms, format_hms_ms
from castpress.render.text import VALUE_LIMIT, absolute_url, file_url, one_line, shorten

if TYPE_CHECKING:
    from castpress.model.podcast import Artwork, Episode, Release, Show

CHAPTERS_TYPE = "application/json+chapters"
"""Unregistered, its suffix the wrong way round, and what every reader expects."""

CHAPTERS_FILE = "chapters.json"
"""Its name beside the episode's page."""

FEWEST_LINES = 3
"""Apple, Spotify and YouTube take a shorter list of lines for no chapters at all."""

_CLOCK_COLON = re.compile(r"(?<=\d):(?=\d\d)")
_ARROWS = re.compile(r"<?[-=]+>|<[-=]+")
_ANGLES = str.maketrans("<>", "‹›")
_CLEANED = re.compile("[:<>]")
_SEPARATORS = frozenset(" -‐‑‒–—―−:：;；,，、.。…·•*|~_")


@dataclass(frozen=True, slots=True)
class TitledStart:
    """A chapter as every form writes it: times in milliseconds, the title on one line."""

    start_ms: int
    end_ms: int
    title: str
    image: Artwork | None = None
    url: str | None = None


def list_chapters(episode: Episode) -> tuple[TitledStart, ...]:
    """The chapters that all forms are written from, so that count and starts never differ.

    Players keep the longer list where two forms disagree, and merge those of equal length.
    """
    return tuple(
        TitledStart(
            chapter.start_ms,
            chapter.end_ms,
            shorten(one_line(chapter.title), VALUE_LIMIT) or f"Chapter {number}",
            chapter.image,
            chapter.url,
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
                **{key: address for key, address in _addresses(chapter, show) if address},
            }
            for chapter in list_chapters(episode)
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    return text_artifact(chapters_path(episode), text, Wave.SIDECAR)


def _addresses(chapter: TitledStart, show: Show) -> tuple[tuple[str, str | None], ...]:
    """The image and the link of the chapter, whole."""
    return (
        ("img", file_url(show, chapter.image.path) if chapter.image else None),
        ("url", absolute_url(show.base_url, chapter.url) if chapter.url else None),
    )


def simple_chapters(episode: Episode, show: Show) -> tuple[dict[str, str | None], ...]:
    """The attributes of each ``psc:chapter``.

    The start has three parts and milliseconds: AntennaPod reads bare seconds as 0.
    """
    found: list[dict[str, str | None]] = []
    for chapter in list_chapters(episode):
        (_, image), (_, href) = _addresses(chapter, show)
        start = format_hms_ms(chapter.start_ms)
        found.append({"start": start, "title": chapter.title, "href": href, "image": image})
    return tuple(found)


def chapter_lines(episode: Episode) -> tuple[str, ...]:
    """One line a chapter, ``00:02:15 Title``, the form that Apple, Spotify and YouTube read.

    Always three parts: AntennaPod takes two for hours and minutes. None at all where the three
    would take none of them: fewer than three, the first not at 0, two in the same second.
    """
    return tuple(f"{format_hms(start)} {title}" for start, title in _lines(episode))


def pasted_lines(episode: Episode) -> tuple[str, ...]:
    """The same lines to paste into YouTube's or Spotify's own forms: hours only where there are.

    Within one list all times have as many parts.
    """
    lines = _lines(episode)
    skipped = 0 if lines and lines[-1][0] >= HOUR_MS else len("00:")
    return tuple(f"{format_hms(start)[skipped:]} {title}" for start, title in lines)


def line_title(title: str) -> str:
    """The title as it can stand behind a time, empty where nothing of it can.

    A colon between digits becomes a ratio sign, so that no player takes ``5:30`` for a second
    time. YouTube refuses ``<`` and ``>``; Spotify takes one punctuation mark before the title.

    >>> line_title("5:30 pace -> <easy>"), line_title("– “…and then?”"), line_title("...")
    ('5∶30 pace → ‹easy›', '“and then?”', '')
    """
    if title[:1].isalnum() and not _CLEANED.search(title):
        return title
    plain = _ARROWS.sub(_arrow, _CLOCK_COLON.sub("∶", title)).translate(_ANGLES)
    begin = next((i for i, character in enumerate(plain) if not _is_mark(character)), len(plain))
    marks, words = plain[:begin], plain[begin:]
    if len(marks) > 1 or not words:
        marks = "".join(m for m in marks if m not in _SEPARATORS and not m.isspace())[-1:]
    return marks + words if words else ""


def seconds_number(milliseconds: int) -> int | float:
    """Seconds as JSON writes them best.

    >>> seconds_number(125000), seconds_number(125500)
    (125, 125.5)
    """
    whole, rest = divmod(milliseconds, 1000)
    return milliseconds / 1000 if rest else whole


def _lines(episode: Episode) -> tuple[tuple[int, str], ...]:
    """Start and title of each line, nothing where apps would take none of them."""
    listed = list_chapters(episode)
    seconds = [chapter.start_ms // SECOND_MS for chapter in listed]
    if len(listed) < FEWEST_LINES or seconds[0] > 0:
        return ()
    if any(after <= before for before, after in pairwise(seconds)):
        return ()
    return tuple(
        (chapter.start_ms, line_title(chapter.title) or f"Chapter {number}")
        for number, chapter in enumerate(listed, start=1)
    )


def _arrow(found: re.Match[str]) -> str:
    left, right = found[0][0] == "<", found[0][-1] == ">"
    return "↔" if left and right else "←" if left else "→"


def _is_mark(character: str) -> bool:
    return character in _SEPARATORS or unicodedata.category(character)[0] in "PZ"
