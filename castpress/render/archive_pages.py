"""The archive: everything that was ever released, by year, and the other ways to find it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from castpress.model.own_pages import ARTICLES_PATH
from castpress.render.episode_view import page_root
from castpress.render.exercise_pages import has_exercises
from castpress.render.group_pages import in_pages, numbered
from castpress.render.groups import Group, Kind, of_kind
from castpress.render.list_addresses import EXERCISES_PATH, PEOPLE_PATH, TAGS_PATH
from castpress.render.metadata import view_page, with_search_form
from castpress.render.page_file import feeds_of, json_feed_of, page_of
from castpress.render.page_parts import view_row, view_site
from castpress.render.page_views import LinkView, YearView

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.render.catalogue import Catalogue
    from castpress.render.page_file import Rendered
    from castpress.render.theme import Theme

ARCHIVE_PATH = "archive/"


def render_archive(
    listed: Catalogue, groups: tuple[Group, ...], theme: Theme
) -> Iterator[Rendered]:
    """All that was ever released, by year, in pages of so many as a person may look through."""
    show = listed.edition.show
    newest_first = sorted(listed.edition.releases, key=lambda r: r.published, reverse=True)
    first_of: dict[str, str] = {}
    pages = tuple(in_pages(ARCHIVE_PATH, newest_first))
    for path, releases, _ in pages:
        for release in releases:
            first_of.setdefault(str(release.published.year), path)
    say = listed.frame.say
    title = say("site.all_episodes")
    for path, releases, pager in pages:
        root = page_root(path)
        years = tuple(
            YearView(str(year), tuple(view_row(release, listed.frame, root) for release in found))
            for year, found in groupby(releases, key=lambda r: r.published.year)
        )
        page = view_page(
            show,
            title if path == ARCHIVE_PATH else numbered(title, path, say),
            say("describe.archive", title=show.title),
            path,
            artwork=theme.brand.card(show.feed.path),
            feeds=feeds_of(listed.frame),
            alternates=json_feed_of(show),
        )
        text = theme.render(
            "archive.html",
            site=view_site(listed.frame, theme, root, ARCHIVE_PATH),
            page=with_search_form(page, show),
            years=years,
            all_years=tuple(
                LinkView(year, f"{'' if first == path else root + first}#year-{year}")
                for year, first in first_of.items()
            ),
            browse=_ways_in(listed, groups, root),
            pager=pager,
        )
        yield page_of(f"{path}index.html", text)


def _ways_in(listed: Catalogue, groups: tuple[Group, ...], root: str) -> tuple[LinkView, ...]:
    """Other ways to find something: by season, by topic, by person; and what there is to read."""
    say = listed.frame.say
    ways = [(season.title, season.path) for season in of_kind(groups, Kind.SEASON)]
    if of_kind(groups, Kind.TAG):
        ways.append((say("lists.topics"), TAGS_PATH))
    if of_kind(groups, Kind.PERSON):
        ways.append((say("lists.people"), PEOPLE_PATH))
    if has_exercises(listed.edition.releases):
        ways.append((say("episode.exercises"), EXERCISES_PATH))
    if any(own.link.is_article for own in listed.edition.pages):
        ways.append((say("home.reading"), ARTICLES_PATH))
    return tuple(LinkView(title, root + path) for title, path in ways)
