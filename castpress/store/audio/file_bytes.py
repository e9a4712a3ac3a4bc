"""The bytes of an open audio file, read as they are asked for."""

from __future__ import annotations

from typing import BinaryIO, Protocol

BLOCK_BYTES = 1 << 16


class AudioData(Protocol):
    """A whole audio file: a slice gives bytes and never fails, however short the file is."""

    def __len__(self) -> int:
        """The bytes of the file."""

    def __getitem__(self, part: slice, /) -> bytes:
        """The bytes between two positions, fewer where the file ends."""


class FileBytes:
    """An open file, sliced like ``bytes``; what is asked for lies mostly in one block.

    This is not ``mmap``: a file that shrinks while it is mapped (an export that starts again)
    kills the process. Here slices become short, as they do at the end of any file.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self._length = file.seek(0, 2)
        self._block_start = 0
        self._block = b""

    def __len__(self) -> int:
        """The bytes of the file when it was opened."""
        return self._length

    def __getitem__(self, part: slice, /) -> bytes:
        """The bytes between two positions; steps are not known."""
        start, stop, _ = part.indices(self._length)
        first = start - self._block_start
        if first < 0 or stop - self._block_start > len(self._block):
            self.file.seek(start)
            if stop - start > BLOCK_BYTES:
                return self.file.read(stop - start)
            self._block_start, self._block, first = start, self.file.read(BLOCK_BYTES), 0
        return self._block[first : max(first, stop - self._block_start)]
