"""RSS's, Atom's and Apple's tags of a channel, and what each parser makes of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tests.readers.cells import each, ignored, number, row, wrong
from tests.readers.common import (
    LAST,
    UNKNOWN_EXPLICIT,
    element,
    links,
    lowered,
    moment,
    one,
    posix,
    struct,
)

if TYPE_CHECKING:
    from castpress.render.feed_element import Channel

CLOUD = ("domain", "port", "path", "registerProcedure", "protocol")
IMAGE_REPLACED = "`itunes:image` takes the place of the whole image"


def cloud(c: Channel) -> tuple[object, ...] | None:
    found = element(c.feed.elements, "cloud")
    return tuple(value for _, value in found.attributes) if found else None


def page(name: str) -> Any:
    """The address of another part of the feed."""

    def read(c: Channel) -> list[str]:
        path = c.feed.paging and getattr(c.feed.paging, name)
        return [c.show.url(path)] if path else []

    return read


def artwork(c: Channel) -> str | None:
    return c.show.url(c.feed.artwork.path) if c.feed.artwork else None


def categories(c: Channel) -> list[tuple[str, list[str]]]:
    """Each with its subcategories, in the author's order."""
    grouped: dict[str, list[str]] = {}
    for category in c.feed.categories:
        grouped.setdefault(category.name, []).extend(filter(None, [category.subcategory]))
    return list(grouped.items())


def flat(c: Channel) -> list[str]:
    return [name for parent, children in categories(c) for name in (parent, *children)]


def partytimes_categories(f: Any) -> list[tuple[str, list[str]]]:
    """What it writes as ``Sports > Running``."""
    grouped: dict[str, list[str]] = {}
    for found in f["itunesCategory"]:
        parent, _, child = found.partition(" > ")
        grouped.setdefault(parent, []).extend(filter(None, [child]))
    return list(grouped.items())


