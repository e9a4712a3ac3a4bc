from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from castpress.check.feed_xml import check_feed_xml, check_item_xml, wrong_feed
from castpress.model.element_rules import NAMESPACES
from castpress.model.element_table import CHILDREN, ELEMENTS
from castpress.model.podcast import Chapter, Link, Person
from castpress.model.problem import Location
from castpress.render.feed import render_feed, render_frame, render_item
from tests.check.right_feed import CHANNEL, ITEM, MANY, NODE, UUID, feed
from tests.render.feed_sample import FEED, HILLS, RELEASES, SHOW, release

BUNDLED = Path(__file__).parents[1] / "shows" / "bundled"
RIGHT = feed(CHANNEL, ITEM)


def told(content: bytes) -> list[str]:
    return list(map(str, check_feed_xml(content)))


def prefixed(element: Any) -> str:
    name = etree.QName(element)
    prefix = next((p for p, uri in NAMESPACES.items() if uri == name.namespace), None)
    return f"{prefix}:{name.localname}" if prefix else name.localname


def test_the_feed_with_every_element_is_right() -> None:
    assert told(RIGHT) == []
    held = {prefixed(element) for element in etree.fromstring(RIGHT).iter()}
    assert {"fh:complete", *held} == {"rss", *ELEMENTS}
    for name, rule in ELEMENTS.items():
        found = [e for e in etree.fromstring(RIGHT).iter() if prefixed(e) == name]
        used = {attribute for element in found for attribute in element.attrib}
        assert used == {attribute.name for attribute in rule.attributes}, name


@pytest.mark.parametrize("path", sorted(BUNDLED.rglob("feed.xml")), ids=lambda p: p.parent.name)
def test_what_castpress_writes_is_right(path: Path) -> None:
    assert told(path.read_bytes()) == []


def test_a_sample_with_every_field_is_right_in_all_its_parts() -> None:
    assert told(render_feed(SHOW, FEED, RELEASES).content or b"") == []
    assert told(render_frame(SHOW, FEED, RELEASES)) == []
    for each in RELEASES:
        assert check_item_xml(render_item(SHOW, FEED, each)) == ()


TEXTS = st.text(max_size=12) | st.sampled_from(
    ("x" * 300, "é " * 4000, " ", "]]>", "\x00\x85\ud800", "<b>&amp;", "\u202eabc", "😀" * 200)
)


@settings(max_examples=25)
@given(st.lists(TEXTS, min_size=5, max_size=5))
def test_whatever_is_written_the_feed_is_right(texts: list[str]) -> None:
    a, b, c, d, e = texts
    feed = replace(
        FEED,
        title=a,
        description=b,
        copyright=c,
        author=d,
        people=(Person(e, a or "host", b or "cast"),),
        funding=(Link(c, "https://example.org/"),),
        elements=(),
    )
    episode = replace(
        HILLS,
        title=e,
        summary=d,
        author=c,
        season_name=b,
        people=(Person(a, b or "guest"),),
        chapters=(Chapter(0, 5, a), Chapter(5, 9000, b), Chapter(9000, 99_000, c)),
    )
    assert (
        told(render_feed(replace(SHOW, feed=feed), feed, [release(episode)]).content or b"") == []
    )


def mutants() -> Iterator[tuple[str, bytes, str]]:
    """Each value, attribute and child of the right feed made wrong, with what is to be told."""
    root = etree.fromstring(RIGHT)
    seen: Counter[str] = Counter()
    for index, original in enumerate(list(root.iter())):
        name = prefixed(original)
        seen[name] += 1
        if name in ("rss", "channel") or seen[name] > 1:
            continue
        rule = ELEMENTS[name]

        def changed(index: int = index) -> tuple[Any, Any]:
            copy = deepcopy(root)
            return copy, list(copy.iter())[index]

        for attribute in rule.attributes:
            if attribute.name not in original.attrib:
                continue
            if not attribute.kind.fits(" "):
                copy, element = changed()
                element.set(attribute.name, " ")
                wrong = f"/@{attribute.name}: expected"
                yield f"{name}-{attribute.name}", etree.tostring(copy), wrong
            if attribute.is_required:
                copy, element = changed()
                del element.attrib[attribute.name]
                missing = f"/@{attribute.name}: is missing"
                yield f"{name}-without-{attribute.name}", etree.tostring(copy), missing
        copy, element = changed()
        element.set("strange", "1")
        yield f"{name}-strange", etree.tostring(copy), "/@strange: 'strange' is not known here"
        copy, element = changed()
        element.text = "some words" if rule.text is None else "\n "
        wrong = "takes no text" if rule.text is None else "expected"
        yield f"{name}-text", etree.tostring(copy), wrong
        if rule.text is not None and rule.is_text_required:
            copy, element = changed()
            element.text = None
            yield f"{name}-without-text", etree.tostring(copy), "its text is missing"
        within = CHILDREN[prefixed(original.getparent())][name]
        if within.most is not None:
            copy, element = changed()
            for _ in range(within.most):
                element.addnext(deepcopy(element))
            yield f"{name}-too-often", etree.tostring(copy), f"may at most {within.most}"
        if within.least:
            copy, element = changed()
            parent = element.getparent()
            for each in [e for e in parent if e.tag == element.tag]:
                parent.remove(each)
            yield f"no-{name}", etree.tostring(copy), "is missing"


