"""What HTML holds, as blocks of styled text: the values between its tags and Markdown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Style(NamedTuple):
    """How a run of text looks; ``link`` is an index into the addresses, -1 outside of links."""

    link: int = -1
    is_bold: bool = False
    is_italic: bool = False
    is_struck: bool = False
    raised: str = ""
    is_code: bool = False


class Run(NamedTuple):
    """Text in one style; ``at`` is its offset in the source, ``image`` the address of a picture."""

    text: str
    style: Style
    at: int
    image: str = ""


Line = list[Run]

# What elements and looks change in the style.
_STYLES: dict[str, dict[str, Any]] = {
    "b": {"is_bold": True},
    "i": {"is_italic": True},
    "s": {"is_struck": True},
    "code": {"is_code": True},
    "sup": {"raised": "sup"},
    "sub": {"raised": "sub"},
}
_LOOKS: dict[str, dict[str, Any]] = {
    "b": {"is_bold": True},
    "n": {"is_bold": False},
    "i": {"is_italic": True},
    "r": {"is_italic": False},
    "s": {"is_struck": True},
}


@dataclass(slots=True)
class Text:
    """A paragraph, or with a level a heading; its lines are those that breaks make."""

    lines: list[Line]
    level: int = 0


@dataclass(slots=True)
class Listing:
    """A list; each item is a list of blocks.

    ``is_flat`` tells those whose nesting is written into paragraphs or classes, ``is_open`` those
    that were begun by an item outside of any list.
    """

    is_ordered: bool = False
    start: int = 1
    is_flat: bool = False
    is_open: bool = False
    items: list[list[Block]] = field(default_factory=list)


@dataclass(slots=True)
class Quotation:
    """What is quoted."""

    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Code:
    """Text as it was typed, with the offset of its first line."""

    text: str
    at: int


@dataclass(slots=True)
class Terms:
    """A list of definitions: (whether it is a term, the blocks)."""

    items: list[tuple[bool, list[Block]]] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """One cell of a table."""

    is_head: bool
    span: int = 1
    blocks: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """A table of rows; what stands in it and in no cell is its caption."""

    rows: list[list[Cell]] = field(default_factory=list)
    caption: list[Block] = field(default_factory=list)


@dataclass(slots=True)
class Rule:
    """A line across."""

    at: int


Block = Text | Listing | Quotation | Code | Terms | Table | Rule


def shown(runs: Iterable[Run]) -> str:
    """The text of runs, without pictures."""
    return "".join(run.text for run in runs if not run.image)


def joined(runs: Sequence[Run]) -> Line:
    """The runs with neighbours of one style in one."""
    found: list[Run] = []
    texts: list[str] = []
    for run in runs:
        last = found[-1] if found else None
        if last is not None and last.style == run.style and not last.image and not run.image:
            texts.append(run.text)
            continue
        if texts and last is not None:
            found[-1] = last._replace(text=last.text + "".join(texts))
            texts = []
        found.append(run)
    if texts:
        found[-1] = found[-1]._replace(text=found[-1].text + "".join(texts))
    return found


def styled(style: Style, name: str, look: str) -> Style:
    """The style inside an element, by its name and its look (`html_style`)."""
    change = _STYLES.get(name)
    if change is not None:
        style = style._replace(**change)
    for letter in look:
        if letter in _LOOKS:
            style = style._replace(**_LOOKS[letter])
    return style


def flat_list(blocks: list[Block], depth: int, number: int, *, is_ordered: bool) -> Listing:
    """The list that an item of a depth belongs to: the one at the end, or a new one there."""
    while True:
        last = blocks[-1] if blocks else None
        if not isinstance(last, Listing) or not last.is_flat:
            break
        if not depth and last.is_ordered == is_ordered:
            return last
        if not depth or not last.items:
            break
        depth -= 1
        blocks = last.items[-1]
    listing = Listing(is_ordered, number, is_flat=True)
    blocks.append(listing)
    return listing
