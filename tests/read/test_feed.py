from __future__ import annotations

import json
from dataclasses import asdict
from html import escape
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from castpress.model.detail_changes import CHANNEL_WORDS, WORDS
from castpress.model.difference import differences
from castpress.model.problem import Severity
from castpress.model.text import clean_text
from castpress.read.feed import parse_feed
from castpress.read.feed_details import CHANNEL_TOLD, ITEM_TOLD
from castpress.render.feed_tags import CHANNEL_TAGS, ITEM_TAGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from castpress.model.listing import ListedFeed
    from castpress.model.problem import Problem
    from castpress.render.feed_element import Tag

CORPUS = Path("tests/corpus/feeds")
FILE = PurePosixPath("feed.xml")
FEEDS = [path.read_bytes() for path in sorted(CORPUS.glob("*/feed.xml"))]
BOMB = b"".join(
    [
        b'<!DOCTYPE rss [<!ENTITY a0 "ha">',
        *(b'<!ENTITY a%d "%b">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 12)),
        b']><rss version="2.0"><channel><title x="&a11;">&a11;</title></channel></rss>',
    ]
)


def read(text: str) -> tuple[ListedFeed | None, tuple[Problem, ...]]:
    return parse_feed(text.encode("utf-8"), FILE)


def only_problem(data: bytes) -> Problem:
    feed, problems = parse_feed(data, FILE)
    assert feed is None
    (problem,) = problems
    assert (problem.code, problem.severity) == ("unreadable-feed", Severity.ERROR)
    return problem


def item(inside: str) -> str:
    return (
        '<rss xmlns:psc="http://podlove.org/simple-chapters"><channel><item><title>T</title>'
        f'<enclosure url="https://example.org/a.mp3"/>{inside}</item></channel></rss>'
    )


@pytest.mark.parametrize("case", sorted(CORPUS.iterdir()), ids=lambda case: case.name)
def test_feeds_read_as_recorded(case: Path, golden: Callable[[Path, bytes | str], None]) -> None:
    feed, problems = parse_feed((case / "feed.xml").read_bytes(), FILE)

    listing = None if feed is None else asdict(feed)
    golden(
        case / "listing.json",
        json.dumps(listing, indent=2, ensure_ascii=False, default=str) + "\n",
    )
    rows = (f"{p.severity.word} {p.code} {p.location}: {p.message}\n  {p.help}" for p in problems)
    golden(case / "oddities.txt", "\n".join(rows) + "\n")


@given(st.binary(max_size=400))
@example(b"\x1f\x8b\x08")
@example(b"\xff\xfe<\x00")
@example(b'<?xml version="1.0" encoding="nobody"?><rss/>')
@example(b'<?xml version="1.0" encoding="utf-16"?><rss/>')
@example(b"<rss><channel xmlns='http://www.w3.org/2005/Atom'/></rss>")
@example(b"<rss><channel/></rss>" + b"\0")
def test_any_bytes_give_a_feed_or_one_error(data: bytes) -> None:
    feed, problems = parse_feed(data, FILE)
    assert feed is not None or [p.code for p in problems] == ["unreadable-feed"]
    assert all("\n" not in p.message for p in problems)


@given(st.data())
def test_a_damaged_feed_is_read_or_refused(data: st.DataObject) -> None:
    feed_bytes = data.draw(st.sampled_from(FEEDS))
    spliced = bytearray(feed_bytes)
    pieces = st.binary(max_size=6) | st.sampled_from(
        [
            b"<item>",
            b"]]>",
            b"&#9",
            b"&#" + b"9" * 5000 + b";",
            b"<!DOCTYPE x>",
            b"99999999999999999",
        ]
    )
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(spliced)))
        length = data.draw(st.integers(0, 12))
        spliced[start : start + length] = data.draw(pieces)
    feed, _ = parse_feed(bytes(spliced), FILE)
    if feed is not None:
        before, _ = parse_feed(feed_bytes, FILE)
        assert differences(feed, feed) == ()
        differences(before, feed)
        differences(feed, before)


