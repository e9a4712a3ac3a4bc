"""Show notes as people write them: a folder of the corpus is a case."""

from __future__ import annotations

import json
import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.notes import Notes
from castpress.model.problem import Problem, Severity
from castpress.read.chapters import resolve_chapters
from castpress.read.front_matter import parse_head
from castpress.read.missing_video import missing_video_problems
from castpress.read.notes import parse_notes
from tests.score import read_case

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).parent.parent / "corpus" / "notes"
HOUR_MS = 3_600_000


@pytest.mark.parametrize("case", sorted(CORPUS.iterdir()), ids=lambda case: case.name)
def test_notes_read_as_recorded(case: Path, golden: Callable[[Path, str], None]) -> None:
    labelled = read_case(case)
    name = PurePosixPath(labelled.source.name)
    # An hour of audio, or as much more as the chapters need.
    ends_ms = [(start + 60) * 1000 for start, _ in labelled.wanted]
    duration_ms = labelled.duration_ms or max(HOUR_MS, *ends_ms, 0)

    head, _ = parse_head(labelled.source.read_bytes().decode("utf-8"), name)
    notes, problems = parse_notes(
        head.body, name, first_line=head.first_line, title=head.settings.title
    )
    chapters, more = resolve_chapters(notes.marks, duration_ms, notes.title or "Opening")
    problems += more + missing_video_problems(notes, has_video=False)

    read = {
        "title": notes.title,
        "author": notes.author,
        "summary": notes.summary,
        "was_recovered": notes.was_recovered,
        "chapters": [[c.start_ms, c.end_ms, c.title, c.added] for c in chapters],
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "anchor": section.anchor,
                "line": section.location.line,
                "times": [section.start_ms, section.end_ms],
                "role": section.role.value,
                "html": section.html.split("\n"),
            }
            for section in notes.sections
        ],
        "lists": [[found.is_ordered, list(found.items)] for found in notes.lists],
        "topics": notes.topics,
        "exercises": [[e.name, e.reason, e.url] for e in notes.exercises],
        "links": [[link.title, link.url] for link in notes.links],
        "related": [[card.title, card.url] for card in notes.related],
        **what_only_some_notes_hold(notes),
    }
    golden(case / "expected.json", json.dumps(read, indent=1, ensure_ascii=False) + "\n")
    golden(case / "problems.txt", "".join(shown(problem) for problem in problems))


def what_only_some_notes_hold(notes: Notes) -> dict[str, Any]:
    call = notes.call_to_action
    held = {
        "number": notes.number,
        "course_title": notes.course_title,
        "comment_count": notes.comment_count,
        "lead": notes.lead,
        "exercise_condition": notes.exercise_condition,
        "teaser": notes.teaser and notes.teaser.text,
        "contacts": [[contact.email, contact.name] for contact in notes.contacts],
        "call_to_action": call and [call.heading, call.text, call.button, call.url],
        "cards": [
            [card.title, card.category, card.excerpt]
            for card in notes.related
            if card.category or card.excerpt
        ],
        "furniture": [[f.kind.value, f.text, f.location.line] for f in notes.furniture],
    }
    return {name: value for name, value in held.items() if value not in (None, [])}


def shown(problem: Problem) -> str:
    place = f"{problem.location.line}:{problem.location.column}"
    head = f"{place} {problem.severity.word}[{problem.code}]: {problem.message}"
    return f"{head}\n  help: {problem.help}\n"


def read(text: str, name: str = "notes.md", **settings: Any) -> Notes:
    return parse_notes(text, PurePosixPath(name), **settings)[0]


def codes(text: str, name: str = "notes.md", **settings: Any) -> list[str]:
    return [problem.code for problem in parse_notes(text, PurePosixPath(name), **settings)[1]]


def html(text: str, **settings: Any) -> str:
    return "".join(section.html for section in read(text, **settings).sections)


def test_locations_count_from_the_first_line_of_the_body() -> None:
    notes, problems = parse_notes(
        "\n## Fine [0-2 min]\n\n## Bad [1:75]\n", PurePosixPath("show_notes/042.md"), first_line=8
    )

    assert [str(section.location) for section in notes.sections] == [
        "show_notes/042.md:9:1",
        "show_notes/042.md:11:8",
    ]
    assert [str(problem.location) for problem in problems] == ["show_notes/042.md:11:8"]
    assert problems[0].severity is Severity.ERROR


