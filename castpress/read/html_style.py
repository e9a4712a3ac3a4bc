"""What attributes say of the look of HTML that is structure: bold, hidden, a list's level.

Word processors and mail programs write no ``<b>`` and no ``<ul>``; they style spans and
paragraphs. A look is a word of letters: ``b`` bold, ``n`` not bold, ``i`` italic, ``r`` upright,
``s`` struck out, ``h`` hidden, ``t`` a title, ``m`` a bullet or number that Word typed itself, and
a digit for the level of an item in a list that is flat in the source, with ``g`` before it where
Google Docs wrote it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_WEIGHT = re.compile(r"(?<![-\w])font-weight\s*:\s*(bold|[6-9]00|normal|lighter|[1-5]00)")
_SLANT = re.compile(r"(?<![-\w])font-style\s*:\s*(italic|oblique|normal)")
_STRUCK = re.compile(r"(?<![-\w])text-decoration(?:-line)?\s*:[^;]*line-through")
_HIDDEN = re.compile(
    r"(?<![-\w])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)(?!\w)"
)
_WORD_LIST = re.compile(r"(?<![-\w])mso-list\s*:\s*(?:(ignore)|l[0-9]+ level([1-9]))")
_GOOGLE_LIST = re.compile(r"lst-kix_\w+-([0-8])")
_SIMPLE_SELECTOR = re.compile(r"\s*[a-z0-9]*\.([\w-]+)\s*")
_UNSEEN = frozenset(("screen-reader-text", "sr-only", "visually-hidden"))
_TITLES = frozenset(("title", "MsoTitle"))
_LONGEST_RULE = 2_000


@lru_cache(maxsize=512)
def look_of_style(style: str) -> str:
    """The look that a ``style`` attribute or a rule of a style sheet gives.

    >>> look_of_style("color:#000; font-weight:700; font-style:normal")
    'br'
    >>> look_of_style("mso-bidi-font-weight:normal"), look_of_style("mso-list:l0 level2 lfo1")
    ('', '1')
    """
    style = style.lower()
    look = ""
    weight = _WEIGHT.search(style)
    if weight is not None:
        look += "b" if weight[1] == "bold" or weight[1][0] in "6789" else "n"
    slant = _SLANT.search(style)
    if slant is not None:
        look += "r" if slant[1] == "normal" else "i"
    if _STRUCK.search(style):
        look += "s"
    if _HIDDEN.search(style):
        look += "h"
    level = _WORD_LIST.search(style)
    if level is not None:
        look += "m" if level[1] else str(int(level[2]) - 1)
    return look


def look_of(attributes: Mapping[str, str], rules: Mapping[str, str]) -> str:
    """The look of an element; ``rules`` holds the looks of the document's classes."""
    look = "h" if "hidden" in attributes else ""
    names = attributes.get("class", "").split()
    for name in names[:20]:
        if name in _UNSEEN:
            look += "h"
        elif name in _TITLES:
            look += "t"
        else:
            level = _GOOGLE_LIST.fullmatch(name)
            look += f"g{level[1]}" if level is not None else rules.get(name, "")
    style = attributes.get("style")
    return look_of_style(style) + look if style else look


def read_rules(sheet: str) -> dict[str, str]:
    """The looks that a style sheet gives to single classes, as Google Docs exports them.

    What hides is left out: sheets hide for small screens what they show on large ones.

    >>> read_rules(".c1{font-weight:700}.c2{color:red}p.c3, .c4{font-style:italic}")
    {'c1': 'b', 'c3': 'i', 'c4': 'i'}
    """
    rules: dict[str, str] = {}
    for chunk in sheet.split("}"):
        selectors, _, body = chunk.rpartition("{")
        if max(len(selectors), len(body)) > _LONGEST_RULE:
            continue
        look = "".join(letter for letter in look_of_style(body.strip()) if letter in "bnirs")
        if not look:
            continue
        for selector in selectors.split(","):
            match = _SIMPLE_SELECTOR.fullmatch(selector)
            if match is not None:
                rules[match[1]] = look
    return rules
