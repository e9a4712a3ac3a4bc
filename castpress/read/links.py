"""Links that the author did not type as such: moments, bare addresses, e-mail addresses."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from linkify_it import LinkifyIt

from castpress.model.notes import TypedLink
from castpress.model.timecode import TimecodeError, format_seconds, parse_clock, plain_digits
from castpress.read.blocks import Block, BlockKind, Run
from castpress.read.markdown import Edit
from castpress.read.spans import is_time_of_day

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from castpress.read.blocks import Document, Places

# What comes before a clock time that is a moment in the audio.
_CUE_MARKS = tuple("\n([（【@~")  # all that almost all clock times stand behind, seen at once
_CUE = re.compile(
    r"(?:^|[\n(\[（【@~]|\b(?:at|around|about|from|by|near|until|till|to|after|before|see|hear"
    r"|minute|starting|jump to|skip to|timestamp|time|between|and)\s+(?:@|~|\()?|"
    r"[0-9]\s*[-–—]\s*)$",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\w:.,/#=&%?-])([0-9]{1,3}:[0-9]{2}(?::[0-9]{2})?)(?![\w:/%]|[.,][0-9]|-[a-z])"
)
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
# What makes a clock time an hour of the day, a result or a score: before it, and behind it.
_ELSEWHERE_BEFORE = re.compile(
    r"\b(?:meet(?:ing|s|ups?)?|met|doors|alarm|wake|woke|train|bus|finish(?:ed|es)?|ran"
    r"|personal best|p[br]|score[ds]?|won|lost|beat|ratio|pace of|every)\b"
    rf"|\b{_DAY}\W+(?:\w+\W+)?$",
    re.IGNORECASE,
)
_ELSEWHERE_BEHIND = re.compile(
    r"\W*(?:(?:in the|this|every|each|tomorrow) (?:morning|afternoon|evening|day)|tonight|tomorrow"
    rf"|(?:on|every|this|next)\s+{_DAY}|local time|sharp|pace|split|(?-i:GMT|UTC|BST|CES?T"
    r"|[CEMP][DS]?T)\b|for the (?:mile|half|5k|10k|marathon))",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[.!?;\n]\s")
_NEAR = 60
_MAYBE_ADDRESS = re.compile(r"://|www\.|@\w|\w\.\w{2,24}/")
_LOCAL_TRAIL = re.compile(r"[*_~]+$")


def moment_edits(
    blocks: Sequence[Block], duration_ms: int | None = None, known: Collection[int] = ()
) -> Iterator[Edit]:
    """The clock times in running text that are moments in the audio, as links that seek.

    A time of day, a pace, a score or a verse is none: a word like "at" or a bracket has to come
    before, and nothing nearby may speak of something else. Those that begin at the byte offsets
    in ``known`` are links already.
    """
    for block in blocks:
        if block.kind in {BlockKind.QUOTE, BlockKind.CODE, BlockKind.HEADING, BlockKind.HTML}:
            continue
        text, starts = _joined(block.runs)
        text = plain_digits(text)
        if ":" not in text:
            continue
        for match in _CLOCK.finditer(text):
            span = _source_span(block.runs, starts, match.start(1), match.end(1))
            if span is None or span[0] in known or not _is_moment(text, match):
                continue
            try:
                ms = parse_clock(match[1])
            except TimecodeError:
                continue
            if duration_ms is not None and ms >= duration_ms:
                continue
            yield moment_edit(span, ms)


def moment_edit(span: tuple[int, int], ms: int) -> Edit:
    """A link that seeks, around a clock time in the source."""
    return Edit(*span, f'<a href="#t={format_seconds(ms)}">', "</a>")


def address_edits(blocks: Sequence[Block]) -> Iterator[tuple[Edit, str, str]]:
    """The bare addresses in the text as links: the edit, the address and the text."""
    for block in blocks:
        if block.kind in {BlockKind.CODE, BlockKind.HEADING, BlockKind.HTML}:
            continue
        for run in block.runs:
            if run.link >= 0 or not run.is_literal or not _may_hold_address(run.text):
                continue
            for start, end, url in _addresses(run.text):
                text = run.text[start:end]
                span = (run.byte(start), run.byte(end))
                is_plain = url in {text, f"mailto:{text}"}
                source = f"<{text}>" if is_plain else f"[{text}](<{url}>)"
                yield Edit(*span, source), url, text


def typed_links(
    document: Document, places: Places, bare: Iterable[tuple[Edit, str, str]]
) -> tuple[TypedLink, ...]:
    """Every address of the text, typed as a link or ``bare``, with its place."""
    found = [(link.start, link.url) for link in document.links]
    found += [(edit.start, url) for edit, url, _ in bare]
    return tuple(TypedLink(url, places.at(start)) for start, url in sorted(found))


def _may_hold_address(text: str) -> bool:
    """The pattern is slow; almost all text lacks what each of its forms needs."""
    is_likely = "/" in text or "@" in text or "www." in text
    return is_likely and _MAYBE_ADDRESS.search(text) is not None


def _addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Addresses with a scheme, ``www.`` or a path, and e-mail addresses: never a bare ``dust.in``.

    A full stop without a space after it is a common slip, and half of all words are domains.
    """
    for match in _linkifier().match(text) or ():
        start, end, url = match.index, match.last_index, match.url
        shown = text[start:end]
        trail = _LOCAL_TRAIL.search(shown)
        if trail is not None:
            end -= len(trail[0])
            url = url[: -len(trail[0])]
            shown = text[start:end]
        if any(character in shown for character in "<> \\`"):
            continue
        if match.schema in {"http:", "https:", "mailto:"}:
            yield start, end, shown if match.schema != "mailto:" else f"mailto:{shown}"
        elif not match.schema and (shown.startswith("www.") or "/" in shown.rstrip("/")):
            yield start, end, f"https://{shown}"


@cache
def _linkifier() -> LinkifyIt:
    return LinkifyIt()


def _is_moment(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _NEAR) : match.start()]
    after = text[match.end() : match.end() + _NEAR]
    if is_time_of_day(after) or not (before.endswith(_CUE_MARKS) or _CUE.search(before)):
        return False
    clause = _CLAUSE_END.split(before)[-1]
    return not _ELSEWHERE_BEFORE.search(clause) and not _ELSEWHERE_BEHIND.match(after)


def _joined(runs: Sequence[Run]) -> tuple[str, list[int]]:
    """The text of the runs and where each begins in it; what may not be edited is blanked."""
    parts: list[str] = []
    starts: list[int] = []
    position = 0
    for run in runs:
        starts.append(position)
        parts.append("\0" * len(run.text) if run.link >= 0 or run.is_code else run.text)
        position += len(run.text)
    return "".join(parts), starts


def _source_span(
    runs: Sequence[Run], starts: Sequence[int], start: int, end: int
) -> tuple[int, int] | None:
    index = bisect_right(starts, start) - 1
    run = runs[index]
    if not run.is_literal or end > starts[index] + len(run.text):
        return None
    return run.byte(start - starts[index]), run.byte(end - starts[index])
