"""What is written on the card of a page, and the author's own picture in its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.card import Card
from castpress.model.messages import direction
from castpress.model.podcast import Artwork
from castpress.render.html_text import length
from castpress.render.page_parts import episode_label
from castpress.render.text import one_line, site_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from castpress.model.feed_tags import Picture
    from castpress.model.podcast import Feed, Release, Show
    from castpress.render.catalogue import Frame

_PURPOSE = "social"


def episode_card(release: Release, frame: Frame) -> Card:
    """The card of an episode: its title, its show or course, "Episode 12 · 38 min"."""
    episode = release.episode
    frame = frame.speaking(episode.language)
    facts = (episode_label(release, frame), length(episode.audio.duration_ms, frame.say))
    return Card(
        title=episode.title,
        name=frame.feed(release).title,
        line=" · ".join(filter(None, facts)),
        is_right_to_left=direction(episode.language) == "rtl",
    )


def feed_card(feed: Feed, show: Show) -> Card:
    """The card of the show, or of a course: its title, and who speaks or what it belongs to."""
    is_course = feed is not show.feed
    site = show.site_name if show.site_name != show.title else None
    return Card(
        title=feed.title,
        name=one_line(show.title if is_course else site or ""),
        line=one_line("" if is_course else show.tagline or ""),
        is_right_to_left=direction(feed.language) == "rtl",
    )


def card_words(card: Card) -> str:
    """The card for who cannot see it."""
    return " – ".join(filter(None, (card.title, card.name, card.line)))


def chosen_card(pictures: Iterable[Picture], show: Show) -> Artwork | None:
    """The picture that the author has named for shared links (``purpose: social``)."""
    for picture in pictures:
        url = site_url(show, picture.url)
        if url is not None and _PURPOSE in (picture.purpose or "").lower().split():
            return Artwork(
                path=url,
                media_type=picture.media_type or "",
                width_px=picture.width_px or 0,
                height_px=picture.height_px or 0,
                alt=picture.alt,
            )
    return None
