"""What a lesson says of the one that follows it, before that one is out.

No text of an episode leaves before its time; this is the one exception, and all of it: the title,
the teaser line and the date of the next lesson of a course, and how many more have a date.
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


@dataclass(frozen=True, slots=True)
class Coming:
    """What may be told of the lessons of a course that have a date and are not out.

    ``first`` is the next of them; of the others only that there are ``waiting`` in all, the
    highest of them numbered ``last_number`` (0 where none has a number).
    """

    first: Teaser
    waiting: int
    last_number: int


def teasers_of(show: Show, plan: Schedule) -> dict[str, Teaser]:
    """By guid what lessons say of the next one.

    A lesson whose notes tell of the next one themselves says no more, nor does one behind which a
    lesson is missing: what follows the gap is not the next.
    """
    return {
        episode.guid: teaser_of(following)
        for course in show.courses
        if course.has_teasers
        for episode, following in in_pairs(lessons_of(plan, course.slug))
        if episode.announcement is None and not _is_gap(plan, episode, following)
    }


def _is_gap(plan: Schedule, episode: Episode, following: Episode) -> bool:
    """Whether a lesson without a date belongs between the two."""
    return any(
        (episode.number or 0) < (other.number or 0) < (following.number or 0)
        for other in (*plan.drafts, *plan.undated)
        if other.course == episode.course
    )


def coming_of(show: Show, plan: Schedule) -> dict[str, Coming]:
    """By the slug of a course what is told of its lessons that are not out."""
    taught = {episode.course for episode in plan.released}
    scheduled = {episode.guid for episode in (*plan.scheduled, *plan.unheard)}
    found = {}
    for course in show.courses:
        if not course.has_teasers or course.slug not in taught:
            continue
        lessons = lessons_of(plan, course.slug)
        waiting = [e for e in lessons if is_full(e) and e.guid in scheduled]
        if waiting:
            last = max(episode.number or 0 for episode in waiting)
            found[course.slug] = Coming(teaser_of(waiting[0]), len(waiting), last)
    return found


def lessons_of(plan: Schedule, course: str) -> list[Episode]:
    """What is out of a course or has a date, in the order in which it is told."""
    dated = (*plan.released, *plan.scheduled, *plan.unheard)
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
        math.inf if episode.number is None else float(episode.decimal_number or episode.number),
        math.inf if episode.published is None else episode.published.timestamp(),
        episode.slug,
    )
