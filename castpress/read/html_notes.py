"""Show notes in HTML to Markdown: the same structure, links and times."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from castpress.read.html_blocks import read_blocks
from castpress.read.html_content import Run, Style, Text
from castpress.read.html_markdown import write_blocks
from castpress.read.html_tokens import read_soup

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from castpress.read.html_content import Block

Place = tuple[int, int]
"""Line and column, both from 1."""


@dataclass(frozen=True, slots=True)
class Converted:
    """The Markdown of HTML; ``places`` holds, for each of its lines, where it came from.

    ``dropped`` are the elements that an author would miss, each with its first place.
    """

    markdown: str
    places: tuple[Place, ...]
    dropped: tuple[tuple[str, Place], ...] = ()


def html_to_markdown(text: str) -> Converted:
    r"""The Markdown of an HTML document or of a piece of one, cleaned of odd spaces.

    >>> html_to_markdown("<h2>Talk</h2>\n<p>0:00 <b>Hello</b><br>2:15 Hills</p>").markdown
    '## Talk\n\n0:00 **Hello**  \n2:15 Hills\n'
    """
    soup = read_soup(text)
    blocks, addresses = read_blocks(soup)
    if soup.title and not _has_heading(blocks):
        blocks.insert(0, Text([[Run(soup.title, Style(), soup.title_at)]], level=1))
    written = write_blocks(blocks, addresses)
    place_of = _place_finder(text)
    return Converted(
        "".join(f"{line}\n" for line, _ in written),
        tuple(place_of(at) for _, at in written),
        tuple((name, place_of(at)) for name, at in soup.dropped.items()),
    )


def _has_heading(blocks: Sequence[Block]) -> bool:
    return any(isinstance(block, Text) and block.level for block in blocks)


def _place_finder(text: str) -> Callable[[int], Place]:
    """From offsets in the text to lines and columns."""
    starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))][:-1]

    def place_of(offset: int) -> Place:
        offset = min(max(offset, 0), len(text))
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    return place_of
