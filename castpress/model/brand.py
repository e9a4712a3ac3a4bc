"""What stands for the show outside of its pages: icons in tabs and on phones, cards of links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from castpress.model.podcast import Artwork

ICON_PX = (180, 192, 512)
"""For Apple's home screen, and the two that an installed site is asked for.

In tabs a page shows the copy of the artwork that stands at its top anyway.
"""

FAVICON = "favicon.ico"
"""Where browsers and feed readers look for an icon that no page names."""


@dataclass(frozen=True, slots=True)
class Brand:
    """Icons made from the artwork, by width ascending as (width in pixels, path), PNG.

    ``cards`` are those of the show and its courses, by the path of their feeds. ``colour`` is the
    show's as ``#rrggbb``, empty where the artwork gives none.
    """

    icons: tuple[tuple[int, str], ...] = ()
    cards: tuple[tuple[str, Artwork], ...] = ()
    colour: str = ""

    def icon(self, width_px: int) -> str | None:
        """The icon of that width, None where the show has no artwork."""
        return dict(self.icons).get(width_px)

    def card(self, feed_path: str) -> Artwork | None:
        """The card of the show or of a course."""
        return dict(self.cards).get(feed_path)
