from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from castpress.model.ledger import Ledger
from castpress.model.own_pages import PageLink
from castpress.model.podcast import Artwork, AudioFacts, Chapter, Episode, Link, Show
from castpress.model.problem import Location
from castpress.read.addresses import settle_addresses, with_recorded_address
from castpress.read.episode import Material, assemble_episode
from castpress.read.front_matter import parse_head
from castpress.read.notes import parse_notes
from castpress.read.settings import parse_settings
from castpress.read.show import assemble_show
from castpress.render.notes_view import not_in_notes
from tests.messages import MESSAGES

SETTINGS = """\
title: A Show
base_url: https://a.example/
guid: 9b024349-ccf0-5f69-a609-6b82873eab3c
description: About.
categories: [Sports > Running]
people: [{name: Ida}]
calls_to_action:
  walk: {heading: Come, text: We walk., button: Where?, url: "https://a.example/walk"}
  write: {heading: Write, text: We read., button: Write, url: "https://a.example/write"}
call_to_action: walk
courses:
  steps: {title: First Steps, description: Four weeks., call_to_action: write, language: de}
"""
AUDIO = AudioFacts("audio/mpeg", "mp3", 1000, 600_000, "sha")
PLACED, _ = parse_settings(SETTINGS, PurePosixPath("show.yaml"))
assert PLACED is not None
SHOW, _ = assemble_show(PLACED, {}, Ledger(), MESSAGES)


def assemble(
    text: str,
    stem: str = "talk",
    audio: AudioFacts = AUDIO,
    recorded: tuple[str | None, tuple[str, ...]] = (None, ()),
    pictures: tuple[tuple[str, Artwork], ...] = (),
    show: Show | None = None,
) -> tuple[Episode, list[str]]:
    file = PurePosixPath("show_notes") / f"{stem}.md"
    head, faults = parse_head(text, file)
    assert faults == ()
    notes, doubts = parse_notes(
        head.body, file, first_line=head.first_line, title=head.settings.title
    )
    assert PLACED is not None
    material = Material(
        stem, "guid", head, notes, audio, (), None, Location(file, 1), pictures=pictures
    )
    episode, problems = assemble_episode(material, show or SHOW, PLACED)
    del doubts
    placed = with_recorded_address(episode, head.settings.slug, *recorded)
    return placed, [p.code for p in problems]


@pytest.mark.parametrize(
    ("text", "stem", "title", "number"),
    [
        ("# Hills\n", "talk", "Hills", None),
        ("# Hills\n", "042-hills", "Hills", 42),
        ("# Hills\n", "2026-03-01-hills", "Hills", None),
        ("---\nepisode: 7\n---\n# Hills\n", "042-hills", "Hills", 7),
        ("# Episode 7: Hills\n", "talk", "Hills", 7),
        ("# 7 hills of Rome\n", "talk", "7 hills of Rome", None),
        ("---\ncourse: steps\n---\n# Lesson 6: The Lower Back\n", "x", "The Lower Back", 6),
        ("---\ntype: trailer\n---\n# Hello\n", "000-hello", "Hello", None),
    ],
)
def test_title_and_number_come_from_key_title_or_name(
    text: str, stem: str, title: str, number: int | None
) -> None:
    episode, _ = assemble(text, stem)
    assert (episode.title, episode.number) == (title, number)


