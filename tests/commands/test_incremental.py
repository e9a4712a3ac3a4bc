"""A build that takes over what it can: after each edit what a clean one makes and says.

After each of a chain of edits with CASTPRESS_LONG=1, else after every other and the last.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from castpress.__main__ import main
from castpress.cli import Terminal
from castpress.commands import exit_codes
from castpress.commands.build import build as build_show
from castpress.store.ledger import read_ledger
from tests.state.trees import tree

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = bool(os.environ.get("CASTPRESS_LONG"))
NOW = "2026-11-21T12:00:00+00:00"
SOUNDS = Path("tests/corpus/audio")
SOUND = (SOUNDS / "mpeg25-mono-8k.mp3").read_bytes()
PICTURES = Path("artwork/wide.jpg"), Path("artwork/runners-e-course.jpg")
SETTINGS = """\
title: A Show in the Works
base_url: https://works.example/
guid: 5c0b2f0e-6b1c-5a55-8f0e-0a4c2f1d9b77
description: Made to be edited.
author: Ida Berg
categories: [Sports > Running]
courses:
  steps:
    title: Steps
    description: One after the other.
"""
NOTE = """\
---
published: 2026-03-0{number} 06:00
tags: [running]
{keys}---
# Talk {number}

## What's this episode about?

A goose.

## Start [0:00]

Words.
"""


# Bytes of text with which the description of an episode of that note has nearly all it may have.
JUST_FITTING = 3750


def put(root: Path, number: int, keys: str = "") -> None:
    """Write an episode: its note, and audio that no other has."""
    tag = b"TAG" + str(number).encode().ljust(125, b"\0")
    (root / f"episodes/{number:03}-talk.mp3").write_bytes(SOUND + tag)
    write(root, f"show_notes/{number:03}-talk.md", NOTE.format(number=number, keys=keys))


def write(root: Path, name: str, text: str) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, "utf-8")


def replace(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text("utf-8")
    assert old in text
    write(root, name, text.replace(old, new, 1))


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small show without pictures, built once: to draw them takes longer than all the rest."""
    root = tmp_path_factory.mktemp("incremental") / "show"
    (root / "episodes").mkdir(parents=True)
    write(root, "show.yaml", SETTINGS)
    for number in range(1, 5):
        put(root, number)
    put(root, 5, "course: steps\nlesson: 1\n")
    assert build(root)[0] == exit_codes.OK
    return root


@pytest.fixture
def show(original: Path, tmp_path: Path) -> Path:
    root = shutil.copytree(original, tmp_path / "show")
    time.sleep(0.06)
    assert build(root)[0] == exit_codes.OK
    return root


def build(root: Path, *words: str) -> tuple[int, str]:
    """The exit code of a build in the show's folder, and what it said but for its last line."""
    out = io.TextIOWrapper(io.BytesIO())
    with (
        contextlib.chdir(root),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
    ):
        code = main(["build", "--now", NOW, *words])
    out.flush()
    said = out.buffer.getvalue().decode()
    return code, re.sub(r"^public: .*\n", "", said, flags=re.MULTILINE)


def same_as_clean(root: Path, *words: str, keeps_compiled: bool = True) -> tuple[int, str]:
    """Build here, and where only the sources are; both come to the same."""
    clean = root.parent / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    shutil.copytree(root, clean, ignore=shutil.ignore_patterns(".cache", "public"))
    compiled = root / ".cache/castpress/templates"
    if keeps_compiled and compiled.exists():
        # To compile them takes longer than all the rest; Jinja holds them to their texts.
        shutil.copytree(compiled, clean / ".cache/castpress/templates")
    old = tree(root / "public")
    result = build(root, *words)
    assert result == build(clean, *words)
    is_done = result[0] == exit_codes.OK
    assert tree(root / "public") == (tree(clean / "public") if is_done else old)
    assert lock(root) == lock(clean)
    # With nothing to do: by a quick look where one is possible, and by a whole one.
    made = tree(root / "public")
    for _ in range(2):
        again = build(root, *words)
        assert without_what_is_said_once(again) == without_what_is_said_once(result)
        assert tree(root / "public") == made
        (root / ".cache/castpress/unchanged").unlink(missing_ok=True)
    return result


