"""feed.json beside feed.xml: the same episodes with the same words, after every build."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from tests.commands.test_incremental import SETTINGS, build, put, replace, write

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = "{http://purl.org/rss/1.0/modules/content/}encoded"


@pytest.fixture
def show(tmp_path: Path) -> Path:
    for folder in ("episodes", "show_notes"):
        (tmp_path / folder).mkdir()
    write(tmp_path, "show.yaml", SETTINGS)
    put(tmp_path, 1)
    put(tmp_path, 2)
    put(tmp_path, 3, "course: steps\n")
    put(tmp_path, 4)
    replace(tmp_path, "show_notes/004-talk.md", "published: 2026-03-04", "published: 2027-03-04")
    build(tmp_path)
    return tmp_path


def json_feed(show: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((show / "public/feed.json").read_bytes())
    return found


def rss_texts(show: Path) -> list[tuple[str | None, str | None]]:
    items = etree.parse(str(show / "public/feed.xml")).iterfind("channel/item")
    return [(i.findtext("guid"), i.findtext(WHOLE) or i.findtext("description")) for i in items]


def json_texts(show: Path) -> list[tuple[str, str]]:
    return [(item["id"], item["content_html"]) for item in json_feed(show)["items"]]


def test_it_holds_what_is_out_of_the_main_feed_in_its_words(show: Path) -> None:
    assert [item["title"] for item in json_feed(show)["items"]] == ["Talk 2", "Talk 1"]
    assert json_texts(show) == rss_texts(show)


def test_a_changed_note_changes_both(show: Path) -> None:
    replace(show, "show_notes/001-talk.md", "A goose.", "A gander.")
    build(show)
    assert "A gander." in json_texts(show)[1][1]
    assert json_texts(show) == rss_texts(show)


def test_one_that_was_deleted_is_made_of_the_feed_that_is_there(show: Path) -> None:
    before = (show / "public/feed.json").read_bytes()
    (show / "public/feed.json").unlink()
    build(show)
    assert (show / "public/feed.json").read_bytes() == before
