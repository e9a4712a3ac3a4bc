"""What the templates receive: every text ready to print, every address relative to the page.

docs/templates.md lists the fields for the author of a theme: what stands below each of them here
where its name does not say it, and the first line of its class. ``url`` and ``href`` are ready for
an attribute; a field that may be missing is None or empty, never absent (``StrictUndefined``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markupsafe import Markup

    from castpress.render.qr_code import QrCode
    from castpress.render.subscribe_links import AppLink


@dataclass(frozen=True, slots=True)
class LinkView:
    """A titled link."""

    title: str
    url: str | None
    """``None`` where the author's address may not be followed: print the title without a link."""
    is_current: bool = False
    """It leads to this page."""


@dataclass(frozen=True, slots=True)
class ArtView:
    """Artwork for ``<picture>``."""

    src: str | None
    """A JPEG or PNG of at most 640 pixels; where it is ``None`` the theme draws ``initial``."""
    srcset: str
    """The WebP copies, empty where there are none."""
    width: int
    height: int
    alt: str
    initial: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person with a role in words."""

    name: str
    role: str
    url: str | None
    """A page of their own, elsewhere."""
    img: str | None
    """Only from the site itself."""
    bio: str | None
    initials: str
    page_url: str
    """The person's page here."""
    srcset: str = ""
    """The smaller copies of ``img``."""
    side: int = 0
    """Its width and height in pixels, 0 where it was not published here."""
    links: tuple[LinkView, ...] = ()
    """Where else this person is."""


@dataclass(frozen=True, slots=True)
class ActionView:
    """A call to action."""

    heading: str
    text: str
    button: str
    url: str | None


@dataclass(frozen=True, slots=True)
class RowView:
    """An episode in a list."""

    key: str
    """What the player remembers the position by."""
    url: str
    label: str
    """Such as "Episode 12", "Lesson 6", "Trailer" or empty."""
    number: str
    """Short enough to stand in front: "14", "100.5", "Ch. 3", or empty."""
    mark: str
    """What a list that shows the number still has to say: "Trailer", "Bonus", a number in many
    words, or empty.
    """
    title: str
    summary: str
    date: str
    """Such as "12 May 2026"."""
    date_iso: str
    """For ``<time datetime>``."""
    length: str
    """Such as "38 min"."""
    length_iso: str
    """For ``<time datetime>``."""
    seconds: str
    """How long it is."""
    art: ArtView
    course: str | None = None
    """The title of its course."""
    is_explicit: bool = False


@dataclass(frozen=True, slots=True)
class ChapterImageView:
    """The picture of a chapter, of any shape."""

    src: str
    """For lists."""
    large: str
    """For lock screens."""
    alt: str


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter."""

    anchor: str
    title: str
    clock: str
    """Where it begins: "6:45"."""
    clock_iso: str
    """For ``<time datetime>``."""
    seconds: str
    """Where it begins, for the player."""
    length: str
    href: str
    """Plays it from the audio file where there is no player."""
    image: ChapterImageView | None = None
    link: LinkView | None = None
    """Called after the site that it leads to."""


@dataclass(frozen=True, slots=True)
class RangeView:
    """The time range of a section, as a link that plays it."""

    text: str
    """Such as "0:00 – 2:00"."""
    href: str
    seconds: str
    """Where it begins, for the player."""


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """An exercise and the reason for it."""

    name: str
    reason: str | None
    url: str | None
    index_url: str
    """Its place on the page of all exercises."""


@dataclass(frozen=True, slots=True)
class ExerciseUseView:
    """The lessons of one course, or the episodes of the show, that have an exercise."""

    title: str | None
    """Of the course or the show, ``None`` where all exercises are in one of them."""
    rows: tuple[RowView, ...]
    """Each leads to the exercises on the episode's page."""


