"""By what a search can be narrowed: a course, a season, a topic, a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.render.groups import Kind, of_kind
from castpress.render.page_views import FilterView, OptionView
from castpress.render.search_index import pack_postings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from castpress.render.catalogue import Catalogue
    from castpress.render.groups import Group

_NO_WEIGHT = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter, as addresses name it, with the pages that it lets through."""

    value: str
    title: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """What can be chosen from several; ``name`` is its own in addresses: ``?tag=hills``."""

    name: str
    choices: tuple[Choice, ...]


def filters_of(listed: Catalogue, groups: tuple[Group, ...]) -> tuple[Filter, ...]:
    """Every filter of which there is more than one value."""
    courses = [
        Choice(course.slug, course.feed.title, _paths_of_course(listed, course.slug))
        for course in listed.frame.taught
    ]
    found = (
        Filter("course", tuple(courses)),
        *(Filter(kind.value, _choices(of_kind(groups, kind))) for kind in _GROUPED),
    )
    return tuple(each for each in found if len(each.choices) > 1)


_GROUPED = (Kind.SEASON, Kind.TAG, Kind.PERSON)


def _paths_of_course(listed: Catalogue, slug: str) -> tuple[str, ...]:
    return tuple(release.episode.page_path for release in listed.order[slug])


def _choices(groups: Iterable[Group]) -> tuple[Choice, ...]:
    """The groups by the last part of their addresses; one without anything to find is none."""
    rows = (
        (
            group,
            (
                *(release.episode.page_path for release in group.releases),
                *(own.link.path for own in group.reading if own.is_found),
            ),
        )
        for group in groups
    )
    return tuple(Choice(g.path.split("/")[1], g.title, paths) for g, paths in rows if paths)


def view_filters(filters: Iterable[Filter]) -> tuple[FilterView, ...]:
    """The selects of the page."""
    return tuple(
        FilterView(each.name, tuple(OptionView(c.value, c.title) for c in each.choices))
        for each in filters
    )


def pack_filters(filters: Iterable[Filter], urls: Sequence[str]) -> dict[str, Mapping[str, str]]:
    """What the index holds of them: of each value an entry as words have, without weights."""
    number = {url: place for place, url in enumerate(urls)}
    return {
        each.name: {
            choice.value: pack_postings({number[path]: _NO_WEIGHT for path in choice.paths})
            for choice in each.choices
        }
        for each in filters
    }
