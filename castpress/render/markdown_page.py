"""Episodes and own pages as Markdown, and llms.txt, which lists them: for what is no browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.model.derived_feed import people_of
from castpress.model.podcast import EpisodeType
from castpress.model.timecode import format_clock, format_seconds
from castpress.render.app_html import link_target
from castpress.render.chapters import list_chapters
from castpress.render.episode_facts import places_of, view_license
from castpress.render.episode_view import page_root
from castpress.render.html_text import day, length
from castpress.render.markdown_text import escape_markdown, markdown_link, markdown_of
from castpress.render.notes_view import (
    are_in_notes,
    lead,
    not_in_notes,
    opening,
    shown_sections,
)
from castpress.render.page_parts import episode_label
from castpress.render.shown_pictures import with_pictures
from castpress.render.text import file_url, one_line, shorten, site_url
from castpress.render.transcript import transcript_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from castpress.model.notes import Section
    from castpress.model.own_pages import OwnPage
    from castpress.model.podcast import Episode, Exercise, Link, Person, Release, Show
    from castpress.render.catalogue import Catalogue, Frame

MARKDOWN_FILE, MARKDOWN_TYPE = "index.md", "text/markdown"
"""Its name beside the page, and what it is."""

LLMS_FILE = "llms.txt"
_SUMMARY_CHARS = 200


def render_markdown_page(release: Release, frame: Frame) -> Artifact:
    """What the episode's page says, without the page: facts, chapters, notes, links."""
    path = release.episode.page_path + MARKDOWN_FILE
    return text_artifact(path, "\n\n".join(_parts(release, frame)) + "\n", Wave.PAGE)


def render_own_markdown(own: OwnPage, frame: Frame) -> Artifact:
    """What a page of the author's own says."""
    text = "\n\n".join(_own_parts(own, frame.show)) + "\n"
    return text_artifact(own.link.path + MARKDOWN_FILE, text, Wave.PAGE)


def _own_parts(own: OwnPage, show: Show) -> Iterator[str]:
    page = file_url(show, own.link.path)
    yield f"# {escape_markdown(own.link.title)}"
    date = day(own.published, show.feed.language) if own.published else ""
    facts = (show.title, date, own.author)
    yield " · ".join(escape_markdown(fact) for fact in facts if fact)
    if own.summary:
        yield escape_markdown(own.summary)
    topics = [f"- Topics: {', '.join(map(escape_markdown, own.tags))}"] if own.tags else []
    yield "\n".join([f"- Page: <{page}>", *topics])
    root = page_root(own.link.path)
    for section in own.sections:
        yield from _section(section, page, with_pictures(section.html, own.shown, root))


def _section(section: Section, page: str, markup: str) -> Iterator[str]:
    if section.title:
        span = _span(section.start_ms, section.end_ms)
        level = min(max(section.level, 2), 6)
        yield f"{'#' * level} {escape_markdown(section.title)}{span}"
    if text := markdown_of(markup, link_target(page)):
        yield text


def _parts(release: Release, frame: Frame) -> Iterator[str]:
    episode, show = release.episode, frame.show
    page = file_url(show, episode.page_path)
    yield f"# {escape_markdown(episode.title)}"
    facts = (
        frame.feed(release).title,
        episode_label(release, frame),
        day(release.published, show.feed.language),
        length(episode.audio.duration_ms),
    )
    yield " · ".join(escape_markdown(fact) for fact in facts if fact)
    if first := lead(episode):
        yield escape_markdown(first)
    yield "\n".join(f"- {line}" for line in _facts(release, frame, page))
    chapters = list_chapters(episode)
    if chapters:
        yield "## Chapters"
        yield "\n".join(
            f"- [{format_clock(chapter.start_ms)}]({page}#t={format_seconds(chapter.start_ms)}) "
            f"{escape_markdown(chapter.title)}"
            for chapter in chapters
        )
    for section in shown_sections(episode):
        markup = with_pictures(section.html, episode.shown, page_root(episode.page_path))
        yield from _section(section, page, markup)
    if not are_in_notes(episode.topics, episode):
        yield "## Topics"
        yield "\n".join(f"- {escape_markdown(topic)}" for topic in episode.topics)
    if not are_in_notes([exercise.name for exercise in episode.exercises], episode):
        yield "## Exercises"
        yield "\n".join(_exercises(episode.exercises, show))
    links = _links(not_in_notes((*episode.links, *episode.related), episode), show)
    if links:
        yield "## Links"
        yield "\n".join(links)


def _span(start_ms: int | None, end_ms: int | None) -> str:
    """The time range of a section behind its title."""
    if start_ms is None:
        return ""
    start = format_clock(start_ms)
    return f" ({start})" if end_ms is None else f" ({start} – {format_clock(end_ms)})"


