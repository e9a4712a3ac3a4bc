from __future__ import annotations

import locale
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from castpress.model.artifact import Wave
from castpress.model.element_rules import NAMESPACES
from castpress.model.notes import Section
from castpress.model.podcast import Artwork, Category, Chapter, Feed, Release
from castpress.render.feed import (
    GENERATOR,
    SPECIFICATION,
    channel_facts,
    channel_generator,
    item_entry,
    join_feed,
    render_feed,
    render_frame,
    render_item,
)
from tests.render.feed_sample import FEED, HERE, HILLS, RELEASES, REST, SHOW, release

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TINY = Path(__file__).parent.parent / "corpus" / "feeds" / "tiny" / "feed.xml"
ANY_TEXT = st.text(max_size=120)
NASTY_TEXT = ANY_TEXT | st.sampled_from(
    [
        "]]>",
        "a]]>b]]>",
        "&amp;",
        "<b>&",
        "\x00\x1b[31m",
        "\ud800x",
        "👩‍👩‍👧‍👦",
        "שלום (1)",
        "\u202eabc",
        "\ufffe",
    ]
)


def channel_of(feed: Feed = FEED, releases: Sequence[Release] = RELEASES) -> Any:
    content = render_feed(SHOW, feed, releases).content
    assert content is not None
    return etree.fromstring(content)[0]


def texts(parent: Any, name: str) -> list[str]:
    return [element.text or "" for element in parent.findall(name, NAMESPACES)]


def seen(text: str) -> str:
    """What a reader has to get of a text on one line; written apart from the code."""
    spaced = "".join(" " if c in "\t\n\r\x85\u2028\u2029 " else c for c in text)
    held = "".join(
        c
        for c in spaced
        if not (
            c < " " or "\x7f" <= c <= "\x9f" or "\ud800" <= c <= "\udfff" or c in "\ufffe\uffff"
        )
    )
    while "  " in held:
        held = held.replace("  ", " ")
    return held.strip()


def test_a_small_show_is_written_as_recorded(golden: Callable[[Path, bytes], None]) -> None:
    artifact = render_feed(SHOW, FEED, RELEASES)

    assert (artifact.path, artifact.wave) == ("feed.xml", Wave.FEED)
    assert artifact.content is not None
    golden(TINY, artifact.content)


# --- what Apple, PSP-1 and RSS ask for (standards the feed is held to, whatever the show) ---


def test_the_channel_has_each_required_element_once() -> None:
    channel = channel_of()
    once = (
        "title link description language generator copyright lastBuildDate atom:link "
        "itunes:author itunes:type itunes:explicit itunes:image itunes:owner "
        "podcast:guid podcast:locked podcast:medium"
    )

    assert {name: len(texts(channel, name)) for name in once.split()} == dict.fromkeys(
        once.split(), 1
    )


def test_each_item_has_each_required_element_once_and_they_are_unique() -> None:
    items = channel_of().findall("item")
    once = "title link guid pubDate enclosure description itunes:duration itunes:explicit"

    for item in items:
        assert {n: len(texts(item, n)) for n in once.split()} == dict.fromkeys(once.split(), 1)
        assert set(item.find("enclosure").attrib) == {"url", "length", "type"}
        assert item.find("guid").get("isPermaLink") == "false"
    assert len({item.findtext("guid") for item in items}) == len(items)
    assert len({item.find("enclosure").get("url") for item in items}) == len(items)


def test_the_self_link_is_the_feed_and_the_only_one() -> None:
    course = replace(FEED, path="courses/first-5k/feed.xml", page_path="courses/first-5k/")

    links = channel_of(course).findall("atom:link[@rel='self']", NAMESPACES)

    assert [link.get("href") for link in links] == [SHOW.url("courses/first-5k/feed.xml")]
    assert channel_of(course).findtext("link") == SHOW.url("courses/first-5k/")


def test_each_hub_is_named_once_and_podping_only_where_it_is_used() -> None:
    told = replace(SHOW, hubs=("https://hub.example/?a&b", "https://b.example/"), uses_podping=True)

    channel = etree.fromstring(render_feed(told, FEED, ()).content)[0]

    hubs = channel.findall("atom:link[@rel='hub']", NAMESPACES)
    assert [hub.attrib for hub in hubs] == [
        {"rel": "hub", "href": "https://hub.example/?a&b"},
        {"rel": "hub", "href": "https://b.example/"},
    ]
    assert channel.find("podcast:podping", NAMESPACES).attrib == {"usesPodping": "true"}
    assert channel_of().find("podcast:podping", NAMESPACES) is None


