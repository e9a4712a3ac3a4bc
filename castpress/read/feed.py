"""Any podcast's RSS 2.0 to what apps see in it: ours, and those of every other host.

A feed comes from the network, so it may be anything. It is read without a DTD, without entities
and without a network; what is too large is refused; what is odd is kept as far as apps keep it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from castpress.model.listing import ListedFeed, ListedItem
from castpress.model.problem import Location, Problem, Severity
from castpress.read.feed_alternates import listed_alternates
from castpress.read.feed_dates import (
    parse_feed_count,
    parse_feed_date,
    parse_feed_duration,
    parse_feed_time,
)
from castpress.read.feed_details import CHANNEL_TOLD, ITEM_TOLD, listed_details
from castpress.read.feed_notes import Chapters, listed_chapters, notes_digest, text_lines
from castpress.read.feed_oddities import Oddities

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import PurePosixPath

FEED_LIMIT_BYTES = 32_000_000
"""The largest feed that is read unless more is asked for; apps give up long before."""

ITEM_LIMIT = 20_000
"""The most items that are read."""

# Lower case, because hosts vary it; the podcast namespace has two addresses (its specification).
_PREFIXES = {
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://www.w3.org/2005/atom": "atom",
    "http://podlove.org/simple-chapters": "psc",
    "http://podlove.org/simple-chapters/": "psc",
}
_GZIP = b"\x1f\x8b"
_WEB_PAGE = re.compile(rb"<(?:!doctype\s+)?html\b", re.IGNORECASE)
_ENCLOSURES = ("audio/", "video/")


def parse_feed(
    data: bytes, file: PurePosixPath, *, limit_bytes: int = FEED_LIMIT_BYTES
) -> tuple[ListedFeed | None, tuple[Problem, ...]]:
    """What apps see of a feed, and what is odd in it; None where it cannot be read at all.

    ``file`` is only said in problems. Items without an enclosure are left out, as apps do.
    """
    if len(data) > limit_bytes:
        size = f"it has {len(data) / 1e6:.1f} MB; at most {limit_bytes / 1e6:g} MB are read"
        return None, (_unreadable(size, Location(file), "give the address of a smaller feed"),)
    root, problem = _parse_xml(data, file)
    if root is None:
        return None, (problem,) if problem else ()
    names = _Names()
    channel = next((child for child in root if names[child.tag] == "channel"), None)
    if names[root.tag] != "rss" or channel is None:
        # Not by QName, which refuses a prefix that nothing declares.
        found = f"its outermost element is `{root.tag.rpartition('}')[2]}`"
        place = Location(file, root.sourceline or 0)
        return None, (_unreadable(found, place, _ANOTHER_ADDRESS),)
    return _listed_feed(channel, names, len(data), file)


_ANOTHER_ADDRESS = "give the address of the RSS feed, the one that apps subscribe to"


def _parse_xml(data: bytes, file: PurePosixPath) -> tuple[Any, Problem | None]:
    if data.startswith(_GZIP):
        found = "it is compressed with gzip"
        return None, _unreadable(found, Location(file), "unpack it first")
    if not data.strip():
        return None, _unreadable("it is empty", Location(file), _ANOTHER_ADDRESS)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        place = Location(file, max(line, 0), max(column, 0) if line > 0 else 0)
        # lxml ends its message with the place; the problem has one of its own.
        found = str(error.msg or "it is no XML").split(", line ")[0]
        if _WEB_PAGE.search(data[:1000]):
            found = "it is a web page"
        return None, _unreadable(" ".join(found.split()), place, _ADVICE_XML)
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        return None, _unreadable(" ".join(str(error).split()), Location(file), _ADVICE_XML)
    if root.getroottree().docinfo.internalDTD is not None:
        found = "it has a DOCTYPE, which RSS 2.0 does not know and which can hide attacks"
        return None, _unreadable(found, Location(file, 1), "delete the DOCTYPE, or " + _ADVICE_XML)
    return root, None


_ADVICE_XML = "check that the address gives the feed itself and not a web page"


def _unreadable(found: str, place: Location, help_text: str) -> Problem:
    message = f"this cannot be read as a podcast's feed: {found}"
    return Problem("unreadable-feed", message, place, Severity.ERROR, help_text)


class _Names(dict[Any, str]):
    """Prefixed names by lxml's tags, ``itunes:image`` for instance; each is worked out once."""

    def __missing__(self, tag: object) -> str:
        name = ""
        if isinstance(tag, str):
            uri, brace, local = tag[1:].rpartition("}") if tag[:1] == "{" else ("", "", tag)
            prefix = _PREFIXES.get(uri.lower(), "?") if brace else ""
            name = f"{prefix}:{local}" if prefix else local
        self[tag] = name
        return name


