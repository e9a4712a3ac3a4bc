"""JPEG copies of artwork: small enough for a phone whatever the picture shows."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from PIL import Image

from castpress.store.image_copies import JPEG_BYTES, write_jpeg, write_portrait

COVER = Path("tests/shows/tiny/artwork/cover.jpg")


def photograph(path: Path, side: int = 1400) -> None:
    """Soft shapes under finer and finer grain, as light on grass or stones makes it."""
    chance = random.Random("photograph")
    image = Image.new("RGB", (side, side), "tan")
    for grain, share in ((8, 0.5), (32, 0.35), (128, 0.25), (512, 0.18), (side, 0.1)):
        noise = Image.frombytes("RGB", (grain, grain), chance.randbytes(grain * grain * 3))
        image = Image.blend(image, noise.resize((side, side), Image.Resampling.BICUBIC), share)
    image.save(path, quality=90)


@pytest.mark.parametrize("source", ["photograph", "cover", "noise"])
def test_a_copy_is_light(tmp_path: Path, source: str) -> None:
    path = tmp_path / "picture.jpg"
    if source == "photograph":
        photograph(path)
    elif source == "cover":
        path.write_bytes(COVER.read_bytes())
    else:  # more than any camera sees: the worst that is still looked at
        data = random.Random("noise").randbytes(640 * 640 * 3)
        Image.frombytes("RGB", (640, 640), data).save(path, quality=95)
    write_jpeg(path, tmp_path / "copy.jpg", 640)
    with Image.open(tmp_path / "copy.jpg") as image:
        assert (image.format, image.mode, image.size) == ("JPEG", "RGB", (640, 640))
    size = (tmp_path / "copy.jpg").stat().st_size
    assert (size <= JPEG_BYTES) == (source != "noise")
    write_jpeg(path, tmp_path / "again.jpg", 640)
    assert (tmp_path / "again.jpg").read_bytes() == (tmp_path / "copy.jpg").read_bytes()


def test_a_photo_that_was_changed_meanwhile_is_not_taken_for_the_other(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="was changed"):
        write_portrait(COVER, "0" * 64, tmp_path / "copy.jpg", 160, "JPEG")
    assert not (tmp_path / "copy.jpg").exists()
