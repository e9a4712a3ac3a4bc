from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from castpress.model.element_rules import NAMESPACES
from castpress.model.podcast import Link, Person
from castpress.render.feed_element import Channel, Item, Value, value
from castpress.render.feed_tags import CHANNEL_TAGS, ITEM_TAGS
from castpress.render.podcast_item import people_of_item, season
from castpress.render.podcast_namespace import funding, locked, people
from tests.render.feed_sample import ANN, BO, FEED, GUEST, HILLS, SHOW, release

if TYPE_CHECKING:
    from collections.abc import Callable

DOCS = Path(__file__).parents[2] / "docs" / "feed.md"


def item_with(**changes: object) -> Item:
    return Item(SHOW, FEED, release(replace(HILLS, **changes)))  # type: ignore[arg-type]


def names(item: Item) -> list[str | None]:
    return [found.text for found in people_of_item(item)]


def test_a_guest_is_named_after_the_shows_own_people() -> None:
    assert names(item_with(people=(GUEST,))) == [ANN.name, BO.name, GUEST.name]


def test_an_episode_without_people_leaves_the_channels() -> None:
    assert names(item_with(people=())) == []
    assert names(item_with(people=FEED.people)) == []


@pytest.mark.parametrize("role", ["host", "Host", "guest host"])
def test_an_episode_that_names_its_host_is_taken_at_its_word(role: str) -> None:
    stand_in = Person("Cy", role)

    assert names(item_with(people=(stand_in, GUEST))) == ["Cy", GUEST.name]


def test_a_person_in_another_role_is_not_named_twice() -> None:
    ann_as_guest = Person(f" {ANN.name.upper()}", "guest")

    assert names(item_with(people=(ann_as_guest,))) == [BO.name, ANN.name.upper()]


def test_nobody_without_a_name_and_nobody_twice() -> None:
    assert [found.text for found in people(SHOW, (ANN, Person(" \x00"), ANN))] == [ANN.name]


def test_addresses_that_readers_cannot_follow_are_left_out() -> None:
    (person,) = people(SHOW, (Person("Di", href="javascript:x", img="//evil.example/x"),))
    links = (Link("A", "javascript:x"), Link("", "gear/"))

    assert person == value("Di", role="host", group="cast")
    assert list(funding(SHOW, links)) == [value(SHOW.url("gear/"), url=SHOW.url("gear/"))]


def test_a_row_cannot_write_what_xml_cannot_hold() -> None:
    assert value("a\x00\ud800b", url="c\x1b d\n", none=None, empty=" ") == Value(
        "ab", (("url", "c d"),)
    )


def test_a_feed_may_be_open_to_move() -> None:
    open_feed = replace(FEED, is_locked=False, owner_email=None)

    assert locked(Channel(SHOW, open_feed, None)) == (Value("no"),)


@pytest.mark.parametrize(
    ("number", "name", "expected"),
    [
        (2, "Spring", (value("2", name="Spring"),)),
        (0, None, (Value("0"),)),
        (None, "Spring", ()),
    ],
)
def test_a_season_is_a_number_with_a_name(
    number: int | None, name: str | None, expected: tuple[Value, ...]
) -> None:
    assert season(item_with(season=number, season_name=name)) == expected


def test_each_tag_has_a_known_namespace_and_says_where_it_comes_from() -> None:
    for table in (CHANNEL_TAGS, ITEM_TAGS):
        assert len({(tag.name, tag.comes_from) for tag in table}) == len(table)
        for tag in table:
            assert tag.name.partition(":")[0] in NAMESPACES or ":" not in tag.name


def test_the_docs_are_made_from_the_tables(golden: Callable[[Path, bytes | str], None]) -> None:
    text = DOCS.read_text("utf-8")
    for name, table in (("the show", CHANNEL_TAGS), ("an episode", ITEM_TAGS)):
        rows = "".join(f"| `{t.name}` | {t.comes_from} | {t.read_by} |\n" for t in table)
        between = re.compile(rf"(<!-- tags of {name}: [^>]*-->\n).*?(<!-- /tags of)", re.DOTALL)
        made = f"\n| element | comes from | read by |\n|---|---|---|\n{rows}\n"
        text, count = between.subn(lambda m, made=made: f"{m[1]}{made}{m[2]}", text)  # type: ignore[misc]
        assert count == 1
    golden(DOCS, text)
