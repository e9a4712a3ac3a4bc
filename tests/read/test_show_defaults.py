"""What show.yaml says for all episodes, until a note says otherwise."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from castpress.model.ledger import Ledger
from castpress.model.podcast import Episode
from castpress.model.problem import Location
from castpress.read.episode import Material, assemble_episode
from castpress.read.front_matter import parse_head
from castpress.read.notes import parse_notes
from castpress.read.settings import parse_settings
from castpress.read.show import assemble_show
from tests.messages import MESSAGES
from tests.read.test_episode import AUDIO, SETTINGS

FILE = PurePosixPath("show_notes/talk.md")


def assembled(settings: str, keys: str) -> Episode:
    placed, faults = parse_settings(SETTINGS + settings, PurePosixPath("show.yaml"))
    assert placed is not None
    head, misfits = parse_head(f"---\n{keys}\n---\n# Talk\n", FILE)
    assert (*faults, *misfits) == ()
    show, _ = assemble_show(placed, {}, Ledger(), MESSAGES)
    notes, _ = parse_notes(head.body, FILE, first_line=head.first_line)
    material = Material("talk", "guid", head, notes, AUDIO, (), None, Location(FILE, 1))
    return assemble_episode(material, show, placed)[0]


@pytest.mark.parametrize(
    ("settings", "keys", "found"),
    [
        ("", "", None),
        ("", "machine", "machine"),
        ("machine", "", "machine"),
        ("machine", "people", "people"),
    ],
)
def test_a_note_knows_better_who_wrote_its_transcript_down(
    settings: str, keys: str, found: str | None
) -> None:
    key = "transcript_made_by: "

    episode = assembled(settings and key + settings, keys and key + keys)

    assert episode.transcript_made_by == found


HALL, SOCKS = "{title: Hall, url: https://h.example/}", "{title: Socks, url: https://s.example/}"


@pytest.mark.parametrize(
    ("settings", "keys", "found"),
    [
        ("", "", []),
        (f"sponsors: {HALL}", "", ["Hall"]),
        (f"sponsors: [{HALL}]", "sponsors:", ["Hall"]),
        (f"sponsors: {HALL}", f"sponsors: [{SOCKS}]", ["Socks"]),
        (f"sponsors: [{HALL}, {SOCKS}]", "sponsors: []", []),
    ],
)
def test_the_sponsors_of_a_note_take_the_place_of_the_shows(
    settings: str, keys: str, found: list[str]
) -> None:
    assert [sponsor.title for sponsor in assembled(settings, keys).sponsors] == found


@pytest.mark.parametrize(
    ("keys", "code", "said"),
    [
        ("sponsors: Socks", "bad-value", "write `title: …` and `url: …`"),
        ("sponsors: [{title: Socks}]", "missing-key", "write a line `url: …`"),
        ("sponsors: [{title: Socks, url: socks.example}]", "bad-value", "https://example.org/page"),
        ("sponsors: [{name: Socks, url: https://s.example/}]", "renamed-key", "`title:`"),
        ("sponsor: {title: Socks}", "renamed-key", "`sponsors:`"),
    ],
)
def test_a_sponsor_that_cannot_be_shown_is_told_with_what_to_type(
    keys: str, code: str, said: str
) -> None:
    _, problems = parse_head(f"---\n{keys}\n---\n", FILE)

    assert [problem.code for problem in problems] == [code]
    assert said in problems[0].help


def test_another_maker_is_told_with_those_that_there_are() -> None:
    _, (problem,) = parse_head("---\ntranscript_made_by: robot\n---\n", FILE)

    assert (problem.code, problem.location.line) == ("bad-value", 2)
    assert "machine" in problem.help
    assert "people" in problem.help
