"""``podcast:`` in settings and front matter: tags as their documentation writes them.

A few tags of the podcast namespace are for few shows and change often, such as payments and live
streams. They are written with the names of the namespace itself, held against the table of
elements, and passed through as they are; all others have a key of their own.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from castpress.model.element_check import Fault, check_element
from castpress.model.element_rules import Seen
from castpress.model.element_table import CHILDREN, ELEMENTS
from castpress.model.feed_tags import Element
from castpress.model.problem import Problem, Severity
from castpress.model.text import clean_text
from castpress.model.value_kinds import ANY_TEXT, DESCRIPTION, RECORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from castpress.model.element_check import ElementFault, Path
    from castpress.model.problem import Location
    from castpress.model.value_kinds import Kind

    Step = str | int
    Steps = tuple[Step, ...]

PASSED_ON = ("value", "liveItem", "contentLink", "chat")
"""The tags that are written below ``podcast:``."""

_OWN_KEYS = {
    "transcript": "put the transcript beside the notes, or write `transcript:` with its file",
    "locked": "write `locked:`",
    "funding": "write `funding:`, each with `title:` and `url:`",
    "chapters": "write `chapters:`, or times in the notes",
    "soundbite": "write `soundbites:`",
    "person": "write `people:`, each with `name:` and `role:`",
    "location": "write `location:`",
    "season": "write `season:`",
    "episode": "write `episode:`",
    "license": "write `license:`",
    "guid": "write `guid:`",
    "medium": "write `medium:`",
    "image": "write `images:`",
    "images": "write `images:`",
    "socialInteract": "write `discussion:`",
    "block": "write `block:`",
    "txt": "write `txt:`",
    "podroll": "write `podroll:`",
    "publisher": "write `publisher:`",
    "updateFrequency": "write `update_frequency:`",
    "trailer": "write `type: trailer` in the note of the trailer",
    "alternateEnclosure": "write `alternates:`",
    "podping": "write `announce:` with `podping: true` below it",
}
_MANY_LINES = (ANY_TEXT, DESCRIPTION, RECORD)
_PLACES = ("show.yaml", "the front matter of a note")
_LONGEST_QUOTE = 60
_FEW_KEYS = 10


def read_podcast_tags(
    tags: Mapping[str, object], parent: str, place: Callable[..., Location]
) -> tuple[tuple[Element, ...], tuple[Problem, ...]]:
    """The elements that ``podcast:`` asks for, and a problem for each thing that is wrong.

    ``parent`` is ``channel`` or ``item``; ``place`` gives the place of a value by its path below
    ``podcast``. A lone mapping is a list of one, ``text`` the text of an element. An element with
    a fault is left out.
    """
    reading = _Reading(place)
    elements: list[Element] = []
    for key, value in tags.items():
        name = f"podcast:{key}"
        if key not in PASSED_ON:
            reading.unknown_tag(str(key))
        elif name not in CHILDREN[parent]:
            here, there = _PLACES if parent == "channel" else _PLACES[::-1]
            message = f"{key!r} is not known in {here}"
            reading.tell("unknown-key", message, (key,), f"write it below `podcast:` in {there}")
        else:
            elements += reading.elements(name, value, (key,), CHILDREN[parent][name].most)
    return tuple(elements), tuple(reading.problems)


@dataclass(slots=True)
class _Reading:
    """What has been found so far.

    ``told`` are the paths of values that were found wrong, ``bare`` those of elements that were
    written as their text alone.
    """

    place: Callable[..., Location]
    problems: list[Problem] = field(default_factory=list)
    told: set[Steps] = field(default_factory=set)
    bare: set[Steps] = field(default_factory=set)

    def tell(self, code: str, message: str, path: Steps, advice: str) -> None:
        self.told.add(path)
        place = self.place(*path)
        self.problems.append(Problem(code, message, place, Severity.ERROR, advice))

    def unknown_tag(self, key: str) -> None:
        if key in _OWN_KEYS:
            self.tell("renamed-key", f"{key!r} has a key of its own here", (key,), _OWN_KEYS[key])
            return
        near = _near(key, (*PASSED_ON, *_OWN_KEYS))
        own = _OWN_KEYS.get(near or "")
        known = f"known here: {', '.join(PASSED_ON)}"
        advice = own or (f"did you mean `{near}`?" if near else known)
        self.tell("unknown-key", f"{key!r} is not known here", (key,), advice)

    def elements(
        self, name: str, value: object, path: Steps, most: int | None
    ) -> Iterator[Element]:
        """The elements of one tag that have no fault."""
        for index, seen, own in self._each(value, path):
            before = len(self.problems)
            if most is not None and index >= most:
                message = f"{_spoken(path)}: expected {most}, found {index + 1}"
                self.tell("bad-value", message, own, "keep one")
            paths: dict[Path, Steps] = {}
            found = self._seen(name, seen, own, (), paths)
            if found is None:
                continue
            for fault in check_element(found, is_strict=True):
                self._tell_fault(fault, paths)
            if len(self.problems) == before:
                yield _as_element(found)

    def _each(self, value: object, path: Steps) -> Iterator[tuple[int, object, Steps]]:
        """Each of the values that stand behind a name, with its path."""
        if not isinstance(value, list):
            yield 0, value, path
            return
        if not value:
            self._nothing(path)
        for index, each in enumerate(value):
            yield index, each, (*path, index)

    def _seen(
        self, name: str, value: object, path: Steps, below: Path, paths: dict[Path, Steps]
    ) -> Seen | None:
        """The element as the table sees it; ``paths`` remembers where its parts were typed."""
        rule, inside = ELEMENTS[name], CHILDREN.get(name, {})
        paths[below] = path
        if value is None or value == "":
            self._nothing(path)
            return None
        if isinstance(value, str) and rule.text is not None:
            self.bare.add(path)
            return _with_defaults(Seen(name, _tidy(value, rule.text, is_text=True), {}, ()))
        if not isinstance(value, dict):
            message = f"{_spoken(path)}: expected `key: value` lines, {_found(value)}"
            self.tell("bad-value", message, path, "write them indented below it")
            return None
        kinds = {attribute.name: attribute.kind for attribute in rule.attributes}
        text = ""
        attributes: dict[str, str] = {}
        children: list[Seen] = []
        for key, each in value.items():
            own = (*path, key)
            child = _child_of(str(key), inside)
            if key in kinds:
                attributes[key] = self._scalar(each, own, kinds[key])
            elif key == "text" and rule.text is not None:
                text = self._scalar(each, own, rule.text, is_text=True)
            elif child is not None:
                index = sum(known.name == child for known in children)
                for _, one, there in self._each(each, own):
                    found = self._seen(child, one, there, (*below, (child, index)), paths)
                    if found is not None:
                        index += 1
                        children.append(found)
            else:
                text_key = () if rule.text is None else ("text",)
                self._unknown(str(key), own, (*kinds, *map(_typed, inside), *text_key))
        # What the author typed first does not matter to readers; the table's order sometimes does.
        order = list(inside)
        children.sort(key=lambda child: order.index(child.name))
        given = {key: attributes[key] for key in kinds if attributes.get(key)}
        return _with_defaults(Seen(name, text, given, tuple(children)))

    def _scalar(self, value: object, path: Steps, kind: Kind, *, is_text: bool = False) -> str:
        if value is None or value == "":
            self._nothing(path)
        elif not isinstance(value, str):
            message = f"{_spoken(path)}: expected {kind.expected}, {_found(value)}"
            self.tell("bad-value", message, path, _advice(kind, ""))
        else:
            return _tidy(value, kind, is_text=is_text)
        return ""

    def _nothing(self, path: Steps) -> None:
        message = f"{_spoken(path)}: nothing is written"
        self.tell("bad-value", message, path, "write it behind the colon, or below it")

    def _unknown(self, key: str, path: Steps, known: tuple[str, ...]) -> None:
        near = _near(key, known)
        advice = "delete it; the namespace's documentation lists every name"
        if near:
            advice = f"did you mean `{near}`?"
        elif len(known) <= _FEW_KEYS:
            advice = f"known here: {', '.join(known)}"
        self.tell("unknown-key", f"{key!r} is not known here", path, advice)

    def _tell_fault(self, fault: ElementFault, paths: Mapping[Path, Steps]) -> None:
        path = self._path_of(fault, paths)
        is_missing = fault.fault is Fault.MISSING
        if fault.kind and path in self.told:
            return
        if is_missing and any(told[: len(path)] == path for told in self.told):
            return  # it is there, and nothing in it
        name = _spoken(path)
        if is_missing:
            self.tell("missing-key", f"{name} is missing", path, f"write a line `{path[-1]}: …`")
        elif fault.kind is None:
            message, _, advice = fault.message.partition("; ")
            self.tell("bad-value", f"{name}: {message}", path, advice or "delete it")
        else:
            advice = _advice(fault.kind, fault.found)
            self.tell("bad-value", f"{name}: {fault.message}", path, advice)

    def _path_of(self, fault: ElementFault, paths: Mapping[Path, Steps]) -> Steps:
        """Where the author would look for it: the value, or the line that should be there."""
        above, rest = fault.path, []
        while above not in paths:
            rest.append(_typed(above[-1][0]))
            above = above[:-1]
        steps = (*paths[above], *reversed(rest))
        if fault.attribute is not None:
            return (*steps, fault.attribute)
        is_text = fault.kind is not None or fault.fault is Fault.MISSING
        return (*steps, "text") if is_text and not rest and steps not in self.bare else steps


def _with_defaults(seen: Seen) -> Seen:
    """A guid is no address for people, as in all our items, unless the author says it is."""
    if seen.name == "guid" and "isPermaLink" not in seen.attributes:
        return seen._replace(attributes={**seen.attributes, "isPermaLink": "false"})
    return seen


def _as_element(seen: Seen) -> Element:
    return Element(
        seen.name,
        seen.text or None,
        tuple(seen.attributes.items()),
        tuple(map(_as_element, seen.children)),
    )


def _child_of(key: str, inside: Mapping[str, object]) -> str | None:
    """The element that a key means: RSS's own, the namespace's, then Apple's."""
    return next((n for n in (key, f"podcast:{key}", f"itunes:{key}") if n in inside), None)


