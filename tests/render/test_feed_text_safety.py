"""Text of any origin in every field that becomes a part of a feed: it is held, whole, or cut clean.

The fields are found by walking the sample, and where each of them shows by looking for a word in
the feed; so a new field is tested as soon as the sample has it.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

import feedparser
import pytest
from lxml import etree, html

from castpress.model.podcast import Episode, Feed
from castpress.model.problem import Location
from castpress.render.feed import render_feed
from tests.render.feed_sample import FEED, HILLS, SHOW, release
from tests.render.test_feed import seen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

FAMILY, FLAG = "👩‍👩‍👧‍👦", "🇩🇪"
TEXTS = {
    "control characters": "a\x00b\x07c\x1b[31md\x7fe\x9ff",
    "lone surrogates": "a\ud800b\udc00c\ud83d",
    "no characters": "a\ufffeb\uffffc",
    "end of CDATA": "a]]>b]]]]>c",
    "entities": "&nbsp;&#x1F600;&amp;amp;&lt;b&gt; &bogus; &#0; &#xD800; & done",
    "markup": "<b>x</b> <!-- <![CDATA[ <?php ?> </item> <script>1</script>",
    "quotes": "\"double\" 'single' `both` \\ end",
    "emoji": f"{FAMILY} 🏳️‍🌈 👍🏽 {FLAG} ❤️",
    "right to left": "שלום (1) עולם \u200fא\u200e \u202eabc\u202c \u2067x\u2069",
    "combining": "Ngo\u0302n ngu\u031b\u0303 e\u0301",
    "spaces": "  a \t b\n\n c\u2028d\u00a0e\r\nf  ",
    "255 emoji": "😀" * 255,
    "families": FAMILY * 100,
    "flags": FLAG * 150,
    "4001 bytes": "a" + "😀" * 1000,
    "words of four bytes": "😀😀 " * 700,
}
# Characters in a value, by the local name of its element; of descriptions the bytes are counted.
USUAL_LIMIT = 255
LIMITS = {"txt": 4000} | dict.fromkeys(
    ("person", "funding", "location", "soundbite", "trailer", "season", "license"), 128
)
DESCRIPTION_BYTES = 4000
UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
WORD = re.compile(r"zq\d+zq")
# Made by castpress, or words of a list: no text of an author ever gets there.
OURS = re.compile(
    r"\.sha256$|\.categories\[|\.audio\.(media_type|extension)$|\.elements\[.*(\.name|\]\[0\])$"
)
# Addresses, codes and names of accounts: cut off, one would be another.
WHOLE = re.compile(
    r"\.(language|guid|media_type|role|group|rel|geo|osm|country|protocol|uri|url|account_id"
    r"|account_url|feed_guid|feed_url|item_guid|medium|rrule|start|codecs|purpose|aspect_ratio"
    r"|service|owner_email|decimal_number)$|\.skip_days\[|\.elements\["
)
# Parts of the notes that are words and no HTML.
NOTES = re.compile(
    r"^episode\.(summary|call_to_action\.(heading|text|button)|sections\[[12]\]\.title|corrections\[0\]\.text|sponsors\[0\]\.(title|text))$"
)
# Of these a feed says nothing, or only addresses of ours, or another episode says it.
NOT_IN_FEEDS = {
    *("course", "subtitle", "video", "video_anchor", "topics", "exercises", "links", "related"),
    *("aliases", "paging", "teaser", "announcement", "exercises_anchor", "transcript_made_by"),
    *("shown", "typed_links"),
}


def filled(found: Any, path: str, choose: Callable[[str, str], str]) -> Any:
    """The same value with each of its texts as chosen for its path, such as ``people[0].name``."""
    if type(found) is str and not OURS.search(path):  # words of an enumeration are no plain text
        return choose(path, found)
    if isinstance(found, tuple):
        return tuple(filled(one, f"{path}[{n}]", choose) for n, one in enumerate(found))
    if is_dataclass(found) and not isinstance(found, (type, Location)):
        inside = ((field.name, getattr(found, field.name)) for field in fields(found))
        return replace(found, **{n: filled(value, f"{path}.{n}", choose) for n, value in inside})
    return found


def texts_of(sample: Feed | Episode, name: str) -> dict[str, str]:
    """Every text of a sample by its path."""
    found: dict[str, str] = {}
    filled(sample, name, found.setdefault)
    return found


SAMPLES = texts_of(FEED, "feed") | texts_of(HILLS, "episode")


def feed_with(texts: Mapping[str, str]) -> bytes:
    """The sample's feed with these texts at their paths."""

    def choose(path: str, text: str) -> str:
        return texts.get(path, text)

    feed: Feed = filled(FEED, "feed", choose)
    episode: Episode = filled(HILLS, "episode", choose)
    content = render_feed(replace(SHOW, feed=feed), feed, (release(episode),)).content
    assert content is not None
    return content