@dataclass(frozen=True, slots=True)
class IndexedExerciseView:
    """An exercise on the page of all exercises."""

    anchor: str
    name: str
    reasons: tuple[str, ...]
    """Every reason that was given for it."""
    url: str | None
    uses: tuple[ExerciseUseView, ...]


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What was put right since the episode came out."""

    text: str
    date: str | None
    date_iso: str | None
    time: RangeView | None
    """Plays what it is about, ``None`` where it is of no moment."""


@dataclass(frozen=True, slots=True)
class SponsorView:
    """Who pays for an episode."""

    title: str
    url: str | None
    """``None`` where it may not be followed."""
    text: str | None


@dataclass(frozen=True, slots=True)
class VideoView:
    """A video."""

    title: str
    """Empty where it is called like the episode."""
    url: str | None
    """``None`` where it may not be followed."""
    place: str
    """The site that it is on, empty for your own."""


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the notes."""

    title: str
    """Empty for what stands before the first heading."""
    level: int
    """Of the heading."""
    anchor: str
    role: str
    """What the section is, a class of its element: ``text``, ``topics``, ``exercises`` …"""
    html: Markup
    """Safe to print; where a list of the section is also known as data, it ends before it."""
    after: Markup
    """What follows that list."""
    time: RangeView | None
    """``None`` where the section is untimed."""
    topics: tuple[str, ...] = ()
    """The items of that list, where it holds topics."""
    exercises: tuple[ExerciseView, ...] = ()
    """The same of exercises."""
    video: VideoView | None = None
    """The episode's, behind the section that speaks of it; mostly ``None``."""


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of a transcript."""

    chapter: str | None
    """Only where it changes."""
    speaker: str | None
    """Only where it changes."""
    text: str
    clock: str | None = None
    """Where it begins: "6:45"; ``None`` where the transcript gives no times, as are the next
    two.
    """
    seconds: str | None = None
    """The same for the player."""
    href: str | None = None
    """Plays it from the audio file."""
    anchor: str | None = None
    """``None`` too where another paragraph begins in the same moment."""


@dataclass(frozen=True, slots=True)
class TranscriptView:
    """The transcript in the episode's language, and its files."""

    language: str
    direction: str
    """``ltr`` or ``rtl``."""
    paragraphs: tuple[ParagraphView, ...]
    """All of them; the first ones where there is a ``whole_url``."""
    is_long: bool
    """The page folds it."""
    files: tuple[LinkView, ...]
    """In every format and language."""
    whole_url: str | None = None
    """Of a transcript beyond 60 kB of HTML: the page of its own that holds all of it."""
    is_alone: bool = False
    """This is that page."""
    minutes: int = 1
    """How long reading all of it takes."""
    is_by_machine: bool = False
    """The author says that a machine made it."""
    mail_url: Markup | None = None
    """Takes what is found wrong in one that a machine made; ``None`` without ``contact``."""


@dataclass(frozen=True, slots=True)
class PlayerView:
    """All that the player element needs."""

    key: str
    """What it remembers the position by."""
    src: str
    """The audio or video file."""
    seconds: str
    """How long it is, which spares a look into the audio."""
    title: str
    show: str
    """The title of the show or the course."""
    artwork: str | None
    """A copy as pages show it large."""
    share_url: str
    """The whole address of the page."""
    size: str
    """Such as "9.6 MB"."""
    is_video: bool = False
    width: int | None = None
    """Of a video, ``None`` where nobody knows it."""
    height: int | None = None
    """The same."""
    shape: str = "wide"
    """Of a video: "wide", "square" or "tall"."""
    poster: str | None = None
    """Of a video."""
    captions: tuple[tuple[str, str], ...] = ()
    """Of a video: the language and the address of each."""
    artwork_sizes: str = ""
    """Such as "640x640"."""
    artwork_type: str = ""
    """Its media type."""


@dataclass(frozen=True, slots=True)
class ComingView:
    """A lesson that is not out: all that may be told of it."""

    title: str
    text: str
    """Its teaser, or empty."""
    date: str
    date_iso: str


@dataclass(frozen=True, slots=True)
class DownloadView:
    """Another encoding of the episode."""

    title: str
    url: str
    size: str
    """Empty where nobody knows it."""


@dataclass(frozen=True, slots=True)
class NextView:
    """What comes after a lesson."""

    heading: str
    """Such as "Next lesson"."""
    row: RowView | None
    """``None`` while the next one is not out."""
    course_url: str
    """The page of the course."""
    text: str = ""
    """What it is about: its teaser, else its summary; or empty."""
    coming: ComingView | None = None
    """The next one while it waits for its date."""


