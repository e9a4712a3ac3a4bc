"""A show as a coach would make it, assembled by hand, so that pages can be seen without a build."""

from __future__ import annotations

import io
import math
import struct
import wave
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path, PurePosixPath
from typing import Any

from castpress.model.notes import Section, SectionRole
from castpress.model.podcast import (
    Artwork,
    AudioFacts,
    CallToAction,
    Category,
    Chapter,
    Course,
    Cue,
    Edition,
    Enclosure,
    Episode,
    EpisodeType,
    Exercise,
    Feed,
    FeedType,
    Link,
    Person,
    Release,
    Show,
    Transcript,
)
from castpress.model.problem import Location
from tests.messages import MESSAGES

TEMPLATES = Path(__file__).parents[2] / "templates"
ZONE = timezone(timedelta(hours=2))
DURATION_MS = 600_000

HOSTS = (
    Person("Coach Mira", bio="Has paced beginners and stubborn marathoners since 2009."),
    Person("Coach Dan", bio="Physiotherapist, late starter, hill enthusiast."),
)
COVER = Artwork(
    path="artwork/cover-0011223344556677.jpg",
    media_type="image/jpeg",
    width_px=1400,
    height_px=1400,
    alt="An orange sun over three lanes of a running track",
    sizes=(
        (300, "artwork/cover-300-0011223344556677.webp"),
        (600, "artwork/cover-600-0011223344556677.webp"),
    ),
)
ACTION = CallToAction(
    "Want somebody to look at your stride?",
    "Dan films you for ten minutes on the road and tells you the one thing worth changing.",
    "Book a stride check",
    "https://example.com/stride",
)


def templates() -> dict[str, str]:
    """The default theme's texts by name."""
    files = (path for path in sorted(TEMPLATES.iterdir()) if path.is_file())
    return {path.name: path.read_text("utf-8") for path in files}


def place(stem: str) -> Location:
    return Location(PurePosixPath(f"show_notes/{stem}.md"), 1, 1)


def section(
    title: str,
    html: str,
    start: int | None = None,
    end: int | None = None,
    role: SectionRole = SectionRole.TEXT,
    level: int = 2,
) -> Section:
    anchor = "".join(c if c.isalnum() and c.isascii() else "-" for c in title.lower()).strip("-")
    return Section(
        title, level if title else 0, anchor or "notes", html, place("x"),
        None if start is None else start * 1000, None if end is None else end * 1000, role,
    )  # fmt: skip


def feed(title: str, page_path: str, feed_type: FeedType, description: str) -> Feed:
    return Feed(
        path=page_path + "feed.xml",
        page_path=page_path,
        guid="6c2a5e3e-1111-5222-8333-444455556666",
        title=title,
        description=description,
        language="en",
        feed_type=feed_type,
        categories=(Category("Sports", "Running"),),
        artwork=COVER,
        author="Mira and Dan",
        people=HOSTS,
    )


