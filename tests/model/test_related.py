"""Pages by what an author calls them."""

from __future__ import annotations

import pytest

from castpress.model.own_pages import PageLink
from castpress.model.podcast import Episode
from castpress.model.related import Directory, FoundPage
from tests.render import sample
from tests.render.test_group_pages import with_fields

HILLS, REST = sample.EPISODES[3].episode, sample.EPISODES[2].episode
FEET = sample.LESSONS[1].episode
TENTH = with_fields(sample.EPISODES[1], stem="002-first-ten", number=2, aliases=("ten",)).episode
HALF = with_fields(sample.MIDBACK, number=14, decimal_number="14.5").episode
ABOUT = PageLink("about", "Who we are", "about-us")
WHY = PageLink("why", "Why?", "why", is_article=True)
SHOW = Directory((HILLS, REST, FEET, TENTH, HALF), (ABOUT, WHY))


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("on-hills", HILLS),
        ("13", HILLS),
        ("013", HILLS),
        ("Hills without hatred", HILLS),
        ("hills without hatred!", HILLS),
        ("002-first-ten", TENTH),
        ("002-first-ten.md", TENTH),
        ("../show_notes/002-first-ten.md", TENTH),
        ("/episodes/first-ten/", TENTH),
        ("ten", TENTH),
        ("2", TENTH),
        ("14.5", HALF),
        ("Feet first", FEET),
    ],
)
def test_an_episode_is_found_by_each_of_its_names(name: str, page: Episode) -> None:
    assert SHOW.find(name, REST) == FoundPage(page.title, page.page_path)


@pytest.mark.parametrize(
    "name", ["about", "about-us", "pages/about-us.md", "/about/", "who we are"]
)
def test_a_page_is_found_by_each_of_its_names(name: str) -> None:
    assert SHOW.find(name, REST) == FoundPage("Who we are", "about/")


def test_an_article_lies_among_the_articles() -> None:
    assert SHOW.find("why", REST) == FoundPage("Why?", "articles/why/")


def test_a_number_is_of_the_same_course_first() -> None:
    other = sample.LESSONS[0].episode
    found = SHOW.find("2", other)
    assert found is not None
    assert found.title == "Feet first"


@pytest.mark.parametrize("name", ["rest-days", "12", "14", "nothing", "🏃", ""])
def test_nobody_is_called_so_or_only_the_one_who_asks(name: str) -> None:
    assert SHOW.find(name, REST) is None


def test_what_may_have_been_meant() -> None:
    assert SHOW.near("on-hils", REST) == ("on-hills",)
    assert SHOW.near("rest-day", REST) == ()
    assert SHOW.near("who are we", REST) == ("Who we are",)
