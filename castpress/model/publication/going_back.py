"""Whether a feed brings back what a rollback took away, though it is not the very same feed."""

from __future__ import annotations

import re

_ITEM = re.compile(rb"<item>.*?</item>", re.DOTALL)
_GUID = re.compile(rb"<guid[^>]*>(.*?)</guid>", re.DOTALL)
# They follow the newest episode, so they tell nothing of what somebody wrote.
_DATES = re.compile(rb"<(lastBuildDate|pubDate)>[^<]*</\1>")


def brings_back(live: bytes, taken: bytes, coming: bytes) -> bool:
    """Whether all that made the feed that was taken away another one than the live one is coming.

    An episode that has become due meanwhile makes a new feed of the same notes; whoever has put
    right even one of the things that differed has looked at them.
    """
    before, after, new = _items(live), _items(taken), _items(coming)
    changed, gone = after - before, _guids(before) - _guids(after)
    if not changed <= new or gone & _guids(new):
        return False
    return _head(taken) in (_head(live), _head(coming))


def differs_in_items_only(before: bytes, after: bytes) -> bool:
    """Whether two feeds list the same episodes and say the same of themselves.

    >>> a, b = b"<x><item><guid>1</guid>A</item></x>", b"<x><item><guid>1</guid>B</item></x>"
    >>> differs_in_items_only(a, b), differs_in_items_only(a, b.replace(b">1<", b">2<"))
    (True, False)
    """
    (head, items), (other_head, others) = _split(before), _split(after)
    is_same_list = _guids(items - others) == _guids(others - items)
    return is_same_list and _DATES.sub(b"", head) == _DATES.sub(b"", other_head)


def _split(feed: bytes) -> tuple[bytes, frozenset[bytes]]:
    """What stands around the items, and they: without looking at each byte of a large feed."""
    head, *parts = feed.split(b"<item>")
    items, tails = [], []
    for part in parts:
        item, _, tail = part.partition(b"</item>")
        items.append(item)
        tails.append(tail.strip())
    return b"".join((head.strip(), *tails)), frozenset(items)


def _items(feed: bytes) -> frozenset[bytes]:
    return frozenset(_ITEM.findall(feed))


def _guids(items: frozenset[bytes]) -> frozenset[bytes]:
    return frozenset(guid for item in items for guid in _GUID.findall(item))


def _head(feed: bytes) -> bytes:
    return _DATES.sub(b"", b"".join(_ITEM.sub(b"", feed).split()))
