"""Which heading means what: the show's words compared with the author's."""

from __future__ import annotations

import re
from functools import lru_cache

from castpress.model.notes import SectionRole, Vocabulary

_APOSTROPHES = re.compile("['’‘´`]")
_NOT_WORDS = re.compile(r"[\W_]+")

# In this order a heading that two lists claim is decided.
_ROLES: tuple[tuple[SectionRole, str], ...] = (
    (SectionRole.SUMMARY, "summary"),
    (SectionRole.TOPICS, "topics"),
    (SectionRole.EXERCISES, "exercises"),
    (SectionRole.LINKS, "links"),
    (SectionRole.EQUIPMENT, "equipment"),
    (SectionRole.CORRECTIONS, "corrections"),
    (SectionRole.TRANSCRIPT, "transcript"),
    (SectionRole.RELATED, "related"),
)
_LED_IN = frozenset((SectionRole.TOPICS, SectionRole.EXERCISES))


@lru_cache(maxsize=512)
def compared(text: str) -> str:
    """The words of a text as they are compared: no case, no punctuation.

    >>> compared("What’s this episode about?")
    'whats this episode about'
    """
    return _NOT_WORDS.sub(" ", _APOSTROPHES.sub("", text.casefold())).strip()


def role_of(heading: str, vocabulary: Vocabulary) -> SectionRole:
    """What a section with this heading is for."""
    return _table(vocabulary).get(compared(heading), SectionRole.TEXT)


def role_of_lead_in(line: str, vocabulary: Vocabulary) -> SectionRole:
    """What a list is for whose lead-in line says so somewhere in its sentence.

    >>> role_of_lead_in("In this lesson we cover the following topics:", Vocabulary()).value
    'topics'
    """
    words = f" {compared(line)} "
    for phrase, role in _table(vocabulary).items():
        if role in _LED_IN and f" {phrase} " in words:
            return role
    return SectionRole.TEXT


@lru_cache(maxsize=16)
def _table(vocabulary: Vocabulary) -> dict[str, SectionRole]:
    table: dict[str, SectionRole] = {}
    for role, name in _ROLES:
        for phrase in getattr(vocabulary, name):
            key = compared(phrase)
            if key:
                table.setdefault(key, role)
    return table
