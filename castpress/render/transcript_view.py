"""The transcript as people read it: paragraphs, not cues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.timecode import format_clock, format_seconds
from castpress.render.html_text import direction
from castpress.render.page_views import LinkView, ParagraphView, TranscriptView
from castpress.render.speech import chapter_at, paragraphs_of, words_of
from castpress.render.transcript import spoken_transcripts, transcript_files, writable_cues

if TYPE_CHECKING:
    from castpress.model.podcast import Chapter, Episode

_OPEN_WORDS = 350  # a shorter transcript is shown without a click


def view_transcript(episode: Episode, audio_url: str) -> TranscriptView | None:
    """The transcript in the episode's own language, else the first one; None without any."""
    spoken = spoken_transcripts(episode)
    if not spoken:
        return None
    shown = next((t for t in spoken if t.language == episode.language), spoken[0])
    paragraphs = []
    speaker = None
    chapter: Chapter | None = None
    for cues in paragraphs_of(writable_cues(shown), episode.chapters):
        first = cues[0]
        before, chapter = chapter, chapter_at(first, episode.chapters)
        changed = first.speaker is not None and first.speaker != speaker
        speaker = first.speaker or speaker
        moment = format_seconds(first.start_ms)
        paragraphs.append(
            ParagraphView(
                chapter=chapter.title if chapter and chapter is not before else None,
                speaker=first.speaker if changed else None,
                text=words_of(cues),
                clock=format_clock(first.start_ms),
                seconds=moment,
                href=f"{audio_url}#t={moment}",
            )
        )
    several = len(spoken) > 1
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
        paragraphs=tuple(paragraphs),
        is_long=sum(len(p.text.split()) for p in paragraphs) > _OPEN_WORDS,
        files=files,
    )
