"""What live feeds say of a show whose show.lock is lost, item by item, and the ledger of that."""

from __future__ import annotations

import difflib
import hashlib
import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from castpress.commands.feed_sources import place_of
from castpress.commands.ledger_changes import every_episode, refusal
from castpress.model.feed_files import FeedKind, archive_number, feed_kind
from castpress.model.ledger import (
    Ledger,
    LedgerEntry,
    PublishedAudio,
    with_entry,
    with_feed_guids,
    with_live_feeds,
)
from castpress.model.podcast import AudioFacts, Enclosure
from castpress.model.problem import Location, Problem, Severity
from castpress.model.recovery import Noted, audio_digest, match_items

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from castpress.commands.build import Built
    from castpress.commands.feed_sources import NamedFeed
    from castpress.commands.walk import Walked
    from castpress.model.feed_tags import AlternateEnclosure
    from castpress.model.listing import ListedItem
    from castpress.model.podcast import Episode

_OURS = re.compile(r"audio/(?:[^/?#]+-)?[0-9a-f]{32}\.([a-z0-9]{1,5})")
_PAGE = re.compile(r"(?:episodes|courses/[^/]+)/([A-Za-z0-9_-]+)/")


@dataclass(frozen=True, slots=True)
class _Item:
    """An item with the feed that it stands in."""

    feed: NamedFeed
    item: ListedItem


