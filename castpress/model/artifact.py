"""One output file, before it is written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Wave(IntEnum):
    """The order of publication: what names a thing comes after the thing (the feed is last)."""

    MEDIA = 1
    SIDECAR = 2
    PAGE = 3
    FEED = 4


@dataclass(frozen=True, slots=True)
class Artifact:
    """One output file: its path below the output folder and its bytes.

    Large files stay on disk: ``content`` is None then, and ``cached`` names the file in the cache
    that is linked into place.
    """

    path: str
    wave: Wave
    content: bytes | None = None
    cached: str | None = None

    def __post_init__(self) -> None:
        """Hold the one rule: bytes or a cached file, never both."""
        if (self.content is None) == (self.cached is None):
            raise ValueError(f"{self.path}: an artifact has either content or a cached file")


def text_artifact(path: str, text: str, wave: Wave) -> Artifact:
    """An artifact of UTF-8 text."""
    return Artifact(path, wave, text.encode("utf-8"))