@pytest.mark.parametrize(
    ("content", "fault"),
    [pytest.param(content, fault, id=name) for name, content, fault in mutants()],
)
def test_each_way_that_an_element_can_be_wrong_is_told(content: bytes, fault: str) -> None:
    assert any(fault in line for line in told(content)), told(content)


@pytest.mark.parametrize("name", sorted({*ELEMENTS} - {"channel", "fh:complete"}))
def test_an_element_stands_only_where_it_may(name: str) -> None:
    root = etree.fromstring(RIGHT)
    element = next(e for e in root.iter() if prefixed(e) == name)
    for parent in list(root.iter()):
        if prefixed(parent) in ("rss", "channel") or name in CHILDREN.get(prefixed(parent), {}):
            continue
        copy = deepcopy(root)
        found = next(e for e in copy.iter() if prefixed(e) == prefixed(parent))
        found.append(deepcopy(element))
        line = f"{name!r} may not stand in {prefixed(parent)}"
        assert any(line in each for each in told(etree.tostring(copy))), parent
        break


SELF = 'rel="self"'
TWO_POSTS = '<podcast:socialInteract protocol="disabled"/>'
LICENSE = '<podcast:license url="https://example.org/licence">ours-1</podcast:license>'
SPLIT = f'<podcast:remoteItem feedGuid="{UUID}" itemGuid="x"/>'
RECIPIENT = '<podcast:valueRecipient type="node" address="{}" split="1"/>'


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (SELF, 'rel="alternate"', "channel: 0 links of rel self"),
        ('rel="hub"', SELF, "channel: 2 links of rel self"),
        (
            "<fh:archive/>",
            '<fh:archive/><atom:link href="https://example.org/2" rel="prev-archive"/>',
            "2 links of rel prev-archive",
        ),
        ("<fh:archive/>", "<fh:complete/>", ""),
        ("<fh:archive/>", "<fh:archive/><fh:complete/>", "complete and part of an archive"),
        ('rel="prev-archive"', 'rel="prev"', "@rel: expected self, hub, "),
        ('"Running"', '"Food"', "'Food' is no subcategory of Sports"),
        ('"Comedy"', '"Running"', "'Running' is no category of its own"),
        ('"Comedy"', '"Sports"', "the category 'Sports' stands 2 times"),
        ('"Comedy"', '"comedy"', "@text: expected a category in Apple's spelling"),
        (
            '<itunes:category text="Running"/>',
            '<itunes:category text="Running"/><itunes:category text="Running"/>',
            "the subcategory 'Running' stands 2 times",
        ),
        ("<hour>23</hour>", "<hour>0</hour>", "'0' stands 2 times"),
        ('<podcast:block id="amazon">', "<podcast:block>", "the service '' stands 2 times"),
        (' dtstart="2026-09-08"', "", "a rule with COUNT needs its beginning"),
        (' medium="publisher"', "", "not marked as a publisher's"),
        ("19:00:00-05:00", "17:00:00-05:00", "podcast:liveItem[1]: it ends at"),
        ("<podcast:medium>podcast<", "<podcast:medium>musicL<", "medium musicL has no items"),
        ("<itunes:episode>7</itunes:episode>", "", "serial show has no itunes:episode"),
        (ITEM, ITEM + ITEM, "item[2]/guid: 'g-1' stands in 2 items"),
        (ITEM, ITEM + ITEM, "item[2]/enclosure/@url: 'https://example.org/a.mp3' stands in 2"),
        ('isPermaLink="false"', 'isPermaLink="true"', "it is no address that opens"),
        (' isPermaLink="false"', "", "it is no address that opens"),
        (
            '<description><![CDATA[<p>Why hills hurt.</p>]]></description>',
            "",
            "",
        ),
        ("<podcast:txt", f"{TWO_POSTS}<podcast:txt", "protocol disabled stands beside others"),
        ('"activitypub"', '"disabled"', "protocol disabled takes nothing beside it"),
        (' uri="https://example.social/@a/1"', "", "the address of the post is missing"),
        (LICENSE, "<podcast:license>ours-1</podcast:license>", "'ours-1' is no known licence"),
        (LICENSE, "<podcast:license>cc-by-4.0</podcast:license>", ""),
        ('type="sri"', 'type="pgp-signature"', "not the form of its type"),
        ("sha256-AAA", "md5-AAA", "not the form of its type"),
        (NODE, "02d5c1", "the address is no node's"),
        ('type="node"', 'type="lnaddress"', "the address is no Lightning address"),
        (' customValue="x"', "", "customKey and customValue belong together"),
        (SPLIT, "", "who is paid is not clear"),
        (SPLIT, SPLIT + RECIPIENT.format(NODE), "who is paid is not clear"),
        (SPLIT, RECIPIENT.format(NODE), ""),
        (
            "<psc:chapters",
            '<podcast:alternateEnclosure type="a/b" default="true"><podcast:source uri="a:b"/>'
            "</podcast:alternateEnclosure><psc:chapters",
            "two alternate enclosures are the default",
        ),
        ("<copyright>", "<itunes:keywords>run</itunes:keywords><copyright>", "itunes:keywords"),
        ("<copyright>", '<podcast:images srcset="x 1w"/><copyright>', "may not stand in channel"),
        ("<copyright>", '<m:x xmlns:m="http://m"/><copyright>', "{http://m}x"),
        ("<copyright>", "stray words<copyright>", "channel: takes no text, found 'stray words'"),
        ("<copyright>", "<copyright> ", "copyright[1]: expected text of at most 255 characters"),
        ("https://example.org/give", "http://example.org/give", ""),
        ("https://example.org/give", "mailto:hi@example.org", ""),
        ("https://example.org/give", "javascript:alert(1)", "funding[1]/@url: expected an address"),
        ("Sun, 01 Mar 2026 06:30:00 -0500", "Mon, 01 Mar 2026 06:30:00 -0500", "right weekday"),
        ("<itunes:explicit>false<", "<itunes:explicit>no<", "expected true or false, found 'no'"),
        ("<itunes:block>Yes<", "<itunes:block>yes<", "expected Yes, found 'yes'"),
        ('start="00:00:00.000"', 'start="37"', "@start: expected a time in hours"),
        (">Running, and resting.<", f">{'é' * 2001}<", "expected text of at most 4000 bytes"),
        (">Running, and resting.<", f">{'é' * 2000}<", ""),
        (">abc</podcast:txt>", f">{'é' * 4000}</podcast:txt>", ""),
        (">abc</podcast:txt>", f">{'é' * 4001}</podcast:txt>", "of at most 4000 characters"),
        (">Buy us socks<", f">{'é' * 129}<", "of at most 128 characters"),
        ('display="Ch. 7"', f'display="{"7" * 33}"', "of at most 32 characters"),
        ('version="2.0">', 'version="0.92">', "rss: expected one channel"),
        ("</channel>", "</channel><channel/>", "rss: expected one channel"),
        ("</channel>", "", "rss: it cannot be read as XML"),
    ],
)  # fmt: skip
def test_what_several_values_break_together(old: str, new: str, fault: str) -> None:
    text = RIGHT.decode()
    assert old in text
    found = told(text.replace(old, new).encode())
    assert any(fault in line for line in found) if fault else found == []


