"""Episodes that subscribers have and that the schedule would take from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.problem import Problem, Severity
from castpress.model.staged import is_staged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.model.ledger import Ledger, LedgerEntry
    from castpress.model.podcast import Episode
    from castpress.model.schedule import Schedule


def check_leaving(plan: Schedule, ledger: Ledger) -> tuple[Problem, ...]:
    """A warning for each episode that was published and would not be out any more.

    Its date was moved, by its note or by the rule of its course, or taken away.
    """
    entries = ledger.by_guid()
    found = []
    for episode, why in _held_back(plan):
        entry = entries.get(episode.guid)
        if entry is None or not _is_out(entry):
            continue
        tags = entry.audio.tags if entry.audio else None
        day = tags.date if tags else None
        if day is not None and episode.published is not None and episode.published.date() == day:
            continue  # it was not moved: the build is for a moment before it
        old = f" ({day.isoformat()})" if day else ""
        found.append(
            Problem(
                "date-taken-back",
                f"{episode.title!r} is out, and {why} now; it would leave the feed",
                episode.location,
                Severity.WARNING,
                f"give it its old date{old} back with `published:`; if it is to leave, type "
                f"`castpress unpublish {episode.stem}`",
            )
        )
    return tuple(found)


def _held_back(plan: Schedule) -> Iterator[tuple[Episode, str]]:
    for episode in plan.scheduled:
        when = episode.published.isoformat(" ", "minutes") if episode.published else ""
        yield episode, f"its date is {when}"
    yield from ((episode, "it has no date") for episode in plan.undated)
    yield from ((episode, "it is a draft") for episode in plan.drafts)


def _is_out(entry: LedgerEntry) -> bool:
    is_here = entry.audio is not None and not is_staged(entry)
    return is_here and not entry.is_retired and not entry.is_withdrawn
