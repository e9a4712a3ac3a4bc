"""Slips in the text that a reader would stumble over: each is a note, and nothing is changed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.problem import Problem, Severity
from castpress.read.blocks import Block, BlockKind, plain, split_lines
from castpress.read.buttons import is_button
from castpress.read.takeaways import place_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from castpress.model.notes import TypedCall
    from castpress.read.blocks import Document, Places, Run
    from castpress.read.sections import Part

_UNREAD = frozenset((BlockKind.CODE, BlockKind.HTML, BlockKind.HEADING, BlockKind.TABLE))
# Brackets that close nothing on purpose: faces, "a)" and "2)" that count, "0:30)".
_LONE = re.compile(r"[:;=8xX]['’-]?[()]|(?<![\w(])(?:[0-9]{1,3}|[a-zA-Z]|[ivx]{2,4}|[0-9:]{4,8})\)")
_BRACKET = re.compile(r"[()]")
_NEAR = 24
_GLUED_STOP = re.compile(
    r"(?<![\w.@/-])[a-zà-ÿ]{3,}(?:\.(?:in|on|at|to|the|and|but|it|we|you|he|she|they|this|that|these"
    r"|there|if|or|of|for|with|from|when|what|why|how|not|as|an|our|your|their|then|now|is|are|was)"
    r"\b|[.!?][A-ZÀ-Þ][a-zà-ÿ]+)(?![./@\w-])"
)
_NUMBERS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
_COUNTED = re.compile(
    r"(?:(?:the|my|our|your|these|top|here are|here are the)\s+)*"
    rf"(?P<number>{'|'.join(_NUMBERS[2:])}|[0-9]{{1,2}})\s+"
    r"(?:[\w’'-]+\s+){0,2}?(?:steps|tips|ways|reasons|things|rules|exercises|drills"
    r"|questions|signs|mistakes|ideas|habits|myths|keys|facts|points|tools|tricks|stretches|moves"
    r"|principles|books|causes|benefits|stages|phases|lessons|takeaways|ingredients|symptoms)\b.*",
    re.IGNORECASE,
)
_LOST = (
    re.compile(r"\b(?P<text>(?:click|tap|press) here)\b", re.IGNORECASE),
    re.compile(
        r"\b(?:find|read|sign up|get|download|listen|learn more|see|register|check|order|buy|book"
        r"|apply|donate|subscribe|join|shop|enrol+)\b[^.!?]{0,40}\b(?P<text>here)(?=\s*(?:[.!?)]|$))",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:on|at|to|visit|see|from|via|check out|check)\s+(?:our|my|the|his|her|their)\s+"
        r"(?P<text>(?:[\w’'-]+ ){1,3}page)\b",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:(?:read|see|check out|visit|find|try|from|via|download|get|take|follow)\s+"
        r"|(?:read|find|see|learn|more|know)\b[^.!?]{0,40}\b(?:in|on|at)\s+)"
        r"(?P<text>this (?:article|post|blog post|study|paper|guide|link|page|website|worksheet"
        r"|form|survey|playlist))\b",
        re.IGNORECASE,
    ),
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A paragraph or an item: its text, and where its characters stand."""

    text: str
    runs: Sequence[Run]
    places: Places

    def note(self, code: str, message: str, index: int, advice: str) -> Problem:
        """A note at a character of the text."""
        place = self.places.at(place_in(self.runs, index))
        return Problem(code, message, place, Severity.NOTE, help=advice)


def proofread(
    document: Document,
    parts: Sequence[Part],
    places: Places,
    call: TypedCall | None,
    *,
    was_recovered: bool,
) -> Iterator[Problem]:
    """The notes about slips.

    Full stops without a space and links that lost their addresses are only looked for in pasted
    text: elsewhere ``node.js`` is typed on purpose, and links are links.
    """
    yield from _wrong_counts(parts)
    for block in document.blocks:
        if block.kind in _UNREAD:
            continue
        for runs in _runs_of(block):
            row = _Row("".join(run.text for run in runs), runs, places)
            if row.text.count("(") != row.text.count(")"):
                yield from _lone_bracket(row)
            if was_recovered:
                yield from _glued_stops(row)
                yield from _lost_links(row, call)


def _runs_of(block: Block) -> Iterable[Sequence[Run]]:
    return [item.runs for item in block.items] if block.kind is BlockKind.LIST else [block.runs]


def _lone_bracket(row: _Row) -> Iterator[Problem]:
    """The first round bracket that has no other."""
    bare = _LONE.sub(lambda match: "_" * len(match[0]), row.text)
    opened: list[int] = []
    lone = None
    for match in _BRACKET.finditer(bare):
        if match[0] == "(":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            lone = match.start()
            break
    lone = opened[0] if lone is None and opened else lone
    if lone is None:
        return
    near = " ".join(row.text[max(lone - _NEAR, 0) : lone + _NEAR].split())
    yield row.note(
        "unbalanced-bracket",
        f"a bracket {'closes nothing' if row.text[lone] == ')' else 'is not closed'}: {near!r}",
        lone,
        "add the other bracket, or take this one out",
    )


def _glued_stops(row: _Row) -> Iterator[Problem]:
    for match in _GLUED_STOP.finditer(row.text):
        yield row.note(
            "no-space-after-stop",
            f"{match[0]!r} has no space behind its full stop",
            match.start(),
            "put a space there, or take the full stop out; the text is kept as it is",
        )


def _lost_links(row: _Row, call: TypedCall | None) -> Iterator[Problem]:
    text = row.text
    if any(run.link >= 0 for run in row.runs) or "://" in text or "www." in text:
        return
    found: dict[int, str] = {}
    for pattern in _LOST:
        for match in pattern.finditer(text):
            found.setdefault(match.start("text"), " ".join(match["text"].split()))
    lines = split_lines(row.runs)
    last = plain(lines[-1]) if len(lines) > 1 else ""
    is_call = call is not None and last.startswith(call.button)
    if last and not is_call and is_button(last):
        found.setdefault(text.rindex(last.split()[0]), last)
    for index in sorted(found):
        yield row.note(
            "missing-link",
            f"{found[index]!r} was a link, and its address was lost when it was pasted",
            index,
            f"link it again: [{found[index]}](https://…)",
        )


def _wrong_counts(parts: Sequence[Part]) -> Iterator[Problem]:
    """A heading that counts what its list holds, and counts wrong."""
    for part in parts:
        match = _COUNTED.fullmatch(part.title) if part.heading is not None else None
        lists = [block for block in part.blocks if block.kind is BlockKind.LIST]
        if match is None or len(lists) != 1:
            continue
        typed = match["number"].lower()
        said = int(typed) if typed.isdigit() else _NUMBERS.index(typed)
        count = sum(item.depth == 0 for item in lists[0].items)
        if said != count:
            yield Problem(
                "count-differs",
                f"the heading says {match['number']}, and the list below it has {count}",
                part.location,
                Severity.NOTE,
                help="correct the heading, or the list",
            )