def test_the_text_for_all_stands_first() -> None:
    start, end = ITEM.index("<description>"), ITEM.index("<content:encoded>")
    later = ITEM[:start] + ITEM[end:].replace("<guid", f"{ITEM[start:end]}<guid", 1)
    assert [f.message for f in check_item_xml(later.encode())] == [
        "content:encoded stands before description; put it behind"
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (ITEM, None),
        (ITEM + ITEM, "item: expected one item"),
        ("<title>x</title>", "item: expected one item"),
        ("<item>", "item: it cannot be read as XML: "),
        ("<item><media:x/></item>", "item: it cannot be read as XML: "),
        ("<item>&nbsp;</item>", "item: it cannot be read as XML: "),
        (
            ITEM.replace(' length="12" type="audio/mpeg"', ""),
            "item/enclosure[1]/@length: is missing",
        ),
        (ITEM.replace("<item>", "<item><!-- a --><?b c?>"), None),
    ],
)
def test_one_item_alone(text: str, fault: str | None) -> None:
    found = check_item_xml(text.encode())
    assert str(found[0]).startswith(fault) if fault else found == ()


def test_a_feed_without_items_is_a_frame_and_right() -> None:
    assert told(feed()) == []
    assert told(feed(CHANNEL.replace(MANY, ""), ITEM)) != []


def test_all_faults_of_one_place_are_one_problem() -> None:
    faults = check_item_xml(b"<item><title>x</title></item>")
    place = Location(PurePosixPath("show_notes/001.md"), 1)
    (problem,) = wrong_feed(faults, place)
    assert problem.location == place
    assert problem.code == "wrong-feed"
    assert problem.message == (
        "castpress would write a feed that apps may refuse: item/guid[1]: is missing, and 1 more"
    )
    assert wrong_feed((), place) == ()
