from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from castpress.commands.due import machine_zone
from tests.commands.show_changes import NOW, run


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
    monkeypatch.setenv("CASTPRESS_COMMAND", "/opt/castpress/run")
    assert run(show, "due", "--now", NOW, "--cron") == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == f"0 0 1 1 * /opt/castpress/run publish --show {show}"


@pytest.mark.parametrize(
    ("typed", "called", "expected"),
    [
        ("./run", "-m", "{here}/run"),
        ("tools/../run", "-m", "{here}/run"),
        ("/opt/cast press/run", "-m", "'/opt/cast press/run'"),
        (None, "bin/castpress", "{here}/bin/castpress"),
        (None, "/usr/lib/castpress/__main__.py", f"{sys.executable} -m castpress"),
    ],
)
def test_cron_runs_it_wherever_it_stands(
    typed: str | None,
    called: str,
    expected: str,
    show: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here = tmp_path / "here"
    (here / "tools").mkdir(parents=True)
    monkeypatch.chdir(here)
    monkeypatch.setattr(sys, "argv", [called])
    if typed is None:
        monkeypatch.delenv("CASTPRESS_COMMAND", raising=False)
    else:
        monkeypatch.setenv("CASTPRESS_COMMAND", typed)
    show.rename(tmp_path / "my 100% show")
    command = f"{expected.format(here=here)} publish --show '{tmp_path}/my 100% show'"
    root = Path("../my 100% show")
    assert run(root, "due", "--now", NOW, "--json") == 0
    assert json.loads(capsys.readouterr().out)["command"] == command
    assert run(root, "due", "--now", NOW, "--cron") == 0
    line = capsys.readouterr().out.splitlines()[-1]
    assert line.split(" ", 5)[5] == command.replace("%", r"\%")


def test_cron_runs_a_clone_that_is_elsewhere(show: Path, tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    clone.mkdir()
    (clone / "run").write_text('#!/bin/sh\necho "$@"\n', "utf-8")
    (clone / "run").chmod(0o700)
    due = [sys.executable, "-m", "castpress", "due", "--show", "../show", "--now", NOW, "--cron"]
    env = {"CASTPRESS_COMMAND": "./run", "PYTHONPATH": str(Path.cwd())}
    told = subprocess.check_output(due, cwd=clone, env=env, text=True)
    line = told.splitlines()[-1].split(" ", 5)[5]
    said = subprocess.check_output(["/bin/sh", "-c", line], cwd="/", env={}, text=True)
    assert said == f"publish --show {show}\n"


@pytest.mark.parametrize(
    ("typed", "has_run", "command"),
    [
        ("./run", False, "./run publish"),
        ("./run", True, "./run publish"),
        ("../run", False, "./run publish --show show"),
        ("castpress", False, "./run publish"),
    ],
)
def test_as_a_workflow(
    typed: str,
    command: str,
    show: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *,
    has_run: bool,
) -> None:
    (show / "below").mkdir()
    monkeypatch.chdir(show if typed == "../run" else show / "below")
    monkeypatch.setenv("CASTPRESS_COMMAND", typed)
    if has_run:
        (show / "run").touch()
    assert run(show, "due", "--now", NOW, "--workflow") == 0
    said = capsys.readouterr().out
    assert '- cron: "0 4,5 * * *"' in said
    assert f"run: {command}\n" in said
    is_apart = not has_run and "--show" not in command
    assert ("# The repository has to be a clone of castpress" in said) == is_apart


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
