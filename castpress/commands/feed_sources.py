"""Feeds that are named on the command line: a file, an address, or the folder of a site."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.model.problem import Location, Problem, Severity

if TYPE_CHECKING:
    from castpress.model.listing import ListedFeed

_LARGEST_BYTES = 32_000_000


@dataclass(frozen=True, slots=True)
class NamedFeed:
    """A feed that was read: under which name, its bytes, and what apps see in it.

    ``folder`` is where its site lies on this computer, ``path`` its place in there, if known.
    """

    name: str
    content: bytes
    listed: ListedFeed
    folder: Path | None = None
    path: str | None = None


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
    """All feeds at a place: of a folder its feed.xml and those of courses, else the one."""
    from castpress.store.web import WebError, fetch, is_web_address

    if is_web_address(place):
        try:
            return parse_named(place, fetch(place))
        except WebError as error:
            return _failed(place, error.reason, exit_codes.NETWORK)
    path = Path(place)
    try:
        if not path.is_dir():
            return _file(path, place, None, None)
        files = [path / "feed.xml", *sorted(path.glob("courses/*/feed.xml"))]
        read = [
            _file(file, str(file), path, file.relative_to(path).as_posix())
            for file in files
            if file.is_file()
        ]
    except (OSError, ValueError) as error:
        return _failed(place, _why(error), exit_codes.PROBLEMS)
    if not read:
        return _failed(place, "there is no feed.xml in it", exit_codes.PROBLEMS)
    return ReadFeeds(
        tuple(feed for each in read for feed in each.feeds),
        tuple(problem for each in read for problem in each.problems),
        max(each.exit_code for each in read),
        is_whole=True,
    )


def parse_named(
    name: str, content: bytes, folder: Path | None = None, path: str | None = None
) -> ReadFeeds:
    """The feed in these bytes."""
    from castpress.read.feed import parse_feed

    listed, problems = parse_feed(content, place_of(name))
    if listed is None:
        return ReadFeeds((), problems, exit_codes.PROBLEMS)
    return ReadFeeds((NamedFeed(name, content, listed, folder, path),), problems)


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
