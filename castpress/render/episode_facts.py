"""Small facts of an episode: places, licence, where it is talked about, other files of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.derived_feed import told_apart
from castpress.model.license_names import license_address, license_title
from castpress.model.timecode import format_clock, format_seconds
from castpress.render.html_text import day, host, megabytes, safe_url
from castpress.render.page_views import (
    CorrectionView,
    DownloadView,
    LinkView,
    RangeView,
    SponsorView,
)
from castpress.render.text import one_line

if TYPE_CHECKING:
    from castpress.model.feed_tags import AlternateEnclosure, License
    from castpress.model.messages import Messages
    from castpress.model.podcast import Episode, Release, Show

_FORMATS = {
    "audio/mpeg": "MP3",
    "audio/mp4": "M4A",
    "audio/x-m4a": "M4A",
    "audio/aac": "AAC",
    "audio/opus": "Opus",
    "audio/ogg": "Ogg",
    "audio/flac": "FLAC",
}
_STREAMS = ("application/x-mpegurl", "application/vnd.apple.mpegurl")


def places_of(episode: Episode, show: Show, rel: str) -> tuple[str, ...]:
    """The places that it is about (``subject``) or was made in (``creator``), each once.

    As in the feed, a course's place holds for its lessons, and the show's is said by the show.
    """
    home = show.home_of(episode.course)
    places = told_apart(episode.places, home.places, show.feed.places)
    names = (one_line(place.name) for place in places if place.rel == rel)
    return tuple(dict.fromkeys(filter(None, names)))


def view_license(given: License | None, root: str) -> LinkView | None:
    """The licence as people write it, with its address where that is known."""
    if given is None:
        return None
    name = one_line(given.identifier)
    url = safe_url(given.url, root) if given.url else license_address(name)
    return LinkView(license_title(name), url)


def view_discussion(episode: Episode, own: str) -> tuple[LinkView, ...]:
    """The posts under which listeners talk, the first by priority first, by their site.

    ``own`` is the show's address, whose site is not named. What is not on the web (Nostr) is for
    apps alone, and so is the word that there is no such post.
    """
    posts = sorted(episode.discussion, key=lambda post: (post.priority is None, post.priority or 0))
    addresses = (safe_url(url or "", "") for url in (*(p.uri for p in posts), episode.comments_url))
    on_the_web = dict.fromkeys(url for url in addresses if url and url.startswith("http"))
    return tuple(LinkView(host(url, own), url) for url in on_the_web)


def view_downloads(release: Release, say: Messages, root: str) -> tuple[DownloadView, ...]:
    """The other encodings that have an address to follow, those beside the audio first."""
    views = []
    for found in (*release.alternates, *release.episode.alternates):
        url = next(filter(None, (safe_url(source, root) for source in found.sources)), None)
        if url is not None:
            size = megabytes(found.byte_length, say) if found.byte_length else ""
            views.append(DownloadView(_title(found, say), url, size))
    return tuple(views)


def _title(found: AlternateEnclosure, say: Messages) -> str:
    """What listeners choose by: the title, else the format with what it has besides."""
    if title := one_line(found.title or ""):
        return title
    kind = found.media_type.lower()
    if kind in _STREAMS:
        name = say("facts.stream")
    else:
        is_video = kind.startswith("video/")
        name = _FORMATS.get(kind, say("facts.video") if is_video else found.media_type)
    name = f"{name} {found.height_px}p" if found.height_px else name
    return f"{name} ({found.language})" if found.language else name


def view_corrections(episode: Episode, audio_url: str, say: Messages) -> tuple[CorrectionView, ...]:
    """The corrections in the order of the author, each with what plays the moment it is about."""
    return tuple(
        CorrectionView(
            text=correction.text,
            date=day(correction.date, say) if correction.date else None,
            date_iso=correction.date.isoformat() if correction.date else None,
            time=_moment(correction.at_ms, audio_url) if correction.at_ms is not None else None,
        )
        for correction in episode.corrections
    )


def view_sponsors(episode: Episode, root: str) -> tuple[SponsorView, ...]:
    """Who pays for the episode, in the order of the author."""
    return tuple(
        SponsorView(sponsor.title, safe_url(sponsor.url, root), sponsor.text)
        for sponsor in episode.sponsors
    )


def _moment(at_ms: int, audio_url: str) -> RangeView:
    seconds = format_seconds(at_ms)
    return RangeView(format_clock(at_ms), f"{audio_url}#t={seconds}", seconds)
