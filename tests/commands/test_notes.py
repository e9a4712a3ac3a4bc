from __future__ import annotations

import json
from typing import TYPE_CHECKING

from castpress.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PASTED = (
    "Why do hills help?\n\nWhat’s this episode about?\n\nHills make legs strong.\n\n"
    "Stranger Things [0-2 min]\n\nA goose.\n\nThe hill [2-5 min]\n\n  • up\n\n  • down\n\n"
    "The drill, see video below.\n\nCoach Amy2 Comments\n"
)
KEYS = {
    "file", "title", "duration_ms", "chapters", "sections", "lists", "topics", "exercises",
    "people", "links", "summary", "problems",
}  # fmt: skip


def test_a_table_of_what_was_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hills.txt").write_text(PASTED, "utf-8")
    assert main(["notes", str(tmp_path / "hills.txt")]) == 0
    said = capsys.readouterr()
    assert "title     Why do hills help?" in said.out
    assert "2:00  The hill" in said.out
    assert "warning[missing-video]" in said.err


def test_clean_markdown_to_keep_reads_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "hills.txt").write_text(PASTED, "utf-8")
    main(["notes", str(tmp_path / "hills.txt"), "--markdown"])
    (tmp_path / "hills.md").write_text(capsys.readouterr().out, "utf-8")
    rows = []
    for name in ("hills.txt", "hills.md"):
        main(["notes", str(tmp_path / name), "--json"])
        row = json.loads(capsys.readouterr().out)
        rows.append(
            [[(c["start_ms"], c["title"]) for c in row["chapters"]], row["title"], row["summary"]]
        )
    assert rows[0] == rows[1]
    assert rows[0][0] == [(0, "Stranger Things"), (120_000, "The hill")]


def test_one_object_a_file_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("one.txt", "two.md"):
        (tmp_path / name).write_text(PASTED, "utf-8")
    files = [str(tmp_path / name) for name in ("one.txt", "two.md")]
    assert main(["notes", *files, "--json", "--duration", "400"]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [set(row) for row in rows] == [KEYS, KEYS]
    assert rows[0]["duration_ms"] == 400_000
    assert rows[0]["lists"] == [{"ordered": False, "items": ["up", "down"], "line": 13}]


def test_an_end_that_nothing_states_is_not_made_up(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.md").write_text("00:00 Hello\n01:00 Talk\n02:00 Bye\n", "utf-8")
    main(["notes", str(tmp_path / "a.md"), "--json"])
    ends = [c["end_ms"] for c in json.loads(capsys.readouterr().out)["chapters"]]
    assert ends == [60_000, 120_000, None]


def test_a_file_that_cannot_be_read_is_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["notes", str(tmp_path / "missing.md")]) == 1
    assert "error[missing-file]" in capsys.readouterr().err
