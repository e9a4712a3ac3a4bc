"""Which episodes stand below "You may also like" where nobody chose any."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from castpress.model.podcast import EpisodeType, FeedType, Person
from castpress.render.catalogue import catalogue
from tests.render import sample

if TYPE_CHECKING:
    from castpress.model.podcast import Release, Show

OTTILIE, JO = Person("Ottilie", role="guest"), Person("Jo Lund", role="guest")
HOST = Person("Coach Mira")


def episode(day: int, **fields: Any) -> Release:
    return sample.release(f"e{day}", f"Talk {day}", f"2026-03-{day:02}", number=day, **fields)


def related(asking: int, *releases: Release, show: Show = sample.SHOW) -> list[str]:
    edition = replace(sample.EDITION, show=show, releases=sample.newest_first(releases))
    (release,) = (r for r in releases if r.episode.number == asking)
    return [found.episode.slug for found in catalogue(edition).related(release)]


def only_shared(*releases: Release) -> list[str]:
    """Of a show that is told from the beginning nothing near fills up."""
    feed = replace(sample.SHOW.feed, feed_type=FeedType.SERIAL)
    return related(1, *releases, show=replace(sample.SHOW, feed=feed))


def test_a_tag_weighs_as_much_as_two_guests_and_of_equals_the_newest_comes_first() -> None:
    both = (OTTILIE, JO)
    asking = episode(1, tags=("Hills",), people=both)
    one_guest = episode(5, people=(OTTILIE,))
    two_guests = episode(2, people=both)
    tagged = episode(3, tags=("hills",))
    tagged_with_guest = episode(4, tags=("hills",), people=(JO,))
    nothing = episode(6, tags=("sea",))
    found = only_shared(asking, one_guest, two_guests, tagged, tagged_with_guest, nothing)
    assert found == ["e4", "e3", "e2"]
    assert only_shared(asking, one_guest, nothing) == ["e5"]


def test_a_guest_is_known_however_the_name_is_spaced() -> None:
    again = Person("jo  lund", role="guest")
    assert only_shared(episode(1, people=(JO,)), episode(2, people=(again,))) == ["e2"]


def test_whom_the_show_names_is_shared_by_all_and_says_nothing() -> None:
    assert only_shared(episode(1, people=(HOST, JO)), episode(2, people=(HOST,))) == []


def test_a_host_whom_nobody_wrote_into_the_settings_says_nothing() -> None:
    host = Person("Nobody's Host")
    many = [episode(day, people=(host, JO) if day < 3 else (host,)) for day in range(1, 9)]
    assert only_shared(*many) == ["e2"]


def test_near_ones_fill_up_but_not_those_that_are_linked_anyway() -> None:
    plain = [episode(day) for day in range(1, 8)]
    assert related(4, *plain) == ["e6", "e2"]
    assert related(1, *plain) == ["e3"]
    tagged = [episode(4, tags=("a",)), episode(1, tags=("a",)), episode(6, tags=("a",))]
    others = [release for release in plain if release.episode.number not in (1, 4, 6)]
    assert related(4, *tagged, *others) == ["e6", "e1", "e2"]


def test_a_trailer_does_not_fill_up() -> None:
    trailer = episode(1, episode_type=EpisodeType.TRAILER)
    assert related(3, trailer, *(episode(day) for day in range(2, 5))) == []


def test_nothing_fills_up_in_courses_and_shows_with_an_order() -> None:
    course = {"course": "run-without-pain"}
    lessons = [episode(day, **course) for day in range(1, 6)]
    assert related(3, *lessons) == []
    assert only_shared(*(episode(day) for day in range(1, 6))) == []


def test_of_a_tag_that_all_have_only_the_newest_are_looked_at() -> None:
    all_of_them = [episode(day, tags=("running",)) for day in range(1, 29)]
    assert related(3, *all_of_them) == ["e28", "e27", "e26"]
