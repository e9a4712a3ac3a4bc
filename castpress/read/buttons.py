"""Which lines are texts of buttons."""

from __future__ import annotations

import re

_BUTTON = re.compile(
    r"(?:book|schedule|reserve|request|claim|get|start|try|order|buy|join|register|sign up|enrol+"
    r"|apply|subscribe|donate|contact|call|become|shop|pre-?order|grab|termin|jetzt|réserve[rz]?"
    r"|reserva[r]?|inscr\w+|anmelden)\b(?P<rest>.{0,40})",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    (
        *("a", "an", "the", "your", "my", "our", "now", "today", "here", "us", "me", "for", "in"),
        *("up", "to", "with", "and", "of", "this", "free", "it", "on", "at", "one", "started"),
    )
)
_MOST_BUTTON_WORDS = 6


def is_button(line: str) -> bool:
    """Whether a line is the text of a button: an invitation, short, and no sentence.

    >>> is_button("Book a Seat"), is_button("Book early to get a good seat")
    (True, False)
    """
    match = _BUTTON.fullmatch(line)
    words = line.split()
    if match is None or len(words) > _MOST_BUTTON_WORDS or line[-1] in ".?:,;":
        return False
    rest = [word for word in match["rest"].split() if word.lower().strip("!") not in _SMALL_WORDS]
    return len(rest) <= 1 or all(word[0].isupper() or not word[0].isalpha() for word in rest)
