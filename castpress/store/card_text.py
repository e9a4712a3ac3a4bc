"""A card's words, ready to be drawn: fitted fonts, balanced lines, letters in the order they stand.

The fonts are castpress's own (``fonts/``), because a card must be the same on every machine: Latin,
Greek, Cyrillic and Hebrew. Pillow's layout by itself neither joins letters nor turns lines round,
and what helps it there (raqm) is not on every machine; so words in other scripts are not drawn.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import ImageFont

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TITLE, LINE = "title", "line"
"""The fonts: a bold serif, and a sans for what is small."""

_FONTS = Path(__file__).parent / "fonts"
_LARGEST_PX, _SMALLEST_PX, _STEP_PX = 76, 36, 4
_MOST_LINES = 4
# Marks that only colour or join pictures, and the pictures themselves: a title reads without them.
_UNMISSED = frozenset({"So", "Sk", "Cf", "Cn", "Co", "Mn", "Me", "Cc", "Cs"})
_SIGNS = frozenset({"So", "Sk"})
_MOST_LETTERS = 400
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


@dataclass(frozen=True, slots=True)
class FittedText:
    """Lines in the order of their letters on the card, and the size that they fit in."""

    lines: tuple[str, ...]
    size_px: int


@cache
def font_of(name: str, size_px: int) -> ImageFont.FreeTypeFont:
    """One of the card's fonts in that size."""
    data = BytesIO(_font_bytes(name))
    return ImageFont.truetype(data, size_px, layout_engine=ImageFont.Layout.BASIC)


@cache
def _font_bytes(name: str) -> bytes:
    return (_FONTS / f"{name}.ttf").read_bytes()


def drawable(text: str, font: str) -> str:
    """The text on one line, without pictures; empty where a letter of it cannot be drawn.

    Of a text that no card can hold it is the beginning.
    """
    kept = []
    for letter in " ".join(unicodedata.normalize("NFC", text[:_MOST_LETTERS]).split()):
        is_missed = unicodedata.category(letter) not in _UNMISSED
        if is_missed and not _has_glyph(font, letter):
            return ""
        if is_missed or (unicodedata.category(letter) in _SIGNS and _has_glyph(font, letter)):
            kept.append(letter)
    return " ".join("".join(kept).split())


@lru_cache(maxsize=4096)
def _has_glyph(font: str, letter: str) -> bool:
    known = font_of(font, 20)
    return letter == " " or bytes(known.getmask(letter)) != _no_glyph(font)


@cache
def _no_glyph(font: str) -> bytes:
    return bytes(font_of(font, 20).getmask("\U000e0000"))


