"""An episode as Markdown, and llms.txt, which lists them: for readers that are no browsers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.model.derived_feed import people_of
from castpress.model.podcast import EpisodeType
from castpress.model.timecode import format_clock, format_seconds
from castpress.render.app_html import link_target
from castpress.render.chapters import list_chapters
from castpress.render.episode_facts import places_of, view_license
from castpress.render.html_text import day, length
from castpress.render.markdown_text import escape_markdown, markdown_link, markdown_of
from castpress.render.notes_view import are_in_notes, lead, not_in_notes, shown_sections
from castpress.render.page_parts import episode_label
from castpress.render.text import file_url, one_line, shorten, site_url
from castpress.render.transcript import transcript_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from castpress.model.podcast import Episode, Exercise, Link, Person, Release, Show
    from castpress.render.catalogue import Catalogue, Frame

MARKDOWN_FILE, MARKDOWN_TYPE = "index.md", "text/markdown"
"""Its name beside the episode's page, and what it is."""

LLMS_FILE = "llms.txt"
_SUMMARY_CHARS = 200


def render_markdown_page(
    release: Release, frame: Frame, related: tuple[Link, ...] = ()
) -> Artifact:
    """What the episode's page says, without the page: facts, chapters, notes, links.

    ``related`` is what the author has chosen to go on with (``Surroundings.chosen``).
    """
    path = release.episode.page_path + MARKDOWN_FILE
    return text_artifact(path, "\n\n".join(_parts(release, frame, related)) + "\n", Wave.PAGE)


def _parts(release: Release, frame: Frame, related: tuple[Link, ...]) -> Iterator[str]:
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
    if opening := lead(episode):
        yield escape_markdown(opening)
    yield "\n".join(f"- {line}" for line in _facts(release, frame, page))
    if episode.corrections:
        yield "## Corrections"
        yield "\n".join(_corrections(episode, show, page))
    chapters = list_chapters(episode)
    if chapters:
        yield "## Chapters"
        yield "\n".join(
            f"- [{format_clock(chapter.start_ms)}]({page}#t={format_seconds(chapter.start_ms)}) "
            f"{escape_markdown(chapter.title)}"
            for chapter in chapters
        )
    for section in shown_sections(episode):
        if section.title:
            span = _span(section.start_ms, section.end_ms)
            level = min(max(section.level, 2), 6)
            yield f"{'#' * level} {escape_markdown(section.title)}{span}"
        if text := markdown_of(section.html, link_target(page)):
            yield text
    if not are_in_notes(episode.topics, episode):
        yield "## Topics"
        yield "\n".join(f"- {escape_markdown(topic)}" for topic in episode.topics)
    if not are_in_notes([exercise.name for exercise in episode.exercises], episode):
        yield "## Exercises"
        yield "\n".join(_exercises(episode.exercises, show))
    links = _links(not_in_notes((*episode.links, *related), episode), show)
    if links:
        yield "## Links"
        yield "\n".join(links)


def _corrections(episode: Episode, show: Show, page: str) -> Iterator[str]:
    for correction in episode.corrections:
        at_ms = correction.at_ms
        parts = [day(correction.date, show.feed.language)] if correction.date else []
        if at_ms is not None:
            parts.append(f"[{format_clock(at_ms)}]({page}#t={format_seconds(at_ms)})")
        parts.append(escape_markdown(correction.text))
        yield f"- {' · '.join(parts)}"


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
    """llms.txt (llmstxt.org): what the site is, and where each episode stands as Markdown."""
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


def _markdown_url(episode: Episode, show: Show) -> str:
    return file_url(show, episode.page_path + MARKDOWN_FILE)
