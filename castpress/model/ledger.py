"""Who is who: the guids that subscribers have, kept in show.lock and never made twice.

An app knows an episode by its guid alone. A new guid is an episode that everybody downloads
again; a shared one is an episode that nobody ever sees. So a guid is minted once, from the show's
guid and the first stem (every clone mints the same), and from then on it is read.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.problem import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


LEDGER_FILE = PurePosixPath("show.lock")


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One episode that has been released: its guid, its stem, its audio's SHA-256, its addresses.

    ``slug`` is kept when the title changes; ``old_slugs`` lead to it. A retired entry belongs to an
    episode whose notes are gone; it stays, so that its guid is never given to another one.
    """

    guid: str
    stem: str
    fingerprint: str
    is_retired: bool = False
    slug: str | None = None
    old_slugs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """All of show.lock: entries of episodes, and the guids of feeds by their paths."""

    entries: tuple[LedgerEntry, ...] = ()
    feed_guids: tuple[tuple[str, str], ...] = ()

    def feed_guid(self, path: str) -> str | None:
        """The guid of a feed by its path, None where it has none yet."""
        return dict(self.feed_guids).get(path)

    def by_guid(self) -> dict[str, LedgerEntry]:
        """What is recorded of each episode."""
        return {entry.guid: entry for entry in self.entries}