# What one element may hold, and what no reader of it may stumble over.
JUNK = st.text(max_size=30) | st.sampled_from(
    [
        *("9" * 5000, "1:2:3:4", "-5", "0:00", "Mon, 99 Foo 2026", "1 Jan 1 00:00:00 +9999"),
        *("Thu, 01 Jan 0001 00:00:00 +2359", "&#" + "1" * 5000, "<", "٣", "1e999", "½"),
    ]
)


@given(st.lists(JUNK, min_size=6, max_size=6))
def test_no_value_of_an_item_is_stumbled_over(values: list[str]) -> None:
    date, duration, episode, start, length, notes = (escape(clean_text(v)) for v in values)
    feed, _ = read(
        '<rss xmlns:i="http://www.itunes.com/dtds/podcast-1.0.dtd" '
        'xmlns:p="http://podlove.org/simple-chapters"><channel><item>'
        f'<enclosure url="u" length="{length}"/><pubDate>{date}</pubDate>'
        f"<i:duration>{duration}</i:duration><i:episode>{episode}</i:episode>"
        f'<p:chapters><p:chapter start="{start}"/></p:chapters>'
        f"<description>{notes}</description></item></channel></rss>"
    )
    assert feed is not None
    assert len(feed.items) == 1
    assert differences(feed, feed) == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_whatever_it_holds(encoding: str) -> None:
    only_problem(BOMB.decode().encode(encoding))
    harmless = (
        '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "rss.dtd"><rss><channel/></rss>'
    )
    assert "DOCTYPE" in only_problem(harmless.encode(encoding)).message


def test_what_is_wrong_is_said_with_its_line() -> None:
    problem = only_problem(b"<rss>\n<channel>\n<title>A & B</title></channel></rss>")
    assert problem.location.line == 3


def test_a_prefix_that_nothing_declares_is_said_as_it_stands() -> None:
    assert "psc" in only_problem(b"<psc:chapter/>").message


def test_a_feed_that_is_too_large_is_not_looked_at() -> None:
    data = b"<rss><channel><title>" + b"x" * 100 + b"</title></channel></rss>"
    assert parse_feed(data, FILE, limit_bytes=len(data))[0] is not None
    feed, problems = parse_feed(data, FILE, limit_bytes=len(data) - 1)
    assert feed is None
    assert [p.code for p in problems] == ["unreadable-feed"]


def test_too_many_items_are_refused_and_not_cut_off() -> None:
    many = b"<rss><channel>" + b"<item/>" * 20_001 + b"</channel></rss>"
    assert "20001 items" in only_problem(many).message


def test_a_name_or_a_day_does_not_hide_a_date() -> None:
    moments = set()
    for date in (
        "Sun, 01 Mar 2026 11:30:00 GMT",
        "Sun, 1 Mar 2026 06:30 EST",
        "1 Mar 26 06:30:00 -0500",
        "2026-03-01T06:30:00-05:00",
        "Mon, 01 Mar 2026 11:30:00 -0000",
    ):
        feed, problems = read(item(f"<guid>g</guid><pubDate>{date}</pubDate>"))
        assert feed is not None
        assert problems == ()
        moments.add(feed.items[0].published)
    assert len(moments) == 1


def test_notes_are_the_same_however_they_are_marked_up() -> None:
    digests = set()
    for notes in (
        "&lt;p&gt;One &lt;b&gt;t&lt;/b&gt;wo&lt;/p&gt;\n&lt;p&gt;three&lt;/p&gt;",
        "<![CDATA[<p>One   two<br/>three]]>",
        "One\ntwo three",
        "<p>One two</p> <p>three</p>",
    ):
        feed, _ = read(item(f"<description>{notes}</description>"))
        assert feed is not None
        digests.add(feed.items[0].description_digest)
    assert len(digests) == 1


def test_a_link_that_leads_elsewhere_is_another_note() -> None:
    digests = set()
    for target in ("a", "b"):
        feed, _ = read(item(f'<description><![CDATA[<a href="{target}">x</a>]]></description>'))
        assert feed is not None
        digests.add(feed.items[0].description_digest)
    assert len(digests) == 2


