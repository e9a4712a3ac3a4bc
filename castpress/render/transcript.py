"""Transcripts as files beside the episode's page: WebVTT, SubRip, JSON, HTML and plain text.

All are made from one list of cues. SubRip alone has cues of its own, because its players show two
short lines at a time.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.model.podcast import Cue, Remark
from castpress.model.text import clean_text
from castpress.model.timecode import format_hms_ms
from castpress.render.chapters import seconds_number
from castpress.render.speech import paragraphs_of, words_of
from castpress.render.srt_cues import short_cues
from castpress.render.text import one_line
from castpress.render.text_width import wrap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from castpress.model.podcast import Episode, Release, Transcript

_NOT_IN_LANGUAGE = re.compile(r"[^A-Za-z0-9-]+")
_LINE_END = "\n"
_VTT_WIDTH = 65  # podcast namespace: advised, so that captions fit


@dataclass(frozen=True, slots=True)
class TranscriptFile:
    """One file of a transcript: its path, media type and language, as ``podcast:transcript``.

    ``name`` is what people call the format; ``is_listed`` tells those that a feed names, and
    ``is_timed`` those of which players make captions.
    """

    path: str
    media_type: str
    language: str
    name: str
    is_listed: bool = False
    is_timed: bool = False


def render_vtt(cues: Sequence[Cue]) -> str:
    """The cues as WebVTT; the speaker is a voice span, open because it spans the cue."""
    blocks = ["WEBVTT\n"]
    for cue in cues:
        # Two hyphens before the bracket would be an arrow, which no cue may hold.
        name = re.sub("--$", "-&#45;", _escape(cue.speaker or ""))
        voice = f"<v {name}>" if name else ""
        span = f"{format_hms_ms(cue.start_ms)} --> {format_hms_ms(cue.end_ms)}"
        lines = (line for long in cue.text.split("\n") for line in wrap(long, _VTT_WIDTH))
        blocks.append(f"{span}\n{voice}{_escape(_LINE_END.join(lines))}\n")
    return "\n".join(blocks)


def render_srt(cues: Sequence[Cue]) -> str:
    """The cues as SubRip; the speaker stands before the text, ``Name: text``.

    SubRip cannot escape: an arrow that would read as a time line becomes ``→``.
    """
    blocks = []
    for number, cue in enumerate(short_cues(cues), start=1):
        span = f"{format_hms_ms(cue.start_ms)} --> {format_hms_ms(cue.end_ms)}".replace(".", ",")
        blocks.append(f"{number}\n{span}\n{cue.text.replace('-->', '→')}\n")
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


def render_remarks(remarks: Sequence[Remark]) -> str:
    """The same of a transcript without times."""
    paragraphs, before = [], None
    for remark in remarks:
        name = f"{remark.speaker}: " if remark.speaker and remark.speaker != before else ""
        paragraphs.append(name + one_line(remark.text) + "\n")
        before = remark.speaker
    return "\n".join(paragraphs)


def render_html(remarks: Sequence[Remark], language: str) -> str:
    """The podcast namespace's HTML: a ``cite`` where the speaker changes, and paragraphs."""
    page: Any = etree.Element("html", lang=one_line(language))
    etree.SubElement(etree.SubElement(page, "head"), "meta", charset="utf-8")
    body: Any = etree.SubElement(page, "body")
    before = None
    for remark in remarks:
        if remark.speaker and remark.speaker != before:
            etree.SubElement(body, "cite").text = f"{remark.speaker}:"
        before = remark.speaker
        etree.SubElement(body, "p").text = one_line(remark.text)
    for element in body:
        element.tail = "\n"
    text: str = etree.tostring(page, method="html", encoding="unicode", doctype="<!doctype html>")
    return text + "\n"


class Format(NamedTuple):
    """One form of a transcript with times; a feed names those that players make captions of."""

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
    return tuple(t for t in episode.transcripts if _is_spoken(t.cues) or _is_spoken(t.remarks))


def transcript_files(episode: Episode) -> tuple[TranscriptFile, ...]:
    """The files of all transcripts that say something, for the feed and for pages.

    Without times there is HTML for the feed, for readers who take a transcript to read.
    """
    files: list[TranscriptFile] = []
    for transcript in spoken_transcripts(episode):
        base, language = _base(episode, transcript), transcript.language
        if transcript.cues:
            files += (
                TranscriptFile(
                    f"{base}.{form.extension}",
                    form.media_type,
                    language,
                    form.name,
                    is_listed=form.is_timed,
                    is_timed=form.is_timed,
                )
                for form in FORMATS
            )
        else:
            files += (
                TranscriptFile(f"{base}.html", "text/html", language, "HTML", is_listed=True),
                TranscriptFile(f"{base}.txt", "text/plain", language, "Text"),
            )
    return tuple(files)


def render_transcripts(release: Release) -> tuple[Artifact, ...]:
    """Each transcript in each format; nothing for a transcript without words."""
    artifacts: list[Artifact] = []
    for transcript in spoken_transcripts(release.episode):
        base = _base(release.episode, transcript)
        texts: Iterable[tuple[str, str]]
        if transcript.cues:
            cues = writable_cues(transcript)
            texts = ((form.extension, form.render(cues)) for form in FORMATS)
        else:
            remarks = writable_remarks(transcript)
            html = render_html(remarks, transcript.language)
            texts = (("html", html), ("txt", render_remarks(remarks)))
        artifacts += (text_artifact(f"{base}.{end}", text, Wave.SIDECAR) for end, text in texts)
    return tuple(artifacts)


def writable_cues(transcript: Transcript) -> tuple[Cue, ...]:
    """The cues as all formats can hold them, in the order of their starts.

    A cue without words goes; one must last, and may hold no empty line, for that would end it.
    """
    kept = []
    for cue in sorted(transcript.cues, key=lambda cue: cue.start_ms):
        text = _lines_of(cue.text)
        if text:
            end_ms = max(cue.end_ms, cue.start_ms + 1)
            kept.append(Cue(cue.start_ms, end_ms, text, one_line(cue.speaker or "") or None))
    return tuple(kept)


def writable_remarks(transcript: Transcript) -> tuple[Remark, ...]:
    """The remarks that say something, without what no file can hold."""
    kept = ((_lines_of(r.text), one_line(r.speaker or "") or None) for r in transcript.remarks)
    return tuple(Remark(text, speaker) for text, speaker in kept if text)


def _is_spoken(pieces: Sequence[Cue | Remark]) -> bool:
    return any(one_line(piece.text) for piece in pieces)


def _lines_of(text: str) -> str:
    lines = (one_line(line) for line in clean_text(text).split("\n"))
    return "\n".join(line for line in lines if line)


def _base(episode: Episode, transcript: Transcript) -> str:
    language = _NOT_IN_LANGUAGE.sub("", transcript.language) or "und"
    return f"{episode.page_path}transcript.{language}"


def _escape(text: str) -> str:
    """The text with the three characters that mean something in a WebVTT cue written out."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
