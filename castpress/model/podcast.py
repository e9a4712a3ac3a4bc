"""Show, course, episode and their parts: the nouns of a podcast.

Times are integer milliseconds, sizes bytes or pixels; paths are POSIX paths below the output
folder, without a leading slash. Each field says which feed element it becomes.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from castpress.model.messages import messages_in

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from castpress.model.derived_feed import DerivedFeed, Paging
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
    from castpress.model.look import Look
    from castpress.model.messages import Messages
    from castpress.model.notes import Mention, Section, TypedLink
    from castpress.model.own_pages import OwnPage, PageLink
    from castpress.model.problem import Location
    from castpress.model.related import NamedPage
    from castpress.model.teaser import Coming, Teaser


class FeedType(StrEnum):
    """``itunes:type``: newest first, or in order from the beginning."""

    EPISODIC = "episodic"
    SERIAL = "serial"


class EpisodeType(StrEnum):
    """``itunes:episodeType``."""

    FULL = "full"
    TRAILER = "trailer"
    BONUS = "bonus"


class TranscriptMaker(StrEnum):
    """Who wrote down what is said: readers of a machine's words look twice."""

    MACHINE = "machine"
    PEOPLE = "people"


@dataclass(frozen=True, slots=True)
class Person:
    """``podcast:person``: role and group as in the podcast namespace's taxonomy, lower case.

    ``img`` is an absolute address, or the path of the published ``portrait``; ``links`` are where
    else this person is found.
    """

    name: str
    role: str = "host"
    group: str = "cast"
    href: str | None = None
    img: str | None = None
    bio: str | None = None
    portrait: Artwork | None = None
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A titled address, absolute http(s) or below the site."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Sponsor:
    """Who pays for an episode, with what they want to have said."""

    title: str
    url: str
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Category:
    """``itunes:category`` in Apple's exact spelling, perhaps with its subcategory."""

    name: str
    subcategory: str | None = None


@dataclass(frozen=True, slots=True)
class CallToAction:
    """What the listener is asked to do next: a heading, a sentence, a button."""

    heading: str
    text: str
    button: str
    url: str


@dataclass(frozen=True, slots=True)
class Exercise:
    """Something to do after the episode, and why (schema.org ``ExerciseAction``)."""

    name: str
    reason: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """What was wrong in an episode and is right now (schema.org ``CorrectionComment``).

    ``date`` is when it was said, ``at_ms`` the moment of the audio that it is about.
    """

    text: str
    date: datetime | None = None
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Artwork:
    """A square image, ``itunes:image``; published under a name that holds its digest.

    ``sizes`` are smaller copies for pages, by width: (width in pixels, path) ascending, WebP;
    ``jpeg`` is one for whatever does not know WebP, None where the image itself is small.
    """

    path: str
    media_type: str
    width_px: int
    height_px: int
    alt: str = ""
    sizes: tuple[tuple[int, str], ...] = ()
    jpeg: tuple[int, str] | None = None

    @property
    def small(self) -> Artwork:
        """The copy that everything on the web can show; apps and directories take the image."""
        if self.jpeg is None:
            return self
        width, path = self.jpeg
        height = max(1, round(self.height_px * width / self.width_px))
        return replace(
            self, path=path, media_type="image/jpeg", width_px=width, height_px=height, jpeg=None
        )


