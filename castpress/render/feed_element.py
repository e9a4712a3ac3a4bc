"""An element of a feed as plain values, and how it gets into the tree.

The tables of tags are made of these, so that no row of them has to know XML.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from lxml import etree

from castpress.model.element_rules import NAMESPACES
from castpress.model.text import clean_text
from castpress.render.text import VALUE_LIMIT, one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from castpress.model.podcast import Feed, Release, Show


@dataclass(frozen=True, slots=True)
class Channel:
    """What the tags of a channel are made from.

    ``changed`` is the newest date of its items, ``published`` the newest day that one came out,
    ``trailers`` are those among them.
    """

    show: Show
    feed: Feed
    changed: datetime | None
    published: datetime | None = None
    trailers: tuple[Release, ...] = ()


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

Source = TypeVar("Source")


@dataclass(frozen=True, slots=True)
class Tag(Generic[Source]):
    """One row of a table of tags: what the element says, and for the docs, why and to whom.

    ``read`` is None for an element that feedgen writes. The others are Markdown.
    """

    name: str
    read: Callable[[Source], Values] | None
    comes_from: str
    read_by: str


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
