"""Moments of the audio as settings name them: clock times, counts with units, or seconds."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

from castpress.model.timecode import TimecodeError, parse_moment, parse_units, plain_digits

_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


def moment_ms(value: object) -> int:
    """The milliseconds of a clock time, of counts with units, or of bare seconds.

    >>> moment_ms("1:02:03"), moment_ms("2 min"), moment_ms("135.5")
    (3723000, 120000, 135500)

    Raises:
        ValueError: it is none of them; the message says what to write.
    """
    text = plain_digits(str(value)).strip()
    try:
        return parse_units(f"{text}s") if _SECONDS.fullmatch(text) else parse_moment(text)
    except TimecodeError as error:
        raise ValueError(
            "expected a time; write it as 2:15, 1:02:03 or 2 min, or as seconds: 135"
        ) from error


Moment = Annotated[int, BeforeValidator(moment_ms)]
