"""The boxes of MP4 files (ISO/IEC 14496-12).

They are walked without recursion and no further than the file goes, so that a damaged or hostile
file costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from castpress.store.audio.file_bytes import AudioData

_MAX_BOXES = 10_000


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its four letters, and where its content lies, cut where the file or parent ends."""

    kind: bytes
    start: int
    end: int
    missing_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Track:
    """What one ``trak`` box says; ``references`` are the ids of its chapter tracks."""

    box: Box
    number: int
    handler: bytes
    codec: bytes
    timescale: int
    seconds: Fraction
    references: tuple[int, ...]


def boxes(data: AudioData, start: int, end: int) -> Iterator[Box]:
    """The boxes between two positions, as far as they make sense."""
    for _ in range(_MAX_BOXES):
        size, kind = number(data, start, 4), data[start + 4 : start + 8]
        body = start + 8
        if size == 1:
            size, body = number(data, start + 8, 8), start + 16
        elif size == 0:
            size = end - start
        if body > end or start + size < body:
            return
        yield Box(kind, body, min(start + size, end), max(0, start + size - end))
        start += size


def find(data: AudioData, parent: Box | None, *kinds: bytes) -> Box | None:
    """The box at the end of a path of four-letter names, None where there is none."""
    for kind in kinds:
        if parent is None:
            return None
        # "meta" has four bytes of version and flags before its boxes, except in QuickTime files.
        skip = 4 if parent.kind == b"meta" and not number(data, parent.start, 4) else 0
        inside = boxes(data, parent.start + skip, parent.end)
        parent = next((box for box in inside if box.kind == kind), None)
    return parent


def number(data: AudioData, position: int, size: int) -> int:
    """A big-endian number; what lies behind the file counts as nothing."""
    return int.from_bytes(data[position : position + size], "big")
