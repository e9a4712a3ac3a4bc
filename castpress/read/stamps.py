"""One line of a chapter list: its clock time and its title apart.

A stamp stands first (``12:30 Title``, ``[12:30] – Title``, ``@1:24 Title``) or last
(``Title (5:35)``, ``Title – 4:12``, ``Title @ 4:12``); how sure that makes it is said by
``is_marked``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.model.timecode import (
    HOUR_MS,
    MINUTE_MS,
    SECOND_MS,
    TimecodeError,
    parse_clock,
    plain_digits,
)
from castpress.read.section_time import as_typed, read_timed_title, without_joint
from castpress.read.spans import CLOCK, Span, is_time_of_day

if TYPE_CHECKING:
    from castpress.read.blocks import Run

_CLOCK = rf"{CLOCK}(?![0-9]|:[0-9])"
_LONGEST_LINE = 500  # a longer one that ends in a clock time is prose
_SEPARATORS = " \t:：–—|·•~-"
# Pasted into Markdown, they are text to it; arrows, signs and pictures of all kinds serve.
_BULLETS = "•◦‣⁃–—·\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff"
_OPEN_END = r"(?:(?<=[0-9])[-–—]end\b|\s*[-–—~]\s*end(?=[\])）】]))"
_FIRST = re.compile(
    rf"[\s{_BULLETS}]*(?:(?P<open>[\[(（【])\s*)?@?(?P<clock>{_CLOCK})"
    rf"(?:\s*[-–—~]\s*(?P<end>{_CLOCK})|{_OPEN_END})?~?"
    r"(?P<close>(?:\s*[\])）】])?)(?P<rest>.*)",
    re.DOTALL,
)
_LAST = re.compile(
    rf"(?P<title>.*?)(?P<gap>\s*(?:[:–—|·,@…-]|\.{{2,}})\s*|\s+|(?=[\[(（【]))(?P<open>[\[(（【]?)@?"
    rf"(?P<clock>{_CLOCK})(?:\s*[-–—]\s*(?P<end>{_CLOCK}))?~?(?P<close>[\])）】]?)\s*[.~]?\s*",
    re.DOTALL,
)
_SLIP = re.compile(
    rf"[\s{_BULLETS}]*[\[(]?(?P<slip>[0-9]{{1,2}};[0-9]{{2}}(?:[:;][0-9]{{2}})?"
    r"|[0-9]{1,2}(?:\.[0-9]{2}){2}(?![.0-9])|[0-9]{1,3}\.[0-5][0-9](?![.,0-9])|\?{1,2}(?::\?{1,2})*|[0-9]{1,3}:[0-9](?![0-9]))[\])]?"
    r"(?P<rest>[\s:–—-].*)",
    re.DOTALL,
)
# Counts that stand where a clock time would: 5 min: Title, Minute 5 - Title, 0h05m Title.
_COUNT = re.compile(
    rf"[\s{_BULLETS}]*(?P<slip>[0-9]{{1,2}}\s?h\s?[0-9]{{1,2}}(?:\s?m(?:in)?\b)?(?=[\s:–—-])"
    r"|(?:[0-9]{1,3}\s?min(?:utes?)?|min(?:ute)?\.?\s[0-9]{1,3})(?=\s*[:–—-]))(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_DIGITS = re.compile("[0-9]+")
_SIGN = re.compile(r"[\d?]")
_INLINE = re.compile(rf"[\[(（【]@?(?P<clock>{_CLOCK})~?[\])）】]")
_BARE_INLINE = re.compile(rf"(?<!\S)(?P<clock>{_CLOCK})(?=\s)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A clock time in a line, and the line's other text.

    ``at`` are the character offsets of the clock time in the line. ``is_first`` tells where it
    stands; ``is_marked`` that brackets, emphasis, a link or a dash set it apart. ``fault`` says
    why it is no time: a part of 60 or more, a slip of the keyboard; ``start_ms`` is then what it
    was probably meant to be, good for no more than a question.
    """

    start_ms: int
    end_ms: int | None
    title: str
    at: tuple[int, int]
    is_first: bool
    is_marked: bool
    fault: str | None = None


def may_hold_stamp(text: str) -> bool:
    """Whether anything in the text could belong to a stamp or to a slip for one.

    >>> may_hold_stamp("Stay tuned"), may_hold_stamp("?:?? Mailbag")
    (False, True)
    """
    return _SIGN.search(text) is not None


def read_stamp(typed: str) -> Stamp | None:
    """The stamp of one line, None where it has none at its start or end.

    >>> read_stamp("[@01:35] - Warm-up").title, read_stamp("Cool down (5:35)").start_ms
    ('Warm-up', 335000)
    >>> read_stamp("3:15 AM") is None, read_stamp("tempo at 5:30 min/km") is None
    (True, True)
    """
    line = plain_digits(typed)
    stamp = _stamp(line)
    if stamp is None or line is typed:
        return stamp
    return replace(stamp, title=as_typed(stamp.title, line, typed))


