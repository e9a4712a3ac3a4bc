"""YAML as people expect it: every scalar stays text, every value knows its place.

The schema decides later what a value is, so ``NO``, ``1:30``, ``007`` and dates survive. Anchors,
aliases, tags, duplicate keys and deep nesting are problems: none helps a podcaster, and each is a
trap (an alias bomb needs no more than two of them).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import yaml

from castpress.model.problem import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Protocol

    class _Mark(Protocol):
        """Line and column from 0, as both of PyYAML's parsers give them."""

        line: int
        column: int


_DEEPEST = 12
_LARGEST = 1_000_000
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# The writer's hand slips most often here; each: what libyaml says -> what to type.
_ADVICE = (
    ("mapping values are not allowed", 'put the value in quotes where it holds a colon: "a: b"'),
    (
        "found character that cannot start any token",
        "put the value in quotes; use spaces, not tabs",
    ),
    ("found a tab character", "use spaces, not tabs, at the start of a line"),
    ("found unexpected end of stream", "close the quotation mark or bracket that was opened above"),
    ("expected <block end>", "line the keys up: those of one group begin in the same column"),
    ("could not find expected ':'", "write a colon and a space after the key"),
    ("expected ',' or", "close the bracket, or put a comma between the values"),
    ("special characters are not allowed", "delete the invisible character at this place"),
    ("control characters are not allowed", "delete the invisible character at this place"),
)


