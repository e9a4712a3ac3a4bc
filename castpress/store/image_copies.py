"""Copies of pictures that every browser and every link preview takes: JPEG, and portraits."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING

from PIL import Image, ImageOps

from castpress.store.images import shrunk

if TYPE_CHECKING:
    from pathlib import Path

JPEG_BYTES = 90_000
"""What a JPEG copy weighs at most, as far as its picture lets it."""

# The first that is light enough is taken. Above 82 nobody sees a difference, below 50 everybody.
_QUALITIES = (82, 76, 70, 64, 58, 50)
_WHITE = (255, 255, 255)


def write_jpeg(source: Path, destination: Path, width_px: int) -> None:
    """A JPEG copy of that width; the same input gives the same bytes.

    Raises:
        OSError: the destination cannot be written.
    """
    with Image.open(source) as image:
        profile = image.info.get("icc_profile")
        destination.write_bytes(_light_jpeg(shrunk(image, width_px), profile))


def write_portrait(source: Path, sha256: str, destination: Path, width_px: int, kind: str) -> None:
    """The middle of a picture as a square, ``WEBP`` or ``JPEG``; what is transparent is white.

    Raises:
        OSError: the source holds other bytes than those, or the destination cannot be written.
    """
    data = source.read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        raise OSError(f"{source} was changed while it was read")
    with Image.open(io.BytesIO(data)) as image:
        # Colours are read by it; a profile of inks says nothing of red, green and blue.
        profile = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
        square = _square(image, width_px)
    if kind == "WEBP":
        square.save(destination, "WEBP", quality=80, method=4, icc_profile=profile)
    else:
        destination.write_bytes(_light_jpeg(square, profile))


def _square(image: Image.Image, width_px: int) -> Image.Image:
    image.draft("RGB", (width_px, width_px))  # as small as both sides allow
    upright = ImageOps.exif_transpose(image)
    if upright.has_transparency_data:
        clear = upright.convert("RGBA")
        upright = Image.new("RGB", clear.size, _WHITE)
        upright.paste(clear, mask=clear.getchannel("A"))
    return ImageOps.fit(upright.convert("RGB"), (width_px, width_px), Image.Resampling.LANCZOS)


def _light_jpeg(image: Image.Image, profile: bytes | None) -> bytes:
    """As good as it is within `JPEG_BYTES`, else the worst that can be looked at."""
    data = b""
    image.info.clear()  # Pillow would write the comment of the original again
    for quality in _QUALITIES:
        buffer = io.BytesIO()
        image.save(
            buffer, "JPEG", quality=quality, optimize=True, progressive=True, icc_profile=profile
        )
        data = buffer.getvalue()
        if len(data) <= JPEG_BYTES:
            break
    return data
