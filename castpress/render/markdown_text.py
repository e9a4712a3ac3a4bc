"""Sanitised HTML of the notes as Markdown (CommonMark with tables), links whole.

Only what the sanitiser lets stand is known here; text is escaped, so that it is read as it was
written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from castpress.render.app_blocks import PARSER
from castpress.render.html_text import plain_text
from castpress.render.text import one_line, single_spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.render.app_blocks import Target

_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "del": "~~", "s": "~~"}
_KEPT = frozenset({"sup", "sub"})  # Markdown has no word for them, and lets HTML stand
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    {"p", "ul", "ol", "li", "pre", "blockquote", "hr", "table", "dl", "dt", "dd", "div", *_HEADINGS}
)
_SPECIAL = re.compile(r"([\\`*_\[\]<>~|])")
_AT_START = re.compile(r"^(\s*)([#+>-]|[0-9]{1,9}(?=[.)]))", re.MULTILINE)
_FENCE = re.compile("`+")
_IS_TOO_DEEP = etree.XPath(f"boolean({'/'.join('*' * 100)})")


def markdown_of(html: str, target: Target) -> str:
    r"""The blocks of the HTML, an empty line between them.

    >>> print(markdown_of('<p>A <em>goose</em> &amp; 1*2</p><ul><li>a</li></ul>', lambda a: a))
    A *goose* & 1\*2
    <BLANKLINE>
    - a
    """
    text = html if "<pre" in html else single_spaced(html)
    tree = etree.fromstring(f"<div>{text}</div>", PARSER)
    if tree is None:
        return ""
    if _IS_TOO_DEEP(tree):  # no notes, but their words shall not be lost
        return escape_markdown(plain_text(html))
    body = tree.find("body")
    return "\n\n".join(_Writer(target).blocks(tree if body is None else body))


def escape_markdown(text: str) -> str:
    r"""One line of text that Markdown takes as it is.

    >>> escape_markdown("1. a_b [c]"), escape_markdown("# 5 - 3")
    ('1\\. a\\_b \\[c\\]', '\\# 5 - 3')
    """
    return _guarded(_SPECIAL.sub(r"\\\1", one_line(text)))


def markdown_link(text: str, url: str) -> str:
    """A link; ``text`` is escaped already."""
    return f"[{text}](<{url}>)" if re.search(r"[\s()]", url) else f"[{text}]({url})"


def _guarded(text: str) -> str:
    """Lines that begin no heading, list or quotation."""

    def guard(found: re.Match[str]) -> str:
        indent, mark = found.groups()
        return f"{indent}{mark}\\" if mark.isdigit() else f"{indent}\\{mark}"

    return _AT_START.sub(guard, text)


class _Writer:
    """Writes the blocks of one text."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def blocks(self, node: Any) -> Iterator[str]:  # noqa: ANN401 - lxml is untyped
        """Each block below the node; text between blocks is a paragraph."""
        line = [self._text(node.text)]
        for child in node:
            if isinstance(child.tag, str) and child.tag in _BLOCKS:
                yield from _paragraph(line)
                line = []
                yield from self._block(child)
            else:
                line.append(self._inline(child))
            line.append(self._text(child.tail))
        yield from _paragraph(line)

    def _block(self, node: Any) -> Iterator[str]:  # noqa: ANN401
        tag = node.tag
        if tag in {"ul", "ol"}:
            yield from _not_empty("\n".join(self._items(node)))
        elif tag == "pre":
            code = "".join(node.itertext()).rstrip("\n")
            fence = "`" * max(3, 1 + max((len(f) for f in _FENCE.findall(code)), default=0))
            yield f"{fence}\n{code}\n{fence}"
        elif tag == "blockquote":
            inside = "\n\n".join(self.blocks(node))
            yield "\n".join(f"> {line}".rstrip() for line in inside.split("\n"))
        elif tag == "hr":
            yield "***"
        elif tag == "table":
            yield from _not_empty("\n".join(self._rows(node)))
        elif tag in _HEADINGS:
            yield from (f"{'#' * _HEADINGS[tag]} {text}" for text in self.blocks(node))
        elif tag == "dt":
            yield from (f"**{text}**" for text in self.blocks(node))
        else:
            yield from self.blocks(node)

    def _items(self, node: Any) -> Iterator[str]:  # noqa: ANN401
        start = node.get("start") or ""
        number = int(start) if start.isdecimal() and len(start) < 10 else 1
        for blocks in self._item_blocks(node):
            mark = "- " if node.tag == "ul" else f"{number}. "
            number += 1
            is_tight = all(block.startswith(("- ", "1. ")) for block in blocks[1:])
            lines = ("\n" if is_tight else "\n\n").join(blocks).split("\n")
            indent = " " * len(mark)
            yield "\n".join([mark + lines[0], *(indent + x if x else "" for x in lines[1:])])

    def _item_blocks(self, node: Any) -> Iterator[list[str]]:  # noqa: ANN401
        """The blocks of each item; what stands in a list without being one is one."""
        yield from ([text] for text in _paragraph([self._text(node.text)]))
        for child in node:
            if child.tag == "li":
                yield list(self.blocks(child)) or [""]
            elif blocks := self._stray(child):
                yield blocks
            yield from ([text] for text in _paragraph([self._text(child.tail)]))

    def _stray(self, node: Any) -> list[str]:  # noqa: ANN401
        is_block = isinstance(node.tag, str) and node.tag in _BLOCKS
        return list(self._block(node) if is_block else _paragraph([self._inline(node)]))

    def _rows(self, node: Any) -> Iterator[str]:  # noqa: ANN401
        rows = [
            [one_line(" ".join(self.blocks(cell))) for cell in row if cell.tag in {"td", "th"}]
            for row in node.iter("tr")
            if next(row.iterancestors("table")) is node
        ]
        width = max(map(len, rows), default=0)
        for place, row in enumerate(rows if width else ()):
            yield f"| {' | '.join([*row, *[''] * (width - len(row))])} |"
            if place == 0:
                yield f"|{' --- |' * width}"

    def _inline(self, node: Any) -> str:  # noqa: ANN401
        tag = node.tag
        if not isinstance(tag, str):
            return ""
        if tag == "br":
            return "\\\n"
        if tag == "img":
            alt = _SPECIAL.sub(r"\\\1", one_line(node.get("alt") or ""))
            address = self._target(node.get("src") or "")
            return f"!{markdown_link(alt, address)}" if address else alt
        if tag == "code":
            code = single_spaced("".join(node.itertext()))
            fence = "`" * (1 + max((len(f) for f in _FENCE.findall(code)), default=0))
            pad = " " if code.startswith("`") or code.endswith("`") else ""
            return f"{fence}{pad}{code}{pad}{fence}" if code else ""
        inside = self._inside(node)
        if tag == "a":
            address = self._target(node.get("href") or "")
            return markdown_link(inside, address) if address and inside.strip() else inside
        if tag in _KEPT:
            return f"<{tag}>{inside}</{tag}>"
        mark = _MARKS.get(tag, "")
        words = inside.strip()
        if not mark or not words:
            return inside
        before, _, after = inside.partition(words)
        return f"{before}{mark}{words}{mark}{after}"

    def _inside(self, node: Any) -> str:  # noqa: ANN401
        parts = [self._text(node.text)]
        for child in node:
            parts += (self._inline(child), self._text(child.tail))
        return "".join(parts)

    @staticmethod
    def _text(text: str | None) -> str:
        return _SPECIAL.sub(r"\\\1", single_spaced(text or ""))


def _paragraph(pieces: list[str]) -> Iterator[str]:
    text = "".join(pieces).strip().removesuffix("\\\n").rstrip()
    if text.rstrip("\\").strip():
        yield _guarded("\n".join(line.strip() for line in text.split("\n")))


def _not_empty(text: str) -> Iterator[str]:
    if text:
        yield text
