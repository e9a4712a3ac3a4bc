from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from castpress.check.artwork import check_artwork
from castpress.model.problem import Location
from castpress.store.images import (
    embedded_jpeg,
    inspect_image,
    palette_of,
    shown_size,
    write_shown,
    write_webp,
)

COVER = Path("tests/shows/tiny/artwork/cover.jpg")
PLACE = Location(PurePosixPath("artwork/cover.jpg"))


def codes(path: Path, place: Location = PLACE) -> list[str]:
    facts, problems = inspect_image(path, place)
    found = [p.code for p in problems]
    return found if facts is None else found + [p.code for p in check_artwork(facts, place)]


def test_a_good_cover_has_nothing_against_it() -> None:
    assert codes(COVER) == []


@pytest.mark.parametrize(
    ("mode", "size", "name", "kind", "code"),
    [
        ("RGB", (1400, 1000), "c.jpg", "JPEG", "artwork-not-square"),
        ("RGB", (600, 600), "c.jpg", "JPEG", "artwork-size"),
        ("RGB", (3001, 3001), "c.jpg", "JPEG", "artwork-size"),
        ("RGB", (1400, 1400), "c.png", "WEBP", "artwork-type"),
        ("RGB", (1400, 1400), "c.png", "JPEG", "artwork-type"),
        ("RGBA", (1400, 1400), "c.png", "PNG", "artwork-transparent"),
        ("CMYK", (1400, 1400), "c.jpg", "JPEG", "artwork-colours"),
    ],
)
def test_what_directories_refuse(
    tmp_path: Path, mode: str, size: tuple[int, int], name: str, kind: str, code: str
) -> None:
    path = tmp_path / name
    Image.new(mode, size, 0).save(path, kind)
    assert codes(path, Location(PurePosixPath(name))) == [code]


def test_a_picture_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "cover.jpg"
    path.write_text("<!doctype html>")
    assert codes(path) == ["not-an-image"]
    path.write_bytes(COVER.read_bytes()[:5000])
    assert codes(path) == ["not-an-image"]
    assert codes(tmp_path / "missing.jpg") == ["missing-file"]


def test_smaller_copies_are_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one.webp", "two.webp"):
        write_webp(COVER, tmp_path / name, 320)
    assert (tmp_path / "one.webp").read_bytes() == (tmp_path / "two.webp").read_bytes()
    with Image.open(tmp_path / "one.webp") as small:
        assert small.size == (320, 320)


def test_the_embedded_copy_is_small() -> None:
    assert len(embedded_jpeg(COVER)) < 40_000


def test_colours_come_from_the_cover_and_can_be_read() -> None:
    palette = palette_of(COVER)
    assert palette is not None
    assert palette.light != palette.dark


def test_a_grey_cover_gives_no_colours(tmp_path: Path) -> None:
    Image.new("L", (1400, 1400), 128).save(tmp_path / "grey.png")
    assert palette_of(tmp_path / "grey.png") is None


@given(st.binary(max_size=200), st.integers(0, 20_000))
def test_never_raises(tmp_path_factory: pytest.TempPathFactory, junk: bytes, place: int) -> None:
    data = COVER.read_bytes()
    path = tmp_path_factory.mktemp("image") / "cover.jpg"
    path.write_bytes(data[:place] + junk + data[place + len(junk) :])
    codes(path)


@pytest.mark.parametrize("kind", ["WEBP", "JPEG"])
def test_a_copy_for_a_text_is_upright_and_tells_no_place(tmp_path: Path, kind: str) -> None:
    source, copy = tmp_path / "photo.jpg", tmp_path / "copy"
    photo = Image.new("RGB", (1200, 800), "red")
    photo.paste("blue", (0, 0, 600, 800))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "A camera"  # turned to the right, its maker
    exif.get_ifd(0x8825)[1] = "N"
    photo.save(source, exif=exif, comment=b"At home")

    write_shown(source, copy, 400, kind)

    assert shown_size(source) == (800, 1200)
    with Image.open(copy) as made:
        assert (made.format, made.size) == (kind, (400, 600))
        top, bottom = (made.convert("RGB").getpixel((200, y)) for y in (100, 500))
        assert isinstance(top, tuple)
        assert isinstance(bottom, tuple)
        assert top[2] > 200 > bottom[2]
        assert not made.getexif()
        assert "comment" not in made.info
    assert b"camera" not in copy.read_bytes()
    first = copy.read_bytes()
    write_shown(source, copy, 400, kind)
    assert copy.read_bytes() == first


def test_what_is_transparent_is_shown_on_white(tmp_path: Path) -> None:
    source, copy = tmp_path / "chart.png", tmp_path / "copy.jpg"
    Image.new("RGBA", (40, 20), (0, 0, 0, 0)).save(source)

    write_shown(source, copy, 40, "JPEG")

    with Image.open(copy) as made:
        assert made.getpixel((20, 10)) == (255, 255, 255)
