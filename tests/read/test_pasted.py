"""Pasted text: what stood around the notes, and the Markdown that is made of the rest."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.notes import Notes, SiteWords
from castpress.model.problem import Severity
from castpress.read.notes import clean_markdown, parse_notes
from castpress.read.roles import compared

CORPUS = Path(__file__).parent.parent / "corpus" / "notes"
PASTED = sorted(path.parent for path in CORPUS.glob("*/notes.txt"))
NAME = PurePosixPath("n.txt")


def read(text: str, **settings: Any) -> Notes:
    return parse_notes(text, NAME, **settings)[0]


def said(notes: Notes) -> dict[str, Any]:
    """All that is understood, without the places; the anchors come with the sections."""
    call, teaser = notes.call_to_action, notes.teaser
    return {
        "title": notes.title,
        "sections": [
            (s.title, s.level, s.start_ms, s.end_ms, s.role, s.anchor, s.html)
            for s in notes.sections
        ],
        "marks": [(m.start_ms, m.end_ms, m.title, m.runs_to_end) for m in notes.marks],
        "lists": [(row.is_ordered, row.items) for row in notes.lists],
        "contacts": [(contact.email, contact.name) for contact in notes.contacts],
        "call": call and (call.heading, call.text, call.button, call.url, call.anchor),
        "teaser": teaser and teaser.text,
        "summary": notes.summary,
        "topics": notes.topics,
        "exercises": notes.exercises,
        "condition": notes.exercise_condition,
        "links": notes.links,
        "related": notes.related,
        "number": notes.number,
        "lead": notes.lead,
        "videos": [mention.text for mention in notes.video_mentions],
    }


@pytest.mark.parametrize("case", PASTED, ids=lambda case: case.name)
def test_the_markdown_to_keep_says_the_same(case: Path) -> None:
    text = (case / "notes.txt").read_bytes().decode("utf-8")

    markdown = clean_markdown(text, NAME)

    again, notes = PurePosixPath("n.md"), read(text)
    assert said(parse_notes(markdown, again, author=notes.author)[0]) == said(notes)
    assert clean_markdown(markdown, again) == markdown


def kinds(notes: Notes) -> list[str]:
    return [row.kind.value for row in notes.furniture]


def codes(text: str, **settings: Any) -> list[str]:
    return [problem.code for problem in parse_notes(text, NAME, **settings)[1]]


def html(notes: Notes) -> str:
    return "".join(section.html for section in notes.sections)


SITE = SiteWords(
    title="The Two Oars Podcast",
    tagline="Made for rowers",
    description="Kim and Lee talk about boats.",
    site_name="Two Oars",
    motto="Row far.",
    blurb="See you on the water.",
    copyright="© Kim and Lee",
    course_titles=("Your Rowing Course",),
)


def test_what_show_yaml_says_is_known_at_once() -> None:
    text = (
        "Row far.\n\nThe Two Oars Podcast\n\nMade for rowers\n\nKim and Lee talk about boats.\n\n"
        "A morning on the lake\n\nIt was cold, and nobody was there.\n\nSee you on the water.\n\n"
        "© Kim and Lee\n"
    )

    notes, problems = parse_notes(text, NAME, site=SITE)

    assert notes.title == "A morning on the lake"
    assert html(notes) == "<p>It was cold, and nobody was there.</p>"
    assert kinds(notes) == ["motto", "show_title", "tagline", "description", "blurb", "copyright"]
    assert all(p.severity is Severity.NOTE for p in problems)
    assert all("show.yaml says it" in p.help for p in problems if p.code == "site-furniture")


def test_a_known_title_is_the_note_s_own_where_no_other_is_there() -> None:
    notes = read("The Two Oars Podcast\n\nSummary\n\nKim and Lee begin.\n", site=SITE)

    assert notes.title == "The Two Oars Podcast"
    assert notes.furniture == ()


def test_a_known_course_is_the_note_s() -> None:
    notes = read("Your rowing course\n\nThe wrist\n\nBend it, and bend it back.\n", site=SITE)

    assert (notes.course_title, notes.title) == ("Your rowing course", "The wrist")


@pytest.mark.parametrize(
    "text",
    [
        "Welcome back.\n\nWe were away.\n\nThe swan\n\nWhat’s this episode about?\n\nA swan.\n",
        "A day at the show\n\nSummary\n\nWe went there.\n",
        "The swan\n\nHome\n\nIt lives in the reeds.\n\nShare\n\nIt shares its bread.\n",
        "Get it on Amazon\n\nRead the book\n\nAll of it, and slowly.\n",
        "The swan\n\nListen on Spotify\nhttps://spotify.example/swan\n",
        "The swan\n\nFollow us\nInstagram: @swan\n",
        "The swan\n\nTop 5 Comments\n\nThe best of all.\n\nThe end is near.\n",
        "The swan\n\nWe use cookies for the bottom of the cake.\n",
        "The swan\n\nNext lesson: the knee\n\nIt bends.\n",
        "Logo.png is missing\n\nThe swan\n\nWhat’s this episode about?\n\nA swan.\n",
        "Chapter house\n\nBy the river we sat\n\nIt was late, and we were early.\n",
    ],
)
def test_what_may_be_text_stays(text: str) -> None:
    notes = read(text)

    assert kinds(notes) == []
    assert notes.author is None
    assert "pasted-byline" not in codes(text)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Share this:", "sharing"),
        ("Leave a comment", "comments"),
        ("Subscribe on Apple Podcasts", "subscribe"),
        ("← Previous Post", "neighbours"),
        ("Next Lesson →", "neighbours"),
        ("Powered by Squarespace", "navigation"),
        ("This website uses cookies to improve your experience.", "cookies"),
        ("Unsubscribe | Update your preferences", "mailing"),
    ],
)
def test_fittings_of_a_site_go_wherever_they_stand(line: str, kind: str) -> None:
    notes = read(f"The swan\n\n{line}\n\nIt lives in the reeds, and it is white.\n")

    assert kinds(notes) == [kind]
    assert html(notes) == "<p>It lives in the reeds, and it is white.</p>"


@pytest.mark.parametrize(
    ("line", "author", "count"),
    [
        ("Coach Kim3 Comments", "Coach Kim", 3),
        ("By Kim · 3 comments", "Kim", 3),
        ("Posted by Kim on May 3", "Kim", None),
        ("Kim Lund | May 3, 2024 | 12 Comments", "Kim Lund", 12),
        ("By Kim | May 3, 2024 | Boats | 0 comments", "Kim", 0),
        ("von Kim Lund | 3. Mai 2024 | 2 Kommentare", "Kim Lund", 2),
        ("Written by Kim van der Lund", "Kim van der Lund", None),
        ("0 Comments", None, 0),
        ("Comments (4)", None, 4),
    ],
)
def test_bylines_and_counts_are_told_apart(
    line: str, author: str | None, count: int | None
) -> None:
    notes = read(f"The swan\n\n{line}\n\nIt lives in the reeds, and it is white.\n")

    assert (notes.author, notes.comment_count) == (author, count)
    assert html(notes) == "<p>It lives in the reeds, and it is white.</p>"


def test_a_whole_day_in_a_byline_is_offered_as_the_date() -> None:
    text = "The swan\n\nMay 3, 2024\n\nWritten by Kim\n\nIt lives in the reeds.\n"

    helps = [p.help for p in parse_notes(text, NAME)[1] if p.code == "pasted-byline"]

    assert helps[1] == (
        "write author: Kim and published: 2024-05-03 in front matter, and take the line out"
    )


@pytest.mark.parametrize(
    ("text", "category", "excerpt"),
    [
        (
            "BOATSThe Old BoatIt was wet and slow. We row...",
            "BOATS",
            "It was wet and slow. We row…",
        ),
        ("BOATSA Boat That Is OldIt was wet, and slow.", None, None),
        ("It was wet, and slow, for years.", None, "It was wet, and slow, for years."),
        ("Old BoatIt was wet, and slow.", None, "It was wet, and slow."),
        ("NASA sent it, and it was wet.", None, "NASA sent it, and it was wet."),
    ],
)
def test_a_card_s_label_is_told_from_its_text(
    text: str, category: str | None, excerpt: str | None
) -> None:
    [card] = read(f"The swan\n\nA lake.\n\nYou may also like\n\nThe Old Boat\n\n{text}\n").related

    assert card.title == "The Old Boat"
    assert card.url is None
    assert card.category == category
    assert card.excerpt == (text if excerpt is None else excerpt)


def test_cards_in_markdown_are_read_in_every_form() -> None:
    notes, problems = parse_notes(
        "# T\n\n## You may also like\n\n- [One](https://e.org/1) – the first\n- Two\n\n"
        "**[Three](https://e.org/3)** · BOATS  \nThe third.\n\n### [Four](https://e.org/4)\n\n"
        "The fourth.\n\n## More\n\n[Five](https://e.org/5)\n",
        PurePosixPath("n.md"),
    )

    assert [(c.title, c.url, c.category, c.excerpt) for c in notes.related] == [
        ("One", "https://e.org/1", None, "the first"),
        ("Two", None, None, None),
        ("Three", "https://e.org/3", "BOATS", "The third."),
        ("Four", "https://e.org/4", None, "The fourth."),
    ]
    assert [p.code for p in problems] == ["related-without-link"]


def test_a_call_to_action_is_a_heading_a_text_and_a_button() -> None:
    text = "# T\n\n## Want to row?\n\nCome to the lake on Sundays.\n\n[Book a Seat]({})\n"

    notes, problems = parse_notes(text.format("https://e.org/seat"), PurePosixPath("n.md"))

    call = notes.call_to_action
    assert call is not None
    assert (call.heading, call.text, call.button, call.url) == (
        "Want to row?",
        "Come to the lake on Sundays.",
        "Book a Seat",
        "https://e.org/seat",
    )
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("See our boat page) for more.", "unbalanced-bracket"),
        ("A boat (and another.", "unbalanced-bracket"),
        ("It was wet.and the boat was slow.", "no-space-after-stop"),
        ("To learn how, click here and read.", "missing-link"),
        ("You can read all of it here.", "missing-link"),
        ("Have a look and read this article.", "missing-link"),
        ("What we use is on our boat page.", "missing-link"),
        ("Three steps to a dry boat\n\n1. Wipe it.\n2. Wipe it again.", "count-differs"),
    ],
)
def test_slips_are_noted_and_kept(text: str, code: str) -> None:
    notes, problems = parse_notes(f"The swan\n\nA lake it is.\n\n{text}\n", NAME)

    found = [problem for problem in problems if problem.code == code]
    assert [(problem.severity, problem.location.line) for problem in found] == [(Severity.NOTE, 5)]
    assert text.partition("\n")[0] in html(notes) + "".join(s.title for s in notes.sections)


@pytest.mark.parametrize(
    "text",
    [
        "a) row 2) rest (or not) :) and 0:30) end",
        "Use node.js, e.g. version 2.1.The end of sea.and/boats or www.sea.in.",
        "Three steps to a dry boat\n\n1. Wipe it.\n2. Wipe it again.\n3. Sit.",
        "Click here: https://e.org/boat",
        "In this article we say what this page is.",
    ],
)
def test_what_is_meant_so_is_not_noted(text: str) -> None:
    slips = {"unbalanced-bracket", "no-space-after-stop", "missing-link", "count-differs"}

    assert not slips & set(codes(f"The swan\n\nA lake it is.\n\n{text}\n"))


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("1. a\n2. b\n\n1. c\n2. d", "1. a\n2. b\n\n1) c\n2) d"),
        ("1. a\n1. b\n1. c", "1. a\n2. b\n3. c"),
        ("1. a.\n\nSo it goes.\n\n2. b.", "1. a.\n\nSo it goes.\n\n2. b."),
        ("1. Go\n\nIt is late.\n\n2. Stay\n\nIt is early.",
         "## 1. Go\n\nIt is late.\n\n## 2. Stay\n\nIt is early."),
        ("1. a\n   • x\n   • y\n2. b", "1. a\n   - x\n   - y\n2. b"),
        ("1. a\n   a. x\n   b. y\n2. b", "1. a\n   1. x\n   2. y\n2. b"),
        ("* a\n   * b\n      * c\n* d", "- a\n  - b\n    - c\n- d"),
        ("•\ta\no\tb\n•\tc", "- a\n  - b\n- c"),
        ("Name\tBoat\nKim\tone|two\nLee\tthree",
         "| Name | Boat |\n|---|---|\n| Kim | one\\|two |\n| Lee | three |"),
        ("0:00\tHello\n1:00\tBoats\n2:00\tBye", "0:00 Hello  \n1:00 Boats  \n2:00 Bye"),
    ],
)  # fmt: skip
def test_lists_and_tables_of_word_processors(text: str, markdown: str) -> None:
    assert clean_markdown(f"{text}\n", NAME, title="T") == f"{markdown}\n"


FURNITURE_LINES = (
    *("Home About Episodes Contact", "cover.png", "The Boat Show", "Made for rowers", "Home", ""),
    *("Coach Kim3 Comments", "© 2024 Two Oars", "Two Oars", "FOLLOW US", "Menu", "0 Comments"),
    *("Lesson 4: The Wrist", "Your Rowing Course", "Module 2: Arms", "Skip to content", "By Kim"),
    *("Summary", "A swan lives here.", "Why a swan?", "• one", "• two", "1. go", "2. stay"),
    *("Made for rowers. It is about boats and those who row them, wherever they may go.", "Next"),
    *("Hello [0-2 min]", "0:00 A", "Write to kim@e.org", "Book a Seat", "Previous", "May 3, 2024"),
    *("Share this:", "You may also like", "The Old Boat", "Read more"),
)


@given(lines=st.lists(st.sampled_from(FURNITURE_LINES), max_size=14), gap=st.sampled_from("\n "))
def test_nothing_is_left_out_without_a_word(lines: list[str], gap: str) -> None:
    text = ("\n\n" if gap == "\n" else "\n").join(lines)

    notes, problems = parse_notes(text, NAME)

    told = [clean_markdown(text, NAME), *(row.text for row in notes.furniture)]
    told += [problem.message for problem in problems]
    kept = set(compared(" ".join(told)).split())
    assert all(set(compared(line).split()) <= kept for line in lines)
