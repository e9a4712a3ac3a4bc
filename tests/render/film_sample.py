"""The sample show with a film for its newest episode."""

from __future__ import annotations

from dataclasses import replace

from castpress.model.podcast import Edition, Enclosure, Release
from tests.render import sample

PATH = "audio/turning-from-the-middle-00112233445566778899aabbccddeeff.mp4"


def film_of(
    release: Release, width: int | None, height: int | None, media_type: str = "video/mp4"
) -> Release:
    """The release as a video of that size."""
    audio = replace(
        release.episode.audio,
        media_type=media_type,
        extension="mp4",
        width_px=width,
        height_px=height,
    )
    enclosure = Enclosure(PATH, media_type, 96_000_000, "1" * 64)
    return replace(release, episode=replace(release.episode, audio=audio), enclosure=enclosure)


def edition_of(width: int | None = 1920, height: int | None = 1080) -> Edition:
    """The sample's edition, its episode on the mid-back a film."""
    releases = (
        film_of(one, width, height) if one is sample.MIDBACK else one
        for one in sample.EDITION.releases
    )
    return replace(sample.EDITION, releases=tuple(releases))