def test_what_the_notes_leave_out_comes_from_the_audio() -> None:
    chapters = (Chapter(0, 1, "Intro"), Chapter(60_000, 1, "Talk"))
    audio = replace(AUDIO, title="From the file", artist="Bo", chapters=chapters)
    episode, _ = assemble("Only text.\n", audio=audio)
    assert episode.title == "From the file"
    assert [(c.start_ms, c.end_ms, c.title) for c in episode.chapters] == [
        (0, 60_000, "Intro"),
        (60_000, 600_000, "Talk"),
    ]


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("A goose.\n\nA moose.\n", "A goose."),
        ("0:00 Hello\n2:30 The swan\n5:45 Goodbye\n\nA goose.\n", "A goose."),
        ("(0:00) Hello (2:30) The swan (5:45) Goodbye\n\nA goose.\n", "A goose."),
        ("Chapters:\n\n0:00 Hello\n\n2:30 The swan\n\n5:45 Bye\n\nA goose.\n", "A goose."),
        ("At 2:30 a swan.\n\n- 0:00 Hello\n- 2:30 Swan\n- 5:45 Bye\n", "At 2:30 a swan."),
        ("A goose.[^1]\n\n[^1]: It walks.\n", "A goose."),
        ("![A goose](goose.jpg)\n\nIt walks.\n", "It walks."),
        ("- 0:00 Hello\n- 2:30 Swan\n- 5:45 Bye\n", ""),
        ("We speak of:\n\n- geese\n", "We speak of:"),
    ],
)
def test_a_summary_that_nobody_wrote_is_the_first_paragraph_that_says_something(
    text: str, summary: str
) -> None:
    episode, _ = assemble(f"# Birds\n\n{text}")
    assert episode.summary == summary


def test_the_notes_win_over_the_audio_and_front_matter_over_the_notes() -> None:
    audio = replace(AUDIO, title="From the file", chapters=(Chapter(0, 1, "Intro"),))
    notes = "# Title\n\n## Start [0-2 min]\n\nx\n\n## End [2-10 min]\n\ny\n"
    episode, _ = assemble(notes, audio=audio)
    assert [c.title for c in episode.chapters] == ["Start", "End"]
    by_hand = "---\ntitle: Other\nchapters:\n  - {start: 0:00, title: One}\n---\n"
    episode, _ = assemble(by_hand + notes, audio=audio)
    assert episode.title == "Other"
    assert [c.title for c in episode.chapters] == ["One"]


def test_chapters_by_hand_obey_the_same_checks() -> None:
    rows = [("0:00", "A"), ("150", "B"), ("2 min", "C"), ("9:59", "D"), ("10:00", "E"), ("1h", "F")]
    typed = "".join(f"  - {{start: {start}, title: {title}}}\n" for start, title in rows)
    episode, problems = assemble(f"---\nchapters:\n{typed}---\n# Hills\n\nA goose.\n")
    assert [(c.start_ms, c.title) for c in episode.chapters] == [
        (0, "A"),
        (150_000, "B"),
        (599_000, "D"),
    ]
    assert problems == ["time-goes-back", "another-cut"]


def test_chapters_by_hand_bring_pictures_and_links() -> None:
    goose = Artwork("artwork/goose-1.png", "image/png", 400, 300)
    head = (
        "---\nchapters:\n"
        "  - {start: 0:30, title: A, image: goose.png, image_alt: A goose}\n"
        "  - {start: 1:00, title: B, url: 'https://a.example/b'}\n"
        "  - {start: 1:00, title: C, url: 'https://a.example/c'}\n"
        "  - {start: 2:00, title: D, image: gone.png, image_alt: Nothing}\n---\n"
    )

    episode, _ = assemble(head, pictures=(("goose.png", goose),))

    assert [(c.title, c.image, c.url) for c in episode.chapters] == [
        ("Talk", None, None),
        ("A", replace(goose, alt="A goose"), None),
        ("B", None, "https://a.example/b"),
        ("D", None, None),
    ]


def test_without_any_title_the_file_name_is_used_and_said() -> None:
    episode, codes = assemble("", "the-long_run")
    assert (episode.title, codes) == ("The long run", ["no-title"])


@pytest.mark.parametrize(
    ("title", "stem", "slug"),
    [
        ("Why do we run?", "x", "why-do-we-run"),
        ("Midback/ thoracic spine?", "x", "midback-thoracic-spine"),
        ("🎉🎉", "042-party", "episode-42"),
        ("🎉", "🎉", "episode"),
        ("Über Öl", "x", "uber-ol"),
    ],
)
def test_slugs_are_words_of_the_title(title: str, stem: str, slug: str) -> None:
    assert assemble(f"# {title}\n", stem)[0].slug == slug


