"""Who is who: the guids that subscribers have, kept in show.lock and never made twice.

An app knows an episode by its guid alone. A new guid is an episode that everybody downloads
again; a shared one is an episode that nobody ever sees. So a guid is minted once, from the show's
guid and the first stem (every clone mints the same), and from then on it is read.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.problem import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One episode that has been released: its guid, its stem, its audio's SHA-256.

    A retired entry belongs to an episode whose notes are gone; it stays, so that its guid is never
    given to another one.
    """

    guid: str
    stem: str
    fingerprint: str
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Ledger:
    """All of show.lock: entries of episodes, and the guids of feeds other than the main one."""

    entries: tuple[LedgerEntry, ...] = ()
    feed_guids: tuple[tuple[str, str], ...] = ()

    def feed_guid(self, path: str) -> str | None:
        """The guid of a feed by its path, None where it has none yet."""
        return dict(self.feed_guids).get(path)


@dataclass(frozen=True, slots=True)
class Claimant:
    """An episode as found in the folder, before it is known who it is."""

    stem: str
    fingerprint: str
    location: Location
    guid: str | None = None
    is_released: bool = True


@dataclass(frozen=True, slots=True)
class Identities:
    """Who each stem is, and the ledger that says so from now on."""

    guid_of: dict[str, str]
    ledger: Ledger


def identify(
    ledger: Ledger, show_guid: str, claimants: Sequence[Claimant]
) -> tuple[Identities, tuple[Problem, ...]]:
    """Give every episode the guid it has, or a new one that no other ever had.

    An episode is known by its stem; a renamed one by the fingerprint of its audio. A stem that is
    used again for other audio, after its first episode was retired, is somebody else.
    """
    entries = {entry.guid: entry for entry in ledger.entries}
    stems = {claimant.stem for claimant in claimants}
    taken: dict[str, Claimant] = {}
    guid_of: dict[str, str] = {}
    problems: list[Problem] = []
    # Those who are known come first, so that nobody new is given what is theirs.
    for claimant in sorted(claimants, key=lambda c: (_known(c, entries) is None, c.stem)):
        entry = _known(claimant, entries) or _renamed(claimant, entries, stems, taken)
        guid = claimant.guid or (entry.guid if entry else None)
        if guid is None:
            guid = _mint(show_guid, claimant.stem, entries, taken)
        if entry is not None and guid != entry.guid:
            problems.append(_changed(claimant, entry))
        if guid in taken:
            problems.append(_shared(claimant, taken[guid]))
        taken.setdefault(guid, claimant)
        guid_of[claimant.stem] = guid
    return Identities(guid_of, _updated(ledger, taken)), tuple(problems)


def _known(claimant: Claimant, entries: dict[str, LedgerEntry]) -> LedgerEntry | None:
    for entry in entries.values():
        if entry.stem == claimant.stem and (
            not entry.is_retired or entry.fingerprint == claimant.fingerprint
        ):
            return entry
    if claimant.guid is not None:
        return entries.get(claimant.guid)
    return None


def _renamed(
    claimant: Claimant,
    entries: dict[str, LedgerEntry],
    stems: set[str],
    taken: dict[str, Claimant],
) -> LedgerEntry | None:
    for entry in entries.values():
        is_orphan = entry.stem not in stems or entry.is_retired
        if is_orphan and entry.fingerprint == claimant.fingerprint and entry.guid not in taken:
            return entry
    return None


def _mint(
    show_guid: str, stem: str, entries: dict[str, LedgerEntry], taken: dict[str, Claimant]
) -> str:
    for name in _names(stem):
        guid = str(uuid.uuid5(uuid.UUID(show_guid), name))
        if guid not in entries and guid not in taken:
            return guid
    raise AssertionError("names never end")


def _names(stem: str) -> Iterator[str]:
    """The stem itself, then salted with a count: somebody else once had the stem."""
    yield stem
    count = 2
    while True:
        yield f"{stem}#{count}"
        count += 1


def _changed(claimant: Claimant, entry: LedgerEntry) -> Problem:
    return Problem(
        "guid-changed",
        f"{claimant.stem} has another guid than the one that subscribers have",
        claimant.location,
        Severity.ERROR,
        f"delete the line `guid:`, or write `guid: {entry.guid}`",
    )


def _shared(claimant: Claimant, other: Claimant) -> Problem:
    return Problem(
        "shared-guid",
        f"{claimant.stem} and {other.stem} have the same guid; apps would show only one of them",
        claimant.location,
        Severity.ERROR,
        "delete the line `guid:` in the newer of the two",
    )


def _updated(ledger: Ledger, taken: dict[str, Claimant]) -> Ledger:
    """The ledger after this run: what is released is recorded, what is gone is retired."""
    kept = []
    for entry in ledger.entries:
        claimant = taken.get(entry.guid)
        if claimant is None:
            kept.append(replace(entry, is_retired=True))
        elif claimant.is_released:
            kept.append(LedgerEntry(entry.guid, claimant.stem, claimant.fingerprint))
        else:
            kept.append(entry)
    known = {entry.guid for entry in kept}
    for guid, claimant in taken.items():
        if guid not in known and claimant.is_released:
            kept.append(LedgerEntry(guid, claimant.stem, claimant.fingerprint))
    return replace(ledger, entries=tuple(sorted(kept, key=lambda e: (e.stem, e.guid))))


def with_feed_guids(ledger: Ledger, guids: dict[str, str]) -> Ledger:
    """The ledger with the guids of further feeds; one that is there already stays."""
    merged = {**guids, **dict(ledger.feed_guids)}
    return replace(ledger, feed_guids=tuple(sorted(merged.items())))


LEDGER_FILE = PurePosixPath("show.lock")
