"""The author's own pages: what is read of them, and where they lie."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.notes import Section
from castpress.model.own_pages import RESERVED, OwnPage, PageLink
from castpress.model.problem import Location
from castpress.read.own_pages import page_address, parse_page, settle_pages, with_page_links

FILE = PurePosixPath("pages/about-us.md")
ABOUT = """\
---
slug: about
nav: true
order: 2
---

# About us

Two coaches, <script>x()</script> one [podcast](../episodes/hills/).

## Doors open 9:30

See https://example.com/map.
"""


def page_of(text: str, name: str = "about-us.md") -> OwnPage:
    page, _ = parse_page(text, PurePosixPath("pages") / name)
    assert page is not None
    return page


def test_a_page_is_read_with_its_settings() -> None:
    page, problems = parse_page(ABOUT, FILE)

    assert page is not None
    assert page.link == PageLink("about", "About us", "about-us", is_in_nav=True)
    assert (page.order, page.location) == (2, Location(FILE, 2, 7))
    assert [problem.code for problem in problems] == ["dropped-html"]
    assert [section.title for section in page.sections] == ["", "Doors open 9:30"]
    assert "<script" not in page.sections[0].html
    assert page.sections[1].html == (
        '<p>See <a href="https://example.com/map">https://example.com/map</a>.</p>'
    )
    assert page.sections[1].start_ms is None  # an hour of the day is no moment of any audio


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: Our gear\n---\n\n# Shoes\n", "Our gear"),
        ("# What we use\n\nShoes.\n", "What we use"),
        ("Shoes.\n", "About us"),
        ("", "About us"),
    ],
)
def test_the_title_is_that_of_the_settings_the_heading_or_the_file(text: str, title: str) -> None:
    assert page_of(text).link == PageLink("about-us", title, "about-us")


def test_a_draft_is_no_page() -> None:
    assert parse_page("---\ndraft: true\n---\nHm.", FILE) == (None, ())


def test_words_of_other_tools_are_corrected_with_their_line() -> None:
    _, (problem,) = parse_page("---\ntitle: About\npermalink: /about/\n---\n", FILE)

    assert (problem.code, problem.location.line) == ("renamed-key", 3)
    assert "slug" in problem.help


def test_a_name_without_letters_needs_an_address() -> None:
    page, (problem,) = parse_page("# ♥\n", PurePosixPath("pages/♥.md"))

    assert page is None
    assert (problem.code, str(problem.location.file)) == ("page-without-address", "pages/♥.md")


@pytest.mark.parametrize("slug", sorted(RESERVED - {"404"}))
def test_addresses_of_castpress_are_taken(slug: str) -> None:
    text = f"---\ntitle: Mine\nslug: {slug}\n---\n"

    pages, (problem,) = settle_pages([page_of(text)])

    assert pages == ()
    assert (problem.code, problem.location.line) == ("page-address-taken", 3)
    assert "castpress's own" in problem.message


def test_two_pages_at_one_address_are_one_and_a_problem() -> None:
    first, second = page_of("One", "about.md"), page_of("---\nslug: about\n---\nTwo", "us.md")

    pages, (problem,) = settle_pages([first, second])

    assert pages == (first,)
    assert (str(problem.location.file), problem.location.line) == ("pages/us.md", 2)
    assert "that of about.md" in problem.message


def test_pages_stand_in_their_order_then_by_title() -> None:
    found = [
        page_of("---\ntitle: Zebra\n---\n", "a.md"),
        page_of("---\ntitle: apple\n---\n", "b.md"),
        page_of("---\ntitle: Last\norder: 9\n---\n", "c.md"),
        page_of("---\ntitle: First\norder: 1\n---\n", "d.md"),
    ]

    pages, _ = settle_pages(found)

    assert [page.link.title for page in pages] == ["First", "Last", "apple", "Zebra"]


@pytest.mark.parametrize(
    ("typed", "there"),
    [
        ("../about/", "../../about/"),
        ("about/", "../../about/"),
        ("/about", "../../about/"),
        ("../../about/index.html#amy", "../../about/#amy"),
        ("../pages/about-us.md", "../../about/"),
        ("about-us.md?x=1#amy", "../../about/?x=1#amy"),
        ("../episodes/about/", "../episodes/about/"),
        ("https://example.com/about/", "https://example.com/about/"),
        ("//example.com/about/", "//example.com/about/"),
        ("mailto:about", "mailto:about"),
        ("#about", "#about"),
        ("about-us", "about-us"),
    ],
)
def test_links_lead_to_a_page_however_they_are_typed(typed: str, there: str) -> None:
    section = Section("", 0, "notes", f'<p><a class="x" href="{typed}">us</a></p>', Location(FILE))
    link = PageLink("about", "About us", "about-us")

    (found,) = with_page_links([section], [link], depth=2)

    assert found.html == f'<p><a class="x" href="{there}">us</a></p>'
    below_site = there.removeprefix("../..") if typed != there else typed
    assert page_address(typed, [link]) == below_site


def test_articles_lie_apart_from_pages_and_the_newest_is_first() -> None:
    def article(name: str, *keys: str) -> OwnPage:
        head = "\n".join(("---", "type: article", *keys, "---", "[About](../pages/about.md)"))
        return page_of(head, name)

    pages, problems = settle_pages(
        [
            article("tags.md"),
            article("old.md", "published: 2026-01-01"),
            article("new.md", "published: 2026-02-01 06:00", "author: Liz"),
            article("us.md", "slug: about"),
            page_of("Us.", "about.md"),
        ]
    )

    assert problems == ()
    assert [page.link.path for page in pages] == [
        "about/", "articles/new/", "articles/old/", "articles/tags/", "articles/about/",
    ]  # fmt: skip
    assert pages[1].author == "Liz"
    assert 'href="../../about/"' in pages[1].sections[0].html


def test_a_date_is_meant_in_the_zone_of_the_show() -> None:
    page, _ = parse_page("---\npublished: 2026-02-01 06:00\n---\n", FILE, "Asia/Tokyo")

    assert page is not None
    assert str(page.published) == "2026-02-01 06:00:00+09:00"


def test_pages_link_to_each_other() -> None:
    pages, _ = settle_pages([page_of("[Gear](gear.md)", "about.md"), page_of("Shoes.", "gear.md")])

    assert 'href="../gear/"' in pages[0].sections[0].html


@given(st.text(max_size=300))
def test_no_text_raises_and_every_page_can_be_linked_to(text: str) -> None:
    page, problems = parse_page(text, FILE)

    assert all(problem.location.file == FILE for problem in problems)
    pages, _ = settle_pages([page] if page else [])
    assert all(page.link.title and page.link.slug.isascii() for page in pages)
