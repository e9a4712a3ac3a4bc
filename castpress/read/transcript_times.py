"""The times of transcripts as tools and people write them, to milliseconds."""

from __future__ import annotations

import re

from castpress.model.time_words import TIME_WORDS
from castpress.model.timecode import TimecodeError, parse_clock, parse_units, plain_digits

_PARTS = re.compile(
    r"(\d{1,3}) ?: ?(\d{1,2})(?: ?: ?(\d{1,2}))?(?:[:;]\d{1,2})?(?: ?[.,] ?(\d{1,9}))?", re.ASCII
)
# Without the signs and single letters that stand in words.
_UNIT_WORDS = sorted(
    {
        word
        for row in TIME_WORDS
        for words in (row.hours, row.minutes, row.seconds)
        for word in words.split()
        if len(word) > 2 or not word.isascii()
    },
    key=lambda word: (-len(word), word),
)
_COUNT = rf"\d{{1,3}} ?(?:{'|'.join(map(re.escape, _UNIT_WORDS))})"
UNITS = rf"{_COUNT}(?:,? {_COUNT}){{0,2}}"
"""A moment said in words, ``1 minute 3 seconds``, in any of the languages of time words."""

CLOCK = r"\d{1,3}:\d{2}(?::\d{2}){0,2}(?:[.,;]\d{1,3})?"
"""A moment as a clock shows it; a fourth part counts frames, as editors of film do."""


def read_time(text: str) -> int:
    """The milliseconds of a cue's time; a comma is SubRip's point, and parts may be short.

    Frames, a fourth part, are left out: how many make a second is not told.

    >>> read_time("00:01:02,500"), read_time("0:0:2.5"), read_time("01 : 02, 5")
    (62500, 2500, 62500)
    >>> read_time("00:12:30:15")
    750000

    Raises:
        TimecodeError: the form does not match, or a later part is 60 or more.
    """
    plain = plain_digits(text).strip()
    match = _PARTS.fullmatch(plain)
    if match is None:
        raise TimecodeError(f"expected 00:01:02.000, found {text.strip()!r}")
    first, second, third, fraction = match.groups()
    clock = ":".join(part.zfill(2) for part in (first, second, third) if part is not None)
    return parse_clock(f"{clock}.{fraction}" if fraction else clock)


def read_spoken_time(text: str) -> int:
    """The milliseconds of a moment in words.

    >>> read_spoken_time("1 minute 3 seconds")
    63000

    Raises:
        TimecodeError: a unit is unknown or out of order.
    """
    return parse_units(text.replace(",", ""))
