"""Long transcripts: the beginning on the episode's page, all of it on one of its own."""

from __future__ import annotations

import gzip
from dataclasses import replace

import pytest
from lxml import html

from castpress.model.podcast import Cue, Edition, Release, Remark, Transcript
from castpress.model.transcript_size import LONGEST_BYTES, is_for_own_page
from castpress.render.pages import render_pages
from castpress.render.transcript_view import beginning, view_transcript
from tests.render import sample
from tests.render.long_sample import THREE_HOURS, cues, spoken

PATH = sample.MIDBACK.episode.page_path
PAGE_BYTES = 40_000


def files_of(release: Release) -> dict[str, bytes]:
    artifacts, problems = render_pages(Edition(sample.SHOW, (release,)), sample.templates())
    assert not problems
    return {artifact.path: artifact.content or b"" for artifact in artifacts}


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return files_of(THREE_HOURS)


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6, mtime=0))


def test_an_episode_of_three_hours_has_a_page_that_opens_at_once(files: dict[str, bytes]) -> None:
    assert len(THREE_HOURS.episode.transcripts[0].cues) * 10 == 30_000
    assert packed(files[f"{PATH}index.html"]) <= PAGE_BYTES // 2


@pytest.mark.parametrize("turn", [1, 2, 6, 100])
def test_the_longest_that_stays_keeps_the_page_within_its_budget(turn: int) -> None:
    words = next(n for n in range(20_000, 0, -100) if not is_for_own(cues(n, turn)))

    page = files_of(spoken(cues(words, turn)))

    assert f"{PATH}transcript/index.html" not in page
    assert len(page[f"{PATH}index.html"]) > LONGEST_BYTES / 2
    assert packed(page[f"{PATH}index.html"]) <= PAGE_BYTES


def is_for_own(said: tuple[Cue, ...]) -> bool:
    return is_for_own_page((Transcript("en", said, sample.place("x")),))


def test_the_episode_says_how_it_begins_and_leads_on(files: dict[str, bytes]) -> None:
    page = html.document_fromstring(files[f"{PATH}index.html"])
    (section,) = page.xpath("//section[@id='page_transcript']")

    said = " ".join(section.xpath("string(.//div)").split())
    assert 150 < len(said.split()) < 300
    assert section.xpath(".//a[@class='pill']/@href") == ["transcript/"]
    assert not section.xpath(".//details | .//*[@class='find'] | .//@data-start")
    assert len(section.xpath(".//a[@data-seek]")) == len(section.xpath(".//*[@class='said']"))
    assert section.xpath(".//a[@download]/@href")[0] == "transcript.en.vtt"


def test_the_page_of_the_transcript_has_all_of_it_and_the_player(files: dict[str, bytes]) -> None:
    page = html.document_fromstring(files[f"{PATH}transcript/index.html"])

    said = " ".join(p.text_content() for p in page.xpath("//p[@class='said']"))
    assert len(said.split()) > 30_000
    (article,) = page.xpath("//article")
    assert article.xpath(".//castpress-player//audio/@src") == [
        "../../../audio/turning-from-the-middle-00112233445566778899aabbccddeeff.wav"
    ]
    assert len(article.xpath(".//a[@data-chapter]")) == 5
    assert article.xpath(".//section/p[@class='find']")
    assert article.xpath(".//a[@download]/@href")[-4:] == [
        f"../transcript.en.{ending}" for ending in ("vtt", "srt", "json", "txt")
    ]
    assert page.xpath("//link[@rel='canonical']/@href") == [
        f"https://stride.example/{PATH}transcript/"
    ]
    assert f"../../../{PATH}" in article.xpath(".//a/@href")


def test_languages_of_page_and_transcript(files: dict[str, bytes]) -> None:
    episode = replace(THREE_HOURS.episode, language="he")

    page = html.document_fromstring(
        files_of(replace(THREE_HOURS, episode=episode))[f"{PATH}transcript/index.html"]
    )

    assert (page.get("lang"), page.get("dir")) == ("he", "rtl")
    (text,) = page.xpath("//div[@class='transcript-text']")
    assert (text.get("lang"), text.get("dir")) == ("en", "ltr")


def test_old_addresses_and_the_sitemap_lead_there() -> None:
    files = files_of(replace(THREE_HOURS, episode=replace(THREE_HOURS.episode, aliases=("old",))))

    moved = html.document_fromstring(files["episodes/old/transcript/index.html"])
    assert moved.xpath("//meta[@http-equiv='refresh']/@content") == [
        "0; url=../../turning-from-the-middle/transcript/"
    ]
    assert moved.xpath("//link[@rel='canonical']/@href") == [
        f"https://stride.example/{PATH}transcript/"
    ]
    assert f"{PATH}transcript/</loc>".encode() in files["sitemap.xml"]


def test_a_short_transcript_has_no_page_of_its_own() -> None:
    files = files_of(sample.MIDBACK)

    assert not [path for path in files if "/transcript/" in path]
    assert b"/transcript/" not in files["sitemap.xml"]


def test_words_without_times_and_without_end_are_cut_for_the_beginning() -> None:
    transcript = Transcript("en", (), sample.place("x"), (Remark("word " * 30_000, "Mira"),))
    assert is_for_own_page((transcript,))
    episode = replace(sample.MIDBACK.episode, transcripts=(transcript,))

    view = view_transcript(episode, "")
    assert view is not None
    (paragraph,) = beginning(view).paragraphs
    assert 1000 < len(paragraph.text) <= 1200
    assert paragraph.text.endswith("…")


def test_bytes_count_and_not_letters() -> None:
    cue = Cue(0, 1000, "深" * 20_100)
    assert is_for_own((cue,))
    assert not is_for_own((replace(cue, text="d" * 20_100),))
    assert not is_for_own((replace(cue, text="\ud800"),))
