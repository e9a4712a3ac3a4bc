"""feed.json: the newest episodes of the main feed for readers that prefer JSON.

Source: https://www.jsonfeed.org/version/1.1/.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lxml import etree

from castpress.model.address import is_absolute
from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.model.element_rules import NAMESPACES
from castpress.render.itunes import feed_type
from castpress.render.text import file_url, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from castpress.model.podcast import Artwork, Release, Show

JSON_FEED = "feed.json"
JSON_FEED_TYPE = "application/feed+json"
NEWEST = 50
"""The most that it lists: it is for readers that look in often."""

_VERSION = "https://jsonfeed.org/version/1.1"


def text_of_item(item: bytes) -> str:
    """The HTML of an item as ``render_item`` wrote it: the whole of it where that is more."""
    names = "".join(f' xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    root = etree.fromstring(
        b"<rss%b>%b</rss>" % (names.encode(), item),
        etree.XMLParser(recover=True, resolve_entities=False, huge_tree=True),
    )
    whole = root.findtext(f"item/{{{NAMESPACES['content']}}}encoded")
    return str(whole or root.findtext("item/description") or "")


def render_json_feed(show: Show, releases: Sequence[Release], texts: Mapping[str, str]) -> Artifact:
    """The releases, the newest first; ``texts`` are those of their items in the feed, by guid."""
    feed = show.feed
    data: dict[str, object] = {
        "version": _VERSION,
        "title": one_line(feed.title),
        "home_page_url": file_url(show, feed.page_path),
        "feed_url": file_url(show, JSON_FEED),
        "description": feed.description,
        "icon": _picture(show, feed.artwork),
        "authors": [{"name": one_line(feed.author), "url": file_url(show, "")}],
        "language": feed.language,
        "expired": feed.is_complete or None,
        "items": [_item(show, release, texts[release.episode.guid]) for release in releases],
    }
    text = json.dumps(_told(data), ensure_ascii=False, separators=(",", ":")) + "\n"
    return text_artifact(JSON_FEED, text, Wave.PAGE)


def _item(show: Show, release: Release, text: str) -> dict[str, object]:
    episode, enclosure = release.episode, release.enclosure
    author = one_line(episode.author or "")
    return _told(
        {
            "id": episode.guid,
            "url": file_url(show, episode.page_path),
            "title": one_line(episode.title),
            "content_html": text,
            "summary": one_line(episode.summary or episode.subtitle or ""),
            "image": _picture(show, episode.artwork or show.feed.artwork),
            "date_published": release.published.isoformat(),
            "date_modified": episode.updated.isoformat() if episode.updated else None,
            "authors": [{"name": author}] if author else None,
            "tags": [one_line(tag) for tag in episode.tags],
            "language": episode.language,
            "attachments": [
                {
                    "url": file_url(show, enclosure.path),
                    "mime_type": feed_type(enclosure.media_type),
                    "size_in_bytes": enclosure.byte_length,
                    "duration_in_seconds": round(episode.audio.duration_ms / 1000),
                }
            ],
        }
    )


def _picture(show: Show, artwork: Artwork | None) -> str | None:
    """The address of the small copy."""
    if artwork is None:
        return None
    path = artwork.small.path
    return path if is_absolute(path) else file_url(show, path)


def _told(members: dict[str, object]) -> dict[str, object]:
    """What is known; ``content_html`` stays where it is empty, because an item must have it."""
    return {
        name: value
        for name, value in members.items()
        if value not in (None, "", []) or name in ("content_html", "items", "title")
    }
