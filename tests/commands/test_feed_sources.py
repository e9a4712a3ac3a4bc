"""Feeds that are named on the command line, with the older pages that they lead to."""

from __future__ import annotations

import http.server
import threading
from functools import partial
from typing import TYPE_CHECKING

import pytest

from castpress.commands import exit_codes
from castpress.commands.feed_sources import read_feeds

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server for the folder, on this computer only."""
    handler = partial(_Quiet, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


def feed(*guids: str, links: str = "") -> str:
    items = "".join(
        f'<item><guid>{guid}</guid><enclosure url="https://a.example/{guid}.mp3"/></item>'
        for guid in guids
    )
    atom = 'xmlns:a="http://www.w3.org/2005/Atom"'
    return f'<rss {atom} version="2.0"><channel><title>T</title>{links}{items}</channel></rss>'


def link(relation: str, href: str) -> str:
    return f'<a:link rel="{relation}" href="{href}"/>'


@pytest.mark.parametrize(
    ("links", "guids", "archived"),
    [
        ("", ["3", "2"], ()),
        (link("next", "older.xml"), ["3", "2", "1"], ("1",)),
        (link("prev-archive", "/older.xml"), ["3", "2", "1"], ("1",)),
        # Who knows both follows the archive, whose pages do not change while they are read.
        (link("next", "no.xml") + link("prev-archive", "older.xml"), ["3", "2", "1"], ("1",)),
        (link("next", "feed.xml"), ["3", "2"], ()),
        (link("next", "http://["), ["3", "2"], ()),
        (link("previous", "older.xml"), ["3", "2"], ()),
    ],
)
def test_older_pages_are_followed(
    tmp_path: Path, address: str, links: str, guids: list[str], archived: tuple[str, ...]
) -> None:
    (tmp_path / "feed.xml").write_text(feed("3", "2", links=links), "utf-8")
    (tmp_path / "older.xml").write_text(feed("2", "1", links=link("next", "feed.xml")), "utf-8")
    [found] = read_feeds(f"{address}feed.xml").feeds
    assert [item.guid for item in found.listed.items] == guids
    assert found.listed.archived == archived
    assert found.name == f"{address}feed.xml"


@pytest.mark.parametrize("href", ["no.xml", "file:///etc/passwd", "page.html"])
def test_a_page_that_cannot_be_read_is_said(tmp_path: Path, address: str, href: str) -> None:
    (tmp_path / "feed.xml").write_text(feed("3", links=link("next", href)), "utf-8")
    (tmp_path / "page.html").write_text("<!doctype html><p>Gone.", "utf-8")
    read = read_feeds(f"{address}feed.xml")
    assert read.exit_code != exit_codes.OK
    assert read.feeds == ()
    [problem] = read.problems
    assert href.rpartition("/")[2] in str(problem.location.file)


def test_a_folder_gives_all_feeds_of_its_site(tmp_path: Path) -> None:
    for path, guids in {
        "feed.xml": ("5", "4"),
        "archive/feed-1.xml": ("1",),
        "archive/feed-2.xml": ("3", "2"),
        "archive/feed-10.xml": ("4", "3.5"),
        "courses/walk/feed.xml": ("w",),
        "feeds/part.xml": ("5",),
        "feeds/Another.xml": ("x",),
        "archive/old/feed.xml": ("y",),
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(feed(*guids), "utf-8")
    read = read_feeds(str(tmp_path))
    found = {each.path: [item.guid for item in each.listed.items] for each in read.feeds}
    assert found == {
        "feeds/part.xml": ["5"],
        "courses/walk/feed.xml": ["w"],
        "feed.xml": ["5", "4", "3.5", "3", "2", "1"],
    }
    assert read.is_whole