@dataclass(frozen=True, slots=True)
class Claimant:
    """An episode as found in the folder, before it is known who it is.

    ``fingerprint`` is the SHA-256 of its audio, None where there is none (yet).
    """

    stem: str
    fingerprint: str | None
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

    Subscribers have audio, so the fingerprint of the audio weighs more than the name of the files:
    whoever renumbers files moves no guid. A stem whose audio is new keeps its guid, unless its
    first episode was retired: then the stem is used again, by somebody else.
    """
    entries = ledger.by_guid()
    entry_of = _recognise(list(entries.values()), claimants)
    taken: dict[str, Claimant] = {}
    guid_of: dict[str, str] = {}
    problems: list[Problem] = []
    # Those who are known come first, so that nobody new is given what is theirs.
    for claimant in sorted(claimants, key=lambda c: (c.stem not in entry_of, c.stem)):
        entry = entry_of.get(claimant.stem)
        guid = claimant.guid or (entry.guid if entry else None)
        if guid is None:
            guid = _mint(show_guid, claimant.stem, entries, taken)
        if entry is not None and guid != entry.guid:
            problems.append(_changed(claimant, entry))
        if guid in taken:
            problems.append(_shared(claimant, taken[guid]))
        taken.setdefault(guid, claimant)
        guid_of[claimant.stem] = guid
    updated = _updated(ledger, taken)
    problems += _gone(ledger, updated, claimants)
    return Identities(guid_of, updated), tuple(problems)


def _recognise(
    entries: Sequence[LedgerEntry], claimants: Sequence[Claimant]
) -> dict[str, LedgerEntry]:
    """Which entry each stem is; the surest signs are looked at first, for everybody.

    A sign is a key of the claimant and a key of the entry; where both are the same, they are one.
    None is no key.
    """
    live_stems = {entry.stem for entry in entries if not entry.is_retired}
    sounds = Counter(claimant.fingerprint for claimant in claimants)

    def sound(claimant: Claimant) -> str | None:
        # Two notes with one audio: the sound says nothing about who is who.
        return claimant.fingerprint if sounds[claimant.fingerprint] == 1 else None

    def sound_of_nobody(claimant: Claimant) -> str | None:
        # A retired one comes back only where nobody is: the name may be in use by now.
        return None if claimant.stem in live_stems else sound(claimant)

    signs: tuple[tuple[Callable[[Claimant], object], Callable[[LedgerEntry], object]], ...] = (
        (lambda c: (c.stem, c.fingerprint), lambda e: (e.stem, e.fingerprint)),
        (lambda c: c.guid, lambda e: e.guid),
        (sound, lambda e: None if e.is_retired else e.fingerprint),
        (sound_of_nobody, lambda e: e.fingerprint),
        (lambda c: c.stem, lambda e: None if e.is_retired else e.stem),
    )
    found: dict[str, LedgerEntry] = {}
    taken: set[str] = set()
    for claimant_key, entry_key in signs:
        left = {entry_key(entry): entry for entry in reversed(entries) if entry.guid not in taken}
        left.pop(None, None)
        for claimant in claimants:
            if claimant.stem not in found and (match := left.pop(claimant_key(claimant), None)):
                found[claimant.stem] = match
                taken.add(match.guid)
    return found


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


def _gone(before: Ledger, after: Ledger, claimants: Sequence[Claimant]) -> Iterator[Problem]:
    """Episodes that were out and have no notes any more: said once, when they go."""
    live = {entry.guid for entry in before.entries if not entry.is_retired}
    known = {entry.stem for entry in before.entries}
    here = {claimant.stem for claimant in claimants}
    new = [claimant for claimant in claimants if claimant.stem not in known]
    for entry in after.entries:
        if entry.guid not in live or not entry.is_retired or entry.stem in here:
            continue
        renamed = " or ".join(claimant.stem for claimant in new if claimant.is_released)
        yield Problem(
            "episode-gone",
            f"{entry.stem} was out and has no notes any more; it leaves the feed",
            Location(LEDGER_FILE),
            Severity.WARNING,
            f"if it is {renamed} now, write `guid: {entry.guid}` at the top of the note"
            if renamed
            else "put its notes and audio back if that is a slip",
        )


def _updated(ledger: Ledger, taken: dict[str, Claimant]) -> Ledger:
    """The ledger after this run: what is released is recorded, what is gone is retired."""
    kept = []
    for entry in ledger.entries:
        claimant = taken.get(entry.guid)
        if claimant is None:
            kept.append(replace(entry, is_retired=True))
        elif claimant.is_released:
            kept.append(
                replace(
                    entry,
                    stem=claimant.stem,
                    fingerprint=claimant.fingerprint or entry.fingerprint,
                    is_retired=False,
                )
            )
        else:
            kept.append(entry)
    known = {entry.guid for entry in kept}
    for guid, claimant in taken.items():
        if guid not in known and claimant.is_released:
            kept.append(LedgerEntry(guid, claimant.stem, claimant.fingerprint or ""))
    return replace(ledger, entries=tuple(sorted(kept, key=lambda e: (e.stem, e.guid))))


def with_slugs(ledger: Ledger, slugs: dict[str, str]) -> Ledger:
    """The ledger with the addresses that episodes have now, by guid; the ones before are kept."""
    return replace(
        ledger,
        entries=tuple(_with_slug(entry, slugs.get(entry.guid)) for entry in ledger.entries),
    )


def _with_slug(entry: LedgerEntry, slug: str | None) -> LedgerEntry:
    if slug is None or slug == entry.slug:
        return entry
    old = [known for known in (*entry.old_slugs, entry.slug) if known and known != slug]
    return replace(entry, slug=slug, old_slugs=tuple(dict.fromkeys(old)))


def with_feed_guids(
    ledger: Ledger, guids: Mapping[str, str], place: Location
) -> tuple[Ledger, tuple[Problem, ...]]:
    """The ledger with the guids of the feeds by path; another one than is recorded is an error."""
    recorded = dict(ledger.feed_guids)
    problems = tuple(
        Problem(
            "feed-guid-changed",
            f"{path} has another guid than the one that apps know it by",
            place,
            Severity.ERROR,
            f"write `guid: {recorded[path]}` again",
        )
        for path, guid in guids.items()
        if recorded.get(path, guid) != guid
    )
    merged = {**guids, **recorded}
    return replace(ledger, feed_guids=tuple(sorted(merged.items()))), problems
