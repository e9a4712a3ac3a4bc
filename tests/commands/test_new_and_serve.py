from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from typing import TYPE_CHECKING

from castpress.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_a_new_show_needs_only_audio_and_a_date(tmp_path: Path) -> None:
    show = tmp_path / "my show"
    words = ["--title", 'Runs: "fast" & slow', "--host", "Ida", "--time-zone", "Europe/Berlin"]
    assert main(["new", str(show), *words, "--base-url", "runs.example"]) == 0
    assert main(["check", "--show", str(show), "-q"]) == 1
    settings = show / "show.yaml"
    text = settings.read_text("utf-8").replace("description:", "description: Fast runs and slow.")
    settings.write_text(text.replace("categories:", "categories: [Sports > Running]"), "utf-8")
    assert main(["check", "--show", str(show), "-q"]) == 0
    shutil.copyfile(
        "tests/shows/tiny/episodes/001-first-run.mp3", show / "episodes/001-first-episode.mp3"
    )
    note = show / "show_notes/001-first-episode.md"
    text = note.read_text("utf-8").replace("draft: true\n", "")
    dated = text.replace("# published: 2026-01-31", "published: 2026-01-31")
    note.write_text(dated.replace("[0-2 min]", "[0-1 min]").replace("[2-12 min]", "[1 min-end]"))
    assert main(["build", "--show", str(show), "-q"]) == 0
    assert (show / "public/episodes/the-first-episode/index.html").exists()


def test_no_two_new_shows_have_the_same_guid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without an address nothing is minted; the build tells the line to write."""
    main(["new", str(tmp_path)])
    assert "\nguid:" not in (tmp_path / "show.yaml").read_text("utf-8")
    assert main(["build", "--show", str(tmp_path)]) == 1
    assert "error[missing-key]: `guid` is missing" in capsys.readouterr().err


def test_a_new_show_touches_nothing_that_is_there(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine\n")
    assert main(["new", str(tmp_path), "--time-zone", "Berlin"]) == 2
    assert main(["new", str(tmp_path), "--time-zone", "Europe/Berlin"]) == 0
    assert (tmp_path / ".gitignore").read_text() == "mine\n"


def test_a_show_that_is_there_already_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["new", str(tmp_path)])
    before = (tmp_path / "show.yaml").read_text("utf-8")
    assert main(["new", str(tmp_path), "--title", "Another"]) == 1
    assert (tmp_path / "show.yaml").read_text("utf-8") == before
    assert "already" in capsys.readouterr().err


def test_serve_builds_shows_and_builds_again(show: Path) -> None:
    """A real server in a process of its own, ended as a person ends it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "castpress", "serve", "--show", str(show), "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1", "SOURCE_DATE_EPOCH": "1795262400"},
    )
    try:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        with urllib.request.urlopen(address) as answer:
            assert "Tiny Runs" in answer.read().decode("utf-8")
        settings = show / "show.yaml"
        settings.write_text(settings.read_text("utf-8").replace("Tiny Runs", "Great Runs"), "utf-8")
        for _ in range(100):
            with urllib.request.urlopen(address) as answer:
                if "Great Runs" in answer.read().decode("utf-8"):
                    break
            time.sleep(0.2)
        else:
            raise AssertionError("the change was not built within twenty seconds")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
    finally:
        process.kill()
        process.wait()
        process.stdout.close()  # type: ignore[union-attr]
