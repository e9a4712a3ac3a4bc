"""What the tags say that are not the podcast namespace's: RSS's own, Atom, Apple and Podlove."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING

from castpress.render.chapters import simple_chapters
from castpress.render.feed_element import Value, number_value, text_value, value
from castpress.render.text import VALUE_LIMIT, file_url, of_year, one_line, shorten, site_url

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from castpress.model.podcast import Artwork, Show
    from castpress.render.feed_element import Channel, Item, Values


_FEED_TYPES = {"audio/mp4": "audio/x-m4a", "audio/m4a": "audio/x-m4a"}


def feed_type(media_type: str) -> str:
    """The media type as Apple's list has it.

    >>> feed_type("audio/mp4"), feed_type("audio/mpeg")
    ('audio/x-m4a', 'audio/mpeg')
    """
    return _FEED_TYPES.get(media_type, media_type)


def format_date(moment: datetime) -> str:
    """A date as RFC 2822 writes it: English names and a numeric offset, whatever the locale.

    >>> from datetime import UTC, datetime
    >>> format_date(datetime(2026, 3, 1, 6, 30, tzinfo=UTC))
    'Sun, 01 Mar 2026 06:30:00 +0000'
    """
    return format_datetime(moment)


def date_value(moment: datetime | None) -> Values:
    """One element with the date; none without one."""
    return () if moment is None else (value(format_date(moment)),)


def links(channel: Channel) -> Values:
    """The feed's own address, once, and each WebSub hub that is told when the feed changes.

    Hubs and validators compare the address with the real one (W3C WebSub, section 4).
    """
    href = file_url(channel.show, channel.feed.path)
    yield value(href=href, rel="self", type="application/rss+xml")
    is_archive = channel.feed.paging is not None and channel.feed.paging.is_archive
    for hub in () if is_archive else channel.show.hubs:  # of an archive page nobody is told
        yield value(href=hub, rel="hub")


def new_feed_url(channel: Channel) -> Values:
    """The feed's own address where the show has moved: apps that come from the old one follow it.

    Source: Apple, "Change the RSS feed URL for your show"; it stays for at least four weeks.
    """
    paging = channel.feed.paging
    if not channel.show.has_moved or (paging is not None and paging.is_archive):
        return ()
    return text_value(file_url(channel.show, channel.feed.path))


def copyright_text(channel: Channel) -> Values:
    """The author's text: Apple shows it with a year, PSP-1 would leave the year out."""
    text, changed = channel.feed.copyright, channel.changed
    return text_value(of_year(text, changed.year if changed else None) if text else None)


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


def rss_image(channel: Channel) -> Values:
    """RSS's own picture, for readers that know no other; title and link are the channel's."""
    feed, show = channel.feed, channel.show
    if feed.artwork is None:
        return ()
    title = shorten(one_line(feed.title), VALUE_LIMIT) or file_url(show, feed.page_path)
    children = (
        ("url", value(file_url(show, feed.artwork.path))),
        ("title", value(title)),
        ("link", value(file_url(show, feed.page_path))),
    )
    return (Value(children=children),)


def rss_categories(channel: Channel) -> Values:
    """The categories in RSS's own form, a slash between parent and child."""
    for category in dict.fromkeys(channel.feed.categories):
        yield value("/".join(filter(None, (category.name, category.subcategory))))


def managing_editor(channel: Channel) -> Values:
    """The owner in RSS's own form, ``mail@example.org (Name)``."""
    feed = channel.feed
    if not feed.owner_email:
        return ()
    name = one_line(feed.owner_name or feed.author).replace("(", "[").replace(")", "]")
    name = shorten(name, VALUE_LIMIT - len(feed.owner_email) - len(" ()"))
    return text_value(f"{feed.owner_email} ({name})" if name else feed.owner_email)


def skipped(name: str, values: Iterable[object]) -> Values:
    """``skipHours`` or ``skipDays``: one child each, none where none is named."""
    children = tuple((name, value(str(each))) for each in values)
    return (Value(children=children),) if children else ()


def yes_value(is_set: bool) -> Values:
    """``Yes``, the only word that acts for Apple; nothing for no."""
    return (value("Yes"),) if is_set else ()


def comments(item: Item) -> Values:
    """Where people talk about the episode: as written, else the first post that is on the web."""
    episode = item.release.episode
    posts = (post.uri for post in episode.discussion if (post.uri or "").startswith("http"))
    address = site_url(item.show, episode.comments_url or next(posts, None) or "")
    return text_value(address, limit=2000)


def explicit_value(is_explicit: bool) -> Values:
    """Apple's words of today; yes, no and clean are refused."""
    return (value("true" if is_explicit else "false"),)


def image(show: Show, artwork: Artwork | None) -> Values:
    """The artwork's address, if there is artwork."""
    return () if artwork is None else (value(href=file_url(show, artwork.path)),)


def duration(item: Item) -> Values:
    """The length of the audio in whole seconds, rounded; none where nothing was measured."""
    seconds = (item.release.episode.audio.duration_ms + 500) // 1000
    return number_value(seconds if seconds > 0 else None)


def podlove_chapters(item: Item) -> Values:
    """The chapters inside the item, the only form in a feed that Spotify reads."""
    found = tuple(
        ("psc:chapter", value(**attributes))
        for attributes in simple_chapters(item.release.episode, item.show)
    )
    return (Value(None, (("version", "1.2"),), found),) if found else ()
