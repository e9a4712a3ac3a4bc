from __future__ import annotations

import http.server
import threading
from typing import TYPE_CHECKING

import pytest

from castpress.store.web import WebError, fetch

if TYPE_CHECKING:
    from collections.abc import Iterator


class Server(http.server.BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self) -> None:
        _, what, value, *_ = (*self.path.split("/"), "", "")
        if what == "bytes":
            self.answer(200, b"x" * int(value))
        elif what == "round":
            self.answer(302, b"", Location=f"/round/{int(value or 0) + 1}")
        elif what == "hops":
            left = int(value)
            self.answer(302, b"", Location=f"/hops/{left - 1}" if left else "/bytes/3")
        elif what == "away":
            self.answer(302, b"", Location="file:///etc/passwd")
        elif what == "short":
            self.send_response(200)
            self.send_header("Content-Length", "100")
            self.end_headers()
            self.wfile.write(b"only this")
        elif what == "agent":
            self.answer(200, str(self.headers["User-Agent"]).encode())
        elif what == "nonsense":
            self.wfile.write(b"\x00\x01 nonsense\r\n\r\n")
        else:
            self.answer(404, b"")

    def answer(self, code: int, body: bytes, **headers: str) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_is_there(site: str) -> None:
    assert fetch(site + "bytes/70000") == b"x" * 70_000
    assert fetch(site + "hops/4") == b"xxx"
    assert fetch(site + "agent").startswith(b"castpress/")


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("nothing", "the server says 404"),
        ("round", "sent on more than 5 times"),
        ("hops/6", "sent on more than 5 times"),
        ("away", "not allowed"),
        ("short", "it broke off after 9 of 100 bytes"),
        ("nonsense", ""),
    ],
)
def test_each_failure_is_one_clear_error(site: str, path: str, why: str) -> None:
    with pytest.raises(WebError) as caught:
        fetch(site + path)
    assert why in caught.value.reason
    assert "\n" not in caught.value.reason


def test_what_is_too_large_is_not_read_to_the_end(site: str) -> None:
    with pytest.raises(WebError, match=r"more than 0.001 MB"):
        fetch(site + "bytes/2000", limit_bytes=1000)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/x",
        "http://",
        "https:///x",
        "http://127.0.0.1:99999/",
        "http://[::1",
        "http://127.0.0.1/a b",
        "http://127.0.0.1/\r\nHost: x",
        "http://127.0.0.1:1/",
        "data://x",
    ],
)
def test_what_is_no_address_or_does_not_answer(url: str) -> None:
    with pytest.raises(WebError):
        fetch(url)
