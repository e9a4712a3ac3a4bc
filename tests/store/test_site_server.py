from __future__ import annotations

import threading
import urllib.request
from typing import TYPE_CHECKING
from urllib.error import HTTPError

import pytest

from castpress.store.site_server import make_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    (tmp_path / "audio.mp3").write_bytes(bytes(range(100)))
    (tmp_path / "feed.xml").write_text("<rss/>")
    (tmp_path / "404.html").write_text("nothing here")
    (tmp_path / "folder").mkdir()
    (tmp_path / ".castpress").mkdir()
    (tmp_path / ".castpress" / "manifest.json").write_text("{}")
    server = make_server(tmp_path, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def ask(url: str, byte_range: str | None = None) -> tuple[int, bytes, str | None, str | None]:
    request = urllib.request.Request(url, headers={"Range": byte_range} if byte_range else {})
    try:
        with urllib.request.urlopen(request) as answer:
            headers = answer.headers
            return answer.status, answer.read(), headers["Content-Range"], headers["Content-Type"]
    except HTTPError as error:
        with error:
            return error.code, b"", error.headers["Content-Range"], None


@pytest.mark.parametrize(
    ("byte_range", "status", "body", "told"),
    [
        (None, 200, bytes(range(100)), None),
        ("bytes=0-9", 206, bytes(range(10)), "bytes 0-9/100"),
        ("bytes=90-", 206, bytes(range(90, 100)), "bytes 90-99/100"),
        ("bytes=-5", 206, bytes(range(95, 100)), "bytes 95-99/100"),
        ("bytes=50-5000", 206, bytes(range(50, 100)), "bytes 50-99/100"),
        ("bytes=100-", 416, b"", "bytes */100"),
        ("bytes=9-3", 200, bytes(range(100)), None),
        ("bytes=a-b", 200, bytes(range(100)), None),
        ("bytes=0-1,5-6", 200, bytes(range(100)), None),
    ],
)
def test_players_can_ask_for_parts(
    site: str, byte_range: str | None, status: int, body: bytes, told: str | None
) -> None:
    assert ask(f"{site}/audio.mp3", byte_range)[:3] == (status, body, told)


def test_types_are_those_that_apps_expect(site: str) -> None:
    assert ask(f"{site}/feed.xml")[3] == "application/rss+xml; charset=utf-8"


def test_what_is_ours_alone_is_not_served(site: str) -> None:
    assert ask(f"{site}/.castpress/manifest.json")[0] == 404
    assert ask(f"{site}/%2ecastpress/manifest.json")[0] == 404


@pytest.mark.parametrize("path", ["missing", "folder/"])
def test_what_is_not_there_gets_the_page_of_the_site(site: str, path: str) -> None:
    with pytest.raises(HTTPError) as caught:
        urllib.request.urlopen(f"{site}/{path}")
    with caught.value as answer:
        assert (answer.code, answer.read()) == (404, b"nothing here")
