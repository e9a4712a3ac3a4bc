"""One thing for the author to fix, with its place and what to type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class Severity(IntEnum):
    """How bad a problem is; an error stops the build before anything is written."""

    NOTE = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The name people read: ``error``, ``warning`` or ``note``."""
        return self.name.lower()


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a source: file relative to the show's folder, 1-based line and column.

    Line and column are 0 where the file as a whole is meant. ``address`` is of what is no file,
    such as a bucket.
    """

    file: PurePosixPath
    line: int = 0
    column: int = 0
    address: str = ""

    @property
    def name(self) -> str:
        """The file, or the address, as people write it."""
        return self.address or self.file.as_posix()

    def __str__(self) -> str:
        """``file:line:column``, as far as it is known.

        >>> str(Location(PurePosixPath("show.yaml"), 3, 8)), str(Location(PurePosixPath("a.mp3")))
        ('show.yaml:3:8', 'a.mp3')
        """
        parts = [self.name]
        if self.line:
            parts.append(str(self.line))
            if self.column:
                parts.append(str(self.column))
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing for the author to fix.

    ``code`` is kebab-case, names the fault and has a heading in docs/problems.md; ``message`` is
    one line in the author's words; ``help`` says what to type.
    """

    code: str
    message: str
    location: Location
    severity: Severity
    help: str

    def __post_init__(self) -> None:
        """Hold the form of the code: it is an address in the docs."""
        if not _KEBAB.fullmatch(self.code):
            raise ValueError(f"problem code must be kebab-case, found {self.code!r}")


def by_place(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """The problems by file, line and column, the worst first at one place, each once."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.location, -p.severity, p.code, p.message)))


def worst(problems: Iterable[Problem]) -> Severity | None:
    """The highest severity among the problems, None where there are none."""
    return max((problem.severity for problem in problems), default=None)
