"""The colours that pages take from the show's artwork, and whether they can be read."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Palette:
    """Accent colours as ``#rrggbb``: one for light pages, one for dark pages.

    Both must be readable as text on their page (contrast 4.5 or more); who computes them sees to
    that.
    """

    light: str
    dark: str

    def __post_init__(self) -> None:
        """Hold the form: the colours are written into a style sheet as they stand."""
        for colour in (self.light, self.dark):
            if not _HEX.fullmatch(colour):
                raise ValueError(f"a palette colour is #rrggbb, found {colour!r}")


def contrast(one: str, other: str) -> float:
    """How well two ``#rrggbb`` are told apart, from 1 to 21 (WCAG 2.2, contrast ratio).

    >>> contrast("#000000", "#ffffff"), contrast("#777777", "#777777")
    (21.0, 1.0)
    """
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, from 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
