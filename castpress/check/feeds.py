"""Rules about the feeds of a show: what stands in them, and what their size does to apps."""

from __future__ import annotations

import difflib
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.derived_feed import By, members, values_of
from castpress.model.feed_files import MAIN_FEED
from castpress.model.podcast import EpisodeType, FeedType
from castpress.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from castpress.model.derived_feed import DerivedFeed
    from castpress.model.feed_files import FeedFile
    from castpress.model.podcast import Episode, Release, Show
    from castpress.model.problem import Location

    Place = Callable[..., Location]

MANY_BYTES = 2_097_152
"""From here on a reader is known that refuses a feed: github.com/madelynnblue/goread/issues/343."""

TOO_MANY_BYTES = 10_000_000
"""The largest file that CloudFront compresses: its guide, "Serve compressed files"."""

# Apple's app looks up to every hour: theaudacitytopodcast.com, "How to reduce the size …", TAP269.
_LOOKS_A_DAY = 24
_MEGABYTE = 1_000_000
_WORDS = {By.TAG: "has the tag", By.PERSON: "names", By.SEASON: "is of season"}


def same_enclosure(releases: Iterable[Release]) -> Iterator[Problem]:
    """Two episodes at one address: their audio is the same to the byte, and apps show only one."""
    first: dict[str, Episode] = {}
    for release in releases:
        episode = release.episode
        other = first.setdefault(release.enclosure.path, episode)
        if other is not episode:
            yield Problem(
                "same-enclosure",
                f"{episode.location.file.name} would be published with the very file of "
                f"{other.location.file.name}; apps show only one of the two",
                episode.location,
                Severity.ERROR,
                "put its own audio into episodes/, or write `draft: true` until you have it",
            )


def check_feeds(
    show: Show, episodes: Sequence[Episode], released: Iterable[Episode], place: Place
) -> Iterator[Problem]:
    """Feeds that nobody can use as they are meant.

    ``released`` are those of the episodes that are out; ``place`` tells where a setting stands.
    """
    out = {episode.guid for episode in released}
    for derived, taken in zip(show.derived, members(show, episodes), strict=True):
        if not any(episode.guid in out for episode in taken):
            yield _empty(derived, taken, show, episodes, place)
        if derived.feed.feed_type is FeedType.SERIAL:
            yield from _numberless(derived, taken, show)
    if show.feed_size is not None and show.feed.feed_type is FeedType.SERIAL:
        yield Problem(
            "short-serial-feed",
            "apps begin a serial show with its first episode, which feed.xml does not hold once "
            f"there are {2 * show.feed_size} of them",
            place("feed_size"),
            Severity.WARNING,
            "delete `feed_size:`, or write `type: episodic`",
        )


def check_feed_sizes(
    files: Iterable[tuple[FeedFile, int]], show: Show, place: Location
) -> Iterator[Problem]:
    """Feeds so large that it is known to matter; with each comes its length in bytes.

    Of an archive page nothing is said: it is read once and by those who ask for it.
    """
    for file, byte_length in files:
        if byte_length <= MANY_BYTES or file.is_archive:
            continue
        megabytes = byte_length / _MEGABYTE
        is_severe = byte_length > TOO_MANY_BYTES
        trouble = (
            "CloudFront compresses files of up to 10 MB only, and an app that looks every hour "
            f"fetches {megabytes * _LOOKS_A_DAY:,.0f} MB a day"
            if is_severe
            else "some readers refuse feeds of more than 2 MB, and where it is not compressed an "
            f"app that looks every hour fetches {megabytes * _LOOKS_A_DAY:,.0f} MB a day"
        )
        yield Problem(
            "large-feed",
            f"{file.feed.path} has {megabytes:.1f} MB in {len(file.releases)} items: {trouble}",
            place,
            Severity.WARNING if is_severe else Severity.NOTE,
            _smaller(file, show),
        )


def _smaller(file: FeedFile, show: Show) -> str:
    if file.feed.path != MAIN_FEED:
        return "shorten the notes, or take fewer episodes into it"
    if show.feed.feed_type is FeedType.SERIAL:
        return "shorten the notes, or begin another show: a serial one needs its first episodes"
    if show.feed_size is not None:
        return f"write a smaller `feed_size:` than {show.feed_size}"
    return (
        "write `feed_size: 300` if it is enough that most apps list the newest 300 only; "
        "docs/feed.md says who reads the rest"
    )


def _numberless(derived: DerivedFeed, taken: Iterable[Episode], show: Show) -> Iterator[Problem]:
    """Episodes that need a number only because a serial feed repeats them."""
    for episode in taken:
        is_counted = show.home_of(episode.course).feed_type is FeedType.SERIAL
        is_full = episode.episode_type is EpisodeType.FULL
        if is_full and episode.number is None and not is_counted:
            path = derived.feed.path
            yield Problem(
                "serial-without-number",
                f"{path} is heard in order, and {episode.title!r} has no number",
                episode.location,
                Severity.ERROR,
                "write `episode: 1`, or which it is, at the top of the note; or `type: episodic` "
                f"below `feeds.{PurePosixPath(path).stem}`",
            )


def _empty(
    derived: DerivedFeed,
    taken: Sequence[Episode],
    show: Show,
    episodes: Sequence[Episode],
    place: Place,
) -> Problem:
    path = derived.feed.path
    where = place("feeds", PurePosixPath(path).stem, derived.by.value)
    if taken or derived.by is By.ALL:
        message = f"nothing that belongs into {path} is out yet, so it is not written"
        return Problem("empty-feed", message, where, Severity.NOTE, "it begins with the first one")
    known = {
        value.casefold(): value
        for episode in reversed(episodes)
        for value in values_of(derived.by, episode, show)
    }
    message = f"no episode {_WORDS[derived.by]} {derived.value!r}, so {path} is not written"
    return Problem("empty-feed", message, where, Severity.WARNING, _did_you_mean(derived, known))


def _did_you_mean(derived: DerivedFeed, known: dict[str, str]) -> str:
    near = difflib.get_close_matches(str(derived.value).casefold(), sorted(known), n=1)
    if near:
        return f"did you mean `{derived.by.value}: {known[near[0]]}`?"
    if derived.by is By.TAG:
        return f"write `tags: {derived.value}` at the top of the notes that belong into it"
    if derived.by is By.PERSON:
        return "write the name as it stands in `people:`"
    seasons = ", ".join(sorted(known, key=int))
    return f"seasons so far: {seasons}" if seasons else "write `season: 1` at the top of the notes"
