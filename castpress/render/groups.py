"""The episodes by tag, by season and by person: one list each, on pages of their own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from castpress.model.derived_feed import By, people_of
from castpress.model.podcast import FeedType
from castpress.render.list_addresses import person_path, season_path, tag_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import datetime

    from castpress.model.messages import Messages
    from castpress.model.own_pages import OwnPage
    from castpress.model.podcast import Feed, Person, Release
    from castpress.render.catalogue import Catalogue

ROWS = 200
"""The most that a page lists; what is more goes on at ``2/`` below it."""


class Kind(StrEnum):
    """What the episodes of a group have in common."""

    TAG = "tag"
    SEASON = "season"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Group:
    """Episodes with something in common, as they are listed on the page at ``path``.

    ``people`` is all that was ever said of a person, what is true now first. ``siblings`` are the
    other groups that its page names: (title, path). ``feed`` holds these episodes and no others.
    ``reading`` are own pages with the tag. All but them and the releases is in its ``repr``.
    """

    kind: Kind
    path: str
    title: str
    releases: tuple[Release, ...] = field(repr=False)
    feed: Feed | None = None
    number: int | None = None
    people: tuple[Person, ...] = ()
    siblings: tuple[tuple[str, str], ...] = ()
    reading: tuple[OwnPage, ...] = field(default=(), repr=False)

    @property
    def count(self) -> int:
        """How many episodes there are."""
        return len(self.releases)

    @property
    def changed(self) -> datetime | None:
        """When the newest change of what is listed was."""
        dates = [release.changed for release in self.releases]
        dates += [own.published for own in self.reading if own.published]
        return max(dates, default=None)


def groups_of(listed: Catalogue) -> tuple[Group, ...]:
    """Every group that has a page: tags and people by their addresses, between them the seasons.

    Whoever the show or a course names has a page before there is an episode.
    """
    return (*_tags(listed), *_seasons(listed), *_people(listed))


def of_kind(groups: Iterable[Group], kind: Kind) -> tuple[Group, ...]:
    """The groups of one kind."""
    return tuple(group for group in groups if group.kind is kind)


def _tags(listed: Catalogue) -> Iterator[Group]:
    """Episodes, lessons and own pages by tag, the newest first."""
    releases: dict[str, list[Release]] = {}
    names: dict[str, Counter[str]] = {}
    for release in listed.edition.releases:
        for tag in release.episode.tags:
            path = tag_path(tag)
            names.setdefault(path, Counter())[tag] += 1
            found = releases.setdefault(path, [])
            if not found or found[-1] is not release:
                found.append(release)
    reading: dict[str, dict[str, OwnPage]] = {}
    for own in listed.edition.pages:
        for tag in own.tags:
            path = tag_path(tag)
            names.setdefault(path, Counter())[tag] += 1
            reading.setdefault(path, {})[own.link.path] = own
    feeds = _feeds(listed, By.TAG)
    for path in sorted(names):
        # As it is written most often, and of two the newer way.
        title = names[path].most_common(1)[0][0]
        yield Group(
            Kind.TAG,
            path,
            title,
            tuple(releases.get(path, ())),
            feeds.get(path),
            reading=tuple(reading.get(path, {}).values()),
        )


def _seasons(listed: Catalogue) -> Iterator[Group]:
    """The seasons of the show itself, in its own order; courses have none."""
    feed = listed.edition.show.feed
    told = listed.order[None]
    in_order = told if feed.feed_type is FeedType.SERIAL else tuple(reversed(told))
    by_number: dict[int, list[Release]] = {}
    for release in in_order:
        if release.episode.season is not None:
            by_number.setdefault(release.episode.season, []).append(release)
    feeds = _feeds(listed, By.SEASON)
    titles = {n: _season_title(n, found, listed.frame.say) for n, found in by_number.items()}
    numbers = sorted(by_number)
    links = tuple((titles[number], season_path(number)) for number in numbers)
    for number in numbers:
        path = season_path(number)
        releases = tuple(by_number[number])
        siblings = links if len(links) > 1 else ()
        yield Group(
            Kind.SEASON,
            path,
            titles[number],
            releases,
            feeds.get(path),
            number=number,
            siblings=siblings,
        )


def _season_title(number: int, releases: list[Release], say: Messages) -> str:
    """The name that the newest episode of the season has for it, else its number."""
    newest_first = sorted(releases, key=lambda release: release.published, reverse=True)
    names = (release.episode.season_name for release in newest_first)
    return next(filter(None, names), say("label.season", number=number))


def _people(listed: Catalogue) -> Iterator[Group]:
    """Everybody who is in an episode or whom the show names, with the episodes, newest first."""
    show = listed.edition.show
    said: dict[str, list[Person]] = {}
    releases: dict[str, list[Release]] = {}
    named = [show.feed.people, *(course.feed.people for course in listed.frame.taught)]
    for people in named:
        for person in people:
            said.setdefault(person_path(person.name), []).append(person)
    for release in listed.edition.releases:
        feed = listed.frame.feed(release)
        for person in people_of(release.episode.people, feed.people):
            path = person_path(person.name)
            said.setdefault(path, []).append(person)
            found = releases.setdefault(path, [])
            if not found or found[-1] is not release:
                found.append(release)
    feeds = _feeds(listed, By.PERSON)
    for path in sorted(said):
        known = tuple(dict.fromkeys(said[path]))
        yield Group(
            Kind.PERSON,
            path,
            " ".join(known[0].name.split()),
            tuple(releases.get(path, ())),
            feeds.get(path),
            people=known,
        )


def _feeds(listed: Catalogue, by: By) -> Mapping[str, Feed]:
    """The feeds of that kind which are there, by the page of what they hold."""
    found: dict[str, Feed] = {}
    for derived in listed.edition.show.derived:
        if derived.by is by and derived.feed in listed.frame.feeds and derived.value is not None:
            value = derived.value
            if by is By.SEASON:
                path = season_path(int(value))
            else:
                path = (tag_path if by is By.TAG else person_path)(str(value))
            found.setdefault(path, derived.feed)
    return found
