"""What every place of publication must do.

A new one is a line in ``TARGETS`` and a line for each place where it is tried in ``PLACES``.
"""

from __future__ import annotations

import hashlib
import os
import random
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from castpress.model.publication.headers import headers_of
from castpress.store.s3.address import S3Address
from castpress.store.s3.options import Patience, S3Options
from castpress.store.targets.folder import FolderTarget
from castpress.store.targets.s3 import S3Target
from castpress.store.targets.target import (
    EDGE_BYTES,
    ConflictError,
    Over,
    SourceChangedError,
    TargetError,
    Upload,
)
from tests.servers.fixtures import SERVERS, Servers, new_bucket, params, use

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from castpress.store.targets.target import Target
    from tests.servers.server import Server


@dataclass(frozen=True)
class Place:
    """Where a target is tried: a folder to itself, and for a bucket the server that has it."""

    base: Path
    server: Server | None = None


def _bucket(place: Place) -> Target:
    server = place.server
    assert server is not None
    options = S3Options(
        server.endpoint,
        path_style=True,
        part_bytes=PART_BYTES,
        patience=Patience(answer=20, pause=0.05, longest_pause=0.5, whole=60),
    )
    return S3Target(S3Address(new_bucket(server), "show/"), options, place.base / "journals")


# The least that stores take for a part that is not the last.
PART_BYTES = 5 * 1024 * 1024

TARGETS: dict[str, Callable[[Place], Target]] = {
    "folder": lambda place: FolderTarget(place.base / "site"),
    "s3": _bucket,
}
PLACES = ("folder", *params(*SERVERS))

NAMES = (
    "feed.xml",
    "a b/c+d=&.mp3",
    "эпизод/глава.html",
    "emoji-🏃/quotes'\".txt",
    "per%20cent/100%.txt",
    "e\u0301/nfd.txt",
    "deep/er/and/deep/er/index.html",
    ".castpress/publication.json",
    "n" * 200,
)


@pytest.fixture(params=PLACES)
def target(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    servers: Servers,
    monkeypatch: pytest.MonkeyPatch,
) -> Target:
    if request.param == "folder":
        return TARGETS["folder"](Place(tmp_path))
    return TARGETS["s3"](Place(tmp_path, use(servers.get(request.param), monkeypatch)))


def upload(path: str, content: bytes, source: Path | None = None) -> Upload:
    digest = hashlib.sha256(content).hexdigest()
    return Upload(path, digest, len(content), headers_of(path), source or content)


def test_nothing_is_there_at_first(target: Target) -> None:
    assert target.get("feed.xml") is None
    assert target.head("feed.xml") is None
    assert target.digest("feed.xml") is None
    assert list(target.list()) == []
    target.delete("feed.xml")
    target.settle()
    target.tidy((), ())


def test_what_was_put_is_there_under_any_name(target: Target) -> None:
    for path in NAMES:
        version = target.put(upload(path, path.encode()))
        found = target.get(path)
        assert found is not None, path
        assert (found.content, found.version) == (path.encode(), version)
        stat = target.head(path)
        assert stat is not None, path
        assert stat.byte_length == len(path.encode())
        assert stat.headers in (None, headers_of(path))
        for is_read in (False, True):
            digest = target.digest(path, is_read=is_read)
            assert digest == hashlib.sha256(path.encode()).hexdigest()
        target.confirm(upload(path, path.encode()))
    target.settle()
    assert sorted(target.list()) == sorted(NAMES)
    for number, path in enumerate(NAMES, 1):
        target.delete(path)
        assert sorted(target.list()) == sorted(NAMES[number:])


def test_a_file_is_put_from_the_disk(target: Target, tmp_path: Path) -> None:
    content = bytes(range(256)) * 9000
    (tmp_path / "source").write_bytes(content)
    counts: list[int] = []
    sent = upload("audio/x.mp3", content, tmp_path / "source")
    target.put(sent, on_bytes=counts.append)
    target.confirm(sent)
    assert sum(counts) == len(content)
    assert target.digest("audio/x.mp3") == sent.sha256


def test_files_of_any_length(target: Target) -> None:
    for length in (0, 1, EDGE_BYTES, 2 * EDGE_BYTES + 1, PART_BYTES, 2 * PART_BYTES + 1):
        content = random.Random(length).randbytes(length)
        sent = upload("a", content)
        target.put(sent)
        target.confirm(sent)
        found = target.get("a")
        assert found is not None
        assert found.content == content
        assert target.digest("a", is_read=True) == sent.sha256


def test_a_put_takes_the_place_of_what_was_there(target: Target) -> None:
    first = target.put(upload("a/b", b"one"))
    second = target.put(upload("a/b", b"two, longer"))
    assert first != second
    found = target.get("a/b")
    assert found is not None
    assert found.content == b"two, longer"


def test_compare_and_swap(target: Target) -> None:
    first = target.put(upload("feed.xml", b"one"), over=Over.NOTHING)
    with pytest.raises(ConflictError):
        target.put(upload("feed.xml", b"two"), over=Over.NOTHING)
    second = target.put(upload("feed.xml", b"two"), over=first)
    with pytest.raises(ConflictError):
        target.put(upload("feed.xml", b"three"), over=first)
    found = target.get("feed.xml")
    assert found is not None
    assert (found.content, found.version) == (b"two", second)
    target.delete("feed.xml")
    with pytest.raises(ConflictError):
        target.put(upload("feed.xml", b"three"), over=second)
    assert target.get("feed.xml") is None


