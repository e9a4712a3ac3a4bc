"""Two ledgers of one show joined: the one of this folder and the one that is live.

A build server with a fresh clone, a second machine and a lost show.lock all come to the same
ledger this way (what is live has been seen by subscribers, so it weighs more).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.model.ledger import Ledger, LedgerEntry
from castpress.model.staged import is_staged

if TYPE_CHECKING:
    from castpress.model.ledger import PublishedAudio


def merge_ledgers(ours: Ledger, live: Ledger) -> Ledger:
    """All that either of the two knows; where they differ, what was changed on purpose last.

    Without such a change the live one has the say on what subscribers have, and ours on names of
    files, which only the folder knows. Joining what was joined changes nothing.
    """
    mine, theirs = ours.by_guid(), live.by_guid()
    entries = [
        _joined(mine[guid], theirs[guid]) if guid in mine and guid in theirs else known
        for guid, known in (theirs | mine).items()
    ]
    return Ledger(
        entries=tuple(sorted(entries, key=lambda entry: (entry.stem, entry.guid))),
        feed_guids=tuple(sorted((dict(ours.feed_guids) | dict(live.feed_guids)).items())),
        live_feeds=_live_feeds(ours, live),
        former_urls=tuple(dict.fromkeys((*live.former_urls, *ours.former_urls))),
    )


def _joined(ours: LedgerEntry, live: LedgerEntry) -> LedgerEntry:
    later = ours if ours.revision >= live.revision else live
    slug, old_slugs = _addresses(ours, live)
    audio = later.audio if ours.revision != live.revision else _audio(ours, live)
    return replace(
        later,
        stem=ours.stem or live.stem,
        fingerprint=(audio.facts.sha256 if audio else later.fingerprint),
        slug=slug,
        old_slugs=old_slugs,
        audio=audio,
        # Changed on both sides at once: what somebody took back does not come out by itself.
        is_withdrawn=(
            later.is_withdrawn
            if ours.revision != live.revision
            else ours.is_withdrawn or live.is_withdrawn
        ),
    )


def _audio(ours: LedgerEntry, live: LedgerEntry) -> PublishedAudio | None:
    """The audio that subscribers have; of what is staged the place of publication knows less."""
    if ours.audio is None or live.audio is None:
        return live.audio or ours.audio
    mine, theirs = ours.audio.enclosure, live.audio.enclosure
    is_same = (mine.path, mine.byte_length) == (theirs.path, theirs.byte_length)
    if is_same and live.audio.tags is None:
        # Somebody released or recovered it without the file, and never learned what is in it.
        known = live.audio if ours.audio.tags is None else ours.audio
    elif is_staged(live) and (is_same or not is_staged(ours)):
        known = ours.audio
    else:
        known = live.audio
    # Other encodings are no matter of who knows more: those of the last publication are live.
    return replace(known, alternates=live.audio.alternates) if is_same else known


def _addresses(ours: LedgerEntry, live: LedgerEntry) -> tuple[str | None, tuple[str, ...]]:
    """The present address and all that lead to it: one that the other calls old is the older."""
    is_ours_later = live.slug is None or live.slug in ours.old_slugs
    slug = ours.slug if is_ours_later and ours.slug else live.slug
    known = (*live.old_slugs, *ours.old_slugs, live.slug, ours.slug)
    return slug, tuple(dict.fromkeys(one for one in known if one and one != slug))


def _live_feeds(ours: Ledger, live: Ledger) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What was live by the live ledger's account; ours only adds what that has never heard of."""
    mine, theirs = dict(ours.live_feeds), dict(live.live_feeds)
    joined = dict(theirs)
    for path, digests in mine.items():
        known = theirs.get(path, ())
        joined[path] = (*(one for one in digests if one not in known), *known)
    return tuple(sorted(joined.items()))
