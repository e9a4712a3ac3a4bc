"""A request on its way, and the faults that can strike it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qsl


class Fault(StrEnum):
    """What happens to a request; the first line of each says what the server has done by then."""

    RESET_BEFORE = "reset-before"
    RESET_AFTER = "reset-after"
    SWALLOWED = "swallowed-answer"
    ERROR_500 = "500"
    SLOW_DOWN = "503"
    TOO_MANY = "429"
    TRUNCATED = "truncated"
    SLOW = "slow"
    WRONG_BYTE = "wrong-checksum"
    CONFLICT = "409"
    PRECONDITION = "412"
    SKEWED = "403"
    DUPLICATE = "duplicate"
    TIMEOUT = "timeout"


ANSWERS = {
    Fault.ERROR_500: (500, "InternalError", "We encountered an internal error."),
    Fault.SLOW_DOWN: (503, "SlowDown", "Please reduce your request rate."),
    Fault.TOO_MANY: (429, "TooManyRequests", "Please reduce your request rate."),
    Fault.CONFLICT: (409, "ConditionalRequestConflict", "A conflicting operation was in progress."),
    Fault.PRECONDITION: (412, "PreconditionFailed", "A precondition did not hold."),
    Fault.SKEWED: (403, "RequestTimeTooSkewed", "The difference of the clocks is too large."),
}
"""The faults that are answers of a server that has done nothing."""

MOMENTS = ("before", "done", "after")
"""When the hook is called: not forwarded yet, done and not answered yet, answered."""


@dataclass
class Request:
    """One request as it went by; ``status`` is what the client was given, 0 for nothing."""

    number: int
    method: str
    path: str
    query: str
    range: str = ""
    received: int = 0
    answered: int = 0
    status: int = 0
    done: int = 0
    fault: Fault | None = None
    is_struck: bool = False

    @property
    def changes(self) -> bool:
        """Whether it is one that may change something."""
        return self.method in ("PUT", "POST", "DELETE")

    @property
    def parameters(self) -> dict[str, str]:
        """The query, taken apart."""
        return dict(parse_qsl(self.query, keep_blank_values=True))
