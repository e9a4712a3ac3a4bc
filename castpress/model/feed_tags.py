"""What a feed can say beyond the show and its episodes: licence, places, posts, other feeds.

One type for each element of the podcast namespace that has more than a text; names and rules are
those of its documentation (github.com/Podcastindex-org/podcast-namespace). Times are integer
milliseconds. Each field says which attribute it becomes.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class License:
    """``podcast:license``: an SPDX-like identifier, or a name of one's own with its ``url``."""

    identifier: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """``podcast:location``: where an episode plays (``subject``) or is made (``creator``).

    ``geo`` is ``geo:latitude,longitude`` (RFC 5870), ``osm`` an OpenStreetMap object such as
    ``R148838``, ``country`` ISO 3166-1 alpha-2.
    """

    name: str
    rel: str = "subject"
    geo: str | None = None
    osm: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class SocialPost:
    """``podcast:socialInteract``: the post under which listeners talk; the lowest priority first.

    Protocol ``disabled`` stands alone, without an address: nobody is to make such a post.
    """

    protocol: str
    uri: str | None = None
    account_id: str | None = None
    account_url: str | None = None
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class TextRecord:
    """``podcast:txt``: free text for machines, such as a proof of ownership, with its purpose."""

    text: str
    purpose: str | None = None


@dataclass(frozen=True, slots=True)
class RemoteItem:
    """``podcast:remoteItem``: another feed by its guid, or one item of it."""

    feed_guid: str
    feed_url: str | None = None
    item_guid: str | None = None
    medium: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class UpdateFrequency:
    """``podcast:updateFrequency``: how often something new comes, in words and as an RRULE."""

    text: str
    rrule: str | None = None
    start: str | None = None
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class Soundbite:
    """``podcast:soundbite``: a span of the audio that makes one want to hear the rest."""

    start_ms: int
    duration_ms: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """``podcast:image``: a picture for one purpose; ``url`` is absolute or below the site."""

    url: str
    alt: str = ""
    purpose: str | None = None
    aspect_ratio: str | None = None
    width_px: int | None = None
    height_px: int | None = None
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceBlock:
    """``podcast:block`` of one service by its slug: whether it may take the feed up."""

    service: str
    is_blocked: bool = True


@dataclass(frozen=True, slots=True)
class AlternateEnclosure:
    """``podcast:alternateEnclosure``: the same episode in another encoding.

    ``sources`` are addresses, absolute or below the site, the best first. ``sha256`` is that of the
    file in hex, written as an SRI string; None where nobody has the file. ``bitrate`` is in bits
    a second, ``height_px`` that of a video, ``language`` BCP 47.
    """

    media_type: str
    sources: tuple[str, ...]
    byte_length: int | None = None
    bitrate: int | None = None
    height_px: int | None = None
    language: str | None = None
    title: str | None = None
    rel: str | None = None
    codecs: str | None = None
    is_default: bool = False
    sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """An element that is passed through as its documentation writes it, checked by its rules.

    ``name`` is prefixed, such as ``podcast:value``.
    """

    name: str
    text: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Element, ...] = ()
