"""feed.json as jsonfeed.org/version/1.1 asks for it, and as the RSS feed says the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from castpress.model.podcast import AudioFacts
from castpress.render.feed import render_item
from castpress.render.json_feed import JSON_FEED_TYPE, render_json_feed, text_of_item
from castpress.render.pages import render_pages
from tests.render import sample
from tests.render.test_group_pages import with_fields

if TYPE_CHECKING:
    from collections.abc import Mapping

    from castpress.model.podcast import Release, Show

BASE = sample.SHOW.base_url
NEWEST_FIRST = sample.newest_first(sample.EPISODES)

# Every member that version 1.1 knows, with its type; those with True must be there.
TOP = {
    "version": (str, True), "title": (str, True), "items": (list, True),
    "home_page_url": (str, False), "feed_url": (str, False), "description": (str, False),
    "user_comment": (str, False), "next_url": (str, False), "icon": (str, False),
    "favicon": (str, False), "authors": (list, False), "language": (str, False),
    "expired": (bool, False), "hubs": (list, False),
}  # fmt: skip
ITEM = {
    "id": (str, True), "url": (str, False), "external_url": (str, False), "title": (str, False),
    "content_html": (str, True), "content_text": (str, False), "summary": (str, False),
    "image": (str, False), "banner_image": (str, False), "date_published": (str, False),
    "date_modified": (str, False), "authors": (list, False), "tags": (list, False),
    "language": (str, False), "attachments": (list, False),
}  # fmt: skip
AUTHOR = {"name": (str, False), "url": (str, False), "avatar": (str, False)}
ATTACHMENT = {
    "url": (str, True), "mime_type": (str, True), "title": (str, False),
    "size_in_bytes": (int, False), "duration_in_seconds": (int, False),
}  # fmt: skip


def hold_to(members: dict[str, Any], known: Mapping[str, tuple[type, bool]]) -> None:
    """The object has what it must have, nothing that the version does not know, and no blanks."""
    assert members.keys() <= known.keys()
    assert {name for name, (_, is_required) in known.items() if is_required} <= members.keys()
    for name, value in members.items():
        assert isinstance(value, known[name][0]), name
        assert value or name in ("content_html", "items"), name


def feed_of(*releases: Release, show: Show = sample.SHOW) -> dict[str, Any]:
    texts = {
        release.episode.guid: text_of_item(render_item(show, show.feed, release))
        for release in releases
    }
    found: dict[str, Any] = json.loads(render_json_feed(show, releases, texts).content or b"")
    return found


def test_it_is_as_the_version_asks() -> None:
    feed = feed_of(*NEWEST_FIRST)
    hold_to(feed, TOP)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"{BASE}feed.json"
    assert "expired" not in feed
    for author in feed["authors"]:
        hold_to(author, AUTHOR)
    assert len({item["id"] for item in feed["items"]}) == len(NEWEST_FIRST)
    for item in feed["items"]:
        hold_to(item, ITEM)
        assert datetime.fromisoformat(item["date_published"]).utcoffset() is not None
        for attachment in item["attachments"]:
            hold_to(attachment, ATTACHMENT)


def test_an_item_says_what_the_other_feed_says() -> None:
    item = feed_of(sample.MIDBACK)["items"][0]
    assert item["id"] == sample.MIDBACK.episode.guid
    assert item["url"] == BASE + sample.MIDBACK.episode.page_path
    assert item["attachments"] == [
        {
            "url": BASE + sample.MIDBACK.enclosure.path,
            "mime_type": "audio/x-wav",
            "size_in_bytes": 9_600_000,
            "duration_in_seconds": 600,
        }
    ]
    assert item["authors"] == [{"name": "Coach Mira"}]
    assert item["tags"] == ["mobility", "injury"]
    assert item["image"].startswith(BASE)
    assert "<li>The trunk stores the energy" in item["content_html"]
    assert "<p>" in item["content_html"]


def test_of_a_text_that_is_too_long_for_the_description_the_whole_is_taken() -> None:
    long = sample.section("Long", "<p>" + "Word after word. " * 900 + "The very end.</p>")
    release = with_fields(sample.MIDBACK, sections=(long,))
    item = render_item(sample.SHOW, sample.SHOW.feed, release)
    assert b"content:encoded" in item
    assert "The very end." in text_of_item(item)


@pytest.mark.parametrize("text", ["]]>", "<b>&amp;</b> \u2028 </script>", "&lt;i&gt;"])
def test_texts_come_through_unharmed(text: str) -> None:
    release = with_fields(sample.MIDBACK, title=text, sections=(), summary=text)
    item = feed_of(release)["items"][0]
    shown = html.fromstring(item["content_html"]).text_content()
    assert item["title"].split() == text.replace("\u2028", " ").split()
    assert "".join(text.split()) in "".join(shown.split())


def test_a_feed_that_ended_and_one_without_anything() -> None:
    ended = replace(sample.SHOW, feed=replace(sample.SHOW.feed, is_complete=True))
    feed = feed_of(show=ended)
    hold_to(feed, TOP)
    assert (feed["expired"], feed["items"]) == (True, [])


def test_seconds_are_whole_and_updates_are_told() -> None:
    updated = sample.MIDBACK.published + timedelta(days=2)
    audio = AudioFacts("audio/x-wav", "wav", 480_044, 600_600, "0" * 64)
    item = feed_of(with_fields(sample.MIDBACK, audio=audio, updated=updated))["items"][0]
    assert item["attachments"][0]["duration_in_seconds"] == 601
    assert item["date_modified"] == updated.isoformat()


def test_front_page_and_archive_name_it() -> None:
    artifacts, problems = render_pages(sample.EDITION, sample.templates())
    assert not problems
    naming = {
        artifact.path: html.document_fromstring(artifact.content or b"").xpath(
            f"//link[@rel='alternate'][@type='{JSON_FEED_TYPE}']/@href"
        )
        for artifact in artifacts
        if artifact.path.endswith(".html")
    }
    assert {path: found for path, found in naming.items() if found} == {
        "index.html": [f"{BASE}feed.json"],
        "archive/index.html": [f"{BASE}feed.json"],
    }
