"""What was understood of one set of show notes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from castpress.model.podcast import Exercise, Link
    from castpress.model.problem import Location


class SectionRole(StrEnum):
    """What a section is for; recognised by its heading (show.yaml, ``notes``)."""

    TEXT = "text"
    SUMMARY = "summary"
    TOPICS = "topics"
    EXERCISES = "exercises"
    LINKS = "links"
    EQUIPMENT = "equipment"
    CORRECTIONS = "corrections"
    TRANSCRIPT = "transcript"
    RELATED = "related"
    TAKEAWAYS = "takeaways"


@dataclass(frozen=True, slots=True)
class Mark:
    """The start of a chapter as the notes give it; ``end_ms`` is None where it stays open.

    An open end runs to the next mark, or to the end of the audio where ``runs_to_end`` says so.
    ``level`` is that of the heading: a deeper one inside its section's range is nested in it.
    """

    start_ms: int
    end_ms: int | None
    title: str
    location: Location
    level: int = 0
    runs_to_end: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A titled part of the notes, perhaps with a time range.

    ``html`` is sanitised and holds the body without the heading; moments in it are links of the
    one form ``<a href="#t=125">`` (whole or decimal seconds) that each renderer points where its
    readers can play. ``title`` is plain text without the time; it is empty, and ``level`` 0, for
    the text before the first heading. ``anchor`` is unique in the page.
    """

    title: str
    level: int
    anchor: str
    html: str
    location: Location
    start_ms: int | None = None
    end_ms: int | None = None
    role: SectionRole = SectionRole.TEXT


@dataclass(frozen=True, slots=True)
class NotesList:
    """A top-level list of the notes, its items as plain text."""

    is_ordered: bool
    items: tuple[str, ...]
    location: Location


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that speaks of something, and where it does."""

    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class TypedLink:
    """An address that the author typed, and where."""

    url: str
    location: Location


@dataclass(frozen=True, slots=True)
class Card:
    """A related article: its title, and what the card around it says besides.

    ``url`` is None where the address was lost; ``excerpt`` ends at a word.
    """

    title: str
    url: str | None = None
    category: str | None = None
    excerpt: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """An e-mail address that the notes give; ``name`` is that of the person, where it is sure."""

    email: str
    location: Location
    name: str | None = None


@dataclass(frozen=True, slots=True)
class TypedCall:
    """A call to action that the notes spell out: heading, text, button; ``url`` may be lost.

    ``anchor`` is that of the section that it is.
    """

    heading: str
    text: str
    button: str
    url: str | None
    anchor: str
    location: Location


class FurnitureKind(StrEnum):
    """What a line of the website around the notes was."""

    SHOW_TITLE = "show_title"
    TAGLINE = "tagline"
    DESCRIPTION = "description"
    HOSTS = "hosts"
    COVER = "cover"
    SITE_NAME = "site_name"
    MOTTO = "motto"
    BLURB = "blurb"
    COPYRIGHT = "copyright"
    COURSE_TITLE = "course_title"
    SEASON = "season"
    SOCIAL = "social"
    SUBSCRIBE = "subscribe"
    NAVIGATION = "navigation"
    NEIGHBOURS = "neighbours"
    SHARING = "sharing"
    COMMENTS = "comments"
    COOKIES = "cookies"
    MAILING = "mailing"
    CARD_DETAILS = "card_details"


@dataclass(frozen=True, slots=True)
class Furniture:
    """A line of the website around the notes; it is left out of the episode."""

    kind: FurnitureKind
    text: str
    location: Location


@dataclass(frozen=True, slots=True)
class SiteWords:
    """What show.yaml says of the show and its site; in pasted text these words are known.

    All are plain text; what is not written there is empty.
    """

    title: str = ""
    tagline: str = ""
    description: str = ""
    site_name: str = ""
    motto: str = ""
    blurb: str = ""
    copyright: str = ""
    course_titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which headings mean what (show.yaml ``notes``); compared without case and punctuation."""

    summary: tuple[str, ...] = (
        "What's this episode about?",
        "About this episode",
        "Summary",
        "In this episode",
    )
    topics: tuple[str, ...] = ("Topics", "We cover the following topics", "Topics covered")
    exercises: tuple[str, ...] = ("Exercises", "Exercises for this lesson")
    links: tuple[str, ...] = ("Links", "Resources", "Mentioned", "Links mentioned")
    equipment: tuple[str, ...] = ("Equipment", "What you need")
    corrections: tuple[str, ...] = ("Corrections", "Errata")
    transcript: tuple[str, ...] = (
        "Transcript",
        "Full transcript",
        "Episode transcript",
        "Transcription",
        "Transkript",
        "Transcripción",
        "Transcrição",
        "Trascrizione",
    )
    related: tuple[str, ...] = ("Related", "Related articles", "You may also like")
    takeaways: tuple[str, ...] = (
        "Key points",
        "Key takeaways",
        "Takeaways",
        "In short",
        "In a nutshell",
        "TL;DR",
        "Auf einen Blick",
        "Das Wichtigste in Kürze",
        "En bref",
        "En resumen",
        "In breve",
    )


@dataclass(frozen=True, slots=True)
class Notes:
    """What was understood of one set of show notes.

    ``title`` is the first heading that carries no time, None where there is none. ``marks`` are
    the chapters as typed, in the order of the notes' times; ends and the opening chapter are
    settled later, when the audio's length is known. ``summary`` is plain text. ``was_recovered``
    says that the source was pasted text whose structure had to be found. ``video_mentions`` are
    the sentences that send the listener to a video.

    ``number`` is the one that the title begins with ("Lesson 6: …"), ``lead`` a line below the
    title that is set in capitals or bold, ``exercise_condition`` the sentence that leads in to
    the exercises. ``teaser`` tells of the next episode. ``comment_count`` and ``course_title``
    stood on the page that the notes were pasted from, and so did the ``furniture``: none of it
    is in the sections.
    """

    title: str | None
    sections: tuple[Section, ...]
    marks: tuple[Mark, ...]
    summary: str | None = None
    author: str | None = None
    topics: tuple[str, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    links: tuple[Link, ...] = ()
    related: tuple[Card, ...] = ()
    lists: tuple[NotesList, ...] = ()
    was_recovered: bool = False
    video_mentions: tuple[Mention, ...] = ()
    number: int | None = None
    lead: str | None = None
    exercise_condition: str | None = None
    teaser: Mention | None = None
    contacts: tuple[Contact, ...] = ()
    call_to_action: TypedCall | None = None
    comment_count: int | None = None
    course_title: str | None = None
    furniture: tuple[Furniture, ...] = ()
    typed_links: tuple[TypedLink, ...] = ()
