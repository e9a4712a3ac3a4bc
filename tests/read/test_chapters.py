"""Marks to chapters: ends, overlaps, the opening."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.notes import Mark
from castpress.model.problem import Location
from castpress.read.chapters import resolve_chapters

FILE = PurePosixPath("show_notes/042.md")
HOUR = 3_600
GOES_BACK = ["time-goes-back"]


def mark(
    start: float, end: float | None = None, *, line: int = 1, level: int = 2, to_end: bool = False
) -> Mark:
    end_ms = None if end is None else round(end * 1000)
    return Mark(round(start * 1000), end_ms, f"line {line}", Location(FILE, line), level, to_end)


LATE = [mark(HOUR + seconds) for seconds in (0, 60, 120)]


def spans(*marks: Mark, duration: int | None = HOUR) -> list[tuple[float, float]]:
    chapters, _ = resolve_chapters(marks, duration and duration * 1000, "Opening")
    return [(chapter.start_ms / 1000, chapter.end_ms / 1000) for chapter in chapters]


def codes(*marks: Mark, duration: int | None = HOUR) -> list[str]:
    _, problems = resolve_chapters(marks, duration and duration * 1000, "Opening")
    return [problem.code for problem in problems]


def test_no_marks_no_chapters() -> None:
    assert resolve_chapters((), 1000, "Opening") == ((), ())


@pytest.mark.parametrize(
    ("marks", "expected", "expected_codes"),
    [
        ([mark(0), mark(60), mark(90)], [(0, 60), (60, 90), (90, HOUR)], []),
        ([mark(0, 30), mark(60, 90)], [(0, 30), (60, 90)], []),
        ([mark(0), mark(60, to_end=True)], [(0, 60), (60, HOUR)], []),
        ([mark(0, 70), mark(60, 90)], [(0, 60), (60, 90)], ["chapter-overlap"]),
        ([mark(0, to_end=True), mark(60, 90)], [(0, 60), (60, 90)], ["chapter-overlap"]),
        ([mark(0, 60), mark(0, 90)], [(0, 60)], ["equal-chapter-starts"]),
        ([mark(0, 60), mark(90, 80)], [(0, 60)], ["inverted-range"]),
        ([mark(0, 60), mark(90, 90)], [(0, 60)], ["inverted-range"]),
        ([mark(0, 60), mark(HOUR, None)], [(0, 60)], ["chapter-past-end"]),
        ([mark(0, HOUR + 100)], [(0, HOUR)], ["chapter-past-end"]),
        ([mark(0), mark(90), mark(30), mark(99)], [(0, 90), (90, 99), (99, HOUR)], GOES_BACK),
        ([mark(0), mark(60), *LATE], [(0, 60), (60, HOUR)], ["another-cut"]),
        ([mark(0), *LATE, mark(HOUR + 120, 9)], [(0, HOUR)], ["another-cut", "inverted-range"]),
        ([mark(9)], [(0, 9), (9, HOUR)], ["added-opening-chapter"]),
    ],
    ids=lambda value: "" if not isinstance(value, list) or not value else str(value[0])[:12],
)
def test_ends_and_faults(
    marks: list[Mark], expected: list[tuple[float, float]], expected_codes: list[str]
) -> None:
    assert spans(*marks) == expected
    assert codes(*marks) == expected_codes


def test_an_end_in_minutes_may_be_rounded_up() -> None:
    assert codes(mark(0, 60), duration=59) == []
    assert spans(mark(0, 60), duration=59) == [(0, 59)]


def test_a_sub_section_within_its_section_is_nested() -> None:
    marks = [mark(0, 100, level=2), mark(10, 50, level=3), mark(50, 90, level=3), mark(100, 110)]

    assert codes(*marks, duration=120) == []
    assert spans(*marks) == [(0, 100), (10, 50), (50, 90), (100, 110)]


def test_a_sub_section_beyond_its_section_overlaps() -> None:
    assert codes(mark(0, 100, level=2), mark(10, 150, level=3)) == ["chapter-overlap"]


def test_behind_a_nested_section_a_sibling_may_still_overlap() -> None:
    marks = [mark(0, 100, level=2), mark(10, 50, level=3), mark(90, 120, level=2)]

    assert codes(*marks, duration=120) == ["chapter-overlap"]
    assert spans(*marks) == [(0, 90), (10, 50), (90, 120)]


def test_problems_name_both_lines() -> None:
    _, problems = resolve_chapters([mark(0, 9, line=3), mark(5, line=7)], 60_000, "Opening")

    assert problems[0].location.line == 7
    assert "line 3" in problems[0].message


def test_the_opening_chapter_is_marked_as_added() -> None:
    chapters, _ = resolve_chapters([mark(9)], 60_000, "Hello")

    assert [(c.title, c.added) for c in chapters] == [("Hello", True), ("line 1", False)]


def test_without_audio_an_unknown_end_is_not_invented() -> None:
    assert spans(mark(0), mark(60), duration=None) == [(0, 60), (60, 60)]
    assert codes(mark(0), mark(60, to_end=True), duration=None) == []


MARKS = st.lists(
    st.builds(
        mark,
        st.integers(0, 100),
        st.one_of(st.none(), st.integers(0, 120)),
        level=st.integers(0, 4),
        to_end=st.booleans(),
    ),
    max_size=12,
)


@given(MARKS, st.integers(1, 110))
def test_chapters_rise_within_the_audio(marks: list[Mark], duration: int) -> None:
    chapters, _ = resolve_chapters(marks, duration * 1000, "Opening")

    starts = [chapter.start_ms for chapter in chapters]
    assert starts == sorted(set(starts))
    assert all(0 <= c.start_ms < c.end_ms <= duration * 1000 for c in chapters)
    assert not chapters or chapters[0].start_ms == 0
    typed = {m.start_ms for m in marks}
    assert all(chapter.added or chapter.start_ms in typed for chapter in chapters)
