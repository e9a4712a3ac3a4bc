"""``related`` in front matter: addresses, or names of pages of this show."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from castpress.model.podcast import Link
from castpress.model.problem import Location
from castpress.model.related import NamedPage
from castpress.read.front_matter import parse_head

FILE = PurePosixPath("show_notes/042.md")
HERE = Location(FILE, 2)


@pytest.mark.parametrize(
    ("yaml", "found"),
    [
        ("[003, hills]", [("003", None), ("hills", None)]),
        ("hills", [("hills", None)]),
        ("[{title: Why do hills hurt?}]", [("Why do hills hurt?", None)]),
        ("[{title: Map, url: https://m.example/}]", [("Map", "https://m.example/")]),
        ("[https://m.example/]", [("https://m.example/", "https://m.example/")]),
        ("[]", []),
    ],
)
def test_an_entry_is_an_address_or_a_name(yaml: str, found: list[tuple[str, str | None]]) -> None:
    head, problems = parse_head(f"---\nrelated: {yaml}\n---\n", FILE)

    assert not problems
    entries = [entry.as_related(HERE) for entry in head.settings.related]
    assert entries == [Link(n, url) if url else NamedPage(n, HERE) for n, url in found]


@pytest.mark.parametrize(
    "yaml", ["[{url: https://m.example/}]", "[{title: x, url: hills}]", "['']"]
)
def test_what_is_neither_is_told(yaml: str) -> None:
    head, (problem,) = parse_head(f"---\nrelated: {yaml}\n---\n", FILE)

    assert problem.code in {"missing-key", "bad-value"}
    assert all(entry.url is None for entry in head.settings.related)
