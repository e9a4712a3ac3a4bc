"""What the tags of the podcast namespace say.

Source: the namespace's documentation, github.com/Podcastindex-org/podcast-namespace.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.render.feed_element import Value, text_value, value
from castpress.render.itunes import feed_type, format_date
from castpress.render.text import VALUE_LIMIT, file_url, one_line, shorten, site_url

if TYPE_CHECKING:
    from collections.abc import Iterable

    from castpress.model.feed_tags import (
        Element,
        License,
        Picture,
        Place,
        RemoteItem,
        SocialPost,
        TextRecord,
    )
    from castpress.model.podcast import Artwork, Link, Person, Show
    from castpress.render.feed_element import Channel, Values

NAME_LIMIT = 128
"""Characters in a name or title of the podcast namespace."""
TEXT_LIMIT = 4000
"""Characters in a ``podcast:txt``."""


def people(show: Show, persons: Iterable[Person]) -> Values:
    """One element a person and role; nobody without a name, nobody twice."""
    once = dict.fromkeys(persons)
    for person in once:
        links = {
            "img": person.img and site_url(show, person.img),
            "href": person.href and site_url(show, person.href),
        }
        yield from text_value(
            person.name, limit=NAME_LIMIT, role=person.role, group=person.group, **links
        )


def locked(channel: Channel) -> Values:
    """Whether other hosts may take the feed over, and whom they would have to ask."""
    feed = channel.feed
    return (value("yes" if feed.is_locked else "no", owner=feed.owner_email),)


def podping(channel: Channel) -> Values:
    """That each change is told through podping, so that crawlers need not ask again and again."""
    return (value(usesPodping="true"),) if channel.show.uses_podping else ()


def funding(show: Show, links: Iterable[Link]) -> Values:
    """Where listeners can give, best first; an address that is none is left out."""
    for link in links:
        url = site_url(show, link.url)
        if url is not None:
            yield from text_value(link.title or url, limit=NAME_LIMIT, url=url)


def license_text(given: License | None) -> Values:
    """The licence by its identifier, or by its name with its address."""
    return () if given is None else text_value(given.identifier, limit=NAME_LIMIT, url=given.url)


def locations(places: Iterable[Place]) -> Values:
    """Each place in words; ``rel`` is always written, because readers differ in what none means."""
    for place in places:
        yield from text_value(
            place.name,
            limit=NAME_LIMIT,
            rel=place.rel,
            geo=place.geo,
            osm=place.osm,
            country=place.country,
        )


def images(show: Show, artwork: Artwork | None, pictures: Iterable[Picture]) -> Values:
    """The artwork with its words and size, then the pictures for other purposes."""
    if artwork is not None:
        ratio = {"aspect-ratio": "1/1"} if artwork.width_px == artwork.height_px else {}
        yield value(
            href=file_url(show, artwork.path),
            alt=shorten(one_line(artwork.alt), VALUE_LIMIT),
            width=artwork.width_px,
            height=artwork.height_px,
            type=artwork.media_type,
            purpose="artwork",
            **ratio,
        )
    for picture in pictures:
        href = site_url(show, picture.url)
        ratio = {"aspect-ratio": picture.aspect_ratio} if picture.aspect_ratio else {}
        if href is not None:
            yield value(
                href=href,
                alt=shorten(one_line(picture.alt), VALUE_LIMIT),
                width=picture.width_px,
                height=picture.height_px,
                type=picture.media_type,
                purpose=picture.purpose,
                **ratio,
            )


def social_posts(posts: Iterable[SocialPost]) -> Values:
    """Each post with its protocol, in the author's order."""
    for post in posts:
        yield value(
            protocol=post.protocol,
            uri=post.uri,
            accountId=post.account_id,
            accountUrl=post.account_url,
            priority=post.priority,
        )


def text_records(records: Iterable[TextRecord]) -> Values:
    """Each free text with its purpose."""
    for record in records:
        yield from text_value(record.text, limit=TEXT_LIMIT, purpose=record.purpose)


def remote_item(item: RemoteItem) -> Value:
    """Another feed, or one item of it."""
    return value(
        feedGuid=item.feed_guid,
        feedUrl=item.feed_url,
        itemGuid=item.item_guid,
        medium=item.medium,
        title=shorten(one_line(item.title or ""), VALUE_LIMIT),
    )


def podroll(channel: Channel) -> Values:
    """The shows that this one recommends, in one list."""
    items = tuple(("podcast:remoteItem", remote_item(item)) for item in channel.feed.podroll)
    return (Value(children=items),) if items else ()


def publisher(channel: Channel) -> Values:
    """The feed of the publisher; the link counts only where that feed names this one too."""
    found = channel.feed.publisher
    if found is None:
        return ()
    item = remote_item(replace(found, medium="publisher"))
    return (Value(children=(("podcast:remoteItem", item),)),)


def blocks(channel: Channel) -> Values:
    """Whether directories may list the show: each service by name, then all the others."""
    for service in channel.feed.blocked_services:
        yield value("yes" if service.is_blocked else "no", id=service.service)
    if channel.feed.is_blocked:
        yield value("yes")


def update_frequency(channel: Channel) -> Values:
    """How often something new comes."""
    given = channel.feed.update_frequency
    if given is None:
        return ()
    complete = "true" if given.is_complete else None
    return text_value(
        given.text, limit=NAME_LIMIT, rrule=given.rrule, dtstart=given.start, complete=complete
    )


def trailers(channel: Channel) -> Values:
    """Each trailer that is out, the newest first, so that apps find it without a search."""
    for release in channel.trailers:
        enclosure = release.enclosure
        yield from text_value(
            release.episode.title,
            limit=NAME_LIMIT,
            url=file_url(channel.show, enclosure.path),
            pubdate=format_date(release.published),
            length=enclosure.byte_length,
            type=feed_type(enclosure.media_type),
            season=release.episode.season,
        )


def passed_through(elements: Iterable[Element], name: str) -> Values:
    """The elements of that name as the author wrote them; they were checked when they were read."""
    return tuple(_as_value(element) for element in elements if element.name == name)


def _as_value(element: Element) -> Value:
    children = tuple((child.name, _as_value(child)) for child in element.children)
    # With the empty ones: RSS wants a registerProcedure where there is none.
    attributes = tuple((name, one_line(found)) for name, found in element.attributes)
    return replace(value(element.text), attributes=attributes, children=children)
