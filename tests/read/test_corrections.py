"""Corrections in front matter: as texts, or with their day and their moment."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

import pytest

from castpress.model.podcast import Correction
from castpress.model.problem import Problem, Severity
from castpress.read.corrections import corrections_of
from castpress.read.front_matter import parse_head

ZONE = "Europe/Berlin"
FILE = PurePosixPath("show_notes/042.md")


def read(yaml: str, duration_ms: int = 600_000) -> tuple[tuple[Correction, ...], list[Problem]]:
    head, problems = parse_head(f"---\ncorrections:{yaml}\n---\n", FILE)
    found, faults = corrections_of(head, duration_ms, ZONE)
    return found, [*problems, *faults]


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        (" It is five.", (Correction("It is five."),)),
        ("\n- It is five.\n- It is six.", (Correction("It is five."), Correction("It is six."))),
        (
            "\n- {date: 2026-04-02, at: 2:05, text: It is five.}",
            (Correction("It is five.", datetime(2026, 4, 2, tzinfo=ZoneInfo(ZONE)), 125_000),),
        ),
        ("\n- text: It is five.\n  at: 90", (Correction("It is five.", None, 90_000),)),
    ],
)
def test_corrections_are_texts_or_have_a_day_and_a_moment(
    yaml: str, found: tuple[Correction, ...]
) -> None:
    assert read(yaml) == (found, [])


@pytest.mark.parametrize(
    ("yaml", "code", "words"),
    [
        ("\n- at: 12:30", "missing-key", "`corrections[1].text` is missing"),
        ("\n- {text: x, date: April}", "bad-value", "`corrections[1].date`: expected a date"),
        ("\n- {text: x, at: soon}", "bad-value", "`corrections[1].at`: expected a time"),
        ("\n- {text: x, time: 2:05}", "renamed-key", "'time' is called otherwise here"),
        ("\n- We said four: it is five.", "bad-value", "the colon makes a key"),
        ("\n- ''", "bad-value", "`corrections[1]`: nothing is written"),
    ],
)
def test_what_is_typed_wrongly_is_told(yaml: str, code: str, words: str) -> None:
    _, (problem,) = read(yaml)

    assert (problem.code, problem.severity) == (code, Severity.ERROR)
    assert words in problem.message
    assert problem.help


def test_a_moment_behind_the_end_is_told_and_left_out() -> None:
    found, (problem,) = read("\n- x\n- {text: y, at: 12:30}")

    assert found == (Correction("x"), Correction("y"))
    assert (problem.code, problem.location.line) == ("correction-past-end", 4)
    assert problem.severity is Severity.WARNING


def test_a_moment_of_audio_without_a_known_length_stands() -> None:
    assert read("\n- {text: y, at: 12:30}", 0) == ((Correction("y", None, 750_000),), [])
