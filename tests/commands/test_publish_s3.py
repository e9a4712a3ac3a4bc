"""Publishing to a bucket, as a user sees it: what is asked of the store, and what is said."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from castpress.cli import main
from tests.commands.publishing_sample import retitle
from tests.faults.proxy import Proxy
from tests.servers.fixtures import client, on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.faults.request import Request
    from tests.servers.server import Server

NOW = "2026-11-21T12:00:00+00:00"
WRITES = {"PUT", "POST", "DELETE"}


@dataclass
class Place:
    """A show, its bucket, and all that is asked of the store."""

    show: Path
    bucket: str
    proxy: Proxy

    def run(self, command: str, *words: str) -> int:
        return main([command, "--show", str(self.show), "--to", f"s3://{self.bucket}/p", *words])

    def publish(self, *words: str) -> tuple[int, list[Request]]:
        """The exit code, and the requests that it took."""
        self.proxy.clear()
        code = self.run("publish", "--now", NOW, *words)
        return code, list(self.proxy.log)


@pytest.fixture
def place(
    show: Path, bucket: str, s3_server: Server, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    address = urlsplit(s3_server.endpoint)
    assert address.hostname is not None
    assert address.port is not None
    with Proxy(address.hostname, address.port) as proxy:
        monkeypatch.setenv("AWS_ENDPOINT_URL_S3", proxy.url)
        yield Place(show, bucket, proxy)


def writes(requests: list[Request], bucket: str) -> list[str]:
    """What was written, without the folder; the digests in names as #."""
    folder = f"/{bucket}/p/"
    paths = [one.path.removeprefix(folder) for one in requests if one.method in WRITES]
    return sorted(re.sub(r"[0-9a-f]{64}", "#", path) for path in paths)


@on("moto")
def test_what_each_publication_asks_of_the_store(place: Place) -> None:
    assert place.publish()[0] == 0
    code, requests = place.publish()
    assert (code, [one.method for one in requests]) == (0, ["GET"])
    for name in ("public", ".cache"):
        (place.show / name).rename(place.show.parent / name)
    code, requests = place.publish()
    # Without the cache the copy of show.lock has to be read again.
    assert (code, [one.method for one in requests]) == (0, ["GET", "GET"])
    retitle(place.show, "Hardly another")
    code, requests = place.publish()
    written = writes(requests, place.bucket)
    state = [path for path in written if path.startswith(".castpress/")]
    # The feed of the course is kept with the other one, this first time.
    assert state == [
        ".castpress/feeds/#.xml",
        ".castpress/feeds/#.xml",
        ".castpress/publication.json",
        ".castpress/publication.json",
        ".castpress/show.lock",
    ]
    assert (code, "feed.xml" in written, any("audio/" in path for path in written)) == (
        0,
        True,
        False,
    )
    retitle(place.show, "Again another")
    assert len(writes(place.publish()[1], place.bucket)) == len(written) - 1


@on("moto")
def test_what_is_put_is_said_as_apps_expect_it(place: Place, s3_server: Server) -> None:
    assert place.publish()[0] == 0
    store = client(s3_server)
    listed = store.list_objects_v2(Bucket=place.bucket, Prefix="p/")["Contents"]
    kinds = {}
    for row in listed:
        head = store.head_object(Bucket=place.bucket, Key=row["Key"])
        assert "ContentEncoding" not in head
        assert set(head["Metadata"]) >= {"castpress-sha256", "castpress-put"}
        kinds[row["Key"].rpartition(".")[2]] = (head["ContentType"], head["CacheControl"])
    for_ever, five_minutes = "public, max-age=31536000, immutable", "public, max-age=300"
    assert kinds["mp3"] == ("audio/mpeg", for_ever)
    assert kinds["m4a"] == ("audio/x-m4a", for_ever)
    assert kinds["vtt"] == ("text/vtt; charset=utf-8", five_minutes)
    assert kinds["html"] == ("text/html; charset=utf-8", five_minutes)
    assert kinds["css"] == ("text/css; charset=utf-8", for_ever)


@on("rclone")
def test_a_store_that_does_not_compare_is_named(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    assert place.publish()[0] == 0
    assert "warning[careless-store]" in capsys.readouterr().err
    retitle(place.show)
    assert place.publish("--json")[0] == 0
    result = json.loads(capsys.readouterr().out)
    assert "careless-store" in {problem["code"] for problem in result["problems"]}


@on("moto")
def test_no_key_is_ever_said_or_kept(
    place: Place, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = ("AKIACANARYCANARY1234", "canary/secret/canary+secret/canary+secret", "canary-token")
    names = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    for name, key in zip(names, keys, strict=True):
        monkeypatch.setenv(name, key)
    said = ""
    for words in (("publish",), ("publish", "--json"), ("diff",)):
        place.run(*words)
        said += "".join(capsys.readouterr())
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9")
    for words in (("publish", "--json"),):
        place.run(*words)
        said += "".join(capsys.readouterr())
    written = "".join(
        path.read_bytes().decode("latin-1") for path in place.show.rglob("*") if path.is_file()
    )
    for key in keys:
        assert key not in said
        assert key not in written


@on("moto")
@pytest.mark.parametrize(
    ("environment", "target", "words"),
    [
        ({}, "s3://there-is-no-such-bucket", "is no bucket at this store"),
        ({"AWS_ENDPOINT_URL_S3": "http://127.0.0.1:9"}, "s3://show", "cannot be reached"),
        ({"AWS_ACCESS_KEY_ID": ""}, "s3://show", "there are no keys for it"),
        ({"AWS_PROFILE": "nobody"}, "s3://show", "has no profile 'nobody'"),
        ({"AWS_ENDPOINT_URL_S3": "ftp:/x"}, "s3://show", "cannot be used"),
        ({}, "s3://KEY:CAN/ARY@show", "without keys in it"),
        ({}, "s3:show", "expected a bucket"),
        ({}, "s3://Show", "small letters"),
    ],
)
def test_what_is_said_where_it_cannot_work(
    place: Place,
    environment: dict[str, str],
    target: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert main(["publish", "--show", str(place.show), "--to", target]) in (1, 4)
    said = capsys.readouterr().err
    assert words in said
    assert "ARY@" not in said
    assert not (place.show / "public").exists()
