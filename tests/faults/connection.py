"""One client's connection through the proxy: each request passed on, or struck by its fault."""

from __future__ import annotations

import contextlib
import select
import socket
import tempfile
import time
from typing import IO, TYPE_CHECKING, NoReturn, Protocol

from tests.faults.request import ANSWERS, Fault, Request
from tests.faults.wire import Head, HungUpError, copy_body, has_body, read_head, reset

if TYPE_CHECKING:
    from collections.abc import Callable

_KEPT_IN_MEMORY = 4 * 1024 * 1024
_LONGEST_HOLD = 30.0
_DRIP_PAUSE = 0.015


class Ledger(Protocol):
    """Who numbers the requests, chooses their faults and hears of their moments."""

    upstream: tuple[str, int]
    hook: Callable[[str, Request], None]

    def begin(self, head: Head) -> Request:
        """A request has come."""

    def end(self) -> None:
        """It is over."""


class Connection:
    """A client's connection, and the one to the server that goes with it."""

    def __init__(self, proxy: Ledger, client: socket.socket) -> None:
        self._proxy = proxy
        self._client = client
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._from_client = client.makefile("rb")
        self._server: socket.socket | None = None
        self._from_server: IO[bytes] | None = None

    def serve(self) -> None:
        try:
            while (head := read_head(self._from_client)) is not None:
                request = self._proxy.begin(head)
                try:
                    self._one(head, request)
                finally:
                    self._proxy.end()
        finally:
            self._close_server()
            self._from_client.close()

    def _one(self, head: Head, request: Request) -> None:
        fault = request.fault
        self._proxy.hook("before", request)
        if fault is Fault.RESET_BEFORE:
            self._reset()
        if head.value("expect"):
            self._client.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        with tempfile.SpooledTemporaryFile(max_size=_KEPT_IN_MEMORY) as body:
            copy_body(head, self._from_client, body.write)
            request.received = body.tell()
            if fault in ANSWERS:
                self._answer_error(request, *ANSWERS[fault])
                return
            if fault is Fault.TRUNCATED and request.received:
                self._send(head, body, share=0.5)
                self._close_server()
                self._reset()
            if fault is Fault.TIMEOUT:
                self._wait_for_hang_up()
            self._send(head, body, flips=fault is Fault.WRONG_BYTE, is_slow=fault is Fault.SLOW)
            if fault is Fault.DUPLICATE:
                self._skip_answer(head)
                self._send(head, body)
        self._pass_answer(head, request)

    def _pass_answer(self, asked: Head, request: Request) -> None:
        assert self._from_server is not None
        answer = self._read_answer()
        request.done = int(answer.words[1])
        with tempfile.SpooledTemporaryFile(max_size=_KEPT_IN_MEMORY) as body:
            is_last = False
            if has_body(asked, answer):
                is_last = copy_body(answer, self._from_server, body.write, to_the_end=True)
            self._proxy.hook("done", request)
            if request.fault in (Fault.RESET_AFTER, Fault.TIMEOUT):
                self._reset()
            if request.fault is Fault.SWALLOWED:
                self._wait_for_hang_up()
                self._reset()
            request.answered, request.status = body.tell(), request.done
            # Some servers serve one request a connection; the client need not know.
            self._give(answer.raw if is_last else answer.without("connection"), body, request)
        self._proxy.hook("after", request)
        if answer.closes:
            self._close_server()
        if is_last:
            raise HungUpError

    def _give(self, head: bytes, body: IO[bytes], request: Request) -> None:
        """Write the answer to the client, whole or as its fault wants it."""
        body.seek(0)
        is_bare = not request.answered
        if request.fault is Fault.TRUNCATED:
            everything = head if is_bare else body.read()
            cut = everything[: len(everything) // 2]
            self._client.sendall(cut if is_bare else head + cut)
            self._reset()
        flips = request.fault is Fault.WRONG_BYTE and not request.received
        if request.fault is Fault.SLOW:
            _drip(head + body.read(), self._client)
        elif request.answered <= _KEPT_IN_MEMORY:
            content = body.read()
            self._client.sendall(head + (_flipped(content) if flips else content))
        else:
            self._client.sendall(head)
            while chunk := body.read(64 * 1024):
                self._client.sendall(_flipped(chunk) if flips else chunk)
                flips = False

    def _send(
        self,
        head: Head,
        body: IO[bytes],
        *,
        share: float = 1.0,
        flips: bool = False,
        is_slow: bool = False,
    ) -> None:
        """Forward a request, or the first part of its body."""
        size = body.seek(0, 2)
        left = round(size * share)
        body.seek(0)
        raw = head.without("expect")
        if self._server is not None and select.select([self._server], [], [], 0)[0]:
            self._close_server()  # it says something unasked: that it goes
        server = self._connected()
        server.sendall(raw)
        while left > 0 and (chunk := body.read(min(left, 64 * 1024))):
            left -= len(chunk)
            if flips:
                chunk, flips = _flipped(chunk), False
            if is_slow and size < _KEPT_IN_MEMORY:
                _drip(chunk, server)
            else:
                server.sendall(chunk)

    def _read_answer(self) -> Head:
        assert self._from_server is not None
        while True:
            answer = read_head(self._from_server)
            if answer is None:
                self._close_server()
                self._reset()
            elif answer.words[1] != "100":
                return answer

    def _skip_answer(self, asked: Head) -> None:
        answer = self._read_answer()
        if has_body(asked, answer):
            assert self._from_server is not None
            copy_body(answer, self._from_server, lambda _: None, to_the_end=True)
        if answer.closes:
            self._close_server()

    def _answer_error(self, request: Request, status: int, code: str, text: str) -> None:
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<Error><Code>{code}</Code><Message>{text}</Message>"
            f"<Resource>/</Resource><RequestId>fault-{request.number}</RequestId></Error>"
        ).encode()
        head = (
            f"HTTP/1.1 {status} {code}\r\nContent-Type: application/xml\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode()
        request.status = status
        self._client.sendall(head if request.method == "HEAD" else head + body)
        self._proxy.hook("after", request)

    def _wait_for_hang_up(self) -> None:
        until = time.monotonic() + _LONGEST_HOLD
        while time.monotonic() < until:
            if select.select([self._client], [], [], 0.1)[0] and not self._peek():
                return

    def _peek(self) -> bytes:
        with contextlib.suppress(OSError):
            return self._client.recv(1, socket.MSG_PEEK)
        return b""

    def _connected(self) -> socket.socket:
        if self._server is None:
            self._server = socket.create_connection(self._proxy.upstream, timeout=60)
            self._server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._from_server = self._server.makefile("rb")
        return self._server

    def _close_server(self) -> None:
        for each in (self._from_server, self._server):
            if each is not None:
                each.close()
        self._server = self._from_server = None

    def _reset(self) -> NoReturn:
        """Cut the client off.

        Raises:
            HungUpError: always.
        """
        self._from_client.close()
        reset(self._client)
        raise HungUpError


def _flipped(content: bytes) -> bytes:
    """The bytes with one bit of the middle one turned."""
    middle = len(content) // 2
    return (
        content[:middle]
        + bytes(byte ^ 1 for byte in content[middle : middle + 1])
        + (content[middle + 1 :])
    )


def _drip(content: bytes, to: socket.socket) -> None:
    """In a dozen pieces with pauses, each shorter than anybody's patience."""
    size = max(1, -(-len(content) // 12))
    for start in range(0, len(content), size):
        to.sendall(content[start : start + size])
        time.sleep(_DRIP_PAUSE)
