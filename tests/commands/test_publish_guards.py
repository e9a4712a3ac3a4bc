"""Each guard by what a podcaster does, and how it is meant; then the way back."""

from __future__ import annotations

import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from castpress.cli import main
from tests.commands.publishing_sample import (
    NOW,
    StoppingTarget,
    hold_readable,
    publish_to,
    remove_course,
    retitle,
    site_of,
    tree,
    wish_for,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAID = "2026-11-21T12:00:00+00:00"


def run(command: str, root: Path, *words: str) -> int:
    site = root.parent / "site"
    moment = [] if command == "rollback" else ["--now", SAID]
    return main([command, *words, "--show", str(root), "--to", f"file:{site}", *moment])


def codes(said: str) -> set[str]:
    return {
        line.partition("[")[2].partition("]")[0]
        for line in said.splitlines()
        if line.startswith("error[")
    }


def lose_an_episode(root: Path) -> None:
    (root / "show_notes/001-first-run.md").unlink()


def lose_all(root: Path) -> None:
    for note in (root / "show_notes").iterdir():
        if note.name != "003-later.md":
            note.unlink()
    with (root / "show.yaml").open("r+", encoding="utf-8") as file:
        text = file.read().partition("courses:")[0]
        file.seek(0)
        file.truncate()
        file.write(text)


def change_a_guid(root: Path) -> None:
    """Somebody writes a guid into a note and throws the lock away, on both sides."""
    (root / "show.lock").unlink()
    (root.parent / "site/.castpress/show.lock").unlink()
    shutil.rmtree(root / ".cache")
    note = root / "show_notes/001-first-run.md"
    text = note.read_text("utf-8")
    note.write_text(text.replace("---\n", "---\nguid: brand-new\n", 1), "utf-8")


def go_back_in_time(root: Path) -> None:
    """What an old checkout holds: the notes of then, and the show.lock of then."""
    lock = (root / "show.lock").read_bytes()
    retitle(root, "Newer")
    publish_to(site_of(root), wish_for(root))
    retitle(root, "Why do we run?")
    (root / "show.lock").write_bytes(lock)


def test_a_title_that_is_set_back_on_purpose_goes_out(show: Path) -> None:
    publish_to(site_of(show), wish_for(show))
    for title in ("Newer", "Why do we run?"):
        retitle(show, title)
        publish_to(site_of(show), wish_for(show))
        folder = site_of(show).folder
        assert folder is not None
        assert title in (folder / "feed.xml").read_text("utf-8")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lose_an_episode, {"vanished-episodes"}),
        (lose_all, {"empty-publication", "many-deletions", "vanished-feed"}),
        (remove_course, {"vanished-episodes", "vanished-feed"}),
        (change_a_guid, {"published-guid-changed"}),
        (go_back_in_time, {"superseded-feed"}),
    ],
)
def test_what_subscribers_would_lose_is_refused_until_it_is_meant(
    show: Path,
    capsys: pytest.CaptureFixture[str],
    change: Callable[[Path], None],
    expected: set[str],
) -> None:
    run("publish", show)
    change(show)
    before = tree(show.parent / "site")
    capsys.readouterr()
    assert run("publish", show, "--dry-run") == 1
    assert codes(capsys.readouterr().err) == expected
    assert run("publish", show) == 1
    said = capsys.readouterr().err
    assert codes(said) == expected
    for code in expected:
        assert f"castpress publish --allow {code}" in said
    assert tree(show.parent / "site") == before
    allowed = [word for code in sorted(expected) for word in ("--allow", code)]
    assert run("publish", show, *allowed) == 0
    hold_readable(show.parent / "site")
    assert run("publish", show) == 0


