"""Rules about one episode: what apps would refuse, cut or show wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.check.audio_chapters import audio_chapters_differ
from castpress.model.podcast import EpisodeType, FeedType
from castpress.model.problem import Location, Problem, Severity
from castpress.model.timecode import format_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.model.podcast import Chapter, Episode, Show

_FEWEST_CHAPTERS, _LONGEST_CHAPTER_TITLE, _SHORTEST_CHAPTER_MS = 3, 45, 10_000
_LONGEST_TITLE, _MOST_QUOTED = 255, 80


def few_chapters(episode: Episode, show: Show) -> Iterator[Problem]:
    """One or two chapters: Apple, Spotify and YouTube take a list only from three on."""
    del show
    typed = [chapter for chapter in episode.chapters if not chapter.added]
    if typed and len(episode.chapters) < _FEWEST_CHAPTERS:
        sections = sum(1 for section in episode.sections if section.level)
        counted = (
            f"{len(typed)} of {sections} sections {'has' if len(typed) == 1 else 'have'} a time"
            if sections
            else "few times"
        )
        yield _warning(
            "few-chapters",
            f"{counted}; Apple, Spotify and YouTube show chapters only from {_FEWEST_CHAPTERS} "
            "on, so the feed's description lists none",
            "give more headings a time, such as `The drill [2:15]`",
            _place(typed[0], episode),
        )


def long_chapter_title(episode: Episode, show: Show) -> Iterator[Problem]:
    """A chapter's title is longer than players show."""
    del show
    for chapter in episode.chapters:
        if len(chapter.title) > _LONGEST_CHAPTER_TITLE and not chapter.added:
            yield _warning(
                "long-chapter-title",
                f"the chapter {_begun(chapter.title)!r} has {len(chapter.title)} characters; "
                f"Apple cuts it after about {_LONGEST_CHAPTER_TITLE}, Spotify after about 40",
                f"shorten it to {_LONGEST_CHAPTER_TITLE} characters",
                _place(chapter, episode),
            )


def short_chapter(episode: Episode, show: Show) -> Iterator[Problem]:
    """A chapter is so short that YouTube drops the whole list."""
    del show
    for chapter in episode.chapters:
        length = chapter.end_ms - chapter.start_ms
        if length < _SHORTEST_CHAPTER_MS and len(episode.chapters) > 1:
            yield _warning(
                "short-chapter",
                f"the chapter {chapter.title!r} at {format_clock(chapter.start_ms)} lasts "
                f"{length / 1000:.0f} s; with one under 10 s YouTube shows none of the chapters",
                "let it begin earlier or end later, or join it with the next",
                _place(chapter, episode),
            )


def long_title(episode: Episode, show: Show) -> Iterator[Problem]:
    """The title is longer than feeds may carry."""
    del show
    if len(episode.title) > _LONGEST_TITLE:
        yield _warning(
            "long-title",
            f"the title has {len(episode.title)} characters; apps take {_LONGEST_TITLE}",
            "write a shorter `title:` at the top of the note",
            episode.location,
        )


def number_as_title(episode: Episode, show: Show) -> Iterator[Problem]:
    """The title is nothing but a number: readers built on partytime leave such an episode out."""
    del show
    if episode.title.replace(".", "", 1).isdecimal():
        yield Problem(
            "number-as-title",
            f"the title is only a number, {episode.title}; the Podcast Index and apps that live on "
            "it may leave the episode out",
            episode.location,
            Severity.NOTE,
            f"write a word beside it, such as `title: The year {episode.title}`",
        )


def serial_without_number(episode: Episode, show: Show) -> Iterator[Problem]:
    """An episode of a serial show has no number, so apps cannot put it in order."""
    is_serial = episode.course is None and show.feed.feed_type is FeedType.SERIAL
    if is_serial and episode.number is None and episode.episode_type is EpisodeType.FULL:
        yield Problem(
            "serial-without-number",
            f"{episode.title!r} has no number; Apple asks for one in every full episode of a "
            "serial show",
            episode.location,
            Severity.ERROR,
            "write `episode: 1`, or which it is, at the top of the note",
        )


def no_summary(episode: Episode, show: Show) -> Iterator[Problem]:
    """There is no sentence that lists and cards could show."""
    del show
    if not episode.summary:
        yield _warning(
            "no-summary",
            f"nothing says in a sentence what {episode.title!r} is about",
            "write a paragraph below a heading `What's this episode about?`, or `summary:` on top",
            episode.location,
        )


def chapters_not_in_audio(episode: Episode, show: Show) -> Iterator[Problem]:
    """An M4A or a video keeps the chapters it has; apps that read only the file show those."""
    del show
    inside = [(chapter.start_ms, chapter.title) for chapter in episode.audio.chapters]
    ours = [(chapter.start_ms, chapter.title) for chapter in episode.chapters]
    is_video = episode.audio.is_video
    if ours and inside != ours and (is_video or episode.audio.extension == "m4a"):
        yield Problem(
            "chapters-not-in-audio",
            f"the {len(ours)} chapters of {episode.title!r} cannot be written into "
            f"{'a video' if is_video else 'an M4A'} yet; feed and page have them",
            episode.audio.location or episode.location,
            Severity.NOTE,
            "write them into the file where it is edited"
            if is_video
            else "export the episode as MP3 to have them in the file too",
        )


RULES = (
    few_chapters,
    long_chapter_title,
    short_chapter,
    long_title,
    number_as_title,
    serial_without_number,
    no_summary,
    chapters_not_in_audio,
    audio_chapters_differ,
)


def check_episode(episode: Episode, show: Show) -> tuple[Problem, ...]:
    """All that the rules find in one episode; nothing of the others is looked at."""
    return tuple(problem for rule in RULES for problem in rule(episode, show))


def _place(chapter: Chapter, episode: Episode) -> Location:
    return chapter.location or episode.location


def _begun(title: str) -> str:
    """The title, or as much of it as tells which is meant."""
    return title if len(title) <= _MOST_QUOTED else f"{title[:_MOST_QUOTED].rstrip()}…"


def _warning(code: str, message: str, advice: str, place: Location) -> Problem:
    return Problem(code, message, place, Severity.WARNING, advice)
