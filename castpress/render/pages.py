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
from castpress.render.exercise_pages import has_exercises, render_exercises
from castpress.render.feed_views import view_feeds
from castpress.render.group_pages import (
    paged_paths,
    paths_of,
    render_group,
    render_people_index,
    render_tag_index,
)
from castpress.render.groups import Group, Kind, groups_of, of_kind
from castpress.render.html_text import initial, length
from castpress.render.list_addresses import EXERCISES_PATH, PEOPLE_PATH, SEARCH_PATH, TAGS_PATH
from castpress.render.manifest import render_manifest
from castpress.render.markdown_page import render_llms
from castpress.render.metadata import episode_data, series_data, view_page, with_search_form
from castpress.render.next_lesson import view_coming
from castpress.render.opml import OPML_FILE, has_opml, render_opml
from castpress.render.own_pages import (
    articles_of,
    render_own_page,
    render_reading,
    view_articles,
)
from castpress.render.page_file import Rendered, feeds_of, json_feed_of, page_of
from castpress.render.page_parts import (
    view_action,
    view_art,
    view_links,
    view_people,
    view_player,
    view_row,
    view_site,
)
from castpress.render.page_views import CourseView, HomeView, LinkView, SubscribeView
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
from castpress.render.transcript_page import (
    TRANSCRIPT_TEMPLATE,
    render_transcript_page,
    transcript_path,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from castpress.model.artifact import Artifact
    from castpress.model.palette import Palette
    from castpress.model.podcast import Artwork, Course, Edition, Release
    from castpress.model.problem import Problem
    from castpress.model.teaser import Coming

HOME_ROWS = 50
HOME_ARTICLES = 3
HOME_PINNED = 3
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
    theme = prepare_theme(
        templates,
        palette,
        initial(show.title),
        show.base_url,
        look=show.look,
        messages=show.messages,
    )
    for release in edition.releases:
        yield render_episode_page(release, listed.surroundings(release), listed.frame, theme)
        yield render_embed(release, listed.frame, theme)
        yield render_transcript_page(release, listed.frame, theme)
    for release in edition.releases:
        yield from render_redirects(release, listed.frame, theme)
    groups = groups_of(listed)
    for group in groups:
        yield from render_group(group, listed.frame, theme)
    yield from render_lists(listed, groups, theme)
    for artifact in render_search_files(listed, groups) if show.has_search else ():
        yield artifact, ()


def render_lists(listed: Catalogue, groups: tuple[Group, ...], theme: Theme) -> Iterator[Rendered]:
    """All pages of no single episode and no group; of the episodes they need no notes."""
    for asset in theme.assets:
        yield asset, ()
    yield render_manifest(listed.edition.show, theme), ()
    yield render_llms(listed), ()
    if has_opml(listed.frame):
        yield render_opml(listed.frame, listed.newest_change), ()
    yield render_home(listed, groups, theme)
    for course in listed.frame.taught:
        yield render_course(course, listed, theme)
    yield from render_archive(listed, groups, theme)
    for own in listed.edition.pages:
        yield from render_own_page(own, listed.frame, theme)
    yield from render_reading(listed.edition.pages, listed.frame, theme)
    yield from render_tag_index(groups, listed.frame, theme)
    yield from render_people_index(groups, listed.frame, theme)
    yield from render_exercises(listed, theme)
    yield render_subscribe(listed, theme)
    if listed.edition.show.has_search:
        yield theme.search_script, ()
        yield render_search(listed, groups, theme)
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
    frame = frame.speaking(episode.language)
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
        feeds=feeds_of(frame, course.feed if course else None),
    )
    site = view_site(frame, theme, page_root(episode.page_path))
    text = theme.render(_template(release, frame), site=site, page=page, episode=view)
    return page_of(f"{episode.page_path}index.html", text)


