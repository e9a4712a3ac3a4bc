"""All of a page by keyboard alone: each control is reached, and one sees where one is."""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.render import sample
from tests.render.browser.bundled import by_kind

EPISODE = sample.MIDBACK.episode.page_path
LONG = bool(os.environ.get("CASTPRESS_LONG"))
KINDS = ("home", "episodes/*", "courses/*", "courses/*/*", "subscribe", "search")
# Numbers all that can be clicked, typed into or chosen from, and says how many there are.
NUMBER = """() => {
  const all = [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, audio[controls], video[controls]")];
  const usable = all.filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled);
  usable.forEach((e, i) => { e.dataset.n = i; });
  return usable.length;
}"""
# The number of what has the focus, and what is wrong with how it shows.
FOCUSED = """() => {
  const e = document.activeElement, faults = [];
  if (!e?.dataset.n) return [null, faults];
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  const width = parseFloat(style.outlineWidth), offset = parseFloat(style.outlineOffset);
  if (style.outlineStyle === "none" || width < 2) faults.push("no outline");
  const reach = Math.max(0, width + offset) - .5;
  const cutters = [];
  for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
    if (getComputedStyle(p).overflow !== "visible" && !p.matches(".unseen"))
      cutters.push(p.getBoundingClientRect());
  cutters.push({left: 0, top: 0, right: innerWidth, bottom: innerHeight});
  if (cutters.some(c => box.left - reach < c.left || box.right + reach > c.right))
    faults.push("the outline is cut off at a side");
  const part = [...e.getClientRects()][0];
  const top = document.elementFromPoint(part.left + part.width / 2, part.top + part.height / 2);
  if (!top || !(e.contains(top) || top.contains(e))) faults.push("something lies over it");
  return [Number(e.dataset.n), faults.map(f => `${e.outerHTML.slice(0, 90)}: ${f}`)];
}"""


def tabbed(page: Any, most: int) -> tuple[set[int], list[str]]:
    """What is reached by pressing Tab, and what is wrong with how its focus shows."""
    reached: set[int] = set()
    faults = []
    for _ in range(most):
        page.keyboard.press("Tab")
        number, found = page.evaluate(FOCUSED)
        if number is not None and number not in reached:
            reached.add(number)
            faults += found
    return reached, faults


@pytest.mark.parametrize("width", [390, 1280] if LONG else [1280])
def test_tab_reaches_every_control_and_shows_it(
    page: Any, site: Any, bundled: dict[str, bytes], width: int
) -> None:
    site.files = bundled
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(reduced_motion="reduce")
    addresses = [
        address for kind, address in by_kind(bundled).items() if LONG or kind.split()[0] in KINDS
    ]

    for address in addresses:
        page.goto(site.base + address)
        page.evaluate("document.activeElement.blur()")
        many = page.evaluate(NUMBER)
        assert many > 8
        # The browser's own controls have several stops, and after the last one comes the window.
        reached, faults = tabbed(page, many + 6)
        assert (address, set(range(many)) - reached, faults) == (address, set(), [])


def test_the_first_tab_offers_to_skip_to_the_content(page: Any, site: Any) -> None:
    page.goto(site.base + EPISODE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_the_small_player_covers_is_not_where_the_focus_goes(page: Any, site: Any) -> None:
    page.set_viewport_size({"width": 390, "height": 700})
    page.emulate_media(reduced_motion="reduce")
    page.goto(site.base + EPISODE)
    page.keyboard.press("k")
    page.mouse.wheel(0, 1500)
    page.wait_for_selector(".mini:visible")
    many = page.evaluate(NUMBER)

    reached, faults = tabbed(page, many + 6)

    # It goes once the large player is in view again, and its own two controls with it.
    missed = set(range(many)) - reached
    in_mini = "[...document.querySelectorAll('.mini [data-n]')].map(e => Number(e.dataset.n))"
    assert missed <= set(page.evaluate(in_mini))
    assert faults == []


def test_the_help_keeps_the_focus_and_gives_it_back(page: Any, site: Any) -> None:
    page.goto(site.base + EPISODE)
    page.focus("[data-do=help]")
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    for _ in range(4):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main') === null"
                             " || document.activeElement.closest('dialog') !== null")  # fmt: skip

    page.keyboard.press("Escape")

    assert page.evaluate("document.activeElement.dataset.do") == "help"
