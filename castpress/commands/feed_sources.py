"""Feeds that are named on the command line: a file, an address, or the folder of a site."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.model.feed_files import FEED_PATTERNS, MAIN_FEED, archive_number, feed_kind
from castpress.model.listing import with_older
from castpress.model.problem import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from castpress.model.listing import ListedFeed

# A show of many thousand episodes; from the web less is read.
_LARGEST_BYTES = 256_000_000
_MOST_PAGES = 200


@dataclass(frozen=True, slots=True)
class NamedFeed:
    """A feed that was read: under which name, its bytes, and what apps see in it.

    ``folder`` is where its site lies on this computer, ``path`` its place in there, if known.
    ``pages`` are its archive pages, whose items are among those of ``listed``.
    """

    name: str
    content: bytes
    listed: ListedFeed
    folder: Path | None = None
    path: str | None = None
    pages: tuple[NamedFeed, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadFeeds:
    """What was found at a place; with an error, ``exit_code`` says what kind it is.

    ``is_whole`` says that all feeds of the site are there, so that one that is missing is none.
    """

    feeds: tuple[NamedFeed, ...]
    problems: tuple[Problem, ...] = ()
    exit_code: int = exit_codes.OK
    is_whole: bool = False


def read_feeds(place: str) -> ReadFeeds:
    """All feeds at a place: of a folder those of its site, else the one with its older pages."""
    from castpress.store.web import is_web_address

    if is_web_address(place):
        return _of_web(place)
    path = Path(place)
    try:
        if not path.is_dir():
            return _file(path, place, None, None)
        files = [file for pattern in FEED_PATTERNS for file in sorted(path.glob(pattern))]
        read = [
            _file(file, str(file), path, name)
            for file in files
            if feed_kind(name := file.relative_to(path).as_posix()) and file.is_file()
        ]
    except (OSError, ValueError) as error:
        return _failed(place, _why(error), exit_codes.PROBLEMS)
    if not read:
        return _failed(place, "there is no feed.xml in it", exit_codes.PROBLEMS)
    return ReadFeeds(
        with_pages(feed for each in read for feed in each.feeds),
        tuple(problem for each in read for problem in each.problems),
        max(each.exit_code for each in read),
        is_whole=True,
    )


def parse_named(
    name: str, content: bytes, folder: Path | None = None, path: str | None = None
) -> ReadFeeds:
    """The feed in these bytes."""
    from castpress.read.feed import parse_feed

    listed, problems = parse_feed(content, place_of(name), limit_bytes=_LARGEST_BYTES)
    if listed is None:
        return ReadFeeds((), problems, exit_codes.PROBLEMS)
    return ReadFeeds((NamedFeed(name, content, listed, folder, path),), problems)


def with_pages(feeds: Iterable[NamedFeed]) -> tuple[NamedFeed, ...]:
    """The feeds of a site by their paths: the archive pages are put to the main one."""
    given = tuple(feeds)
    pages = sorted(
        (feed for feed in given if archive_number(feed.path or "")),
        key=lambda feed: archive_number(feed.path or ""),
        reverse=True,
    )
    return tuple(
        _joined(feed, pages) if feed.path == MAIN_FEED and pages else feed
        for feed in given
        if feed not in pages
    )


def _joined(feed: NamedFeed, pages: Iterable[NamedFeed]) -> NamedFeed:
    older = tuple(pages)
    return replace(feed, listed=with_older(feed.listed, [p.listed for p in older]), pages=older)


def _of_web(url: str) -> ReadFeeds:
    """The feed at an address with the older pages that it leads to."""
    from castpress.store.web import WebError, fetch

    read: list[ReadFeeds] = []
    seen: set[str] = set()
    address: str | None = url
    while address is not None and address not in seen and len(read) < _MOST_PAGES:
        seen.add(address)
        try:
            page = parse_named(address, fetch(address))
        except WebError as error:
            return _failed(address, error.reason, exit_codes.NETWORK)
        if page.exit_code != exit_codes.OK:
            return page
        read.append(page)
        address = _older(address, page.feeds[0].listed)
    if address is not None and address not in seen:
        reason = f"goes on for more than {_MOST_PAGES} pages, and no more are read"
        return _failed(url, reason, exit_codes.NETWORK)
    first, *pages = (page.feeds[0] for page in read)
    problems = tuple(problem for page in read for problem in page.problems)
    return ReadFeeds((_joined(first, pages) if pages else first,), problems)


def _older(address: str, feed: ListedFeed) -> str | None:
    """Where a feed goes on; None where it ends, or where it names no address."""
    from urllib.parse import urljoin

    try:
        return urljoin(address, feed.older_url) if feed.older_url else None
    except ValueError:  # the feed may be anybody's
        return None


def place_of(name: str) -> PurePosixPath:
    """How problems name a feed; of an address without the scheme, as a path has no ``//``."""
    return PurePosixPath(name.partition("://")[2] or name)


def _file(path: Path, name: str, folder: Path | None, inside: str | None) -> ReadFeeds:
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        return _failed(name, _why(error), exit_codes.PROBLEMS)
    return parse_named(name, content, folder or path.parent, inside)


def _failed(name: str, why: str, code: int) -> ReadFeeds:
    problem = Problem(
        "no-such-feed",
        f"the feed {name} cannot be read: {why}",
        Location(place_of(name)),
        Severity.ERROR,
        "give the address of the feed, its file, or the folder that holds feed.xml",
    )
    return ReadFeeds((), (problem,), code)


def _why(error: Exception) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