def templates_of_episode(release: Release, frame: Frame, theme: Theme) -> tuple[str, ...]:
    """The templates that the release's page and redirects were seen to read."""
    names = theme.templates_of(_template(release, frame))
    episode = release.episode
    redirect = theme.templates_of(_REDIRECT) if episode.aliases else ()
    spoken = theme.templates_of(TRANSCRIPT_TEMPLATE) if episode.has_transcript_page else ()
    return tuple(sorted({*names, *redirect, *spoken, *theme.templates_of(EMBED_TEMPLATE)}))


def _template(release: Release, frame: Frame) -> str:
    return "lesson.html" if frame.course(release) else "episode.html"


def render_home(listed: Catalogue, groups: tuple[Group, ...], theme: Theme) -> Rendered:
    """The front page: the show, its newest episode, its courses, its seasons and its list."""
    show = listed.edition.show
    root = page_root("")
    main = tuple(reversed(listed.order[None]))
    full = [r for r in main if r.episode.episode_type is EpisodeType.FULL]
    by_date = sorted(full or main or listed.edition.releases, key=lambda r: r.published)
    newest = by_date[-1] if by_date else None
    trailers = [r for r in main if r.episode.episode_type is EpisodeType.TRAILER and r != newest]
    pinned = [r for r in main if r.episode.is_pinned and r != newest][:HOME_PINNED]
    others = [r for r in main if r != newest and r not in pinned]
    articles = articles_of(listed.edition.pages)[:HOME_ARTICLES]
    seasons = of_kind(groups, Kind.SEASON)
    view = HomeView(
        description=paragraphs(show.feed.description),
        newest=view_row(newest, listed.frame, root) if newest else None,
        newest_summary=newest.episode.summary or newest.episode.subtitle or "" if newest else "",
        player=view_player(newest, listed.frame, root) if newest else None,
        trailer=view_row(trailers[0], listed.frame, root) if trailers else None,
        rows=tuple(view_row(release, listed.frame, root) for release in others[:HOME_ROWS]),
        more=max(len(others) - HOME_ROWS, 0),
        courses=_view_courses(listed, root),
        people=view_people(show.feed.people, listed.frame, root),
        action=view_action(show.call_to_action, root),
        articles=view_articles(articles, listed.frame.say, root),
        pinned=tuple(view_row(release, listed.frame, root) for release in pinned),
        seasons=tuple(
            LinkView(season.title, root + season.path) for season in seasons if season.siblings
        ),
    )
    page = view_page(
        show,
        show.title,
        show.tagline or show.feed.description,
        "",
        artwork=theme.brand.card(show.feed.path),
        data=series_data(show, show.feed) | site_data(show),
        feeds=feeds_of(listed.frame),
        alternates=json_feed_of(show),
    )
    text = theme.render(
        "home.html", site=view_site(listed.frame, theme, root), page=page, home=view
    )
    return page_of("index.html", text)


def _view_courses(listed: Catalogue, root: str) -> tuple[CourseView, ...]:
    frame = listed.frame
    return tuple(_view_course(course, listed, frame, root) for course in frame.taught)


def _view_course(course: Course, listed: Catalogue, frame: Frame, root: str) -> CourseView:
    show = frame.show
    lessons = listed.order[course.slug]
    feed_url = show.url(course.feed.path)
    texts = paragraphs(course.feed.description)
    coming = listed.edition.coming.get(course.slug)
    return CourseView(
        title=course.feed.title,
        url=root + course.feed.page_path,
        description=texts,
        promise=texts[0] if texts else "",
        count=_course_count(lessons, course, coming, frame),
        length=length(sum(r.episode.audio.duration_ms for r in lessons), frame.say),
        word=course.own_word(frame.say),
        art=view_art(course.feed.artwork or show.feed.artwork, course.feed.title, frame.say, root),
        lessons=tuple(view_row(release, frame, root) for release in lessons),
        lesson_keys=listed.lesson_keys[course.slug],
        people=view_people(course.feed.people or show.feed.people, frame, root),
        action=view_action(course.call_to_action or show.call_to_action, root),
        feed_url=feed_url,
        apps=app_links(feed_url, course.feed.title),
        coming=view_coming(coming.first, frame.say) if coming else None,
        exercises_url=root + EXERCISES_PATH if has_exercises(lessons) else None,
    )