def test_no_value_is_longer_than_readers_take() -> None:
    long = replace(
        HILLS,
        title="word " * 90,
        author="name " * 90,
        season_name="spring " * 50,
        people=(replace(FEED.people[0], name="person " * 40),),
        chapters=(Chapter(0, 1000, "chapter " * 60),),
    )
    feed = replace(FEED, title="show " * 90, author="a " * 200, description="ü " * 3000)

    channel = channel_of(feed, (release(long),))

    for element in channel.iter():
        name = etree.QName(element).localname
        value = element.text or ""
        assert value == value.strip() or len(element), name
        assert len(value) <= (128 if name in {"person", "funding"} else 255) or name in {
            "description",
            "encoded",
        }
        assert all(len(found) <= 255 for found in element.attrib.values())
    assert len((channel.findtext("description") or "").encode()) <= 4000
    assert (channel.findtext("title") or "").endswith("show…")


def test_the_whole_notes_follow_the_description_only_where_they_say_more() -> None:
    long = replace(HILLS, sections=(Section("", 0, "", "<p>many words</p>" * 400, HERE),))

    short_item = channel_of(releases=(release(HILLS),)).find("item")
    long_item = channel_of(releases=(release(long),)).find("item")

    assert short_item.find("content:encoded", NAMESPACES) is None
    description, content = (
        long_item.find(name, NAMESPACES) for name in ("description", "content:encoded")
    )
    assert len(description.text.encode()) <= 4000 < len(content.text.encode())
    assert long_item.index(description) < long_item.index(content)


def test_apps_get_apples_type_for_m4a_and_the_right_type_for_all_else() -> None:
    types = [item.find("enclosure").get("type") for item in channel_of().findall("item")]

    assert types == ["audio/mpeg", "audio/x-m4a"]


def test_addresses_are_ascii() -> None:
    artwork = Artwork("artwork/Füße & Öl.jpg", "image/jpeg", 3000, 3000)

    image = channel_of(replace(FEED, artwork=artwork)).find("itunes:image", NAMESPACES)

    assert image.get("href") == "https://example.org/run/artwork/F%C3%BC%C3%9Fe%20&%20%C3%96l.jpg"


def test_the_feed_changes_only_with_what_is_in_it() -> None:
    newest = texts(channel_of(), "lastBuildDate")

    assert newest == ["Wed, 04 Mar 2026 18:00:00 +0000"]
    assert texts(channel_of(releases=()), "lastBuildDate") == []
    assert render_feed(SHOW, FEED, RELEASES) == render_feed(SHOW, FEED, RELEASES[::-1])


@pytest.mark.parametrize("seconds", [0, 1, 59])
def test_a_duration_is_rounded_to_whole_seconds(seconds: int) -> None:
    exact = replace(HILLS, audio=replace(HILLS.audio, duration_ms=seconds * 1000 + 500))

    found = texts(channel_of(releases=(release(exact),)).find("item"), "itunes:duration")

    assert found == [str(seconds + 1)]


# --- items on their own ---


def test_spliced_items_are_what_the_whole_tree_would_have_been() -> None:
    generator = channel_generator(channel_facts(SHOW, FEED, RELEASES))
    for found in RELEASES:
        generator.add_entry(item_entry(SHOW, FEED, found), order="append")

    frame = render_frame(SHOW, FEED, RELEASES)
    spliced, _ = join_feed(frame, [render_item(SHOW, FEED, found) for found in RELEASES])

    assert spliced == generator.rss_str(pretty=True)
    assert spliced == render_feed(SHOW, FEED, RELEASES).content


def test_a_feed_without_items_is_a_feed() -> None:
    assert channel_of(releases=()).find("item") is None


# --- feedgen's traps: what it does alone, and that ours does not ---


def test_trap_feedgen_takes_the_clock_and_signs_with_its_own_name() -> None:
    alone = FeedGenerator()
    assert alone.lastBuildDate() is not None
    assert alone.generator()["value"] == "python-feedgen"

    assert b"lastBuildDate" not in render_frame(SHOW, FEED, ())
    assert texts(channel_of(), "generator") == [GENERATOR]
    assert texts(channel_of(), "docs") == [SPECIFICATION]


def test_trap_feedgen_switches_the_locale_for_dates(monkeypatch: pytest.MonkeyPatch) -> None:
    entry = FeedEntry()
    entry.title("x")
    entry.pubDate(datetime(2026, 3, 1, tzinfo=UTC))

    def refuse(*_: object) -> str:
        raise AssertionError("the process's locale was touched")

    monkeypatch.setattr(locale, "setlocale", refuse)
    with pytest.raises(AssertionError, match="locale was touched"):
        entry.rss_entry()

    assert texts(channel_of(), "item/pubDate")[0] == "Sun, 01 Mar 2026 06:30:00 -0500"


