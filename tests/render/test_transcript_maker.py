"""A transcript that a machine made says so, and asks for what is wrong in it."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

from castpress.model.podcast import Release, TranscriptMaker
from castpress.render.catalogue import catalogue
from castpress.render.markdown_page import render_markdown_page
from tests.render import sample
from tests.render.long_sample import THREE_HOURS
from tests.render.test_group_pages import site, with_fields

DOUBT = "This transcript was made by a machine and may have mistakes."
RELEASE = with_fields(sample.MIDBACK, transcript_made_by=TranscriptMaker.MACHINE)
PATH = RELEASE.episode.page_path
LINE = "//section[@class='transcript']/h2/following-sibling::*[1][self::p]"


def markdown(release: Release) -> str:
    frame = catalogue(replace(sample.EDITION, releases=(release,))).frame
    return (render_markdown_page(release, frame).content or b"").decode()


def test_a_line_above_it_says_so_with_a_link_to_write() -> None:
    (line,) = site(RELEASE, contact="amy@stride.example")[PATH].xpath(LINE)

    assert " ".join(line.text_content().split()) == f"{DOUBT} Found a mistake? Tell us."
    (link,) = line.xpath(".//a")
    title = RELEASE.episode.title
    assert unquote(link.get("href")) == f"mailto:amy@stride.example?subject={title}"


def test_without_a_contact_there_is_nobody_to_write_to() -> None:
    (line,) = site(RELEASE, contact=None)[PATH].xpath(LINE)

    assert line.text_content().strip() == DOUBT


def test_a_long_one_says_so_on_both_pages() -> None:
    long = with_fields(THREE_HOURS, transcript_made_by=TranscriptMaker.MACHINE)

    pages = site(long)

    for path in (PATH, f"{PATH}transcript/"):
        (line,) = pages[path].xpath(LINE)
        assert DOUBT in line.text_content()


def test_what_people_wrote_down_says_nothing() -> None:
    for maker in (None, TranscriptMaker.PEOPLE):
        release = with_fields(sample.MIDBACK, transcript_made_by=maker)
        assert site(release)[PATH].xpath(LINE) == []
        assert DOUBT not in markdown(release)


def test_markdown_says_it_beside_the_file() -> None:
    (line,) = (line for line in markdown(RELEASE).splitlines() if "transcript" in line.lower())

    assert line.startswith("- Transcript (en): <https://stride.example/")
    assert line.endswith(f"> · {DOUBT}")
