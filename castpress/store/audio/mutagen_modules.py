"""mutagen as the other files see it: without its types, of which only half are there.

Half-typed modules make the type checker ask for what their authors have not yet written, so they
pass as ``Any`` here, once, and nowhere else. This is the only file that imports mutagen, and all
that leans on its inside is here.
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
    MemoryError,  # a damaged length may ask for 4 GB
    RecursionError,  # chapters may hold chapters
    TypeError,
    ValueError,
    struct.error,
)


class _PlainFrame:
    """What makes a kind of ID3 frame refuse compressed ones: 200 kB can inflate to 600 MB.

    Private in mutagen, which raises the same for a frame that it cannot read, and goes on.
    """

    @classmethod
    def _fromData(cls, header: Untyped, flags: int, data: bytes) -> Untyped:  # noqa: N802
        if flags & (0x08 if header.version >= (2, 4, 0) else 0x80):
            raise NotImplementedError
        parent: Untyped = super()
        return parent._fromData(header, flags, data)


PLAIN_FRAMES: dict[str, Untyped] = {
    # Of title, artist and chapters; version 2.2 has other names, and no compression.
    **{kind.__name__: type(kind.__name__, (_PlainFrame, kind), {})
       for kind in (id3.TIT2, id3.TPE1, id3.CHAP, id3.CTOC)},
    "TT2": id3.TT2,
    "TP1": id3.TP1,
}  # fmt: skip


def frame_bytes(frame: Untyped) -> bytes:
    """One ID3v2.3 frame as it stands in a file.

    Private in mutagen, because it wants to lay out whole tags itself (see ``id3_writer``).
    """
    internals: Untyped = mutagen.id3._tags
    config: Untyped = mutagen.id3._util
    return bytes(internals.save_frame(frame, config=config.ID3SaveConfig(v2_version=3)))
