from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from castpress.commands.due import machine_zone
from tests.commands.show_changes import NOW, run

if TYPE_CHECKING:
    from pathlib import Path


def test_what_waits_and_until_when(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(show, "due", "--now", NOW) == 0
    said = capsys.readouterr()
    assert said.out == "2031-01-01 06:00+01:00  A run in the future\n"
    assert "next build due at 2031-01-01T06:00:00+01:00" in said.err
    assert not (show / "public").exists()


def test_as_one_object(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(show, "due", "--now", NOW, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["next_due_utc"] == "2031-01-01T05:00:00+00:00"
    assert (told["title"], told["waiting"]) == ("A run in the future", 1)


def test_as_a_line_of_cron(
    show: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "America/New_York")
    assert run(show, "due", "--now", NOW, "--cron") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == f"0 0 1 1 * cd {show} && castpress publish"


def test_as_a_workflow(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(show, "due", "--now", NOW, "--workflow") == 0
    said = capsys.readouterr().out
    assert '- cron: "0 4,5 * * *"' in said
    assert "run: ./run publish" in said


def test_nothing_waits(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (show / "show_notes/003-later.md").unlink()
    for words in ([], ["--json"], ["--cron"], ["--workflow"]):
        assert run(show, "due", "--now", NOW, *words) == 0
    assert "nothing is scheduled" in capsys.readouterr().out


def test_without_a_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, "due") == 1
    assert "error[no-show]" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "hours"), [("Europe/Berlin", 1), (":Asia/Tokyo", 9)])
def test_the_zone_of_the_machine_by_its_name(
    name: str, hours: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", name)
    winter = datetime(2026, 1, 1, tzinfo=UTC)
    assert winter.astimezone(machine_zone(winter)).utcoffset() == timedelta(hours=hours)


def test_a_zone_without_a_name_is_an_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "../../etc/passwd")
    assert machine_zone(datetime(2026, 1, 1, tzinfo=UTC)) is not None
    assert machine_zone(None) is not None