@dataclass(frozen=True, slots=True)
class EpisodeView:
    """An episode or a lesson with all that its page says."""

    title: str
    """Without its number."""
    label: str
    """Such as "Season 2 · Episode 14" (with ``season_name`` and ``episode_display`` where you wrote
    them), "Lesson 6 of 8" (out and announced), "Trailer" or empty.
    """
    kind: str
    """``episode`` or ``lesson``."""
    lead: str
    """A sentence below the title, empty where the notes begin with it."""
    date: str
    """Such as "12 May 2026"."""
    date_iso: str
    """For ``<time datetime>``."""
    length: str
    """Such as "38 min"."""
    length_iso: str
    """For ``<time datetime>``."""
    is_explicit: bool
    author: str | None
    """Only where it is not the show's."""
    art: ArtView
    player: PlayerView
    chapters: tuple[ChapterView, ...]
    sections: tuple[SectionView, ...]
    topics: tuple[str, ...]
    """Only where no section shows them."""
    exercises: tuple[ExerciseView, ...]
    """Only where no section shows them."""
    links: tuple[LinkView, ...]
    """Those that the notes do not hold already."""
    related: tuple[LinkView, ...]
    """Those that the author chose."""
    related_rows: tuple[RowView, ...]
    """Up to three episodes that share tags, where the author chose none."""
    people: tuple[PersonView, ...]
    """Of the show or the course, then those of the note; only these where a host is among them."""
    video: VideoView | None
    """``None`` too where a section holds it."""
    action: ActionView | None
    transcript: TranscriptView | None
    course: LinkView | None
    """Its page; ``None`` for an episode."""
    before: RowView | None
    """The one before in the show or the course."""
    after: RowView | None
    """The one after."""
    up_next: NextView | None
    """For lessons."""
    mail_url: Markup | None
    """A mail with the subject filled in, in character references."""
    feed_url: str
    """The feed that holds the episode."""
    places: tuple[str, ...]
    """Names of what it is about."""
    made_in: tuple[str, ...]
    """Names of where it was made."""
    license: LinkView | None
    """Its address is ``None`` where nobody knows it."""
    discussion: tuple[LinkView, ...]
    """To the posts under which listeners talk, each called after its site (empty for your own);
    only those on the web.
    """
    funding: tuple[LinkView, ...]
    """Those that the foot of the page does not have."""
    downloads: tuple[DownloadView, ...]
    tags: tuple[LinkView, ...]
    """To the pages of its tags."""
    corrections: tuple[CorrectionView, ...]
    embed_code: str
    """HTML for other sites that shows the player there, as text to copy."""
    lesson_keys: tuple[str, ...]
    """What the player remembers the lessons of the course by, empty for an episode."""
    sponsors: tuple[SponsorView, ...]
    """Who pays for it; they stand behind the notes."""
    edit_url: str | None
    """Where the notes can be mended, ``None`` without ``site: edit_url``."""
    reading: tuple[LinkView, ...] = ()
    """Up to two articles that share tags, where the author chose nothing as related."""


@dataclass(frozen=True, slots=True)
class EmbedView:
    """The player of an episode on a page of its own, for frames on other sites."""

    title: str
    url: str
    """Of the episode's page."""
    show: str
    """The title of the show or the course."""
    show_url: str
    """Its page."""
    label: str
    date: str
    date_iso: str
    length: str
    length_iso: str
    is_explicit: bool
    art: ArtView
    player: PlayerView


@dataclass(frozen=True, slots=True)
class TranscriptPageView:
    """A long transcript on a page of its own."""

    title: str
    url: str
    """Of the episode's page."""
    label: str
    date: str
    date_iso: str
    length: str
    length_iso: str
    is_explicit: bool
    player: PlayerView
    chapters: tuple[ChapterView, ...]
    transcript: TranscriptView


@dataclass(frozen=True, slots=True)
class CourseView:
    """A course, as a card on the front page and as a page of its own."""

    title: str
    url: str
    description: tuple[str, ...]
    """Its paragraphs."""
    promise: str
    """The first of them."""
    count: str
    """Such as "8 lessons"; "3 of 5 lessons" where more are announced."""
    length: str
    """Of what is out."""
    word: str | None
    """What the author calls a lesson, ``None`` for the language's own word."""
    art: ArtView
    lessons: tuple[RowView, ...]
    lesson_keys: tuple[str, ...]
    """What the player remembers the lessons by."""
    people: tuple[PersonView, ...]
    action: ActionView | None
    feed_url: str
    apps: tuple[AppLink, ...]
    coming: ComingView | None = None
    """The next lesson that is not out."""
    exercises_url: str | None = None
    """The page of all exercises, where a lesson has one."""


@dataclass(frozen=True, slots=True)
class YearView:
    """A year of the archive."""

    year: str
    rows: tuple[RowView, ...]
    """The newest first."""


