"""Where HTML stands in notes: a whole file of it, or blocks among Markdown."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from castpress.read.html_elements import HTML_SUFFIXES, SAYABLE
from castpress.read.html_notes import Converted, Place, html_to_markdown
from castpress.read.markdown import html_block_ranges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_DOCUMENT = re.compile(r"\s*<(?:!doctype\s+html|html|head|body|!\[CDATA\[)\b", re.IGNORECASE)
_BLOCK_NAMES = (
    r"(?:p|div|h[1-6]|[uod]l|li|section|article|header|footer|main|figure|blockquote|table|tr|td"
    r"|tbody|thead|html|head|body|meta)\b"
)
_BLOCK_START = re.compile(rf"</?{_BLOCK_NAMES}|<!doctype\b|<!--\s*/?wp:", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_LINK = re.compile(r"<a\s[^<>]*href\s*=[^<>]*>", re.IGNORECASE)
_INLINE_MARKS = re.compile(r"\]\([^)\s]|\*\*\S")
_BLOCK_MARKS = re.compile(
    r" {0,3}(?:#{1,6}\s+\S|[-*+]\s+\S|[0-9]{1,9}[.)]\s+\S|>\s|```|~~~|\[[^\]\n]+\]:)"
)
_MAYBE_BLOCK = re.compile(r"^ {0,3}<[/a-zA-Z]", re.MULTILINE)
_TAG = re.compile(r"<(?:(/?)([a-zA-Z][^\s/>]*)|!--|[!?])")
_PAIRED_NAMES = "ul ol table blockquote pre a strong b em i code h1 h2 h3 h4 h5 h6"
_PAIRED = frozenset(_PAIRED_NAMES.split())


def is_html(text: str, suffix: str) -> bool:
    r"""Whether notes are HTML through and through: by their suffix, or by what stands in them.

    >>> is_html("<h2>Hello</h2>\n<p>Text</p>", ".md"), is_html("A<br>\nB<br>\nC", ".txt")
    (True, True)
    >>> is_html("# Hello\n\n<p>Text</p>", ".md"), is_html("A <b>bold</b> word", ".txt")
    (False, False)
    """
    if suffix.lower() in HTML_SUFFIXES:
        return True
    if "<" not in text:
        return False
    if _DOCUMENT.match(text):
        return True
    lines = [line for line in map(str.strip, text.split("\n")) if line]
    if any(_is_markdown(line) for line in lines):
        return False
    if suffix.lower() == ".txt" and _LINK.search(text):
        return True
    tagged = sum(_BLOCK_START.match(line) is not None for line in lines)
    begins = _BLOCK_START.match(lines[0]) is not None
    return begins or tagged * 2 > len(lines) or len(_BREAK.findall(text)) > 1


def _is_markdown(line: str) -> bool:
    """Whether a line that begins with no tag holds marks of Markdown."""
    if line[0] == "<":
        return False
    is_ended = line[-1] == ">" and _BLOCK_MARKS.match(line) is not None
    return _INLINE_MARKS.search(line) is not None or (
        not is_ended and _BLOCK_MARKS.match(line) is not None
    )


def blocks_to_markdown(markdown: str) -> Converted | None:
    r"""Markdown with those blocks of HTML in it said in Markdown too that it can say without loss.

    None where there are none. In the places, column 0 stands for a line that stayed.

    >>> blocks_to_markdown("# T\n\n<ul><li>0:00 Hi</li></ul>\n").markdown
    '# T\n\n- 0:00 Hi\n'
    """
    if not _MAYBE_BLOCK.search(markdown):
        return None
    lines = markdown.split("\n")
    out: list[str] = []
    places: list[Place] = []
    position = 0
    for start, end in _groups(markdown):
        converted = html_to_markdown("\n".join(lines[start:end]))
        out += lines[position:start]
        places += [(index + 1, 0) for index in range(position, start)]
        if out and out[-1].strip():
            out.append("")
            places.append((start + 1, 1))
        out += converted.markdown.split("\n")[:-1]
        places += [(line + start, column) for line, column in converted.places]
        if out and out[-1].strip() and "".join(lines[end : end + 1]).strip():
            out.append("")
            places.append((end, 1))
        position = end
    if not position:
        return None
    out += lines[position:]
    places += [(index + 1, 0) for index in range(position, len(lines))]
    return Converted("\n".join(out), tuple(places))


def _groups(markdown: str) -> Iterator[tuple[int, int]]:
    """The lines of the blocks that are to be said in Markdown.

    A blank line ends a block of HTML in Markdown, and not its elements: blocks in a row are one
    until all that has to be closed is.
    """
    source = markdown.encode()
    line = position = 0
    for start, end in _sayable(source, html_block_ranges(markdown)):
        first = line + source.count(b"\n", position, start)
        line = first + source.count(b"\n", start, end) + 1
        position = end + 1
        yield first, line


def _sayable(source: bytes, ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    start = end = -1
    names: Counter[str] | None = None  # what is open in the blocks since ``start``
    for block_start, block_end in ranges:
        if names is None or source[end:block_start].strip():
            start, names = block_start, Counter()
        end = block_start + len(source[block_start:block_end].rstrip(b"\n"))
        if not _count(source[block_start:end].decode("utf-8", "replace"), names):
            names = None
        elif not any(names.values()):
            yield start, end
            names = None


def _count(html: str, names: Counter[str]) -> bool:
    """Count the elements that stay open; whether all have their like in Markdown."""
    for match in _TAG.finditer(html):
        name = (match[2] or "").lower()
        if name not in SAYABLE:
            return False
        if name in _PAIRED:
            names[name] += -1 if match[1] else 1
    return True
