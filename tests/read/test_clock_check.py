"""The notes' clock against the audio's: what does not fit is asked about once."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from castpress.model.notes import Mark
from castpress.model.problem import Location, Severity
from castpress.model.timecode import format_clock, parse_clock
from castpress.read.chapters import resolve_chapters

if TYPE_CHECKING:
    from castpress.model.podcast import Chapter
    from castpress.model.problem import Problem

FILE = PurePosixPath("show_notes/042.md")


def resolve(times: str, duration: str) -> tuple[tuple[Chapter, ...], tuple[Problem, ...]]:
    """Chapters of a list typed on lines 1, 2, … against audio that long; ``a-b`` is a range."""
    marks = []
    for line, typed in enumerate(times.split(), start=1):
        start, _, end = typed.partition("-")
        end_ms = parse_clock(end) if ":" in end else None
        place = Location(FILE, line)
        marks.append(Mark(parse_clock(start), end_ms, typed, place, 2, end == "end"))
    return resolve_chapters(marks, parse_clock(duration), "Opening")


def codes(times: str, duration: str) -> list[str]:
    return [problem.code for problem in resolve(times, duration)[1]]


def test_notes_for_another_cut_are_one_problem_that_names_the_lines() -> None:
    chapters, (problem,) = resolve("0:00 9:00 45:10 55:00 1:12:30", "45:10")

    assert [format_clock(chapter.start_ms) for chapter in chapters] == ["0:00", "9:00"]
    assert problem.code == "another-cut"
    assert problem.message == (
        "the notes run to 1:12:30 but the audio ends at 45:10: 3 of 5 chapters begin after it "
        "(lines 3, 4 and 5); they may be for another cut of the episode"
    )
    assert (problem.location.line, problem.severity) == (3, Severity.WARNING)


def test_chapters_of_the_audio_itself_stand_on_no_line() -> None:
    place = Location(PurePosixPath("episodes/042.mp3"))
    marks = [Mark(start, None, "A", place) for start in (0, 60_000, 70_000)]

    _, (problem,) = resolve_chapters(marks, 50_000, "Opening")

    assert "2 of 3 chapters begin after it; they may be" in problem.message


def test_one_chapter_past_the_end_is_a_slip_of_its_own() -> None:
    assert codes("0:00 9:00 20:00 1:12:30", "45:10") == ["chapter-past-end"]


def test_many_lines_are_not_all_listed() -> None:
    _, (problem,) = resolve(" ".join(f"{minute}:00" for minute in range(20)), "4:30")

    assert "15 of 20 chapters" in problem.message
    assert "(lines 6, 7, 8, 9, 10, 11 and others)" in problem.message


@pytest.mark.parametrize(
    ("times", "duration", "asked"),
    [
        ("0:00:00 5:00:00 12:30:00 40:10:00", "45:10", "write 40:10 for 40:10:00, and so on"),
        ("0:00 0:05 0:32 0:50 1:02", "1:30:00", "write 1:02:00 for 1:02, and so on"),
        ("0:00 5:00 58:40 1:02 1:15", "1:30:00", "write 1:02:00 if hours and minutes are meant"),
    ],
)
def test_hours_typed_for_minutes_and_the_reverse_are_asked_about(
    times: str, duration: str, asked: str
) -> None:
    chapters, problems = resolve(times, duration)

    assert {problem.code for problem in problems} <= {"clock-slip", "time-goes-back"}
    assert problems[0].help.startswith(asked)
    typed = {parse_clock(time) for time in times.split()}
    assert {chapter.start_ms for chapter in chapters} <= typed


@pytest.mark.parametrize(
    ("times", "duration"),
    [
        ("0:00 0:35 1:05 1:25", "1:30:00"),  # an intro, an advertisement, and then the talk
        ("0:00 0:05 0:32", "35:00"),
        ("0:00 0:05 0:32 0:50 1:02", "35:00"),
        ("0:00 0:05 0:10 0:15 0:20", "1:30:00"),
        ("0:00 0:20-0:30 0:40 0:50 1:00", "1:30:00"),
        ("0:00 5:00 12:30 40:10", "45:10"),
    ],
)
def test_a_short_beginning_is_not_asked_about(times: str, duration: str) -> None:
    assert codes(times, duration) == []


@pytest.mark.parametrize(
    ("times", "duration", "is_told"),
    [
        ("0:00-2:00 2:00-10:00 10:00-30:00", "1:00:00", True),
        ("0:00-10:00 2:00-5:00 10:00-30:00", "1:00:01", True),
        ("0:00-2:00 2:00-10:00 10:00-30:00", "59:59", False),
        ("0:00-2:00 2:00-10:00 10:00-end", "1:00:00", False),
        ("0:00 2:00 10:00", "1:00:00", False),
        ("5:00-6:00 6:00-8:00 8:00-9:00", "1:00:00", False),
        ("0:00-2:00 3:00-10:00 20:00-30:00", "1:00:00", False),
        ("0:00-2:00 2:00-4:00", "1:00:00", False),
    ],
)
def test_sections_that_end_halfway_are_told_where_they_seem_to_be_all(
    times: str, duration: str, *, is_told: bool
) -> None:
    found = [p for p in resolve(times, duration)[1] if p.code == "uncovered-audio"]

    assert [problem.severity for problem in found] == [Severity.NOTE] * is_told
    assert all("ends at 30:00, but the audio runs on to 1:00:0" in p.message for p in found)


def test_without_audio_nothing_is_compared() -> None:
    marks = [Mark(0, None, "a", Location(FILE, 1)), Mark(10**9, None, "b", Location(FILE, 2))]

    assert resolve_chapters(marks, None, "Opening")[1] == ()
