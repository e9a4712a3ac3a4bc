"""What a lesson says of the one that follows it, before that one is out.

No text of an episode leaves before its time; this is the one exception, and all of it: the title,
the teaser line and the date of the next lesson of a course.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.podcast import EpisodeType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from castpress.model.podcast import Episode, Show
    from castpress.model.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Teaser:
    """A lesson as the one before it tells of it; ``text`` is the author's line, if there is one.

    It is the same before and after the lesson is out. ``guid`` is for finding its page then, and
    is not shown.
    """

    guid: str
    title: str
    text: str | None
    published: datetime


def teasers_of(show: Show, plan: Schedule) -> dict[str, Teaser]:
    """By guid what lessons say of the next one.

    A lesson whose notes tell of the next one themselves says no more.
    """
    return {
        episode.guid: teaser_of(following)
        for course in show.courses
        if course.has_teasers
        for episode, following in in_pairs(lessons_of(plan, course.slug))
        if episode.announcement is None
    }


def coming_of(show: Show, plan: Schedule) -> dict[str, Teaser]:
    """By the slug of a course the first of its lessons that is not out."""
    taught = {episode.course for episode in plan.released}
    found = {}
    for course in show.courses:
        waiting = {episode.guid for episode in plan.scheduled}
        lessons = (e for e in lessons_of(plan, course.slug) if is_full(e) and e.guid in waiting)
        first = next(lessons, None)
        if course.has_teasers and first is not None and course.slug in taught:
            found[course.slug] = teaser_of(first)
    return found


def lessons_of(plan: Schedule, course: str) -> list[Episode]:
    """What is out of a course or has a date, in the order in which it is told."""
    dated = (*plan.released, *plan.scheduled)
    return sorted((e for e in dated if e.course == course), key=told_in_order)


def in_pairs(ordered: Iterable[Episode]) -> Iterator[tuple[Episode, Episode]]:
    """Each episode of a course with the lesson that follows it; a bonus or trailer is no lesson."""
    waiting: list[Episode] = []
    for episode in ordered:
        if is_full(episode):
            yield from ((earlier, episode) for earlier in waiting)
            waiting = []
        waiting.append(episode)


def teaser_of(episode: Episode) -> Teaser:
    """What may be told of an episode with a date."""
    if episode.published is None:
        raise ValueError(f"{episode.stem} is promised without a date")
    return Teaser(episode.guid, episode.title, episode.teaser, episode.published)


def is_full(episode: Episode) -> bool:
    """Whether it is a lesson, and no bonus or trailer."""
    return episode.episode_type is EpisodeType.FULL


def told_in_order(episode: Episode) -> tuple[bool, int, float, float, str]:
    """The key for serial shows: trailer first, then by season and number.

    What has no number stands last in its season, and what has no date behind what has one.
    """
    return (
        episode.episode_type is not EpisodeType.TRAILER,
        episode.season or 0,
        math.inf if episode.number is None else episode.number,
        math.inf if episode.published is None else episode.published.timestamp(),
        episode.slug,
    )
