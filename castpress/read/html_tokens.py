"""HTML as it was typed to HTML that an HTML5 parser reads in linear time, with places marked.

The tags are those that notes can hold, each with the few attributes that say something; the text
carries, before each line of it, two characters of private use that hold its place in the source.
Parsers keep no places, and their work grows with the square of the depth of open elements: this
module gives them the first and bounds the second, as browsers do.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, ClassVar

from castpress.read.html_address import decoded, read_address, read_picture, watch_address
from castpress.read.html_elements import (
    BLOCKS,
    FORMATS,
    KNOWN,
    LOST,
    RAW,
    SELF_CLOSING,
    UNSEEN,
)
from castpress.read.html_marks import mark, without_marks
from castpress.read.html_style import look_of, read_rules
from castpress.read.html_syntax import TAG, attributes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_LINE = re.compile(r"[^\s][^\n]*")
_DEEPEST = 200
_LONGEST_FORM = 3_000  # what is longer is a page that its program put into a form
_NO_TITLE = "YouTube video player"


@dataclass(slots=True)
class Soup:
    """HTML for the parser; ``dropped`` are the tags that are lost, with their first offsets.

    ``is_text`` tells that nothing in it parts lines or paragraphs: whoever typed it did so by
    line ends.
    """

    markup: str = ""
    title: str = ""
    title_at: int = 0
    dropped: dict[str, int] = field(default_factory=dict)
    is_text: bool = True


def read_soup(text: str) -> Soup:
    """The HTML of a text, bounded and marked; offsets count the characters of the text."""
    return _Reader(without_marks(text)).read()


class _Reader:
    """Goes once over the text; lives for one reading."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._out: list[str] = []
        self._soup = Soup()
        self._rules: dict[str, str] = {}
        self._base = ""
        # For each name what closes its open elements, "" for those that were not written.
        self._open: dict[str, list[str]] = {}
        self._depth = 0
        self._is_head = False
        self._ends: dict[str, list[int]] = {}
        self._empty = ("", 0)  # an element of the author's own, and where its start tag ended
        self._wrapped_to = -1  # where ]]> stands for what the text was wrapped in

    def read(self) -> Soup:
        """Take the text in, tag by tag."""
        position = 0
        while (match := TAG.search(self._text, position)) is not None:
            end = self._comment_end(match.start()) if match["comment"] else match.end()
            if end < 0 or "" in {match["end"], match["bogus"]}:
                break  # a tag that never ends is text
            self._words(position, match.start())
            position = end
            if match["name"] is None:
                if match["cdata"]:
                    self._wrapped_to = self._end_after("]]>", end)
                continue
            name = match["name"].lower()
            if match["close"]:
                self._close(name, match.start())
            else:
                position = self._start(name, match["attributes"], match.start(), end)
        self._words(position, len(self._text))
        self._soup.markup = "".join(self._out)
        return self._soup

    def _words(self, start: int, end: int) -> None:
        """Write text, with a mark before each line of it that shows anything."""
        wrapped_to = self._wrapped_to
        if start <= wrapped_to < end:  # copied out of a feed with what it was wrapped in
            self._wrapped_to = -1
            self._words(start, wrapped_to)
            self._words(wrapped_to + 3, end)
        elif start < end:
            self._out.append(
                _LINE.sub(
                    lambda match: mark(start + match.start()) + match[0].replace("<", "&lt;"),
                    self._text[start:end],
                )
            )

    def _end_after(self, mark: str, position: int) -> int:
        """Where a mark is found next, -1 where it is not; all places of it are sought once."""
        if mark not in self._ends:
            places = re.finditer(re.escape(mark), self._text, re.IGNORECASE)
            self._ends[mark] = [match.start() for match in places]
        ends = self._ends[mark]
        index = bisect_left(ends, position)
        return ends[index] if index < len(ends) else -1

    def _comment_end(self, at: int) -> int:
        """Where a comment ends; one that is not closed ends with its tag."""
        end = self._end_after("-->", at + 2)
        if end >= 0:
            return end + 3
        return self._text.find(">", at) + 1 or -1

    def _start(self, name: str, raw: str, at: int, end: int) -> int:
        """Take in a start tag; where to go on reading."""
        self._empty = ("", 0)
        if name in RAW:
            return self._raw(name, raw, at, end)
        attributes = attributes_of(raw) if raw else {}
        if name in BLOCKS:
            self._block(name, attributes)
        elif name in FORMATS:
            self._format(FORMATS[name], attributes)
        elif name in UNSEEN:
            self._unseen(name, attributes, at, end)
        elif name in self._ODD:
            self._ODD[name](self, attributes, at)
        else:
            self._note_unknown(name, at, end)
            self._styled(name, look_of(attributes, self._rules) if raw else "")
        return end

    def _note_unknown(self, name: str, at: int, end: int) -> None:
        """Words in angle brackets are lost; of an element of a site's own its text is kept."""
        if "-" in name:
            self._empty = (name, end)
        elif name not in KNOWN and ":" not in name:
            self._soup.dropped.setdefault(name, at)

    def _close(self, name: str, at: int) -> None:
        """Take in an end tag; of those that close nothing only a paragraph's shows."""
        if self._empty == (name, at):
            self._soup.dropped.setdefault(name, at)
        self._empty = ("", 0)
        if name == "head":
            self._is_head = False
        elif name == "q":
            self._out.append("”")
        key = "h" if name[0] == "h" and name[1:].isdigit() else FORMATS.get(name, name)
        closers = self._open.get(key)
        if closers:
            self._write_end(closers.pop())
        elif name in SELF_CLOSING:
            self._out.append(f"</{name}>")
        elif name == "br":
            self._out.append("<br>")

    def _write_end(self, closer: str) -> None:
        self._out.append(closer)
        self._depth -= closer != ""

    def _write_start(self, key: str, tag: str, start: str, *, instead: str = "") -> None:
        """Write a start tag that nests; past a depth that no notes have, ``instead`` of it."""
        is_written = self._depth < _DEEPEST
        self._out.append(start if is_written else instead)
        self._open.setdefault(key, []).append(f"</{tag}>" if is_written else "")
        self._depth += is_written

    def _block(self, name: str, attributes: Mapping[str, str]) -> None:
        self._soup.is_text = False
        tag, look = BLOCKS[name], look_of(attributes, self._rules) if attributes else ""
        if tag == "p" and "t" in look:
            tag = "h1"
        more = f' data-x="{look}"' if look else ""
        number = attributes.get("start") or attributes.get("colspan") or ""
        if number.isdecimal() and len(number) < 10:
            more += f' data-n="{number}"'
        if tag in SELF_CLOSING:
            self._out.append(f"<{tag}{more}>")
        else:
            key = "h" if tag[0] == "h" and name != "p" else name
            self._write_start(key, tag, f"<{tag}{more}>", instead="<br>")

    def _format(self, tag: str, attributes: Mapping[str, str]) -> None:
        """One of a kind at a time: parsers open each again in every paragraph."""
        look = look_of(attributes, self._rules) if attributes else ""
        if "n" in look and tag == "b":
            self._styled(tag, look)
        elif any(self._open.get(tag, ())):
            self._open[tag].append("")
        else:
            more = f' data-x="{look}"' if look else ""
            self._write_start(tag, tag, f"<{tag}{more}>")

    def _styled(self, key: str, look: str) -> None:
        """An element that shows nothing but its look."""
        if look:
            self._write_start(key, "span", f'<span data-x="{look}">')
        else:
            self._open.setdefault(key, []).append("")

    def _link(self, attributes: Mapping[str, str], _at: int) -> None:
        address = attributes.get("href")
        if address is None:
            self._styled("a", "")
            return
        for closer in [closer for closer in self._open.get("a", ()) if closer]:
            self._write_end(closer)  # links do not nest, and a parser closes the one before
        self._open["a"] = []
        href = escape(read_address(address, self._base))
        self._write_start("a", "a", f'<a data-h="{href}">')

    def _picture(self, attributes: Mapping[str, str], at: int) -> None:
        lazy = ("data-src", "data-lazy-src", "data-original", "src")
        source = next((attributes[name] for name in lazy if attributes.get(name)), "")
        alt = " ".join(attributes.get("alt", "").split())
        sizes = {attributes.get("width"), attributes.get("height")}
        if "emoji" in attributes.get("class", ""):
            self._out.append(mark(at) + escape(alt))
        elif source and not sizes & {"0", "1"}:  # no picture, but a counter of readers
            address = escape(read_picture(source, self._base))
            self._out.append(f'<img data-h="{address}" data-t="{escape(alt)}" data-n="{at}">')

    def _break(self, _attributes: Mapping[str, str], _at: int) -> None:
        self._soup.is_text = False
        self._out.append("<br>")

    def _rule(self, _attributes: Mapping[str, str], at: int) -> None:
        self._out.append(f'<hr data-n="{at}">')

    def _quote(self, _attributes: Mapping[str, str], at: int) -> None:
        self._out.append(f"{mark(at)}“")

    def _head(self, _attributes: Mapping[str, str], _at: int) -> None:
        self._is_head = True

    def _body(self, _attributes: Mapping[str, str], _at: int) -> None:
        self._is_head = False

    def _set_base(self, attributes: Mapping[str, str], _at: int) -> None:
        address = attributes.get("href", "")
        if not self._base and address.lower().startswith(("http://", "https://")):
            self._base = address

    def _embed(self, _attributes: Mapping[str, str], at: int) -> None:
        self._soup.dropped.setdefault("embed", at)

    def _source(self, attributes: Mapping[str, str], at: int) -> None:
        """The file of the player that is open, where its own tag names none."""
        for name in ("audio", "video"):
            closers = self._open.get(name)
            if closers and closers[-1] == "</div>":
                closers[-1] += self._player(attributes, at)

    def _player(self, attributes: Mapping[str, str], at: int) -> str:
        """A paragraph with a link to what a player or frame shows, "" where it says nothing."""
        address = watch_address(attributes.get("src") or attributes.get("data-src") or "")
        if not address:
            return ""
        title = " ".join(attributes.get("title", "").split())
        shown = address if title in {"", _NO_TITLE} else title
        return f'<div><a data-h="{escape(address)}">{mark(at)}{escape(shown)}</a></div>'

    def _unseen(self, name: str, attributes: Mapping[str, str], at: int, end: int) -> None:
        """An element of which nothing is shown up to its end tag, where it has one."""
        if name in LOST and not self._is_head:
            self._soup.dropped.setdefault(name, at)
        player = self._player(attributes, at) if name in {"audio", "video"} else ""
        closing = self._end_after(f"</{name}", end)
        is_page = name == "form" and closing - end > _LONGEST_FORM
        self._out.append(player)
        if closing < 0 or is_page:
            self._open.setdefault(name, []).append("")
            return
        self._write_start(name, "div", '<div data-x="h">')

    def _raw(self, name: str, raw: str, at: int, end: int) -> int:
        """Take in an element up to its end tag; one that is not closed ends with its tag."""
        attributes = attributes_of(raw)
        closing = self._end_after(f"</{name}", end)
        text = self._text[end:closing] if closing >= 0 else ""
        if name == "title" and not self._soup.title:
            self._soup.title = " ".join(decoded(text).split())
            self._soup.title_at = at
        elif name == "style":
            self._rules.update(read_rules(text))
        elif name == "iframe":
            player = self._player(attributes, at)
            self._out.append(player)
            if not player:
                self._soup.dropped.setdefault(name, at)
        elif name in LOST and not self._is_head:
            self._soup.dropped.setdefault(name, at)
        return closing if closing >= 0 else end

    _ODD: ClassVar[Mapping[str, Callable[[_Reader, Mapping[str, str], int], None]]] = {
        "a": _link,
        "base": _set_base,
        "body": _body,
        "br": _break,
        "embed": _embed,
        "head": _head,
        "hr": _rule,
        "img": _picture,
        "q": _quote,
        "source": _source,
    }