@dataclass(frozen=True, slots=True)
class OwnPageView:
    """A page of the author's own, from ``pages/``."""

    title: str
    summary: str
    """May be empty."""
    sections: tuple[SectionView, ...]
    date: str | None
    date_iso: str | None
    author: str | None
    is_article: bool
    tags: tuple[LinkView, ...] = ()
    """To their pages."""
    minutes: int = 1
    """How long reading it takes."""
    edit_url: str | None = None
    """Where it can be mended, ``None`` without ``site: edit_url``."""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article in a list."""

    title: str
    url: str
    summary: str
    date: str | None
    date_iso: str | None
    minutes: int = 1
    """How long reading it takes."""


@dataclass(frozen=True, slots=True)
class PagerView:
    """Which part of a list a page is; one of more than 200 rows goes on at ``2/`` below its own."""

    number: int
    count: int
    newer: str | None
    """An address, ``None`` on the first page."""
    older: str | None
    """An address, ``None`` on the last."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """The episodes of a tag, a season or a person."""

    title: str
    count: int
    """Of all of them."""
    length: str
    """Of all of them."""
    rows: tuple[RowView, ...]
    """Of this page."""
    feed_url: str | None
    """Of the feed that holds just these."""
    siblings: tuple[LinkView, ...]
    """All seasons, where there are several."""
    pager: PagerView | None
    """``None`` where everything is on one page."""
    reading: tuple[ArticleView, ...] = ()
    """Articles and own pages with the tag, on its first page."""


@dataclass(frozen=True, slots=True)
class GroupLinkView:
    """A tag in the list of all."""

    title: str
    url: str
    count: int
    """How many episodes have it."""
    reading: int = 0
    """How many articles and own pages have it."""


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed beside the main one."""

    title: str
    url: str
    note: str
    """What is in it; empty where the title says it."""


@dataclass(frozen=True, slots=True)
class SubscribeView:
    """The ways to subscribe."""

    links: tuple[LinkView, ...]
    """The author's."""
    apps: tuple[AppLink, ...]
    """Those that the feed's address is enough for."""
    feed_url: str
    qr: QrCode
    """Leads to ``qr_url``."""
    qr_url: str
    """This page, in full."""
    feeds: tuple[FeedView, ...] = ()
    """Those that repeat episodes of the show, a feed of everything first."""
    opml_url: str | None = None
    """The list of all feeds as a file, ``None`` where there is only one."""


@dataclass(frozen=True, slots=True)
class OptionView:
    """One value of a filter."""

    value: str
    """As addresses name it."""
    title: str
    """As people do."""


@dataclass(frozen=True, slots=True)
class FilterView:
    """By what a search can be narrowed."""

    name: str
    """``course``, ``season``, ``tag`` or ``person``."""
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page's own script, and the filters of which there is more than one value."""

    script_url: str
    filters: tuple[FilterView, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeView:
    """The front page."""

    description: tuple[str, ...]
    """Its paragraphs."""
    newest: RowView | None
    newest_summary: str
    """Empty where there is none."""
    player: PlayerView | None
    """Of the newest."""
    trailer: RowView | None
    rows: tuple[RowView, ...]
    """Up to 50, without the newest."""
    more: int
    """How many are in the archive only."""
    courses: tuple[CourseView, ...]
    people: tuple[PersonView, ...]
    action: ActionView | None
    articles: tuple[ArticleView, ...]
    """The newest three."""
    pinned: tuple[RowView, ...] = ()
    """Up to three to start with, which ``rows`` leaves out."""
    seasons: tuple[LinkView, ...] = ()
    """Where the show has several."""


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page knows of the show."""

    title: str
    name: str
    """Of the site, else the title."""
    motto: str | None
    tagline: str | None
    home_url: str
    subscribe_url: str
    archive_url: str
    search_url: str | None
    """``None`` where the show has no search."""
    tags_url: str
    people_url: str
    articles_url: str
    pages: tuple[LinkView, ...]
    """Those of your own that are not in ``nav``."""
    feed_url: str
    nav: tuple[LinkView, ...]
    subscribe: tuple[LinkView, ...]
    """The author's."""
    social: tuple[LinkView, ...]
    funding: tuple[LinkView, ...]
    blurb: str | None
    """The closing line."""
    copyright: str
    mail_url: Markup | None
    """In character references, which harvesters do not read."""
    mail_text: Markup | None
    """The same."""
    art: ArtView
    css_url: str
    js_url: str
    icon_url: str
    touch_icon_url: str | None
    """``None`` where there is no artwork."""
    manifest_url: str


@dataclass(frozen=True, slots=True)
class PageView:
    """What stands in the head of one page."""

    title: str
    description: str
    canonical: str | None
    """``None`` on ``404.html``."""
    language: str
    direction: str
    """``ltr`` or ``rtl``."""
    csp: str
    """The content security policy."""
    meta: tuple[tuple[str, str], ...]
    """Property and content."""
    feeds: tuple[LinkView, ...]
    json_ld: Markup | None
    alternates: tuple[tuple[str, str], ...] = ()
    """Media type and address."""
    card: str = "summary"
    """How networks show a link: ``summary_large_image``, or ``summary`` where there is only square
    artwork.
    """
