"""Catalogues of phrases: JSON texts become messages; what is wrong in one is said, not shown."""

from __future__ import annotations

import difflib
import json
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.messages import (
    CATEGORIES,
    ENGLISH,
    OTHER,
    Forms,
    Messages,
    Phrase,
    slots_of,
)
from castpress.model.problem import Location, Problem, Severity
from castpress.read.languages import canonical_language, is_language

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = PurePosixPath("templates/languages")
"""Where catalogues lie in a show's folder, each named after its language: ``nl.json``."""

_Catalogue = dict[str, Phrase]
_ROLE = "role."


def read_messages(
    packaged: Mapping[str, str], own: Mapping[str, str]
) -> tuple[tuple[Messages, ...], tuple[Problem, ...]]:
    """Messages of every language that has a catalogue, from JSON texts by language.

    ``own`` are the show's, whose phrases take the place of the packaged ones one by one. What a
    language lacks is taken from the language without its country, else from English.
    """
    problems: list[Problem] = []
    base = {tag: _phrases(text) for tag, text in packaged.items()}
    english = base.get(ENGLISH, {})
    for name, text in own.items():
        tag = canonical_language(name)
        if tag is None or not is_language(name):
            problems.append(_no_language(name))
            continue
        mine, faults = _own_phrases(name, text, english)
        problems += faults
        base[tag] = base.get(tag, {}) | mine
    return tuple(
        Messages(tag, english | base.get(tag.partition("-")[0], {}) | base[tag])
        for tag in sorted(base)
    ), tuple(problems)


def no_catalogue(
    language: str, messages: tuple[Messages, ...], place: Location
) -> Iterator[Problem]:
    """What pages say by themselves would be English in a show that is not."""
    known = sorted(m.language for m in messages if "-" not in m.language)
    tag = language.partition("-")[0].lower()
    if tag not in known:
        yield Problem(
            "no-catalogue",
            f"castpress has no words in {language!r} for buttons and headings, so they are English",
            place,
            Severity.NOTE,
            f"translate what you like to in {FOLDER}/{tag}.json (docs/languages.md has an example)",
        )


def _phrases(text: str) -> _Catalogue:
    """The phrases of a sound catalogue by section and name.

    Raises:
        ValueError: it is no JSON.
    """
    return {
        f"{section}.{name}": phrase
        for section, names in json.loads(text).items()
        for name, value in names.items()
        if (phrase := _phrase(value)) is not None
    }


def _phrase(value: object) -> Phrase | None:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(entry, str) for entry in value):
        return tuple(value)
    if isinstance(value, dict) and isinstance(value.get(OTHER), str):
        texts = [(name, value[name]) for name in CATEGORIES if isinstance(value.get(name), str)]
        return Forms(tuple(texts))
    return None


def _no_language(name: str) -> Problem:
    return Problem(
        "wrong-phrase",
        f"{name!r} is no language, so nobody reads this file",
        Location(FOLDER / f"{name}.json", 1),
        Severity.WARNING,
        "name it after the language of its words: nl.json for Dutch",
    )


def _own_phrases(
    name: str, text: str, english: Mapping[str, Phrase]
) -> tuple[_Catalogue, list[Problem]]:
    """The phrases of an author's catalogue that can be used, and what is wrong with the others."""
    file = FOLDER / f"{name}.json"

    def wrong(message: str, line: int, advice: str) -> Problem:
        return Problem("wrong-phrase", message, Location(file, line), Severity.WARNING, advice)

    try:
        sections = json.loads(text)
    except json.JSONDecodeError as fault:
        return {}, [wrong(f"this is no JSON: {fault.msg}", fault.lineno, "mend that line")]
    except (ValueError, RecursionError):
        return {}, [wrong("this is no JSON", 1, "begin again with a phrase or two")]
    found: _Catalogue = {}
    problems = []
    for key, value in _named(sections):
        line = _line_of(text, key)
        known = english.get(key)
        if known is None:
            if key.startswith(_ROLE) and isinstance(value, str):  # a role may be anything
                found[key] = value
                continue
            near = difflib.get_close_matches(key, list(english), n=1)
            advice = f"did you mean {near[0]!r}?" if near else "docs/languages.md lists all names"
            problems.append(wrong(f"there is no phrase named {key!r}", line, advice))
            continue
        phrase = _phrase(value)
        slip = _slip(phrase, known)
        if phrase is None or slip:
            problems.append(wrong(f"{key}: {slip}", line, f"write it like {_example(known)}"))
            continue
        found[key] = phrase
    return found, problems


def _named(sections: object) -> Iterator[tuple[str, object]]:
    """What stands under each section and name; a section that is none counts as a phrase."""
    for section, names in sections.items() if isinstance(sections, dict) else ():
        if not isinstance(names, dict):
            yield section, names
            continue
        for name, value in names.items():
            yield f"{section}.{name}", value


def _slip(phrase: Phrase | None, known: Phrase) -> str:
    """What is wrong with a phrase in the place of a known one; empty if nothing is."""
    if phrase is None:
        return "this is no phrase"
    if isinstance(known, tuple):
        is_whole = isinstance(phrase, tuple) and len(phrase) == len(known)
        return "" if is_whole else f"{len(known)} entries are needed"
    if isinstance(phrase, tuple):
        return "this is a list, and one phrase is needed"
    more = sorted(slots_of(phrase) - slots_of(known))
    return f"nothing is called {{{more[0]}}} here" if more else ""


def _example(known: Phrase) -> str:
    if isinstance(known, Forms):
        return json.dumps(dict(known.forms), ensure_ascii=False)
    return json.dumps(known, ensure_ascii=False)


def _line_of(text: str, name: str) -> int:
    """The line of a phrase, as near as its section and name tell."""
    section, _, own = name.partition(".")
    start = text.find(f'"{section}"')
    place = text.find(f'"{own}"', max(start, 0)) if own else start
    return text.count("\n", 0, max(place, start, 0)) + 1
