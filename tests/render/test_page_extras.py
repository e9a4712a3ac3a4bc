"""Small things that help: how long reading takes, where to mend the notes, the key points."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from castpress.model.notes import Section, SectionRole
from castpress.model.problem import Location
from castpress.read.own_pages import parse_page
from castpress.read.settings import parse_settings
from castpress.read.show_entries import NotesEntry
from castpress.render.text import reading_minutes
from tests.read.test_episode import SETTINGS
from tests.render import sample
from tests.render.long_sample import THREE_HOURS
from tests.render.test_group_pages import article, site, with_fields

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
