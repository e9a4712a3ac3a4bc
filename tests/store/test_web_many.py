from __future__ import annotations

import http.server
import threading
import time
from typing import TYPE_CHECKING, ClassVar

import pytest

from castpress.model.web_answer import Answer, NoAnswer
from castpress.store.web import Request
from castpress.store.web_many import ask_many

if TYPE_CHECKING:
    from collections.abc import Iterator


class Server(http.server.BaseHTTPRequestHandler):
    """Says its path; ``/slow`` waits until it is let go. ``most`` were answered at once."""

    go = threading.Event()
    now = 0
    most = 0
    lock: ClassVar = threading.Lock()

    def do_GET(self) -> None:
        with self.lock:
            Server.now += 1
            Server.most = max(Server.most, Server.now)
        if self.path == "/slow":
            self.go.wait(5)
        else:
            time.sleep(0.002)
        with self.lock:
            Server.now -= 1
        body = self.path.encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        pass


class Many(http.server.ThreadingHTTPServer):
    request_queue_size = 64


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    server = Many(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    Server.go.set()
    server.shutdown()
    thread.join()
    server.server_close()


def test_answers_come_in_the_order_of_the_questions_a_few_at_once(base: str) -> None:
    Server.most = 0
    counted: list[None] = []
    asked = [Request(f"{base}/{n}") for n in range(60)]

    found = ask_many(
        [*asked, Request("file:///x")], seconds=10, on_answer=lambda: counted.append(None)
    )

    bodies = [each.body for each in found if isinstance(each, Answer)]
    assert bodies == [b"/%d" % n for n in range(60)]
    assert isinstance(found[-1], NoAnswer)
    assert len(counted) == 61
    assert 1 < Server.most <= 8


def test_what_takes_too_long_is_left(base: str) -> None:
    began = time.monotonic()
    paths = ["/a", *["/slow"] * 8, "/never"]

    found = ask_many([Request(base + path) for path in paths], seconds=0.2)

    assert time.monotonic() - began < 2
    assert isinstance(found[0], Answer)
    assert found[1:] in ([None] * 9, [*[None] * 8, found[-1]])


def test_nothing_asked_and_no_time_is_nothing_found(base: str) -> None:
    assert ask_many([], seconds=1) == []
    assert ask_many([Request(base + "/a")] * 2, seconds=0) == [None, None]
