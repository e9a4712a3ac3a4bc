"""Catalogues of phrases: JSON texts become messages; what is wrong in one is said, not shown."""

from __future__ import annotations

import difflib
import json
import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.messages import (
    CATEGORIES,
    ENGLISH,
    OTHER,
    Forms,
    Messages,
    Phrase,
    lineage,
    links_of,
    messages_in,
    slots_of,
)
from castpress.model.problem import Location, Problem, Severity
from castpress.model.text import clean_text
from castpress.read.languages import (
    canonical_language,
    is_language,
    is_same_language,
    meant_language,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FOLDER = PurePosixPath("templates/languages")
"""Where catalogues lie in a show's folder, each named after its language: ``nl.json``."""

_Catalogue = dict[str, Phrase]
_ROLE = "role."
_MOST_FAULTS = 20
_BESIDES = {"word_lower": "word"}  # who is given the one is given the other


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
        if tag is None or not is_language(tag):
            problems.append(_no_language(name))
            continue
        mine, faults = _own_phrases(name, text, english)
        problems += faults
        base[tag] = base.get(tag, {}) | mine
    return tuple(_messages(tag, base, english) for tag in sorted(base)), tuple(problems)


def _messages(
    tag: str, catalogues: Mapping[str, _Catalogue], english: Mapping[str, Phrase]
) -> Messages:
    phrases = dict(english)
    for wider in reversed(lineage(tag)):
        phrases |= catalogues.get(wider, {})
    return Messages(tag, phrases)


def no_catalogue(
    language: str, messages: tuple[Messages, ...], place: Location
) -> Iterator[Problem]:
    """What pages say by themselves would be English in a show that is not."""
    if not is_same_language(messages_in(language, messages).language, language):
        tag = lineage(language)[-1].lower()
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
        return clean_text(value)
    if isinstance(value, list):
        entries = tuple(clean_text(entry) for entry in value if isinstance(entry, str))
        return entries if entries and len(entries) == len(value) else None
    if isinstance(value, dict) and isinstance(value.get(OTHER), str):
        texts = ((name, value.get(name)) for name in CATEGORIES)
        return Forms(tuple((name, clean_text(t)) for name, t in texts if isinstance(t, str)))
    return None


def _no_language(name: str) -> Problem:
    meant = meant_language(name)
    return _wrong(
        name,
        f"{name!r} is no language, so nobody reads this file",
        1,
        f"name it {meant}.json" if meant else "name it after its language: nl.json for Dutch",
    )


def _wrong(name: str, message: str, line: int, advice: str) -> Problem:
    place = Location(FOLDER / f"{name}.json", line)
    return Problem("wrong-phrase", message, place, Severity.WARNING, advice)


def _own_phrases(
    name: str, text: str, english: Mapping[str, Phrase]
) -> tuple[_Catalogue, list[Problem]]:
    """The phrases of an author's catalogue that can be used, and what is wrong with the others."""
    try:
        sections = json.loads(text)
    except json.JSONDecodeError as fault:
        message = f"this is no JSON: {fault.msg}"
        return {}, [_wrong(name, message, fault.lineno, "mend that line")]
    except (ValueError, RecursionError):
        return {}, [_wrong(name, "this is no JSON", 1, "begin again with a phrase or two")]
    if not isinstance(sections, dict):
        advice = 'begin with a section: {"player": {"share": "…"}}'
        return {}, [_wrong(name, "a catalogue has sections with phrases in them", 1, advice)]
    found: _Catalogue = {}
    misfits = []
    for key, value in _named(sections):
        phrase, known = _phrase(value), english.get(key)
        if key.startswith(_ROLE) and isinstance(phrase, str):  # a role may be anything
            found[clean_text(key.lower())] = phrase
        elif known is None or phrase is None or _slip(phrase, known):
            misfits.append((key, phrase))
        else:
            found[key] = phrase
    return found, [*_faults(name, text, misfits, english)]


def _faults(
    name: str,
    text: str,
    misfits: Sequence[tuple[str, Phrase | None]],
    english: Mapping[str, Phrase],
) -> Iterator[Problem]:
    """What to say of phrases that cannot be used; of very many only the first."""
    for key, phrase in misfits[:_MOST_FAULTS]:
        message, advice = _misfit(key, phrase, english)
        yield _wrong(name, message, _line_of(text, key), advice)
    more = len(misfits) - _MOST_FAULTS
    if more > 0:
        yield _wrong(name, f"{more} more phrases cannot be used", 1, "mend the others first")


def _misfit(key: str, phrase: Phrase | None, english: Mapping[str, Phrase]) -> tuple[str, str]:
    """Why a phrase cannot be used under a name, and what to type."""
    known = english.get(key)
    if known is None:
        near = difflib.get_close_matches(key, english, n=1)
        advice = f"did you mean {near[0]!r}?" if near else "docs/languages.md lists all names"
        return f"there is no phrase named {key!r}", advice
    return f"{key}: {_slip(phrase, known)}", f"write it like {_example(known)}"


def _named(sections: Mapping[str, object]) -> Iterator[tuple[str, object]]:
    """What stands under each section and name; a section that is none counts as a phrase."""
    for section, names in sections.items():
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
    if isinstance(phrase, Forms) and isinstance(known, str):
        return "no number stands here that could choose among forms"
    return _value_slip(phrase, known)


def _value_slip(phrase: Phrase, known: Phrase) -> str:
    """What is wrong with the values and links of a phrase; empty if nothing is."""
    given = slots_of(known)
    given |= {_BESIDES[name] for name in given if name in _BESIDES}
    for name in sorted(slots_of(phrase) - given):
        return f"nothing is called {{{name}}} here"
    for name in sorted(links_of(phrase) - links_of(known)):
        return f"{{{name}}} is no address that words could link to"
    for name in sorted((slots_of(phrase) & links_of(known)) - links_of(phrase)):
        return f"{{{name}}} is an address, which words link to: [words]({name})"
    return ""


def _example(known: Phrase) -> str:
    if isinstance(known, Forms):
        return json.dumps(dict(known.forms), ensure_ascii=False)
    return json.dumps(known, ensure_ascii=False)


def _line_of(text: str, key: str) -> int:
    """The line of a phrase, as near as its section and name tell."""
    section, _, name = key.partition(".")
    places = [0]
    for words in (key,) if f'"{key}"' in text else (section, name):
        opening = r"\s*:\s*\{" if words is section and name else r"\s*:"
        place = re.compile(f'"{re.escape(words)}"{opening}').search(text, places[-1])
        if place is None:
            break
        places.append(place.start())
    return text.count("\n", 0, places[-1]) + 1
