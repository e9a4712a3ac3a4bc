"""What subscribers already have, kept in show.lock: guids, addresses, enclosures, feeds.

An app knows a show by its guids and the addresses of its audio. All that must never change by
accident stands here; ``model/identity`` says who is who, ``model/merge`` joins two ledgers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.podcast import Enclosure
from castpress.model.problem import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from castpress.model.feed_tags import AlternateEnclosure
    from castpress.model.podcast import AudioFacts


LEDGER_FILE = PurePosixPath("show.lock")
# Enough to know a feed that was live years ago, for a show that changes every day.
_MOST_FEED_DIGESTS = 1000


@dataclass(frozen=True, slots=True)
class WrittenTags:
    """What is written into a published audio file: with its source, all that makes its bytes.

    ``chapters`` are (start in ms, title); ``artwork_sha256`` is of the small picture in the file.
    """

    title: str
    artist: str
    album: str
    number: int | None = None
    date: date | None = None
    link: str | None = None
    language: str | None = None
    artwork_sha256: str | None = None
    chapters: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedAudio:
    """The audio of an episode as subscribers have it.

    ``facts`` are all that a build reads of its source, so that the source need not be there; their
    places are those of whoever asks. ``tags`` are None for a file that was published as it was.
    ``alternates`` are its other encodings: not frozen, but those of the last publication, each with
    the one address at which its bytes lie.
    """

    enclosure: Enclosure
    facts: AudioFacts
    tags: WrittenTags | None
    alternates: tuple[AlternateEnclosure, ...] = ()

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """All files that the feed names: the audio, then its other encodings."""
        return (self.enclosure, *map(as_enclosure, self.alternates))


def as_enclosure(alternate: AlternateEnclosure) -> Enclosure:
    """The file of an alternate encoding that lies on the site."""
    return Enclosure(
        alternate.sources[0],
        alternate.media_type,
        alternate.byte_length or 0,
        alternate.sha256 or "",
    )


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One episode that has been released: its guid, its stem, its audio's SHA-256, its addresses.

    ``slug`` is kept when the title changes; ``old_slugs`` lead to it. ``audio`` is frozen once it
    was published. A retired entry belongs to an episode whose notes are gone; it stays, so that its
    guid is never given to another one. A withdrawn one has notes and is not to be published.
    ``revision`` counts what was changed on purpose, so that of two ledgers the later one is known.
    """

    guid: str
    stem: str
    fingerprint: str
    is_retired: bool = False
    slug: str | None = None
    old_slugs: tuple[str, ...] = ()
    audio: PublishedAudio | None = None
    is_withdrawn: bool = False
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Ledger:
    """All of show.lock: entries of episodes, and the guids of feeds by their paths.

    ``live_feeds`` are the SHA-256 digests of each feed that was live, by path, the oldest first;
    ``former_urls`` the addresses of the site that the show has left.
    """

    entries: tuple[LedgerEntry, ...] = ()
    feed_guids: tuple[tuple[str, str], ...] = ()
    live_feeds: tuple[tuple[str, tuple[str, ...]], ...] = ()
    former_urls: tuple[str, ...] = ()

    def feed_guid(self, path: str) -> str | None:
        """The guid of a feed by its path, None where it has none yet."""
        return dict(self.feed_guids).get(path)

    def by_guid(self) -> dict[str, LedgerEntry]:
        """What is recorded of each episode."""
        return {entry.guid: entry for entry in self.entries}

    def is_superseded(self, path: str, digest: str) -> bool:
        """Whether a feed of that path was live once and another one is now."""
        digests = dict(self.live_feeds).get(path, ())
        return digest in digests[:-1] and digest != digests[-1]

    def has_been_live(self, path: str, digest: str) -> bool:
        """Whether a feed of that path was ever live with these bytes."""
        return digest in dict(self.live_feeds).get(path, ())

    def is_ahead_of(self, live: Ledger) -> bool:
        """Whether something was changed on purpose here that is not live."""
        known = {entry.guid: entry.revision for entry in live.entries}
        return any(entry.revision > known.get(entry.guid, 0) for entry in self.entries)