class Recovery:
    """What is known of the show on both sides, and the ledger that follows."""

    def __init__(
        self, walked: Walked, built: Built, feeds: tuple[NamedFeed, ...], output: Path
    ) -> None:
        self._walked = walked
        self._built = built
        # Where an item stands twice, its home knows best.
        self._feeds = tuple(
            sorted(feeds, key=lambda feed: feed_kind(self._path(feed) or "") or FeedKind.MAIN)
        )
        self._output = output
        self._episodes = {episode.stem: episode for episode in every_episode(walked)}
        self._items = {
            item.guid: _Item(feed, item)
            for feed in self._feeds
            for item in feed.listed.shown_items()
        }
        self.stem_of = match_items(
            [each.item for each in self._items.values()],
            [self._noted(episode) for episode in self._episodes.values()],
        )

    def ledger(self) -> tuple[Ledger, tuple[Problem, ...]]:
        """What show.lock says already, and all that the feeds say."""
        ledger, problems = self._walked.recorded, list(self._unmatched())
        guids = {
            path: feed.listed.podcast_guid
            for feed in self._feeds
            if (path := self._path(feed)) and feed.listed.podcast_guid
        }
        ledger, _ = with_feed_guids(ledger, guids, Location(PurePosixPath("show.yaml")))
        ours = {self._walked.show.feed.path: self._walked.show.feed.guid}
        problems += with_feed_guids(ledger, ours, Location(PurePosixPath("show.yaml"), 1))[1]
        for guid, each in self._items.items():
            entry = self._entry(guid, each)
            ledger = with_entry(ledger, entry)
            problems += self._date_problem(guid, each.item)
        live = {
            path: hashlib.sha256(feed.content).hexdigest()
            for each in self._feeds
            for feed in (each, *each.pages)
            if (path := self._path(feed)) and self._is_ours(feed)
        }
        return with_live_feeds(ledger, live), tuple(problems)

    def tale(self) -> Iterator[str]:
        """What subscribers notice: nothing, or who gets new audio."""
        yield "Nobody notices: every episode in the feed keeps its guid."
        ledger, _ = self.ledger()
        kept = [e for e in ledger.entries if e.audio is not None and e.guid in self.stem_of]
        anew = [e for e in ledger.entries if e.audio is None and e.guid in self.stem_of]
        if kept:
            yield f"The audio of {_counted(len(kept))} stays at its address."
        if anew:
            yield (
                f"The audio of {_counted(len(anew))} is published anew, at an address of this "
                "show; apps that have it do not load it again."
            )
        for guid, stem in sorted(self.stem_of.items(), key=lambda row: row[1]):
            yield f"  {stem}: {guid}"

    def _noted(self, episode: Episode) -> Noted:
        enclosed = self._built.enclosed.get(episode.guid)
        path = enclosed.audio.enclosure.path if enclosed and enclosed.audio else ""
        return Noted(
            stem=episode.stem,
            guid=episode.guid,
            title=episode.title,
            published=episode.published,
            url=self._walked.show.url(episode.page_path),
            digest=audio_digest(path),
            duration_ms=episode.audio.duration_ms if episode.audio.location else None,
        )

    def _entry(self, guid: str, each: _Item) -> LedgerEntry:
        known = self._walked.recorded.by_guid().get(guid)
        episode = self._episodes.get(self.stem_of.get(guid, ""))
        slug = self._slug(each.item)
        if episode is None:
            gone = known or LedgerEntry(guid, slug or guid, "", slug=slug)
            return replace(gone, is_retired=True)
        has_sound = episode.audio.location is not None
        audio = self._audio(episode, each)
        if known is not None and known.audio is not None:
            audio = known.audio
        fingerprint = episode.audio.sha256 if has_sound else ""
        return replace(
            known or LedgerEntry(guid, episode.stem, fingerprint),
            stem=episode.stem,
            fingerprint=audio.facts.sha256 if audio else fingerprint,
            is_retired=False,
            slug=slug or (known.slug if known else None),
            audio=audio,
        )

    def _audio(self, episode: Episode, each: _Item) -> PublishedAudio | None:
        """The enclosure of the feed, if castpress published it; what is not known stays open."""
        item = each.item
        path = self._below(item.enclosure_url)
        match = _OURS.fullmatch(path or "")
        if path is None or match is None or not item.byte_length:
            return None
        enclosed = self._built.enclosed.get(episode.guid)
        fresh = enclosed.audio if enclosed else None
        if fresh is not None and audio_digest(fresh.enclosure.path) == audio_digest(path):
            # This build makes the very same bytes; the name may be an older one.
            enclosure = replace(fresh.enclosure, path=path)
            return replace(fresh, enclosure=enclosure, alternates=tuple(self._alternates(item)))
        has_sound = episode.audio.location is not None
        facts = (
            fresh.facts
            if has_sound and fresh is not None
            else AudioFacts(
                item.media_type, match.group(1), item.byte_length, item.duration_ms or 0, ""
            )
        )
        digest = self._file_digest(each.feed, path) or audio_digest(path) or ""
        enclosure = Enclosure(path, item.media_type, item.byte_length, digest)
        return PublishedAudio(enclosure, facts, None, tuple(self._alternates(item)))

    def _alternates(self, item: ListedItem) -> Iterator[AlternateEnclosure]:
        """The other encodings that castpress published, by their addresses and digests."""
        for one in item.alternates:
            path = self._below(one.sources[0])
            if path is None or not _OURS.fullmatch(path) or not one.byte_length:
                continue
            digest = audio_digest(path)
            if one.sha256 is not None and digest and one.sha256.startswith(digest):
                yield replace(one, sources=(path,), rel=None, is_default=False)

    def _file_digest(self, feed: NamedFeed, path: str) -> str | None:
        """The whole digest, where the file itself lies beside the feed or in the output."""
        from castpress.store.cache import sha256_of

        for folder in (feed.folder, self._output):
            try:
                if folder is not None:
                    digest = sha256_of(folder / path)
                    if digest.startswith(audio_digest(path) or "?"):
                        return digest
            except OSError:
                continue
        return None

    def _slug(self, item: ListedItem) -> str | None:
        match = _PAGE.fullmatch(self._below(item.link) or "")
        return match.group(1) if match else None

    def _below(self, url: str) -> str | None:
        """The path of an address of this site, at its present place or a former one."""
        for base in (self._walked.show.base_url, *self._walked.recorded.former_urls):
            if url.startswith(base):
                return unquote(url[len(base) :])
        return None

    def _is_ours(self, feed: NamedFeed) -> bool:
        return self._below(feed.listed.self_url or "") is not None

    def _path(self, feed: NamedFeed) -> str | None:
        """Where the feed stands among those of the show: by its address, else the main one."""
        show = self._walked.show
        path = self._below(feed.listed.self_url or "") or feed.path
        if path is not None and (archive_number(path) or path in {f.path for f in show.feeds}):
            return path
        by_title = {each.title: each.path for each in show.feeds}
        return by_title.get(feed.listed.title, show.feed.path)

    def _unmatched(self) -> Iterator[Problem]:
        """Items that no notes are found for: gone for good, or somebody's who is not recognised."""
        taken = set(self.stem_of.values())
        left = [episode for episode in self._walked.schedule.released if episode.stem not in taken]
        for guid, each in self._items.items():
            if guid in self.stem_of or guid in self._walked.recorded.by_guid():
                continue
            item = each.item
            place = Location(place_of(each.feed.name))
            if not left:
                yield Problem(
                    "unmatched-item",
                    f"{item.title!r} is in the feed and has no notes here; it leaves the feed",
                    place,
                    Severity.WARNING,
                    "put its notes and audio back if that is a slip, then type this again",
                )
                continue
            near = _nearest(item.title, left)
            yield refusal(
                "unmatched-item",
                f"{item.title!r} is in the feed, and no notes are certain to be its",
                Location(near.location.file),
                f"write `guid: {guid}` at the top of {near.location.file} if these are its notes; "
                "write `draft: true` in notes that have never been out, then type this again",
            )

    def _date_problem(self, guid: str, item: ListedItem) -> Iterator[Problem]:
        episode = self._episodes.get(self.stem_of.get(guid, ""))
        if episode is None or item.published is None or episode.published == item.published:
            return
        zone = ZoneInfo(self._walked.show.time_zone)
        date = item.published.astimezone(zone).isoformat(" ", "seconds").removesuffix(":00")
        yield Problem(
            "date-differs",
            f"{episode.title!r} has another date in the feed than in its note",
            Location(episode.location.file),
            Severity.WARNING,
            f"write `published: {date}`, or apps list it at another place",
        )


def _nearest(title: str, episodes: Sequence[Episode]) -> Episode:
    by_title = {episode.title: episode for episode in episodes}
    near = difflib.get_close_matches(title, list(by_title), n=1, cutoff=0.0)
    return by_title[near[0]] if near else episodes[0]


def _counted(count: int) -> str:
    return "1 episode" if count == 1 else f"{count} episodes"
