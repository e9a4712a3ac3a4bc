"""The script as it is published: without what only its editors read."""

from __future__ import annotations

import pytest

from castpress.render.script import without_notes
from tests.render import sample


@pytest.mark.parametrize("name", ["player.js", "search.js"])
def test_the_themes_own_scripts_are_published_slim(name: str) -> None:
    script = sample.templates()[name]

    slim = without_notes(script)

    assert len(slim) < 0.9 * len(script)
    lines = slim.splitlines()
    assert [line for line in lines if line.startswith("//") or line != line.strip()] == []
    code = [line.strip() for line in script.splitlines()]
    assert lines == [line for line in code if line in set(lines)]


def test_a_licence_stays() -> None:
    assert without_notes("/*! MIT */\n  a();\n") == "/*! MIT */\na();\n"


def test_addresses_and_comments_behind_code_stay() -> None:
    script = "a('https://x.example'); // why\n/* b */ c();\n"

    assert without_notes("d();\n" + script) == "d();\n" + script


def test_text_over_several_lines_is_not_touched() -> None:
    script = "  a(`one\n    // two\n  three`);\n  // four\n"

    assert without_notes(script) == script