def test_another_address_is_a_slip_unless_the_show_has_moved(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("publish", show)
    settings = show / "show.yaml"
    text = settings.read_text("utf-8")
    before = tree(show.parent / "site")
    settings.write_text(text.replace("https://tiny.example/runs/", "https://tniy.example/runs/"))
    assert run("publish", show) == 1
    said = capsys.readouterr().err
    assert codes(said) == {"moved-by-hand"}
    assert "write `base_url: https://tiny.example/runs/` again" in said
    assert tree(show.parent / "site") == before
    settings.write_text(text)
    assert main(["move", "https://elsewhere.example/", "--show", str(show)]) == 0
    assert run("publish", show) == 0


def test_many_deletions_are_refused(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(14):
        name = f"extra-{number}"
        source = (show / "episodes/001-first-run.mp3").read_bytes()
        (show / f"episodes/{name}.mp3").write_bytes(source + b"\0" * (number + 1))
        (show / f"show_notes/{name}.md").write_text(
            f"---\npublished: 2026-10-{number + 1:02}\n---\n# Extra {number}\n\nText\n", "utf-8"
        )
    assert run("publish", show, "-q") == 0
    for note in (show / "show_notes").glob("extra-*.md"):
        if note.stem != "extra-0":
            note.unlink()
    capsys.readouterr()
    assert run("publish", show, "-q", "--allow", "vanished-episodes") == 1
    said = capsys.readouterr().err
    assert codes(said) == {"many-deletions"}
    assert re.search(r"\b\d\d+ of \d\d", said)


def test_an_episode_that_is_taken_back_on_purpose_is_no_slip(show: Path) -> None:
    run("publish", show, "-q")
    lock = json.loads((show / "show.lock").read_text("utf-8"))
    entry = next(e for e in lock["episodes"] if e["stem"] == "001-first-run")
    entry |= {"withdrawn": True, "revision": 1}
    (show / "show.lock").write_text(json.dumps(lock), "utf-8")
    assert run("publish", show, "-q") == 0
    assert "Why do we run?" not in (show.parent / "site/feed.xml").read_text("utf-8")
    assert not (show.parent / "site/episodes/why-do-we-run/index.html").exists()


def test_back_and_forth(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = show.parent / "site"
    for number, title in enumerate(("First", "Second", "Third")):
        retitle(show, title)
        publish_to(site_of(show), wish_for(show))
        assert len(list((site / ".castpress").glob("feeds/*"))) == (number and number + 1)
    capsys.readouterr()
    assert run("rollback", show) == 0
    said = capsys.readouterr().out
    assert "publication 3 is live" in said
    assert "castpress rollback 2" in said
    before = tree(site)
    assert run("rollback", show, "1", "--dry-run") == 0
    assert tree(site) == before

    assert run("rollback", show, "1") == 0
    assert "First" in (site / "feed.xml").read_text("utf-8")
    hold_readable(site)
    assert "Third" in (site / "episodes/first/index.html").read_text("utf-8")

    capsys.readouterr()
    assert run("publish", show, "-q") == 1
    assert codes(capsys.readouterr().err) == {"superseded-feed"}
    retitle(show, "Fourth")
    assert run("publish", show, "-q") == 0
    assert "Fourth" in (site / "feed.xml").read_text("utf-8")

    assert run("rollback", show, "3") == 0
    assert "Third" in (site / "feed.xml").read_text("utf-8")
    assert run("rollback", show, "99") == 1
    assert codes(capsys.readouterr().err) == {"no-snapshot"}


def test_episodes_that_went_come_back_whole(show: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish_to(site_of(show), wish_for(show))
    feeds = hold_readable(site)
    remove_course(show)
    allowed = ("vanished-episodes", "vanished-feed")
    assert publish_to(site_of(show), wish_for(show, allowed=allowed)).is_done
    assert not list((site / "courses").rglob("*.html"))
    assert run("rollback", show, "1") == 0
    assert hold_readable(site) == feeds
    # The same sources again would take the course away again, which has to be meant again.
    published = publish_to(site_of(show), wish_for(show))
    assert {"vanished-episodes", "vanished-feed"} <= {p.code for p in published.problems}


def test_a_snapshot_whose_audio_is_gone_is_not_gone_back_to(
    show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    publish_to(site_of(show), wish_for(show))
    retitle(show)
    publish_to(site_of(show), wish_for(show))
    kept = next((site / ".castpress/feeds").iterdir())
    content = kept.read_bytes()
    kept.write_bytes(b"<rss/>")
    assert run("rollback", show, "1") == 1
    assert codes(capsys.readouterr().err) == {"snapshot-damaged"}
    kept.write_bytes(content)
    next((site / "audio").glob("why-*.mp3")).write_bytes(b"half")
    before = tree(site)
    assert run("rollback", show, "1", "--json") == 1
    said = capsys.readouterr()
    assert codes(said.err) == {"snapshot-damaged"}
    assert json.loads(said.out)["done"] is False
    assert tree(site) == before


def test_a_rollback_that_is_cut_off_is_finished(show: Path, tmp_path: Path) -> None:

    from castpress.cli import Terminal
    from castpress.commands.publishing.place import Place
    from castpress.commands.publishing.rollback import roll_back
    from tests.commands.publishing_sample import StopHere

    publish_to(site_of(show), wish_for(show))
    retitle(show)
    publish_to(site_of(show), wish_for(show))

    def back(root: Path, target: object) -> bool:
        place = Place(target)  # type: ignore[arg-type]
        quiet = Terminal("text", is_quiet=True)
        return roll_back(root, place, 1, quiet, lambda: NOW, is_dry=False, takes_over=False).is_done

    whole = tmp_path / "whole"
    shutil.copytree(show, whole / "show")
    shutil.copytree(tmp_path / "site", whole / "site")
    counting = StoppingTarget(site_of(whole / "show"))
    assert back(whole / "show", counting)
    for number, call in enumerate(counting.log):
        if not call.startswith("put "):
            continue
        for stop in ({"before": number}, {"after": number}):
            where = tmp_path / f"stopped-{number}-{next(iter(stop))}"
            shutil.copytree(show, where / "show")
            shutil.copytree(tmp_path / "site", where / "site")
            with pytest.raises(StopHere):
                back(where / "show", StoppingTarget(site_of(where / "show"), **stop))
            hold_readable(where / "site")
            assert back(where / "show", site_of(where / "show"))
            assert tree(where / "site")["feed.xml"] == tree(whole / "site")["feed.xml"]


def test_status_tells_what_is_live_and_what_would_change(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("status", show) == 0
    said = capsys.readouterr().out
    assert "nothing is published there yet" in said
    assert "publishing would send:" in said
    publish_to(site_of(show), wish_for(show))
    before = tree(show.parent)
    assert run("status", show) == 0
    said = capsys.readouterr().out
    assert "publication 1, live since 2026-11-21 12:00+00:00: 3 episodes" in said
    assert "courses/first-steps/feed.xml: 1" in said
    assert "publishing would change nothing" in said
    assert "scheduled: A run in the future, 2031-01-01 06:00+01:00" in said
    retitle(show)
    assert run("status", show, "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert result["changed"] is True
    assert result["claim"] is None
    assert "retitled" in [row["kind"] for row in result["noticed"]]
    (show / "show_notes/001-first-run.md").write_text("---\npublished: never\n---\n", "utf-8")
    assert run("status", show) == 0
    assert "cannot be told" in capsys.readouterr().out
    after = tree(show.parent)
    changed = {p for p in after if before.get(p) != after[p] and "/.cache/" not in p}
    assert changed == {"show/show_notes/001-first-run.md"}


def test_rollback_before_anything_is_published(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("rollback", show) == 0
    assert "nothing is published there yet" in capsys.readouterr().out
    assert run("rollback", show, "1") == 1
    assert "publish first" in capsys.readouterr().err
