"""Episodes that subscribers have and that the schedule would take from them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from castpress.model.problem import Problem, Severity
from castpress.model.staged import is_staged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from castpress.model.ledger import Ledger, LedgerEntry
    from castpress.model.podcast import Episode
    from castpress.model.schedule import Schedule


def check_leaving(plan: Schedule, ledger: Ledger, time_zone: str) -> tuple[Problem, ...]:
    """A warning for each episode that was published and would not be out any more.

    Its date was moved, by its note or by the rule of its course, or taken away. ``time_zone`` is
    the show's, in which show.lock tells the day.
    """
    entries, zone = ledger.by_guid(), ZoneInfo(time_zone)
    found = []
    for episode, why in _held_back(plan):
        entry = entries.get(episode.guid)
        if entry is None or not _is_out(entry):
            continue
        tags = entry.audio.tags if entry.audio else None
        day = tags.date if tags else None
        local = episode.published.astimezone(zone) if episode.published else None
        if day is not None and local is not None and local.date() == day:
            continue  # it was not moved: the build is for a moment before it
        found.append(
            Problem(
                "date-taken-back",
                f"{episode.title!r} is out, and {why} now; it would leave the feed",
                episode.location,
                Severity.WARNING,
                f"{_way_back(day, local)}; if it is to leave, type "
                f"`castpress unpublish {episode.stem}`",
            )
        )
    return tuple(found)


def _way_back(day: date | None, now: datetime | None) -> str:
    """What to write for the old date; of its hour, which is not recorded, the new one is a guess.

    Without the hour the episode would be dated midnight, and apps would move it.
    """
    if day is None:
        return "give it its old date and hour back with `published:`"
    if now is None:
        return f"give it its old date back: `published: {day.isoformat()}` and the hour it had"
    clock = now.strftime("%H:%M")
    return (
        f"give it its old date back: `published: {day.isoformat()} {clock}`, or the hour it had if "
        f"that was not {clock}"
    )


def _held_back(plan: Schedule) -> Iterator[tuple[Episode, str]]:
    for episode in plan.scheduled:
        when = episode.published.isoformat(" ", "minutes") if episode.published else ""
        yield episode, f"its date is {when}"
    yield from ((episode, "it has no date") for episode in plan.undated)
    yield from ((episode, "it is a draft") for episode in plan.drafts)


def _is_out(entry: LedgerEntry) -> bool:
    is_here = entry.audio is not None and not is_staged(entry)
    return is_here and not entry.is_retired and not entry.is_withdrawn
