"""Which releases go well with another: what two of them share, and how much that weighs."""

from __future__ import annotations

from collections import Counter
from heapq import nsmallest
from typing import TYPE_CHECKING

from castpress.render.list_addresses import person_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from castpress.model.podcast import Person, Release, Show

_TAG, _GUEST = 2, 1
_CANDIDATES = 50
_FEW = 3

Places = tuple[int, ...]


def places_by_tag(tagged: Iterable[Iterable[str]]) -> dict[str, Places]:
    """Where each tag stands in a list of things with tags, whatever its case."""
    found: dict[str, list[int]] = {}
    for place, tags in enumerate(tagged):
        for tag in dict.fromkeys(tag.casefold() for tag in tags):
            found.setdefault(tag, []).append(place)
    return {tag: tuple(places) for tag, places in found.items()}


def places_by_guest(releases: tuple[Release, ...], show: Show) -> dict[str, Places]:
    """Where each guest is heard, by the address of the person's page.

    Whom the show or the episode's course names is no guest; nor is a person of most episodes, whom
    nobody has put into show.yaml: two episodes with their host in common have nothing in common.
    """
    found: dict[str, list[int]] = {}
    for place, release in enumerate(releases):
        episode = release.episode
        if episode.people:
            regulars = _paths((*show.feed.people, *show.home_of(episode.course).people))
            for path in _paths(episode.people) - regulars:
                found.setdefault(path, []).append(place)
    most = max(_FEW, len(releases) / 2)
    return {path: tuple(places) for path, places in found.items() if len(places) <= most}


def most_shared(
    release: Release, most: int, tagged: Mapping[str, Places], heard: Mapping[str, Places]
) -> list[int]:
    """The places that share the most with the release: a tag weighs as much as two guests.

    Of equal ones the lowest come first: releases and articles stand newest first. Of a tag that
    half the show has, only the newest are looked at: costs grow with the number of releases, not
    with its square.
    """
    shared: Counter[int] = Counter()
    for key, weight, places in (
        *((tag.casefold(), _TAG, tagged) for tag in release.episode.tags),
        *((path, _GUEST, heard) for path in (_paths(release.episode.people) if heard else ())),
    ):
        for place in places.get(key, ())[:_CANDIDATES]:
            shared[place] += weight
    return [place for _, place in nsmallest(most, ((-n, place) for place, n in shared.items()))]


def _paths(people: Iterable[Person]) -> set[str]:
    return {person_path(person.name) for person in people}
