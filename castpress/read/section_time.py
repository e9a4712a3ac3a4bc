"""The time in a section's heading: title and span apart.

One function a form: ``_trailing`` (brackets at the end), ``_leading`` (a clock time or brackets
at the start), ``_unmatched`` (a bracket is missing). What stands between the brackets is read by
``read_span``. Words for units are a table in ``castpress.model.timecode``, those for ends one here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from castpress.model.timecode import (
    MINUTE_MS,
    SECOND_MS,
    UNIT_MS,
    TimecodeError,
    parse_moment,
    parse_units,
    unit_of,
)

_END_WORDS = frozenset(("end", "the end", "ende", "fin", "close", "finish"))
_START_WORDS = frozenset(("start", "the start", "beginning"))

_DASHES = re.compile("[‐‑‒–—−~～〜→]|\\.\\.\\.?|…")
_WORD_DASH = re.compile(r"(?<=\S)\s+(?:to|until|till)\s+(?=\S)")
_FROM = re.compile(r"(?:from|after|since|@)\s*(?=[0-9])")
_PLUS = re.compile(r"([0-9][0-9.,:]*)\s*\+\s*([^\W\d]+\.?|['′\"″]|)")
_NUMBER = re.compile(r"[0-9]{1,4}(?:[.,][0-9]{1,3})?")
_CLOCK_SHAPE = re.compile(r"[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?(?:[.,][0-9]{1,3})?")
_SLIP = re.compile(r"[0-9]{1,4}(?:\s*-\s*[0-9]{1,4})?\s*([^\W\d_]{1,10})\.?")
_CLOCK_SLIP = re.compile(r"[0-9]{1,3}[;][0-9]{2}(?:[:;.][0-9]{2})?|[0-9]{1,2}\.[0-9]{2}\.[0-9]{2}")

_PAIRS = {"[": "]", "(": ")", "（": "）", "【": "】"}
_TRAILING = re.compile(
    r"(?P<title>.*?)\s*(?P<open>[\[(（【])(?P<inside>[^\[\]()（）【】]{1,60})(?P<close>[\])）】])"
    r"\s*[:.]?\s*",
    re.DOTALL,
)
_LEADING = re.compile(
    r"(?P<open>[\[(（【])\s*@?(?P<inside>[^\[\]()（）【】]{1,60})(?P<close>[\])）】])"
    r"[\s:–—|·~-]*(?P<title>.*)",
    re.DOTALL,
)
_CLOCK = r"[0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?(?:\.[0-9]{1,3})?"
_BARE_LEADING = re.compile(
    rf"@?(?P<inside>{_CLOCK}(?:\s*[-–—]\s*{_CLOCK}(?![0-9]|:[0-9]))?)(?![0-9]|:[0-9])"
    r"(?P<gap>\s*[:–—|·~-]+\s*|\s+|(?=[^\W\d_])|$)(?P<title>.*)",
    re.DOTALL,
)
_OPEN_ONLY = re.compile(r"(?P<title>.*?)\s*[\[(（【](?P<inside>[^\[\]()（）【】]{1,60})", re.DOTALL)
_CLOSE_ONLY = re.compile(
    r"(?P<title>[^\[\](（【]*?)\s(?P<inside>[0-9][^\[\]()（）【】\s]*(?:\s*[-–—]\s*[0-9][0-9:.]*)?"
    r"(?:\s*[^\W\d]+)?)[\])）】]"
)
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
    """Text that was meant as a time and cannot be read as one."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class TimedTitle:
    """A heading's title without its time, and the time, the fault, or neither.

    ``typed`` is the time as the author wrote it, for messages.
    """

    title: str
    span: Span | None = None
    fault: SpanFault | None = None
    typed: str = ""


