"""What is understood of notes as a table, for people: labels at the left, what was read beside."""

from __future__ import annotations

import os
import shutil
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.commands.notes_people import people_of
from castpress.commands.reporter import count_words
from castpress.model.notes import SectionRole
from castpress.model.timecode import format_clock
from castpress.read.takeaways import clean_topic, is_open

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import TextIO

    from castpress.commands.notes import Understood
    from castpress.model.notes import Notes, Section
    from castpress.model.podcast import Chapter, Exercise
    from castpress.model.problem import Problem

_LABEL = 10  # characters of the left column, with the space behind it
_WIDEST = 110
_NARROWEST = 50
_FEW_CHAPTERS = 3  # Apple and Spotify show none where there are fewer


@dataclass(frozen=True, slots=True)
class Layout:
    """How wide the table may be and whether it may be bold; a pipe gets plain, whole lines."""

    width: int | None = None
    is_bold: bool = False

    @classmethod
    def of_terminal(cls, out: TextIO) -> Layout:
        """The layout for where the words go."""
        if not out.isatty():
            return cls()
        columns = shutil.get_terminal_size((_WIDEST, 24)).columns
        return cls(max(min(columns, _WIDEST), _NARROWEST), not os.environ.get("NO_COLOR"))

    def file_line(self, file: Path, *, is_first: bool) -> str:
        """The line above a file's table where there are several."""
        return ("" if is_first else "\n") + self._strong(f"{file}")

    def rows(self, label: str, rows: Iterable[tuple[str, str]]) -> Iterator[str]:
        """The rows of one label: what stands before the text, and the text, wrapped."""
        for before, text in rows:
            left = f"{label:<{_LABEL}}"
            yield (self._strong(left) + self._wrapped(before, text)).rstrip()
            label = ""

    def _wrapped(self, before: str, text: str) -> str:
        if self.width is None:
            return before + text
        indent = " " * (_LABEL + len(before))
        lines = textwrap.wrap(text, max(self.width - len(indent), 20), break_long_words=False)
        return before + f"\n{indent}".join(lines)

    def _strong(self, text: str) -> str:
        return f"\x1b[1m{text}\x1b[0m" if self.is_bold and text.strip() else text


def table(understood: Understood, problems: Sequence[Problem], layout: Layout) -> Iterator[str]:
    """The lines of the table."""
    notes, given = understood.notes, understood.head.settings
    yield from _lines(layout, "title", [understood.title or "(none)"])
    yield from _lines(layout, "people", [f"{n} ({role})" for n, role in people_of(understood)])
    if notes.comment_count is not None:
        yield from _lines(layout, "comments", [str(notes.comment_count)])
    yield from _lines(layout, "course", [notes.course_title])
    number = next((n for n in (given.lesson, given.episode, notes.number) if n is not None), None)
    yield from _lines(layout, "number", [None if number is None else str(number)])
    yield from _lines(layout, "lead", [notes.lead])
    yield from _lines(layout, "summary", [given.summary or notes.summary])
    yield from layout.rows("chapters", _chapter_rows(understood.chapters))
    yield from layout.rows("sections", _section_rows(notes.sections))
    yield from layout.rows("lists", _list_rows(notes))
    yield from _lines(layout, "topics", given.topics or notes.topics)
    yield from _lines(layout, "exercises", _exercise_lines(understood))
    yield from _lines(layout, "links", [f"{link.title}  {link.url}" for link in notes.links])
    yield from _lines(layout, "related", _related_lines(notes))
    yield from _lines(layout, "action", _call_lines(notes))
    yield from _lines(layout, "next", [notes.teaser.text if notes.teaser else None])
    yield from _lines(
        layout,
        "contact",
        [f"{c.email} ({c.name})" if c.name else c.email for c in notes.contacts],
    )
    yield from _lines(
        layout,
        "left out",
        [f"{row.kind.value.replace('_', ' ')}: {row.text}" for row in notes.furniture],
    )
    yield from _lines(layout, "doubts", [count_words(problems) or "none"])
    if problems and layout.width is not None:
        yield ""  # on a terminal they come right below


def _lines(layout: Layout, label: str, texts: Iterable[str | None]) -> Iterator[str]:
    yield from layout.rows(label, (("", text) for text in texts if text))


def _chapter_rows(chapters: Sequence[Chapter]) -> Iterator[tuple[str, str]]:
    spans = [(c.start_ms, c.end_ms if c.end_ms != c.start_ms else None) for c in chapters]
    for chapter, span in zip(chapters, _aligned(spans), strict=True):
        yield span, chapter.title + ("  (added)" if chapter.added else "")
    if 0 < len(chapters) < _FEW_CHAPTERS:
        yield "", f"(apps want {_FEW_CHAPTERS} or more)"


def _section_rows(sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    titled = [section for section in sections if section.level]
    spans = _aligned([(section.start_ms, section.end_ms) for section in titled])
    for section, span in zip(titled, spans, strict=True):
        role = "" if section.role is SectionRole.TEXT else f"  [{section.role.value}]"
        yield span, f"{'#' * section.level} {section.title}{role}"


def _aligned(spans: Sequence[tuple[int | None, int | None]]) -> list[str]:
    """Starts and ends in columns; blank where one is missing, nothing where all are."""
    starts = ["" if start is None else format_clock(start) for start, _ in spans]
    ends = ["" if end is None else f" – {format_clock(end)}" for _, end in spans]
    width, end_width = max(map(len, starts), default=0), max(map(len, ends), default=0)
    if not width:
        return [""] * len(spans)
    return [
        f"{start:>{width}}{end:<{end_width}}  " for start, end in zip(starts, ends, strict=True)
    ]


def _list_rows(notes: Notes) -> Iterator[tuple[str, str]]:
    """The lists that are neither topics nor exercises: those have rows of their own."""
    told = {clean_topic(topic) for topic in notes.topics}
    told |= {clean_topic(_whole(exercise)) for exercise in notes.exercises}
    is_first = True
    for row in notes.lists:
        if all(clean_topic(item) in told for item in row.items):
            continue
        if not is_first:
            yield "", ""
        is_first = False
        for count, item in enumerate(row.items, 1):
            yield (f"{count}. " if row.is_ordered else "• "), item


def _whole(exercise: Exercise) -> str:
    return exercise.name + (f" – {exercise.reason}" if exercise.reason else "")


def _exercise_lines(understood: Understood) -> Iterator[str]:
    given = tuple(entry.as_exercise() for entry in understood.head.settings.exercises)
    if understood.notes.exercise_condition:
        yield f"({understood.notes.exercise_condition})"
    for exercise in given or understood.notes.exercises:
        if is_open(exercise):
            yield f"? {exercise.name}"
        else:
            yield exercise.name + (f": {exercise.reason}" if exercise.reason else "")


def _related_lines(notes: Notes) -> Iterator[str]:
    for card in notes.related:
        label = f" [{card.category}]" if card.category else ""
        yield f"{card.title}{label}  {card.url or '(no address)'}"
        if card.excerpt:
            yield f"  {card.excerpt}"


def _call_lines(notes: Notes) -> Iterator[str]:
    call = notes.call_to_action
    if call is not None:
        yield f"{call.heading}: {call.text}"
        yield f"[{call.button}]  {call.url or '(no address)'}"
