"""Transcripts as HTML: the podcast namespace's cite, time and p, and pages that tools export.

The page becomes lines, a block a line, with the times of ``<time>`` in brackets; from there on it
is read as text is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree

from castpress.model.timecode import TimecodeError, format_hms_ms
from castpress.read.transcript_times import read_time

if TYPE_CHECKING:
    from collections.abc import Iterator

_START = re.compile(
    r"\s*(?:<!doctype html|<!--|</?(?:html|head|body|cite|time|p|div|span|section|article"
    r"|main|h[1-6]|table|ul|ol|dl|meta)\b)",
    re.IGNORECASE,
)
_TAGS = re.compile(r"</(?:cite|time|p|div|html|body|section|article)\s*>", re.IGNORECASE)
_BLOCK_NAMES = (
    "address article blockquote body br dd div dl dt fieldset figure figcaption h1 h2 h3 h4 h5 h6 "
    "header hr html li main ol p pre section table tbody td th tr ul"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_PARTING = _BLOCKS - {"br", "dd", "dt", "td", "th", "tr", "tbody"}
_UNSAID_NAMES = (
    "aside audio button canvas footer form head iframe input math nav noscript object rt script "
    "select style svg template textarea video"
)
_UNSAID = frozenset(_UNSAID_NAMES.split())
# How players mark the moment of a word or paragraph, in seconds or milliseconds.
_MOMENTS = (("data-m", 1), ("data-start-ms", 1), ("data-start", 1000), ("data-timestamp", 1000))
_NUMBER = re.compile(r"\d{1,9}(?:\.\d{1,6})?")
_HEAD = 4000


def reads_as_html(text: str) -> bool:
    """Whether the text is a page or a piece of one, as tools export them.

    >>> reads_as_html("<cite>Amy:</cite><time>0:00</time><p>Hi</p>"), reads_as_html("a <b>")
    (True, False)
    """
    head = text[:_HEAD]
    return _START.match(head) is not None and (
        _TAGS.search(head) is not None or "<p" in head.lower()
    )


def html_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines that readers of the page see, each with the source's line."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=False
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return
    if root is not None:
        yield from _Lines().read(root)


class _Lines:
    """Gathers the text of a tree in lines; blocks part them, most with an empty one between."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._line = 0

    def read(self, root: Any) -> Iterator[tuple[int, str]]:  # noqa: ANN401 - lxml is untyped
        """Each line with the number of the source's line where its block begins."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, element in walk:
            name = element.tag
            if name in _BLOCKS:
                yield from self._flush()
                if name in _PARTING:
                    yield element.sourceline or 0, ""
            if event == "end":
                self._add(element.tail, element)
            elif name in _UNSAID:
                walk.skip_subtree()
            elif name == "time" and _is_clock(element):
                self._add(f"[{''.join(element.itertext()).strip()}]", element)
                walk.skip_subtree()
            else:
                self._begin(element)
        yield from self._flush()

    def _begin(self, element: Any) -> None:  # noqa: ANN401
        moment = _moment(element)
        if moment is not None and not "".join(self._parts).strip():
            self._add(f"[{format_hms_ms(moment)}] ", element)
        self._add(element.text, element)

    def _add(self, text: str | None, element: Any) -> None:  # noqa: ANN401
        if not text:
            return
        if not self._parts:
            self._line = element.sourceline or 0
        self._parts.append(text)

    def _flush(self) -> Iterator[tuple[int, str]]:
        text = " ".join("".join(self._parts).split())
        self._parts.clear()
        if text:
            yield self._line, text.replace("([", "[").replace("])", "]")


def _is_clock(element: Any) -> bool:  # noqa: ANN401
    try:
        read_time("".join(element.itertext()))
    except TimecodeError:
        return False
    return True


def _moment(element: Any) -> int | None:  # noqa: ANN401
    """The moment that an attribute gives, in milliseconds."""
    for name, unit_ms in _MOMENTS:
        value = element.get(name)
        if value is not None and _NUMBER.fullmatch(value.strip()):
            return round(float(value) * unit_ms)
    return None
