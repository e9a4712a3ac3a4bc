"""A video in a real browser: it keeps its own controls, and nothing jumps or is loaded."""

from __future__ import annotations

from typing import Any

import pytest

from castpress.render.pages import render_pages
from tests.render import sample
from tests.render.browser.test_pages_looks import SHIFT
from tests.render.film_sample import edition_of

EPISODE = sample.MIDBACK.episode.page_path
BOX = "document.querySelector('video').getBoundingClientRect()"


@pytest.mark.parametrize(("size", "ratio"), [((1920, 1080), 16 / 9), ((1080, 1920), None)])
def test_the_film_has_its_place_before_it_is_there(
    page: Any, site: Any, size: tuple[int, int], ratio: float | None
) -> None:
    artifacts, _ = render_pages(edition_of(*size), sample.templates())
    site.files |= {a.path: a.content or b"" for a in artifacts}

    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(site.base + EPISODE)
        page.wait_for_selector("castpress-player .extra", state="attached")
        assert page.evaluate(SHIFT) < 0.01
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(f"{BOX}.height") <= 844 * 0.8 + 1
        assert page.evaluate(f"{BOX}.top") < 200
        if ratio:
            shown = page.evaluate(f"{BOX}.width") / page.evaluate(f"{BOX}.height")
            assert shown == pytest.approx(ratio, rel=0.01)
    assert site.audio_requests() == []
    assert page.evaluate("document.querySelector('video').controls")
    assert page.is_hidden("castpress-player .scrub")
    assert page.is_visible("castpress-player [data-do=share]")
    # The browser's own keys work on it; ours do not as well.
    page.focus("video")
    page.keyboard.press("l")
    assert page.evaluate("document.querySelector('castpress-player').time") == 0
