"""The phrases that castpress says to listeners, in the languages there is a catalogue for.

A catalogue is a JSON file in ``templates/languages/``: sections of phrases by name. ``{name}``
stands for a value and ``[words](name)`` for a link to one; a phrase with a number has a form for
each plural category of the language (Unicode CLDR, "Language Plural Rules").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

ENGLISH = "en"

RIGHT_TO_LEFT = frozenset({"ar", "arc", "dv", "fa", "he", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})
OTHER = "other"
CATEGORIES = ("zero", "one", "two", "few", "many", OTHER)

_SLOT = re.compile(r"\{(\w+)\}")
_LINK = re.compile(r"\[([^][]*)\]\((\w+)\)")
_STRONG = re.compile(r"[^\W\d_]")
_TO_THE_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


@dataclass(frozen=True, slots=True)
class Forms:
    """A phrase with one form for each plural category of its language: (category, text)."""

    forms: tuple[tuple[str, str], ...]

    def of(self, category: str) -> str:
        """The form for a category; the one for all others where the language needs no own."""
        forms = dict(self.forms)
        return forms.get(category) or forms.get(OTHER, "")

    @property
    def texts(self) -> tuple[str, ...]:
        """Every form."""
        return tuple(text for _, text in self.forms)


Phrase = str | Forms | tuple[str, ...]
"""What stands under a name: a phrase, one with plural forms, or a list (months)."""


@dataclass(frozen=True, slots=True)
class Messages:
    """All phrases in one language, by section and name: ``player.play``.

    What its catalogue lacks is there in English, so every name finds something.
    """

    language: str
    phrases: Mapping[str, Phrase]

    def __call__(self, name: str, /, **values: object) -> str:
        """The phrase as plain text; ``count`` chooses among plural forms.

        >>> few = Messages("en", {"n": Forms((("one", "{count} run"), ("other", "{count} runs")))})
        >>> few("n", count=1), few("n", count=3)
        ('1 run', '3 runs')

        Raises:
            KeyError: there is no phrase of that name, or no such value.
        """
        return self._filled(self._text(name, values), values)

    def html(self, name: str, /, **values: object) -> str:
        """The phrase as HTML, its links to addresses ready for an attribute.

        >>> Messages("en", {"p": "No <b>: [go](there)"}).html("p", there="../a/")
        'No &lt;b&gt;: <a href="../a/">go</a>'

        Raises:
            KeyError: there is no phrase of that name, or no such value.
        """
        parts = []
        end = 0
        text = self._text(name, values)
        for link in _LINK.finditer(text):
            parts.append(escape(self._filled(text[end : link.start()], values)))
            words = escape(self._filled(link[1], values))
            parts.append(f'<a href="{escape(str(values[link[2]]))}">{words}</a>')
            end = link.end()
        return "".join((*parts, escape(self._filled(text[end:], values))))

    def find(self, name: str) -> str | None:
        """The phrase, None where there is none of that name."""
        found = self.phrases.get(name)
        return found if isinstance(found, str) else None

    def listed(self, name: str) -> tuple[str, ...]:
        """The entries of a list.

        Raises:
            KeyError: there is no list of that name.
        """
        found = self.phrases[name]
        return found if isinstance(found, tuple) else (str(found),)

    def forms(self, name: str) -> dict[str, str]:
        """A phrase's forms by plural category, for scripts, which count for themselves."""
        found = self.phrases[name]
        return dict(found.forms) if isinstance(found, Forms) else {OTHER: str(found)}

    @property
    def direction(self) -> str:
        """``rtl`` or ``ltr``."""
        return direction(self.language)

    def _text(self, name: str, values: Mapping[str, object]) -> str:
        found = self.phrases[name]
        if isinstance(found, Forms):
            count = values.get("count")
            return found.of(category(self.language, count if isinstance(count, int) else 0))
        return found if isinstance(found, str) else found[0]

    def _filled(self, text: str, values: Mapping[str, object]) -> str:
        return _SLOT.sub(lambda slot: self._isolated(str(values[slot[1]])), text)

    def _isolated(self, value: str) -> str:
        """What runs the other way than the phrase, kept from turning the words around it."""
        letter = _STRONG.search(value)
        if letter is None:
            return value
        runs = "rtl" if _TO_THE_LEFT.match(letter[0]) else "ltr"
        return value if runs == self.direction else _FIRST_STRONG_ISOLATE + value + _POP_ISOLATE


