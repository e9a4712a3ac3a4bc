"""Which pages the site has: what a link to it can lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.check.own_links import Linking, check_own_links

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from castpress.model.own_pages import OwnPage
    from castpress.model.podcast import Episode, Show
    from castpress.model.problem import Problem


def own_link_problems(
    show: Show, episodes: Sequence[Episode], pages: Sequence[OwnPage]
) -> Iterator[Problem]:
    """A note for each link of theirs to a page of the site that is not there.

    What waits for its date counts: the link leads somewhere once it is out.
    """
    linking = [Linking(each.page_path, each.typed_links) for each in episodes if each.typed_links]
    linking += [Linking(page.link.path, page.typed_links) for page in pages if page.typed_links]
    if linking:
        yield from check_own_links(show.base_url, linking, set(_addresses(show, episodes, pages)))


def _addresses(show: Show, episodes: Sequence[Episode], pages: Sequence[OwnPage]) -> Iterator[str]:
    from castpress.render.list_addresses import person_path, season_path, tag_path

    yield from ("archive/", "articles/", "people/", "subscribe/", "tags/")
    if any(episode.exercises for episode in episodes):
        yield "exercises/"
    if show.has_search:
        yield "search/"
    for feed in (show.feed, *(course.feed for course in show.courses)):
        yield feed.page_path
        yield from (person_path(person.name) for person in feed.people)
    for episode in episodes:
        yield from (episode.page_path, *episode.old_page_paths)
        yield from (person_path(person.name) for person in episode.people)
        if episode.season is not None:
            yield season_path(episode.season)
        yield from map(tag_path, episode.tags)
    for page in pages:
        yield page.link.path
        yield from map(tag_path, page.tags)
