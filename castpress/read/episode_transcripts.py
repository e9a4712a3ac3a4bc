"""The transcripts of one episode: from files, else from the notes, with the speakers' names."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from castpress.model.notes import SectionRole
from castpress.model.problem import Problem, Severity
from castpress.read.html_elements import HTML_SUFFIXES
from castpress.read.languages import is_same_language
from castpress.read.speakers import Cast, match_speakers
from castpress.read.transcript import parse_transcript
from castpress.read.transcript_heads import read_row

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePosixPath

    from castpress.model.notes import Notes, Section
    from castpress.model.podcast import Person, Transcript
    from castpress.read.front_matter import Head

_FEWEST_CUES = 2  # one time in a text is no transcript


@dataclass(frozen=True, slots=True)
class TranscriptSource:
    """The text of one transcript's file, and the language that it is in."""

    text: str
    file: PurePosixPath
    language: str


@dataclass(frozen=True, slots=True)
class Transcribed:
    """An episode's transcripts, and the sections of its notes that are not one."""

    transcripts: tuple[Transcript, ...]
    sections: tuple[Section, ...]
    problems: tuple[Problem, ...]


def read_transcripts(
    sources: Sequence[TranscriptSource],
    head: Head,
    notes: Notes,
    people: Sequence[Person],
    *,
    language: str,
    duration_ms: int,
) -> Transcribed:
    """All transcripts of an episode; one in the notes counts where no file is in its language.

    ``people`` are those of the episode and the show, the episode's first.
    """
    cast = Cast(tuple(people), head.settings.speakers, lambda label: head.place("speakers", label))
    transcripts: list[Transcript] = []
    problems: list[Problem] = []
    for source in sources:
        transcript, faults = parse_transcript(
            source.text,
            source.file,
            source.language,
            known=cast.names(),
            duration_ms=duration_ms,
        )
        problems += faults
        if transcript.cues or transcript.remarks:
            transcripts.append(transcript)
    sections = notes.sections
    if not any(is_same_language(transcript.language, language) for transcript in transcripts):
        found = _in_notes(head, notes, cast, language, duration_ms)
        transcripts += found.transcripts
        sections = found.sections
        problems += found.problems
    matched, faults = match_speakers(transcripts, cast)
    return Transcribed(matched, sections, (*problems, *faults))


def _in_notes(head: Head, notes: Notes, cast: Cast, language: str, duration_ms: int) -> Transcribed:
    """The transcript that stands in the notes under its heading, if it gives times."""
    nothing = Transcribed((), notes.sections, ())
    begin = next(
        (i for i, s in enumerate(notes.sections) if s.role is SectionRole.TRANSCRIPT), None
    )
    if begin is None:
        return nothing
    lines = head.body.split("\n")
    is_html = notes.sections[begin].location.file.suffix.lower() in HTML_SUFFIXES
    end = begin + 1
    while end < len(notes.sections) and _is_part(notes.sections, begin, end, head, lines):
        end += 1
    section = notes.sections[begin]
    first = section.location.line + 1 - head.first_line
    last = len(lines)
    if end < len(notes.sections):
        last = notes.sections[end].location.line - head.first_line
    text = "\n".join(lines[first:last])
    if is_html:
        text = "\n".join(f"<h3>{escape(s.title)}</h3>{s.html}" for s in notes.sections[begin:end])
    transcript, faults = parse_transcript(
        text,
        section.location.file,
        language,
        known=cast.names(),
        duration_ms=duration_ms,
        first_line=section.location.line + 1,
    )
    if len(transcript.cues) < _FEWEST_CUES:
        return nothing
    stem = section.location.file.stem
    told = Problem(
        "transcript-in-notes",
        f"the {len(transcript.cues)} times under {section.title!r} are read as the transcript",
        section.location,
        Severity.NOTE,
        f"nothing to do; the text may also be a file of its own, {stem}.transcript.txt",
    )
    left = (*notes.sections[:begin], *notes.sections[end:])
    return Transcribed((transcript,), left, (told, *faults))


def _is_part(
    sections: Sequence[Section], begin: int, index: int, head: Head, lines: Sequence[str]
) -> bool:
    """Whether a later section is still the transcript's: below it, or a head such as Amy (0:30)."""
    section = sections[index]
    if section.level > sections[begin].level:
        return True
    place = section.location.line - head.first_line
    is_text = section.role is SectionRole.TEXT and 0 <= place < len(lines)
    row = read_row(lines[place], 0) if is_text else None
    return row is not None and row.start_ms is not None
