"""One line of a chapter list: its clock time and its title apart.

A stamp stands first (``12:30 Title``, ``[12:30] – Title``, ``@1:24 Title``) or last
(``Title (5:35)``, ``Title – 4:12``, ``Title @ 4:12``); how sure that makes it is said by
``is_marked``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.model.time_words import any_of, long_minute_words, words_for
from castpress.model.timecode import (
    MINUTE_MS,
    SECOND_MS,
    TimecodeError,
    parse_moment,
    plain_digits,
)
from castpress.read.rising import NEAR_BEGINNING_MS
from castpress.read.section_time import as_typed, read_timed_title, without_joint
from castpress.read.spans import CLOCK, Span, is_time_of_day

if TYPE_CHECKING:
    from castpress.read.blocks import Run

_UNITS = (
    r"[0-9]{1,2}\s?h\s?[0-9]{1,2}(?:\s?m(?:in)?(?![^\W\d_])\.?(?:\s?[0-9]{1,2}\s?s(?:ec|ek)?\b)?)?"
    r"|[0-9]{1,3}\s?m(?:in)?\.?\s?[0-9]{1,2}\s?s(?:ec|ek)?\b"
    r"|[0-9]{1,3}['′’][0-9]{2}(?:''|[\"″”]|(?![0-9]))|[0-9]{1,3}分[0-9]{1,2}秒"
)
_CLOCK = rf"(?:{CLOCK}|{_UNITS})(?![0-9]|:[0-9])"
_OPENING, _CLOSING = r"\[(（【〔「『{<〈《|｜", r"\])）】〕」』}>〉》|｜"
_LONGEST_LINE = 500  # a longer one that ends in a clock time is prose
_SEPARATORS = " \t:：–—−|｜│┃·•~～〜〰→»-"
_MARKS = frozenset("-–—:：|｜│┃~→·•=>")
_JOINT = re.compile(
    # Glued to the time, or between spaces; before a letter a dash or a bar may be glued to it.
    rf"(?:から|起|부터)?[{re.escape(_SEPARATORS.strip())}]*(?:(?:[,.;=/>]|=>)(?=\s))?"
    rf"(?:\s+(?:[{re.escape(_SEPARATORS.strip())}]{{1,2}}|[-=–—]{{1,2}}>|[,.;=/>]|……)(?=\s|$))*"
    r"(?:\s+[-–—|｜~～〜・](?=[^\W\d_]))?\s*"
)
_TRAILING = " \t–—−|·•~～〜〰-"  # a colon leads in to what is below, and stays
# Pasted into Markdown, they are text to it; arrows, signs and pictures of all kinds serve.
_BULLETS = "・･•◦‣⁃–—·\u2190-\u21ff\u2300-\u27bf\u2b00-\u2bff\ufe0f\u200d\U0001f000-\U0001faff-"
_RANGE = "[-–—~～〜→]"
_TO = any_of(words_for("to"))
_OPEN_END = rf"(?:(?<=[0-9])[-–—]end\b|\s*[-–—~]\s*end(?=[{_CLOSING}]))"
_FIRST = re.compile(
    rf"[\s{_BULLETS}]*(?:[0-9]{{1,3}}[.)、．]\s*|#[0-9]{{1,3}}[.:)]?\s+|\[[0-9]{{1,2}}\]\s+)?(?:(?P<open>[{_OPENING}]{{1,2}})\s*)?"
    rf"(?:(?:{any_of(long_minute_words())})\.?:?\s+|at\s+(?={CLOCK}\s*[:–—-](?![0-9])))?[@~]?\s*(?P<clock>{_CLOCK})"
    rf"(?:(?P<shut>\s*[{_CLOSING}])?\s*(?:{_RANGE}|{_TO})\s*(?(shut)[{_OPENING}]\s*)"
    rf"(?P<end>{_CLOCK})|{_OPEN_END})?[~～〜]?"
    rf"(?:\s?min(?:\.(?=\s)|(?=\s*(?:[:–—-]|$)))|ごろ|頃)?"
    rf"(?P<close>(?:\s*[{_CLOSING}]{{1,2}})?)(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_LAST = re.compile(
    rf"(?P<title>.*?)(?P<gap>\s*(?:[:–—|·,@…-]|\.{{2,}})\s*|\s+|(?=[{_OPENING}])|(?<=[^\x00-\x7f]))"
    rf"(?P<open>[{_OPENING}]?)@?"
    rf"(?P<clock>{_CLOCK})(?:\s*(?:{_RANGE}|{_TO})\s*(?P<end>{_CLOCK}))?[~～〜]?(?P<close>[{_CLOSING}]?)\s*[.~]?\s*",
    re.DOTALL,
)
_SLIP = re.compile(
    rf"[\s{_BULLETS}]*[\[(]?(?P<slip>[0-9]{{1,2}};[0-9]{{2}}(?:[:;][0-9]{{2}})?"
    r"|[0-9]{1,2}(?:\.[0-9]{2}){2}(?![.0-9])|[0-9]{1,3}\.[0-5][0-9](?![.,0-9])|\?{1,2}(?::\?{1,2})*|[0-9]{1,3}:[0-9](?![0-9]))[\])]?"
    r"(?P<rest>[\s:–—-].*)",
    re.DOTALL,
)
# Counts that stand where a clock time would: 5 min: Title, Minute 5 - Title.
_COUNT = re.compile(
    rf"[\s{_BULLETS}]*"
    r"(?P<slip>[0-9]{1,3}\s?min(?:utes?)?(?=\s*[:–—-])|min(?:ute)?\.?\s[0-9]{1,3}(?=\s*[:–—-]))"
    r"(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?。！？])\s+(?=\S)")
_CLOCK_INSIDE = re.compile(r"(?<![0-9:])[0-9]{1,2}:[0-9]{2}(?![0-9])")
_VERSES = re.compile(r"[-–—][0-9]{1,3}(?![0-9:])")  # 1:14-20 reads from verse to verse
_DIGITS = re.compile("[0-9]+")
_SIGN = re.compile(r"[\d?]")
_HOLDS_CLOCK = re.compile(r"[0-9]\s?[:'′’hm分]")
_INLINE = re.compile(rf"[{_OPENING}]@?(?P<clock>{_CLOCK})~?[{_CLOSING}]")
_BARE_INLINE = re.compile(rf"(?<!\S)(?P<clock>{_CLOCK})(?=\s)")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A clock time in a line, and the line's other text.

    ``at`` are the character offsets of the clock time in the line. ``is_first`` tells where it
    stands; ``is_marked`` that brackets, emphasis, a link or a dash set it apart; ``is_padded`` that
    it has a zero in front or hours, as people type them for players. ``fault`` says
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
    is_padded: bool = False

    @property
    def has_hours(self) -> bool:
        """Whether it is longer than ``75:10``: people type hours for players and nothing else."""
        return self.at[1] - self.at[0] > len("75:10")


def may_hold_stamp(text: str) -> bool:
    """Whether anything in the text could belong to a stamp or to a slip for one.

    >>> may_hold_stamp("Stay tuned"), may_hold_stamp("?:?? Mailbag")
    (False, True)
    """
    return _SIGN.search(text) is not None


@lru_cache(maxsize=32_768)  # a line is read by whoever asks what it is; see forget_stamps
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


def forget_stamps() -> None:
    """Let go of the lines of the last text: no other has them."""
    read_stamp.cache_clear()


def _stamp(line: str) -> Stamp | None:
    has_clock = (
        _HOLDS_CLOCK.search(line) is not None
    )  # told at once; to try the end of each long line takes far longer
    first = _FIRST.match(line) if has_clock else None
    if first is not None:
        return _first(first)
    slip = _SLIP.match(line) or _COUNT.match(line)
    if slip is not None:
        title = _without_joint_before(slip["rest"]).rstrip(_TRAILING)
        fault = f"{slip['slip']} is no clock time"
        return Stamp(_meant_ms(slip["slip"]), None, title, slip.span("slip"), True, False, fault)
    last = _LAST.fullmatch(line) if has_clock and len(line) <= _LONGEST_LINE else None
    return _last(last) if last is not None else None


def read_row(row: str) -> Stamp | None:
    r"""The stamp of a table's row, cells parted by tabs: one cell is a time, another the title.

    >>> read_row("1\t12:30\tHills\tAnn").title, read_row("Hills\t12:30-14:00").end_ms
    ('Hills', 840000)
    """
    stamp: Stamp | None = None
    names: list[str] = []
    position = 0
    for cell in row.split("\t"):
        read = read_stamp(cell)
        if read is None or read.title:
            names.append(" ".join(cell.split()))
        elif stamp is None:
            at = (position + read.at[0], position + read.at[1])
            stamp = replace(read, at=at, is_first=True, is_marked=True)
        elif stamp.end_ms is None and read.start_ms > stamp.start_ms:
            stamp = replace(stamp, end_ms=read.start_ms)
        position += len(cell) + 1
    if stamp is None:
        return None
    return replace(stamp, title=next((name for name in names if any(map(str.isalpha, name))), ""))


def read_range_item(line: str) -> tuple[str, Span] | None:
    """Title and span of a list item that carries a range of counts: ``Intro [0-2 min]``."""
    timed = read_timed_title(line)
    if timed.span is None or timed.span.end_ms is None or not timed.title:
        return None
    return timed.title, timed.span


def split_run_on(text: str) -> list[Stamp]:
    """The stamps of a paragraph that strings several together, with their titles.

    Two in brackets are enough; without any, three that rise. Where the paragraph does not begin
    with one, its line ends may be lost: then four in brackets that rise from the beginning, or
    three behind a word with a colon.

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
    rises = all(before < after for before, after in pairwise(times))
    if len(found) < 2 or (not has_brackets and (len(found) < 3 or not rises)):
        return []
    before = text[: found[0].start()].strip().strip("•·|")
    is_enough = len(found) > 3 if has_brackets else before.endswith(":")
    if before and not (is_enough and rises and times[0] <= NEAR_BEGINNING_MS):
        return []
    ends = [match.start() for match in found[1:]] + [len(text)]
    stamps = []
    for match, end in zip(found, ends, strict=True):
        title = " ".join(typed[match.end() : end].split()).strip(_SEPARATORS + ",;/&")
        if end == len(text):
            title = _SENTENCE.split(title, maxsplit=1)[0]
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
    if (
        is_time_of_day(rest)
        or _VERSES.match(rest)
        or (match["open"] and not match["close"] and not rest.strip())
    ):
        return None
    if not match["close"] and rest and not _may_follow(rest):
        return None
    title = _without_joint_before(rest).rstrip(_TRAILING)
    if match["open"] and not match["close"]:
        title = title.rstrip("])")
    start_ms, fault = _read(match["clock"])
    end_ms = None
    if match["end"] is not None and fault is None:
        end_ms, fault = _read(match["end"])
    is_marked = bool(match["open"] or match["close"]) or rest[:3].lstrip()[:1] in _MARKS
    at = match.span("clock")
    return Stamp(start_ms, end_ms, title, at, True, is_marked, fault)


