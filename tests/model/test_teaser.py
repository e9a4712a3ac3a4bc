"""Which lesson is the next, and what may be told of it before its time."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

import pytest

from castpress.check.courses import check_courses
from castpress.check.leaving import check_leaving
from castpress.model.ledger import Ledger, LedgerEntry, PublishedAudio, WrittenTags
from castpress.model.notes import Mention
from castpress.model.podcast import (
    AudioFacts,
    Course,
    Enclosure,
    Episode,
    EpisodeType,
    Feed,
    FeedType,
    Show,
)
from castpress.model.problem import Location, Severity
from castpress.model.schedule import schedule
from castpress.model.teaser import coming_of, teasers_of

START = datetime(2026, 9, 8, 6, tzinfo=UTC)
FEED = Feed("feed.xml", "", "g", "A Show", "About.", "en", FeedType.SERIAL, (), None, "Ida")
STEPS = Course("steps", replace(FEED, path="courses/steps/feed.xml"))
SHOW = Show("https://a.example/", FEED, "UTC", courses=(STEPS,))
QUIET = replace(SHOW, courses=(replace(STEPS, has_teasers=False),))
FACTS = AudioFacts("audio/mpeg", "mp3", 1, 600_000, "sha")
KNEE = Mention("Next week: the knee.", Location(PurePosixPath("show_notes/a.md"), 40))


def lesson(number: int, title: str = "", **given: object) -> Episode:
    """One that comes out in week ``number``."""
    return replace(
        Episode(
            guid=f"g{number}",
            stem=f"{number}",
            slug=f"{number}",
            title=title or f"Part {number}",
            audio=FACTS,
            location=Location(PurePosixPath(f"show_notes/{number}.md"), 1),
            published=START + timedelta(weeks=number - 1),
            number=number,
            course="steps",
        ),
        **given,  # type: ignore[arg-type]
    )


BONUS = replace(lesson(9), number=None, episode_type=EpisodeType.BONUS)
TRAILER = replace(BONUS, episode_type=EpisodeType.TRAILER)


@pytest.mark.parametrize(
    ("lessons", "expected"),
    [
        ([lesson(1), lesson(2), lesson(3)], {"g1": "g2", "g2": "g3"}),
        ([lesson(1), lesson(3)], {"g1": "g3"}),
        ([lesson(1), lesson(2, is_draft=True)], {}),
        ([lesson(1), lesson(2, is_withdrawn=True), lesson(3)], {"g1": "g3"}),
        ([lesson(1), lesson(2, published=None)], {}),
        # What follows a lesson that is not ready is not the next one.
        ([lesson(1), lesson(2, is_draft=True), lesson(3), lesson(4)], {"g3": "g4"}),
        ([lesson(1), lesson(2, published=None), lesson(3)], {}),
        ([lesson(1), lesson(2, course=None)], {}),
        ([lesson(1, announcement=KNEE), lesson(2), lesson(3)], {"g2": "g3"}),
        (
            [lesson(1), lesson(2, episode_type=EpisodeType.BONUS), lesson(3)],
            {"g1": "g3", "g2": "g3"},
        ),
        ([lesson(1), BONUS], {}),
        ([TRAILER, lesson(1)], {"g9": "g1"}),
        ([lesson(1, published=START + timedelta(weeks=5)), lesson(2)], {"g1": "g2"}),
    ],
)
def test_the_next_lesson_is_the_next_by_number_that_has_a_date(
    lessons: list[Episode], expected: dict[str, str]
) -> None:
    for weeks in (0, 1, 2, 9):
        # Whether it is out makes no difference: no item changes by the clock.
        plan = schedule(lessons, START + timedelta(weeks=weeks))
        found = {guid: teaser.guid for guid, teaser in teasers_of(SHOW, plan).items()}
        assert found == expected
        assert teasers_of(QUIET, plan) == {}


def test_only_title_line_and_date_are_told() -> None:
    plan = schedule([lesson(1), lesson(2, "The Hip", teaser="Its boss.")], START)
    (teaser,) = teasers_of(SHOW, plan).values()
    assert (teaser.title, teaser.text) == ("The Hip", "Its boss.")
    assert teaser.published == START + timedelta(weeks=1)


@pytest.mark.parametrize(
    ("weeks", "expected"),
    [(-1, None), (0, ("g2", 2, 3)), (1, ("g3", 1, 3)), (1.5, ("g3", 1, 3)), (2, None)],
)
def test_the_page_of_the_course_knows_the_first_that_is_not_out(
    weeks: float, expected: tuple[str, int, int] | None
) -> None:
    plan = schedule([lesson(1), lesson(2), lesson(3)], START + timedelta(weeks=weeks))
    found = coming_of(SHOW, plan).get("steps")
    assert (found and (found.first.guid, found.waiting, found.last_number)) == expected
    assert coming_of(QUIET, plan) == {}


@pytest.mark.parametrize(
    ("lessons", "said"),
    [
        ([lesson(1), lesson(2), lesson(3)], []),
        ([lesson(1), lesson(2, published=START)], []),
        (
            [lesson(1), lesson(2), lesson(3, published=START)],
            ["Lesson 3 is out before Lesson 2: 2026-09-08 06:00+00:00 and 2026-09-15 06:00+00:00"],
        ),
        ([lesson(1), lesson(2), lesson(3, published=START, is_draft=True)], []),
        ([lesson(1), lesson(2), lesson(3, published=START, episode_type=EpisodeType.BONUS)], []),
    ],
)
def test_lessons_come_out_in_their_order(lessons: list[Episode], said: list[str]) -> None:
    problems = check_courses(SHOW, schedule(lessons, START))
    assert [p.message for p in problems] == said
    assert all(p.code == "lessons-out-of-order" for p in problems)
    assert all(p.severity is Severity.WARNING for p in problems)


@pytest.mark.parametrize(
    ("text", "title", "is_told"),
    [
        ("Next week: the knee.", "The Knee", False),
        ("Next week: the knee.", "Knees, and what they carry", False),
        ("Next week: the KNEES.", "The Knee", False),
        ("Next week: the knee.", "The Shoulders", True),
        ("Next week: we free your shoulder.", "The Shoulders", False),
        ("Next week: the knee.", "The Hip", False),  # no word that could tell
        ("Nächste Woche: die Füße.", "Die Füße", False),
        ("Nächste Woche: die Füße.", "Das Knie und du", True),
    ],
)
def test_a_promise_that_is_not_of_the_next_lesson_is_told(
    text: str, title: str, *, is_told: bool
) -> None:
    first = lesson(1, announcement=replace(KNEE, text=text))
    problems = check_courses(SHOW, schedule([first, lesson(2, title)], START))
    assert [p.code for p in problems] == (["teaser-differs"] if is_told else [])
    for problem in problems:
        assert (str(problem.location.file), problem.location.line) == ("show_notes/a.md", 40)
        assert f"{title!r} (show_notes/2.md:1)" in problem.message
    assert check_courses(QUIET, schedule([first, lesson(2, title)], START)) == ()


def entry(number: int, **given: object) -> LedgerEntry:
    tags = WrittenTags("t", "a", "b", date=(START + timedelta(weeks=number - 1)).date())
    audio = PublishedAudio(Enclosure(f"audio/{number}.mp3", "audio/mpeg", 1, "sha"), FACTS, tags)
    known = LedgerEntry(f"g{number}", f"{number}", "sha", slug=f"{number}", audio=audio)
    return replace(known, **given)  # type: ignore[arg-type]


LATER = START + timedelta(weeks=20)


@pytest.mark.parametrize(
    ("lesson_now", "recorded", "why"),
    [
        (lesson(2, published=LATER), entry(2), "its date is 2027-01-26 06:00+00:00 now"),
        (lesson(2, published=None), entry(2), "it has no date now"),
        (lesson(2, is_draft=True, published=None), entry(2), "it is a draft now"),
        (lesson(2), entry(2), None),  # the moment of the build is an earlier one
        (lesson(2, published=START), entry(2), None),
        (lesson(2, published=LATER), entry(3), None),
        (lesson(2, published=LATER), entry(2, is_withdrawn=True), None),
        (lesson(2, published=LATER), entry(2, audio=None), None),
    ],
)
def test_a_lesson_that_is_out_and_would_leave_is_told(
    lesson_now: Episode, recorded: LedgerEntry, why: str | None
) -> None:
    problems = check_leaving(schedule([lesson_now], START), Ledger((recorded,)), "UTC")
    assert [p.code for p in problems] == (["date-taken-back"] if why else [])
    for problem in problems:
        assert why
        assert why in problem.message
        hour = " 06:00`, or the hour it had" if lesson_now.published else "` and the hour it had"
        assert f"`published: 2026-09-15{hour}" in (problem.help or "")