def chapters(*titles: tuple[int, str]) -> tuple[Chapter, ...]:
    ends = [start for start, _ in titles[1:]] + [DURATION_MS // 1000]
    return tuple(
        Chapter(start * 1000, end * 1000, title)
        for (start, title), end in zip(titles, ends, strict=True)
    )


def release(
    slug: str,
    title: str,
    day: str,
    *,
    number: int | None,
    duration_ms: int = DURATION_MS,
    **fields: Any,
) -> Release:
    published = datetime.fromisoformat(day).replace(hour=6, tzinfo=ZONE)
    episode = Episode(
        guid=f"guid-{slug}",
        stem=slug,
        slug=slug,
        title=title,
        number=number,
        published=published,
        location=place(slug),
        audio=AudioFacts("audio/x-wav", "wav", 480_044, duration_ms, "0" * 64),
    )
    episode = replace(episode, **({"call_to_action": ACTION} | fields))
    path = f"audio/{slug}-00112233445566778899aabbccddeeff.wav"
    return Release(episode, Enclosure(path, "audio/x-wav", 9_600_000, "0" * 64))


MIDBACK_CUES = (
    Cue(0, 4_000, "Good morning, this is the podcast that gets you out of the door.", "Mira"),
    Cue(4_000, 9_000, "And this is the other voice. It is raining, so we talk.", "Dan"),
    Cue(9_000, 15_000, "You sent us forty letters about stiff backs.", "Mira"),
    Cue(15_000, 22_000, "Forty. Somebody drew a diagram.", "Mira"),
    Cue(22_000, 31_000, "The diagram was good! It showed where rotation gets lost.", "Dan"),
    Cue(120_000, 128_000, "So, when you run, the trunk winds up against the hips.", "Dan"),
    Cue(128_000, 137_000, "If the middle of the back does not turn, something else has to.", "Dan"),
    Cue(137_000, 143_000, "And that something is usually the part that then hurts.", "Mira"),
    Cue(300_000, 308_000, "Let us do the drill together. Feet under the hips.", "Dan"),
    Cue(308_000, 316_000, "Arms as if you carried a sleeping child. Now turn, gently.", "Dan"),
)

MIDBACK = release(
    "turning-from-the-middle",
    "Why does your mid-back decide how far you can run?",
    "2026-05-12",
    number=14,
    season=2,
    author="Coach Mira",
    tags=("mobility", "injury"),
    summary="Mira and Dan on the part of the back that nobody trains, why a stiff one sends its "
    "work to hips and knees, and a drill you can do while the kettle boils.",
    sections=(
        section(
            "What's this episode about?",
            "<p>Mira and Dan on the part of the back that nobody trains, why a stiff one sends "
            "its work to hips and knees, and a drill you can do while the kettle boils.</p>",
            role=SectionRole.SUMMARY,
        ),
        section(
            "Letters and a diagram",
            "<p>Forty letters, and one with a drawing. The best question came from Ottilie in "
            'Bergen: does it matter <a href="#t=75">which way you turn first</a>?</p>', 0, 120,
        ),
        section(
            "What the mid-back does while you run",
            "<p>Twelve vertebrae between neck and waist, each of which can turn a little. Together "
            "they let the arms swing one way while the hips go the other.</p>"
            "<ul><li>The trunk stores the energy of each step and gives it back.</li>"
            "<li>The lower back is built to carry, <strong>not</strong> to twist.</li>"
            "<li>When the middle is stiff, the side-bend comes from below.</li></ul>"
            '<p>Dan quotes <a href="https://example.com/study" rel="noopener noreferrer">a study '
            "of sixty club runners</a>; it is small, and we say so.</p>", 120, 300,
        ),
        section(
            "A drill while the kettle boils",
            "<ol><li>Stand tall, feet under the hips.</li><li>Hold your elbows as if you carried a "
            "sleeping child.</li><li>Turn from the ribs, hips still, ten times each way.</li></ol>"
            "<blockquote><p>If the kettle wins, you were too fast.</p></blockquote>", 300, 480,
        ),
        section(
            "When to ask somebody",
            "<p>Pain that wakes you, or that goes down a leg, is not a case for a podcast. See a "
            "physiotherapist.</p>",
        ),
    ),
    chapters=chapters(
        (0, "Letters and a diagram"),
        (120, "What the mid-back does while you run"),
        (300, "A drill while the kettle boils"),
        (405, "Which way first?"),
        (480, "Next week, and a goodbye to the red shoes"),
    ),
    transcripts=(Transcript("en", MIDBACK_CUES, place("x")),),
    links=(
        Link("Trunk rotation in recreational runners", "https://example.com/study"),
        Link("Ottilie's diagram", "https://example.com/diagram"),
    ),
    video=Link("Dan shows the drill, two minutes", "https://video.example.com/drill"),
)  # fmt: skip


def lesson(number: int, slug: str, title: str, summary: str, **fields: Any) -> Release:
    return release(
        slug, title, f"2026-0{1 + number // 4}-{number + 4:02}",
        number=number, course="run-without-pain", summary=summary, **fields,
    )  # fmt: skip


LOWER_BACK = lesson(
    6,
    "the-lower-back",
    "The lower back",
    "Why it complains on long runs, two tests for the living-room floor, and what to do with the "
    "answer.",
    subtitle="Your spine is not a hinge: let it carry, and let its neighbours move.",
    topics=(
        "Why the lower back hurts on long runs",
        "Two tests for stability and mobility",
        "What to train, and what to leave alone",
    ),
    exercises=(
        Exercise("Foam roll, upper back", "So that the turning happens where it should.",
                 "https://example.com/roll"),
        Exercise("Long lunge", "Gives the hip flexors back the length that chairs took from them."),
        Exercise("Dead bug", "Teaches the trunk to stay quiet while arms and legs do not.",
                 "https://example.com/bug"),
    ),
    exercises_anchor="exercises-for-this-lesson",
    sections=(
        section("", "<p>Your spine is not a hinge: let it carry, and let its neighbours move.</p>"),
        section(
            "We cover the following topics",
            "<ul><li>Why the lower back hurts on long runs;</li><li>Two tests; and</li>"
            "<li>What to train</li></ul>", role=SectionRole.TOPICS,
        ),
        section(
            "Exercises for this lesson",
            "<p>After the lesson, take the ones that fit what your two tests said:</p>"
            "<ul><li>Foam roll</li><li>Long lunge</li><li>Dead bug</li></ul>"
            '<p>All you need is a <a href="https://example.com/gear">roll and a mat</a>.</p>',
            role=SectionRole.EXERCISES,
        ),
    ),
    chapters=chapters((0, "Hello again"), (45, "The two tests"), (260, "What to do with them")),
)  # fmt: skip

LESSONS = (
    lesson(1, "how-to-use-this", "How to use this course", "Ten minutes a week, in this order."),
    lesson(2, "feet", "Feet first", "Toes that can let go, ankles that can bend."),
    lesson(3, "calves", "Calves", "The spring that most of us have never wound."),
    lesson(4, "knees", "Knees, the messengers", "They complain; others are to blame."),
    lesson(5, "hips", "Hips", "Three muscles with long names and one job."),
    LOWER_BACK,
    lesson(7, "shoulders", "Those forgotten shoulders", "Half of your stride hangs from them."),
    lesson(8, "putting-it-together", "Putting it together", "A week that has room for all of it."),
)

EPISODES = (
    release("hello", "What this is going to be", "2025-09-01", number=None, duration_ms=94_000,
            episode_type=EpisodeType.TRAILER, summary="A minute and a half, so that you know."),
    release("first-ten", "Your first ten kilometres", "2025-09-15", number=1, season=1,
            summary="A plan with three runs a week, two of them shorter than your commute.",
            duration_ms=2_290_000, tags=("beginners",)),
    release("rest-days", "Rest days are training days", "2026-02-02", number=12, season=2,
            duration_ms=4_320_000, tags=("injury",),
            summary="What the body builds while you lie on the sofa, and how to tell laziness from "
            "sense."),
    release("on-hills", "Hills without hatred", "2026-03-20", number=13, season=2,
            duration_ms=3_100_000, tags=("mobility",), is_explicit=True,
            summary="Shorter steps, a lower gaze, and a good word for walking. Recorded on one."),
    MIDBACK,
)  # fmt: skip

COURSE = Course(
    slug="run-without-pain",
    feed=feed(
        "Run Without Pain",
        "courses/run-without-pain/",
        FeedType.SERIAL,
        "Eight lessons from the feet up, ten minutes each. Test yourself, find the weak link, and "
        "train that one.\n\nStart at the beginning; each lesson builds on the one before.",
    ),
    call_to_action=ACTION,
)

SHOW = Show(
    base_url="https://stride.example/",
    feed=feed(
        "The Long Way Round",
        "",
        FeedType.EPISODIC,
        "Two coaches on running for people who have a life as well. No heroics, no gadgets of the "
        "week: what helps, what hurts, and what the evidence says about either.",
    ),
    time_zone="Europe/Berlin",
    tagline="Running, slowly explained",
    site_motto="Made between two runs, since 2025",
    courses=(COURSE,),
    subscribe=(
        Link("Apple Podcasts", "https://podcasts.apple.com/podcast/id1"),
        Link("Spotify", "https://open.spotify.com/show/1"),
    ),
    social=(Link("Mastodon", "https://social.example/@stride"),),
    contact="hello@stride.example",
    call_to_action=ACTION,
    blurb="Go easy, go often, and take the long way round.",
    messages=MESSAGES,
)


def newest_first(releases: tuple[Release, ...]) -> tuple[Release, ...]:
    return tuple(sorted(releases, key=lambda r: r.published, reverse=True))


EDITION = Edition(SHOW, newest_first(EPISODES + LESSONS))


def silent_wav(length_s: int) -> bytes:
    """A very quiet tone at 8 kHz, 8 bit."""
    tone = bytes(128 + round(2 * math.sin(i / 8)) for i in range(8000))
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as out:
        out.setparams((1, 1, 8000, 0, "NONE", ""))
        out.writeframes(tone * length_s)
    return buffer.getvalue()


def png_square(size: int, colour: tuple[int, int, int]) -> bytes:
    """A one-coloured picture, where any picture will do."""
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    row = b"\0" + bytes(colour) * size
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(row * size))
        + chunk(b"IEND", b"")
    )
