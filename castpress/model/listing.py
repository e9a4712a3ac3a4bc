"""A feed as subscribers' apps see it: what is in the file, whoever wrote it, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from castpress.model.feed_tags import AlternateEnclosure


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One ``item`` of a feed.

    ``guid`` is what apps know the episode by: the element ``guid``, else the enclosure's address,
    as apps do. ``published`` is aware, None where the date cannot be read. ``chapters`` are
    (start in ms, title), from ``psc:chapters``, else from lines of the description.
    ``description_digest`` is the hex SHA-256 of the notes' words and links, without the lines of
    chapters; "" where there are none. ``byte_length`` is what the enclosure says, None where it
    says 0 or no number. ``details`` is all else that it says: a digest of the elements of each
    name, sorted by name.
    """

    guid: str
    title: str
    published: datetime | None
    enclosure_url: str
    media_type: str
    byte_length: int | None = None
    duration_ms: int | None = None
    season: int | None = None
    number: int | None = None
    episode_type: str = "full"
    link: str = ""
    chapters: tuple[tuple[int, str], ...] = ()
    chapters_url: str | None = None
    description_digest: str = ""
    is_blocked: bool = False
    artwork_url: str | None = None
    alternates: tuple[AlternateEnclosure, ...] = ()
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ListedFeed:
    """One feed: its channel, its items in the order of the file, and the bytes of the file.

    ``feed_type`` is ``episodic`` or ``serial``; ``self_url`` the ``atom:link`` to itself,
    ``new_feed_url`` Apple's word for where the feed has gone. ``older_url`` is where the feed goes
    on with what is older (RFC 5005). ``archived`` are the guids of the items that were read there
    and do not stand in the file itself, ``page_sizes`` how many items each of those archive pages
    holds, the newest page first. One that ``is_blocked`` asks all directories to leave the show
    out, one that ``is_complete`` tells them that nothing more will come. ``details`` is all else
    that the channel says, as of an item.
    """

    title: str
    link: str
    self_url: str | None
    podcast_guid: str | None
    new_feed_url: str | None
    language: str
    feed_type: str
    items: tuple[ListedItem, ...]
    byte_length: int
    artwork_url: str | None = None
    older_url: str | None = None
    archived: tuple[str, ...] = ()
    page_sizes: tuple[int, ...] = ()
    is_blocked: bool = False
    is_complete: bool = False
    details: tuple[tuple[str, str], ...] = ()

    def shown_items(self) -> tuple[ListedItem, ...]:
        """The items that apps show: of those with one guid, the first."""
        by_guid = {item.guid: item for item in reversed(self.items)}
        return tuple(item for item in self.items if by_guid[item.guid] is item)


def with_older(feed: ListedFeed, pages: Iterable[ListedFeed]) -> ListedFeed:
    """The feed with the items of its archive pages behind its own, the newest page first.

    Where an item stands in two of them, the newer one counts (RFC 5005, section 4.2).
    """
    found: dict[str, ListedItem] = {}
    given = tuple(pages)
    for page in (feed, *given):
        for item in page.shown_items():
            found.setdefault(item.guid, item)
    own = {item.guid for item in feed.items}
    older = tuple(item for guid, item in found.items() if guid not in own)
    archived = tuple(item.guid for item in older)
    sizes = tuple(len(page.items) for page in given)
    return replace(feed, items=(*feed.items, *older), archived=archived, page_sizes=sizes)
