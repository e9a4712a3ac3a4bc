"""The player for frames on other sites, and oEmbed, by which they find it."""

from __future__ import annotations

import json
from dataclasses import replace
from urllib.parse import urljoin

import pytest
from lxml import html

from castpress.model.artifact import Artifact
from castpress.model.podcast import Edition, Release
from castpress.render.catalogue import catalogue
from castpress.render.embed import embed_path, render_oembed
from castpress.render.pages import render_pages
from tests.render import film_sample, sample

BASE = "https://stride.example/"


@pytest.fixture(scope="module")
def site() -> dict[str, Artifact]:
    artifacts, problems = render_pages(sample.EDITION, sample.templates())
    assert problems == ()
    return {artifact.path: artifact for artifact in artifacts}


def page(site: dict[str, Artifact], path: str) -> html.HtmlElement:
    content = site[f"{path}index.html"].content
    assert content is not None
    return html.document_fromstring(content.decode("utf-8"))


def oembed(release: Release, edition: Edition = sample.EDITION) -> dict[str, object]:
    content = render_oembed(release, catalogue(edition).frame).content
    assert content is not None
    found: dict[str, object] = json.loads(content)
    return found


@pytest.mark.parametrize("release", sample.EDITION.releases, ids=lambda r: r.episode.slug)
def test_each_episode_has_a_player_page_that_belongs_to_it(
    site: dict[str, Artifact], release: Release
) -> None:
    path = release.episode.page_path
    player = page(site, embed_path(path))
    assert player.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert player.xpath("//link[@rel='canonical']/@href") == [BASE + path]
    (audio,) = player.xpath("//castpress-player/*[self::audio or self::video]")
    assert urljoin(BASE + embed_path(path), audio.get("src")) == BASE + release.enclosure.path
    assert audio.get("preload") == "none"
    assert urljoin(BASE + embed_path(path), player.xpath("//h1/a/@href")[0]) == BASE + path
    assert set(player.xpath("//header//a/@target")) == {"_blank"}


def test_no_list_names_the_player_pages(site: dict[str, Artifact]) -> None:
    assert b"/embed/" not in (site["sitemap.xml"].content or b"")
    assert b"/embed/" not in (site["llms.txt"].content or b"")


@pytest.mark.parametrize("release", sample.EDITION.releases, ids=lambda r: r.episode.slug)
def test_the_episodes_page_tells_where_to_find_it(
    site: dict[str, Artifact], release: Release
) -> None:
    episode = page(site, release.episode.page_path)
    path = embed_path(release.episode.page_path)
    found = episode.xpath("//link[@type='application/json+oembed']/@href")
    assert found == [f"{BASE}{path}oembed.json"]
    assert not episode.xpath(
        "//meta[starts-with(@name, 'twitter:player') or starts-with(@property, 'twitter:')]"
    )
    assert episode.xpath("//meta[@property='og:audio']/@content")


def test_oembed_holds_what_its_version_asks_for() -> None:
    found = oembed(sample.MIDBACK)
    assert (found["version"], found["type"]) == ("1.0", "rich")
    (frame,) = html.fragments_fromstring(str(found["html"]))
    assert frame.tag == "iframe"
    assert frame.get("src") == BASE + embed_path(sample.MIDBACK.episode.page_path)
    assert (int(frame.get("width")), int(frame.get("height"))) == (found["width"], found["height"])
    assert str(found["thumbnail_url"]).startswith(BASE)


def test_what_an_author_writes_stays_text_in_the_frame() -> None:
    title = '"><script>alert(1)</script>'
    episode = replace(sample.MIDBACK.episode, title=title)
    release = replace(sample.MIDBACK, episode=episode)
    (frame,) = html.fragments_fromstring(str(oembed(release)["html"]))
    assert frame.get("title").startswith(title)


def test_a_video_asks_for_a_taller_frame() -> None:
    edition = film_sample.edition_of(1280, 720)
    film = oembed(edition.releases[0], edition)
    assert int(str(film["height"])) > int(str(oembed(sample.MIDBACK)["height"]))


def test_an_old_address_of_the_player_leads_to_the_new_one() -> None:
    episode = replace(sample.MIDBACK.episode, aliases=("older",))
    edition = Edition(sample.SHOW, (replace(sample.MIDBACK, episode=episode),))
    artifacts, _ = render_pages(edition, sample.templates())
    site = {artifact.path: artifact for artifact in artifacts}
    (refresh,) = page(site, "embed/older/").xpath("//meta[@http-equiv='refresh']/@content")
    assert refresh.endswith(f"../{episode.slug}/")
