"""The notes' sections as the page shows them: lists that are known as data become blocks."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from castpress.model.notes import SectionRole
from castpress.model.timecode import format_clock, format_seconds
from castpress.render.html_text import plain_text, point_moments, safe_url
from castpress.render.page_views import ExerciseView, RangeView, SectionView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.notes import Section
    from castpress.model.podcast import Episode, Exercise, Link

_LIST = re.compile(r"<(ul|ol)[ >].*</\1>", re.DOTALL)
_LIST_START = re.compile(r"<[uo]l[ >]")


def view_sections(episode: Episode, audio_url: str, root: str) -> tuple[SectionView, ...]:
    """All sections but a typed transcript that the timed one stands for."""
    return tuple(
        _view_section(section, episode, audio_url, root)
        for section in episode.sections
        if not (section.role is SectionRole.TRANSCRIPT and episode.transcripts)
    )


def _view_section(section: Section, episode: Episode, audio_url: str, root: str) -> SectionView:
    before, after = section.html, ""
    topics: tuple[str, ...] = ()
    exercises: tuple[ExerciseView, ...] = ()
    if section.role is SectionRole.TOPICS and episode.topics:
        before, after, cut = _without_list(section.html)
        topics = episode.topics if cut else ()
    elif section.role is SectionRole.EXERCISES and episode.exercises:
        before, after, cut = _without_list(section.html)
        exercises = view_exercises(episode.exercises, root) if cut else ()
    return SectionView(
        title=section.title,
        level=section.level,
        anchor=section.anchor,
        role=section.role.value,
        html=point_moments(before, audio_url),
        after=point_moments(after, audio_url),
        time=_view_range(section, audio_url),
        topics=topics,
        exercises=exercises,
    )


def _without_list(markup: str) -> tuple[str, str, bool]:
    """What stands before and behind the only list; uncut where there are several or none.

    >>> _without_list("<p>Do:</p><ul><li>Plank</li></ul><p>Rest.</p>")
    ('<p>Do:</p>', '<p>Rest.</p>', True)
    """
    found = _LIST.search(markup)
    if found is None or len(_LIST_START.findall(markup)) > 1:
        return markup, "", False
    return markup[: found.start()], markup[found.end() :], True


def _view_range(section: Section, audio_url: str) -> RangeView | None:
    if section.start_ms is None:
        return None
    start = format_clock(section.start_ms)
    text = start if section.end_ms is None else f"{start} – {format_clock(section.end_ms)}"
    moment = format_seconds(section.start_ms)
    return RangeView(text, f"{audio_url}#t={moment}", moment)


def view_exercises(exercises: Sequence[Exercise], root: str) -> tuple[ExerciseView, ...]:
    """The exercises with their reasons and, where they may be followed, their links."""
    return tuple(
        # In the notes the reason follows a dash; on a card it is a sentence of its own.
        ExerciseView(
            e.name,
            e.reason[:1].upper() + e.reason[1:] if e.reason else None,
            safe_url(e.url, root) if e.url else None,
        )
        for e in exercises
    )


def lead(episode: Episode) -> str:
    """What to say under the title: nothing that the notes say right below."""
    text = " ".join((episode.subtitle or episode.summary).split())
    if not text or any(s.role is SectionRole.SUMMARY for s in episode.sections[:2]):
        return episode.subtitle or ""
    opening = plain_text(" ".join(section.html for section in episode.sections[:2]))
    return "" if _letters(text)[:60] in _letters(opening) else text


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def not_in_notes(links: Sequence[Link], episode: Episode) -> tuple[Link, ...]:
    """The links that no section of the notes holds already."""
    said = html.unescape(" ".join(section.html for section in episode.sections))
    return tuple(link for link in links if f'"{link.url}"' not in said)


def are_in_notes(items: Sequence[str], episode: Episode) -> bool:
    """Whether the notes say all of these anyway, so that no block has to repeat them."""
    said = _letters(plain_text(" ".join(section.html for section in episode.sections)))
    return all(_letters(item) in said for item in items)


def has_role(episode: Episode, role: SectionRole) -> bool:
    """Whether the notes hold a section of this kind."""
    return any(section.role is role for section in episode.sections)
