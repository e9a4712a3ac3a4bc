"""Places in a text, carried through a parser that keeps none.

A mark is two characters of private use that stand for an offset. A parser moves them along with
the text that they stand before.
"""

from __future__ import annotations

import re

_PRIVATE = re.compile("[\U000f0000-\U0010ffff]")
_MARK = re.compile("([\U00100000-\U0010ffff])([\U000f0000-\U000fffff])")
_HIGH, _LOW, _STEP = 0x100000, 0xF0000, 4096


def without_marks(text: str) -> str:
    """The text with other people's characters of private use replaced, one by one."""
    return _PRIVATE.sub("\ufffd", text)


def mark(offset: int) -> str:
    """The mark of an offset below 268 million."""
    high, low = divmod(offset, _STEP)
    return chr(_HIGH + high) + chr(_LOW + low)


def split_marks(text: str) -> list[tuple[str, int]]:
    """The pieces of a marked text with their offsets; of what stands before the first it is -1.

    >>> split_marks(f"a{mark(70_000)}b{mark(70_002)}c")
    [('a', -1), ('b', 70000), ('c', 70002)]
    """
    if _MARK.search(text, 1) is None and _MARK.match(text) is not None:
        return [(text[2:], _offset(text[0], text[1]))]
    pieces = _MARK.split(text)
    found = [(pieces[0], -1)] if pieces[0] else []
    for index in range(1, len(pieces), 3):
        found.append((pieces[index + 2], _offset(pieces[index], pieces[index + 1])))
    return found


def _offset(high: str, low: str) -> int:
    return (ord(high) - _HIGH) * _STEP + ord(low) - _LOW
