"""What markup may be made of: the sanitised notes, and the text that apps show.

Both are written by serialisers, so they have one spelling. Whatever differs from it is a fault,
even where a browser would make something harmless of it.
"""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_BARE_TAGS = (
    *("ul", "li", "strong", "b", "em", "i", "s", "del", "sup", "sub", "code", "pre", "blockquote"),
    *("br", "hr", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd"),
    *("h2", "h3", "h4", "h5", "h6"),
)
NOTES_TAGS: Mapping[str, frozenset[str]] = dict.fromkeys(_BARE_TAGS, frozenset()) | {
    "p": frozenset({"id"}),
    "a": frozenset({"href", "title"}),
    "ol": frozenset({"start"}),
    "img": frozenset({"src", "alt", "width", "height", "title"}),
}
"""The tags and attributes that may stand in a section of the notes."""

APP_TAGS: Mapping[str, frozenset[str]] = dict.fromkeys(
    ("p", "ul", "ol", "li", "strong", "em", "b", "i", "br"), frozenset()
) | {"a": frozenset({"href"})}
"""The tags and attributes that apps are given."""

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
ADDRESSES = frozenset({"href", "src", "action", "formaction", "poster", "data", "cite", "ping"})

_PIECE = re.compile(
    r"<(?:/(?P<closed>[a-z][a-z0-9]*)"
    r'|(?P<opened>[a-z][a-z0-9]*)(?P<given>(?: [a-z]+="[^"<>]*")*))>'
)
_GIVEN = re.compile(r' ([a-z]+)="([^"]*)"')
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_ENDS = "".join(map(chr, range(0x21)))


def faults_of(html: str, allowed: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Each piece of the HTML that is no tag, attribute or address that is allowed."""
    position = 0
    while (start := html.find("<", position)) >= 0:
        piece = _PIECE.match(html, start)
        if piece is None:
            yield f"no tag: {html[start : start + 60]!r}"
            position = start + 1
            continue
        position = piece.end()
        tag = piece["closed"] or piece["opened"]
        if tag not in allowed:
            yield f"a tag that is not allowed: {piece[0][:60]!r}"
            continue
        for name, value in _GIVEN.findall(piece["given"] or ""):
            if name not in allowed[tag]:
                yield f"an attribute that is not allowed: {piece[0][:60]!r}"
            elif name in ADDRESSES and not is_harmless(unescape(value)):
                yield f"an address that is not allowed: {piece[0][:60]!r}"


def is_harmless(address: str) -> bool:
    r"""Whether a browser takes the address for one of a harmless scheme, or for a place nearby.

    >>> is_harmless("https://example.org/"), is_harmless("#t=5"), is_harmless(" java\tscript:x")
    (True, True, False)
    """
    seen = re.sub(r"[\t\n\r]", "", address.strip(_ENDS))
    scheme = _SCHEME.match(seen)
    return scheme is None or scheme[1].lower() in SCHEMES
