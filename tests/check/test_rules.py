"""Each rule finds its fault, and nothing in a good show."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

import pytest

from castpress.check.episode import RULES as EPISODE_RULES
from castpress.check.episode import check_episode
from castpress.check.feed_text import check_feed_text
from castpress.check.show import check_show
from castpress.model.feed_text import MissingText
from castpress.model.notes import Section
from castpress.model.podcast import (
    Artwork,
    AudioFacts,
    Category,
    Chapter,
    Episode,
    Feed,
    FeedType,
    Show,
)
from castpress.model.problem import Location

PLACE = Location(PurePosixPath("show.yaml"), 1)
NOTE = Location(PurePosixPath("show_notes/one.md"), 1)
FEED = Feed(
    path="feed.xml",
    page_path="",
    guid="g",
    title="A Show",
    description="What it is about.",
    language="en",
    feed_type=FeedType.EPISODIC,
    categories=(Category("Sports"),),
    artwork=Artwork("artwork/a.jpg", "image/jpeg", 3000, 3000, "A hill at dawn"),
    author="Ida",
    owner_email="ida@a.example",
)
SHOW = Show("https://a.example/", FEED, "UTC", tagline="Small steps")
EPISODE = Episode(
    guid="g",
    stem="one",
    slug="one",
    title="One",
    audio=AudioFacts("audio/mpeg", "mp3", 1, 600_000, "sha-one"),
    location=NOTE,
    summary="What it is about.",
    number=1,
    sections=tuple(Section(t, 2, t, "<p>x</p>", NOTE) for t in "abc"),
    chapters=(
        Chapter(0, 60_000, "Hello"),
        Chapter(60_000, 120_000, "The drill"),
        Chapter(120_000, 600_000, "Mailbag"),
    ),
)


def codes(episode: Episode = EPISODE, show: Show = SHOW) -> list[str]:
    problems = (*check_show(show, [episode], PLACE), *check_episode(episode, show))
    return [problem.code for problem in problems]


def test_a_good_show_has_nothing_against_it() -> None:
    assert codes() == []


def with_feed(**changes: object) -> Show:
    return replace(SHOW, feed=replace(FEED, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("code", "episode", "show"),
    [
        ("few-chapters", replace(EPISODE, chapters=EPISODE.chapters[:2]), SHOW),
        (
            "long-chapter-title",
            replace(EPISODE, chapters=(*EPISODE.chapters[:2], Chapter(120_000, 600_000, "x" * 46))),
            SHOW,
        ),
        (
            "short-chapter",
            replace(EPISODE, chapters=(*EPISODE.chapters, Chapter(595_000, 600_000, "Bye"))),
            SHOW,
        ),
        (
            "chapters-not-in-audio",
            replace(EPISODE, audio=replace(EPISODE.audio, extension="m4a")),
            SHOW,
        ),
        (
            "audio-chapters-differ",
            replace(
                EPISODE, audio=replace(EPISODE.audio, chapters=(Chapter(9_000, 9_001, "Hello"),))
            ),
            SHOW,
        ),
        ("long-title", replace(EPISODE, title="x" * 256), SHOW),
        ("no-summary", replace(EPISODE, summary=""), SHOW),
        (
            "serial-without-number",
            replace(EPISODE, number=None),
            with_feed(feed_type=FeedType.SERIAL),
        ),
        ("long-description", EPISODE, with_feed(description="ü" * 2001)),
        ("repeated-tagline", EPISODE, with_feed(description="Small steps. And more.")),
        ("no-owner", EPISODE, with_feed(owner_email=None)),
        (
            "alt-is-file-name",
            EPISODE,
            with_feed(artwork=Artwork("a", "image/jpeg", 1, 1, "Cover art final.png")),
        ),
        (
            "alt-is-file-name",
            replace(EPISODE, artwork=Artwork("a", "image/jpeg", 1, 1, "IMG_2043")),
            SHOW,
        ),
    ],
)
def test_each_rule_finds_its_fault(code: str, episode: Episode, show: Show) -> None:
    assert codes(episode, show) == [code]


def test_the_same_number_twice_is_told() -> None:
    audio = replace(EPISODE.audio, sha256="sha-two")
    other = replace(EPISODE, stem="two", audio=audio)
    assert [p.code for p in check_show(SHOW, [EPISODE, other], PLACE)] == ["same-number"]
    assert check_show(SHOW, [EPISODE, replace(other, season=2)], PLACE) == ()


def test_the_same_audio_twice_is_told() -> None:
    other = replace(
        EPISODE, stem="two", number=2, location=Location(PurePosixPath("show_notes/two.md"), 1)
    )
    assert [p.code for p in check_show(SHOW, [EPISODE, other], PLACE)] == ["same-audio"]


def test_the_added_chapter_is_not_the_authors_fault() -> None:
    added = Chapter(0, 5_000, "x" * 60, added=True)
    episode = replace(EPISODE, chapters=(added, Chapter(5_000, 60_000, "A"), *EPISODE.chapters[1:]))
    assert "long-chapter-title" not in codes(episode)


def with_audio_chapters(*rows: tuple[int, str]) -> list[str]:
    """What is said where notes have chapters at 0:00, 1:00, 2:00, 3:00, and the file these."""
    starts = [(0, "Hello"), (60, "The drill"), (120, "Mailbag"), (180, "Goodbye")]
    ours = tuple(Chapter(s * 1000, s * 1000 + 60_000, title) for s, title in starts)
    inside = tuple(Chapter(start * 1000, start * 1000, title) for start, title in rows)
    audio = replace(EPISODE.audio, chapters=inside)
    found = check_episode(replace(EPISODE, chapters=ours, audio=audio), SHOW)
    return [f"{p.message} / {p.help}" for p in found if p.code == "audio-chapters-differ"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [(0, "Hello"), (92, "the drill!"), (152, "Mailbag"), (213, "Goodbye")],
            "all 4 chapters but the first are 0:32 later in the audio's own list: was an intro "
            "added? / if the audio is right, add 0:32 to each time",
        ),
        (
            [(0, "Intro"), (40, "1"), (100, "2"), (160, "3")],
            "all 4 chapters but the first are 0:20 earlier in the audio's own list: was an intro "
            "cut? / if the audio is right, take 0:20 from each time",
        ),
        (
            [(0, "Hello"), (61, "The drill"), (200, "Mailbag")],
            "1 of 3 chapters begins elsewhere in the audio's own list, 'Mailbag' at 3:20 and not",
        ),
        ([(0, "Hello"), (64, "The drill"), (118, "Mailbag"), (181, "Goodbye")], None),
        ([(0, "Part 1"), (200, "Part 2"), (201, "Part 3"), (420, "Part 4")], None),
        ([(300, "Part 1"), (360, "Part 2")], None),
        ([], None),
    ],
)
def test_the_audios_own_chapters_are_compared(
    rows: list[tuple[int, str]], said: str | None
) -> None:
    found = with_audio_chapters(*rows)

    assert [text[: len(said)] for text in found] == [said] if said else found == []


def test_a_description_that_is_cut_names_what_is_missing() -> None:
    missing = MissingText(9_000, ("the chapter lines",), ("Links", "Thanks"), "", PLACE)

    (problem,) = check_feed_text(EPISODE, missing)

    assert (problem.code, problem.location) == ("cut-feed-text", PLACE)
    assert problem.message == (
        "the notes make 9000 bytes of text, and apps take 4000; the feed's description is without "
        "the chapter lines, the end of the text above the first heading, 'Links' and 'Thanks'"
    )
    assert check_feed_text(EPISODE, None) == ()


def test_many_missing_sections_are_counted() -> None:
    missing = MissingText(9_000, (), tuple("abcdefgh"), None, None)

    (problem,) = check_feed_text(EPISODE, missing)

    assert problem.message.endswith("without 'a', 'b', 'c', 'd', 'e' and 3 more")
    assert problem.location == NOTE


def test_every_rule_says_what_it_is_for() -> None:
    assert all(rule.__doc__ for rule in EPISODE_RULES)
