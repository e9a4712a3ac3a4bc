"""What a table of elements is made of: where each may stand, how often, and with what in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from castpress.model.value_kinds import Kind

    Together = Callable[["Seen"], Iterator[str]]

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "fh": "http://purl.org/syndication/history/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": "http://podlove.org/simple-chapters",
}
"""Prefix to URI of all that may stand in a feed of ours, exact to the letter."""


class Seen(NamedTuple):
    """An element as it was found; its name has a prefix, RSS's own have none."""

    name: str
    text: str
    attributes: Mapping[str, str]
    children: tuple[Seen, ...]

    def named(self, name: str) -> list[Seen]:
        """The children of that name, in their order."""
        return [child for child in self.children if child.name == name]


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute, and whether the element is worth nothing without it."""

    name: str
    kind: Kind
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """A place where an element may stand, and how often there; ``most`` None is any number."""

    parent: str
    least: int = 0
    most: int | None = 1


@dataclass(frozen=True, slots=True)
class ElementRule:
    """All that is asked of an element of that name, wherever it stands.

    ``text`` None is an element without any. ``together`` gives a sentence, ``what; what to
    write``, for each rule on several of its values that is broken. ``source`` is who asks.
    """

    name: str
    source: str
    within: tuple[Within, ...]
    attributes: tuple[Attribute, ...] = ()
    text: Kind | None = None
    is_text_required: bool = True
    together: Together | None = None


def in_channel(least: int = 0, most: int | None = 1) -> tuple[Within, ...]:
    """So often in a channel."""
    return (Within("channel", least, most),)


def in_item(least: int = 0, most: int | None = 1, live: int = 0) -> tuple[Within, ...]:
    """So often in an item, and ``live`` is the least in a live item, which takes all the same."""
    return (Within("item", least, most), Within("podcast:liveItem", live, most))


def required(name: str, kind: Kind) -> Attribute:
    """An attribute that must be there."""
    return Attribute(name, kind, is_required=True)
