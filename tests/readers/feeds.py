"""The feeds that are read back: two that are rendered from a model, and one as committed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from castpress.model.derived_feed import Paging
from castpress.model.element_rules import NAMESPACES
from castpress.model.notes import Section
from castpress.render.feed import render_feed
from castpress.render.feed_element import Item
from tests.render.feed_sample import COURSE_FEED, FEED, HERE, RELEASES, REST, SHOW, release

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from castpress.model.podcast import Feed, Release, Show
    from tests.readers.cells import Row

BUNDLED = Path("tests/shows/bundled/feed.xml")

_ATTRIBUTE = re.compile(r"@([\w-]+)(?:=(\S+))?")
"""A row's part: an attribute, or the value of one that tells the elements apart."""

LONG = replace(
    REST,
    guid="01984",
    stem="1984",
    slug="1984",
    title="1984",
    published=datetime(2026, 2, 15, 6, 30, tzinfo=UTC),
    season=None,
    number=None,
    is_blocked=False,
    episode_type=REST.episode_type.BONUS,
    sections=(
        Section("Long", 2, "long", "<p>Is 1 &lt; 2 &amp;amp; so?</p>" * 200, HERE),
        Section("", 0, "", "<p>That is all.</p>", HERE),
    ),
)
"""An episode with a number for a title, and notes for which the description is too small."""

_NEWEST = Paging("feed.xml", "archive/1.xml", next="archive/2.xml", prev_archive="archive/3.xml")
_ARCHIVE = Paging(
    "feed.xml",
    "archive/1.xml",
    previous="archive/4.xml",
    next="archive/2.xml",
    prev_archive="archive/5.xml",
    next_archive="archive/6.xml",
    current="feed.xml",
)


@dataclass(frozen=True, slots=True)
class Source:
    """What a feed is made from."""

    show: Show
    feed: Feed
    releases: tuple[Release, ...]

    @property
    def content(self) -> bytes:
        return render_feed(self.show, self.feed, self.releases).content or b""

    def items(self) -> Iterator[Item]:
        """What each item is made from: a feed that repeats it does not change it."""
        homes = (self.show.home_of(found.episode.course) for found in self.releases)
        return (Item(self.show, *both) for both in zip(homes, self.releases, strict=True))


_TOLD = replace(
    SHOW,
    has_moved=True,
    hubs=("https://hub.example.org/?a=1&b=2", "https://hub.example.net/"),
    uses_podping=True,
)

_LESSONS = tuple(release(replace(each.episode, course="first-5k")) for each in RELEASES)

SOURCES = {
    "all that a feed can say": Source(
        _TOLD, replace(FEED, paging=_NEWEST), (*RELEASES, release(LONG))
    ),
    "an archive page": Source(
        SHOW, replace(FEED, path="archive/3.xml", paging=_ARCHIVE), RELEASES[1:]
    ),
    "no more than it must say": Source(SHOW, COURSE_FEED, _LESSONS),
}
MAIN = SOURCES["all that a feed can say"]


def without(contents: Mapping[str, bytes], rows: Iterable[tuple[str, Row]]) -> dict[str, bytes]:
    """The feeds without what these rows are about; each row with where its elements stand.

    Raises:
        ValueError: no feed has anything of the kind, so that the row would say nothing.
    """
    roots = {name: etree.fromstring(content) for name, content in contents.items()}
    doomed: list[tuple[etree._Element, str]] = []
    for scope, row in rows:
        # Several attributes of one element make one row where nobody tells them apart.
        for name, value in _ATTRIBUTE.findall(row.part) or [("", "")]:
            condition = f"[@{name}='{value}']" if value else f"[@{name}]" if name else ""
            path = f"/rss/{scope}/{row.name}{condition}"
            found = [e for root in roots.values() for e in root.xpath(path, namespaces=NAMESPACES)]
            if not found:
                raise ValueError(f"no feed has {path}")
            doomed += [(element, "" if value else name) for element in found]
    for element, name in doomed:
        if name:
            element.attrib.pop(name, None)
        else:
            element.getparent().remove(element)
    return {
        name: etree.tostring(root, xml_declaration=True, encoding="UTF-8")
        for name, root in roots.items()
    }


def paths(content: bytes) -> set[tuple[str, str]]:
    """Each element of a feed, as its scope and the path below the channel or the item."""
    root = etree.fromstring(content)
    prefixes = {uri: prefix for prefix, uri in NAMESPACES.items()}
    found = set()

    def walk(element: etree._Element, scope: str, path: str) -> None:
        for child in element.iterchildren():
            name = etree.QName(child)
            prefixed = ":".join(filter(None, (prefixes.get(name.namespace or ""), name.localname)))
            if (scope, prefixed) == ("channel", "item"):
                walk(child, "channel/item", "")
                continue
            found.add((scope, path + prefixed))
            walk(child, scope, f"{path}{prefixed}/")

    walk(root[0], "channel", "")
    return found
