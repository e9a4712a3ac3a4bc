"""What machines read of a page: OpenGraph, JSON-LD, the content security policy."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from markupsafe import Markup

from castpress.model.address import is_absolute
from castpress.model.derived_feed import people_of
from castpress.model.messages import direction
from castpress.model.timecode import format_seconds
from castpress.render.chapters import CHAPTERS_FILE, CHAPTERS_TYPE, list_chapters
from castpress.render.embed import OEMBED_TYPE, oembed_url
from castpress.render.episode_facts import places_of, view_discussion, view_license
from castpress.render.html_text import iso_duration
from castpress.render.list_addresses import person_path, season_path
from castpress.render.markdown_page import MARKDOWN_FILE, MARKDOWN_TYPE
from castpress.render.page_parts import shown_number
from castpress.render.page_views import LinkView, PageView
from castpress.render.text import one_line, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from castpress.model.messages import Messages
    from castpress.model.podcast import Artwork, Episode, Feed, Person, Release, Show
    from castpress.render.catalogue import Frame

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
)
_FORM_CSP = CSP.replace("form-action 'none'", "form-action 'self'")
_DESCRIPTION_CHARS = 200
_JSON_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def json_block(data: Mapping[str, object]) -> Markup:
    r"""JSON that cannot end the script element it stands in.

    >>> json_block({"name": "</script>"})
    Markup('{"name":"\\u003c/script\\u003e"}')
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.translate(_JSON_ESCAPES))  # noqa: S704 # nothing of HTML is left in it


def series_data(show: Show, feed: Feed) -> dict[str, object]:
    """``PodcastSeries``: the show, or a course as a series of its own."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "PodcastSeries",
        "name": feed.title,
        "url": show.url(feed.page_path),
        "description": feed.description,
        "webFeed": show.url(feed.path),
        "inLanguage": feed.language,
        "author": {"@type": "Person", "name": feed.author},
    }
    if feed.artwork:
        data["image"] = show.url(feed.artwork.path)
    if feed.people:
        data["actor"] = _people_data(feed.people, show)
    if (given := view_license(feed.license, "")) and given.url:
        data["license"] = given.url
    same = [link.url for link in (*show.subscribe, *show.social) if link.url.startswith("http")]
    if same and feed is show.feed:
        data["sameAs"] = list(dict.fromkeys(same))
    return data


def episode_data(release: Release, frame: Frame) -> dict[str, object]:
    """``PodcastEpisode`` with its audio and a ``Clip`` for each chapter."""
    episode = release.episode
    show = frame.show
    feed = frame.feed(release)
    page = show.url(episode.page_path)
    artwork = episode.artwork or feed.artwork or show.feed.artwork
    duration = iso_duration(episode.audio.duration_ms)
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "PodcastEpisode",
        "name": episode.title,
        "url": page,
        "datePublished": release.published.isoformat(),
        "inLanguage": episode.language,
        "duration": duration,
        "partOfSeries": {
            "@type": "PodcastSeries",
            "name": feed.title,
            "url": show.url(feed.page_path),
        },
        "associatedMedia": _media_data(release, show, artwork, duration),
    }
    if episode.updated:
        data["dateModified"] = episode.updated.isoformat()
    if episode.summary:
        data["description"] = episode.summary
    if number := shown_number(episode):
        data["episodeNumber"] = episode.number if number == str(episode.number) else number
    if episode.season is not None:
        data["partOfSeason"] = (
            {"@type": "PodcastSeason", "seasonNumber": episode.season}
            | ({"name": episode.season_name} if episode.season_name else {})
            | ({"url": show.url(season_path(episode.season))} if episode.course is None else {})
        )
    if artwork:
        data["image"] = show.url(artwork.path)
    if people := people_of(episode.people, feed.people):
        data["actor"] = _people_data(people, show)
    data |= _facts_data(episode, feed, show)
    if episode.tags:
        data["keywords"] = list(episode.tags)
    if episode.topics:
        data["teaches" if episode.course else "about"] = list(episode.topics)
    if episode.exercises:
        data["potentialAction"] = [
            {"@type": "ExerciseAction", "name": e.name}
            | ({"description": e.reason} if e.reason else {})
            for e in episode.exercises
        ]
    if episode.corrections:
        data["correction"] = [
            {"@type": "CorrectionComment", "text": correction.text}
            | ({"datePublished": correction.date.isoformat()} if correction.date else {})
            for correction in episode.corrections
        ]
    if episode.chapters:
        data["hasPart"] = [
            {
                "@type": "Clip",
                "name": chapter.title,
                "startOffset": chapter.start_ms / 1000,
                "endOffset": chapter.end_ms / 1000,
                "url": f"{page}#t={format_seconds(chapter.start_ms)}",
            }
            for chapter in list_chapters(episode)
        ]
    return data


def _people_data(people: Iterable[Person], show: Show) -> list[dict[str, str]]:
    """Each person once, in whatever roles."""
    names = dict.fromkeys(person.name for person in people)
    return [{"@type": "Person", "name": name, "url": show.url(person_path(name))} for name in names]


def person_data(show: Show, person: Person) -> dict[str, object]:
    """``Person``, on the person's own page; ``img`` lies on the site."""
    data: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "name": person.name,
        "url": show.url(person_path(person.name)),
    }
    if person.bio:
        data["description"] = person.bio
    if person.img:
        below = person.img.removeprefix(show.base_url).lstrip("/")
        data["image"] = show.url(below)
    elsewhere = (person.href, *(link.url for link in person.links))
    if same := [url for url in dict.fromkeys(elsewhere) if url and is_absolute(url)]:
        data["sameAs"] = same
    return data


