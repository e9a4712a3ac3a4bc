"""A file that appears at its place whole or not at all."""

from __future__ import annotations

import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING

from castpress.store.audio.tags import AudioTagError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def replacement_of(source: Path, destination: Path) -> Iterator[Path]:
    """A path beside the destination to write to; renamed over it at the end, removed on failure.

    Raises:
        AudioTagError: the destination is the source, which is never rewritten.
        OSError: the file cannot be written or renamed.
    """
    if destination.exists() and destination.samefile(source):
        raise AudioTagError(source, "the copy would overwrite it")
    copy = destination.with_name(f".{secrets.token_hex(8)}.part")
    try:
        yield copy
        copy.replace(destination)
    finally:
        copy.unlink(missing_ok=True)
