from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from castpress.model.artifact import Wave
from castpress.model.podcast import Chapter, Episode
from castpress.read.notes import parse_notes
from castpress.render.chapters import (
    chapter_lines,
    list_chapters,
    render_chapters_json,
    simple_chapters,
)
from tests.render.feed_sample import HILLS, REST, SHOW, release


def read_json(episode: Episode) -> Any:
    return json.loads(render_chapters_json(SHOW, release(episode)).content or b"")


def from_clock(text: str) -> int:
    hours, minutes, seconds = text.split(":")
    return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 1000)


def test_the_json_is_version_1_2_beside_the_page() -> None:
    artifact = render_chapters_json(SHOW, release(HILLS))

    assert (artifact.path, artifact.wave) == ("episodes/hills/chapters.json", Wave.SIDECAR)
    assert read_json(HILLS) == {
        "version": "1.2.0",
        "title": HILLS.title,
        "podcastName": SHOW.title,
        "chapters": [
            {"startTime": 0, "endTime": 135, "title": "Hello"},
            {"startTime": 135, "endTime": 900.5, "title": "Uphill & down"},
            {"startTime": 900.5, "endTime": 1801.5, "title": "5:30 pace, is it for you?"},
        ],
    }


def test_no_chapters_are_an_empty_list() -> None:
    assert read_json(REST)["chapters"] == []
    assert not chapter_lines(REST)
    assert not simple_chapters(REST)


def test_times_carry_no_rounding_noise() -> None:
    odd = replace(HILLS, chapters=(Chapter(1, 1_001, "a"), Chapter(1_234_567, 86_400_100, "b")))
    text = (render_chapters_json(SHOW, release(odd)).content or b"").decode()

    assert re.findall(r'"(?:start|end)Time": ([\d.]+)', text) == [
        "0.001",
        "1.001",
        "1234.567",
        "86400.1",
    ]


def test_times_in_a_title_are_not_taken_for_the_chapters_own() -> None:
    titles = ("1:30 rule", "- 10:40 Drill", "Genesis 1:1", "16 : 8", "10 tips")
    episode = replace(HILLS, chapters=tuple(Chapter(0, 1, title) for title in titles))

    assert chapter_lines(episode) == (
        "00:00:00 1∶30 rule",
        "00:00:00 - 10∶40 Drill",
        "00:00:00 Genesis 1:1",
        "00:00:00 16 : 8",
        "00:00:00 10 tips",
    )


def test_the_lines_are_a_chapter_list_to_castpress_too() -> None:
    notes, problems = parse_notes("\n".join(chapter_lines(HILLS)), PurePosixPath("notes.md"))

    read = [(mark.start_ms, mark.title.replace("∶", ":")) for mark in notes.marks]
    assert read == [(c.start_ms // 1000 * 1000, c.title) for c in HILLS.chapters]
    assert problems == ()


CHAPTERS = st.lists(
    st.tuples(st.integers(0, 10**8), st.text(max_size=300)), max_size=12, unique_by=lambda c: c[0]
).map(lambda rows: tuple(Chapter(start, start + 1, title) for start, title in sorted(rows)))


@given(CHAPTERS)
def test_all_forms_have_the_same_count_starts_and_titles(chapters: tuple[Chapter, ...]) -> None:
    episode = replace(HILLS, chapters=chapters)
    starts = [chapter.start_ms for chapter in chapters]

    rows = read_json(episode)["chapters"]
    simple = simple_chapters(episode)
    lines = [re.fullmatch(r"(\d{2,}:\d\d:\d\d) (\S.*)", line) for line in chapter_lines(episode)]

    assert [round(row["startTime"] * 1000) for row in rows] == starts
    assert [from_clock(start) for start, _ in simple] == starts
    assert all(lines)
    assert [from_clock(line[1]) for line in lines if line] == [ms // 1000 * 1000 for ms in starts]
    titles = [chapter.title for chapter in list_chapters(episode)]
    assert [row["title"] for row in rows] == [title for _, title in simple] == titles
    assert [line[2].replace("∶", ":") for line in lines if line] == [
        title.replace("∶", ":") for title in titles
    ]
    assert all(title and "\n" not in title and len(title) <= 255 for title in titles)
