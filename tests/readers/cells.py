"""What is said of a tag and a parser: it is right, wrong, ignored or not known.

A cell is how to get at what the parser read. Where that is not what the model says, the cell holds
what comes out instead and why; on the day the parser is mended its test fails, and the cell
becomes a plain one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Verdict = Literal["right", "wrong", "ignored", "not known"]

PARSERS = ("feedparser", "podcastparser", "podcast-partytime", "rss-parser")
"""By the names under which they are installed; the last two need Node."""


@dataclass(frozen=True, slots=True)
class Cell:
    """``read`` is given what the parser made of a channel or an item, ``instead`` the model's."""

    verdict: Verdict
    read: Callable[[Any], object] | None = None
    reason: str = ""
    instead: Callable[[Any], object] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row: an element, or one of its attributes, and what each parser makes of it.

    ``name`` is the element's path below the channel or the item, ``part`` the attribute, or what
    else the row is about. ``expected`` makes the value from the model.
    """

    name: str
    expected: Callable[[Any], object]
    cells: tuple[Cell, Cell, Cell, Cell]
    part: str = ""

    def cell(self, parser: str) -> Cell:
        """What is said of that parser."""
        return self.cells[PARSERS.index(parser)]

    def __str__(self) -> str:
        return f"{self.name} {self.part}".strip()


def row(
    name: str,
    expected: Callable[[Any], object],
    part: str = "",
    *,
    feedparser: Any = None,
    podcastparser: Any = None,
    partytime: Any = None,
    rss_parser: Any = None,
) -> Row:
    """A row; a cell is a dotted path, a function, a cell, or None where the tag is not known."""
    first, second, third, fourth = map(_cell, (feedparser, podcastparser, partytime, rss_parser))
    return Row(name, expected, (first, second, third, fourth), part)


def wrong(read: Any, reason: str, instead: Callable[[Any], object]) -> Cell:
    """The parser knows the tag, and something else than the model's value comes out."""
    return Cell("wrong", _reader(read), reason, instead)


def ignored(reason: str) -> Cell:
    """The parser knows the tag, and what it reads is the same without it."""
    return Cell("ignored", reason=reason)


def at(path: str) -> Callable[[Any], Any]:
    """What stands at a dotted path, None where nothing does.

    >>> at("image.href")({"image": {"href": "a.jpg"}}), at("image.href")({})
    ('a.jpg', None)
    """

    def read(found: Any) -> Any:
        for key in path.split("."):
            found = found.get(key) if isinstance(found, dict) else None
        return found

    return read


def each(path: str, *keys: str) -> Callable[[Any], object]:
    """Those values of each entry of the list at a dotted path."""
    return lambda found: picked(at(path)(found) or (), keys)


def picked(entries: Any, keys: Sequence[str]) -> list[tuple[object, ...]]:
    """Those values of each entry; of one entry that is no list, too."""
    listed = entries if isinstance(entries, list | tuple) else [entries]
    return [tuple(entry.get(key) for key in keys) for entry in listed]


def number(path: str) -> Callable[[Any], object]:
    """The text at a dotted path as a number; None where nothing stands there."""

    def read(found: Any) -> object:
        text = at(path)(found)
        return None if text is None else float(str(text))

    return read


def same(found: object, expected: object) -> bool:
    """Equal, where nothing, an empty text and an empty list are the same nothing."""
    return _plain(found) == _plain(expected)


def _plain(found: object) -> object:
    if isinstance(found, list | tuple):
        return [_plain(entry) for entry in found] or None
    if isinstance(found, bool):
        return str(found)
    return None if found == "" else found


def _reader(read: Any) -> Callable[[Any], object]:
    found: Callable[[Any], object] = at(read) if isinstance(read, str) else read
    return found


def _cell(said: Any) -> Cell:
    if isinstance(said, Cell):
        return said
    return Cell("not known") if said is None else Cell("right", _reader(said))
