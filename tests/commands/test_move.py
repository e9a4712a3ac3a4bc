from __future__ import annotations

import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.commands.move import replaced_value
from castpress.model.problem import Location
from castpress.read.feed import parse_feed
from castpress.read.strict_yaml import parse_yaml
from castpress.store import ledger as ledger_file
from castpress.store.output import OutputError
from tests.commands.show_changes import build, edit, items, publish, run, sources

if TYPE_CHECKING:
    from pathlib import Path

    from castpress.model.listing import ListedFeed

OLD, NEW = "https://tiny.example/runs/", "https://new.example/pod/"
FEEDS = ("feed.xml", "courses/first-steps/feed.xml")


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")


def listed(show: Path, path: str) -> ListedFeed:
    feed, problems = parse_feed((show / "public" / path).read_bytes(), PurePosixPath(path))
    assert problems == ()
    assert feed is not None
    return feed


def test_subscribers_are_taken_along(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    before = {path: listed(show, path) for path in FEEDS}
    assert run(show, "move", "new.example/pod") == 0
    assert "Subscribers stay" in capsys.readouterr().err
    build(show)
    for path in FEEDS:
        after = listed(show, path)
        assert after.new_feed_url == after.self_url == NEW + path
        assert before[path].new_feed_url is None
        assert after.podcast_guid == before[path].podcast_guid
        assert [item.guid for item in after.items] == [item.guid for item in before[path].items]
        for old, new in zip(before[path].items, after.items, strict=True):
            assert new.enclosure_url == old.enclosure_url.replace(OLD, NEW)


def test_guids_of_courses_outlive_the_address_that_they_were_made_from(show: Path) -> None:
    """Even where nothing was built before the move, so that show.lock did not have them."""
    assert run(show, "move", NEW) == 0
    build(show)
    moved = listed(show, FEEDS[1]).podcast_guid
    (show / "show.lock").unlink()
    edit(show / "show.yaml", NEW, OLD)
    build(show)
    assert listed(show, FEEDS[1]).podcast_guid == moved


def test_only_the_value_changes(show: Path) -> None:
    text = (show / "show.yaml").read_bytes()
    line = b"base_url: https://tiny.example/runs/"
    odd = b"\xef\xbb\xbf" + text.replace(line, b'base_url:   "https://tiny.example/runs"  # ours\r')
    (show / "show.yaml").write_bytes(odd)
    assert run(show, "move", NEW) == 0
    expected = odd.replace(b'"https://tiny.example/runs"', NEW.encode())
    assert (show / "show.yaml").read_bytes() == expected


def test_a_dry_run_changes_not_a_byte(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    before = sources(show)
    assert run(show, "move", NEW, "--dry-run") == 0
    assert sources(show) == before
    said = capsys.readouterr().out
    for line in (
        'rewrite "^/runs/(.*)$" https://new.example/pod/$1 permanent;',
        'RedirectMatch 301 "^/runs/(.*)$" "https://new.example/pod/$1"',
        "/runs/* https://new.example/pod/:splat 301",
        '"KeyPrefixEquals": "runs/"',
    ):
        assert line in said


def test_a_move_that_cannot_be_recorded_is_undone(
    show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(show)
    before = sources(show)

    def full(root: Path, _ledger: object) -> None:
        raise OutputError(root, "cannot be written; nothing was changed", "tidy up")

    monkeypatch.setattr(ledger_file, "write_ledger", full)
    assert run(show, "move", NEW) == 1
    assert sources(show) == before


def test_there_and_back_again(show: Path) -> None:
    publish(show)
    for url in (NEW, OLD):
        assert run(show, "move", url) == 0
    build(show)
    assert listed(show, "feed.xml").new_feed_url == OLD + "feed.xml"
    assert json.loads((show / "show.lock").read_bytes())["former_urls"] == [OLD, NEW]
    assert len(items(show)) == 2


@pytest.mark.parametrize(
    "url",
    [
        "",
        "nonsense",
        "ftp://x.example/",
        "https://",
        "https://x.example/?a=b",
        "a b",
        "https://x/#a",
    ],
)
def test_what_is_no_address_is_refused(
    show: Path, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sources(show)
    assert run(show, "move", url) == 2
    assert "error[bad-address]" in capsys.readouterr().err
    assert sources(show) == before


def test_nothing_to_do_is_said(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sources(show)
    assert run(show, "move", OLD, "--json") == 0
    assert json.loads(capsys.readouterr().out)["done"] is False
    assert sources(show) == before


@pytest.mark.parametrize(
    "line", ["base_url: >-\n  https://tiny.example/\n  runs/\n", "? base_url\n: |\n  https://a/\n"]
)
def test_a_form_that_nobody_writes_is_left_alone(
    show: Path, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(show / "show.yaml", "base_url: https://tiny.example/runs/\n", line)
    before = sources(show)
    assert run(show, "move", NEW) == 1
    assert sources(show) == before
    assert "error[" in capsys.readouterr().err


FILE = PurePosixPath("show.yaml")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("base_url: https://a/\n", "base_url: https://b/\n"),
        ("base_url: https://a/", "base_url: https://b/"),
        ("base_url: https://a/#x # y\n", "base_url: https://b/ # y\n"),
        ("base_url: 'https://a/' # it''s\nx: y\n", "base_url: https://b/ # it''s\nx: y\n"),
        ('x: y\r\nbase_url: "https://a/\\"" \r\n', "x: y\r\nbase_url: https://b/ \r\n"),
        ("{base_url: 'https://a/', x: y}", "{base_url: https://b/, x: y}"),
        ("base_url:\n  https://a/\nx: y\n", "base_url:\n  https://b/\nx: y\n"),
        ("base_url: >-\n  https://a/\n", None),
        ("base_url: https://a/\n  b/\n", None),
        ("x: y\n", None),
    ],
)
def test_the_value_in_any_form(text: str, expected: str | None) -> None:
    read, _ = parse_yaml(text, FILE)
    assert replaced_value(text, read.place(("base_url",)), "https://b/") == expected


@given(
    st.text(max_size=60),
    st.integers(min_value=-1, max_value=9),
    st.integers(min_value=0, max_value=60),
)
def test_no_text_is_harmed(text: str, line: int, column: int) -> None:
    found = replaced_value(text, Location(FILE, line, column), "https://b/")
    if found is not None:
        before, after = parse_yaml(text, FILE)[0].value, parse_yaml(found, FILE)[0].value
        assert after == before | {"base_url": "https://b/"}
