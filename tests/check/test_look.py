from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest

from castpress.check.look import check_look
from castpress.model.look import COLOURS, MEASURES, Look
from castpress.model.palette import Palette
from castpress.model.problem import Location
from castpress.read.settings import parse_settings
from castpress.read.theme_entry import ThemeEntry

HERE = Location(PurePosixPath("show.yaml"), 5, 3)
CSS = Path("templates/theme.css").read_text("utf-8")
BROADSHEET = Path("docs/looks/broadsheet")
SETTINGS = """\
title: A
base_url: https://a.example/
guid: 0d1c7f0e-33c5-5f0f-8f7e-4b5f6a1f2c3d
description: B.
categories: [Sports]
"""


def look_of(text: str) -> Look:
    placed, problems = parse_settings(SETTINGS + text, PurePosixPath("show.yaml"))
    assert placed is not None
    assert placed.settings.theme is not None
    assert not problems
    return placed.settings.theme.as_look()


def pairs(look: Look, palette: Palette | None = None) -> list[str]:
    found = [problem.message for problem in check_look(look, palette, HERE)]
    return [re.sub(r"on (\w+) pages `(\w+)`.* on `(\w+)`.*", r"\1 \2/\3", text) for text in found]


@pytest.mark.parametrize(("scheme", "index"), [(":root {", 0), ("prefers-color-scheme: dark", 1)])
def test_the_colours_are_those_of_the_style_sheet(scheme: str, index: int) -> None:
    block = CSS[CSS.index(scheme) :]
    for name, values in COLOURS.items():
        written = re.search(rf"--{name.replace('_', '-')}: (#\w+);", block)
        assert written is not None
        short = written[1] if len(written[1]) == 7 else "#" + "".join(c * 2 for c in written[1][1:])
        assert short == values[index], name


def test_each_measure_is_a_property_that_is_used() -> None:
    for name in MEASURES.values():
        assert f"--{name}:" in CSS
        assert f"var(--{name})" in CSS


@pytest.mark.parametrize(
    ("look", "palette", "expected"),
    [
        (Look(), None, []),
        (Look(light=(("paper", "#ffffff"),)), None, []),
        (Look(light=(("ink", "#999999"),)), None, ["light ink/paper", "light ink/raised"]),
        (Look(dark=(("soft", "#222222"),)), None, ["dark soft/paper", "dark soft/raised"]),
        (Look(light=(("accent", "#eeee00"),)), None, ["light accent/paper", "light accent/raised"]),
        (Look(light=(("on_accent", "#8a3a1c"),)), None, ["light on_accent/accent"]),
        # The artwork's accent on a paper that it was not made for.
        (Look(light=(("paper", "#0b5a3c"),)), Palette("#0b5a3c", "#8fe0bd"),
         ["light ink/paper", "light soft/paper", "light accent/paper"]),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told(
    look: Look, palette: Palette | None, expected: list[str]
) -> None:
    assert pairs(look, palette) == expected


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("paper: white", '"#8a3a1c"'),
        ("paper: {lihgt: '#fff'}", "did you mean `light`?"),
        ("papr: '#fff'", "did you mean `paper`?"),
        ("accent: '#12345'", '"#8a3a1c"'),
        ("title_font: url(https://x.example/a.woff)", "Georgia, serif"),
        ("title_font: 'a; } body { display: none'", "Georgia, serif"),
        ("radius: 1em solid", "42rem"),
        ("page: calc(1px)", "42rem"),
    ],
)
def test_a_value_that_does_not_fit_is_told_at_its_place(line: str, told: str) -> None:
    text = f"{SETTINGS}theme:\n  {line}\n"
    _, (problem,) = parse_settings(text, PurePosixPath("show.yaml"))
    assert problem.location.line == 7
    assert told in problem.help


def test_the_look_of_the_docs_can_be_read_and_keeps_to_a_hundred_lines() -> None:
    look = look_of((BROADSHEET / "theme.yaml").read_text("utf-8"))
    assert pairs(look) == []
    files = (file for file in BROADSHEET.rglob("*.*") if file.is_file())
    assert sum(file.read_text("utf-8").count("\n") for file in files) < 100
    assert set(ThemeEntry.model_fields) == {*COLOURS, *MEASURES}
