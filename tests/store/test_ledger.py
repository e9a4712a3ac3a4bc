from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.ledger import Ledger, LedgerEntry
from castpress.store.ledger import ledger_bytes, parse_ledger, read_ledger, write_ledger
from castpress.store.output import OutputError
from tests.model.ledgers import ledgers

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FIRST = b"""\
{
  "castpress": 1,
  "feeds": {"feed.xml": "5c0b2f0e-6b1c-5a55-8f0e-0a4c2f1d9b77"},
  "episodes": [
    {"stem": "one", "guid": "g", "audio_sha256": "ab", "slug": "one", "old_slugs": ["uno"]},
    {"stem": "two", "guid": "h", "audio_sha256": "cd", "retired": true}
  ]
}
"""


@given(ledgers())
def test_any_ledger_is_read_as_it_was_written(ledger: Ledger) -> None:
    found, problems = parse_ledger(ledger_bytes(ledger))
    assert problems == ()
    assert found == ledger
    assert ledger_bytes(found) == ledger_bytes(ledger)


def test_a_lock_of_the_first_version_is_still_read() -> None:
    ledger, problems = parse_ledger(FIRST)
    assert problems == ()
    assert ledger.entries == (
        LedgerEntry("g", "one", "ab", slug="one", old_slugs=("uno",)),
        LedgerEntry("h", "two", "cd", is_retired=True),
    )
    assert json.loads(ledger_bytes(ledger))["castpress"] == 2


@pytest.mark.parametrize("digest", ["ab", "x" * 64, "", "ab " * 32])
def test_a_digest_that_is_none_makes_no_feed(digest: str) -> None:
    """Feeds write it in another form, so it must be one; a lock edited by hand is told."""
    alternate = {"path": "audio/x.opus", "type": "audio/ogg", "bytes": 1, "sha256": digest}
    source = {"extension": "mp3", "bytes": 1, "duration_ms": 1}
    audio = {"path": "audio/x.mp3", "type": "audio/mpeg", "bytes": 1, "sha256": "ab"}
    audio |= {"source": source, "tags": None, "alternates": [alternate]}
    entry = {"stem": "x", "guid": "g", "audio_sha256": "ab", "audio": audio}
    ledger, problems = parse_ledger(
        json.dumps({"castpress": 2, "feeds": {}, "episodes": [entry]}).encode()
    )
    assert ledger == Ledger()
    assert [problem.code for problem in problems] == ["unreadable-lock"]


KEYS = [
    *("castpress", "feeds", "episodes", "live_feeds", "former_urls", "stem", "guid", "slug"),
    *("audio_sha256", "audio", "tags", "source", "chapters", "date", "revision", "old_slugs"),
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(KEYS),
            inner,
            max_size=5,
        )
    ),
    max_leaves=20,
)


@given(JSON)
def test_json_that_is_no_ledger_is_a_problem(data: object) -> None:
    for whole in (data, {"castpress": 2, "feeds": {}, "episodes": data}):
        ledger, problems = parse_ledger(json.dumps(whole).encode())
        assert isinstance(ledger, Ledger)
        assert all(problem.code == "unreadable-lock" for problem in problems)


@given(st.binary(max_size=200))
def test_bytes_that_are_no_json_are_a_problem(data: bytes) -> None:
    _, problems = parse_ledger(data)
    assert [problem.code for problem in problems] == ["unreadable-lock"]


@given(ledgers(), st.data())
def test_a_ledger_with_one_value_spoilt_never_raises(ledger: Ledger, data: st.DataObject) -> None:
    whole = json.loads(ledger_bytes(ledger))
    places = list(places_of(whole))
    *path, last = data.draw(st.sampled_from(places))
    node = whole
    for step in path:
        node = node[step]
    node[last] = data.draw(JSON)
    _, problems = parse_ledger(json.dumps(whole).encode())
    assert {problem.code for problem in problems} <= {"unreadable-lock"}


def places_of(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    rows = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, value in rows:
        yield (*path, key)
        yield from places_of(value, (*path, key))


HOSTILE = {
    "deep": b"[" * 100_000,
    "a long number": b'{"castpress": 2, "feeds": {}, "episodes": [], "x": ' + b"9" * 5000 + b"}",
    "a huge revision": b'{"castpress": 2, "feeds": {}, "episodes": [{"guid": "g", "stem": "s", '
    b'"audio_sha256": "", "revision": 1e400}]}',
    "no number": b'{"castpress": 2, "feeds": {}, "episodes": [{"guid": "g", "stem": "s", '
    b'"audio_sha256": "", "revision": NaN}]}',
    "half a character": b'{"castpress": 2, "feeds": {"\\ud800": "x"}, "episodes": []}',
    "an address that leads out": FIRST.replace(b'"slug": "one"', b'"slug": ".."'),
    "an old address that leads out": FIRST.replace(b'"uno"', b'"../../etc"'),
    "audio that leads out": FIRST.replace(
        b'"slug": "one"',
        b'"audio": {"path": "audio/../../../x.mp3", "type": "audio/mpeg", "bytes": 1, "sha256": "",'
        b' "source": {"extension": "mp3", "bytes": 1, "duration_ms": 1}, "tags": null}',
    ),
    "an ending that leads out": FIRST.replace(
        b'"slug": "one"',
        b'"audio": {"path": "audio/x.mp3", "type": "audio/mpeg", "bytes": 1, "sha256": "",'
        b' "source": {"extension": "/../x", "bytes": 1, "duration_ms": 1}, "tags": null}',
    ),
    "a conflict": b"<<<<<<< HEAD\n" + FIRST,
    "twice the guid": FIRST.replace(b'"h"', b'"g"'),
    "twice the stem": FIRST.replace(b'"two"', b'"one"').replace(b', "retired": true', b""),
    "newer": FIRST.replace(b'"castpress": 1', b'"castpress": 99'),
    "empty": b"",
    "null": b"null",
    "a list as version": FIRST.replace(b'"castpress": 1', b'"castpress": [1]'),
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_lock_is_a_problem_and_never_an_empty_ledger(text: bytes) -> None:
    ledger, problems = parse_ledger(text)
    if text is HOSTILE["a long number"]:
        return  # read or refused as Python's JSON likes; it must not raise
    assert ledger == Ledger()
    assert [problem.code for problem in problems] == ["unreadable-lock"]


def test_a_folder_named_show_lock_is_said(tmp_path: Path) -> None:
    (tmp_path / "show.lock").mkdir()
    assert [problem.code for problem in read_ledger(tmp_path)[1]] == ["unreadable-lock"]


def test_no_lock_is_an_empty_one(tmp_path: Path) -> None:
    assert read_ledger(tmp_path) == (Ledger(), ())


def test_a_lock_that_cannot_be_written_stays_as_it_was(tmp_path: Path) -> None:
    write_ledger(tmp_path, Ledger())
    before = (tmp_path / "show.lock").read_bytes()
    (tmp_path / "show.lock.draft").mkdir()
    with pytest.raises(OutputError, match="nothing was changed"):
        write_ledger(tmp_path, Ledger((LedgerEntry("g", "s", "f"),)))
    assert (tmp_path / "show.lock").read_bytes() == before
