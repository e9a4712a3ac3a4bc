"""The pages of tags, seasons and people, and the archive in parts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from lxml import html

from castpress.model.derived_feed import By, DerivedFeed
from castpress.model.notes import Section
from castpress.model.own_pages import OwnPage
from castpress.model.podcast import Edition, Episode, FeedType, Link, Person, Release
from castpress.read.own_pages import parse_page, settle_pages
from castpress.render.catalogue import catalogue
from castpress.render.groups import ROWS, Kind, groups_of
from castpress.render.pages import render_pages
from tests.render import sample

GUEST = Person("Zoë Müller", role="guest", bio="Ran across Norway.", href="https://zoe.example/")
OLDER, NEWER = sample.EPISODES[2], sample.EPISODES[3]


def with_fields(release: Release, **fields: Any) -> Release:
    return replace(release, episode=replace(release.episode, **fields))


def article(name: str, *keys: str) -> OwnPage:
    head = "\n".join(("---", "type: article", *keys, "---", f"# {name}", "", "Words."))
    page, problems = parse_page(head, PurePosixPath(f"pages/{name}.md"))
    assert page is not None
    assert not problems
    return page


def site(
    *releases: Release, pages: tuple[OwnPage, ...] = (), **show: Any
) -> dict[str, html.HtmlElement]:
    pages, _ = settle_pages(pages)
    edition = Edition(replace(sample.SHOW, **show), sample.newest_first(releases), pages=pages)
    artifacts, problems = render_pages(edition, sample.templates())
    assert not problems
    return {
        a.path.removesuffix("index.html"): html.document_fromstring(a.content or b"")
        for a in artifacts
        if a.path.endswith(".html")
    }


def titles(page: html.HtmlElement) -> list[str]:
    return [" ".join(t.text_content().split()) for t in page.xpath("//*[@class='row-title']")]


def words(page: html.HtmlElement) -> str:
    return " ".join(page.xpath("//main")[0].text_content().split())


def data(page: html.HtmlElement) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.xpath("//script[@type='application/ld+json']")[0].text)
    return found


def test_tags_of_one_address_are_one_page_with_the_newest_first() -> None:
    pages = site(
        with_fields(OLDER, tags=("Trail Running",)),
        with_fields(NEWER, tags=("trail running", "Trail-Running", "日本語", "🏃")),
        with_fields(sample.LOWER_BACK, tags=("trail running",)),
    )

    page = pages["tags/trail-running/"]
    assert titles(page) == [NEWER.episode.title, "The lower back", OLDER.episode.title]
    assert page.findtext(".//h1") == "trail running"  # most write it so
    index = pages["tags/"]
    assert index.xpath("//main//a/@href") == [
        "../tags/ri-ben-yu/", "../tags/trail-running/", "../tags/x-dd505500/",
    ]  # fmt: skip
    episode = pages[NEWER.episode.page_path]
    links = episode.xpath("//nav[@aria-labelledby='tags_title']//a")
    assert [(a.text, a.get("href")) for a in links] == [
        ("trail running", "../../tags/trail-running/"),
        ("日本語", "../../tags/ri-ben-yu/"),
        ("🏃", "../../tags/x-dd505500/"),
    ]


def test_a_show_without_tags_or_seasons_has_no_such_pages() -> None:
    pages = site(with_fields(OLDER, tags=(), season=None))

    assert not [path for path in pages if path.startswith(("tags", "seasons"))]
    assert "Topics" not in words(pages["archive/"])


def test_a_season_has_the_name_of_its_newest_episode_and_knows_the_others() -> None:
    first = sample.EPISODES[1]
    pages = site(
        first,
        with_fields(OLDER, season_name="The dark months"),
        with_fields(NEWER, season_name="Winter"),
        with_fields(sample.LOWER_BACK, season=7),
    )

    page = pages["seasons/2/"]
    assert page.findtext(".//h1") == "Winter"
    assert titles(page) == [NEWER.episode.title, OLDER.episode.title]
    assert page.xpath("//nav[@aria-label='Seasons']//a/@href") == [
        "../../seasons/1/", "../../seasons/2/",
    ]  # fmt: skip
    assert page.xpath("//nav[@aria-label='Seasons']//a[@aria-current]")[0].text == "Winter"
    assert "seasons/7/" not in pages  # courses have none
    assert "../seasons/2/" in pages["archive/"].xpath("//main//a/@href")
    assert data(page)["seasonNumber"] == 2
    assert data(pages[NEWER.episode.page_path])["partOfSeason"]["url"] == (
        "https://stride.example/seasons/2/"
    )


def test_a_serial_show_tells_its_seasons_from_the_beginning() -> None:
    feed = replace(sample.SHOW.feed, feed_type=FeedType.SERIAL)

    page = site(OLDER, NEWER, feed=feed)["seasons/2/"]

    assert titles(page) == [OLDER.episode.title, NEWER.episode.title]


def test_a_person_has_the_words_of_now_and_the_old_page_those_of_then() -> None:
    then = replace(GUEST, bio="Has never run.", href=None)
    pages = site(
        with_fields(OLDER, people=(then,)), with_fields(NEWER, people=(replace(GUEST, bio=None),))
    )

    page = pages["people/zoe-muller/"]
    assert "Has never run." in words(page)  # the newest that has one
    assert "Has never run." in words(pages[OLDER.episode.page_path])
    assert page.xpath("//main//a[@class='pill']/@href")[0] == "https://zoe.example/"
    assert titles(page) == [NEWER.episode.title, OLDER.episode.title]
    assert data(page) == {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": "Zoë Müller",
        "url": "https://stride.example/people/zoe-muller/",
        "description": "Has never run.",
        "sameAs": ["https://zoe.example/"],
    }
    link = "//p[@class='person-name']/a[.='Zoë Müller']/@href"
    assert pages[NEWER.episode.page_path].xpath(link) == ["../../people/zoe-muller/"]


def test_what_the_show_says_of_a_person_is_what_is_true_now() -> None:
    now = replace(GUEST, role="host", bio="Hosts it now.", img="/artwork/zoe.jpg")
    feed = replace(sample.SHOW.feed, people=(now,))

    pages = site(with_fields(OLDER, people=(replace(GUEST, role="guest host"),)), feed=feed)

    page = pages["people/zoe-muller/"]
    assert "Hosts it now." in words(page)
    assert "Host, Guest host" in words(page)
    assert page.xpath("//main//img/@src") == ["../../artwork/zoe.jpg"]
    assert data(page)["image"] == "https://stride.example/artwork/zoe.jpg"


def test_whoever_is_named_on_a_page_has_one_before_the_first_episode() -> None:
    pages = site()

    for href in pages[""].xpath("//p[@class='person-name']/a/@href"):
        assert href.removeprefix("./") in pages
    assert "Episodes" not in words(pages["people/coach-dan/"])
    assert "0 episodes" not in words(pages["people/coach-dan/"])


def test_who_names_the_host_of_an_episode_names_all() -> None:
    pages = site(with_fields(OLDER, people=(replace(GUEST, role="guest host"),)), NEWER)

    assert titles(pages["people/coach-dan/"]) == [NEWER.episode.title]


def test_a_page_offers_the_feed_that_holds_just_its_episodes() -> None:
    feed = replace(sample.SHOW.feed, path="feeds/injury.xml", page_path="", title="Injuries")
    edition = Edition(
        replace(sample.SHOW, derived=(DerivedFeed(feed, By.TAG, "INJURY"),)),
        sample.EDITION.releases,
    )

    (group,) = [g for g in groups_of(catalogue(edition)) if g.path == "tags/injury/"]

    assert group.feed == feed
    artifacts, _ = render_pages(edition, sample.templates())
    (page,) = [a.content or b"" for a in artifacts if a.path == "tags/injury/index.html"]
    assert b'value="https://stride.example/feeds/injury.xml"' in page


def many(count: int) -> tuple[Release, ...]:
    def one(index: int) -> Release:
        episode: Episode = OLDER.episode
        return replace(
            OLDER,
            episode=replace(
                episode,
                guid=f"guid-{index}",
                slug=f"e-{index}",
                title=f"Episode {index}",
                tags=("all",),
                published=OLDER.published + timedelta(days=index),
            ),
        )

    return tuple(one(index) for index in range(count))


def test_long_lists_go_on_on_further_pages() -> None:
    pages = site(*many(ROWS + 3))

    for path in ("archive/", "tags/all/", "seasons/2/", "people/coach-dan/"):
        assert len(titles(pages[path])) == ROWS, path
        assert titles(pages[f"{path}2/"]) == ["Episode 2", "Episode 1", "Episode 0"], path
        assert f"{path}3/" not in pages
        up = "../" * path.count("/")
        assert pages[path].xpath("//nav[@aria-label='Pages']/a/@href") == [f"{up}{path}2/"]
        assert pages[f"{path}2/"].xpath("//a[@rel='prev']/@href") == [f"../{up}{path}"]
    assert "Page 2 of 2" in words(pages["archive/2/"])


def test_years_of_the_archive_are_found_on_any_page() -> None:
    pages = site(*many(800))

    years = "//nav[@aria-label='Years']//a/@href"
    assert pages["archive/"].xpath(years) == [
        "#year-2028", "#year-2027", "../archive/3/#year-2026",
    ]  # fmt: skip
    assert pages["archive/3/"].xpath(years) == [
        "../../archive/#year-2028", "../../archive/#year-2027", "#year-2026",
    ]  # fmt: skip
    for path in ("archive/", "archive/2/", "archive/3/"):
        ids = {f"#{name}" for name in pages[path].xpath("//h2/@id")}
        own = {href for href in pages[path].xpath(years) if href.startswith("#")}
        assert own <= ids


def test_groups_are_told_apart_by_all_but_their_releases() -> None:
    group = groups_of(catalogue(sample.EDITION))[0]

    assert group.kind is Kind.TAG
    assert group.count
    assert repr(replace(group, releases=())) == repr(group)
    assert repr(replace(group, title="another")) != repr(group)


READING = (
    article("one", "tags: [Hills, rest]", "published: 2026-01-01"),
    article("two", "tags: hills", "published: 2026-02-01"),
    article("three", "tags: hills", "published: 2026-03-01"),
    article("knots", "tags: [Knots]"),
)


def test_articles_stand_below_the_episodes_of_their_tags() -> None:
    pages = site(with_fields(NEWER, tags=("hills",)), pages=READING)

    page = pages["tags/hills/"]
    assert titles(page) == [NEWER.episode.title, "three", "two", "one"]
    assert [h.text for h in page.xpath("//main//h2") if h.get("id")] == ["Reading"]
    assert page.xpath("//main//a[.='two']/@href") == ["../../articles/two/"]
    only = pages["tags/knots/"]
    assert titles(only) == ["knots"]
    assert "episode" not in words(only)
    assert only.xpath("//meta[@name='description']/@content") == ["The Long Way Round: Knots"]
    counts = [" ".join(li.text_content().split()) for li in pages["tags/"].xpath("//main//li")]
    assert counts == ["hills 11 episode", "Knots 11 to read", "rest 11 to read"]
    links = pages["articles/one/"].xpath("//nav[@aria-labelledby='tags_title']//a")
    assert [(a.text, a.get("href")) for a in links] == [
        ("Hills", "../../tags/hills/"), ("rest", "../../tags/rest/"),
    ]  # fmt: skip
    assert data(pages["articles/one/"])["keywords"] == ["Hills", "rest"]


def test_an_episode_offers_articles_that_share_its_tags() -> None:
    tagged = with_fields(NEWER, tags=("hills", "rest"), related=())
    link = '<p><a href="../../articles/three/#x">Three</a></p>'
    linked = Section("", 0, "notes", link, tagged.episode.location)

    def offered(release: Release) -> list[str]:
        found = site(release, OLDER, pages=READING)[release.episode.page_path]
        return [
            str(url) for url in found.xpath("//section[@aria-labelledby='related_title']//@href")
        ]

    assert offered(tagged) == ["../../articles/one/", "../../articles/three/"]
    assert offered(with_fields(tagged, sections=(linked,))) == ["../../articles/one/"]
    assert offered(with_fields(tagged, tags=("rest",))) == ["../../articles/one/"]
    chosen = with_fields(tagged, related=(Link("A", "https://a.example/"),))
    assert offered(chosen) == ["https://a.example/"]
