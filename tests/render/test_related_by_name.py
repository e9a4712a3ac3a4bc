"""Related pages that notes name: on the page, in Markdown, and while they are not out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from castpress.check.related import check_related
from castpress.model.own_pages import OwnPage, PageLink
from castpress.model.podcast import Edition, Link, Release
from castpress.model.problem import Severity
from castpress.model.related import NamedPage
from castpress.render.catalogue import catalogue
from castpress.render.markdown_page import render_markdown_page
from castpress.render.pages import render_pages
from tests.render import sample
from tests.render.test_group_pages import with_fields

HILLS, REST = sample.EPISODES[3], sample.EPISODES[2]
ELSEWHERE = Link("A map", "https://maps.example/")
ABOUT = OwnPage(PageLink("about", "About us", "about"), "", (), sample.place("about"))


def named(*names: str) -> tuple[NamedPage, ...]:
    return tuple(NamedPage(name, sample.place("x")) for name in names)


def edition(*others: Release, **fields: object) -> tuple[Release, Edition]:
    asking = with_fields(HILLS, **fields)
    releases = sample.newest_first((asking, *others))
    return asking, replace(sample.EDITION, releases=releases, pages=(ABOUT,))


def links(*others: Release, **fields: object) -> list[tuple[str, str]]:
    asking, shown = edition(*others, **fields)
    artifacts, problems = render_pages(shown, sample.templates())
    assert not problems
    path = asking.episode.page_path + "index.html"
    from lxml import html

    page = html.document_fromstring(next(a.content for a in artifacts if a.path == path))
    rows = page.xpath("//section[@aria-labelledby='related_title']//a")
    return [(a.text, a.get("href")) for a in rows]


def test_names_become_links_with_titles_in_the_order_of_the_author() -> None:
    chosen = (*named("about", "12"), ELSEWHERE, *named("the-lower-back", "nothing"))

    assert links(REST, sample.LOWER_BACK, related=chosen) == [
        ("About us", "../../about/"),
        ("Rest days are training days", "../../episodes/rest-days/"),
        ("A map", "https://maps.example/"),
        ("The lower back", "../../courses/run-without-pain/the-lower-back/"),
    ]


def test_what_is_not_out_is_not_told_and_others_stand_in() -> None:
    assert links(sample.MIDBACK, related=named("rest-days")) == [
        (sample.MIDBACK.episode.title, "../../episodes/turning-from-the-middle/")
    ]


def test_a_name_means_the_same_before_its_day_as_on_it() -> None:
    number = str(REST.episode.number)
    lesson = replace(
        sample.LOWER_BACK, episode=replace(sample.LOWER_BACK.episode, number=REST.episode.number)
    )
    asking, shown = edition(lesson, related=named(number))
    waiting = replace(shown, waiting=(REST.episode,))

    assert catalogue(waiting).surroundings(asking).chosen == ()
    assert [link.title for link in catalogue(shown).surroundings(asking).chosen] == [
        lesson.episode.title
    ]


def test_markdown_says_them_too() -> None:
    asking, shown = edition(REST, related=named("12"))
    listed = catalogue(shown)
    around = listed.surroundings(asking)

    text = (render_markdown_page(asking, listed.frame, around.chosen).content or b"").decode()

    link = "[Rest days are training days](https://stride.example/episodes/rest-days/)"
    assert f"\n## Links\n\n- {link}\n" in text


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("rest-dayz", "did you mean 'rest-days'?"),
        ("zzz", "write the slug, the file's name, the number or the title"),
    ],
)
def test_a_name_that_nobody_has_is_told(name: str, advice: str) -> None:
    asking = with_fields(HILLS, related=(*named(name, "12", "about"), ELSEWHERE)).episode

    (problem,) = check_related((asking, REST.episode), (ABOUT.link,))

    assert (problem.code, problem.severity) == ("unknown-related", Severity.WARNING)
    assert problem.message == f"no other episode and no page is called {name!r}"
    assert problem.help.startswith(advice)
    assert problem.location == sample.place("x")
