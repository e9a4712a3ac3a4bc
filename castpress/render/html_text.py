"""Numbers, dates and addresses as the pages show them, and what may go into an ``href``."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from datetime import datetime

# A table of our own: strftime's names change with the machine's locale.
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})

_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_TAG = re.compile(r"<[^>]*>")
_SPACES = re.compile(r"\s+")
_MOMENT = re.compile(r'(<a\s(?:[^<>]*\s)?)href="#t=(\d+(?:\.\d+)?)"')
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")


def length(ms: int) -> str:
    """How long something takes, rounded for people.

    >>> length(2_290_000), length(4_320_000), length(7_200_000), length(42_000)
    ('38 min', '1 h 12 min', '2 h', '42 s')
    """
    if ms < 60_000:
        return f"{round(ms / 1000)} s"
    hours, minutes = divmod(round(ms / 60_000), 60)
    if not hours:
        return f"{minutes} min"
    return f"{hours} h {minutes} min" if minutes else f"{hours} h"


def iso_duration(ms: int) -> str:
    """The duration in ISO 8601, for ``<time>`` and JSON-LD.

    >>> iso_duration(2_285_000), iso_duration(3_600_000)
    ('PT38M5S', 'PT1H')
    """
    minutes, whole = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "H"), (minutes, "M"), (whole, "S")]
    return "PT" + ("".join(f"{n}{unit}" for n, unit in parts if n) or "0S")


def day(moment: datetime, language: str) -> str:
    """The date in words, in the zone that the moment carries.

    >>> from datetime import datetime
    >>> day(datetime(2026, 5, 2), "en"), day(datetime(2026, 5, 2), "en-US")
    ('2 May 2026', 'May 2, 2026')
    """
    month = MONTHS[moment.month - 1]
    if language.lower() == "en-us":
        return f"{month} {moment.day}, {moment.year}"
    return f"{moment.day} {month} {moment.year}"


def megabytes(byte_length: int) -> str:
    """The size of a download, in decimal megabytes as phones count them.

    >>> megabytes(34_400_000), megabytes(480_000)
    ('34 MB', '0.5 MB')
    """
    size = byte_length / 1_000_000
    return f"{size:.0f} MB" if size >= 10 else f"{max(size, 0.1):.1f} MB"


def direction(language: str) -> str:
    """``rtl`` or ``ltr``, by the language's usual script.

    >>> direction("he-IL"), direction("en")
    ('rtl', 'ltr')
    """
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def plain_text(markup: str) -> str:
    """The words of sanitised HTML on one line.

    >>> plain_text("<p>Rock &amp; <em>roll</em></p>")
    'Rock & roll'
    """
    return _SPACES.sub(" ", html.unescape(_TAG.sub(" ", markup))).strip()


def excerpt(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut between words.

    >>> excerpt("Rotation should occur at the mid back", 20)
    'Rotation should…'
    """
    text = _SPACES.sub(" ", text).strip()
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    cut = head if text[limit - 1] == " " else (head.rpartition(" ")[0] or head)
    return cut.rstrip(" ,;:–-") + "…"


def calm(text: str) -> Markup:
    """The text with its shouted opening marked, for a style that does not shout.

    The letters stay as typed: the style sheet sets them in small capitals, and screen readers,
    which may spell capitals, get ordinary letters. Two words are asked for, since one may be a
    name: "NASA".

    >>> calm("THE HIP – get to know it!"), calm("A BBC programme")
    (Markup('<span class="caps">THE HIP</span> – get to know it!'), Markup('A BBC programme'))
    """
    found = _SHOUTED.match(text)
    if found is None or not found[0].isupper():
        return escape(text)
    return Markup('<span class="caps">{}</span>{}').format(found[0], text[found.end() :])


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs of plain text, which blank lines divide."""
    return tuple(filter(None, (_SPACES.sub(" ", part).strip() for part in text.split("\n\n"))))


def initial(name: str) -> str:
    """The first letter or digit, for where there is no picture.

    >>> initial("“Rock” show"), initial("…")
    ('R', '•')
    """
    return next((letter.upper() for letter in name if letter.isalnum()), "•")


def initials(name: str) -> str:
    """The letters that stand for a person: of the first name and the last.

    >>> initials("Coach Amy"), initials("Cher")
    ('CA', 'C')
    """
    words = name.split() or [name]
    return initial(name) + (initial(words[-1]) if len(words) > 1 else "")


def safe_url(url: str, root: str) -> str | None:
    r"""The address for an ``href``, None where it must not be a link.

    Autoescaping does not stop ``javascript:``; this does. Addresses without a scheme lie below
    the site, and ``root`` leads there from the page.

    >>> safe_url("https://example.com/a b", "../"), safe_url("/gear/", "../")
    ('https://example.com/a%20b', '../gear/')
    >>> safe_url("java\tscript:alert(1)", "./"), safe_url("//example.com", "./")
    (None, None)
    """
    stripped = url.strip()
    try:
        scheme = urlsplit(stripped).scheme.lower()
    except ValueError:
        return None
    if scheme:
        return _UNSAFE.sub(_percent, stripped) if scheme in _SAFE_SCHEMES else None
    # Browsers drop tabs and newlines and read a backslash as a slash, so "java\tscript:" and
    # "/\\host" have to be seen as they see them.
    seen = _UNSAFE.sub("", stripped).replace("\\", "/")
    if seen.startswith("//") or ":" in seen.split("/")[0] or not seen:
        return None
    if seen.startswith("#"):
        return seen
    return root + _UNSAFE.sub(_percent, stripped).lstrip("/")


def _percent(match: re.Match[str]) -> str:
    return quote(match[0])


def mail_url(address: str, subject: str | None = None) -> Markup:
    """A ``mailto:`` link in character references, which simple address harvesters do not read.

    >>> mail_url("a@b.c")[:14]
    Markup('&#109;&#97;&#1')
    """
    query = f"?subject={quote(subject)}" if subject else ""
    return veiled(f"mailto:{address}{query}")


def veiled(text: str) -> Markup:
    """The text in character references: the same to readers, not to address harvesters."""
    return Markup("".join(f"&#{ord(letter)};" for letter in text))  # noqa: S704 # digits only


def point_moments(markup: str, audio_url: str) -> Markup:
    """Sanitised HTML whose links to moments play without JavaScript too.

    ``#t=125`` becomes a media fragment of the audio file; the player reads ``data-seek``.

    >>> point_moments('<p><a href="#t=125">2:05</a></p>', "../../audio/x.mp3")
    Markup('<p><a href="../../audio/x.mp3#t=125" data-seek="125">2:05</a></p>')
    """
    address = html.escape(audio_url)
    pointed = _MOMENT.sub(
        lambda found: f'{found[1]}href="{address}#t={found[2]}" data-seek="{found[2]}"', markup
    )
    return Markup(pointed)  # noqa: S704 # sections are sanitised when they are read