RSS_ROWS = (
    row(
        "title",
        lambda c: c.feed.title,
        feedparser="title",
        podcastparser="title",
        partytime="title",
        rss_parser="title",
    ),
    row(
        "link",
        lambda c: c.show.url(c.feed.page_path),
        feedparser="link",
        podcastparser="link",
        partytime="link",
        rss_parser="link",
    ),
    row(
        "description",
        lambda c: c.feed.description,
        feedparser=wrong(
            "subtitle",
            "takes a word in angle brackets for a tag, and drops it",
            lambda c: c.feed.description.replace("<both>", ""),
        ),
        podcastparser="description",
        partytime=wrong(
            "description",
            "turns line breaks into spaces",
            lambda c: re.sub(r"\s+", " ", c.feed.description),
        ),
        rss_parser="description",
    ),
    row(
        "docs",
        lambda c: "https://www.rssboard.org/rss-specification",
        feedparser="docs",
        rss_parser="docs",
    ),
    row(
        "generator",
        lambda c: "castpress",
        feedparser="generator",
        podcastparser="generator",
        partytime="generator",
        rss_parser="generator",
    ),
    row(
        "language",
        lambda c: c.feed.language,
        feedparser="language",
        podcastparser="language",
        partytime="language",
        rss_parser="language",
    ),
    row(
        "copyright",
        lambda c: c.feed.copyright,
        feedparser="rights",
        partytime="copyright",
        rss_parser="copyright",
    ),
    row(
        "managingEditor",
        lambda c: c.feed.owner_email and f"{c.feed.owner_email} ({c.feed.owner_name})",
        feedparser=lambda f: next(
            (f"{author['email']} ({author['name']})" for author in f.authors if "email" in author),
            None,
        ),
        partytime="managingEditor",
        rss_parser="managingEditor",
    ),
    row(
        "webMaster",
        lambda c: c.feed.webmaster,
        feedparser="publisher",
        partytime="webmaster",
        rss_parser="webMaster",
    ),
    row(
        "pubDate",
        lambda c: posix(c.published),
        feedparser=struct("published_parsed"),
        partytime=moment("pubDate"),
        rss_parser=moment("pubDate"),
    ),
    row(
        "lastBuildDate",
        lambda c: posix(c.changed),
        feedparser=struct("updated_parsed"),
        partytime=moment("lastBuildDate"),
        rss_parser=moment("lastBuildDate"),
    ),
    row(
        "category",
        lambda c: ["/".join(filter(None, (x.name, x.subcategory))) for x in c.feed.categories],
        feedparser=lambda f: [tag.term for tag in f.tags if not tag.scheme],
    ),
    row(
        "ttl",
        lambda c: c.feed.ttl_minutes,
        feedparser=number("ttl"),
        partytime=number("ttl"),
        rss_parser=number("ttl"),
    ),
    row(
        "image/url",
        artwork,
        feedparser="image.href",
        podcastparser="cover_url",
        partytime="image.url",
        rss_parser="image.url",
    ),
    row(
        "image/title",
        lambda c: c.feed.artwork and c.feed.title,
        feedparser=wrong("image.title", IMAGE_REPLACED, lambda c: None),
        partytime="image.title",
        rss_parser="image.title",
    ),
    row(
        "image/link",
        lambda c: c.feed.artwork and c.show.url(c.feed.page_path),
        feedparser=wrong("image.link", IMAGE_REPLACED, lambda c: None),
        partytime="image.link",
        rss_parser="image.link",
    ),
    row(
        "skipHours/hour",
        lambda c: [str(hour) for hour in c.feed.skip_hours],
        feedparser=wrong(one("hour"), LAST, lambda c: [str(h) for h in c.feed.skip_hours[-1:]]),
        rss_parser="skipHours.hour",
    ),
    row(
        "skipDays/day",
        lambda c: list(c.feed.skip_days),
        feedparser=wrong(one("day"), LAST, lambda c: list(c.feed.skip_days[-1:])),
        rss_parser="skipDays.day",
    ),
    row("cloud", cloud, feedparser=lowered("cloud", *CLOUD)),
    row(
        "atom:link",
        lambda c: [c.show.url(c.feed.path)],
        "@rel=self",
        feedparser=links("self"),
        partytime=one("pubsub.self"),
        rss_parser=one("feedUrl"),
    ),
    row(
        "atom:link",
        lambda c: list(c.show.hubs),
        "@rel=hub",
        feedparser=links("hub"),
        partytime=wrong(one("pubsub.hub"), "keeps the first hub only", lambda c: c.show.hubs[:1]),
    ),
    row(
        "atom:link",
        page("first"),
        "@rel=first",
        feedparser=links("first"),
        podcastparser=one("paged_feed_first"),
        rss_parser=one("paginationLinks.first"),
    ),
    row(
        "atom:link",
        page("previous"),
        "@rel=previous",
        feedparser=links("previous"),
        rss_parser=ignored("knows `prev`, which is not RFC 5005's word"),
    ),
    row(
        "atom:link",
        page("next"),
        "@rel=next",
        feedparser=links("next"),
        podcastparser=one("paged_feed_next"),
        partytime=one("pubsub.next"),
        rss_parser=one("paginationLinks.next"),
    ),
    row(
        "atom:link",
        page("last"),
        "@rel=last",
        feedparser=links("last"),
        rss_parser=one("paginationLinks.last"),
    ),
    row("atom:link", page("prev_archive"), "@rel=prev-archive", feedparser=links("prev-archive")),
    row("atom:link", page("next_archive"), "@rel=next-archive", feedparser=links("next-archive")),
    row("atom:link", page("current"), "@rel=current", feedparser=links("current")),
    row(
        "fh:archive",
        lambda c: c.feed.paging is not None and c.feed.paging.is_archive,
        feedparser=lambda f: "fh_archive" in f,
    ),
    row(
        "itunes:new-feed-url",
        lambda c: c.show.url(c.feed.path) if c.show.has_moved else None,
        feedparser="itunes_new-feed-url",
        podcastparser="new_url",
        partytime="itunesNewFeedUrl",
    ),
    row(
        "itunes:author",
        lambda c: c.feed.author,
        feedparser=wrong(
            "author", "prefers the owner's name", lambda c: c.feed.owner_name or c.feed.author
        ),
        podcastparser="itunes_author",
        partytime="author",
        rss_parser="itunes.author",
    ),
    row("itunes:title", lambda c: c.feed.apple_title, feedparser="itunes_title"),
    row(
        "itunes:type",
        lambda c: c.feed.feed_type.value,
        feedparser="itunes_type",
        podcastparser="type",
        partytime="itunesType",
    ),
    row(
        "itunes:explicit",
        lambda c: c.feed.is_explicit,
        feedparser=wrong("itunes_explicit", UNKNOWN_EXPLICIT, lambda c: None),
        podcastparser="explicit",
        partytime="explicit",
        rss_parser=lambda f: f["itunes"]["explicit"] == "true",
    ),
    row(
        "itunes:image",
        artwork,
        feedparser="image.href",
        podcastparser="cover_url",
        partytime="itunesImage",
        rss_parser="itunes.image",
    ),
    row(
        "itunes:category",
        categories,
        feedparser=wrong(
            lambda f: [tag.term for tag in f.tags if tag.scheme],
            "puts parents and children into one list",
            flat,
        ),
        podcastparser=lambda f: [(names[0], names[1:]) for names in f["itunes_categories"]],
        partytime=partytimes_categories,
        rss_parser=lambda f: [
            (found["name"], [sub["name"] for sub in found["subs"] or ()])
            for found in f["itunes"]["categoriesWithSubs"]
        ],
    ),
    row(
        "itunes:owner",
        lambda c: [(c.feed.owner_name, c.feed.owner_email)] if c.feed.owner_email else [],
        feedparser=each("publisher_detail", "name", "email"),
        podcastparser=each("itunes_owner", "name", "email"),
        partytime=each("owner", "name", "email"),
        rss_parser=each("itunes.owner", "name", "email"),
    ),
    row(
        "itunes:block",
        lambda c: c.feed.is_blocked,
        feedparser=lambda f: f.get("itunes_block", 0) == 1,
        partytime="itunesBlock",
    ),
    row(
        "itunes:complete",
        lambda c: c.feed.is_complete,
        feedparser=lambda f: f.get("itunes_complete") == "Yes",
        partytime="itunesComplete",
    ),
)
