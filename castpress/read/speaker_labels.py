"""Which words before a colon name a speaker: ``Amy: hello`` and not ``Remember: breathe``."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from castpress.read.transcript_parts import Said

_LABEL = re.compile(r"(>{2,3} ?)?[-–—]? ?([^:：\n]{1,60}?) ?[:：](?=\s|$|[^\x00-\u02ff])\s*")
_NOT_IN_NAMES = re.compile(r"[!?;\"“”„…=/\\@*<>\[\]{}|]")
_IN_BRACKETS = re.compile(r"\([^()]{0,40}\)")
_ABBREVIATION = re.compile(
    r"(?:[^\W\d_]\.){1,3}|(?:dr|mr|mrs|ms|prof|st|jr|sr|hr|fr|m|mme|pr|rev)\.", re.IGNORECASE
)
_LINKS = (
    "a al and bin da das de del della den der di do dos du e el en et i la le las los of och og "
    "ter the to und van vom von y z & +"
)
_PARTICLES = frozenset(_LINKS.split())
# One row a language: how tools call somebody whose name they do not know.
_NAMELESS = re.compile(
    r"(?:unknown |unidentified )?(?:speaker|spk|voice|participant|person|caller|interviewer"
    r"|interviewee|male|female|man|woman|host|guest|moderator|announcer|narrator"
    r"|sprecher(?:in)?|teilnehmer(?:in)?|unbekannt|moderator(?:in)?|gast"
    r"|intervenante?|locut(?:eur|rice)|orateur|invitée?|animat(?:eur|rice)"
    r"|hablante|interlocutora?|locutora?|orador(?:a)?|participante|falante"
    r"|parlante|relatore|spreker|deelnemer|talare|deltagare|mówca|rozmówca|prelegent"
    r"|спикер|говорящий|собеседник|диктор|話者|スピーカー|说话人|說話人|发言人|讲话人)"
    r"[ _#-]{0,2}(?:\d{1,3}|[A-Za-z])?",
    re.IGNORECASE,
)
# What begins a sentence with a colon, and is nobody.
_SENTENCES = (
    "note notes nb ps pps warning caution important attention remember reminder update spoiler "
    "disclaimer question questions answer example examples tip tips hint step steps rule rules "
    "fact facts point points number part chapter section lesson episode title subtitle date "
    "time topic topics summary source sources link links recording music sound transcript "
    "translation intro outro today tomorrow yesterday monday tuesday wednesday thursday friday "
    "saturday sunday first second third fourth fifth finally lastly next then now so but and or "
    "yes no well okay ok again also plus because which meaning this that these those here there "
    "it he she they we you i one two three four five six seven eight nine ten what why how who "
    "when where whereas however therefore bonus conclusion result results goal problem solution "
    "idea quote verse psalm website web email e-mail phone address twitter instagram facebook "
    "https http www hinweis achtung frage antwort beispiel tipp schritt regel thema kapitel "
    "teil quelle merke remarque réponse exemple conseil étape règle sujet chapitre nota "
    "atención pregunta respuesta ejemplo consejo paso regla tema capítulo atenção pergunta "
    "resposta exemplo dica passo regra"
)
_NOT_SPEAKERS = frozenset(_SENTENCES.split())
_FEWEST_CAPITALS = 3
_OFTEN_SHARE = 0.3
_LETTER = re.compile(r"[^\W\d_]")
_MOST_SMALL, _OFTEN_SMALL = 3, 5
_LONGEST_LABEL, _MOST_WORDS, _MOST_PEOPLE = 50, 6, 12


class Label(NamedTuple):
    """Words before a colon that may be a name, and the words behind it.

    ``is_sure`` where only speakers are marked so, ``is_small`` where a name would have a capital.
    """

    name: str
    words: str
    is_sure: bool = False
    is_small: bool = False


def find_label(text: str) -> Label | None:
    """The label that a line begins with, None where it begins with none.

    >>> find_label("Ann Lee: Hello: you")
    Label(name='Ann Lee', words='Hello: you', is_sure=False, is_small=False)
    >>> find_label("So she said to me: soup") is None
    True
    """
    head = text[:80]
    if ":" not in head and "：" not in head:
        return None
    match = _LABEL.match(text)
    if match is None:
        return None
    name = match[2].strip(" *_")
    is_sure = match[1] is not None or is_nameless(name)
    if reads_as_name(name):
        return Label(name, text[match.end() :], is_sure)
    is_small = name.islower() and name.count(" ") < _MOST_SMALL and reads_as_name(name.title())
    return Label(name, text[match.end() :], is_sure, is_small=True) if is_small else None


def reads_as_name(text: str) -> bool:
    """Whether a text could be a speaker's name by its letters alone.

    >>> names = ("Coach Amy", "J. R. van Dyk", "Amy (host)", "Speaker 1", "小明", "Step one is")
    >>> [reads_as_name(name) for name in names]
    [True, True, True, True, True, False]
    """
    if not text or len(text) > _LONGEST_LABEL:
        return False
    if is_nameless(text):
        return True
    words = _IN_BRACKETS.sub("", text).split()
    if not 0 < len(words) <= _MOST_WORDS or compared(words[0]) in _NOT_SPEAKERS:
        return False
    if _NOT_IN_NAMES.search(text) or _LETTER.search(text) is None:
        return False
    return _starts_large(words[-1]) and all(
        (_starts_large(word) or word.casefold() in _PARTICLES)
        and (word[-1] != "." or _ABBREVIATION.fullmatch(word))
        for word in words
    )


def _starts_large(word: str) -> bool:
    """Whether a word begins like a name; scripts without capitals have nothing to show."""
    letter = next((c for c in word if c.isalpha()), None)
    return letter is None or not letter.islower()


def is_nameless(label: str) -> bool:
    """Whether a tool called somebody so whose name it did not know.

    >>> is_nameless("Speaker 1"), is_nameless("SPEAKER_00"), is_nameless("Amy")
    (True, True, False)
    """
    return _NAMELESS.fullmatch(label.strip()) is not None


@lru_cache(maxsize=1024)
def compared(label: str) -> str:
    """The label as it is compared with others: no case, no accents, no marks.

    >>> compared(" [ZOË  Smith (host)] ")
    'zoe smith host'
    """
    plain = unicodedata.normalize("NFKD", label.casefold())
    letters = (" " if c in "_[]()*:.," else c for c in plain if not unicodedata.combining(c))
    return " ".join("".join(letters).split())


def speakers_among(
    labels: Iterable[Label], texts: int, known: Collection[str], *, is_strict: bool = False
) -> frozenset[str]:
    """Those of the labels that name speakers (as compared): known ones, frequent ones, capitals.

    ``texts`` is how many texts there are in all. Where the file marks its speakers in another way
    too, ``is_strict`` takes only those that are known.
    """
    by_name: dict[str, list[Label]] = {}
    for label in labels:
        by_name.setdefault(compared(label.name), []).append(label)
    are_often = sum(map(len, by_name.values())) >= _OFTEN_SHARE * texts
    names = frozenset(word for name in known for word in compared(name).split() if len(word) > 1)
    found = set()
    for name, uses in by_name.items():
        letters = "".join(c for c in uses[0].name if c.isalpha())
        is_large = len(letters) >= _FEWEST_CAPITALS and letters.isupper()
        is_usual = not is_strict and (len(uses) > 1 or are_often or is_large)
        is_known = not names.isdisjoint(name.split())
        if any(label.is_small for label in uses):
            is_usual = len(uses) >= _OFTEN_SMALL
        if is_usual or is_known or any(label.is_sure for label in uses):
            found.add(name)
    return frozenset(found)


def with_labels(said: Sequence[Said], known: Collection[str]) -> tuple[Said, ...]:
    """The pieces with the speakers that their text names, where no other mark does."""
    labels = [
        label
        for one in said
        if one.speaker is None
        for label in map(find_label, one.text.split("\n"))
        if label is not None
    ]
    texts = sum(one.speaker is None for one in said)
    speakers = speakers_among(labels, texts, known, is_strict=texts < len(said))
    if not speakers:
        return _with_first_lines(said)
    named: list[Said] = []
    for one in said:
        named += [one] if one.speaker is not None else _divided(one, speakers)
    return tuple(named)


def _divided(one: Said, speakers: frozenset[str]) -> list[Said]:
    """A piece by its labels: several people may speak in it, each from a line of his own on."""
    turns: list[tuple[str | None, list[str]]] = [(None, [])]
    for line in one.text.split("\n"):
        label = find_label(line)
        if label is not None and compared(label.name) in speakers:
            turns.append((label.name, [label.words]))
        else:
            turns[-1][1].append(line)
    divided = []
    for speaker, lines in turns:
        text = "\n".join(filter(None, lines))
        if text:
            divided.append(replace(one, text=text, speaker=speaker))
    return divided


def _with_first_lines(said: Sequence[Said]) -> tuple[Said, ...]:
    """Names on a line of their own above the words, where most pieces have one of a few."""
    first: list[str | None] = []
    for one in said:
        line, _, words = one.text.partition("\n")
        is_name = one.speaker is None and bool(words) and reads_as_name(line)
        first.append(line if is_name and line[-1] not in ".," else None)
    counts = Counter(line for line in first if line)
    often = {line for line, count in counts.items() if count > 1}
    if sum(counts[line] for line in often) * 2 <= len(said) or len(often) > _MOST_PEOPLE:
        return tuple(said)
    return tuple(
        replace(one, text=one.text.partition("\n")[2], speaker=line) if line in often else one
        for one, line in zip(said, first, strict=True)
    )
