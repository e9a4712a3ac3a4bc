"""What lies at the place of publication: files, claim, snapshots, episodes.

All of it is one value, kept there as one file, so that one read says whether anything is to do.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from castpress.model.artifact import Wave

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# What castpress keeps for itself at the place of publication; nothing in it is for listeners.
STATE_FOLDER = ".castpress"
PUBLICATION_PATH = f"{STATE_FOLDER}/publication.json"
LEDGER_PATH = f"{STATE_FOLDER}/show.lock"
SNAPSHOT_FOLDER = f"{STATE_FOLDER}/feeds"

SNAPSHOT_COUNT = 10
"""So many publications can be gone back to."""

CLAIM_LIFE = timedelta(minutes=15)
"""A claim from another computer that was not renewed for so long is left behind."""


@dataclass(frozen=True, slots=True)
class Headers:
    """What a web server says about a file: ``Content-Type`` and ``Cache-Control``.

    ``redirect`` is where a page that has moved leads, "" for all else. Object stores answer with
    301 where they serve a website; elsewhere the page itself leads on.
    """

    content_type: str
    cache_control: str
    redirect: str = ""


@dataclass(frozen=True, slots=True)
class LiveFile:
    """One file at the place of publication, put there by castpress.

    ``retired`` is since when the show has not named it any more; it is kept for apps that have an
    old feed. A staged one is the audio of an episode that is not out yet.
    """

    wave: Wave
    sha256: str
    byte_length: int
    headers: Headers
    is_staged: bool = False
    retired: datetime | None = None


@dataclass(frozen=True, slots=True)
class LiveEpisode:
    """One episode as the live feed has it: the path of its feed, its address, its audio's path."""

    feed: str
    slug: str
    enclosure: str
    title: str


@dataclass(frozen=True, slots=True)
class Publisher:
    """One running castpress: its computer, its process and when that was started.

    ``started`` is whatever tells two processes with the same number apart; "" where nothing does.
    """

    host: str
    pid: int
    started: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """Who is publishing, since when, and which paths are in flux until the claim is closed.

    ``files`` are the files that are being put, ``deletions`` the paths that are being cleared. One
    that was given up ended with an error that was noticed.
    """

    id: str
    publisher: Publisher
    began: datetime
    renewed: datetime
    files: Mapping[str, LiveFile] = field(default_factory=dict)
    deletions: tuple[str, ...] = ()
    is_given_up: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The feeds of an earlier publication, by path and SHA-256; their bytes are kept."""

    number: int
    since: datetime
    base_url: str
    episode_count: int
    feeds: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Publication:
    """All that is known of the place of publication.

    ``number`` counts publications, ``since`` is when the last one was made; ``ledger_sha256`` is
    of the ledger that lies there. ``taken_away`` are the feeds by path and SHA-256 that a rollback
    has put away, until a feed is published again.
    """

    files: Mapping[str, LiveFile] = field(default_factory=dict)
    base_url: str = ""
    number: int = 0
    since: datetime | None = None
    ledger_sha256: str | None = None
    episodes: Mapping[str, LiveEpisode] = field(default_factory=dict)
    snapshots: tuple[Snapshot, ...] = ()
    claim: Claim | None = None
    taken_away: tuple[tuple[str, str], ...] = ()

    def feeds(self) -> dict[str, str]:
        """The digest of each live feed by its path."""
        return {path: file.sha256 for path, file in self.files.items() if is_feed(file)}


def is_feed(file: LiveFile) -> bool:
    """Whether apps subscribe to that file."""
    return file.wave is Wave.FEED


def snapshot_path(sha256: str) -> str:
    """Where the bytes of a feed with that digest are kept."""
    return f"{SNAPSHOT_FOLDER}/{sha256}.xml"


def with_snapshot(publication: Publication) -> Publication:
    """The publication with its present feeds among the snapshots; the oldest one makes room."""
    feeds = tuple(sorted(publication.feeds().items()))
    last = publication.snapshots[-1] if publication.snapshots else None
    if not feeds or publication.since is None or (last is not None and last.feeds == feeds):
        return publication
    taken = Snapshot(
        publication.number,
        publication.since,
        publication.base_url,
        len(publication.episodes),
        feeds,
    )
    return replace(publication, snapshots=(*publication.snapshots, taken)[-SNAPSHOT_COUNT:])


def taken_away_by(publication: Publication, chosen: Snapshot) -> tuple[tuple[str, str], ...]:
    """The feeds that nobody wants after going back to a snapshot; those of a rollback before, too.

    Only of feeds that the snapshot has: the others stay as they are.
    """
    wanted = dict(chosen.feeds)
    unwanted = publication.feeds() | dict(publication.taken_away)
    return tuple(
        (path, digest)
        for path, digest in sorted(unwanted.items())
        if wanted.get(path, digest) != digest
    )


def is_left_behind(
    claim: Claim, us: Publisher, silent: timedelta, *, running: Publisher | None
) -> bool:
    """Whether nobody works under that claim any more.

    ``silent`` is how long it was not renewed; ``running`` the process that has the claim's number
    on this computer now, None where there is none. Of other computers only the clock can tell.
    """
    if claim.is_given_up:
        return True
    owner = claim.publisher
    if owner.host != us.host:
        return silent > CLAIM_LIFE
    if owner == us:
        return True  # this process publishes once at a time, so an earlier try failed
    return running is None or running.started != owner.started
