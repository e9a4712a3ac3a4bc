from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.channel_changes import SIZE_STEPS
from castpress.model.difference import Kind, as_json_object, differences
from castpress.model.feed_tags import AlternateEnclosure
from castpress.model.listing import ListedFeed, ListedItem, with_older
from castpress.model.problem import Severity
from castpress.model.reorder import moved_positions

if TYPE_CHECKING:
    from castpress.model.difference import Difference

DAY = timedelta(days=1)
FIRST = datetime(2026, 3, 1, 6, tzinfo=UTC)


def item(number: int) -> ListedItem:
    return ListedItem(
        guid=f"guid-{number}",
        title=f"Episode {number}",
        published=FIRST + number * DAY,
        enclosure_url=f"https://example.org/{number}.mp3",
        media_type="audio/mpeg",
        byte_length=1_000_000 + number,
        duration_ms=60_000 * (number + 1),
        season=1,
        number=number,
        link=f"https://example.org/{number}/",
        chapters=((0, "Hello"), (30_000, "Middle"), (50_000, "End")),
        description_digest=f"{number:064x}",
    )


def feed(*items: ListedItem) -> ListedFeed:
    return ListedFeed(
        title="Show",
        link="https://example.org/",
        self_url="https://example.org/feed.xml",
        podcast_guid="6c967fe4-ab76-51b1-aec1-bde9677f87cb",
        new_feed_url=None,
        language="en",
        feed_type="episodic",
        items=items,
        byte_length=50_000,
    )


OPUS = AlternateEnclosure("audio/ogg", ("https://example.org/1.opus",))
FIVE = feed(*(item(number) for number in (5, 4, 3, 2, 1)))


def kinds(found: tuple[Difference, ...]) -> list[str]:
    return [difference.kind.value for difference in found]


def with_item(position: int, **changes: Any) -> ListedFeed:
    items = list(FIVE.items)
    items[position] = replace(items[position], **changes)
    return replace(FIVE, items=tuple(items))


ITEM_EDITS: dict[str, tuple[dict[str, Any], Severity]] = {
    "guid-changed": ({"guid": "other"}, Severity.ERROR),
    "enclosure-changed": ({"enclosure_url": "https://example.org/new.mp3"}, Severity.WARNING),
    "type-changed": ({"episode_type": "bonus"}, Severity.WARNING),
    "date-moved": ({"published": FIRST + 9 * DAY}, Severity.WARNING),
    "number-changed": ({"number": 77}, Severity.NOTE),
    "retitled": ({"title": "Another"}, Severity.NOTE),
    "notes-changed": ({"description_digest": "ff"}, Severity.NOTE),
    "chapters-changed": ({"chapters": ((0, "Hello"),)}, Severity.NOTE),
    "duration-changed": ({"duration_ms": 1}, Severity.NOTE),
    "link-moved": ({"link": ""}, Severity.NOTE),
    "artwork-changed": ({"artwork_url": "https://example.org/1.jpg"}, Severity.NOTE),
    "alternates-changed": ({"alternates": (OPUS,)}, Severity.NOTE),
    "details-changed": ({"details": (("podcast:license", "1"),)}, Severity.NOTE),
    "visibility-changed": ({"is_blocked": True}, Severity.WARNING),
}
MORE_ITEM_EDITS: list[tuple[str, dict[str, Any], Severity]] = [
    ("enclosure-changed", {"byte_length": 5_000_000}, Severity.WARNING),
    ("enclosure-changed", {"byte_length": None}, Severity.NOTE),
    ("type-changed", {"media_type": "audio/aac"}, Severity.NOTE),
    ("date-moved", {"published": None}, Severity.WARNING),
    ("number-changed", {"season": None}, Severity.NOTE),
    ("chapters-changed", {"chapters": ()}, Severity.NOTE),
    ("chapters-changed", {"chapters_url": "https://example.org/c.json"}, Severity.NOTE),
    ("guid-changed", {"guid": "o", "enclosure_url": "https://example.net/1.mp3"}, Severity.ERROR),
    ("guid-changed", {"guid": "o", "title": "Another"}, Severity.ERROR),
]
FEED_EDITS: list[tuple[str, dict[str, Any], Severity]] = [
    ("feed-retitled", {"title": "Another"}, Severity.WARNING),
    ("link-moved", {"link": "https://example.net/"}, Severity.NOTE),
    ("feed-moved", {"self_url": "https://example.net/feed.xml"}, Severity.WARNING),
    ("feed-moved", {"self_url": None}, Severity.WARNING),
    ("feed-moved", {"new_feed_url": "https://example.net/{old}.xml"}, Severity.WARNING),
    ("podcast-guid-changed", {"podcast_guid": "other"}, Severity.ERROR),
    ("podcast-guid-changed", {"podcast_guid": None}, Severity.ERROR),
    ("language-changed", {"language": "fr"}, Severity.WARNING),
    ("type-changed", {"feed_type": "serial"}, Severity.WARNING),
    ("artwork-changed", {"artwork_url": "https://example.org/cover.jpg"}, Severity.NOTE),
    ("visibility-changed", {"is_blocked": True}, Severity.WARNING),
    ("complete-changed", {"is_complete": True}, Severity.WARNING),
    ("details-changed", {"details": (("category", "1"),)}, Severity.NOTE),
    ("pages-divided", {"page_sizes": (2, 1)}, Severity.NOTE),
    ("feed-size", {"byte_length": 50_001}, Severity.NOTE),
    ("gone-episode", {"items": FIVE.items[1:]}, Severity.WARNING),
    ("archived", {"archived": ("guid-1", "guid-2")}, Severity.WARNING),
    ("new-episode", {"items": (item(6), *FIVE.items)}, Severity.NOTE),
    ("order-moved", {"items": (*FIVE.items[1:], FIVE.items[0])}, Severity.WARNING),
]


