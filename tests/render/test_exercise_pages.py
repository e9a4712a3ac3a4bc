"""The page of all exercises, and the ways there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from castpress.model.podcast import Exercise
from tests.render import sample
from tests.render.test_group_pages import site, with_fields, words

PLANK = Exercise("Side-plank", "steadies the hips.")
HIPS, SHOULDERS = sample.LESSONS[4], sample.LESSONS[6]
HILLS = sample.EPISODES[3]


def entries(page: Any) -> dict[str, list[str]]:
    """Of each exercise: its name, then the addresses that it links to."""
    return {
        entry.get("id"): [
            " ".join(entry.xpath(".//h2")[0].text_content().split()),
            *entry.xpath(".//a/@href"),
        ]
        for entry in page.xpath("//li[@class='exercise']")
    }


def test_an_exercise_of_several_lessons_is_listed_once() -> None:
    again = replace(PLANK, name="side plank", reason="Saves the knees.", url="https://a.example/p")
    pages = site(
        with_fields(SHOULDERS, exercises=(replace(again, name="Sidé plank!"),)),
        with_fields(HIPS, exercises=(PLANK, PLANK), exercises_anchor="to-do"),
    )

    page = pages["exercises/"]
    assert entries(page) == {
        "side-plank": [
            "Side-plank",
            "https://a.example/p",
            "../courses/run-without-pain/hips/#to-do",
            "../courses/run-without-pain/shoulders/#exercises_title",
        ]
    }
    assert words(page) == (
        "Exercises Side-plank Steadies the hips. Saves the knees. "
        "Lesson 5 Hips Lesson 7 Those forgotten shoulders"
    )


def test_exercises_stand_by_the_alphabet_and_below_what_they_are_from() -> None:
    pages = site(
        with_fields(HILLS, exercises=(Exercise("squat"), PLANK)),
        with_fields(HIPS, exercises=(PLANK, Exercise("Ürdü"), Exercise("深蹲"))),
    )

    page = pages["exercises/"]
    assert list(entries(page)) == ["shen-dun", "side-plank", "squat", "urdu"]
    homes = page.xpath("//li[@id='side-plank']/p[@class='meta']/text()")
    assert homes == ["Run Without Pain", "The Long Way Round"]


def test_pages_lead_to_the_exercises_where_there_are_any() -> None:
    pages = site(sample.LOWER_BACK, HILLS, HIPS)

    lesson = pages[sample.LOWER_BACK.episode.page_path]
    cards = lesson.xpath("//li[@class='exercise']/p[@class='meta']/a")
    assert [(a.get("href"), a.text_content()) for a in cards] == [
        ("../../../exercises/#foam-roll-upper-back", "Where it is used: Foam roll, upper back"),
        ("../../../exercises/#long-lunge", "Where it is used: Long lunge"),
        ("../../../exercises/#dead-bug", "Where it is used: Dead bug"),
    ]
    assert "../../exercises/" in pages[sample.COURSE.feed.page_path].xpath("//main//a/@href")
    assert "../exercises/" in pages["archive/"].xpath("//main//a/@href")


def test_without_exercises_there_is_no_such_page() -> None:
    pages = site(HILLS, HIPS)

    assert "exercises/" not in pages
    assert all("exercises/" not in str(a) for p in pages.values() for a in p.xpath("//a/@href"))


def test_the_sitemap_names_the_page_of_exercises() -> None:
    from castpress.model.podcast import Edition
    from castpress.render.pages import render_pages

    def sitemap(*releases: Any) -> bytes:
        made, _ = render_pages(Edition(sample.SHOW, releases), sample.templates())
        return next(a.content or b"" for a in made if a.path == "sitemap.xml")

    assert b"<loc>https://stride.example/exercises/</loc>" in sitemap(sample.LOWER_BACK)
    assert b"exercises/" not in sitemap(HILLS)
