"""Fields that lead to the search from other pages, and the seasons on the front page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import html

from castpress.render.pages import render_pages
from tests.render import sample

if TYPE_CHECKING:
    from castpress.model.podcast import Edition


def pages_of(edition: Edition) -> dict[str, html.HtmlElement]:
    artifacts, problems = render_pages(edition, sample.templates())
    assert not problems
    return {
        a.path: html.document_fromstring(a.content or b"")
        for a in artifacts
        if a.path.endswith(".html")
    }


def policy(page: html.HtmlElement) -> str:
    (found,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    return str(found)


@pytest.mark.parametrize(
    ("path", "action"),
    [("archive/index.html", "../search/"), ("404.html", "/search/")],
)
def test_the_field_leads_to_the_search_with_what_was_typed(path: str, action: str) -> None:
    page = pages_of(sample.EDITION)[path]
    (form,) = page.xpath("//form")
    assert (form.get("action"), form.get("method"), form.get("role")) == (action, "get", "search")
    assert form.xpath(".//input/@name") == ["q"]
    assert form.xpath(".//input/@aria-label") == ["Search all episodes"]
    assert "form-action 'self'" in policy(page)


def test_no_other_page_sends_forms() -> None:
    searching = {"archive/index.html", "404.html", "search/index.html"}
    for path, page in pages_of(sample.EDITION).items():
        if path not in searching and page.xpath("//meta[@http-equiv='Content-Security-Policy']"):
            assert "form-action 'none'" in policy(page), path
            assert not page.xpath("//form[@action]"), path


def test_a_show_without_a_search_has_no_field() -> None:
    pages = pages_of(replace(sample.EDITION, show=replace(sample.SHOW, has_search=False)))
    for path in ("archive/index.html", "404.html"):
        assert not pages[path].xpath("//form")
        assert "form-action 'none'" in policy(pages[path])


def seasons(edition: Edition) -> list[tuple[str, str]]:
    links = pages_of(edition)["index.html"].xpath("//nav[@aria-label='Seasons']//a")
    return [(link.text, link.get("href")) for link in links]


def test_the_front_page_leads_to_the_seasons_where_there_are_several() -> None:
    assert seasons(sample.EDITION) == [("Season 1", "./seasons/1/"), ("Season 2", "./seasons/2/")]
    only = sample.newest_first(sample.EPISODES[2:])
    assert seasons(replace(sample.EDITION, releases=only)) == []
