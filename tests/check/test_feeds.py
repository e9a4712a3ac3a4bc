"""What is said of feeds that nobody can use as they are meant, and of large ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from castpress.check.feeds import MANY_BYTES, TOO_MANY_BYTES, check_feed_sizes, check_feeds
from castpress.model.derived_feed import By, DerivedFeed
from castpress.model.feed_files import FeedFile, parted
from castpress.model.podcast import Episode, EpisodeType, FeedType, Person, Show
from castpress.model.problem import Location, Severity
from castpress.read.settings import parse_settings
from castpress.store.sources import SETTINGS_FILE
from tests.check.test_rules import EPISODE, FEED, SHOW
from tests.model.test_feed_files import released

PLACE = Location(SETTINGS_FILE, 1)
TEXT = """\
title: A Show
base_url: https://a.example/
guid: 5c0b2f0e-6b1c-5a55-8f0e-0a4c2f1d9b77
description: About it.
categories: [Sports]
feed_size: 3
feeds:
  part:
    tag: x
    person: y
    season: 1
"""
PLACED, _ = parse_settings(TEXT, SETTINGS_FILE)
ONE = replace(EPISODE, guid="one", tags=("Injury", "hills"), season=1)
TWO = replace(EPISODE, guid="two", people=(Person("Mitch Mays", "guest"),), season=12)


def problems(show: Show, *out: str) -> list[tuple[str, str, str, int]]:
    assert PLACED is not None
    released_ones = [episode for episode in (ONE, TWO) if episode.guid in out]
    return [
        (p.code, p.message, p.help, p.location.line)
        for p in check_feeds(show, (ONE, TWO), released_ones, PLACED.place)
    ]


@pytest.mark.parametrize(
    ("value", "severity"),
    [
        (3, Severity.WARNING),  # whoever asked for it does not get it, and nothing will bring it
        (12, Severity.NOTE),  # its day comes
    ],
)
def test_a_feed_that_never_comes_is_told_by_every_build(value: int, severity: Severity) -> None:
    derived = DerivedFeed(replace(FEED, path="feeds/part.xml"), By.SEASON, value)
    assert PLACED is not None
    show = replace(SHOW, derived=(derived,))
    [found] = check_feeds(show, (ONE, TWO), (ONE,), PLACED.place)
    assert found.severity is severity


@pytest.mark.parametrize(
    ("by", "value", "message", "advice", "line"),
    [
        (By.TAG, "injuries", "no episode has the tag 'injuries'", "did you mean `tag: Injury`?", 9),
        (By.TAG, "food", "no episode has the tag 'food'", "write `tags: food` at the top", 9),
        (By.PERSON, "Mitch May", "no episode names 'Mitch May'", "`person: Mitch Mays`?", 10),
        (By.PERSON, "Zoe", "no episode names 'Zoe'", "as it stands in `people:`", 10),
        (By.SEASON, 3, "no episode is of season 3", "seasons so far: 1, 12", 11),
        (By.SEASON, 12, "nothing that belongs into feeds/part.xml is out yet", "the first one", 11),
    ],
)
def test_a_feed_that_takes_nothing(
    by: By, value: str | int, message: str, advice: str, line: int
) -> None:
    derived = DerivedFeed(replace(FEED, path="feeds/part.xml"), by, value)
    show = replace(SHOW, derived=(derived,))
    [(code, said, helped, where)] = problems(show, "one")
    assert (code, where) == ("empty-feed", line)
    assert message in said
    assert advice in helped


def test_a_feed_that_takes_something_is_fine() -> None:
    derived = DerivedFeed(replace(FEED, path="feeds/part.xml"), By.ALL)
    assert problems(replace(SHOW, derived=(derived,)), "one") == []
    [(code, said, _, _)] = problems(replace(SHOW, derived=(derived,)))
    assert code == "empty-feed"
    assert "is out yet" in said


def test_a_serial_feed_needs_numbers() -> None:
    feed = replace(FEED, path="feeds/part.xml", feed_type=FeedType.SERIAL)
    show = replace(SHOW, derived=(DerivedFeed(feed, By.ALL),))
    bonus = replace(ONE, episode_type=EpisodeType.BONUS, number=None)
    assert PLACED is not None

    def found(*episodes: Episode) -> list[str]:
        return [p.code for p in check_feeds(show, episodes, episodes, PLACED.place)]

    assert found(ONE, bonus) == []
    assert found(replace(ONE, number=None)) == ["serial-without-number"]
    main = replace(SHOW.feed, feed_type=FeedType.SERIAL)
    show = replace(show, feed=main)
    assert found(replace(ONE, number=None)) == []  # said already, of the episode itself


@pytest.mark.parametrize(
    ("kind", "size", "codes"),
    [
        (FeedType.SERIAL, 3, ["short-serial-feed"]),
        (FeedType.SERIAL, None, []),
        (FeedType.EPISODIC, 3, []),
    ],
)
def test_a_serial_show_in_parts(kind: FeedType, size: int | None, codes: list[str]) -> None:
    show = replace(SHOW, feed=replace(FEED, feed_type=kind), feed_size=size)
    assert [code for code, *_ in problems(show)] == codes


@pytest.mark.parametrize(
    ("byte_length", "severity", "said"),
    [
        (MANY_BYTES, None, ""),
        (MANY_BYTES + 1, Severity.NOTE, "has 2.1 MB in 4 items"),
        (TOO_MANY_BYTES, Severity.NOTE, "fetches 240 MB a day"),
        (TOO_MANY_BYTES + 1, Severity.WARNING, "CloudFront compresses files of up to 10 MB only"),
    ],
)
def test_the_size_of_a_feed(byte_length: int, severity: Severity | None, said: str) -> None:
    file = FeedFile(FEED, tuple(map(released, (4, 3, 2, 1))))
    found = list(check_feed_sizes([(file, byte_length)], SHOW, PLACE))
    assert [problem.severity for problem in found] == ([severity] if severity else [])
    assert all(p.code == "large-feed" and said in p.message for p in found)
    assert all("feed_size: 300" in p.help for p in found)


def test_the_advice_for_a_large_feed_can_be_followed() -> None:
    releases = tuple(map(released, (4, 3, 2, 1)))
    part = FeedFile(replace(FEED, path="feeds/part.xml"), releases)
    page, main = parted(FeedFile(FEED, releases), 2)
    size = TOO_MANY_BYTES + 1

    def advice(file: FeedFile, show: Show) -> list[str]:
        return [p.help for p in check_feed_sizes([(file, size)], show, PLACE)]

    in_parts = replace(SHOW, feed_size=2)
    serial = replace(SHOW, feed=replace(FEED, feed_type=FeedType.SERIAL))
    assert advice(page, in_parts) == []
    assert advice(main, in_parts) == ["write a smaller `feed_size:` than 2"]
    assert "fewer episodes" in advice(part, SHOW)[0]
    assert "begin another show" in advice(FeedFile(serial.feed, releases), serial)[0]
