"""How HTML is typed: tags and their attributes, as the HTML standard's tokenizer knows them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from castpress.read.html_address import decoded

if TYPE_CHECKING:
    from collections.abc import Mapping

# The tokenizer's states as one pattern; a possessive count never goes back over what it took.
TAG = re.compile(
    r"<(?:(?P<close>/?)(?P<name>[a-zA-Z][^\s/>]*+)"
    r"(?P<attributes>(?:[\s/]*+[^\s/>][^\s/>=]*+"
    r"(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|(?![\"'])[^\s>]++)?)?)*+)[\s/]*+(?P<end>>|\Z)"
    r"|(?P<comment>!--)|(?P<cdata>!\[CDATA\[)|[!?/][^>]*+(?P<bogus>>|\Z))"
)
_ATTRIBUTE = re.compile(
    r"[\s/]*+([^\s/>][^\s/>=]*+)"
    r"(?:\s*+=\s*+(?:\"([^\"]*+)\"|'([^']*+)'|((?![\"'])[^\s>]++))?)?"
)


@lru_cache(maxsize=2_048)
def attributes_of(typed: str) -> Mapping[str, str]:
    """The attributes of a tag by their names in small letters; of two alike the first counts.

    >>> dict(attributes_of(' HREF="?a=1&amp;b=2" class=x hidden class=y'))
    {'href': '?a=1&b=2', 'class': 'x', 'hidden': ''}
    """
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(typed):
        value = match[2] or match[3] or match[4] or ""
        found.setdefault(match[1].lower(), decoded(value))
    return found
