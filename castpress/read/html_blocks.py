"""HTML to blocks of styled text, by way of an HTML5 parser."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from castpress.read.html_address import decoded
from castpress.read.html_content import (
    Block,
    Cell,
    Code,
    Listing,
    Quotation,
    Rule,
    Style,
    Table,
    Terms,
    flat_list,
    styled,
)
from castpress.read.html_lines import Paragraph
from castpress.read.html_marks import split_marks
from castpress.read.html_tables import settle_table
from castpress.read.normalise import clean_text
from castpress.read.sanitise import well_formed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from castpress.read.html_tokens import Soup

    _Finish = Callable[[], None]
    _Opener = Callable[..., _Finish | None]

# What the parser writes is regular: all is closed, values are quoted, text is escaped.
_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<name>[a-z0-9]+)(?P<attributes>(?:[^\"<>]|\"[^\"]*+\")*+)>|(?P<text>[^<]+)"
)
_ATTRIBUTE = re.compile(r' data-([a-z])="([^"]*)"')
_MARKER = re.compile(r"\W*([0-9]{1,9}|[a-zA-Z]{1,4})[.)]")
_LEVEL = re.compile("[0-8]")
_ANCHOR_SIGNS = frozenset("#¶§🔗")
_NONE: Mapping[str, str] = MappingProxyType({})
_DEEPEST_LIST = 6
_DEEPEST_QUOTATION = 3
_TIGHT = frozenset(("p", "li", "td", "th", "dt", "dd", "caption"))


def read_blocks(soup: Soup) -> tuple[list[Block], list[str]]:
    """The blocks of a soup, and the addresses that the links of its text lead to."""
    builder = _Builder(Paragraph(keeps_lines=soup.is_text))
    for match in _TOKEN.finditer(well_formed(soup.markup)):
        name = match["name"]
        if name is None:
            builder.words(match["text"])
        elif match["close"]:
            builder.end()
        else:
            typed = match["attributes"]
            builder.start(name, dict(_ATTRIBUTE.findall(typed)) if typed else _NONE)
    builder.flush()
    return builder.blocks, builder.addresses


class _Builder:
    """Takes in what the parser wrote; lives for one reading."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.blocks: list[Block] = []
        self.addresses: list[str] = []
        self._frames: list[tuple[Style, bool, Callable[[], None] | None]] = []
        self._style = Style()
        self._paragraph = paragraph
        self._at = 0
        self._hidden = 0  # how many elements deep in what is not shown
        self._is_tight = False
        self._is_anchor = False
        self._typed: list[str] | None = None  # the text of code, or of a bullet that Word typed
        self._typed_at = 0
        self._marker = ""
        self._listing: Listing | None = None
        self._table: Table | None = None
        self._terms: Terms | None = None
        self._list_depth = self._quotation_depth = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Take in a start tag."""
        if name in {"br", "hr", "img"}:
            if not self._hidden:
                self._void(name, attributes)
            return
        look = attributes.get("x", "")
        if self._hidden or "h" in look:
            self._hidden += 1
            return
        frame = (self._style, self._is_tight)
        self._style = styled(self._style, name, look)
        self._is_tight = self._is_tight or name in _TIGHT
        opener = self._OPENERS.get(name)
        finish = opener(self, name, attributes) if opener is not None else None
        self._frames.append((*frame, finish))

    def end(self) -> None:
        """Take in the end tag of the element opened last."""
        if self._hidden:
            self._hidden -= 1
            return
        style, is_tight, finish = self._frames.pop()
        if finish is not None:
            finish()
        self._style, self._is_tight, self._is_anchor = style, is_tight, False

    def words(self, text: str) -> None:
        """Take in text."""
        if self._hidden:
            return
        if self._typed is None and text.isspace():
            self._paragraph.add_space(text, is_tight=self._is_tight)
            return
        for piece, at in split_marks(text):
            if at >= 0:
                self._at = at
            words = clean_text(decoded(piece)).text if "&" in piece else piece
            if self._typed is not None:
                if not self._typed:
                    self._typed_at = self._at
                self._typed.append(words)
            elif not (self._is_anchor and words.strip() in _ANCHOR_SIGNS):
                self._paragraph.add(words, self._style, self._at, is_tight=self._is_tight)

    def flush(self, level: int = 0) -> None:
        """End the paragraph."""
        self.blocks += self._paragraph.take(level)

    def _void(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "br":
            if self._typed is not None:
                self._typed.append("\n")
            else:
                self._paragraph.end_line()
        elif name == "hr":
            self.flush()
            self.blocks.append(Rule(int(attributes["n"])))
        else:
            address, text = decoded(attributes["h"]), clean_text(decoded(attributes["t"])).text
            self._paragraph.add_picture(address, text, self._style, int(attributes["n"]))

    def _open_link(self, _name: str, attributes: Mapping[str, str]) -> None:
        address = decoded(attributes["h"])
        self._is_anchor = not address
        if address:
            self._style = self._style._replace(link=len(self.addresses))
            self.addresses.append(address)

    def _open_span(self, _name: str, attributes: Mapping[str, str]) -> Callable[[], None] | None:
        if "m" not in attributes.get("x", "") or self._typed is not None:
            return None
        typed = self._typed = []

        def finish() -> None:
            self._marker, self._typed = "".join(typed), None

        return finish

    def _open_division(self, _name: str, _attributes: Mapping[str, str]) -> Callable[[], None]:
        self.flush()
        return self.flush

    def _open_paragraph(self, _name: str, attributes: Mapping[str, str]) -> Callable[[], None]:
        self.flush()
        level = _LEVEL.search(attributes.get("x", ""))
        if level is None:
            return self.flush
        depth = int(level[0])
        outside, self.blocks, self._marker = self.blocks, [], ""

        def finish() -> None:
            self.flush()
            item, self.blocks = self.blocks, outside
            marker = _MARKER.match(self._marker)
            number = int(marker[1]) if marker is not None and marker[1].isdigit() else 1
            if item:
                flat_list(self.blocks, depth, number, is_ordered=marker is not None).items.append(
                    item
                )

        return finish

    def _open_heading(self, name: str, _attributes: Mapping[str, str]) -> Callable[[], None]:
        self.flush()
        level = int(name[1])
        return lambda: self.flush(level)

    def _open_list(self, name: str, attributes: Mapping[str, str]) -> Callable[[], None]:
        self.flush()
        if self._list_depth >= _DEEPEST_LIST:
            return self.flush
        level = _LEVEL.search(attributes.get("x", ""))
        number, is_ordered = int(attributes.get("n", "1")), name == "ol"
        if level is not None:
            listing = flat_list(self.blocks, int(level[0]), number, is_ordered=is_ordered)
        else:
            listing = Listing(is_ordered, number)
            self.blocks.append(listing)
        lead: list[Block] = []  # what stands before the first item
        leave = self._inside(lead, listing=listing)
        self._list_depth += 1

        def finish() -> None:
            leave()
            if lead:
                listing.items.insert(0, lead)
            self._list_depth -= 1

        return finish

    def _open_item(self, _name: str, _attributes: Mapping[str, str]) -> Callable[[], None]:
        self.flush()
        item: list[Block] = []
        if self._listing is not None:
            # What stands between two items goes to the first of them.
            self._listing.items.append(item)
            self.blocks = item
            return self.flush
        last = self.blocks[-1] if self.blocks else None
        if not isinstance(last, Listing) or not last.is_open:
            last = Listing(is_open=True)
            self.blocks.append(last)
        last.items.append(item)
        return self._inside(item)

    def _inside(
        self, blocks: list[Block], listing: Listing | None = None, terms: Terms | None = None
    ) -> Callable[[], None]:
        """Go into an element with blocks, items or terms of its own."""
        outside = (self.blocks, self._listing, self._terms)
        self.blocks, self._listing, self._terms = blocks, listing, terms

        def finish() -> None:
            self.flush()
            self.blocks, self._listing, self._terms = outside

        return finish

    def _open_quotation(self, _name: str, _attributes: Mapping[str, str]) -> Callable[[], None]:
        self.flush()
        if self._quotation_depth >= _DEEPEST_QUOTATION:
            return self.flush
        quotation = Quotation()
        self.blocks.append(quotation)
        leave = self._inside(quotation.blocks)
        self._quotation_depth += 1

        def finish() -> None:
            leave()
            self._quotation_depth -= 1

        return finish

    def _open_code(self, _name: str, _attributes: Mapping[str, str]) -> Callable[[], None] | None:
        if self._typed is not None:
            return None
        self.flush()
        typed = self._typed = []

        def finish() -> None:
            self._typed = None
            text = "".join(typed).strip("\n")
            if text.strip():
                self.blocks.append(Code(text, self._typed_at))

        return finish

    def _open_terms(self, _name: str, _attributes: Mapping[str, str]) -> Callable[[], None]:
        self.flush()
        if self._list_depth >= _DEEPEST_LIST:
            return self.flush
        terms = Terms()
        lead: list[Block] = []  # what stands in it, but is neither term nor definition
        leave = self._inside(lead, terms=terms)
        self._list_depth += 1

        def finish() -> None:
            leave()
            self._list_depth -= 1
            self.blocks += lead
            if terms.items:
                self.blocks.append(terms)

        return finish

    def _open_term(self, name: str, _attributes: Mapping[str, str]) -> Callable[[], None]:
        self.flush()
        if self._terms is None:
            return self.flush
        blocks: list[Block] = []
        self._terms.items.append((name == "dt", blocks))
        return self._inside(blocks)

    def _open_table(self, _name: str, _attributes: Mapping[str, str]) -> Callable[[], None]:
        self.flush()
        outer, table = self._table, Table()
        self._table = table
        leave = self._inside(table.caption)

        def finish() -> None:
            leave()
            self._table = outer
            self.blocks += settle_table(table)

        return finish

    def _open_row(self, _name: str, _attributes: Mapping[str, str]) -> None:
        if self._table is not None:
            self._table.rows.append([])

    def _open_cell(self, name: str, attributes: Mapping[str, str]) -> Callable[[], None]:
        self.flush()
        cell = Cell(name == "th", max(int(attributes.get("n", "1")), 1))
        if self._table is not None and self._table.rows:
            self._table.rows[-1].append(cell)
        return self._inside(cell.blocks)

    _OPENERS: ClassVar[Mapping[str, _Opener]] = {
        **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _open_heading),
        **dict.fromkeys(("ul", "ol"), _open_list),
        **dict.fromkeys(("td", "th"), _open_cell),
        **dict.fromkeys(("dt", "dd"), _open_term),
        **dict.fromkeys(("div", "caption"), _open_division),
        "a": _open_link,
        "blockquote": _open_quotation,
        "dl": _open_terms,
        "li": _open_item,
        "p": _open_paragraph,
        "pre": _open_code,
        "span": _open_span,
        "table": _open_table,
        "tr": _open_row,
    }