def test_a_slug_is_cut_between_words() -> None:
    slug = assemble("# " + "running " * 40 + "\n")[0].slug
    assert len(slug) <= 80
    assert set(slug.split("-")) == {"running"}


def test_a_lesson_takes_from_its_course_what_it_leaves_out() -> None:
    lesson, _ = assemble("---\ncourse: steps\nlesson: 1\n---\n# Shoes\n")
    talk, _ = assemble("# Talk\n")
    chosen, _ = assemble("---\ncall_to_action: write\n---\n# Talk\n")
    calls = [e.call_to_action.heading for e in (lesson, talk, chosen) if e.call_to_action]
    assert calls == ["Write", "Come", "Write"]
    assert (lesson.language, talk.language) == ("de", "en")
    assert lesson.page_path == "courses/steps/shoes/"


def test_a_lesson_without_a_number_is_an_error() -> None:
    assert "lesson-without-number" in assemble("---\ncourse: steps\n---\n# Shoes\n")[1]


def test_two_numbers_are_told() -> None:
    assert "two-numbers" in assemble("---\nepisode: 3\n---\n# Episode 4: Hills\n")[1]


def test_two_episodes_with_one_address() -> None:
    one, _ = assemble("---\npublished: 2026-01-01\n---\n# Hills\n", "one")
    two, _ = assemble("---\npublished: 2026-02-01\n---\n# Hills!\n", "two")
    _, problems = settle_addresses([two, one])
    found = [(p.code, p.location.file.name) for p in problems]
    assert found == [("slug-clash", "two.md")]


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("Click on the arrow to watch it, ribs above hips.", "two"),
        ("The video above shows the pace.", "one"),
        ("See the video below.", "two"),
        ("Nothing to watch.", None),
    ],
)
def test_the_video_belongs_where_the_notes_speak_of_it(text: str, anchor: str | None) -> None:
    notes = f"# T\n\n## One\n\nA.\n\n## Two\n\n{text}\n\n## Three\n\nSee the video above.\n"
    head = "---\nvideo: https://a.example/v.mp4\n---\n"

    assert assemble(head + notes)[0].video_anchor == (anchor or "two")
    assert assemble(notes)[0].video_anchor is None


def test_an_address_that_was_out_stays_when_the_title_changes() -> None:
    episode, _ = assemble("# Mountains\n", recorded=("hills", ()))
    assert episode.slug == "hills"


def test_an_old_address_leads_to_the_new_one_unless_somebody_has_taken_it() -> None:
    moved, _ = assemble("---\nslug: peaks\n---\n# Hills\n", "one", recorded=("peaks", ("hills",)))
    settled, problems = settle_addresses([moved])
    assert (settled[0].aliases, problems) == (("hills",), ())
    other, _ = assemble("---\nslug: hills\n---\n# Other\n", "two")
    settled, problems = settle_addresses([moved, other])
    assert settled[0].aliases == ()
    assert [p.code for p in problems] == ["alias-taken"]


def test_links_in_lists_lead_to_the_authors_own_pages() -> None:
    text = (
        "# Feet\n\n## Exercises\n\n- [Toe Yoga](../pages/drills.md#toe-yoga) – for the toes.\n"
        "- [Wall Lean](/drills/#wall-lean) – for the calf.\n- [Elsewhere](/gone/) – no page.\n"
        "- [Mail](mailto:a@b.example) – none.\n- Reset – no link.\n\n"
        "## Related articles\n\n- [Drills](../pages/drills.md?x=1)\n"
        "- [Far](https://far.example/drills/)\n"
    )
    show = replace(SHOW, pages=(PageLink("drills", "Drills", "drills"),))

    episode, _ = assemble(text, show=show)

    assert [(each.name, each.url) for each in episode.exercises] == [
        ("Toe Yoga", "/drills/#toe-yoga"),
        ("Wall Lean", "/drills/#wall-lean"),
        ("Elsewhere", "/gone/"),
        ("Mail", None),
        ("Reset", None),
    ]
    assert episode.related == (
        Link("Drills", "/drills/?x=1"),
        Link("Far", "https://far.example/drills/"),
    )
    assert not_in_notes(episode.related, episode) == ()
