"""When the lessons of a course come out: so many days apart, or on dates that are listed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BeforeValidator, model_validator

from castpress.read.dates import check_date, days_later, publication_date
from castpress.read.schema import Schema, Text, one_or_many

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_EVERY = re.compile(r"(?:(\d{1,4})\s*)?(days?|weeks?)|(\d{1,4})", re.ASCII | re.IGNORECASE)
_SPOKEN = {
    "daily": "day",
    "every day": "day",
    "weekly": "week",
    "every week": "week",
    "fortnightly": "2 weeks",
    "every two weeks": "2 weeks",
    "every other week": "2 weeks",
}
_MOST_DAYS = 366
_TYPE_ONE = "write `start:` and `every:`, as 2026-09-08 06:00 and 7 days"


def days_apart(value: object) -> int:
    """The days from one lesson to the next.

    >>> [days_apart(text) for text in ("7 days", "week", "2 weeks", "weekly", "7")]
    [7, 7, 14, 7, 7]

    Raises:
        ValueError: it is no count of days or weeks; the message says what to write.
    """
    text = str(value).strip()
    match = _EVERY.fullmatch(_SPOKEN.get(text.lower(), text))
    if match is None:
        raise ValueError("expected whole days or weeks; write it as `7 days`, `week` or `2 weeks`")
    count, unit, bare = match.groups()
    days = int(bare or count or 1) * (7 if (unit or "").lower().startswith("week") else 1)
    if not 1 <= days <= _MOST_DAYS:
        raise ValueError(f"expected 1 to {_MOST_DAYS} days; write it as `7 days`, or use `dates:`")
    return days


_Date = Annotated[Text, AfterValidator(check_date)]


class ReleaseEntry(Schema):
    """The dates of lessons that have none of their own: by ``start`` and ``every``, or ``dates``.

    ``every`` is in days.
    """

    start: _Date | None = None
    every: Annotated[int, BeforeValidator(days_apart)] | None = None
    dates: Annotated[tuple[_Date, ...], BeforeValidator(one_or_many)] = ()

    @model_validator(mode="after")
    def _is_one_rule(self) -> ReleaseEntry:
        if self.dates and (self.start is not None or self.every is not None):
            raise ValueError(
                "`dates:` stands alone; delete `dates:`, or `start:` and `every:` beside it"
            )
        if self.start is not None and self.every is None:
            raise ValueError("`every:` is missing beside `start:`; write a line `every: 7 days`")
        if self.every is not None and self.start is None:
            raise ValueError(
                "`start:` is missing beside `every:`; write the date of lesson 1: "
                "`start: 2026-09-08 06:00`"
            )
        if not self.dates and self.start is None:
            raise ValueError(f"no date is written below it; {_TYPE_ONE}, or `dates:` with a list")
        return self

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """Words that people bring along from other tools."""
        return {
            "begin": "write `start:`",
            "first": "write `start:`",
            "from": "write `start:`",
            "interval": "write `every:`",
            "frequency": "write `every:`",
        }

    def moment_of(self, number: int, zone: str) -> datetime | None:
        """When lesson ``number`` comes out in the show's zone, None where the rule says nothing."""
        if number < 1:
            return None
        if self.start is not None and self.every is not None:
            return days_later(self.start, zone, (number - 1) * self.every)
        return publication_date(self.dates[number - 1], zone) if number <= len(self.dates) else None
