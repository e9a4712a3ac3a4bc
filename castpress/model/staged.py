"""Staged audio: of a dated episode that is not out, waiting under a name that tells nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.ledger import as_enclosure

if TYPE_CHECKING:
    from castpress.model.ledger import LedgerEntry, PublishedAudio
    from castpress.model.podcast import Enclosure

NAMED_DIGEST_CHARACTERS = 32
"""So much of its SHA-256 stands in the name of published audio: 128 bits, that nobody guesses."""

_STAGED_PATH = re.compile(rf"audio/[0-9a-f]{{{NAMED_DIGEST_CHARACTERS}}}\.[a-z0-9]+")


def staged(audio: PublishedAudio) -> PublishedAudio:
    """The audio at addresses that do not tell the title; they stay its addresses."""
    enclosure = audio.enclosure
    return replace(
        audio,
        enclosure=replace(enclosure, path=_staged_path(enclosure)),
        alternates=tuple(
            replace(one, sources=(_staged_path(as_enclosure(one)),)) for one in audio.alternates
        ),
    )


def _staged_path(enclosure: Enclosure) -> str:
    ending = PurePosixPath(enclosure.path).suffix
    return f"audio/{enclosure.sha256[:NAMED_DIGEST_CHARACTERS]}{ending}"


def is_staged_path(path: str) -> bool:
    """Whether a path is one that staged audio has."""
    return _STAGED_PATH.fullmatch(path) is not None


def is_staged(entry: LedgerEntry) -> bool:
    """Whether the entry is of an episode that nobody has yet and whose audio waits.

    An episode that was out once has an address of its page.
    """
    return (
        entry.audio is not None
        and entry.slug is None
        and not entry.is_retired
        and is_staged_path(entry.audio.enclosure.path)
    )
