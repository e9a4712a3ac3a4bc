"""A feed as it was written, held against the table of elements, so that no wrong one goes out.

Whole files, the channel without its items, or one item as it stands in the file. The table is
``model/element_table``; what only the whole can break is here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from castpress.model.element_check import check_element
from castpress.model.element_rules import NAMESPACES, Seen
from castpress.model.element_table import ELEMENTS
from castpress.model.podcast_elements import LIST_MEDIA
from castpress.model.problem import Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from castpress.model.problem import Location

_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
_BEFORE = f"<rss {_DECLARED}>".encode()
_AFTER = b"</rss>"
_NAMES = {
    f"{{{NAMESPACES[prefix]}}}{local}": f"{prefix}:{local}"
    for prefix, colon, local in (name.partition(":") for name in ELEMENTS)
    if colon
}
# No entity is ours, and a feed of thousands of items is no attack.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


@dataclass(frozen=True, slots=True)
class FeedFault:
    """One thing that is wrong in a feed; ``path`` is where, such as ``item[2]/enclosure/@url``."""

    path: str
    message: str

    def __str__(self) -> str:
        """Both on one line."""
        return f"{self.path}: {self.message}"


class Listed(NamedTuple):
    """What of an item has to do with the others: its guid, and its place in line."""

    guid: str
    is_full: bool
    has_number: bool


def check_feed_xml(content: bytes) -> tuple[FeedFault, ...]:
    """All that is wrong with a feed, or with its frame, which is the same without items."""
    try:
        root = _parsed(content)
    except etree.XMLSyntaxError as error:
        return (FeedFault("rss", f"it cannot be read as XML: {error.msg}"),)
    channels = root.findall("channel")
    if root.tag != "rss" or root.attrib != {"version": "2.0"} or len(channels) != 1:
        return (FeedFault("rss", 'expected one channel in an rss element with version="2.0"'),)
    items = [_seen(item) for item in channels[0].findall("item")]
    channel = _seen(channels[0], leave_out="item")
    faults = [*_faults(channel, "channel")]
    for index, item in enumerate(items):
        faults += _faults(item, _place("item", index))
    faults += check_together(
        (_listed(item) for item in items),
        feed_type=_text(channel, "itunes:type"),
        medium=_text(channel, "podcast:medium"),
    )
    # Apple takes an enclosure by its address only once; to authors `same-audio` tells of it.
    enclosures = [found for item in items for found in item.named("enclosure")]
    faults += _twice("enclosure/@url", [found.attributes.get("url", "") for found in enclosures])
    return tuple(faults)


def check_item_xml(item: bytes) -> tuple[FeedFault, ...]:
    """All that is wrong with one serialised ``<item>``, whose prefixes are those of our feeds."""
    try:
        root = _parsed(b"".join((_BEFORE, item, _AFTER)))
    except etree.XMLSyntaxError as error:
        return (FeedFault("item", f"it cannot be read as XML: {error.msg}"),)
    if len(root) != 1 or root[0].tag != "item":
        return (FeedFault("item", "expected one item"),)
    return tuple(_faults(_seen(root[0]), "item"))


def check_together(
    items: Iterable[Listed], *, feed_type: str | None, medium: str | None
) -> tuple[FeedFault, ...]:
    """What the items of one feed break together, and each of them by the feed it stands in.

    Apple takes an item by its guid only once, and wants a number in each full episode of a serial
    show; a list of other feeds has no items (podcast namespace, ``<podcast:medium>``).
    """
    listed = list(items)
    faults = []
    if listed and medium in LIST_MEDIA:
        faults.append(FeedFault("item[1]", f"a feed of medium {medium} has no items of its own"))
    for index, item in enumerate(listed):
        if feed_type == "serial" and item.is_full and not item.has_number:
            message = "a full episode of a serial show has no itunes:episode"
            faults.append(FeedFault(_place("item", index), message))
    faults += _twice("guid", [item.guid for item in listed])
    return tuple(faults)


def wrong_feed(faults: Sequence[FeedFault], place: Location) -> tuple[Problem, ...]:
    """One problem for all faults of an item or a frame: nobody but us can have made them."""
    if not faults:
        return ()
    more = f", and {len(faults) - 1} more" if len(faults) > 1 else ""
    problem = Problem(
        "wrong-feed",
        f"castpress would write a feed that apps may refuse: {faults[0]}{more}",
        place,
        Severity.ERROR,
        "nothing was written; this is castpress's mistake: report it with this line, and leave "
        "out the key that it names until it is mended",
    )
    return (problem,)


def _twice(path: str, values: Sequence[str]) -> Iterator[FeedFault]:
    if len(set(values)) == len(values):
        return
    for value, count in Counter(values).items():
        if count > 1:
            place = _place("item", len(values) - 1 - values[::-1].index(value))
            yield FeedFault(f"{place}/{path}", f"{value!r} stands in {count} items")


def _parsed(content: bytes) -> Any:  # noqa: ANN401 - lxml is untyped
    return etree.fromstring(content, _PARSER)


def _seen(element: Any, leave_out: str = "") -> Seen:  # noqa: ANN401 - lxml is untyped
    """The element with prefixed names; text between its children is counted to its own.

    One of another namespace keeps lxml's own form of its name.
    """
    tag, text = element.tag, element.text or ""
    children = []
    if len(element):
        for child in element:
            tail = child.tail
            if tail and not tail.isspace():
                text += tail
            if child.tag != leave_out and isinstance(child.tag, str):
                children.append(_seen(child))
    name = tag if tag[0] != "{" else _NAMES.get(tag) or _name(tag)
    # items() is far quicker than a dict of lxml's own view of the attributes.
    return Seen(name, text, dict(element.items()), tuple(children))


def _name(tag: str) -> str:
    """The name of an element that the table does not know."""
    uri, _, local = tag[1:].partition("}")
    prefix = next((prefix for prefix, known in NAMESPACES.items() if known == uri), None)
    return f"{prefix}:{local}" if prefix else tag


def _listed(item: Seen) -> Listed:
    return Listed(
        guid=_text(item, "guid") or "",
        is_full=_text(item, "itunes:episodeType") in (None, "full"),
        has_number=_text(item, "itunes:episode") is not None,
    )


def _text(seen: Seen, name: str) -> str | None:
    return next((child.text for child in seen.children if child.name == name), None)


def _faults(seen: Seen, start: str) -> Iterator[FeedFault]:
    for fault in check_element(seen):
        steps = [start, *(_place(name, index) for name, index in fault.path)]
        if fault.attribute is not None:
            steps.append(f"@{fault.attribute}")
        yield FeedFault("/".join(steps), fault.message)


def _place(name: str, index: int) -> str:
    """An element by its count from 1, as XPath has it."""
    return f"{name}[{index + 1}]"
