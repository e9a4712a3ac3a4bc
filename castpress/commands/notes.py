"""``castpress notes``: what is understood of show notes, in a show or outside one."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.commands.collector import Collector
from castpress.commands.reporter import as_json, report
from castpress.model.problem import by_place

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from castpress.commands.reporter import Reporter
    from castpress.model.notes import Notes
    from castpress.model.podcast import Chapter
    from castpress.model.problem import Problem


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``notes``."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="notes, .md or .txt")
    parser.add_argument(
        "--duration",
        type=float,
        metavar="SECONDS",
        help="how long the audio is; it settles where the last chapter ends",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object a file and line")
    form.add_argument(
        "--markdown", action="store_true", help="clean Markdown, to keep in place of pasted text"
    )


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Show what is understood of each file."""
    code = exit_codes.OK
    for file in arguments.files:
        code = max(code, _show_file(file, arguments, reporter))
    return code


def _show_file(file: Path, arguments: argparse.Namespace, reporter: Reporter) -> int:
    from castpress.read.chapters import resolve_chapters
    from castpress.read.front_matter import parse_head
    from castpress.read.missing_video import missing_video_problems
    from castpress.read.normalise import clean_text
    from castpress.read.notes import parse_notes
    from castpress.read.plain_text import is_pasted, recover_markdown
    from castpress.store.sources import read_text

    collector = Collector()
    name = PurePosixPath(file.name)
    root = file.parent
    text = collector.take(read_text(root, name))
    if text is None:
        return report(reporter, collector.problems, root, is_strict=False, notes=True)
    head = collector.take(parse_head(text, name))
    duration_ms = None if arguments.duration is None else round(arguments.duration * 1000)
    notes = collector.take(
        parse_notes(
            head.body,
            name,
            first_line=head.first_line,
            title=head.settings.title,
            duration_ms=duration_ms,
        )
    )
    title = head.settings.title or notes.title
    chapters = collector.take(resolve_chapters(notes.marks, duration_ms, title or name.stem))
    collector.add(missing_video_problems(notes, has_video=head.settings.video is not None))
    if arguments.markdown:
        clean = clean_text(head.body).text
        is_found = is_pasted(clean, name.suffix)
        reporter.result(recover_markdown(clean).markdown if is_found else clean)
        return report(reporter, collector.problems, root, is_strict=False, notes=True)
    if arguments.json:
        reporter.result(
            _as_json(
                file,
                title=title,
                duration_ms=duration_ms,
                notes=notes,
                chapters=chapters,
                problems=collector.problems,
            )
        )
        return exit_codes.OK
    for line in _table(title, notes, chapters):
        reporter.result(line)
    return report(reporter, collector.problems, root, is_strict=False, notes=True)


def _table(title: str | None, notes: Notes, chapters: tuple[Chapter, ...]) -> Iterator[str]:
    from castpress.model.timecode import format_clock

    yield f"title     {title or '(none)'}"
    if notes.author:
        yield f"author    {notes.author}"
    if notes.summary:
        yield f"summary   {notes.summary}"
    for section in notes.sections:
        if section.level:
            start = "" if section.start_ms is None else f"  {format_clock(section.start_ms)}"
            role = "" if section.role.value == "text" else f"  [{section.role.value}]"
            yield f"section   {'#' * section.level} {section.title}{start}{role}"
    for chapter in chapters:
        added = "  (added)" if chapter.added else ""
        yield f"chapter   {format_clock(chapter.start_ms):>8}  {chapter.title}{added}"
    for topic in notes.topics:
        yield f"topic     {topic}"
    for exercise in notes.exercises:
        yield f"exercise  {exercise.name}{': ' + exercise.reason if exercise.reason else ''}"
    for link in notes.links:
        yield f"link      {link.title}  {link.url}"


def _as_json(
    file: Path,
    *,
    title: str | None,
    duration_ms: int | None,
    notes: Notes,
    chapters: tuple[Chapter, ...],
    problems: tuple[Problem, ...],
) -> str:
    """One object a file, as docs/notes.md lists its keys; an end that nothing states is null."""
    return json.dumps(
        {
            "file": file.as_posix(),
            "title": title,
            "duration_ms": duration_ms,
            "chapters": [
                {
                    "start_ms": chapter.start_ms,
                    "end_ms": None if chapter.end_ms == chapter.start_ms else chapter.end_ms,
                    "title": chapter.title,
                    "line": chapter.location.line if chapter.location else None,
                    "added": chapter.added,
                }
                for chapter in chapters
            ],
            "sections": [
                {
                    "title": section.title,
                    "level": section.level,
                    "line": section.location.line,
                    "start_ms": section.start_ms,
                    "end_ms": section.end_ms,
                }
                for section in notes.sections
                if section.level
            ],
            "lists": [
                {"ordered": row.is_ordered, "items": row.items, "line": row.location.line}
                for row in notes.lists
            ],
            "topics": notes.topics,
            "exercises": [
                {"name": e.name, "reason": e.reason, "url": e.url} for e in notes.exercises
            ],
            "people": [notes.author] if notes.author else [],
            "links": [{"title": link.title, "url": link.url} for link in notes.links],
            "summary": notes.summary,
            "problems": [json.loads(as_json(p)) for p in by_place(problems)],
        },
        ensure_ascii=False,
    )
