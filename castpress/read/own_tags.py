"""What settings and front matter say beyond the usual, put into a feed or an episode."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from castpress.model.problem import Problem, Severity
from castpress.model.timecode import format_clock
from castpress.read.podcast_tags import read_podcast_tags
from castpress.read.tag_values import service_blocks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from castpress.model.feed_tags import Picture, Soundbite
    from castpress.model.podcast import Artwork, Feed
    from castpress.model.problem import Location
    from castpress.read.front_matter import Head
    from castpress.read.media_entries import ImageEntry
    from castpress.read.settings import FeedSettings

# What the podcast namespace advises for a soundbite.
_SHORTEST_MS, _LONGEST_MS = 15_000, 120_000


def with_own_tags(feed: Feed, given: FeedSettings, artworks: Mapping[str, Artwork]) -> Feed:
    """The feed with what it says of itself; what is left out stays as it came.

    ``artworks`` are the published pictures by their paths in the show's folder.
    """
    return replace(
        feed,
        apple_title=given.apple_title,
        is_blocked=given.block.get("all", feed.is_blocked),
        blocked_services=service_blocks(given.block) or feed.blocked_services,
        is_complete=given.complete,
        license=given.license.as_license() if given.license else feed.license,
        places=tuple(entry.as_place() for entry in given.location) or feed.places,
        pictures=pictures_of(given.images, artworks),
        discussion=tuple(entry.as_post() for entry in given.discussion),
        text_records=tuple(entry.as_record() for entry in given.txt),
        update_frequency=given.update_frequency.as_frequency() if given.update_frequency else None,
        funding=tuple(entry.as_link() for entry in given.funding) or feed.funding,
    )


def with_podcast_tags(
    feed: Feed, given: FeedSettings, place: Callable[..., Location]
) -> tuple[Feed, tuple[Problem, ...]]:
    """The feed with the elements that it passes through; ``place`` counts from the feed's keys."""
    elements, problems = read_podcast_tags(given.podcast, "channel", partial(place, "podcast"))
    return replace(feed, elements=(*feed.elements, *elements)), problems


def pictures_of(
    entries: Iterable[ImageEntry], artworks: Mapping[str, Artwork]
) -> tuple[Picture, ...]:
    """The pictures where they are published; one that could not be taken in is left out.

    Of a picture in the folder size and type are known, and win over what was typed.
    """
    found = []
    for entry in entries:
        if entry.url is not None:
            found.append(entry.as_picture(entry.url))
            continue
        artwork = artworks.get(entry.file or "")
        if artwork is not None:
            picture = entry.as_picture(artwork.path)
            found.append(
                replace(
                    picture,
                    width_px=artwork.width_px,
                    height_px=artwork.height_px,
                    media_type=artwork.media_type,
                )
            )
    return tuple(found)


def soundbites_of(
    head: Head, duration_ms: int
) -> tuple[tuple[Soundbite, ...], tuple[Problem, ...]]:
    """The spans that lie in the audio; one that ends behind it is an error."""
    found, problems = [], []
    for index, entry in enumerate(head.settings.soundbites):
        bite = entry.as_soundbite()
        place = head.place("soundbites", index)
        if duration_ms and bite.start_ms + bite.duration_ms > duration_ms:
            problems.append(_past_end(bite, duration_ms, place))
            continue
        found.append(bite)
        if not _SHORTEST_MS <= bite.duration_ms <= _LONGEST_MS:
            problems.append(
                Problem(
                    "soundbite-length",
                    f"the soundbite lasts {bite.duration_ms / 1000:g} s; apps want 15 to 120",
                    place,
                    Severity.NOTE,
                    "let it begin or end elsewhere, or leave it as it is",
                )
            )
    return tuple(found), tuple(problems)


def _past_end(bite: Soundbite, duration_ms: int, place: Location) -> Problem:
    end = format_clock(bite.start_ms + bite.duration_ms)
    return Problem(
        "soundbite-past-end",
        f"the soundbite ends at {end}, and the audio at {format_clock(duration_ms)}",
        place,
        Severity.ERROR,
        "write times that lie in the audio",
    )
