"""The pages of tags, seasons and people, and the two that list all tags and all people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.podcast import Person
from castpress.render.episode_view import page_root
from castpress.render.groups import ROWS, Group, Kind, of_kind
from castpress.render.html_text import initials, length
from castpress.render.list_addresses import PEOPLE_PATH, TAGS_PATH, person_path
from castpress.render.metadata import person_data, season_data, view_page
from castpress.render.own_pages import view_articles
from castpress.render.page_file import feeds_of, page_of
from castpress.render.page_parts import own_image, view_people, view_row, view_site
from castpress.render.page_views import GroupLinkView, GroupView, LinkView, PagerView, PersonView

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from castpress.model.messages import Messages
    from castpress.model.podcast import Release, Show
    from castpress.render.catalogue import Frame
    from castpress.render.page_file import Rendered
    from castpress.render.theme import Theme


def paths_of(group: Group) -> tuple[str, ...]:
    """Where the group's pages lie, the first one first."""
    return paged_paths(group.path, group.count)


def paged_paths(path: str, rows: int) -> tuple[str, ...]:
    """Where so many rows lie.

    >>> paged_paths("archive/", 200), paged_paths("archive/", 401)
    (('archive/',), ('archive/', 'archive/2/', 'archive/3/'))
    """
    more = range(2, max(-(-rows // ROWS), 1) + 1)
    return (path, *(f"{path}{number}/" for number in more))


def numbered(title: str, path: str, say: Messages) -> str:
    """The title of a page that goes on with a list: "All episodes (2)"."""
    return say("describe.page", title=title, number=path.split("/")[-2])


def in_pages(
    path: str, releases: Sequence[Release]
) -> Iterator[tuple[str, tuple[Release, ...], PagerView | None]]:
    """The releases of each page, with its path and the way to the others where there are any."""
    paths = paged_paths(path, len(releases))
    for index, own in enumerate(paths):
        part = tuple(releases[index * ROWS : (index + 1) * ROWS])
        root = page_root(own)
        pager = None
        if len(paths) > 1:
            pager = PagerView(
                number=index + 1,
                count=len(paths),
                newer=root + paths[index - 1] if index else None,
                older=root + paths[index + 1] if index + 1 < len(paths) else None,
            )
        yield own, part, pager


def render_group(group: Group, frame: Frame, theme: Theme) -> Iterator[Rendered]:
    """Every page of one tag, season or person."""
    show = frame.show
    for path, releases, pager in in_pages(group.path, group.releases):
        root = page_root(path)
        person = _view_person(group.people, frame, root) if group.people else None
        is_first = pager is None or pager.number == 1
        page = view_page(
            show,
            group.title if is_first else numbered(group.title, path, frame.say),
            _description(group, person, frame),
            path,
            artwork=theme.brand.card(show.feed.path),
            data=_data(group, show, root),
            feeds=feeds_of(frame, group.feed),
        )
        view = GroupView(
            title=group.title,
            count=group.count,
            length=length(sum(r.episode.audio.duration_ms for r in group.releases), frame.say),
            rows=tuple(view_row(release, frame, root) for release in releases),
            feed_url=show.url(group.feed.path) if group.feed else None,
            siblings=tuple(
                LinkView(title, root + other, other == group.path)
                for title, other in group.siblings
            ),
            pager=pager,
            reading=view_articles(group.reading, frame.say, root) if is_first else (),
        )
        values = {} if person is None else {"person": person}
        site = view_site(frame, theme, root)
        text = theme.render(f"{group.kind.value}.html", site=site, page=page, group=view, **values)
        yield page_of(f"{path}index.html", text)


def _data(group: Group, show: Show, root: str) -> dict[str, object] | None:
    if group.number is not None:
        return season_data(show, group.number, group.title, group.path, group.count)
    if group.people:
        now = Person(
            name=group.title,
            href=next((p.href for p in group.people if p.href), None),
            img=next((p.img for p in group.people if own_image(p.img, show, root)), None),
            bio=next((p.bio for p in group.people if p.bio), None),
            links=next((p.links for p in group.people if p.links), ()),
        )
        return person_data(show, now)
    return None


def _description(group: Group, person: PersonView | None, frame: Frame) -> str:
    say, title = frame.say, frame.show.title
    if person is not None:
        return person.bio or say("describe.person", name=group.title, title=title)
    if group.kind is Kind.SEASON:
        return say("describe.season", season=group.title, title=title)
    if not group.releases:
        return f"{title}: {group.title}"
    return say("describe.topic", topic=group.title, title=title)


def _view_person(people: Sequence[Person], frame: Frame, root: str) -> PersonView:
    """A person as of now: of each thing, what was said first; of roles, all."""
    views = view_people(people, frame, root)
    first = views[0]
    portrait = next((view for view in views if view.img), first)
    roles = dict.fromkeys(view.role for view in views)
    return PersonView(
        name=first.name,
        role=frame.say("number.comma").join(roles),
        url=next((view.url for view in views if view.url), None),
        img=portrait.img,
        bio=next((view.bio for view in views if view.bio), None),
        initials=initials(first.name),
        page_url=first.page_url,
        srcset=portrait.srcset,
        side=portrait.side,
        links=next((view.links for view in views if view.links), ()),
    )


def render_tag_index(groups: Sequence[Group], frame: Frame, theme: Theme) -> Iterator[Rendered]:
    """The page of all tags, by the alphabet; none where there are no tags."""
    tags = of_kind(groups, Kind.TAG)
    if not tags:
        return
    root = page_root(TAGS_PATH)
    show = frame.show
    page = view_page(
        show,
        frame.say("lists.topics"),
        frame.say("describe.topics", title=show.title),
        TAGS_PATH,
        artwork=theme.brand.card(show.feed.path),
        feeds=feeds_of(frame),
    )
    links = tuple(
        GroupLinkView(tag.title, root + tag.path, tag.count, len(tag.reading)) for tag in tags
    )
    site = view_site(frame, theme, root, TAGS_PATH)
    text = theme.render("tags.html", site=site, page=page, tags=links)
    yield page_of(f"{TAGS_PATH}index.html", text)


def render_people_index(groups: Sequence[Group], frame: Frame, theme: Theme) -> Iterator[Rendered]:
    """The page of all people: those of the show, then whoever was in an episode."""
    people = of_kind(groups, Kind.PERSON)
    if not people:
        return
    root = page_root(PEOPLE_PATH)
    show = frame.show
    by_path = {group.path: group for group in people}
    own = list(dict.fromkeys(person_path(person.name) for person in show.feed.people))
    others = [path for path in by_path if path not in own]
    page = view_page(
        show,
        frame.say("lists.people"),
        frame.say("describe.people", title=show.title),
        PEOPLE_PATH,
        artwork=theme.brand.card(show.feed.path),
        feeds=feeds_of(frame),
    )
    hosts, guests = (
        tuple(_view_person(by_path[path].people, frame, root) for path in paths)
        for paths in (own, others)
    )
    site = view_site(frame, theme, root, PEOPLE_PATH)
    text = theme.render("people.html", site=site, page=page, hosts=hosts, guests=guests)
    yield page_of(f"{PEOPLE_PATH}index.html", text)
