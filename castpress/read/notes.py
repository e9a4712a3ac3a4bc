"""Show notes to ``Notes``: the recipe.

One path for all kinds: pasted text first becomes Markdown again, Markdown becomes blocks, blocks
become sections, marks and data. No author's text raises; what is wrong or unsure is a problem.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.notes import (
    Furniture,
    FurnitureKind,
    Notes,
    Section,
    SectionRole,
    SiteWords,
    Vocabulary,
)
from castpress.model.problem import by_place
from castpress.read.calls import read_call, read_contacts, read_lead, read_teaser
from castpress.read.chapter_doubts import is_chapter_heading
from castpress.read.chapter_lines import Stretch
from castpress.read.chapter_list import find_chapter_list
from castpress.read.heading_times import settle_times
from castpress.read.links import address_edits, moment_edit, moment_edits, typed_links
from castpress.read.list_and_headings import join_list_and_headings
from castpress.read.markdown import Edit, read_document
from castpress.read.notes_source import read_source
from castpress.read.numbers import number_in_title
from castpress.read.proofreading import proofread
from castpress.read.related import read_related
from castpress.read.sanitise import html_problems
from castpress.read.sections import (
    Part,
    heading_marks,
    name_anchors,
    read_parts,
    render_parts,
    take_title,
    timed_headings,
)
from castpress.read.stamps import forget_stamps
from castpress.read.takeaways import (
    read_condition,
    read_exercises,
    read_links,
    read_lists,
    read_summary,
    read_topics,
    read_video_mentions,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePosixPath

    from castpress.model.notes import Mark
    from castpress.model.problem import Problem
    from castpress.read.blocks import Places
    from castpress.read.chapter_list import ChapterList
    from castpress.read.plain_text import Recovered


def parse_notes(
    text: str,
    file: PurePosixPath,
    vocabulary: Vocabulary = Vocabulary(),  # noqa: B008 - frozen
    *,
    first_line: int = 1,
    title: str | None = None,
    duration_ms: int | None = None,
    author: str | None = None,
    site: SiteWords = SiteWords(),  # noqa: B008 - frozen
) -> tuple[Notes, tuple[Problem, ...]]:
    """What was understood of the body of one set of show notes.

    ``text`` comes without front matter; ``first_line`` is its first line in the file, ``title``
    the one that front matter gives: a heading that repeats it is then no section. With
    ``duration_ms``, times past the end of the audio are neither chapters of a short list nor
    links. ``author`` is the one that front matter gives; ``site`` are the words of show.yaml,
    which are known in pasted text.
    """
    forget_stamps()
    source = read_source(text, file, vocabulary, first_line, title=title, site=site)
    document = read_document(source.markdown)
    places = source.places
    problems = source.problems

    parts = read_parts(document, places, vocabulary)
    problems += settle_times(parts)
    found, questions = find_chapter_list(
        _stretches(parts), places, duration_ms, timed_headings(parts)
    )
    problems += questions
    marks, disagreements = _marks(found, parts)
    problems += disagreements
    title_part = take_title(parts, title)

    addresses = list(address_edits(document.blocks))
    edits = _list_edits(found)
    edits += moment_edits(document.blocks, duration_ms, {edit.start for edit in edits})
    edits += [edit for edit, _, _ in addresses]
    edits += [Edit(at, at + 1, "&lt;") for at in document.typed_tags]
    name_anchors(parts)
    render_parts(document, parts, title_part, edits)
    problems += html_problems(document.html, document.links, document.images, places)

    exercises, unseparated = read_exercises(parts, vocabulary, document, places)
    problems += unseparated
    related, lost = read_related(parts, document, places)
    problems += lost
    call, faults = read_call(parts, document)
    problems += faults
    recovered = source.recovered
    problems += proofread(document, parts, places, call, was_recovered=recovered is not None)
    byline = recovered.author if recovered else None
    chapter_lines = found.lines if found else frozenset()
    typed = title or (title_part.text if title_part else None)
    notes = Notes(
        title=title_part.text if title_part else None,
        sections=_sections(parts, was_recovered=recovered is not None),
        marks=marks,
        summary=read_summary(parts, chapter_lines),
        author=byline,
        topics=read_topics(parts, vocabulary, chapter_lines),
        exercises=exercises,
        links=read_links(document, [(url, shown) for _, url, shown in addresses]),
        related=related,
        lists=read_lists(document, places),
        was_recovered=recovered is not None,
        video_mentions=read_video_mentions(document, places),
        number=number_in_title(typed) if typed else None,
        lead=read_lead(document.blocks, _end_of(title_part)),
        exercise_condition=read_condition(parts, vocabulary),
        teaser=read_teaser(parts, places),
        contacts=read_contacts(document, author or byline, places),
        call_to_action=call,
        comment_count=recovered.comment_count if recovered else None,
        course_title=_course_title(recovered),
        furniture=_furniture(recovered, places),
        typed_links=typed_links(document, places, addresses),
    )
    return notes, by_place(problems)


def clean_markdown(
    text: str,
    file: PurePosixPath,
    vocabulary: Vocabulary = Vocabulary(),  # noqa: B008 - frozen
    *,
    title: str | None = None,
    site: SiteWords = SiteWords(),  # noqa: B008 - frozen
) -> str:
    """The Markdown that the notes are read as: what the author may keep in their place."""
    return read_source(text, file, vocabulary, 1, title=title, site=site).markdown


def _end_of(title: Part | None) -> int:
    return title.heading.end if title is not None and title.heading is not None else 0


def _course_title(recovered: Recovered | None) -> str | None:
    furniture = recovered.furniture if recovered else ()
    return next((f.text for f in furniture if f.kind is FurnitureKind.COURSE_TITLE), None)


def _furniture(recovered: Recovered | None, places: Places) -> tuple[Furniture, ...]:
    furniture = recovered.furniture if recovered else ()
    return tuple(Furniture(f.kind, f.text, places.line(f.line)) for f in furniture)


def _stretches(parts: Sequence[Part]) -> list[Stretch]:
    """The parts as the finder of lists sees them; the title says nothing of the times below it."""
    stretches = []
    first = next((part for part in parts if part.heading is not None), None)
    for part in parts:
        refused = {SectionRole.TRANSCRIPT, SectionRole.EXERCISES} & part.within
        role = next(iter(sorted(refused)), part.role)
        is_title = part is first and part.level == 1 and not is_chapter_heading(part.text)
        stretches.append(Stretch("" if is_title else part.text, role, part.blocks))
    return stretches


def _marks(
    found: ChapterList | None, parts: Sequence[Part]
) -> tuple[tuple[Mark, ...], list[Problem]]:
    if found is None or not found.entries:
        problems = found.problems if found else []
        return tuple(sorted(heading_marks(parts), key=lambda mark: mark.start_ms)), problems
    marks, problems = join_list_and_headings(found.entries, parts)
    return marks, found.problems + problems


def _list_edits(found: ChapterList | None) -> list[Edit]:
    if found is None:
        return []
    return [
        moment_edit(entry.edit_range, entry.stamp.start_ms)
        for entry in found.entries
        if entry.edit_range is not None
    ]


def _sections(parts: Sequence[Part], *, was_recovered: bool) -> tuple[Section, ...]:
    """The parts as values; recovered headings are all of level 2."""
    return tuple(
        Section(
            title=part.title,
            level=2 if was_recovered and part.heading is not None else part.level,
            anchor=part.anchor,
            html=part.html,
            location=part.location,
            start_ms=part.span.start_ms if part.span else None,
            end_ms=part.span.end_ms if part.span else None,
            role=part.role,
        )
        for part in parts
        if part.heading is not None or part.html
    )
