"""mutagen as the writers see it: without its types, of which only half are there.

Half-typed modules make the type checker ask for what their authors have not yet written, so they
pass as ``Any`` here, once, and nowhere else. This is the only file that imports mutagen.
"""

from __future__ import annotations

import struct
from typing import Any, TypeAlias

import mutagen.flac
import mutagen.id3
import mutagen.id3._tags
import mutagen.id3._util
import mutagen.mp4
import mutagen.oggopus
import mutagen.oggvorbis

Untyped: TypeAlias = Any

flac: Untyped = mutagen.flac
id3: Untyped = mutagen.id3
mp4: Untyped = mutagen.mp4
oggopus: Untyped = mutagen.oggopus
oggvorbis: Untyped = mutagen.oggvorbis

FAULTS: tuple[type[Exception], ...] = (
    # It means to wrap all that damaged files cause in its own error, and lets some through.
    mutagen.MutagenError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    TypeError,
    ValueError,
    struct.error,
)


def frame_bytes(frame: Untyped) -> bytes:
    """One ID3v2.3 frame as it stands in a file.

    Private in mutagen, because it wants to lay out whole tags itself (see ``id3_writer``).
    """
    internals: Untyped = mutagen.id3._tags
    config: Untyped = mutagen.id3._util
    return bytes(internals.save_frame(frame, config=config.ID3SaveConfig(v2_version=3)))
