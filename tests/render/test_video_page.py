"""A page of a video: its player, what machines read of it, and what stays as it is for audio."""

from __future__ import annotations

import json
from functools import cache

import pytest
from lxml import html

from castpress.render.pages import render_pages
from tests.render import sample
from tests.render.film_sample import PATH, edition_of

EPISODE = f"{sample.MIDBACK.episode.page_path}index.html"


@cache
def site(width: int | None = 1920, height: int | None = 1080) -> dict[str, str]:
    artifacts, problems = render_pages(edition_of(width, height), sample.templates())
    assert not problems
    return {a.path: (a.content or b"").decode("utf-8") for a in artifacts}


def page(path: str = EPISODE) -> html.HtmlElement:
    return html.document_fromstring(site()[path])


def test_the_player_shows_the_film_and_loads_nothing() -> None:
    (film,) = page().xpath("//castpress-player/video")

    assert not page().xpath("//audio")
    assert dict(film.attrib) == {
        "class": "is-wide",
        "controls": "",
        "preload": "none",
        "playsinline": "",
        "src": f"../../{PATH}",
        "poster": f"../../{sample.COVER.sizes[-1][1]}",
        "width": "1920",
        "height": "1080",
        "aria-label": sample.MIDBACK.episode.title,
    }


def test_the_transcript_becomes_captions() -> None:
    tracks = [dict(track.attrib) for track in page().xpath("//video/track")]

    assert tracks == [
        {
            "kind": "captions",
            "src": f"../../{sample.MIDBACK.episode.page_path}transcript.en.vtt",
            "srclang": "en",
            "label": "en",
        }
    ]


@pytest.mark.parametrize(
    ("size", "shape"),
    [
        ((1920, 1080), "wide"),
        ((640, 480), "wide"),
        ((1000, 1000), "square"),
        ((1080, 1920), "tall"),
        ((None, None), "wide"),
    ],
)
def test_the_frame_is_there_before_the_film(
    size: tuple[int | None, int | None], shape: str
) -> None:
    (film,) = html.document_fromstring(site(*size)[EPISODE]).xpath("//video")

    assert film.get("class") == f"is-{shape}"
    assert (film.get("width") is None) is (size[0] is None)


def test_machines_read_that_it_is_a_film() -> None:
    (text,) = page().xpath("//script[@type='application/ld+json']/text()")
    media = json.loads(text)["associatedMedia"]

    assert media["@type"] == "VideoObject"
    assert media["contentUrl"] == f"https://stride.example/{PATH}"
    assert media["encodingFormat"] == "video/mp4"
    # Without these a search engine does not list it.
    assert {"name", "description", "thumbnailUrl", "uploadDate"} <= media.keys()
    tags = {meta.get("property"): meta.get("content") for meta in page().xpath("//meta[@property]")}
    assert tags["og:video"] == f"https://stride.example/{PATH}"
    assert (tags["og:video:type"], tags["og:video:width"]) == ("video/mp4", "1920")
    assert not any(name.startswith("og:audio") for name in tags)


def test_the_words_are_those_of_a_film() -> None:
    assert "This video could not be loaded." in site()[EPISODE]
    assert "Download the video" in site()[EPISODE]
    assert (
        "This audio could not be loaded."
        in site()[f"{sample.LOWER_BACK.episode.page_path}index.html"]
    )


def test_the_film_leads_the_page_and_the_cover_is_its_poster_alone() -> None:
    (article,) = page().xpath("//article")
    other = f"{sample.LOWER_BACK.episode.page_path}index.html"

    assert article[0].tag == "castpress-player"
    assert len(article.xpath(".//castpress-player")) == 1
    assert not article.xpath(".//img")
    assert [part.tag for part in page(other).xpath("//article")[0]][:2] == [
        "header", "castpress-player",
    ]  # fmt: skip
    assert page(other).xpath("//article/header//img")
