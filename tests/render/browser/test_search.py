"""The search page in a browser: what is typed is found, and opens at the second it is said at."""

from __future__ import annotations

import json
from typing import Any

import pytest

from castpress.render.search_document import weights_of
from castpress.render.search_index import (
    ListedEpisode,
    cut_words,
    join_words,
    pack_postings,
    render_index,
)
from tests.render import sample
from tests.render.browser import axe
from tests.render.browser.conftest import Site
from tests.render.browser.waiting import wait_until
from tests.render.search_texts import FOLDED

EPISODES: dict[str, list[list[object]]] = {
    "transcript": [[0, "", "One"], [5, 61, "We ran up hills. Naïve hills, all of them."]],
    "notes": [[0, "", "Two"], [4, "#what", "Some hills are long", "What we saw"]],
    "chapter": [[0, "", "Three"], [1, 30, "Hills in the rain"]],
    "title": [[0, "", "Hills"]],
    "often": [[0, "", "Five"], [5, 3661.5, "hilly " * 9]],
    "japanese": [[0, "", "東京マラソン"], [5, 7, "今日は東京都で走ります"]],
    "hostile": [[0, "", "<b>Ink</b>"], [1, "", "<img src=x onerror=alert(1)> __proto__ ink"]],
    "articles/pace": [[0, "", "Pace"], [6, "#slow", "Slowly is a pace", "On walking"]],
    "rare": [[0, "", "Six"], [5, 5, "the bergamot"], [5, 9, "and the hills with a bergamot"]],
}

FILTERS = {"tag": {"injury": pack_postings({0: 0, 2: 0, 8: 0}), "mobility": pack_postings({2: 0})}}


@pytest.fixture
def small(site: Site) -> Site:
    """The sample show's site with an index of its own."""
    documents = {name: json.dumps(places).encode() for name, places in EPISODES.items()}
    files = cut_words(join_words(map(weights_of, documents.values())))
    rows = [
        ListedEpisode(f"{n}/", str(p[0][2]), "1 May 2026", 1)
        if "/" in n
        else ListedEpisode(f"episodes/{n}/", str(p[0][2]), n)
        for n, p in EPISODES.items()
    ]
    index = render_index([(start, artifact.path) for start, artifact in files], rows, FILTERS)
    made = {artifact.path: artifact.content or b"" for artifact in (index, *(a for _, a in files))}
    beside = {
        f"{name if '/' in name else 'episodes/' + name}/search.json": text
        for name, text in documents.items()
    }
    site.files |= made | beside
    return site


def look_for(page: Any, site: Site, query: str) -> list[str]:
    """The results' facts, which are the names of episodes here."""
    page.goto(f"{site.base}search/")
    page.fill(".search input", query)
    page.press(".search input", "Enter")
    wait_until(page, "document.querySelector('.found').textContent")
    return facts(page)


def facts(page: Any) -> list[str]:
    """What stands below the titles of the results."""
    found = page.query_selector_all(".rows > li > .meta")
    return [text.inner_text().replace("\N{NO-BREAK SPACE}", " ") for text in found]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        # Title, chapter, notes, transcripts; of equals those that say it more often.
        ("hills", ["title", "chapter", "notes", "transcript", "rare"]),
        ("hill", ["title", "chapter", "notes", "often", "transcript", "rare"]),
        ("HILLS naive", ["transcript"]),
        ("hills berg", ["rare"]),
        ("bergamot hills nothere", []),
        ("東京", ["japanese"]),
        ("京都", ["japanese"]),
        ("走", ["japanese"]),
        ("大阪", []),
    ],
)
def test_what_is_found_and_in_which_order(
    page: Any, small: Site, query: str, found: list[str]
) -> None:
    assert look_for(page, small, query) == found


def test_words_are_made_as_when_the_index_was(page: Any, site: Site) -> None:
    page.goto(f"{site.base}search/")
    for text, words in FOLDED:
        typed = page.evaluate("(text) => wordsOf(text)", text)
        # The single letter that ends a run of a script without spaces is found by its pair.
        ends = {word for word in words if len(word) == 1 and not word.isascii()}
        assert set(typed) <= set(words), text
        assert set(words) - set(typed) <= ends, text


def test_typing_finds_and_a_result_opens_at_its_second(page: Any, site: Site) -> None:
    page.goto(f"{site.base}search/")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("diagram")
    page.wait_for_selector(".hit a")
    assert page.url.endswith("?q=diagram")
    assert page.inner_text(".found") == "1 result"
    assert page.get_attribute(".found", "role") == "status"
    first = page.query_selector(".hit a")
    assert first.get_attribute("href").endswith("turning-from-the-middle/#t=0")
    assert page.inner_text("mark").casefold() == "diagram"
    page.goto(f"{site.base}search/?q=which+way")
    page.click(".hit a >> text=6:45")
    page.wait_for_url("**/episodes/turning-from-the-middle/#t=405")
    wait_until(page, "document.querySelector('.elapsed')?.textContent === '6:45'")


def test_a_place_in_the_notes_opens_at_its_heading(page: Any, small: Site) -> None:
    assert look_for(page, small, "saw") == ["notes"]
    page.wait_for_selector(".hit a")
    assert page.get_attribute(".hit a", "href") == "../episodes/notes/#what"
    assert page.inner_text(".hit a") == "What we saw"


