"""Blocks as podcast apps render them, and the way around a tree for HTML that is made of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from lxml import etree

from castpress.model.plain_html import line_pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Target = Callable[[str], str | None]

PARSER = etree.HTMLParser(huge_tree=True)  # else libxml2 drops what lies 256 elements deep

_LINE = line_pattern(r"<br>(?!\s*</)")  # at the end of a block it is no end that a browser shows
_READY = re.compile(
    rf" *+(?:<p>(?P<line>{_LINE})</p>"
    rf"|<(?P<list>[uo]l)> ?(?P<items>(?:<li>{_LINE}</li> ?)++)</(?P=list)>)"
)
_ITEM = re.compile("<li>(.*?)</li>", re.DOTALL)
_HREF = re.compile('<a href="([^"]*)"')
_SAFE_ADDRESS = re.compile(r"(?:[A-Za-z0-9_.!~*'()@/:=?;#%,+-]|&amp;)++")  # not escaped by lxml
_WORD = re.compile(r"(?:<[^>]*>|\s)*+[^<\s]")
_BETWEEN_WORDS = re.compile("<br>|</?(?:[uo]l|li)>")
_TAG = re.compile("<[^>]*>")


@dataclass(frozen=True, slots=True)
class Block:
    """One block, ``p``, ``ul`` or ``ol``; ``size`` counts its bytes and the line end behind it."""

    html: str
    size: int

    def tree(self) -> Any:  # noqa: ANN401 - lxml is untyped
        """The block as an element, made anew each time."""
        return next(etree.fromstring(self.html, PARSER).iter("p", "ul", "ol"))

    def lines(self) -> list[str]:
        """The HTML of the lines of a paragraph; markup may span two of them."""
        return self.html.removeprefix("<p>").removesuffix("</p>").split("<br>")

    def words(self) -> str:
        """The text, lines and list items apart by a space."""
        return unescape(_TAG.sub("", _BETWEEN_WORDS.sub(" ", self.html))).strip()

    def addresses(self) -> list[str]:
        """Where the links lead, in HTML's spelling."""
        return _HREF.findall(self.html)


def block_of(element: Any) -> Block:  # noqa: ANN401
    """An element as a block."""
    return html_block(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def html_block(html: str) -> Block:
    """HTML that is one block, or a line of one."""
    return Block(html, len(html.encode("utf-8")) + 1)


def ready_blocks(html: str, target: Target) -> tuple[list[Block], str]:
    """The blocks that the HTML begins with, and the rest, from the first that is not ready on.

    ``html`` holds no two spaces in a row; ``target`` says where a link leads, and None for
    nowhere: then the block is not ready.
    """
    blocks: list[Block] = []
    position = 0
    while (found := _READY.match(html, position)) is not None:
        led = _led(found[0].lstrip(" "), target)
        if led is None:
            break
        if found["list"] is None:
            made = f"<p>{led[3:-4].strip(' ')}</p>"
            has_words = _WORD.match(made) is not None
        else:
            items = [item.strip(" ") for item in _ITEM.findall(led)]
            if not all(map(_WORD.match, items)):
                break
            made = f"<{found['list']}>{_joined(items)}</{found['list']}>"
            has_words = True
        position = found.end()
        if has_words:
            blocks.append(html_block(made))
    return blocks, html[position:]


def _joined(items: Iterable[str]) -> str:
    return "".join(f"<li>{item}</li>" for item in items)


def _led(markup: str, target: Target) -> str | None:
    """The markup with its links led to their targets; None where one has none."""
    if "<a " not in markup:
        return markup
    if '"></a>' in markup or '"> </a>' in markup:  # nobody could see where to press
        return None
    targets = [target(href.replace("&amp;", "&")) for href in _HREF.findall(markup)]
    written = [address.replace("&", "&amp;") for address in targets if address is not None]
    if len(written) < len(targets) or not all(map(_SAFE_ADDRESS.fullmatch, written)):
        return None
    led = iter(written)
    return _HREF.sub(lambda _: f'<a href="{next(led)}"', markup)
