"""Rules that no flow of the tiny show reaches, and what cannot be allowed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest

from castpress.check.publication import ALLOWABLE, RULES, Prospect, check_publication
from castpress.model.artifact import Wave
from castpress.model.ledger import Ledger
from castpress.model.problem import Location
from castpress.model.publication.headers import headers_of
from castpress.model.publication.live import LiveEpisode, LiveFile
from castpress.model.publication.plan import Plan, plan_publication

NOW = datetime(2026, 11, 21, tzinfo=UTC)
NOTHING = Prospect(
    location=Location(PurePosixPath("show.yaml")),
    plan=Plan(),
    wanted={},
    live_files={},
    live={},
    coming={},
    live_feeds={},
    coming_feeds={},
    withdrawn=frozenset(),
    ledger=Ledger(),
    here=frozenset(),
    foreign=frozenset(),
)


def audio(digest: str) -> LiveFile:
    return LiveFile(Wave.MEDIA, digest, 9, headers_of("audio/x.mp3"))


def episode(name: str, enclosure: str = "") -> LiveEpisode:
    return LiveEpisode("feed.xml", name, enclosure or f"audio/{name}.mp3", name.title())


def codes(prospect: Prospect, *allowed: str) -> list[str]:
    return [problem.code for problem in check_publication(prospect, allowed)]


def test_nothing_is_wrong_with_nothing() -> None:
    assert codes(NOTHING) == []


def test_an_address_of_audio_never_holds_other_bytes() -> None:
    wanted, live = {"audio/x.mp3": audio("2")}, {"audio/x.mp3": audio("1")}
    plan = plan_publication(wanted, live, now=NOW)
    prospect = replace(NOTHING, wanted=wanted, live_files=live, plan=plan, here={"audio/x.mp3"})
    assert codes(prospect) == ["audio-bytes-changed"]
    assert codes(prospect, "audio-bytes-changed") == ["audio-bytes-changed"]


def test_audio_that_cannot_be_sent_is_missing() -> None:
    wanted = {"audio/x.mp3": audio("1")}
    plan = plan_publication(wanted, {}, now=NOW)
    prospect = replace(NOTHING, wanted=wanted, plan=plan, coming={"g": episode("x")})
    assert codes(prospect, "audio-missing") == ["audio-missing"]
    problem = check_publication(prospect)[0]
    assert "'X'" in problem.message


@pytest.mark.parametrize(
    ("coming", "expected"),
    [
        ({"new": episode("x")}, ["published-guid-changed"]),
        ({"new": episode("y", "audio/x.mp3")}, ["published-guid-changed"]),
        ({"new": episode("x", "audio/z.mp3")}, ["published-guid-changed"]),
        ({"new": episode("y")}, ["vanished-episodes"]),
        ({"old": episode("x"), "new": episode("x", "audio/z.mp3")}, []),
        ({}, ["empty-publication"]),
    ],
)
def test_an_episode_under_another_guid(coming: dict[str, LiveEpisode], expected: list[str]) -> None:
    assert codes(replace(NOTHING, live={"old": episode("x")}, coming=coming)) == expected


def test_what_was_taken_back_does_not_count() -> None:
    live = {"old": episode("x"), "other": episode("y")}
    coming = {"other": episode("y")}
    assert codes(replace(NOTHING, live=live, coming=coming)) == ["vanished-episodes"]
    assert codes(replace(NOTHING, live=live, coming=coming, withdrawn={"old"})) == []


def test_a_feed_that_was_live_before() -> None:
    ledger = Ledger(live_feeds=(("feed.xml", ("1", "2", "3")),))
    for coming, live, expected in (
        ("1", "3", ["superseded-feed"]),
        ("3", "3", []),
        ("4", "3", []),
        ("2", "2", []),  # the ledger was ahead of the feed when a publication was cut off
    ):
        feeds = {"live_feeds": {"feed.xml": live}, "coming_feeds": {"feed.xml": coming}}
        assert codes(replace(NOTHING, ledger=ledger, **feeds)) == expected  # type: ignore[arg-type]


def test_where_nothing_was_published_nothing_is_superseded() -> None:
    ledger = Ledger(live_feeds=(("feed.xml", ("1", "2")),))
    back = replace(NOTHING, ledger=ledger, coming_feeds={"feed.xml": "1"})
    assert codes(replace(back, is_first=True)) == []
    # A first publication that was cut off, and is done again.
    assert codes(replace(back, is_first=True, live_feeds={"feed.xml": "2"})) == []
    assert codes(back) == ["superseded-feed"]
    foreign = replace(back, is_first=True, foreign=["feed.xml"])
    assert codes(foreign, "foreign-file") == ["superseded-feed"]


@pytest.mark.parametrize(
    ("live", "gone", "is_many"),
    [(11, 10, False), (11, 11, True), (100, 20, False), (100, 21, True)],
)
def test_how_many_deletions_are_many(live: int, gone: int, *, is_many: bool) -> None:
    files = {f"audio/{number}.mp3": audio("1") for number in range(live)}
    wanted = {path: files[path] for path in list(files)[gone:]}
    plan = plan_publication(wanted, files, now=NOW)
    prospect = replace(NOTHING, wanted=wanted, live_files=files, plan=plan, here=files.keys())
    assert codes(prospect) == (["many-deletions"] if is_many else [])


def test_every_code_that_can_be_meant_says_how() -> None:
    live = {"old": episode("x")}
    prospects = (
        replace(NOTHING, live=live),
        replace(NOTHING, live=live, coming={"new": episode("y")}),
        replace(NOTHING, live=live, coming={"new": episode("x")}),
        replace(NOTHING, live_feeds={"feed.xml": "1"}),
        replace(NOTHING, foreign=["a", "b", "c", "d"]),
    )
    problems = [problem for prospect in prospects for problem in check_publication(prospect)]
    assert {problem.code for problem in problems} <= set(ALLOWABLE)
    for problem in problems:
        assert f"--allow {problem.code}" in problem.help
        assert check_publication(prospects[0], ALLOWABLE) == ()


def test_every_rule_says_what_it_is_for() -> None:
    assert all(rule.__doc__ for rule in RULES)
