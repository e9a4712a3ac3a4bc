"""What is in an image, smaller copies of it, colours for the pages.

With ``image_copies``, ``image_cards`` and ``card_text`` the only file that knows Pillow.
"""

from __future__ import annotations

import colorsys
import hashlib
import io
import warnings
from typing import TYPE_CHECKING

from PIL import Image, ImageOps

from castpress.model.image import ImageFacts
from castpress.model.palette import Palette, contrast
from castpress.model.problem import Problem, Severity
from castpress.store.sources import unreadable

if TYPE_CHECKING:
    from pathlib import Path

    from castpress.model.problem import Location

# Apple takes 3000 × 3000; what is ten times that was not made for a podcast, but perhaps a bomb.
Image.MAX_IMAGE_PIXELS = 100_000_000
_LARGEST_FILE = 50_000_000
_ORIENTATION = 0x0112
_WHITE, _NIGHT = "#ffffff", "#16181c"
_READABLE = 5.0


def inspect_image(path: Path, location: Location) -> tuple[ImageFacts | None, tuple[Problem, ...]]:
    """What an image file holds; None and a problem where it holds no image."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            return None, (_not_image(location, "is far too large to be artwork"),)
        data = path.read_bytes()
    except OSError as error:
        return None, (unreadable(location.file, error),)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as image:
                image.load()  # a cut-off file shows itself only here
                facts = ImageFacts(
                    format=image.format or "unknown",
                    width_px=image.width,
                    height_px=image.height,
                    mode=image.mode,
                    has_alpha=image.has_transparency_data,
                    is_turned=image.getexif().get(_ORIENTATION, 1) != 1,
                    byte_length=len(data),
                    sha256=hashlib.sha256(data).hexdigest(),
                )
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None, (_not_image(location, "is far too large to be artwork"),)
    except Exception:  # noqa: BLE001 - a broken image makes Pillow raise whatever it likes
        return None, (_not_image(location, "is not a readable picture, or only a part of one"),)
    return facts, ()


def _not_image(location: Location, what: str) -> Problem:
    return Problem(
        "not-an-image",
        f"{location.file.name} {what}",
        location,
        Severity.ERROR,
        "save the picture again as JPEG, 3000 × 3000 pixels",
    )


def write_webp(source: Path, destination: Path, width_px: int) -> None:
    """A WebP copy of that width for pages; the same input gives the same bytes.

    Raises:
        OSError: the destination cannot be written.
    """
    with Image.open(source) as image:
        small = shrunk(image, width_px)
        small.save(destination, "WEBP", quality=80, method=4)


def write_shown(source: Path, destination: Path, width_px: int, kind: str) -> None:
    """A copy of that width for a text, ``WEBP`` or ``JPEG``: upright and on white.

    What a camera notes of place and time is not in it.

    Raises:
        OSError: the destination cannot be written.
    """
    with Image.open(source) as image:
        image.draft("RGB", (width_px, width_px))
        upright = ImageOps.exif_transpose(image)
        profile = image.info.get("icc_profile") if upright.mode in {"RGB", "RGBA"} else None
        if upright.has_transparency_data:
            clear = upright.convert("RGBA")
            upright = Image.new("RGBA", clear.size, _WHITE)
            upright.alpha_composite(clear)
        height = max(1, round(upright.height * width_px / upright.width))
        small = upright.convert("RGB").resize((width_px, height), Image.Resampling.LANCZOS)
    small.info.clear()
    if kind == "WEBP":
        small.save(destination, "WEBP", quality=80, method=4, icc_profile=profile)
    else:
        small.save(
            destination, "JPEG", quality=82, optimize=True, progressive=True, icc_profile=profile
        )


def shown_size(source: Path) -> tuple[int, int]:
    """Width and height of the picture as it is looked at."""
    with Image.open(source) as image:
        return ImageOps.exif_transpose(image).size


def write_icon(source: Path, destination: Path, width_px: int, kind: str) -> None:
    """The picture as a small square, ``PNG`` or ``ICO`` (of 16, 32 and 48 pixels).

    A picture that is not square is cut at its longer sides.

    Raises:
        OSError: the destination cannot be written.
    """
    with Image.open(source) as image:
        whole = image.convert("RGB")
    square = ImageOps.fit(whole, (width_px, width_px), Image.Resampling.LANCZOS)
    if kind == "ICO":
        square.save(destination, "ICO", sizes=[(16, 16), (32, 32), (48, 48)])
    else:
        small = square.quantize(256, method=Image.Quantize.MEDIANCUT) if width_px > 64 else square
        small.save(destination, "PNG", optimize=True)


def embedded_jpeg(source: Path, largest_px: int = 600) -> bytes:
    """A small JPEG for the inside of audio files: players read the whole tag before the sound."""
    with Image.open(source) as image:
        small = shrunk(image, largest_px)
        buffer = io.BytesIO()
        small.save(buffer, "JPEG", quality=82, optimize=True)
        return buffer.getvalue()


def shrunk(image: Image.Image, width_px: int) -> Image.Image:
    """The picture at that width, or as it is where it is smaller, in RGB."""
    width = min(width_px, image.width)
    height = max(1, round(image.height * width / image.width))
    image.draft("RGB", (width, height))
    return image.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)


def palette_of(source: Path) -> Palette | None:
    """Two accents from the artwork: its most striking colour, made readable on light and on dark.

    None where the picture is grey: the theme's own colours are better then.
    """
    with Image.open(source) as image:
        small = shrunk(image, 96)
        reduced = small.quantize(12, method=Image.Quantize.MEDIANCUT).convert("RGB")
        colours = reduced.getcolors(12) or []
    best: tuple[float, tuple[int, int, int]] | None = None
    for count, colour in colours:
        if not isinstance(colour, tuple):
            continue
        red, green, blue = colour[:3]
        hue, lightness, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
        del hue
        # A large area counts, a strong colour counts more, near-black and near-white do not.
        weight = (count / 9216) ** 0.5 * saturation**1.5 * (1 - abs(2 * lightness - 1))
        if saturation > 0.2 and (best is None or weight > best[0]):
            best = weight, (red, green, blue)
    if best is None:
        return None
    return Palette(_readable_on(best[1], _WHITE, -0.01), _readable_on(best[1], _NIGHT, 0.01))


def _readable_on(colour: tuple[int, int, int], background: str, step: float) -> str:
    """The colour, darker or lighter until text in it can be read (WCAG 2.2, 1.4.3)."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    while True:
        red, green, blue = (round(p * 255) for p in colorsys.hls_to_rgb(hue, lightness, saturation))
        shade = f"#{red:02x}{green:02x}{blue:02x}"
        if contrast(shade, background) >= _READABLE or not 0 < lightness < 1:
            return shade
        lightness = min(1.0, max(0.0, lightness + step))
