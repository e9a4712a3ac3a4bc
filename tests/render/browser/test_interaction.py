"""How soon a page answers: the time from a click or a key to the picture that shows it.

Measured as INP is, by the browser itself, on a processor of a fourth of this one's speed. A good
page answers within 200 ms for most people; ours is to need half of that. CASTPRESS_LONG
holds it to that; the quick tests leave room for what else the machine has to do.
"""

from __future__ import annotations

import os
from typing import Any

import pytest

from tests.render import sample
from tests.render.browser.conftest import Site
from tests.render.browser.loading import PHONE, SLOWER_CPU
from tests.render.browser.waiting import wait_until

LIMIT_MS = 100
# How much a machine that others work on may add; in the long tests it has to be quiet.
SLACK_MS = 0 if os.environ.get("CASTPRESS_LONG") else 200
# Never fast by chance, so the best of some is what counts.
TRIES = 5
WATCH = """
  window.took = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (entry.interactionId) took.push([entry.name, entry.duration]);
    }
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
"""
PLAY, CHAPTER, KEY = "click on play", "click on a chapter", "key in the search"
EPISODE = sample.MIDBACK.episode.page_path
ADDRESSES = {PLAY: EPISODE, CHAPTER: EPISODE, KEY: "search/"}


def interact(page: Any, what: str) -> None:
    """The very thing that is measured, as a listener does it."""
    if what == PLAY:
        page.click(".transport .play")
    elif what == CHAPTER:
        page.click(".chapters li:nth-child(3) a")
    else:
        page.focus(".search input")
        page.keyboard.press("k")


def answered_after(chromium: Any, site: Site, what: str) -> float:
    """Milliseconds up to the slowest answer to the interaction, as INP counts."""
    context = chromium.new_context(**PHONE)
    page = context.new_page()
    page.add_init_script(WATCH)
    page.goto(site.base + ADDRESSES[what])
    page.wait_for_load_state("networkidle")
    context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    interact(page, what)
    # A fast answer is told as one of 16 ms; none at all would be a test that measures nothing.
    wait_until(page, "took.length > 0")
    page.wait_for_timeout(300)
    slowest: float = max(duration for _, duration in page.evaluate("took"))
    context.close()
    return slowest


@pytest.mark.parametrize("what", [PLAY, CHAPTER, KEY])
def test_a_slow_phone_answers_at_once(chromium: Any, site: Site, what: str) -> None:
    limit = LIMIT_MS + SLACK_MS
    took: list[float] = []
    while len(took) < TRIES and min(took, default=limit + 1) > limit:
        took.append(answered_after(chromium, site, what))

    assert min(took) <= limit, took