def season_data(show: Show, number: int, title: str, path: str, count: int) -> dict[str, object]:
    """``PodcastSeason`` with its place in the show."""
    return {
        "@context": "https://schema.org",
        "@type": "PodcastSeason",
        "name": title,
        "seasonNumber": number,
        "numberOfEpisodes": count,
        "url": show.url(path),
        "partOfSeries": {"@type": "PodcastSeries", "name": show.title, "url": show.url()},
    }


def _facts_data(episode: Episode, feed: Feed, show: Show) -> dict[str, object]:
    """Where it plays, under which licence it stands, where it is talked about."""
    data: dict[str, object] = {}
    for key, rel in (("contentLocation", "subject"), ("locationCreated", "creator")):
        names = places_of(episode, show, rel)
        if names:
            data[key] = [{"@type": "Place", "name": name} for name in names]
    license_ = view_license(episode.license or feed.license, "")
    if license_ and license_.url:
        data["license"] = license_.url
    posts = view_discussion(episode, "")
    if posts:
        data["discussionUrl"] = posts[0].url
    return data


def _media_data(
    release: Release, show: Show, artwork: Artwork | None, duration: str
) -> dict[str, object]:
    """``AudioObject``; or ``VideoObject``, with what search engines need to list a video."""
    data: dict[str, object] = {
        "@type": "VideoObject" if release.enclosure.is_video else "AudioObject",
        "contentUrl": show.url(release.enclosure.path),
        "encodingFormat": release.enclosure.media_type,
        "contentSize": str(release.enclosure.byte_length),
        "duration": duration,
    }
    if not release.enclosure.is_video:
        return data
    episode = release.episode
    data |= {"name": episode.title, "uploadDate": release.published.isoformat()}
    if episode.summary:
        data["description"] = episode.summary
    if artwork:
        data["thumbnailUrl"] = show.url(artwork.path)
    if episode.audio.width_px and episode.audio.height_px:
        data |= {"width": episode.audio.width_px, "height": episode.audio.height_px}
    return data


def _media_tags(release: Release, show: Show) -> list[tuple[str, str]]:
    """OpenGraph's tags of the audio or the video.

    There are none of ``twitter:player``: networks show player cards of approved hosts only, and a
    link to any other place gets the card with the picture.
    """
    kind = "video" if release.enclosure.is_video else "audio"
    tags = [
        (f"og:{kind}", show.url(release.enclosure.path)),
        (f"og:{kind}:type", release.enclosure.media_type),
    ]
    audio = release.episode.audio
    if kind == "video" and audio.width_px and audio.height_px:
        tags += [
            ("og:video:width", str(audio.width_px)),
            ("og:video:height", str(audio.height_px)),
        ]
    return tags


def _image_tags(image: Artwork, title: str, show: Show, say: Messages) -> list[tuple[str, str]]:
    """OpenGraph's tags of a picture; what is not known of one from elsewhere is left out."""
    tags = [
        ("og:image", image.path if is_absolute(image.path) else show.url(image.path)),
        ("og:image:type", image.media_type),
        ("og:image:width", str(image.width_px or "")),
        ("og:image:height", str(image.height_px or "")),
        ("og:image:alt", image.alt or say("site.artwork_of", title=title)),
    ]
    return [(name, text) for name, text in tags if text]


def view_page(
    show: Show,
    title: str,
    description: str,
    path: str | None,
    *,
    feed: Feed | None = None,
    artwork: Artwork | None = None,
    data: Mapping[str, object] | None = None,
    release: Release | None = None,
    language: str | None = None,
    feeds: tuple[LinkView, ...] = (),
    alternates: tuple[tuple[str, str], ...] = (),
) -> PageView:
    """The head of one page; ``path`` is None for a page that has no address of its own."""
    canonical = None if path is None else show.url(path)
    own = release.episode.language if release else (feed or show.feed).language
    language = language or own
    summary = shorten(one_line(description), _DESCRIPTION_CHARS)
    found = artwork or (feed or show.feed).artwork or show.feed.artwork
    image = found.small if found else None
    meta = [
        ("og:site_name", show.site_name or show.title),
        ("og:title", title),
        ("og:type", "article" if release else "website"),
        ("og:locale", (feed or show.feed).language.replace("-", "_")),
    ]
    if canonical:
        meta.append(("og:url", canonical))
    if summary:
        meta.append(("og:description", summary))
    if image:
        meta += _image_tags(image, title, show, show.messages_in(language))
    if release:
        meta += [
            *_media_tags(release, show),
            ("article:published_time", release.published.isoformat()),
        ]
        if release.episode.updated:
            meta.append(("article:modified_time", release.episode.updated.isoformat()))
        oembed = oembed_url(release.episode, show)
        alternates += ((MARKDOWN_TYPE, MARKDOWN_FILE), (OEMBED_TYPE, oembed))
        if release.episode.chapters:
            alternates += ((CHAPTERS_TYPE, CHAPTERS_FILE),)
    return PageView(
        title=title,
        description=summary,
        canonical=canonical,
        language=language,
        direction=direction(language),
        csp=CSP,
        meta=tuple(meta),
        feeds=feeds,
        json_ld=json_block(data) if data else None,
        alternates=alternates,
        card="summary" if image is None or _is_square(image) else "summary_large_image",
    )


def with_search_form(page: PageView, show: Show) -> PageView:
    """The head of a page whose form may lead to the search, where there is one."""
    return replace(page, csp=_FORM_CSP) if show.has_search else page


def _is_square(image: Artwork) -> bool:
    """Whether a picture is artwork, which networks cut where they show it large."""
    return image.width_px > 0 and image.width_px < 1.5 * image.height_px
