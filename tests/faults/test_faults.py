"""That the faults really happen, that the reader sees what is wrong, and a sample of all runs."""

from __future__ import annotations

import hashlib
import os
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tests.faults.outcome import Outcome, hold_order
from tests.faults.proxy import Proxy
from tests.faults.reader import Reader
from tests.faults.request import ANSWERS, Fault, Request
from tests.faults.store import Held, Store
from tests.servers.fixtures import client, on

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.server import Server

OLD, NEW = b"old bytes " * 50, b"new bytes " * 50
LARGE = bytes(range(256)) * 4 * 5000
NEVER_ANSWERED = {
    Fault.RESET_BEFORE,
    Fault.RESET_AFTER,
    Fault.SWALLOWED,
    Fault.TRUNCATED,
    Fault.TIMEOUT,
}
DONE_ALL_THE_SAME = {
    Fault.RESET_AFTER,
    Fault.SWALLOWED,
    Fault.TIMEOUT,
    Fault.SLOW,
    Fault.DUPLICATE,
}
BASE_URL = "https://tiny.example/runs/"
FEED = """<rss version="2.0"><channel><title>Runs</title><link>https://tiny.example/</link>
<item><guid>1</guid><title>One</title>
<enclosure url="https://tiny.example/runs/audio/{name}" length="{length}" type="audio/mpeg"/>
</item></channel></rss>"""


@pytest.fixture
def proxy(s3_server: Server) -> Iterator[Proxy]:
    place = urlsplit(s3_server.endpoint)
    with Proxy(str(place.hostname), place.port or 80) as running:
        yield running


@pytest.fixture
def impatient(proxy: Proxy) -> Any:
    """A client through the proxy that tries once and waits a quarter of a second."""
    config = Config(
        s3={"addressing_style": "path"},
        retries={"total_max_attempts": 1},
        read_timeout=0.3,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return boto3.client("s3", endpoint_url=proxy.url, config=config)


@on("moto")
@pytest.mark.parametrize("fault", Fault)
def test_each_fault_happens_to_a_put(
    fault: Fault, s3_server: Server, bucket: str, proxy: Proxy, impatient: Any
) -> None:
    direct = client(s3_server)
    on_versions = {"Status": "Enabled"}
    direct.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=on_versions)
    direct.put_object(Bucket=bucket, Key="a", Body=OLD)
    proxy.script = lambda _: fault

    began = time.monotonic()
    try:
        impatient.put_object(Bucket=bucket, Key="a", Body=NEW)
        said = "done"
    except ClientError as error:
        said = error.response["Error"]["Code"]
    except BotoCoreError:
        said = "nothing"
    took = time.monotonic() - began
    proxy.drain()

    stored = direct.get_object(Bucket=bucket, Key="a")["Body"].read()
    versions = len(direct.list_object_versions(Bucket=bucket)["Versions"])
    if fault in ANSWERS:
        assert said == ANSWERS[fault][1]
    else:
        assert said == ("nothing" if fault in NEVER_ANSWERED else "done")
    if fault is Fault.WRONG_BYTE:
        assert stored not in (OLD, NEW)
        assert sum(one != other for one, other in zip(stored, NEW, strict=True)) == 1
    else:
        assert stored == (NEW if fault in DONE_ALL_THE_SAME else OLD)
    is_stored = fault in DONE_ALL_THE_SAME | {Fault.WRONG_BYTE}
    assert versions == 1 + is_stored + (fault is Fault.DUPLICATE)
    assert took > 0.15 or fault is not Fault.SLOW
    (request,) = proxy.log
    assert (request.method, request.path, request.fault) == ("PUT", f"/{bucket}/a", fault)
    assert request.received in (0, len(NEW))


@on("moto")
@pytest.mark.parametrize("fault", Fault)
def test_each_fault_happens_to_a_get(
    fault: Fault, s3_server: Server, bucket: str, proxy: Proxy, impatient: Any
) -> None:
    client(s3_server).put_object(Bucket=bucket, Key="a", Body=OLD)
    proxy.script = lambda _: fault
    try:
        said = impatient.get_object(Bucket=bucket, Key="a")["Body"].read()
    except ClientError as error:
        said = error.response["Error"]["Code"]
    except BotoCoreError:
        said = "nothing"
    if fault in ANSWERS:
        assert said == ANSWERS[fault][1]
    elif fault in NEVER_ANSWERED:
        assert said == "nothing"
    elif fault is Fault.WRONG_BYTE:
        assert sum(one != other for one, other in zip(said, OLD, strict=True)) == 1
    else:
        assert said == OLD


