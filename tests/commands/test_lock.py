from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.commands.show_changes import build, edit, entry, items, publish, run, sources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")


def test_what_is_out_is_frozen(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(show)
    assert "audio" not in entry(show, "001-first-run")
    assert run(show, "lock") == 0
    said = capsys.readouterr().err
    assert "The audio of 3 episodes is out from now on" in said
    assert "003-later" not in said
    data = json.loads((show / "show.lock").read_bytes())
    assert data["live_feeds"].keys() == {"feed.xml", "courses/first-steps/feed.xml"}
    before = items(show)
    edit(show / "show_notes/001-first-run.md", "# Why do we run?", "# What makes us run?")
    build(show)
    assert items(show) == before


def test_a_build_without_the_audio_gives_the_same_site(show: Path, tmp_path: Path) -> None:
    publish(show)
    clone = tmp_path / "clone"
    ignored = shutil.ignore_patterns("public", ".cache", "*.mp3", "*.m4a")
    shutil.copytree(show, clone, ignore=ignored)
    build(clone)
    assert items(clone) == items(show)
    mine = {p: d for p, d in sources(show / "public").items() if not p.startswith("audio/")}
    theirs = sources(clone / "public")
    assert {p: d for p, d in theirs.items() if ".castpress" not in p} == {
        p: d for p, d in mine.items() if ".castpress" not in p
    }


def test_a_dry_run_changes_not_a_byte(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(show)
    before = sources(show)
    assert run(show, "lock", "--dry-run") == 0
    assert sources(show) == before
    assert "001-first-run" in capsys.readouterr().out


def test_an_output_that_is_not_what_would_be_built_is_not_recorded(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(show)
    edit(show / "show_notes/001-first-run.md", "# Why do we run?", "# What makes us run?")
    before = sources(show)
    assert run(show, "lock") == 1
    assert "error[stale-output]" in capsys.readouterr().err
    shutil.rmtree(show / "public")
    assert run(show, "lock") == 1
    assert {p: d for p, d in before.items() if not p.startswith("public/")} == sources(show)


def test_nothing_to_do_is_said(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    before = (show / "show.lock").read_bytes()
    capsys.readouterr()
    assert run(show, "lock", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["done"], told["frozen"], told["episodes"]) == (False, 0, 3)
    assert (show / "show.lock").read_bytes() == before


def test_a_show_with_an_error_is_not_recorded(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(show)
    (show / "show_notes/001-first-run.md").write_text("---\npublished: never\n---\n", "utf-8")
    assert run(show, "lock") == 1
    assert "error[" in capsys.readouterr().err
