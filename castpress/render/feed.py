"""The feed: all that feedgen does well, and a way around all that it does not.

Nothing else knows feedgen. Its traps, each with a test of its own in tests/render/test_feed.py:

- it fills ``lastBuildDate``, ``generator`` and ``docs`` by itself, the first from the clock;
- it switches the process's locale for each date, and takes no date without a zone;
- the last link given becomes the channel's ``link``, whatever its ``rel``;
- it refuses ``true`` and ``false`` for ``itunes:explicit``;
- it silently drops a channel's ``itunes:image`` that does not end in ``.jpg`` or ``.png``;
- it does not write a season or episode 0;
- it looks categories up by XPath, so that a quotation mark in one raises;
- it refuses an owner without a name, and a feed without a title, link or description;
- it puts each new entry first;
- control characters raise in lxml;
- its own extension called ``podcast`` is Apple's, so ours has another name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from castpress.model.artifact import Artifact, Wave
from castpress.model.element_rules import NAMESPACES
from castpress.model.feed_files import in_feed_order
from castpress.model.podcast import EpisodeType
from castpress.model.text import DESCRIPTION_BYTES, clean_text
from castpress.render.description import Blocks, gather_blocks
from castpress.render.feed_element import Channel, Item
from castpress.render.feed_tags import ChannelTags, ItemTags
from castpress.render.itunes import feed_type
from castpress.render.text import (
    VALUE_LIMIT,
    file_url,
    one_line,
    shorten,
    shorten_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.podcast import Feed, Release, Show

GENERATOR = "castpress"
"""Without a version: a new one of ours would change the bytes of every feed."""

SPECIFICATION = "https://www.rssboard.org/rss-specification"
"""Where people who find the file may read what it is."""

_BEFORE_ITEM = b"    "


def render_feed(show: Show, feed: Feed, releases: Sequence[Release]) -> Artifact:
    """The RSS file of one feed, the newest release first; an item is what its home makes of it."""
    items = [
        render_item(show, show.home_of(release.episode.course), release)
        for release in in_feed_order(releases)
    ]
    content, _ = join_feed(render_frame(show, feed, releases), items)
    return Artifact(feed.path, Wave.FEED, content)


def render_frame(
    show: Show, feed: Feed, releases: Sequence[Release], older_trailers: Sequence[Release] = ()
) -> bytes:
    """The feed without its items: of the releases, it holds the newest dates and the trailers."""
    generator = channel_generator(channel_facts(show, feed, releases, older_trailers))
    frame: bytes = generator.rss_str(pretty=True)
    return frame


def channel_facts(
    show: Show, feed: Feed, releases: Sequence[Release], older_trailers: Sequence[Release] = ()
) -> Channel:
    """What the channel of a feed with these releases is made from."""
    ordered = in_feed_order(releases)
    return Channel(
        show=show,
        feed=feed,
        changed=max((release.changed for release in releases), default=None),
        published=ordered[0].published if ordered else None,
        trailers=(
            *(r for r in ordered if r.episode.episode_type is EpisodeType.TRAILER),
            *older_trailers,
        ),
    )


def render_item(show: Show, feed: Feed, release: Release, blocks: Blocks | None = None) -> bytes:
    """One ``item``, as it stands in the file; nothing of the other releases is in it.

    So that it can be kept: it changes only with the show, the feed and the release. ``blocks`` are
    those of its text, where they were gathered before.
    """
    root = etree.Element("rss", nsmap=NAMESPACES)
    etree.SubElement(root, "channel").append(item_entry(show, feed, release, blocks).rss_entry())
    whole: bytes = etree.tostring(root, encoding="UTF-8", pretty_print=True)
    return whole[whole.index(b"<item>") : whole.rindex(b"</item>") + len(b"</item>")]


def join_feed(frame: bytes, items: Sequence[bytes]) -> tuple[bytes, list[tuple[int, int]]]:
    """The whole file: what lxml wrote for each item, put into what it wrote for the channel.

    With it comes where each item begins in it and how long it is, in bytes.
    """
    end = frame.rindex(b"  </channel>")
    parts = [frame[:end]]
    places = []
    start = end
    for item in items:
        parts += (_BEFORE_ITEM, item, b"\n")
        places.append((start + len(_BEFORE_ITEM), len(item)))
        start += len(_BEFORE_ITEM) + len(item) + 1
    return b"".join((*parts, frame[end:])), places


def channel_generator(channel: Channel) -> Any:  # noqa: ANN401 - feedgen is untyped
    """The channel as feedgen's generator, without entries."""
    show, feed = channel.show, channel.feed
    generator = FeedGenerator()
    # feedgen would write the clock's time here, and cannot be asked not to.
    generator._FeedGenerator__rss_lastBuildDate = None
    generator.docs(SPECIFICATION)
    generator.generator(GENERATOR)
    title = shorten(one_line(feed.title), VALUE_LIMIT) or file_url(show, feed.page_path)
    generator.title(title)
    generator.link(href=file_url(show, feed.page_path))
    generator.description(
        shorten_bytes(clean_text(feed.description).strip(), DESCRIPTION_BYTES) or title
    )
    generator.language(one_line(feed.language))
    generator.register_extension("castpress", ChannelTags, atom=False)
    generator.castpress.source = channel
    return generator


def item_entry(show: Show, feed: Feed, release: Release, blocks: Blocks | None = None) -> Any:  # noqa: ANN401 - feedgen is untyped
    """One release as feedgen's entry."""
    episode, enclosure = release.episode, release.enclosure
    blocks = blocks or gather_blocks(show, episode)
    description, whole = blocks.within(DESCRIPTION_BYTES), blocks.whole()
    entry = FeedEntry()
    entry.title(shorten(one_line(episode.title), VALUE_LIMIT) or episode.slug)
    entry.link(href=file_url(show, episode.page_path))
    entry.guid(clean_text(episode.guid), permalink=False)
    entry.enclosure(
        url=file_url(show, enclosure.path),
        length=enclosure.byte_length,
        type=feed_type(enclosure.media_type),
    )
    entry.description(etree.CDATA(description))
    if whole != description:
        entry.content(whole, type="CDATA")
    entry.register_extension("castpress", ItemTags, atom=False)
    entry.castpress.source = Item(show, feed, release)
    return entry