def read_timed_title(heading: str) -> TimedTitle:
    """The title and the time of a heading; a heading without a time is returned as it is.

    >>> timed = read_timed_title("Stranger Things [0-2 min]")
    >>> timed.title, timed.span.start_ms, timed.span.end_ms
    ('Stranger Things', 0, 120000)
    >>> read_timed_title("12:30 – Mailbag").title
    'Mailbag'
    >>> read_timed_title("Easy jog [1-3]").title
    'Easy jog [1-3]'
    """
    heading = heading.strip()
    for form in (_trailing, _leading, _unmatched):
        found = form(heading)
        if found is not None:
            return found
    return TimedTitle(heading)


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
    (SpanFault(code='missing-unit', message='1-3 has no unit'), None)
    """
    text = _WORD_DASH.sub("-", _DASHES.sub("-", inside.strip().lower())).strip()
    if not any(character.isdigit() for character in text):
        return None
    origin = _FROM.match(text)
    if origin is not None:
        return _open_ended(text[origin.end() :].rstrip(" -+"))
    plus = _PLUS.fullmatch(text)
    if plus is not None:
        return _open_ended(plus[1] + plus[2])
    if text.endswith("-"):
        return _open_ended(text.rstrip("- "))
    parts = [part.strip() for part in text.split("-")]
    if len(parts) == 1:
        return _single(parts[0])
    if len(parts) == 2:
        return _range(parts[0], parts[1], inside)
    return None


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
        first = "0:00"
    bare = f"{first}-{last}"
    if _NUMBER.fullmatch(first):
        if _NUMBER.fullmatch(last):
            return SpanFault("missing-unit", f"{typed.strip()} has no unit")
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
        return _slip(bare) or _half(start or end, first if start is None else last, typed)
    return Span(start[0], end[0], min(start[1], end[1]))


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
    match = _SLIP.fullmatch(text)
    if match is None or match[1] in UNIT_MS:
        return None
    close = get_close_matches(match[1], [word for word in UNIT_MS if len(word) > 2], 1, 0.6)
    if not close or match[1] in {"sets", "set", "reps", "mi", "months", "month"}:
        return None
    return SpanFault("unknown-unit", f"{match[1]!r} is no unit; did you mean {close[0]!r}?")


def _is_zero(text: str) -> bool:
    return not text.strip("0.,")


def _trailing(heading: str) -> TimedTitle | None:
    match = _TRAILING.fullmatch(heading)
    if match is None:
        return None
    return _bracketed(match, is_leading=False)


def _leading(heading: str) -> TimedTitle | None:
    match = _LEADING.fullmatch(heading)
    if match is not None:
        return _bracketed(match, is_leading=True)
    match = _BARE_LEADING.fullmatch(heading)
    if match is None or is_time_of_day(match["gap"] + match["title"]):
        return None
    found = read_span(match["inside"])
    if found is None:
        return None
    if isinstance(found, SpanFault):
        return TimedTitle(heading, fault=found, typed=match["inside"])
    return TimedTitle(match["title"].strip(), found, typed=match["inside"])


def _bracketed(match: re.Match[str], *, is_leading: bool) -> TimedTitle | None:
    """A time in brackets, once it is known where they stand."""
    found = read_span(match["inside"])
    if found is None:
        return None
    opened, closed = match["open"], match["close"]
    typed = f"{opened}{match['inside']}{closed}"
    title = match["title"].strip()
    if isinstance(found, SpanFault):
        # What has no unit may be anything: only siblings with units make it a fault, and the
        # text stays in the title until then.
        return TimedTitle(match[0].strip(), fault=found, typed=typed)
    if _PAIRS[opened] != closed:
        return TimedTitle(
            title, fault=SpanFault("unmatched-bracket", f"{typed} does not match"), typed=typed
        )
    is_round = opened in "(（"
    is_single = found.end_ms is None and not found.to_end and not _is_open(match["inside"])
    if is_round and is_single and not is_leading and not found.is_lone:
        found = Span(found.start_ms, unit_ms=found.unit_ms, is_lone=True)
    elif is_round and found.is_lone:
        found = Span(found.start_ms, unit_ms=found.unit_ms, is_length=True)
    return TimedTitle(title, found, typed=typed)


def _is_open(inside: str) -> bool:
    text = inside.strip().lower()
    return text.endswith(("-", "–", "—", "~", "+", "～")) or _FROM.match(text) is not None


def _unmatched(heading: str) -> TimedTitle | None:
    for pattern in (_OPEN_ONLY, _CLOSE_ONLY):
        match = pattern.fullmatch(heading)
        if match is None or not isinstance(read_span(match["inside"]), Span):
            continue
        typed = heading[len(match["title"]) :].strip()
        fault = SpanFault("unmatched-bracket", f"a bracket is missing around {match['inside']}")
        return TimedTitle(match["title"].strip(), fault=fault, typed=typed)
    return None
