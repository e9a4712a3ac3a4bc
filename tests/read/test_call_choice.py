from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from castpress.model.ledger import Ledger
from castpress.model.podcast import AudioFacts, CallToAction, Episode, Link
from castpress.model.problem import Location
from castpress.read.episode import Material, assemble_episode
from castpress.read.front_matter import parse_head
from castpress.read.notes import parse_notes
from castpress.read.settings import parse_settings
from castpress.read.show import assemble_show
from castpress.read.site_words import site_words
from tests.messages import MESSAGES

SETTINGS = """\
title: A Show
tagline: For all who walk
base_url: https://a.example/
guid: 9b024349-ccf0-5f69-a609-6b82873eab3c
description: About.
categories: [Sports > Running]
calls_to_action:
  walk: {heading: Come, text: We walk., button: Where?, url: "https://a.example/walk"}
call_to_action: walk
"""
NOTE = """\
# T

Hello.

## Want to row?

Come to the lake on Sundays.

[Book a Seat](https://a.example/seat)

## You may also like

- [One](https://a.example/1)
- Two
"""


def assemble(text: str) -> Episode:
    file = PurePosixPath("show_notes/talk.md")
    placed, _ = parse_settings(SETTINGS, PurePosixPath("show.yaml"))
    assert placed is not None
    show, _ = assemble_show(placed, {}, Ledger(), MESSAGES)
    head, _ = parse_head(text, file)
    notes, _ = parse_notes(head.body, file, site=site_words(placed.settings))
    audio = AudioFacts("audio/mpeg", "mp3", 1000, 600_000, "sha")
    material = Material("talk", "guid", head, notes, audio, (), None, Location(file, 1))
    return assemble_episode(material, show, placed)[0]


@pytest.mark.parametrize(
    ("text", "call", "titles"),
    [
        (NOTE, "Want to row?", ["", "You may also like"]),
        (f"---\ncall_to_action: walk\n---\n{NOTE}", "Come", ["", "Want to row?"]),
        (NOTE.replace("(https://a.example/seat)", ""), "Come", ["", "Want to row?"]),
        (NOTE.replace("https://a.example/seat", "javascript:x"), "Come", ["", "Want to row?"]),
    ],
)
def test_a_call_of_the_notes_is_the_episode_s_unless_front_matter_names_one(
    text: str, call: str, titles: list[str]
) -> None:
    episode = assemble(text)

    assert episode.call_to_action is not None
    assert episode.call_to_action.heading == call
    assert [section.title for section in episode.sections][:2] == titles


def test_the_call_of_the_notes_is_whole() -> None:
    assert assemble(NOTE).call_to_action == CallToAction(
        "Want to row?",
        "Come to the lake on Sundays.",
        "Book a Seat",
        "https://a.example/seat",
    )


def test_related_articles_with_addresses_are_the_episode_s() -> None:
    assert assemble(NOTE).related == (Link("One", "https://a.example/1"),)


def test_the_show_s_own_words_are_known_in_a_pasted_note() -> None:
    episode = assemble("For all who walk\n\nA long way\n\nIt was long, and it was wet.\n")

    assert episode.title == "A long way"
    assert episode.summary == "It was long, and it was wet."
