"""What is wrong in a transcript, each kind as one problem: a count, and the first place.

A tool that makes a mistake makes it in every cue; four hundred lines about it would be read by
nobody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from castpress.model.problem import Location, Problem, Severity

if TYPE_CHECKING:
    from pathlib import PurePosixPath

_SHOWN_LINES = 5


@dataclass(slots=True)
class _Kind:
    """The first fault of its kind, and the lines of the others."""

    code: str
    message: str
    line: int
    severity: Severity
    help: str
    others: list[int] = field(default_factory=list)


class Faults:
    """Gathers the faults of one file; ``problems`` gives each kind once."""

    def __init__(self, file: PurePosixPath) -> None:
        self.file = file
        self._kinds: dict[tuple[str, str], _Kind] = {}

    def add(
        self,
        code: str,
        line: int,
        message: str,
        help: str,
        severity: Severity = Severity.WARNING,
        *,
        kind: str = "",
    ) -> None:
        """Note a fault; ``line`` is 0 where none can be named, ``kind`` parts those of a code."""
        known = self._kinds.get((code, kind))
        if known is None:
            self._kinds[code, kind] = _Kind(code, message, line, severity, help)
        else:
            known.severity = max(known.severity, severity)
            known.others.append(line)

    def problems(self) -> tuple[Problem, ...]:
        """One problem a kind, in the order in which they were found."""
        return tuple(
            Problem(
                kind.code,
                kind.message + _and_others(kind.line, kind.others),
                Location(self.file, kind.line, 1 if kind.line else 0),
                kind.severity,
                kind.help,
            )
            for kind in self._kinds.values()
        )


def _and_others(first: int, others: list[int]) -> str:
    """How many more there are, and where.

    >>> _and_others(3, [7, 12]), _and_others(0, [0]), _and_others(3, [])
    ('; 2 more like it, lines 7, 12', '; 1 more like it', '')
    """
    if not others:
        return ""
    told = f"; {len(others)} more like it"
    lines = [line for line in dict.fromkeys(others) if line not in (0, first)]
    if not lines:
        return told
    shown = ", ".join(map(str, lines[:_SHOWN_LINES]))
    return f"{told}, line{'s' if len(lines) > 1 else ''} {shown}" + (
        "…" if len(lines) > _SHOWN_LINES else ""
    )
