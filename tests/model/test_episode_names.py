from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.episode_names import EpisodeName, find_named

NAMES = (
    EpisodeName("001-hills", "guid-1", ("hills", "first-hills")),
    EpisodeName("002-rivers", "GUID-2", ("rivers",)),
    EpisodeName("hills", "guid-3", ("valleys", "rivers-old")),
    EpisodeName("004-gone", "guid-4", ("gone", "rivers"), is_retired=True),
    EpisodeName("café", None),
    EpisodeName("ep.1", None),
)


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("001-hills", "001-hills"),
        ("show_notes/001-hills.md", "001-hills"),
        ("002-rivers.mp3", "002-rivers"),
        ("GUID-1", "001-hills"),
        ("guid-2", "002-rivers"),
        ("hills", "hills"),
        ("rivers", "002-rivers"),
        ("first-hills", "001-hills"),
        ("gone", "004-gone"),
        (" cafe\u0301 ", "café"),
        ("ep.1", "ep.1"),
    ],
)
def test_an_episode_by_any_of_its_names(text: str, stem: str) -> None:
    found, problems = find_named(NAMES, text)
    assert problems == ()
    assert found is not None
    assert found.stem == stem


def test_a_slip_is_answered_with_what_is_near() -> None:
    _, (problem,) = find_named(NAMES, "001-hils")
    assert problem.help == "did you mean 001-hills?"
    _, (problem,) = find_named(NAMES, "valleyz")
    assert problem.help == "did you mean hills?"
    _, (problem,) = find_named(NAMES, "?????")
    assert "its guid" in problem.help


def test_two_that_have_one_address_are_asked_apart() -> None:
    twins = (EpisodeName("a", "g1", ("x",)), EpisodeName("b", "g2", ("x",)))
    _, (problem,) = find_named(twins, "x")
    assert (problem.code, problem.help) == ("ambiguous-episode", "write the guid: g1 or g2")


@given(st.text(max_size=20))
def test_no_text_raises(text: str) -> None:
    found, problems = find_named(NAMES, text)
    assert (found is None) == bool(problems)