def test_trap_feedgen_links_the_channel_to_the_last_link_given() -> None:
    alone = FeedGenerator()
    alone.link(href="https://example.org/")
    alone.link(href="https://example.org/feed.xml", rel="self")
    alone.title("x")
    alone.description("x")
    assert b"<link>https://example.org/feed.xml</link>" in alone.rss_str()

    assert texts(channel_of(), "link") == [SHOW.url("")]


def test_trap_feedgen_writes_one_self_link_and_no_other_atom_link() -> None:
    alone = FeedGenerator()
    alone.title("x")
    alone.description("x")
    for rel in ("self", "hub", "next"):
        alone.link(href=f"https://example.org/{rel}", rel=rel)
    (channel,) = etree.fromstring(alone.rss_str())
    assert [link.get("rel") for link in channel.findall("atom:link", NAMESPACES)] == ["self"]

    show = replace(SHOW, hubs=("https://hub.example.net/",))
    (ours,) = etree.fromstring(render_frame(show, FEED, ()))
    assert [link.get("rel") for link in ours.findall("atom:link", NAMESPACES)] == ["self", "hub"]


def test_trap_feedgen_refuses_a_date_without_a_zone_and_guesses_at_words() -> None:
    alone = FeedEntry()
    with pytest.raises(ValueError, match="imezone"):
        alone.pubDate(datetime(2026, 3, 1))  # noqa: DTZ001 # it is the trap
    alone.pubDate("10:30 UTC")
    assert alone.pubDate().hour == 10, "of a day that nobody wrote"

    dates = texts(channel_of(), "item/pubDate")
    assert [parsedate_to_datetime(text) for text in dates] == [r.published for r in RELEASES]


def test_trap_feedgen_refuses_todays_words_for_explicit() -> None:
    alone = FeedGenerator()
    alone.load_extension("podcast")
    with pytest.raises(ValueError, match="explicit"):
        alone.podcast.itunes_explicit("true")

    assert texts(channel_of(), "itunes:explicit") == ["false"]
    assert texts(channel_of(), "item/itunes:explicit") == ["true", "false"]


@pytest.mark.parametrize("path", ["artwork/cover.jpeg", "artwork/cover", "artwork/COVER.JPG"])
def test_trap_feedgen_drops_artwork_by_its_name(path: str) -> None:
    alone = FeedGenerator()
    alone.load_extension("podcast")
    alone.podcast.itunes_image(SHOW.url(path))
    assert alone.podcast.itunes_image() is None
    artwork = Artwork(path, "image/jpeg", 3000, 3000)

    channel = channel_of(
        replace(FEED, artwork=artwork), (release(replace(HILLS, artwork=artwork)),)
    )

    images = [*channel.findall("itunes:image", NAMESPACES)]
    images += channel.findall("item/itunes:image", NAMESPACES)
    assert [image.get("href") for image in images] == [SHOW.url(path)] * 2


def test_trap_feedgen_leaves_out_season_and_episode_0() -> None:
    alone = FeedEntry()
    alone.load_extension("podcast")
    alone.title("x")
    alone.podcast.itunes_episode(0)
    assert len(alone.rss_entry()) == 1

    item = channel_of(releases=(release(REST),)).find("item")

    for name in ("itunes:season", "itunes:episode", "podcast:season", "podcast:episode"):
        assert texts(item, name) == ["0"]


def test_trap_feedgen_looks_categories_up_by_xpath() -> None:
    alone = FeedGenerator()
    alone.load_extension("podcast")
    alone.podcast.itunes_category([{"cat": 'The "Arts"'}])
    alone.title("x")
    alone.link(href="x")
    alone.description("x")
    with pytest.raises(SyntaxError):
        alone.rss_str()

    channel = channel_of(replace(FEED, categories=(Category('The "Arts"'),)))

    assert [c.get("text") for c in channel.findall("itunes:category", NAMESPACES)] == ['The "Arts"']


def test_categories_nest_and_keep_their_order() -> None:
    found = [
        (category.get("text"), [child.get("text") for child in category])
        for category in channel_of().findall("itunes:category", NAMESPACES)
    ]

    assert found == [
        ("Health & Fitness", ["Fitness", "Medicine"]),
        ("Sports", ["Running"]),
        ("Comedy", []),
    ]


