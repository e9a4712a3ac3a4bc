"""The transcript as people read it: paragraphs, not cues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.timecode import format_clock, format_seconds
from castpress.render.html_text import direction
from castpress.render.page_views import LinkView, ParagraphView, TranscriptView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from castpress.model.podcast import Cue, Episode

_LONG_MS = 45_000  # a paragraph ends with the sentence after this
_LONGEST_MS = 90_000  # and here even without one
_PAUSE_MS = 3_000
_OPEN_WORDS = 350  # a shorter transcript is shown without a click
_FORMATS = (("vtt", "WebVTT"), ("srt", "SubRip"), ("json", "JSON"))


def view_transcript(episode: Episode, audio_url: str) -> TranscriptView | None:
    """The transcript in the episode's own language, else the first one; None without any."""
    if not episode.transcripts:
        return None
    shown = next(
        (t for t in episode.transcripts if t.language == episode.language), episode.transcripts[0]
    )
    paragraphs = []
    speaker = None
    for cues in _paragraphs(shown.cues):
        first = cues[0]
        changed = first.speaker is not None and first.speaker != speaker
        speaker = first.speaker or speaker
        moment = format_seconds(first.start_ms)
        paragraphs.append(
            ParagraphView(
                speaker=first.speaker if changed else None,
                text=" ".join(" ".join(cue.text.split()) for cue in cues),
                clock=format_clock(first.start_ms),
                seconds=moment,
                href=f"{audio_url}#t={moment}",
            )
        )
    several = len(episode.transcripts) > 1
    files = tuple(
        LinkView(f"{name} ({t.language})" if several else name, f"transcript.{t.language}.{ending}")
        for t in episode.transcripts
        for ending, name in _FORMATS
    )
    return TranscriptView(
        language=shown.language,
        direction=direction(shown.language),
        paragraphs=tuple(paragraphs),
        is_long=sum(len(p.text.split()) for p in paragraphs) > _OPEN_WORDS,
        files=files,
    )


def _paragraphs(cues: Sequence[Cue]) -> Iterator[tuple[Cue, ...]]:
    """The cues in groups that read as paragraphs."""
    group: list[Cue] = []
    for cue in cues:
        if group and _begins_anew(group, cue):
            yield tuple(group)
            group = []
        group.append(cue)
    if group:
        yield tuple(group)


def _begins_anew(group: Sequence[Cue], cue: Cue) -> bool:
    """Another speaker, a pause, or enough said."""
    if cue.speaker != group[0].speaker or cue.start_ms - group[-1].end_ms > _PAUSE_MS:
        return True
    so_far = cue.start_ms - group[0].start_ms
    is_sentence = group[-1].text.rstrip().endswith((".", "?", "!", "…", "。", "؟"))
    return so_far > _LONGEST_MS or (so_far > _LONG_MS and is_sentence)
