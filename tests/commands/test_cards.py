"""Cards of shared links, and icons: each is drawn when what it shows is new, and never else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from lxml import html
from PIL import Image

from castpress.__main__ import main
from castpress.model.publication.headers import headers_of

FIRST, SECOND = "show_notes/001-first-run.md", "show_notes/002-two-hills.txt"
HILLS = "episodes/two-hills-one-evening"


@pytest.fixture
def public(show: Path) -> Path:
    return build(show)


def build(root: Path) -> Path:
    words = ["build", "--show", str(root), "--now", "2026-11-21T12:00:00+00:00", "-q"]
    assert main(words) == 0
    return root / "public"


def replace(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text("utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), "utf-8")


def tags(page: Path) -> dict[str, str]:
    found = html.parse(str(page)).xpath("//meta[@property or starts-with(@name, 'twitter:')]")
    return {m.get("property") or m.get("name"): m.get("content") for m in found}


def card(public: Path, page: str) -> str:
    """The path of the picture that stands for a page."""
    return tags(public / page / "index.html")["og:image"].removeprefix("https://tiny.example/runs/")


def drawn(root: Path) -> dict[str, int]:
    """The cards that were ever drawn, and when."""
    files = (root / ".cache/castpress/cards").glob("*.jpg")
    return {path.name: path.stat().st_mtime_ns for path in files}


@pytest.mark.parametrize("page", [HILLS, "courses/first-steps/shoes", "courses/first-steps", ""])
def test_a_page_names_its_card_with_size_and_words(public: Path, page: str) -> None:
    found = tags(public / page / "index.html")
    path = public / card(public, page)
    with Image.open(path) as image:
        assert (image.format, image.size) == ("JPEG", (1200, 630))
    assert found["twitter:card"] == "summary_large_image"
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert found["og:image:alt"].startswith(found["og:title"])
    assert "immutable" in headers_of(str(path.relative_to(public))).cache_control


def test_a_card_says_which_episode_it_is_and_how_long(public: Path) -> None:
    words = tags(public / HILLS / "index.html")["og:image:alt"]
    assert words.startswith("Two hills, one evening? – Tiny Runs – Episode 2 · ")


def test_other_notes_draw_no_card_and_another_title_draws_one(show: Path) -> None:
    before = card(build(show), HILLS)
    known = drawn(show)
    replace(show, SECOND, "Walk it.", "Walk it slowly.")
    assert card(build(show), HILLS) == before
    assert drawn(show) == known
    replace(show, SECOND, "Two hills, one evening?", "Three hills?")
    public = build(show)
    after = card(public, HILLS)
    assert after != before
    assert not (public / before).exists()
    assert len(drawn(show).keys() - known.keys()) == 1


def test_a_card_that_no_page_has_any_more_leaves_the_cache(show: Path) -> None:
    build(show)
    for file in (show / ".cache/castpress/cards").iterdir():
        os.utime(file, (1, 1))
    known = drawn(show)
    replace(show, SECOND, "Two hills, one evening?", "Three hills?")
    build(show)
    gone = known.keys() - drawn(show).keys()
    assert len(gone) == 1
    assert len(drawn(show)) == len(known)


def test_a_card_is_the_same_after_edits_as_in_a_clean_build(show: Path) -> None:
    build(show)
    replace(show, "show.yaml", "title: Tiny Runs", "title: Great Runs")
    after = build(show)
    kept = {p.relative_to(after): p.read_bytes() for p in after.rglob("*.jpg")}
    main(["build", "--show", str(show), "--now", "2026-11-21T12:00:00+00:00", "-q",
          "--output", str(show / "clean")])  # fmt: skip
    clean = show / "clean"
    assert kept == {p.relative_to(clean): p.read_bytes() for p in clean.rglob("*.jpg")}


def test_the_authors_own_picture_for_links_wins(show: Path) -> None:
    images = "images: [{url: 'https://a.example/wide.jpg', purpose: social, alt: A}]\n"
    replace(show, FIRST, "tags:", images + "tags:")
    found = tags(build(show) / "episodes/why-do-we-run/index.html")
    assert found["og:image"] == "https://a.example/wide.jpg"
    assert found["og:image:alt"] == "A"
    assert "og:image:width" not in found
    assert found["twitter:card"] == "summary_large_image"
    assert not list((show / "public/episodes/why-do-we-run").glob("card-*"))


def test_a_course_that_has_no_lesson_out_has_no_card(show: Path) -> None:
    secret = "  secret:\n    title: S\n    description: S\n"
    replace(show, "show.yaml", "courses:\n", f"courses:\n{secret}")
    with_secret = sorted(p.name for p in (build(show) / "assets").glob("card-*"))
    assert len(with_secret) == 2


def test_the_icons_are_those_that_the_manifest_and_the_pages_name(public: Path) -> None:
    manifest = json.loads((public / "manifest.webmanifest").read_text("utf-8"))
    for icon in manifest["icons"]:
        with Image.open(public / icon["src"]) as image:
            assert icon["sizes"] == f"{image.width}x{image.height}"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    page = html.parse(str(public / HILLS / "index.html"))
    for rel, size in (("icon", 160), ("apple-touch-icon", 180)):
        (href,) = page.xpath(f"//link[@rel='{rel}']/@href")
        with Image.open(public / HILLS / href) as image:
            assert image.size == (size, size)
    with Image.open(public / "favicon.ico") as image:
        assert image.info["sizes"] == {(16, 16), (32, 32), (48, 48)}


def test_a_show_without_artwork_has_cards_and_a_letter_for_an_icon(show: Path) -> None:
    replace(show, "show.yaml", "artwork: artwork/cover.jpg\n", "")
    replace(show, "show.yaml", "artwork_alt: An orange sun on a blue ground\n", "")
    public = build(show)
    manifest = json.loads((public / "manifest.webmanifest").read_text("utf-8"))
    assert [icon["type"] for icon in manifest["icons"]] == ["image/svg+xml"]
    assert (public / manifest["icons"][0]["src"]).is_file()
    assert not (public / "favicon.ico").exists()
    assert (public / card(public, HILLS)).is_file()


def test_what_is_new_is_served_as_what_it_is() -> None:
    assert headers_of("manifest.webmanifest").content_type.startswith("application/manifest+json")
    assert headers_of("favicon.ico").content_type == "image/x-icon"
    assert headers_of("episodes/x/index.md").content_type == "text/markdown; charset=utf-8"
