from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.artifact import Wave
from castpress.model.podcast import Artwork, Chapter, Episode
from castpress.read.notes import parse_notes
from castpress.render.chapters import (
    chapter_lines,
    list_chapters,
    pasted_lines,
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


def test_pictures_and_links_have_whole_addresses() -> None:
    goose = Artwork("artwork/goose é.png", "image/png", 400, 300, "A goose")
    first, second, *others = HILLS.chapters
    chapters = (replace(first, image=goose), replace(second, url="https://b.example/ü"), *others)
    episode = replace(HILLS, chapters=chapters)

    rows = read_json(episode)["chapters"]
    simple = simple_chapters(episode, SHOW)

    image, link = SHOW.url("artwork/goose%20%C3%A9.png"), rows[1]["url"]
    assert [(row.get("img"), row.get("url")) for row in rows[:3]] == [
        (image, None),
        (None, link),
        (None, None),
    ]
    assert link.startswith("https://b.example/")
    assert [(row["image"], row["href"]) for row in simple[:3]] == [
        (image, None),
        (None, link),
        (None, None),
    ]


def test_no_chapters_are_an_empty_list() -> None:
    assert read_json(REST)["chapters"] == []
    assert not chapter_lines(REST)
    assert not simple_chapters(REST, SHOW)


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

    assert lines_of(*titles) == ["1∶30 rule", "10∶40 Drill", "Genesis 1:1", "16 : 8", "10 tips"]


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("a <b> -> c", "a ‹b› → c"),
        ("<3", "‹3"),
        ("x <-- y <=> z", "x ← y ↔ z"),
        ("…and then", "…and then"),
        ("“…and then”", "“and then”"),
        ("– (Bonus) talk", "(Bonus) talk"),
        ('("Hello") she said', '"Hello") she said'),
        (".NET and #hashtags", ".NET and #hashtags"),
        ("*** Big news ***", "Big news ***"),
        ("🎙️ On air", "🎙️ On air"),
        ("- 🎉", "🎉"),
        ("¡Qué!", "¡Qué!"),
        ("שיחה 12:30", "שיחה 12∶30"),
        ("...", "Chapter 1"),
        (" \n ", "Chapter 1"),
    ],
)
def test_titles_in_lines_hold_nothing_that_an_app_would_stumble_over(
    title: str, shown: str
) -> None:
    assert lines_of(title)[0] == shown
    assert read_json(with_titles(title))["chapters"][0]["title"] == (title.strip() or "Chapter 1")


def with_titles(*titles: str) -> Episode:
    """An episode of those chapters, a minute each, and two more."""
    rows = [*titles, "Before last", "Last"]
    return replace(
        HILLS, chapters=tuple(Chapter(n * 60_000, n * 60_000 + 1, t) for n, t in enumerate(rows))
    )


def lines_of(*titles: str) -> list[str]:
    """The titles as they stand in the lines."""
    return [line.partition(" ")[2] for line in chapter_lines(with_titles(*titles))][:-2]


@pytest.mark.parametrize(
    "starts", [(), (0,), (0, 60_000), (1_000, 60_000, 90_000), (0, 60_000, 60_999)]
)
def test_lines_that_no_app_would_take_are_not_written(starts: tuple[int, ...]) -> None:
    episode = replace(HILLS, chapters=tuple(Chapter(ms, ms + 1, "A") for ms in starts))

    assert chapter_lines(episode) == pasted_lines(episode) == ()


def test_pasted_lines_have_hours_only_where_there_are_any() -> None:
    def lines(last_ms: int) -> list[str]:
        chapters = (Chapter(0, 1, "A"), Chapter(61_000, 1, "B"), Chapter(last_ms, 1, "C"))
        return [line.split()[0] for line in pasted_lines(replace(HILLS, chapters=chapters))]

    assert lines(3_599_999) == ["00:00", "01:01", "59:59"]
    assert lines(3_600_000) == ["00:00:00", "00:01:01", "01:00:00"]


def test_the_lines_are_a_chapter_list_to_castpress_too() -> None:
    notes, problems = parse_notes("\n".join(chapter_lines(HILLS)), PurePosixPath("notes.md"))

    read = [(mark.start_ms, mark.title.replace("∶", ":")) for mark in notes.marks]
    assert read == [(c.start_ms // 1000 * 1000, c.title) for c in HILLS.chapters]
    assert problems == ()


STARTS = st.sampled_from([0, 500, 1_000, 60_000]) | st.integers(0, 10**8)
CHAPTERS = st.lists(
    st.tuples(STARTS, st.text(max_size=300)), max_size=12, unique_by=lambda c: c[0]
).map(lambda rows: tuple(Chapter(start, start + 1, title) for start, title in sorted(rows)))


@given(CHAPTERS)
def test_all_forms_have_the_same_count_starts_and_titles(chapters: tuple[Chapter, ...]) -> None:
    episode = replace(HILLS, chapters=chapters)
    starts = [chapter.start_ms for chapter in chapters]

    rows = read_json(episode)["chapters"]
    simple = simple_chapters(episode, SHOW)
    lines = [re.fullmatch(r"(\d{2,}:\d\d:\d\d) (\S.*)", line) for line in chapter_lines(episode)]

    assert [round(row["startTime"] * 1000) for row in rows] == starts
    assert [from_clock(row["start"] or "") for row in simple] == starts
    whole = [ms // 1000 * 1000 for ms in starts]
    is_accepted = len(set(whole)) == len(whole) >= 3 and whole[0] == 0
    assert all(lines)
    assert [from_clock(line[1]) for line in lines if line] == (whole if is_accepted else [])
    titles = [chapter.title for chapter in list_chapters(episode)]
    assert [row["title"] for row in rows] == [row["title"] for row in simple] == titles
    assert not any(set("<>") & set(line[2]) for line in lines if line)
    assert all(title and "\n" not in title and len(title) <= 255 for title in titles)
