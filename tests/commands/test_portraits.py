"""Photos of people: published as squares, shown by pages, named by the feed; else a warning."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from lxml import etree, html
from PIL import Image

from castpress.__main__ import main
from castpress.model.publication.headers import headers_of
from castpress.unchanged import is_unchanged

BASE = "https://tiny.example/runs/"
NOW = "2026-11-21T12:00:00+00:00"
NOTE = "show_notes/001-first-run.md"
PODCAST = "{https://podcastindex.org/namespace/1.0}person"


def photo(path: Path, size: tuple[int, int] = (900, 600), kind: str = "JPEG") -> None:
    """Red, but for a green square in its middle."""
    image = Image.new("RGB", size, "red")
    side = min(size)
    image.paste("green", ((size[0] - side) // 2, (size[1] - side) // 2, *_end(size)))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, kind)


def _end(size: tuple[int, int]) -> tuple[int, int]:
    side = min(size)
    return (size[0] + side) // 2, (size[1] + side) // 2


def name_host(root: Path, img: str) -> None:
    """Give the host of show.yaml this photo."""
    text = (root / "show.yaml").read_text("utf-8")
    old = "    href: https://ida.example/\n"
    assert old in text
    (root / "show.yaml").write_text(text.replace(old, f"    img: {img}\n"), "utf-8")


def name_guest(root: Path, img: str) -> None:
    """Give an episode a guest with this photo."""
    text = (root / NOTE).read_text("utf-8")
    old = "people:\n"
    assert old in text
    guest = f"{old}  - name: Gil Guest\n    role: guest\n    img: {img}\n"
    (root / NOTE).write_text(text.replace(old, guest), "utf-8")


def build(root: Path, *more: str) -> int:
    return main(["build", "--show", str(root), "--now", NOW, *more])


def photos(public: Path, page: str) -> list[tuple[str, str]]:
    """Address and srcset of each portrait on a page."""
    tree = html.parse(str(public / page / "index.html"))
    found = []
    for picture in tree.xpath("//picture[@class='portrait']"):
        (image,) = picture.xpath(".//img")
        assert image.get("loading") == "lazy"
        assert image.get("alt") == ""
        assert image.get("width") == image.get("height")
        found.append((image.get("src"), " ".join(picture.xpath(".//@srcset"))))
    return found


def in_feed(public: Path, name: str) -> set[str | None]:
    tree = etree.parse(str(public / "feed.xml"))
    return {p.get("img") for p in tree.iter(PODCAST) if p.text == name}


@pytest.mark.parametrize(
    ("kind", "ending"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp"), ("MPO", "jpg")]
)
def test_photos_of_hosts_and_guests_are_published(show: Path, kind: str, ending: str) -> None:
    photo(show / f"artwork/ida.{ending}", kind=kind)
    photo(show / f"artwork/faces/Gil G.{ending}", (600, 900), kind)
    name_host(show, f"artwork/ida.{ending}")
    name_guest(show, f"/artwork/faces/Gil G.{ending}")
    assert build(show, "-q") == 0
    public = show / "public"
    for person, page in (("Ida Berg", "people/ida-berg"), ("Gil Guest", "people/gil-guest")):
        ((src, srcset),) = photos(public, page)
        (address,) = in_feed(public, person)
        path = src.removeprefix("../../")
        assert address == BASE + path
        assert "immutable" in headers_of(path).cache_control
        sizes = [entry.rsplit(" ", 1) for entry in srcset.split(", ")]
        assert [width for _, width in sizes] == ["160w", "320w"]
        files = [(path, "JPEG", 600), *((p[6:], "WEBP", int(w[:-1])) for p, w in sizes)]
        for name, expected, side in files:
            with Image.open(public / name) as image:
                assert (image.format, image.size) == (expected, (side, side))
                corner = image.convert("RGB").getpixel((2, 2))
            assert isinstance(corner, tuple)
            assert corner[1] > 100 > corner[0]  # the middle of the photo, not its edge


def test_the_square_lies_upright_and_on_white(show: Path) -> None:
    lying = Image.new("RGB", (300, 300), "red")
    lying.paste("green", (0, 0, 150, 300))  # the left half, which is the top once it is turned
    exif = Image.Exif()
    exif[0x0112] = 6
    lying.save(show / "artwork/ida.jpg", exif=exif)
    Image.new("RGBA", (200, 200), (0, 0, 0, 0)).save(show / "artwork/gil.png")
    name_host(show, "artwork/ida.jpg")
    name_guest(show, "artwork/gil.png")
    assert build(show, "-q") == 0
    ((ida, _),) = photos(show / "public", "people/ida-berg")
    with Image.open(show / "public" / ida[6:]) as image:
        top = image.getpixel((150, 20))
        assert isinstance(top, tuple)
        assert top[1] > 100 > top[0]
    ((gil, srcset),) = photos(show / "public", "people/gil-guest")
    assert srcset.endswith(" 160w")  # nothing is made larger than it is
    with Image.open(show / "public" / gil[6:]) as image:
        assert image.getpixel((100, 100)) == (255, 255, 255)


def broken(root: Path) -> None:
    (root / "artwork/amy.jpg").write_text("<!doctype html>")


def exotic(root: Path) -> None:
    Image.new("RGB", (200, 200)).save(root / "artwork/amy.jpg", "PPM")


def nothing(root: Path) -> None:
    del root


def similar(root: Path) -> None:
    photo(root / "artwork/faces/Amy.jpeg")


@pytest.mark.parametrize(
    ("img", "prepare", "why", "advice"),
    [
        ("artwork/amy.jpg", nothing, "no file artwork/amy.jpg", "counts from the show's folder"),
        ("amy.jpg", similar, "no file amy.jpg", "did you mean `img: artwork/faces/Amy.jpeg`?"),
        ("artwork/amy.jpg", broken, "amy.jpg is not a readable picture", "save it again as JPEG"),
        ("artwork/amy.jpg", exotic, "amy.jpg is a PPM picture", "save it again as JPEG"),
        ("../amy.jpg", nothing, "../amy.jpg lies outside", "put it into the show's folder"),
    ],
)
def test_a_photo_that_cannot_be_used_is_told_and_left_out(
    show: Path,
    capsys: pytest.CaptureFixture[str],
    img: str,
    prepare: object,
    why: str,
    advice: str,
) -> None:
    assert callable(prepare)
    prepare(show)
    name_host(show, img)
    name_guest(show, img)
    assert build(show) == 0
    told = capsys.readouterr().err
    assert "warning[unusable-picture]: the photo of Ida Berg is left out: " in told
    assert "warning[unusable-picture]: the photo of Gil Guest is left out: " in told
    assert why in told
    assert advice in told
    assert f"    img: {img}" in told  # the line is shown
    assert in_feed(show / "public", "Ida Berg") == {None}
    assert photos(show / "public", "people/ida-berg") == []


def test_a_photo_from_elsewhere_is_the_feeds_only(show: Path) -> None:
    name_host(show, "https://faces.example/ida.jpg")
    assert build(show, "-q") == 0
    assert in_feed(show / "public", "Ida Berg") == {"https://faces.example/ida.jpg"}
    assert photos(show / "public", "people/ida-berg") == []


def tree_of(public: Path) -> dict[str, bytes]:
    files = (path for path in public.rglob("*") if path.is_file() and ".castpress" not in str(path))
    return {str(path.relative_to(public)): path.read_bytes() for path in files}


def test_another_photo_under_the_same_name_is_published_and_the_old_one_goes(show: Path) -> None:
    photo(show / "artwork/ida.jpg")
    photo(show / "artwork/gil.jpg", (700, 700))
    name_host(show, "artwork/ida.jpg")
    name_guest(show, "artwork/gil.jpg")
    assert build(show, "-q") == 0
    public = show / "public"
    for name, page in (("ida", "people/ida-berg"), ("gil", "people/gil-guest")):
        before = photos(public, page)
        photo(show / f"artwork/{name}.jpg", (500, 400))
        assert build(show, "-q") == 0
        assert photos(public, page) != before
        assert not (public / before[0][0][6:]).exists()
        whole = show.parent / f"clean-{name}"
        assert build(show, "-q", "--output", str(whole)) == 0
        assert tree_of(public) == tree_of(whole)


def test_a_photo_that_is_put_there_later_is_seen(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name_host(show, "faces/ida.jpg")
    words = ["build", "--show", str(show), "--now", NOW]
    for _ in range(4):
        assert build(show) == 0
        time.sleep(0.06)  # a file is not trusted within the clock's tick of its making
    assert is_unchanged(words)
    assert "faces/ida.jpg" in capsys.readouterr().err
    photo(show / "faces/ida.jpg")
    assert not is_unchanged(words)
    assert build(show) == 0
    assert "faces/ida.jpg" not in capsys.readouterr().err
    assert photos(show / "public", "people/ida-berg")
    time.sleep(0.06)
    assert build(show) == 0
    assert is_unchanged(words)
    photo(show / "faces/ida.jpg", (400, 400))
    assert not is_unchanged(words)
