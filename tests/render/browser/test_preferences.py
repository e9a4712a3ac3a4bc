"""What visitors have set up is heeded: less motion, colours of their own; and pages on paper."""

from __future__ import annotations

from typing import Any

import pytest

from tests.render import sample
from tests.render.browser.bundled import by_kind

EPISODE = sample.MIDBACK.episode.page_path
LESSON = sample.LOWER_BACK.episode.page_path
MOVING = """() => [...document.querySelectorAll("*")].filter(e => {
  const style = getComputedStyle(e);
  return parseFloat(style.transitionDuration) > 0 || parseFloat(style.animationDuration) > 0
    || style.scrollBehavior === "smooth";
}).map(e => e.outerHTML.slice(0, 80))"""
SHOWN = "selector => [...document.querySelectorAll(selector)].some(e => e.checkVisibility())"
# Elements that lead somewhere or do something, drawn without a border where colours are forced.
BORDERLESS = """selector => [...document.querySelectorAll(selector)]
  .filter(e => e.checkVisibility())
  .filter(e => getComputedStyle(e).borderBlockStartStyle !== "solid"
    || parseFloat(getComputedStyle(e).borderBlockStartWidth) < 1)
  .map(e => e.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize(("motion", "is_moving"), [("reduce", False), ("no-preference", True)])
def test_reduced_motion_stops_everything(
    page: Any, site: Any, motion: str, is_moving: bool
) -> None:
    page.emulate_media(reduced_motion=motion)
    page.goto(site.base + EPISODE)

    assert bool(page.evaluate(MOVING)) is is_moving


def test_forced_colours_keep_borders_and_focus(page: Any, site: Any) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(f"{site.base}{EPISODE}#t=130")

    controls = "castpress-player button, .pill, .button, .neighbour, .find input"
    assert page.evaluate(BORDERLESS, controls) == []
    current = "getComputedStyle(document.querySelector('.chapters [aria-current]')).outlineStyle"
    assert page.evaluate(current) == "solid"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    focused = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(focused) == "solid"
    # The icons take the colour of the text beside them, whatever that is forced to be.
    icon = """() => { const play = document.querySelector(".transport .play");
      const style = getComputedStyle(play.querySelector("svg"));
      return style.fill === style.color; }"""
    assert page.evaluate(icon)


@pytest.mark.parametrize("path", [EPISODE, LESSON, "", "subscribe/", "courses/run-without-pain/"])
def test_paper_holds_the_text_and_nothing_to_click(page: Any, site: Any, path: str) -> None:
    page.goto(site.base + path)
    page.emulate_media(media="print", color_scheme="dark")

    gone = (
        "castpress-player, .site-nav, .skip, .player-links, .neighbours, .foot-links, .find, .pills"
    )
    assert not page.evaluate(SHOWN, gone)
    assert page.evaluate(SHOWN, "h1")


def test_paper_shows_where_links_lead(page: Any, site: Any) -> None:
    page.goto(site.base + EPISODE)
    page.emulate_media(media="print")
    shown = "s => getComputedStyle(document.querySelector(s), '::after').content"

    for selector in (".prose a[href^=http]", ".link-list a", ".video a", ".action a"):
        assert "http" in page.evaluate(shown, selector), selector
    assert page.evaluate(shown, ".prose a[data-seek]") == "none"


def test_paper_is_black_on_white_whatever_the_screen_was(
    page: Any, site: Any, bundled: dict[str, bytes]
) -> None:
    site.files = bundled
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(site.base + by_kind(bundled)["courses/*/* episode"])
    colours = """() => ["body", "h1", ".prose a", ".range a", ".meta"]
      .map(s => getComputedStyle(document.querySelector(s)).color)"""

    grey = "rgb(68, 68, 68)"
    assert set(page.evaluate(colours)) <= {"rgb(0, 0, 0)", grey}
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    assert page.evaluate(ground) == "rgb(255, 255, 255)"
