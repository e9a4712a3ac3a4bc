"""The audio of dated episodes that are not out: ready to be put ahead, under names without words.

A timed job that has no audio files can then release them. No other byte of such an episode leaves.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.model.problem import Severity
from castpress.model.staged import is_staged_path, staged

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from castpress.commands.enclosed import Enclosed
    from castpress.commands.reporter import Reporter
    from castpress.commands.walk import Walked
    from castpress.model.ledger import LedgerEntry
    from castpress.model.problem import Problem


def stage(
    walked: Walked, output: Path, known: Collection[str], reporter: Reporter
) -> tuple[dict[str, Enclosed], tuple[Problem, ...]]:
    """The published audio of each scheduled episode whose file is here, by guid.

    Made anew each time: nobody has it yet, so it follows the notes until the day. ``known`` are
    the guids of episodes that were out; the audio of those has an address already.

    Raises:
        OSError: the cache cannot be written.
    """
    from castpress.commands.enclosures import enclose

    entries = walked.ledger.by_guid()
    waiting = {e.guid for e in walked.schedule.scheduled if e.guid not in known}
    new = {guid for guid in waiting if _has_no_address(entries.get(guid))}
    episodes = [e for e in walked.schedule.scheduled if e.guid in new and e.audio.location]
    unfrozen = replace(
        walked,
        ledger=replace(
            walked.ledger,
            entries=tuple(
                replace(entry, audio=None) if guid in new else entry
                for guid, entry in entries.items()
            ),
        ),
    )
    try:
        enclosed, problems = enclose(unfrozen, episodes, output, reporter)
    finally:
        walked.crew.close()
    ready = {guid: replace(each, audio=staged(each.audio)) for guid, each in enclosed.items()}
    # What goes wrong here is not due yet, so it holds nothing up.
    mild = (replace(p, severity=min(p.severity, Severity.WARNING)) for p in problems)
    return ready, tuple(mild)


def _has_no_address(entry: LedgerEntry | None) -> bool:
    return entry is None or entry.audio is None or is_staged_path(entry.audio.enclosure.path)
