"""Work on single episodes and what comes of it, as values.

A task holds all that the work reads, so that its result can be remembered by a digest of the task,
and so that it does not matter which process does it (``crew``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

    from castpress.model.artifact import Artifact, KeptFile
    from castpress.model.brand import Brand
    from castpress.model.ledger import PublishedAudio
    from castpress.model.outline import Outline
    from castpress.model.palette import Palette
    from castpress.model.podcast import Artwork, AudioFacts, Episode, Release
    from castpress.model.problem import Problem
    from castpress.read.alternates import HeardAlternate
    from castpress.read.pairing import Pair
    from castpress.render.catalogue import Surroundings
    from castpress.store.fingerprints import Stamp
    from castpress.store.memory import RenderedEpisode


@dataclass(frozen=True, slots=True)
class OpenedNote:
    """A note's digest and outline, None where it cannot be read; ``stamp`` where it is settled."""

    digest: bytes | None
    outline: Outline | None
    stamp: Stamp | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class HeardFile:
    """What was measured in an audio file; ``stamp`` where it is settled and nothing is wrong."""

    facts: AudioFacts | None
    stamp: Stamp | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ReadTask:
    """An episode to assemble, as it was found, and what show.lock says of it.

    ``slug`` is the address that is settled already, None where that of the episode stands.
    """

    key: bytes
    pair: Pair
    digest: bytes
    audio: AudioFacts
    guid: str
    transcripts: tuple[tuple[str, PurePosixPath, bytes], ...]
    artwork: Artwork | None
    is_withdrawn: bool
    slug: str | None
    pictures: tuple[tuple[str, Artwork], ...] = ()
    shown: tuple[tuple[str, Artwork], ...] = ()
    portraits: tuple[tuple[str, Artwork], ...] = ()


@dataclass(frozen=True, slots=True)
class HearTask:
    """An episode whose published audio is wanted.

    ``frozen`` is what subscribers have of it, ``picture`` what goes into the file. ``alternates``
    are its other encodings, None where show.lock has to tell them.
    """

    key: bytes
    task: ReadTask
    episode: Episode
    frozen: PublishedAudio | None
    picture: KeptFile | None
    alternates: tuple[HeardAlternate, ...] | None = None


@dataclass(frozen=True, slots=True)
class RenderTask:
    """An episode to render; of ``parts`` only what is named: ``files``, ``item`` or both.

    ``picture`` is the artwork that its card shows.
    """

    key: bytes
    task: ReadTask
    release: Release
    around: Surroundings
    parts: tuple[str, ...]
    picture: KeptFile | None = None


@dataclass(frozen=True, slots=True)
class ThemeTexts:
    """What a theme is made of: templates by name, the show's colours, its icons and cards."""

    templates: Mapping[str, str]
    palette: Palette | None
    brand: Brand


@dataclass(frozen=True, slots=True)
class RenderedParts:
    """The files of an episode with what is remembered of them, and its item in the feed."""

    rendered: RenderedEpisode | None
    artifacts: tuple[Artifact, ...]
    item: bytes | None
    problems: tuple[Problem, ...] = ()
