from __future__ import annotations

import json
from pathlib import Path

import pytest

from castpress.model.artifact import OutputFile, Wave
from castpress.store.manifest import (
    MANIFEST,
    STATE,
    hold_inside,
    placed,
    read_manifest,
    write_manifest,
)

FILE = OutputFile("episodes/a/index.html", Wave.PAGE, "ab" * 32, 5)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    (tmp_path / STATE).mkdir()
    (tmp_path / "episodes/a").mkdir(parents=True)
    page = tmp_path / FILE.path
    page.write_bytes(b"hello")
    write_manifest(tmp_path, {FILE.path: placed(FILE, page.stat().st_mtime_ns)})
    return tmp_path


def test_what_is_written_is_read(output: Path) -> None:
    known = read_manifest(output)
    assert list(known) == [FILE.path]
    row = known[FILE.path]
    assert row.file == FILE
    assert row.is_of(FILE)
    assert row.is_intact(output)
    assert [path.name for path in (output / STATE).iterdir()] == [MANIFEST]


@pytest.mark.parametrize("change", ["longer", "younger", "gone", "a folder"])
def test_a_file_that_was_touched_is_not_intact(output: Path, change: str) -> None:
    page = output / FILE.path
    row = read_manifest(output)[FILE.path]
    if change == "longer":
        page.write_bytes(b"hello!")
    elif change == "younger":
        page.touch()
    else:
        page.unlink()
        if change == "a folder":
            page.mkdir()
    assert not row.is_intact(output)


def test_a_manifest_that_was_damaged_anywhere_leads_nowhere(output: Path) -> None:
    """It holds what may be removed: whatever is read from it lies in the output."""
    manifest = output / STATE / MANIFEST
    data = manifest.read_bytes()
    for place in range(len(data)):
        for bits in (1, 4, 0x80):
            broken = bytearray(data)
            broken[place] ^= bits
            manifest.write_bytes(broken)
            for row in read_manifest(output).values():
                row.is_intact(output)
                assert (output / row.path).resolve().is_relative_to(output.resolve())
        manifest.write_bytes(data[:place])
        assert read_manifest(output) == {}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        5,
        {"a": []},
        {"a": [1, "ab", 5]},
        {"a": [1, "ab", 5, "now"]},
        {"a": [True, "ab", 5, 6]},
        {"a": [1, None, 5, 6]},
        {"../a": [1, "ab", 5, 6]},
        {"a/../../b": [1, "ab", 5, 6]},
        {"/etc/passwd": [1, "ab", 5, 6]},
        {"": [1, "ab", 5, 6]},
    ],
)
def test_what_is_no_manifest_is_an_empty_one(output: Path, rows: object) -> None:
    (output / STATE / MANIFEST).write_text(json.dumps(rows), "utf-8")
    assert read_manifest(output) == {}


def test_a_row_of_the_first_days_is_ours_and_never_intact(output: Path) -> None:
    (output / STATE / MANIFEST).write_text(json.dumps({FILE.path: "ab"}), "utf-8")
    row = read_manifest(output)[FILE.path]
    assert not row.is_intact(output)
    assert not row.is_of(FILE)


def test_names_with_two_dots_in_them_are_names() -> None:
    hold_inside(["a..b", "a/b..", "..a/b"])
    for path in ("..", "a/..", "/a", ""):
        with pytest.raises(ValueError, match="leads out"):
            hold_inside([path])
