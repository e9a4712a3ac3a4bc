"""Every feed of a show as a file: its address, what it says of itself, its releases.

The one place that lists feeds. Who needs all of them asks here, or `Show.feeds` where only what the
settings say of them matters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING

from castpress.model.derived_feed import Paging, members
from castpress.model.podcast import EpisodeType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from castpress.model.podcast import Edition, Feed, Release

MAIN_FEED = "feed.xml"
_LIVE = "podcast:liveItem"

FEED_PATTERNS = ("feeds/*.xml", "courses/*/feed.xml", "archive/feed-*.xml", MAIN_FEED)
"""Where feeds lie below a site, as patterns of file names."""


class FeedKind(IntEnum):
    """What stands at a feed's address, in the order of publication: who names others comes last."""

    DERIVED = 1
    COURSE = 2
    ARCHIVE = 3
    MAIN = 4


_PATHS = {
    FeedKind.DERIVED: re.compile(r"feeds/[a-z0-9-]+\.xml"),
    FeedKind.COURSE: re.compile(r"courses/[a-z0-9-]+/feed\.xml"),
    FeedKind.ARCHIVE: re.compile(r"archive/feed-[1-9][0-9]*\.xml"),
    FeedKind.MAIN: re.compile(r"feed\.xml"),
}


@dataclass(frozen=True, slots=True)
class FeedFile:
    """One feed as it is written: its releases are the newest first.

    ``older_trailers`` stand in its archive pages; it names them, for whoever comes new.
    """

    feed: Feed
    releases: tuple[Release, ...]
    older_trailers: tuple[Release, ...] = ()

    @property
    def is_archive(self) -> bool:
        """Whether it is only the older part of another feed."""
        return self.feed.paging is not None and self.feed.paging.is_archive


def derived_feed_path(name: str) -> str:
    """Where a derived feed lies in the output, by its name in show.yaml."""
    return f"feeds/{name}.xml"


def course_feed_path(slug: str) -> str:
    """Where a course's feed lies in the output."""
    return f"courses/{slug}/feed.xml"


def archive_feed_path(number: int) -> str:
    """Where an archive page lies; 1 holds the oldest episodes, so that no page changes its name."""
    return f"archive/feed-{number}.xml"


def feed_kind(path: str) -> FeedKind | None:
    """What kind of feed stands at a path of the output, None where none does.

    >>> feed_kind("archive/feed-12.xml").name, feed_kind("archive/index.html")
    ('ARCHIVE', None)
    """
    return next((kind for kind, form in _PATHS.items() if form.fullmatch(path)), None)


def archive_number(path: str) -> int:
    """The number of an archive page by its path, 0 for every other file.

    >>> archive_number("archive/feed-12.xml"), archive_number("feed.xml")
    (12, 0)
    """
    is_archive = feed_kind(path) is FeedKind.ARCHIVE
    return int(path.removeprefix("archive/feed-").removesuffix(".xml")) if is_archive else 0


def in_feed_order(releases: Iterable[Release]) -> tuple[Release, ...]:
    """The releases as a feed lists them: the newest first."""
    return tuple(sorted(releases, key=lambda r: r.published.timestamp(), reverse=True))


def feed_files(edition: Edition) -> tuple[FeedFile, ...]:
    """Every feed that has something to list, in the order of publication.

    Feeds of tags, people and seasons, then those of courses, then the archive pages, the oldest
    first, and as the last the main one, which is there without episodes, too.
    """
    show = edition.show
    by_guid = {release.episode.guid: release for release in edition.releases}
    taken = members(show, (release.episode for release in edition.releases))
    files = [
        FeedFile(derived.feed, in_feed_order(by_guid[episode.guid] for episode in episodes))
        for derived, episodes in zip(show.derived, taken, strict=True)
    ]
    files += [FeedFile(c.feed, in_feed_order(edition.of_feed(c.slug))) for c in show.courses]
    main = FeedFile(show.feed, in_feed_order(edition.of_feed(None)))
    return (*(file for file in files if file.releases), *parted(main, show.feed_size))


def parted(file: FeedFile, size: int | None) -> tuple[FeedFile, ...]:
    """The feed behind its archive pages of exactly ``size`` items each; alone where it is small.

    Counted from the oldest, so that a page keeps its items when something new comes out; the feed
    itself holds the newest, at least ``size`` and fewer than twice as many. A page's bytes change
    once more, when the next page is made and the links between the two are set.
    """
    count = len(file.releases) // size - 1 if size else 0
    if not size or count < 1:
        return (file,)
    oldest_first = file.releases[::-1]
    parts = [oldest_first[n * size : (n + 1) * size] for n in range(count)]
    parts.append(oldest_first[count * size :])
    pages = tuple(
        FeedFile(replace(without_live(file.feed), path=path, paging=paging), part[::-1])
        for (path, paging), part in zip(_pages(file.feed.path, count), parts, strict=True)
    )
    older = file.releases[len(parts[-1]) :]
    trailers = tuple(r for r in older if r.episode.episode_type is EpisodeType.TRAILER)
    main = replace(file.feed, paging=pages[-1].feed.paging)
    return (*pages[:-1], replace(pages[-1], feed=main, older_trailers=trailers))


def without_live(feed: Feed) -> Feed:
    """The feed without what it announces as live: that belongs where the newest episodes are."""
    return replace(feed, elements=tuple(e for e in feed.elements if e.name != _LIVE))


def _pages(main: str, count: int) -> Iterator[tuple[str, Paging]]:
    """The path of each part, the oldest first, and where it stands among them."""
    archive = [archive_feed_path(number) for number in range(1, count + 1)]
    paths = [*archive, main]
    for place, path in enumerate(paths):
        is_main = path == main
        older = paths[place - 1] if place else None
        newer = None if is_main else paths[place + 1]
        yield (
            path,
            Paging(
                first=main,
                last=paths[0],
                previous=newer,
                next=older,
                prev_archive=older,
                next_archive=newer if newer != main else None,
                current=None if is_main else main,
            ),
        )
