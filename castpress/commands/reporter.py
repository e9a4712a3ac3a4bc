"""How commands speak: through a reporter that the command line hands them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from castpress.commands import exit_codes
from castpress.model.problem import Problem, Severity, by_place, worst
from castpress.model.secret import shows_secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from contextlib import AbstractContextManager


class Reporter(Protocol):
    """Where a command's words go: results to one stream, progress and problems to the other."""

    def recorder(self, out: TextIO, err: TextIO) -> Reporter:
        """One that says the same in the same way, elsewhere."""

    def result(self, text: str) -> None:
        """Print what was asked for."""

    def say(self, text: str) -> None:
        """Tell how the work goes."""

    def problems(self, problems: Sequence[Problem], root: Path) -> None:
        """Show problems in the form that the user chose, with the line they point at."""

    def track(self, label: str, count: int) -> Iterator[None]:
        """Count work that may be long: advance the iterator after each piece."""

    def meter(self, label: str, byte_count: int) -> AbstractContextManager[Callable[[int], None]]:
        """Count bytes on their way: call what is given with each number of them that went."""


def report(
    reporter: Reporter, problems: Iterable[Problem], root: Path, *, is_strict: bool, notes: bool
) -> int:
    """Show the problems, worst last, and return the exit code they ask for."""
    listed = by_place(problems)
    shown = [p for p in listed if notes or p.severity > Severity.NOTE]
    if shown:
        reporter.problems(shown, root)
    bad = worst(listed)
    limit = Severity.WARNING if is_strict else Severity.ERROR
    return exit_codes.PROBLEMS if bad is not None and bad >= limit else exit_codes.OK


def count_words(problems: Iterable[Problem]) -> str:
    """``2 errors, 1 warning``; an empty text where there is nothing to say."""
    parts = []
    listed = tuple(problems)
    for severity in sorted(Severity, reverse=True):
        count = sum(1 for problem in listed if problem.severity is severity)
        if count:
            parts.append(f"{count} {severity.word}{'s' if count > 1 else ''}")
    return ", ".join(parts)


def as_text(problem: Problem, line: str | None) -> str:
    """A problem as people read it on a terminal, with the line it points at.

    >>> from castpress.model.problem import Location
    >>> from pathlib import PurePosixPath
    >>> place = Location(PurePosixPath("show.yaml"), 3, 8)
    >>> fault = Problem("bad-value", "no", place, Severity.ERROR, "write yes")
    >>> print(as_text(fault, "title: x"))
    error[bad-value]: no
      --> show.yaml:3:8
       3 | title: x
         |        ^
    help: write yes
    """
    rows = [f"{problem.severity.word}[{problem.code}]: {_visible(problem.message)}"]
    rows.append(f"  --> {_visible(str(problem.location))}")
    if line is not None and line.strip():
        number = f"{problem.location.line:>4}"
        shown, column = _window(line, problem.location.column)
        rows.append(f"{number} | {shown}")
        if column:
            rows.append(f"{' ' * len(number)} | {' ' * (column - 1)}^")
    rows.append(f"help: {_visible(problem.help)}")
    return "\n".join(rows)


def _visible(text: str) -> str:
    """The text without characters that a terminal would obey; each in its own place."""
    return "".join(_sign(character) for character in text)


def _sign(character: str) -> str:
    if character.isprintable():
        return character
    return " " if character in "\t\n\xa0\u2028\u2029" else "\N{REPLACEMENT CHARACTER}"


def _window(line: str, column: int) -> tuple[str, int]:
    """The part of a long line around the column, and the column in it; tabs become spaces."""
    shown = _visible(line.rstrip())
    start = max(0, column - 60) if len(shown) > 100 else 0
    part = shown[start : start + 100]
    return part, min(column - start, len(part) + 1) if column else 0


def as_github(problem: Problem) -> str:
    """A problem as an annotation of GitHub's workflows."""
    level = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    place = problem.location
    where = f"file={place.name}"
    if place.line:
        where += f",line={place.line}"
    if place.column:
        where += f",col={place.column}"
    text = f"{problem.message}; {problem.help}".replace("%", "%25").replace("\n", "%0A")
    return f"::{level[problem.severity]} {where},title={problem.code}::{text}"


def as_json(problem: Problem) -> str:
    """A problem as one JSON object a line."""
    return json.dumps(
        {
            "code": problem.code,
            "severity": problem.severity.word,
            "file": problem.location.name,
            "line": problem.location.line or None,
            "column": problem.location.column or None,
            "message": problem.message,
            "help": problem.help,
        },
        ensure_ascii=False,
    )


class SourceLines:
    """Lines of sources, read when a problem quotes them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lines: dict[str, list[str]] = {}

    def line(self, problem: Problem) -> str | None:
        """The line that the problem points at, None where the file as a whole is meant."""
        place = problem.location
        if not place.line:
            return None
        name = place.file.as_posix()
        if name not in self._lines:
            self._lines[name] = self._read(self._root / name)
        lines = self._lines[name]
        line = lines[place.line - 1] if place.line <= len(lines) else None
        # Keys that were typed into a file are not to stand on a screen, too.
        return None if line is not None and shows_secret(line) else line

    @staticmethod
    def _read(path: Path) -> list[str]:
        try:
            text = path.read_bytes()[:5_000_000].decode("utf-8", "replace")
        except OSError:
            return []
        return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
