"""Which files of the site a feed names."""

from __future__ import annotations

import re
from urllib.parse import unquote


def named_paths(feed: bytes, base_url: str) -> frozenset[str]:
    """The paths below the site's address that occur anywhere in a feed.

    Looked for in the bytes, so that no element is forgotten that a later castpress writes. A path
    that only looks named keeps a file that nobody needs; the reverse would lose one.

    >>> sorted(named_paths(b'<x u="https://a.org/audio/b%20c.mp3"/>', "https://a.org/"))
    ['audio/b c.mp3']
    """
    if not base_url:
        return frozenset()
    address = re.escape(base_url.encode())
    found = re.findall(address + rb"""([^\s"'<>&#?]+)""", feed)
    return frozenset(unquote(path.decode("utf-8", "replace")) for path in found)
