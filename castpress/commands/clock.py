"""What time it is: said on the command line, else by the environment, else by the clock."""

from __future__ import annotations

import os
from datetime import UTC, datetime

_OLDEST, _NEWEST = 1970, 2200


class ClockError(ValueError):
    """A moment that cannot be understood."""


def moment(text: str | None) -> datetime:
    """The aware moment that decides what is released; without an offset it is UTC.

    ``text`` is ``--now``; SOURCE_DATE_EPOCH (reproducible-builds.org) comes second.

    Raises:
        ClockError: neither can be understood.
    """
    if text is not None:
        try:
            said = datetime.fromisoformat(text)
        except ValueError as error:
            raise ClockError(
                f"--now {text!r} is no moment; write it as 2026-03-01T06:00:00-05:00"
            ) from error
        if not _OLDEST <= said.year <= _NEWEST:
            raise ClockError(f"--now {text!r} is no moment of this age")
        return said if said.tzinfo else said.replace(tzinfo=UTC)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch:
        try:
            return datetime.fromtimestamp(int(epoch), tz=UTC)
        except (ValueError, OverflowError, OSError) as error:
            raise ClockError(f"SOURCE_DATE_EPOCH={epoch!r} is no count of seconds") from error
    return datetime.now(tz=UTC)
