"""What was measured in one image file, and the pictures that texts show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from castpress.model.problem import Location


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """Format by content (``JPEG``, ``PNG``, …), size in pixels and bytes, colour mode.

    ``mode`` is Pillow's word: ``RGB``, ``L``, ``CMYK``, ``RGBA``…; ``is_turned`` says that the
    picture relies on an EXIF orientation, which not every app obeys.
    """

    format: str
    width_px: int
    height_px: int
    mode: str
    has_alpha: bool
    is_turned: bool
    byte_length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture of the show's folder that a text shows: its address and words as they are meant.

    ``alt`` is empty where the author has left it out.
    """

    address: str
    alt: str
    location: Location