def _typed(name: str) -> str:
    """An element's name as an author types it."""
    return name.removeprefix("podcast:")


def _tidy(value: str, kind: Kind, *, is_text: bool) -> str:
    """The text as a feed can hold it; a word of a list in the list's spelling."""
    clean = clean_text(value).strip()
    line = clean if is_text and kind in _MANY_LINES else " ".join(clean.split())
    plain = line.casefold()
    return next((word for word in kind.words if word.casefold() == plain), line)


def _advice(kind: Kind, found: str) -> str:
    near = _near(found, kind.words)
    if near:
        return f"did you mean `{near}`?"
    if kind.words:
        return f"write {kind.expected}"
    if kind.example == "some words":
        return "shorten it" if found else "write some words"
    return f"write one such as `{kind.example}`"


def _near(key: str, known: tuple[str, ...]) -> str | None:
    lower = {name.lower(): name for name in reversed(known)}
    near = difflib.get_close_matches(key[:_LONGEST_QUOTE].lower(), list(lower), n=1, cutoff=0.6)
    return lower[near[0]] if near else None


def _found(value: object) -> str:
    if not isinstance(value, str):
        return "found several values"
    return f"found {value if len(value) <= _LONGEST_QUOTE else value[: _LONGEST_QUOTE - 1] + '…'!r}"


def _spoken(path: Steps) -> str:
    """A path as people say it, lists counted from one."""
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in path)
    return f"`podcast{''.join(steps)}`"