def values(content: bytes) -> Iterator[tuple[str, str]]:
    """Every text and attribute of a feed, with the local name of its element."""
    for element in etree.fromstring(content).iter():
        name = etree.QName(element).localname
        yield name, element.text or ""
        for value in element.attrib.values():
            yield name, value


def by_word(content: bytes) -> dict[str, list[tuple[str, str]]]:
    """The values that begin with one of our words, with their elements, by that word."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name, value in values(content):
        match = WORD.match(value)
        if match:
            found.setdefault(match[0], []).append((name, value))
    return found


@cache
def shown() -> dict[str, str]:
    """The fields that are shown as they are: path and the word that stands for it.

    First all together, but for those that are addresses or names of others' elements; then each
    of those left alone, because one that makes no sense hides its neighbours.
    """
    words = {path: f"zq{number}zq" for number, path in enumerate(SAMPLES)}
    plain = {p: w for p, w in words.items() if "/" not in SAMPLES[p] and ".elements[" not in p}
    known = by_word(feed_with(plain))
    found = {path: word for path, word in plain.items() if word in known}
    for path, word in words.items():
        if path not in found and word in by_word(feed_with({path: word})):
            found[path] = word
    return found


def check(content: bytes) -> None:
    """What holds of every feed, whatever was typed."""
    assert UNHELD.search(content.decode("utf-8")) is None
    for name, value in values(content):
        if name == "description":
            assert len(value.encode("utf-8")) <= DESCRIPTION_BYTES
    parsed = feedparser.parse(content)
    assert not parsed.bozo, parsed.bozo_exception
    assert len(parsed.entries) == 1


def assert_cut_clean(value: str, whole: str, path: str) -> None:
    head = value.removesuffix("…")
    assert value.endswith("…"), (path, value)
    assert whole.startswith(head), (path, value)
    last = head.rpartition(" ")[2]
    for sign in (FAMILY, FLAG):
        assert not set(last) <= set(sign) or len(last) % len(sign) == 0, f"{path}: half a sign"


def test_the_sample_fills_every_field_that_a_feed_can_show() -> None:
    known = "feed.title feed.description feed.copyright feed.people[0].name feed.funding[0].title"
    known += " episode.title episode.author episode.season_name episode.chapters[1].title"
    assert set(known.split()) <= shown().keys()

    samples = [(sample, field.name) for sample in (FEED, HILLS) for field in fields(sample)]
    empty = {name for sample, name in samples if getattr(sample, name) in ((), None)}
    assert empty <= NOT_IN_FEEDS


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_is_shown_as_it_was_meant_or_cut_between_signs(text: str) -> None:
    content = feed_with({path: f"{word} {text}" for path, word in shown().items()})

    check(content)
    found = by_word(content)
    for path, word in shown().items():
        whole = seen(f"{word} {text}")
        assert word in found, f"{path} is gone"
        for name, value in found[word]:
            if whole not in seen(value):  # one address holds two texts: `mail (name)`
                assert_cut_clean(seen(value), whole, path)
            if name != "description" and not WHOLE.search(path):
                assert len(value) <= LIMITS.get(name, USUAL_LIMIT), (path, value)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_within_the_notes_is_kept_word_for_word(text: str) -> None:
    words = {path: f"zq{n}zq" for n, path in enumerate(SAMPLES) if NOTES.search(path)}

    content = feed_with({path: f"{word} {text}" for path, word in words.items()})

    check(content)
    item = etree.fromstring(content).find(".//item")
    notes = item.findtext("{*}encoded") or item.findtext("description")
    said = seen(html.fromstring(notes).text_content())
    for path, word in words.items():
        assert seen(f"{word} {text}") in said, path


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_where_an_address_or_a_name_belongs_does_not_break_the_feed(text: str) -> None:
    check(feed_with({path: text for path in SAMPLES if path not in shown()}))


def test_no_text_where_another_belongs_breaks_the_feed_alone() -> None:
    text = "".join(found for found in TEXTS.values() if len(found) < 100)

    for path in SAMPLES.keys() - shown().keys():
        content = feed_with({path: text})
        assert UNHELD.search(content.decode("utf-8")) is None
        assert len(etree.fromstring(content).findall(".//item")) == 1, path
