"""The transcript as people read it: paragraphs, not cues."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.model.messages import direction
from castpress.model.podcast import TranscriptMaker
from castpress.model.timecode import format_clock, format_seconds
from castpress.render.html_text import mail_url
from castpress.render.page_views import LinkView, ParagraphView, TranscriptView
from castpress.render.speech import chapter_at, paragraphs_of, words_of
from castpress.render.text import one_line, reading_minutes, shorten
from castpress.render.transcript import (
    spoken_transcripts,
    transcript_files,
    writable_cues,
    writable_remarks,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.model.podcast import Chapter, Episode, Transcript

TRANSCRIPT_FOLDER = "transcript/"
"""Where a long transcript stands, below the page of its episode."""

_OPEN_WORDS = 350  # a shorter transcript is shown without a click
_FIRST_CHARS = 1200  # of a long one, about 200 words
_REST_CHARS = 400  # not worth a cut


def view_transcript(
    episode: Episode, audio_url: str, contact: str | None = None
) -> TranscriptView | None:
    """The transcript in the episode's own language, else the first one; None without any.

    ``contact`` is the address that is told of mistakes.
    """
    spoken = spoken_transcripts(episode)
    if not spoken:
        return None
    shown = min(spoken, key=lambda transcript: _distance(transcript.language, episode.language))
    paragraphs = tuple(
        _timed_paragraphs(shown, episode, audio_url) if shown.cues else _untimed_paragraphs(shown)
    )
    several = len(spoken) > 1
    is_by_machine = episode.transcript_made_by is TranscriptMaker.MACHINE
    files = tuple(
        LinkView(
            f"{file.name} ({file.language})" if several else file.name,
            file.path.removeprefix(episode.page_path),
        )
        for file in transcript_files(episode)
    )
    return TranscriptView(
        language=shown.language,
        direction=direction(shown.language),
        paragraphs=paragraphs,
        is_long=sum(len(p.text.split()) for p in paragraphs) > _OPEN_WORDS,
        files=files,
        minutes=reading_minutes(p.text for p in paragraphs),
        is_by_machine=is_by_machine,
        mail_url=mail_url(contact, episode.title) if contact and is_by_machine else None,
    )


def beginning(view: TranscriptView) -> TranscriptView:
    """The first paragraphs of a long transcript, for the page of its episode."""
    first: list[ParagraphView] = []
    room = _FIRST_CHARS
    for paragraph in view.paragraphs:
        if room <= 0:
            break
        is_cut = len(paragraph.text) > room + _REST_CHARS
        text = shorten(paragraph.text, room) if is_cut else paragraph.text
        first.append(replace(paragraph, text=text))
        room -= len(paragraph.text)
    return replace(view, paragraphs=tuple(first), whole_url=TRANSCRIPT_FOLDER)


def _distance(language: str, wanted: str) -> int:
    """How far a language is from the wanted one: the same, of another country, another.

    >>> _distance("en", "en"), _distance("en-GB", "en-US"), _distance("de", "en")
    (0, 1, 2)
    """
    if language.casefold() == wanted.casefold():
        return 0
    is_near = language.partition("-")[0].casefold() == wanted.partition("-")[0].casefold()
    return 1 if is_near else 2


def _timed_paragraphs(
    transcript: Transcript, episode: Episode, audio_url: str
) -> Iterator[ParagraphView]:
    speaker = None
    chapter: Chapter | None = None
    last = None
    for cues in paragraphs_of(writable_cues(transcript), episode.chapters):
        first = cues[0]
        before, chapter = chapter, chapter_at(first, episode.chapters)
        changed = first.speaker is not None and first.speaker != speaker
        speaker = first.speaker or speaker
        moment, second = format_seconds(first.start_ms), first.start_ms // 1000
        yield ParagraphView(
            chapter=chapter.title if chapter and chapter is not before else None,
            speaker=first.speaker if changed else None,
            text=words_of(cues),
            clock=format_clock(first.start_ms),
            seconds=moment,
            href=f"{audio_url}#t={moment}",
            # With an underscore, as all ids of the page's own; a new cut of the text keeps it.
            anchor=f"t_{second}" if second != last else None,
        )
        last = second


def _untimed_paragraphs(transcript: Transcript) -> Iterator[ParagraphView]:
    speaker = None
    for remark in writable_remarks(transcript):
        changed = remark.speaker is not None and remark.speaker != speaker
        speaker = remark.speaker or speaker
        yield ParagraphView(None, remark.speaker if changed else None, one_line(remark.text))
