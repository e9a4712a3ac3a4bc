"""What apps stumble over in a feed: one problem a kind, with the first place and the count.

A host that does a thing wrong does it in each item, and nobody reads a thousand lines of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.problem import Location, Problem, Severity, by_place

if TYPE_CHECKING:
    from pathlib import PurePosixPath


class Oddities:
    """Takes what the reader of a feed comes upon, and tells it in the end."""

    def __init__(self, file: PurePosixPath) -> None:
        self._file = file
        self._first: dict[str, tuple[int, str]] = {}
        self._counts: dict[str, int] = {}
        self._guids: set[str] = set()

    def silent(self, line: int, title: str) -> None:
        """An item has no enclosure."""
        self._note(
            "item-without-audio", line, f"{_name(title)} has no enclosure, so no app plays it"
        )

    def without_guid(self, line: int, title: str) -> None:
        """An item has no guid."""
        message = f"{_name(title)} has no guid; apps know it by the address of its audio"
        self._note("item-without-guid", line, message)

    def guid(self, line: int, title: str, guid: str) -> None:
        """What apps know an item by; a second one with it is never shown."""
        if guid in self._guids:
            message = f"{_name(title)} has the guid of an item above it; apps show only the first"
            self._note("repeated-guid", line, message)
        self._guids.add(guid)

    def date(self, line: int, title: str, text: str) -> None:
        """A date that cannot be read."""
        found = f"the date {text[:40]!r}, which apps cannot read" if text else "no date"
        self._note("unreadable-date", line, f"{_name(title)} has {found}")

    def problems(self) -> tuple[Problem, ...]:
        """One problem for each kind that came up, by line."""
        found = []
        for code, (line, message) in self._first.items():
            others = self._counts[code] - 1
            count = f", and {others} more like it" if others else ""
            severity, help_text = _KINDS[code]
            place = Location(self._file, line)
            found.append(Problem(code, message + count, place, severity, help_text))
        return by_place(found)

    def _note(self, code: str, line: int, message: str) -> None:
        self._first.setdefault(code, (line, message))
        self._counts[code] = self._counts.get(code, 0) + 1


def _name(title: str) -> str:
    return repr(title) if title else "an item without a title"


_KINDS = {
    "item-without-audio": (
        Severity.NOTE,
        "nothing to do if it is a post and no episode; it is left out",
    ),
    "item-without-guid": (
        Severity.WARNING,
        "keep the address of its audio for ever, or every app downloads it again",
    ),
    "repeated-guid": (Severity.WARNING, "give the newer one a guid of its own"),
    "unreadable-date": (
        Severity.WARNING,
        "write the date as `Sun, 01 Mar 2026 06:30:00 +0000`",
    ),
}
