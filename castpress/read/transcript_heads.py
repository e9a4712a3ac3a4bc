"""How a line of a text transcript begins: a time, a name, both in either order, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from castpress.model.timecode import TimecodeError, plain_digits
from castpress.read.speaker_labels import Label, find_label, is_nameless, reads_as_name
from castpress.read.transcript_times import CLOCK, UNITS, read_spoken_time, read_time

_RANGE = rf"({CLOCK})(?: ?(?:[-–—~→]|-->|to) ?({CLOCK}))?"
_OPEN, _CLOSE = r"[\[(（【<{]", r"[\])）】>}]"
_BRACKETED = rf"{_OPEN} ?(?:@ ?)?{_RANGE} ?{_CLOSE}"
_NO_HOUR_OF_DAY = r"(?! ?(?:[ap]\.?m\b|Uhr\b|o.clock))"

_BRACKETED_FIRST = re.compile(rf"{_BRACKETED} ?(?:[-–—|:] )?[:]? ?")
_BARE_FIRST = re.compile(rf"{_RANGE}{_NO_HOUR_OF_DAY}(?: ?[-–—|:](?= |$)|:?(?= |$)) ?")
_UNITS_ALONE = re.compile(rf"({UNITS})\.?,? ?({CLOCK})?", re.IGNORECASE)
_RULED = re.compile(rf"[-–—=*#~]{{1,5}} ?{_RANGE} ?[-–—=*#~]{{1,5}}")

# A name, then a time: the name ends where the first time begins.
_NAME = r"\[?([^\[\]{}<>:：\n]{1,60}?)\]?"
_NAME_BRACKETED = re.compile(rf"{_NAME} ?[:：,|–—-]? ?{_BRACKETED} ?[:：]? ?")
_NAME_BARE = re.compile(rf"{_NAME}(?: ?[:：,|–—-] ?| ){_RANGE}{_NO_HOUR_OF_DAY} ?(?:[:：] ?|$)")
_NAME_UNITS = re.compile(rf"{_NAME},? ({UNITS})\.?,? ?({CLOCK})?", re.IGNORECASE)

_LINK = re.compile(r"\[([^\[\]\n]{1,80})\]\([^()\s]{1,300}\)")
_STARRED = re.compile(r"([*_])([^*_\n]{1,80})\1")
_HEADING = re.compile(r"#{1,6} |> ?(?!>)|[-*•] (?=[\[(*\d])")
_ESCAPED = re.compile(r"\\(?=[\[\]().*_#:>-])")
_INLINE = re.compile(rf"\[({CLOCK})\]")
_MAY_HOLD_TIME = re.compile(r"\d ?(?::|[^\W\d_])")
_LONGEST_HEAD = 160


class Layout(Enum):
    """Where a line's time stands, and what with; a file keeps to one or two of them."""

    NONE = 0
    BRACKETED = 1
    BARE = 2
    NAME_BRACKETED = 3
    NAME_BARE = 4
    NAME_UNITS = 5
    BRACKETED_ALONE = 6
    BARE_ALONE = 7
    UNITS_ALONE = 8


RISKY = frozenset((Layout.BARE, Layout.NAME_BARE, Layout.BARE_ALONE))
"""Layouts that a line of plain words may have by chance."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what stands at its head, and the words behind it.

    ``whole`` is the line as words, for a head that turns out to be none. ``label`` may be a
    speaker; ``is_alone`` where no colon says so and nothing follows. A heading of Markdown
    ``is_title``: without a name or time it is not said.
    """

    whole: str
    line: int
    words: str = ""
    start_ms: int | None = None
    end_ms: int | None = None
    label: Label | None = None
    layout: Layout = Layout.NONE
    is_alone: bool = False
    is_title: bool = False


