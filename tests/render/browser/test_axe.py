"""axe finds nothing to complain of: WCAG 2.2 A and AA and its best practices, on each kind of page.

A few looks in the quick suite; with CASTPRESS_LONG every page in every look.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

from castpress.render.pages import render_pages
from tests.render import sample, translated_sample
from tests.render.browser import axe
from tests.render.browser.bundled import addresses, by_kind
from tests.render.film_sample import edition_of

pytestmark = pytest.mark.node

EPISODE = sample.MIDBACK.episode.page_path
LONG = bool(os.environ.get("CASTPRESS_LONG"))
SCREENS: dict[str, dict[str, Any]] = {
    "phone": {"viewport": {"width": 390, "height": 844}},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    # A desktop's page at 200 %: half the pixels for the layout, each drawn twice as large.
    "zoomed": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
}
SCHEMES = ("light", "dark")
QUICK = [("phone", "light"), ("desktop", "dark"), ("zoomed", "light")]
# One of them in each run: what runs to the left breaks most easily.
LANGUAGES = sorted(translated_sample.WORDS) if LONG else ["he"]
LOOKS = [(screen, scheme) for screen in SCREENS for scheme in SCHEMES] if LONG else QUICK

Judge = Callable[[dict[str, bytes], list[str], str, str], list[str]]


@pytest.fixture
def judge(chromium: Any, site: Any) -> Judge:
    """Opens pages one after the other in one look, and lists what is wrong on each."""

    def look(files: dict[str, bytes], paths: list[str], screen: str, scheme: str) -> list[str]:
        site.files = files
        # Without motion no colour is seen on its way to another.
        context = chromium.new_context(
            **SCREENS[screen], color_scheme=scheme, reduced_motion="reduce"
        )
        page = context.new_page()
        found = []
        for path in paths:
            page.goto(site.base + path)
            found += [f"/{path}: {fault}" for fault in axe.faults(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"/{path}: is wider than the screen")
        context.close()
        return found

    return look


def sample_files(edition: Any) -> dict[str, bytes]:
    artifacts, _ = render_pages(edition, sample.templates())
    return {artifact.path: artifact.content or b"" for artifact in artifacts}


def some(files: dict[str, bytes]) -> list[str]:
    return addresses(files) if LONG else list(by_kind(files).values())


@pytest.mark.parametrize(("screen", "scheme"), LOOKS)
def test_the_bundled_show(
    judge: Judge, bundled: dict[str, bytes], screen: str, scheme: str
) -> None:
    kinds = by_kind(bundled)
    assert {"home lead-block is-home", "404.html narrow"} <= kinds.keys()
    # Pages that hold lists and text only are laid out alike at both sizes of a desktop.
    paths = some(bundled) if LONG or screen != "zoomed" else ["", kinds["episodes/* episode"]]

    assert judge(bundled, paths, screen, scheme) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("screen", "scheme"), LOOKS if LONG else [("phone", "dark")])
def test_pages_in_other_scripts(
    judge: Judge, files: dict[str, bytes], screen: str, scheme: str, language: str
) -> None:
    pages = sample_files(translated_sample.edition(language))
    paths = addresses(pages) if LONG else ["", EPISODE, sample.COURSE.feed.page_path]

    assert judge(files | pages, paths, screen, scheme) == []


@pytest.mark.parametrize(("screen", "scheme"), LOOKS if LONG else [("phone", "light")])
def test_a_page_with_a_film(
    judge: Judge, files: dict[str, bytes], screen: str, scheme: str
) -> None:
    film = files | sample_files(edition_of())

    assert judge(film, [EPISODE], screen, scheme) == []


@pytest.mark.parametrize("scheme", SCHEMES if LONG else ["dark"])
def test_the_help_is_a_dialog_that_axe_accepts(page: Any, site: Any, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto(site.base + EPISODE)
    page.click("[data-do=help]")
    page.wait_for_selector("dialog[open]")

    assert axe.faults(page) == []


def test_the_judge_sees_what_is_wrong(page: Any, site: Any) -> None:
    site.files["faulty.html"] = b"""<!doctype html><html lang="en"><title>Faulty</title><main>
        <h1>Faulty</h1><img src="artwork/x.jpg"><p><a href="/"></a></p></main>"""
    page.goto(site.base + "faulty.html")

    assert {fault.split(" | ")[0] for fault in axe.faults(page)} == {"image-alt", "link-name"}
