from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from castpress.cli import as_typed, main

ROOT = Path()


def test_a_word_that_is_nearly_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["biuld"]) == 2
    assert "did you mean `build`?" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["build", "--nope"], ["notes"]])
def test_wrong_usage_is_exit_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 2
    assert capsys.readouterr().err.startswith("usage: castpress")


def test_a_moment_without_sense_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--show", "tests/shows/tiny", "--now", "soon"]) == 2
    assert "--now 'soon' is no moment" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    assert "Build the feeds and pages" in capsys.readouterr().out


def test_without_the_packages_one_line_says_what_to_type(tmp_path: Path) -> None:
    """An isolated interpreter that sees the clone and no installed package."""
    ran = subprocess.run(
        [sys.executable, "-S", "build.py", "--output", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={"PATH": "/usr/bin"},
    )
    assert ran.returncode == 3
    assert ran.stderr.count("\n") == 1
    assert "./run build" in ran.stderr


def test_usage_and_help_import_nothing_heavy() -> None:
    script = (
        "import sys; from castpress.cli import main; main(['build', '--help']);"
        "heavy = {'pydantic', 'lxml', 'jinja2', 'feedgen', 'mutagen', 'PIL', 'pyromark', 'rich'};"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stderr


def test_a_reader_that_goes_away_is_no_bug() -> None:
    ran = subprocess.run(
        f"{sys.executable} -m castpress --help | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr == ""


def test_advice_names_the_command_as_it_is_called_here(monkeypatch: pytest.MonkeyPatch) -> None:
    advice = "type `castpress retag 001`; castpress keeps it"
    monkeypatch.setenv("CASTPRESS_COMMAND", "./run")
    assert as_typed(advice) == "type `./run retag 001`; castpress keeps it"
    monkeypatch.delenv("CASTPRESS_COMMAND")
    assert as_typed(advice) == advice
