"""The show's pages: front page, episodes, lessons, courses, archive, subscribe, not found."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from castpress.model.own_pages import ARTICLES_PATH
from castpress.model.podcast import EpisodeType
from castpress.model.problem import by_place
from castpress.model.teaser import is_full
from castpress.render.archive_pages import ARCHIVE_PATH, render_archive
from castpress.render.catalogue import Catalogue, Frame, Surroundings, catalogue
from castpress.render.course_data import course_data
from castpress.render.embed import embed_path
from castpress.render.embed_page import EMBED_TEMPLATE, render_embed
from castpress.render.episode_view import page_root, view_episode
from castpress.render.feed_views import view_feeds
from castpress.render.group_pages import (
    paged_paths,
    paths_of,
    render_group,
    render_people_index,
    render_tag_index,
)
from castpress.render.groups import Group, Kind, groups_of, of_kind
from castpress.render.html_text import direction, initial, length
from castpress.render.list_addresses import PEOPLE_PATH, SEARCH_PATH, TAGS_PATH
from castpress.render.manifest import render_manifest
from castpress.render.markdown_page import render_llms
from castpress.render.metadata import episode_data, series_data, view_page
from castpress.render.next_lesson import view_coming
from castpress.render.own_pages import render_own_page, render_reading, view_articles
from castpress.render.page_file import Rendered, feeds_of, page_of
from castpress.render.page_parts import (
    view_action,
    view_art,
    view_links,
    view_people,
    view_player,
    view_row,
    view_site,
)
from castpress.render.page_views import CourseView, HomeView, SubscribeView
from castpress.render.qr_code import qr_code
from castpress.render.search_page import (
    render_search,
    render_search_files,
    site_data,
)
from castpress.render.sitemap import render_robots, render_sitemap
from castpress.render.subscribe_links import app_links
from castpress.render.text import paragraphs
from castpress.render.theme import Theme, prepare_theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from castpress.model.artifact import Artifact
    from castpress.model.palette import Palette
    from castpress.model.podcast import Artwork, Course, Edition, Release
    from castpress.model.problem import Problem
    from castpress.model.teaser import Coming

HOME_ROWS = 50
HOME_ARTICLES = 3
_REDIRECT = "redirect.html"


def render_pages(
    edition: Edition, templates: Mapping[str, str], *, palette: Palette | None = None
) -> tuple[tuple[Artifact, ...], tuple[Problem, ...]]:
    """All pages with the theme's files, sitemap.xml and robots.txt.

    ``templates`` are texts by name. A fault in a template is a problem, and its pages are missing.
    """
    rendered = list(each_page(edition, templates, palette=palette))
    pages = tuple(page for page, _ in rendered if page is not None)
    return pages, by_place(problem for _, found in rendered for problem in found)


def each_page(
    edition: Edition, templates: Mapping[str, str], *, palette: Palette | None = None
) -> Iterator[Rendered]:
    """The same one by one, for whoever counts them."""
    listed = catalogue(edition)
    show = edition.show
    theme = prepare_theme(templates, palette, initial(show.title), show.base_url, look=show.look)
    for release in edition.releases:
        yield render_episode_page(release, listed.surroundings(release), listed.frame, theme)
        yield render_embed(release, listed.frame, theme)
    for release in edition.releases:
        yield from render_redirects(release, listed.frame, theme)
    groups = groups_of(listed)
    for group in groups:
        yield from render_group(group, listed.frame, theme)
    yield from render_lists(listed, groups, theme)
    for artifact in render_search_files(listed) if show.has_search else ():
        yield artifact, ()


def render_lists(listed: Catalogue, groups: tuple[Group, ...], theme: Theme) -> Iterator[Rendered]:
    """All pages of no single episode and no group; of the episodes they need no notes."""
    for asset in theme.assets:
        yield asset, ()
    yield render_manifest(listed.edition.show, theme), ()
    yield render_llms(listed), ()
    yield render_home(listed, theme)
    for course in listed.frame.taught:
        yield render_course(course, listed, theme)
    yield from render_archive(listed, groups, theme)
    for own in listed.edition.pages:
        yield render_own_page(own, listed.frame, theme)
    yield from render_reading(listed.edition.pages, listed.frame, theme)
    yield from render_tag_index(groups, listed.frame, theme)
    yield from render_people_index(groups, listed.frame, theme)
    yield render_subscribe(listed, theme)
    if listed.edition.show.has_search:
        yield theme.search_script, ()
        yield render_search(listed.frame, theme)
    yield render_not_found(listed, theme)
    for artifact in render_for_robots(listed, groups):
        yield artifact, ()


def render_episode_page(
    release: Release,
    around: Surroundings,
    frame: Frame,
    theme: Theme,
    *,
    card: Artwork | None = None,
) -> Rendered:
    """The page of one episode or lesson; ``card`` stands for it where a link to it is shared."""
    episode = release.episode
    course = frame.course(release)
    view = view_episode(release, around, frame)
    page = view_page(
        frame.show,
        view.title,
        episode.summary or episode.subtitle or view.title,
        episode.page_path,
        feed=frame.feed(release),
        artwork=card or episode.artwork,
        data=episode_data(release, frame),
        release=release,
        direction=direction(episode.language),
        feeds=feeds_of(frame, course.feed if course else None),
    )
    site = view_site(frame, theme, page_root(episode.page_path))
    text = theme.render(_template(release, frame), site=site, page=page, episode=view)
    return page_of(f"{episode.page_path}index.html", text)


def templates_of_episode(release: Release, frame: Frame, theme: Theme) -> tuple[str, ...]:
    """The templates that the release's page and redirects were seen to read."""
    names = theme.templates_of(_template(release, frame))
    redirect = theme.templates_of(_REDIRECT) if release.episode.aliases else ()
    return tuple(sorted({*names, *redirect, *theme.templates_of(EMBED_TEMPLATE)}))


