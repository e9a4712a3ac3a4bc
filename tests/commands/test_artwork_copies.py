"""What is made of artwork: WebP and JPEG copies, which pages, previews and cards take."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from lxml import html
from PIL import Image

from castpress.__main__ import main
from castpress.commands.pictures import Pictures
from castpress.model.podcast import Artwork
from castpress.model.problem import Location
from castpress.render.metadata import view_page
from castpress.store.cache import open_cache
from tests.render.sample import SHOW

BASE = "https://tiny.example/runs/"


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("copies") / "public"
    words = ["build", "--show", "tests/shows/tiny", "--output", str(out), "-q"]
    assert main([*words, "--now", "2026-11-21T12:00:00+00:00"]) == 0
    return out


def sizes(path: Path) -> tuple[str | None, tuple[int, int]]:
    with Image.open(path) as image:
        return image.format, image.size


def test_a_page_shows_webp_and_for_others_a_small_jpeg(public: Path) -> None:
    for image in html.parse(str(public / "index.html")).xpath("//picture//img"):
        path = public / image.get("src")
        assert sizes(path) == ("JPEG", (640, 640))
        assert (image.get("width"), image.get("height")) == ("640", "640")
        assert path.stat().st_size < 90_000


def test_frames_on_other_sites_are_told_of_the_small_jpeg(public: Path) -> None:
    oembed = json.loads((public / "embed/why-do-we-run/oembed.json").read_text("utf-8"))
    path = public / oembed["thumbnail_url"].removeprefix(BASE)
    assert sizes(path) == ("JPEG", (640, 640))
    assert (oembed["thumbnail_width"], oembed["thumbnail_height"]) == (640, 640)


def test_a_page_without_a_card_is_shared_with_the_small_jpeg() -> None:
    artwork = Artwork("cover.png", "image/png", 3000, 1500, jpeg=(640, "cover-640.jpg"))
    show = replace(SHOW, feed=replace(SHOW.feed, artwork=artwork))
    tags = dict(view_page(show, "Hills", "", "hills/").meta)
    assert tags["og:image"] == show.url("cover-640.jpg")
    assert (tags["og:image:type"], tags["og:image:width"]) == ("image/jpeg", "640")
    assert tags["og:image:height"] == "320"


def test_the_feed_names_the_artwork_itself(public: Path) -> None:
    assert b"-640." not in (public / "feed.xml").read_bytes()


@pytest.mark.parametrize(("width", "drawn"), [(3000, 640), (500, 500)])
def test_cards_are_drawn_of_the_small_copy(tmp_path: Path, width: int, drawn: int) -> None:
    Image.new("RGB", (width, width), "navy").save(tmp_path / "cover.png")
    pictures = Pictures(tmp_path, open_cache(tmp_path / ".cache"))
    place = Location(PurePosixPath("show.yaml"))
    ((_, picture),), problems = pictures.named([("cover.png", place)])
    assert problems == ()
    kept = pictures.copy_of(picture)
    assert kept is not None
    assert sizes(Path(kept.place))[1] == (drawn, drawn)
