"""``castpress notes``: what is understood of show notes, in a show or outside one."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from castpress.commands import exit_codes
from castpress.commands.collector import Collector
from castpress.commands.reporter import report

if TYPE_CHECKING:
    import argparse

    from castpress.commands.reporter import Reporter
    from castpress.model.notes import Notes, SiteWords, Vocabulary
    from castpress.model.podcast import Chapter
    from castpress.model.problem import Problem
    from castpress.read.front_matter import Head

_SETTINGS = "show.yaml"
_NOTES_FOLDER = "show_notes"


@dataclass(frozen=True, slots=True)
class Understood:
    """All that is understood of one file; front matter has its say before the notes."""

    file: Path
    head: Head
    notes: Notes
    title: str | None
    chapters: tuple[Chapter, ...]
    duration_ms: int | None
    markdown: str | None = None


@dataclass(frozen=True, slots=True)
class _ShowWords:
    """What a show says for all of its notes."""

    vocabulary: Vocabulary
    site: SiteWords
    opening: str | None = None


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``notes``."""
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="notes: .md, .txt or .html"
    )
    parser.add_argument(
        "--duration",
        type=float,
        metavar="SECONDS",
        help="how long the audio is; it settles where the last chapter ends",
    )
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON object a file and line")
    form.add_argument(
        "--markdown",
        action="store_true",
        help="clean Markdown, to keep in place of pasted text or HTML",
    )


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Show what is understood of each file; one that cannot be read keeps none of the others."""
    from castpress.commands.notes_table import Layout

    duration_ms = None if arguments.duration is None else round(arguments.duration * 1000)
    reader = _Reader(duration_ms, with_markdown=arguments.markdown)
    layout = Layout.of_terminal(sys.stdout)
    code = exit_codes.OK
    for index, file in enumerate(arguments.files):
        understood, problems = reader.read(file)
        if arguments.json:
            from castpress.commands.notes_json import as_object

            reporter.result(as_object(file, understood, problems, duration_ms))
            code = max(code, exit_codes.OK if understood else exit_codes.PROBLEMS)
            continue
        if understood is not None and understood.markdown is not None:
            reporter.result(understood.markdown)
        elif understood is not None:
            from castpress.commands.notes_table import table

            if len(arguments.files) > 1:
                reporter.result(layout.file_line(file, is_first=index == 0))
            for line in table(understood, problems, layout):
                reporter.result(line)
        sys.stdout.flush()  # the doubts come behind what they are about
        code = max(code, report(reporter, problems, file.parent, is_strict=False, notes=True))
    return code


class _Reader:
    """Reads notes one after the other; shows that they belong to are read once."""

    def __init__(self, duration_ms: int | None, *, with_markdown: bool) -> None:
        self._duration_ms = duration_ms
        self._with_markdown = with_markdown
        self._shows: dict[Path, _ShowWords] = {}

    def read(self, file: Path) -> tuple[Understood | None, tuple[Problem, ...]]:
        """What is understood of a file, None where it cannot be read."""
        from castpress.read.chapters import resolve_chapters
        from castpress.read.episode import typed_marks
        from castpress.read.front_matter import parse_head
        from castpress.read.missing_video import missing_video_problems
        from castpress.read.notes import clean_markdown, parse_notes
        from castpress.store.sources import read_text

        collector = Collector()
        name = PurePosixPath(file.name)
        text = collector.take(read_text(file.parent, name))
        if text is None:
            return None, collector.problems
        show = self._show_of(file)
        head = collector.take(parse_head(text, name))
        given = head.settings
        notes = collector.take(
            parse_notes(
                head.body,
                name,
                show.vocabulary,
                first_line=head.first_line,
                title=given.title,
                duration_ms=self._duration_ms,
                author=given.author,
                site=show.site,
            )
        )
        title = given.title or notes.title
        if title is None:
            collector.add([_no_title(name)])
        opening = show.opening or title or name.stem
        marks = typed_marks(head, notes)
        chapters = collector.take(resolve_chapters(marks, self._duration_ms, opening))
        collector.add(missing_video_problems(notes, has_video=given.video is not None))
        markdown = None
        if self._with_markdown:
            from castpress.commands.notes_markdown import whole_note

            body = clean_markdown(
                head.body, name, show.vocabulary, title=given.title, site=show.site
            )
            markdown = whole_note(text, head, body, notes.author)
        understood = Understood(file, head, notes, title, chapters, self._duration_ms, markdown)
        return understood, collector.problems

    def _show_of(self, file: Path) -> _ShowWords:
        """The words of the show whose note the file is; the built-in ones outside of any."""
        folder = file.absolute().parent
        if folder not in self._shows:
            self._shows[folder] = _show_words(folder)
        return self._shows[folder]


def _no_title(name: PurePosixPath) -> Problem:
    from castpress.model.problem import Location, Problem, Severity

    return Problem(
        "no-title",
        "no title was found, so the audio's or the file's name stands in",
        Location(name),
        Severity.NOTE,
        "write the title as the first line: `# The title`",
    )


def _show_words(folder: Path) -> _ShowWords:
    """What show.yaml says, where the folder is a show's; a faulty one is the build's business."""
    from castpress.model.notes import SiteWords, Vocabulary

    unknown = _ShowWords(Vocabulary(), SiteWords())
    if folder.name != _NOTES_FOLDER or not (folder.parent / _SETTINGS).is_file():
        return unknown
    from castpress.read.settings import parse_settings
    from castpress.read.site_words import site_words
    from castpress.store.sources import SETTINGS_FILE, read_text

    text, _ = read_text(folder.parent, SETTINGS_FILE)
    placed, _ = parse_settings(text or "", SETTINGS_FILE)
    if placed is None:
        return unknown
    settings = placed.settings
    return _ShowWords(
        settings.notes.as_vocabulary(), site_words(settings), settings.notes.opening_chapter
    )