def without_what_is_said_once(result: tuple[int, str]) -> tuple[int, str]:
    code, said = result
    if code == exit_codes.OK:
        said = re.sub(r"warning\[episode-gone\]: .*\n.*\n.*\n\n", "", said)
        said = re.sub(r"\d+ warnings?\n", "", said)
    return code, said


def lock(root: Path) -> bytes | None:
    file = root / "show.lock"
    return file.read_bytes() if file.exists() else None


def own_template(root: Path, name: str, tail: str) -> None:
    """The packaged one with something inside of its last block."""
    text = Path("templates", name).read_text("utf-8")
    before, end, after = text.rpartition("{% endblock %}")
    write(root, f"templates/{name}", before + tail + end + after)


CHAINS: dict[str, tuple[Callable[[Path], object], ...]] = {
    "templates": (
        lambda r: own_template(r, "episode.html", '{% include "x/a.html" ignore missing %}'),
        lambda r: write(r, "templates/x/a.html", "<p>A</p>"),
        lambda r: write(r, "templates/x/a.html", '{% import "x/m.html" as m %}{{ m.say() }}'),
        lambda r: write(r, "templates/x/m.html", "{% macro say() %}M{% endmacro %}"),
        lambda r: write(
            r, "templates/x/m.html", '{% macro say() %}{% include "k.svg" %}{% endmacro %}'
        ),
        lambda r: write(r, "templates/k.svg", "<svg/>"),
        lambda r: write(r, "templates/k.svg", "<svg></svg>"),
        lambda r: write(r, "templates/x/a.html", "{% include ['no.html', 'yes.html'] %}"),
        lambda r: write(r, "templates/yes.html", "<p>yes</p>"),
        lambda r: write(r, "templates/no.html", "<p>no</p>"),
        lambda r: write(r, "templates/x/a.html", "{% set n = 'y' ~ 'es.html' %}{% include n %}"),
        lambda r: write(r, "templates/yes.html", "<p>yes!</p>"),
        lambda r: write(r, "templates/x/a.html", "{% if page.title == 'Talk 1' %}{{ 1 / 0 }}"),
        lambda r: (r / "templates/x/a.html").unlink(),
    ),
    "templates that stand for packaged ones": (
        lambda r: own_template(r, "base.html", "<!-- mine -->"),
        lambda r: own_template(r, "lesson.html", "<!-- mine -->"),
        lambda r: write(r, "templates/theme.css", "p{color:red}"),
        lambda r: write(r, "templates/player.js", "// none"),
        lambda r: (r / "templates/base.html").unlink(),
        lambda r: write(r, "templates/robots.txt", "x"),
        lambda r: shutil.rmtree(r / "templates"),
    ),
    "tags, seasons and people": (
        lambda r: replace(r, "show_notes/001-talk.md", "[running]", "[Running, rest]"),
        lambda r: replace(r, "show_notes/001-talk.md", "---\n", "---\nseason: 2\n"),
        lambda r: replace(r, "show_notes/002-talk.md", "---\n", "---\nseason: 1\n"),
        lambda r: replace(r, "show_notes/001-talk.md", "season: 2", "season: 2\nseason_name: Ice"),
        lambda r: replace(
            r, "show_notes/003-talk.md", "---\n", "---\npeople: [{name: Zoë, role: guest}]\n"
        ),
        lambda r: replace(r, "show_notes/003-talk.md", "name: Zoë", "name: Zoë, bio: Ran."),
        lambda r: replace(r, "show_notes/003-talk.md", "Words.", "Other words."),
        lambda r: replace(r, "show.yaml", "guid:", "people: [{name: zoe, bio: Now.}]\nguid:"),
        lambda r: replace(r, "show.yaml", "guid:", "feeds: {x: {tag: rest}}\nguid:"),
        lambda r: own_template(r, "tag.html", "<p>mine</p>"),
        lambda r: replace(r, "show_notes/001-talk.md", "[Running, rest]", "[]"),
        lambda r: (r / "show_notes/002-talk.md").unlink(),
    ),
    "pages of the author's own": (
        lambda r: write(r, "pages/about.md", "---\nnav: true\n---\n# About\n\n[Gear](gear.md)\n"),
        lambda r: write(r, "pages/gear.md", "Shoes.\n"),
        lambda r: replace(r, "show_notes/001-talk.md", "Words.", "[Gear](../pages/gear.md)"),
        lambda r: write(r, "pages/gear.md", "Other shoes.\n"),
        lambda r: write(r, "pages/gear.md", "---\nslug: kit\n---\nOther shoes.\n"),
        lambda r: write(r, "pages/tags.md", "Mine.\n"),
        lambda r: (r / "pages/tags.md").unlink(),
        lambda r: (r / "pages/gear.md").unlink(),
        lambda r: write(r, "pages/why.md", "---\ntype: article\npublished: 2026-05-01\n---\nSo.\n"),
        lambda r: replace(r, "pages/why.md", "So.", "Because."),
        lambda r: replace(r, "pages/why.md", "2026-05-01", "2030-05-01"),
        lambda r: shutil.rmtree(r / "pages"),
    ),
    "exercises": (
        lambda r: replace(
            r,
            "show_notes/001-talk.md",
            "Words.",
            "Words.\n\n## Exercises\n\n- Plank – for the back.\n",
        ),
        lambda r: replace(
            r, "show_notes/005-talk.md", "---\n", "---\nexercises: [{name: plank}, {name: Squat}]\n"
        ),
        lambda r: replace(r, "show_notes/001-talk.md", "for the back", "for the trunk"),
        lambda r: replace(r, "show_notes/001-talk.md", "## Exercises", "## Exercises [0:00]"),
        lambda r: replace(r, "show_notes/005-talk.md", "name: plank", "name: Side plank"),
        lambda r: own_template(r, "exercises.html", "<p>mine</p>"),
        lambda r: replace(r, "show_notes/001-talk.md", "Plank – for the trunk.", "Bridge."),
        lambda r: put(r, 5),
        lambda r: put(r, 1),
    ),
    "tags of articles": (
        lambda r: write(r, "pages/why.md", "---\ntype: article\ntags: [Running]\n---\nSo.\n"),
        lambda r: write(r, "pages/how.md", "---\ntype: article\ntags: gear\n---\nThus.\n"),
        lambda r: replace(r, "pages/how.md", "gear", "gear, running"),
        lambda r: replace(r, "pages/why.md", "So.", "Because."),
        lambda r: replace(r, "pages/why.md", "---\nBecause", "summary: Why.\n---\nBecause"),
        lambda r: replace(r, "pages/how.md", "---\n", "---\npublished: 2026-05-01\n"),
        lambda r: replace(r, "show_notes/001-talk.md", "Words.", "[So](../pages/why.md)"),
        lambda r: replace(r, "show_notes/002-talk.md", "[running]", "[gear]"),
        lambda r: (r / "pages/how.md").unlink(),
        lambda r: replace(r, "pages/why.md", "[Running]", "[]"),
    ),
    "pictures in texts": (
        lambda r: write(r, "pages/gear.md", "![Shoes](shoes.jpg)\n"),
        lambda r: replace(r, "show_notes/001-talk.md", "Words.", "![Shoes](../pages/shoes.jpg)"),
        lambda r: shutil.copy(PICTURES[0], r / "pages/shoes.jpg"),
        lambda r: replace(r, "show_notes/002-talk.md", "Words.", "![](../pages/shoes.jpg)"),
        lambda r: (r / "pages/shoes.jpg").write_bytes(b"none"),
        lambda r: (r / "pages/shoes.jpg").write_bytes(PICTURES[1].read_bytes()),
        lambda r: replace(r, "show_notes/001-talk.md", "![Shoes](", "[Shoes]("),
        lambda r: (r / "pages/shoes.jpg").unlink(),
    ),
    "redirects": (
        lambda r: replace(r, "show_notes/001-talk.md", "---\n", "---\naliases: [old-talk]\n"),
        lambda r: write(
            r,
            "templates/redirect.html",
            Path("templates/redirect.html").read_text("utf-8") + "<!-- mine -->",
        ),
        lambda r: replace(r, "show_notes/001-talk.md", "---\n", "---\nslug: new-talk\n"),
        lambda r: replace(r, "show_notes/002-talk.md", "---\n", "---\nslug: old-talk\n"),
        lambda r: replace(r, "show_notes/002-talk.md", "slug: old-talk\n", ""),
    ),
    "neighbours": (
        lambda r: replace(r, "show_notes/002-talk.md", "# Talk 2", "# Another talk"),
        lambda r: replace(r, "show_notes/003-talk.md", "[running]", "[rest]"),
        lambda r: replace(r, "show_notes/001-talk.md", "2026-03-01", "2026-03-20"),
        lambda r: (r / "show_notes/002-talk.md").unlink(),
        lambda r: put(r, 2),
        lambda r: replace(r, "show_notes/004-talk.md", "---\n", "---\nepisode: 9\n"),
        lambda r: replace(r, "show_notes/004-talk.md", "---\n", "---\nupdated: 2027-01-01\n"),
    ),
    "related by name": (
        lambda r: replace(
            r, "show_notes/001-talk.md", "---\n", "---\nrelated: [003, about, 009-talk, Talk 5]\n"
        ),
        lambda r: replace(r, "show_notes/003-talk.md", "# Talk 3", "# Another talk"),
        lambda r: write(r, "pages/about.md", "# About us\n"),
        lambda r: write(r, "pages/about.md", "# About them\n"),
        lambda r: put(r, 9),
        lambda r: replace(r, "show_notes/009-talk.md", "published: 2026-03-09", "draft: true"),
        lambda r: replace(r, "show_notes/003-talk.md", "---\n", "---\nslug: elsewhere\n"),
        lambda r: replace(r, "show_notes/001-talk.md", "[003, ", "[elsewhere, "),
        lambda r: (r / "show_notes/003-talk.md").unlink(),
        lambda r: shutil.rmtree(r / "pages"),
    ),
    "who wrote the transcript down": (
        lambda r: write(r, "show_notes/001-talk.srt", "1\n00:00:00,0 --> 00:00:01,0\nNa.\n"),
        lambda r: write(r, "show.yaml", SETTINGS + "transcript_made_by: machine\n"),
        lambda r: replace(
            r, "show_notes/001-talk.md", "---\n", "---\ntranscript_made_by: people\n"
        ),
    ),
    "sponsors": (
        lambda r: write(
            r, "show.yaml", SETTINGS + "sponsors: {title: Hall, url: https://h.example/}\n"
        ),
        lambda r: replace(r, "show_notes/001-talk.md", "---\n", "---\nsponsors: []\n"),
        lambda r: replace(r, "show.yaml", "title: Hall", "title: Socks"),
    ),
    "good places to start": (
        lambda r: replace(r, "show_notes/002-talk.md", "---\n", "---\npinned: true\n"),
        lambda r: replace(r, "show_notes/001-talk.md", "---\n", "---\npinned: true\n"),
        lambda r: replace(r, "show_notes/002-talk.md", "pinned: true", "pinned: false"),
    ),
    "the year of the copyright": (
        lambda r: write(r, "show.yaml", SETTINGS + "copyright: © {year} Ida\n"),
        lambda r: replace(r, "show_notes/002-talk.md", "---\n", "---\nupdated: 2027-02-01\n"),
    ),
    "corrections": (
        lambda r: replace(r, "show_notes/001-talk.md", "---\n", "---\ncorrections: It is.\n"),
        lambda r: replace(r, "show_notes/001-talk.md", "It is.", "{text: Is, at: 9:00:00}"),
        lambda r: replace(r, "show_notes/001-talk.md", "9:00:00", "0:01, date: 2026-05-01"),
    ),
    "courses": (
        lambda r: put(r, 6, "course: steps\nlesson: 2\n"),
        lambda r: put(r, 5),
        lambda r: put(r, 6),
        lambda r: put(r, 5, "course: steps\nlesson: 3\n"),
        lambda r: replace(r, "show.yaml", "title: Steps", "title: More Steps"),
    ),
    "transcripts": (
        lambda r: write(r, "words/a.vtt", "WEBVTT\n\n00:00.000 --> 00:01.000\nWell.\n"),
        lambda r: replace(
            r, "show_notes/001-talk.md", "---\n", "---\ntranscript: ../words/a.vtt\n"
        ),
        lambda r: replace(r, "words/a.vtt", "Well.", "Hell."),
        lambda r: replace(r, "words/a.vtt", "Hell.", "Well. " * 10_010),
        lambda r: replace(r, "show_notes/001-talk.md", "---\n", "---\naliases: [before]\n"),
        lambda r: own_template(r, "transcript_page.html", "<p>mine</p>"),
        lambda r: replace(r, "words/a.vtt", "Well. " * 10_010, "Hell."),
        lambda r: write(r, "show_notes/001-talk.de.srt", "1\n00:00:00,0 --> 00:00:01,0\nNa.\n"),
        lambda r: replace(r, "show_notes/001-talk.de.srt", "-->", "->"),
        lambda r: (r / "words/a.vtt").unlink(),
        lambda r: replace(r, "show_notes/001-talk.md", "transcript: ../words/a.vtt\n", ""),
        lambda r: replace(r, "show_notes/001-talk.md", "---\n", "---\nlanguage: de\n"),
    ),
    "transcripts in other forms": (
        lambda r: write(r, "show_notes/001-talk.transcript.txt", "Ann: Well.\n\nBo: Hm.\n"),
        lambda r: write(
            r, "show_notes/001-talk.transcript.txt", "[0:00] Ann: Well.\n[0:01] Bo: Hm.\n"
        ),
        lambda r: replace(r, "show_notes/001-talk.md", "---\n", "---\nspeakers: {Bo: Ida}\n"),
        lambda r: replace(
            r, "show_notes/001-talk.md", "---\n", "---\npeople: [{name: Ann Lee, role: guest}]\n"
        ),
        lambda r: replace(r, "show.yaml", "guid:", "people: [{name: Ida Berg}]\nguid:"),
        lambda r: write(r, "show_notes/001-talk-transcript.de.html", "<p>[0:00] Ann: Na.</p>"),
        lambda r: write(r, "show_notes/001-talk.json", '[{"start": 0, "end": 1.5, "text": "Hi."}]'),
        lambda r: (r / "show_notes/001-talk.transcript.txt").unlink(),
        lambda r: (r / "show_notes/001-talk.json").unlink(),
        lambda r: (r / "show_notes/001-talk.md").write_text(
            (r / "show_notes/001-talk.md").read_text("utf-8")
            + "\n## Transcript\n\n[0:00] Ann: Well.\n\n[0:01] Bo: Hm.\n",
            "utf-8",
        ),
        lambda r: replace(r, "show_notes/001-talk.md", "[0:01] Bo", "[0:02] Bo"),
        lambda r: write(r, "show_notes/002-words.txt", "[0:00] Ann: Two.\n"),
        lambda r: replace(r, "show_notes/002-talk.md", "---\n", "---\ntranscript: 002-words.txt\n"),
        lambda r: replace(r, "show_notes/002-talk.md", "transcript: 002-words.txt\n", ""),
    ),
    "other encodings": (
        lambda r: shutil.copy(SOUNDS / "chapters.opus", r / "episodes/001-talk.opus"),
        lambda r: shutil.copy(SOUNDS / "chained.opus", r / "episodes/001-talk.opus"),
        lambda r: (r / "episodes/001-talk.opus").rename(r / "episodes/001-talk.de.opus"),
        lambda r: shutil.copy(SOUNDS / "video.mp4", r / "episodes/002-talk.mp4"),
        lambda r: (r / "episodes/002-talk.mp3").unlink(),
        lambda r: write(r, "episodes/001-talk.de.opus", "no sound"),
        lambda r: (r / "episodes/001-talk.de.opus").unlink(),
    ),
    "problems": (
        lambda r: replace(r, "show_notes/001-talk.md", "Start [0:00]", "Start [0:01]"),
        lambda r: replace(r, "show_notes/001-talk.md", "---\n", "---\ncourse: nowhere\n"),
        lambda r: shutil.copyfile(r / "show_notes/001-talk.md", r / "show_notes/009-talk.md"),
        lambda r: (r / "episodes/009-talk.mp3").write_bytes(SOUND),
        lambda r: replace(r, "show_notes/001-talk.md", "course: nowhere\n", ""),
        lambda r: (r / "show_notes/009-talk.md").write_bytes(b"\xff\xfe"),
        lambda r: (r / "show_notes/009-talk.md").unlink(),
        lambda r: (r / "episodes/009-talk.mp3").write_bytes(b"no sound"),
        lambda r: write(r, "show.yaml", SETTINGS + "unheard_of: 1\n"),
        lambda r: write(r, "show.yaml", SETTINGS + "language: de\n"),
        lambda r: write(r, "show.yaml", SETTINGS),
    ),
    "show.lock": (
        lambda r: replace(r, "show.lock", '"slug": "talk-1"', '"slug": "walk"'),
        lambda r: (r / "show.lock").unlink(),
        lambda r: replace(r, "show.lock", "{", "["),
        lambda r: (r / "show.lock").unlink(),
    ),
    "a feed text that an address makes too long": (
        lambda r: replace(r, "show_notes/001-talk.md", "Words.", "word " * (JUST_FITTING // 5)),
        lambda r: replace(r, "show_notes/001-talk.md", "---\n", f"---\nslug: {'long-' * 11}x\n"),
        lambda r: replace(r, "show_notes/001-talk.md", "# Talk 1", "# Another talk"),
        lambda r: replace(r, "show_notes/001-talk.md", f"slug: {'long-' * 11}x\n", ""),
        lambda r: replace(r, "show.lock", f"{'long-' * 11}x", "talk-1"),
    ),
    "files": (
        lambda r: (r / "show_notes/001-talk.md").rename(r / "show_notes/001-walk.md"),
        lambda r: (r / "episodes/001-talk.mp3").rename(r / "episodes/001-walk.mp3"),
        lambda r: (r / "show_notes/001-walk.md").rename(r / "show_notes/001-walk.txt"),
        lambda r: (r / "episodes/002-talk.mp3").write_bytes(SOUND),
        lambda r: (r / "episodes/003-talk.mp3").unlink(),
        lambda r: shutil.rmtree(r / ".cache"),
        lambda r: (r / "public/feed.xml").unlink(),
        lambda r: put(r, 3),
        lambda r: shutil.rmtree(r / "public"),
    ),
}


@pytest.mark.parametrize("edits", CHAINS.values(), ids=CHAINS.keys())
def test_after_each_edit_a_build_equals_a_clean_one(
    show: Path, edits: tuple[Callable[[Path], object], ...]
) -> None:
    for left, edit in zip(reversed(range(len(edits))), edits, strict=True):
        edit(show)
        if LONG or left % 2 == 0:
            same_as_clean(show)
        else:
            build(show)


def test_a_lesson_says_what_the_next_one_is_called_by_now(show: Path) -> None:
    """Numbers from title and name, dates from the rule: each is read where it may be another."""
    rule = "\n    release:\n      start: 2026-03-09 06:00\n      every: 7"
    replace(show, "show.yaml", "One after the other.", f"One after the other.{rule}")
    for number, text in ((6, "# Lesson 2: Geese"), (7, "# Lesson 3: Moose")):
        put(show, number)
        head = "---\ncourse: steps\nteaser: They are large.\n---\n"
        write(show, f"show_notes/{number:03}-talk.md", f"{head}{text}\n\nWords.\n")
    same_as_clean(show)
    page = show / "public/courses/steps/geese"
    line = "Next lesson: Moose (23 March 2026)"
    assert line in (show / "public/courses/steps/feed.xml").read_text("utf-8")
    assert f"\n{line}\nThey are large.\n" in (page / "notes.txt").read_text("utf-8")

    replace(show, "show_notes/007-talk.md", "Moose", "Elk")
    same_as_clean(show)
    assert "Next lesson: Elk (23 March 2026)" in (page / "notes.txt").read_text("utf-8")

    replace(show, "show.yaml", "every: 7", "every: 200")
    assert "scheduled: Elk, 2027-04-13" in same_as_clean(show)[1]
    assert '<time datetime="2027-04-13' in (page / "index.html").read_text("utf-8")

    replace(show, "show.yaml", "    release:", "    lesson_word: Part\n    release:")
    replace(show, "show_notes/007-talk.md", "Lesson 3", "Part 2")
    assert "scheduled" not in same_as_clean(show)[1]


def test_the_page_of_exercises_says_what_the_notes_say_by_now(show: Path) -> None:
    put(show, 5, "course: steps\nlesson: 1\nexercises: [{name: Plank, reason: A back.}]\n")
    same_as_clean(show)
    page = show / "public/exercises/index.html"
    assert "A back." in page.read_text("utf-8")
    replace(show, "show_notes/005-talk.md", "A back.", "A trunk.")
    same_as_clean(show)
    assert "A trunk." in page.read_text("utf-8")
    put(show, 5, "course: steps\nlesson: 1\n")
    same_as_clean(show)
    assert not page.exists()


def test_a_note_of_the_same_size_and_time(show: Path) -> None:
    note = show / "show_notes/001-talk.md"
    stat = note.stat()
    note.write_bytes(note.read_bytes().replace(b"goose", b"moose"))
    os.utime(note, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    same_as_clean(show)
    assert "moose" in (show / "public/episodes/talk-1/index.html").read_text("utf-8")


def test_two_notes_of_the_same_text_are_two_notes(show: Path) -> None:
    """What is wrong in them is told of each, wherever they were opened."""
    for number in (7, 8):
        put(show, number)
        write(show, f"show_notes/{number:03}-talk.md", "---\ncourse: nowhere\n---\n# Same\n\nx\n")
    code, said = same_as_clean(show)
    assert code == exit_codes.PROBLEMS
    places = re.findall(r"error\[unknown-course\].*\n  --> show_notes/(\d+)", said)
    assert places == ["007", "008"]


def test_artwork_that_is_another_picture_now(tmp_path: Path) -> None:
    root = tmp_path / "show"
    ignored = shutil.ignore_patterns("expected", "show.lock", ".cache", "public")
    shutil.copytree("tests/shows/tiny", root, ignore=ignored)
    from PIL import Image

    assert build(root)[0] == exit_codes.OK
    Image.new("RGB", (1400, 1400), "#118844").save(root / "artwork/cover.jpg")
    same_as_clean(root)


def test_problems_are_told_again_and_again(show: Path) -> None:
    write(show, "show_notes/001-talk.md", "---\npublished: 2026-03-01\n---\n![a](b.png)\n")
    first = same_as_clean(show)
    assert "warning[no-summary]" in first[1]
    replace(show, "show_notes/002-talk.md", "goose", "moose")
    assert build(show) == first
    assert build(show) == first


def test_what_a_feed_text_is_without_is_told_again_and_again(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(show, "show_notes/001-talk.md", "# Talk 1\n\nA goose.\n\n## More\n\n" + "word " * 900)
    note = "note[cut-feed-text]: the notes make 46"
    for _ in range(3):
        main(["check", "--show", str(show), "--now", NOW])
        said = capsys.readouterr().err
        assert said.count(note) == 1
        assert "description is without the end of 'More'\n  --> show_notes/001-talk.md:5" in said
        assert same_as_clean(show)[0] == exit_codes.OK
        replace(show, "show_notes/002-talk.md", "goose", "moose goose")
        capsys.readouterr()


def test_check_after_build_finds_what_check_alone_finds(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(show, "show_notes/001-talk.md", "---\npublished: 2026-03-01\n---\n![a](b.png)\n")
    words = ["check", "--show", str(show), "--now", NOW]
    main(words)
    alone = capsys.readouterr()
    assert build(show)[0] == exit_codes.OK
    capsys.readouterr()
    main(words)
    assert capsys.readouterr() == alone


def test_a_strict_build_that_fails_changes_nothing_that_is_remembered(show: Path) -> None:
    old = tree(show / "public")
    replace(show, "show_notes/001-talk.md", "# Talk 1", "")
    assert same_as_clean(show, "--strict")[0] == exit_codes.PROBLEMS
    assert tree(show / "public") == old
    assert same_as_clean(show)[0] == exit_codes.OK
    assert same_as_clean(show, "--strict")[0] == exit_codes.PROBLEMS


def test_two_outputs_in_turn(show: Path, tmp_path: Path) -> None:
    for number in range(3):
        replace(show, "show_notes/001-talk.md", "goose", f"goose {number}")
        for words in ((), ("--output", str(tmp_path / "site"))):
            assert build(show, *words)[0] == exit_codes.OK
        assert tree(tmp_path / "site") == tree(show / "public")


def test_two_builds_at_once_leave_a_whole_one(show: Path) -> None:
    replace(show, "show.yaml", "edited.", "edited. A moose.")
    words = [sys.executable, "-m", "castpress", "build", "--show", str(show), "--now", NOW]
    builds = [subprocess.Popen(words, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [one.communicate()[1] for one in builds]
    codes = sorted(one.returncode for one in builds)
    assert codes in ([0, 0], [0, 1]), said
    assert not any("Traceback" in text for text in said)
    same_as_clean(show)


def test_a_byte_that_was_changed_in_a_feed_is_not_taken_over(show: Path) -> None:
    """Its length and time are the old ones; items are cut from it all the same."""
    feed = show / "public/feed.xml"
    stat = feed.stat()
    feed.write_bytes(feed.read_bytes().replace(b"A goose.", b"A moose."))
    os.utime(feed, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    replace(show, "show_notes/003-talk.md", "Words.", "More words.")
    same_as_clean(show)
    assert b"moose" not in feed.read_bytes()


def test_what_show_lock_says_of_published_audio_is_read_each_time(show: Path) -> None:
    assert main(["lock", "--show", str(show), "--now", NOW, "-q"]) == exit_codes.OK
    ledger, _ = read_ledger(show)
    enclosed = enclosed_of(show)
    guid, known = next((e.guid, e.audio) for e in ledger.entries if e.audio)
    assert enclosed[guid].audio == known
    data = json.loads((show / "show.lock").read_bytes())
    for entry in data["episodes"]:
        if entry["guid"] == guid:
            entry["audio"]["source"]["duration_ms"] += 1000
    (show / "show.lock").write_text(json.dumps(data), "utf-8")
    assert enclosed_of(show)[guid].audio != known


def enclosed_of(root: Path):  # type: ignore[no-untyped-def]
    now = datetime.fromisoformat(NOW).astimezone(UTC)
    terminal = Terminal("text", is_quiet=True)
    return build_show(root, root / "public", now, terminal, is_strict=False).enclosed


def test_audio_that_was_elsewhere_and_comes_back_into_the_output(show: Path) -> None:
    assert main(["lock", "--show", str(show), "--now", NOW, "-q"]) == exit_codes.OK
    audio = shutil.copytree(show / "public/audio", show.parent / "audio")
    shutil.rmtree(show / "episodes")
    (show / "episodes").mkdir()
    shutil.rmtree(show / "public")
    shutil.rmtree(show / ".cache")
    assert build(show)[0] == exit_codes.OK
    assert not (show / "public/audio").exists()
    shutil.copytree(audio, show / "public/audio")
    replace(show, "show_notes/003-talk.md", "Words.", "More words.")
    assert build(show)[0] == exit_codes.OK
    paths = {f"audio/{file.name}" for file in audio.iterdir()}
    manifest = json.loads((show / "public/.castpress/manifest.json").read_bytes())
    assert paths <= manifest.keys()


def test_a_cache_that_cannot_be_read_or_written_is_none(show: Path) -> None:
    shutil.rmtree(show / ".cache")
    write(show, ".cache", "a file where the folder was")
    replace(show, "show_notes/003-talk.md", "Words.", "More words.")
    code, _ = build(show)
    assert code == exit_codes.OK
    (show / ".cache").unlink()
    same_as_clean(show)


def test_every_file_of_the_cache_may_be_damaged(show: Path) -> None:
    """Audio aside, which is as large as what is published and hashed when it was touched."""
    files = sorted(
        file for file in (show / ".cache").rglob("*") if file.is_file() and file.suffix != ".mp3"
    )
    assert len(files) > 10
    before = {file: file.read_bytes() for file in files}
    for number, damage in enumerate((cut, flip, lambda data: b"", lambda data: data + b"x")):
        for file, data in before.items():
            file.write_bytes(damage(data))
        replace(show, "show_notes/003-talk.md", "Words", f"Words {number}")
        same_as_clean(show, keeps_compiled=False)


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flip(data: bytes) -> bytes:
    place = len(data) * 2 // 3
    return data[:place] + bytes([data[place] ^ 0x04]) + data[place + 1 :]