def _course_count(
    lessons: tuple[Release, ...], course: Course, coming: Coming | None, frame: Frame
) -> str:
    """How many lessons there are; a bonus or trailer is none, where there is anything else.

    What the author calls them is not counted with: nobody knows its plural in every language.
    """
    out = sum(is_full(release.episode) for release in lessons) or len(lessons)
    name = "course.count_own" if course.own_word(frame.say) else "course.count"
    if coming:
        return frame.say(f"{name}_of", out=out, count=out + coming.waiting)
    return frame.say(name, count=out)


def render_course(course: Course, listed: Catalogue, theme: Theme) -> Rendered:
    """The page of one course, its lessons from the first."""
    show = listed.edition.show
    frame = listed.frame.speaking(course.feed.language)
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
        feeds=feeds_of(frame, course.feed),
    )
    view = _view_course(course, listed, frame, root)
    site = view_site(frame, theme, root)
    text = theme.render("course.html", site=site, page=page, course=view)
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
        opml_url=root + OPML_FILE if has_opml(listed.frame) else None,
    )
    page = view_page(
        show,
        listed.frame.say("site.subscribe"),
        listed.frame.say("describe.subscribe", title=show.title),
        "subscribe/",
        artwork=theme.brand.card(show.feed.path),
        feeds=feeds_of(listed.frame),
    )
    site = view_site(listed.frame, theme, root, "subscribe/")
    courses = _view_courses(listed, root)
    text = theme.render("subscribe.html", site=site, page=page, subscribe=view, courses=courses)
    return page_of("subscribe/index.html", text)


def render_not_found(listed: Catalogue, theme: Theme) -> Rendered:
    """404.html; servers show it under any address, so its links start at the host's root."""
    show = listed.edition.show
    root = urlsplit(show.base_url).path or "/"
    page = view_page(
        show,
        listed.frame.say("not_found.title"),
        "",
        None,
        feeds=feeds_of(listed.frame),
    )
    newest = sorted(listed.edition.releases, key=lambda r: r.published, reverse=True)[:3]
    rows = tuple(view_row(release, listed.frame, root) for release in newest)
    site = view_site(listed.frame, theme, root)
    page = with_search_form(page, show)
    return page_of("404.html", theme.render("404.html", site=site, page=page, rows=rows))


def render_redirects(release: Release, frame: Frame, theme: Theme) -> list[Rendered]:
    """A page at each old address of the release and of what lies below it, to the new one."""
    show = frame.show
    episode = release.episode
    path = episode.page_path
    page = view_page(show, episode.title, "", path, release=release)
    ways = [
        (at, page, f"../{episode.slug}/")
        for old in episode.old_page_paths
        for at in (old, embed_path(old))
    ]
    if episode.has_transcript_page:
        spoken = view_page(show, episode.title, "", transcript_path(path), release=release)
        target = transcript_path(f"../../{episode.slug}/")
        ways += [(transcript_path(old), spoken, target) for old in episode.old_page_paths]
    return [
        page_of(f"{at}index.html", theme.render(_REDIRECT, page=page, target=target))
        for at, page, target in ways
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
    for release in listed.edition.releases:
        path = release.episode.page_path
        spoken = [transcript_path(path)] if release.episode.has_transcript_page else []
        pages += [(each, release.changed) for each in (path, *spoken)]
    pages += [(own.link.path, own.published) for own in listed.edition.pages]
    articles = [own.published for own in listed.edition.pages if own.link.is_article]
    if articles:
        pages.append((ARTICLES_PATH, max(filter(None, articles), default=None)))
    for path, kind in ((TAGS_PATH, Kind.TAG), (PEOPLE_PATH, Kind.PERSON)):
        if of_kind(groups, kind):
            pages.append((path, newest))
    if has_exercises(listed.edition.releases):
        pages.append((EXERCISES_PATH, newest))
    for group in groups:
        pages += [(path, group.changed) for path in paths_of(group)]
    return render_sitemap(show, pages), render_robots(show)
