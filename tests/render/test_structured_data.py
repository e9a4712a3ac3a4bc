"""What machines read of our pages is held to schema.org's words."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from castpress.model.feed_tags import License, Place
from castpress.model.podcast import Edition, Exercise
from castpress.render.pages import render_pages
from tests.render import film_sample, sample
from tests.render.schema_org import (
    DATE,
    DURATION,
    NUMBER,
    PROPERTIES,
    REQUIRED,
    TEXT,
    URL,
    lineage,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_URL = re.compile(r"https?://[^\s]+")
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_DURATION = re.compile(r"PT(\d+H)?(\d+M)?(\d+S)?")


def faults(value: object, *, allowed: tuple[str, ...] = ("Thing",)) -> Iterator[str]:
    """All that schema.org does not know in a value, where these kinds are expected."""
    if isinstance(value, list):
        for each in value:
            yield from faults(each, allowed=allowed)
    elif isinstance(value, dict):
        yield from _faults_of_node(value, allowed)
    elif not any(_is(value, kind) for kind in allowed):
        yield f"{value!r} is none of {allowed}"


def _faults_of_node(node: dict[str, Any], allowed: tuple[str, ...]) -> Iterator[str]:
    kinds = node["@type"] if isinstance(node["@type"], list) else [node["@type"]]
    above = [name for kind in kinds for name in lineage(kind)]
    if "Thing" not in above:
        yield f"{kinds} is not in the table"
    if not set(above) & set(allowed):
        yield f"{kinds} is none of {allowed}"
    known = {key: kind for name in above for key, kind in PROPERTIES.get(name, {}).items()}
    for key, value in node.items():
        if key.startswith("@"):
            continue
        if key not in known:
            yield f"{kinds} has no {key}"
        else:
            yield from faults(value, allowed=known[key])
    is_whole = len(node) > 4  # one that only names another has its details there
    for kind in kinds if is_whole else ():
        for missing in REQUIRED.get(kind, set()) - node.keys():
            yield f"{kind} needs {missing}"


def _is(value: object, kind: str) -> bool:
    if kind == NUMBER:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if not isinstance(value, str) or not value:
        return False
    patterns = {URL: _URL, DATE: _DATE, DURATION: _DURATION}
    return kind == TEXT or (kind in patterns and patterns[kind].fullmatch(value) is not None)


def data_of(edition: Edition) -> dict[str, dict[str, Any]]:
    """The data of each page that has any."""
    artifacts, problems = render_pages(edition, sample.templates())
    assert problems == ()
    found = {}
    for artifact in artifacts:
        if artifact.path.endswith(".html") and artifact.content:
            page = html.document_fromstring(artifact.content.decode("utf-8"))
            for text in page.xpath("//script[@type='application/ld+json']/text()"):
                found[artifact.path] = json.loads(text)
    return found


def full_edition() -> Edition:
    """The sample, with all that an episode can tell besides."""
    episode = replace(
        sample.MIDBACK.episode,
        places=(Place("Oslo", "subject"), Place("Lake Mjøsa", "creator")),
        license=License("cc-by-4.0"),
        exercises=(Exercise("Heel walks", "for the shins"), Exercise("Plank")),
        comments_url="https://talk.example/1",
        season=2,
        season_name="Spring",
    )
    full = replace(sample.MIDBACK, episode=episode)
    others = tuple(r for r in sample.EDITION.releases if r is not sample.MIDBACK)
    return replace(sample.EDITION, releases=(full, *others))


@pytest.mark.parametrize("edition", [full_edition(), film_sample.edition_of(1280, 720)])
def test_every_page_speaks_in_words_of_schema_org(edition: Edition) -> None:
    pages = data_of(edition)
    assert "index.html" in pages
    for path, data in pages.items():
        assert data["@context"] == "https://schema.org", path
        assert list(faults(data)) == [], path


def test_a_wrong_word_would_be_found() -> None:
    assert list(faults({"@type": "PodcastEpisode", "name": "A", "seconds": 3})) == [
        "['PodcastEpisode'] has no seconds"
    ]
    assert list(faults({"@type": "Clip", "startOffset": "3"})) == ["'3' is none of ('a number',)"]
    assert list(faults({"@type": "Goose"})) != []


def test_a_course_lists_its_lessons_in_order() -> None:
    data = data_of(sample.EDITION)["courses/run-without-pain/index.html"]
    assert data["@type"] == ["Course", "PodcastSeries"]
    parts = data["hasPart"]
    assert [part["position"] for part in parts] == list(range(1, len(parts) + 1))
    lessons = {r.episode.title for r in sample.EDITION.releases if r.episode.course}
    assert {part["name"] for part in parts} == lessons
    assert data["provider"]["name"] == "Mira and Dan"


def test_an_episode_says_where_it_plays_and_under_which_licence() -> None:
    pages = data_of(full_edition())
    data = pages["episodes/turning-from-the-middle/index.html"]
    assert data["contentLocation"] == [{"@type": "Place", "name": "Oslo"}]
    assert data["locationCreated"] == [{"@type": "Place", "name": "Lake Mjøsa"}]
    assert data["license"].startswith("https://creativecommons.org/licenses/by/4.0")
    assert {part["@type"] for part in data["hasPart"]} == {"Clip"}
