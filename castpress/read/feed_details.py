"""What a feed says besides what subscribers meet by name: enough to know that it is another."""

from __future__ import annotations

import hashlib
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

# The numbers are known; what is left are the name of the season and the number as it is shown.
_NUMBERS = frozenset({"podcast:season", "podcast:episode"})
# Where the feed is and how it is divided is known, too; what is left are hubs.
_PLACES = frozenset(
    {
        *("self", "first", "last", "previous", "next"),
        *("prev-archive", "next-archive", "current"),
    }
)
_DIGEST_BYTES = 8


def listed_details(
    children: Iterable[Any], names: Mapping[Any, str], told: Collection[str]
) -> Details:
    """A digest of the elements of each name that is not ``told``, sorted by name.

    Blanks, the order of attributes and empty elements make no difference; the order of elements
    of one name does.
    """
    found: dict[str, list[str]] = {}
    for child in children:
        name = names[child.tag]
        if name in told:
            continue
        # A loop over children that are not there costs as much again.
        text = _nested(child, names) if len(child) else _said(child, name)
        if text:
            found.setdefault(name, []).append(text)
    return tuple((name, _digest("\0".join(texts))) for name, texts in sorted(found.items()))


def _said(element: Any, name: str) -> str:  # noqa: ANN401 - lxml is untyped
    """The attributes and the text of an element, as far as nothing else tells them."""
    attributes = element.items()
    if name == "atom:link" and element.get("rel") in _PLACES:
        return ""
    text = "" if name in _NUMBERS else " ".join((element.text or "").split())
    return f"{text}\1{sorted(attributes)}" if attributes else text


def _nested(element: Any, names: Mapping[Any, str]) -> str:  # noqa: ANN401
    """The same of an element and all that stands in it."""
    return "\2".join(
        f"{names[one.tag]}\1{_said(one, '')}\1{' '.join((one.tail or '').split())}"
        for one in element.iter()
    )


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=_DIGEST_BYTES).hexdigest()
