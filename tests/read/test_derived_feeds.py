"""``feeds`` in show.yaml: what is taken from the show, and what a feed says itself."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import PurePosixPath

import pytest

from castpress.model.derived_feed import By
from castpress.model.ledger import Ledger
from castpress.model.podcast import Artwork, FeedType, Show
from castpress.read.settings import feed_guid, parse_settings
from castpress.read.show import assemble_show
from tests.messages import MESSAGES

SHOW = """\
title: A Show
base_url: https://a.example/pod/
guid: 5c0b2f0e-6b1c-5a55-8f0e-0a4c2f1d9b77
description: About it.
categories: [Sports]
apple_title: The Show
people: [{name: Ida}]
owner: {email: ida@a.example}
artwork: cover.jpg
update_frequency: weekly
"""
COVER = Artwork("artwork/cover.jpg", "image/jpeg", 3000, 3000, "A hill")
OWN = Artwork("artwork/own.jpg", "image/jpeg", 3000, 3000)


def shown(feeds: str, ledger: Ledger | None = None) -> tuple[Show | None, list[tuple[str, str]]]:
    placed, problems = parse_settings(SHOW + feeds, PurePosixPath("show.yaml"))
    show = None
    if placed is not None:
        artworks = {"cover.jpg": COVER, "own.jpg": OWN}
        show, faults = assemble_show(placed, artworks, ledger or Ledger(), MESSAGES)
        problems = (*problems, *faults)
    return show, [(p.code, f"{p.location.line}: {p.message}; {p.help}") for p in problems]


def test_what_is_left_out_is_the_shows() -> None:
    show, problems = shown("feeds:\n  knees:\n    tag: knee\n")
    assert problems == []
    assert show is not None
    [derived] = show.derived
    assert (derived.by, derived.value) == (By.TAG, "knee")
    feed = derived.feed
    assert (feed.path, feed.page_path, feed.title) == ("feeds/knees.xml", "", "A Show: knee")
    assert feed.guid == feed_guid("https://a.example/pod/feeds/knees.xml")
    own = {"path", "guid", "title", "apple_title", "update_frequency"}
    same = [f.name for f in fields(feed) if f.name not in own]
    assert [getattr(feed, name) for name in same] == [getattr(show.feed, name) for name in same]
    assert (feed.apple_title, feed.update_frequency) == (None, None)
    assert show.feed.update_frequency is not None


@pytest.mark.parametrize(
    ("lines", "by", "value", "title", "kind"),
    [
        ("person: Mitch", By.PERSON, "Mitch", "A Show: Mitch", FeedType.EPISODIC),
        ("season: 2", By.SEASON, 2, "A Show: Season 2", FeedType.SERIAL),
        ("season: 2\n    type: episodic", By.SEASON, 2, "A Show: Season 2", FeedType.EPISODIC),
        ("all: true", By.ALL, None, "A Show: All episodes", FeedType.EPISODIC),
        ("tag: x\n    title: X, all of it", By.TAG, "x", "X, all of it", FeedType.EPISODIC),
    ],
)
def test_selections(lines: str, by: By, value: object, title: str, kind: FeedType) -> None:
    show, problems = shown(f"feeds:\n  part:\n    {lines}\n")
    assert problems == []
    assert show is not None
    [derived] = show.derived
    assert (derived.by, derived.value) == (by, value)
    assert (derived.feed.title, derived.feed.feed_type) == (title, kind)


def test_what_a_feed_says_itself() -> None:
    guid = "9b024349-ccf0-5f69-a609-6b82873eab3c"
    own = "tag: x\n    description: Only x.\n    artwork: own.jpg\n    artwork_alt: A knee"
    show, _ = shown(f"feeds:\n  part:\n    {own}\n    guid: {guid}\n")
    assert show is not None
    feed = show.derived[0].feed
    assert (feed.description, feed.guid) == ("Only x.", guid)
    assert feed.artwork == replace(OWN, alt="A knee")


def test_a_guid_that_is_recorded_stays_when_the_address_changes() -> None:
    known = Ledger(feed_guids=(("feeds/part.xml", "recorded"),))
    show, _ = shown("feeds:\n  part:\n    all: true\n", known)
    assert show is not None
    assert show.derived[0].feed.guid == "recorded"


@pytest.mark.parametrize(
    ("lines", "code", "said"),
    [
        ("feeds:\n  part:\n    title: X\n", "bad-value", "13: `feeds.part` does not say which"),
        ("feeds:\n  part:\n    all: false\n", "bad-value", "does not say which episodes"),
        (
            "feeds:\n  part:\n    tag: x\n    season: 1\n",
            "bad-value",
            "takes episodes by `tag` and `season`, and one of them has to be enough; write one of",
        ),
        ("feeds:\n  Part 1:\n    tag: x\n", "bad-value", "expected small letters"),
        ("feeds:\n  part:\n    season: two\n", "bad-value", "expected a whole number"),
        ("feeds:\n  part:\n    tags: x\n", "unknown-key", "did you mean `tag`?"),
        ("feeds:\n  part:\n    guid: x\n", "bad-value", "expected a UUID"),
        ("feeds:\n  part: knee\n", "bad-value", "expected `key: value` lines"),
        ("feed_size: 0\n", "bad-value", "expected 1 or more"),
        ("feed_size: many\n", "bad-value", "expected a whole number"),
    ],
)
def test_slips(lines: str, code: str, said: str) -> None:
    show, problems = shown(lines)
    assert show is not None
    assert show.derived == ()
    assert show.feed_size is None
    found_code, text = problems[0]
    assert found_code == code
    assert said in text