def slots_of(phrase: Phrase) -> frozenset[str]:
    """The names of the values that a phrase speaks of, and of the addresses that it links to."""
    found = (name for text in _texts(phrase) for name in _SLOT.findall(text))
    return links_of(phrase) | frozenset(found)


def links_of(phrase: Phrase) -> frozenset[str]:
    """The names of the addresses that a phrase links to.

    >>> sorted(links_of("See [the {what}](there) or [here](here)"))
    ['here', 'there']
    """
    return frozenset(name for text in _texts(phrase) for _, name in _LINK.findall(text))


def _texts(phrase: Phrase) -> tuple[str, ...]:
    if isinstance(phrase, Forms):
        return phrase.texts
    return (phrase,) if isinstance(phrase, str) else phrase


def lineage(language: str) -> tuple[str, ...]:
    """The language and those that it is a kind of, the nearest first.

    >>> lineage("zh-Hant-TW")
    ('zh-Hant-TW', 'zh-Hant', 'zh')
    """
    parts = language.split("-")
    return tuple("-".join(parts[:end]) for end in range(len(parts), 0, -1))


def messages_in(language: str, known: Iterable[Messages]) -> Messages:
    """The phrases for a language: of its country, else of the language, else in English.

    >>> known = [Messages("en", {}), Messages("pt", {}), Messages("en-US", {})]
    >>> [messages_in(each, known).language for each in ("pt-BR", "en-us", "nl", "PT")]
    ['pt', 'en-US', 'en', 'pt']

    Raises:
        KeyError: not even English is known.
    """
    by_tag = {messages.language.casefold(): messages for messages in known}
    tags = (*lineage(language.casefold()), ENGLISH)
    return by_tag[next((tag for tag in tags if tag in by_tag), ENGLISH)]


def direction(language: str) -> str:
    """``rtl`` or ``ltr``, by the language's usual script.

    >>> direction("he-IL"), direction("en")
    ('rtl', 'ltr')
    """
    return "rtl" if language.partition("-")[0].lower() in RIGHT_TO_LEFT else "ltr"


def category(language: str, count: int) -> str:
    """The plural category of a whole number in a language; of one not listed, as in English.

    >>> [category(tag, 2) for tag in ("en", "ja", "ar", "pl-PL", "he")]
    ['other', 'other', 'two', 'few', 'two']
    """
    rule = _RULES.get(language.partition("-")[0].lower(), _one)
    return rule(count)


def categories_of(language: str) -> frozenset[str]:
    """The categories that whole numbers below a million fall into in a language.

    >>> sorted(categories_of("fr")), sorted(categories_of("ja"))
    (['one', 'other'], ['other'])
    """
    return frozenset(category(language, count) for count in range(201))


def _one(n: int) -> str:
    return "one" if n == 1 else OTHER


def _none_or_one(n: int) -> str:
    return "one" if n in {0, 1} else OTHER


def _without(n: int) -> str:
    return OTHER


def _hebrew(n: int) -> str:
    return {1: "one", 2: "two"}.get(n, OTHER)


def _arabic(n: int) -> str:
    if n in {0, 1, 2}:
        return ("zero", "one", "two")[n]
    return "few" if 3 <= n % 100 <= 10 else "many" if n % 100 >= 11 else OTHER


def _czech(n: int) -> str:
    return "one" if n == 1 else "few" if n in {2, 3, 4} else OTHER


def _polish(n: int) -> str:
    if n == 1:
        return "one"
    return "few" if n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14} else "many"


def _russian(n: int) -> str:
    if n % 10 == 1 and n % 100 != 11:
        return "one"
    return "few" if n % 10 in {2, 3, 4} and n % 100 not in {12, 13, 14} else "many"


_RULES: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("fr", "pt", "hi", "fa", "bn"), _none_or_one),
    **dict.fromkeys(("id", "ja", "ko", "ms", "th", "vi", "yue", "zh"), _without),
    **dict.fromkeys(("cs", "sk"), _czech),
    **dict.fromkeys(("be", "ru", "uk"), _russian),
    "ar": _arabic,
    "he": _hebrew,
    "pl": _polish,
}
