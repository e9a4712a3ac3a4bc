"""When lessons come out that have no date of their own."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from castpress.model.outline import Signs
from castpress.model.podcast import EpisodeType
from castpress.model.problem import Problem
from castpress.read.lessons import is_title_needed, published_of
from castpress.read.settings import PlacedSettings, parse_settings

SETTINGS = """\
title: A Show
base_url: https://a.example/
guid: 9b024349-ccf0-5f69-a609-6b82873eab3c
description: About.
categories: [Sports > Running]
time_zone: Europe/Berlin
courses:
  steps:
    title: First Steps
    description: Four weeks.
    lesson_word: Step
    release:
"""
WEEKLY = "start: 2026-10-20 06:00\nevery: 7 days"


def read(rule: str, settings: str = SETTINGS) -> tuple[PlacedSettings | None, tuple[Problem, ...]]:
    lines = "".join(f"      {line}\n" for line in rule.splitlines())
    return parse_settings(settings + lines, PurePosixPath("show.yaml"))


def moment(rule: str, signs: Signs, stem: str = "talk") -> str | None:
    placed, problems = read(rule)
    assert placed is not None
    assert problems == ()
    found = published_of(signs, stem, placed.settings)
    return found.isoformat() if found else None


def lesson(number: int | None, **given: object) -> Signs:
    plain: dict[str, object] = {
        "published": None,
        "course": "steps",
        "lesson": number,
        "title": None,
        "episode_type": EpisodeType.FULL,
    }
    return Signs(**{**plain, **given})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "number", "expected"),
    [
        (WEEKLY, 1, "2026-10-20T06:00:00+02:00"),
        (WEEKLY, 2, "2026-10-27T06:00:00+01:00"),  # winter: still at six
        (WEEKLY, 24, "2027-03-30T06:00:00+02:00"),  # summer again
        ("start: 2026-10-20 06:00\nevery: week", 2, "2026-10-27T06:00:00+01:00"),
        ("start: 2026-10-20 06:00\nevery: 2 weeks", 2, "2026-11-03T06:00:00+01:00"),
        ("start: 2026-10-20 06:00\nevery: day", 2, "2026-10-21T06:00:00+02:00"),
        ("start: 2026-10-20 06:00\nevery: 7", 2, "2026-10-27T06:00:00+01:00"),
        ("start: 2026-10-20 06:00\nevery: 10 Days", 2, "2026-10-30T06:00:00+01:00"),
        ("start: 2026-10-20\nevery: 1 day", 3, "2026-10-22T00:00:00+02:00"),
        # 2:30 is left out on 28 March 2027, and comes twice on 25 October 2026.
        ("start: 2027-03-21 02:30\nevery: week", 2, "2027-03-28T03:30:00+02:00"),
        ("start: 2027-03-21 02:30\nevery: week", 3, "2027-04-04T02:30:00+02:00"),
        ("start: 2026-10-18 02:30\nevery: week", 2, "2026-10-25T02:30:00+02:00"),
        ("start: 2027-03-28 02:30\nevery: week", 1, "2027-03-28T03:30:00+02:00"),
        ("start: 2027-03-28 02:30\nevery: week", 2, "2027-04-04T02:30:00+02:00"),
        # An offset says which moment lesson 1 has; the clock of the others is the show's.
        ("start: 2026-10-20T04:00Z\nevery: week", 1, "2026-10-20T06:00:00+02:00"),
        ("start: 2026-10-20T04:00Z\nevery: week", 2, "2026-10-27T06:00:00+01:00"),
        ("start: 2026-10-25 02:30+01:00\nevery: week", 1, "2026-10-25T02:30:00+01:00"),
        ("dates: [2026-09-08 06:00, 2026-09-30, 2026-12-01 7:15]", 1, "2026-09-08T06:00:00+02:00"),
        ("dates: [2026-09-08 06:00, 2026-09-30, 2026-12-01 7:15]", 2, "2026-09-30T00:00:00+02:00"),
        ("dates: [2026-09-08 06:00, 2026-09-30, 2026-12-01 7:15]", 3, "2026-12-01T07:15:00+01:00"),
        ("dates: [2026-09-08 06:00, 2026-09-30, 2026-12-01 7:15]", 4, None),
        ("dates: 2026-09-08 06:00", 1, "2026-09-08T06:00:00+02:00"),
        (WEEKLY, None, None),
        (WEEKLY, 0, None),
        (WEEKLY, 99_999, None),  # in no year of this age
        (WEEKLY, 10**30, None),
    ],
)
def test_each_lesson_has_its_moment(rule: str, number: int | None, expected: str | None) -> None:
    assert moment(rule, lesson(number)) == expected


@pytest.mark.parametrize(
    ("signs", "stem", "expected"),
    [
        (lesson(2), "talk", 27),
        (lesson(None, title="Step 2: Balance"), "talk", 27),
        (lesson(None, title="Lesson 2: Balance"), "talk", 27),
        (lesson(None, title="2 steps to balance"), "talk", None),
        (lesson(None), "002-talk", 27),
        (lesson(None, title="Balance"), "lesson-02-balance", 27),
        (lesson(2, title="Lesson 3: Balance"), "004-talk", 27),
        (lesson(None, title="Lesson 2: Balance"), "004-talk", 27),
        (lesson(2, course="First Steps"), "talk", 27),
        (lesson(2, published="2026-11-02 06:00"), "talk", 2),
        (lesson(2, course=None), "002-talk", None),
        (lesson(2, course="other"), "002-talk", None),
        (lesson(2, episode_type=EpisodeType.BONUS), "002-talk", None),
        (lesson(None, episode_type=EpisodeType.TRAILER), "002-talk", None),
    ],
)
def test_the_note_says_which_lesson_it_is_and_its_own_date_wins(
    signs: Signs, stem: str, expected: int | None
) -> None:
    found = moment(WEEKLY, signs, stem)
    assert (found and int(found[8:10])) == expected


@pytest.mark.parametrize(
    ("signs", "expected"),
    [
        (lesson(None), True),
        (lesson(2), False),
        (lesson(None, title="Step 2: Balance"), False),
        (lesson(None, published="2026-11-02"), False),
        (lesson(None, course=None), False),
        (lesson(None, episode_type=EpisodeType.BONUS), False),
    ],
)
def test_the_notes_are_asked_for_a_title_only_where_the_date_hangs_on_it(
    signs: Signs, *, expected: bool
) -> None:
    placed, _ = read(WEEKLY)
    assert placed is not None
    assert is_title_needed(signs, placed.settings) is expected


@pytest.mark.parametrize(
    ("rule", "line", "said", "to_type"),
    [
        ("start: 2026-10-20", 13, "`every:` is missing beside `start:`", "every: 7 days"),
        ("every: 7 days", 13, "`start:` is missing beside `every:`", "start: 2026-09-08 06:00"),
        ("dates: []", 13, "no date is written", "`dates:` with a list"),
        (f"{WEEKLY}\ndates: [2026-10-20]", 13, "`dates:` stands alone", "delete `dates:`"),
        ("every: 7 days\ndates: [2026-10-20]", 13, "`dates:` stands alone", "delete `dates:`"),
        ("start: 2026-10-20\nevery: month", 14, "whole days or weeks, found 'month'", "`2 weeks`"),
        ("start: 2026-10-20\nevery: 12 hours", 14, "whole days or weeks", "`7 days`"),
        ("start: 2026-10-20\nevery: 1.5 days", 14, "whole days or weeks", "`7 days`"),
        ("start: 2026-10-20\nevery: 0", 14, "expected 1 to 366 days", "`7 days`"),
        ("start: 2026-10-20\nevery: 9999 weeks", 14, "expected 1 to 366 days", "`dates:`"),
        ("start: 2026-10-20\nevery:", 13, "`every:` is missing beside", "every: 7 days"),
        ("start: soon\nevery: week", 13, "expected a date, found 'soon'", "2026-03-01 06:00"),
        ("start: 2026-02-30\nevery: week", 13, "no such day", "one that exists"),
        ("dates: [2026-10-20, someday]", 13, "expected a date, found 'someday'", "2026-03-01"),
        ("start: 2026-10-20\ninterval: week", 14, "is called otherwise", "write `every:`"),
        ("weekly", 13, "expected `key: value` lines", "indented"),
    ],
)
def test_what_is_no_rule_is_said_at_its_place(
    rule: str, line: int, said: str, to_type: str
) -> None:
    _, problems = read(rule)
    problem = problems[0]
    assert (problem.location.line, len(problems)) == (line, 1)
    assert said in problem.message
    assert to_type in (problem.help or "")
