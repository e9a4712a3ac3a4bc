"""What the templates receive: every text ready to print, every address relative to the page.

docs/templates.md explains each field to the author of a theme. ``url`` and ``href`` are ready for
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
    """A titled link; ``url`` is None where the author's address may not be followed."""

    title: str
    url: str | None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class ArtView:
    """Artwork for ``<picture>``; where ``src`` is None the theme draws ``initial`` instead."""

    src: str | None
    srcset: str
    width: int
    height: int
    alt: str
    initial: str


@dataclass(frozen=True, slots=True)
class PersonView:
    """A person with a role in words; ``img`` only where it lies on the site itself.

    ``srcset`` are its smaller copies, and ``side`` its width and height in pixels, 0 where it was
    not published here.

    ``page_url`` is the person's page here, ``url`` the one that is their own, ``links`` lead to
    where else they are.
    """

    name: str
    role: str
    url: str | None
    img: str | None
    bio: str | None
    initials: str
    page_url: str
    srcset: str = ""
    side: int = 0
    links: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class ActionView:
    """A call to action."""

    heading: str
    text: str
    button: str
    url: str | None


@dataclass(frozen=True, slots=True)
class RowView:
    """An episode in a list.

    ``label`` is "Episode 12", "Lesson 6", "Trailer" or empty; ``mark`` is what a list that shows
    the number still has to say: "Trailer", "Bonus" or empty.
    """

    key: str
    url: str
    label: str
    number: str
    mark: str
    title: str
    summary: str
    date: str
    date_iso: str
    length: str
    length_iso: str
    seconds: str
    art: ArtView
    course: str | None = None
    is_explicit: bool = False


