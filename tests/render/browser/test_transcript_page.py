"""A long transcript on a page of its own, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

from castpress.model.podcast import Edition
from castpress.render.pages import render_pages
from tests.render import sample
from tests.render.browser import axe
from tests.render.browser.waiting import AUDIO, wait_playing
from tests.render.long_sample import cues, spoken

EPISODE = sample.MIDBACK.episode.page_path
TRANSCRIPT = f"{EPISODE}transcript/"


@pytest.fixture
def long_site(site: Any) -> Any:
    edition = Edition(sample.SHOW, (spoken(cues(10_000)),))
    artifacts, _ = render_pages(edition, sample.templates())
    site.files |= {artifact.path: artifact.content or b"" for artifact in artifacts}
    return site


def test_a_click_on_a_line_plays_and_the_line_is_marked(page: Any, long_site: Any) -> None:
    page.goto(long_site.base + TRANSCRIPT)
    page.wait_for_selector("castpress-player .transport", state="attached")
    line = page.locator(".said").nth(9)
    start = float(line.get_attribute("data-start"))

    line.locator("a.time").click()

    wait_playing(page)
    assert start <= page.evaluate(f"{AUDIO}.currentTime") < start + 5
    assert page.evaluate("document.querySelector('.is-said').dataset.start") == f"{start:g}"


def test_words_are_found_in_all_of_it(page: Any, long_site: Any) -> None:
    page.goto(long_site.base + TRANSCRIPT)
    last = page.locator(".said").last.text_content().split()[-1].rstrip(".")

    page.fill(".find input", last)
    page.press(".find input", "Shift+Enter")

    found = page.text_content(".find [role=status]").split()
    assert found[0] == found[2] != "0"


def test_the_end_of_the_episode_marks_no_line_of_the_beginning(page: Any, long_site: Any) -> None:
    page.goto(f"{long_site.base}{EPISODE}#t=405")
    page.click(".transport .play")
    wait_playing(page)

    assert page.locator(".is-said").count() == 0


@pytest.mark.node
@pytest.mark.parametrize("path", [EPISODE, TRANSCRIPT])
def test_axe_finds_nothing_on_either_page(page: Any, long_site: Any, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(long_site.base + path)

    assert axe.faults(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
