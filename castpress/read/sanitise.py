"""HTML of the notes to HTML that may stand on a page: the only file that knows the sanitiser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nh3

from castpress.model.plain_html import line_pattern
from castpress.model.problem import Problem, Severity
from castpress.model.timecode import TimecodeError, format_seconds, parse_clock
from castpress.read.html_elements import PASSED_ON

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.problem import Location
    from castpress.read.blocks import Places, RawHtml, SourceLink

_TAG_NAMES = (
    "p ul ol li a b strong i em s del sup sub code pre blockquote br hr table thead tbody tr th td "
    "dl dt dd h2 h3 h4 h5 h6 img"
)
_TAGS = frozenset(_TAG_NAMES.split())
# Left out as well, but nothing of theirs could be seen.
_PLAIN_NAMES = (
    "abbr address article bdi center div figcaption figure font footer h1 header label main "
    "section span time wbr"
)
_UNMISSED = frozenset(_PLAIN_NAMES.split())
_ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),  # else the cleaner lets titles and languages stand anywhere
    "a": {"href", "title"},
    "ol": {"start"},
    "img": {"src", "alt", "width", "height", "title"},
    "p": {"id"},
}
_MANY_TAGS = 500  # below it no nesting takes a parser long
_SCHEMES = frozenset(("http", "https", "mailto"))
_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)")
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
_OWN_ID = re.compile(r"footnote-[0-9]+")
_NO_PICTURE = re.compile(r"<img(?![^>]* src=\")[^>]*>")
_EMPTY_HEAD = re.compile(r"<thead><tr>(?:<th></th>)++</tr></thead>")
_NO_TARGET = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_TIME_LINK = re.compile(r"#t=([0-9:.]+)")
_SECONDS = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,3}))?")

_LINE = line_pattern()
_PLAIN = re.compile(
    rf"(?:\n*+(?:<p>{_LINE}</p>|<(?P<list>[uo]l)>\n(?:<li>{_LINE}</li>\n)++</(?P=list)>))*+\n*+"
)
_FOOTNOTE = re.compile(
    r'<div class="footnote-definition" id="[^"]*">'
    r'<sup class="footnote-definition-label">([0-9]+)</sup>\n(<p>)?'
)
_FOOTNOTE_MARK = re.compile(r'<sup class="footnote-reference"><a href="#[^"]*">([0-9]+)</a></sup>')


def sanitise(html: str) -> str:
    """The HTML with nothing in it but the tags, attributes and addresses that are allowed.

    Links to moments take their one form, whatever the author typed after ``#t=``.

    >>> sanitise('<p onclick="x()">See <a href="#t=2:05">2:05</a><script>x()</script></p>')
    '<p>See <a href="#t=125">2:05</a></p>'
    """
    # What is plain the cleaner would give back as it is, and take far longer.
    return html if _PLAIN.fullmatch(html) else _cleaned(html)


def _cleaned(html: str) -> str:
    if "footnote-" in html:
        html = _FOOTNOTE.sub(_footnote, html)
        html = _FOOTNOTE_MARK.sub(r'<sup><a href="#footnote-\1">\1</a></sup>', html)
    if html.count("<") > _MANY_TAGS:
        from castpress.read.html_bounds import bounded

        html = bounded(html)
    html = _CLEANER.clean(html)
    if "<img" in html:
        html = _NO_PICTURE.sub("", html)
    if "<thead>" in html:
        html = _EMPTY_HEAD.sub("", html)  # Markdown's tables have one, wanted or not
    return _NO_TARGET.sub(r"\1", html) if "<a>" in html else html


def well_formed(soup: str) -> str:
    """HTML as an HTML5 parser reads it, written out again with all that it closed or moved.

    What comes in is what `html_tokens` writes: its few elements, and attributes that say nothing
    to a browser.

    >>> well_formed("<p>One<p><b>Two</p>three")
    '<p>One</p><p><b>Two</b></p><b>three</b>'
    """
    return _PARSER.clean(soup)


def dropped_html(tag: str, place: Location) -> Problem:
    """The problem of an element that nobody will see."""
    return Problem(
        "dropped-html",
        f"<{tag}> is left out; apps and pages show none",
        place,
        Severity.WARNING,
        help="write it in Markdown, or take it out",
    )


def html_problems(
    html: Sequence[RawHtml],
    links: Sequence[SourceLink],
    images: Sequence[SourceLink],
    places: Places,
) -> list[Problem]:
    """What sanitising takes away from these notes, each kind once, at its first place."""
    problems: list[Problem] = []
    seen: set[str] = set()
    for piece in html:
        for match in _TAG.finditer(piece.text):
            tag = match[1].lower()
            if tag in _TAGS or tag in _UNMISSED or tag in seen:
                continue
            seen.add(tag)
            offset = piece.start + len(piece.text[: match.start()].encode())
            problems.append(dropped_html(tag, places.at(offset)))
    for link in links:
        scheme = _SCHEME.match(link.url)
        if scheme is not None and scheme[1].lower() not in _SCHEMES:
            problems.append(
                Problem(
                    "unusable-link",
                    f"the link to {link.url[:60]!r} is left out; only http, https and mailto work",
                    places.at(link.start),
                    Severity.WARNING,
                    help="write an address that begins with https://",
                )
            )
    for image in images:
        if _picture_address(image.url) is None:
            problems.append(
                Problem(
                    "unusable-picture",
                    f"the picture {image.url[:60]!r} is left out; it is neither local nor https",
                    places.at(image.start),
                    Severity.WARNING,
                    help="put the picture beside the notes, or write an https:// address",
                )
            )
    return problems


def _filter(tag: str, attribute: str, value: str) -> str | None:
    if attribute == "href":
        match = _TIME_LINK.fullmatch(value)
        return _time_link(match[1]) if match else value
    if tag == "img" and attribute == "src":
        return _picture_address(value)
    if attribute == "id":
        return value if _OWN_ID.fullmatch(value) else None
    return value


def _picture_address(url: str) -> str | None:
    scheme = _SCHEME.match(url)
    if scheme is None:
        return None if url.lstrip().startswith("//") else url
    return url if scheme[1].lower() == "https" else None


def _time_link(moment: str) -> str | None:
    seconds = _SECONDS.fullmatch(moment)
    if seconds is not None:
        fraction = (seconds[2] or "").ljust(3, "0")
        return f"#t={format_seconds(int(seconds[1]) * 1000 + int(fraction))}"
    try:
        return f"#t={format_seconds(parse_clock(moment))}"
    except TimecodeError:
        return None


def _footnote(match: re.Match[str]) -> str:
    closing = "" if match[2] else "</p>\n"
    return f'<p id="footnote-{match[1]}"><sup>{match[1]}</sup> {closing}'


_PARSER = nh3.Cleaner(
    tags=set(PASSED_ON),
    clean_content_tags=set(),
    attributes={"*": {"data-x", "data-n"}, "a": {"data-h"}, "img": {"data-h", "data-t"}},
    link_rel=None,
)
_CLEANER = nh3.Cleaner(
    tags=set(_TAGS),
    attributes=_ATTRIBUTES,
    attribute_filter=_filter,
    url_schemes=set(_SCHEMES),
    link_rel=None,
)
