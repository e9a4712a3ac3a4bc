"""The time in a section's heading: title and span apart.

One function a form: ``_trailing`` (brackets at the end), ``_leading`` (a clock time or brackets
at the start), ``_unmatched`` (a bracket is missing), ``_embedded`` (brackets with words behind
them), ``_bare`` (a time without any at the end).
What stands between the brackets is read by ``read_span``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from castpress.model.timecode import plain_digits
from castpress.read.spans import (
    CLOCK,
    DOTTED,
    Span,
    SpanFault,
    dotted_fault,
    is_open_ended,
    is_time_of_day,
    read_span,
)

_BARE_DOTTED = re.compile(
    rf"(?P<inside>{DOTTED.pattern})(?=[\s:–—])\s*(?:[:–—|-]\s*)?[^\W\d_].*", re.DOTALL
)

_PAIRS = {"[": "]", "(": ")", "（": "）", "【": "】", "{": "}", "<": ">", "〈": "〉", "〔": "〕"}
_OPENING, _CLOSING = re.escape("".join(_PAIRS)), re.escape("".join(_PAIRS.values()))
_INSIDE = rf"(?P<inside>[^{_OPENING}{_CLOSING}]{{1,60}})(?P<close>[{_CLOSING}])"
_TRAILING = re.compile(rf"(?P<title>.*?)\s*(?P<open>[{_OPENING}]){_INSIDE}\s*[:.]?\s*", re.DOTALL)
_LEADING = re.compile(rf"(?P<open>[{_OPENING}])\s*@?{_INSIDE}[\s:–—|·~-]*(?P<title>.*)", re.DOTALL)
_EMBEDDED = re.compile(rf"(?P<open>[{_OPENING}]){_INSIDE}")
_BARE_LEADING = re.compile(
    rf"@?(?P<inside>{CLOCK}(?:\s*[-–—]\s*{CLOCK}(?![0-9]|:[0-9]))?)(?![0-9]|:[0-9])"
    r"(?P<gap>\s*[:–—|·~-]+\s*|\s+|(?=[^\W\d_])|$)(?P<title>.*)",
    re.DOTALL,
)
_OPEN_ONLY = re.compile(r"(?P<title>.*?)\s*[\[(（【](?P<inside>[^\[\]()（）【】]{1,60})", re.DOTALL)
_CLOSE_ONLY = re.compile(
    r"(?P<title>[^\[\](（【]*?)\s(?P<inside>[0-9][^\[\]()（）【】\s]*(?:\s*[-–—]\s*[0-9][0-9:.]*)?"
    r"(?:\s*[^\W\d]+)?)[\])）】]"
)
_MINUTES_UNSPACED = r"[0-9]{1,4}\s?[分분](?:\s?[0-9]{1,2}\s?[秒초])?"
_UNSPACED_LEADING = re.compile(
    rf"(?P<inside>{_MINUTES_UNSPACED})(?:\s*[:–—|·・~～〜-]+\s*|\s+)(?P<title>.*[^\W\d_].*)",
    re.DOTALL,
)
_COUNT = r"[0-9]{1,4}(?:[.,][0-9]{1,3})?"
_BARE_TIME = re.compile(
    rf"(?:{CLOCK}(?:\s*[-–—]\s*(?:{CLOCK}|[^\W\d_]{{3,6}}))?"
    rf"|{_COUNT}(?:\s*[-–—]\s*{_COUNT})?\s*[^\W\d_]{{3,8}}\.?|{_MINUTES_UNSPACED})"
)
_DIGIT = re.compile("[0-9]")
_WORD_START = re.compile(r"\s[@~]?(?=[0-9])")
_LONGEST_BARE = 40
_JOINTS = " \t:–—|·•~@,-"


@dataclass(frozen=True, slots=True)
class BareTime:
    """A title and a time that nothing sets apart: whether it is one, only siblings can tell."""

    title: str
    span: Span


@dataclass(frozen=True, slots=True)
class TimedTitle:
    """A heading's title without its time, and the time, the fault, or neither.

    ``typed`` is the time as the author wrote it, for messages. ``bare`` is what the heading would
    be if the numbers at its end were a time.
    """

    title: str
    span: Span | None = None
    fault: SpanFault | None = None
    typed: str = ""
    bare: BareTime | None = None


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
    typed = " ".join(heading.split())
    heading = plain_digits(typed)
    if _DIGIT.search(heading) is None:
        return TimedTitle(typed)
    for form in (_trailing, _leading, _unmatched, _embedded, _bare):
        found = form(heading)
        if found is not None:
            return found if heading is typed else _in_own_digits(found, heading, typed)
    return TimedTitle(typed)


def _in_own_digits(found: TimedTitle, heading: str, typed: str) -> TimedTitle:
    """The same with title and time as the author typed them: full-width, Arabic."""

    def own(part: str) -> str:
        return as_typed(part, heading, typed)

    bare = found.bare and replace(found.bare, title=own(found.bare.title))
    return replace(found, title=own(found.title), typed=own(found.typed), bare=bare)


def as_typed(part: str, plain: str, typed: str) -> str:
    """A part of the text with plain digits, as it stands in the text that was typed."""
    at = plain.find(part)
    return typed[at : at + len(part)] if at >= 0 else part


def without_joint(title: str) -> str:
    """A title without what joined it to the time behind it.

    >>> without_joint("Middle:"), without_joint("Talk at"), without_joint("Questions ..")
    ('Middle', 'Talk', 'Questions')
    """
    bare = title.rstrip(_JOINTS)
    if bare.endswith(("..", "…")):
        bare = bare.rstrip(".… ")
    if bare[-3:].lower() == " at":
        bare = bare[:-3].rstrip(_JOINTS)
    return bare


def _trailing(heading: str) -> TimedTitle | None:
    match = _TRAILING.fullmatch(heading)
    if match is None:
        return None
    return _bracketed(match, is_leading=False)


def _leading(heading: str) -> TimedTitle | None:
    match = _LEADING.fullmatch(heading)
    if match is not None:
        return _bracketed(match, is_leading=True)
    match = _BARE_DOTTED.fullmatch(heading)
    if match is not None:
        return TimedTitle(heading, fault=dotted_fault(match["inside"]), typed=match["inside"])
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
    if not is_leading:
        title = without_joint(title) or title
    if isinstance(found, SpanFault):
        return TimedTitle(match[0].strip(), fault=found, typed=typed)
    if _PAIRS[opened] != closed:
        return TimedTitle(
            title, fault=SpanFault("unmatched-bracket", f"{typed} does not match"), typed=typed
        )
    is_round = opened in "(（"
    is_single = found.end_ms is None and not found.to_end and not is_open_ended(match["inside"])
    if is_round and is_single and not is_leading and not found.is_lone:
        found = Span(found.start_ms, unit_ms=found.unit_ms, is_lone=True)
    elif is_round and found.is_lone and found.start_ms:  # no length is 0
        found = Span(found.start_ms, unit_ms=found.unit_ms, is_length=True)
    return TimedTitle(title, found, typed=typed)


def _unmatched(heading: str) -> TimedTitle | None:
    for pattern in (_OPEN_ONLY, _CLOSE_ONLY):
        match = pattern.fullmatch(heading)
        if match is None or not isinstance(read_span(match["inside"]), Span):
            continue
        typed = heading[len(match["title"]) :].strip()
        fault = SpanFault("unmatched-bracket", f"a bracket is missing around {match['inside']}")
        return TimedTitle(match["title"].strip(), fault=fault, typed=typed)
    return None


def _embedded(heading: str) -> TimedTitle | None:
    """A time in brackets with words behind it: ``The drill [2-9 min] (with Kim)``."""
    for match in _EMBEDDED.finditer(heading):
        if _PAIRS[match["open"]] != match["close"] or match["open"] in "<{":
            continue
        span = read_span(match["inside"])
        before = without_joint(heading[: match.start()].strip())
        after = heading[match.end() :].strip()
        if not isinstance(span, Span) or not before:
            continue
        if not (span.is_lone and match["open"] in "(（"):  # which is a length
            bare = BareTime(f"{before} {after}", span)
            return TimedTitle(heading, typed=match[0], bare=bare)
    return None


def _bare(heading: str) -> TimedTitle | None:
    """A clock time, or counts with a unit, at the end: ``Main – 5:00``, ``Jog 10-15 min``.

    In scripts that write no spaces it may also stand first, ``2分15秒 本題``.
    """
    leading = _UNSPACED_LEADING.match(heading)
    if leading is not None:
        span = read_span(leading["inside"])
        if isinstance(span, Span):
            bare = BareTime(leading["title"].strip(), span)
            return TimedTitle(heading, typed=leading["inside"], bare=bare)
    begin = max(len(heading) - _LONGEST_BARE, 0)
    # From the left, so that a range is not read as its second half.
    for word in _WORD_START.finditer(heading, begin):
        typed = heading[word.end() :]
        if not _BARE_TIME.fullmatch(typed):
            continue
        span = read_span(typed)
        title = without_joint(heading[: word.start()].strip())
        if isinstance(span, Span) and title:
            return TimedTitle(heading, typed=typed, bare=BareTime(title, span))
    return None
