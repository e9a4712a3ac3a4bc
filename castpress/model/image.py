"""What was measured in one image file."""

from __future__ import annotations

from dataclasses import dataclass


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
