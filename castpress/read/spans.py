"""A span of time as typed between brackets: counts with units, clock times, open ends.

The words are the table in ``castpress.model.time_words``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from castpress.model.time_words import any_of, long_minute_words, words_for
from castpress.model.timecode import (
    ENGLISH_UNITS,
    MINUTE_MS,
    SECOND_MS,
    UNIT_MS,
    TimecodeError,
    parse_moment,
    parse_units,
    plain_digits,
    unit_of,
)

CLOCK = r"[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,3})?"

_END_WORDS = frozenset(words_for("end"))
_START_WORDS = frozenset(words_for("start"))

_MINUTES = any_of(long_minute_words())
_LOOSE_ABOUT = any_of(words_for("about", tight=False))
_TIGHT_ABOUT = any_of(words_for("about", tight=True))

_DASHES = re.compile("[‐‑‒–—−־~～〜→]|\\.\\.\\.?|…")
# Who writes "about 5 min" means that it begins there.
_ABOUT = re.compile(
    rf"^[~～〜]\s*(?=[0-9])|[≈±]\s*|(?<![^\s-])(?:{_LOOSE_ABOUT})\b\.?\s*(?=[0-9]|{_MINUTES})"
    rf"|(?:{_TIGHT_ABOUT})(?=[0-9])|(?<=\S)\s+(?:{_LOOSE_ABOUT})\.?$"
    rf"|(?<=\S)\s*(?:{_TIGHT_ABOUT})(?![^\W\d_])|(?<=\S)\s*(?:{any_of(words_for('until'))})$"
)
_ONWARDS = re.compile(
    rf"(?<=\S)(?:\s+(?:{any_of(words_for('onwards', tight=False))})"
    rf"|\s*(?:{any_of(words_for('onwards', tight=True))}))\.?$"
)
# The 9th minute: 9. Minute, 9e minute, 9-й минуты.
_ORDINAL = re.compile(
    rf"(?<=[0-9])(?:\.|st|nd|rd|th|e|è|ème|[ªº]|-(?:й|я|ой|ю|ую))(?=\s+(?:{_MINUTES})(?![^\W\d_]))"
)
_WORD_DASH = re.compile(
    rf"(?<=\S)\s+(?:{any_of(words_for('to', tight=False))})\s+(?=\S)"
    rf"|(?<=\S)\s*(?:{any_of(words_for('to', tight=True))})\s*"
)
_FROM = re.compile(
    rf"^(?:(?:{any_of(words_for('since', tight=False))})\s+|@\s*"
    rf"|(?:{any_of(words_for('since', tight=True))})\s*|מ-?)"
    rf"(?=[0-9]|{_MINUTES}|{any_of(words_for('start'))})"
)
_DASH = re.compile(r"\s*-(?:\s*-)*\s*")
_UNIT_BEFORE = re.compile(rf"(?:(?<=-)|^)(?P<unit>{_MINUTES})\.?\s*(?=[0-9])")
_PLUS = re.compile(r"([0-9][0-9.,:]*)\s*\+\s*([^\W\d]+\.?|['′\"″]|)")
_NUMBER = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,3})?")
_CLOCK_SHAPE = re.compile(CLOCK)
_RANGE_PART = (
    r"(?<![0-9])[0-9]{1,4}(?:[:.,][0-9]{1,3}){0,3}"
    rf"(?:\s?(?:{any_of(tuple(UNIT_MS))})(?![^\W\d_]))?"
)
_RANGE = re.compile(rf"{_RANGE_PART}-{_RANGE_PART}(?![0-9])")
_DIGIT = re.compile("[0-9]")
DOTTED = re.compile(r"[0-9]{1,3}\.[0-5][0-9]")
_SLIP = re.compile(r"[0-9]{1,4}(?:\s*-\s*[0-9]{1,4})?\s*([^\W\d_]{1,10})\.?")
_CLOCK_SLIP = re.compile(r"[0-9]{1,3}[;][0-9]{2}(?:[:;.][0-9]{2})?|[0-9]{1,2}\.[0-9]{2}\.[0-9]{2}")

# After a clock time, these make it an hour of the day, a pace or a ratio.
_NOT_A_MOMENT = re.compile(
    r"\s*(?:[ap]\.?\s?m\b|o['’]?clock\b|uhr\b|h\b|(?:min(?:utes?)?)?\s*(?:/|per\b)\s*"
    r"(?:k|km|mi|mile|100\s?m|m)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Span:
    """A section's time as typed.

    ``unit_ms`` is the smallest unit that was typed: within it a chapter list may be finer and
    still agree. ``to_end`` is the word "end". ``is_lone`` marks a single value that may be a
    start or a length: what it is, only its siblings can tell. ``is_length`` is one for certain.
    """

    start_ms: int
    end_ms: int | None = None
    unit_ms: int = SECOND_MS
    to_end: bool = False
    is_lone: bool = False
    is_length: bool = False


@dataclass(frozen=True, slots=True)
class SpanFault:
    """Text that was meant as a time and cannot be read as one.

    ``is_weak`` marks what may be something else, a footnote or a section's number: only siblings
    with times make it a fault.
    """

    code: str
    message: str
    is_weak: bool = False


def is_time_of_day(after: str) -> bool:
    """Whether what follows a clock time makes it an hour of the day or a pace.

    >>> is_time_of_day(" AM"), is_time_of_day(" min/km"), is_time_of_day(" Mailbag")
    (True, True, False)
    """
    return _NOT_A_MOMENT.match(after[:40]) is not None


def read_span(inside: str) -> Span | SpanFault | None:
    """The time between a heading's brackets; None where it is not meant as one.

    >>> read_span("55 min - end")
    Span(start_ms=3300000, end_ms=None, unit_ms=60000, to_end=True, is_lone=False, is_length=False)
    >>> read_span("1-3"), read_span("3:15 AM")
    (SpanFault(code='missing-unit', message='1-3 has no unit', is_weak=True), None)
    """
    text = _plain(inside)
    if not any(character.isdigit() for character in text):
        return None
    is_open = text.startswith("@")
    if is_open:
        text = text[1:].rstrip(" -+")
    text = _unit_behind(text)
    plus = _PLUS.fullmatch(text)
    if plus is not None:
        return _open_ended(plus[1] + plus[2])
    if text.endswith("-"):
        return _open_ended(text.rstrip("- "))
    parts = [part.strip() for part in text.split("-")]
    found: Span | SpanFault | None = None
    if len(parts) == 1:
        found = _open_ended(text) if is_open else _single(text)
    elif len(parts) == 2:
        found = _range(parts[0], parts[1], inside)
    return found or _among_words(text, inside)


def _among_words(text: str, typed: str) -> SpanFault | None:
    """A range among words that nobody has taught, and no other number."""
    match = _RANGE.search(text)
    if match is None or _DIGIT.search(text[: match.start()] + text[match.end() :]):
        return None
    first, last = match[0].split("-")
    if not isinstance(_range(first, last, match[0]), Span):
        return None
    message = f"{typed.strip()} is no time range, {match[0]} is one"
    return SpanFault("bad-time-range", message, is_weak=True)


def _plain(inside: str) -> str:
    """Lower case, plain digits, ``-`` for each dash and "to", ``@`` for "from", no "about"."""
    text = _ABOUT.sub("", plain_digits(inside).strip().lower()).strip()
    text = _DASHES.sub("-", _ORDINAL.sub("", _ONWARDS.sub("-", text)))
    text = _FROM.sub("@", text, count=1)
    return _DASH.sub("-", _WORD_DASH.sub("-", text)).strip()


def _unit_behind(text: str) -> str:
    """The same with a unit that stands before the numbers behind them: ``minute 12``."""
    match = _UNIT_BEFORE.match(text)
    if match is None:
        return text
    parts = _UNIT_BEFORE.sub("", text).split("-")
    return "-".join(
        f"{part} {match['unit']}" if _NUMBER.fullmatch(part.strip()) else part for part in parts
    )


def _open_ended(start: str) -> Span | SpanFault | None:
    moment = _moment(start)
    if isinstance(moment, tuple):
        return Span(moment[0], unit_ms=moment[1])
    return moment if moment is not None else _slip(start)


def _single(text: str) -> Span | SpanFault | None:
    moment = _moment(text)
    if isinstance(moment, tuple):
        return Span(moment[0], unit_ms=moment[1], is_lone=unit_of(text) is not None)
    return moment if moment is not None else _slip(text)


def _range(first: str, last: str, typed: str) -> Span | SpanFault | None:
    if last in _END_WORDS:
        start = _moment(first)
        if isinstance(start, tuple):
            return Span(start[0], unit_ms=start[1], to_end=True)
        if start is None and _NUMBER.fullmatch(first):
            return SpanFault("missing-unit", f"{typed.strip()} has no unit")
        return start
    if first in _START_WORDS:
        if _NUMBER.fullmatch(last):
            return SpanFault("missing-unit", f"{typed.strip()} has no unit")
        first = "0:00"
    bare = f"{first}-{last}"
    if _NUMBER.fullmatch(first):
        if _NUMBER.fullmatch(last):
            return SpanFault("missing-unit", f"{typed.strip()} has no unit", is_weak=True)
        unit = unit_of(last)
        if unit is not None:
            first += unit
        elif _is_zero(first):
            first = "0:00"
    start, end = _moment(first), _moment(last)
    if isinstance(start, SpanFault):
        return start
    if isinstance(end, SpanFault):
        return end
    if start is None or end is None:
        return _slip(bare) or _half(
            start or end or _clock_with_unit(last), first if start is None else last, typed
        )
    return Span(start[0], end[0], min(start[1], end[1]))


def _clock_with_unit(text: str) -> tuple[int, int] | None:
    """What ``2:30 min`` may mean: a clock time, with a unit that it does not need."""
    match = re.fullmatch(rf"({CLOCK})\s*([^\W\d_]+)\.?", text)
    if match is None or unit_of(f"1 {match[2]}") is None:
        return None
    moment = _moment(match[1])
    return moment if isinstance(moment, tuple) else None


def _half(known: tuple[int, int] | None, unknown: str, typed: str) -> SpanFault | None:
    """Half a range was understood: the other half is a slip where it is little but a number."""
    if known is None or not re.fullmatch(r"[0-9][0-9:;.,]{0,9}\s*[^\W\d_]{0,3}", unknown):
        return None
    if is_time_of_day(unknown.lstrip("0123456789:;.,")):
        return None
    return SpanFault("bad-time-range", f"{typed.strip()} is no time range")


def _moment(text: str) -> tuple[int, int] | SpanFault | None:
    """Milliseconds and smallest unit; a fault for a clock time with a part of 60 or more."""
    if _CLOCK_SHAPE.fullmatch(text):
        try:
            return parse_moment(text), SECOND_MS
        except TimecodeError as error:
            return SpanFault("bad-time-range", str(error))
    try:
        ms = parse_units(text)
    except TimecodeError:
        return None
    unit = unit_of(text)
    unit_ms = UNIT_MS[unit] if unit is not None else SECOND_MS if "s" in text else MINUTE_MS
    while ms % unit_ms:
        unit_ms = MINUTE_MS if unit_ms > MINUTE_MS else SECOND_MS if unit_ms > SECOND_MS else 1
    return ms, unit_ms


def _slip(text: str) -> SpanFault | None:
    """A unit or a clock time that is nearly right."""
    if _CLOCK_SLIP.fullmatch(text):
        return SpanFault("bad-time-range", f"{text} is no clock time")
    if DOTTED.fullmatch(text):
        return dotted_fault(text)
    match = _SLIP.fullmatch(text)
    if match is None or match[1] in UNIT_MS:
        return None
    close = get_close_matches(match[1], [word for word in ENGLISH_UNITS if len(word) > 2], 1, 0.6)
    if not close or match[1] in {"sets", "set", "reps", "mi", "months", "month"}:
        return None
    return SpanFault("unknown-unit", f"{match[1]!r} is no unit; did you mean {close[0]!r}?")


def dotted_fault(text: str) -> SpanFault:
    """The question about 5.30 where 5:30 may be meant."""
    clock = text.replace(".", ":")
    return SpanFault("bad-time-range", f"{text} is no clock time, {clock} is one", is_weak=True)


def _is_zero(text: str) -> bool:
    return not text.strip("0.,")


def is_open_ended(inside: str) -> bool:
    """Whether a single time is said to be a start: ``12 min -``, ``from 12:00``."""
    text = _plain(inside)
    return text.endswith(("-", "+")) or text.startswith("@")
