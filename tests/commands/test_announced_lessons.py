"""A lesson says what comes next, whichever audio lies on the machine that builds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from castpress.cli import main

SOUND = Path("tests/corpus/audio/cbr.mp3")
SETTINGS = """\
title: Steps
base_url: https://steps.example/
guid: 0d1c7f0e-33c5-5f0f-8f7e-4b5f6a1f2c3d
description: Walking.
categories: [Sports]
courses:
  feet:
    title: Feet
    description: From the toes up.
    release: {start: 2026-03-01 06:00, every: week}
"""
NOTE = "---\ncourse: feet\nlesson: {number}\nteaser: {teaser}\n---\n# {title}\n\nSome words.\n"
LESSONS = ((1, "Toes", "Ten of them."), (2, "Heels", "Where it begins."), (3, "Arches", "A vault."))


def build(root: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, bytes]:
    assert main(["build", "--show", str(root), "--now", "2026-03-02T00:00:00Z"]) == 0
    capsys.readouterr()
    course = root / "public/courses/feet"
    return {name: (course / name).read_bytes() for name in ("feed.xml", "index.html")}


def test_a_clone_without_the_next_lessons_audio_announces_it_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "show"
    for folder in ("episodes", "show_notes"):
        (root / folder).mkdir(parents=True)
    (root / "show.yaml").write_text(SETTINGS)
    for number, title, teaser in LESSONS:
        note = NOTE.format(number=number, title=title, teaser=teaser)
        (root / f"show_notes/{number}.md").write_text(note)
        shutil.copyfile(SOUND, root / f"episodes/{number}.mp3")
    clone = tmp_path / "clone"
    shutil.copytree(root, clone)
    (clone / "episodes/2.mp3").unlink()
    (clone / "episodes/3.mp3").unlink()

    whole, bare = build(root, capsys), build(clone, capsys)

    assert bare == whole
    assert b"Next lesson: Heels (8 March 2026)" in whole["feed.xml"]
    assert b"Where it begins." in whole["index.html"]
    assert not any(b"Arches" in page for page in whole.values())
