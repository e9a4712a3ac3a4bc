"""Which transcripts an episode has: its files, or the text under the heading Transcript."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from castpress.model.podcast import Person
from castpress.read.episode_transcripts import Transcribed, TranscriptSource, read_transcripts
from castpress.read.front_matter import parse_head
from castpress.read.notes import parse_notes

NOTE = PurePosixPath("show_notes/042.md")
SHOW = (Person("Coach Amy Holt"), Person("Tobias Renn", "co-host"))


def read(note: str, *files: tuple[str, str, str], duration_ms: int = 40_000) -> Transcribed:
    """What is read of a note and files given as (name, language, text)."""
    head, problems = parse_head(note, NOTE)
    assert problems == ()
    notes, _ = parse_notes(head.body, NOTE, first_line=head.first_line, duration_ms=duration_ms)
    own = tuple(entry.as_person({}) for entry in head.settings.people)
    sources = [TranscriptSource(text, PurePosixPath(name), lang) for name, lang, text in files]
    return read_transcripts(
        sources, head, notes, (*own, *SHOW), language="en", duration_ms=duration_ms
    )


def spoken(found: Transcribed) -> list[tuple[int, int, int, str | None, str]]:
    return [
        (cue.line, cue.start_ms, cue.end_ms, cue.speaker, cue.text)
        for transcript in found.transcripts
        for cue in transcript.cues
    ]


IN_NOTES = """---
people:
  - name: Mara Quill
    role: guest
---
# Rowing

We row.

## Transcript

**Amy** (0:03): Welcome.

**Mara** (0:09): It was cold.
And dark.

### The second half

**TOBIAS** (0:30): Bye.

## Links

- [The lake](https://lake.example)
"""


def test_a_transcript_in_the_notes_is_one_and_no_section() -> None:
    found = read(IN_NOTES)

    assert spoken(found) == [
        (12, 3_000, 9_000, "Coach Amy Holt", "Welcome."),
        (14, 9_000, 30_000, "Mara Quill", "It was cold.\nAnd dark."),
        (19, 30_000, 40_000, "Tobias Renn", "Bye."),
    ]
    assert [section.title for section in found.sections] == ["", "Links"]
    assert [(str(p.location), p.code) for p in found.problems] == [
        ("show_notes/042.md:10:1", "transcript-in-notes")
    ]


@pytest.mark.parametrize(
    "text",
    ["Amy: Welcome.\n\nTobias: Cold.", "[0:00] It is [in the shop](https://lake.example).", ""],
)
def test_without_times_it_stays_a_section(text: str) -> None:
    found = read(f"# Rowing\n\n## Transcript\n\n{text}\n")

    assert (found.transcripts, found.problems) == ((), ())
    assert [section.title for section in found.sections] == ["Transcript"]


def test_a_file_in_the_episodes_language_comes_first() -> None:
    vtt = "WEBVTT\n\n00:00.000 --> 00:30.000\nWelcome.\n"

    own = read(IN_NOTES, ("042.vtt", "en", vtt))
    other = read(IN_NOTES, ("042.de.vtt", "de", vtt))

    assert [t.location.file.name for t in own.transcripts] == ["042.vtt"]
    assert [s.title for s in own.sections] == ["", "Transcript", "The second half", "Links"]
    assert [(t.language, t.location.file.name) for t in other.transcripts] == [
        ("de", "042.de.vtt"),
        ("en", "042.md"),
    ]


def test_what_holds_nothing_is_no_transcript_but_is_told() -> None:
    found = read("# Rowing\n", ("042.vtt", "en", "WEBVTT\n"), ("042.de.vtt", "de", "Hallo."))

    assert found.transcripts == ()
    assert [p.code for p in found.problems] == ["empty-transcript", "broken-transcript"]


def test_speakers_are_named_in_the_front_matter_once_for_all_languages() -> None:
    note = "---\nspeakers:\n  Speaker 1: Amy\n  2: Ida Berg\n  Speaker 9: Ole\n---\n# Rowing\n"
    english = "[0:00] Speaker 1: One.\n[0:09] Speaker 2: Two.\n"
    german = "[0:00] Speaker 1: Eins.\n[0:30] Speaker 3: Drei.\n"

    found = read(note, ("a.txt", "en", english), ("a.de.txt", "de", german))

    assert [[cue.speaker for cue in t.cues] for t in found.transcripts] == [
        ["Coach Amy Holt", "Ida Berg"],
        ["Coach Amy Holt", "Speaker 3"],
    ]
    assert [(str(p.location), p.code) for p in found.problems] == [
        ("a.de.txt:2:1", "unnamed-speaker"),
        ("show_notes/042.md:5:14", "unused-speaker"),
    ]


def test_no_transcript_asks_for_no_speakers() -> None:
    assert read("---\nspeakers: {Speaker 1: Amy}\n---\n# Rowing\n").problems == ()


def test_notes_that_are_html_hold_one_too() -> None:
    html = (
        "<h1>Rowing</h1><p>We row.</p><h2>Transcript</h2>"
        "<p><b>Amy</b> (0:03): Welcome.</p><p><b>Tobias</b> (0:09): It was &lt;cold&gt;.</p>"
        "<h2>Links</h2><p>None.</p>"
    )
    file = PurePosixPath("show_notes/042.html")
    head, _ = parse_head(html, file)
    notes, _ = parse_notes(head.body, file, duration_ms=20_000)

    found = read_transcripts((), head, notes, SHOW, language="en", duration_ms=20_000)

    assert [(cue.start_ms, cue.speaker, cue.text) for cue in found.transcripts[0].cues] == [
        (3_000, "Coach Amy Holt", "Welcome."),
        (9_000, "Tobias Renn", "It was <cold>."),
    ]
    assert [section.title for section in found.sections] == ["", "Links"]
