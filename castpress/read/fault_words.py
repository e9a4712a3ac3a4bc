"""What pydantic finds wrong with a value, in the author's words: what is wrong, what to type."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_LONGEST_QUOTE = 60
_WRITE_IT = "write it behind the colon, or below it"
_BEHIND_HYPHEN = "write it behind the hyphen, or delete the line"


def plain_words(detail: ErrorDetails) -> tuple[str, str]:
    """What is wrong with a value, and what to type."""
    found = detail.get("input")
    shown = _shown(found)
    match detail["type"]:
        case "value_error":
            text = str(detail.get("ctx", {}).get("error", detail["msg"]))
            message, _, advice = text.partition("; ")
            told = f", {shown}" if isinstance(found, str | None) else ""
            return f"{message}{told}", advice or "change it, or delete the line"
        case "int_parsing" | "int_parsing_size" | "int_type" | "int_from_float":
            return f"expected a whole number, {shown}", "write a number such as 6"
        case "bool_parsing" | "bool_type":
            return f"expected yes or no, {shown}", "write `true` or `false`"
        case "enum" | "literal_error":
            return _word(detail, shown)
        case "string_type" if found is None:
            return "nothing is written", _WRITE_IT
        case "string_type":
            return f"expected text, {shown}", "write it on one line, in quotes if it holds a colon"
        case "model_type" | "dict_type" if found is None:
            is_item = isinstance(detail["loc"][-1], int)
            return "nothing is written", _BEHIND_HYPHEN if is_item else _WRITE_IT
        case "tuple_type" | "list_type":
            return f"expected a list, {shown}", "write each on a line of its own: `- …`"
        case "model_type" | "model_attributes_type" if isinstance(found, list):
            return "expected one value, found a list", "write it without hyphen and brackets"
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"expected `key: value` lines, {shown}", "write them indented below it"
        case _:
            return _size(detail, shown)


def _word(detail: ErrorDetails, shown: str) -> tuple[str, str]:
    """Of a value that is none of the words that there are."""
    allowed = str(detail.get("ctx", {}).get("expected", "")).replace("'", "")
    words = re.split(r", | or ", allowed)
    near = difflib.get_close_matches(str(detail.get("input")), words, n=1)
    return f"expected {allowed}, {shown}", f"did you mean `{near[0]}`?" if near else (
        f"write {allowed}"
    )


def _size(detail: ErrorDetails, shown: str) -> tuple[str, str]:
    """Of a value that is too small, too large, too short or too long."""
    context = detail.get("ctx", {})
    match detail["type"]:
        case "greater_than_equal":
            return f"expected {context['ge']} or more, {shown}", f"write {context['ge']} or more"
        case "less_than_equal":
            return f"expected {context['le']} or less, {shown}", f"write {context['le']} or less"
        case "string_too_long" | "too_long":
            # What it was read as counts, not what was typed: a text without its line ends.
            count = context.get("actual_length", len(str(detail.get("input"))))
            message = f"expected at most {context['max_length']} characters, found {count}"
            return message, "shorten it"
        case "string_too_short" | "too_short":
            return "nothing is written", _WRITE_IT
        case _:
            return f"it is not as expected, {shown}", "change it, or delete the line"


def _shown(found: object) -> str:
    if found is None or found == "":
        return "nothing is written"
    if isinstance(found, dict | list):
        return "found a list" if isinstance(found, list) else "found `key: value` lines"
    text = str(found)
    if len(text) > _LONGEST_QUOTE:
        text = text[: _LONGEST_QUOTE - 1] + "…"
    return f"found {text!r}"