def _facts(release: Release, frame: Frame, page: str) -> Iterator[str]:
    """One line each: where it is, who speaks, what there is besides."""
    episode, show = release.episode, frame.show
    feed = frame.feed(release)
    yield f"Page: <{page}>"
    kind = "Video" if release.enclosure.is_video else "Audio"
    yield f"{kind}: <{file_url(show, release.enclosure.path)}>"
    if episode.video and (url := site_url(show, episode.video.url)):
        yield f"Video: <{url}>"
    for file in transcript_files(episode):
        if file.media_type == "text/plain":
            yield f"Transcript ({file.language}): <{file_url(show, file.path)}>"
    if people := people_of(episode.people, feed.people):
        yield f"With: {', '.join(_names(people))}"
    if places := places_of(episode, show, "subject"):
        yield f"About: {', '.join(map(escape_markdown, places))}"
    if episode.tags:
        yield f"Topics: {', '.join(map(escape_markdown, episode.tags))}"
    if given := view_license(episode.license or feed.license, ""):
        title = escape_markdown(given.title)
        yield f"Licence: {markdown_link(title, given.url) if given.url else title}"


def _names(people: Iterable[Person]) -> Iterator[str]:
    for person in people:
        role = f" ({escape_markdown(person.role)})" if person.role else ""
        yield escape_markdown(person.name) + role


def _exercises(exercises: Iterable[Exercise], show: Show) -> Iterator[str]:
    for exercise in exercises:
        name = escape_markdown(exercise.name)
        url = site_url(show, exercise.url) if exercise.url else None
        reason = f": {escape_markdown(exercise.reason)}" if exercise.reason else ""
        yield f"- {markdown_link(name, url) if url else name}{reason}"


def _links(links: Iterable[Link], show: Show) -> list[str]:
    return [
        f"- {markdown_link(escape_markdown(link.title or link.url), url)}"
        for link in links
        if (url := site_url(show, link.url)) is not None
    ]


def render_llms(listed: Catalogue) -> Artifact:
    """llms.txt (llmstxt.org): what the site is, and where all that it says stands as Markdown."""
    show = listed.edition.show
    parts = [f"# {escape_markdown(show.title)}"]
    if promise := one_line(show.tagline or show.feed.description):
        parts.append(f"> {escape_markdown(promise)}")
    if show.tagline and show.feed.description:
        parts.append(escape_markdown(show.feed.description))
    homes = [(None, "Episodes"), *((c.slug, c.feed.title) for c in listed.frame.taught)]
    for home, title in homes:
        releases = listed.order.get(home, ())
        newest_first = reversed(releases) if home is None else releases
        lines = [_listed(release, show) for release in newest_first]
        if lines:
            parts += [f"## {escape_markdown(title)}", "\n".join(lines)]
    pages = listed.edition.pages
    for title, is_article in (("Reading", True), ("Pages", False)):
        lines = [_listed_page(own, show) for own in pages if own.link.is_article is is_article]
        if lines:
            parts += [f"## {title}", "\n".join(lines)]
    others = [
        ("All episodes", "archive/"),
        ("Subscribe", "subscribe/"),
        ("RSS feed", show.feed.path),
    ]
    lines = [f"- {markdown_link(title, file_url(show, path))}" for title, path in others]
    parts += ["## Optional", "\n".join(lines)]
    return text_artifact(LLMS_FILE, "\n\n".join(parts) + "\n", Wave.PAGE)


def _listed(release: Release, show: Show) -> str:
    episode = release.episode
    link = markdown_link(escape_markdown(episode.title), _markdown_url(episode, show))
    kind = "" if episode.episode_type is EpisodeType.FULL else f"{episode.episode_type.value}, "
    facts = f"{kind}{release.published.date().isoformat()}, {length(episode.audio.duration_ms)}"
    summary = shorten(one_line(episode.subtitle or episode.summary), _SUMMARY_CHARS)
    return f"- {link}: {facts}. {escape_markdown(summary)}".rstrip()


def _listed_page(own: OwnPage, show: Show) -> str:
    url = file_url(show, own.link.path + MARKDOWN_FILE)
    link = markdown_link(escape_markdown(own.link.title), url)
    date = own.published.date().isoformat() if own.published else ""
    summary = escape_markdown(shorten(one_line(opening(own)), _SUMMARY_CHARS))
    said = " ".join(filter(None, (date and f"{date}.", summary)))
    return f"- {link}: {said}" if said else f"- {link}"


def _markdown_url(episode: Episode, show: Show) -> str:
    return file_url(show, episode.page_path + MARKDOWN_FILE)