@pytest.mark.parametrize("is_first", [True, False])
def test_of_many_swaps_at_once_one_wins(target: Target, *, is_first: bool) -> None:
    version = Over.NOTHING if is_first else target.put(upload("claim", b"before"))
    won, start = [], threading.Barrier(8)

    def swap(number: int) -> None:
        start.wait()
        try:
            target.put(upload("claim", f"publisher {number}".encode()), over=version)
            won.append(number)
        except ConflictError:
            pass

    threads = [threading.Thread(target=swap, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1
    found = target.get("claim")
    assert found is not None
    assert found.content == f"publisher {won[0]}".encode()


@pytest.mark.parametrize("length", [13, 2 * PART_BYTES + 1])
def test_a_source_that_changed_does_not_go_out(target: Target, tmp_path: Path, length: int) -> None:
    target.put(upload("a.mp3", b"old"))
    content = random.Random(length).randbytes(length)
    sent = upload("a.mp3", content, tmp_path / "source")
    changes = (b"", content[:-1], content[:-1] + b"?", b"?" + content[1:], content + b"?")
    for change in changes:
        (tmp_path / "source").write_bytes(change)
        with pytest.raises(SourceChangedError):
            target.put(sent)
        assert target.digest("a.mp3", is_read=True) == hashlib.sha256(b"old").hexdigest()
        assert list(target.list()) == ["a.mp3"]


@pytest.mark.parametrize("length", [3_000_000, 2 * PART_BYTES + 1])
def test_a_source_that_changes_while_it_goes_does_not_go_out(
    target: Target, tmp_path: Path, length: int
) -> None:
    target.put(upload("a.mp3", b"old"))
    content, source = random.Random(length).randbytes(length), tmp_path / "source"
    sent = upload("a.mp3", content, source)

    def cut(_: int) -> None:
        os.truncate(source, 1_000_000)

    def edit(_: int) -> None:
        with source.open("r+b") as file:
            file.seek(-1, os.SEEK_END)
            file.write(bytes([content[-1] ^ 1]))

    for change in (cut, edit):
        source.write_bytes(content)
        with pytest.raises(SourceChangedError):
            target.put(sent, on_bytes=change)
        assert target.digest("a.mp3", is_read=True) == hashlib.sha256(b"old").hexdigest()
        assert list(target.list()) == ["a.mp3"]


def test_a_source_that_is_gone_does_not_go_out(target: Target, tmp_path: Path) -> None:
    with pytest.raises(SourceChangedError):
        target.put(upload("a.mp3", b"x", tmp_path / "nowhere"))
    assert target.head("a.mp3") is None


def test_a_file_that_is_not_as_it_was_put_is_noticed(target: Target) -> None:
    target.put(upload("a", b"one"))
    for content in (b"two", b"longer"):
        with pytest.raises(TargetError):
            target.confirm(upload("a", content))
    with pytest.raises(TargetError):
        target.confirm(upload("nowhere", b"one"))


def test_headers_change_without_the_bytes(target: Target) -> None:
    target.put(upload("a.html", b"one"))
    target.describe("a.html", headers_of("feed.xml"))
    stat = target.head("a.html")
    assert stat is not None
    assert stat.headers in (None, headers_of("feed.xml"))
    assert target.digest("a.html") == hashlib.sha256(b"one").hexdigest()


def test_lists_begin_with_the_prefix(target: Target) -> None:
    paths = {"a/b.txt", "a/bc/d.txt", "ab.txt", "b/a.txt", ".castpress/feeds/1.xml"}
    for path in sorted(paths):
        target.put(upload(path, b"x"))
    assert set(target.list()) == paths
    assert set(target.list("a/b")) == {"a/b.txt", "a/bc/d.txt"}
    assert set(target.list("a")) == {"a/b.txt", "a/bc/d.txt", "ab.txt"}
    assert set(target.list(".castpress/feeds/")) == {".castpress/feeds/1.xml"}
    assert set(target.list("nowhere/")) == set()


def test_what_was_deleted_is_gone_and_nothing_else(target: Target) -> None:
    for path in ("a/b/c.txt", "a/d.txt"):
        target.put(upload(path, b"x"))
    target.delete("a/b/c.txt")
    target.delete("a/b/c.txt")
    target.settle()
    assert list(target.list()) == ["a/d.txt"]
    target.put(upload("a/b", b"a file where a folder was"))
    assert set(target.list()) == {"a/b", "a/d.txt"}


def test_a_reader_sees_the_old_file_or_the_new_one(target: Target) -> None:
    contents = [bytes([65 + number]) * 300_000 for number in range(4)]
    target.put(upload("feed.xml", contents[0]))
    stop, broken = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            found = target.get("feed.xml")
            if found is None or found.content not in contents:
                broken.append(found)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(40):
        target.put(upload("feed.xml", contents[number % 4]))
    stop.set()
    reader.join()
    assert broken == []
