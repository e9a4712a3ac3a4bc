"""Show notes of any kind to the Markdown that is read, with the way back to the author's lines."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from castpress.model.problem import Location, Problem, Severity
from castpress.read.blocks import Places
from castpress.read.heading_lines import mark_timed_lines, space_hashes
from castpress.read.html_elements import HTML_SUFFIXES
from castpress.read.leftovers import source_fault, with_signature, without_leftovers
from castpress.read.normalise import CleanText, clean_text
from castpress.read.plain_text import (
    Recovered,
    is_pasted,
    leftover_guess,
    recover_markdown,
)
from castpress.read.sanitise import dropped_html

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePosixPath

    from castpress.model.notes import SiteWords, Vocabulary


@dataclass(frozen=True, slots=True)
class Source:
    """The text in the one form that is read, and the way back to the author's lines."""

    markdown: str
    places: Places
    recovered: Recovered | None
    problems: list[Problem]


def read_source(
    text: str,
    file: PurePosixPath,
    vocabulary: Vocabulary,
    first_line: int,
    *,
    title: str | None,
    site: SiteWords,
) -> Source:
    """The Markdown of notes: of pasted text recovered, of HTML converted, else as typed."""
    fault = source_fault(text)
    if fault is not None:
        places = Places(file, "", first_line)
        problem = Problem(fault.code, fault.message, places.line(1), Severity.ERROR, fault.help)
        return Source("", places, None, [problem])
    clean = clean_text(text)
    may_be_html = "<" in clean.text or file.suffix.lower() in HTML_SUFFIXES
    if may_be_html and (found := _read_html(clean.text, file, first_line, vocabulary)) is not None:
        return found
    recovered = None
    problems: list[Problem] = []
    typed, spaced = space_hashes(clean.text)
    guesses = [spaced] if spaced is not None else []
    if is_pasted(typed, file.suffix):
        recovered = recover_markdown(typed, vocabulary, title, site)
        guesses += recovered.guesses
        markdown = mark_timed_lines(recovered.markdown, vocabulary).markdown
        columns = [len(line) - len(line.lstrip()) + 1 for line in clean.text.split("\n")]
        places = Places(file, markdown, first_line, lines=recovered.lines, columns=columns)
    else:
        markdown, left_out = without_leftovers(typed)
        guesses += [leftover_guess(left_out)] if left_out else []
        markdown = with_signature(markdown)
        origins: Sequence[tuple[int, int]] = ()
        if may_be_html:
            markdown, origins = _without_html_blocks(markdown)
        marked = mark_timed_lines(markdown, vocabulary)
        markdown = marked.markdown
        places = Places(file, markdown, first_line, origins=origins)
        problems = marked.problems(places)
    problems += _odd_characters(clean, text, places)
    for guess in guesses:
        problems.append(
            Problem(guess.code, guess.message, places.line(guess.line), guess.severity, guess.help)
        )
    return Source(markdown, places, recovered, problems)


def _read_html(
    text: str, file: PurePosixPath, first_line: int, vocabulary: Vocabulary
) -> Source | None:
    """The Markdown of notes that are HTML through and through, None where they are not."""
    from castpress.read.html_notes import html_to_markdown
    from castpress.read.html_source import is_html

    if not is_html(text, file.suffix):
        return None
    converted = html_to_markdown(text)
    markdown, left_out = without_leftovers(converted.markdown)
    marked = mark_timed_lines(markdown, vocabulary)
    markdown = marked.markdown
    places = Places(file, markdown, first_line, origins=converted.places)
    problems = [
        dropped_html(name, Location(file, line + first_line - 1, column))
        for name, (line, column) in converted.dropped
    ]
    problems += marked.problems(places)
    if left_out:
        guess = leftover_guess(left_out)
        line, column = converted.places[guess.line - 1]
        place = Location(file, line + first_line - 1, column)
        problems.append(Problem(guess.code, guess.message, place, guess.severity, guess.help))
    return Source(markdown, places, None, problems)


def _without_html_blocks(markdown: str) -> tuple[str, Sequence[tuple[int, int]]]:
    """Markdown with the blocks of HTML that it can say, and where its lines came from."""
    from castpress.read.html_source import blocks_to_markdown

    converted = blocks_to_markdown(markdown)
    return (markdown, ()) if converted is None else (converted.markdown, converted.places)


def _odd_characters(clean: CleanText, text: str, places: Places) -> list[Problem]:
    if not clean.first_line:
        return []
    blank = sum(bool(row) and not row.isascii() and not row.strip() for row in text.split("\n"))
    counts = []
    if clean.space_count:
        counts.append(f"{clean.space_count} no-break or odd spaces are read as plain ones")
    if clean.mark_count:
        counts.append(f"{clean.mark_count} invisible characters are left out")
    if blank:
        counts.append("1 line only looks empty" if blank == 1 else f"{blank} lines only look empty")
    if not counts:
        return []
    return [
        Problem(
            "odd-characters",
            "; ".join(counts),
            replace(places.line(clean.first_line), column=0),
            Severity.NOTE,
            help="nothing to do; replace them by plain spaces to keep the file tidy",
        )
    ]