def fit_title(text: str, width_px: int, height_px: int, *, rtl: bool) -> FittedText:
    """The title as large as it fits in four lines; one that never does ends with an ellipsis."""
    words = text.split()
    for size in range(_LARGEST_PX, _SMALLEST_PX - 1, -_STEP_PX):
        lines = _wrapped(words, size, width_px)
        most = min(_MOST_LINES, height_px // line_height(size))
        if lines is not None and len(lines) <= most:
            return _fitted(_balanced(words, size, lines), size, rtl=rtl)
    pieces = [piece for word in words for piece in _pieces(word, _SMALLEST_PX, width_px)]
    most = height_px // line_height(_SMALLEST_PX)
    lines = _wrapped(pieces, _SMALLEST_PX, width_px) or []
    if len(lines) > most:
        last = shortened(f"{lines[most - 1]} {lines[most]}", TITLE, _SMALLEST_PX, width_px)
        lines = [*lines[: most - 1], last]
    return _fitted(lines, _SMALLEST_PX, rtl=rtl)


def _fitted(lines: Sequence[str], size_px: int, *, rtl: bool) -> FittedText:
    return FittedText(tuple(visual(line, rtl=rtl) for line in lines), size_px)


def line_height(size_px: int) -> int:
    """From one line of a title to the next."""
    return round(size_px * 1.16)


def shortened(text: str, font: str, size_px: int, width_px: int) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    measure = font_of(font, size_px).getlength
    if measure(text) <= width_px:
        return text
    end = len(text)
    while end and measure(text[:end].rstrip() + "…") > width_px:
        end -= 1
    return text[:end].rstrip() + "…"


def _wrapped(words: Sequence[str], size_px: int, width_px: float) -> list[str] | None:
    """The words in as few lines as they need; None where one is wider than a line."""
    font = font_of(TITLE, size_px)
    space = font.getlength(" ")
    lines: list[list[str]] = []
    used = 0.0
    for word in words:
        width = font.getlength(word)
        if width > width_px:
            return None
        if lines and used + space + width <= width_px:
            lines[-1].append(word)
            used += space + width
        else:
            lines.append([word])
            used = width
    return [" ".join(line) for line in lines]


def _balanced(words: Sequence[str], size_px: int, lines: list[str]) -> list[str]:
    """As many lines, of widths as even as they can be."""
    low, high = 0.0, max(font_of(TITLE, size_px).getlength(line) for line in lines)
    best = lines
    while high - low > 4:
        middle = (low + high) / 2
        narrower = _wrapped(words, size_px, middle)
        if narrower is not None and len(narrower) <= len(lines):
            best, high = narrower, middle
        else:
            low = middle
    return best


def _pieces(word: str, size_px: int, width_px: int) -> list[str]:
    """The word, cut where it is wider than a line."""
    font = font_of(TITLE, size_px)
    if font.getlength(word) <= width_px:
        return [word]
    pieces = [""]
    for letter in word:
        if font.getlength(pieces[-1] + letter) > width_px:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def visual(line: str, *, rtl: bool) -> str:
    """The line with its letters from left to right, as they stand (UAX 9 without rare rules).

    >>> visual("שלום Anna 12", rtl=True)
    'Anna 12 םולש'
    >>> visual("פרק 1.5 · 38", rtl=True)
    '38 · 1.5 קרפ'
    """
    base = "R" if rtl else "L"
    kinds = _kinds(line, base)
    if "R" not in kinds:
        return line
    for place, kind in enumerate(kinds):
        if not kind:  # between two of one direction it goes along with them, else with the line
            before = next((k for k in reversed(kinds[:place]) if k), base)
            after = next((k for k in kinds[place + 1 :] if k), base)
            is_one = before.replace("N", "R") == after.replace("N", "R")
            kinds[place] = before.replace("N", "R") if is_one else base
    runs = ["".join(letters) for letters in _runs(line, kinds)]
    return "".join(reversed(runs) if rtl else runs)


def _kinds(line: str, base: str) -> list[str]:
    """The direction of each letter: R, L, or N for digits among letters that go to the left."""
    kinds = []
    strong = base
    for place, letter in enumerate(line):
        kind = unicodedata.bidirectional(letter)
        is_joint = kind == "CS" and line[place - 1 : place].isdigit()
        if kind == "EN" or (is_joint and line[place + 1 : place + 2].isdigit()):
            kinds.append("L" if strong == "L" else "N")
        elif kind in {"R", "AL", "L"}:
            strong = "L" if kind == "L" else "R"
            kinds.append(strong)
        else:
            kinds.append("")
    return kinds


def _runs(line: str, kinds: Sequence[str]) -> Iterator[str]:
    """Stretches of one direction, each as it is drawn; those to the left in their own order.

    Digits among letters that go to the left stand where these would, but are not turned round.
    """
    for is_left, group in groupby(zip(line, kinds, strict=True), lambda pair: pair[1] != "L"):
        if not is_left:
            yield "".join(letter for letter, _ in group)
            continue
        parts = []
        for kind, letters in groupby(group, lambda pair: pair[1]):
            text = "".join(letter for letter, _ in letters)
            parts.append(text if kind == "N" else text[::-1].translate(_MIRRORED))
        yield "".join(reversed(parts))
