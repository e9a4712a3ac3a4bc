"""The values of a feed that every host writes in its own way: dates, durations, counts."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from castpress.model.timecode import SECOND_MS, TimecodeError, parse_clock

_COUNT = re.compile(r"[0-9]{1,15}")
_SECONDS = re.compile(r"([0-9]{1,9})(?:[.,]([0-9]{1,9}))?")
_OLDEST, _NEWEST = 1900, 9000


def parse_feed_date(text: str) -> datetime | None:
    """The aware moment of a ``pubDate``, None where it is none; without a zone it is UTC.

    RFC 2822 with all that mail readers forgive (names of zones, no weekday, two-digit years),
    else ISO 8601.

    >>> parse_feed_date("Sun, 01 Mar 2026 06:30:00 -0500").isoformat()
    '2026-03-01T06:30:00-05:00'
    >>> parse_feed_date("2026-03-01T06:30:00Z").isoformat(), parse_feed_date("yesterday")
    ('2026-03-01T06:30:00+00:00', None)
    """
    stripped = text.strip()
    if not stripped.isascii() or len(stripped) > 100:
        return None
    for read in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            moment = read(stripped)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=UTC)
            if _OLDEST <= moment.year <= _NEWEST:
                return moment
        except (ValueError, TypeError, IndexError, OverflowError):
            # The mail reader was written for mail; what it raises on junk is not said anywhere.
            continue
    return None


def parse_feed_duration(text: str) -> int | None:
    """The milliseconds of ``itunes:duration``: seconds, ``M:SS`` or ``H:MM:SS``; None if neither.

    >>> parse_feed_duration("1802"), parse_feed_duration("30:02"), parse_feed_duration("0:30:02")
    (1802000, 1802000, 1802000)
    """
    match = _SECONDS.fullmatch(text.strip())
    if match is not None:
        return int(match[1]) * SECOND_MS + int((match[2] or "")[:3].ljust(3, "0"))
    try:
        return parse_clock(text)
    except TimecodeError:
        return None


def parse_feed_time(text: str) -> int | None:
    """The milliseconds of a chapter's start in Normal Play Time (``npt:`` may stand before it).

    >>> parse_feed_time("35:12.250"), parse_feed_time("npt:37"), parse_feed_time("soon")
    (2112250, 37000, None)
    """
    return parse_feed_duration(text.strip().removeprefix("npt:"))


def parse_feed_count(text: str) -> int | None:
    """A number from 0 up; None for anything else, as for the half numbers that some write.

    >>> parse_feed_count(" 07 "), parse_feed_count("7.5"), parse_feed_count("-1")
    (7, None, None)
    """
    match = _COUNT.fullmatch(text.strip())
    return int(match[0]) if match else None