@dataclass(frozen=True, slots=True)
class YamlText:
    """A mapping of texts, lists and mappings, with the place of every value.

    ``places`` maps a path such as ``("people", 0, "name")`` to where its value begins; a path
    that ends with a key's text under ``key_places`` gives the place of the key itself.
    """

    value: dict[str, object]
    places: Mapping[tuple[str | int, ...], Location]
    key_places: Mapping[tuple[str | int, ...], Location]

    def place(self, path: tuple[str | int, ...]) -> Location:
        """Where the value of a path stands, or the nearest one above it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places[path]


@dataclass(slots=True)
class _Frame:
    """A mapping or list that is being filled, and where it hangs."""

    path: tuple[str | int, ...]
    node: dict[str, object] | list[object]
    key: str | None = None
    skips: bool = False


@dataclass(slots=True)
class _Reading:
    """What has been read so far of one text."""

    file: PurePosixPath
    first_line: int
    last_line: int
    places: dict[tuple[str | int, ...], Location] = field(default_factory=dict)
    key_places: dict[tuple[str | int, ...], Location] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def at(self, mark: _Mark | None) -> Location:
        if mark is None:
            return Location(self.file, self.first_line)
        # libyaml finds the end of a text without a last line end on the line behind it.
        line = min(self.first_line + mark.line, self.last_line)
        return Location(self.file, line, mark.column + 1)

    def fault(self, code: str, message: str, place: Location, advice: str) -> None:
        self.problems.append(Problem(code, message, place, Severity.ERROR, advice))


def parse_yaml(
    text: str, file: PurePosixPath, *, first_line: int = 1
) -> tuple[YamlText, tuple[Problem, ...]]:
    r"""Read a YAML mapping; what cannot be read is left out and said.

    >>> read, _ = parse_yaml("a: 1:30\nb: [NO, ~]", PurePosixPath("show.yaml"))
    >>> read.value, str(read.place(("b", 0)))
    ({'a': '1:30', 'b': ['NO', None]}, 'show.yaml:2:5')
    """
    reading = _Reading(file, first_line, first_line + text.count("\n"))
    top = Location(file, first_line, 1)
    reading.places[()] = top
    value: dict[str, object] = {}
    if len(text) > _LARGEST:
        reading.fault("bad-yaml", "the text is over a million characters long", top, "shorten it")
    else:
        value = _read_mapping(text, reading)
    read = YamlText(value, reading.places, reading.key_places)
    return read, tuple(reading.problems)


def _read_mapping(text: str, reading: _Reading) -> dict[str, object]:
    root = _Frame((), {})
    try:
        _fill(root, _events(text, reading), reading)
    except yaml.MarkedYAMLError as error:
        said = f"{error.problem or ''}"
        mark = error.problem_mark or error.context_mark
        advice = next((help_ for part, help_ in _ADVICE if part in said), None)
        reading.fault(
            "bad-yaml",
            f"this is not readable as YAML: {said}",
            reading.at(mark),
            advice or "write one `key: value` a line",
        )
    except (yaml.reader.ReaderError, UnicodeError) as error:
        # The reader counts characters, not lines.
        position = getattr(error, "position", 0)
        before = text[:position]
        place = Location(
            reading.file,
            reading.first_line + before.count("\n"),
            position - before.rfind("\n"),
        )
        reading.fault(
            "bad-yaml", "there is an invisible control character here", place, "delete it"
        )
    return root.node if isinstance(root.node, dict) else {}


def _events(text: str, reading: _Reading) -> Iterator[yaml.Event]:
    """The events inside the one document that a source may hold."""
    documents = 0
    # Lone surrogates cannot be encoded for libyaml, nor can any author have meant them.
    clean = re.sub(r"[\ud800-\udfff]", "\N{REPLACEMENT CHARACTER}", text)
    # libyaml ends lines at these too; editors do not, and they come along with pasted text.
    clean = re.sub("[\x85\u2028\u2029]", " ", clean)
    for event in yaml.parse(clean, Loader=_LOADER):
        if isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                reading.fault(
                    "bad-yaml",
                    "a second document begins here",
                    reading.at(event.start_mark),
                    "delete the line `---`",
                )
                return
        elif isinstance(event, yaml.NodeEvent | yaml.CollectionEndEvent):
            yield event


def _fill(root: _Frame, events: Iterator[yaml.Event], reading: _Reading) -> None:
    first = next(events, None)
    if first is None or (isinstance(first, yaml.ScalarEvent) and _scalar(first) is None):
        return  # an empty text is an empty mapping
    if not isinstance(first, yaml.MappingStartEvent):
        reading.fault(
            "bad-yaml",
            "expected lines of the form `key: value`",
            reading.at(first.start_mark),
            "write one `key: value` a line",
        )
        return
    stack = [root]
    for event in events:
        frame = stack[-1]
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
            if not stack:
                break
            continue
        _refuse_tricks(event, reading)
        if isinstance(frame.node, dict) and frame.key is None:
            _take_key(frame, event, reading, stack)
            continue
        child = _take_value(frame, event, reading)
        if child is not None:
            if len(stack) >= _DEEPEST:
                reading.fault(
                    "bad-yaml",
                    f"values are nested more than {_DEEPEST} deep",
                    reading.at(event.start_mark),
                    "write it flatter",
                )
                return
            stack.append(child)
    next(events, None)  # what follows the mapping: nothing, or a second document


def _refuse_tricks(event: yaml.Event, reading: _Reading) -> None:
    place = reading.at(event.start_mark)
    if isinstance(event, yaml.AliasEvent):
        reading.fault(
            "yaml-alias",
            "*name repeats another value",
            place,
            "write the value out; if a star or & was meant, put it in quotes",
        )
    elif getattr(event, "anchor", None):
        reading.fault(
            "yaml-alias",
            "&name names a value for repetition",
            place,
            "delete it; if an & was meant, put the value in quotes",
        )
    elif getattr(event, "tag", None) not in (None, "!"):
        reading.fault(
            "yaml-tag",
            "a tag (!) stands before this value",
            place,
            "delete it; if an exclamation mark was meant, put the value in quotes",
        )


def _take_key(frame: _Frame, event: yaml.Event, reading: _Reading, stack: list[_Frame]) -> None:
    assert isinstance(frame.node, dict)  # noqa: S101 - the caller has looked
    place = reading.at(event.start_mark)
    if not isinstance(event, yaml.ScalarEvent):
        reading.fault("bad-yaml", "a key must be a word", place, "write `key: value`")
        if isinstance(event, yaml.CollectionStartEvent):
            stack.append(_Frame(frame.path, [], skips=True))
        frame.key, frame.skips = "", True
        return
    key = event.value
    path = (*frame.path, key)
    earlier = reading.key_places.get(path)
    if key in frame.node and earlier is not None:
        reading.fault(
            "duplicate-key",
            f"{key!r} is written a second time; the first is in line {earlier.line}",
            place,
            "keep one of the two",
        )
        frame.skips = True
    else:
        frame.skips = False
        reading.key_places[path] = place
    frame.key = key


def _take_value(frame: _Frame, event: yaml.Event, reading: _Reading) -> _Frame | None:
    """Put one value into its mapping or list; a nested one comes back to be filled."""
    value: object
    nested: _Frame | None = None
    step = len(frame.node) if isinstance(frame.node, list) else (frame.key or "")
    path = (*frame.path, step)
    if isinstance(event, yaml.ScalarEvent):
        value = _scalar(event)
    elif isinstance(event, yaml.CollectionStartEvent):
        node: dict[str, object] | list[object] = (
            {} if isinstance(event, yaml.MappingStartEvent) else []
        )
        value, nested = node, _Frame(path, node)
    else:  # an alias, already refused
        value = None
    if isinstance(frame.node, list):
        frame.node.append(value)
    elif not frame.skips:
        frame.node[frame.key or ""] = value
    if not frame.skips:
        reading.places.setdefault(path, reading.at(event.start_mark))
    frame.key = None
    return nested


def _scalar(event: yaml.ScalarEvent) -> str | None:
    """The text of a scalar; None for nothing, ``~`` and ``null`` when they are not quoted."""
    value: str = event.value
    if event.implicit[0] and value in ("", "~", "null", "Null", "NULL"):
        return None
    return value
