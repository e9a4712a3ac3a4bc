"""Where in the notes the exercises stand."""

from __future__ import annotations

import pytest

from castpress.model.notes import SectionRole
from castpress.model.podcast import Exercise
from castpress.read.exercise_anchor import exercises_anchor
from tests.render.sample import section

PLANK = Exercise("Side plank")
OPENING = section("", "<p>Do the <b>side-plank</b> &amp; rest.</p>")
LIST = section("To do", "<ul><li>Side plank</li></ul>", role=SectionRole.EXERCISES)
SAID = section("Transcript", "<p>Side plank</p>", role=SectionRole.TRANSCRIPT)


@pytest.mark.parametrize(
    ("sections", "anchor"),
    [((OPENING, LIST), "to-do"), ((SAID, OPENING), "notes"), ((SAID,), None), ((), None)],
)
def test_the_section_of_the_exercises(sections: tuple[object, ...], anchor: str | None) -> None:
    assert exercises_anchor(sections, (PLANK,)) == anchor  # type: ignore[arg-type]


def test_without_exercises_no_section_is_theirs() -> None:
    assert exercises_anchor((OPENING, LIST), ()) is None
