"""An element held against the table: each value, each count, and what several of them say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from castpress.model.element_table import CHILDREN, ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from castpress.model.element_rules import ElementRule, Seen
    from castpress.model.value_kinds import Kind

    Path = tuple[tuple[str, int], ...]

_LONGEST_QUOTE = 60


class Fault(Enum):
    """What is wrong: a value, something that lacks, something that nobody knows."""

    VALUE = auto()
    MISSING = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class ElementFault:
    """One thing that the table does not allow.

    ``path`` leads from the checked element to the one that is meant: names, and which of that name,
    from 0. ``attribute`` is None where its text or the whole is meant. ``kind`` is what the value
    should have been, ``found`` what it is, where a value is wrong.
    """

    fault: Fault
    path: Path
    attribute: str | None
    message: str
    kind: Kind | None = None
    found: str = ""


class _Asked(NamedTuple):
    """A rule as it is looked up again and again."""

    rule: ElementRule
    kinds: Mapping[str, Kind]
    attributes: frozenset[str]
    most: Mapping[str, int | None]
    least: tuple[tuple[str, int], ...]


def _asked(name: str) -> _Asked:
    rule, inside = ELEMENTS[name], CHILDREN.get(name, {})
    return _Asked(
        rule,
        {attribute.name: attribute.kind for attribute in rule.attributes},
        frozenset(attribute.name for attribute in rule.attributes if attribute.is_required),
        {child: within.most for child, within in inside.items()},
        tuple((child, within.least) for child, within in inside.items() if within.least),
    )


_ASKED = {name: _asked(name) for name in ELEMENTS}


def check_element(seen: Seen, *, is_strict: bool = False) -> tuple[ElementFault, ...]:
    """All that is wrong with an element that the table knows, and with what stands in it.

    Strict is what an author is asked for; a feed may also hold what a kind allows all the same.
    """
    faults: list[ElementFault] = []
    _check(seen, (), faults, is_strict)
    return tuple(faults)


def _check(seen: Seen, path: Path, faults: list[ElementFault], is_strict: bool) -> None:
    asked = _ASKED[seen.name]
    rule, kinds = asked.rule, asked.kinds
    for name, value in seen.attributes.items():
        kind = kinds.get(name)
        if kind is None:
            faults.append(ElementFault(Fault.UNKNOWN, path, name, f"{name!r} is not known here"))
        elif not kind.fits(value) and (is_strict or kind.also is None or not kind.also(value)):
            faults.append(_misfit(path, name, kind, value))
    if not asked.attributes <= seen.attributes.keys():
        for name in sorted(asked.attributes - seen.attributes.keys()):
            faults.append(ElementFault(Fault.MISSING, path, name, "is missing"))
    if rule.text is None:
        if seen.text and not seen.text.isspace():
            found = _short(seen.text.strip())
            faults.append(ElementFault(Fault.VALUE, path, None, f"takes no text, found {found!r}"))
    elif seen.text:
        if not rule.text.fits(seen.text):
            faults.append(_misfit(path, None, rule.text, seen.text))
    elif rule.is_text_required:
        faults.append(ElementFault(Fault.MISSING, path, None, "its text is missing"))
    if seen.children or asked.least:
        _check_children(seen, asked, path, faults, is_strict)
    if rule.together is not None:
        faults += [ElementFault(Fault.VALUE, path, None, told) for told in rule.together(seen)]


def _check_children(
    seen: Seen, asked: _Asked, path: Path, faults: list[ElementFault], is_strict: bool
) -> None:
    counts: dict[str, int] = {}
    for child in seen.children:
        name = child.name
        index = counts.get(name, 0)
        counts[name] = index + 1
        below = (*path, (name, index))
        if name in asked.most:
            _check(child, below, faults, is_strict)
        else:
            message = f"{name!r} may not stand in {seen.name}"
            faults.append(ElementFault(Fault.UNKNOWN, below, None, message))
    for name, count in counts.items():
        most = asked.most.get(name)
        if most is not None and count > most:
            message = f"stands {count} times, and may at most {most}; keep {most}"
            faults.append(ElementFault(Fault.VALUE, (*path, (name, most)), None, message))
    for name, least in asked.least:
        if counts.get(name, 0) < least:
            faults.append(ElementFault(Fault.MISSING, (*path, (name, 0)), None, "is missing"))


def _misfit(path: Path, attribute: str | None, kind: Kind, found: str) -> ElementFault:
    message = f"expected {kind.expected}, found {_short(found)!r}"
    return ElementFault(Fault.VALUE, path, attribute, message, kind, found)


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
