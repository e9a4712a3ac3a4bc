"""A disk that is full at some point of a build, and sources that change while they are read."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from castpress.cli import main
from castpress.commands import exit_codes
from tests.state.trees import tree
from tests.tiny_show import copy_tiny

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = "2026-11-21T12:00:00+00:00"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 6 MB, where this machine lets us have one."""
    mount, umount = shutil.which("mount"), shutil.which("umount")
    place = tmp_path / "disk"
    place.mkdir()
    words = [mount or "mount", "-t", "tmpfs", "-o", "size=6m", "castpress", str(place)]
    if mount is None or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("this machine mounts no small disk (not root, or no tmpfs)")
    yield place
    subprocess.run([umount or "umount", str(place)], check=True)


def build(root: Path) -> int:
    return main(["build", "--show", str(root), "--now", NOW, "-q"])


def test_a_full_disk_leaves_what_was_there(
    small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The disk is filled up to every point of a build in turn."""
    root = copy_tiny(small_disk / "show")
    assert build(root) == exit_codes.OK
    old = tree(root / "public")
    settings = root / "show.yaml"
    settings.write_text(settings.read_text("utf-8").replace("Small steps", "Long steps"), "utf-8")
    with tempfile.TemporaryDirectory() as elsewhere:
        copy = Path(elsewhere) / "show"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".cache", "public"))
        assert build(copy) == exit_codes.OK
        new = tree(copy / "public")
    shutil.rmtree(root / ".cache")
    failed = 0
    for free_kb in (4, 16, 48, 96, 160, 240, 320, 448, 640, 1024):
        ballast = small_disk / "ballast"
        ballast.unlink(missing_ok=True)
        room = shutil.disk_usage(small_disk).free - free_kb * 1024
        ballast.write_bytes(b"\0" * max(room, 0))
        code = build(root)
        said = capsys.readouterr().err
        if code == exit_codes.OK:
            break
        failed += 1
        assert code == exit_codes.PROBLEMS
        assert "make room on the disk" in said or "no space left" in said.lower(), said
        assert tree(root / "public") in (old, new)
        assert "Traceback" not in said
    (small_disk / "ballast").unlink(missing_ok=True)
    assert failed >= 2
    assert build(root) == exit_codes.OK
    assert tree(root / "public") == new


def test_a_note_that_changes_between_two_looks_stops_the_build(
    tmp_path: Path, drawn: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy_tiny(tmp_path / "show", drawn)
    time.sleep(0.1)  # younger files are opened at every build
    assert build(root) == exit_codes.OK
    old = tree(root / "public")
    settings = root / "show.yaml"
    settings.write_text(settings.read_text("utf-8").replace("Small steps", "Long steps"), "utf-8")
    from castpress.commands.workshop import Workshop

    read = Workshop.read

    def change_and_read(self: Workshop, task: object) -> object:
        note = root / "show_notes" / "001-first-run.md"
        note.write_text(note.read_text("utf-8") + "more", "utf-8")
        return read(self, task)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(Workshop, "read", change_and_read)
        assert build(root) == exit_codes.PROBLEMS
    assert "was changed or removed while it was read" in capsys.readouterr().err
    assert tree(root / "public") == old
    assert build(root) == exit_codes.OK
