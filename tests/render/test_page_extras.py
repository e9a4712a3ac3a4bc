"""Small things that help: how long reading takes, where to mend the notes, the key points."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from lxml import html

from castpress.model.notes import Section, SectionRole
from castpress.model.podcast import Link, Person, Release
from castpress.model.problem import Location
from castpress.read.own_pages import parse_page
from castpress.read.people import PersonEntry
from castpress.read.settings import parse_settings
from castpress.read.show_entries import NotesEntry
from castpress.render.feed import render_feed
from castpress.render.text import reading_minutes
from tests.read.test_episode import SETTINGS
from tests.render import sample
from tests.render.long_sample import THREE_HOURS
from tests.render.test_group_pages import article, data, site, with_fields

PATH = sample.MIDBACK.episode.page_path
EDIT = "https://github.example/me/show/edit/main/{file}?a=1&b=2"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("", 1), ("word " * 220, 1), ("word " * 900, 4), ("走" * 2000, 4), ("走る " * 500, 2)],
)
def test_reading_takes_a_minute_for_220_words_or_500_letters_that_are_words(
    text: str, minutes: int
) -> None:
    assert reading_minutes([text, ""]) == minutes
    assert reading_minutes(text.split(" ")) == minutes


def test_articles_say_how_long_reading_takes_and_so_do_lists_of_them() -> None:
    own = article("Shoes")
    text = replace(own.sections[0], html=f"<p>{'word ' * 880}</p>")
    pages = site(sample.MIDBACK, pages=(replace(own, sections=(text,)),))

    assert "4 min read" in pages["articles/shoes/"].xpath("string(//h1/following-sibling::p)")
    for path in ("articles/", ""):
        rows = pages[path].xpath("//*[contains(@class, 'is-article')]//*[@class='meta']")
        assert [row.text_content() for row in rows] == ["4 min read"]


def test_a_page_that_is_read_at_a_glance_does_not_count_it() -> None:
    about, _ = parse_page("# About\n\nUs.", PurePosixPath("pages/about.md"))
    assert about is not None

    page = site(pages=(about,))["about/"]

    assert not page.xpath("//main//*[@class='meta']")


def test_a_transcript_says_how_long_reading_takes_before_it_is_opened() -> None:
    pages = site(THREE_HOURS)
    said = " ".join(cue.text for cue in THREE_HOURS.episode.transcripts[0].cues)

    words = f"{round(len(said.split()) / 220)} min read"
    (link,) = pages[PATH].xpath("//ul[@class='player-links']//a[@href='#page_transcript']")
    assert " ".join(link.text_content().split()) == f"Transcript {words}"
    assert words in pages[f"{PATH}transcript/"].xpath("string(//header/p[@class='meta'])")


def test_a_link_leads_to_where_the_notes_can_be_mended() -> None:
    place = Location(PurePosixPath("show_notes/6 Mid & back.md"), 1)
    own = replace(article("Shoes"), location=Location(PurePosixPath("pages/shoes.md"), 3))

    pages = site(with_fields(sample.MIDBACK, location=place), pages=(own,), edit_url=EDIT)

    begin, end = "https://github.example/me/show/edit/main/", "?a=1&b=2"
    (link,) = pages[PATH].xpath("//dl[@class='facts']//a[contains(., 'Edit these notes')]")
    assert link.get("href") == f"{begin}show_notes/6%20Mid%20%26%20back.md{end}"
    (link,) = pages["articles/shoes/"].xpath("//main//a[contains(., 'Edit this page')]")
    assert link.get("href") == f"{begin}pages/shoes.md{end}"


def test_without_such_an_address_there_is_no_link() -> None:
    pages = site(sample.MIDBACK, pages=(article("Shoes"),))

    for path in (PATH, "articles/shoes/"):
        assert not pages[path].xpath("//a[starts-with(., 'Edit')]")


@pytest.mark.parametrize("typed", ["https://github.example/edit/main/", "ftp://x/{file}", "{file}"])
def test_an_address_without_place_for_the_note_is_told_with_what_to_type(typed: str) -> None:
    text = f"{SETTINGS}site: {{edit_url: '{typed}'}}\n"

    _, (problem,) = parse_settings(text, PurePosixPath("show.yaml"))

    assert (problem.code, problem.location.line) == ("bad-value", text.count("\n"))
    assert "https://github.com/me/show/edit/main/{file}" in problem.help


def pinned(*releases: Release) -> tuple[Release, ...]:
    return tuple(with_fields(release, is_pinned=True) for release in releases)


def rows_below(page: html.HtmlElement, title: str) -> list[str]:
    rows = page.xpath(f"//section[h2='{title}']//*[@class='row-title']")
    return [" ".join(row.text_content().split()) for row in rows]


def test_the_home_page_shows_three_places_to_start_and_not_twice() -> None:
    plain = [
        with_fields(
            sample.MIDBACK, course=None, slug=f"run-{day}", title=f"Run {day}", guid=str(day)
        )
        for day in range(1, 7)
    ]
    dated = [
        with_fields(r, published=sample.MIDBACK.published.replace(month=1, day=day), updated=None)
        for day, r in enumerate(plain, start=1)
    ]

    home = site(*dated[:1], *pinned(*dated[1:]))[""]

    assert home.xpath("string(//h2[@id='newest_title'])") == "Run 6"
    assert rows_below(home, "Good places to start") == ["Run 5", "Run 4", "Run 3"]
    assert rows_below(home, "More episodes") == ["Run 2", "Run 1"]


def test_without_any_there_is_no_such_list() -> None:
    assert rows_below(site(*sample.EPISODES)[""], "Good places to start") == []


def test_a_persons_page_leads_to_where_else_they_are() -> None:
    links = (
        Link("Mastodon", "https://run.example/@zoe"),
        Link("Bad", "javascript:x()"),
        Link("Club", "https://club.example/zoe"),
    )
    zoe = Person("Zoë", role="guest", href="https://zoe.example/", links=links)
    release = with_fields(sample.MIDBACK, people=(zoe,))

    page = site(release)["people/zoe/"]

    pills = page.xpath("//main//ul[@class='pills']//a")
    assert [(a.text, a.get("href")) for a in pills] == [(at.title, at.url) for at in links[::2]]
    same = ["https://zoe.example/", links[0].url, links[2].url]
    assert data(page)["sameAs"] == same


def test_links_of_a_person_are_read_from_a_list_or_one() -> None:
    link = {"title": "Mastodon", "url": "https://run.example/@zoe"}
    for typed in (link, [link]):
        entry = PersonEntry.model_validate({"name": "Zoë", "links": typed})
        assert entry.as_person({}).links == (Link("Mastodon", "https://run.example/@zoe"),)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("© 2019–{year} Amy", "© 2019–2026 Amy"),
        ("© {year} Amy", "© 2026 Amy"),
        ("© 2020 Amy {years}", "© 2020 Amy {years}"),
    ],
)
def test_the_year_of_a_copyright_is_that_of_the_newest_change(typed: str, shown: str) -> None:
    feed = replace(sample.SHOW.feed, copyright=typed)
    day = sample.MIDBACK.published.replace(year=2026, month=2)
    release = with_fields(sample.MIDBACK, published=day.replace(year=2025), updated=day)

    pages = site(release, feed=feed)
    content = render_feed(replace(sample.SHOW, feed=feed), feed, (release,)).content or b""

    assert shown in pages[""].xpath("string(//footer)")
    assert f"<copyright>{shown}</copyright>" in content.decode()


def test_without_a_change_the_year_is_left_out() -> None:
    feed = replace(sample.SHOW.feed, copyright="© {year} Amy")

    assert b"<copyright>\xc2\xa9 Amy</copyright>" in (
        render_feed(sample.SHOW, feed, ()).content or b""
    )
    assert "© Amy" in site(feed=feed)[""].xpath("string(//footer)")


def test_key_points_stand_in_a_box() -> None:
    points = Section("Key points", 2, "key-points", "<ul><li>Rest.</li></ul>", sample.place("x"))
    points = replace(points, role=SectionRole.TAKEAWAYS)

    page = site(with_fields(sample.MIDBACK, sections=(points,)))[PATH]

    (section,) = page.xpath("//section[contains(@class, 'role-takeaways')]")
    assert section.xpath("string(.//h2)") == "Key points"
    assert ".role-takeaways" in sample.templates()["theme.css"]


def test_other_headings_can_mean_key_points() -> None:
    entry = NotesEntry.model_validate({"takeaway_headings": "Merke"})

    assert entry.as_vocabulary().takeaways == ("Merke",)
