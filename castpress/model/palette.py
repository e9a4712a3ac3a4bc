"""The colours that pages take from the show's artwork."""

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
