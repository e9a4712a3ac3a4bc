"""Which episode stands before, after and beside which."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from castpress.model.feed_files import feed_files
from castpress.model.podcast import FeedType, Link
from castpress.model.related import Directory
from castpress.model.teaser import is_full, told_in_order
from castpress.render.related import most_shared, places_by_guest, places_by_tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from castpress.model.feed_files import FeedFile
    from castpress.model.messages import Messages
    from castpress.model.own_pages import PageLink
    from castpress.model.podcast import Course, Edition, Episode, Feed, Release, Show
    from castpress.model.teaser import Coming, Teaser

_RELATED = 3
_READING = 2


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page knows of the show around it: nothing of single episodes is in it.

    ``taught`` are the courses with a lesson out; ``newest_year`` is the only clock that pages know.
    ``feeds`` are those that people can subscribe to, the main one first. ``say`` has the phrases in
    the language of the page, which is the show's unless it is told otherwise.
    """

    show: Show
    newest_year: int | None
    taught: tuple[Course, ...]
    feeds: tuple[Feed, ...]
    say: Messages

    def speaking(self, language: str) -> Frame:
        """The same around a page in another language."""
        return replace(self, say=self.show.messages_in(language))

    def course(self, release: Release) -> Course | None:
        """The course that the release is a lesson of."""
        slug = release.episode.course
        return None if slug is None else next((c for c in self.taught if c.slug == slug), None)

    def feed(self, release: Release) -> Feed:
        """The feed that the release has its home in."""
        course = self.course(release)
        return course.feed if course else self.show.feed


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All that the page of one release knows of the others; rendering it reads nothing else.

    So a page is made anew only where it, its frame or one of these has changed. ``lesson_count`` is
    that of the whole course, with the lessons that it announces, and 0 outside of courses;
    ``lesson_keys`` are the guids of those that are out. ``chosen`` is what the author named as
    related, each page of the show by its title of now; ``related`` is found where nothing of that
    is out.
    ``teaser`` tells of the next lesson, and ``following`` is what stands there to go on with: that
    lesson, if it is out, or whatever comes after where there is none. ``reading`` are articles on
    what the release is about.
    """

    before: Release | None
    after: Release | None
    related: tuple[Release, ...]
    lesson_count: int
    lesson_keys: tuple[str, ...] = ()
    teaser: Teaser | None = None
    following: Release | None = None
    reading: tuple[PageLink, ...] = ()
    chosen: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """An edition, put in order once for all its pages; of the episodes it needs no notes.

    ``order`` holds each feed's releases from first to last, by course (None is the main feed);
    ``position`` is a release's place in that order, by page. ``place`` is its place in the edition;
    ``tagged`` are places by tag, ``heard`` those by guest, ``read_on`` those of own pages by tag,
    ``lesson_counts`` the numbers of lessons by course, and ``lesson_keys`` the guids of those that
    are out. ``feeds`` are all feeds as files, in the order of publication. ``directory`` finds what
    notes name, where they name anything.
    """

    edition: Edition
    frame: Frame
    order: Mapping[str | None, tuple[Release, ...]]
    position: Mapping[str, int]
    place: Mapping[str, int]
    by_guid: Mapping[str, Release]
    tagged: Mapping[str, tuple[int, ...]]
    heard: Mapping[str, tuple[int, ...]]
    read_on: Mapping[str, tuple[int, ...]]
    lesson_counts: Mapping[str, int]
    lesson_keys: Mapping[str, tuple[str, ...]]
    newest_change: datetime | None
    feeds: tuple[FeedFile, ...]
    directory: Directory | None

    def surroundings(self, release: Release) -> Surroundings:
        """What the page of the release knows of the others."""
        episode = release.episode
        teaser = self.edition.teasers.get(episode.guid)
        after = self.after(release)
        chosen = tuple(self._chosen(episode))
        return Surroundings(
            before=self.before(release),
            after=after,
            related=() if chosen else self.related(release),
            lesson_count=self.lesson_counts.get(episode.course or "", 0),
            lesson_keys=self.lesson_keys.get(episode.course or "", ()),
            teaser=teaser,
            following=self.by_guid.get(teaser.guid) if teaser else after,
            reading=() if chosen else self.reading(release),
            chosen=chosen,
        )

    def _chosen(self, episode: Episode) -> Iterator[Link]:
        """What the author named as related, as far as it is out."""
        for entry in episode.related:
            if isinstance(entry, Link):
                yield entry
                continue
            found = self.directory.find(entry.name, episode) if self.directory else None
            if self.directory and found and found.path not in self.directory.waiting:
                yield Link(found.title, found.path)

    def before(self, release: Release) -> Release | None:
        """The release before this one in its feed's order."""
        place = self.position[release.episode.page_path]
        return self.order[release.episode.course][place - 1] if place else None

    def after(self, release: Release) -> Release | None:
        """The release after this one in its feed's order."""
        order = self.order[release.episode.course]
        place = self.position[release.episode.page_path] + 1
        return order[place] if place < len(order) else None

    def related(self, release: Release) -> tuple[Release, ...]:
        """Up to three releases that share the most tags and guests with this one, newest first.

        Where there are fewer, what is a step further away than the links to the next and the
        previous one fills up, because it is of the same weeks and seldom more: the one after the
        next, then the one before the previous. Lessons and a show that is told from the beginning
        are left as they are: who skips one there has missed something.
        """
        own = self.place[release.episode.page_path]
        best = most_shared(release, _RELATED + 1, self.tagged, self.heard)
        found = [self.edition.releases[place] for place in best if place != own]
        return tuple((*found, *(r for r in self._near(release) if r not in found))[:_RELATED])

    def _near(self, release: Release) -> Iterator[Release]:
        """The releases two away from this one in a feed whose order does not matter."""
        feed = self.edition.show.feed
        if release.episode.course is not None or feed.feed_type is FeedType.SERIAL:
            return
        place = self.position[release.episode.page_path]
        order = self.order[None]
        near = (order[at] for at in (place + 2, place - 2) if 0 <= at < len(order))
        yield from (other for other in near if is_full(other.episode))

    def reading(self, release: Release) -> tuple[PageLink, ...]:
        """Up to two pages of the author's own that share the most tags with this release."""
        best = most_shared(release, _READING, self.read_on, {})
        return tuple(self.edition.pages[place].link for place in best)


