"""Rules about the lessons of a course together: their order, and what they say of each other."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.model.problem import Problem, Severity
from castpress.model.teaser import in_pairs, is_full, lessons_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from castpress.model.podcast import Course, Episode, Show
    from castpress.model.schedule import Schedule

_WORD = re.compile(r"[^\W\d_]{4,}")
_ENDING = 2
_SHORTEST = 4


def lessons_out_of_order(course: Course, lessons: Sequence[Episode]) -> Iterator[Problem]:
    """A lesson comes out before the one that it follows."""
    for earlier, later in pairwise(lesson for lesson in lessons if is_full(lesson)):
        if (
            earlier.published is None
            or later.published is None
            or later.published.timestamp() >= earlier.published.timestamp()
        ):
            continue
        word = course.word
        yield Problem(
            "lessons-out-of-order",
            f"{word} {later.number} is out before {word} {earlier.number}: "
            f"{_typed(later)} and {_typed(earlier)}",
            later.location,
            Severity.WARNING,
            "change one of the dates (`published:`, or `release:` of the course), or `lesson:`",
        )


def teaser_differs(course: Course, lessons: Sequence[Episode]) -> Iterator[Problem]:
    """What the notes promise for next time does not sound like the next lesson."""
    for episode, following in in_pairs(lessons):
        said = episode.announcement
        if said is None or not course.has_teasers or _speaks_of(said.text, following.title):
            continue
        next_place = following.location
        yield Problem(
            "teaser-differs",
            f"the notes say {said.text!r}, and the next {course.word.lower()} is called "
            f"{following.title!r} ({next_place.file}:{next_place.line})",
            said.location,
            Severity.NOTE,
            "change the sentence or that title; without the sentence castpress writes one",
        )


def check_courses(show: Show, plan: Schedule) -> tuple[Problem, ...]:
    """What the rules find in each course, among what is out and what has a date."""
    return tuple(
        problem
        for course in show.courses
        for rule in (lessons_out_of_order, teaser_differs)
        for problem in rule(course, lessons_of(plan, course.slug))
    )


def _speaks_of(text: str, title: str) -> bool:
    """Whether a word of the title is in the text, in this form or nearly; short ones say nothing.

    >>> _speaks_of("Next week we free your shoulder.", "The Shoulders")
    True
    """
    words = _WORD.findall(title.casefold())
    stems = [word[: max(_SHORTEST, len(word) - _ENDING)] for word in words]
    return not stems or any(stem in text.casefold() for stem in stems)


def _typed(episode: Episode) -> str:
    return episode.published.isoformat(" ", "minutes") if episode.published else ""
