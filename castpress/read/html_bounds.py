"""HTML whose parsing takes no longer than its length allows."""

from __future__ import annotations

from castpress.read.html_elements import FORMATS, SELF_CLOSING, VOID
from castpress.read.html_syntax import TAG

_DEEPEST = 200
# Parsers open these again in every paragraph until they are closed.
_REOPENED = frozenset((*FORMATS, "big", "font", "nobr", "small", "u"))


def bounded(html: str) -> str:
    """The HTML without tags that nest deeper than anything that is shown.

    Of the elements that a parser opens again in each paragraph, one of a name is open at a time.
    A parser's work grows with the product of what is open and what follows; browsers draw such
    a line too.

    >>> bounded("<b>One <b>two</b> three</b>"), bounded("<i>" * 9)
    ('<b>One two three</b>', '<i>')
    """
    out: list[str] = []
    is_kept: dict[str, list[bool]] = {}  # for each name, whether its open tags were kept
    depth = position = 0
    for match in TAG.finditer(html):
        name = (match["name"] or "").lower()
        if not name or name == "a" or name in SELF_CLOSING or name in VOID:
            continue
        kept = is_kept.setdefault(name, [])
        if match["close"]:
            keep = kept.pop() if kept else False
            depth -= keep
        else:
            keep = depth < _DEEPEST and not (name in _REOPENED and kept)
            kept.append(keep)
            depth += keep
        if not keep:
            out.append(html[position : match.start()])
            position = match.end()
    out.append(html[position:])
    return "".join(out)
