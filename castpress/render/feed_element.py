"""An element of a feed as plain values, and how it gets into the tree.

The tables of tags are made of these, so that no row of them has to know XML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree

from castpress.model.text import clean_text
from castpress.render.text import VALUE_LIMIT, one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from castpress.model.podcast import Feed, Release, Show

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}
"""Prefix to URI, exact to the letter: readers compare them as text."""


@dataclass(frozen=True, slots=True)
class Channel:
    """What the tags of a channel are made from; ``changed`` is the newest date of its items."""

    show: Show
    feed: Feed
    changed: datetime | None


@dataclass(frozen=True, slots=True)
class Item:
    """What the tags of one item are made from: nothing of the other items."""

    show: Show
    feed: Feed
    release: Release


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in one element: text, attributes, and children by their prefixed names."""

    text: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[tuple[str, Value], ...] = ()


if TYPE_CHECKING:
    Values = Iterable[Value]
    ChannelTag = tuple[str, Callable[[Channel], Values]]
    ItemTag = tuple[str, Callable[[Item], Values]]


def value(text: str | None = None, /, **attributes: str | int | None) -> Value:
    """One element of text that XML can hold; attributes that are None or empty are left out.

    >>> value("2", name="Spring")
    Value(text='2', attributes=(('name', 'Spring'),), children=())
    """
    named = (
        (name, one_line(str(found))) for name, found in attributes.items() if found is not None
    )
    content = None if text is None else clean_text(text)
    return Value(content, tuple((name, found) for name, found in named if found))


def text_value(
    text: str | None, /, limit: int = VALUE_LIMIT, **attributes: str | int | None
) -> Values:
    """One element with the text on one line within ``limit`` characters; none without text."""
    line = shorten(one_line(text or ""), limit)
    return (value(line, **attributes),) if line else ()


def number_value(number: int | None, /, **attributes: str | int | None) -> Values:
    """One element with the number, 0 included; none for None."""
    return () if number is None else (value(str(number), **attributes),)


def append_values(parent: Any, name: str, values: Values) -> None:  # noqa: ANN401 - lxml is untyped
    """Put the values below ``parent``, an lxml element, as elements of that prefixed name."""
    for found in values:
        child = etree.SubElement(parent, _qualified(name), dict(found.attributes))
        child.text = found.text
        for child_name, child_value in found.children:
            append_values(child, child_name, (child_value,))


def _qualified(name: str) -> str:
    """A prefixed name in lxml's form; a name without a prefix is RSS's own."""
    prefix, colon, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}" if colon else name
