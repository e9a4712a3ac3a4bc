"""Text as apps show it: on one line, within a limit, its addresses whole."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from castpress.model.address import (
    address_of_file,
    has_scheme,
    is_absolute,
    path_below_site,
    tidy_address,
)
from castpress.model.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from castpress.model.podcast import Show

VALUE_LIMIT = 255
"""Characters in one feed value (PSP-1, Apple), unless its own rule says otherwise."""

# Joined to what stands before: joiners, skin tones, the letters of a flag, Korean and half-width
# parts of letters. All other such signs are marks by their category.
_JOINED = re.compile(
    "[\u200c\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f\u1160-\u11ff\uff9e\uff9f]"
)
# Kana and Chinese characters, which no spaces part into words.
_WORD_LETTER = re.compile(
    "[\u3040-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_FIRST_FLAG_LETTER, _LAST_FLAG_LETTER = "\U0001f1e6", "\U0001f1ff"
_VIRAMA = 9
_EMPTY_LINES = re.compile(r"\n\s*\n")
_MOMENT = re.compile(r"#t=[0-9.]+")
_YEAR = re.compile(r"\s*[-–—]?\s*\{year\}\s*")


def of_year(text: str, year: int | None) -> str:
    """A copyright line with the year for ``{year}``, without it where none is known.

    >>> of_year("© 2019–{year} Amy", 2026), of_year("© {year} Amy", None)
    ('© 2019–2026 Amy', '© Amy')
    >>> of_year("© 2019–{year}", None), of_year("© 2019 - {year} Amy", None)
    ('© 2019', '© 2019 Amy')
    """
    if year:
        return text.replace("{year}", str(year))
    return _YEAR.sub(" ", text).strip() if "{year}" in text else text


def reading_minutes(texts: Iterable[str]) -> int:
    """How long reading takes: 220 words a minute, 500 of letters that stand for words; at least 1.

    >>> [reading_minutes([text]) for text in ("run " * 880, "走" * 1500, "")]
    [4, 3, 1]
    """
    words = letters = 0
    for text in texts:
        letters += len(_WORD_LETTER.findall(text))
        words += len(_WORD_LETTER.sub(" ", text).split())
    return max(1, round(words / 220 + letters / 500))


def one_line(text: str) -> str:
    r"""The cleaned text with each run of spaces and line ends as one space, trimmed.

    >>> one_line(" Warm-up\n and\tcool-down ")
    'Warm-up and cool-down'
    """
    return single_spaced(clean_text(text)).strip()


def single_spaced(text: str) -> str:
    r"""The cleaned text with each run of spaces, tabs and line ends as one space.

    >>> single_spaced("a \n\n b\tc")
    'a b c'
    """
    text = text.replace("\n", " ").replace("\t", " ")
    while "  " in text:  # halves each run: far faster than a pattern that looks at each character
        text = text.replace("  ", " ")
    return text


def paragraphs(text: str) -> tuple[str, ...]:
    r"""The paragraphs of plain text, each on one line; empty lines divide them.

    >>> paragraphs("One,\nstill one.\n \nTwo.")
    ('One, still one.', 'Two.')
    """
    return tuple(filter(None, map(one_line, _EMPTY_LINES.split(clean_text(text)))))


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
    here, before = text[position], text[position - 1]
    if here < "\u0300":
        return False
    if unicodedata.category(here)[0] == "M" or _JOINED.match(here) or before == "\u200d":
        return True
    if unicodedata.combining(before) == _VIRAMA:
        return here.isalpha()
    letters = 0
    while letters <= position and _is_flag_letter(text[position - letters]):
        letters += 1
    return letters > 0 and letters % 2 == 0  # two letters are a flag, counted from the first


def _is_flag_letter(character: str) -> bool:
    return _FIRST_FLAG_LETTER <= character <= _LAST_FLAG_LETTER


def file_url(show: Show, path: str) -> str:
    """The absolute address of a file or page of ours, in ASCII as Apple asks.

    >>> from types import SimpleNamespace
    >>> file_url(SimpleNamespace(base_url="https://example.org/"), "audio/é 1.mp3")
    'https://example.org/audio/%C3%A9%201.mp3'
    """
    return address_of_file(show.base_url, path)


def absolute_url(base: str, address: str) -> str | None:
    """What an author's address means when it is read away from the page at ``base``.

    None where that is no whole address: feeds carry no other kind.

    >>> absolute_url("https://example.org/episodes/one/", "../two/")
    'https://example.org/episodes/two/'
    >>> absolute_url("https://example.org/", "javascript:alert(1)") is None
    True
    """
    if _MOMENT.fullmatch(address):
        return base + address
    tidy = tidy_address(clean_text(address))
    if has_scheme(tidy):
        return tidy if is_absolute(tidy) else None
    try:
        joined = urljoin(base, tidy)
    except ValueError:
        return None
    return joined if is_absolute(joined) else None


def site_url(show: Show, address: str) -> str | None:
    """What an address in the settings or the front matter means: whole, or below the site.

    >>> from types import SimpleNamespace
    >>> site_url(SimpleNamespace(base_url="https://example.org/show/"), "/gear/")
    'https://example.org/show/gear/'
    """
    tidy = tidy_address(clean_text(address))
    below = tidy if is_absolute(tidy) else path_below_site(tidy)
    return None if below is None else absolute_url(show.base_url, below)