def test_no_line_of_a_result_ends_with_a_dot(
    page: Any, site: Site, bundled: dict[str, bytes]
) -> None:
    site.files = bundled
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{site.base}search/?q=hip")
    page.wait_for_selector(".hit")

    dots = page.evaluate(
        """() => [...document.querySelectorAll(".rows .meta .dot")].map(dot => {
          const after = new Range();
          after.selectNodeContents(dot.nextSibling);
          if (!dot.checkVisibility()) return "hidden";
          return after.getClientRects()[0].top - dot.getBoundingClientRect().top;
        })"""
    )

    # A course has a line of its own.
    assert "hidden" in dots
    assert {dot for dot in dots if dot != "hidden"} == {0}


def test_an_article_is_named_and_opens_at_its_heading(page: Any, small: Site) -> None:
    assert look_for(page, small, "slowly") == ["Article · 1 May 2026"]
    page.wait_for_selector(".hit a")
    assert page.get_attribute(".hit a", "href") == "../articles/pace/#slow"
    assert page.inner_text(".hit a") == "On walking"


def test_of_the_places_those_with_all_words_come_first(page: Any, small: Site) -> None:
    look_for(page, small, "bergamot hills")
    page.wait_for_selector(".hit a")
    assert page.inner_text(".hit a").startswith("0:09")
    assert page.eval_on_selector_all(".hit:nth-child(3) mark", "marks => marks.length") == 2


def test_a_filter_works_with_words_and_alone(page: Any, small: Site) -> None:
    page.goto(f"{small.base}search/")
    assert page.input_value("select[name=tag]") == ""
    page.select_option("select[name=tag]", label="injury")
    wait_until(page, "document.querySelectorAll('.rows > li').length == 3")
    # The newest first, and nothing of them is loaded, since there is no word to look for.
    assert facts(page) == ["rare", "chapter", "transcript"]
    assert page.url.endswith("/search/?tag=injury")
    assert not [path for path, _ in small.asked if path.endswith("/search.json")]
    page.fill(".search input", "hills")
    wait_until(page, "document.querySelector('.rows').textContent.includes('Three')")
    wait_until(page, "location.search == '?q=hills&tag=injury'")
    page.goto(f"{small.base}search/?q=hills&tag=injury")
    wait_until(page, "document.querySelectorAll('.rows > li').length == 3")
    assert facts(page) == ["chapter", "transcript", "rare"]
    assert page.input_value("select[name=tag]") == "injury"
    page.select_option("select[name=tag]", "")
    wait_until(page, "document.querySelectorAll('.rows > li').length == 5")


def test_a_filter_that_is_not_there_is_none(page: Any, small: Site) -> None:
    page.goto(f"{small.base}search/?q=saw&tag=__proto__&person=nobody&length=3")
    page.wait_for_selector(".hit a")
    assert facts(page) == ["notes"]
    assert page.input_value("select[name=tag]") == ""


def test_what_authors_write_stays_text(page: Any, small: Site) -> None:
    assert look_for(page, small, "__proto__ onerror") == ["hostile"]
    wait_until(page, "document.querySelectorAll('mark').length == 2")
    assert page.query_selector(".rows img, .rows b") is None
    assert page.inner_text(".rows h2") == "<b>Ink</b>"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_results_can_be_read_by_everybody(page: Any, small: Site, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 390, "height": 844})
    look_for(page, small, "hills")
    wait_until(page, "document.querySelectorAll('.hit').length > 3")
    assert axe.faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_long_title_in_a_filter_stays_in_the_page(page: Any, small: Site) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{small.base}search/")
    page.evaluate("document.querySelector('option').textContent = 'A very long season '.repeat(9)")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_hours_are_told(page: Any, small: Site) -> None:
    look_for(page, small, "hilly")
    page.wait_for_selector(".hit a")
    assert page.inner_text(".hit a").startswith("1:01:01")


def test_nothing_found_is_said_in_words(page: Any, site: Site) -> None:
    assert look_for(page, site, "xylophone") == []
    assert page.inner_text(".found").startswith("Nothing was found.")
    page.fill(".search input", "")
    wait_until(page, "!document.querySelector('.found').textContent")


def test_an_index_that_cannot_be_loaded_is_told(page: Any, site: Site) -> None:
    del site.files["search/index.json"]
    look_for(page, site, "hips")
    assert "could not be loaded" in page.inner_text(".found")


def test_only_what_a_query_needs_is_loaded(page: Any, small: Site) -> None:
    look_for(page, small, "bergamot")
    page.wait_for_selector(".hit a")
    documents = [path for path, _ in small.asked if path.endswith("/search.json")]
    assert documents == ["episodes/rare/search.json"]


def test_more_results_wait_for_a_click(page: Any, site: Site) -> None:
    look_for(page, site, "coach")
    assert len(page.query_selector_all(".rows > li")) == 10
    assert len(sample.EDITION.releases) > 10
    page.click(".more")
    wait_until(page, "document.querySelectorAll('.rows > li').length > 10")
    focused = page.evaluate("document.activeElement.textContent")
    assert focused == page.inner_text(".rows > li:nth-child(11) h2")


def test_without_scripts_the_page_leads_to_the_archive(chromium: Any, site: Site) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site.base}search/?q=hips")
    assert page.is_visible("noscript p")
    page.click("noscript a")
    page.wait_for_url("**/archive/")
    context.close()


@pytest.mark.parametrize("path", ["archive/", "404.html"])
def test_a_field_elsewhere_leads_to_the_results(page: Any, site: Site, path: str) -> None:
    page.goto(site.base + path)
    page.fill(".search input", "which way")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=which+way")
    page.wait_for_selector(".hit a")


def test_the_search_is_a_step_away_on_every_page(page: Any, site: Site) -> None:
    for path in ("", "episodes/turning-from-the-middle/", "archive/", "404.html"):
        page.goto(site.base + path)
        page.click(".site-nav a >> text=Search")
        page.wait_for_url("**/search/*")
