from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands.show_changes import build, edit, entry, items, publish, run, sources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")


def retitle(show: Path) -> None:
    note = show / "show_notes/001-first-run.md"
    edit(note, "# Why do we run?", "# What makes us run?")
    edit(note, "## Reasons & rests [0:30-1:10]", "## Reasons [0:40-1:10]")


def test_what_has_changed_is_told_and_goes_out_at_a_new_address(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(show)
    before = items(show)
    retitle(show)
    build(show)
    assert items(show) == before
    capsys.readouterr()
    assert run(show, "retag", "001-first-run") == 0
    said = capsys.readouterr().err
    assert "title 'What makes us run?', 'Why do we run?' before" in said
    assert "has other chapters" in said
    assert entry(show, "001-first-run")["revision"] == 1
    build(show)
    assert items(show).keys() == before.keys()
    assert items(show) != before
    assert "drift" not in capsys.readouterr().err


def test_all_takes_those_that_have_fallen_behind(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(show)
    retitle(show)
    capsys.readouterr()
    assert run(show, "retag", "--all", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["episode"] for row in told["episodes"]] == ["001-first-run"]
    assert "revision" not in entry(show, "002-two-hills")


def test_a_dry_run_changes_not_a_byte(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    retitle(show)
    before = sources(show)
    assert run(show, "retag", "--all", "--dry-run") == 0
    assert sources(show) == before
    assert "001-first-run: title" in capsys.readouterr().out


def test_nothing_to_do_is_said(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    capsys.readouterr()
    for words in (["--all"], ["001-first-run", "003-later"]):
        assert run(show, "retag", *words) == 0
        assert "Nothing to do" in capsys.readouterr().out


def test_nothing_can_be_written_into_audio_that_is_not_here(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(show)
    retitle(show)
    (show / "episodes/001-first-run.mp3").unlink()
    before = sources(show)
    assert run(show, "retag", "001-first-run") == 1
    assert "error[no-new-audio]" in capsys.readouterr().err
    assert run(show, "retag", "--all") == 0
    assert "stays as it is" in capsys.readouterr().out
    assert sources(show) == before


def test_which_ones_must_be_said(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(show, "retag") == 2
    assert run(show, "retag", "--all", "001-first-run") == 2
    assert run(show, "retag", "nobody") == 2
    assert "error[unknown-episode]" in capsys.readouterr().err
