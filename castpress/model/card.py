"""The card that stands for a page where a link to it is shared: what is written on it."""

from __future__ import annotations

from dataclasses import dataclass

CARD_WIDTH_PX, CARD_HEIGHT_PX = 1200, 630
"""The size that networks ask for; others are cut to this shape."""


@dataclass(frozen=True, slots=True)
class Card:
    """A title, the name above it and the line below it; either of these may be empty."""

    title: str
    name: str = ""
    line: str = ""
    is_right_to_left: bool = False
