"""Where a listener can subscribe with nothing but the feed's address.

One line an app; forms as the apps' own documentation and the podcast-platform-links collection
give them. Apps that know a show only by a number of their own (Apple's pages, Spotify) cannot be
computed: the author lists them in show.yaml.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class AppLink:
    """A way into one app."""

    title: str
    url: str
    needs_app: bool
    """Only a device with the app can follow it."""
    devices: str = ""
    """The words for those that it is for: ``apple``, ``android``, ``desktop``."""


def _bare(feed_url: str) -> str:
    """The address without its scheme, as the apps' own schemes want it."""
    return feed_url.partition("://")[2]


def _encoded(feed_url: str) -> str:
    return quote(feed_url, safe="")


def _base64url(feed_url: str) -> str:
    return base64.urlsafe_b64encode(feed_url.encode()).decode().rstrip("=")


_APPS: tuple[tuple[str, str, Callable[[str, str], str]], ...] = (
    ("Apple Podcasts", "apple", lambda feed, _: f"podcast://{_bare(feed)}"),
    (
        "AntennaPod",
        "android",
        lambda feed, title: (
            "https://antennapod.org/deeplink/subscribe"
            f"?url={_encoded(feed)}&title={quote(title, safe='')}"
        ),
    ),
    ("Pocket Casts", "apple android", lambda feed, _: f"pktc://subscribe/{_bare(feed)}"),
    (
        "Podcast Addict",
        "android",
        lambda feed, _: f"https://podcastaddict.com/feed/{_encoded(feed)}",
    ),
    (
        "YouTube Music",
        "apple android desktop",
        lambda feed, _: f"https://music.youtube.com/library/podcasts?addrssfeed={_base64url(feed)}",
    ),
    ("Overcast", "apple", lambda feed, _: f"overcast://x-callback-url/add?url={_encoded(feed)}"),
    ("Castro", "apple", lambda feed, _: f"castro://subscribe/{_bare(feed)}"),
    (
        "Player FM",
        "apple android desktop",
        lambda feed, _: f"https://player.fm/subscribe?id={_encoded(feed)}",
    ),
    ("gPodder", "desktop", lambda feed, _: f"https://gpodder.net/subscribe?url={_encoded(feed)}"),
)


def app_links(feed_url: str, title: str) -> tuple[AppLink, ...]:
    """All that the feed's address is enough for, the apps that most people have first.

    >>> [link.url for link in app_links("https://a.example/feed.xml", "A")][0]
    'podcast://a.example/feed.xml'
    """
    links = ((name, form(feed_url, title), devices) for name, devices, form in _APPS)
    return tuple(
        AppLink(name, url, not url.startswith("https:"), devices) for name, url, devices in links
    )
