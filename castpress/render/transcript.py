"""Transcripts as files beside the episode's page: WebVTT, SubRip, JSON and plain text."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.model.podcast import Cue
from castpress.model.text import clean_text
from castpress.model.timecode import format_hms_ms
from castpress.render.chapters import seconds_number
from castpress.render.speech import paragraphs_of, words_of
from castpress.render.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from castpress.model.podcast import Episode, Release, Transcript

_NOT_IN_LANGUAGE = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class TranscriptFile:
    """One file of a transcript: its path, media type and language, as ``podcast:transcript``.

    ``name`` is what people call the format; ``is_timed`` tells those that a feed lists.
    """

    path: str
    media_type: str
    language: str
    name: str
    is_timed: bool


def render_vtt(cues: Sequence[Cue]) -> str:
    """The cues as WebVTT; the speaker is a voice span, open because it spans the cue."""
    blocks = ["WEBVTT\n"]
    for cue in cues:
        voice = f"<v {_escape(cue.speaker)}>" if cue.speaker else ""
        span = f"{format_hms_ms(cue.start_ms)} --> {format_hms_ms(cue.end_ms)}"
        blocks.append(f"{span}\n{voice}{_escape(cue.text)}\n")
    return "\n".join(blocks)


def render_srt(cues: Sequence[Cue]) -> str:
    """The cues as SubRip; the speaker stands before the text, ``Name: text``.

    SubRip cannot escape: an arrow that would read as a time line becomes ``→``.
    """
    blocks = []
    for number, cue in enumerate(cues, start=1):
        span = f"{format_hms_ms(cue.start_ms)} --> {format_hms_ms(cue.end_ms)}".replace(".", ",")
        speaker = f"{cue.speaker}: " if cue.speaker else ""
        text = (speaker + cue.text).replace("-->", "→")
        blocks.append(f"{number}\n{span}\n{text}\n")
    return "\n".join(blocks)


def render_json(cues: Sequence[Cue]) -> str:
    """The cues as the podcast namespace's JSON 1.0, a segment a cue, seconds as numbers."""
    segments = []
    for cue in cues:
        segment: dict[str, object] = {"speaker": cue.speaker} if cue.speaker else {}
        segment["startTime"] = seconds_number(cue.start_ms)
        segment["endTime"] = seconds_number(cue.end_ms)
        segments.append(segment | {"body": cue.text})
    lines = ",\n".join(json.dumps(segment, ensure_ascii=False) for segment in segments)
    return f'{{"version": "1.0.0", "segments": [\n{lines}\n]}}\n'


def render_text(cues: Sequence[Cue]) -> str:
    """The words to read and to quote: paragraphs, the speaker in front where it changes."""
    paragraphs, before = [], None
    for group in paragraphs_of(cues, ()):
        speaker = group[0].speaker
        name = f"{speaker}: " if speaker and speaker != before else ""
        paragraphs.append(name + words_of(group) + "\n")
        before = speaker
    return "\n".join(paragraphs)


class Format(NamedTuple):
    """One form of a transcript; ``is_timed`` is what players ask of those in a feed."""

    extension: str
    name: str
    media_type: str
    render: Callable[[Sequence[Cue]], str]
    is_timed: bool = True


FORMATS = (
    Format("vtt", "WebVTT", "text/vtt", render_vtt),
    Format("srt", "SubRip", "application/x-subrip", render_srt),
    Format("json", "JSON", "application/json", render_json),
    Format("txt", "Text", "text/plain", render_text, is_timed=False),
)
"""The best first: readers take the first that they know."""


def spoken_transcripts(episode: Episode) -> tuple[Transcript, ...]:
    """The transcripts that say something; the others are as good as none."""
    return tuple(t for t in episode.transcripts if any(one_line(cue.text) for cue in t.cues))


def transcript_files(episode: Episode) -> tuple[TranscriptFile, ...]:
    """The files of all transcripts that say something, for the feed and for pages."""
    return tuple(
        TranscriptFile(
            _path(episode, transcript, form),
            form.media_type,
            transcript.language,
            form.name,
            form.is_timed,
        )
        for transcript in spoken_transcripts(episode)
        for form in FORMATS
    )


def render_transcripts(release: Release) -> tuple[Artifact, ...]:
    """Each transcript in each format; nothing for a transcript without words."""
    artifacts: list[Artifact] = []
    for transcript in spoken_transcripts(release.episode):
        cues = writable_cues(transcript)
        for form in FORMATS:
            path = _path(release.episode, transcript, form)
            artifacts.append(text_artifact(path, form.render(cues), Wave.SIDECAR))
    return tuple(artifacts)


def writable_cues(transcript: Transcript) -> tuple[Cue, ...]:
    """The cues as all formats can hold them, in the order of their starts.

    A cue without words goes; one must last, and may hold no empty line, for that would end it.
    """
    kept = []
    for cue in sorted(transcript.cues, key=lambda cue: cue.start_ms):
        lines = (one_line(line) for line in clean_text(cue.text).split("\n"))
        text = "\n".join(line for line in lines if line)
        if text:
            end_ms = max(cue.end_ms, cue.start_ms + 1)
            kept.append(Cue(cue.start_ms, end_ms, text, one_line(cue.speaker or "") or None))
    return tuple(kept)


def _path(episode: Episode, transcript: Transcript, form: Format) -> str:
    language = _NOT_IN_LANGUAGE.sub("", transcript.language) or "und"
    return f"{episode.page_path}transcript.{language}.{form.extension}"


def _escape(text: str) -> str:
    """The text with the three characters that mean something in a WebVTT cue written out."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
