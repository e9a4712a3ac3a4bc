"""The bytes of a file that are sent: a part of it, hashed and counted while it is read."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, BinaryIO

from castpress.store.targets.target import SourceChangedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_CHUNK_BYTES = 1024 * 1024


class Slice(io.RawIOBase):
    """``byte_length`` bytes of a source from ``start`` on, as a file for boto3 to send.

    Whoever sends it may begin again by going back to 0. ``on_bytes`` is told of each byte once.
    With ``md5``, the last bytes are only given if all of them together have that digest: what was
    changed under way is never sent whole.
    """

    def __init__(
        self,
        source: Path | bytes,
        start: int,
        byte_length: int,
        on_bytes: Callable[[int], None] | None = None,
        *,
        md5: bytes | None = None,
    ) -> None:
        super().__init__()
        self._file = _opened(source)
        self._name = "" if isinstance(source, bytes) else str(source)
        self._start = start
        self._byte_length = byte_length
        self._position = 0
        self._told = 0
        self._on_bytes = on_bytes
        self._md5 = md5
        self._hash = hashlib.md5(usedforsecurity=False)
        self._hashed = 0
        self._file.seek(start)

    def __len__(self) -> int:
        return self._byte_length

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """Where the next read begins."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go elsewhere."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._byte_length}[whence]
        self._position = max(0, base + offset)
        self._file.seek(self._start + self._position)
        if self._position == 0:
            self._hash = hashlib.md5(usedforsecurity=False)
            self._hashed = 0
        return self._position

    def read(self, size: int | None = -1) -> bytes:
        """The next bytes; fewer than asked for at the end, none behind it.

        Raises:
            SourceChangedError: the source is not what it was.
        """
        left = max(0, self._byte_length - self._position)
        wanted = left if size is None or size < 0 else min(size, left)
        try:
            content = self._file.read(wanted) if wanted else b""
        except OSError as error:
            raise SourceChangedError(self._name) from error
        if wanted and not content:
            raise SourceChangedError(self._name)
        if self._hashed == self._position:
            self._hash.update(content)
            self._hashed += len(content)
        self._position += len(content)
        if self._hashed == self._byte_length and self._md5 not in (None, self._hash.digest()):
            raise SourceChangedError(self._name)
        if self._on_bytes is not None and self._position > self._told:
            new, self._told = self._position - self._told, self._position
            self._on_bytes(new)
        return content

    def close(self) -> None:
        """Close the source."""
        self._file.close()
        super().close()


def _opened(source: Path | bytes) -> BinaryIO:
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


class SourceReader:
    """A source read through once, piece by piece, with the SHA-256 of all of it."""

    def __init__(self, source: Path | bytes) -> None:
        self._file = _opened(source)
        self._hash = hashlib.sha256()
        self.byte_length = 0

    def __enter__(self) -> SourceReader:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def md5_of_next(self, byte_length: int) -> bytes:
        """The MD5 of the next bytes, of fewer where the source ends before."""
        digest = hashlib.md5(usedforsecurity=False)
        left = byte_length
        while left and (chunk := self._file.read(min(left, _CHUNK_BYTES))):
            digest.update(chunk)
            self._hash.update(chunk)
            left -= len(chunk)
            self.byte_length += len(chunk)
        return digest.digest()

    def is_at_end(self) -> bool:
        """Whether nothing follows."""
        return not self._file.read(1)

    @property
    def sha256(self) -> str:
        """Of all that was read."""
        return self._hash.hexdigest()
