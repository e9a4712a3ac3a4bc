"""Whatever is nested in a key: nothing raises, each fault has help, no wrong feed follows."""

from __future__ import annotations

import copy
import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from castpress.check.feed_xml import check_feed_xml
from castpress.model.ledger import Ledger
from castpress.read.front_matter import FrontMatter
from castpress.read.schema import Schema
from castpress.read.settings import FeedSettings, ShowSettings
from castpress.read.strict_yaml import parse_yaml
from tests.show_in_memory import SETTINGS, Folder, build

if TYPE_CHECKING:
    from collections.abc import Iterator

CORPUS = Path(__file__).parents[1] / "corpus" / "tags"
BODY = "# Talk\n\nA goose.\n"
# Keys that lead out of the text: to files, and to what another build has published.
ELSEWHERE = {"audio", "image", "transcript", "artwork"}


def _schemas(schema: type[Schema]) -> Iterator[type[Schema]]:
    yield schema
    for known in schema.__subclasses__():
        yield from _schemas(known)


KEYS = sorted({key for schema in _schemas(Schema) for key in schema.model_fields} - ELSEWHERE)
TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(("", " ", "~", "true", "no", "0", "-1", "1e3", "6.0", "1_0", "9" * 5000)),
    st.sampled_from(("weekly", "disabled", "cc-by-4.0", "0:10-0:20 A", "geo:1,2", "R1", "DE")),
    st.sampled_from(("https://a.example/b.mp3", "javascript:x", "at:x", "nostr:n", "mailto:a@b")),
    st.sampled_from(("917393e3-1b1e-5cef-ace4-edaa54e1f810", "2026-09-08", "FREQ=DAILY;COUNT=1")),
    st.integers(31, 33).map("x".__mul__),
    st.sampled_from((128, 129, 255, 256, 4001)).map("é".__mul__),
)
VALUES = st.recursive(
    st.none() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


def _right() -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What the cases of all tags type where it is right: show.yaml, then the front matter."""
    for file in sorted(CORPUS.glob("*.yaml")):
        for case in yaml.safe_load(file.read_text("utf-8")):
            if "right" in case and "commands" not in case:
                show, note = (_tree(case.get(key, "")) for key in ("show", "note"))
                yield show, {key: value for key, value in note.items() if key not in ELSEWHERE}


def _tree(text: str) -> dict[str, Any]:
    read, faults = parse_yaml(text, PurePosixPath("any.yaml"))
    assert faults == ()
    return read.value


RIGHT = list(_right())


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Each container with each key or index in it."""
    for step in tree if isinstance(tree, dict) else range(len(tree)):
        yield tree, step
        if isinstance(tree[step], dict | list):
            yield from _places(tree[step])


@st.composite
def nearly_right(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is right, one value of it replaced by any other."""
    both: tuple[dict[str, Any], dict[str, Any]] = copy.deepcopy(draw(st.sampled_from(RIGHT)))
    container, step = draw(
        st.sampled_from([*_places(both[0]), *_places(both[1])] or [(both[0], "block")])
    )
    container[step] = draw(VALUES)
    return both


def answered(show: dict[str, Any], note: dict[str, Any]) -> None:
    """Build it, whatever it is, and hold what castpress says against what an author needs."""
    built = build(folder_of(show, note), Ledger())

    for problem in built.problems:
        assert problem.message.strip()
        assert problem.help.strip()
        assert "\n" not in problem.message + problem.help
    for content in built.feeds.values():
        assert check_feed_xml(content) == ()


def folder_of(show: dict[str, Any], note: dict[str, Any]) -> Folder:
    head = "".join(
        f"{json.dumps(key, ensure_ascii=False)}: {json.dumps(value, ensure_ascii=False)}\n"
        for key, value in note.items()
    )
    dated = "" if {"published", "draft"} & note.keys() else "published: 2026-03-01 06:00\n"
    return Folder(
        settings="".join(
            f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in show.items()
        ),
        notes={"talk.md": f"---\n{head}{dated}---\n{BODY}"},
    )


@given(nearly_right())
def test_what_is_nearly_right_is_answered(both: tuple[dict[str, Any], dict[str, Any]]) -> None:
    answered(*both)


@given(schema=st.sampled_from((FeedSettings, ShowSettings, FrontMatter)), data=st.data())
def test_whatever_stands_at_a_key_is_answered(schema: type[Schema], data: st.DataObject) -> None:
    keys = sorted(schema.model_fields.keys() - ELSEWHERE)
    typed = data.draw(st.dictionaries(st.sampled_from(keys), VALUES, min_size=1, max_size=3))

    answered(*(({}, typed) if schema is FrontMatter else (typed, {})))


@pytest.mark.parametrize("key", sorted(ShowSettings.model_fields.keys() - ELSEWHERE))
def test_no_length_of_a_text_leads_to_a_wrong_feed(key: str) -> None:
    value = _tree(SETTINGS.get(key, "")).get(key)

    for length in (256, 5000):
        name = "é" * length
        for text in (name, f"https://a.example/{name}", f"{name}@b.example"):
            typed = {**value, **dict.fromkeys(value, text)} if isinstance(value, dict) else text
            answered({key: typed}, {})
