"""The one place where notes, audio facts and settings meet and become an episode."""

from __future__ import annotations

import difflib
import html
import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from slugify import slugify

from castpress.model.address import path_on_site
from castpress.model.notes import Mark, SectionRole, TypedLink
from castpress.model.podcast import Course, Episode, Link, Show
from castpress.model.problem import Location, Problem, Severity
from castpress.model.timecode import format_seconds
from castpress.model.transcript_size import is_for_own_page
from castpress.read.call_choice import choose_call, linked_cards, without_call
from castpress.read.chapters import resolve_chapters, with_extras
from castpress.read.corrections import corrections_of
from castpress.read.dates import publication_date
from castpress.read.episode_transcripts import read_transcripts
from castpress.read.exercise_anchor import exercises_anchor
from castpress.read.lessons import number_of, published_of, signs_of, without_number
from castpress.read.missing_video import missing_video_problems
from castpress.read.own_pages import links_beside, page_address, with_page_links
from castpress.read.own_tags import pictures_of, soundbites_of
from castpress.read.people import role_doubts
from castpress.read.podcast_tags import read_podcast_tags
from castpress.read.schema import LONGEST_SLUG

if TYPE_CHECKING:
    from castpress.model.notes import Notes
    from castpress.model.podcast import Artwork, AudioFacts, Chapter
    from castpress.read.episode_transcripts import TranscriptSource
    from castpress.read.front_matter import Head
    from castpress.read.settings import PlacedSettings

_VIDEO_ABOVE = re.compile(
    r"\bvideo\b[^.!?]{0,20}\babove\b|\babove\b[^.!?]{0,20}\bvideo\b", re.IGNORECASE
)
_TELLING = (SectionRole.TEXT, SectionRole.SUMMARY, SectionRole.TAKEAWAYS)
_PARAGRAPH = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_FOOTNOTE_MARK = re.compile(r"<sup><a [^>]*>[^<]*</a></sup>")
_HREF = re.compile(r'<a href="([^"]*)"')
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Material:
    """All that is known of one episode before it is assembled."""

    stem: str
    guid: str
    head: Head
    notes: Notes
    audio: AudioFacts
    transcripts: tuple[TranscriptSource, ...]
    artwork: Artwork | None
    location: Location
    is_withdrawn: bool = False
    pictures: tuple[tuple[str, Artwork], ...] = ()
    shown: tuple[tuple[str, Artwork], ...] = ()
    portraits: tuple[tuple[str, Artwork], ...] = ()


