"""Times that rise: from where on, and which of them break it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from castpress.model.timecode import MINUTE_MS

if TYPE_CHECKING:
    from collections.abc import Sequence

NEAR_BEGINNING_MS = 3 * MINUTE_MS  # times that rise from later on are seldom chapters


def out_of_order(starts_ms: Sequence[int]) -> frozenset[int]:
    """The indexes of the times that are in no longest rising row; equal times may follow.

    Patience sorting from the end, n log n: of two rows as long, the one whose times come earlier
    is kept, so that the line that goes back is the one named.

    >>> sorted(out_of_order([0, 250, 200, 900])), sorted(out_of_order([0, 4000, 8, 12]))
    ([2], [1])
    """
    tails: list[int] = []
    tail_indexes: list[int] = []
    next_of: dict[int, int] = {}
    for index in range(len(starts_ms) - 1, -1, -1):
        place = bisect_right(tails, -starts_ms[index])
        next_of[index] = tail_indexes[place - 1] if place else -1
        if place == len(tails):
            tails.append(-starts_ms[index])
            tail_indexes.append(index)
        else:
            tails[place] = -starts_ms[index]
            tail_indexes[place] = index
    kept: set[int] = set()
    index = tail_indexes[-1] if tail_indexes else -1
    while index >= 0:
        kept.add(index)
        index = next_of[index]
    return frozenset(range(len(starts_ms))) - kept