def catalogue(edition: Edition) -> Catalogue:
    """The edition in order: by date, or as numbered where a feed is told from the beginning."""
    courses = {course.slug: course for course in edition.show.courses}
    order: dict[str | None, tuple[Release, ...]] = {None: ()}
    by_home: dict[str | None, list[Release]] = {}
    for release in edition.releases:
        by_home.setdefault(release.episode.course, []).append(release)
    for home, releases in by_home.items():
        course = courses.get(home) if home is not None else None
        feed = course.feed if course else edition.show.feed
        serial = feed.feed_type is FeedType.SERIAL
        order[home] = tuple(sorted(releases, key=_by_number if serial else _by_date))
    newest = edition.newest_change
    taught = tuple(course for course in edition.show.courses if order.get(course.slug))
    feeds = feed_files(edition)
    return Catalogue(
        edition=edition,
        frame=Frame(
            show=edition.show,
            newest_year=newest.year if newest else None,
            taught=taught,
            feeds=_to_subscribe(feeds, edition.show),
            say=edition.show.messages_in(),
        ),
        order=order,
        position={
            release.episode.page_path: place
            for releases in order.values()
            for place, release in enumerate(releases)
        },
        place={r.episode.page_path: place for place, r in enumerate(edition.releases)},
        by_guid={release.episode.guid: release for release in edition.releases},
        tagged=places_by_tag(release.episode.tags for release in edition.releases),
        heard=places_by_guest(edition.releases, edition.show),
        read_on=places_by_tag(own.tags for own in edition.pages),
        lesson_counts={
            course.slug: _lesson_count(order[course.slug], edition.coming.get(course.slug))
            for course in taught
        },
        lesson_keys={course.slug: _lesson_keys(order[course.slug]) for course in taught},
        newest_change=newest,
        feeds=feeds,
        directory=_directory(edition),
    )


def _directory(edition: Edition) -> Directory | None:
    """Episodes and pages by their names; None where no episode names another.

    What is not out is among them, or its name would mean another one until its day.
    """
    episodes = [release.episode for release in edition.releases]
    if all(isinstance(entry, Link) for episode in episodes for entry in episode.related):
        return None
    pages = (page.link for page in edition.pages)
    return Directory(episodes, pages, edition.waiting)


def _to_subscribe(files: tuple[FeedFile, ...], show: Show) -> tuple[Feed, ...]:
    """The main feed, those of courses, then the others; in their own order."""
    listed = {file.feed.path for file in files}
    courses = (course.feed for course in show.courses)
    derived = (each.feed for each in show.derived)
    return (show.feed, *(feed for feed in (*courses, *derived) if feed.path in listed))


def _lesson_count(lessons: tuple[Release, ...], coming: Coming | None) -> int:
    """How many lessons are out or announced, or the highest number where that is more."""
    full = [r.episode for r in lessons if is_full(r.episode)]
    waiting, last = (coming.waiting, coming.last_number) if coming else (0, 0)
    return max(len(full) + waiting, last, *(episode.number or 0 for episode in full))


def _lesson_keys(lessons: tuple[Release, ...]) -> tuple[str, ...]:
    """The guids of the lessons; a bonus or trailer is none, where there is anything else."""
    full = tuple(r.episode.guid for r in lessons if is_full(r.episode))
    return full or tuple(r.episode.guid for r in lessons)


def _by_date(release: Release) -> tuple[float, str]:
    return (release.published.timestamp(), release.episode.slug)


def _by_number(release: Release) -> tuple[bool, int, float, float, str]:
    return told_in_order(release.episode)