def test_chapters_are_not_notes() -> None:
    lines = "<description>Hello.\n00:00:00 {}\n00:01:00 B\n00:02:00 C</description>"
    one, _ = read(item(lines.format("A")))
    two, _ = read(item(lines.format("Ah")))
    assert one is not None
    assert two is not None
    assert one.items[0].chapters == ((0, "A"), (60_000, "B"), (120_000, "C"))
    assert one.items[0].description_digest == two.items[0].description_digest
    assert [d.kind.value for d in differences(one, two)] == ["chapters-changed", "feed-size"]


def test_times_that_the_notes_only_speak_of_are_no_chapters() -> None:
    for notes in ("0:00 A\n1:00 B", "2:00 A\n1:00 B\n3:00 C", "At 1:00 A\nat 2:00 B\nat 3:00 C"):
        feed, _ = read(item(f"<description>{notes}</description>"))
        assert feed is not None
        assert feed.items[0].chapters == ()


NAMESPACES = (
    '<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:podcast="https://podcastindex.org/namespace/1.0" xmlns:other="http://example.org/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/'
    'content/" xmlns:psc="http://podlove.org/simple-chapters">'
)
DETAILS = [
    ("<category>a</category>", "<category>b</category>", "category"),
    ("<category>a</category><category>b</category>", "<category>a</category>", "category"),
    ("<podcast:license>a</podcast:license>", "", "podcast:license"),
    (
        '<podcast:location geo="1">a</podcast:location>',
        "<podcast:location>a</podcast:location>",
        "podcast:location",
    ),
    (
        '<podcast:season name="a">1</podcast:season>',
        '<podcast:season name="b">1</podcast:season>',
        "podcast:season",
    ),
    (
        "<podcast:value><podcast:valueRecipient split='1'/></podcast:value>",
        "<podcast:value><podcast:valueRecipient split='2'/></podcast:value>",
        "podcast:value",
    ),
    ("<other:mood>a</other:mood>", "<other:mood>b</other:mood>", "?:mood"),
    ('<atom:link rel="hub" href="a"/>', "", "atom:link"),
]
SAME_DETAILS = [
    ("<category> a  b</category>", "<category>a b</category>"),
    ("<itunes:keywords/>", ""),
    (
        "<podcast:person role='a' img='b'>c</podcast:person>",
        "<podcast:person img='b' role='a'>c</podcast:person>",
    ),
    ("<podcast:season>1</podcast:season>", ""),
    ('<atom:link rel="self" href="a"/>', ""),
]


def details(inside: str, *, is_item: bool) -> dict[str, str]:
    around = "<item><enclosure url='u'/>{}</item>" if is_item else "{}"
    feed, _ = read(f"{NAMESPACES}<channel>{around.format(inside)}</channel></rss>")
    assert feed is not None
    return dict(feed.items[0].details if is_item else feed.details)


@pytest.mark.parametrize("is_item", [True, False])
@pytest.mark.parametrize(("before", "after", "name"), DETAILS)
def test_another_detail_has_another_digest(
    before: str, after: str, name: str, *, is_item: bool
) -> None:
    was, now = details(before, is_item=is_item), details(after, is_item=is_item)
    assert was.keys() | now.keys() == {name}
    assert was.get(name) != now.get(name)


@pytest.mark.parametrize("is_item", [True, False])
@pytest.mark.parametrize(("one", "other"), SAME_DETAILS)
def test_the_same_detail_written_otherwise(one: str, other: str, *, is_item: bool) -> None:
    was, now = details(one, is_item=is_item), details(other, is_item=is_item)
    assert was == now


@pytest.mark.parametrize(
    ("tags", "told", "words"),
    [(ITEM_TAGS, ITEM_TOLD, WORDS), (CHANNEL_TAGS, CHANNEL_TOLD, CHANNEL_WORDS)],
)
def test_all_that_our_feeds_hold_has_a_difference_or_a_word(
    tags: tuple[Tag[Any], ...], told: frozenset[str], words: dict[str, str]
) -> None:
    names = {tag.name.replace("fh:", "?:") for tag in tags}
    assert names - told <= words.keys()
