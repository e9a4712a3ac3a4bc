"""Numbers, dates and addresses as the pages show them, and what may go into an ``href``."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from markupsafe import Markup, escape

from castpress.model.address import is_absolute, path_below_site, tidy_address
from castpress.model.text import clean_text

if TYPE_CHECKING:
    from datetime import datetime

    from castpress.model.messages import Messages

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\S+")
_SHORT_PAIR = re.compile(r"""(?<!\S)(?=[^\s<>"=&]{3,16}(?!\S))\S*\w-\w\S*""")
_WHOLE = Markup('<span class="whole">{}</span>')
_MOMENT = re.compile(r'(<a\s(?:[^<>]*\s)?)href="#t=(\d+(?:\.\d+)?)"')
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TABLE = re.compile(r"(<table[ >])")


def length(ms: int, say: Messages) -> str:
    """How long something takes, rounded for people: "42 s", "38 min", "1 h 12 min", "2 h"."""
    if ms < 60_000:
        return say("length.seconds", seconds=round(ms / 1000))
    hours, minutes = divmod(round(ms / 60_000), 60)
    if not hours:
        return say("length.minutes", minutes=minutes)
    if not minutes:
        return say("length.hours", hours=hours)
    return say("length.hours_minutes", hours=hours, minutes=minutes)


def iso_duration(ms: int) -> str:
    """The duration in ISO 8601, for ``<time>`` and JSON-LD.

    >>> iso_duration(2_285_000), iso_duration(3_600_000)
    ('PT38M5S', 'PT1H')
    """
    minutes, whole = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "H"), (minutes, "M"), (whole, "S")]
    return "PT" + ("".join(f"{n}{unit}" for n, unit in parts if n) or "0S")


def day(moment: datetime, say: Messages) -> str:
    """The date in words, in the zone that the moment carries: "2 May 2026".

    The first of a month has a phrase of its own: "1er mai 2026".
    """
    name = "date.first" if moment.day == 1 else "date.day"
    month = say.listed("date.months")[moment.month - 1]
    return say(name, day=moment.day, month=month, year=moment.year)


def megabytes(byte_length: int, say: Messages) -> str:
    """The size of a download, in decimal megabytes as phones count them: "34 MB", "0.5 MB"."""
    size = byte_length / 1_000_000
    digits = f"{size:.0f}" if size >= 10 else f"{max(size, 0.1):.1f}"
    return say("number.megabytes", size=digits.replace(".", say("number.decimal")))


def plain_text(markup: str) -> str:
    """The words of sanitised HTML on one line.

    >>> plain_text("<p>Rock &amp; <em>roll</em></p>")
    'Rock & roll'
    """
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


def calm(text: str) -> Markup:
    """The text with its shouted opening marked, for a style that does not shout.

    The letters stay as typed: the style sheet sets them in small capitals, and screen readers,
    which may spell capitals, get ordinary letters. Two words are asked for, since one may be a
    name: "NASA".

    >>> calm("THE HIP – get to know it!"), calm("A BBC programme")
    (Markup('<span class="caps">THE HIP</span> – get to know it!'), Markup('A BBC programme'))
    """
    loud: list[re.Match[str]] = []
    for word in _WORD.finditer(text):
        letters = sum(map(str.isalpha, word[0]))
        if letters and not word[0].isupper():
            break
        if letters > 1:
            loud.append(word)
    if len(loud) < 2:
        return escape(text)
    end = loud[-1].end()
    return Markup('<span class="caps">{}</span>{}').format(text[:end], text[end:])


def whole(text: str) -> Markup:
    """The text with its short words of two parts marked, for headings that do not part them.

    >>> whole("Stiff (mid-back) muscles")
    Markup('Stiff <span class="whole">(mid-back)</span> muscles')
    """
    last, parts = 0, [Markup()]
    for word in _SHORT_PAIR.finditer(text):
        parts += escape(text[last : word.start()]), _WHOLE.format(word[0])
        last = word.end()
    return Markup().join([*parts, escape(text[last:])])


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
    tidy = tidy_address(clean_text(url))
    below = path_below_site(tidy)
    if is_absolute(tidy) or (below or "").startswith("#"):
        return tidy
    return None if below is None else root + below


def host(url: str, own: str) -> str:
    """The site that an address leads to, as people call it; empty for the show's ``own`` address.

    >>> host("https://www.youtube.com/watch?v=1", "https://example.org/"), host("../a.mp4", "")
    ('youtube.com', '')
    """
    name, own_name = ((urlsplit(u).hostname or "").removeprefix("www.") for u in (url, own))
    return "" if name == own_name else name


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


def for_page(markup: str, audio_url: str, table: str = "Table") -> Markup:
    """Sanitised HTML whose links to moments play without JavaScript too.

    ``#t=125`` becomes a media fragment of the audio file; the player reads ``data-seek``. A wide
    table gets a frame to scroll in, which the keyboard can reach and which is called ``table``.
    Mail addresses are veiled.

    >>> for_page('<p><a href="#t=125">2:05</a></p>', "../../audio/x.mp3")
    Markup('<p><a href="../../audio/x.mp3#t=125" data-seek="125">2:05</a></p>')
    """
    if "#t=" in markup:
        address = html.escape(audio_url)
        markup = _MOMENT.sub(
            lambda found: f'{found[1]}href="{address}#t={found[2]}" data-seek="{found[2]}"', markup
        )
    if "<table" in markup:
        frame = f'<div class="table" tabindex="0" role="group" aria-label="{html.escape(table)}">'
        markup = _TABLE.sub(lambda found: frame + found[1], markup)
    markup = markup.replace("</table>", "</table></div>")
    if "@" in markup:
        markup = _ADDRESS.sub(lambda found: str(veiled(found[0])), markup)
    return Markup(markup)  # noqa: S704 # sections are sanitised when they are read
