"""What the tags say that are not the podcast namespace's: RSS's own, Atom, Apple and Podlove."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

from castpress.render.chapters import simple_chapters
from castpress.render.feed_element import Value, number_value, text_value, value
from castpress.render.text import file_url

if TYPE_CHECKING:
    from datetime import datetime

    from castpress.model.podcast import Artwork, Show
    from castpress.render.feed_element import Channel, Item, Values


def format_date(moment: datetime) -> str:
    """A date as RFC 2822 writes it: English names and a numeric offset, whatever the locale.

    >>> from datetime import UTC, datetime
    >>> format_date(datetime(2026, 3, 1, 6, 30, tzinfo=UTC))
    'Sun, 01 Mar 2026 06:30:00 +0000'
    """
    return format_datetime(moment)


def last_build_date(channel: Channel) -> Values:
    """The newest date of what is listed, so that equal input gives equal bytes."""
    return () if channel.changed is None else (value(format_date(channel.changed)),)


def links(channel: Channel) -> Values:
    """The feed's own address, once, and each WebSub hub that is told when the feed changes.

    Hubs and validators compare the address with the real one (W3C WebSub, section 4).
    """
    href = file_url(channel.show, channel.feed.path)
    yield value(href=href, rel="self", type="application/rss+xml")
    for hub in channel.show.hubs:
        yield value(href=hub, rel="hub")


def new_feed_url(channel: Channel) -> Values:
    """The feed's own address where the show has moved: apps that come from the old one follow it.

    Source: Apple, "Change the RSS feed URL for your show"; it stays for at least four weeks.
    """
    return text_value(file_url(channel.show, channel.feed.path)) if channel.show.has_moved else ()


def copyright_text(channel: Channel) -> Values:
    """The author's text, unaltered: Apple shows it with a year, PSP-1 would leave the year out."""
    return text_value(channel.feed.copyright)


def categories(channel: Channel) -> Values:
    """Each category once, in the author's order (the first counts most), its children inside."""
    grouped: dict[str, list[str]] = {}
    for category in channel.feed.categories:
        children = grouped.setdefault(category.name, [])
        if category.subcategory and category.subcategory not in children:
            children.append(category.subcategory)
    for name, children in grouped.items():
        inside = tuple(("itunes:category", value(text=child)) for child in children)
        yield Value(None, value(text=name).attributes, inside)


def owner(channel: Channel) -> Values:
    """Name and address of the owner; Spotify, YouTube and Amazon write to it to verify a claim."""
    feed = channel.feed
    if not feed.owner_email:
        return ()
    parts = (("itunes:name", feed.owner_name or feed.author), ("itunes:email", feed.owner_email))
    children = ((name, found) for name, text in parts for found in text_value(text))
    return (Value(children=tuple(children)),)


def explicit_value(is_explicit: bool) -> Values:
    """Apple's words of today; yes, no and clean are refused."""
    return (value("true" if is_explicit else "false"),)


def image(show: Show, artwork: Artwork | None) -> Values:
    """The artwork's address, if there is artwork."""
    return () if artwork is None else (value(href=file_url(show, artwork.path)),)


def publication_date(item: Item) -> Values:
    """When the episode came out."""
    return (value(format_date(item.release.published)),)


def duration(item: Item) -> Values:
    """The length of the audio in whole seconds, rounded; none where nothing was measured."""
    seconds = (item.release.episode.audio.duration_ms + 500) // 1000
    return number_value(seconds if seconds > 0 else None)


def block(item: Item) -> Values:
    """``Yes``, the only word that acts, for an episode that directories shall not list."""
    return (value("Yes"),) if item.release.episode.is_blocked else ()


def podlove_chapters(item: Item) -> Values:
    """The chapters inside the item, the only form in a feed that Spotify reads."""
    found = tuple(
        ("psc:chapter", value(start=start, title=title))
        for start, title in simple_chapters(item.release.episode)
    )
    return (Value(None, (("version", "1.2"),), found),) if found else ()
