"""The ledger as it lies at the place of publication, where anybody might read it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.model.ledger import Ledger, LedgerEntry
from castpress.model.staged import is_staged_path

if TYPE_CHECKING:
    from collections.abc import Collection

    from castpress.model.ledger import PublishedAudio


def public_ledger(ledger: Ledger, known: Collection[str]) -> Ledger:
    """The ledger with no word about episodes that are not out.

    ``known`` are the guids of episodes that are out, or were. Of the others only the guid and
    what the audio measures stays, so that whoever releases one later needs no audio file, and
    whether it was taken back; one of which there is nothing to say is left out. So are the guids
    of courses that have not begun: the address of their feed tells the course.
    """
    entries = (
        entry if entry.guid in known else _without_words(entry)
        for entry in ledger.entries
        if entry.guid in known or entry.audio is not None or entry.is_retired or entry.is_withdrawn
    )
    live = dict(ledger.live_feeds)
    return replace(
        ledger,
        entries=tuple(sorted(entries, key=lambda e: (e.stem, e.guid))),
        feed_guids=tuple((path, guid) for path, guid in ledger.feed_guids if path in live),
    )


def _without_words(entry: LedgerEntry) -> LedgerEntry:
    return LedgerEntry(
        guid=entry.guid,
        stem="",
        fingerprint=entry.fingerprint,
        is_retired=entry.is_retired,
        is_withdrawn=entry.is_withdrawn,
        audio=None if entry.audio is None else _bare(entry.audio),
        revision=entry.revision,
    )


def _bare(audio: PublishedAudio) -> PublishedAudio | None:
    if not is_staged_path(audio.enclosure.path):
        return None  # its name would tell the title
    facts = replace(audio.facts, title=None, artist=None, chapters=(), location=None)
    # What other encodings are called is from a list of ours and tells nothing of the episode.
    alternates = tuple(one for one in audio.alternates if is_staged_path(one.sources[0]))
    return replace(audio, facts=facts, tags=None, alternates=alternates)
