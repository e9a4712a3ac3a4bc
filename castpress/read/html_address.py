"""Addresses in HTML as other programs wrote them, to the address that the author meant."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

# Where an address with a name in it is sent on to its parameter: mail programs, editors, hosts.
_REDIRECTS = {
    ("www.google.com", "/url"): ("q", "url"),
    ("www.youtube.com", "/redirect"): ("q",),
    ("l.facebook.com", "/l.php"): ("u",),
    ("l.instagram.com", "/"): ("u",),
}
_SAFE_LINKS = ".safelinks.protection.outlook.com"
_EMBED = re.compile(r"/embed/([\w-]{1,40})")
_VIMEO = re.compile(r"/video/([0-9]{1,20})")
_START = re.compile(r"[0-9]{1,6}")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_SPACES = re.compile(r"[\t\n\r\f]+")
_LONGEST = 4_000


def decoded(text: str) -> str:
    """The text of an attribute; only references that are closed are any, as browsers have it.

    >>> decoded("a?x=1&amp;y=2&copy=3")
    'a?x=1&y=2&copy=3'
    """
    return _REFERENCE.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def read_address(typed: str, base: str = "") -> str:
    """The address that a link is meant to lead to, "" where it is one within the page.

    Redirects that mail programs and editors put before it are taken off. ``#t=`` stays.

    >>> read_address("https://www.google.com/url?q=https://example.org/a%3Fb&sa=D")
    'https://example.org/a?b'
    >>> read_address("#ftnt1"), read_address("#t=90"), read_address("/watch?v=abc&t=90s")
    ('', '#t=90', 'https://www.youtube.com/watch?v=abc&t=90s')
    """
    url = _SPACES.sub("", typed).strip()
    if url.startswith("#"):
        return url if url.startswith("#t=") else ""
    if len(url) > _LONGEST:
        return ""
    try:
        if base:
            url = urljoin(base, url)
        elif url.startswith("/watch?"):
            url = f"https://www.youtube.com{url}"
        return _beyond(url)
    except ValueError:  # a host that is none, such as https://[
        return url


def read_picture(typed: str, base: str = "") -> str:
    """The address of a picture; of one that lies in the page itself only the scheme.

    >>> read_picture("data:image/png;base64,iVBOR"), read_picture("//cdn.example/a.png")
    ('data:', 'https://cdn.example/a.png')
    """
    url = _SPACES.sub("", typed).strip()
    if url[:5].lower() == "data:" or len(url) > _LONGEST:
        return "data:"
    try:
        return _with_scheme(urljoin(base, url) if base else url)
    except ValueError:
        return url


def watch_address(embed: str) -> str:
    """The page of a video or player that a frame shows, "" where it shows none on the web.

    >>> watch_address("//www.youtube-nocookie.com/embed/abc?start=90")
    'https://www.youtube.com/watch?v=abc&t=90s'
    """
    url = _with_scheme(_SPACES.sub("", embed).strip())
    if not url.lower().startswith(("http://", "https://")) or len(url) > _LONGEST:
        return ""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
        query = parse_qs(parts.query, max_num_fields=50)
    except ValueError:
        return ""
    if host in {"youtube.com", "youtube-nocookie.com"} and (match := _EMBED.match(parts.path)):
        start = query.get("start", [""])[0]
        return f"https://www.youtube.com/watch?v={match[1]}" + (
            f"&t={start}s" if _START.fullmatch(start) else ""
        )
    if host == "player.vimeo.com" and (match := _VIMEO.match(parts.path)):
        return f"https://vimeo.com/{match[1]}"
    return url


def _with_scheme(url: str) -> str:
    return f"https:{url}" if url.startswith("//") else url


def _beyond(url: str) -> str:
    url = _with_scheme(url)
    if "?" not in url:
        return url
    parts = urlsplit(url)
    names = _REDIRECTS.get((parts.netloc.lower(), parts.path), ())
    if parts.netloc.lower().endswith(_SAFE_LINKS):
        names = ("url",)
    if not names:
        return url
    query = parse_qs(parts.query, max_num_fields=50)
    for name in names:
        target = query.get(name, [""])[0]
        if target.startswith(("http://", "https://")):
            return target
    return url