def assemble_episode(
    material: Material, show: Show, placed: PlacedSettings
) -> tuple[Episode, tuple[Problem, ...]]:
    """The whole episode; front matter wins over notes, notes over what the audio carries."""
    head, notes, audio = material.head, material.notes, material.audio
    given = head.settings
    problems: list[Problem] = []
    course, faults = _course_of(material, show)
    problems += faults
    title, number, faults = _title_and_number(material, course)
    problems += faults
    chapters, faults = _chapters(material, title, placed)
    problems += faults
    problems += missing_video_problems(notes, has_video=given.video is not None)
    call, faults = choose_call(head, notes, course, show, placed)
    problems += faults
    problems += _numberless_lesson(material, course, number)
    soundbites, faults = soundbites_of(head, audio.duration_ms)
    problems += faults
    elements, faults = read_podcast_tags(given.podcast, "item", partial(head.place, "podcast"))
    problems += faults
    feed = course.feed if course else show.feed
    portraits = dict(material.portraits)
    people = tuple(entry.as_person(portraits) for entry in given.people)
    problems += role_doubts(given.people, partial(head.place, "people"))
    language = given.language or feed.language
    transcribed = read_transcripts(
        material.transcripts,
        head,
        notes,
        (*people, *feed.people),
        language=language,
        duration_ms=audio.duration_ms,
    )
    problems += transcribed.problems
    zone = show.time_zone
    corrections, faults = corrections_of(head, audio.duration_ms, zone)
    problems += faults
    sponsors = placed.settings.sponsors if given.sponsors is None else given.sponsors
    exercises = tuple(entry.as_exercise() for entry in given.exercises) or notes.exercises
    sections = without_call(transcribed.sections, notes, call)
    episode = Episode(
        guid=material.guid,
        stem=material.stem,
        slug=given.slug or _slug(title, number, material.stem),
        title=title,
        audio=audio,
        location=material.location,
        published=published_of(signs_of(head, notes.title), material.stem, placed.settings),
        updated=publication_date(given.updated, zone) if given.updated else None,
        is_draft=given.draft,
        is_withdrawn=material.is_withdrawn,
        course=course.slug if course else None,
        season=given.season,
        season_name=given.season_name,
        number=number,
        episode_type=given.type,
        summary=given.summary or notes.summary or _first_paragraph(notes),
        subtitle=given.subtitle,
        teaser=given.teaser,
        announcement=notes.teaser,
        author=given.author or notes.author,
        people=people,
        tags=given.tags,
        is_explicit=feed.is_explicit if given.explicit is None else given.explicit,
        is_blocked=given.block,
        is_pinned=given.pinned,
        language=language,
        artwork=material.artwork,
        sections=with_page_links(
            sections,
            show.pages,
            depth=3 if course else 2,
        ),
        chapters=chapters,
        transcripts=transcribed.transcripts,
        has_transcript_page=is_for_own_page(transcribed.transcripts),
        transcript_made_by=given.transcript_made_by or placed.settings.transcript_made_by,
        topics=given.topics or notes.topics,
        exercises=tuple(
            replace(each, url=page_address(each.url, show.pages)) if each.url else each
            for each in exercises
        ),
        exercises_anchor=exercises_anchor(sections, exercises),
        links=_unique((*(entry.as_link() for entry in given.links), *notes.links)),
        related=tuple(
            entry.as_related(head.place("related", index))
            for index, entry in enumerate(given.related)
        )
        or tuple(
            replace(link, url=page_address(link.url, show.pages)) for link in linked_cards(notes)
        ),
        video=Link(title, given.video) if given.video else None,
        video_anchor=_video_anchor(notes) if given.video else None,
        call_to_action=call,
        aliases=given.aliases,
        apple_title=given.apple_title,
        decimal_number=str(given.episode) if isinstance(given.episode, Decimal) else None,
        display_number=given.episode_display,
        soundbites=soundbites,
        places=tuple(entry.as_place() for entry in given.location),
        license=given.license.as_license() if given.license else None,
        pictures=pictures_of(given.images, dict(material.pictures)),
        shown=material.shown,
        funding=tuple(entry.as_link() for entry in given.funding),
        discussion=tuple(entry.as_post() for entry in given.discussion),
        text_records=tuple(entry.as_record() for entry in given.txt),
        alternates=tuple(entry.as_alternate() for entry in given.alternates),
        comments_url=given.comments,
        elements=elements,
        corrections=corrections,
        sponsors=tuple(entry.as_sponsor() for entry in sponsors),
        typed_links=_typed_links(head, notes, show),
    )
    return episode, tuple(problems)


def _typed_links(head: Head, notes: Notes, show: Show) -> tuple[TypedLink, ...]:
    """What may lead to the site itself, with its place."""
    given = head.settings
    typed = [(entry.url, ("related", index)) for index, entry in enumerate(given.related)]
    typed += [(entry.url, ("links", index)) for index, entry in enumerate(given.links)]
    typed += [(entry.url, ("exercises", index)) for index, entry in enumerate(given.exercises)]
    placed = (TypedLink(url, head.place(*key)) for url, key in typed if url)
    links = links_beside((*placed, *notes.typed_links), show.pages)
    deep = "x/x/x/"  # its own address is settled later; what leads to the site does so from there
    return tuple(link for link in links if path_on_site(link.url, show.base_url, deep) is not None)


def _course_of(material: Material, show: Show) -> tuple[Course | None, tuple[Problem, ...]]:
    name = material.head.settings.course
    if name is None:
        return None, ()
    for course in show.courses:
        if name in (course.slug, course.feed.title):
            return course, ()
    known = [course.slug for course in show.courses]
    near = difflib.get_close_matches(name, known, n=1)
    advice = (
        f"did you mean `course: {near[0]}`?" if near else "define it in show.yaml below `courses:`"
    )
    problem = Problem(
        "unknown-course",
        f"no course is called {name!r}",
        material.head.place("course"),
        Severity.ERROR,
        advice,
    )
    return None, (problem,)


