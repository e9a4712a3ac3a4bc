"""Which episodes are out at a given moment, and when the next one is due."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from castpress.model.podcast import Episode


@dataclass(frozen=True, slots=True)
class Schedule:
    """The episodes of a show by what happens to them.

    ``released`` newest first, ``scheduled`` soonest first, the others by stem. ``withdrawn`` ones
    were out and were taken back. ``unheard`` are lessons with a date whose audio nobody here has or
    knows: they are announced, and else left out.
    """

    released: tuple[Episode, ...]
    scheduled: tuple[Episode, ...]
    undated: tuple[Episode, ...]
    drafts: tuple[Episode, ...]
    withdrawn: tuple[Episode, ...] = ()
    unheard: tuple[Episode, ...] = ()

    @property
    def next_due(self) -> datetime | None:
        """When the next build has something to release, None where nothing waits."""
        return self.scheduled[0].published if self.scheduled else None


def schedule(episodes: Iterable[Episode], now: datetime) -> Schedule:
    """Sort the episodes into what is out and what waits; a date in the past is out at once."""
    # As moments: in one zone Python compares the clocks, and an hour can come twice.
    released: list[tuple[float, str, Episode]] = []
    scheduled: list[tuple[float, str, Episode]] = []
    undated: list[Episode] = []
    drafts: list[Episode] = []
    withdrawn: list[Episode] = []
    for episode in sorted(episodes, key=lambda e: e.stem):
        if episode.is_withdrawn:
            withdrawn.append(episode)
        elif episode.is_draft:
            drafts.append(episode)
        elif episode.published is None:
            undated.append(episode)
        elif episode.published <= now:
            released.append((episode.published.timestamp(), episode.stem, episode))
        else:
            scheduled.append((episode.published.timestamp(), episode.stem, episode))
    # The stem settles what the date leaves open, so that no file system does.
    released.sort(key=lambda row: (row[0], row[1]), reverse=True)
    scheduled.sort(key=lambda row: (row[0], row[1]))
    return Schedule(
        tuple(row[2] for row in released),
        tuple(row[2] for row in scheduled),
        tuple(undated),
        tuple(drafts),
        tuple(withdrawn),
    )
