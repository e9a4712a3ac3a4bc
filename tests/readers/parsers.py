"""What four parsers make of feeds, each as plain values."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

import feedparser
import podcastparser

from tests.readers.node import by_node

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


class Reading(NamedTuple):
    """What one parser made of one feed: the channel, and the items by the enclosure's address."""

    channel: Any
    items: dict[str, Any]


def read_here(parser: str, feeds: Mapping[str, bytes]) -> dict[str, Reading]:
    """What a parser in Python made of each feed."""
    return {name: IN_PYTHON[parser](content) for name, content in feeds.items()}


def read_by_node(feeds: Mapping[str, bytes], folder: Path) -> dict[str, dict[str, Reading]]:
    """What each parser from npm made of each feed."""
    return {
        parser: {name: _node_reading(found) for name, found in readings.items()}
        for parser, readings in by_node(feeds, folder).items()
    }


def by_feedparser(content: bytes) -> Reading:
    read = feedparser.parse(content)
    if read.bozo:
        raise ValueError(read.bozo_exception)
    return Reading(read.feed, {entry.enclosures[0].href: entry for entry in read.entries})


def by_podcastparser(content: bytes) -> Reading:
    read = podcastparser.parse("https://example.org/run/feed.xml", io.BytesIO(content))
    episodes = read.pop("episodes")
    return Reading(read, {episode["enclosures"][0]["url"]: episode for episode in episodes})


def _node_reading(found: dict[str, Any]) -> Reading:
    items = found.pop("items")
    # The clock, and a list of the names of the tags that it saw: neither is the feed's.
    found.pop("lastUpdate", None)
    found.pop("pc20support", None)
    return Reading(found, {item["enclosure"]["url"]: item for item in items})


IN_PYTHON: dict[str, Callable[[bytes], Reading]] = {
    "feedparser": by_feedparser,
    "podcastparser": by_podcastparser,
}
