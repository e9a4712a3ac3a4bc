"""A page that has moved: 301 where the store serves a website, the page itself everywhere else."""

from __future__ import annotations

import hashlib
import http.client
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from castpress.model.artifact import Wave
from castpress.model.publication.bucket_policy import merged_policy, public_statement
from castpress.model.publication.bucket_rules import website_of
from castpress.model.publication.live import Headers, LiveFile, Publication
from castpress.store.s3.address import S3Address
from castpress.store.s3.bucket import Bucket
from castpress.store.s3.options import Patience, S3Options
from castpress.store.s3.set_up import BucketSettings, Part
from castpress.store.targets.publication_file import (
    PublicationFileError,
    parse_publication,
    publication_bytes,
)
from castpress.store.targets.s3 import S3Target
from castpress.store.targets.target import Upload
from tests.commands.publishing_sample import publish_to, wish_for
from tests.servers.fixtures import client, on
from tests.servers.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OPTIONS = S3Options(path_style=True, patience=Patience(pause=0.01, longest_pause=0.02))
NEW = "https://tiny.example/runs/episodes/new/"
OLD = "episodes/old/index.html"
PAGE = Headers("text/html; charset=utf-8", "public, max-age=300")
MOVED = Headers(PAGE.content_type, PAGE.cache_control, NEW)
BODY = b"this page has moved"


def upload(headers: Headers) -> Upload:
    return Upload(OLD, hashlib.sha256(BODY).hexdigest(), len(BODY), headers, BODY)


def as_website(server: Server, bucket: str) -> None:
    settings = BucketSettings(S3Address(bucket, "runs/"), OPTIONS)
    policy = merged_policy(None, public_statement(bucket, "runs/"))
    assert settings.write(Part.POLICY, policy) == ""
    assert settings.write(Part.WEBSITE, website_of("runs/")) == ""


def at_website(server: Server, bucket: str, path: str) -> tuple[int, str | None]:
    asking = http.client.HTTPConnection(urlsplit(server.endpoint).netloc)
    asking.request("GET", f"/runs/{path}", headers={"Host": f"{bucket}.website.localhost"})
    answer = asking.getresponse()
    answer.read()
    asking.close()
    return answer.status, answer.getheader("Location")


@on("moto", "ceph", "rclone")
def test_a_page_says_where_it_leads(s3_server: Server, bucket: str, tmp_path: Path) -> None:
    target = S3Target(S3Address(bucket, "runs/"), OPTIONS, tmp_path)
    target.put(upload(MOVED))
    target.confirm(upload(MOVED))
    got = client(s3_server).get_object(Bucket=bucket, Key=f"runs/{OLD}")
    assert (got["WebsiteRedirectLocation"], got["Body"].read()) == (NEW, BODY)


@on("ceph")
def test_a_website_answers_with_the_new_address(
    s3_server: Server, bucket: str, tmp_path: Path
) -> None:
    as_website(s3_server, bucket)
    target = S3Target(S3Address(bucket, "runs/"), OPTIONS, tmp_path)
    target.put(upload(MOVED))
    assert at_website(s3_server, bucket, "episodes/old/") == (301, NEW)
    target.describe(OLD, PAGE)
    assert at_website(s3_server, bucket, "episodes/old/") == (200, None)
    target.describe(OLD, MOVED)
    assert at_website(s3_server, bucket, "episodes/old/") == (301, NEW)


@on("ceph")
def test_an_episode_that_moved_is_found_at_its_old_address(
    s3_server: Server, bucket: str, show: Path, tmp_path: Path
) -> None:
    as_website(s3_server, bucket)
    note = show / "show_notes/001-first-run.md"
    text = note.read_text("utf-8")
    assert "aliases:" not in text
    head, rest = text.split("\n", 1) if text.startswith("---\n") else ("---", f"---\n{text}")
    note.write_text(f"{head}\naliases: [first, erster-lauf]\n{rest}", "utf-8")
    target = S3Target(S3Address(bucket, "runs/"), OPTIONS, tmp_path / "journals")

    first = publish_to(target, wish_for(show))
    again = publish_to(target, wish_for(show))

    assert first.is_done, first.problems
    assert again.prepared is not None
    assert again.prepared.plan.is_empty
    (moved,) = {f.headers.redirect for f in first.live.files.values()} - {""}
    for alias in ("first", "erster-lauf"):
        assert at_website(s3_server, bucket, f"episodes/{alias}/") == (301, moved)
    path = moved.removeprefix("https://tiny.example/runs/")
    assert at_website(s3_server, bucket, path) == (200, None)


class WithoutWebsites(BaseHTTPRequestHandler):
    """Refuses the header that says where a page leads, as Cloudflare's R2 refuses all it lacks."""

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        is_refused = "x-amz-website-redirect-location" in self.headers
        self.server.asked.append(is_refused)  # type: ignore[attr-defined]
        body = b"<Error><Code>NotImplemented</Code></Error>" if is_refused else b""
        self.send_response(501 if is_refused else 200)
        self.send_header("ETag", '"e"')
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def without_websites(monkeypatch: pytest.MonkeyPatch) -> Iterator[HTTPServer]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush")
    server = HTTPServer(("127.0.0.1", 0), WithoutWebsites)
    server.asked = []  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_store_that_refuses_to_hear_it_gets_the_page_alone(without_websites: HTTPServer) -> None:
    endpoint = f"http://127.0.0.1:{without_websites.server_port}"
    bucket = Bucket(S3Address("show"), S3Options(endpoint, "auto", path_style=True))
    for _ in range(2):
        bucket.put(OLD, BODY, headers=MOVED, metadata={}, md5=hashlib.md5(BODY).digest())
    assert without_websites.asked == [True, False, False]  # type: ignore[attr-defined]


def test_publication_json_keeps_where_pages_lead() -> None:
    rows = {
        "a/index.html": LiveFile(Wave.PAGE, "0" * 64, 1, MOVED),
        "b/index.html": LiveFile(Wave.PAGE, "1" * 64, 1, PAGE),
    }
    text = publication_bytes(Publication(rows))
    assert parse_publication(text).files == rows
    assert b'["text/html; charset=utf-8", "public, max-age=300"]' in text
    wide = text.replace(f'"{NEW}"'.encode(), f'"{NEW}", "more"'.encode())
    with pytest.raises(PublicationFileError):
        parse_publication(wide)
