"""The number that a title begins with: ``Lesson 6: The Lower Back``."""

from __future__ import annotations

import re

_LESSON = (
    r"lesson|episode|ep\.?|class|lecture|session|day|lektion|folge|leçon|épisode|lección|episodio"
    r"|aula|lezione|les|aflevering|avsnitt|issue|ausgabe"
)
_SEASON = r"module|section|unit|week|part|season|chapter|block|level|modul|teil|módulo"
_TITLE = re.compile(
    rf"\s*(?:(?P<word>{_LESSON}|{_SEASON})\s*#?|#)\s*(?P<number>[0-9]{{1,5}})\s*"
    r"(?:[:.|–—-]\s*(?P<name>\S.*))?",
    re.IGNORECASE | re.DOTALL,
)
_IS_SEASON = re.compile(_SEASON, re.IGNORECASE)


def number_in_title(title: str) -> int | None:
    """The number of the lesson or episode, None where the title begins with none.

    >>> number_in_title("Lesson 6: The Lower Back"), number_in_title("6 drills for runners")
    (6, None)
    """
    return number_and_name(title)[1]


def number_and_name(title: str) -> tuple[str, int | None, str]:
    """The word, the number and the name of a numbered title; no number where it has none.

    >>> number_and_name("Module 2: The Starter")
    ('Module', 2, 'The Starter')
    """
    match = _TITLE.fullmatch(title)
    if match is None:
        return "", None, title
    return match["word"] or "", int(match["number"]), (match["name"] or "").strip()


def is_season(title: str) -> bool:
    """Whether a numbered title is that of a part of a course, with lessons below it."""
    word, number, _ = number_and_name(title)
    return number is not None and _IS_SEASON.fullmatch(word) is not None
