"""A proxy between boto3 and an S3 server that does to chosen requests what networks do.

One thread a connection, plain HTTP on the loopback. Bytes pass as they came, the Host header among
them, because it is signed.
"""

from __future__ import annotations

import contextlib
import socketserver
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import unquote

from tests.faults.connection import Connection
from tests.faults.request import Fault, Request
from tests.faults.wire import Head, HungUpError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self


class Proxy:
    """The proxy, running between ``with`` and its end.

    ``script`` says for each request which fault it gets, None for none; ``hook`` is called with a
    moment and the request. ``log`` holds all requests in the order in which they came.
    """

    def __init__(self, host: str, port: int) -> None:
        self.upstream = (host, port)
        self.script: Callable[[Request], Fault | None] = lambda _: None
        self.hook: Callable[[str, Request], None] = lambda _moment, _request: None
        self.log: list[Request] = []
        self._lock = threading.Lock()
        self._busy = 0
        self._server = _Listener(("127.0.0.1", 0), _handler_of(self))
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )

    @property
    def url(self) -> str:
        """The endpoint for clients."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def clear(self) -> None:
        """Forget script, hook and log; the next request is number 0 again."""
        self.drain()
        self.script, self.hook = (lambda _: None), (lambda _moment, _request: None)
        self.log = []

    def drain(self, seconds: float = 10.0) -> None:
        """Return when no request is on its way any more, late ones included."""
        until = time.monotonic() + seconds
        while self._busy and time.monotonic() < until:
            time.sleep(0.002)

    def begin(self, head: Head) -> Request:
        """Number and log a request, and choose its fault."""
        method, target = head.words[0], head.words[1]
        path, _, query = target.partition("?")
        with self._lock:
            self._busy += 1
            request = Request(
                len(self.log), method, unquote(path), query, head.value("range") or ""
            )
            request.fault = self.script(request)
            self.log.append(request)
        return request

    def end(self) -> None:
        """A request is over."""
        with self._lock:
            self._busy -= 1


class _Listener(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128


def _handler_of(proxy: Proxy) -> type[socketserver.BaseRequestHandler]:
    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with contextlib.suppress(OSError, HungUpError):
                Connection(proxy, self.request).serve()

    return Handler
