"""RSS's, Apple's and Podlove's tags of an item, and what each parser makes of them."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from tests.readers.cells import at, ignored, number, row, wrong
from tests.readers.common import UNKNOWN_EXPLICIT, moment, posix, struct
from tests.render.feed_sample import content_of, description_of

if TYPE_CHECKING:
    from castpress.render.feed_element import Item

BASE = "https://example.org/run/"
"""Where a guid that were taken for a link would lead to."""

TYPES = {"audio/mp4": "audio/x-m4a"}
"""Apple's words in the place of the registered ones."""

DECODED = "decodes the entities of HTML once too often: `&lt;` comes out as `<`"


def description(i: Item) -> str:
    return description_of(i.show, i.release)


def whole(i: Item) -> str:
    """``content:encoded``, or the description, which is whole where there is none."""
    return content_of(i.show, i.release)


def partytimes_description(i: Item) -> str:
    return re.sub(r"\s{2,}", " ", html.unescape(description(i)).replace("\n", " "))


def partytimes_whole(i: Item) -> str:
    if whole(i) == description(i):
        return partytimes_description(i)
    return html.unescape(whole(i))


def feedparsers_whole(e: Any) -> str:
    text: str = e.content[0].value if "content" in e else e.summary
    return text.replace("<br />", "<br>")


def enclosure(i: Item) -> tuple[object, ...]:
    found = i.release.enclosure
    kind = TYPES.get(found.media_type, found.media_type)
    return (i.show.url(found.path), found.byte_length, kind)


def three(read: Any, url: str, length: str, kind: str) -> tuple[object, ...]:
    return (read[url], int(read[length]), read[kind])


def chapters(i: Item) -> list[tuple[int, str]]:
    return [(chapter.start_ms, chapter.title) for chapter in i.release.episode.chapters]


def seconds(i: Item) -> int:
    return (i.release.episode.audio.duration_ms + 500) // 1000


def artwork(i: Item) -> str | None:
    found = i.release.episode.artwork
    return i.show.url(found.path) if found else None


ITEM_ROWS = (
    row(
        "title",
        lambda i: i.release.episode.title,
        feedparser="title",
        podcastparser="title",
        partytime=wrong(
            "title",
            "drops a title that is a number, such as `1984`",
            lambda i: None if i.release.episode.title.isdigit() else i.release.episode.title,
        ),
        rss_parser="title",
    ),
    row(
        "link",
        lambda i: i.show.url(i.release.episode.page_path),
        feedparser="link",
        podcastparser="link",
        partytime="link",
        rss_parser="link",
    ),
    row(
        "description",
        description,
        feedparser=lambda e: e.summary.replace("<br />", "<br>"),
        podcastparser=wrong(
            "description_html", "`content:encoded` takes its place where both are given", whole
        ),
        partytime=wrong(
            "description", f"{DECODED}; turns line breaks into spaces", partytimes_description
        ),
        rss_parser="content",
    ),
    row(
        "content:encoded",
        whole,
        feedparser=feedparsers_whole,
        podcastparser="description_html",
        partytime=wrong(lambda e: e.get("content") or e["description"], DECODED, partytimes_whole),
        rss_parser=lambda e: e.get("content:encoded") or e["content"],
    ),
    row(
        "guid",
        lambda i: i.release.episode.guid,
        feedparser="id",
        podcastparser="guid",
        partytime=wrong(
            "guid",
            "takes a guid that is a number for one: `01984` comes out as `1984`",
            lambda i: guid.lstrip("0") if (guid := i.release.episode.guid).isdigit() else guid,
        ),
        rss_parser="guid",
    ),
    row(
        "guid",
        lambda i: False,
        "@isPermaLink",
        feedparser="guidislink",
        podcastparser=lambda e: e["guid"].startswith(BASE),
    ),
    row(
        "enclosure",
        enclosure,
        feedparser=lambda e: three(e.enclosures[0], "href", "length", "type"),
        podcastparser=lambda e: three(e["enclosures"][0], "url", "file_size", "mime_type"),
        partytime=lambda e: three(e["enclosure"], "url", "length", "type"),
        rss_parser=lambda e: three(e["enclosure"], "url", "length", "type"),
    ),
    row(
        "pubDate",
        lambda i: posix(i.release.published),
        feedparser=struct("published_parsed"),
        podcastparser="published",
        partytime=moment("pubDate"),
        rss_parser=moment("pubDate"),
    ),
    row(
        "category",
        lambda i: list(i.release.episode.tags),
        feedparser=lambda e: [tag.term for tag in e.get("tags", ())],
        rss_parser="categories",
    ),
    row(
        "comments",
        lambda i: i.release.episode.comments_url and i.show.url(i.release.episode.comments_url),
        feedparser="comments",
        rss_parser="comments",
    ),
    row(
        "itunes:title",
        lambda i: i.release.episode.apple_title,
        feedparser="itunes_title",
        partytime=ignored("reads it only where there is no `title`"),
    ),
    row(
        "itunes:duration",
        seconds,
        feedparser=number("itunes_duration"),
        podcastparser="total_time",
        partytime="duration",
        rss_parser=number("itunes.duration"),
    ),
    row(
        "itunes:author",
        lambda i: i.release.episode.author,
        feedparser="author",
        podcastparser="itunes_author",
        partytime="author",
        rss_parser="itunes.author",
    ),
    row(
        "itunes:image",
        artwork,
        feedparser="image.href",
        podcastparser="episode_art_url",
        partytime="itunesImage",
        rss_parser="itunes.image",
    ),
    row(
        "itunes:explicit",
        lambda i: i.release.episode.is_explicit,
        feedparser=wrong("itunes_explicit", UNKNOWN_EXPLICIT, lambda i: None),
        podcastparser="explicit",
        partytime="explicit",
        rss_parser=lambda e: e["itunes"]["explicit"] == "true",
    ),
    row(
        "itunes:season",
        lambda i: i.release.episode.season,
        feedparser=number("itunes_season"),
        podcastparser="season",
        partytime="itunesSeason",
        rss_parser=number("itunes.season"),
    ),
    row(
        "itunes:episode",
        lambda i: i.release.episode.number,
        feedparser=number("itunes_episode"),
        podcastparser=wrong(
            "number", "drops the number 0", lambda i: i.release.episode.number or None
        ),
        partytime="itunesEpisode",
        rss_parser=number("itunes.episode"),
    ),
    row(
        "itunes:episodeType",
        lambda i: i.release.episode.episode_type.value,
        feedparser="itunes_episodetype",
        podcastparser="type",
        partytime="itunesEpisodeType",
        rss_parser="itunes.episodeType",
    ),
    row(
        "itunes:block",
        lambda i: i.release.episode.is_blocked,
        feedparser=lambda e: e.get("itunes_block", 0) == 1,
    ),
    row(
        "psc:chapters/psc:chapter",
        chapters,
        feedparser=lambda e: [
            (round(chapter.start_parsed.total_seconds() * 1000), chapter.title)
            for chapter in (at("psc_chapters.chapters")(e) or ())
        ],
        podcastparser=wrong(
            lambda e: [(one["start"] * 1000, one["title"]) for one in e.get("chapters", ())],
            "drops the fraction of a start",
            lambda i: [(start // 1000 * 1000, title) for start, title in chapters(i)],
        ),
    ),
)
