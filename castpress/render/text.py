"""Text as XML, JSON and apps can hold it: cleaned, on one line, within a limit."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

if TYPE_CHECKING:
    from castpress.model.podcast import Show

VALUE_LIMIT = 255
"""Characters in one feed value (PSP-1, Apple), unless its own rule says otherwise."""

_LINE_END = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_UNHOLDABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"[ \t\n]{2,}|[\t\n]")
_JOINERS = "\u200d\ufe0e\ufe0f"
_PLAIN_ADDRESS = re.compile(r"#t=[0-9.]+|https?://[A-Za-z0-9][!#-;=?-Z_a-z~]*")
_LIKE_A_SCHEME = re.compile(r"[^/?#]*:")
_SCHEMES = frozenset({"http", "https", "mailto"})


def clean_text(text: str) -> str:
    r"""The text without what XML cannot hold; line ends become ``\n``.

    Control characters and lone surrogates go, all else stays.

    >>> clean_text("a\x00b\ud800c\r\nd")
    'abc\nd'
    """
    if text.replace("\n", "").isprintable():  # most text by far, and ten times as fast to see
        return text
    return _UNHOLDABLE.sub("", _LINE_END.sub("\n", text))


def one_line(text: str) -> str:
    r"""The cleaned text with each run of spaces and line ends as one space, trimmed.

    >>> one_line(" Warm-up\n and\tcool-down ")
    'Warm-up and cool-down'
    """
    return _SPACES.sub(" ", clean_text(text)).strip()


def shorten(text: str, limit: int) -> str:
    """The text within ``limit`` characters, cut between words and marked with ``…``.

    >>> shorten("the quick brown fox", 12)
    'the quick…'
    """
    return text if len(text) <= limit else _cut(text, limit - 1)


def shorten_bytes(text: str, limit_bytes: int) -> str:
    """The text within ``limit_bytes`` of UTF-8, cut between words and marked with ``…``.

    >>> shorten_bytes("naïve idea", 9), shorten_bytes("anything", 2)
    ('naïve…', '')
    """
    encoded = text.encode("utf-8")
    if len(encoded) <= limit_bytes:
        return text
    room = limit_bytes - len("…".encode())
    return _cut(text, len(encoded[: max(room, 0)].decode("utf-8", "ignore")))


def _cut(text: str, end: int) -> str:
    """The first ``end`` characters at most, whole words and whole characters, and ``…``."""
    while 0 < end < len(text) and _joins_backwards(text, end):
        end -= 1
    head = text[:end]
    if not text[end : end + 1].isspace():
        words = head.rstrip().rpartition(" ")[0]
        head = words if len(words) * 2 > len(head) else head
    head = head.rstrip(" \n,;:–—-\u200d")
    return head + "…" if head else ""


def _joins_backwards(text: str, position: int) -> bool:
    """Whether the character there is drawn together with the one before it."""
    here = text[position]
    return here in _JOINERS or text[position - 1] == "\u200d" or bool(unicodedata.combining(here))


def file_url(show: Show, path: str) -> str:
    """The absolute address of a file or page of ours, in ASCII as Apple asks.

    >>> from types import SimpleNamespace
    >>> file_url(SimpleNamespace(url="https://example.org/".__add__), "audio/é 1.mp3")
    'https://example.org/audio/%C3%A9%201.mp3'
    """
    return clean_text(show.url(quote(clean_text(path), safe="/~!$'()*,;=:@+&")))


def absolute_url(base: str, address: str) -> str | None:
    """What an author's address means when it is read away from the page at ``base``.

    None where it is not http, https or mail: feeds carry no other kind.

    >>> absolute_url("https://example.org/episodes/one/", "../two/")
    'https://example.org/episodes/two/'
    >>> absolute_url("https://example.org/", "javascript:alert(1)") is None
    True
    """
    if _PLAIN_ADDRESS.fullmatch(address):  # almost all; a tenth of the time of taking it apart
        return base + address if address[0] == "#" else address
    cleaned = clean_text(address).strip()
    try:
        if _LIKE_A_SCHEME.match(cleaned) and not urlsplit(cleaned).scheme:
            return None
        joined = urljoin(base, cleaned)
        parts = urlsplit(joined)
    except ValueError:
        return None
    if parts.scheme not in _SCHEMES or not (parts.netloc or parts.scheme == "mailto"):
        return None
    return joined


def site_url(show: Show, address: str) -> str | None:
    """What an address in the settings or the front matter means: whole, or below the site.

    >>> from types import SimpleNamespace
    >>> site_url(SimpleNamespace(base_url="https://example.org/show/"), "/gear/")
    'https://example.org/show/gear/'
    """
    below = clean_text(address).strip()
    return None if below.startswith("//") else absolute_url(show.base_url, below.lstrip("/"))