def _template(release: Release, frame: Frame) -> str:
    return "lesson.html" if frame.course(release) else "episode.html"


def render_home(listed: Catalogue, theme: Theme) -> Rendered:
    """The front page: the show, its newest episode, its courses and its list."""
    show = listed.edition.show
    root = page_root("")
    main = tuple(reversed(listed.order[None]))
    full = [r for r in main if r.episode.episode_type is EpisodeType.FULL]
    by_date = sorted(full or main or listed.edition.releases, key=lambda r: r.published)
    newest = by_date[-1] if by_date else None
    trailers = [r for r in main if r.episode.episode_type is EpisodeType.TRAILER and r != newest]
    others = [r for r in main if r != newest]
    view = HomeView(
        description=paragraphs(show.feed.description),
        newest=view_row(newest, listed.frame, root) if newest else None,
        newest_summary=newest.episode.summary or newest.episode.subtitle or "" if newest else "",
        player=view_player(newest, listed.frame, root) if newest else None,
        trailer=view_row(trailers[0], listed.frame, root) if trailers else None,
        rows=tuple(view_row(release, listed.frame, root) for release in others[:HOME_ROWS]),
        more=max(len(others) - HOME_ROWS, 0),
        courses=tuple(_view_course(course, listed, root) for course in listed.frame.taught),
        people=view_people(show.feed.people, show, root),
        action=view_action(show.call_to_action, root),
        articles=view_articles(listed.edition.pages, show.feed.language, root)[:HOME_ARTICLES],
    )
    page = view_page(
        show,
        show.title,
        show.tagline or show.feed.description,
        "",
        artwork=theme.brand.card(show.feed.path),
        data=series_data(show, show.feed) | site_data(show),
        direction=direction(show.feed.language),
        feeds=feeds_of(listed.frame),
    )
    text = theme.render(
        "home.html", site=view_site(listed.frame, theme, root), page=page, home=view
    )
    return page_of("index.html", text)


def _view_course(course: Course, listed: Catalogue, root: str) -> CourseView:
    show = listed.edition.show
    lessons = listed.order[course.slug]
    word = course.lesson_word
    feed_url = show.url(course.feed.path)
    texts = paragraphs(course.feed.description)
    coming = listed.edition.coming.get(course.slug)
    return CourseView(
        title=course.feed.title,
        url=root + course.feed.page_path,
        description=texts,
        promise=texts[0] if texts else "",
        count=_course_count(lessons, word.lower(), coming),
        length=length(sum(r.episode.audio.duration_ms for r in lessons)),
        word=word,
        art=view_art(course.feed.artwork or show.feed.artwork, course.feed.title, root),
        lessons=tuple(view_row(release, listed.frame, root) for release in lessons),
        lesson_keys=listed.lesson_keys[course.slug],
        people=view_people(course.feed.people or show.feed.people, show, root),
        action=view_action(course.call_to_action or show.call_to_action, root),
        feed_url=feed_url,
        apps=app_links(feed_url, course.feed.title),
        coming=view_coming(coming.first, show.feed.language) if coming else None,
    )


def _course_count(lessons: tuple[Release, ...], word: str, coming: Coming | None) -> str:
    """How many lessons there are; a bonus or trailer is none, where there is anything else."""
    out = sum(is_full(release.episode) for release in lessons) or len(lessons)
    if coming:
        return f"{out} of {out + coming.waiting} {word}s"
    return f"{out} {word}{'' if out == 1 else 's'}"


