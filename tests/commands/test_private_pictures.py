"""What pictures must not tell: where they were taken, and what is not out yet."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from castpress.__main__ import main
from castpress.commands import exit_codes

NOTE = Path("show_notes/001-first-run.md")
SECRET = b"SECRETPLACE"


def build(show: Path, now: str = "2026-11-21T12:00:00+00:00") -> None:
    assert main(["build", "--show", str(show), "--now", now]) == exit_codes.OK


def photo(file: Path, colour: str) -> None:
    """A picture as a phone takes it: with notes and a comment."""
    picture = Image.new("RGB", (1600, 1200), colour)
    exif = picture.getexif()
    exif[0x010E] = SECRET.decode()  # the description, as good as the place for a test
    picture.save(file, exif=exif, comment=SECRET)


def head(show: Path, lines: str) -> None:
    note = show / NOTE
    note.write_text(note.read_text("utf-8").replace("---\n", f"---\n{lines}", 1), "utf-8")


@pytest.fixture
def with_photos(show: Path) -> Path:
    for name, colour in (("drill", "teal"), ("face", "navy"), ("foot", "olive")):
        photo(show / f"artwork/{name}.jpg", colour)
    head(
        show,
        "chapters:\n- {start: 0, title: Hello, image: artwork/drill.jpg, image_alt: A drill}\n"
        "- {start: 10, title: Bye}\n",
    )
    note = show / NOTE
    text = note.read_text("utf-8").replace(
        "    role: guest\n", "    role: guest\n    img: artwork/face.jpg\n"
    )
    note.write_text(text + "\n![A foot](../artwork/foot.jpg)\n", "utf-8")
    return show


def names(show: Path) -> set[str]:
    """Which of the photos are in the output."""
    files = {path.name.partition("-")[0] for path in (show / "public/artwork").iterdir()}
    return files & {"drill", "face", "foot"}


def test_no_file_says_where_a_photo_was_taken(with_photos: Path) -> None:
    build(with_photos)

    assert names(with_photos) == {"drill", "face", "foot"}
    files = [path for path in (with_photos / "public").rglob("*") if path.is_file()]
    assert not [path for path in files if SECRET in path.read_bytes()]


@pytest.mark.parametrize("waits", ["draft: true\n", "published: 2031-01-01\n"])
def test_pictures_wait_with_what_they_belong_to(with_photos: Path, waits: str) -> None:
    note = with_photos / NOTE
    text = note.read_text("utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith("published:")]
    note.write_text("".join(lines).replace("---\n", f"---\n{waits}", 1), "utf-8")

    build(with_photos)
    assert names(with_photos) == set()

    note.write_text(text, "utf-8")
    build(with_photos)
    assert names(with_photos) == {"drill", "face", "foot"}


def test_what_something_else_shows_does_not_wait(with_photos: Path) -> None:
    head(with_photos, "draft: true\n")
    (with_photos / "pages").mkdir()
    page = with_photos / "pages/gear.md"
    page.write_text("![A foot](../artwork/foot.jpg)\n", "utf-8")

    build(with_photos)
    assert names(with_photos) == {"foot"}

    page.write_text("---\npublished: 2031-01-01\n---\n![A foot](../artwork/foot.jpg)\n", "utf-8")
    build(with_photos)
    assert names(with_photos) == set()
