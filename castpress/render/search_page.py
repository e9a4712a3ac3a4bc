"""The search page, and how the index of a whole edition is made at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.render.html_text import day
from castpress.render.list_addresses import SEARCH_PATH
from castpress.render.metadata import view_page, with_search_form
from castpress.render.page_file import feeds_of, page_of
from castpress.render.page_parts import episode_label, view_site
from castpress.render.page_views import SearchView
from castpress.render.search_document import (
    SEARCH_FILE,
    render_page_document,
    render_search_document,
    weights_of,
)
from castpress.render.search_filters import filters_of, pack_filters, view_filters
from castpress.render.search_index import ListedEpisode, cut_words, join_words, render_index
from castpress.render.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from castpress.model.artifact import Artifact
    from castpress.model.messages import Messages
    from castpress.model.own_pages import OwnPage
    from castpress.model.podcast import Release, Show
    from castpress.render.catalogue import Catalogue, Frame
    from castpress.render.groups import Group
    from castpress.render.page_file import Rendered
    from castpress.render.theme import Theme


def render_search(listed: Catalogue, groups: tuple[Group, ...], theme: Theme) -> Rendered:
    """The page with the field and the filters; results are put there by its script."""
    frame = listed.frame
    show = frame.show
    root = "../"
    page = view_page(
        show,
        frame.say("site.search"),
        frame.say("describe.search", title=show.title),
        SEARCH_PATH,
        artwork=theme.brand.card(show.feed.path),
        feeds=feeds_of(frame),
    )
    site = view_site(frame, theme, root, SEARCH_PATH)
    view = SearchView(root + theme.search_script.path, view_filters(filters_of(listed, groups)))
    text = theme.render("search.html", site=site, page=with_search_form(page, show), search=view)
    return page_of(f"{SEARCH_PATH}index.html", text)


def site_data(show: Show) -> dict[str, object]:
    """The site that the show is part of, with the address at which it is searched."""
    if not show.has_search:
        return {}
    site = {
        "@type": "WebSite",
        "name": show.site_name or show.title,
        "url": show.url(""),
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": show.url(SEARCH_PATH) + "?q={search_term_string}",
            },
            "query-input": "required name=search_term_string",
        },
    }
    return {"isPartOf": site}


@dataclass(frozen=True, slots=True)
class Found:
    """What can be found as one result: the path of its places, and how results show it."""

    document: str
    listed: ListedEpisode


def in_search_order(listed: Catalogue) -> list[Found]:
    """All that can be found as the index counts it: pages without a date, then the oldest first."""
    found = [
        (release.published.timestamp(), list_episode(release, listed.frame))
        for release in listed.edition.releases
    ]
    say = listed.frame.say
    found += [
        (own.published.timestamp() if own.published else float("-inf"), _list_page(own, say))
        for own in listed.edition.pages
        if own.is_found
    ]
    found.sort(key=lambda each: (each[0], each[1].url))
    return [Found(each.url + SEARCH_FILE, each) for _, each in found]


def _list_page(own: OwnPage, say: Messages) -> ListedEpisode:
    date = day(own.published, say) if own.published else ""
    return ListedEpisode(own.link.path, one_line(own.link.title), date, int(own.link.is_article))


def list_episode(release: Release, frame: Frame) -> ListedEpisode:
    """The release as results show it."""
    course = frame.course(release)
    date = day(release.published, frame.say)
    facts = (course.feed.title if course else "", episode_label(release, frame), date)
    about = " · ".join(one_line(fact) for fact in facts if fact)
    return ListedEpisode(release.episode.page_path, one_line(release.episode.title), about)


def render_page_documents(pages: Iterable[OwnPage]) -> Iterator[Artifact]:
    """The places of the author's own pages that can be found."""
    return (render_page_document(own) for own in pages if own.is_found)


def render_search_files(listed: Catalogue, groups: tuple[Group, ...]) -> Iterator[Artifact]:
    """All that the page loads: everything's places, the files of words, and their list."""
    documents = [
        *(render_search_document(release, listed.frame) for release in listed.edition.releases),
        *render_page_documents(listed.edition.pages),
    ]
    yield from documents
    found = in_search_order(listed)
    contents = {document.path: document.content or b"" for document in documents}
    files = cut_words(join_words(weights_of(contents[each.document]) for each in found))
    yield from (artifact for _, artifact in files)
    rows = [each.listed for each in found]
    filters = pack_filters(filters_of(listed, groups), [row.url for row in rows])
    yield render_index([(start, artifact.path) for start, artifact in files], rows, filters)
