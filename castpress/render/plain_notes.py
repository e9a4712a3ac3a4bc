"""An episode's notes as plain text: for mail, for a video's description, for whoever reads so.

Made of the same blocks as the description in the feed, and never cut. Lines are not wrapped: what
shows them does that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING

from castpress.model.artifact import Artifact, Wave, text_artifact
from castpress.render.chapters import pasted_lines
from castpress.render.text import file_url, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from castpress.model.podcast import Episode, Release, Show
    from castpress.render.app_blocks import Block
    from castpress.render.description import Blocks

NOTES_FILE = "notes.txt"
"""Its name beside the episode's page."""

_PART = re.compile(r'<(/?)([a-z]+)(?: href="([^"]*)")?>|([^<]+)')
_HEADING = re.compile("<p><strong>(?:[^<]|<(?!/?strong>))*</strong></p>")
_TAG = re.compile("<[^>]*>")
_INDENT = re.compile("^[ \xa0]+")


def render_plain_notes(show: Show, release: Release, blocks: Blocks) -> Artifact:
    """Title, summary, chapter lines, notes, next lesson, call to action, the page's address.

    It comes and goes with the page: no feed names it, so nobody asks for it once that is gone.
    """
    episode = release.episode
    text = plain_notes(episode, blocks, file_url(show, episode.page_path))
    return text_artifact(episode.page_path + NOTES_FILE, text, Wave.PAGE)


def plain_notes(episode: Episode, blocks: Blocks, page_url: str) -> str:
    """The text; an empty line between its paragraphs, none below a heading."""
    parts = [one_line(episode.title) + "\n"]
    parts += _paragraphs(blocks.opening, page_url)
    lines = pasted_lines(episode)
    if lines:
        parts.append("\n".join(lines) + "\n")
    for part in (blocks.notes, blocks.teaser, blocks.call_to_action, blocks.page_link):
        parts += _paragraphs(part, page_url)
    return "\n".join(parts)


def plain_block(html: str, page_url: str = "") -> str:
    """A block of the description as lines of text, without a line end behind the last.

    >>> print(plain_block('<ul><li>a<ol><li>b<br>c</li></ol></li><li><em>d</em></li></ul>'))
    - a
      1. b
         c
    - d
    >>> plain_block('<p><a href="https://a.example/">a.example</a>, <a href="mailto:b@c">b</a></p>')
    'https://a.example/, b (b@c)'
    """
    if html.startswith("<p>") and "<a " not in html and "<br>" not in html:  # most by far
        return _INDENT.sub(_spaces, unescape(_TAG.sub("", html)))
    writer = _Writer(page_url)
    for closing, tag, href, text in _PART.findall(html):
        if text:
            writer.pieces.append(unescape(text))
        elif tag == "a":
            writer.close_link() if closing else writer.open_link(unescape(href))
        elif tag in {"ul", "ol"}:
            writer.close_list() if closing else writer.open_list(is_ordered=tag == "ol")
        elif tag == "li" and not closing:
            writer.item()
        elif tag == "br":
            writer.line()
    lines = "".join(writer.pieces).split("\n")
    return "\n".join(_INDENT.sub(_spaces, line.rstrip()) for line in lines)


def _paragraphs(blocks: Iterable[Block], page_url: str) -> Iterator[str]:
    """Each block with its line end, a heading together with what it stands above."""
    above = ""
    for block in blocks:
        text = above + plain_block(block.html, page_url) + "\n"
        above = text if _HEADING.fullmatch(block.html) else ""
        if not above:
            yield text
    if above:
        yield above


@dataclass(slots=True)
class _Writer:
    """Pieces of text as they come; the lists that are open, each with its last number; a link."""

    page_url: str
    pieces: list[str] = field(default_factory=list)
    lists: list[int | None] = field(default_factory=list)
    widths: list[int] = field(default_factory=list)
    link: tuple[str, int] | None = None

    def line(self) -> None:
        """Begin a line, below the text of the item that is open."""
        self.pieces.append("\n" + " " * sum(self.widths))

    def open_list(self, *, is_ordered: bool) -> None:
        self.lists.append(0 if is_ordered else None)
        self.widths.append(0)

    def close_list(self) -> None:
        self.lists.pop()
        self.widths.pop()

    def item(self) -> None:
        """Begin an item of the list that was opened last."""
        number = self.lists[-1]
        if number is not None:
            number = self.lists[-1] = number + 1
        mark = "- " if number is None else f"{number}. "
        self.widths[-1] = 0
        if self.pieces:
            self.line()
        self.pieces.append(mark)
        self.widths[-1] = len(mark)

    def open_link(self, address: str) -> None:
        self.link = (address, len(self.pieces))

    def close_link(self) -> None:
        """Put the address behind the text, or in its place where the text says no more.

        A link into the episode's own page is a moment or a footnote: its text is enough.
        """
        if self.link is None:
            return
        address, begin = self.link
        self.link = None
        if self.page_url and address.startswith(self.page_url + "#"):
            return
        shown = address.removeprefix("mailto:")
        if _bare("".join(self.pieces[begin:])) == _bare(shown):
            self.pieces[begin:] = [shown]
        else:
            self.pieces.append(f" ({shown})")  # YouTube takes no < in a description


def _bare(address: str) -> str:
    return address.removeprefix("https://").removeprefix("http://").removesuffix("/")


def _spaces(found: re.Match[str]) -> str:
    return " " * len(found[0])