@dataclass(frozen=True, slots=True)
class ChapterImageView:
    """The picture of a chapter, of any shape: ``src`` for lists, ``large`` for lock screens."""

    src: str
    large: str
    alt: str


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter; ``href`` plays it from the audio file where there is no player.

    ``image`` and ``link``, which is called after the site it leads to, may be None.
    """

    anchor: str
    title: str
    clock: str
    clock_iso: str
    seconds: str
    length: str
    href: str
    image: ChapterImageView | None = None
    link: LinkView | None = None


@dataclass(frozen=True, slots=True)
class RangeView:
    """The time range of a section, as a link that plays it."""

    text: str
    href: str
    seconds: str


@dataclass(frozen=True, slots=True)
class ExerciseView:
    """An exercise and the reason for it; ``index_url`` is its place among all exercises."""

    name: str
    reason: str | None
    url: str | None
    index_url: str


@dataclass(frozen=True, slots=True)
class ExerciseUseView:
    """The lessons of one course, or the episodes of the show, that have an exercise.

    ``title`` is that of the course or the show, None where all exercises are in one of them. Each
    of ``rows`` leads to the exercises on the episode's page.
    """

    title: str | None
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class IndexedExerciseView:
    """An exercise on the page of all exercises, with every reason that was given for it."""

    anchor: str
    name: str
    reasons: tuple[str, ...]
    url: str | None
    uses: tuple[ExerciseUseView, ...]


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """What was put right since the episode came out; ``time`` plays what it is about."""

    text: str
    date: str | None
    date_iso: str | None
    time: RangeView | None


@dataclass(frozen=True, slots=True)
class SponsorView:
    """Who pays for an episode; ``url`` is None where it may not be followed."""

    title: str
    url: str | None
    text: str | None


@dataclass(frozen=True, slots=True)
class VideoView:
    """A video and the site that it is on; ``url`` is None where it may not be followed."""

    title: str
    url: str | None
    place: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the notes.

    ``html`` is safe to print. Where a list of the section is also known as data, ``html`` ends
    before it, ``after`` begins behind it, and ``topics`` or ``exercises`` hold the items.
    ``video`` is the episode's, behind the section that speaks of it.
    """

    title: str
    level: int
    anchor: str
    role: str
    html: Markup
    after: Markup
    time: RangeView | None
    topics: tuple[str, ...] = ()
    exercises: tuple[ExerciseView, ...] = ()
    video: VideoView | None = None


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of a transcript; ``chapter`` and ``speaker`` only where they change.

    ``clock``, ``seconds`` and ``href`` are None where the transcript gives no times, and
    ``anchor`` too where another paragraph begins in the same second.
    """

    chapter: str | None
    speaker: str | None
    text: str
    clock: str | None = None
    seconds: str | None = None
    href: str | None = None
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class TranscriptView:
    """The transcript in the episode's language, and its files.

    Where it is too long for the episode's page, ``paragraphs`` there are its first ones, and all
    of it stands at ``whole_url``, where it ``is_alone``; reading it takes ``minutes``.
    ``mail_url`` takes what is found wrong in one that ``is_by_machine``.
    """

    language: str
    direction: str
    paragraphs: tuple[ParagraphView, ...]
    is_long: bool
    files: tuple[LinkView, ...]
    whole_url: str | None = None
    is_alone: bool = False
    minutes: int = 1
    is_by_machine: bool = False
    mail_url: Markup | None = None


@dataclass(frozen=True, slots=True)
class PlayerView:
    """All that the player element needs; ``seconds`` spares it a look into the audio.

    A video has a ``shape`` ("wide", "square" or "tall"), a ``poster``, its size in pixels as far as
    it is known, and ``captions``: the language and address of each. ``artwork_sizes`` ("640x640")
    and ``artwork_type`` are those of ``artwork``, a copy as pages show it large.
    """

    key: str
    src: str
    seconds: str
    title: str
    show: str
    artwork: str | None
    share_url: str
    size: str
    is_video: bool = False
    width: int | None = None
    height: int | None = None
    shape: str = "wide"
    poster: str | None = None
    captions: tuple[tuple[str, str], ...] = ()
    artwork_sizes: str = ""
    artwork_type: str = ""


@dataclass(frozen=True, slots=True)
class ComingView:
    """A lesson that is not out: all that may be told of it. ``text`` may be empty."""

    title: str
    text: str
    date: str
    date_iso: str


@dataclass(frozen=True, slots=True)
class DownloadView:
    """Another encoding of the episode; ``size`` is empty where nobody knows it."""

    title: str
    url: str
    size: str


@dataclass(frozen=True, slots=True)
class NextView:
    """What comes after a lesson: ``row`` is None while the next one is not out yet.

    ``heading`` is "Next lesson". ``text`` says what it is about; ``coming`` is the next one while
    it waits for its date.
    """

    heading: str
    row: RowView | None
    course_url: str
    text: str = ""
    coming: ComingView | None = None


@dataclass(frozen=True, slots=True)
class EpisodeView:
    """An episode or a lesson with all that its page says.

    ``places`` are what it is about, ``made_in`` where it was made. Each of ``discussion`` is called
    after its site. ``funding`` is what the show does not have itself. ``embed_code`` is HTML that
    shows the player elsewhere; ``lesson_keys`` are what the player remembers the course's lessons
    by.
    """

    title: str
    label: str
    kind: str
    lead: str
    date: str
    date_iso: str
    length: str
    length_iso: str
    is_explicit: bool
    author: str | None
    art: ArtView
    player: PlayerView
    chapters: tuple[ChapterView, ...]
    sections: tuple[SectionView, ...]
    topics: tuple[str, ...]
    exercises: tuple[ExerciseView, ...]
    links: tuple[LinkView, ...]
    related: tuple[LinkView, ...]
    related_rows: tuple[RowView, ...]
    people: tuple[PersonView, ...]
    video: VideoView | None
    action: ActionView | None
    transcript: TranscriptView | None
    course: LinkView | None
    before: RowView | None
    after: RowView | None
    up_next: NextView | None
    mail_url: Markup | None
    feed_url: str
    places: tuple[str, ...]
    made_in: tuple[str, ...]
    license: LinkView | None
    discussion: tuple[LinkView, ...]
    funding: tuple[LinkView, ...]
    downloads: tuple[DownloadView, ...]
    tags: tuple[LinkView, ...]
    corrections: tuple[CorrectionView, ...]
    embed_code: str
    lesson_keys: tuple[str, ...]
    reading: tuple[LinkView, ...] = ()
    sponsors: tuple[SponsorView, ...] = ()
    edit_url: str | None = None


@dataclass(frozen=True, slots=True)
class EmbedView:
    """The player of an episode on a page of its own; ``url`` is the episode's page."""

    title: str
    url: str
    show: str
    show_url: str
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
    """A long transcript on a page of its own; ``url`` is the episode's page."""

    title: str
    url: str
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
    """A course, as a card on the front page and as a page of its own.

    ``count`` is "8 lessons", or "3 of 5 lessons" of one that announces more; ``length`` is that of
    what is out. ``word`` is what the author calls a lesson, None for the language's own word.
    ``lesson_keys`` are what the player remembers the lessons by. ``exercises_url`` is the page of
    all exercises, where a lesson has one.
    """

    title: str
    url: str
    description: tuple[str, ...]
    promise: str
    count: str
    length: str
    word: str | None
    art: ArtView
    lessons: tuple[RowView, ...]
    lesson_keys: tuple[str, ...]
    people: tuple[PersonView, ...]
    action: ActionView | None
    feed_url: str
    apps: tuple[AppLink, ...]
    coming: ComingView | None = None
    exercises_url: str | None = None