@pytest.mark.parametrize("position", range(5))
@pytest.mark.parametrize(
    ("kind", "changes", "severity"),
    [*((k, *edit) for k, edit in ITEM_EDITS.items()), *MORE_ITEM_EDITS],
)
def test_one_edit_of_an_episode_is_one_difference(
    position: int, kind: str, changes: dict[str, Any], severity: Severity
) -> None:
    after = with_item(position, **changes)
    (found,) = differences(FIVE, after)
    assert (found.kind.value, found.severity) == (kind, severity)
    assert (found.guid, found.title) == (after.items[position].guid, after.items[position].title)
    assert "\n" not in found.text
    (back,) = differences(after, FIVE)
    assert back.kind.value == kind


@pytest.mark.parametrize(("kind", "changes", "severity"), FEED_EDITS)
def test_one_edit_of_the_feed_is_one_difference(
    kind: str, changes: dict[str, Any], severity: Severity
) -> None:
    (found,) = differences(FIVE, replace(FIVE, **changes))
    assert (found.kind.value, found.severity) == (kind, severity)


def test_every_kind_is_shown_by_one_of_these_tests() -> None:
    shown = {*ITEM_EDITS, *(edit[0] for edit in FEED_EDITS), "feed-new", "feed-gone"}
    assert shown == {kind.value for kind in Kind}


def test_a_feed_that_comes_or_goes_is_one_difference() -> None:
    assert differences(None, None) == ()
    assert kinds(differences(None, FIVE)) == ["feed-new"]
    (gone,) = differences(FIVE, None)
    assert (gone.kind, gone.severity) == (Kind.FEED_GONE, Severity.ERROR)


SOME = st.lists(st.sampled_from(range(12)), max_size=12).map(
    lambda numbers: feed(*(item(number) for number in numbers))
)
EDITS = st.sampled_from([edit[0] for edit in ITEM_EDITS.values()])


@given(SOME)
def test_a_feed_does_not_differ_from_itself(some: ListedFeed) -> None:
    assert differences(some, some) == ()


@given(SOME, SOME)
def test_every_episode_is_accounted_for_once(before: ListedFeed, after: ListedFeed) -> None:
    found = differences(before, after)
    old = {i.guid for i in before.items}
    new = {i.guid for i in after.items}
    assert {d.guid for d in found if d.kind is Kind.NEW_EPISODE} == new - old
    assert {d.guid for d in found if d.kind is Kind.GONE_EPISODE} == old - new
    severities = [d.severity for d in found]
    assert severities == sorted(severities, reverse=True)


