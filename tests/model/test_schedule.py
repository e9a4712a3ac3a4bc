from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

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
