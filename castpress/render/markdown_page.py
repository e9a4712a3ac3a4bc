"""Episodes and own pages as Markdown, and llms.txt, which lists them: for what is no browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.model.derived_feed import people_of
from castpress.model.podcast import EpisodeType, TranscriptMaker
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
from castpress.render.page_parts import episode_label, role_name
from castpress.render.shown_pictures import with_pictures
from castpress.render.text import file_url, one_line, shorten, site_url
from castpress.render.transcript import transcript_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from castpress.model.messages import Messages
    from castpress.model.notes import Section
    from castpress.model.own_pages import OwnPage
    from castpress.model.podcast import Episode, Exercise, Link, Person, Release, Show
    from castpress.render.catalogue import Catalogue, Frame

MARKDOWN_FILE, MARKDOWN_TYPE = "index.md", "text/markdown"
"""Its name beside the page, and what it is."""

LLMS_FILE = "llms.txt"
_SUMMARY_CHARS = 200


def render_markdown_page(
    release: Release, frame: Frame, related: tuple[Link, ...] = ()
) -> Artifact:
    """What the episode's page says, without the page: facts, chapters, notes, links.

    ``related`` is what the author has chosen to go on with (``Surroundings.chosen``).
    """
    path = release.episode.page_path + MARKDOWN_FILE
    frame = frame.speaking(release.episode.language)
    return text_artifact(path, "\n\n".join(_parts(release, frame, related)) + "\n", Wave.PAGE)


def render_own_markdown(own: OwnPage, frame: Frame) -> Artifact:
    """What a page of the author's own says."""
    text = "\n\n".join(_own_parts(own, frame)) + "\n"
    return text_artifact(own.link.path + MARKDOWN_FILE, text, Wave.PAGE)


def _own_parts(own: OwnPage, frame: Frame) -> Iterator[str]:
    show, say = frame.show, frame.say
    comma = say("number.comma")
    page = file_url(show, own.link.path)
    yield f"# {escape_markdown(own.link.title)}"
    date = day(own.published, say) if own.published else ""
    facts = (show.title, date, own.author)
    yield " · ".join(escape_markdown(fact) for fact in facts if fact)
    if own.summary:
        yield escape_markdown(own.summary)
    lines = [f"- {say('markdown.page')}: <{page}>"]
    if own.tags:
        lines.append(f"- {say('episode.topics')}: {comma.join(map(escape_markdown, own.tags))}")
    yield "\n".join(lines)
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


def _parts(release: Release, frame: Frame, related: tuple[Link, ...]) -> Iterator[str]:
    episode, show = release.episode, frame.show
    say = frame.say
    page = file_url(show, episode.page_path)
    yield f"# {escape_markdown(episode.title)}"
    facts = (
        frame.feed(release).title,
        episode_label(release, frame),
        day(release.published, say),
        length(episode.audio.duration_ms, say),
    )
    yield " · ".join(escape_markdown(fact) for fact in facts if fact)
    if first := lead(episode):
        yield escape_markdown(first)
    yield "\n".join(f"- {line}" for line in _facts(release, frame, page))
    if episode.corrections:
        yield f"## {say('episode.corrections')}"
        yield "\n".join(_corrections(episode, say, page))
    chapters = list_chapters(episode)
    if chapters:
        yield f"## {say('episode.chapters')}"
        yield "\n".join(
            f"- [{format_clock(chapter.start_ms)}]({page}#t={format_seconds(chapter.start_ms)}) "
            f"{escape_markdown(chapter.title)}"
            for chapter in chapters
        )
    for section in shown_sections(episode):
        markup = with_pictures(section.html, episode.shown, page_root(episode.page_path))
        yield from _section(section, page, markup)
    if not are_in_notes(episode.topics, episode):
        yield f"## {say('episode.topics')}"
        yield "\n".join(f"- {escape_markdown(topic)}" for topic in episode.topics)
    if not are_in_notes([exercise.name for exercise in episode.exercises], episode):
        yield f"## {say('episode.exercises')}"
        yield "\n".join(_exercises(episode.exercises, show))
    links = _links(not_in_notes((*episode.links, *related), episode), show)
    if links:
        yield f"## {say('markdown.links')}"
        yield "\n".join(links)
    if episode.sponsors:
        yield f"## {say('episode.sponsors')}"
        yield "\n".join(_sponsors(episode, show))