def _without_joint_before(title: str) -> str:
    """A title without the dash, colon or comma that joined it to the time before it."""
    joint = _JOINT.match(title)
    bare = title[joint.end() :] if joint is not None else title
    return bare if any(map(str.isalnum, bare)) else ""


def _may_follow(rest: str) -> bool:
    """A space, a separator, or a title glued to the clock that cannot be a unit."""
    return not rest[0].isascii() or rest[0].isupper() or not (rest[0].isalnum() or rest[0] in "/%")


def _last(match: re.Match[str]) -> Stamp | None:
    title = without_joint(match["title"].strip())
    if not title or (match["close"] and not match["open"]):
        return None  # a verse at the end of a bracket
    if not match["open"] and _CLOCK_INSIDE.search(title):
        return None  # hours, one after the other
    start_ms, fault = _read(match["clock"])
    end_ms = None
    if match["end"] is not None and fault is None:
        end_ms, fault = _read(match["end"])
    is_marked = bool(match["open"]) or bool(match["gap"].strip(" ,"))
    is_padded = match["clock"].startswith("0") or match["clock"].count(":") > 1
    return Stamp(start_ms, end_ms, title, match.span("clock"), False, is_marked, fault, is_padded)


def _meant_ms(slip: str) -> int:
    """What a slip of the keyboard or a count was probably meant to be; 0 where nothing is."""
    numbers = [int(digits) for digits in _DIGITS.findall(slip)]
    if "m" in slip.lower():
        return numbers[0] * MINUTE_MS
    total = 0
    for number in numbers:
        total = total * 60 + number
    return total * SECOND_MS


def _read(clock: str) -> tuple[int, str | None]:
    try:
        return parse_moment(clock.rstrip(".")), None
    except TimecodeError as error:
        return 0, str(error)
