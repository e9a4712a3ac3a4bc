from __future__ import annotations

import http.server
import threading
from typing import TYPE_CHECKING

import pytest

from castpress.store.web import Request, WebError, ask, fetch

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
        elif what == "heavy":
            self.send_response(302)
            self.send_header("Location", "/bytes/3")
            self.send_header("Content-Length", "9" * 30)
            self.end_headers()
        elif what == "range":
            self.answer(206, self.headers["Range"].encode(), **{"Content-Range": "bytes 0-1/9"})
        elif what == "who":
            self.answer(403, self.headers.get("Authorization", "nobody").encode())
        elif what == "on":
            self.answer(307, b"", Location="/who")
        elif what == "nonsense":
            self.wfile.write(b"\x00\x01 nonsense\r\n\r\n")
        else:
            self.answer(404, b"")

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/moved":
            self.answer(302, b"", Location="/bytes/3")
        else:
            self.answer(202, f"{self.headers['Content-Type']} {body.decode()}".encode())

    def answer(self, code: int, body: bytes, **headers: str) -> None:
        self.send_response(code)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


def test_what_is_there(site: str) -> None:
    assert fetch(site + "bytes/70000") == b"x" * 70_000
    assert fetch(site + "hops/4") == b"xxx"
    assert fetch(site + "heavy") == b"xxx"
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


def test_a_refusal_is_an_answer(site: str) -> None:
    answer = ask(Request(site + "nothing"))

    assert (answer.status, answer.body, answer.url) == (404, b"", site + "nothing")


def test_a_head_stays_one_over_redirects_and_brings_the_length(site: str) -> None:
    answer = ask(Request(site + "hops/2", "HEAD"))

    assert (answer.status, answer.headers["Content-Length"], answer.body) == (200, "3", b"")
    assert answer.url == site + "bytes/3"


def test_a_range_and_a_part_of_what_is_there(site: str) -> None:
    answer = ask(Request(site + "range", headers={"Range": "bytes=7-8"}))
    assert (answer.status, answer.headers["Content-Range"]) == (206, "bytes 0-1/9")
    assert answer.body == b"bytes=7-8"

    cut = ask(Request(site + "bytes/70000", limit_bytes=10))
    assert (cut.body, cut.is_cut) == (b"x" * 10, True)


def test_a_form_is_posted_and_a_redirect_of_it_is_the_answer(site: str) -> None:
    form = {"hub.mode": "publish", "hub.url": "https://a.example/f?é&b"}

    answer = ask(Request(site + "hub", form=form))
    assert answer.status == 202
    assert answer.body.decode() == (
        "application/x-www-form-urlencoded "
        "hub.mode=publish&hub.url=https%3A%2F%2Fa.example%2Ff%3F%C3%A9%26b"
    )

    assert ask(Request(site + "moved", form=form, follows=False)).status == 302


def test_what_is_sent_along_is_not_sent_on(site: str) -> None:
    token = {"Authorization": "secret"}

    assert ask(Request(site + "who", headers=token)).body == b"secret"
    assert ask(Request(site + "on", headers=token, follows=False)).status == 307


def test_nobody_waits_for_ever() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        with pytest.raises(WebError, match=r"did not answer within 0\.05 seconds"):
            ask(Request(url, answer_seconds=0.05))