def _corrections(episode: Episode, say: Messages, page: str) -> Iterator[str]:
    for correction in episode.corrections:
        at_ms = correction.at_ms
        parts = [day(correction.date, say)] if correction.date else []
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
    say = frame.say
    comma = say("number.comma")
    yield f"{say('markdown.page')}: <{page}>"
    kind = say("markdown.video" if release.enclosure.is_video else "markdown.audio")
    yield f"{kind}: <{file_url(show, release.enclosure.path)}>"
    if episode.video and (url := site_url(show, episode.video.url)):
        yield f"{say('markdown.video')}: <{url}>"
    is_by_machine = episode.transcript_made_by is TranscriptMaker.MACHINE
    doubt = f" · {say('transcript.by_machine')}" if is_by_machine else ""
    for file in transcript_files(episode):
        if file.media_type == "text/plain":
            url = file_url(show, file.path)
            yield f"{say('episode.transcript')} ({file.language}): <{url}>{doubt}"
    if people := people_of(episode.people, feed.people):
        yield f"{say('episode.with')}: {comma.join(_names(people, say))}"
    if places := places_of(episode, show, "subject"):
        yield f"{say('markdown.about')}: {comma.join(map(escape_markdown, places))}"
    if episode.tags:
        yield f"{say('episode.topics')}: {comma.join(map(escape_markdown, episode.tags))}"
    if given := view_license(episode.license or feed.license, ""):
        title = escape_markdown(given.title)
        yield f"{say('facts.licence')}: {markdown_link(title, given.url) if given.url else title}"


def _names(people: Iterable[Person], say: Messages) -> Iterator[str]:
    for person in people:
        role = f" ({escape_markdown(role_name(person.role, say))})" if person.role else ""
        yield escape_markdown(person.name) + role


def _exercises(exercises: Iterable[Exercise], show: Show) -> Iterator[str]:
    for exercise in exercises:
        name = escape_markdown(exercise.name)
        url = site_url(show, exercise.url) if exercise.url else None
        reason = f": {escape_markdown(exercise.reason)}" if exercise.reason else ""
        yield f"- {markdown_link(name, url) if url else name}{reason}"


def _sponsors(episode: Episode, show: Show) -> Iterator[str]:
    for sponsor in episode.sponsors:
        title = escape_markdown(sponsor.title)
        url = site_url(show, sponsor.url)
        text = f" – {escape_markdown(sponsor.text)}" if sponsor.text else ""
        yield f"- {markdown_link(title, url) if url else title}{text}"


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
    say = listed.frame.say
    homes = [(None, say("site.episodes")), *((c.slug, c.feed.title) for c in listed.frame.taught)]
    for home, title in homes:
        releases = listed.order.get(home, ())
        newest_first = reversed(releases) if home is None else releases
        lines = [_listed(release, listed.frame) for release in newest_first]
        if lines:
            parts += [f"## {escape_markdown(title)}", "\n".join(lines)]
    pages = listed.edition.pages
    for title, is_article in ((say("home.reading"), True), (say("lists.pages"), False)):
        lines = [_listed_page(own, show) for own in pages if own.link.is_article is is_article]
        if lines:
            parts += [f"## {title}", "\n".join(lines)]
    others = [
        (say("site.all_episodes"), "archive/"),
        (say("site.subscribe"), "subscribe/"),
        (say("site.rss_feed"), show.feed.path),
    ]
    lines = [f"- {markdown_link(title, file_url(show, path))}" for title, path in others]
    parts += ["## Optional", "\n".join(lines)]
    return text_artifact(LLMS_FILE, "\n\n".join(parts) + "\n", Wave.PAGE)


def _listed(release: Release, frame: Frame) -> str:
    episode, say = release.episode, frame.say
    link = markdown_link(escape_markdown(episode.title), _markdown_url(episode, frame.show))
    is_full = episode.episode_type is EpisodeType.FULL
    facts = say("number.comma").join(
        (
            *(() if is_full else (say(f"label.{episode.episode_type.value}"),)),
            release.published.date().isoformat(),
            length(episode.audio.duration_ms, say),
        )
    )
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
