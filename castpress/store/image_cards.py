"""Cards for shared links, drawn: artwork on a ground of the show's colour, words beside it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from castpress.model.card import CARD_HEIGHT_PX, CARD_WIDTH_PX
from castpress.store.card_text import (
    LINE,
    TITLE,
    drawable,
    fit_title,
    font_of,
    line_height,
    shortened,
    visual,
)

if TYPE_CHECKING:
    from pathlib import Path

    from castpress.model.card import Card

_ART_PX, _LARGE_ART_PX = 438, 510
_MARGIN_PX, _GAP_PX = 60, 56
_RADIUS_PX = 16
_SMALL_PX = 32
_QUALITY = 77
_WHITE = (255, 255, 255)
_OF_WHITE = 0.86  # how white the small lines are

_TEXT_PX = CARD_WIDTH_PX - 2 * _MARGIN_PX - _ART_PX - _GAP_PX
_TOP_PX = (CARD_HEIGHT_PX - _ART_PX) // 2
_SMALL_LINE_PX = 48


class Grounds:
    """Cards without words; that of the picture and colour that were last asked for is kept."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], Image.Image] = {}

    def ground(self, picture: Path | None, colour: str, place: str) -> Image.Image:
        """A copy to draw on; ``place`` is where the artwork stands: left, right or centre."""
        key = (str(picture), colour, place)
        if key not in self._known:
            if len(self._known) > 3:
                self._known.clear()
            self._known[key] = _ground(picture, colour, place)
        return self._known[key].copy()


def _ground(picture: Path | None, colour: str, place: str) -> Image.Image:
    card = Image.new("RGB", (CARD_WIDTH_PX, CARD_HEIGHT_PX), colour)
    if picture is None:
        return card
    side = _LARGE_ART_PX if place == "centre" else _ART_PX
    with Image.open(picture) as image:
        image.draft("RGB", (side, side))
        art = image.convert("RGB").resize((side, side), Image.Resampling.BICUBIC)
    left = {
        "left": _MARGIN_PX,
        "right": CARD_WIDTH_PX - _MARGIN_PX - side,
        "centre": (CARD_WIDTH_PX - side) // 2,
    }[place]
    card.paste(art, (left, (CARD_HEIGHT_PX - side) // 2), _corners(side))
    return card


@cache
def _corners(side_px: int) -> Image.Image:
    """The shape of the artwork, drawn four times as large so that its edge is soft."""
    side = side_px * 4
    large = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(large)
    draw.rounded_rectangle((0, 0, side - 1, side - 1), _RADIUS_PX * 4, fill=255)
    return large.resize((side_px, side_px), Image.Resampling.BOX)


def draw_card(card: Card, picture: Path | None, colour: str, grounds: Grounds, to: Path) -> None:
    """Write the card as JPEG; the same input gives the same bytes.

    ``colour`` is ``#rrggbb`` on which white can be read. Words whose letters no font of ours has
    are left out; where the title is one of them, the artwork stands alone.

    Raises:
        OSError: the file cannot be written.
    """
    title = drawable(card.title, TITLE)
    rtl = card.is_right_to_left
    if not title:
        image = grounds.ground(picture, colour, "centre")
    else:
        image = grounds.ground(picture, colour, "right" if rtl else "left")
        _write(image, card, title, colour, is_wide=picture is None)
    image.save(to, "JPEG", quality=_QUALITY)


def _write(image: Image.Image, card: Card, title: str, colour: str, *, is_wide: bool) -> None:
    rtl = card.is_right_to_left
    width = CARD_WIDTH_PX - 2 * _MARGIN_PX if is_wide else _TEXT_PX
    edge = _MARGIN_PX if is_wide or rtl else CARD_WIDTH_PX - _MARGIN_PX - width
    draw = ImageDraw.Draw(image)

    def put(text: str, font: str, size: int, y: int, fill: tuple[int, int, int]) -> None:
        x = edge + (width if rtl else 0)
        known = font_of(font, size)
        draw.text((x, y), text, fill, known, anchor="rs" if rtl else "ls")

    name, line = drawable(card.name, LINE), drawable(card.line, LINE)
    faint = _faint(colour)
    bottom = _TOP_PX + _ART_PX
    if name:
        text = visual(shortened(name, LINE, _SMALL_PX, width), rtl=rtl)
        put(text, LINE, _SMALL_PX, _TOP_PX + 26, faint)
    if line:
        text = visual(shortened(line, LINE, _SMALL_PX, width), rtl=rtl)
        put(text, LINE, _SMALL_PX, bottom - 4, faint)
    fitted = fit_title(title, width, _ART_PX - 2 * _SMALL_LINE_PX - 24, rtl=rtl)
    height = line_height(fitted.size_px)
    block = height * (len(fitted.lines) - 1) + round(fitted.size_px * 0.72)
    y = (CARD_HEIGHT_PX - block) // 2 + round(fitted.size_px * 0.72)
    for number, text in enumerate(fitted.lines):
        put(text, TITLE, fitted.size_px, y + number * height, _WHITE)


def _faint(colour: str) -> tuple[int, int, int]:
    """White that lets a little of the ground through."""
    red, green, blue = (
        round(255 * _OF_WHITE + int(colour[place : place + 2], 16) * (1 - _OF_WHITE))
        for place in (1, 3, 5)
    )
    return red, green, blue
