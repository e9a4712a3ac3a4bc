"""A small show that uses every field a feed can say, and two episodes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import PurePosixPath

from castpress.model.notes import Section, SectionRole
from castpress.model.podcast import (
    Artwork,
    AudioFacts,
    CallToAction,
    Category,
    Chapter,
    Course,
    Cue,
    Enclosure,
    Episode,
    EpisodeType,
    Feed,
    FeedType,
    Link,
    Person,
    Release,
    Show,
    Transcript,
)
from castpress.model.problem import Location
from castpress.model.text import DESCRIPTION_BYTES
from castpress.render.description import gather_blocks

HERE = Location(PurePosixPath("show_notes/007-hills.md"), 1, 1)
TORONTO = timezone(timedelta(hours=-5))

ANN = Person("Ann Ôkura", "host", href="people/ann/", img="artwork/ann.jpg")
BO = Person("Bo", "producer", "creative direction")
GUEST = Person("Dr. Çelik & Söhne", "guest", href="https://example.net/celik?a=1&b=2")

FEED = Feed(
    path="feed.xml",
    page_path="",
    guid="6c967fe4-ab76-51b1-aec1-bde9677f87cb",
    title="Run & Rest",
    description="Running, and resting, for people who like <both>.\n\nA new episode every week.",
    language="en-CA",
    feed_type=FeedType.EPISODIC,
    categories=(
        Category("Health & Fitness", "Fitness"),
        Category("Sports", "Running"),
        Category("Health & Fitness", "Medicine"),
        Category("Comedy"),
    ),
    artwork=Artwork("artwork/cover-0a1b.jpg", "image/jpeg", 3000, 3000, "A shoe on a pillow"),
    author="Ann and Bo",
    people=(ANN, BO),
    copyright="© 2024–2026 Ann and Bo",
    owner_name="Ann",
    owner_email="feed@example.org",
    funding=(
        Link("Buy us socks", "https://example.org/socks?size=42&colour=red"),
        Link("Send a card", "https://example.net/card"),
    ),
)

CALL = CallToAction(
    "Need a plan?", "We write one for you.", "Book a call", "https://example.org/book"
)

SHOW = Show(
    base_url="https://example.org/run/",
    feed=FEED,
    time_zone="America/Toronto",
    courses=(
        Course(
            "first-5k",
            replace(FEED, path="courses/first-5k/feed.xml", page_path="courses/first-5k/"),
            call_to_action=CallToAction("Stuck?", "Ask us.", "Write", "mailto:hi@example.org"),
        ),
    ),
    call_to_action=CALL,
)

AUDIO = AudioFacts("audio/mpeg", "mp3", 31_415_926, 1_801_500, "ab" * 32)

HILLS = Episode(
    guid="0f7cbb9e-5b0c-5f1a-9a51-7f3f0c9a9f11",
    stem="007-hills",
    slug="hills",
    title="Why do hills hurt? & other questions",
    audio=AUDIO,
    location=HERE,
    published=datetime(2026, 3, 1, 6, 30, tzinfo=TORONTO),
    updated=datetime(2026, 3, 4, 18, 0, tzinfo=UTC),
    season=2,
    season_name="Spring",
    number=7,
    summary="Ann asks Dr. Çelik why hills hurt, and what a body makes of it.",
    author="Ann Ôkura",
    people=(GUEST,),
    is_explicit=True,
    artwork=Artwork("artwork/hills-77aa.png", "image/png", 1400, 1400),
    sections=(
        Section(
            "What's this episode about?",
            2,
            "about",
            '<p>Ann asks <a href="https://example.net/celik">Dr. Çelik</a> why hills hurt, '
            "and what a body makes of it.</p>",
            HERE,
            role=SectionRole.SUMMARY,
        ),
        Section(
            "Uphill",
            2,
            "uphill",
            '<p>Short steps. At <a href="#t=125">2:05</a> she shows <em>how</em>.</p>'
            '<p><img src="hill.jpg" alt="A hill"></p>'
            "<ul><li><p>lean in</p></li><li>look up<ol><li>not down</li></ol></li></ul>",
            HERE,
            start_ms=135_000,
        ),
        Section(
            "Further <reading>",
            2,
            "further",
            '<p><a href="../rest/">The one about rest</a>, '
            '<a href="javascript:alert(1)">a bad link</a> &amp; '
            '<a href="https://example.net/a?b=1&amp;c=2">a good one</a>.</p>',
            HERE,
            role=SectionRole.LINKS,
        ),
        Section("Transcript", 2, "t", "<p>Ann: Hello.</p>", HERE, role=SectionRole.TRANSCRIPT),
    ),
    chapters=(
        Chapter(0, 135_000, "Hello", added=True),
        Chapter(135_000, 900_500, "Uphill & down"),
        Chapter(900_500, 1_801_500, "5:30 pace, is it for you?"),
    ),
    transcripts=(
        Transcript(
            "en",
            (
                Cue(0, 2_500, "Hello & welcome,\nrunners.", "Ann Ôkura"),
                Cue(2_500, 4_000, "Is 1 < 2?", "Bo"),
                Cue(4_000, 4_250, "Music"),
            ),
            HERE,
        ),
        Transcript("fr-CA", (Cue(0, 2_500, "Bonjour.", "Ann Ôkura"),), HERE),
    ),
    call_to_action=CALL,
)

REST = Episode(
    guid="https://old.example.org/?p=12",
    stem="000-rest",
    slug="rest",
    title="Rest",
    audio=replace(AUDIO, media_type="audio/mp4", extension="m4a", duration_ms=59_499),
    location=HERE,
    published=datetime(2026, 2, 22, 6, 30, tzinfo=UTC),
    season=0,
    number=0,
    episode_type=EpisodeType.TRAILER,
    is_blocked=True,
    sections=(Section("", 0, "", "<p>Lie down.</p>", HERE),),
    call_to_action=CALL,
)


def release(episode: Episode) -> Release:
    """The episode, out: its enclosure follows from its audio."""
    audio = episode.audio
    return Release(
        episode,
        Enclosure(
            f"audio/{episode.slug}-{audio.sha256[:8]}.{audio.extension}",
            audio.media_type,
            audio.byte_length,
            audio.sha256,
        ),
    )


RELEASES = (release(HILLS), release(REST))


def description_of(show: Show, release: Release, limit_bytes: int = DESCRIPTION_BYTES) -> str:
    """The HTML of the item's ``description``."""
    return gather_blocks(show, release.episode).within(limit_bytes)


def content_of(show: Show, release: Release) -> str:
    """The same without a limit, as in ``content:encoded``."""
    return gather_blocks(show, release.episode).whole()
