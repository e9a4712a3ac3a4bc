"""Which notes belong to which items of a feed, when show.lock is lost or was never there."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from datetime import datetime

    from castpress.model.listing import ListedItem

_DIGEST = re.compile(r"([0-9a-f]{32})\.[A-Za-z0-9]{1,5}$")


@dataclass(frozen=True, slots=True)
class Noted:
    """An episode of the folder, by all that a feed could say of it.

    ``guid`` is the one that it would get; ``digest`` the first 32 digits of the SHA-256 of the
    audio that a build publishes, None where the audio is not here; ``url`` its page's address.
    """

    stem: str
    guid: str
    title: str
    published: datetime | None
    url: str
    digest: str | None = None
    duration_ms: int | None = None


def audio_digest(url: str) -> str | None:
    """The digest in the name of audio that castpress published.

    >>> audio_digest("https://x.example/audio/hills-0123456789abcdef0123456789abcdef.mp3")
    '0123456789abcdef0123456789abcdef'
    """
    match = _DIGEST.search(url)
    return match.group(1) if match else None


def match_items(items: Sequence[ListedItem], noted: Sequence[Noted]) -> dict[str, str]:
    """The stem of each item by its guid, as far as it is certain.

    The surest signs are looked at first, for everybody; a sign that two share is none. The guid
    alone comes late: after renamings, another episode may mint what the first one had.
    """
    title_of = _plain
    signs: tuple[tuple[Callable[[ListedItem], Hashable], Callable[[Noted], Hashable]], ...] = (
        (lambda i: audio_digest(i.enclosure_url), lambda n: n.digest),
        (lambda i: (i.guid, title_of(i.title)), lambda n: (n.guid, title_of(n.title))),
        (lambda i: (i.guid, i.published), lambda n: (n.guid, n.published)),
        (lambda i: (title_of(i.title), i.published), lambda n: (title_of(n.title), n.published)),
        (lambda i: i.link or None, lambda n: n.url),
        (
            lambda i: _when_and_how_long(i.published, i.duration_ms),
            lambda n: _when_and_how_long(n.published, n.duration_ms),
        ),
        (lambda i: i.guid, lambda n: n.guid),
        (
            lambda i: title_of(i.title) or None,
            # Without a date the title must do; with another one it may be a repetition.
            lambda n: title_of(n.title) if n.published is None else None,
        ),
    )
    stem_of: dict[str, str] = {}
    for item_key, note_key in signs:
        taken = set(stem_of.values())
        left = [note for note in noted if note.stem not in taken]
        open_items = [item for item in items if item.guid not in stem_of]
        counts = Counter(note_key(note) for note in left)
        item_counts = Counter(item_key(item) for item in open_items)
        by_key = {key: note for note in left if counts[key := note_key(note)] == 1}
        for item in open_items:
            key = item_key(item)
            if key is not None and item_counts[key] == 1 and key in by_key:
                stem_of[item.guid] = by_key[key].stem
    return stem_of


def _when_and_how_long(published: datetime | None, duration_ms: int | None) -> Hashable:
    """The moment and the length in seconds, which no two episodes share."""
    if published is None or duration_ms is None:
        return None
    return published, (duration_ms + 500) // 1000


def _plain(title: str) -> str:
    """A title as far as it distinguishes: feeds shorten and people retype."""
    return " ".join("".join(c if c.isalnum() else " " for c in title.casefold()).split())
