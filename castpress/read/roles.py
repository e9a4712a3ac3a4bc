"""Which heading means what: the show's words compared with the author's."""

from __future__ import annotations

import re
from functools import lru_cache

from castpress.model.notes import SectionRole, Vocabulary

_APOSTROPHES = re.compile("['’‘´`]")
_NOT_WORDS = re.compile(r"[\W_]+")
_LONGEST_LEAD_IN = 100

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
    (SectionRole.TAKEAWAYS, "takeaways"),
)
# How sites lead in to what else there is to read, beside what the vocabulary lists.
_RELATED = re.compile(
    r"(?:(?:here|these) are )?(?:some |a few )?(?:other|more|similar|related|further|recommended) "
    r"(?:\w+ ){0,2}?(?:articles|posts|videos|episodes|reads|reading|stories|lessons|recipes|guides"
    r"|blogs|things)(?: (?:and|or) \w+)? (?:(?:that|which) )?(?:(?:may|might|could|will) )?"
    r"(?:also )?(?:interest you|you (?:\w+ ){0,2}(?:like|enjoy|love|interested in))"
    r"|(?:related|similar|recommended|suggested) (?:\w+ )?(?:articles?|posts?|reading|episodes?"
    r"|videos?|content|lessons?|stories|blogs?)|you (?:may|might|could|will|would) (?:also |even )?"
    r"(?:like|enjoy|love|be interested in|find interesting)(?: these| this)?(?: \w+){0,2}"
    r"|(?:das|dies) könnte (?:dich|sie) (?:auch )?interessieren"
    r"|vous (?:aimerez|pourriez) aussi.{0,20}"
    r"|también te puede interesar"
)
_TOPICS = re.compile(
    r" (?:today|this (?:lesson|episode|class|week|video|session)|what|we) (?:\w+ ){0,4}"
    r"(?:cover(?:ed|ing)?|learn|discuss(?:ed)?|talk(?:ed)? about|look at)(?: the following)? $"
)
_MAY_BE_RELATED = re.compile("you|relat|simil|recommend|suggest|interes|aussi")
_LED_IN = frozenset((SectionRole.TOPICS, SectionRole.EXERCISES))


@lru_cache(maxsize=512)
def compared(text: str) -> str:
    """The words of a text as they are compared: no case, no punctuation.

    >>> compared("What’s this episode about?")
    'whats this episode about'
    """
    return _NOT_WORDS.sub(" ", _APOSTROPHES.sub("", text.casefold())).strip()


def role_of(heading: str, vocabulary: Vocabulary) -> SectionRole:
    """What a section with this heading is for.

    >>> role_of("More posts you might enjoy", Vocabulary()).value
    'related'
    """
    words = compared(heading)
    role = _table(vocabulary).get(words)
    if role is not None:
        return role
    if len(words) > _LONGEST_LEAD_IN or not _MAY_BE_RELATED.search(words):
        return SectionRole.TEXT
    if _RELATED.fullmatch(words):
        return SectionRole.RELATED
    return SectionRole.TEXT


def role_of_lead_in(line: str, vocabulary: Vocabulary) -> SectionRole:
    """What a list is for whose lead-in line says so somewhere in its sentence.

    >>> role_of_lead_in("In this lesson we cover the following topics:", Vocabulary()).value
    'topics'
    >>> role_of_lead_in("Today we're covering:", Vocabulary()).value
    'topics'
    """
    words = f" {compared(line)} "
    for phrase, role in _table(vocabulary).items():
        if role in _LED_IN and f" {phrase} " in words:
            return role
    is_topics = len(words) <= _LONGEST_LEAD_IN and _TOPICS.search(words) is not None
    return SectionRole.TOPICS if is_topics else SectionRole.TEXT


@lru_cache(maxsize=16)
def _table(vocabulary: Vocabulary) -> dict[str, SectionRole]:
    table: dict[str, SectionRole] = {}
    for role, name in _ROLES:
        for phrase in getattr(vocabulary, name):
            key = compared(phrase)
            if key:
                table.setdefault(key, role)
    return table
