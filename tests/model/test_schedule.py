from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from castpress.model.podcast import AudioFacts, Episode
from castpress.model.problem import Location
from castpress.model.schedule import schedule

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
ONE = Episode(
    guid="g",
    stem="one",
    slug="one",
    title="One",
    audio=AudioFacts("audio/mpeg", "mp3", 1, 1, "sha"),
    location=Location(PurePosixPath("show_notes/one.md")),
    published=datetime(2026, 3, 1, 6, tzinfo=UTC),
)


def test_a_date_in_the_past_is_out_and_one_to_come_waits() -> None:
    later = replace(ONE, stem="later", published=datetime(2026, 3, 2, tzinfo=UTC))
    plan = schedule([later, ONE], NOW)
    assert (plan.released, plan.scheduled) == ((ONE,), (later,))
    assert plan.next_due == later.published


def test_the_very_moment_counts_as_out() -> None:
    assert schedule([replace(ONE, published=NOW)], NOW).released


def test_without_a_date_or_as_a_draft_nothing_is_out() -> None:
    undated = replace(ONE, stem="undated", published=None)
    draft = replace(ONE, stem="draft", is_draft=True)
    plan = schedule([undated, draft], NOW)
    assert (plan.released, plan.undated, plan.drafts) == ((), (undated,), (draft,))
    assert plan.next_due is None


def test_the_order_depends_on_date_and_stem_alone() -> None:
    twin = replace(ONE, stem="twin")
    assert schedule([ONE, twin], NOW).released == schedule([twin, ONE], NOW).released


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    "published",
    [
        datetime(2026, 3, 29, 3, 30, tzinfo=BERLIN),  # just after the clock went on
        datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN),  # the first 2:30 of two
        datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1),  # the second
        datetime(2026, 12, 31, 23, 59, 59, tzinfo=ZoneInfo("Pacific/Kiritimati")),
        datetime(1970, 1, 1, tzinfo=ZoneInfo("Asia/Kathmandu")),
        datetime(2199, 12, 31, tzinfo=timezone(timedelta(hours=-14))),
    ],
)
def test_an_instant_is_an_instant_in_every_zone(published: datetime) -> None:
    episode = replace(ONE, published=published)
    for zone in (UTC, BERLIN, ZoneInfo("America/New_York"), timezone(timedelta(hours=5.75))):
        exactly = published.astimezone(UTC).astimezone(zone)
        assert schedule([episode], exactly).released == (episode,)
        before = (published.astimezone(UTC) - timedelta(microseconds=1)).astimezone(zone)
        waiting = schedule([episode], before)
        assert waiting.scheduled == (episode,)
        assert waiting.next_due == published


def test_in_the_hour_that_comes_twice_the_earlier_instant_comes_first() -> None:
    first = replace(ONE, stem="b", published=datetime(2026, 10, 25, 0, 50, tzinfo=UTC))
    second = replace(ONE, stem="a", published=datetime(2026, 10, 25, 1, 10, tzinfo=UTC))
    local = [
        replace(e, published=e.published and e.published.astimezone(BERLIN))
        for e in (first, second)
    ]
    for pair in ((first, second), (first, local[1]), (local[0], second)):
        plan = schedule(pair, datetime(2026, 1, 1, tzinfo=UTC))
        assert [episode.stem for episode in plan.scheduled] == ["b", "a"]
        plan = schedule(pair, datetime(2027, 1, 1, tzinfo=UTC))
        assert [episode.stem for episode in plan.released] == ["a", "b"]
