"""Where the player of an episode stands for frames on other sites, and what oEmbed says of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from markupsafe import Markup

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.render.text import file_url

if TYPE_CHECKING:
    from castpress.model.podcast import Episode, Feed, Release, Show
    from castpress.render.catalogue import Frame

OEMBED_TYPE = "application/json+oembed"
WIDTH_PX, HEIGHT_PX, VIDEO_HEIGHT_PX = 600, 220, 530
"""The size of the frame that sites are told; it may be any other."""

_FOLDER = "embed/"
_OEMBED_FILE = "oembed.json"


def embed_path(page_path: str) -> str:
    """Where the player of a page lies, with a trailing slash.

    >>> embed_path("episodes/hills/"), embed_path("courses/run/hips/")
    ('embed/hills/', 'embed/run/hips/')
    """
    return _FOLDER + page_path.partition("/")[2]


def oembed_url(episode: Episode, show: Show) -> str:
    """Where other sites find what to put on theirs for a link to the episode."""
    return file_url(show, embed_path(episode.page_path) + _OEMBED_FILE)


def frame_height(release: Release) -> int:
    """How many pixels the player needs in a frame of that width."""
    return VIDEO_HEIGHT_PX if release.enclosure.is_video else HEIGHT_PX


def frame_markup(release: Release, show: Show, feed: Feed) -> Markup:
    """What shows the player on another site."""
    episode = release.episode
    # A frame of another origin may not play unasked, and ours never does.
    return Markup(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" '
        'style="border:0;max-width:100%" allow="clipboard-write; web-share; fullscreen"></iframe>'
    ).format(
        file_url(show, embed_path(episode.page_path)),
        WIDTH_PX,
        frame_height(release),
        f"{episode.title} – {feed.title}",
    )


def render_oembed(release: Release, frame: Frame) -> Artifact:
    """What a site that knows oEmbed (1.0, type ``rich``) puts in the place of a link."""
    episode, show = release.episode, frame.show
    feed = frame.feed(release)
    path = embed_path(episode.page_path)
    data: dict[str, object] = {
        "version": "1.0",
        "type": "rich",
        "title": episode.title,
        "author_name": feed.author,
        "provider_name": show.site_name or show.title,
        "provider_url": show.url(),
        "cache_age": 86400,
        "html": str(frame_markup(release, show, feed)),
        "width": WIDTH_PX,
        "height": frame_height(release),
    }
    artwork = episode.artwork or feed.artwork or show.feed.artwork
    if artwork:
        data |= {
            "thumbnail_url": file_url(show, artwork.small.path),
            "thumbnail_width": artwork.small.width_px,
            "thumbnail_height": artwork.small.height_px,
        }
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    return text_artifact(path + _OEMBED_FILE, text, Wave.PAGE)
