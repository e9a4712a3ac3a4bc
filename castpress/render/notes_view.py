"""The notes' sections as the page shows them: lists that are known as data become blocks."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from castpress.model.address import path_below_site
from castpress.model.notes import SectionRole
from castpress.model.timecode import format_clock, format_seconds
from castpress.render.html_text import calm, for_page, host, plain_text, safe_url
from castpress.render.list_addresses import EXERCISES_PATH, exercise_anchor
from castpress.render.page_views import ExerciseView, RangeView, SectionView, VideoView
from castpress.render.shown_pictures import with_pictures
from castpress.render.transcript import spoken_transcripts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.messages import Messages
    from castpress.model.notes import Section
    from castpress.model.own_pages import OwnPage
    from castpress.model.podcast import Episode, Exercise, Link, Show

# A list that holds no other; the look-ahead keeps the match from running over a second one.
_LIST = re.compile(r"<([uo]l)(?: [^>]*)?>([^<]*(?:<(?![uo]l[ >]|/\1>)[^<]*)*)</\1>")
_LIST_TAG = re.compile(r"<(/?)[uo]l[ >]")
_DIGIT = re.compile("[0-9]")
_NO_LETTERS = re.compile(r"[\W_]+")
_ITEM = re.compile(r"<li(?=[ >])")
_OPENING = re.compile(r"\A(\s*<p>(?:<(?:strong|em)>)?)([^<&]+)")
_JOINED = ("", "and", "or")  # what is left of "; and" behind an item of a sentence


def view_sections(
    episode: Episode, audio_url: str, root: str, video: VideoView | None, say: Messages
) -> tuple[SectionView, ...]:
    """The sections of the notes, ready to print."""
    table = say("site.table")
    return tuple(
        _view_section(section, episode, audio_url, root, video, table=table)
        for section in shown_sections(episode)
    )


def shown_sections(episode: Episode) -> tuple[Section, ...]:
    """All sections but those that the page shows otherwise: timed transcript, chapters."""
    is_timed = bool(spoken_transcripts(episode))
    return tuple(
        section
        for section in episode.sections
        if not (section.role is SectionRole.TRANSCRIPT and is_timed)
        and not _is_chapter_list(section, episode)
    )


def _view_section(
    section: Section,
    episode: Episode,
    audio_url: str,
    root: str,
    video: VideoView | None,
    *,
    table: str,
) -> SectionView:
    before, after = section.html, ""
    topics: tuple[str, ...] = ()
    exercises: tuple[ExerciseView, ...] = ()
    cut = _without_list(section, SectionRole.TOPICS, episode.topics, links=0)
    if cut:
        (before, after), topics = cut, episode.topics
    else:
        names = [exercise.name for exercise in episode.exercises]
        cut = _without_list(section, SectionRole.EXERCISES, names, links=1)
        if cut:
            (before, after), exercises = cut, view_exercises(episode.exercises, root)
    if section.level == 0:
        before = _OPENING.sub(lambda found: found[1] + str(calm(found[2])), before, count=1)
    return SectionView(
        title=section.title,
        level=section.level,
        anchor=section.anchor,
        role=section.role.value,
        html=for_page(with_pictures(before, episode.shown, root), audio_url, table),
        after=for_page(with_pictures(after, episode.shown, root), audio_url, table),
        time=_view_range(section, audio_url),
        topics=topics,
        exercises=exercises,
        video=video if section.anchor == episode.video_anchor else None,
    )


def _without_list(
    section: Section, role: SectionRole, items: Sequence[str], *, links: int
) -> tuple[str, str] | None:
    """What stands before and behind the list that a block of ``items`` can stand in for.

    Under a heading of the role it is the only list; elsewhere, led in by a sentence, the one that
    says the same. An item with more links than the block can show keeps the list as it is.
    """
    if not items or _LIST_TAG.search(section.html) is None:
        return None
    lists = [m for m in _LIST.finditer(section.html) if not _depth(section.html[: m.start()])]
    if section.role is role:
        lists = lists if len(_LIST_TAG.findall(section.html)) == 2 else []
    else:
        lists = [found for found in lists if _says(found[2], items, role)]
    if not lists or any(item.count("<a ") > links for item in _ITEM.split(lists[0][2])):
        return None
    return section.html[: lists[0].start()], section.html[lists[0].end() :]


def _depth(markup: str) -> int:
    """In how many lists the end of the markup stands."""
    return sum(-1 if closing else 1 for closing in _LIST_TAG.findall(markup))


def _says(markup: str, items: Sequence[str], role: SectionRole) -> bool:
    """Whether the list's items are these, perhaps joined as in a sentence, or begin with these."""
    typed = _ITEM.split(markup)[1:]
    if len(typed) != len(items):
        return False
    said = (_letters(plain_text(f"<li{item}")) for item in typed)
    for text, item in zip(said, map(_letters, items), strict=True):
        rest = text.removeprefix(item)
        if not text.startswith(item) or (role is SectionRole.TOPICS and rest not in _JOINED):
            return False
    return True


