"""Pictures in own pages and in notes: published in the right size, and told where they are lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from castpress.__main__ import main
from castpress.commands import exit_codes

NOW = "2026-11-21T12:00:00+00:00"
NOTE = "show_notes/001-first-run.md"
WIDE = Path("artwork/wide.jpg")


def build(show: Path) -> int:
    return main(["build", "--show", str(show), "--now", NOW])


def pictures(show: Path, path: str) -> list[html.HtmlElement]:
    page = html.document_fromstring((show / "public" / path / "index.html").read_bytes())
    found: list[html.HtmlElement] = page.xpath("//*[@class='prose']//img")
    return found


@pytest.fixture
def with_picture(show: Path) -> Path:
    (show / "pages").mkdir()
    shutil.copy(WIDE, show / "pages/Our shoes.jpg")
    return show


@pytest.mark.parametrize(
    "typed",
    [
        "![Two shoes](<Our shoes.jpg>)",
        "![Two shoes](Our%20shoes.jpg)",
        "![Two shoes](pages/Our%20shoes.jpg)",
        "![Two shoes](/pages/Our%20shoes.jpg)",
        "![Two shoes](../pages/Our%20shoes.jpg?v=2)",
        '<img alt="Two shoes" src="Our shoes.jpg" onerror="x()">',
    ],
)
def test_a_picture_of_a_page_is_published_in_sizes(
    with_picture: Path, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (with_picture / "pages/gear.md").write_text(f"Look:\n\n{typed}\n", "utf-8")

    assert build(with_picture) == exit_codes.OK

    assert "warning" not in capsys.readouterr().err
    (image,) = pictures(with_picture, "gear")
    with Image.open(WIDE) as wide:
        width, height = wide.size
    ratio = int(image.get("width")) / int(image.get("height"))
    assert ratio == pytest.approx(width / height, rel=0.01)
    assert (image.get("alt"), image.get("loading")) == ("Two shoes", "lazy")
    (source,) = image.xpath("ancestor::picture//source")
    copies = [copy.split() for copy in source.get("srcset").split(", ")]
    assert [size for _, size in copies] == ["640w", f"{image.get('width')}w"]
    for address, kind in [(image.get("src"), "JPEG"), *((copy, "WEBP") for copy, _ in copies)]:
        with Image.open(with_picture / "public/gear" / address) as made:
            assert made.format == kind
    assert not list(with_picture.glob("public/**/Our*"))
    twin = (with_picture / "public/gear/index.md").read_text("utf-8")
    assert f"![Two shoes](https://tiny.example/runs/{image.get('src')[3:]})" in twin


def test_a_picture_in_notes_is_published_too(with_picture: Path) -> None:
    note = with_picture / NOTE
    shutil.copy(WIDE, with_picture / "show_notes/hill.jpg")
    note.write_text(note.read_text("utf-8") + "\n## A hill\n\n![The hill](hill.jpg)\n", "utf-8")

    assert build(with_picture) == exit_codes.OK

    (image,) = pictures(with_picture, "episodes/why-do-we-run")
    assert image.get("src").startswith("../../artwork/hill-")
    assert (with_picture / "public/episodes/x" / image.get("src")).resolve().is_file()
    assert b"hill-" not in (with_picture / "public/feed.xml").read_bytes()


def test_a_lost_picture_leaves_its_words_and_is_told_with_what_is_near(
    with_picture: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = with_picture / "pages/gear.md"
    page.write_text("---\nnav: true\n---\nWith ![Our shoes](our-shoe.jpg) on.\n", "utf-8")

    assert build(with_picture) == exit_codes.OK

    said = capsys.readouterr().err
    assert "warning[no-such-picture]: there is no picture our-shoe.jpg" in said
    assert "pages/gear.md:4:6" in said
    assert "help: write `Our shoes.jpg`" in said
    assert pictures(with_picture, "gear") == []
    assert b"With Our shoes on." in (with_picture / "public/gear/index.html").read_bytes()

    shutil.copy(WIDE, with_picture / "pages/our-shoe.jpg")
    assert build(with_picture) == exit_codes.OK
    assert "no-such-picture" not in capsys.readouterr().err
    assert len(pictures(with_picture, "gear")) == 1


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("![](Our%20shoes.jpg)", "picture-without-words", "gear.md:1:1"),
        ("A ![ ](Our%20shoes.jpg)", "picture-without-words", "gear.md:1:3"),
        ("\n\n![x](clip.gif)", "picture-type", "gear.md:3:1"),
        ("![x](../show.yaml)", "not-an-image", "gear.md:1:1"),
        ("![x](../../etc/passwd)", "no-such-picture", "gear.md:1:1"),
        ("![x](a%00b.jpg)", "no-such-picture", "gear.md:1:1"),
        (f"![x]({'n' * 4000}.jpg)", "no-such-picture", "gear.md:1:1"),
    ],
)
def test_what_is_wrong_with_a_picture_is_a_warning_with_its_place(
    with_picture: Path, text: str, code: str, place: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("RGB", (40, 20)).save(with_picture / "pages/clip.gif")
    (with_picture / "pages/gear.md").write_text(text, "utf-8")

    assert build(with_picture) == exit_codes.OK

    said = capsys.readouterr().err
    assert f"warning[{code}]" in said
    assert f"pages/{place}" in said


def test_what_is_no_picture_of_the_show_is_left_alone(
    with_picture: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (with_picture / "pages/gear.md").write_text("`![x](y.jpg)` ![On the site](/img/y.jpg)\n")

    assert build(with_picture) == exit_codes.OK

    assert "warning" not in capsys.readouterr().err
    assert [image.get("src") for image in pictures(with_picture, "gear")] == ["/img/y.jpg"]


def test_a_picture_goes_with_the_last_text_that_shows_it(with_picture: Path) -> None:
    page = with_picture / "pages/gear.md"
    page.write_text("![Shoes](<Our shoes.jpg>)", "utf-8")
    assert build(with_picture) == exit_codes.OK
    assert list(with_picture.glob("public/artwork/our-shoes-*"))

    page.write_text("No shoes.", "utf-8")

    assert build(with_picture) == exit_codes.OK
    assert not list(with_picture.glob("public/artwork/our-shoes-*"))