def test_trap_feedgen_refuses_an_owner_without_a_name() -> None:
    alone = FeedGenerator()
    alone.load_extension("podcast")
    with pytest.raises(ValueError, match="Both name and email"):
        alone.podcast.itunes_owner(name="", email="feed@example.org")

    nameless = channel_of(replace(FEED, owner_name=None))
    silent = channel_of(replace(FEED, owner_email=None))

    assert texts(nameless, "itunes:owner/itunes:name") == ["Ann and Bo"]
    assert texts(silent, "itunes:owner") == []
    assert silent.find("podcast:locked", NAMESPACES).attrib == {}


def test_trap_feedgen_refuses_a_feed_that_says_nothing() -> None:
    with pytest.raises(ValueError, match="Required fields"):
        FeedGenerator().rss_str()

    channel = channel_of(replace(FEED, title="\x00", description=" ", language=""), ())

    assert texts(channel, "title") == texts(channel, "description") == [SHOW.url("")]


def test_trap_feedgen_puts_the_newest_entry_where_it_was_added_last() -> None:
    alone = FeedGenerator()
    for title in ("newest", "oldest"):
        alone.add_entry().title(title)
    assert [entry.title() for entry in alone.entry()] == ["oldest", "newest"]
    days = [release(replace(HILLS, guid=str(n), published=HILLS.published)) for n in range(3)]

    shuffled = (RELEASES[1], *days, RELEASES[0])

    guids = texts(channel_of(releases=shuffled), "item/guid")
    assert guids == ["0", "1", "2", HILLS.guid, REST.guid], "equal dates keep the order given"


def test_trap_control_characters_raise_in_lxml() -> None:
    alone = FeedEntry()
    alone.title("a\x00b")
    with pytest.raises(ValueError, match="XML compatible"):
        alone.rss_entry()

    odd = release(replace(HILLS, title="a\x00b", guid="g\x1b", author="\ud800A"))

    item = channel_of(releases=(odd,)).find("item")

    assert [
        item.findtext(name, None, NAMESPACES) for name in ("title", "guid", "itunes:author")
    ] == [
        "ab",
        "g",
        "A",
    ]


def test_trap_feedgens_own_podcast_extension_is_apples() -> None:
    alone = FeedGenerator()
    alone.load_extension("podcast")
    assert "itunes_author" in dir(alone.podcast)

    root = etree.fromstring(render_frame(SHOW, FEED, ()))
    declared = {prefix: uri for prefix, uri in NAMESPACES.items() if prefix != "fh"}

    assert root.nsmap == declared
    assert NAMESPACES["podcast"] == "https://podcastindex.org/namespace/1.0"
    content = render_feed(SHOW, FEED, RELEASES).content or b""
    assert content.count(b"xmlns:") == len(declared), "each declared once, on the root"


# --- any text at all ---


@given(NASTY_TEXT, NASTY_TEXT, NASTY_TEXT, NASTY_TEXT)
def test_any_text_reads_back_without_what_xml_cannot_hold(
    title: str, name: str, chapter: str, notes: str
) -> None:
    episode = replace(
        HILLS,
        title=title,
        author=name,
        summary=notes,
        season_name=name,
        people=(replace(FEED.people[0], name=name, href=notes, img=name),),
        chapters=(Chapter(0, 60_000, chapter), Chapter(60_000, 90_000, "End")),
        sections=(Section(title, 2, "x", notes, HERE),),
    )
    feed = replace(FEED, title=title, description=notes, author=name, copyright=name)

    channel = channel_of(feed, (release(episode),))

    item = channel.find("item")
    assert item.findtext("title") == (seen(title) or HILLS.slug)
    assert channel.findtext("title") == (seen(title) or SHOW.url(""))
    assert texts(item, "itunes:author") == [seen(name)] * bool(seen(name))
    assert texts(item, "podcast:person") == [seen(name)] * bool(seen(name))
    first = item.find("psc:chapters", NAMESPACES)[0]
    assert first.get("title") == (seen(chapter) or "Chapter 1")
    assert len(item.findtext("description").encode()) <= 4000


@given(st.lists(st.integers(0, 10**6), max_size=5), st.randoms())
def test_order_is_by_date_whatever_comes_in(minutes: list[int], random: Any) -> None:
    base = datetime(2020, 1, 1, tzinfo=UTC)
    releases = [
        release(replace(REST, guid=str(m), published=base + timedelta(minutes=m))) for m in minutes
    ]
    random.shuffle(releases)

    guids = [int(guid) for guid in texts(channel_of(releases=releases), "item/guid")]

    assert guids == sorted(minutes, reverse=True)
    assert Counter(guids) == Counter(minutes)
