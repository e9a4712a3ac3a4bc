"""What the values in a feed may be: each kind in words, with an example, and as a test.

The tables of elements (``element_table``) are made of these. No test raises, whatever the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from castpress.model.address import is_absolute
from castpress.model.categories import CATEGORIES
from castpress.model.countries import COUNTRIES
from castpress.model.text import DESCRIPTION_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DATE = re.compile(
    rf"({'|'.join(_DAYS)}), (\d\d?) ({'|'.join(_MONTHS)}) (\d{{4}}) "
    r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d (?:[+-](?:[01]\d|2[0-3])[0-5]\d|GMT)",
    re.ASCII,
)
_MOMENT = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(?P<zone>Z|[+-]\d\d:?\d\d)?", re.ASCII
)
_CATEGORIES = frozenset(CATEGORIES) | {name for inside in CATEGORIES.values() for name in inside}
_NUMBERS = r"[+-]?\d{1,3}(,[+-]?\d{1,3})*"
_RRULE_PARTS = {
    "FREQ": "SECONDLY|MINUTELY|HOURLY|DAILY|WEEKLY|MONTHLY|YEARLY",
    # RFC 5545 writes 20231231T000000Z, the namespace's own example 2023-12-31T00:00:00.000Z.
    "UNTIL": r"\d{8}(T\d{6}Z?)?|\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:?\d\d)?)?",
    "COUNT": r"[1-9]\d*",
    "INTERVAL": r"[1-9]\d*",
    "BYDAY": r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU))*",
    "WKST": "MO|TU|WE|TH|FR|SA|SU",
    **dict.fromkeys(
        (
            *("BYSECOND", "BYMINUTE", "BYHOUR", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH"),
            "BYSETPOS",
        ),
        _NUMBERS,
    ),
}


@dataclass(frozen=True, slots=True)
class Kind:
    """What a value may be: ``expected`` in words, ``example`` as it is typed, ``fits`` as a test.

    ``words`` are all that there are where it is a list. ``also`` is what a feed may hold all the
    same, because the show itself lies there or apps take it.
    """

    expected: str
    example: str
    fits: Callable[[str], bool]
    words: tuple[str, ...] = ()
    also: Callable[[str], bool] | None = None


def words(*allowed: str) -> Kind:
    """One of these words, in this very spelling.

    >>> words("yes", "no").expected, words("yes", "no").fits("Yes")
    ('yes or no', False)
    """
    listed = " or ".join(filter(None, (", ".join(allowed[:-1]), allowed[-1])))
    return Kind(listed, allowed[0], frozenset(allowed).__contains__, allowed)


def text(limit: int) -> Kind:
    """Words without spaces around them, at most ``limit`` characters.

    >>> [text(5).fits(found) for found in ("a b", "", " a", "abcdef")]
    [True, False, False, False]
    """

    def fits(found: str) -> bool:
        return 0 < len(found) <= limit and found.strip() == found

    return Kind(f"text of at most {limit} characters", "some words", fits)


def matching(pattern: str, expected: str, example: str) -> Kind:
    """A text that has the form of a pattern from end to end, in ASCII digits."""
    form = re.compile(pattern, re.ASCII)
    return Kind(expected, example, lambda found: form.fullmatch(found) is not None)


def _is_web(found: str) -> bool:
    return found[:4].lower() == "http" and is_absolute(found)


def _is_secure(found: str) -> bool:
    return found[:8].lower() == "https://" and is_absolute(found)


def _is_date(found: str) -> bool:
    parts = _DATE.fullmatch(found)
    if parts is None:
        return False
    try:
        day = date(int(parts[4]), _MONTHS.index(parts[3]) + 1, int(parts[2]))
    except ValueError:
        return False
    return _DAYS[day.weekday()] == parts[1]


def _is_time(found: str) -> bool:
    try:
        datetime.fromisoformat(found)
    except ValueError:
        return False
    return True


def _is_moment(found: str) -> bool:
    parts = _MOMENT.fullmatch(found)
    return parts is not None and parts["zone"] is not None and _is_time(found)


def _is_day_or_moment(found: str) -> bool:
    is_formed = _MOMENT.fullmatch(found) or re.fullmatch(r"\d{4}-\d\d-\d\d", found, re.ASCII)
    return is_formed is not None and _is_time(found)


def _is_geo(found: str) -> bool:
    number = r"(-?\d{1,3}(?:\.\d+)?)"
    parts = re.fullmatch(
        rf"geo:{number},{number}(?:,-?\d+(?:\.\d+)?)?(?:;[A-Za-z0-9-]+(?:=[^;\s]+)?)*",
        found,
        re.ASCII,
    )
    return parts is not None and abs(float(parts[1])) <= 90 and abs(float(parts[2])) <= 180


def _is_rrule(found: str) -> bool:
    parts = [part.partition("=") for part in found.split(";")]
    given = {name: value for name, _, value in parts}
    is_formed = all(
        name in _RRULE_PARTS and re.fullmatch(_RRULE_PARTS[name], value, re.ASCII)
        for name, _, value in parts
    )
    is_clear = len(given) == len(parts) and not {"COUNT", "UNTIL"} <= set(given)
    return is_formed and is_clear and "FREQ" in given


TITLE = text(255)
"""Apple and PSP-1: 255 characters in a value, unless its own rule says otherwise."""
NAME = text(128)
LABEL = text(32)
RECORD = text(4000)
ANY_TEXT = Kind("text", "some words", lambda found: bool(found.strip()))
PERHAPS = Kind("text, or nothing", "some words", lambda found: True)
DESCRIPTION = Kind(
    f"text of at most {DESCRIPTION_BYTES} bytes",
    "some words",
    lambda found: bool(found.strip()) and len(found.encode()) <= DESCRIPTION_BYTES,
)
WEB = Kind("an address that begins with https://", "https://example.org/page", _is_web)
PAGE = Kind(
    "an address that begins with https://", "https://example.org/page", _is_web, (), is_absolute
)
"""A link that people follow; a feed may hold one to mail."""
HTTPS = Kind(
    "an address that begins with https://", "https://example.org/page", _is_secure, (), is_absolute
)
"""The namespace asks for https. A feed may hold http and mail: a show may lie on a http server."""
URI = matching(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"]+", "an address", "https://example.social/@amy/1")
COUNT = matching(r"\d{1,18}", "a whole number", "1")
FROM_ONE = matching(r"0*[1-9]\d{0,17}", "a whole number from 1 on", "1")
INTEGER = matching(r"-?\d{1,18}", "a whole number", "1")
DECIMAL = matching(r"\d{1,18}(\.\d+)?", "a number", "12.5")
POSITIVE = matching(r"(?=.*[1-9])\d{1,18}(\.\d+)?", "a number of seconds greater than 0", "60")
PERCENT = matching(r"100|\d{1,2}", "a whole number from 0 to 100", "95")
HOUR = matching(r"1?\d|2[0-3]", "an hour from 0 to 23", "3")
DATE = Kind("a date with the right weekday in English", "Sun, 01 Mar 2026 06:30:00 +0000", _is_date)
MOMENT = Kind("a moment with its zone", "2026-12-01T18:00:00-05:00", _is_moment)
DAY_OR_MOMENT = Kind("a day or a moment", "2026-12-01", _is_day_or_moment)
UUID = matching(
    r"[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    "a UUID",
    "917393e3-1b1e-5cef-ace4-edaa54e1f810",
)
LANGUAGE = matching(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", "a language code", "pt-BR")
YES_NO = words("yes", "no")
TRUE_FALSE = words("true", "false")
MEDIA_TYPE = matching(
    r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*/[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*(; ?[a-z]+=[^\s;]+)*",
    "a media type",
    "audio/mpeg",
)
EMAIL = Kind(
    "an e-mail address",
    "hello@example.org",
    lambda found: re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+", found) is not None,
)
EMAIL_AND_NAME = Kind(
    "an e-mail address, perhaps with a name",
    "hello@example.org (Amy)",
    lambda found: re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+( \(.+\))?", found) is not None,
)
HOST = matching(r"[\w](?:[\w.-]{0,251}[\w])?(:\d{1,5})?", "the name of a server", "irc.example.org")
CLOCK_TIME = matching(
    r"\d{2,}:[0-5]\d:[0-5]\d\.\d{3}", "a time in hours, minutes and seconds", "00:02:15.000"
)
DURATION = matching(r"\d+|(\d+:)?[0-5]?\d:[0-5]\d", "a length in seconds", "1800")
GEO = Kind("a geo address", "geo:43.65,-79.38", _is_geo)
OSM = matching(r"[NWRnwr]\d+(#\d+)?", "an OpenStreetMap object", "R324211")
COUNTRY = Kind("a country's two letters", "CA", lambda found: found.upper() in COUNTRIES)
RATIO = matching(r"\d+(\.\d+)?( ?/ ?\d+(\.\d+)?)?", "width/height", "16/9")
PURPOSES = matching(
    r"(?=.{1,128}$)[^\s]+( [^\s]+)*", "words with single spaces, 128 characters in all", "artwork"
)
RRULE = Kind("a rule of RFC 5545", "FREQ=WEEKLY;BYDAY=TU", _is_rrule)
CATEGORY = Kind("a category in Apple's spelling", "Sports", _CATEGORIES.__contains__)