def read_row(text: str, line: int) -> Row:
    """What a line begins with.

    >>> row = read_row("[00:12:30] **AMY:** Well.", 1)
    >>> row.start_ms, row.label.name, row.words
    (750000, 'AMY', 'Well.')
    """
    whole = _unmarked(text)
    head = plain_digits(whole[:_LONGEST_HEAD])
    plain = head + whole[_LONGEST_HEAD:]
    if _MAY_HOLD_TIME.search(head):
        try:
            row = _time_first(plain, whole, line) or _name_first(plain, whole, line)
        except TimecodeError:
            row = None
        if row is not None:
            return row
    label = find_label(whole)
    if label is not None:
        return Row(whole, line, label.words, label=label)
    is_title = text.lstrip().startswith("#") and _HEADING.match(text.lstrip()) is not None
    return Row(whole, line, whole, label=_name_alone(whole), is_alone=True, is_title=is_title)


def inline_moments(text: str) -> list[tuple[int, int, int]]:
    """Times in square brackets within a text, as (begin, end, milliseconds) of each.

    >>> inline_moments("so [00:05:00] we went (at 5:30)")
    [(3, 13, 300000)]
    """
    if "[" not in text:
        return []
    found = []
    for match in _INLINE.finditer(plain_digits(text)):
        try:
            found.append((match.start(), match.end(), read_time(match[1])))
        except TimecodeError:
            continue
    return found


def _unmarked(text: str) -> str:
    """The line without what Markdown and word processors put around names and times."""
    text = " ".join(text.split())
    if "\\" in text:
        text = _ESCAPED.sub("", text)
    if "](" in text:
        text = _LINK.sub(_linked, text.replace("[[", "[").replace("]](", "]("))
    if text[:1] in "#>-*•":
        text = _HEADING.sub("", text, count=1) if _HEADING.match(text) else text
    if "**" in text or "__" in text:
        text = text.replace("**", "").replace("__", "")
    if text[:1] in "*_":
        match = _STARRED.match(text)
        text = match[2] + text[match.end() :] if match else text
    return text.strip()


def _linked(link: re.Match[str]) -> str:
    """The words of a link; a time keeps its brackets."""
    return link[0][: link.end(1) - link.start() + 1] if link[1][0].isdigit() else link[1]


def _time_first(plain: str, whole: str, line: int) -> Row | None:
    match = _BRACKETED_FIRST.match(plain) or _RULED.fullmatch(plain)
    layout = Layout.BRACKETED
    if match is None:
        match, layout = _BARE_FIRST.match(plain), Layout.BARE
    if match is None:
        units = _UNITS_ALONE.fullmatch(plain)
        if units is None:
            return None
        return Row(whole, line, "", read_spoken_time(units[1]), layout=Layout.UNITS_ALONE)
    start_ms, end_ms = read_time(match[1]), read_time(match[2]) if match[2] else None
    words = whole[match.end() :].strip()
    if not words:
        alone = Layout.BRACKETED_ALONE if layout is Layout.BRACKETED else Layout.BARE_ALONE
        return Row(whole, line, "", start_ms, end_ms, layout=alone)
    label, is_alone = find_label(words), False
    if label is None:
        label, is_alone = _name_alone(words.removeprefix("- ")), True
    if label is not None and not is_alone:
        words = label.words
    return Row(whole, line, words, start_ms, end_ms, label, layout, is_alone)


def _name_first(plain: str, whole: str, line: int) -> Row | None:
    for pattern, layout in (
        (_NAME_BRACKETED, Layout.NAME_BRACKETED),
        (_NAME_BARE, Layout.NAME_BARE),
    ):
        match = pattern.match(plain)
        if match is not None and reads_as_name(match[1].strip()):
            end_ms = read_time(match[3]) if match[3] else None
            words = whole[match.end() :].strip()
            label = Label(whole[match.start(1) : match.end(1)].strip(), words, is_sure=True)
            return Row(whole, line, words, read_time(match[2]), end_ms, label, layout)
    match = _NAME_UNITS.fullmatch(plain)
    if match is not None and reads_as_name(match[1].strip()):
        label = Label(match[1].strip(), "", is_sure=True)
        start_ms = read_spoken_time(match[2])
        return Row(whole, line, "", start_ms, None, label, Layout.NAME_UNITS)
    return None


def _name_alone(text: str) -> Label | None:
    """A line that is nothing but a name: ``Amy Smith``."""
    is_name = len(text) <= 40 and reads_as_name(text) and text[-1].isalnum()
    return Label(text, "", is_nameless(text)) if is_name else None