def _title_and_number(
    material: Material, course: Course | None
) -> tuple[str, int | None, tuple[Problem, ...]]:
    """The title without a count in front, and the number from key, title or file name."""
    given = material.head.settings
    typed = given.title or material.notes.title or material.audio.title
    problems: tuple[Problem, ...] = ()
    if typed is None:
        letters = "".join(c if c.isprintable() else " " for c in material.stem)
        words = " ".join(re.sub(r"[-_]+", " ", letters).split())
        typed = words[:1].upper() + words[1:] or "Untitled"
        problems = (
            Problem(
                "no-title",
                f"no title was found, so it is called {typed!r}",
                material.location,
                Severity.WARNING,
                "write the title as the first line: `# The title`",
            ),
        )
    word = course.word if course else "Episode"
    title, counted = without_number(typed, word)
    key = given.lesson if course else given.episode
    if isinstance(key, Decimal):
        # Apple takes whole numbers only; podcast:episode has the exact one.
        return title, int(key), problems
    is_in_notes = bool(given.title or material.notes.title)
    number = number_of(key, counted if is_in_notes else None, material.stem, given.type)
    number = counted if number is None else number  # said by the tags of the audio alone
    if counted is not None and number != counted:
        place = material.head.place("lesson" if course else "episode")
        problems += (
            Problem(
                "two-numbers",
                f"the title says {word} {counted}, the settings say {number}",
                place,
                Severity.WARNING,
                "change one of the two",
            ),
        )
    return title, number, problems


def _numberless_lesson(
    material: Material, course: Course | None, number: int | None
) -> tuple[Problem, ...]:
    if course is None or number is not None or material.head.settings.type.value != "full":
        return ()
    problem = Problem(
        "lesson-without-number",
        f"{material.location.file.name} is a lesson and has no number; a course needs its order",
        material.location,
        Severity.ERROR,
        "write `lesson: 1`, or which it is, at the top of the note",
    )
    return (problem,)


def _slug(title: str, number: int | None, stem: str) -> str:
    """Words of the title in ASCII; what is left of titles without any is the number or the stem."""
    found = slugify(title, max_length=LONGEST_SLUG, word_boundary=True)
    if found:
        return str(found)
    if number is not None:
        return f"episode-{number}"
    return str(slugify(stem)) or "episode"


def typed_marks(head: Head, notes: Notes) -> tuple[Mark, ...]:
    """The chapters that the author typed: those of front matter, else those of the notes."""
    given = head.settings.chapters
    return (
        notes.marks
        if not given
        else tuple(
            Mark(entry.start, None, entry.title, head.place("chapters", index))
            for index, entry in enumerate(given)
        )
    )


def _chapters(
    material: Material, title: str, placed: PlacedSettings
) -> tuple[tuple[Chapter, ...], tuple[Problem, ...]]:
    """Chapters by hand win, then those of the notes, then those inside the audio."""
    audio = material.audio
    marks = typed_marks(material.head, material.notes)
    if not marks:
        place = audio.location or material.location
        marks = tuple(Mark(c.start_ms, None, c.title, place) for c in audio.chapters)
    opening = placed.settings.notes.opening_chapter or title
    chapters, problems = resolve_chapters(marks, audio.duration_ms, opening)
    given = {entry.start: entry for entry in reversed(material.head.settings.chapters)}
    return with_extras(chapters, given, dict(material.pictures)), problems


def _unique(links: tuple[Link, ...]) -> tuple[Link, ...]:
    return tuple({link.url: link for link in reversed(links)}.values())[::-1]


def _video_anchor(notes: Notes) -> str | None:
    """The section that the video belongs behind: the first to speak of it, or the one before.

    A text that says "the video above" wants it in front of itself.
    """
    if not notes.video_mentions:
        return None
    mention = notes.video_mentions[0]
    anchors = [s.anchor for s in notes.sections if s.location.line <= mention.location.line]
    if _VIDEO_ABOVE.search(mention.text):
        anchors = anchors[:-1]
    return anchors[-1] if anchors else None


def _first_paragraph(notes: Notes) -> str:
    """The plain text of the first paragraph, for notes without a summary.

    The chapter list says nothing of what the episode is about, and a line that leads in to a list
    only where no other paragraph does.
    """
    leads_in = ""
    starts = {f"#t={format_seconds(mark.start_ms)}" for mark in notes.marks}
    for section in notes.sections:
        if section.role not in _TELLING:
            continue
        for paragraph in _PARAGRAPH.findall(section.html):
            if _lists_chapters(paragraph, starts):
                continue
            spaced = _FOOTNOTE_MARK.sub("", paragraph).replace("<br>", " ")
            text = " ".join(html.unescape(_TAG.sub("", spaced)).split())
            if text and not text.endswith((":", "：")):
                return text
            leads_in = leads_in or text
    return leads_in


def _lists_chapters(paragraph: str, starts: set[str]) -> bool:
    """Whether a paragraph of HTML begins with the start of a chapter, or holds two."""
    found = [match for match in _HREF.finditer(paragraph) if match[1] in starts]
    if not found:
        return False
    before = html.unescape(_TAG.sub("", paragraph[: found[0].start()]))
    return len(found) > 1 or not any(map(str.isalnum, before))
