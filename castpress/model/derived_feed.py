"""Feeds beside the main one and those of courses: which episodes they take, how one is parted.

A derived feed repeats items that have their home elsewhere, under the same guids. An archive page
is the older part of a large feed (RFC 5005).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from castpress.model.podcast import Episode, Feed, Person, Show

# Podcast taxonomy: whoever names one of these has named all that speak.
Told = TypeVar("Told")
_STAND_ALONE_ROLES = frozenset({"host", "guest host"})


class By(StrEnum):
    """By what a derived feed takes episodes."""

    TAG = "tag"
    PERSON = "person"
    SEASON = "season"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class DerivedFeed:
    """A feed that repeats some of the show's episodes: those of a tag, a person, a season, or all.

    ``value`` is the tag, the name or the season's number, None for all.
    """

    feed: Feed
    by: By
    value: str | int | None = None


@dataclass(frozen=True, slots=True)
class Paging:
    """Where one part of a large feed stands among the others: their paths in the output.

    ``first`` is the feed itself with the newest items, ``last`` the oldest page; ``previous`` is
    the next newer part, ``next`` the next older one. ``prev_archive`` and ``next_archive`` are the
    older and the newer archive page, ``current`` is the feed that an archive page belongs to, and
    None in that feed itself. Source: RFC 5005, sections 3 and 4.
    """

    first: str
    last: str
    previous: str | None = None
    next: str | None = None
    prev_archive: str | None = None
    next_archive: str | None = None
    current: str | None = None

    @property
    def is_archive(self) -> bool:
        """Whether it is an archive page: nobody subscribes to it, and its items stay in it."""
        return self.current is not None


def members(show: Show, episodes: Iterable[Episode]) -> tuple[tuple[Episode, ...], ...]:
    """For each derived feed of the show the episodes that belong into it, in their own order.

    Lessons do, but for seasons, which courses lack. It is one pass over the episodes, however many
    feeds there are.
    """
    every = tuple(episodes)
    kinds = {derived.by for derived in show.derived}
    index: dict[tuple[By, str], list[Episode]] = {}
    for episode in every:
        for by in kinds:
            for value in {found.casefold() for found in values_of(by, episode, show)}:
                index.setdefault((by, value), []).append(episode)
    return tuple(
        every
        if derived.by is By.ALL
        else tuple(index.get((derived.by, str(derived.value).casefold()), ()))
        for derived in show.derived
    )


def values_of(by: By, episode: Episode, show: Show) -> tuple[str, ...]:
    """The tags of an episode, the names of its people, or its season, as text."""
    if by is By.TAG:
        return episode.tags
    if by is By.PERSON:
        people = people_of(episode.people, show.home_of(episode.course).people)
        return tuple(dict.fromkeys(" ".join(person.name.split()) for person in people))
    if by is By.SEASON and episode.course is None and episode.season is not None:
        return (str(episode.season),)
    return ()


def told_apart(own: Told, home: Told, shows: Told) -> Told:
    """What an episode says for itself: its own, else its home's where that is not the show's.

    So an item holds true in every feed that repeats it, and says nothing twice in most.

    >>> told_apart((), ("Toronto",), ("Ghent",)), told_apart((), ("Ghent",), ("Ghent",))
    (('Toronto',), ())
    """
    return own or (home if home != shows else own)


def people_of(own: tuple[Person, ...], home: Iterable[Person]) -> tuple[Person, ...]:
    """Who is in an episode: its own people after those of its feed, each name once.

    An episode that names its host is taken at its word, and one without people has its feed's.
    Feeds and pages say the same.
    """
    if any(person.role.casefold() in _STAND_ALONE_ROLES for person in own):
        return own
    named = {" ".join(person.name.split()).casefold() for person in own}
    others = (p for p in home if " ".join(p.name.split()).casefold() not in named)
    return (*others, *own)
