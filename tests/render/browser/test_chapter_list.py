"""The list of chapters: its columns, and the pictures and links of chapters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from castpress.render.pages import render_pages
from tests.render import sample
from tests.render.browser import axe
from tests.render.browser.conftest import Site
from tests.render.browser.test_pages_player import open_page
from tests.render.browser.waiting import wait_playing, wait_until

PICTURE = replace(
    sample.COVER,
    path="artwork/drill-0011223344556677.jpg",
    alt="Dan, arms out",
    sizes=((160, "artwork/drill-160.webp"), (640, "artwork/drill-640.webp")),
)
LINK = "https://runs.example/drill"
SHOWN = "document.querySelector('.now-image')"
# Long episodes have hours in their times.
HOURS_MS = (0, 120_000, 300_000, 3_661_000, 36_120_000)


@pytest.fixture
def pictured(site: Site) -> Site:
    """The sample show, its third chapter with a picture and a link."""
    chapters = list(sample.MIDBACK.episode.chapters)
    chapters[2] = replace(chapters[2], image=PICTURE, url=LINK)
    _put(site, replace(sample.MIDBACK.episode, chapters=tuple(chapters)))
    image = sample.png_square(160, (40, 90, 160))
    site.files |= {path: image for _, path in PICTURE.sizes}
    return site


def _put(site: Site, episode: Any) -> None:
    releases = tuple(
        replace(release, episode=episode) if release is sample.MIDBACK else release
        for release in sample.EDITION.releases
    )
    artifacts, problems = render_pages(
        replace(sample.EDITION, releases=releases), sample.templates()
    )
    assert not problems
    site.files |= {artifact.path: artifact.content or b"" for artifact in artifacts}


@pytest.mark.parametrize("width", [390, 1280])
def test_the_columns_line_up_with_hours_too(page: Any, site: Site, width: int) -> None:
    chapters = tuple(
        replace(chapter, start_ms=start, end_ms=start + 60_000)
        for chapter, start in zip(sample.MIDBACK.episode.chapters, HOURS_MS, strict=True)
    )
    audio = replace(sample.MIDBACK.episode.audio, duration_ms=40_000_000)
    _put(site, replace(sample.MIDBACK.episode, chapters=chapters, audio=audio))
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, site)
    assert page.text_content(".chapters li:last-child time") == "10:02:00"

    for part in ("time", ".chapter-title"):
        starts = page.eval_on_selector_all(
            f".chapters {part}", "all => all.map(one => one.getBoundingClientRect().x)"
        )
        assert len(starts) == 5
        assert max(starts) - min(starts) < 0.5, (part, starts)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [390, 1280])
def test_a_chapter_shows_its_picture_and_its_link(page: Any, pictured: Site, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, pictured)

    image = page.locator(".chapter-image")
    image.scroll_into_view_if_needed()
    wait_until(page, "document.querySelector('.chapter-image').complete")
    assert image.get_attribute("alt") == "Dan, arms out"
    box = image.bounding_box()
    assert 48 <= box["width"] == box["height"] <= 54
    assert page.get_attribute(".chapter-link", "href") == LINK
    assert page.inner_text(".chapter-link") == "runs.example"
    assert axe.faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_picture_stands_beside_the_title_while_it_is_heard(page: Any, pictured: Site) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    open_page(page, pictured)
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHOWN) is None
    assert PICTURE.sizes[1][1] not in [path for path, _ in pictured.asked]

    page.evaluate("document.querySelector('castpress-player').seek(310)")
    page.click(".transport .play")
    wait_playing(page)

    wait_until(page, f"{SHOWN} && {SHOWN}.complete && {SHOWN}.getBoundingClientRect().width > 20")
    assert page.get_attribute(".now-image", "alt") == "", "the title says it"
    artwork = page.evaluate("navigator.mediaSession.metadata.artwork[0].src")
    assert artwork == pictured.base + PICTURE.sizes[1][1]
    page.click("[data-do=next]")
    wait_until(page, f"{SHOWN} === null")
    artwork = page.evaluate("navigator.mediaSession.metadata.artwork[0].src")
    assert artwork == pictured.base + sample.COVER.sizes[-1][1]
