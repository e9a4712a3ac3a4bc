"""The parts of a large feed, and a feed that repeats items, as bytes."""

from __future__ import annotations

import io
from dataclasses import replace

import feedparser
import podcastparser
from lxml import etree

from castpress.model.derived_feed import By, DerivedFeed
from castpress.model.feed_files import FeedFile, feed_files, parted
from castpress.model.podcast import Edition, EpisodeType
from castpress.render.feed import join_feed, render_feed, render_frame, render_item
from tests.model.test_feed_files import FEED, RELEASES, SHOW, newest_first

FH = "http://purl.org/syndication/history/1.0"
ATOM = "{http://www.w3.org/2005/Atom}link"
HUBS = replace(SHOW, hubs=("https://hub.example/",))


def rendered(file: FeedFile) -> bytes:
    return render_feed(HUBS, file.feed, file.releases).content or b""


def links_of(content: bytes) -> dict[str, str]:
    channel = etree.fromstring(content)[0]
    return {link.get("rel"): link.get("href") for link in channel.findall(ATOM)}


def test_only_the_feed_itself_tells_where_it_has_gone() -> None:
    parts = parted(FeedFile(FEED, newest_first(7)), 2)
    moved = replace(SHOW, has_moved=True)
    told = [b"new-feed-url" in (render_frame(moved, p.feed, p.releases)) for p in parts]
    assert told == [False, False, True]


def test_a_trailer_in_an_archive_page_stays_in_the_feed_for_whoever_comes_new() -> None:
    *older, oldest = newest_first(7)
    trailer = replace(oldest, episode=replace(oldest.episode, episode_type=EpisodeType.TRAILER))
    *pages, main = parted(FeedFile(FEED, (*older, trailer)), 2)
    frame = render_frame(SHOW, main.feed, main.releases, main.older_trailers)
    assert frame.count(b"<podcast:trailer") == 1
    assert not any(page.older_trailers for page in pages)


def test_each_part_says_where_the_others_are() -> None:
    one, two, main = (rendered(part) for part in parted(FeedFile(FEED, newest_first(7)), 2))
    site = "https://a.example/"
    assert links_of(main) == {
        "self": f"{site}feed.xml",
        "hub": "https://hub.example/",
        "first": f"{site}feed.xml",
        "next": f"{site}archive/feed-2.xml",
        "last": f"{site}archive/feed-1.xml",
        "prev-archive": f"{site}archive/feed-2.xml",
    }
    assert links_of(two) == {
        "self": f"{site}archive/feed-2.xml",
        "first": f"{site}feed.xml",
        "previous": f"{site}feed.xml",
        "next": f"{site}archive/feed-1.xml",
        "last": f"{site}archive/feed-1.xml",
        "prev-archive": f"{site}archive/feed-1.xml",
        "current": f"{site}feed.xml",
    }
    assert links_of(one) == {
        "self": f"{site}archive/feed-1.xml",
        "first": f"{site}feed.xml",
        "previous": f"{site}archive/feed-2.xml",
        "last": f"{site}archive/feed-1.xml",
        "next-archive": f"{site}archive/feed-2.xml",
        "current": f"{site}feed.xml",
    }


def test_only_an_archive_page_is_marked_and_knows_the_namespace() -> None:
    *pages, main = (rendered(part) for part in parted(FeedFile(FEED, newest_first(7)), 2))
    whole = rendered(FeedFile(FEED, newest_first(7)))
    for page in pages:
        root = etree.fromstring(page)
        assert root.nsmap["fh"] == FH
        assert len(root[0].findall(f"{{{FH}}}archive")) == 1
    for content in (main, whole):
        assert FH.encode() not in content
    assert set(links_of(whole)) == {"self", "hub"}


def test_readers_go_from_page_to_page() -> None:
    parts = {p.feed.path: rendered(p) for p in parted(FeedFile(FEED, newest_first(9)), 2)}
    path: str | None = "feed.xml"
    found: list[str] = []
    while path is not None:
        read = podcastparser.parse(SHOW.url(path), io.BytesIO(parts[path]))
        found += [episode["guid"] for episode in read["episodes"]]
        assert not feedparser.parse(parts[path]).bozo
        following = read.get("paged_feed_next")
        path = following.removeprefix(SHOW.base_url) if following else None
    assert found == [f"g{number}" for number in range(9, 0, -1)]


def test_an_item_is_the_same_bytes_in_every_feed() -> None:
    show = replace(
        SHOW,
        derived=(DerivedFeed(replace(FEED, path="feeds/all.xml", people=()), By.ALL),),
        feed_size=1,
    )
    items = {r.episode.guid: render_item(show, show.home_of(r.episode.course), r) for r in RELEASES}
    for file in feed_files(Edition(show, RELEASES)):
        own = [items[release.episode.guid] for release in file.releases]
        content, _ = join_feed(render_frame(show, file.feed, file.releases), own)
        assert render_feed(show, file.feed, file.releases).content == content
