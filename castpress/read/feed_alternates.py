"""Other encodings of an episode as a feed tells them, ``podcast:alternateEnclosure``."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Any

from castpress.model.feed_tags import AlternateEnclosure
from castpress.read.feed_dates import parse_feed_count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_SHA256 = "sha256-"
_SHA256_BYTES = 32


def listed_alternates(
    named: Iterable[tuple[str, Any]], names: Mapping[Any, str]
) -> tuple[AlternateEnclosure, ...]:
    """The alternates among the named elements of an item that say where they are.

    ``names`` gives names by tags.
    """
    return tuple(
        found
        for name, child in named
        if name == "podcast:alternateEnclosure" and (found := _alternate(child, names)).sources
    )


def _alternate(element: Any, names: Mapping[Any, str]) -> AlternateEnclosure:  # noqa: ANN401
    return AlternateEnclosure(
        media_type=(element.get("type") or "").strip().lower(),
        sources=tuple(_sources(element, names)),
        byte_length=parse_feed_count(element.get("length") or "") or None,
        bitrate=parse_feed_count(element.get("bitrate") or "") or None,
        height_px=parse_feed_count(element.get("height") or "") or None,
        language=_attribute(element, "lang"),
        title=_attribute(element, "title"),
        rel=_attribute(element, "rel"),
        codecs=_attribute(element, "codecs"),
        is_default=(element.get("default") or "").strip().lower() == "true",
        sha256=next(_digests(element, names), None),
    )


def _sources(element: Any, names: Mapping[Any, str]) -> Iterator[str]:  # noqa: ANN401
    for child in element:
        uri = (child.get("uri") or "").strip()
        if names[child.tag] == "podcast:source" and uri:
            yield uri


def _digests(element: Any, names: Mapping[Any, str]) -> Iterator[str]:  # noqa: ANN401
    """The SHA-256 in hexadecimal, where integrity gives it; other digests say nothing to us."""
    for child in element:
        if names[child.tag] != "podcast:integrity":
            continue
        # Subresource Integrity: one or more digests with blanks between.
        for word in (child.get("value") or "").split():
            if not word.startswith(_SHA256):
                continue
            try:
                digest = base64.b64decode(
                    word.removeprefix(_SHA256).partition("?")[0], validate=True
                )
            except (binascii.Error, ValueError):
                continue
            if len(digest) == _SHA256_BYTES:
                yield digest.hex()


def _attribute(element: Any, name: str) -> str | None:  # noqa: ANN401
    return (element.get(name) or "").strip() or None
