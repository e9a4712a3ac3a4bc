"""``castpress lock --from``: what the feed knows of a lost show.lock."""

from __future__ import annotations

import functools
import http.server
import json
import shutil
import threading
from typing import TYPE_CHECKING

import pytest

from castpress.model.ledger import Ledger, renamed, replaced
from castpress.store.ledger import read_ledger, write_ledger
from tests.commands.show_changes import build, edit, entry, items, publish, run, sources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")


@pytest.fixture
def live(show: Path, tmp_path: Path) -> Path:
    """The show as it is published; its lock is lost."""
    publish(show)
    folder = tmp_path / "live"
    shutil.copytree(show / "public", folder)
    (show / "show.lock").unlink()
    return folder


def test_the_lock_comes_back_as_it_was(show: Path, tmp_path: Path) -> None:
    publish(show)
    before = (show / "show.lock").read_bytes()
    (show / "show.lock").unlink()
    assert run(show, "lock", "--from", str(show / "public")) == 0
    assert (show / "show.lock").read_bytes() == before
    build(show)


def test_a_dry_run_changes_not_a_byte(
    show: Path, live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sources(show)
    assert run(show, "lock", "--from", str(live), "--dry-run") == 0
    assert sources(show) == before
    assert "every episode in the feed keeps its guid" in capsys.readouterr().out


def test_it_is_read_over_the_web(
    show: Path, live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(live) as address:
        feeds = [f"{address}feed.xml", f"{address}courses/first-steps/feed.xml"]
        assert run(show, "lock", "--from", *feeds) == 0
        assert len(read_ledger(show)[0].entries) == 3
        assert run(show, "lock", "--from", f"{address}nothing.xml") == 4
    assert "the server says 404" in capsys.readouterr().err
    assert run(show, "lock", "--from", f"{address}feed.xml") == 4
    assert "error[no-such-feed]" in capsys.readouterr().err


class serving:  # noqa: N801 - reads as a verb in a `with`
    """A server for a folder, on this computer only."""

    def __init__(self, folder: Path) -> None:
        class Quiet(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *words: object) -> None:
                pass

        handler = functools.partial(Quiet, directory=str(folder))
        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._thread = threading.Thread(target=self._server.serve_forever)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}/"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def test_an_episode_that_was_renamed_keeps_its_guid_and_address(show: Path) -> None:
    """Its new stem would mint another guid; the bytes of the audio tell who it is."""
    publish(show)
    before = items(show)
    assert run(show, "rename", "001-first-run", "009-first-run") == 0
    edit(show / "show_notes/009-first-run.md", "tags:", "episode: 1\ntags:")
    (show / "show.lock").unlink()
    assert run(show, "lock", "--from", str(show / "public")) == 0
    build(show)
    assert items(show) == before


@pytest.mark.parametrize(
    "change",
    [
        ("# Why do we run?", "# What makes us run?"),
        ("2026-03-01 06:00", "2026-03-02 06:00"),
        ("[0:30-1:10]", "[0:40-1:10]"),
    ],
)
def test_notes_that_were_edited_since_are_still_recognised(
    show: Path, live: Path, change: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = items(show)
    edit(show / "show_notes/001-first-run.md", *change)
    assert run(show, "lock", "--from", str(live)) == 0
    assert ("date-differs" in capsys.readouterr().err) is (change[0].startswith("2026"))
    build(show)
    assert items(show) == before


def test_without_the_audio_its_address_is_taken_from_the_feed(show: Path, live: Path) -> None:
    before = items(show)
    for file in (show / "episodes").iterdir():
        file.unlink()
    shutil.rmtree(show / "public")
    shutil.rmtree(show / ".cache")
    assert run(show, "lock", "--from", str(live)) == 0
    build(show)
    assert items(show) == before
    # The audio is back, and nobody takes it for another.
    shutil.copytree("tests/shows/tiny/episodes", show / "episodes", dirs_exist_ok=True)
    build(show)
    assert items(show) == before


def test_an_item_that_nobody_is_certain_of_is_asked_about(
    show: Path, live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = items(show)
    guid = next(iter(before))
    feed = live / "feed.xml"
    note = show / "show_notes/002-two-hills.txt"
    edit(note, note.read_text("utf-8"), "---\npublished: 2025-01-01\n---\n# Else\n\nWords.\n")
    stem = "zzz-hills"
    note.rename(note.with_name(f"{stem}.txt"))
    (show / "episodes/002-two-hills.m4a").rename(show / f"episodes/{stem}.m4a")
    assert run(show, "lock", "--from", str(feed)) == 1
    said = capsys.readouterr().err
    assert "error[unmatched-item]" in said
    assert not (show / "show.lock").exists()
    guid = said.partition("write `guid: ")[2].partition("`")[0]
    note = show / f"show_notes/{stem}.txt"
    edit(note, "---\npublished", f"---\nguid: {guid}\npublished")
    (show / "show_notes/course-1.md").unlink()
    assert run(show, "lock", "--from", str(feed)) == 0
    build(show)
    assert guid in items(show)


def test_an_episode_whose_notes_are_gone_is_retired(
    show: Path, live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for folder, name in (("show_notes", "001-first-run.md"), ("episodes", "001-first-run.mp3")):
        (show / folder / name).unlink()
    assert run(show, "lock", "--from", str(live)) == 0
    assert "warning[unmatched-item]" in capsys.readouterr().err
    gone = [one for one in read_ledger(show)[0].entries if one.is_retired]
    assert [one.slug for one in gone] == ["why-do-we-run"]


def test_what_show_lock_knows_already_stays(show: Path, live: Path) -> None:
    """Only half of it is lost, as after a merge that went wrong."""
    assert run(show, "lock", "--from", str(live)) == 0
    whole, _ = read_ledger(show)
    half = Ledger(tuple(renamed(replaced(whole, "x", ""), "x", "").entries[1:]))
    write_ledger(show, half)
    assert run(show, "lock", "--from", str(live)) == 0
    assert read_ledger(show)[0].entries == whole.entries
    assert run(show, "lock", "--from", str(live), "--json") == 0


OTHER_HOST = """\
<?xml version="1.0"?>
<rss version="2.0" xmlns:podcast="https://podcastindex.org/namespace/1.0"
  xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel>
<title>Tiny Runs</title><link>https://host.example/</link>
<item><title>1: Why do we run?</title><guid>host-001</guid>
<pubDate>Sun, 01 Mar 2026 05:00:00 GMT</pubDate><itunes:duration>90</itunes:duration>
<enclosure url="https://host.example/a.mp3" length="9" type="audio/mpeg"/></item>
<item><title>TWO HILLS; one evening</title><guid>host-002</guid>
<pubDate>Sun, 08 Mar 2026 05:00:00 GMT</pubDate>
<enclosure url="https://host.example/b.mp3" length="9" type="audio/mpeg"/></item>
</channel></rss>
"""


def test_a_show_that_comes_from_another_host_keeps_its_guids(
    show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = tmp_path / "host.xml"
    feed.write_text(OTHER_HOST, "utf-8")
    (show / "show_notes/course-1.md").unlink()
    assert run(show, "lock", "--from", str(feed)) == 0
    said = capsys.readouterr().err
    assert "is published anew, at an address of this show" in said
    build(show)
    found = items(show)
    assert found.keys() == {"host-001", "host-002"}
    assert all(url.startswith("https://tiny.example/runs/audio/") for url in found.values())
    assert "audio" not in entry(show, "001-first-run")


def test_the_guid_of_another_show_is_told(
    show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    feed = tmp_path / "host.xml"
    other = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    text = OTHER_HOST.replace("<item>", f"<podcast:guid>{other}</podcast:guid><item>", 1)
    feed.write_text(text, "utf-8")
    (show / "show_notes/course-1.md").unlink()
    assert run(show, "lock", "--from", str(feed)) == 1
    assert f"write `guid: {other}`" in capsys.readouterr().err
    assert not (show / "show.lock").exists()


@pytest.mark.parametrize("name", ["nothing.xml", "web-page", "empty"])
def test_what_is_no_feed_is_said(
    show: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "web-page").write_text("<html><body>Hello</body></html>", "utf-8")
    (tmp_path / "empty").mkdir()
    assert run(show, "lock", "--from", str(tmp_path / name)) == 1
    assert "feed]" in capsys.readouterr().err


def test_the_result_as_one_object(
    show: Path, live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(show, "lock", "--from", str(live), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["episodes"], told["with_audio"], told["done"]) == (3, 3, True)
