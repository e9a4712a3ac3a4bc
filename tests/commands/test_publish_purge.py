"""What is left of an episode that was taken back goes at once, where that is asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from castpress.cli import main
from tests.commands.publishing_sample import (
    StopHere,
    StoppingTarget,
    hold_readable,
    publish_to,
    retitle,
    site_of,
    tree,
    wish_for,
)

if TYPE_CHECKING:
    from pathlib import Path

SAID = "2026-11-21T12:00:00+00:00"


def run(command: str, root: Path, *words: str) -> int:
    told = [command, *words, "--show", str(root)]
    if command in ("publish", "rollback"):
        told += ["--to", f"file:{root.parent / 'site'}"]
    return main([*told, "--now", SAID] if command == "publish" else told)


def left(root: Path) -> set[str]:
    """All that is served and speaks of the episode, by name or text."""
    site = root.parent / "site"
    found = set()
    for path in tree(site):
        is_named = "why-do-we-run" in path or "spoken" in path
        content = (site / path).read_bytes()
        if is_named or (b"goose" in content and not path.startswith(".castpress/show.lock")):
            found.add(path)
    return found


@pytest.fixture
def taken_back(show: Path) -> Path:
    """Out, out under another title with new audio, taken back, and another episode changed."""
    run("publish", show)
    retitle(show, "Why do we run on?")
    run("retag", show, "001-first-run")
    run("publish", show)
    run("unpublish", show, "001-first-run")
    run("publish", show)
    note = show / "show_notes/course-1.md"
    note.write_text(note.read_text("utf-8").replace("Shoes", "Boots"), "utf-8")
    run("publish", show)
    return show


def test_nothing_is_left_and_the_rest_can_be_gone_back_to(
    taken_back: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = taken_back.parent / "site"
    assert len([path for path in left(taken_back) if path.startswith("audio/")]) == 2
    before = tree(site)
    capsys.readouterr()
    assert run("publish", taken_back, "--purge", "001-first-run", "--dry-run") == 0
    assert "not to be gone back to any more: 1, 2" in capsys.readouterr().err
    assert tree(site) == before
    assert run("publish", taken_back, "--purge", "001-first-run") == 0
    said = capsys.readouterr().err
    assert "not to be gone back to any more: 1, 2" in said
    assert "taken back for good" in said
    assert left(taken_back) == set()
    hold_readable(site)
    assert run("rollback", taken_back, "1") == 1
    assert run("rollback", taken_back, "3") == 0
    hold_readable(site)
    assert left(taken_back) == set()


def test_purging_twice_does_nothing(taken_back: Path) -> None:
    run("publish", taken_back, "--purge", "001-first-run")
    before = tree(taken_back.parent / "site")
    assert run("publish", taken_back, "--purge", "001-first-run") == 0
    assert tree(taken_back.parent / "site") == before


def test_an_episode_that_was_purged_comes_back_where_its_audio_is(taken_back: Path) -> None:
    run("publish", taken_back, "--purge", "001-first-run")
    run("unpublish", taken_back, "001-first-run", "--undo")
    assert run("publish", taken_back) == 0
    hold_readable(taken_back.parent / "site")
    assert "why-do-we-run" in (taken_back.parent / "site/feed.xml").read_text("utf-8")


@pytest.mark.parametrize("is_taken_back", [True, False])
def test_what_the_live_feed_names_is_not_purged(
    show: Path, capsys: pytest.CaptureFixture[str], *, is_taken_back: bool
) -> None:
    run("publish", show)
    if is_taken_back:
        run("unpublish", show, "001-first-run")
    before = tree(show.parent / "site")
    capsys.readouterr()
    assert run("publish", show, "--purge", "001-first-run") == 1
    assert "error[purge-of-live-episode]" in capsys.readouterr().err
    assert tree(show.parent / "site") == before


def test_a_slip_of_the_pen_purges_nothing(
    taken_back: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tree(taken_back.parent / "site")
    capsys.readouterr()
    assert run("publish", taken_back, "--purge", "001-frist-run") == 1
    assert "001-first-run" in capsys.readouterr().err
    assert tree(taken_back.parent / "site") == before


def test_a_purge_that_is_cut_off_is_finished_by_the_next(taken_back: Path) -> None:
    wish = wish_for(taken_back, purged=("001-first-run",))
    target = StoppingTarget(site_of(taken_back))

    def stop(what: str) -> None:
        if what.startswith("delete audio/"):
            raise StopHere

    target.hook = stop
    with pytest.raises(StopHere):
        publish_to(target, wish)
    hold_readable(taken_back.parent / "site")
    assert publish_to(site_of(taken_back), wish).is_done
    assert left(taken_back) == set()
    data = json.loads((taken_back.parent / "site/.castpress/publication.json").read_bytes())
    assert [snapshot["number"] for snapshot in data["snapshots"]] == [3]
