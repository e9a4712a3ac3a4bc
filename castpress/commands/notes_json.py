"""What is understood of notes as JSON, for machines: one object a file, as docs/notes.md lists."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from castpress.commands.notes_people import people_of
from castpress.commands.reporter import as_json
from castpress.model.problem import by_place
from castpress.read.takeaways import is_open

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from castpress.commands.notes import Understood
    from castpress.model.notes import Notes
    from castpress.model.podcast import Chapter, Exercise
    from castpress.model.problem import Problem


def as_object(
    file: Path,
    understood: Understood | None,
    problems: Iterable[Problem],
    duration_ms: int | None,
) -> str:
    """One object on one line; that of a file that could not be read holds its problems only."""
    return json.dumps(
        {
            "file": file.as_posix(),
            "title": understood.title if understood else None,
            "duration_ms": duration_ms,
            **(_data(understood) if understood else _NOTHING),
            "problems": [json.loads(as_json(problem)) for problem in by_place(problems)],
        },
        ensure_ascii=False,
    )


_NOTHING: dict[str, Any] = {
    "chapters": [],
    "sections": [],
    "lists": [],
    "topics": [],
    "exercises": [],
    "people": [],
    "links": [],
    "summary": None,
    "number": None,
    "course_title": None,
    "lead": None,
    "exercise_condition": None,
    "related": [],
    "call_to_action": None,
    "teaser": None,
    "contacts": [],
    "comment_count": None,
    "furniture": [],
}


def _data(understood: Understood) -> dict[str, Any]:
    notes, given = understood.notes, understood.head.settings
    exercises = tuple(entry.as_exercise() for entry in given.exercises) or notes.exercises
    typed = given.lesson if given.lesson is not None else given.episode
    return {
        "chapters": [_chapter(chapter) for chapter in understood.chapters],
        "sections": [
            {
                "title": section.title,
                "level": section.level,
                "line": section.location.line,
                "start_ms": section.start_ms,
                "end_ms": section.end_ms,
                "role": section.role.value,
                "anchor": section.anchor,
            }
            for section in notes.sections
            if section.level
        ],
        "lists": [
            {"ordered": row.is_ordered, "items": row.items, "line": row.location.line}
            for row in notes.lists
        ],
        "topics": given.topics or notes.topics,
        "exercises": [_exercise(exercise) for exercise in exercises],
        "people": [{"name": name, "role": role} for name, role in people_of(understood)],
        "links": [{"title": link.title, "url": link.url} for link in notes.links],
        "summary": given.summary or notes.summary,
        "number": notes.number if typed is None else typed,
        "course_title": notes.course_title,
        "lead": notes.lead,
        "exercise_condition": notes.exercise_condition,
        **_surroundings(notes),
    }


def _surroundings(notes: Notes) -> dict[str, Any]:
    """What the notes say besides their subject, and what stood around them."""
    call, teaser = notes.call_to_action, notes.teaser
    return {
        "related": [
            {
                "title": card.title,
                "category": card.category,
                "excerpt": card.excerpt,
                "url": card.url,
            }
            for card in notes.related
        ],
        "call_to_action": call
        and {"heading": call.heading, "text": call.text, "button": call.button, "url": call.url},
        "teaser": teaser and {"text": teaser.text, "line": teaser.location.line},
        "contacts": [
            {"email": contact.email, "name": contact.name, "line": contact.location.line}
            for contact in notes.contacts
        ],
        "comment_count": notes.comment_count,
        "furniture": [
            {"kind": row.kind.value, "text": row.text, "line": row.location.line}
            for row in notes.furniture
        ],
    }


def _chapter(chapter: Chapter) -> dict[str, Any]:
    """An end that nothing states is null."""
    return {
        "start_ms": chapter.start_ms,
        "end_ms": None if chapter.end_ms == chapter.start_ms else chapter.end_ms,
        "title": chapter.title,
        "line": chapter.location.line if chapter.location else None,
        "added": chapter.added,
    }


def _exercise(exercise: Exercise) -> dict[str, Any]:
    """Where nobody can tell where the name ends, it is the whole text, and said to be unclear."""
    row = {"name": exercise.name, "reason": exercise.reason, "url": exercise.url}
    return {**row, "unclear": True} if is_open(exercise) else row
