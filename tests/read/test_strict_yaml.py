from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.read.strict_yaml import parse_yaml

FILE = PurePosixPath("show.yaml")


@pytest.mark.parametrize("text", ["1:30", "NO", "007", "2026-03-01", "on", "1e3", "0x1F", "1_000"])
def test_scalars_stay_text(text: str) -> None:
    read, problems = parse_yaml(f"key: {text}", FILE)
    assert (read.value, problems) == ({"key": text}, ())


def test_every_value_knows_its_place() -> None:
    read, _ = parse_yaml("title: A\npeople:\n  - name: B\n    href: C\n", FILE, first_line=2)
    assert str(read.place(("people", 0, "href"))) == "show.yaml:5:11"
    assert str(read.key_places["people", 0, "href"]) == "show.yaml:5:5"
    assert str(read.place(("people", 0, "missing"))) == "show.yaml:4:5"


BOMB = "a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n"


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", "show.yaml:3:1"),
        (BOMB, "yaml-alias", "show.yaml:1:4"),
        ("a: !!python/object:os.system x", "yaml-tag", "show.yaml:1:4"),
        ("title: Running: why\n", "bad-yaml", "show.yaml:1:15"),
        ("a: [1, 2\nb: 3\n", "bad-yaml", "show.yaml:2:2"),
        ("a: 'open\n", "bad-yaml", "show.yaml:2:1"),
        ("a: 1\nopen", "bad-yaml", "show.yaml:2:1"),
        ("a: 1\u2028\u2029\x852\na: 3\n", "duplicate-key", "show.yaml:2:1"),
        ("- a\n- b\n", "bad-yaml", "show.yaml:1:1"),
        ("just text", "bad-yaml", "show.yaml:1:1"),
        ("a: 1\n---\nb: 2\n", "bad-yaml", "show.yaml:2:1"),
        ("a: \x07\n", "bad-yaml", "show.yaml:1:4"),
        ("\ta: 1\n", "bad-yaml", "show.yaml:1:1"),
        ("? [a, b]\n: c\n", "bad-yaml", "show.yaml:1:3"),
        ("a: " + "[" * 400 + "]" * 400, "bad-yaml", "show.yaml:1:15"),
        ("x" * 1_000_001, "bad-yaml", "show.yaml:1:1"),
    ],
)
def test_what_is_refused_says_where(text: str, code: str, place: str) -> None:
    _, problems = parse_yaml(text, FILE)
    assert (code, place) in [(p.code, str(p.location)) for p in problems]


def test_what_was_read_before_a_fault_is_kept() -> None:
    read, problems = parse_yaml("title: A\nbad: [1\n", FILE)
    assert read.value["title"] == "A"
    assert len(problems) == 1


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n"])
def test_nothing_is_an_empty_mapping(text: str) -> None:
    read, problems = parse_yaml(text, FILE)
    assert (read.value, problems) == ({}, ())


@given(st.text() | st.text(alphabet="ab:-[]{}&*!|>'\"#%@`,?\n\t \x00~<", max_size=60))
def test_never_raises(text: str) -> None:
    read, _ = parse_yaml(text, FILE)
    assert isinstance(read.value, dict)
