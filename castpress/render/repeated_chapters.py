"""The author's own chapter list in the notes, which the chapter lines above them repeat.

Apps read chapters from every line that begins with a time. A second list, whole or in part, would
break the order of the first. So what the lines say already goes, and the times that other lines
begin with are written so that no app takes them for a chapter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from castpress.render.app_blocks import Block, block_of, html_block
from castpress.render.app_html import has_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_MOMENT = re.compile(r"#t=(\d+)(?:\.\d+)?$")
_CLOCK = re.compile(r"\d{1,3}(?:[:：.]\d\d){1,2}(?:[.,]\d+)?")
_LEADING_CLOCK = re.compile(
    r"((?:^<p>|<br>|<li>)(?:[^\w<&]|&\w+;|<(?!br|li)[^>]*>)*+\d{1,3}):(\d\d)(?::(\d\d))?(?!\d)"
)
_MOST_LEFT = 4  # letters of a list besides its titles, in no line of their own: "2:10-end"


class SaidChapters:
    """What the chapter lines say: letters and digits of each title, by its start in seconds."""

    def __init__(self, chapters: Iterable[tuple[int, str]]) -> None:
        """``chapters`` are starts in milliseconds and titles; none where no line is written."""
        self._titles = {start_ms // 1000: _letters(title) for start_ms, title in chapters}

    def has(self, start_ms: int) -> bool:
        """Whether a line begins in that second."""
        return start_ms // 1000 in self._titles

    def without(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks without the lines, items and whole lists that the chapter lines repeat."""
        for block in blocks:
            if not self._titles or "#t=" not in block.html:
                yield block
            elif not self._is_whole_list(block) and not self._is_said(block):
                left = _lines_left if block.html.startswith("<p>") else _items_left
                yield from left(block, self._is_said)

    def _is_whole_list(self, block: Block) -> bool:
        """Whether all links are moments, and nothing but the titles of all chapters stands there.

        The opening chapter may be missing, for that may be ours; moments besides are ends.
        """
        found = [_MOMENT.search(address) for address in block.addresses()]
        moments = {int(match[1]) for match in found if match}
        titles = [self._titles[moment] for moment in moments if moment in self._titles]
        if len(titles) < 2 or None in found or len(titles) < len(self._titles) - 1:
            return False
        said = _letters(block.words())
        left = len(said) - sum(map(len, titles))
        lines = block.html.count("<p>") + block.html.count("<br>") + block.html.count("<li>")
        is_end = left <= _MOST_LEFT and lines == len(titles)
        return (left == 0 or is_end) and all(title in said for title in titles)

    def _is_said(self, line: Block) -> bool:
        """Whether a line is a chapter's time and title, and nothing besides."""
        found = [_MOMENT.search(address) for address in line.addresses()]
        if not found or None in found or found[0] is None:
            return False
        return self._titles.get(int(found[0][1]), "\n") == _letters(line.words())


def with_quiet_times(block: Block) -> Block:
    """The block with ratio signs in the clock times that lines begin with.

    >>> with_quiet_times(html_block("<p>(3:15) Ann<br>at 3:20 Bo</p>")).html
    '<p>(3∶15) Ann<br>at 3:20 Bo</p>'
    """
    is_one_line = block.html.startswith("<p>") and "<br>" not in block.html
    if is_one_line and not _LEADING_CLOCK.match(block.html):
        return block
    quiet = _LEADING_CLOCK.sub(lambda m: "∶".join(filter(None, m.groups())), block.html)
    return block if quiet == block.html else html_block(quiet)


def _lines_left(block: Block, is_said: Callable[[Block], bool]) -> Iterator[Block]:
    """The paragraph without the lines that are said; as it is where markup spans its lines."""
    lines = list(map(html_block, block.lines()))
    if any(line.html.count("</") * 2 != line.html.count("<") for line in lines):
        yield block
        return
    left = [line.html for line in lines if not is_said(line)]
    if any(html_block(line).words() for line in left):
        yield html_block(f"<p>{'<br>'.join(left)}</p>")


def _items_left(block: Block, is_said: Callable[[Block], bool]) -> Iterator[Block]:
    """The list without the items that are said, and without what this leaves empty."""
    made = block.tree()
    for item in list(made.iter("li")):
        if next(item.iter("ul", "ol"), None) is None and is_said(block_of(item)):
            item.getparent().remove(item)
    for part in [*made.iter("ul", "ol", "li")][::-1]:
        if part is not made and not has_words(part) and not part.tail:
            part.getparent().remove(part)
    if len(made):
        yield block_of(made)


def _letters(text: str) -> str:
    """What a reader would compare: letters and digits, but for clock times."""
    return "".join(filter(str.isalnum, _CLOCK.sub(" ", text).casefold()))
