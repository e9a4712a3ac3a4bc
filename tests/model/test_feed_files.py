"""Which feeds a show has, what stands in each, and how a large one is parted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.derived_feed import By, DerivedFeed
from castpress.model.feed_files import (
    FEED_PATTERNS,
    FeedFile,
    archive_feed_path,
    archive_number,
    feed_files,
    feed_kind,
    parted,
)
from castpress.model.feed_tags import Element
from castpress.model.podcast import (
    AudioFacts,
    Course,
    Edition,
    Enclosure,
    Episode,
    Feed,
    FeedType,
    Person,
    Release,
    Show,
)
from castpress.model.problem import Location
from tests.messages import MESSAGES

FEED = Feed(
    path="feed.xml",
    page_path="",
    guid="g",
    title="A Show",
    description="What it is about.",
    language="en",
    feed_type=FeedType.EPISODIC,
    categories=(),
    artwork=None,
    author="Ida",
    people=(Person("Ida"),),
)
LESSONS = replace(FEED, path="courses/walk/feed.xml", people=(Person("Mia"),))
SHOW = Show(
    "https://a.example/", FEED, "UTC", courses=(Course("walk", LESSONS),), messages=MESSAGES
)
FIRST = datetime(2026, 1, 1, tzinfo=UTC)
AUDIO = AudioFacts("audio/mpeg", "mp3", 1, 1000, "a")


def released(number: int, **more: object) -> Release:
    """The episode of that number, one a day."""
    episode = Episode(
        guid=f"g{number}",
        stem=f"{number:04}",
        slug=f"s{number}",
        title=f"Episode {number}",
        audio=AUDIO,
        location=Location(PurePosixPath(f"show_notes/{number:04}.md")),
        published=FIRST + timedelta(days=number),
    )
    enclosure = Enclosure(f"audio/{number}.mp3", "audio/mpeg", 1, "a")
    return Release(replace(episode, **more), enclosure)  # type: ignore[arg-type]


RELEASES = (
    released(5, tags=("Injury",), people=(Person("Mitch", "guest"),)),
    released(4, course="walk", tags=("injury", "feet"), season=2),
    released(3, season=2, people=(Person("Mitch", "host"),)),
    released(2, season=2, course="walk", people=(Person(" mitch  ", "guest"),)),
    released(1, season=1, tags=("feet",)),
)


def derived(by: By, value: str | int | None = None, path: str = "feeds/x.xml") -> DerivedFeed:
    return DerivedFeed(replace(FEED, path=path), by, value)


@pytest.mark.parametrize(
    ("by", "value", "numbers"),
    [
        (By.TAG, "injury", [5, 4]),
        (By.TAG, "INJURY", [5, 4]),
        (By.TAG, "inj", []),
        (By.TAG, "Feet", [4, 1]),
        (By.PERSON, "mitch", [5, 3, 2]),
        # Who is not named otherwise has the people of its feed; whoever names the host, has not.
        (By.PERSON, "Ida", [5, 1]),
        (By.PERSON, "Mia", [4, 2]),
        (By.SEASON, 2, [3]),
        (By.SEASON, 1, [1]),
        (By.SEASON, 3, []),
        (By.ALL, None, [5, 4, 3, 2, 1]),
    ],
)
def test_what_a_derived_feed_takes(by: By, value: str | int | None, numbers: list[int]) -> None:
    show = replace(SHOW, derived=(derived(by, value),))
    found = {file.feed.path: file.releases for file in feed_files(Edition(show, RELEASES))}
    taken = found.get("feeds/x.xml", ())
    assert [int(r.episode.guid[1:]) for r in taken] == numbers


def test_feeds_come_in_the_order_of_publication_and_empty_ones_do_not() -> None:
    show = replace(
        SHOW,
        derived=(derived(By.ALL, path="feeds/b.xml"), derived(By.TAG, "no", "feeds/a.xml")),
        courses=(*SHOW.courses, Course("run", replace(LESSONS, path="courses/run/feed.xml"))),
        feed_size=1,
    )
    paths = [file.feed.path for file in feed_files(Edition(show, RELEASES))]
    assert paths == [
        "feeds/b.xml",
        "courses/walk/feed.xml",
        "archive/feed-1.xml",
        "archive/feed-2.xml",
        "feed.xml",
    ]
    assert [file.feed.path for file in feed_files(Edition(show))] == ["feed.xml"]
    assert {feed.path for feed in show.feeds} >= {p for p in paths if not archive_number(p)}
    kinds = [feed_kind(path) for path in paths]
    assert kinds == sorted(kinds, key=lambda kind: kind or 0)
    assert all(any(PurePosixPath(p).match(form) for form in FEED_PATTERNS) for p in paths)


def test_a_live_stream_is_announced_by_the_newest_part_only() -> None:
    live = Element("podcast:liveItem", attributes=(("status", "live"),))
    value = Element("podcast:value")
    feed = replace(FEED, elements=(live, value))
    *pages, main = parted(FeedFile(feed, tuple(map(released, range(6, 0, -1)))), 2)
    assert [page.feed.elements for page in pages] == [(value,), (value,)]
    assert main.feed.elements == (live, value)


@pytest.mark.parametrize(
    "path", ["feeds/index.html", "archive/2/index.html", "archive/feed-0.xml", "x/feed.xml", ""]
)
def test_other_files_are_no_feeds(path: str) -> None:
    assert feed_kind(path) is None
    assert archive_number(path) == 0


COUNTS = st.integers(0, 60)
SIZES = st.integers(1, 12)


def newest_first(count: int) -> tuple[Release, ...]:
    return tuple(released(number) for number in range(count, 0, -1))


@given(COUNTS, SIZES)
def test_parts_lose_nothing_and_hold_nothing_twice(count: int, size: int) -> None:
    parts = parted(FeedFile(FEED, newest_first(count)), size)
    *pages, main = parts
    assert main.feed.path == "feed.xml"
    assert all(len(page.releases) == size and page.is_archive for page in pages)
    if count >= size:
        assert size <= len(main.releases) < 2 * size
    assert [page.feed.path for page in pages] == [
        archive_feed_path(number) for number in range(1, len(pages) + 1)
    ]
    # From feed.xml on to the last page it is the whole list, the newest first.
    whole = [release for part in reversed(parts) for release in part.releases]
    assert whole == list(newest_first(count))


@given(COUNTS, SIZES)
def test_links_lead_through_all_parts_both_ways(count: int, size: int) -> None:
    parts = parted(FeedFile(FEED, newest_first(count)), size)
    if len(parts) == 1:
        assert parts[0].feed == FEED  # a feed that holds everything says nothing of parts
        return
    found = {part.feed.path: part.feed.paging for part in parts}
    pagings = {path: paging for path, paging in found.items() if paging is not None}
    assert pagings.keys() == found.keys()
    series = ["feed.xml", *(archive_feed_path(n) for n in range(len(parts) - 1, 0, -1))]
    for follow, back in (("next", "previous"), ("prev_archive", "next_archive")):
        path: str | None = "feed.xml"
        for expected in series:
            assert path == expected
            older = getattr(pagings[path], follow)
            if older is not None and (path, follow) != ("feed.xml", "prev_archive"):
                assert getattr(pagings[older], back) == path
            path = older
        assert path is None
    assert {(p.first, p.last) for p in pagings.values()} == {(series[0], series[-1])}
    assert pagings["feed.xml"].current is None
    assert {pagings[path].current for path in series[1:]} == {"feed.xml"}
    # Who follows only archives never comes to the feed that changes.
    assert pagings[series[1]].next_archive is None
    assert all(part.feed.guid == FEED.guid for part in parts)


@given(COUNTS, SIZES)
def test_something_new_changes_no_page_but_the_links_to_a_new_one(count: int, size: int) -> None:
    before = parted(FeedFile(FEED, newest_first(count)), size)[:-1]
    after = parted(FeedFile(FEED, newest_first(count + 1)), size)[:-1]
    kept = after[: len(before)]
    assert [(p.feed.path, p.releases) for p in kept] == [(p.feed.path, p.releases) for p in before]
    changed = [old for old, new in zip(before, kept, strict=True) if old != new]
    assert changed == (list(before[-1:]) if len(after) > len(before) else [])
