"""What the tags of the podcast namespace say about one episode."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from castpress.model.derived_feed import people_of, told_apart
from castpress.model.timecode import format_seconds
from castpress.render.chapters import CHAPTERS_TYPE, chapters_path
from castpress.render.feed_element import Value, number_value, value
from castpress.render.podcast_namespace import NAME_LIMIT, passed_through, people
from castpress.render.text import file_url, one_line, shorten, site_url
from castpress.render.transcript import transcript_files

if TYPE_CHECKING:
    from castpress.model.feed_tags import AlternateEnclosure, License, Place
    from castpress.model.podcast import Artwork, Link, Show
    from castpress.render.feed_element import Item, Values

_DISPLAY_LIMIT = 32
_PAYMENT = "podcast:value"


def people_of_item(item: Item) -> Values:
    """The episode's people; none where they are the show's, and so the channel's in every feed.

    In a reader's eyes the persons of an item replace all of the channel's. So those of its home
    are restated before the episode's own, unless the episode names its host: then its list is
    whole. Nothing here depends on which feed repeats the item.
    """
    home = item.feed.people
    whole = people_of(item.release.episode.people, home)
    return () if whole == home == item.show.feed.people else people(item.show, whole)


def license_of(item: Item) -> License | None:
    """The episode's licence, or that of its home where it is not the show's."""
    return told_apart(item.release.episode.license, item.feed.license, item.show.feed.license)


def places_of(item: Item) -> tuple[Place, ...]:
    """The episode's places, or those of its home where they are not the show's."""
    return told_apart(item.release.episode.places, item.feed.places, item.show.feed.places)


def funding_of(item: Item) -> tuple[Link, ...]:
    """Where listeners can give for the episode, or for its home where that is not the show's."""
    return told_apart(item.release.episode.funding, item.feed.funding, item.show.feed.funding)


def artwork_of(item: Item) -> Artwork | None:
    """The episode's picture, or that of its home where it is not the show's."""
    return told_apart(item.release.episode.artwork, item.feed.artwork, item.show.feed.artwork)


def payments(item: Item) -> Values:
    """Who is paid for the episode: as it says, or as its home does where that is not the show's."""
    sources = (item.release.episode, item.feed, item.show.feed)
    own, home, shows = (passed_through(each.elements, _PAYMENT) for each in sources)
    return told_apart(own, home, shows)


def chapters(item: Item) -> Values:
    """The address of the chapters' JSON, where the episode has chapters."""
    episode = item.release.episode
    if not episode.chapters:
        return ()
    return (value(url=file_url(item.show, chapters_path(episode)), type=CHAPTERS_TYPE),)


def transcripts(item: Item) -> Values:
    """The address of each transcript in each form that players read, the best first."""
    for file in transcript_files(item.release.episode):
        if not file.is_listed:
            continue
        url = file_url(item.show, file.path)
        rel = "captions" if file.is_timed else None
        yield value(url=url, type=file.media_type, language=file.language, rel=rel)


def season(item: Item) -> Values:
    """The season's number, with its name."""
    episode = item.release.episode
    name = shorten(one_line(episode.season_name or ""), NAME_LIMIT)
    return number_value(episode.season, name=name)


def episode_number(item: Item) -> Values:
    """The number, which may lie between two whole ones, and what apps shall show in its place."""
    episode = item.release.episode
    display = shorten(one_line(episode.display_number or ""), _DISPLAY_LIMIT)
    if episode.decimal_number is not None:
        return (value(episode.decimal_number, display=display),)
    return number_value(episode.number, display=display)


def soundbites(item: Item) -> Values:
    """Each span with its start and length in seconds."""
    for bite in item.release.episode.soundbites:
        yield value(
            shorten(one_line(bite.title), NAME_LIMIT),
            startTime=format_seconds(bite.start_ms),
            duration=format_seconds(bite.duration_ms),
        )


def alternates(item: Item) -> Values:
    """The other encodings: those that lie beside the audio, then those that the author names."""
    for found in (*item.release.alternates, *item.release.episode.alternates):
        sources = tuple(_sources(item.show, found))
        if sources:
            yield Value(
                None,
                value(
                    type=found.media_type,
                    length=found.byte_length,
                    bitrate=found.bitrate,
                    height=found.height_px,
                    lang=found.language,
                    title=shorten(one_line(found.title or ""), _DISPLAY_LIMIT),
                    rel=found.rel,
                    codecs=found.codecs,
                    default="true" if found.is_default else None,
                ).attributes,
                (*sources, *_integrity(found)),
            )


def _sources(show: Show, found: AlternateEnclosure) -> list[tuple[str, Value]]:
    urls = filter(None, (site_url(show, source) for source in found.sources))
    return [("podcast:source", value(uri=url)) for url in urls]


def _integrity(found: AlternateEnclosure) -> list[tuple[str, Value]]:
    """The digest as browsers write it (W3C Subresource Integrity, section 3.1)."""
    if found.sha256 is None:
        return []
    digest = base64.b64encode(bytes.fromhex(found.sha256)).decode()
    return [("podcast:integrity", value(type="sri", value=f"sha256-{digest}"))]
