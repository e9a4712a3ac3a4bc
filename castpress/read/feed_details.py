"""What a feed says besides what subscribers meet by name: enough to know that it is another."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from castpress.model.detail_changes import Details

ITEM_TOLD = frozenset(
    {
        *("title", "link", "guid", "pubDate", "enclosure", "description", "content:encoded"),
        *("itunes:summary", "itunes:duration", "itunes:season", "itunes:episode"),
        *("itunes:episodeType", "itunes:image", "itunes:block", "psc:chapters"),
        *("podcast:chapters", "podcast:alternateEnclosure"),
    }
)
"""The elements of an item that a listing holds in a field of their own."""

CHANNEL_TOLD = frozenset(
    {
        *("item", "title", "link", "language", "image", "itunes:type", "itunes:image"),
        *("itunes:new-feed-url", "itunes:block", "itunes:complete", "podcast:guid"),
        # These follow from the episodes, or are about the file.
        *("pubDate", "lastBuildDate", "podcast:trailer", "generator", "docs", "?:archive"),
    }
)
"""The same of a channel, and what nobody would miss there."""

# Of a number what is left are the name of the season and the number as it is shown; of links hubs.
_PARTLY_TOLD = frozenset({"podcast:season", "podcast:episode", "atom:link"})
_PLACES = frozenset(
    {
        *("self", "first", "last", "previous", "next"),
        *("prev-archive", "next-archive", "current"),
    }
)
_DIGEST_BYTES = 8


def listed_details(
    named: Iterable[tuple[str, Any]], names: Mapping[Any, str], told: Collection[str]
) -> Details:
    """A digest of the elements of each name that is not ``told``, sorted by name.

    Blanks, the order of attributes and empty elements make no difference; the order of elements
    of one name does. ``names`` gives names by tags, for what stands inside of them.
    """
    found: dict[str, str] = {}
    for name, element in named:
        if name not in told:
            # A loop over children that are not there costs as much again.
            text = _nested(element, names) if len(element) else _said(element)
            if name in _PARTLY_TOLD:
                text = _untold(name, element)
            if text:
                found[name] = f"{found[name]}\0{text}" if name in found else text
    return tuple([(name, _digest(found[name])) for name in sorted(found)])


def _said(element: Any) -> str:  # noqa: ANN401 - lxml is untyped
    """The attributes and the text of an element."""
    text, attributes = element.text or "", element.items()
    if text:
        text = " ".join(text.split())
    if len(attributes) > 1:
        attributes.sort()
    return f"{text}\1{attributes}" if attributes else text


def _untold(name: str, element: Any) -> str:  # noqa: ANN401
    """What no other field holds of an element that one holds in part."""
    if name == "atom:link":
        return "" if element.get("rel") in _PLACES else _said(element)
    return str(sorted(element.items()) or "")


def _nested(element: Any, names: Mapping[Any, str]) -> str:  # noqa: ANN401
    """The attributes and the text of an element and of all that stands in it."""
    return "\2".join(
        f"{names[one.tag]}\1{_said(one)}\1{' '.join((one.tail or '').split())}"
        for one in element.iter()
    )


# Most episodes of a show say the same of licence, people and tags.
@lru_cache(maxsize=1024)
def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_DIGEST_BYTES).hexdigest()