def with_entry(ledger: Ledger, entry: LedgerEntry) -> Ledger:
    """The ledger with this entry in the place of the one that has its guid."""
    others = (known for known in ledger.entries if known.guid != entry.guid)
    return _sorted(ledger, (*others, entry))


def with_audio(ledger: Ledger, published: Mapping[str, PublishedAudio]) -> Ledger:
    """The ledger with the audio that was published, by guid; what is frozen already stays.

    Its other encodings are those that were published last.
    """
    return replace(
        ledger,
        entries=tuple(
            replace(entry, audio=_with_alternates(entry.audio, published[entry.guid]))
            if entry.guid in published
            else entry
            for entry in ledger.entries
        ),
    )


def _with_alternates(frozen: PublishedAudio | None, published: PublishedAudio) -> PublishedAudio:
    return replace(frozen, alternates=published.alternates) if frozen else published


def with_live_feeds(ledger: Ledger, digests: Mapping[str, str]) -> Ledger:
    """The ledger with the feeds that are live from now on, by path; the ones before are kept."""
    known = dict(ledger.live_feeds)
    for path, digest in digests.items():
        before = known.get(path, ())
        if before[-1:] != (digest,):
            # One that comes back is the live one again, and no longer superseded.
            others = tuple(one for one in before if one != digest)
            known[path] = (*others, digest)[-_MOST_FEED_DIGESTS:]
    return replace(ledger, live_feeds=tuple(sorted(known.items())))


def renamed(ledger: Ledger, guid: str, stem: str) -> Ledger:
    """The ledger with another name for the files of an episode; one that was retired is back.

    No revision: merging takes names from the folder anyhow, and of two ledgers the one that only
    knows a new name must not bring old audio back. Who held the name and never was out lets go.
    """
    entries = []
    for entry in ledger.entries:
        if entry.guid == guid:
            entries.append(replace(entry, stem=stem, is_retired=False))
        elif entry.stem == stem and not entry.is_retired:
            # Its audio is the other's now, so it must not be recognised by it.
            entries.append(replace(entry, is_retired=True, fingerprint=""))
        else:
            entries.append(entry)
    return _sorted(ledger, entries)


def replaced(ledger: Ledger, guid: str, fingerprint: str) -> Ledger:
    """The ledger after the source audio of an episode became another one, by its SHA-256.

    What was frozen is let go, so that the next build freezes the new audio at a new address.
    """
    return _changed(ledger, guid, lambda entry: replace(entry, audio=None, fingerprint=fingerprint))


def retagged(ledger: Ledger, guid: str) -> Ledger:
    """The ledger with an episode whose audio the next build tags and addresses anew."""
    return _changed(ledger, guid, lambda entry: replace(entry, audio=None))


def withdrawn(ledger: Ledger, guid: str, *, is_withdrawn: bool = True) -> Ledger:
    """The ledger with an episode taken back from subscribers, or given to them again."""
    return _changed(ledger, guid, lambda entry: replace(entry, is_withdrawn=is_withdrawn))


def moved(ledger: Ledger, former_url: str) -> Ledger:
    """The ledger of a show that has left an address of its site."""
    return replace(ledger, former_urls=tuple(dict.fromkeys((*ledger.former_urls, former_url))))


def _changed(ledger: Ledger, guid: str, change: Callable[[LedgerEntry], LedgerEntry]) -> Ledger:
    """The ledger with one entry changed on purpose, which its revision counts."""
    return replace(
        ledger,
        entries=tuple(
            replace(change(entry), revision=entry.revision + 1) if entry.guid == guid else entry
            for entry in ledger.entries
        ),
    )


def _sorted(ledger: Ledger, entries: Iterable[LedgerEntry]) -> Ledger:
    return replace(ledger, entries=tuple(sorted(entries, key=lambda e: (e.stem, e.guid))))


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
    first: dict[str, str] = {}
    problems += tuple(
        Problem(
            "same-feed-guid",
            f"{path} has the guid of {first[guid.lower()]}; apps would take the two for one show",
            place,
            Severity.ERROR,
            "delete the `guid:` of one of them: it is made and kept in show.lock",
        )
        for path, guid in guids.items()
        if first.setdefault(guid.lower(), path) != path
    )
    merged = {**guids, **recorded}
    return replace(ledger, feed_guids=tuple(sorted(merged.items()))), problems
