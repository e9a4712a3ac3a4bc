"""One output file, before it is written."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import IntEnum


class Wave(IntEnum):
    """The order of publication: what names a thing comes after the thing (the feed is last)."""

    MEDIA = 1
    SIDECAR = 2
    PAGE = 3
    FEED = 4


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file outside the output whose bytes are known: where it lies, its SHA-256, its length."""

    place: str
    sha256: str
    byte_length: int


@dataclass(frozen=True, slots=True)
class Artifact:
    """One output file: its path below the output folder and its bytes.

    Large files stay on disk: ``content`` is None then, and ``kept`` names the file in the cache
    that is linked into place. ``sha256`` is of the content, empty where nobody has hashed it yet.
    """

    path: str
    wave: Wave
    content: bytes | None = None
    kept: KeptFile | None = None
    sha256: str = ""

    def __post_init__(self) -> None:
        """Hold the one rule: bytes or a kept file, never both."""
        if (self.content is None) == (self.kept is None):
            raise ValueError(f"{self.path}: an artifact has either content or a kept file")


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One file of a whole output, as a manifest lists it; ``sha256`` is of its bytes."""

    path: str
    wave: Wave
    sha256: str
    byte_length: int


def text_artifact(path: str, text: str, wave: Wave) -> Artifact:
    """An artifact of UTF-8 text."""
    return Artifact(path, wave, text.encode("utf-8"))


def output_file(artifact: Artifact) -> OutputFile:
    """The artifact as a manifest lists it."""
    if artifact.kept is not None:
        kept = artifact.kept
        return OutputFile(artifact.path, artifact.wave, kept.sha256, kept.byte_length)
    content = artifact.content or b""
    digest = artifact.sha256 or hashlib.sha256(content).hexdigest()
    return OutputFile(artifact.path, artifact.wave, digest, len(content))


def hashed(artifact: Artifact) -> Artifact:
    """The artifact with its digest, so that nobody has to hash it again."""
    return replace(artifact, sha256=output_file(artifact).sha256)
