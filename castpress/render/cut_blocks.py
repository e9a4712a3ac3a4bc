"""Blocks within a number of bytes: whole ones, then whole items or lines of one, then words."""

from __future__ import annotations

import re
from bisect import bisect_left
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from lxml import etree

from castpress.render.app_blocks import Block, block_of, html_block
from castpress.render.app_html import is_heading
from castpress.render.text import shorten_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

_LEAST_BYTES = 200
_WORD_END = re.compile(r"\s|[^\x00-\u2fff]")  # Chinese and its like write no spaces
_AROUND_TEXT = frozenset({"ul", "ol", "li"})


def blocks_within(
    blocks: Iterable[Block], room: int, *, ends_at_word: bool = False
) -> tuple[Block, ...]:
    """The first blocks that fit; of a list its first items, of lines the first; no heading alone.

    A paragraph or an item ends at a word where it would not fit even alone, or where most of the
    room would stay empty without it. With ``ends_at_word`` any does, and something is there
    wherever a word fits.
    """
    kept: list[Block] = []
    most = room
    for block in blocks:
        if block.size <= room:
            kept.append(block)
            room -= block.size
            continue
        is_list = not block.html.startswith("<p>")
        part = _items_within(block.tree(), room) if is_list else _lines_within(block, room)
        if part is None and (ends_at_word or block.size > most or room * 3 > most * 2):
            part = _words_within(block, room, _LEAST_BYTES if kept or not ends_at_word else 0)
        if part is not None:
            kept.append(part)
        while kept and is_heading(kept[-1].tree()):
            kept.pop()
        break
    return tuple(kept)


def _words_within(block: Block, room: int, least_bytes: int) -> Block | None:
    """The beginning of a block's text, ended by ``…``.

    None where that is not worth the while, or there is no place to end it.
    """
    whole = block.tree()
    text = "".join(whole.itertext())[: room + 1]  # which is more than fits
    if room < least_bytes or not text or (least_bytes and not _WORD_END.search(text)):
        return None

    def beginning(text_bytes: int) -> Block:
        count = len(shorten_bytes(text, text_bytes).removesuffix("…"))
        made, _ = _beginning(whole, count)
        _put_at_end(made, "…")
        return block_of(made)

    too_long = bisect_left(range(room), True, key=lambda size: beginning(size).size > room)
    found = beginning(max(too_long - 1, 0))
    return found if beginning(0).size < found.size <= room else None


def _lines_within(block: Block, room: int) -> Block | None:
    """The paragraph with as many of its lines as fit, None if not one does, or markup spans two."""
    kept: list[str] = []
    room -= len("<p></p>")
    for line in block.lines():
        room -= len(line.encode()) + len("<br>")
        if room < 0 or line.count("</") * 2 != line.count("<"):
            break
        kept.append(line)
    while kept and not kept[-1].strip():
        kept.pop()
    return html_block(f"<p>{'<br>'.join(kept)}</p>") if kept else None


def _items_within(whole: Any, room: int) -> Block | None:  # noqa: ANN401 - lxml is untyped
    """The list with as many of its items as fit, None if not even one does."""

    def beginning(count: int) -> Block:
        made = deepcopy(whole)
        del made[count:]
        return block_of(made)

    fitting = bisect_left(range(len(whole)), True, key=lambda n: beginning(n + 1).size > room)
    return beginning(fitting) if fitting else None


def _beginning(whole: Any, count: int) -> tuple[Any, int]:  # noqa: ANN401
    """A copy of the element with ``count`` characters of its text, and how many are left over."""
    made = etree.Element(whole.tag, whole.attrib)
    made.text = (whole.text or "")[:count]
    count -= len(made.text)
    for child in whole:
        if not count:
            break
        copied, count = _beginning(child, count)
        copied.tail = (child.tail or "")[:count]
        count -= len(copied.tail)
        made.append(copied)
    return made, count


def _put_at_end(made: Any, text: str) -> None:  # noqa: ANN401
    """Put text behind all that the element says, inside of its last item."""
    while len(made) and (made[-1].tag in _AROUND_TEXT):
        made = made[-1]
    if len(made):
        made[-1].tail = (made[-1].tail or "") + text
    else:
        made.text = (made.text or "") + text
