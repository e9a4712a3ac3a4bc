from __future__ import annotations

import json
from pathlib import Path

import pytest

from castpress.cli import main
from castpress.commands.notes_table import Layout

PASTED = (
    "Why do hills help?\n\nWhat’s this episode about?\n\nHills make legs strong.\n\n"
    "Stranger Things [0-2 min]\n\nA goose.\n\nThe hill [2-5 min]\n\n  • up\n\n  • down\n\n"
    "The drill, see video below.\n\nCoach Amy2 Comments\n"
)
KEYS = {
    "file", "title", "duration_ms", "chapters", "sections", "lists", "topics", "exercises",
    "people", "links", "summary", "problems", "number", "course_title", "lead",
    "exercise_condition", "related", "call_to_action", "teaser", "contacts", "comment_count",
    "furniture",
}  # fmt: skip
LESSON = (
    "Your Rowing Course\n\nLesson 4: The Wrist\n\nTHE WRIST – let it be!\n\n"
    "If it aches, add these exercises:\n\n  • Fist – it warms.\n"
    "  • Ball Squeeze Now that it is warm, squeeze a soft ball for a while.\n\n"
    "Next week’s lesson is about thumbs.\n\nAsk Lee: lee@example.com\n\n"
    "Need a closer look?\n\nBook an hour with Lee at the boat house.\nBook an Hour\n\n"
    "You may also like\n\nThe Best Gloves\n\nGEARThe Best GlovesOr none at all, since...\n\n"
    "© 2024 Two Oars\n"
)


def test_a_table_of_what_was_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hills.txt").write_text(PASTED, "utf-8")
    assert main(["notes", str(tmp_path / "hills.txt")]) == 0
    said = capsys.readouterr()
    assert "title     Why do hills help?" in said.out
    assert "people    Coach Amy (author)\ncomments  2\n" in said.out
    assert "chapters  0:00 – 2:00  Stranger Things\n          2:00 – 5:00  The hill" in said.out
    assert "lists     • up\n          • down\n" in said.out
    assert "doubts    1 warning, 3 notes" in said.out
    assert "warning[missing-video]" in said.err


def test_notes_without_a_title_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "hills.md").write_text("- 0:00 Hello\n- 2:10 Hills\n- 9:00 Bye\n", "utf-8")
    assert main(["notes", str(tmp_path / "hills.md")]) == 0
    assert "note[no-title]" in capsys.readouterr().err


def test_a_terminal_gets_bold_labels_and_lines_that_fit() -> None:
    layout = Layout(width=40, is_bold=True)

    rows = list(
        layout.rows("summary", [("", "Hills make legs strong and hearts glad."), ("", "b")])
    )

    assert rows[0] == ("\x1b[1msummary   \x1b[0mHills make legs strong and\n          hearts glad.")
    assert rows[1] == "          b"


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
            [
                [(c["start_ms"], c["title"]) for c in row["chapters"]],
                *(row[key] for key in ("title", "summary", "people")),
            ]
        )
    assert rows[0] == rows[1]
    assert rows[0][0] == [(0, "Stranger Things"), (120_000, "The hill")]
    assert rows[0][3] == [{"name": "Coach Amy", "role": "author"}]


@pytest.mark.parametrize(
    ("front", "kept"),
    [
        ("", "---\nauthor: Coach Amy\n---\n\n# "),
        ("---\nseason: 2\n---\n", "---\nseason: 2\nauthor: Coach Amy\n---\n\n# "),
        ("---\nauthor: Liz\n---\n\n", "---\nauthor: Liz\n---\n\n# "),
    ],
)
def test_front_matter_stays_above_the_markdown(
    front: str, kept: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "hills.txt").write_text(front + PASTED, "utf-8")
    main(["notes", str(tmp_path / "hills.txt"), "--markdown"])
    assert capsys.readouterr().out.startswith(f"{kept}Why do hills help?\n")


def test_what_a_lesson_holds_for_machines(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wrist.txt").write_text(LESSON, "utf-8")
    main(["notes", str(tmp_path / "wrist.txt"), "--json"])
    row = json.loads(capsys.readouterr().out)
    assert row["number"] == 4
    assert row["course_title"] == "Your Rowing Course"
    assert row["lead"] == "THE WRIST – let it be!"
    assert row["exercise_condition"] == "If it aches, add these exercises"
    assert row["exercises"] == [
        {"name": "Fist", "reason": "it warms.", "url": None},
        {
            "name": "Ball Squeeze Now that it is warm, squeeze a soft ball for a while.",
            "reason": None,
            "url": None,
            "unclear": True,
        },
    ]
    assert row["teaser"] == {"text": "Next week’s lesson is about thumbs.", "line": 12}
    assert row["contacts"] == [{"email": "lee@example.com", "name": "Lee", "line": 14}]
    assert row["people"] == [{"name": "Lee", "role": "contact"}]
    assert row["call_to_action"] == {
        "heading": "Need a closer look?",
        "text": "Book an hour with Lee at the boat house.",
        "button": "Book an Hour",
        "url": None,
    }
    assert row["related"] == [
        {
            "title": "The Best Gloves",
            "category": "GEAR",
            "excerpt": "Or none at all, since…",
            "url": None,
        }
    ]
    assert [(f["kind"], f["line"]) for f in row["furniture"]] == [
        ("course_title", 1),
        ("copyright", 27),
    ]
    assert [section["title"] for section in row["sections"]] == [
        "Need a closer look?",
        "You may also like",
    ]


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


def test_a_note_of_a_show_is_read_with_its_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = Path("tests/shows/tiny/show.yaml").read_text("utf-8")
    (tmp_path / "show.yaml").write_text(
        f"{settings}\nnotes:\n  summary_headings: [The gist]\n", "utf-8"
    )
    note = "Small steps\n\nWhy do hills help?\n\nThe gist\n\nHills make legs strong.\n"
    rows = []
    for folder in ("show_notes", "elsewhere"):
        file = tmp_path / folder / "009-hills.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(note, "utf-8")
        main(["notes", str(file), "--json"])
        rows.append(json.loads(capsys.readouterr().out))
    assert [row["title"] for row in rows] == ["Why do hills help?", "Small steps"]
    assert [row["summary"] for row in rows] == ["Hills make legs strong.", None]
    assert [[f["kind"] for f in row["furniture"]] for row in rows] == [["tagline"], []]


def test_one_file_that_cannot_be_read_keeps_none_of_the_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "good.md").write_text("# Good\n", "utf-8")
    (tmp_path / "bad.md").write_bytes(b"\xff\xfe\xfa")
    names = ["missing.md", "bad.md", "good.md"]
    assert main(["notes", *(str(tmp_path / name) for name in names), "--json"]) == 1
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [row["title"] for row in rows] == [None, None, "Good"]
    assert [set(row) for row in rows] == [KEYS] * 3
    assert [[p["severity"] for p in row["problems"]] for row in rows] == [["error"], ["error"], []]


def test_a_file_that_cannot_be_read_is_a_problem(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["notes", str(tmp_path / "missing.md")]) == 1
    assert "error[missing-file]" in capsys.readouterr().err
