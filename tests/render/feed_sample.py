"""A small show that uses every field a feed can say, and two episodes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import PurePosixPath

from castpress.model.feed_tags import (
    AlternateEnclosure,
    Element,
    License,
    Picture,
    Place,
    RemoteItem,
    ServiceBlock,
    SocialPost,
    Soundbite,
    TextRecord,
    UpdateFrequency,
)
from castpress.model.notes import Section, SectionRole
from castpress.model.podcast import (
    Artwork,
    AudioFacts,
    CallToAction,
    Category,
    Chapter,
    Correction,
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
    Sponsor,
    Transcript,
)
from castpress.model.problem import Location
from castpress.model.text import DESCRIPTION_BYTES
from castpress.render.description import gather_blocks
from tests.messages import MESSAGES

HERE = Location(PurePosixPath("show_notes/007-hills.md"), 1, 1)
TORONTO = timezone(timedelta(hours=-5))

ANN = Person("Ann Ôkura", "host", href="people/ann/", img="artwork/ann.jpg")
BO = Person("Bo", "producer", "creative direction")
GUEST = Person("Dr. Çelik & Söhne", "guest", href="https://example.net/celik?a=1&b=2")

LIVE = Element(
    "podcast:liveItem",
    attributes=(
        ("status", "pending"),
        ("start", "2026-05-01T19:00:00-05:00"),
        ("end", "2026-05-01T20:00:00-05:00"),
    ),
    children=(
        Element("title", "Running live"),
        Element("guid", "live-2026-05-01", (("isPermaLink", "false"),)),
        Element(
            "enclosure",
            attributes=(
                ("url", "https://stream.example.net/run.mp3"),
                ("length", "312"),
                ("type", "audio/mpeg"),
            ),
        ),
        Element(
            "podcast:contentLink", "Watch it", (("href", "https://video.example.net/run-live"),)
        ),
    ),
)
VALUE = Element(
    "podcast:value",
    attributes=(("type", "lightning"), ("method", "keysend"), ("suggested", "0.00000005")),
    children=(
        Element(
            "podcast:valueRecipient",
            attributes=(
                ("name", "Ann"),
                ("type", "node"),
                ("address", "02d5c1bf8b940dc9cadca86d1b0a3c37fbe39cee4c7e839e33bef9174531d27f52"),
                ("split", "95"),
                ("customKey", "112111100"),
                ("customValue", "wal_hrDHs0RBEM576"),
            ),
        ),
        Element(
            "podcast:valueRecipient",
            attributes=(
                ("name", "Helper"),
                ("type", "lnaddress"),
                ("address", "helper@pay.example.net"),
                ("split", "5"),
                ("fee", "true"),
            ),
        ),
        Element(
            "podcast:valueTimeSplit",
            attributes=(
                ("startTime", "60"),
                ("duration", "237.5"),
                ("remoteStartTime", "174"),
                ("remotePercentage", "95"),
            ),
            children=(
                Element(
                    "podcast:remoteItem",
                    attributes=(
                        ("feedGuid", "917393e3-1b1e-5cef-ace4-edaa54e1f810"),
                        ("itemGuid", "song-7"),
                    ),
                ),
            ),
        ),
    ),
)
CHAT = Element(
    "podcast:chat",
    attributes=(
        ("server", "chat.example.net"),
        ("protocol", "matrix"),
        ("accountId", "@ann:chat.example.net"),
        ("space", "#run:chat.example.net"),
    ),
)
CLOUD = Element(
    "cloud",
    attributes=(
        ("domain", "cloud.example.net"),
        ("port", "443"),
        ("path", "/notify"),
        ("registerProcedure", "hear.us"),
        ("protocol", "http-post"),
    ),
)

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
    apple_title="Run & Rest, a podcast",
    is_blocked=True,
    blocked_services=(ServiceBlock("spotify"), ServiceBlock("deezer", is_blocked=False)),
    is_complete=True,
    license=License("run-and-rest-1", "https://example.org/licence?v=1&lang=en"),
    places=(
        Place("Toronto, Ontario", "creator", "geo:43.6532,-79.3832", "R324211", "CA"),
        Place("Ghent & around"),
    ),
    pictures=(
        Picture(
            "artwork/wide.jpg", "Two shoes & a pillow", "social", "16/9", 1920, 1080, "image/jpeg"
        ),
        Picture("https://pictures.example.net/poster.png", purpose="poster publisher"),
    ),
    discussion=(
        SocialPost(
            "activitypub",
            "https://social.example.net/@run/1?a=1&b=2",
            "@run@social.example.net",
            "https://social.example.net/@run",
            1,
        ),
        SocialPost("atproto", "https://sky.example.net/run"),
    ),
    text_records=(TextRecord("token-4711", "applepodcastsverify"), TextRecord("made by hand")),
    podroll=(
        RemoteItem(
            "917393e3-1b1e-5cef-ace4-edaa54e1f810",
            "https://example.net/songs.xml",
            "song-7",
            "music",
            "A song & a run",
        ),
        RemoteItem("9b024349-ccf0-5f69-a609-6b82873eab3c"),
    ),
    publisher=RemoteItem(
        "003af0a0-6a45-55cf-b765-68e3d349551a",
        "https://example.net/publisher.xml",
        medium="publisher",
    ),
    update_frequency=UpdateFrequency(
        "every Sunday", "FREQ=WEEKLY;BYDAY=SU", "2026-01-04T06:30:00Z", is_complete=True
    ),
    webmaster="web@example.org (Wim)",
    ttl_minutes=90,
    skip_hours=(1, 23),
    skip_days=("Monday", "Saturday"),
    elements=(CLOUD, VALUE, CHAT, LIVE),
)

CALL = CallToAction(
    "Need a plan?", "We write one for you.", "Book a call", "https://example.org/book"
)

COURSE_FEED = Feed(
    path="courses/first-5k/feed.xml",
    page_path="courses/first-5k/",
    guid="8d3bd2a1-57a5-5a35-8bd5-1ddc0d5d6a0c",
    title="First 5k",
    description="Nine lessons.",
    language="en-CA",
    feed_type=FeedType.SERIAL,
    categories=(Category("Education", "Courses"),),
    artwork=None,
    author="Ann and Bo",
    is_explicit=True,
    medium="course",
    is_locked=False,
)
"""A feed that says nothing but what it must."""

SHOW = Show(
    base_url="https://example.org/run/",
    feed=FEED,
    time_zone="America/Toronto",
    courses=(
        Course(
            "first-5k",
            COURSE_FEED,
            call_to_action=CallToAction("Stuck?", "Ask us.", "Write", "mailto:hi@example.org"),
        ),
    ),
    call_to_action=CALL,
    messages=MESSAGES,
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
    corrections=(
        Correction("Hills are <100 m, & not 200.", datetime(2026, 3, 4, tzinfo=UTC), 135_000),
    ),
    sponsors=(Sponsor("Socks & Sons", "https://socks.example/?a=1&b=2", "Warm <feet>."),),
    tags=("hills", "breath & pace"),
    apple_title="Why do hills hurt? Ask Ann & Bo",
    decimal_number="7.5",
    display_number="Hill & 7",
    soundbites=(
        Soundbite(0, 15_000, "How it begins"),
        Soundbite(73_500, 60_250, "Lean & look"),
        Soundbite(200_000, 30_000),
    ),
    places=(Place("Hamilton Mountain", geo="geo:43.23,-79.86", osm="R7034910", country="CA"),),
    license=License("cc-by-4.0"),
    pictures=(Picture("artwork/hills-wide.png", "A hill", "canvas", "9/16", 1080, 1920),),
    funding=(Link("Buy Ann a hill", "https://example.org/hill"),),
    discussion=(
        SocialPost(
            "activitypub",
            "https://social.example.net/@run/7",
            "@run@social.example.net",
            "https://social.example.net/@run",
            1,
        ),
        SocialPost("nostr", "nostr:note1hills", priority=2),
    ),
    text_records=(TextRecord("true", "ai-content"),),
    alternates=(
        AlternateEnclosure(
            "audio/opus",
            ("audio/hills-77.opus", "https://mirror.example.net/hills.opus"),
            9_000_000,
            bitrate=32_000,
            language="en-CA",
            title="Small",
            rel="low",
            codecs="opus",
            sha256="cd" * 32,
        ),
        AlternateEnclosure(
            "video/mp4", ("video/hills-99.mp4",), 99_000_000, 640_000, 720, is_default=True
        ),
        AlternateEnclosure("audio/mpeg", ("https://mirror.example.net/hills.mp3",)),
    ),
    comments_url="talk/hills/?page=1&sort=new",
    elements=(
        VALUE,
        CHAT,
        Element("podcast:contentLink", "Watch", (("href", "https://video.example.net/hills"),)),
    ),
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
    elements=(VALUE,),
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