def test_locations_in_pasted_text_are_those_of_the_paste() -> None:
    notes = read("A title\n\n\n\n   Hello [0-2 min]\n\nWords.\n", "a.txt")

    assert notes.title == "A title"
    assert str(notes.sections[0].location) == "a.txt:5:4"


def test_a_picture_above_the_exercises_is_no_condition() -> None:
    notes = read("## Exercises\n\n![Ann](ann.jpg)\n\n- Plank – if you have a mat\n")

    assert [exercise.name for exercise in notes.exercises] == ["Plank"]
    assert notes.exercise_condition is None


def test_a_heading_that_repeats_the_title_is_no_section() -> None:
    notes = read("# Why HIPS matter?\n\nText.\n\n## More\n", title="Why hips matter")

    assert [section.title for section in notes.sections] == ["", "More"]


def test_the_first_heading_stays_a_section_where_front_matter_gives_another_title() -> None:
    notes = read("# Hello\n\nText.\n", title="Episode 12")

    assert [section.title for section in notes.sections] == ["Hello"]
    assert notes.title is None


def test_a_recognised_heading_is_not_the_title() -> None:
    notes = read("## Summary\n\nAll about hips.\n\n## More\n\nText.\n")

    assert notes.title is None
    assert notes.summary == "All about hips."


def test_a_title_in_the_middle_leaves_its_text_where_it_stood() -> None:
    notes = read("## Hello [0-2 min]\n\nOne.\n\n## The title\n\nTwo.\n")

    assert notes.title == "The title"
    assert [(s.title, s.html) for s in notes.sections] == [("Hello", "<p>One.</p>\n<p>Two.</p>")]


@pytest.mark.parametrize(
    "sentence",
    [
        "At 12:34 she laughs.",
        "Listen (12:34) again.",
        "It starts around 12:34, slowly.",
        "Jump to 12:34!",
        "12:34 is where she laughs.",
    ],
)
def test_a_moment_in_running_text_seeks(sentence: str) -> None:
    assert '<a href="#t=754">12:34</a>' in html(f"# T\n\n{sentence}\n")


@pytest.mark.parametrize(
    "sentence",
    [
        "We meet at 12:34 on Sunday.",
        "Doors at 12:34 PM.",
        "at 12:34 a.m.",
        "See John 12:34.",
        "He finished the marathon at 2:34:56.",
        "Run at 5:30 min/km.",
        "Run at 5:30/km.",
        "a ratio of 16:80",
        "`at 12:34`",
        "> at 12:34 they say",
        "[at 12:34](https://example.com)",
        "at 12:75",
    ],
)
def test_other_colons_do_not_seek(sentence: str) -> None:
    assert "#t=" not in html(f"# T\n\n{sentence}\n")


def test_a_moment_past_the_end_does_not_seek() -> None:
    text = "# T\n\nAt 12:34 she laughs, at 1:00 she cries.\n"

    assert html(text, duration_ms=120_000).count("#t=") == 1


def test_stamps_of_a_chapter_list_seek() -> None:
    text = html("# T\n\n- 0:00 Hello\n- [1:30] Knees\n- [2:00](#t=2:00) Toes\n")

    assert '<li><a href="#t=0">0:00</a> Hello</li>' in text
    assert '<li>[<a href="#t=90">1:30</a>] Knees</li>' in text
    assert '<li><a href="#t=120">2:00</a> Toes</li>' in text


@pytest.mark.parametrize(
    ("typed", "html_of_it"),
    [
        ("https://example.com/a_b_c", '<a href="https://example.com/a_b_c">'),
        ("www.example.com/x", '<a href="https://www.example.com/x">'),
        ("example.com/shop", '<a href="https://example.com/shop">'),
        ("coach@example.com", '<a href="mailto:coach@example.com">'),
        ("(https://example.com/x).", '<a href="https://example.com/x">'),
    ],
)
def test_bare_addresses_become_links(typed: str, html_of_it: str) -> None:
    assert html_of_it in html(f"# T\n\nGo to {typed} now\n")


def test_a_full_stop_without_a_space_is_no_address() -> None:
    assert html("# T\n\nWasps.in shorts, and/or w/o.socks\n") == (
        "<p>Wasps.in shorts, and/or w/o.socks</p>"
    )