@on("moto")
def test_without_a_fault_everything_passes(
    bucket: str, proxy: Proxy, impatient: Any, s3_server: Server
) -> None:
    impatient.put_object(Bucket=bucket, Key="large", Body=LARGE)
    found = client(s3_server).get_object(Bucket=bucket, Key="large")["Body"].read()
    assert found == LARGE
    assert impatient.get_object(Bucket=bucket, Key="large")["Body"].read() == LARGE
    assert impatient.head_object(Bucket=bucket, Key="large")["ContentLength"] == len(LARGE)
    etag = impatient.head_object(Bucket=bucket, Key="large")["ETag"]
    with pytest.raises(ClientError, match="304"):
        impatient.get_object(Bucket=bucket, Key="large", IfNoneMatch=etag)
    impatient.delete_object(Bucket=bucket, Key="large")
    asked = [(request.method, request.status) for request in proxy.log]
    puts, heads = [("PUT", 200), ("GET", 200)], [("HEAD", 200), ("HEAD", 200)]
    assert asked == [*puts, *heads, ("GET", 304), ("DELETE", 204)]
    assert proxy.log[0].received == proxy.log[1].answered == len(LARGE)


@on("moto")
def test_a_body_in_chunks_and_one_that_waits_to_be_asked_for(bucket: str, proxy: Proxy) -> None:
    place = urlsplit(proxy.url)
    signed = "Authorization: AWS4-HMAC-SHA256 Credential=a/20260101/us-east-1/s3/aws4_request\r\n"
    with socket.create_connection((place.hostname, place.port or 80), timeout=5) as plain:
        head = f"PUT /{bucket}/b HTTP/1.1\r\nHost: localhost\r\n{signed}"
        plain.sendall(f"{head}Expect: 100-continue\r\nContent-Length: 5\r\n\r\n".encode())
        assert plain.recv(1000).startswith(b"HTTP/1.1 100 ")
        plain.sendall(b"asked")
        assert plain.recv(10_000).startswith(b"HTTP/1.1 200 ")
        # The same connection serves again.
        plain.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
        plain.sendall(b"3\r\nin \r\n6\r\nchunks\r\n0\r\n\r\n")
        assert plain.recv(10_000).startswith(b"HTTP/1.1 200 ")
    assert [request.received for request in proxy.log] == [5, 24]


@on("moto")
def test_the_hook_is_called_before_in_the_middle_and_after(
    bucket: str, proxy: Proxy, impatient: Any, s3_server: Server
) -> None:
    there: list[tuple[str, int]] = []

    def hook(moment: str, _: Request) -> None:
        found = client(s3_server).list_objects_v2(Bucket=bucket)["KeyCount"]
        there.append((moment, found))

    proxy.hook = hook
    impatient.put_object(Bucket=bucket, Key="a", Body=NEW)
    proxy.drain()
    assert there == [("before", 0), ("done", 1), ("after", 1)]


@on("moto")
def test_the_reader_sees_what_is_wrong(s3_server: Server, bucket: str) -> None:
    store = Store(s3_server, bucket)
    rss = (("content-type", "application/rss+xml; charset=utf-8"),)
    audio = b"sound" * 100
    name = f"{hashlib.sha256(audio).hexdigest()[:32]}.mp3"

    def publish(content: bytes | None, length: int) -> list[str]:
        if content is not None:
            store.put(f"audio/{name}", Held(content, (("content-type", "audio/mpeg"),)))
        store.put("feed.xml", Held(FEED.format(name=name, length=length).encode(), rss))
        reader = Reader(store, "", BASE_URL)
        reader.poll()
        return sorted(reader.broken)

    assert publish(None, 500) == [f"feed.xml names audio/{name}, which answers 404"]
    assert publish(audio, 500) == []
    assert publish(audio, 501) == [f"feed.xml says 501 bytes of audio/{name}, which has 500"]
    assert publish(b"other" * 100, 500) == [f"audio/{name} holds other bytes than its name says"]
    reader = Reader(store, "", BASE_URL)
    reader.poll()
    store.put(f"audio/{name}", Held(audio, (("content-type", "audio/mp4"),)))
    reader.poll()
    assert f"audio/{name} was put again while it was live" in reader.broken
    store.ask("DELETE", "feed.xml")
    reader.poll()
    assert "the main feed has vanished" in reader.broken


def test_the_order_of_requests_is_held() -> None:
    asked = ("PUT audio/a.mp3", "PUT index.html", "PUT feed.xml", "DELETE old.html")

    def broken(*order: int) -> list[str]:
        outcome, words = Outcome(""), [asked[place].split() for place in order]
        numbered = enumerate(words)
        log = [Request(number, method, f"/b/{path}", "") for number, (method, path) in numbered]
        hold_order(outcome, log)
        return outcome.broken

    assert broken(0, 1, 2, 3) == []
    assert broken(0, 2, 1, 3) == ["put after a feed: ['/b/index.html']"]
    assert broken(0, 1, 3, 2) == ["deleted before a feed: ['/b/old.html']"]


def test_a_sample_of_all_runs_breaks_nothing() -> None:
    """What ``./run faults`` does by the thousand, by the dozen: strikes, kills, two at once."""
    words = ["-P", "-m", "tests.faults.run", "--quick", "--jobs", "1"]
    ran = subprocess.run(
        [sys.executable, *words],
        env=os.environ | {"PYTHONPATH": os.curdir},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "0 runs with broken invariants" in ran.stdout
    assert "publishers killed" in ran.stdout
