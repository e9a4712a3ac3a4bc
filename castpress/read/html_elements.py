"""The elements of HTML, by what becomes of them in notes."""

from __future__ import annotations

HTML_SUFFIXES = (".html", ".htm")
"""How the names of HTML files end."""

_KEPT = (
    "p ul ol li dl dt dd blockquote pre table caption thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6 "
    "div sup sub"
)
_DIVISIONS = (
    "address article aside center details fieldset figcaption figure footer header hgroup legend "
    "main search section summary"
)
_SELF_CLOSING = "p li dt dd caption thead tbody tfoot tr td th"
_RAW = (
    "script style title textarea iframe noscript noembed noframes svg button select datalist canvas"
)
_UNSEEN = "nav form template dialog object applet audio video"
_OTHERS = (
    "a abbr acronym area base basefont bdi bdo big blink body br col colgroup data embed font "
    "frame frameset head hr html img input ins label link map mark marquee math meta meter nobr "
    "optgroup option output param picture progress q rb rp rt rtc ruby slot small source span "
    "strike time track u wbr"
)
_VOID = "area base br col embed hr img input link meta param source track wbr"
_SAYABLE = (
    "p br ul ol li h1 h2 h3 h4 h5 h6 a strong b em i table caption thead tbody tfoot tr td th div "
    "span blockquote hr code pre"
)

BLOCKS = {
    **{name: name for name in _KEPT.split()},
    **dict.fromkeys(_DIVISIONS.split(), "div"),
    **dict.fromkeys(("menu", "dir"), "ul"),
    **dict.fromkeys(("listing", "xmp"), "pre"),
}
"""Elements with content of their own, and the one that each is read as."""

SELF_CLOSING = frozenset(_SELF_CLOSING.split())
"""What a parser closes by itself, so that it nests no deeper than what holds it."""

FORMATS = {
    **dict.fromkeys(("b", "strong"), "b"),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), "i"),
    **dict.fromkeys(("s", "strike", "del"), "s"),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), "code"),
}
"""Elements of text, and the one that each is read as."""

RAW = frozenset(_RAW.split())
"""What is passed over up to its own end tag: all of it is text, or none of it."""

UNSEEN = frozenset(_UNSEEN.split())
"""What shows none of its content in notes."""

LOST = frozenset(("script", "form", "object", "embed", "applet", "canvas"))
"""What an author would miss."""

VOID = frozenset(_VOID.split())
"""What has no end tag."""

SAYABLE = frozenset(_SAYABLE.split())
"""What Markdown can say without loss."""

PASSED_ON = frozenset((*BLOCKS.values(), *FORMATS.values(), "a", "br", "hr", "img", "span"))
"""All that the parser is given."""

KNOWN = frozenset((*BLOCKS, *FORMATS, *RAW, *UNSEEN, *_OTHERS.split()))
"""All elements that HTML has, or had."""
