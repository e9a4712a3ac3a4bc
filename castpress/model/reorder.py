"""Who has moved: the fewest that explain how one order became another."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def moved_positions(places: Sequence[int]) -> tuple[int, ...]:
    """The positions of those that moved, given for each where it stood before (each once).

    All others form a longest rising run, found in n log n steps (patience sorting).

    >>> moved_positions([0, 1, 2]), moved_positions([3, 0, 1, 2])
    ((), (0,))
    """
    lowest: list[int] = []  # the smallest end of a rising run of each length
    ends: list[int] = []  # its position
    before: list[int] = []
    for position, place in enumerate(places):
        length = bisect_left(lowest, place)
        before.append(ends[length - 1] if length else -1)
        lowest[length : length + 1] = [place]
        ends[length : length + 1] = [position]
    stayed = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        stayed.add(position)
        position = before[position]
    return tuple(position for position in range(len(places)) if position not in stayed)