def _stamp(line: str) -> Stamp | None:
    has_clock = ":" in line  # told at once; to try the end of each long line takes far longer
    first = _FIRST.match(line) if has_clock else None
    if first is not None:
        return _first(first)
    slip = _SLIP.match(line) or _COUNT.match(line)
    if slip is not None:
        title = slip["rest"].strip(_SEPARATORS)
        fault = f"{slip['slip']} is no clock time"
        return Stamp(_meant_ms(slip["slip"]), None, title, slip.span("slip"), True, False, fault)
    last = _LAST.fullmatch(line) if has_clock and len(line) <= _LONGEST_LINE else None
    return _last(last) if last is not None else None


def read_range_item(line: str) -> tuple[str, Span] | None:
    """Title and span of a list item that carries a range of counts: ``Intro [0-2 min]``."""
    timed = read_timed_title(line)
    if timed.span is None or timed.span.end_ms is None or not timed.title:
        return None
    return timed.title, timed.span


def split_run_on(text: str) -> list[Stamp]:
    """The stamps of a paragraph that strings several together, with their titles.

    Empty where the paragraph does not begin with one. Two in brackets are enough; without any,
    three that rise.

    >>> [stamp.title for stamp in split_run_on("(0:00) One (5:22) Two")]
    ['One', 'Two']
    """
    typed, text = text, plain_digits(text)
    if ":" not in text:
        return []
    found = list(_INLINE.finditer(text))
    has_brackets = bool(found)
    if not has_brackets:
        found = list(_BARE_INLINE.finditer(text))
        times = [_read(match["clock"])[0] for match in found]
        if len(found) < 3 or any(after <= before for before, after in pairwise(times)):
            return []
    if len(found) < 2 or text[: found[0].start()].strip():
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    stamps = []
    for match, end in zip(found, ends, strict=True):
        title = " ".join(typed[match.end() : end].split()).strip(_SEPARATORS)
        start_ms, fault = _read(match["clock"])
        stamps.append(Stamp(start_ms, None, title, match.span("clock"), True, has_brackets, fault))
    return stamps


def stamp_edit_range(runs: list[Run], at: tuple[int, int]) -> tuple[int, int] | None:
    """The bytes of a stamp in the source; None where a link or an escape stands there."""
    position = 0
    for run in runs:
        if position <= at[0] and at[1] <= position + len(run.text):
            if run.link >= 0 or not run.is_literal:
                return None
            return run.byte(at[0] - position), run.byte(at[1] - position)
        position += len(run.text)
    return None


def _first(match: re.Match[str]) -> Stamp | None:
    rest = match["rest"]
    if is_time_of_day(rest) or (match["open"] and not match["close"] and not rest.strip()):
        return None
    if not match["close"] and rest and not _may_follow(rest):
        return None
    title = rest.strip().strip(_SEPARATORS)
    if match["open"] and not match["close"]:
        title = title.rstrip("])")
    start_ms, fault = _read(match["clock"])
    end_ms = None
    if match["end"] is not None and fault is None:
        end_ms, fault = _read(match["end"])
    is_marked = bool(match["open"]) or rest[:3].lstrip()[:1] in set("-–—:|~")
    at = match.span("clock")
    return Stamp(start_ms, end_ms, title, at, True, is_marked, fault)


def _may_follow(rest: str) -> bool:
    """A space, a separator, or a title glued to the clock that cannot be a unit."""
    return not rest[0].isascii() or rest[0].isupper() or not (rest[0].isalnum() or rest[0] in "/%")


def _last(match: re.Match[str]) -> Stamp | None:
    title = without_joint(match["title"].strip())
    if not title:
        return None
    start_ms, fault = _read(match["clock"])
    end_ms = None
    if match["end"] is not None and fault is None:
        end_ms, fault = _read(match["end"])
    is_marked = bool(match["open"]) or bool(match["gap"].strip(" ,"))
    return Stamp(start_ms, end_ms, title, match.span("clock"), False, is_marked, fault)


def _meant_ms(slip: str) -> int:
    """What a slip of the keyboard or a count was probably meant to be; 0 where nothing is."""
    numbers = [int(digits) for digits in _DIGITS.findall(slip)]
    if "h" in slip.lower():
        return numbers[0] * HOUR_MS + numbers[1] * MINUTE_MS
    if "m" in slip.lower():
        return numbers[0] * MINUTE_MS
    total = 0
    for number in numbers:
        total = total * 60 + number
    return total * SECOND_MS


def _read(clock: str) -> tuple[int, str | None]:
    try:
        return parse_clock(clock), None
    except TimecodeError as error:
        return 0, str(error)
