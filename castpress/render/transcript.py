"""Transcripts as files beside the episode's page: WebVTT, SubRip and JSON."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.model.podcast import Cue
from castpress.model.timecode import format_hms_ms
from castpress.render.chapters import seconds_number
from castpress.render.text import clean_text, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from castpress.model.podcast import Episode, Release, Transcript

_NOT_IN_LANGUAGE = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class TranscriptFile:
    """One file of a transcript: its path, media type and language, as ``podcast:transcript``."""

    path: str
    media_type: str
    language: str


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


FORMATS: tuple[tuple[str, str, Callable[[Sequence[Cue]], str]], ...] = (
    ("vtt", "text/vtt", render_vtt),
    ("srt", "application/x-subrip", render_srt),
    ("json", "application/json", render_json),
)
"""Extension, media type and renderer, the best first: readers take the first that they know."""


def transcript_files(episode: Episode) -> tuple[TranscriptFile, ...]:
    """The files of all transcripts that say something, for the feed and for pages."""
    return tuple(
        TranscriptFile(_path(episode, transcript, extension), media_type, transcript.language)
        for transcript in episode.transcripts
        if _writable(transcript.cues)
        for extension, media_type, _ in FORMATS
    )


def render_transcripts(release: Release) -> tuple[Artifact, ...]:
    """Each transcript in each format; nothing for a transcript without words."""
    artifacts: list[Artifact] = []
    for transcript in release.episode.transcripts:
        cues = _writable(transcript.cues)
        for extension, _, render in FORMATS if cues else ():
            path = _path(release.episode, transcript, extension)
            artifacts.append(text_artifact(path, render(cues), Wave.SIDECAR))
    return tuple(artifacts)


def _path(episode: Episode, transcript: Transcript, extension: str) -> str:
    language = _NOT_IN_LANGUAGE.sub("", transcript.language) or "und"
    return f"{episode.page_path}transcript.{language}.{extension}"


def _writable(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """The cues as all three formats can hold them, in the order of their starts.

    A cue without words goes; one must last, and may hold no empty line, for that would end it.
    """
    kept = []
    for cue in sorted(cues, key=lambda cue: cue.start_ms):
        lines = (one_line(line) for line in clean_text(cue.text).split("\n"))
        text = "\n".join(line for line in lines if line)
        if text:
            end_ms = max(cue.end_ms, cue.start_ms + 1)
            kept.append(Cue(cue.start_ms, end_ms, text, one_line(cue.speaker or "") or None))
    return tuple(kept)


def _escape(text: str) -> str:
    """The text with the three characters that mean something in a WebVTT cue written out."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
