"""A bucket's settings at stores that can do all of it, some of it, and nothing of it."""

from __future__ import annotations

import threading
import uuid
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from castpress.model.publication.bucket_policy import public_statement
from castpress.model.publication.bucket_rules import cors_rule, website_of
from castpress.store.s3.address import S3Address
from castpress.store.s3.faults import StoreError
from castpress.store.s3.options import Patience, S3Options
from castpress.store.s3.set_up import BucketSettings, Part
from castpress.store.web import Request, ask
from tests.servers.fixtures import client, on
from tests.servers.server import Server

if TYPE_CHECKING:
    from collections.abc import Iterator

HASTY = Patience(pause=0.0, longest_pause=0.0)
SETTABLE = (Part.POLICY, Part.CORS, Part.WEBSITE)


def settings_of(bucket: str, prefix: str = "", **more: Any) -> BucketSettings:
    return BucketSettings(S3Address(bucket, prefix), S3Options(path_style=True, **more))


def wanted(bucket: str) -> dict[Part, Any]:
    rows = [public_statement(bucket, "runs/")]
    return {
        Part.POLICY: {"Version": "2012-10-17", "Statement": rows},
        Part.CORS: [cors_rule()],
        Part.WEBSITE: website_of("runs/"),
    }


@on("moto", "ceph", "ceph-tls")
def test_what_is_set_is_there(bucket: str) -> None:
    settings = settings_of(bucket)
    assert {part: settings.read(part).value for part in SETTABLE} == dict.fromkeys(SETTABLE)
    for part, value in wanted(bucket).items():
        assert settings.write(part, value) == ""
        reading = settings.read(part)
        assert reading.is_known
        assert reading.value == value


@on("moto", "ceph")
def test_the_block_is_read_as_it_was_set(bucket: str) -> None:
    settings = settings_of(bucket)
    names = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
    block = dict.fromkeys(names, True)
    assert settings.write(Part.BLOCK, block) == ""
    assert settings.read(Part.BLOCK).value == block


@on("rclone")
def test_a_store_without_settings_says_so(bucket: str) -> None:
    settings = settings_of(bucket)
    for part, value in wanted(bucket).items():
        assert settings.read(part).refusal == f"this store does not know {part.words}"
        assert settings.write(part, value).startswith("not possible at this store")
    assert not settings.read(Part.BLOCK).is_known


@on("moto", "ceph", "rclone")
def test_a_bucket_is_made(s3_server: Server) -> None:
    name = f"test-{uuid.uuid4().hex[:20]}"
    # With its address among the options, as show.yaml has it.
    settings = settings_of(name, endpoint=s3_server.endpoint, region="eu-central-1")
    assert not settings.exists()
    settings.create()
    assert settings.exists()


@on("moto")
@pytest.mark.parametrize("region", ["us-east-1", "eu-central-1"])
def test_a_bucket_of_aws_is_made_in_its_region(s3_server: Server, region: str) -> None:
    name = f"test-{uuid.uuid4().hex[:20]}"
    settings = settings_of(name, region=region)
    assert settings.region == region
    settings.create()
    found = client(s3_server).get_bucket_location(Bucket=name)["LocationConstraint"]
    assert found == (None if region == "us-east-1" else region)


@on("moto", "ceph")
def test_addresses_lead_to_what_is_there(s3_server: Server, bucket: str) -> None:
    settings = settings_of(bucket, "Läufe & more/")
    settings.put("a.txt", b"hello")
    settings.write(Part.POLICY, _open_policy(bucket))
    assert ask(Request(settings.base_url() + "a.txt")).body == b"hello"
    listed = ask(Request(settings.list_url())).body
    assert b"a.txt" in listed
    settings.delete("a.txt")
    assert client(s3_server).list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def _open_policy(bucket: str) -> dict[str, Any]:
    arn = f"arn:aws:s3:::{bucket}"
    everybody = {"Effect": "Allow", "Principal": "*", "Resource": [arn, f"{arn}/*"]}
    rows = [everybody | {"Action": ["s3:GetObject", "s3:ListBucket"]}]
    return {"Version": "2012-10-17", "Statement": rows}


class Refusing(BaseHTTPRequestHandler):
    """Answers everything with the one refusal that the server was given."""

    def do_GET(self) -> None:
        self.server.asked += 1  # type: ignore[attr-defined]
        status, code = self.server.refusal  # type: ignore[attr-defined]
        length = int(self.headers.get("Content-Length", 0))
        self.rfile.read(length)
        body = f"<Error><Code>{code}</Code><Message>words</Message></Error>".encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_PUT = do_HEAD = do_GET  # noqa: N815 - the names are those of requests

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> Iterator[HTTPServer]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hush")
    server = HTTPServer(("127.0.0.1", 0), Refusing)
    server.asked = 0  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("status", "code", "untold", "unset", "asked"),
    [
        (501, "NotImplemented", "does not know", "not possible at this store: do it on", 1),
        (405, "MethodNotAllowed", "does not know", "not possible at this store: do it on", 1),
        (403, "AccessDenied", "this key may not look", "this key may not change", 1),
        (400, "MalformedPolicy", "does not tell", "(MalformedPolicy): do it on its web page", 1),
        (400, "InvalidArgument", "does not tell", "(InvalidArgument): do it on its web page", 1),
        (404, "NoSuchBucket", "it is no bucket", "is no bucket", 1),
        (503, "SlowDown", "does not tell", "cannot answer at the moment", 3),
    ],
)
def test_each_refusal_is_told_in_words(
    refusing: HTTPServer, status: int, code: str, untold: str, unset: str, asked: int
) -> None:
    refusing.refusal = (status, code)  # type: ignore[attr-defined]
    endpoint = f"http://127.0.0.1:{refusing.server_port}"
    settings = settings_of("show", endpoint=endpoint, patience=HASTY)
    for part in SETTABLE:
        reading = settings.read(part)
        assert untold in reading.refusal
        assert refusing.asked == asked  # type: ignore[attr-defined]
        refusal = settings.write(part, wanted("show")[part])
        assert unset in refusal
        for words in (reading.refusal, refusal):
            assert words.isprintable()
            assert "hush" not in words
        refusing.asked = 0  # type: ignore[attr-defined]


def test_a_bucket_of_somebody_else_is_not_there_to_be_made(refusing: HTTPServer) -> None:
    refusing.refusal = (403, "AccessDenied")  # type: ignore[attr-defined]
    settings = settings_of("show", endpoint=f"http://127.0.0.1:{refusing.server_port}")
    with pytest.raises(StoreError, match="refuses access"):
        settings.exists()
