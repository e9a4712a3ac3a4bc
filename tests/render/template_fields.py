"""What templates receive, as docs/templates.md lists it: read from their heads and the views."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "templates"
# The frame of every page and the shared parts are given nothing by themselves.
_SHARED = {"base.html", "parts.html"}
_HEAD = re.compile(r"\{#-\s*(?P<about>.*?)\s*Receives: (?P<values>.*?)\.(?:\s|$)", re.DOTALL)
_VALUE = re.compile(r"(\w+)(?: \(([^:)]+)(?:: ([^)]*))?\))?(?:, |$)")
_EVERY = {"site": "SiteView", "page": "PageView"}
_WORDS = {"str": "text", "int": "number", "bool": "yes or no", "Markup": "HTML", "None": "`None`"}


@dataclass(frozen=True, slots=True)
class Value:
    """A name that a template or a view has, its type in plain words, and what it is."""

    name: str
    type: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """A class that templates receive."""

    name: str
    about: str
    fields: tuple[Value, ...]


def templates() -> dict[str, tuple[str, tuple[Value, ...]]]:
    """Each template of a page: what it is, and what its head says that it receives."""
    return {
        path.name: _head(path)
        for path in sorted(TEMPLATES.glob("*.html"))
        if path.name not in _SHARED
    }


def _head(path: Path) -> tuple[str, tuple[Value, ...]]:
    found = _HEAD.match(path.read_text("utf-8"))
    assert found, f'{path.name} does not begin with what it "Receives: site, page, …"'
    text = " ".join(found["values"].split())
    values = _VALUE.findall(text)
    assert "".join(m.group() for m in _VALUE.finditer(text)) == text, f"{path.name}: {text}"
    return found["about"], tuple(
        Value(name, type_ or _EVERY[name], about) for name, type_, about in values
    )


def type_in_words(value: object) -> str:
    """The type of a value that a template was given, as heads say it."""
    if isinstance(value, tuple):
        kinds = {type_in_words(each) for each in value}
        return f"list of {'/'.join(sorted(kinds))}" if kinds else "list"
    name = type(value).__name__
    return {"str": "text", "NoneType": "None"}.get(name, name)


def view(name: str) -> View:
    """A class of the rendering: read from the text, where its words stand."""
    node = _classes()[name]
    return View(name, _sentence(ast.get_docstring(node) or ""), tuple(_fields(node)))


@cache
def _classes() -> dict[str, ast.ClassDef]:
    texts = (path.read_text("utf-8") for path in (ROOT / "castpress/render").glob("*.py"))
    nodes = (node for text in texts for node in ast.parse(text).body)
    return {node.name: node for node in nodes if isinstance(node, ast.ClassDef)}


def _fields(node: ast.ClassDef) -> Iterator[Value]:
    for field, below in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            about = ""
            if isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant):
                about = _sentence(str(below.value.value)).rstrip(".")
                about = about[:1].lower() + about[1:]
            yield Value(field.target.id, _plain(field.annotation), about)


def _sentence(text: str) -> str:
    return " ".join(text.split()).replace("``", "`")


def _plain(annotation: ast.expr) -> str:
    """A type of Python in plain words, its views linked.

    >>> _plain(ast.parse("tuple[RowView, ...] | None", mode="eval").body)
    'list of [row](#row) or `None`'
    """
    match annotation:
        case ast.BinOp(left, ast.BitOr(), right):
            return f"{_plain(left)} or {_plain(right)}"
        case ast.Subscript(ast.Name("tuple"), ast.Tuple([each, ast.Constant(value=ellipsis)])):
            assert ellipsis is ...
            return f"list of {_plain(each)}"
        case ast.Subscript(ast.Name("tuple"), ast.Tuple(parts)):
            return f"({', '.join(map(_plain, parts))})"
        case ast.Name(name) if name in _WORDS:
            return _WORDS[name]
        case ast.Name(name):
            return _link(name)
        case ast.Constant(None):
            return "`None`"
        case _:
            raise AssertionError(f"no plain word for {ast.unparse(annotation)}")


def heading(name: str) -> str:
    """What a view is called in the docs.

    >>> heading("IndexedExerciseView"), heading("QrCode"), heading("AppLink")
    ('indexed exercise', 'qr code', 'app link')
    """
    return " ".join(re.findall("[A-Z][a-z]+", name.removesuffix("View"))).lower()


def _link(name: str) -> str:
    word = heading(name)
    return f"[{word}](#{word.replace(' ', '-')})"


def _linked(type_: str) -> str:
    linked = re.sub(r"\b[A-Z]\w+", lambda m: m[0] if m[0] == "None" else _link(m[0]), type_)
    return linked.replace("None", "`None`")


def in_markdown() -> str:
    """The tables: each template, then each view in the order in which templates lead to it."""
    rows, queue = "", list(_EVERY.values())
    for name, (about, values) in templates().items():
        besides = [value for value in values if value.name not in _EVERY]
        queue += [word for v in besides for word in re.findall(r"\b\w+View\b", v.type)]
        shown = [f"`{v.name}`: {_linked(v.type)}{v.about and f', {v.about}'}" for v in besides]
        if _EVERY.keys() - {value.name for value in values}:
            shown.insert(0, "no `site`")
        rows += f"| `{name}` | {about} | {'; '.join(shown)} |\n"
    text = f"\n| template | is | receives |\n|---|---|---|\n{rows}"
    for each in _reached(queue):
        fields = "".join(f"| `{f.name}` | {f.type} | {f.about} |\n" for f in each.fields)
        text += f"\n### {heading(each.name)}\n\n{each.about}\n"
        text += f"\n| field | type | is |\n|---|---|---|\n{fields}"
    return text + "\n"


def _reached(queue: list[str]) -> Iterator[View]:
    by_link = {_link(name): name for name in _classes()}
    seen = set()
    while queue:
        name = queue.pop(0)
        if name not in seen:
            seen.add(name)
            found = view(name)
            yield found
            for field in found.fields:
                queue += [by_link[link] for link in re.findall(r"\[[^]]+\]\([^)]+\)", field.type)]