@dataclass(frozen=True, slots=True)
class Chapter:
    """Title and span that players show; ``added`` only for the opening one that castpress put in.

    ``podcast:chapters``, ``psc:chapter``, ID3 ``CHAP``, a description line and a page anchor.
    ``image`` is of any shape; neither it nor ``url`` stands in ID3.
    """

    start_ms: int
    end_ms: int
    title: str
    added: bool = False
    location: Location | None = None
    image: Artwork | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """One timed line of a transcript; its line breaks are kept.

    ``line`` is the source's line that gives the time, 0 where there is none to show.
    """

    start_ms: int
    end_ms: int
    text: str
    speaker: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Remark:
    """One paragraph of a transcript that says nothing of when it is heard."""

    text: str
    speaker: str | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Transcript:
    """All that is said in an episode, in one language (BCP 47), ``podcast:transcript``.

    It holds cues in the order of their starts, or remarks where the source gives no times.
    """

    language: str
    cues: tuple[Cue, ...]
    location: Location
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class AudioFacts:
    """What was measured in one audio or video file, and the tags it already carried.

    ``extension`` is without a dot and follows the content, not the name. ``chapters`` are the
    embedded ones, a fall-back where the notes give none. ``width_px`` and ``height_px`` are a
    video's as it is shown. ``codecs`` are as in RFC 6381, None where they are not certain.
    """

    media_type: str
    extension: str
    byte_length: int
    duration_ms: int
    sha256: str
    title: str | None = None
    artist: str | None = None
    chapters: tuple[Chapter, ...] = ()
    location: Location | None = None
    width_px: int | None = None
    height_px: int | None = None
    codecs: str | None = None

    @property
    def is_video(self) -> bool:
        """Whether there is something to see."""
        return self.media_type.startswith("video/")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The published audio, ``enclosure``; its path holds its digest, so its bytes never change."""

    path: str
    media_type: str
    byte_length: int
    sha256: str

    @property
    def is_video(self) -> bool:
        """Whether there is something to see."""
        return self.media_type.startswith("video/")


@dataclass(frozen=True, slots=True)
class Feed:
    """What one RSS file says about itself; a show has one, each course has one of its own.

    ``path`` is the file's place in the output, ``page_path`` its page ("" is the front page,
    else with a trailing slash). ``guid`` becomes ``podcast:guid``, ``medium`` ``podcast:medium``.
    ``paging`` is where it stands among its archive pages, None where it holds everything.
    """

    path: str
    page_path: str
    guid: str
    title: str
    description: str
    language: str
    feed_type: FeedType
    categories: tuple[Category, ...]
    artwork: Artwork | None
    author: str
    people: tuple[Person, ...] = ()
    is_explicit: bool = False
    medium: str = "podcast"
    copyright: str | None = None
    owner_name: str | None = None
    owner_email: str | None = None
    is_locked: bool = True
    funding: tuple[Link, ...] = ()
    apple_title: str | None = None
    is_blocked: bool = False
    blocked_services: tuple[ServiceBlock, ...] = ()
    is_complete: bool = False
    license: License | None = None
    places: tuple[Place, ...] = ()
    pictures: tuple[Picture, ...] = ()
    discussion: tuple[SocialPost, ...] = ()
    text_records: tuple[TextRecord, ...] = ()
    podroll: tuple[RemoteItem, ...] = ()
    publisher: RemoteItem | None = None
    update_frequency: UpdateFrequency | None = None
    webmaster: str | None = None
    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[str, ...] = ()
    elements: tuple[Element, ...] = ()
    paging: Paging | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """A serial course: lessons in order, with a page and a feed of its own.

    ``lesson_word`` is what the author calls a lesson, None for the language's own word.
    """

    slug: str
    feed: Feed
    lesson_word: str | None = None
    call_to_action: CallToAction | None = None
    has_teasers: bool = True

    def own_word(self, say: Messages) -> str | None:
        """What the author calls a lesson; None where that is the language's own word for one."""
        word = self.lesson_word
        if word and say("label.own", word=word, number=1) != say("label.lesson", number=1):
            return word
        return None

    @property
    def word(self) -> str:
        """What a lesson is called where castpress speaks to the author."""
        return self.lesson_word or "Lesson"


@dataclass(frozen=True, slots=True)
class Show:
    """The podcast as a whole, with all that its pages and feeds say about it.

    ``base_url`` ends with a slash. ``subscribe`` are the show's pages in apps, in the author's
    order. ``contact`` is an e-mail address that pages may show. One that ``has_moved`` tells its
    feeds' present addresses (``itunes:new-feed-url``). ``hubs`` are the WebSub hubs that are told
    of each change (``atom:link rel="hub"``), ``uses_podping`` is ``podcast:podping``. ``derived``
    are the feeds that repeat some of its episodes. Where the main feed has twice ``feed_size``
    items or more, the older ones stand in archive pages of that many; None is everything in one.
    ``has_search`` is whether the site can be searched. ``pages`` are the author's own, in the order
    of their links. ``messages`` are the theme's phrases in all languages that have a catalogue.
    ``edit_url`` is where a file of the show can be changed, with ``{file}`` for its path.
    """

    base_url: str
    feed: Feed
    time_zone: str
    tagline: str | None = None
    site_name: str | None = None
    site_motto: str | None = None
    courses: tuple[Course, ...] = ()
    subscribe: tuple[Link, ...] = ()
    social: tuple[Link, ...] = ()
    contact: str | None = None
    call_to_action: CallToAction | None = None
    blurb: str | None = None
    has_moved: bool = False
    hubs: tuple[str, ...] = ()
    uses_podping: bool = False
    derived: tuple[DerivedFeed, ...] = ()
    feed_size: int | None = None
    look: Look | None = None
    has_search: bool = True
    pages: tuple[PageLink, ...] = ()
    messages: tuple[Messages, ...] = ()
    edit_url: str | None = None

    @property
    def title(self) -> str:
        """The show's name."""
        return self.feed.title

    @property
    def feeds(self) -> tuple[Feed, ...]:
        """Every feed that people can subscribe to, in the order of publication."""
        derived = (each.feed for each in self.derived)
        return (*derived, *(course.feed for course in self.courses), self.feed)

    def home_of(self, course: str | None) -> Feed:
        """The feed that episodes of a course have their home in, the main one for None."""
        if course is None:
            return self.feed
        return next((each.feed for each in self.courses if each.slug == course), self.feed)

    def messages_in(self, language: str | None = None) -> Messages:
        """The theme's phrases in a language, without one in the show's."""
        return messages_in(language or self.feed.language, self.messages)

    def url(self, path: str = "") -> str:
        """The absolute address of a path in the output."""
        return self.base_url + path