def _is_chapter_list(section: Section, episode: Episode) -> bool:
    """Whether the section says nothing but the chapters, times and titles, one after another."""
    if section.start_ms is not None or _DIGIT.search(section.html) is None:
        return False
    chapters = [chapter for chapter in episode.chapters if not chapter.added]
    if len(chapters) < 2:
        return False
    said = _letters(plain_text(section.html))
    for chapter in chapters:
        title = re.escape(_letters(chapter.title))
        digits = _letters(format_clock(chapter.start_ms)).lstrip("0")
        clock = f"0*{digits}" if digits else "0+"
        found = re.match(f"{clock}{title}|{title}{clock}", said)
        if found is None:
            return False
        said = said[found.end() :]
    return not said


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
            f"{root}{EXERCISES_PATH}#{exercise_anchor(e.name)}",
        )
        for e in exercises
    )


def view_video(episode: Episode, show: Show, root: str) -> VideoView | None:
    """The episode's video; a title that is the episode's own is none."""
    if episode.video is None:
        return None
    title = "" if episode.video.title == episode.title else episode.video.title
    url = safe_url(episode.video.url, root)
    return VideoView(title, url, host(url, show.base_url) if url else "")


def lead(episode: Episode) -> str:
    """What to say under the title: nothing that the notes say right below."""
    text = " ".join((episode.subtitle or episode.summary).split())
    if not text or any(s.role is SectionRole.SUMMARY for s in episode.sections[:2]):
        return episode.subtitle or ""
    opening = plain_text(" ".join(section.html for section in episode.sections[:2]))
    return "" if _letters(text)[:60] in _letters(opening) else text


def opening(own: OwnPage) -> str:
    """What the author says of a page of their own, else how it begins."""
    return own.summary or (plain_text(own.sections[0].html) if own.sections else "")


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text.casefold())


def not_in_notes(links: Sequence[Link], episode: Episode) -> tuple[Link, ...]:
    """The links that no section of the notes holds already."""
    if not links:
        return ()
    said = html.unescape(" ".join(section.html for section in episode.sections))
    up = "../" * episode.page_path.count("/")
    return tuple(
        link
        for link in links
        if f'"{link.url}"' not in said and f'"{up}{path_below_site(link.url)}"' not in said
    )


def are_in_notes(items: Sequence[str], episode: Episode) -> bool:
    """Whether the notes say all of these anyway, so that no block has to repeat them."""
    if not items:
        return True
    said = _letters(plain_text(" ".join(section.html for section in episode.sections)))
    return all(_letters(item) in said for item in items)


def has_role(episode: Episode, role: SectionRole) -> bool:
    """Whether the notes hold a section of this kind."""
    return any(section.role is role for section in episode.sections)
