"""The number of an episode, and when it is published: by its note, or by its course's rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from castpress.model.outline import Signs
from castpress.model.podcast import EpisodeType
from castpress.read.dates import publication_date

if TYPE_CHECKING:
    from datetime import datetime

    from castpress.read.front_matter import Head
    from castpress.read.settings import CourseSettings, ShowSettings

# `042-hills`, `ep42`; a date such as `2026-03-01-hills` is no number.
_NUMBER_IN_STEM = re.compile(
    r"(?!\d{4}[-_.]\d\d[-_.]\d\d)(?:ep|episode|lesson)?[-_ ]?0*(\d{1,5})(?=[-_ .]|$)",
    re.IGNORECASE,
)


def published_of(signs: Signs, stem: str, settings: ShowSettings) -> datetime | None:
    """When the episode is published: as its note says, else as its course's rule says.

    None where neither does; a lesson without a number has no place in the rule, and neither has a
    trailer or a bonus. What only the tags of the audio say gives no date.
    """
    if signs.published is not None:
        return publication_date(signs.published, settings.time_zone)
    course = course_named(settings, signs.course)
    if course is None or course.release is None or signs.episode_type is not EpisodeType.FULL:
        return None
    _, counted = without_number(signs.title or "", course.lesson_word or "Lesson")
    number = number_of(signs.lesson, counted, stem, signs.episode_type)
    return None if number is None else course.release.moment_of(number, settings.time_zone)


def signs_of(head: Head, title: str | None = None) -> Signs:
    """What the head of a note says of its number and date; ``title`` is that of the notes."""
    given = head.settings
    return Signs(given.published, given.course, given.lesson, given.title or title, given.type)


def is_title_needed(signs: Signs, settings: ShowSettings) -> bool:
    """Whether the date hangs on a title that stands in the notes, and not in front matter."""
    course = course_named(settings, signs.course)
    has_rule = course is not None and course.release is not None
    is_told = signs.published is not None or signs.lesson is not None or signs.title is not None
    return has_rule and not is_told and signs.episode_type is EpisodeType.FULL


def course_named(settings: ShowSettings, name: str | None) -> CourseSettings | None:
    """The course of that slug or title."""
    if name is None:
        return None
    by_title = (course for course in settings.courses.values() if course.title == name)
    return settings.courses.get(name) or next(by_title, None)


def number_of(
    key: int | None, counted: int | None, stem: str, episode_type: EpisodeType
) -> int | None:
    """The number that a key gives, else the title, else the file's name; a trailer has no last."""
    if key is not None:
        return key
    if counted is not None:
        return counted
    return number_in_stem(stem) if episode_type is EpisodeType.FULL else None


def without_number(title: str, word: str) -> tuple[str, int | None]:
    """Apps show the number beside the title, and Apple wants none in it.

    >>> without_number("Lesson 6: The Lower Back", "Lesson")
    ('The Lower Back', 6)
    >>> without_number("6 drills for runners", "Lesson")
    ('6 drills for runners', None)
    """
    pattern = rf"\s*(?:{re.escape(word)}|Lesson|Episode|Ep\.?|#)\s*#?(\d{{1,5}})\s*[:.–—-]\s*(\S.*)"
    match = re.fullmatch(pattern, title, re.IGNORECASE | re.DOTALL)
    return (match.group(2).strip(), int(match.group(1))) if match else (title.strip(), None)


def number_in_stem(stem: str) -> int | None:
    """The number that a file's name begins with, None where there is none."""
    match = _NUMBER_IN_STEM.match(stem)
    return int(match.group(1)) if match else None
