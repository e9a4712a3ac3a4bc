from __future__ import annotations

import http.server
import json
import socket
import threading
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from castpress.store.announce import Services, announce, forget_at_cloudfront

if TYPE_CHECKING:
    from collections.abc import Iterator

FEED = "https://a.example/pod/feed.xml?x=1&é"
TOKEN = "pp-token-0123456789"
INDEX_SAYS = {
    "yes": b'{"status": "true", "description": "Feed marked for immediate update."}',
    "no": b'{"status": "false", "description": "Feed \\u001b[31mnot\\nfound"}',
    "deep": b"[" * 5000,
    "list": b"[1, 2]",
    "html": b"<html>",
}


class Server(http.server.BaseHTTPRequestHandler):
    """Answers as the first part of the path says; all requests are kept."""

    seen: ClassVar[list[tuple[str, str, dict[str, str], str]]] = []

    def do_GET(self) -> None:
        self.answer("")

    def do_POST(self) -> None:
        self.answer(self.rfile.read(int(self.headers["Content-Length"])).decode())

    def answer(self, body: str) -> None:
        self.seen.append((self.command, self.path, dict(self.headers), body))
        _, kind, what, *_ = (*urlsplit(self.path).path.split("/"), "")
        if kind == "reset":
            self.connection.setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00"
            )
            self.connection.close()
            self.close_connection = True
        elif kind == "garbage":
            self.wfile.write(b"\x00\xff nonsense\r\n\r\n")
            self.close_connection = True
        elif kind == "once":
            first = [row for row in self.seen if row[1] == self.path]
            self.reply(503 if len(first) == 1 else 204, b"")
        elif kind == "index":
            self.reply(200, INDEX_SAYS[what])
        else:
            self.reply(int(kind), b"")

    def reply(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if status == 302:
            self.send_header("Location", "/204")
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
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(autouse=True)
def nothing_seen() -> None:
    Server.seen.clear()


def services(base: str = "http://127.0.0.1:1/", **more: object) -> Services:
    quick = {"answer": 0.2, "whole": 2.0, "pause": 0.0} | more
    return Services(f"{base}200", f"{base}index/yes", **quick)  # type: ignore[arg-type]


def test_nobody_is_told_where_nobody_is_named() -> None:
    assert announce([FEED], services=services()) == ()


def test_each_service_is_told_in_its_own_way(base: str) -> None:
    done = announce(
        [FEED, "https://a.example/b.xml"],
        hubs=(base + "204/one", base + "202/two"),
        podping=True,
        token=f" {TOKEN}\n",
        podcast_index=True,
        services=services(base),
    )

    assert [(each.service, each.feed == FEED, each.is_ok) for each in done] == [
        (service, is_first, True)
        for is_first in (True, False)
        for service in ("websub", "websub", "podcast_index", "podping")
    ]
    posts = [(path, parse_qs(body)) for method, path, _, body in Server.seen if method == "POST"]
    form = {"hub.mode": ["publish"], "hub.url": [FEED]}
    assert ("/204/one", form) in posts
    assert ("/202/two", form) in posts
    gets = {
        urlsplit(path).path: headers
        for method, path, headers, _ in Server.seen
        if method == "GET" and parse_qs(urlsplit(path).query)["url"] == [FEED]
    }
    assert gets["/200"]["Authorization"] == TOKEN
    assert gets["/200"]["User-Agent"].startswith("castpress/")
    assert "Authorization" not in gets["/index/yes"]


@pytest.mark.parametrize(
    ("kind", "words", "tries"),
    [
        ("400", "says 400 Bad Request", 1),
        ("404", "says 404 Not Found", 1),
        ("302", "says 302 Found", 1),
        ("500", "says 500 Internal Server Error", 2),
        ("429", "says 429 Too Many Requests", 2),
        ("reset", "could not be told: ", 2),
        ("garbage", "could not be told: ", 2),
    ],
)
def test_a_hub_that_fails_has_a_result(base: str, kind: str, words: str, tries: int) -> None:
    (done,) = announce([FEED], hubs=(base + kind,), services=services(base))

    assert not done.is_ok
    assert done.words.startswith(words)
    assert done.help
    assert len(Server.seen) == tries


def test_what_fails_for_a_moment_is_asked_again(base: str) -> None:
    done = announce([FEED], hubs=(base + "once", base + "204"), services=services(base))

    assert [each.is_ok for each in done] == [True, True]
    assert [row[1] for row in Server.seen].count("/204") == 1


def test_a_hub_that_hangs_holds_up_nobody(base: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hub = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        patience = services(base, answer=5.0, whole=0.3)
        done = announce([FEED], hubs=(hub, base + "204"), services=patience)

    assert [each.is_ok for each in done] == [False, True]
    assert done[0].words == "did not answer in time"


@pytest.mark.parametrize(
    ("kind", "is_ok", "words"),
    [
        ("index/yes", True, "told"),
        ("index/no", False, "says Feed \N{REPLACEMENT CHARACTER}[31mnot found"),
        ("index/deep", False, "says something that is not understood"),
        ("index/list", False, "says something that is not understood"),
        ("index/html", False, "says something that is not understood"),
        ("400", False, "says 400 Bad Request"),
        ("reset", False, "could not be told: "),
    ],
)
def test_the_podcast_index_is_understood(base: str, kind: str, is_ok: bool, words: str) -> None:
    there = Services(podcast_index=base + kind, answer=0.2, whole=2.0, pause=0.0)

    (done,) = announce([FEED], podcast_index=True, services=there)

    assert done.is_ok is is_ok
    assert done.words.startswith(words)


@pytest.mark.parametrize(
    ("token", "words"),
    [
        (None, "CASTPRESS_PODPING_TOKEN holds no token"),
        ("  ", "CASTPRESS_PODPING_TOKEN holds no token"),
        (f"{TOKEN}\nX: y", "is no token"),
        (f"{TOKEN}é", "is no token"),
        (f"{TOKEN}\x1b", "is no token"),
    ],
)
def test_podping_needs_a_token_and_never_repeats_it(
    base: str, token: str | None, words: str
) -> None:
    (done,) = announce([FEED], podping=True, token=token, services=services(base))

    assert not done.is_ok
    assert words in done.words
    assert TOKEN not in repr(done)
    assert Server.seen == []


@pytest.mark.parametrize("kind", ["401", "302", "reset", "garbage", "500"])
def test_a_refused_token_is_not_repeated_and_goes_nowhere_else(base: str, kind: str) -> None:
    there = Services(podping=base + kind, answer=0.2, whole=2.0, pause=0.0)

    (done,) = announce([FEED], podping=True, token=TOKEN, services=there)

    assert not done.is_ok
    assert TOKEN not in repr(done)
    assert {urlsplit(row[1]).path for row in Server.seen} == {f"/{kind}"}


@pytest.fixture(scope="module")
def cloudfront() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing-secret",
        "AWS_CONFIG_FILE": "/nowhere",
        "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
        "AWS_EC2_METADATA_DISABLED": "true",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.mark.usefixtures("keys")
def test_cloudfront_forgets_the_paths(cloudfront: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import boto3

    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", cloudfront)
    client = boto3.client("cloudfront", region_name="us-east-1")
    made = client.create_distribution(
        DistributionConfig={
            "CallerReference": "one",
            "Comment": "",
            "Enabled": True,
            "Origins": {
                "Quantity": 1,
                "Items": [
                    {
                        "Id": "s3",
                        "DomainName": "show.s3.amazonaws.com",
                        "S3OriginConfig": {"OriginAccessIdentity": ""},
                    }
                ],
            },
            "DefaultCacheBehavior": {
                "TargetOriginId": "s3",
                "ViewerProtocolPolicy": "redirect-to-https",
            },
        }
    )["Distribution"]["Id"]

    done = forget_at_cloudfront(made, ["/pod/feed.xml", "/pod/a%20b/"], pause=0.0)

    assert (done.service, done.is_ok, done.words) == ("cloudfront", True, "forgets 2 paths")
    listed = client.list_invalidations(DistributionId=made)["InvalidationList"]["Items"]
    batch = client.get_invalidation(DistributionId=made, Id=listed[0]["Id"])["Invalidation"]
    assert batch["InvalidationBatch"]["Paths"]["Items"] == ["/pod/feed.xml", "/pod/a%20b/"]

    missing = forget_at_cloudfront("E0000000000000", ["/x"], pause=0.0)
    assert not missing.is_ok
    assert "correct `cloudfront:`" in missing.help


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("kind", ["403", "garbage", "200"])
def test_cloudfront_that_fails_has_a_result(
    base: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", base + kind)

    done = forget_at_cloudfront("E0000000000000", ["/x"], pause=0.0)

    assert done.is_ok is (kind == "200")  # an empty answer of CloudFront's own address is a yes
    assert "testing-secret" not in json.dumps([done.words, done.help])


def test_cloudfront_without_keys_has_a_result(keys: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")

    done = forget_at_cloudfront("E0000000000000", ["/x"], pause=0.0)

    assert not done.is_ok
    assert "keys" in done.words
