"""The ways into an app: those of the device in hand come first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from castpress.model.podcast import Link
from castpress.render.pages import render_pages
from tests.render import sample
from tests.render.browser.conftest import Site

ADD = "section[aria-labelledby=add_title] .app"
OPEN = "section[aria-labelledby=open_title] .pill"
AGENTS = {
    "iPhone": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Mac": "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.5 Safari/605.1.15",
    "Android": "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/137.0.0.0 Mobile Safari/537.36",
    "Windows": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0",
}
WEB = ["AntennaPod", "Podcast Addict", "YouTube Music", "Player FM", "gPodder"]
APPS = ["Apple Podcasts", "Pocket Casts", "Overcast", "Castro"]
ORDERS = {
    "iPhone": (["YouTube Music", "Player FM", "AntennaPod", "Podcast Addict", "gPodder"], APPS),
    "Mac": (["YouTube Music", "Player FM", "AntennaPod", "Podcast Addict", "gPodder"], APPS),
    "Android": (WEB, ["Pocket Casts", "Apple Podcasts", "Overcast", "Castro"]),
    "Windows": (["YouTube Music", "Player FM", "gPodder", "AntennaPod", "Podcast Addict"], APPS),
}


@pytest.fixture
def unlisted(site: Site) -> Site:
    """The site of a show whose author lists no app, so that all are offered."""
    show = replace(sample.SHOW, subscribe=(Link("Spotify", "https://open.spotify.com/show/1"),))
    edition = replace(sample.EDITION, show=show)
    artifacts, _ = render_pages(edition, sample.templates())
    site.files |= {artifact.path: artifact.content or b"" for artifact in artifacts}
    return site


def titles(page: Any, selector: str) -> list[str]:
    return [" ".join(text.split()) for text in page.locator(selector).all_inner_texts()]


@pytest.mark.parametrize("device", ORDERS)
def test_what_fits_the_device_comes_first(chromium: Any, unlisted: Site, device: str) -> None:
    context = chromium.new_context(user_agent=AGENTS[device])
    page = context.new_page()
    page.goto(unlisted.base + "subscribe/")
    page.wait_for_load_state()

    assert (titles(page, ADD), titles(page, OPEN)) == ORDERS[device]
    assert page.evaluate("localStorage.length") == 0
    context.close()


def test_without_scripts_the_order_is_that_of_the_page(chromium: Any, unlisted: Site) -> None:
    context = chromium.new_context(user_agent=AGENTS["Windows"], java_script_enabled=False)
    page = context.new_page()
    page.goto(unlisted.base + "subscribe/")

    assert titles(page, ADD) == WEB
    assert titles(page, OPEN) == APPS
    context.close()