def render_course(course: Course, listed: Catalogue, theme: Theme) -> Rendered:
    """The page of one course, its lessons from the first."""
    show = listed.edition.show
    path = course.feed.page_path
    root = page_root(path)
    page = view_page(
        show,
        course.feed.title,
        course.feed.description,
        path,
        feed=course.feed,
        artwork=theme.brand.card(course.feed.path),
        data=course_data(course, show, listed.order[course.slug]),
        direction=direction(course.feed.language),
        feeds=feeds_of(listed.frame, course.feed),
    )
    view = _view_course(course, listed, root)
    text = theme.render(
        "course.html", site=view_site(listed.frame, theme, root), page=page, course=view
    )
    return page_of(f"{path}index.html", text)


def render_subscribe(listed: Catalogue, theme: Theme) -> Rendered:
    """The ways into a podcast app."""
    show = listed.edition.show
    root = page_root("subscribe/")
    feed_url = show.url(show.feed.path)
    named = {link.title.casefold() for link in show.subscribe}
    apps = app_links(feed_url, show.title)
    view = SubscribeView(
        links=view_links(show.subscribe, root),
        apps=tuple(app for app in apps if app.title.casefold() not in named),
        feed_url=feed_url,
        qr=qr_code(show.url("subscribe/")),
        qr_url=show.url("subscribe/"),
        feeds=view_feeds(listed),
    )
    page = view_page(
        show,
        "Subscribe",
        f"Follow {show.title} in the podcast app you like.",
        "subscribe/",
        artwork=theme.brand.card(show.feed.path),
        direction=direction(show.feed.language),
        feeds=feeds_of(listed.frame),
    )
    site = view_site(listed.frame, theme, root, "subscribe/")
    courses = tuple(_view_course(course, listed, root) for course in listed.frame.taught)
    text = theme.render("subscribe.html", site=site, page=page, subscribe=view, courses=courses)
    return page_of("subscribe/index.html", text)


def render_not_found(listed: Catalogue, theme: Theme) -> Rendered:
    """404.html; servers show it under any address, so its links start at the host's root."""
    show = listed.edition.show
    root = urlsplit(show.base_url).path or "/"
    page = view_page(
        show,
        "Page not found",
        "",
        None,
        direction=direction(show.feed.language),
        feeds=feeds_of(listed.frame),
    )
    newest = sorted(listed.edition.releases, key=lambda r: r.published, reverse=True)[:3]
    rows = tuple(view_row(release, listed.frame, root) for release in newest)
    site = view_site(listed.frame, theme, root)
    return page_of("404.html", theme.render("404.html", site=site, page=page, rows=rows))


def render_redirects(release: Release, frame: Frame, theme: Theme) -> list[Rendered]:
    """A page at each old address of the release and its player, which leads to the new one."""
    show = frame.show
    episode = release.episode
    page = view_page(show, episode.title, "", episode.page_path, release=release)
    return [
        page_of(
            f"{path}index.html",
            theme.render(_REDIRECT, page=page, target=f"../{episode.slug}/"),
        )
        for old in episode.old_page_paths
        for path in (old, embed_path(old))
    ]


def render_for_robots(listed: Catalogue, groups: tuple[Group, ...]) -> tuple[Artifact, Artifact]:
    """sitemap.xml and robots.txt."""
    show = listed.edition.show
    newest = listed.newest_change
    archive = paged_paths(ARCHIVE_PATH, len(listed.edition.releases))
    pages = [("", newest), *((path, newest) for path in archive)]
    pages += [(SEARCH_PATH, None)] if show.has_search else []
    pages.append(("subscribe/", None))
    for course in listed.frame.taught:
        dates = [r.changed for r in listed.order[course.slug]]
        pages.append((course.feed.page_path, max(dates)))
    pages += [(r.episode.page_path, r.changed) for r in listed.edition.releases]
    pages += [(own.link.path, own.published) for own in listed.edition.pages]
    articles = [own.published for own in listed.edition.pages if own.link.is_article]
    if articles:
        pages.append((ARTICLES_PATH, max(filter(None, articles), default=None)))
    for path, kind in ((TAGS_PATH, Kind.TAG), (PEOPLE_PATH, Kind.PERSON)):
        if of_kind(groups, kind):
            pages.append((path, newest))
    for group in groups:
        changed = max((release.changed for release in group.releases), default=None)
        pages += [(path, changed) for path in paths_of(group)]
    return render_sitemap(show, pages), render_robots(show)