@dataclass(frozen=True, slots=True)
class Episode:
    """One instalment, assembled from its notes, its audio's facts and the settings.

    ``course`` is the slug of the course whose feed is its home, None for the main feed.
    ``number`` becomes ``itunes:episode`` and ``podcast:episode``. ``published`` is aware, and None
    where nothing is promised yet; a withdrawn one was out and was taken back. ``summary`` and
    ``subtitle`` are plain text. ``teaser`` is what the lesson before says of this one, and
    ``announcement`` what its own notes say of the next. ``video_anchor`` is the section that the
    video stands behind, None where the notes do not speak of it, and ``exercises_anchor`` the one
    that names the exercises. One that ``has_transcript_page`` says too much for its own page;
    ``transcript_made_by`` is None where the author does not tell. ``typed_links`` are those to the
    site itself, but not to one of the author's own pages.
    """

    guid: str
    stem: str
    slug: str
    title: str
    audio: AudioFacts
    location: Location
    published: datetime | None = None
    updated: datetime | None = None
    is_draft: bool = False
    is_withdrawn: bool = False
    course: str | None = None
    season: int | None = None
    season_name: str | None = None
    number: int | None = None
    episode_type: EpisodeType = EpisodeType.FULL
    summary: str = ""
    subtitle: str | None = None
    teaser: str | None = None
    announcement: Mention | None = None
    author: str | None = None
    people: tuple[Person, ...] = ()
    tags: tuple[str, ...] = ()
    is_explicit: bool = False
    is_blocked: bool = False
    is_pinned: bool = False
    language: str = "en"
    artwork: Artwork | None = None
    sections: tuple[Section, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    transcripts: tuple[Transcript, ...] = ()
    has_transcript_page: bool = False
    transcript_made_by: TranscriptMaker | None = None
    topics: tuple[str, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    exercises_anchor: str | None = None
    links: tuple[Link, ...] = ()
    related: tuple[Link | NamedPage, ...] = ()
    video: Link | None = None
    video_anchor: str | None = None
    call_to_action: CallToAction | None = None
    aliases: tuple[str, ...] = ()
    apple_title: str | None = None
    decimal_number: str | None = None
    display_number: str | None = None
    soundbites: tuple[Soundbite, ...] = ()
    places: tuple[Place, ...] = ()
    license: License | None = None
    pictures: tuple[Picture, ...] = ()
    shown: tuple[tuple[str, Artwork], ...] = ()
    funding: tuple[Link, ...] = ()
    discussion: tuple[SocialPost, ...] = ()
    text_records: tuple[TextRecord, ...] = ()
    alternates: tuple[AlternateEnclosure, ...] = ()
    comments_url: str | None = None
    elements: tuple[Element, ...] = ()
    corrections: tuple[Correction, ...] = ()
    sponsors: tuple[Sponsor, ...] = ()
    typed_links: tuple[TypedLink, ...] = ()

    @property
    def page_path(self) -> str:
        """Where the episode's page lies, with a trailing slash."""
        return page_path(self.course, self.slug)

    @property
    def old_page_paths(self) -> tuple[str, ...]:
        """Where its page lay before, each with a trailing slash."""
        return tuple(page_path(self.course, alias) for alias in self.aliases)


def page_path(course: str | None, slug: str) -> str:
    """Where the page of an episode of that slug lies, in a course or not."""
    return f"episodes/{slug}/" if course is None else f"courses/{course}/{slug}/"


@dataclass(frozen=True, slots=True)
class Release:
    """An episode that is out: together with the enclosure that subscribers get.

    ``alternates`` are the other encodings that lie beside it, ``podcast:alternateEnclosure``; those
    that the author names by address are the episode's.
    """

    episode: Episode
    enclosure: Enclosure
    alternates: tuple[AlternateEnclosure, ...] = ()

    @property
    def published(self) -> datetime:
        """The promised date; a release always has one."""
        if self.episode.published is None:
            raise ValueError(f"{self.episode.stem} is released without a date")
        return self.episode.published

    @property
    def changed(self) -> datetime:
        """When it was last touched: ``updated``, else the day it came out."""
        return self.episode.updated or self.published


@dataclass(frozen=True, slots=True)
class Edition:
    """All that one build publishes: the show and its releases, newest first.

    ``teasers`` are of the lesson that follows, by a lesson's guid, whether it is out or not;
    ``coming`` is what is told of those that are not out, by the slug of their course.
    ``pages`` are the author's own. ``waiting`` are the episodes that are not out: nothing of them
    is published, but names mean them.
    ``newest_change`` is the newest ``published`` or ``updated`` of what is listed: the only clock
    that pages and feeds know.
    """

    show: Show
    releases: tuple[Release, ...] = field(default=())
    teasers: Mapping[str, Teaser] = field(default_factory=dict)
    coming: Mapping[str, Coming] = field(default_factory=dict)
    pages: tuple[OwnPage, ...] = ()
    waiting: tuple[Episode, ...] = ()

    def of_feed(self, course: str | None) -> tuple[Release, ...]:
        """The releases whose home is the course's feed, or the main one for None; newest first."""
        return tuple(r for r in self.releases if r.episode.course == course)

    @property
    def newest_change(self) -> datetime | None:
        """The newest date among the releases, None where nothing is out."""
        return max((r.changed for r in self.releases), default=None)
