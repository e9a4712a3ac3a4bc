"""Dates as authors type them, and the moments that they mean."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_DATE = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?"
    r"\s*(Z|[+-]\d{2}:?[0-5]\d)?)?",
    re.ASCII,
)
_OLDEST, _NEWEST = 1990, 2199


def check_date(value: str) -> str:
    """Hold the form here, where the place is known; the zone is added by `publication_date`."""
    match = _DATE.fullmatch(value.strip())
    if match is None:
        raise ValueError("expected a date; write it as 2026-03-01 or 2026-03-01 06:00")
    try:
        moment = _naive(value)
    except ValueError as error:
        raise ValueError("there is no such day or time; write one that exists") from error
    hours = match.group(7)
    if hours and hours != "Z" and not int(hours[1:3]) * 60 + int(hours[-2:]) <= 14 * 60:
        raise ValueError("no place on earth has this offset; write one such as +01:00")
    if not _OLDEST <= moment.year <= _NEWEST:
        raise ValueError(f"the year {moment.year} cannot be meant; write four digits of this age")
    return value.strip()


def _naive(value: str) -> datetime:
    match = _DATE.fullmatch(value.strip())
    if match is None:
        raise ValueError(value)
    year, month, day, hour, minute, second, _ = match.groups()
    clock = time(int(hour or 0), int(minute or 0), int(second or 0))
    return datetime.combine(date(int(year), int(month), int(day)), clock)


def publication_date(text: str, zone: str) -> datetime:
    """The aware moment of a date as typed; without an offset it is meant in the show's zone.

    A time that the clock change leaves out is moved on by the gap, one that comes twice is the
    first of the two (PEP 495).

    >>> publication_date("2026-03-01 06:00", "America/New_York").isoformat()
    '2026-03-01T06:00:00-05:00'
    """
    moment = _naive(text)
    match = _DATE.fullmatch(text.strip())
    offset = match.group(7) if match else None
    if offset:
        return datetime.fromisoformat(f"{moment.isoformat()}{offset.replace('Z', '+00:00')}")
    return _in_zone(moment, zone)


def days_later(text: str, zone: str, days: int) -> datetime | None:
    """The moment so many days after a date as typed, at the same clock time of the zone.

    None where that is in no year of this age.

    >>> days_later("2026-10-20 06:00", "Europe/Berlin", 7).isoformat()
    '2026-10-27T06:00:00+01:00'
    """
    first = publication_date(text, zone)
    if days == 0:
        return first.astimezone(ZoneInfo(zone))
    clock = _naive(text) if first.tzinfo == ZoneInfo(zone) else first.astimezone(ZoneInfo(zone))
    if days > (_NEWEST - clock.year + 1) * 366:
        return None
    moment = clock.replace(tzinfo=None, fold=0) + timedelta(days)
    return _in_zone(moment, zone) if moment.year <= _NEWEST else None


def _in_zone(moment: datetime, zone: str) -> datetime:
    local = moment.replace(tzinfo=ZoneInfo(zone))
    # Through UTC and back: a moment in the gap of a clock change becomes the one that exists.
    return local.astimezone(ZoneInfo("UTC")).astimezone(ZoneInfo(zone))
