"""The feed read back by two parsers that apps use, field by field against the model.

Where a parser cannot see what is there, it stands in DEFICITS with the reason, and the test that
goes with it fails on the day the parser is mended: then the row goes and a field joins.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import feedparser
import podcastparser
import pytest

from castpress.render.feed import render_feed
from castpress.render.feed_element import NAMESPACES
from castpress.render.transcript import transcript_files
from tests.render.feed_sample import FEED, GUEST, HILLS, RELEASES, REST, SHOW, description_of

if TYPE_CHECKING:
    from collections.abc import Callable

CONTENT = render_feed(SHOW, FEED, RELEASES).content or b""
OLD_URI = b"https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/1.0.md"


def by_feedparser(content: bytes = CONTENT) -> Any:
    return feedparser.parse(content)


def by_podcastparser(content: bytes = CONTENT) -> Any:
    return podcastparser.parse(SHOW.url(FEED.path), io.BytesIO(content))


def test_feedparser_reads_the_channel() -> None:
    read = by_feedparser()

    assert not read.bozo
    channel = read.feed
    assert channel.title == FEED.title
    assert channel.link == SHOW.url("")
    assert {"rel": "self", "href": SHOW.url("feed.xml"), "type": "application/rss+xml"} in (
        channel.links
    )
    assert channel.language == FEED.language
    assert channel.rights == FEED.copyright
    assert channel.image.href == SHOW.url("artwork/cover-0a1b.jpg")
    assert channel.itunes_type == "episodic"
    assert [tag.term for tag in channel.tags] == [
        "Health & Fitness",
        "Fitness",
        "Medicine",
        "Sports",
        "Running",
        "Comedy",
    ]
    assert channel.publisher_detail == {"name": FEED.owner_name, "email": FEED.owner_email}
    assert channel.podcast_guid == FEED.guid
    assert channel.podcast_medium == FEED.medium
    assert channel.podcast_locked == {"owner": FEED.owner_email}
    assert channel.updated_parsed[:6] == (2026, 3, 4, 18, 0, 0)


@pytest.mark.parametrize("number", range(len(RELEASES)))
def test_feedparser_reads_the_items(number: int) -> None:
    entry, release = by_feedparser().entries[number], RELEASES[number]
    episode, enclosure = release.episode, release.enclosure

    assert (entry.id, entry.guidislink) == (episode.guid, False)
    assert entry.title == episode.title
    assert entry.link == SHOW.url(episode.page_path)
    assert entry.published_parsed[:6] == release.published.utctimetuple()[:6]
    (found,) = entry.enclosures
    assert (found.href, found.length) == (SHOW.url(enclosure.path), str(enclosure.byte_length))
    assert int(entry.itunes_duration) == (episode.audio.duration_ms + 500) // 1000
    assert (entry.itunes_season, entry.itunes_episode) == (str(episode.season), str(episode.number))
    assert entry.podcast_episode == str(episode.number)
    assert entry.itunes_episodetype == episode.episode_type.value
    assert entry.get("itunes_block", 0) == int(episode.is_blocked)
    assert entry.get("author") == episode.author
    assert entry.summary == description_of(SHOW, release).replace("<br>", "<br />")


def test_feedparser_reads_chapters_and_artwork() -> None:
    entry = by_feedparser().entries[0]

    chapters = entry.psc_chapters.chapters
    starts = [round(chapter.start_parsed.total_seconds() * 1000) for chapter in chapters]
    assert starts == [chapter.start_ms for chapter in HILLS.chapters]
    assert [c.title for c in chapters] == [chapter.title for chapter in HILLS.chapters]
    assert entry.image.href == SHOW.url("artwork/hills-77aa.png")
    assert entry.podcast_chapters == {
        "url": SHOW.url("episodes/hills/chapters.json"),
        "type": "application/json+chapters",
    }


def test_podcastparser_reads_the_channel() -> None:
    channel = by_podcastparser()

    assert {key: channel[key] for key in channel if key != "episodes"} == {
        "title": FEED.title,
        "description": FEED.description,
        "link": SHOW.url(""),
        "language": FEED.language,
        "generator": "castpress",
        "cover_url": SHOW.url("artwork/cover-0a1b.jpg"),
        "explicit": FEED.is_explicit,
        "type": FEED.feed_type.value,
        "itunes_author": FEED.author,
        "itunes_owner": {"name": FEED.owner_name, "email": FEED.owner_email},
        "itunes_categories": [
            ["Health & Fitness", "Fitness", "Medicine"],
            ["Sports", "Running"],
            ["Comedy"],
        ],
    }


@pytest.mark.parametrize("number", range(len(RELEASES)))
def test_podcastparser_reads_the_items(number: int) -> None:
    read, release = by_podcastparser()["episodes"][number], RELEASES[number]
    episode, enclosure = release.episode, release.enclosure

    assert read["guid"] == episode.guid
    assert read["title"] == episode.title
    assert read["link"] == SHOW.url(episode.page_path)
    assert read["published"] == int(release.published.timestamp())
    assert read["total_time"] == (episode.audio.duration_ms + 500) // 1000
    assert read["explicit"] == episode.is_explicit
    assert read["type"] == episode.episode_type.value
    assert read["season"] == episode.season
    assert read.get("itunes_author") == episode.author
    assert read["description_html"] == description_of(SHOW, release)
    assert read["enclosures"] == [
        {
            "url": SHOW.url(enclosure.path),
            "file_size": enclosure.byte_length,
            "mime_type": "audio/mpeg" if episode is HILLS else "audio/x-m4a",
        }
    ]
    assert [c["title"] for c in read.get("chapters", [])] == [c.title for c in episode.chapters]


DEFICITS: dict[str, Callable[[], tuple[object, object]]] = {
    "feedparser keeps only the last podcast:person, and not the name": lambda: (
        by_feedparser().entries[0].podcast_person,
        {"role": "guest", "group": "cast", "href": GUEST.href},
    ),
    "feedparser keeps only the last podcast:transcript": lambda: (
        by_feedparser().entries[0].podcast_transcript["url"],
        SHOW.url([file for file in transcript_files(HILLS) if file.is_timed][-1].path),
    ),
    "feedparser keeps only the last podcast:funding, and not the text": lambda: (
        by_feedparser().feed.podcast_funding,
        {"url": FEED.funding[-1].url},
    ),
    "feedparser loses the number of a podcast:season that has a name": lambda: (
        by_feedparser().entries[0].podcast_season,
        {"name": HILLS.season_name},
    ),
    "feedparser knows yes, no and clean for itunes:explicit, not true and false": lambda: (
        [by_feedparser().feed.itunes_explicit, by_feedparser().entries[0].itunes_explicit],
        [None, None],
    ),
    "feedparser takes a word in angle brackets in plain text for a tag": lambda: (
        by_feedparser().feed.subtitle,
        FEED.description.replace("<both>", ""),
    ),
    "feedparser prefers the owner's name to itunes:author": lambda: (
        by_feedparser().feed.author,
        FEED.owner_name,
    ),
    "podcastparser knows the podcast namespace by its old address only": lambda: (
        [
            by_podcastparser(content)["episodes"][0].get("chapters_json_url")
            for content in (CONTENT, CONTENT.replace(NAMESPACES["podcast"].encode(), OLD_URI))
        ],
        [None, SHOW.url("episodes/hills/chapters.json")],
    ),
    "podcastparser drops the fraction of a chapter's start": lambda: (
        [chapter["start"] for chapter in by_podcastparser()["episodes"][0]["chapters"]],
        [chapter.start_ms // 1000 for chapter in HILLS.chapters],
    ),
    "podcastparser drops episode number 0": lambda: (
        [episode.get("number") for episode in by_podcastparser()["episodes"]],
        [HILLS.number, None],
    ),
}


@pytest.mark.parametrize("deficit", DEFICITS)
def test_what_a_parser_cannot_see_is_still_so(deficit: str) -> None:
    found, expected = DEFICITS[deficit]()

    assert found == expected, f"mended: read this field in the tests above ({deficit})"


def test_the_sample_shows_the_deficits() -> None:
    assert REST.number == 0
    assert any(chapter.start_ms % 1000 for chapter in HILLS.chapters)
