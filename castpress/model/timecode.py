"""Moments and spans: what people type, to integer milliseconds and back.

Every time in castpress is an integer number of milliseconds; text and seconds exist only at the
borders. Nothing here computes with floats, so nothing is rounded twice.
"""

from __future__ import annotations

import re

from castpress.model.time_words import TIME_WORDS, any_of

SECOND_MS = 1_000
MINUTE_MS = 60 * SECOND_MS
HOUR_MS = 60 * MINUTE_MS

UNIT_MS: dict[str, int] = {
    word: ms
    for row in TIME_WORDS
    for ms, words in ((HOUR_MS, row.hours), (MINUTE_MS, row.minutes), (SECOND_MS, row.seconds))
    for word in words.split()
}
# What a slip is measured against; over all languages, too many words lie near each other.
ENGLISH_UNITS: frozenset[str] = frozenset(
    word
    for row in TIME_WORDS
    if row.language == "en"
    for word in f"{row.hours} {row.minutes} {row.seconds}".split()
)

_UNIT = any_of(tuple(UNIT_MS))
_CLOCK = re.compile(r"([0-9]{1,9}):([0-9]{2})(?::([0-9]{2}))?(?:[.,]([0-9]{1,9}))?")
_COUNT = re.compile(rf"([0-9]{{1,9}})(?:[.,]([0-9]{{1,9}}))?\s*({_UNIT})\.?")
_BARE_MINUTES = re.compile(r"([0-9]{1,9})\s*h\s*([0-5][0-9])")
_BARE_SECONDS = re.compile(r"([0-9]{1,9})\s*['′’]\s*([0-5][0-9])")

# The zeros of scripts whose people may type their own digits: Arabic, Persian, Devanagari,
# Bengali, Gurmukhi, Gujarati, Tamil, Telugu, Kannada, Malayalam, Thai, Lao, Tibetan, Myanmar,
# Khmer, full width.
_ZEROS = "٠۰०০੦૦௦౦೦൦๐໐༠၀០０"
_PLAIN = str.maketrans(
    {chr(ord(zero) + digit): str(digit) for zero in _ZEROS for digit in range(10)}
    | dict.fromkeys("：∶﹕꞉", ":")  # full width, ratio, small, modifier letter
    | dict.fromkeys("\u200e\u200f", " ")  # direction marks, which have no width
    | {"［": "[", "］": "]", "＠": "@", "－": "-"}
)
_NOT_PLAIN = re.compile(f"[{''.join(map(chr, _PLAIN))}]")


def plain_digits(text: str) -> str:
    """The text, as long as before, with digits, colons and brackets of all scripts in ASCII.

    >>> plain_digits("０２：１５ 開始"), plain_digits("٢:٠٥")
    ('02:15 開始', '2:05')
    """
    if text.isascii() or _NOT_PLAIN.search(text) is None:
        return text
    return text.translate(_PLAIN)


class TimecodeError(ValueError):
    """The text is no time; the message says what was expected, in the author's words."""


def parse_clock(text: str) -> int:
    """The milliseconds of a clock time, ``m:ss`` or ``h:mm:ss``.

    The two are told apart by the number of parts, never by size, so the first part may pass 60.

    >>> parse_clock("12:30"), parse_clock("1:02:03.5"), parse_clock("75:10")
    (750000, 3723500, 4510000)

    Raises:
        TimecodeError: the form does not match, or a later part is 60 or more.
    """
    match = _CLOCK.fullmatch(plain_digits(text).strip())
    if match is None:
        raise TimecodeError(f"expected m:ss or h:mm:ss, found {text!r}")
    first, second, third, fraction = match.groups()
    for part in (second, third):
        if part is not None and int(part) >= 60:
            raise TimecodeError(f"{part} in {text!r} is 60 or more")
    if third is None:
        whole_ms = int(first) * MINUTE_MS + int(second) * SECOND_MS
    else:
        whole_ms = int(first) * HOUR_MS + int(second) * MINUTE_MS + int(third) * SECOND_MS
    return whole_ms + _fraction_ms(fraction, SECOND_MS)