def test_a_video_in_the_notes_or_the_episode_answers_the_question() -> None:
    text = "# T\n\nSee the video below.\n"

    assert len(missing_video_problems(read(text), has_video=False)) == 1
    assert missing_video_problems(read(text), has_video=True) == ()
    linked = read(f"{text}\nhttps://www.youtube.com/watch?v=x\n")
    assert missing_video_problems(linked, has_video=False) == ()


def test_a_markdown_file_without_markdown_is_pasted_text() -> None:
    assert read("A title\n\nWhat is new\n\nSome text here.\n").was_recovered
    assert not read("# A title\n\nWhat is new\n\nSome text here.\n").was_recovered


@pytest.mark.parametrize("around", ["", "A line of text.\n", "P1.\n\nP2.\n\nP3.\n\nP4.\n\nP5.\n"])
@pytest.mark.parametrize("count", [2, 3, 9])
def test_a_list_from_0_is_one_whatever_stands_around_it(around: str, count: int) -> None:
    stamped = "".join(f"{minute}:00 Part {minute}\n" for minute in range(count))

    for text in (f"# T\n\n{around}\n{stamped}", f"# T\n\n{stamped}\n{around}"):
        assert len(read(text).marks) == count


@pytest.mark.parametrize(
    "text",
    [
        "0:00 A\n\nWords.\n\n1:00 B\n",
        "Words.\n\n5:30 easy\n6:10 steady\n\nWords.\n",
        "5:00 A\n\nWords.\n\n1:00 B\n\nWords.\n",
        "12:00 A\n",
        "- 0:00 A\n- B\n- C\n",
        "- 0.00 A\n- 1.30 B\n- 4.00 C\n",
        "- 0 min: A\n- 5 min: B\n- 9 min: C\n",
        "10:00 A\nwords\nwords\nwords\n12:00 B\nwords\nwords\nwords\n13:00 C\n",
    ],
)
def test_lines_that_begin_with_a_time_are_never_passed_over(text: str) -> None:
    assert codes(f"# T\n\n{text}") == ["not-a-chapter-list"]


@pytest.mark.parametrize(
    "text", ["- 0:00 A\n- 1:00 B\n- Last 4:00\n", "0:00 A\nB 1:00\n4:00 Last\n"]
)
def test_a_time_on_the_other_side_fits_in(text: str) -> None:
    marks = read(f"# T\n\n{text}\nWe meet at 10:30\n").marks

    assert [(mark.start_ms, mark.title) for mark in marks] == [
        (0, "A"),
        (60_000, "B"),
        (240_000, "Last"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "We start at 9:00\nand end at 10:30\n",
        "- Plank: 1:00\n- Side plank: 1:30\n- rest\n",
        "Song A 3:45\nSong B 2:30\nSong C 4:00\n",
        "He needed 5:00.\n\nShe needed 4:00.\n\nThey met at 4:30.\n",
        "- 4.50 Coffee\n- 5.20 Tea\n- 6.00 Cake\n",
    ],
)
def test_times_that_end_lines_and_prices_ask_nothing(text: str) -> None:
    assert codes(f"# T\n\n{text}") == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{\\rtf1\\ansi Hello}", "not-plain-text"),
        ("%PDF-1.7\n", "not-plain-text"),
    ],
)
def test_the_source_of_another_format_is_not_published(text: str, code: str) -> None:
    for name in ("n.md", "n.txt"):
        notes, problems = parse_notes(text, PurePosixPath(name))

        assert notes.sections == ()
        assert [(p.code, p.severity) for p in problems] == [(code, Severity.ERROR)]


def test_a_forwarded_mail_loses_its_heads() -> None:
    text = (
        "---------- Forwarded message ---------\nFrom: Bob\nDate: Monday\nSubject: Notes\n\n"
        "Here they are.\n\nOn Monday, 1 January 2024, Kim wrote:\n> Send the notes\n>\n> please\n"
    )

    for name in ("n.md", "n.txt"):
        assert codes(text, name) == ["left-out-text"]
        assert [s.html for s in read(text, name).sections] == ["<p>Here they are.</p>"]


def test_one_field_of_a_mail_is_text() -> None:
    assert codes("# T\n\nFrom: the garden\n") == []


