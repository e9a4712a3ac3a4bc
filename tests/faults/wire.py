"""HTTP/1.1 messages as they lie on the wire: heads, and bodies of every framing."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_PIECE_BYTES = 64 * 1024


class HungUpError(Exception):
    """A connection is over."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a message: the words of its first line, its headers, and all of it as it came."""

    words: list[str]
    headers: list[tuple[str, str]]
    raw: bytes

    def value(self, name: str) -> str | None:
        """The last header of that name, in small letters."""
        return next((value for key, value in reversed(self.headers) if key == name), None)

    @property
    def closes(self) -> bool:
        """Whether the sender closes the connection behind it."""
        is_old = "HTTP/1.0" in (self.words[0], self.words[-1])
        said = (self.value("connection") or "").lower()
        return "close" in said or (is_old and "keep-alive" not in said)

    def without(self, name: str) -> bytes:
        """The head as it came, but for one header."""
        prefix = name.encode() + b":"
        lines = self.raw.split(b"\r\n")
        return b"\r\n".join(line for line in lines if not line.lower().startswith(prefix))


def read_head(stream: IO[bytes]) -> Head | None:
    """The next head, None where the other side is gone.

    Raises:
        HungUpError: it went in the middle of one.
    """
    try:
        lines = [stream.readline()]
        if not lines[0]:
            return None
        while lines[-1] not in (b"\r\n", b"\n"):
            lines.append(stream.readline())
            if not lines[-1]:
                raise HungUpError
    except OSError:
        return None
    headers = []
    for line in lines[1:-1]:
        name, _, value = line.decode("latin-1").partition(":")
        headers.append((name.strip().lower(), value.strip()))
    return Head(lines[0].decode("latin-1").split(None, 2), headers, b"".join(lines))


def has_body(asked: Head, answer: Head) -> bool:
    """Whether bytes follow the head of an answer."""
    return asked.words[0] != "HEAD" and answer.words[1] not in ("204", "304")


def body_size(head: Head) -> int:
    """The length that a head announces; 0 where it announces none."""
    return int(head.value("content-length") or 0)


def copy_body(
    head: Head,
    stream: IO[bytes],
    write: Callable[[bytes], object],
    *,
    to_the_end: bool = False,
) -> bool:
    """Read the body that follows a head and write it with its framing, piece by piece.

    ``to_the_end`` says that a body without a length ends with its connection, as an answer's does;
    the result is whether it was such a one.

    Raises:
        HungUpError: it stops in the middle.
    """
    if "chunked" in (head.value("transfer-encoding") or "").lower():
        _copy_chunks(stream, write)
    elif head.value("content-length") is not None:
        _copy_exactly(stream, body_size(head), write)
    elif to_the_end:
        while piece := stream.read(_PIECE_BYTES):
            write(piece)
        return True
    return False


def reset(connection: socket.socket) -> None:
    """End a connection so that the other side hears that it was cut, not closed."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _copy_chunks(stream: IO[bytes], write: Callable[[bytes], object]) -> None:
    while True:
        line = stream.readline()
        if not line:
            raise HungUpError
        write(line)
        size = int(line.split(b";")[0], 16)
        _copy_exactly(stream, size, write)
        if not size:
            break
        _copy_exactly(stream, 2, write)
    while True:  # trailers, and the empty line behind them
        line = stream.readline()
        write(line)
        if line in (b"\r\n", b"\n", b""):
            return


def _copy_exactly(stream: IO[bytes], size: int, write: Callable[[bytes], object]) -> None:
    while size:
        piece = stream.read(min(size, _PIECE_BYTES))
        if not piece:
            raise HungUpError
        write(piece)
        size -= len(piece)
