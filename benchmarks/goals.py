"""What castpress wants to reach, as ratios to a peer in the same run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Row = Literal["cold", "unchanged", "one note", "peak memory"]


@dataclass(frozen=True, slots=True)
class Goal:
    """At most this many times what the peer takes: of its wall time, or of its peak memory."""

    episodes: int
    row: Row
    peer: str
    at_most: float


GOALS = (
    Goal(1_000, "cold", "hugo", 1.5),
    Goal(1_000, "unchanged", "hugo", 0.05),
    Goal(1_000, "unchanged", "python", 4),
    Goal(1_000, "one note", "hugo", 0.2),
    Goal(1_000, "peak memory", "hugo", 0.4),
)
