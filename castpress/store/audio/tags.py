"""What is written into published audio: ``AudioTags``, and how that may fail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from castpress.model.podcast import Chapter


@dataclass(frozen=True, slots=True)
class AudioTags:
    """What a player shows of an audio file that has left its feed.

    ``album`` is the show, ``artist`` who speaks, ``link`` the episode's page, ``language`` BCP 47.
    ``artwork`` is the bytes of a picture, ``artwork_type`` its media type (JPEG or PNG; a small
    JPEG is best, because players read all tags before the first sound). The ends of chapters are
    not used: each ends where the next begins, the last with the audio.
    """

    title: str
    artist: str
    album: str
    number: int | None = None
    date: datetime.date | None = None
    link: str | None = None
    artwork: bytes | None = None
    artwork_type: str = "image/jpeg"
    chapters: tuple[Chapter, ...] = ()
    language: str | None = None


class AudioTagError(Exception):
    """A file that cannot be tagged; it can still be published as it is."""

    def __init__(self, path: Path, reason: str) -> None:
        """Keep which file, and why in a few words."""
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
