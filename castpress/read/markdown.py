"""Markdown to blocks and to HTML: the only file that knows the Markdown library.

CommonMark with tables, footnotes, definition lists, strikethrough and task lists. One reading
gives the structure with byte ranges; links are written into the source by range (``apply_edits``)
and the whole is rendered once, so that what is shown is what was understood.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyromark

from castpress.read.blocks import Block, BlockKind, Document, Item, RawHtml, Run, SourceLink
from castpress.read.html_address import decoded
from castpress.read.html_elements import KNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_DEFINITION_LIST
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)
_MARKDOWN = pyromark.Markdown(options=_OPTIONS)

_KINDS = {
    "Heading": BlockKind.HEADING,
    "Paragraph": BlockKind.PARAGRAPH,
    "List": BlockKind.LIST,
    "Table": BlockKind.TABLE,
    "BlockQuote": BlockKind.QUOTE,
    "CodeBlock": BlockKind.CODE,
    "HtmlBlock": BlockKind.HTML,
    "FootnoteDefinition": BlockKind.FOOTNOTE,
    "DefinitionList": BlockKind.DEFINITIONS,
}
_ROWS = frozenset(("Item", "TableHead", "TableRow"))
_LONGEST_JOIN = 2_000  # keeps a text of nothing but brackets from being copied n times
_RAW_TAG = re.compile(r"<(?P<close>/?)(?P<name>[a-zA-Z]+)(?=[\s/>])(?P<rest>[^>]*)")
_BARE_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*)>")
_RAW_ADDRESS = re.compile(r"""\bhref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_RAW_STYLES = {"b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis"}


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace the bytes from ``start`` to ``end`` of the Markdown by ``text``.

    Where ``closing`` is given, the bytes stay, between ``text`` and ``closing``.
    """

    start: int
    end: int
    text: str
    closing: str | None = None


def render_html(markdown: str) -> str:
    """The HTML of the Markdown, not sanitised."""
    return _MARKDOWN.html(markdown)


def apply_edits(markdown: str, edits: Iterable[Edit]) -> str:
    """The Markdown with all edits made; of two that overlap the first wins."""
    source = markdown.encode()
    parts: list[bytes] = []
    position = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < position:
            continue
        parts += (source[position : edit.start], edit.text.encode())
        if edit.closing is not None:
            parts += (source[edit.start : edit.end], edit.closing.encode())
        position = edit.end
    parts.append(source[position:])
    return b"".join(parts).decode("utf-8", "replace")


def read_document(markdown: str) -> Document:
    """The structure of the Markdown, with byte ranges."""
    reader = _Reader(markdown)
    for event, span in _MARKDOWN.events_with_range(markdown):
        reader.take(event, span["start"], span["end"])
    return reader.document


def html_block_ranges(markdown: str) -> list[tuple[int, int]]:
    """The byte ranges of the blocks of HTML that stand in no other block."""
    found: list[tuple[int, int]] = []
    depth = 0
    for event, span in _MARKDOWN.events_with_range(markdown):
        if isinstance(event, str):
            continue
        if "Start" in event:
            if depth == 0 and event["Start"] == "HtmlBlock":
                found.append((span["start"], span["end"]))
            depth += 1
        elif "End" in event:
            depth -= 1
    return found


class _Reader:
    """Builds a document from the parser's events; lives for one reading."""

    def __init__(self, markdown: str) -> None:
        self.document = Document(markdown, [], [], [], [])
        self._source = markdown.encode()
        self._depth = 0
        self._block: Block | None = None
        self._items: list[Item] = []
        self._list_depth = 0
        self._links: list[int] = []
        self._strong = self._emphasised = self._images = self._raw_links = 0
        self._raw_link = -1
        self._raw_styles: dict[str, bool] = {}

    def take(self, event: Any, start: int, end: int) -> None:  # noqa: ANN401 - one of 14 shapes
        """Take in one event."""
        if isinstance(event, str):
            if event == "Rule" and self._depth == 0:
                self.document.blocks.append(Block(BlockKind.RULE, start, end))
            else:
                self._break(start, end)
            return
        name, value = next(iter(event.items()))
        if name == "Text":
            self._text(value, start, end)
        elif name == "Start":
            self._open(value, start, end)
        elif name == "End":
            self._close(value, end)
        elif name == "Code":
            self._text(value, start, end, is_code=True)
        elif name == "InlineHtml" and _is_typed_tag(value):
            self.document.typed_tags.append(start)
            self._text(value, start, end)
        elif name in {"Html", "InlineHtml"}:
            self._html(value, start)

    def _open(self, tag: Any, start: int, end: int) -> None:  # noqa: ANN401
        name: str = tag if isinstance(tag, str) else next(iter(tag))
        value: Any = {} if isinstance(tag, str) else tag[name]
        if self._depth == 0:
            kind = _KINDS.get(name, BlockKind.PARAGRAPH)
            self._block = Block(kind, start, end)
            if kind is BlockKind.HEADING:
                self._block.level = int(value["level"][1])
            elif kind is BlockKind.LIST:
                self._block.is_ordered = value is not None
            self.document.blocks.append(self._block)
        self._depth += 1
        if name == "List":
            self._list_depth += 1
        elif name in _ROWS and self._block is not None:
            if self._block.kind in {BlockKind.LIST, BlockKind.TABLE}:
                item = Item(max(self._list_depth - 1, 0), start)
                self._block.items.append(item)
                self._items.append(item)
        elif name == "Strong":
            self._strong += 1
        elif name == "Emphasis":
            self._emphasised += 1
        elif name == "Link":
            self._links.append(len(self.document.links))
            self.document.links.append(SourceLink(value["dest_url"], start, end))
        elif name == "Image":
            self._images += 1
            self.document.images.append(SourceLink(value["dest_url"], start, end))

    def _close(self, tag: Any, end: int) -> None:  # noqa: ANN401
        name = tag if isinstance(tag, str) else next(iter(tag))
        self._depth -= 1
        if self._depth == 0:
            self._raw_links, self._raw_link = 0, -1
            self._raw_styles.clear()
        if name in {"Paragraph", "CodeBlock", "Heading"} and self._depth > 0:
            self._break(end, end)
        elif name == "TableCell":
            self._add(Run("\t", end, end, is_literal=False))
        elif name == "List":
            self._list_depth -= 1
        elif name in _ROWS and self._items:
            self._break(end, end)
            self._items.pop()
        elif name == "Strong":
            self._strong -= 1
        elif name == "Emphasis":
            self._emphasised -= 1
        elif name == "Link" and self._links:
            self._links.pop()
        elif name == "Image":
            self._images -= 1

    def _text(self, text: str, start: int, end: int, *, is_code: bool = False) -> None:
        if self._images:
            self.document.images[-1].text += text
            return
        in_code = is_code or (self._block is not None and self._block.kind is BlockKind.CODE)
        is_editable = not in_code and not self._raw_links
        self._add(
            Run(
                text,
                start,
                end,
                self._links[-1] if self._links else self._raw_link,
                self._strong > 0 or self._raw_styles.get("strong", False),
                self._emphasised > 0 or self._raw_styles.get("emphasis", False),
                in_code,
                is_editable and self._source[start:end] == text.encode(),
            )
        )

    def _add(self, run: Run) -> None:
        if self._block is None:
            return
        for runs in (self._block.runs, self._items[-1].runs if self._items else None):
            if runs is None:
                continue
            last = runs[-1] if runs else None
            if last is not None and _joins(last, run):
                runs[-1] = Run(
                    last.text + run.text,
                    last.start,
                    run.end,
                    run.link,
                    run.is_strong,
                    run.is_emphasised,
                    is_code=False,
                    is_literal=True,
                )
            else:
                runs.append(run)
        if run.link >= 0:
            self.document.links[run.link].text += run.text

    def _break(self, start: int, end: int) -> None:
        if self._images:
            return
        link = self._links[-1] if self._links else self._raw_link
        self._add(Run("\n", start, end, link, is_literal=False))

    def _html(self, text: str, start: int) -> None:
        """Take in raw HTML: its tags are none of the text, and set it apart as Markdown's do."""
        self.document.html.append(RawHtml(text, start))
        for match in _RAW_TAG.finditer(text):
            name, is_end = match["name"].lower(), bool(match["close"])
            if name == "br":
                self._break(start, start)
            elif name == "a":
                self._raw_links = 0 if is_end else 1
                self._raw_link = -1 if is_end else self._open_raw_link(match["rest"], start)
            elif name in _RAW_STYLES:
                self._raw_styles[_RAW_STYLES[name]] = not is_end

    def _open_raw_link(self, attributes: str, start: int) -> int:
        """The index of the link that a tag opens, -1 where it opens none in the text."""
        address = _RAW_ADDRESS.search(attributes)
        if address is None or self._block is None or self._block.kind is BlockKind.HTML:
            return -1
        url = decoded(address[1] or address[2] or address[3] or "")
        self.document.links.append(SourceLink(url, start, start))
        return len(self.document.links) - 1


def _is_typed_tag(text: str) -> bool:
    """Whether a tag in the text is none of HTML's: people write ``List<Box>`` and mean it."""
    match = _BARE_TAG.fullmatch(text)
    return match is not None and match[1].lower() not in KNOWN


def _joins(last: Run, run: Run) -> bool:
    """Whether two runs are one piece of plain source in one style."""
    return (
        last.end == run.start
        and len(last.text) < _LONGEST_JOIN
        and last.is_literal
        and run.is_literal
        and last.link == run.link
        and last.is_strong == run.is_strong
        and last.is_emphasised == run.is_emphasised
    )