def _listed_feed(
    channel: Any,  # noqa: ANN401 - lxml is untyped
    names: _Names,
    byte_length: int,
    file: PurePosixPath,
) -> tuple[ListedFeed | None, tuple[Problem, ...]]:
    named = [(names[child.tag], child) for child in channel]
    elements = [child for name, child in named if name == "item"]
    parts = _first(named)
    if len(elements) > ITEM_LIMIT:
        found = f"it has {len(elements)} items; at most {ITEM_LIMIT} are read"
        return None, (_unreadable(found, Location(file), "give the address of a smaller feed"),)
    oddities = Oddities(file)
    items = tuple(
        item for element in elements if (item := _listed_item(element, names, oddities)) is not None
    )
    feed = ListedFeed(
        title=_line(parts.get("title")),
        link=_line(parts.get("link")),
        self_url=next(_links(named, "self"), None),
        podcast_guid=_line(parts.get("podcast:guid")) or None,
        new_feed_url=_line(parts.get("itunes:new-feed-url")) or None,
        language=_line(parts.get("language")),
        feed_type=_line(parts.get("itunes:type")).lower() or "episodic",
        items=items,
        byte_length=byte_length,
        artwork_url=_attribute(parts.get("itunes:image"), "href"),
        older_url=next(_links(named, "prev-archive", "next"), None),
        is_blocked=_line(parts.get("itunes:block")).lower() == "yes",
        is_complete=_line(parts.get("itunes:complete")).lower() == "yes",
        details=listed_details(named, names, CHANNEL_TOLD),
    )
    return feed, oddities.problems()


def _first(named: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The elements by name; where one comes twice, the first, as readers do."""
    found: dict[str, Any] = {}
    for name, element in named:
        found.setdefault(name, element)
    return found


def _links(named: Iterable[tuple[str, Any]], *relations: str) -> Iterator[str]:
    """The addresses of the channel's links of these relations, those of the first one first."""
    links = [child for name, child in named if name == "atom:link" and child.get("href")]
    for relation in relations:
        for child in links:
            if child.get("rel") == relation:
                yield str(child.get("href")).strip()


def _listed_item(element: Any, names: _Names, oddities: Oddities) -> ListedItem | None:  # noqa: ANN401
    # Once, because each look at a child of the tree makes it anew.
    named = [(names[child.tag], child) for child in element]
    parts = _first(named)
    title, line = _line(parts.get("title")), element.sourceline or 0
    enclosure = _enclosure(named)
    if enclosure is None:
        oddities.silent(line, title)
        return None
    url = (enclosure.get("url") or "").strip()
    guid = _line(parts.get("guid"))
    if not guid:
        oddities.without_guid(line, title)
    oddities.guid(line, title, guid or url)
    date_text = _line(parts.get("pubDate"))
    published = parse_feed_date(date_text)
    if published is None:
        oddities.date(line, title, date_text)
    texts, chapters = _notes(parts, names)
    number = parts.get("itunes:episode", parts.get("podcast:episode"))
    season = parts.get("itunes:season", parts.get("podcast:season"))
    return ListedItem(
        guid=guid or url,
        title=title,
        published=published,
        enclosure_url=url,
        media_type=(enclosure.get("type") or "").strip().lower(),
        byte_length=parse_feed_count(enclosure.get("length") or "") or None,
        duration_ms=parse_feed_duration(_line(parts.get("itunes:duration"))),
        season=parse_feed_count(_line(season)),
        number=parse_feed_count(_line(number)),
        episode_type=_line(parts.get("itunes:episodeType")).lower() or "full",
        link=_line(parts.get("link")),
        chapters=chapters,
        chapters_url=_attribute(parts.get("podcast:chapters"), "url"),
        description_digest=notes_digest(texts, chapters),
        # Apple acts on any spelling of this one word, and on no other.
        is_blocked=_line(parts.get("itunes:block")).lower() == "yes",
        artwork_url=_attribute(parts.get("itunes:image"), "href"),
        alternates=listed_alternates(named, names),
        details=listed_details(named, names, ITEM_TOLD),
    )


def _enclosure(named: Iterable[tuple[str, Any]]) -> Any:  # noqa: ANN401 - lxml is untyped
    """The enclosure that apps play: the first with sound, else the first; None without any."""
    found = [c for name, c in named if name == "enclosure" and (c.get("url") or "").strip()]
    heard = (c for c in found if (c.get("type") or "").strip().lower().startswith(_ENCLOSURES))
    return next(heard, found[0] if found else None)


def _notes(parts: dict[str, Any], names: _Names) -> tuple[list[tuple[str, ...]], Chapters]:
    """The lines of the item's texts, and its chapters."""
    given = (_text(parts.get(name)) for name in ("description", "content:encoded"))
    texts = [text_lines(text) for text in dict.fromkeys(given) if text]
    if not texts:
        texts = [text_lines(_text(parts.get("itunes:summary")))]
    chapters = _simple_chapters(parts.get("psc:chapters"), names)
    if not chapters:
        listed = (listed_chapters(lines) for lines in texts)
        chapters = next((found for found in listed if found), ())
    return texts, chapters


def _simple_chapters(element: Any, names: _Names) -> Chapters:  # noqa: ANN401 - lxml is untyped
    """The chapters that stand in the item itself; one without a start that can be read is none."""
    found = []
    for child in () if element is None else element:
        if names[child.tag] == "psc:chapter":
            start_ms = parse_feed_time(child.get("start") or "")
            if start_ms is not None:
                found.append((start_ms, " ".join((child.get("title") or "").split())))
    return tuple(found)


def _text(element: Any) -> str:  # noqa: ANN401 - lxml is untyped
    """All text of an element; a host that forgot to escape its HTML has put elements there."""
    if element is None:
        return ""
    return "".join(element.itertext()) if len(element) else element.text or ""


def _line(element: Any) -> str:  # noqa: ANN401 - lxml is untyped
    return " ".join(_text(element).split())


def _attribute(element: Any, name: str) -> str | None:  # noqa: ANN401 - lxml is untyped
    value = None if element is None else (element.get(name) or "").strip()
    return value or None