def test_html_cannot_reach_over_sections() -> None:
    notes = read("# T\n\n## One\n\n<b>bold\n\n## Two\n\ntext</b>\n")

    assert notes.sections[1].html == "<p>text</p>"


def test_reference_links_work_over_sections() -> None:
    notes = read("# T\n\n## One\n\n[here][x]\n\n## Two\n\n[x]: https://example.com\n")

    assert notes.sections[0].html == '<p><a href="https://example.com">here</a></p>'


MARKUP = st.lists(
    st.sampled_from(
        [
            *("# ", "## ", "\n", "\n\n", "- ", "1. ", "> ", "    ", "**", "*", "`", "```\n", "|"),
            *("[0-2 min]", "[2-1 min]", "[1:75]", "(5 min)", "[", "]", "(", ")", "0:00 ", "12:30"),
            *(
                "1;20:00",
                "?",
                " – ",
                ": ",
                "•",
                "◦ ",
                "Title",
                "words and more.",
                "https://e.org/x",
            ),
            *("a@b.org", "www.e.org", "&amp;", "\\", "<b>", "<script>", "<!--", "[^1]", "[^1]: x"),
            *("[x](#t=1:00)", "![p](http://e.org/p)", "\u00a0", "\ufeff", "\0", "é", "标题", "🎉"),
            *("Exercises\n", "Summary\n", "Coach Kim2 Comments", "see video below", "|---|", "~~"),
            *("--\n", "From: a\n", "To: b\n", "On Monday x wrote:\n", "Skip to content\n", "4.00 "),
            *("o\t", "§\t", "a.\t", " {#x}", "# ", "5 min: ", "0h05m ", "Cheers\n", " 1:00\n"),
            *("---\n", "===\n", "by Kim\n", "\t", "  \n", "\r\n", "\ud800", "section-1"),
            *("You may also like\n", "© 2024 A\n", "Home About Blog\n", "a.png\n", "Lesson 2: B\n"),
            *("Next week we row.\n", "Book a Seat\n", "GEARTitle", "1. a\n", "a\tb\n", "A Show\n"),
        ]
    ),
    max_size=60,
).map("".join)


@given(text=st.one_of(st.text(), MARKUP), name=st.sampled_from(["n.md", "n.txt"]))
def test_no_text_raises_and_all_locations_exist(text: str, name: str) -> None:
    notes, problems = parse_notes(text, PurePosixPath(name))

    line_count = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    places = [s.location for s in notes.sections] + [p.location for p in problems]
    assert all(1 <= place.line <= line_count for place in places)
    assert len({section.anchor for section in notes.sections}) == len(notes.sections)
    assert not any("<script" in section.html for section in notes.sections)


@given(text=MARKUP, duration_ms=st.integers(1, 10_000_000))
def test_chapters_of_any_notes_rise_within_the_audio(text: str, duration_ms: int) -> None:
    notes, _ = parse_notes(text, PurePosixPath("n.md"), duration_ms=duration_ms)

    chapters, _ = resolve_chapters(notes.marks, duration_ms, "Opening")

    starts = [chapter.start_ms for chapter in chapters]
    assert starts == sorted(set(starts))
    assert all(0 <= c.start_ms < c.end_ms <= duration_ms for c in chapters)
    assert starts[:1] in ([], [0])


# With CASTPRESS_LONG four times as long.
SIZE = 4 if os.environ.get("CASTPRESS_LONG") else 1
WITHOUT_END = (
    "[" * 2_500 * SIZE,
    "(0:00) " * 500 * SIZE,
    "- 0:00 x\n" * 500 * SIZE,
    "a_" * 2_500 * SIZE,
    "- _" * 5_000 * SIZE,
    "-" + " " * 10_000 * SIZE + "x",
    "From: a\n" * 2_500 * SIZE,
    "On Monday Kim wrote:\n\n" * 2_500 * SIZE,
    "## 1.30" + " " * 10_000 * SIZE + "!",
    "## A 1:00\n" * 750 * SIZE,
    "0:00 A " * 1_250 * SIZE,
    "o\tx\n§\ty\n" * 1_250 * SIZE,
    "🌱" * 5_000 * SIZE,
)


def test_brackets_without_end_are_read_in_linear_time() -> None:
    for text in WITHOUT_END:
        parse_notes(text, PurePosixPath("n.md"))
        parse_notes(text, PurePosixPath("n.txt"))
