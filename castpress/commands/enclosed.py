"""The audio that is published of one episode, with its other encodings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.artifact import Artifact, Wave

if TYPE_CHECKING:
    from castpress.model.artifact import KeptFile
    from castpress.model.ledger import PublishedAudio
    from castpress.model.podcast import Enclosure


@dataclass(frozen=True, slots=True)
class Enclosed:
    """An episode's audio as subscribers get it, and its files where they can be had here.

    ``files`` are those of ``audio.enclosures``, one for each: None where the output holds it
    already, or only the place of publication.
    """

    audio: PublishedAudio
    files: tuple[KeptFile | None, ...]

    @property
    def file(self) -> KeptFile | None:
        """The main file."""
        return self.files[0]

    @property
    def pairs(self) -> tuple[tuple[Enclosure, KeptFile | None], ...]:
        """What the feed names, the audio first, and the file of each."""
        return tuple(zip(self.audio.enclosures, self.files, strict=True))

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """The files as output; none of what only the place of publication has."""
        return tuple(
            Artifact(enclosure.path, Wave.MEDIA, kept=file)
            for enclosure, file in self.pairs
            if file is not None
        )


def enclosed_elsewhere(audio: PublishedAudio) -> Enclosed:
    """The audio without any file of it."""
    return Enclosed(audio, (None,) * len(audio.enclosures))
