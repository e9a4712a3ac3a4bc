"""Text in lines of a width that screens show; letters of East Asia are two columns wide."""

from __future__ import annotations

import unicodedata

_FIRST_WIDE = "\u1100"
_NO_LINE_STARTS = "、。，．！？：；）」』】〉》・ー…ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?;:)]}"


def width_of(text: str) -> int:
    """How many columns the text takes.

    >>> width_of("abc"), width_of("時間")
    (3, 4)
    """
    if text.isascii():
        return len(text)
    return sum(map(_width, text))


def wrap(text: str, width: int) -> list[str]:
    """The words of the text in lines no wider than that, as far as words allow.

    Chinese and Japanese, which write no spaces, are parted between any two letters.

    >>> wrap("one two three", 7), wrap("unbreakable", 4), wrap("今日は走ります。", 8)
    (['one two', 'three'], ['unbreakable'], ['今日は走', 'ります。'])
    """
    lines: list[str] = []
    line, used = "", 0
    for piece, has_space in _pieces(text):
        wide = width_of(piece)
        space = 1 if has_space and line else 0
        if line and used + space + wide > width:
            lines.append(line)
            line, used, space = "", 0, 0
        line += " " * space + piece
        used += space + wide
    if line:
        lines.append(line)
    return lines


def _pieces(text: str) -> list[tuple[str, bool]]:
    """What may not be parted, and whether a space stands before it."""
    pieces: list[tuple[str, bool]] = []
    for word in text.split():
        if word.isascii() or max(word) < _FIRST_WIDE:
            pieces.append((word, True))
            continue
        start = 0
        for index in range(1, len(word)):
            if _may_part(word, index):
                pieces.append((word[start:index], start == 0))
                start = index
        pieces.append((word[start:], start == 0))
    return pieces


def _may_part(word: str, index: int) -> bool:
    before, here = word[index - 1], word[index]
    if here in _NO_LINE_STARTS or before in "（「『【〈《([{" or unicodedata.combining(here):
        return False
    return _width(before) == 2 and _width(here) == 2


def _width(letter: str) -> int:
    if letter < _FIRST_WIDE:
        return 1
    return 2 if unicodedata.east_asian_width(letter) in "WF" else 1
