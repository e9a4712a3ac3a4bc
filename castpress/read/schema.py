"""A YAML mapping checked against a pydantic model: all faults at once, each at its place."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError

from castpress.model.address import is_absolute
from castpress.model.problem import Problem, Severity
from castpress.model.text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from castpress.model.problem import Location
    from castpress.read.strict_yaml import YamlText

Model = TypeVar("Model", bound="Schema")

# File systems take 255 bytes a name, and people should be able to say an address.
LONGEST_SLUG = 80
_FEW_KEYS = 10
_LONGEST_QUOTE = 60
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
        raise ValueError("expected an address such as https://example.org/page")
    return value


def _language(value: str) -> str:
    if not _LANGUAGE.fullmatch(value):
        raise ValueError("expected a language code such as en, de or pt-BR")
    return value


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+", value):
        raise ValueError("expected an e-mail address such as hello@example.org")
    return value


def _slug(value: str) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError("expected small letters, digits and hyphens; write one such as hip-drive")
    if len(value) > LONGEST_SLUG:
        raise ValueError(f"expected at most {LONGEST_SLUG} characters; shorten it")
    return value


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
Several = Annotated[tuple[Text, ...], BeforeValidator(one_or_many)]


def validate(model: type[Model], read: YamlText) -> tuple[Model | None, tuple[Problem, ...]]:
    """The settings as the model knows them, and a problem for every value that does not fit.

    Values with a fault are left out, so that the rest can still be looked at; the result is None
    only where a required key is missing or wrong.
    """
    value: dict[str, Any] = dict(read.value)
    problems: list[Problem] = []
    for _ in range(2):
        try:
            return model.model_validate(value), tuple(problems)
        except ValidationError as error:
            details = error.errors(include_url=False)
            if problems:
                break  # without the faulty values something required is missing
            problems = [_problem(model, detail, read) for detail in details]
            for detail in details:
                value.pop(str(detail["loc"][0]), None)
    return None, tuple(problems)


def _problem(model: type[Schema], detail: ErrorDetails, read: YamlText) -> Problem:
    # Pydantic puts "[key]" behind the path of a mapping's key.
    path = tuple(step for step in detail["loc"] if step != "[key]")
    name = _spoken(path)
    if detail["type"] == "extra_forbidden":
        return _unknown_key(model, path, read)
    place = read.place(path)
    if detail["type"] == "missing":
        return Problem(
            "missing-key",
            f"{name} is missing",
            place,
            Severity.ERROR,
            f"write a line `{path[-1]}: …`",
        )
    message, advice = _plain(detail)
    return Problem("bad-value", f"{name}: {message}", place, Severity.ERROR, advice)


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
    for step in path:
        if isinstance(step, int) or step not in model.model_fields:
            continue  # an item of a list, or a name that the author chose
        found = _models_in(model.model_fields[step].annotation)
        if not found:
            return None
        model = found[0]
    return model


def _models_in(annotation: object) -> list[type[Schema]]:
    if isinstance(annotation, type) and issubclass(annotation, Schema):
        return [annotation]
    inner: list[type[Schema]] = []
    for argument in getattr(annotation, "__args__", ()):
        inner += _models_in(argument)
    return inner


def _plain(detail: ErrorDetails) -> tuple[str, str]:
    """A pydantic message in the author's words, and what to type."""
    found = detail.get("input")
    shown = f"found {_short(found)!r}" if isinstance(found, str) else "found several values"
    shown = "nothing is written" if found is None else shown
    context = detail.get("ctx", {})
    match detail["type"]:
        case "value_error":
            text = str(context.get("error", detail["msg"]))
            message, _, advice = text.partition("; ")
            return f"{message}, {shown}", advice or "change it, or delete the line"
        case "int_parsing" | "int_type" | "int_from_float":
            return f"expected a whole number, {shown}", "write a number such as 6"
        case "bool_parsing" | "bool_type":
            return f"expected yes or no, {shown}", "write `true` or `false`"
        case "enum" | "literal_error":
            allowed = str(context.get("expected", "")).replace("'", "")
            near = difflib.get_close_matches(str(found), re.split(r", | or ", allowed), n=1)
            hint = f"did you mean `{near[0]}`?" if near else f"write {allowed}"
            return f"expected {allowed}, {shown}", hint
        case "string_type" if found is None:
            return "nothing is written", "write it behind the colon, or below it"
        case "string_type":
            return f"expected text, {shown}", "write it on one line, in quotes if it holds a colon"
        case "tuple_type" | "list_type":
            return f"expected a list, {shown}", "write each on a line of its own: `- …`"
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"expected `key: value` lines, {shown}", "write them indented below it"
        case "greater_than_equal" | "greater_than":
            least = context.get("ge", context.get("gt"))
            return f"expected {least} or more, {shown}", f"write {least} or more"
        case "string_too_long":
            most = context.get("max_length")
            return f"expected at most {most} characters", "shorten it"
        case "string_too_short" | "too_short":
            return "nothing is written", "write it behind the colon, or below it"
        case _:
            return f"{detail['msg']}, {shown}", "change it, or delete the line"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def _spoken(path: tuple[str | int, ...]) -> str:
    """A path as people say it: ``people[2].name``, counted from one."""
    text = ""
    for step in path:
        text += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return f"`{text.lstrip('.')}`"
