"""Corrections wherever an episode is shown."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from castpress.model.podcast import Correction
from castpress.render.catalogue import catalogue
from castpress.render.description import gather_blocks
from castpress.render.markdown_page import render_markdown_page
from castpress.render.search_document import render_search_document
from tests.render import sample
from tests.render.test_group_pages import data, site, with_fields

DAY = datetime(2026, 6, 2, tzinfo=sample.ZONE)
CORRECTIONS = (
    Correction("Twelve vertebrae & not <ten>.", DAY, 125_500),
    Correction("Her name is Ottilie."),
)
RELEASE = with_fields(sample.MIDBACK, corrections=CORRECTIONS)
FRAME = catalogue(replace(sample.EDITION, releases=(RELEASE,))).frame


def test_they_stand_on_the_page_before_the_notes() -> None:
    page = site(RELEASE)[RELEASE.episode.page_path]

    (section,) = page.xpath("//section[@aria-labelledby='corrections_title']")
    assert [" ".join(row.text_content().split()) for row in section.xpath(".//li")] == [
        "2 June 2026 2:05 Twelve vertebrae & not <ten>.",
        "Her name is Ottilie.",
    ]
    (link,) = section.xpath(".//a")
    assert (link.get("data-seek"), link.get("href")[-8:]) == ("125.5", "#t=125.5")
    assert section.getnext().xpath("string(.//h2)") == "What’s this episode about?".replace(
        "’", "'"
    )


def test_machines_read_them() -> None:
    assert data(site(RELEASE)[RELEASE.episode.page_path])["correction"] == [
        {
            "@type": "CorrectionComment",
            "text": "Twelve vertebrae & not <ten>.",
            "datePublished": "2026-06-02T00:00:00+02:00",
        },
        {"@type": "CorrectionComment", "text": "Her name is Ottilie."},
    ]


def test_markdown_says_them_before_the_notes() -> None:
    text = (render_markdown_page(RELEASE, FRAME).content or b"").decode()

    page = f"https://stride.example/{RELEASE.episode.page_path}"
    said = f"- 2 June 2026 · [2:05]({page}#t=125.5) · Twelve vertebrae & not \\<ten\\>."
    assert f"\n## Corrections\n\n{said}\n- Her name is Ottilie.\n" in text
    assert text.index("## Corrections") < text.index("## Chapters")


def test_apps_show_them_behind_the_notes_while_there_is_room() -> None:
    blocks = gather_blocks(sample.SHOW, RELEASE.episode)

    tail = (
        "<p><strong>Corrections</strong></p>\n"
        "<p>2 June 2026: Twelve vertebrae &amp; not &lt;ten&gt;.</p>\n"
        "<p>Her name is Ottilie.</p>\n"
    )
    whole = blocks.whole()
    assert tail in whole
    limit = len(whole.encode()) - 40
    assert "<p>Her name is Ottilie.</p>" not in blocks.within(limit)
    missing = blocks.missing(limit)
    assert missing is not None
    assert missing.sections == ("Corrections",)


def test_the_search_finds_them() -> None:
    places = json.loads(render_search_document(RELEASE, FRAME).content or b"")

    assert [4, 125.5, "Twelve vertebrae & not <ten>."] in places
    assert [4, "#corrections_title", "Her name is Ottilie."] in places


def test_an_episode_without_any_says_nothing() -> None:
    page = site(sample.MIDBACK)[RELEASE.episode.page_path]

    assert not page.xpath("//*[@id='corrections_title']")
    assert "correction" not in data(page)
