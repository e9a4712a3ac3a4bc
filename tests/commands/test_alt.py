"""Artwork has words for those who cannot see it, or the author is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from castpress.__main__ import main

NOTE = "show_notes/001-first-run.md"
ALT = "artwork_alt: An orange sun on a blue ground\n"


def told(show: Path, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    words = ["build", "--show", str(show), "--now", "2026-11-21T12:00:00+00:00"]
    assert main(words) == 0
    return capsys.readouterr().err


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new", "key", "line"),
    [
        ("show.yaml", ALT, "", "artwork_alt", "show.yaml:11:"),
        ("show.yaml", ALT, 'artwork_alt: ""\n', "artwork_alt", "show.yaml:11:"),
        (
            "show.yaml",
            "    title: First Steps\n",
            "    title: First Steps\n    artwork: artwork/other.jpg\n",
            "artwork_alt",
            "show.yaml:32:",
        ),
        (NOTE, "---\n", "---\nimage: artwork/other.jpg\n", "image_alt", f"{NOTE}:2:"),
    ],
)
def test_artwork_without_words_is_told_where_it_is_named(
    show: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    key: str,
    line: str,
) -> None:
    shutil.copyfile(show / "artwork/cover.jpg", show / "artwork/other.jpg")
    assert "no-alt" not in told(show, capsys)
    edit(show / file, old, new)
    said = told(show, capsys)
    assert said.count("warning[no-alt]") == 1
    assert line in said
    assert f"write what the picture shows: `{key}: " in said


def test_words_are_written_once_for_a_picture(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(show / NOTE, "---\n", "---\nimage: artwork/cover.jpg\n")
    assert "no-alt" not in told(show, capsys)


def test_a_new_show_has_a_place_for_the_words(tmp_path: Path) -> None:
    assert main(["new", str(tmp_path / "mine"), "--base-url", "mine.example"]) == 0
    rows = (tmp_path / "mine/show.yaml").read_text("utf-8").splitlines()
    place = rows.index("# artwork: artwork/cover.jpg")
    assert rows[place + 1].startswith("# artwork_alt: ")
