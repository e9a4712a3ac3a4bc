"""Files that go in parts: taken up again after a cut, and nothing of them left lying about."""

from __future__ import annotations

import hashlib
import random
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from castpress.model.publication.headers import headers_of
from castpress.store.s3.address import S3Address
from castpress.store.s3.faults import StoreError
from castpress.store.s3.journal import read_journal
from castpress.store.s3.options import Patience, S3Options
from castpress.store.targets.s3 import S3Target
from castpress.store.targets.target import Upload
from tests.faults.proxy import Proxy
from tests.faults.request import Fault, Request
from tests.servers.fixtures import client, on

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.server import Server

PART_BYTES = 5 * 1024 * 1024
CONTENT = random.Random(1).randbytes(3 * PART_BYTES + 1)
ALL = [1, 2, 3, 4]


def target_of(endpoint: str, bucket: str, folder: Path) -> S3Target:
    once = Patience(tries=1)
    options = S3Options(endpoint, path_style=True, part_bytes=PART_BYTES, patience=once)
    return S3Target(S3Address(bucket, "show/"), options, folder / "journals")


def upload(content: bytes = CONTENT, path: str = "a.mp3") -> Upload:
    digest = hashlib.sha256(content).hexdigest()
    return Upload(path, digest, len(content), headers_of(path), content)


def part_of(request: Request) -> int:
    return int(request.parameters.get("partNumber", 0))


def sent(proxy: Proxy) -> list[int]:
    """The numbers of the parts that the server has acknowledged."""
    return sorted(part_of(r) for r in proxy.log if part_of(r) and r.status == 200)


def refuse_third(request: Request) -> Fault | None:
    return Fault.SKEWED if part_of(request) == 3 else None


def proxy_to(server: Server) -> Proxy:
    address = urlsplit(server.endpoint)
    return Proxy(address.hostname or "", address.port or 0)


def unfinished(server: Server, bucket: str) -> list[str]:
    rows = client(server).list_multipart_uploads(Bucket=bucket).get("Uploads", ())
    return sorted(row["Key"] for row in rows)


@on("moto", "rclone", "ceph")
def test_parts_that_went_are_not_sent_again(s3_server: Server, bucket: str, tmp_path: Path) -> None:
    with proxy_to(s3_server) as proxy:
        proxy.script = refuse_third
        with pytest.raises(StoreError):
            target_of(proxy.url, bucket, tmp_path).put(upload())
        before = sent(proxy)
        assert {1, 2} <= set(before) < set(ALL)
        proxy.clear()
        counts: list[int] = []
        target = target_of(proxy.url, bucket, tmp_path)
        target.put(upload(), on_bytes=counts.append)

        assert sent(proxy) == sorted(set(ALL) - set(before))
        assert sum(counts) == len(CONTENT)
        assert target.digest("a.mp3", is_read=True) == upload().sha256
        assert unfinished(s3_server, bucket) == []


@on("moto")
def test_of_another_source_nothing_is_taken_up(
    s3_server: Server, bucket: str, tmp_path: Path
) -> None:
    with proxy_to(s3_server) as proxy:
        proxy.script = refuse_third
        with pytest.raises(StoreError):
            target_of(proxy.url, bucket, tmp_path).put(upload())
        proxy.clear()
        other = upload(CONTENT[:-1] + b"?")
        target = target_of(proxy.url, bucket, tmp_path)
        target.put(other)

        assert sent(proxy) == ALL
        assert target.digest("a.mp3", is_read=True) == other.sha256
        assert unfinished(s3_server, bucket) == []


@on("moto", "rclone", "ceph")
def test_only_own_uploads_that_nobody_waits_for_are_thrown_away(
    s3_server: Server, bucket: str, tmp_path: Path
) -> None:
    boto = client(s3_server)
    for path in ("gone.mp3", "coming.mp3", "others.mp3"):
        boto.create_multipart_upload(Bucket=bucket, Key=f"show/{path}")
    boto.create_multipart_upload(Bucket=bucket, Key="elsewhere/gone.mp3")

    target = target_of(s3_server.endpoint, bucket, tmp_path)
    target.tidy(("gone.mp3", "coming.mp3"), ("coming.mp3",))

    left = ["elsewhere/gone.mp3", "show/coming.mp3", "show/others.mp3"]
    assert unfinished(s3_server, bucket) == left


@pytest.mark.parametrize(
    "text", ["", "[]", '["s3://x"', '[1, 2, 3, 4, 5, "six", 7]', "\x00\n[3", "7"]
)
def test_a_spoilt_journal_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "journal").write_text(text, "utf-8")
    assert read_journal(tmp_path / "journal") is None


@on("moto")
def test_without_its_journal_a_file_goes_anew(
    s3_server: Server, bucket: str, tmp_path: Path
) -> None:
    with proxy_to(s3_server) as proxy:
        proxy.script = refuse_third
        with pytest.raises(StoreError):
            target_of(proxy.url, bucket, tmp_path).put(upload())
        (journal,) = (tmp_path / "journals").iterdir()
        journal.unlink()
        proxy.clear()
        target_of(proxy.url, bucket, tmp_path).put(upload())

        assert sent(proxy) == ALL
        assert unfinished(s3_server, bucket) == []
