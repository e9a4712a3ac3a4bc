"""The pages in a real browser: nothing jumps, nothing overflows, all works without a script."""

from __future__ import annotations

import os
from typing import Any

import pytest

from castpress.model.messages import direction
from castpress.model.podcast import Edition
from castpress.render.embed import HEIGHT_PX, WIDTH_PX
from castpress.render.pages import render_pages
from tests.render import sample, translated_sample
from tests.render.browser.waiting import wait_until

EPISODE = sample.MIDBACK.episode.page_path
PAGES = (
    "",
    EPISODE,
    sample.LOWER_BACK.episode.page_path,
    "courses/run-without-pain/",
    "archive/",
    "tags/",
    "tags/injury/",
    "seasons/2/",
    "people/",
    "people/coach-dan/",
    "subscribe/",
    "404.html",
)
LONG = bool(os.environ.get("CASTPRESS_LONG"))
LANGUAGES = sorted(translated_sample.WORDS) if LONG else ["he"]
SHIFT = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => { sum += e.value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 150);
})"""


def sample_files(edition: Edition) -> dict[str, bytes]:
    artifacts, _ = render_pages(edition, sample.templates())
    return {artifact.path: artifact.content or b"" for artifact in artifacts}


@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_or_comes_from_elsewhere(page: Any, site: Any, path: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(site.base + path)

    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    assert [url for url in asked if not url.startswith(site.base)] == []
    assert len(asked) <= 6
    assert site.audio_requests() == []


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_an_episode_asks_for_five_files_before_play(chromium: Any, site: Any, scale: int) -> None:
    size = {"width": 390, "height": 844}
    context = chromium.new_context(viewport=size, device_scale_factor=scale)
    page = context.new_page()

    page.goto(site.base + EPISODE)
    page.wait_for_load_state("networkidle")

    assert len(site.asked) <= 5, site.asked
    context.close()


def test_only_links_to_other_hosts_are_marked(page: Any, site: Any) -> None:
    page.goto(site.base + EPISODE)
    mark = """address => {
      const link = document.querySelector(".prose a[href^=http]");
      link.href = address;
      return getComputedStyle(link, "::after").content;
    }"""

    assert "↗" in page.evaluate(mark, "https://stride.example.org/")
    assert page.evaluate(mark, "https://stride.example/episodes/rest-days/") == "none"


@pytest.mark.parametrize("path", ["", EPISODE])
@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_jumps_while_the_page_comes_up(page: Any, site: Any, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(site.base + path)

    assert page.evaluate(SHIFT) <= 0.02


def test_targets_are_large_enough_for_fingers(page: Any, site: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(site.base + EPISODE)

    small = page.evaluate(
        """() => [...document.querySelectorAll("castpress-player button, castpress-player select,"
          + ".chapters a, .pill, .button, .site-nav a, .player-links a")]
          .filter(e => e.offsetParent).map(e => [e.textContent.trim(), e.getBoundingClientRect()])
          .filter(([, box]) => box.height < 43 || box.width < 24).map(([text]) => text)"""
    )
    assert small == []


def test_without_a_script_native_controls_and_links_stay(chromium: Any, site: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.base + EPISODE)

    assert page.is_visible("audio[controls]")
    assert not page.is_visible("[data-copy]")
    assert page.get_attribute(".chapters li:nth-child(4) a", "href").endswith(".wav#t=405")
    context.close()


def test_a_script_that_never_comes_leaves_the_native_controls(page: Any, site: Any) -> None:
    for path in [path for path in site.files if path.endswith(".js")]:
        del site.files[path]

    page.goto(site.base + EPISODE)

    wait_until(page, "getComputedStyle(document.querySelector('audio')).visibility == 'visible'")


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if direction(tag) == "rtl"])
def test_a_right_to_left_page_keeps_the_transport_from_left_to_right(
    page: Any, site: Any, language: str
) -> None:
    site.files |= sample_files(translated_sample.edition(language))
    page.goto(site.base + EPISODE)

    def left(selector: str) -> float:
        place: float = page.locator(selector).first.bounding_box()["x"]
        return place

    assert page.evaluate("document.documentElement.dir") == "rtl"
    assert left("[data-do=back]") < left(".transport .play") < left("[data-do=on]")
    assert left(".elapsed") < left(".total")
    assert left(".rail") < left(".notes")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.parametrize("path", ["", EPISODE, sample.LOWER_BACK.episode.page_path])
def test_play_is_on_the_first_screen_of_a_phone(page: Any, site: Any, path: str) -> None:
    # What a browser's own bars leave of 390 by 844.
    page.set_viewport_size({"width": 390, "height": 664})
    page.goto(site.base + path)

    box = page.locator("castpress-player .transport .play").bounding_box()

    assert box["y"] + box["height"] <= 664


@pytest.mark.parametrize("size", [(320, 180), (480, 200), (WIDTH_PX, HEIGHT_PX), (800, 200)])
def test_a_frame_shows_its_player_whole(page: Any, site: Any, size: tuple[int, int]) -> None:
    width, height = size
    page.set_viewport_size({"width": width, "height": height})
    page.goto(site.base + "embed/" + EPISODE.partition("/")[2])

    box = page.locator("castpress-player .transport .play").bounding_box()

    assert box["y"] + box["height"] <= height
    assert page.evaluate("document.documentElement.scrollHeight") <= height
    assert page.evaluate("document.querySelector('main').clientWidth") <= 44 * 16


def test_the_frame_that_sites_are_told_fits_the_player_closely(page: Any, site: Any) -> None:
    page.set_viewport_size({"width": WIDTH_PX, "height": HEIGHT_PX})
    page.goto(site.base + "embed/" + EPISODE.partition("/")[2])
    assert page.is_visible("castpress-player .extra")

    page.set_viewport_size({"width": WIDTH_PX, "height": 1})
    needed = page.evaluate("document.documentElement.scrollHeight")

    # What is left is for titles in tall scripts and for larger letters.
    assert needed + 20 <= HEIGHT_PX <= needed + 60


@pytest.mark.parametrize("has_script", [True, False])
def test_the_search_shows_a_form_only_where_it_works(
    chromium: Any, site: Any, bundled: dict[str, bytes], has_script: bool
) -> None:
    site.files = bundled
    context = chromium.new_context(java_script_enabled=has_script)
    page = context.new_page()
    page.goto(site.base + "search/")

    assert page.is_visible("form.search") is has_script
    context.close()


@pytest.mark.parametrize("language", [tag for tag in LANGUAGES if direction(tag) == "rtl"])
def test_titles_of_the_other_direction_stand_where_the_others_do(
    page: Any, site: Any, language: str
) -> None:
    site.files |= sample_files(translated_sample.edition(language))
    page.goto(site.base + "archive/")

    titles = page.eval_on_selector_all(
        ".row-title a", "all => all.map(e => getComputedStyle(e).direction)"
    )
    ends = page.eval_on_selector_all(
        ".row-title a",
        """all => all.map(e => { const words = document.createRange(); words.selectNodeContents(e);
          return Math.round(words.getBoundingClientRect().right); })""",
    )

    assert set(titles) == {"ltr", "rtl"}
    assert max(ends) - min(ends) <= 4


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["", EPISODE, "courses/run-without-pain/", "search/"])
def test_other_scripts_fit_on_every_screen(page: Any, site: Any, path: str, language: str) -> None:
    site.files |= sample_files(translated_sample.edition(language))
    page.goto(site.base + path)

    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
    slanted = """() => [...document.querySelectorAll(":is(em, .tagline, blockquote, .eyebrow, h1)")]
      .map(e => getComputedStyle(e)).filter(s => s.fontStyle != "normal").length"""
    assert page.evaluate(slanted) == 0


def test_the_address_of_the_feed_can_be_copied(page: Any, site: Any) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(site.base + "subscribe/")

    page.click("[data-copy=feed-address]")
    page.wait_for_selector("text=Copied")

    assert page.evaluate("navigator.clipboard.readText()") == "https://stride.example/feed.xml"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_on_its_ground(context: Any, site: Any, scheme: str) -> None:
    page = context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(site.base + EPISODE)
    colours = page.evaluate(
        """() => { const style = getComputedStyle(document.documentElement);
          return Object.fromEntries(["paper", "raised", "ink", "soft", "accent", "on-accent"]
            .map(name => [name, style.getPropertyValue("--" + name).trim()])); }"""
    )

    for ground in ("paper", "raised"):
        for text in ("ink", "soft", "accent"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    digits = "".join(c * 2 for c in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
