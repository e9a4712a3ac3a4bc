"""Whether a source is as it was: by what the disk says of it, and by the digest of its text."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

Stamp = tuple[int, int, int, int]
"""Size in bytes, times of change and of status change in ns, inode."""

# Disks count time in ticks: what was written within the tick of a look may change unseen.
TICK_NS = 50_000_000


def stamp_of(stat: os.stat_result) -> Stamp:
    """What must be the same of a file that is the same."""
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def is_settled(stamp: Stamp, now_ns: int) -> bool:
    """Whether a change after this look would be seen by the stamp.

    >>> is_settled((1, 0, 0, 7), 10**9), is_settled((1, 10**9, 0, 7), 10**9)
    (True, False)
    """
    return max(stamp[1], stamp[2]) < now_ns - TICK_NS


def text_digest(text: str) -> bytes:
    """The digest of a text as it was read."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
