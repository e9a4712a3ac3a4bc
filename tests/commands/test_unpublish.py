from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.commands.show_changes import build, entry, items, publish, run, sources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")


def test_an_episode_leaves_and_comes_back_as_itself(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(show)
    before, page = items(show), show / "public/episodes/why-do-we-run/index.html"
    assert run(show, "unpublish", "001-first-run") == 0
    assert "nobody can take that back" in capsys.readouterr().err
    assert run(show, "build") == 0
    assert "taken back: Why do we run?" in capsys.readouterr().err
    assert len(items(show)) == len(before) - 1
    assert not page.exists()
    assert (show / "episodes/001-first-run.mp3").exists()
    assert run(show, "unpublish", "why-do-we-run", "--undo") == 0
    build(show)
    assert items(show) == before
    assert page.exists()
    assert entry(show, "001-first-run")["revision"] == 2


def test_a_dry_run_changes_not_a_byte(show: Path) -> None:
    publish(show)
    before = sources(show)
    assert run(show, "unpublish", "001-first-run", "--dry-run") == 0
    assert sources(show) == before


def test_what_was_never_out_cannot_be_taken_back(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(show)
    assert run(show, "unpublish", "003-later") == 1
    assert "draft: true" in capsys.readouterr().err


def test_nothing_to_do_is_said(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    capsys.readouterr()
    assert run(show, "unpublish", "001-first-run", "--undo", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["done"] is False
    assert "not taken back" in told["notices"][0]
