"""All tags that feedgen does not write, in two tables, and the feedgen extension that does.

Adding a tag is one line in a table, and a function where the line would get long. The order of
the rows is the order in the feed. docs/feed.md says where each comes from and who reads it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from castpress.render import itunes
from castpress.render.chapters import CHAPTERS_TYPE, chapters_path
from castpress.render.feed_element import (
    NAMESPACES,
    append_values,
    number_value,
    text_value,
    value,
)
from castpress.render.text import file_url, one_line, shorten, site_url
from castpress.render.transcript import transcript_files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from castpress.model.podcast import Person, Show
    from castpress.render.feed_element import Channel, ChannelTag, Item, ItemTag, Values

NAME_LIMIT = 128
"""Characters in a name or title of the podcast namespace."""

_STAND_ALONE_ROLES = frozenset({"host", "guest host"})


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


def people_of_item(item: Item) -> Values:
    """The episode's people; none where they are the channel's.

    In a reader's eyes the persons of an item replace all of the channel's. So the channel's are
    restated before the episode's own, unless the episode names its host: then its list is whole.
    """
    own = item.release.episode.people
    if not own or own == item.feed.people:
        return ()
    if any(person.role.casefold() in _STAND_ALONE_ROLES for person in own):
        return people(item.show, own)
    named = {one_line(person.name).casefold() for person in own}
    restated = (p for p in item.feed.people if one_line(p.name).casefold() not in named)
    return people(item.show, (*restated, *own))


def locked(channel: Channel) -> Values:
    """Whether other hosts may take the feed over, and whom they would have to ask."""
    feed = channel.feed
    return (value("yes" if feed.is_locked else "no", owner=feed.owner_email),)


def podping(channel: Channel) -> Values:
    """That each change is told through podping, so that crawlers need not ask again and again."""
    return (value(usesPodping="true"),) if channel.show.uses_podping else ()


def funding(channel: Channel) -> Values:
    """Where listeners can give, best first; an address that is none is left out."""
    for link in channel.feed.funding:
        url = site_url(channel.show, link.url)
        if url is not None:
            yield from text_value(link.title or url, limit=NAME_LIMIT, url=url)


def chapters(item: Item) -> Values:
    """The address of the chapters' JSON, where the episode has chapters."""
    episode = item.release.episode
    if not episode.chapters:
        return ()
    return (value(url=file_url(item.show, chapters_path(episode)), type=CHAPTERS_TYPE),)


def transcripts(item: Item) -> Values:
    """The address of each transcript in each form that players read, the best first."""
    for file in transcript_files(item.release.episode):
        if not file.is_listed:
            continue
        url = file_url(item.show, file.path)
        rel = "captions" if file.is_timed else None
        yield value(url=url, type=file.media_type, language=file.language, rel=rel)


def season(item: Item) -> Values:
    """The season's number, with its name."""
    episode = item.release.episode
    name = shorten(one_line(episode.season_name or ""), NAME_LIMIT)
    return number_value(episode.season, name=name)


CHANNEL_TAGS: tuple[ChannelTag, ...] = (
    ("copyright", itunes.copyright_text),
    ("lastBuildDate", itunes.last_build_date),
    ("atom:link", itunes.links),
    ("itunes:new-feed-url", itunes.new_feed_url),
    ("itunes:author", lambda c: text_value(c.feed.author)),
    ("itunes:type", lambda c: (value(c.feed.feed_type.value),)),
    ("itunes:explicit", lambda c: itunes.explicit_value(c.feed.is_explicit)),
    ("itunes:image", lambda c: itunes.image(c.show, c.feed.artwork)),
    ("itunes:category", itunes.categories),
    ("itunes:owner", itunes.owner),
    ("podcast:guid", lambda c: text_value(c.feed.guid)),
    ("podcast:locked", locked),
    ("podcast:podping", podping),
    ("podcast:medium", lambda c: text_value(c.feed.medium)),
    ("podcast:funding", funding),
    ("podcast:person", lambda c: people(c.show, c.feed.people)),
)

ITEM_TAGS: tuple[ItemTag, ...] = (
    ("pubDate", itunes.publication_date),
    ("itunes:duration", itunes.duration),
    ("itunes:author", lambda i: text_value(i.release.episode.author)),
    ("itunes:image", lambda i: itunes.image(i.show, i.release.episode.artwork)),
    ("itunes:explicit", lambda i: itunes.explicit_value(i.release.episode.is_explicit)),
    ("itunes:season", lambda i: number_value(i.release.episode.season)),
    ("itunes:episode", lambda i: number_value(i.release.episode.number)),
    ("itunes:episodeType", lambda i: (value(i.release.episode.episode_type.value),)),
    ("itunes:block", itunes.block),
    ("podcast:season", season),
    ("podcast:episode", lambda i: number_value(i.release.episode.number)),
    ("podcast:chapters", chapters),
    ("podcast:transcript", transcripts),
    ("podcast:person", people_of_item),
    ("psc:chapters", itunes.podlove_chapters),
)


class ChannelTags:
    """feedgen's view of CHANNEL_TAGS; it asks for these methods and for no base class."""

    source: Channel

    def extend_ns(self) -> dict[str, str]:
        """The namespaces that the root declares."""
        return NAMESPACES

    def extend_rss(self, root: Any) -> Any:  # noqa: ANN401 - lxml is untyped
        """Write the rows behind what feedgen wrote; the channel is the root's only child."""
        for name, read in CHANNEL_TAGS:
            append_values(root[0], name, read(self.source))
        return root


class ItemTags:
    """feedgen's view of ITEM_TAGS."""

    source: Item

    def extend_rss(self, item: Any) -> Any:  # noqa: ANN401 - lxml is untyped
        """Write the rows behind what feedgen wrote."""
        for name, read in ITEM_TAGS:
            append_values(item, name, read(self.source))
        return item
