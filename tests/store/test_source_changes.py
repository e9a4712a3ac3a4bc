from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from castpress.store.output import OutputError
from castpress.store.source_changes import SourceChanges, is_taken

A, B, C = PurePosixPath("a.md"), PurePosixPath("b.md"), PurePosixPath("new/c.md")


def state(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def test_all_changes_are_made(tmp_path: Path) -> None:
    (tmp_path / A).write_bytes(b"a")
    (tmp_path / "there").write_bytes(b"elsewhere")
    with SourceChanges(tmp_path) as changes:
        changes.rename(A, B)
        changes.write(B, b"b")
        changes.copy(tmp_path / "there", C)
    assert state(tmp_path) == {"b.md": b"b", "new/c.md": b"elsewhere", "there": b"elsewhere"}


def test_whatever_goes_wrong_all_is_as_it_was(tmp_path: Path) -> None:
    (tmp_path / A).write_bytes(b"a")

    def work() -> None:
        with SourceChanges(tmp_path) as changes:
            changes.rename(A, B)
            changes.write(B, b"b")
            changes.write(B, b"again")
            changes.write(C, b"c")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        work()
    assert state(tmp_path) == {"a.md": b"a"}


def test_no_name_is_ever_overwritten(tmp_path: Path) -> None:
    (tmp_path / A).write_bytes(b"a")
    (tmp_path / B).symlink_to("nowhere")
    assert is_taken(tmp_path, B)
    with pytest.raises(OutputError, match="there already"), SourceChanges(tmp_path) as changes:
        changes.rename(A, B)
    assert state(tmp_path) == {"a.md": b"a"}


def test_a_file_that_cannot_be_read_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / A).write_bytes(b"a")
    with pytest.raises(OutputError, match="nothing was changed"), SourceChanges(tmp_path) as it:
        it.copy(tmp_path / "nothing", A)
    assert state(tmp_path) == {"a.md": b"a"}


def test_the_mode_of_a_file_stays(tmp_path: Path) -> None:
    (tmp_path / A).write_bytes(b"a")
    (tmp_path / A).chmod(0o640)
    with SourceChanges(tmp_path) as changes:
        changes.write(A, b"b")
    assert (tmp_path / A).stat().st_mode & 0o777 == 0o640
