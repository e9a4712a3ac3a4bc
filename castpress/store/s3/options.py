"""Where a bucket is, how it is reached, and how long anybody waits for it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a store is given, in seconds.

    ``connect`` also holds for each piece that is sent, so a slow line needs it. A request that
    fails for a moment is sent again after a pause that doubles from ``pause`` up to
    ``longest_pause``, until ``tries`` were made or ``whole`` is over.
    """

    connect: float = 30.0
    answer: float = 60.0
    pause: float = 0.5
    longest_pause: float = 20.0
    tries: int = 8
    whole: float = 300.0


@dataclass(frozen=True, slots=True)
class S3Options:
    """How a store is reached; what is None is left to boto3's own chain of settings.

    ``endpoint`` is None for AWS itself. Files above ``part_bytes`` go in parts of so many. Keys are
    never among them: they come from the environment, from boto3's files or from the machine.
    """

    endpoint: str | None = None
    region: str | None = None
    path_style: bool | None = None
    profile: str | None = None
    part_bytes: int = 8 * 1024 * 1024
    patience: Patience = field(default_factory=Patience)