@dataclass(frozen=True, slots=True)
class YearView:
    """A year of the archive, newest first."""

    year: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class OwnPageView:
    """A page of the author's own; ``date`` and ``date_iso`` are None where it has none.

    Reading it takes ``minutes``.
    """

    title: str
    summary: str
    sections: tuple[SectionView, ...]
    date: str | None
    date_iso: str | None
    author: str | None
    is_article: bool
    tags: tuple[LinkView, ...] = ()
    minutes: int = 1
    edit_url: str | None = None


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article in a list; ``minutes`` are what reading it takes."""

    title: str
    url: str
    summary: str
    date: str | None
    date_iso: str | None
    minutes: int = 1


@dataclass(frozen=True, slots=True)
class PagerView:
    """Which part of a long list a page is; ``newer`` and ``older`` are None at its ends."""

    number: int
    count: int
    newer: str | None
    older: str | None


@dataclass(frozen=True, slots=True)
class GroupView:
    """The episodes of a tag, a season or a person.

    ``count`` and ``length`` are of all of them, ``rows`` of this page. ``feed_url`` is None where
    no feed holds just these; ``siblings`` are the show's seasons where there are several.
    ``reading`` are own pages with the tag, on the first page.
    """

    title: str
    count: int
    length: str
    rows: tuple[RowView, ...]
    feed_url: str | None
    siblings: tuple[LinkView, ...]
    pager: PagerView | None
    reading: tuple[ArticleView, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupLinkView:
    """A tag, with how many episodes and how many own pages have it."""

    title: str
    url: str
    count: int
    reading: int = 0


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed beside the main one; ``note`` says what is in it where the title does not."""

    title: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class SubscribeView:
    """The ways to subscribe: the author's links, then what the feed's address is enough for.

    ``feeds`` repeat episodes of the show, a feed of everything first; ``opml_url`` is the list of
    all feeds, None where there is one.
    """

    links: tuple[LinkView, ...]
    apps: tuple[AppLink, ...]
    feed_url: str
    qr: QrCode
    qr_url: str
    feeds: tuple[FeedView, ...] = ()
    opml_url: str | None = None


@dataclass(frozen=True, slots=True)
class OptionView:
    """One value of a filter, as addresses name it and as people do."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class FilterView:
    """By what a search can be narrowed: ``name`` is course, season, tag or person."""

    name: str
    options: tuple[OptionView, ...]


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page's own script, and the filters of which there is more than one value."""

    script_url: str
    filters: tuple[FilterView, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeView:
    """The front page; ``seasons`` are there where the show has several.

    ``pinned`` are rows to start with, which ``rows`` does not repeat.
    """

    description: tuple[str, ...]
    newest: RowView | None
    newest_summary: str
    player: PlayerView | None
    trailer: RowView | None
    rows: tuple[RowView, ...]
    more: int
    courses: tuple[CourseView, ...]
    people: tuple[PersonView, ...]
    action: ActionView | None
    articles: tuple[ArticleView, ...]
    pinned: tuple[RowView, ...] = ()
    seasons: tuple[LinkView, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page knows of the show."""

    title: str
    name: str
    motto: str | None
    tagline: str | None
    home_url: str
    subscribe_url: str
    archive_url: str
    search_url: str | None
    tags_url: str
    people_url: str
    articles_url: str
    pages: tuple[LinkView, ...]
    feed_url: str
    nav: tuple[LinkView, ...]
    subscribe: tuple[LinkView, ...]
    social: tuple[LinkView, ...]
    funding: tuple[LinkView, ...]
    blurb: str | None
    copyright: str
    mail_url: Markup | None
    mail_text: Markup | None
    art: ArtView
    css_url: str
    js_url: str
    icon_url: str
    touch_icon_url: str | None
    manifest_url: str


@dataclass(frozen=True, slots=True)
class PageView:
    """What stands in the head of one page."""

    title: str
    description: str
    canonical: str | None
    language: str
    direction: str
    csp: str
    meta: tuple[tuple[str, str], ...]
    feeds: tuple[LinkView, ...]
    json_ld: Markup | None
    alternates: tuple[tuple[str, str], ...] = ()
    card: str = "summary"
