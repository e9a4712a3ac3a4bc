"""What listeners notice when one feed takes the place of another.

An app compares what it knows with what it reads, by guid. So does this: each difference says in a
podcaster's words what happens on the phone of somebody who has subscribed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.channel_changes import channel_changes
from castpress.model.difference_kind import Difference, Kind, as_json_object, is_noticed
from castpress.model.item_changes import gone_item, item_changes, new_item, twin_item
from castpress.model.problem import Severity
from castpress.model.reorder import moved_positions

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence
    from datetime import datetime, tzinfo

    from castpress.model.listing import ListedFeed, ListedItem

__all__ = ["Difference", "Kind", "as_json_object", "differences", "is_noticed"]

_KINDS = {kind: order for order, kind in enumerate(Kind)}
_MANY = 10


def differences(
    before: ListedFeed | None, after: ListedFeed | None, *, zone: tzinfo | None = None
) -> tuple[Difference, ...]:
    """What changes for subscribers when ``after`` is published where ``before`` was.

    The worst comes first, then the show itself, then the newest episode. None is a feed that does
    not exist. Dates are told in ``zone``, without one as the feeds write them.
    """
    if before is None or after is None:
        return _whole_feed(before, after)
    rows: list[tuple[ListedItem | None, Difference]] = []
    rows.extend((None, change) for change in channel_changes(before, after))
    pairs, gone, new = _pair_up(before, after)
    newest = max((i.published for i in before.items if i.published), default=None)
    for old, item in pairs:
        changes = (
            item_changes(old, item, zone) if old.guid == item.guid else (twin_item(old, item),)
        )
        rows.extend((item, change) for change in changes)
    rows.extend((item, new_item(item, newest, zone)) for item in new)
    rows.extend((item, gone_item(item)) for item in gone)
    rows.extend(_order_changes(before, after, pairs))
    return _worst_first(rows, after, before)


def _whole_feed(before: ListedFeed | None, after: ListedFeed | None) -> tuple[Difference, ...]:
    """A feed that is there for the first time, or for the last."""
    if after is not None:
        text = f"is a new feed with {_episodes(len(after.items))}; nobody is subscribed to it yet"
        return (Difference(Kind.FEED_NEW, None, after.title, text, Severity.NOTE),)
    if before is not None:
        text = (
            f"is no longer there, with {_episodes(len(before.items))}: apps of its subscribers "
            "report an error and find nothing new"
        )
        return (Difference(Kind.FEED_GONE, None, before.title, text, Severity.ERROR),)
    return ()


def _pair_up(
    before: ListedFeed, after: ListedFeed
) -> tuple[list[tuple[ListedItem, ListedItem]], list[ListedItem], list[ListedItem]]:
    """What is the same episode in both feeds (in the order of the second), what is gone, what new.

    The guid decides. What is left is the same episode if it has the same audio, or the same title
    and date: then its guid has changed.
    """
    old = {item.guid: item for item in before.shown_items()}
    new = {item.guid: item for item in after.shown_items()}
    twins = {guid: old[guid] for guid in new if guid in old}
    gone = [item for guid, item in old.items() if guid not in new]
    left = [item for guid, item in new.items() if guid not in old]
    for sign in (_audio, _title_and_date):
        by_sign = {key: item for item in reversed(gone) if (key := sign(item)) is not None}
        found = {item.guid: by_sign.pop(sign(item), None) for item in left}
        twins.update((guid, twin) for guid, twin in found.items() if twin is not None)
        matched = {twin.guid for twin in found.values() if twin is not None}
        gone = [item for item in gone if item.guid not in matched]
        left = [item for item in left if item.guid not in twins]
    return [(twins[guid], item) for guid, item in new.items() if guid in twins], gone, left


def _audio(item: ListedItem) -> Hashable:
    return item.enclosure_url or None


def _title_and_date(item: ListedItem) -> Hashable:
    return (item.title, item.published) if item.title and item.published else None


def _order_changes(
    before: ListedFeed, after: ListedFeed, pairs: Sequence[tuple[ListedItem, ListedItem]]
) -> Iterator[tuple[ListedItem | None, Difference]]:
    """Who stands elsewhere among those that are in both, unless a new date explains it."""
    stayed = {
        item.guid: item
        for old, item in pairs
        if old.guid == item.guid and old.published == item.published
    }
    shown = (item.guid for item in before.shown_items() if item.guid in stayed)
    places = {guid: place for place, guid in enumerate(shown)}
    moved = moved_positions([places[guid] for guid in stayed])
    if len(moved) > max(_MANY, len(stayed) // 2):
        text = (
            f"lists its episodes in another order ({len(moved)} of {len(stayed)} stand elsewhere); "
            "apps that follow the feed's order rearrange them"
        )
        yield None, Difference(Kind.ORDER_MOVED, None, after.title, text, Severity.WARNING)
        return
    items = tuple(stayed.values())
    for position in moved:
        item = items[position]
        was, now = str(places[item.guid] + 1), str(position + 1)
        text = (
            f"stands at place {now} in the feed, at {was} before, under the same date; "
            "apps that follow the feed's order move it"
        )
        change = Difference(
            Kind.ORDER_MOVED, item.guid, item.title, text, Severity.WARNING, was, now
        )
        yield item, change


def _worst_first(
    rows: Iterable[tuple[ListedItem | None, Difference]], after: ListedFeed, before: ListedFeed
) -> tuple[Difference, ...]:
    """The differences by severity; then the show's own, then by date, place in the feed, kind."""
    places: dict[str, int] = {}
    for feed in (before, after):
        places.update((item.guid, place) for place, item in enumerate(feed.items))

    def key(row: tuple[ListedItem | None, Difference]) -> tuple[int, float, int, int, str]:
        item, change = row
        newest = -_seconds(item.published) if item else float("-inf")
        place = places[item.guid] if item else 0
        if change.kind is Kind.FEED_SIZE:  # it follows from all the others
            newest, place = float("inf"), len(places)
        return -change.severity, newest, place, _KINDS[change.kind], change.text

    return tuple(change for _, change in sorted(rows, key=key))


def _seconds(moment: datetime | None) -> float:
    return float("-inf") if moment is None else moment.timestamp()


def _episodes(count: int) -> str:
    return "1 episode" if count == 1 else f"{count} episodes"