def parse_units(text: str) -> int:
    """The milliseconds of counts with units, the larger unit first.

    >>> parse_units("2m15s"), parse_units("1.5 min"), parse_units("1h05"), parse_units("2'")
    (135000, 90000, 3900000, 120000)

    Raises:
        TimecodeError: a unit is missing, unknown or out of order.
    """
    stripped = plain_digits(text).strip().lower()
    bare = _BARE_MINUTES.fullmatch(stripped)
    if bare is not None:
        return int(bare[1]) * HOUR_MS + int(bare[2]) * MINUTE_MS
    bare = _BARE_SECONDS.fullmatch(stripped)
    if bare is not None:
        return int(bare[1]) * MINUTE_MS + int(bare[2]) * SECOND_MS
    total_ms, position, smallest = 0, 0, HOUR_MS + 1
    while position < len(stripped):
        match = _COUNT.match(stripped, position)
        if match is None:
            raise TimecodeError(f"expected a count with h, min or sec, found {text!r}")
        unit_ms = UNIT_MS[match[3]]
        if unit_ms >= smallest:
            raise TimecodeError(f"expected the larger unit first, found {text!r}")
        total_ms += int(match[1]) * unit_ms + _fraction_ms(match[2], unit_ms)
        smallest, position = unit_ms, match.end()
        while position < len(stripped) and stripped[position].isspace():
            position += 1
    if position == 0:
        raise TimecodeError("expected a time, found nothing")
    return total_ms


def parse_moment(text: str) -> int:
    """The milliseconds of a clock time or of counts with units.

    >>> parse_moment("2:15"), parse_moment("2 min 15 sec")
    (135000, 135000)

    Raises:
        TimecodeError: the text is neither.
    """
    return parse_clock(text) if ":" in plain_digits(text) else parse_units(text)


def unit_of(text: str) -> str | None:
    """The unit word of a single count, None where the text is anything else.

    >>> unit_of("10 mins"), unit_of("2m15s"), unit_of("2:15")
    ('mins', None, None)
    """
    match = _COUNT.fullmatch(text.strip().lower())
    return match[3] if match else None


def format_clock(ms: int) -> str:
    """The clock time that people read, whole seconds, hours only where there are any.

    >>> format_clock(135_999), format_clock(3_723_000)
    ('2:15', '1:02:03')
    """
    hours, minutes, seconds, _ = _parts(ms)
    if hours:
        return f"{hours}:{minutes:02}:{seconds:02}"
    return f"{minutes}:{seconds:02}"


def format_hms(ms: int) -> str:
    """The clock time in three zero-padded parts, whole seconds: chapter lines of a description.

    >>> format_hms(135_500)
    '00:02:15'
    """
    hours, minutes, seconds, _ = _parts(ms)
    return f"{hours:02}:{minutes:02}:{seconds:02}"


def format_hms_ms(ms: int) -> str:
    """The clock time with milliseconds: WebVTT cues and Podlove Simple Chapters.

    >>> format_hms_ms(135_500)
    '00:02:15.500'
    """
    return f"{format_hms(ms)}.{ms % SECOND_MS:03}"


def format_seconds(ms: int) -> str:
    """The seconds, with decimals only where there are any: media fragments and JSON.

    >>> format_seconds(135_000), format_seconds(135_500), format_seconds(7)
    ('135', '135.5', '0.007')
    """
    _parts(ms)
    seconds, rest = divmod(ms, SECOND_MS)
    return f"{seconds}.{rest:03}".rstrip("0") if rest else str(seconds)


def _parts(ms: int) -> tuple[int, int, int, int]:
    if ms < 0:
        raise TimecodeError(f"a moment is not before 0, found {ms} ms")
    seconds, rest = divmod(ms, SECOND_MS)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return hours, minutes, seconds, rest


def _fraction_ms(digits: str | None, unit_ms: int) -> int:
    """The decimals of a count, to the nearest millisecond."""
    if not digits:
        return 0
    scale: int = 10 ** len(digits)
    return (int(digits) * unit_ms * 2 + scale) // (2 * scale)
