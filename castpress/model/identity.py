"""Who is who: the guids that subscribers have, never made twice.

An app knows an episode by its guid alone. A new guid is an episode that everybody downloads
again; a shared one is an episode that nobody ever sees. So a guid is minted once, from the show's
guid and the first stem (every clone mints the same), and from then on it is read.
"""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from castpress.model.ledger import LEDGER_FILE, Ledger, LedgerEntry
from castpress.model.problem import Location, Problem, Severity
from castpress.model.staged import is_staged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Claimant:
    """An episode as found in the folder, before it is known who it is.

    ``fingerprint`` is the SHA-256 of its audio, None where there is none here; ``is_released`` says
    that its date has come.
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
    entry_of = _recognise(list(entries.values()), claimants, show_guid)
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
    problems += _replaced(entries, taken)
    live = [entry for entry in ledger.entries if not entry.is_retired]
    found = {entry.guid for entry in entry_of.values()} | taken.keys()
    orphans = [entry for entry in live if entry.guid not in found]
    problems += _gone(orphans, [c for c in claimants if c.stem not in entry_of and c.is_released])
    return Identities(guid_of, updated), tuple(problems)


def _recognise(
    entries: Sequence[LedgerEntry], claimants: Sequence[Claimant], show_guid: str
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
        (lambda c: c.stem, lambda e: None if e.is_retired else e.stem or None),
        # The place of publication does not tell the stem of what is not out; its guid is known.
        (lambda c: first_guid(show_guid, c.stem), lambda e: None if e.stem else e.guid),
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


def first_guid(show_guid: str, stem: str) -> str:
    """The guid that an episode gets when nobody has had its stem before."""
    return str(uuid.uuid5(uuid.UUID(show_guid), stem))


def _mint(
    show_guid: str, stem: str, entries: dict[str, LedgerEntry], taken: dict[str, Claimant]
) -> str:
    for name in _names(stem):
        guid = first_guid(show_guid, name)
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


def _replaced(entries: dict[str, LedgerEntry], taken: dict[str, Claimant]) -> Iterator[Problem]:
    """Episodes whose audio is another than the one that subscribers have."""
    for guid, claimant in taken.items():
        entry = entries.get(guid)
        if entry is None or entry.audio is None or claimant.fingerprint is None:
            continue
        if is_staged(entry):
            continue  # nobody has it yet, so it may change
        # One that show.lock was told of by a feed is of unknown sound until its file is here.
        if claimant.fingerprint != (entry.audio.facts.sha256 or claimant.fingerprint):
            yield Problem(
                "audio-replaced",
                f"the audio of {claimant.stem} is another than the one that is published",
                Location(claimant.location.file),
                Severity.ERROR,
                f"put the old file back, or type `castpress replace {claimant.stem}` if the new "
                "one is meant to go out",
            )


def _gone(orphans: Sequence[LedgerEntry], newcomers: Sequence[Claimant]) -> Iterator[Problem]:
    """Episodes that were out and have no notes any more: said once, when they go."""
    silent = [claimant for claimant in newcomers if claimant.fingerprint is None]
    for entry in orphans:
        if entry.is_withdrawn or is_staged(entry):
            continue
        if silent:
            # Without the audio nobody can tell a new name from a new episode.
            new = silent[0]
            yield Problem(
                "renamed-without-audio",
                f"{entry.stem} was out and has no notes any more, and {new.stem} has no audio: "
                "one may be the new name of the other",
                Location(new.location.file),
                Severity.ERROR,
                f"type `castpress rename {entry.stem} {new.stem}` if they are the same, "
                f"else put {new.stem}.mp3 into episodes/",
            )
            continue
        advice = "put its notes and audio back if that is a slip"
        if newcomers:
            name = newcomers[0].stem if len(newcomers) == 1 else "NEW-NAME"
            advice += f"; if it has another name now, type `castpress rename {entry.stem} {name}`"
        yield Problem(
            "episode-gone",
            f"{entry.stem} was out and has no notes any more; it leaves the feed",
            Location(LEDGER_FILE),
            Severity.WARNING,
            advice,
        )


def _updated(ledger: Ledger, taken: dict[str, Claimant]) -> Ledger:
    """The ledger after this run: what is released is recorded, what is gone is retired."""
    kept = [_as_found(entry, taken.get(entry.guid)) for entry in ledger.entries]
    known = {entry.guid for entry in kept}
    for guid, claimant in taken.items():
        if guid not in known and claimant.is_released and claimant.fingerprint is not None:
            kept.append(LedgerEntry(guid, claimant.stem, claimant.fingerprint))
    return replace(ledger, entries=tuple(sorted(kept, key=lambda e: (e.stem, e.guid))))


def _as_found(entry: LedgerEntry, claimant: Claimant | None) -> LedgerEntry:
    if claimant is None:
        return replace(entry, is_retired=True)
    if is_staged(entry) and claimant.fingerprint not in (None, entry.fingerprint):
        entry = replace(entry, audio=None, fingerprint=claimant.fingerprint or "")
    if entry.is_retired and not entry.is_withdrawn and not claimant.is_released:
        return entry
    return replace(
        entry,
        stem=claimant.stem,
        fingerprint=claimant.fingerprint or entry.fingerprint,
        is_retired=False,
    )
