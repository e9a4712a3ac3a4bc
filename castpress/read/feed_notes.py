"""The notes inside a feed: which words and links they hold, and which chapters they list."""

from __future__ import annotations

import hashlib
import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.read.feed_dates import parse_feed_time

if TYPE_CHECKING:
    from collections.abc import Iterable

Chapters = tuple[tuple[int, str], ...]

# No pattern here can look at one character more than a few times, however a feed is written.
_ANCHOR = re.compile(r"<a\b[^<>]*>", re.IGNORECASE)
_BREAK = re.compile(r"<(?:br|/?p|li|div|tr|h[1-6]|[uo]l)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>")
_HREF = re.compile(r"""\bhref=["']?([^"'\s>]*)""", re.I)
# html.unescape hands the digits to int(), which refuses thousands of them.
_LONG_REFERENCE = re.compile(r"&#[0-9]{8,}")
_CHAPTER_LINE = re.compile(
    r"[(\[]?((?:[0-9]{1,3}:)?[0-9]{1,3}:[0-9]{2})[)\]]?[ \t]*(?:[-–—:|][ \t]*)?(\S.*)"
)
_BEGIN = frozenset("0123456789([")
_FEWEST_CHAPTERS = 3


def text_lines(markup: str) -> tuple[str, ...]:
    r"""The lines of text that the HTML of a description shows, the targets of links in them.

    >>> text_lines('<p>One <b>t</b>wo</p>\n<p>00:00 <a href="/x">Hi</a><br>there')
    ('One two', '00:00 /x Hi', 'there')
    """
    text = markup
    if "<" in markup:
        text = _TAG.sub("", _BREAK.sub("\n", _ANCHOR.sub(_target, markup)))
    if "&" in text:
        text = html.unescape(_LONG_REFERENCE.sub("&#65533", text))
    # Two passes over lists: a generator costs as much again as the work itself.
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return tuple([line for line in lines if line])


def listed_chapters(lines: Iterable[str]) -> Chapters:
    """The chapters that lines of a description list, as Apple and Spotify read them.

    A list has at least three lines and rises; fewer are times that the text speaks of.

    >>> listed_chapters(["Hello", "00:00 Intro", "(1:30) - Hills", "0:02:00 Rest"])
    ((0, 'Intro'), (90000, 'Hills'), (120000, 'Rest'))
    """
    found = tuple(chapter for line in lines if (chapter := _chapter_of(line)))
    rises = all(before[0] < after[0] for before, after in pairwise(found))
    return found if len(found) >= _FEWEST_CHAPTERS and rises else ()


def notes_digest(texts: Iterable[tuple[str, ...]], chapters: Chapters) -> str:
    """The hex SHA-256 of the lines that are not the item's chapters; "" where none are left.

    Each text counts once: most hosts write the same notes twice.
    """
    starts = {start_ms // 1000 for start_ms, _ in chapters}
    kept = dict.fromkeys(
        " ".join([line for line in lines if line[0] not in _BEGIN or not _is_chapter(line, starts)])
        for lines in texts
    )
    joined = "\n".join(text for text in kept if text)
    return hashlib.sha256(joined.encode("utf-8", "replace")).hexdigest() if joined else ""


def _target(anchor: re.Match[str]) -> str:
    found = _HREF.search(anchor[0])
    return f" {found[1]} " if found else ""


def _chapter_of(line: str) -> tuple[int, str] | None:
    match = _CHAPTER_LINE.fullmatch(line) if line[:1] in _BEGIN else None
    if match is None:
        return None
    start_ms = parse_feed_time(match[1])
    return None if start_ms is None else (start_ms, match[2].strip())


def _is_chapter(line: str, starts: set[int]) -> bool:
    chapter = _chapter_of(line) if starts else None
    return chapter is not None and chapter[0] // 1000 in starts
