"""Transcripts in all formats that podcasters have: one way in, by content and not by name.

WebVTT and SubRip (``transcript_cues``), JSON (``transcript_json``), HTML (``transcript_html``) and
plain text (``transcript_text``) become what was said; ``transcript_repair`` makes cues of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.podcast import Remark, Transcript
from castpress.model.problem import Location, Problem, Severity
from castpress.read.languages import is_same_language
from castpress.read.leftovers import source_fault
from castpress.read.normalise import clean_text
from castpress.read.speaker_labels import with_labels
from castpress.read.transcript_cues import has_spans, is_subrip, read_cues
from castpress.read.transcript_faults import Faults
from castpress.read.transcript_html import html_lines, reads_as_html
from castpress.read.transcript_json import read_json, reads_as_json
from castpress.read.transcript_parts import Reading
from castpress.read.transcript_repair import make_cues
from castpress.read.transcript_text import read_text, text_lines

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import PurePosixPath

_FORMATS = {
    ".vtt": "WebVTT", ".srt": "SubRip", ".sbv": "SubViewer", ".json": "JSON", ".html": "HTML",
    ".htm": "HTML",
}  # fmt: skip
_TIMED_SUFFIXES = (".vtt", ".srt", ".sbv", ".json")
_ENDINGS = {"WebVTT": ".vtt", "SubRip": ".srt", "JSON": ".json", "HTML": ".transcript.html"}


def parse_transcript(
    text: str,
    file: PurePosixPath,
    language: str,
    *,
    known: Collection[str] = (),
    duration_ms: int | None = None,
    first_line: int = 1,
) -> tuple[Transcript, tuple[Problem, ...]]:
    """What is said in a file: cues by their start, or remarks where it gives no times.

    ``known`` are names of people who may speak, ``duration_ms`` is the audio's length, and
    ``first_line`` where the text begins in the file.
    """
    faults = Faults(file)
    clean = "\n" * (first_line - 1) + clean_text(text).text
    reading, form = _read(clean, known, faults)
    cues = make_cues(reading.said, duration_ms, faults)
    remarks: tuple[Remark, ...] = ()
    is_text = file.suffix.lower() not in _TIMED_SUFFIXES or form in {"HTML", "JSON"}
    if not cues and not is_text and any(one.start_ms is None for one in reading.said):
        faults.add(
            "broken-transcript",
            reading.said[0].line,
            f"{file.name} holds no times, so nothing of it is published",
            f"call it {file.stem}.transcript.txt, if it is a transcript without times",
        )
    elif not cues:
        remarks = tuple(
            Remark(one.text, one.speaker, one.line) for one in reading.said if one.start_ms is None
        )
    problems = faults.problems()
    if remarks:
        problems += (_untimed(file, remarks),)
    elif not cues and not problems:
        problems = (_empty(file),)
    problems += _doubts(form, reading, file, language)
    return Transcript(language, cues, Location(file), remarks), problems


def _read(text: str, known: Collection[str], faults: Faults) -> tuple[Reading, str | None]:
    """What was found in the text, and the name of its format where that is sure."""
    fault = source_fault(text)
    if fault is not None and fault.code == "not-plain-text":
        faults.add("broken-transcript", 1, fault.message, fault.help)
        return Reading(()), None
    start = text[:400].lstrip()
    if start.startswith(("<tt ", "<?xml")):
        faults.add(
            "broken-transcript",
            1,
            "the file is XML, such as TTML, which is not read",
            "export it as WebVTT or SubRip (.vtt, .srt)",
        )
        return Reading(()), None
    if reads_as_json(start):
        return read_json(text, faults), "JSON"
    if "-->" not in text:
        text = text.replace("--&gt;", "-->")  # a web page's source
    if start.upper().startswith("WEBVTT") or has_spans(text):
        found = read_cues(text, faults)
        form = "SubRip" if is_subrip(text) else "WebVTT"
        return Reading(with_labels(found.said, known), found.language), form
    if reads_as_html(start):
        return read_text(html_lines(text), known, faults), "HTML"
    return read_text(text_lines(text), known, faults), None


def _doubts(
    form: str | None, reading: Reading, file: PurePosixPath, language: str
) -> tuple[Problem, ...]:
    """What the file says of itself against its name."""
    found = []
    named = _FORMATS.get(file.suffix.lower())
    if form is not None and named is not None and named not in {form, "SubViewer"}:
        found.append(
            Problem(
                "transcript-format",
                f"{file.name} is {form} by its content, and read as that",
                Location(file),
                Severity.NOTE,
                f"call it {file.stem}{_ENDINGS[form]}",
            )
        )
    if reading.language is not None and not is_same_language(reading.language, language):
        found.append(
            Problem(
                "transcript-language",
                f"{file.name} says that it is in {reading.language!r}, and is published as "
                f"{language!r}",
                Location(file),
                Severity.WARNING,
                f"put the language into its name, as in {file.stem}.{reading.language}"
                f"{file.suffix}, or correct it in the file",
            )
        )
    return tuple(found)


def _untimed(file: PurePosixPath, remarks: tuple[Remark, ...]) -> Problem:
    return Problem(
        "untimed-transcript",
        "the transcript gives no times, so players cannot follow it; the page shows it",
        Location(file, remarks[0].line, 1 if remarks[0].line else 0),
        Severity.NOTE,
        "write times above paragraphs, such as [0:00], or export it as WebVTT or SubRip",
    )


def _empty(file: PurePosixPath) -> Problem:
    return Problem(
        "empty-transcript",
        "the transcript holds no cues",
        Location(file),
        Severity.WARNING,
        "export it as WebVTT or SubRip (.vtt, .srt), with times",
    )
