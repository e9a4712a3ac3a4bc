"""The pages as a whole: what is written where, and what holds for every one of them."""

from __future__ import annotations

import gzip
import json
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import etree, html

from castpress.model.artifact import Artifact, Wave
from castpress.model.palette import Palette
from castpress.model.podcast import Edition, Link, Person
from castpress.render.embed import embed_path
from castpress.render.pages import render_pages
from tests.render import sample

if TYPE_CHECKING:
    from collections.abc import Iterator

EPISODE = "episodes/turning-from-the-middle/index.html"
COURSE = "courses/run-without-pain/index.html"

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'; {{ 7 * 7 }} {% raw %}",
    "שלום & مرحبا \u202eabc",
    "Rün 🏃🏽‍♀️ </title></script>",
)


def rendered(edition: Edition, **options: object) -> dict[str, Artifact]:
    artifacts, problems = render_pages(edition, sample.templates(), **options)  # type: ignore[arg-type]
    assert problems == ()
    assert len({a.path for a in artifacts}) == len(artifacts)
    return {artifact.path: artifact for artifact in artifacts}


def text_of(artifacts: dict[str, Artifact], path: str) -> str:
    content = artifacts[path].content
    assert content is not None
    return content.decode("utf-8")


@pytest.fixture(scope="module")
def site() -> dict[str, Artifact]:
    return rendered(sample.EDITION)


def pages_of(artifacts: dict[str, Artifact]) -> Iterator[tuple[str, html.HtmlElement]]:
    for path in artifacts:
        if path.endswith(".html"):
            yield path, html.document_fromstring(text_of(artifacts, path))


def test_every_page_has_its_address(site: dict[str, Artifact]) -> None:
    expected = {"index.html", "404.html", "archive/index.html", "subscribe/index.html", COURSE}
    expected.add("search/index.html")
    expected |= {r.episode.page_path + "index.html" for r in sample.EDITION.releases}
    expected |= {embed_path(r.episode.page_path) + "index.html" for r in sample.EDITION.releases}
    lists = ("tags", "tags/beginners", "tags/injury", "tags/mobility", "seasons/1", "seasons/2",
             "people", "people/coach-dan", "people/coach-mira", "exercises")  # fmt: skip
    expected |= {f"{path}/index.html" for path in lists}

    assert {path for path in site if path.endswith(".html")} == expected
    assert all(site[path].wave is Wave.PAGE for path in expected)


def test_assets_are_named_after_their_bytes_and_come_first(site: dict[str, Artifact]) -> None:
    assets = [path for path in site if path.startswith("assets/")]

    assert len(assets) == 4
    assert all(re.fullmatch(r"assets/[a-z]+-[0-9a-f]{16}\.(css|js|svg)", path) for path in assets)
    assert all(site[path].wave is Wave.SIDECAR for path in assets)


def test_the_same_edition_gives_the_same_bytes(site: dict[str, Artifact]) -> None:
    assert rendered(sample.EDITION) == site


def test_ids_are_unique_and_labels_point_at_them(site: dict[str, Artifact]) -> None:
    for path, page in pages_of(site):
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        for label in page.xpath("//@aria-labelledby | //label/@for"):
            assert label in ids, (path, label)


def test_headings_of_the_author_do_not_meet_the_pages_own_ids() -> None:
    titles = ("Main", "Transcript", "Chapters title", "Links title", "Courses")
    sections = tuple(sample.section(title, "<p>…</p>") for title in titles)
    episode = replace(sample.MIDBACK.episode, sections=sections)

    artifacts = rendered(Edition(sample.SHOW, (replace(sample.MIDBACK, episode=episode),)))

    ids = html.document_fromstring(text_of(artifacts, EPISODE)).xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {section.anchor for section in sections} <= set(ids)


def test_every_page_has_one_heading_a_title_and_a_language(site: dict[str, Artifact]) -> None:
    titles = []
    for path, page in pages_of(site):
        assert len(page.xpath("//h1")) == 1, path
        assert len(page.xpath("//main")) == 1, path
        assert page.get("lang"), path
        titles.append(page.findtext(".//title"))
    assert len(titles) == len(set(titles))


