"""What pages say of an episode beside its notes: people, numbers, places, licence, other files."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from castpress.model.derived_feed import By, DerivedFeed
from castpress.model.feed_tags import AlternateEnclosure, License, Place, SocialPost
from castpress.model.podcast import Edition, EpisodeType, Link, Person, Release, Show
from castpress.render.pages import render_pages
from tests.render import sample

MIDBACK = sample.MIDBACK
FEED = sample.SHOW.feed
EPISODE = f"{MIDBACK.episode.page_path}index.html"
MARA, TOM = Person("Mara Quill", "guest"), Person("Tom Beck", "guest")


def pages(*releases: Release, show: Show = sample.SHOW) -> dict[str, html.HtmlElement]:
    made, problems = render_pages(Edition(show, sample.newest_first(releases)), sample.templates())
    assert problems == ()
    return {a.path: html.fromstring(a.content) for a in made if a.path.endswith(".html")}


def page_of(
    release: Release = MIDBACK, show: Show = sample.SHOW, **changes: object
) -> html.HtmlElement:
    changed = replace(release, episode=replace(release.episode, **changes))  # type: ignore[arg-type]
    return pages(changed, show=show)[f"{release.episode.page_path}index.html"]


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def data_of(page: html.HtmlElement) -> dict[str, Any]:
    (block,) = page.xpath("//script[@type='application/ld+json']/text()")
    data: dict[str, Any] = json.loads(block)
    return data


def facts(page: html.HtmlElement) -> dict[str, list[str]]:
    rows = page.xpath("//dl[@class='facts']/div")
    return {words(row[0]): [words(fact) for fact in row[1:]] for row in rows}


def links(page: html.HtmlElement) -> list[str]:
    return [str(address) for address in page.xpath("//dl[@class='facts']//@href")]


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        ((), ["Coach Mira", "Coach Dan"]),
        ((MARA, TOM), ["Coach Mira", "Coach Dan", "Mara Quill", "Tom Beck"]),
        ((Person("coach  dan", "guest"), MARA), ["Coach Mira", "coach dan", "Mara Quill"]),
        ((Person("Stand-in", "Host"), MARA), ["Stand-in", "Mara Quill"]),
    ],
    ids=["none of its own", "guests", "a host as a guest", "a host of its own"],
)
def test_an_episode_names_whom_its_feed_names(own: tuple[Person, ...], expected: list[str]) -> None:
    page = page_of(people=own)

    assert [words(name) for name in page.xpath("//p[@class='person-name']")] == expected
    assert [" ".join(a["name"].split()) for a in data_of(page)["actor"]] == expected


@pytest.mark.parametrize(
    ("changes", "label", "number", "mark", "machines"),
    [
        ({"number": 14}, "Episode 14", "14", "", 14),
        ({"number": 100, "decimal_number": "100.5"}, "Episode 100.5", "100.5", "", "100.5"),
        ({"number": 3, "display_number": "Ch. 3"}, "Ch. 3", "Ch. 3", "", "Ch. 3"),
        ({"number": 3, "display_number": "3b"}, "Episode 3b", "3b", "", "3b"),
        ({"number": 3, "display_number": "3"}, "Episode 3", "3", "", 3),
        ({"number": 3, "display_number": "Part iii"}, "Part iii", "–", "Part iii", "Part iii"),
        (
            {"number": 3, "display_number": "3½", "episode_type": EpisodeType.BONUS},
            "Bonus",
            "3½",
            "Bonus",
            "3½",
        ),
        ({"number": None}, "Episode", "–", "", None),
    ],
)  # fmt: skip
def test_an_episode_is_numbered_as_the_author_wants(
    changes: dict[str, Any], label: str, number: str, mark: str, machines: object
) -> None:
    episode = replace(MIDBACK.episode, season=None, **changes)
    made = pages(replace(MIDBACK, episode=episode))
    page, (row,) = made[EPISODE], made["archive/index.html"].xpath("//li[@class='row']")

    assert words(page.xpath("//p[@class='eyebrow']")[0]) == label
    assert data_of(page).get("episodeNumber") == machines
    assert words(row.xpath("*[contains(@class, 'row-number')]")[0]) == number
    marks = row.xpath(".//p[@class='meta']/span[not(@class)]")
    assert [words(m) for m in marks] == ([mark] if mark else [])


def test_a_season_has_its_name() -> None:
    page = page_of(season_name="The middle years")

    assert words(page.xpath("//p[@class='eyebrow']")[0]) == "The middle years · Episode 14"
    assert data_of(page)["partOfSeason"]["name"] == "The middle years"


def test_a_lesson_with_a_number_of_its_own_is_not_one_of_so_many() -> None:
    page = page_of(sample.LOWER_BACK, number=1, display_number="1a")

    assert words(page.xpath("//p[@class='eyebrow']")[0]) == "Run Without Pain · Lesson 1a"


def test_an_episode_without_facts_has_no_list_of_them() -> None:
    assert not page_of().xpath("//dl[@class='facts']")


def test_places_are_told_apart_by_what_they_are() -> None:
    places = (Place("Lisbon"), Place("Berlin", "creator"), Place("Lisbon", geo="geo:38,-9"))
    page = page_of(places=places)

    assert facts(page) == {"Place": ["Lisbon"], "Made in": ["Berlin"]}
    assert data_of(page)["contentLocation"] == [{"@type": "Place", "name": "Lisbon"}]
    assert data_of(page)["locationCreated"] == [{"@type": "Place", "name": "Berlin"}]


@pytest.mark.parametrize(
    ("given", "title", "url"),
    [
        (License("cc-by-nc-4.0"), "CC BY-NC 4.0", "https://creativecommons.org/licenses/by-nc/4.0/"),
        (License("CC0-1.0"), "CC0 1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        (License("arr"), "All rights reserved", None),
        (License("Mine", "https://a.example/mine"), "Mine", "https://a.example/mine"),
        (License("Mine", "licence/"), "Mine", "../../licence/"),
        (License("Mine", "javascript:alert(1)"), "Mine", None),
    ],
)  # fmt: skip
def test_the_licence_is_called_and_linked_as_people_know_it(
    given: License, title: str, url: str | None
) -> None:
    page = page_of(license=given)

    assert facts(page) == {"Licence": [title]}
    assert links(page) == ([url] if url else [])


def test_what_is_the_courses_holds_for_its_lessons_and_what_is_the_shows_is_said_once() -> None:
    give = Link("Give", "https://give.example/")
    own = replace(
        FEED, license=License("cc-by-4.0"), places=(Place("Bergen"),), funding=(give,)
    )  # fmt: skip
    extra = Link("For the course", "https://give.example/course")
    taught = replace(sample.COURSE.feed, places=(Place("Oslo"),), funding=(give, extra))
    show = replace(sample.SHOW, feed=own, courses=(replace(sample.COURSE, feed=taught),))

    assert facts(page_of(show=show)) == {"Licence": ["CC BY 4.0"]}
    assert facts(page_of(sample.LOWER_BACK, show)) == {
        "Support": ["For the course"],
        "Place": ["Oslo"],
    }


def test_listeners_are_led_to_where_they_talk() -> None:
    posts = (
        SocialPost("nostr", "nostr:note1abc", priority=1),
        SocialPost("activitypub", "https://www.social.example/@stride/1", priority=3),
        SocialPost("bluesky", "https://bsky.example/p/2", priority=2),
        SocialPost("disabled"),
    )
    page = page_of(discussion=posts, comments_url="https://stride.example/talk/")

    assert facts(page) == {
        "Discussion": [
            "Talk about it on bsky.example", "Talk about it on social.example", "Talk about it",
        ]
    }  # fmt: skip
    assert data_of(page)["discussionUrl"] == "https://bsky.example/p/2"
    assert facts(page_of(discussion=(SocialPost("disabled"),))) == {}
    assert links(page_of(discussion=(SocialPost("x", "javascript:alert(1)"),))) == []


def test_other_encodings_can_be_downloaded() -> None:
    low = AlternateEnclosure("audio/mpeg", ("audio/low.mp3",), 2_400_000, title="Low bandwidth")
    stream = AlternateEnclosure(
        "video/mp4", ("ipfs://Qm", "https://cdn.example/a.mp4"), height_px=720, language="de"
    )
    lost = AlternateEnclosure("audio/opus", ("magnet:?xt=1",), 5)
    release = replace(MIDBACK, alternates=(low,))
    page = page_of(release, alternates=(stream, lost))

    assert facts(page) == {"Other files": ["Low bandwidth 2.4 MB", "Video 720p (de)"]}
    assert links(page) == ["../../audio/low.mp3", "https://cdn.example/a.mp4"]


def derived(title: str, by: By, value: str | int | None = None) -> DerivedFeed:
    return DerivedFeed(replace(FEED, path=f"feeds/{by}.xml", title=title), by, value)


@pytest.mark.parametrize(
    ("given", "title", "note"),
    [
        (derived("The Long Way Round: injury", By.TAG, "injury"), "Episodes tagged “injury”", ""),
        (derived("Ouch", By.TAG, "injury"), "Ouch", "Episodes tagged “injury”"),
        (
            derived("The Long Way Round: Aches", By.TAG, "injury"),
            "Aches",
            "Episodes tagged “injury”",
        ),
        (
            derived("The Long Way Round: Coach Dan", By.PERSON, "Coach Dan"),
            "Episodes with Coach Dan",
            "",
        ),
        (
            derived("The Long Way Round: Season 2", By.SEASON, 2),
            "Season 2: The middle years",
            "",
        ),
        (derived("The Long Way Round: All episodes", By.ALL), "All episodes and lessons", ""),
        (derived("The Long Way Round", By.ALL), "All episodes and lessons", ""),
        (derived("Everything", By.ALL), "Everything", "All episodes and lessons"),
    ],
)
def test_a_feed_says_what_is_in_it_and_not_whose_it_is(
    given: DerivedFeed, title: str, note: str
) -> None:
    episode = replace(MIDBACK.episode, season_name="The middle years")
    releases = (replace(MIDBACK, episode=episode), sample.LOWER_BACK)
    made = pages(*releases, show=replace(sample.SHOW, derived=(given,)))
    (section,) = made["subscribe/index.html"].xpath("//*[@aria-labelledby='more_feeds_title']")

    assert [words(name) for name in section.xpath("h3")] == [title]
    assert [words(text) for text in section.xpath("p[@class='meta']")] == ([note] if note else [])
    assert section.xpath(".//input/@value") == [f"https://stride.example/{given.feed.path}"]


def test_the_feed_of_everything_stands_before_its_parts() -> None:
    show = replace(
        sample.SHOW, courses=(), derived=(derived("Ouch", By.TAG, "injury"), derived("x", By.ALL))
    )
    page = pages(MIDBACK, show=show)["subscribe/index.html"]

    (section,) = page.xpath("//*[@aria-labelledby='more_feeds_title']")
    assert [words(name) for name in section.xpath("h3")] == ["x", "Ouch"]
    assert words(section.xpath("p[@class='meta']")[0]) == "All episodes"