@given(st.lists(EDITS, min_size=5, max_size=5), st.permutations(range(5)))
def test_edits_of_several_episodes_are_told_of_each(
    edits: list[dict[str, Any]], order: list[int]
) -> None:
    kind_of = {repr(edit): kind for kind, (edit, _) in ITEM_EDITS.items()}
    changed = []
    for number, (old, edit) in enumerate(zip(FIVE.items, edits, strict=True)):
        # Two episodes cannot have one guid or one file.
        own: dict[str, Any] = {
            key: f"{value}{number}" if key in {"guid", "enclosure_url"} else value
            for key, value in edit.items()
        }
        changed.append(replace(old, **own))
    after = replace(FIVE, items=tuple(changed[n] for n in order))
    told = {(d.guid, d.kind.value) for d in differences(FIVE, after)}
    expected = {(i.guid, kind_of[repr(e)]) for i, e in zip(changed, edits, strict=True)}
    assert {(guid, kind) for guid, kind in told if kind != "order-moved"} == expected


def test_the_worst_comes_first_then_the_newest() -> None:
    after = replace(
        FIVE,
        link="https://example.net/",
        byte_length=60_000,
        items=(
            replace(FIVE.items[0], title="Retitled"),
            replace(FIVE.items[1], enclosure_url="https://example.org/x.mp3", title="Retitled"),
            replace(FIVE.items[2], enclosure_url="https://example.org/y.mp3"),
            replace(FIVE.items[3], guid="other"),
        ),
    )
    assert [(d.kind.value, d.guid) for d in differences(FIVE, after)] == [
        ("guid-changed", "other"),
        ("enclosure-changed", "guid-4"),
        ("enclosure-changed", "guid-3"),
        ("gone-episode", "guid-1"),
        ("link-moved", None),
        ("retitled", "guid-5"),
        ("retitled", "guid-4"),
        ("feed-size", None),
    ]


def test_only_who_has_moved_is_said_to_have_moved() -> None:
    five, four, three, two, one = FIVE.items
    (found,) = differences(FIVE, replace(FIVE, items=(two, five, four, three, one)))
    assert (found.guid, found.before, found.after) == ("guid-2", "4", "1")


def test_an_episode_with_a_new_date_may_stand_elsewhere() -> None:
    five, four, three, two, one = FIVE.items
    moved = replace(one, published=FIRST + 8 * DAY)
    after = replace(FIVE, items=(moved, five, four, three, two))
    assert kinds(differences(FIVE, after)) == ["date-moved"]


def test_a_feed_turned_round_is_one_difference() -> None:
    many = feed(*(item(number) for number in range(100)))
    (found,) = differences(many, replace(many, items=many.items[::-1]))
    assert (found.kind, found.guid) == (Kind.ORDER_MOVED, None)


def test_a_new_episode_with_an_old_date_is_announced_by_few() -> None:
    (found,) = differences(FIVE, replace(FIVE, items=(*FIVE.items, item(0))))
    assert "among the older episodes, dated 2026-03-01" in found.text
    (found,) = differences(FIVE, replace(FIVE, items=(item(6), *FIVE.items)))
    assert "announce" in found.text


def test_the_same_moment_with_another_offset_is_the_same_date() -> None:
    published = FIVE.items[0].published
    assert published
    berlin = published.astimezone(timezone(timedelta(hours=1)))
    assert differences(FIVE, with_item(0, published=berlin)) == ()


def test_dates_are_told_in_the_zone_of_the_show() -> None:
    later = with_item(0, published=FIRST + 5 * DAY + timedelta(seconds=1))
    (found,) = differences(FIVE, later, zone=ZoneInfo("Asia/Kathmandu"))
    assert (found.before, found.after) == ("2026-03-06 11:45:00+05:45", "2026-03-06 11:45:01+05:45")


@pytest.mark.parametrize(
    ("chapters", "told"),
    [
        (((0, "Hello"), (31_000, "Middle"), (50_000, "End")), "1 moved, 3 in all"),
        (((0, "Hello"), (30_000, "Hills"), (50_000, "End")), "1 renamed, 3 in all"),
        (((0, "Hello"), (30_000, "Middle")), "1 removed, 2 in all"),
        (((0, "Hello"), (30_000, "Middle"), (40_000, "New"), (50_000, "End")), "1 added, 4 in all"),
        (((50_000, "End"), (0, "Hello"), (30_000, "Middle")), "in another order, 3 in all"),
        (((7, "A"), (8, "B")), "2 added, 3 removed, 2 in all"),
        ((), "has no chapters any more, 3 before"),
    ],
)
def test_chapters_are_counted(chapters: tuple[tuple[int, str], ...], told: str) -> None:
    (found,) = differences(FIVE, with_item(2, chapters=chapters))
    assert told in found.text