def test_headings_do_not_skip_a_level(site: dict[str, Artifact]) -> None:
    for path, page in pages_of(site):
        levels = [int(h.tag[1]) for h in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert levels[0] == 1, path
        assert all(b - a <= 1 for a, b in pairwise(levels)), (path, levels)


def test_links_say_where_they_lead_and_images_what_they_show(site: dict[str, Artifact]) -> None:
    for path, page in pages_of(site):
        for link in page.xpath("//a[not(ancestor::template)]"):
            assert link.get("href"), path
            name = (link.text_content() or "").strip() or link.get("aria-label")
            assert name, (path, link.get("href"))
        for image in page.xpath("//img"):
            assert image.get("alt") is not None, path
            assert image.get("width"), path
            assert image.get("height"), path


def written_by_others() -> set[str]:
    paths = {sample.COVER.path, *(path for _, path in sample.COVER.sizes), "feed.xml"}
    paths.add("feed.json")
    paths |= {course.feed.path for course in sample.SHOW.courses}
    for release in sample.EDITION.releases:
        page = release.episode.page_path
        paths |= {release.enclosure.path, f"{page}index.md", f"{embed_path(page)}oembed.json"}
        if release.episode.chapters:
            paths.add(f"{page}chapters.json")
        for transcript in release.episode.transcripts:
            name = f"{page}transcript.{transcript.language}"
            paths |= {f"{name}.{ending}" for ending in ("vtt", "srt", "json", "txt")}
    return paths


def test_every_internal_link_leads_somewhere(site: dict[str, Artifact]) -> None:
    base = sample.SHOW.base_url
    there = set(site) | written_by_others()
    anchors = {path: set(page.xpath("//@id")) for path, page in pages_of(site)}
    checked = 0
    for path, page in pages_of(site):
        here = base + path.removesuffix("index.html")
        links = page.xpath("//@href | //@src | //@data-share | //@data-artwork")
        for link in (*links, *(s.split()[0] for s in srcsets(page))):
            address = urljoin(here, link)
            if not address.startswith(base):
                continue
            target = unquote(urlsplit(address).path).lstrip("/")
            file = target + "index.html" if target.endswith("/") or not target else target
            assert file in there, (path, link)
            fragment = urlsplit(address).fragment
            if fragment and file in anchors and not fragment.startswith("t="):
                assert fragment in anchors[file], (path, link)
            checked += 1
    assert checked > 500


def srcsets(page: html.HtmlElement) -> list[str]:
    return [part for value in page.xpath("//@srcset") for part in value.split(", ")]


def test_pages_work_below_any_prefix(site: dict[str, Artifact]) -> None:
    """Only the page that is shown under any address names the root."""
    for path, page in pages_of(site):
        for link in page.xpath("//@href | //@src"):
            if path == "404.html":
                assert not link.startswith(("./", "../")), link
            else:
                assert not link.startswith("/"), (path, link)


def test_not_found_page_starts_at_the_shows_own_folder() -> None:
    show = replace(sample.SHOW, base_url="https://example.org/~mira/cast/")

    page = html.document_fromstring(
        text_of(rendered(replace(sample.EDITION, show=show)), "404.html")
    )

    assert "/~mira/cast/archive/" in page.xpath("//a/@href")
    assert page.xpath("//link[@rel='stylesheet']/@href")[0].startswith("/~mira/cast/assets/theme-")
    assert not page.xpath("//link[@rel='canonical']")


def test_nothing_loads_from_elsewhere_and_nothing_is_inline(site: dict[str, Artifact]) -> None:
    for path, page in pages_of(site):
        policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert policy, path
        assert policy[0].startswith("default-src 'none'")
        assert "unsafe" not in policy[0]
        loaded = page.xpath("//@src | //link[@rel='stylesheet' or @rel='icon']/@href")
        assert not [url for url in loaded if urlsplit(url).netloc], path
        assert not page.xpath("//@style | //style | //iframe"), path
        sent = {urljoin(f"/{path}", to) for to in page.xpath("//form/@action")}
        assert sent == ({"/search/"} if path in ("archive/index.html", "404.html") else set())
        assert bool(page.xpath("//form")) == bool(sent or path == "search/index.html")
        assert not [name for e in page.iter() for name in e.attrib if name.startswith("on")], path
        scripts = page.xpath("//script[not(@src)]")
        assert all(s.get("type") == "application/ld+json" for s in scripts), path


def test_person_pictures_from_elsewhere_are_left_out() -> None:
    people = (
        Person("Near", img="people/near.jpg"),
        Person("Own", img="https://stride.example/people/own.jpg"),
        Person("Far", img="https://tracker.example/far.jpg"),
        Person("Odd", img="//tracker.example/odd.jpg"),
    )
    show = replace(sample.SHOW, feed=replace(sample.SHOW.feed, people=people))

    page = html.document_fromstring(text_of(rendered(Edition(show)), "index.html"))

    assert page.xpath("//picture[@class='portrait']//img/@src") == [
        "./people/near.jpg",
        "./people/own.jpg",
    ]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_stay_words(words: str) -> None:
    release = replace(
        sample.MIDBACK,
        episode=replace(
            sample.MIDBACK.episode,
            title=words,
            summary=words,
            author=words,
            topics=(words,),
            tags=(words,),
            people=(Person(words, bio=words, href="javascript:alert(1)"),),
            chapters=sample.chapters((0, words), (60, words)),
            links=(Link(words, "javascript:alert(1)"), Link(words, f"https://a.example/{words}")),
        ),
    )
    feed = replace(sample.SHOW.feed, title=words, description=words)
    show = replace(
        sample.SHOW, feed=feed, tagline=words, blurb=words, subscribe=(Link(words, "data:x,1"),)
    )

    artifacts = rendered(Edition(show, (release,)))

    for path, page in pages_of(artifacts):
        scripts = page.xpath("//script")
        assert {s.get("type") for s in scripts if not s.get("src")} <= {"application/ld+json"}, path
        for script in scripts:
            if script.get("type"):
                json.loads(script.text)
        assert not page.xpath("//img[@onerror]"), path
        hrefs = page.xpath("//@href")
        assert not [h for h in hrefs if h.lower().lstrip().startswith(("javascript", "data"))], path
    episode = html.document_fromstring(text_of(artifacts, EPISODE))
    assert episode.xpath("//h1")[0].text_content() == words
    assert words in episode.xpath("//span[@class='chapter-title']")[0].text_content()


def test_a_show_before_its_first_episode_has_pages() -> None:
    artifacts = rendered(Edition(sample.SHOW))

    assert {p for p in artifacts if p.endswith(".html")} == {
        "index.html", "404.html", "archive/index.html", "subscribe/index.html", "people/index.html",
        "search/index.html", "people/coach-dan/index.html", "people/coach-mira/index.html",
    }  # fmt: skip
    assert "first episode is on its way" in text_of(artifacts, "index.html")
    assert "Run Without Pain" not in text_of(artifacts, "index.html")


def test_a_show_of_courses_alone_offers_its_newest_lesson() -> None:
    artifacts = rendered(Edition(sample.SHOW, sample.newest_first(sample.LESSONS)))
    home = html.document_fromstring(text_of(artifacts, "index.html"))

    assert home.xpath("//*[@id='newest_title']")[0].text_content() == "Putting it together"
    assert "Newest lesson" in home.xpath("//p[@class='eyebrow']")[0].text_content()


def test_without_artwork_a_letter_is_drawn() -> None:
    feed = replace(sample.SHOW.feed, artwork=None)
    show = replace(sample.SHOW, feed=feed, courses=())

    artifacts = rendered(Edition(show, (sample.MIDBACK,)))
    page = html.document_fromstring(text_of(artifacts, EPISODE))

    assert not page.xpath("//img")
    assert page.xpath("//*[contains(@class, 'hero-art')]")[0].text == "W"
    icon = page.xpath("//link[@rel='icon']/@href")[0].removeprefix("../../")
    etree.fromstring(artifacts[icon].content)


def test_palette_wins_over_the_themes_own_colours() -> None:
    artifacts = rendered(sample.EDITION, palette=Palette("#0b5a3c", "#8fe0bd"))
    css = next(text_of(artifacts, path) for path in artifacts if path.endswith(".css"))

    assert css.index("--accent:#0b5a3c;--on-accent:#fff") > css.index("--accent:#8a3a1c")
    assert "--accent:#8fe0bd;--on-accent:#141210" in css


def test_old_addresses_lead_to_the_new_one() -> None:
    episode = replace(sample.MIDBACK.episode, aliases=("mid-back",))

    artifacts = rendered(Edition(sample.SHOW, (replace(sample.MIDBACK, episode=episode),)))
    page = html.document_fromstring(text_of(artifacts, "episodes/mid-back/index.html"))

    assert page.xpath("//a/@href") == ["../turning-from-the-middle/"]
    assert page.xpath("//link[@rel='canonical']/@href") == [
        "https://stride.example/episodes/turning-from-the-middle/"
    ]


def test_sitemap_lists_the_pages_with_dates_of_the_model(site: dict[str, Artifact]) -> None:
    tree = etree.fromstring(site["sitemap.xml"].content)
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    places = tree.xpath("//s:loc/text()", namespaces=spaces)

    pages = {path.removesuffix("index.html") for path in site if path.endswith("index.html")}
    pages = {path for path in pages if not path.startswith("embed/")}
    assert {place.removeprefix(sample.SHOW.base_url) for place in places} == pages
    assert tree.xpath("//s:lastmod/text()", namespaces=spaces)[0] == "2026-05-12T06:00:00+02:00"
    assert "Sitemap: https://stride.example/sitemap.xml" in text_of(site, "robots.txt")


def test_pages_keep_to_their_budget(site: dict[str, Artifact]) -> None:
    def packed(path: str) -> int:
        return len(gzip.compress(site[path].content or b"", mtime=0))

    css = next(path for path in site if path.endswith(".css"))
    script = next(path for path in site if path.endswith(".js"))
    assert packed(css) <= 8_000
    assert packed(script) <= 6_000
    assert packed(EPISODE) <= 40_000
    assert packed("index.html") <= 25_000


def test_templates_on_disk_are_all_in_use() -> None:
    names = set(sample.templates())
    texts = "".join(sample.templates().values())
    known = {"home.html", "episode.html", "lesson.html", "course.html", "archive.html",
             "subscribe.html", "404.html", "redirect.html", "theme.css", "player.js", "tag.html",
             "embed.html", "tags.html",
             "search.html", "search.js", "season.html", "person.html", "people.html",
             "page.html", "articles.html", "exercises.html", "transcript_page.html"}  # fmt: skip

    assert names == known | {n for n in names if f'"{n}"' in texts}
    assert all(PurePosixPath(n).suffix in {".html", ".css", ".js"} for n in names)
