"""What the last build found out, so that this one need not do it again.

Everything in it is found by the digest of all that it was made from: what was changed since is
not found. It lies in the cache and may be deleted at any time.
"""

from __future__ import annotations

import contextlib
import functools
import os
import sys
import sysconfig
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from castpress.store.cache import write_whole
from castpress.store.packing import VERSION, PackingError, pack, unpack

if TYPE_CHECKING:
    from collections.abc import Mapping

    from castpress.model.ledger import PublishedAudio
    from castpress.model.outline import Outline
    from castpress.model.podcast import AudioFacts, Episode
    from castpress.model.problem import Problem
    from castpress.store.cache import Cache
    from castpress.store.fingerprints import Stamp

_FILE, _FACTS_FILE = "memory", "facts"
# Raise it when inspect_audio finds something else in the same file.
FACTS_VERSION = 4


@dataclass(frozen=True, slots=True)
class ReadEpisode:
    """An episode as it was assembled, without its notes.

    ``key`` is the digest of all that it was assembled from; ``listed`` of what lists know of it.
    ``slug`` is the address that its text in the feed was measured with.
    """

    key: bytes
    episode: Episode
    listed: bytes
    problems: tuple[Problem, ...]
    slug: str


@dataclass(frozen=True, slots=True)
class HeardEpisode:
    """The published audio of an episode; ``here`` are the paths of the files that could be had."""

    key: bytes
    audio: PublishedAudio
    here: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RenderedEpisode:
    """All files of one episode but its audio, as (path, SHA-256), and which templates they read."""

    key: bytes
    templates: tuple[str, ...]
    files: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RenderedLists:
    """The pages of no single episode, those of a group, or feed.json, as (path, SHA-256)."""

    key: bytes
    files: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class RenderedSearch:
    """The index of the search: of which documents, and its files, as (path, SHA-256).

    ``documents`` stand as the index counts them; ``words`` are the files of words, ``index`` their
    list.
    """

    key: bytes
    documents: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    index: tuple[str, str]


@dataclass(frozen=True, slots=True)
class RenderedFeed:
    """A feed, and where in it each item stands: its key, first byte and length, by guid."""

    key: bytes
    sha256: str
    items: dict[str, tuple[bytes, int, int]]


@dataclass(slots=True)
class Memory:
    """All of it, by stem where episodes are not yet known, by guid and path where they are."""

    stamps: dict[str, tuple[Stamp, bytes]] = field(default_factory=dict)
    outlines: dict[str, tuple[bytes, Outline]] = field(default_factory=dict)
    facts: dict[str, tuple[Stamp, AudioFacts]] = field(default_factory=dict)
    read: dict[str, ReadEpisode] = field(default_factory=dict)
    heard: dict[str, HeardEpisode] = field(default_factory=dict)
    rendered: dict[str, RenderedEpisode] = field(default_factory=dict)
    lists: RenderedLists | None = None
    groups: dict[str, RenderedLists] = field(default_factory=dict)
    feeds: dict[str, RenderedFeed] = field(default_factory=dict)
    json_feed: RenderedLists | None = None
    search: RenderedSearch | None = None


_PARTS = (
    *("stamps", "outlines", "read", "heard", "rendered"),
    *("lists", "groups", "feeds", "json_feed", "search"),
)


def recall(cache: Cache) -> Memory:
    """What the last build left; nothing where there is none, or where castpress is another now.

    Audio is not measured again because of that: hours of it would have to be read.
    """
    facts = _unpacked(cache, _FACTS_FILE, FACTS_VERSION)
    parts = _unpacked(cache, _FILE, code_digest())
    memory = Memory(**parts) if parts.keys() == set(_PARTS) else Memory()
    memory.facts = facts
    return memory


def remember(cache: Cache, before: Memory, memory: Memory) -> None:
    """Leave it for the next build; a cache that cannot be written is fine."""
    if memory.facts != before.facts:
        _write(cache, _FACTS_FILE, FACTS_VERSION, memory.facts)
    parts = {name: getattr(memory, name) for name in _PARTS}
    if any(part != getattr(before, name) for name, part in parts.items()):
        _write(cache, _FILE, code_digest(), parts)


def _unpacked(cache: Cache, name: str, stamp: object) -> dict[str, Any]:
    try:
        data = (cache.folder / name).read_bytes()
        if bytes_digest(data[16:]) != data[:16]:
            return {}
        found = unpack(data[16:])
        return dict(found[1]) if found[0] == stamp else {}
    except (OSError, *PackingError):
        return {}


def _write(cache: Cache, name: str, stamp: object, parts: Mapping[str, object]) -> None:
    with contextlib.suppress(OSError):
        data = pack((stamp, parts))
        write_whole(cache.folder / name, bytes_digest(data) + data)


def digest_of(*parts: object) -> bytes:
    """A digest of values whose ``repr`` tells them apart.

    >>> digest_of("a", 1) == digest_of("a", 1), digest_of("a", 1) == digest_of("a1")
    (True, False)
    """
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=16).digest()


def packed_digest(value: object) -> bytes:
    """A digest of a value of the model; of equal ones it may differ, never the reverse."""
    return bytes_digest(pack(value))


def bytes_digest(data: bytes) -> bytes:
    """A digest of bytes, 16 of them."""
    return blake2b(data, digest_size=16).digest()


def code_digest() -> bytes:
    """A digest of castpress's own files, the packages beside it and Python."""
    return digest_of(VERSION, sys.version, *_code())


@functools.cache
def _code() -> tuple[list[tuple[str, int, int]], str, int]:
    """Castpress's own files and the packages beside it.

    Looked at once a process: what runs is what was there when it began.
    """
    package = Path(__file__).resolve().parent.parent
    files = []
    for folder, folders, names in os.walk(package):
        folders[:] = sorted(name for name in folders if not name.startswith(("_", ".")))
        for name in sorted(names):
            stat = Path(folder, name).stat()
            files.append((name, stat.st_size, stat.st_mtime_ns))
    packages = sysconfig.get_path("purelib")
    try:
        installed = Path(packages).stat().st_mtime_ns
    except OSError:
        installed = 0
    return files, packages, installed