def test_of_two_with_one_guid_apps_know_the_first() -> None:
    twice = replace(FIVE, items=(FIVE.items[0], replace(item(9), guid="guid-5"), *FIVE.items[1:]))
    assert differences(FIVE, twice) == ()
    assert differences(twice, FIVE) == ()


@pytest.mark.parametrize("step", [step for step, _ in SIZE_STEPS])
def test_a_feed_that_passes_a_step_warns_once(step: int) -> None:
    below, above = replace(FIVE, byte_length=step - 1), replace(FIVE, byte_length=step)
    more = replace(FIVE, byte_length=step + 1)
    severities = [
        differences(below, above)[0].severity,
        differences(above, more)[0].severity,
        differences(above, below)[0].severity,
    ]
    assert severities == [Severity.WARNING, Severity.NOTE, Severity.NOTE]


def test_a_difference_as_json() -> None:
    (found,) = differences(FIVE, with_item(0, title="Hills"))
    assert as_json_object(found) == {
        "kind": "retitled",
        "severity": "note",
        "guid": "guid-5",
        "title": "Hills",
        "text": "is its title now, 'Episode 5' before; apps show it at their next refresh",
        "before": "Episode 5",
        "after": "Hills",
    }


@given(st.permutations(range(8)))
def test_those_that_stayed_rise_and_are_as_many_as_can_be(places: list[int]) -> None:
    moved = set(moved_positions(places))
    stayed = [place for position, place in enumerate(places) if position not in moved]
    assert stayed == sorted(stayed)
    longest = [1] * len(places)
    for end in range(len(places)):
        runs = (longest[n] + 1 for n in range(end) if places[n] < places[end])
        longest[end] = max([1, *runs])
    assert len(stayed) == max(longest)


def test_audio_that_only_moved_to_another_address_is_no_new_audio() -> None:
    digest = "0123456789abcdef" * 2
    old = with_item(0, enclosure_url=f"https://example.org/audio/hills-{digest}.mp3")
    new = with_item(0, enclosure_url=f"https://new.example/audio/{digest}.mp3")
    (change,) = differences(old, new)
    assert (change.kind, change.severity) == (Kind.ENCLOSURE_CHANGED, Severity.NOTE)
    assert change.text == "has the same audio at another address; nobody notices"


def test_details_are_told_in_words_and_once() -> None:
    old = replace(FIVE.items[0], details=(("category", "1"), ("podcast:location", "1")))
    new = replace(
        old,
        details=(("?:mood", "1"), ("category", "2"), ("podcast:license", "1")),
    )
    (found,) = differences(replace(FIVE, items=(old,)), replace(FIVE, items=(new,)))
    assert found.text.startswith(
        "has other details: mood (new), tags, licence (new), place (gone);"
    )
    assert (found.before, found.after) == (
        "category podcast:location",
        "category mood podcast:license",
    )


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("itunes:title", {"title": "Another"}),
        ("podcast:image", {"artwork_url": "https://example.org/1.jpg"}),
    ],
)
def test_what_follows_from_another_difference_is_not_told_again(
    name: str, changes: dict[str, Any]
) -> None:
    assert kinds(differences(FIVE, with_item(0, details=((name, "1"),)))) == ["details-changed"]
    both = differences(FIVE, with_item(0, details=((name, "1"),), **changes))
    assert "details-changed" not in kinds(both)
    of_show = replace(FIVE, details=((name, "1"),), **changes)
    assert "details-changed" not in kinds(differences(FIVE, of_show))


def test_pages_are_divided_anew_only_where_they_hold_the_same() -> None:
    newest, pages = replace(FIVE, items=FIVE.items[:3]), replace(FIVE, items=FIVE.items[3:])
    paged = with_older(newest, [pages])
    assert (paged.archived, paged.page_sizes) == (("guid-2", "guid-1"), (2,))
    (found,) = differences(paged, replace(paged, page_sizes=(1, 1)))
    words = "divides its 2 older episodes into 2 archive pages now, 1 before; nobody notices"
    assert found.text == words
    more = replace(paged, archived=("guid-3", "guid-2", "guid-1"), page_sizes=(1, 2))
    assert kinds(differences(paged, more)) == ["archived"]
