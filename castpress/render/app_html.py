"""Notes reduced to the HTML that podcast apps render: blocks of few tags, links that are whole.

Apple documents ``p ol ul li a``; PSP-1 adds ``b i strong em``; ``br`` is understood by all.
Everything else becomes one of these or goes. Text is never lost, pictures are; one that is all
of a link leaves its ``alt``. Raised and lowered numbers become Unicode's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lxml import etree

from castpress.model.text import clean_text
from castpress.render.app_blocks import PARSER, Block, block_of, ready_blocks
from castpress.render.html_text import plain_text
from castpress.render.text import absolute_url, one_line, single_spaced

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.render.app_blocks import Target

_INLINE = frozenset({"a", "strong", "em", "b", "i", "br"})
_LISTS = frozenset({"ul", "ol"})
_LIST_TAGS = _INLINE - {"br"} | _LISTS | {"li"}
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary", "caption"})
_PARAGRAPHS = frozenset({"p", "pre", "tr", "dd", "figcaption"})
_CONTAINERS = frozenset(
    {"html", "body", "div", "section", "article", "aside", "header", "footer", "main", "nav"}
    | {"blockquote", "figure", "details", "address", "center", "form", "fieldset", "hr", "li"}
    | {"table", "thead", "tbody", "tfoot", "dl"}
)
_BLOCKS = _LISTS | _HEADINGS | _PARAGRAPHS | _CONTAINERS
_GONE = frozenset(
    {"script", "style", "template", "head", "title", "noscript", "frameset", "frame", "iframe"}
    | {"img", "picture", "source", "video", "audio", "track", "canvas", "svg", "math", "embed"}
    | {"object", "input", "button", "select", "textarea"}
)
_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_NUMBER = re.compile(r"[+−-]?[0-9][0-9+−=()-]*|[+−-]")
_INDENT = re.compile(r"[ \t]+")
_SPACES = re.compile(r"[ \t\n\f\r]{2,}|[\t\n\f\r]")
_IS_TOO_DEEP = etree.XPath(f"boolean({'/'.join('*' * 100)})")


@dataclass(slots=True)
class _Line:
    """One paragraph as it is written: the links' target, and whether line ends are kept.

    Text is held back until the next element begins or the line is done: a tree to which each
    piece is added at once copies all that stands there already.
    """

    target: Target
    keeps_lines: bool = False
    root: Any = field(default_factory=lambda: etree.Element("p"))
    place: Any = None
    pieces: list[str] = field(default_factory=list)

    def done(self) -> Any:  # noqa: ANN401 - lxml is untyped
        """The paragraph."""
        self.flush()
        return _trim(self.root)

    def put(self, parent: Any, text: str) -> None:  # noqa: ANN401
        """Put text at the end of ``parent`` as it is."""
        if parent is not self.place:
            self.flush()
            self.place = parent
        self.pieces.append(text)

    def begin(self, parent: Any, tag: str, attributes: dict[str, str]) -> Any:  # noqa: ANN401
        """A new element at the end of ``parent``."""
        self.flush()
        return etree.SubElement(parent, tag, attributes)

    def flush(self) -> None:
        """Write what is held back."""
        if self.pieces:
            _put_text(self.place, "".join(self.pieces))
            self.pieces.clear()

    def text(self, parent: Any, text: str | None) -> None:  # noqa: ANN401
        """Put text at the end of ``parent``, with the spaces that a browser would show."""
        lines = (text or "").split("\n") if self.keeps_lines else [text or ""]
        for number, line in enumerate(lines):
            if number:
                self.begin(parent, "br", {})
            indent = _INDENT.match(line) if self.keeps_lines and (number or self.is_new) else None
            if indent is not None:
                self.put(parent, "\xa0" * len(indent[0].expandtabs(4)))
            self.put(parent, _SPACES.sub(" ", line[indent.end() :] if indent else line))

    @property
    def is_new(self) -> bool:
        """Whether nothing was written yet."""
        return not any(self.pieces) and not len(self.root) and not self.root.text

    def has_words(self, parent: Any) -> bool:  # noqa: ANN401
        """Whether a reader would see anything of what ``parent`` holds so far."""
        self.flush()
        return has_words(parent)

    def inside(self, parent: Any, node: Any) -> None:  # noqa: ANN401
        """Put all that is in ``node`` at the end of ``parent``."""
        self.text(parent, node.text)
        for child in node:
            self.node(parent, child)
            self.text(parent, child.tail)

    def node(self, parent: Any, node: Any) -> None:  # noqa: ANN401
        """Put an element at the end of ``parent``: itself if apps know it, else what is in it."""
        tag = node.tag
        if not isinstance(tag, str) or tag in _GONE:
            return
        if tag == "br":
            self.begin(parent, "br", {})
            return
        if tag in {"sup", "sub"} and _NUMBER.fullmatch(number := one_line(_text_of(node))):
            # 10² is not 102. A link inside leads to a footnote that stands further down.
            self.put(parent, number.translate(_RAISED if tag == "sup" else _LOWERED))
            return
        if tag == "a" and not has_words(node):
            words = one_line(" ".join(image.get("alt") or "" for image in node.iter("img")))
            if not words:
                return
            node.text, node[:] = words, []
        address = self.target(node.get("href") or "") if tag == "a" else None
        is_kept = tag in _INLINE and not _is_within(parent, tag)
        if is_kept and (tag != "a" or address is not None):
            parent = self.begin(parent, tag, {"href": address} if address else {})
        elif tag in {"td", "th"} and node.getprevious() is not None and self.has_words(parent):
            self.put(parent, " – ")
        self.inside(parent, node)


def reduce_html(html: str, target: Target) -> list[Block]:
    """The blocks ``p``, ``ul`` and ``ol`` of what apps render, made of any text at all as HTML.

    ``target`` says where a link leads when it is read in an app; None unwraps it. Headings become
    bold paragraphs, tables lines of one; blocks without words are left out. What is no HTML is
    repaired as browsers would. What is nested beyond all measure becomes one paragraph of plain
    text.
    """
    text = clean_text(html)
    blocks: list[Block] = []
    if "<pre" not in text:  # where lines count; else they are spaces, and more than one is none
        blocks, text = ready_blocks(single_spaced(text), target)
        if not text.strip(" "):
            return blocks
    tree = etree.fromstring(f"<div>{text}</div>", PARSER)
    if _IS_TOO_DEEP(tree):  # no notes, but their words shall not be lost
        blocks = []
        made = [etree.Element("p")]
        made[0].text = plain_text(clean_text(html))
    else:
        made = list(_blocks(tree, target))
    return blocks + [block_of(block) for block in made if has_words(block)]


def link_target(page_url: str) -> Target:
    """Where the links of a page lead from elsewhere: moments and anchors to the page itself."""
    return lambda href: absolute_url(page_url, href) if href.strip() else None


def has_words(block: Any) -> bool:  # noqa: ANN401 - lxml is untyped
    """Whether a reader would see anything of the element."""
    return any(text.strip() for text in block.itertext())


def _text_of(node: Any) -> str:  # noqa: ANN401
    return "".join(node.itertext())


def is_heading(block: Any) -> bool:  # noqa: ANN401
    """Whether the element is what a heading became: bold from end to end."""
    return (
        block.tag == "p"
        and len(block) == 1
        and block[0].tag == "strong"
        and not (block.text or "").strip()
        and not (block[0].tail or "").strip()
    )


def _blocks(node: Any, target: Target) -> Iterator[Any]:  # noqa: ANN401
    """The blocks inside a container; text and inline elements between blocks are paragraphs."""
    line = _Line(target)
    line.text(line.root, node.text)
    for child in list(node):  # who takes a block may move it out of the tree
        tail, child.tail = child.tail, None
        if child.tag in _BLOCKS or _holds_block(child):
            yield line.done()
            line = _Line(target)
            yield from (child,) if _is_reduced(child, target) else _block(child, target)
        else:
            line.node(line.root, child)
        line.text(line.root, tail)
    yield line.done()


def _is_reduced(block: Any, target: Target) -> bool:  # noqa: ANN401
    """Whether the block is already what apps render; if so, its links are led to their targets.

    Most blocks are, and to see that takes a fraction of the time that writing them anew does.
    """
    is_list = block.tag in _LISTS
    known = _LIST_TAGS if is_list else _INLINE
    if not is_list and block.tag != "p":
        return False
    if not known.issuperset({inside.tag for inside in block.iterdescendants()}):
        return False
    marks = block.iter("a", "strong", "em", "b", "i")
    if any(next(mark.iterancestors(mark.tag), None) is not None for mark in marks):
        return False
    addresses = [(link, target(link.get("href") or "")) for link in block.iter("a")]
    if any(address is None or not has_words(link) for link, address in addresses):
        return False
    if is_list and not _tidy_list(block):
        return False
    for element in block.iter():
        if element.attrib:
            element.attrib.clear()
    for link, address in addresses:
        link.set("href", address)
    if not is_list:
        _trim(block)
    return True


def _tidy_list(block: Any) -> bool:  # noqa: ANN401
    """Take the spaces out that no browser shows; False where the list is no plain list.

    A plain list holds items only, they hold lines and lists only, and each says something.
    """
    lists = list(block.iter("ul", "ol"))
    items = [item for found in lists for item in found]
    if len(items) != sum(1 for _ in block.iter("li")):
        return False
    for found in lists:
        if (found.text or "").strip() or (found is not block and found.getparent().tag != "li"):
            return False
        found.text = None
        before = None if found is block else found.getprevious()
        if before is not None:
            before.tail = (before.tail or "").rstrip(" ")
        elif found is not block:
            found.getparent().text = (found.getparent().text or "").rstrip(" ")
    for item in items:
        if item.tag != "li" or (item.tail or "").strip() or not has_words(item):
            return False
        item.tail = None
        _trim(item)
    return True


def _block(node: Any, target: Target) -> Iterator[Any]:  # noqa: ANN401
    """What one block element becomes."""
    if node.tag in _LISTS:
        yield _list(node, target)
    elif node.tag == "table" and not any(map(_holds_block, node.iter("tr"))):
        line = _Line(target)
        for row in node.iter("tr"):
            if line.has_words(line.root):
                line.begin(line.root, "br", {})
            line.inside(line.root, row)
        yield line.done()
    elif node.tag in _HEADINGS | _PARAGRAPHS and not _holds_block(node):
        line = _Line(target, keeps_lines=node.tag == "pre")
        is_title = node.tag in _HEADINGS
        line.inside(line.begin(line.root, "strong", {}) if is_title else line.root, node)
        yield line.done()
    else:
        yield from _blocks(node, target)


def _list(node: Any, target: Target) -> Any:  # noqa: ANN401
    """A list of items; paragraphs in an item become lines, lists in it stay lists."""
    made = etree.Element(node.tag)
    for child in node:
        item = etree.Element("li")
        for part in _blocks(child, target) if child.tag == "li" else _stray(child, target):
            if not has_words(part):
                continue
            if part.tag in _LISTS:
                item.append(part)
                continue
            if len(item) or item.text:
                etree.SubElement(item, "br")
            _put_text(item, part.text or "")
            item.extend(list(part))
        if has_words(item):
            made.append(item)
    return made


def _stray(node: Any, target: Target) -> Iterator[Any]:  # noqa: ANN401
    """What stands in a list without being an item."""
    return _block(node, target) if isinstance(node.tag, str) and node.tag not in _GONE else iter(())


def _holds_block(node: Any) -> bool:  # noqa: ANN401
    if not len(node) or node.tag in _GONE:
        return False
    return any(child.tag in _BLOCKS for child in node.iterdescendants())


def _is_within(element: Any, tag: str) -> bool:  # noqa: ANN401
    return element.tag == tag or any(above.tag == tag for above in element.iterancestors())


def _put_text(parent: Any, text: str) -> None:  # noqa: ANN401
    last = _last_of(parent)
    if last is None:
        parent.text = (parent.text or "") + text
    else:
        last.tail = (last.tail or "") + text


def _last_of(parent: Any) -> Any:  # noqa: ANN401
    """The last child, None without any; ``len`` would count them all."""
    return next(parent.iterchildren(reversed=True), None)


def _trim(paragraph: Any) -> Any:  # noqa: ANN401
    """The paragraph without the spaces and line breaks at its ends that no browser shows."""
    last = _last_of(paragraph)
    while last is not None and last.tag == "br" and not (last.tail or "").strip():
        paragraph.remove(last)
        last = _last_of(paragraph)
    paragraph.text = (paragraph.text or "").lstrip(" ")
    if last is not None:
        last.tail = (last.tail or "").rstrip(" ")
    else:
        paragraph.text = paragraph.text.rstrip(" ")
    return paragraph
