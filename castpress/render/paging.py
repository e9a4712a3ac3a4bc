"""What a part of a large feed says of the others. Source: RFC 5005, sections 3 and 4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.render.feed_element import value
from castpress.render.text import file_url

if TYPE_CHECKING:
    from castpress.render.feed_element import Channel, Values


def paging_links(channel: Channel) -> Values:
    """The addresses of the other parts; none where the feed holds everything.

    Both vocabularies: apps that read any follow ``next`` to what is older, readers of archives
    follow ``prev-archive`` and keep what they have read.
    """
    paging = channel.feed.paging
    if paging is None:
        return
    paths = {
        "first": paging.first,
        "previous": paging.previous,
        "next": paging.next,
        "last": paging.last,
        "prev-archive": paging.prev_archive,
        "next-archive": paging.next_archive,
        "current": paging.current,
    }
    for rel, path in paths.items():
        if path is not None:
            href = file_url(channel.show, path)
            yield value(href=href, rel=rel, type="application/rss+xml")


def archive_mark(channel: Channel) -> Values:
    """That this is an archive page, which readers need not ask for again."""
    paging = channel.feed.paging
    return (value(),) if paging is not None and paging.is_archive else ()
