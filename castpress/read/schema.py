"""A YAML mapping checked against a pydantic model: all faults at once, each at its place."""

from __future__ import annotations

import difflib
import html
import re
import uuid
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from slugify import slugify

from castpress.model.address import is_absolute
from castpress.model.problem import Problem, Severity
from castpress.model.text import clean_text
from castpress.read.fault_words import plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic_core import ErrorDetails

    from castpress.model.problem import Location
    from castpress.read.strict_yaml import YamlText

Model = TypeVar("Model", bound="Schema")

# File systems take 255 bytes a name, and people should be able to say an address.
LONGEST_SLUG = 80
_FEW_KEYS = 10
_ENTITY = re.compile(r"&(?:[A-Za-z]\w{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_KEY_NAMED = re.compile(r"`(\w+):?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Schema(BaseModel):
    """What show.yaml and front matter have in common: unknown keys are faults, values are fixed."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """Keys that are written otherwise now, or elsewhere: old key -> what to type."""
        return {}


def _url(value: str) -> str:
    if not is_absolute(value):
        raise ValueError("expected a whole address; write one such as https://example.org/page")
    return value


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        meant = value.replace("_", "-")
        advice = f"`{meant}`" if _LANGUAGE.fullmatch(meant) else "one such as en, de or pt-BR"
        raise ValueError(f"expected a language code; write {advice}")
    return value


def _email(value: str) -> str:
    # RFC 5321 has no longer ones.
    if len(value) > 254 or not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+", value):
        raise ValueError("expected an e-mail address; write one such as hello@example.org")
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        meant = slugify(value, max_length=LONGEST_SLUG, word_boundary=True) or "hip-drive"
        raise ValueError(f"expected small letters, digits and hyphens; write `{meant}`")
    if len(value) > LONGEST_SLUG:
        raise ValueError(f"expected at most {LONGEST_SLUG} characters; shorten it")
    return value


def _uuid(value: str) -> str:
    try:
        return str(uuid.UUID(value))
    except ValueError as error:
        raise ValueError(
            "expected a UUID; copy the podcast:guid of the feed that listeners have, "
            "or delete the line and build to be told one"
        ) from error


def one_or_many(value: object) -> object:
    """A single value as the list that it stands for; a list, and nothing, as they are."""
    return value if value is None or isinstance(value, list) else [value]


def _one_line(value: str) -> str:
    return " ".join(value.split())


Prose = Annotated[str, AfterValidator(clean_text)]
Text = Annotated[Prose, AfterValidator(_one_line)]
Slug = Annotated[Text, AfterValidator(_slug)]
Url = Annotated[Text, AfterValidator(_url)]
Language = Annotated[Text, AfterValidator(_language)]
Email = Annotated[Text, AfterValidator(_email)]
Uuid = Annotated[Text, AfterValidator(_uuid)]
Number = Annotated[int, Field(ge=1, le=999_999)]
Several = Annotated[tuple[Text, ...], BeforeValidator(one_or_many)]


def validate(model: type[Model], read: YamlText) -> tuple[Model | None, tuple[Problem, ...]]:
    """The settings as the model knows them, and a problem for every value that does not fit.

    Values with a fault are left out, so that the rest can still be looked at; the result is None
    only where a required key is missing or wrong.
    """
    value: Any = read.value
    problems: list[Problem] = []
    doubts = tuple(_entities(read))
    while True:
        try:
            return model.model_validate(value), (*problems, *doubts)
        except ValidationError as error:
            details = _told_once(error.errors(include_url=False))
            # What is wrong only because a faulty value was left out is not said.
            problems = problems or _problems(model, details, read)
            paths = {found for detail in details if (found := _within(value, detail["loc"]))}
            if not paths:
                return None, (*problems, *doubts)
            value = _without(value, paths)


def _within(value: Any, path: tuple[str | int, ...]) -> tuple[str | int, ...]:  # noqa: ANN401 - YAML
    """As much of a path as leads to something that is there."""
    depth = 0
    for step in path:
        is_there = step in value if isinstance(value, dict) else _is_index(value, step)
        if not is_there:
            break
        value = value[step]
        depth += 1
    return path[:depth]


def _is_index(value: object, step: str | int) -> bool:
    return isinstance(value, list) and isinstance(step, int) and step < len(value)


def _without(value: Any, paths: Iterable[tuple[str | int, ...]]) -> Any:  # noqa: ANN401 - YAML
    """The value without what stands at the ends of these paths."""
    gone = {path[0] for path in paths if len(path) == 1}
    below: dict[str | int, list[tuple[str | int, ...]]] = {}
    for path in paths:
        if path[0] not in gone:
            below.setdefault(path[0], []).append(path[1:])
    if isinstance(value, list):
        rows = enumerate(value)
        return [_without(v, below[n]) if n in below else v for n, v in rows if n not in gone]
    pairs = value.items()
    return {k: _without(v, below[k]) if k in below else v for k, v in pairs if k not in gone}


def _entities(read: YamlText) -> Iterator[Problem]:
    """Characters written as HTML, which settings are not: apps would show them as typed."""
    waiting: list[tuple[tuple[str | int, ...], object]] = [((), read.value)]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict):
            waiting += [((*path, key), inner) for key, inner in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [((*path, n), inner) for n, inner in reversed(list(enumerate(value)))]
        elif isinstance(value, str) and (entity := _ENTITY.search(value)):
            meant = html.unescape(entity[0])
            if meant != entity[0]:
                named = f"`{meant}`" if meant.isprintable() and meant.strip() else "a blank"
                yield Problem(
                    "entity-in-text",
                    f"{_spoken(path)}: {entity[0]} is HTML, and apps would show it as typed",
                    read.place(path),
                    Severity.WARNING,
                    f"write {named} in its place",
                )


def _told_once(details: list[ErrorDetails]) -> list[ErrorDetails]:
    """The faults without "nothing is written" of a list all of whose items are faulty."""
    faulty = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    return [d for d in details if d["type"] != "too_short" or d["loc"] not in faulty]


def _problems(model: type[Schema], details: list[ErrorDetails], read: YamlText) -> list[Problem]:
    """A problem for each fault; a key that is only called otherwise is not missing, too."""
    found: list[Problem] = []
    meant: set[tuple[str | int, ...]] = set()
    # Unknown keys first: only they tell what is not missing.
    for detail in sorted(details, key=lambda detail: detail["type"] != "extra_forbidden"):
        problem = _problem(model, detail, read)
        if detail["type"] == "extra_forbidden":
            meant |= {(*detail["loc"][:-1], key) for key in _KEY_NAMED.findall(problem.help)[:1]}
        if detail["type"] != "missing" or detail["loc"] not in meant:
            found.append(problem)
    return found


def _problem(model: type[Schema], detail: ErrorDetails, read: YamlText) -> Problem:
    path = _as_written(detail["loc"], read)
    if detail["type"] == "extra_forbidden":
        return _unknown_key(model, path, read)
    place = read.place(path)
    if detail["type"] == "missing":
        key = str(detail["loc"][-1])
        whole = _spoken((*_as_written(detail["loc"][:-1], read), key))
        advice = f"write a line `{key}: …`"
        return Problem("missing-key", f"{whole} is missing", place, Severity.ERROR, advice)
    if detail["loc"][-1] == "[key]" and path[-1:] == detail["loc"][-2:-1]:
        place = read.key_places.get(path) or place
    name = _spoken(path)
    message, advice = plain_words(detail)
    if detail["type"] == "model_type" and isinstance(detail["input"], str):
        advice = _below(_owner(model, path)) or advice
    return Problem("bad-value", f"{name}: {message}", place, Severity.ERROR, advice)


def _below(owner: type[Schema] | None) -> str | None:
    """What to type where a text stands for a group of keys."""
    fields = owner.model_fields.items() if owner is not None else ()
    keys = [f"`{name}: …`" for name, field in fields if field.is_required()]
    return f"write {' and '.join(keys)} in lines below it" if keys else None


def _as_written(path: tuple[str | int, ...], read: YamlText) -> tuple[str | int, ...]:
    """The path in the author's own text: without lists and keys that only our reading put in."""
    node: object = read.value
    found: list[str | int] = []
    for step in path:
        own: str | int = step
        if isinstance(node, list) and step in node:
            own = node.index(step)  # a list that was read as the keys of a mapping
        if isinstance(node, dict) and isinstance(own, str):
            # Pydantic puts "[key]" behind the path of a mapping's key.
            if own != "[key]":
                found.append(own)
                node = node.get(own)
        elif isinstance(node, list) and isinstance(own, int) and own < len(node):
            found.append(own)
            node = node[own]
    return tuple(found)


def _unknown_key(model: type[Schema], path: tuple[str | int, ...], read: YamlText) -> Problem:
    key = str(path[-1])
    owner = _owner(model, path[:-1])
    place: Location = read.key_places.get(path) or read.place(path)
    plain = key.lower().replace("-", "_")
    renamed = {} if owner is None else {k.lower(): v for k, v in owner.renamed().items()}
    if plain in renamed:
        return Problem(
            "renamed-key",
            f"{key!r} is called otherwise here",
            place,
            Severity.ERROR,
            renamed[plain],
        )
    known = sorted(owner.model_fields) if owner is not None else []
    near = difflib.get_close_matches(plain, known, n=1, cutoff=0.6)
    if near:
        advice = f"did you mean `{near[0]}`?"
    elif len(known) <= _FEW_KEYS:
        advice = f"known here: {', '.join(known)}"
    else:
        advice = "delete it; docs/settings.md and docs/notes.md list every key"
    return Problem("unknown-key", f"{key!r} is not known here", place, Severity.ERROR, advice)


def _owner(model: type[Schema], path: tuple[str | int, ...]) -> type[Schema] | None:
    """The model that a path leads to, through lists and mappings."""
    is_name = False
    for step in path:
        if isinstance(step, int) or is_name or step not in model.model_fields:
            is_name = False
            continue  # an item of a list, or a name that the author chose
        annotation = model.model_fields[step].annotation
        found = _models_in(annotation)
        if not found:
            return None
        model, is_name = found[0], get_origin(annotation) is dict
    return model


def _models_in(annotation: object) -> list[type[Schema]]:
    if isinstance(annotation, type) and issubclass(annotation, Schema):
        return [annotation]
    inner: list[type[Schema]] = []
    for argument in getattr(annotation, "__args__", ()):
        inner += _models_in(argument)
    return inner


def _spoken(path: tuple[str | int, ...]) -> str:
    """A path as people say it: ``people[2].name``, counted from one."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{_one_line(step)}"
    return f"`{text.lstrip('.')}`"
