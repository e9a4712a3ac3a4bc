"""WebVTT, SubRip and YouTube's SBV: texts below a line with two times, read tolerantly.

The formats differ in a comma, a header and how speakers are written, and files mix all of that;
so one reader does them all, and looks at content, not at the name. https://www.w3.org/TR/webvtt1/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from castpress.model.problem import Severity
from castpress.model.timecode import TimecodeError, plain_digits
from castpress.read.transcript_parts import VOICE, Reading, Said, plain_words, tidy_lines
from castpress.read.transcript_times import read_time

if TYPE_CHECKING:
    from castpress.read.transcript_faults import Faults

_TIME = r"\d{1,3}(?: ?: ?\d{1,2}){1,2}(?:[:;]\d{1,2})?(?: ?[.,] ?\d{1,9})?"
_TIPS = (">", "→", "⟶", "➔")
_ARROWS = r"[-–—=]{1,3} ?>|→|⟶|➔"
_SPAN = re.compile(rf"({_TIME}) ?(?:{_ARROWS}) ?({_TIME})(?:\s.*)?")
_SBV_SPAN = re.compile(r"(\d{1,3}:\d{2}:\d{2}\.\d{3}),(\d{1,3}:\d{2}:\d{2}\.\d{3})")
# A line that was meant to be one: something, an arrow, something.
_BROKEN_SPAN = re.compile(r"([^<>]{0,40}?) ?(?:-{1,3}>|→) ?(\S{0,40})(?:\s.*)?")
_HALF_TIME = re.compile(r"\d ?: ?\d")
_NOT_CUES = re.compile(r"(?:NOTE|STYLE|REGION)\b|WEBVTT")
_HEADER = re.compile(r"WEBVTT|(?:kind|language|x-timestamp-map)\b", re.IGNORECASE)
_LANGUAGE = re.compile(r"language\s*:\s*([A-Za-z-]{2,20})", re.IGNORECASE)
_WRITE_TIMES = "write 00:01:02.000 --> 00:01:05.000 above the cue's text, an empty line below it"
_SHOWN, _HEAD_LINES = 60, 6


@dataclass(frozen=True, slots=True)
class _Span:
    """A line with times: its index, and the times, None where one cannot be read."""

    index: int
    start_ms: int | None
    end_ms: int | None


def has_spans(text: str) -> bool:
    """Whether a line of the text gives two times, as WebVTT, SubRip and SBV do."""
    return any(_match(line) for line in text.split("\n"))


def is_subrip(text: str) -> bool:
    """Whether the first times are written as SubRip has them, with a comma."""
    for line in text.split("\n"):
        match = _match(line)
        if match is not None:
            return "," in match[1] and "," in match[2]
    return False


def read_cues(text: str, faults: Faults) -> Reading:
    """What is said in a file of that kind, in its order; what cannot be read is a fault."""
    lines = [line.strip() for line in text.split("\n")]
    spans = _find_spans(lines, faults)
    first = spans[0].index if spans else len(lines)
    language = _read_head(lines, first, faults)
    said: list[Said] = []
    for number, span in enumerate(spans):
        after = spans[number + 1].index if number + 1 < len(spans) else len(lines)
        words = _words(lines, span.index + 1, after, faults)
        if span.start_ms is not None:
            said += _voices(words, span)
    return Reading(tuple(said), language)


def _find_spans(lines: list[str], faults: Faults) -> list[_Span]:
    spans = []
    for index, line in enumerate(lines):
        if ":" not in line and ">" not in line:
            continue
        match = _match(line)
        if match is not None:
            spans.append(_span(index, match[1], match[2], faults))
        elif "->" in line and (index == 0 or not lines[index - 1] or lines[index - 1].isdigit()):
            broken = _BROKEN_SPAN.fullmatch(line)
            if broken is not None and _HALF_TIME.search(line):
                spans.append(_span(index, broken[1], broken[2], faults))
    return spans


def _match(line: str) -> re.Match[str] | None:
    line = line.strip()
    if not line or not (line[0].isdigit() and ":" in plain_digits(line[:10])):
        return None
    if any(tip in line for tip in _TIPS):
        return _SPAN.fullmatch(" ".join(plain_digits(line).split()))
    return _SBV_SPAN.fullmatch(line)


def _span(index: int, start: str, end: str, faults: Faults) -> _Span:
    """The times of a line; with a start alone a cue can be kept, without one it cannot."""
    try:
        start_ms = read_time(start)
    except TimecodeError as error:
        faults.add("broken-cue", index + 1, f"this cue is left out: {error}", _WRITE_TIMES)
        return _Span(index, None, None)
    try:
        return _Span(index, start_ms, read_time(end))
    except TimecodeError as error:
        faults.add(
            "broken-cue",
            index + 1,
            f"this cue lasts until the next one: {error}",
            _WRITE_TIMES,
            kind="end",
        )
        return _Span(index, start_ms, None)


def _read_head(lines: list[str], end: int, faults: Faults) -> str | None:
    """The language that the header names; words before the first time are a fault."""
    language = None
    for block, index in _blocks(lines, 0, end):
        if index < _HEAD_LINES and _HEADER.match(block[0]):
            found = next(filter(None, map(_LANGUAGE.fullmatch, block)), None)
            language = language or (found[1] if found else None)
            continue
        is_id = index + len(block) == end and len(block) == 1 and end < len(lines)
        if is_id or block[0].isdigit() or _NOT_CUES.match(block[0]):
            continue
        faults.add(
            "broken-cue",
            index + 1,
            f"these words are left out, no times stand above them: {block[0][:_SHOWN]!r}",
            _WRITE_TIMES,
            kind="words",
        )
    return language


def _words(lines: list[str], begin: int, end: int, faults: Faults) -> list[str]:
    """The lines of a cue's text, ids, counters and comments taken away."""
    words: list[str] = []
    is_last = end == len(lines)
    for block, index in _blocks(lines, begin, end):
        if _NOT_CUES.match(block[0]) and index > begin:
            continue
        touches_next = not is_last and index + len(block) == end
        if touches_next and block[-1].isdigit():
            block = block[:-1]  # noqa: PLW2901 - the next cue's counter
        elif touches_next and len(block) == 1 and words:
            continue  # the next cue's id
        if not block or (block[0].isdigit() and len(block) == 1 and words):
            continue
        if words and index > begin:
            faults.add(
                "broken-cue",
                index + 1,
                f"words without times are taken into the cue above: {block[0][:_SHOWN]!r}",
                "take out the empty line above them, or " + _WRITE_TIMES,
                Severity.NOTE,
                kind="added",
            )
        words += block
    return words


def _blocks(lines: list[str], begin: int, end: int) -> list[tuple[list[str], int]]:
    """The runs of lines between empty ones, each with the index of its first line."""
    blocks: list[tuple[list[str], int]] = []
    is_open = False
    for index in range(begin, end):
        if not lines[index]:
            is_open = False
        elif is_open:
            blocks[-1][0].append(lines[index])
        else:
            blocks.append(([lines[index]], index))
            is_open = True
    return blocks


def _voices(words: list[str], span: _Span) -> list[Said]:
    """The text as one piece a voice; two voices may share a span, as WebVTT allows."""
    text = "\n".join(words)
    said: list[Said] = []
    speaker: str | None = None
    position = 0
    pieces: list[tuple[str | None, str]] = []
    for match in VOICE.finditer(text):
        pieces.append((speaker, text[position : match.start()]))
        speaker = " ".join(unescape(match[1]).split()) or None
        position = match.end()
    pieces.append((speaker, text[position:]))
    for voice, piece in pieces:
        spoken = tidy_lines(plain_words(piece))
        if spoken:
            said.append(Said(spoken, span.index + 1, span.start_ms, span.end_ms, voice))
    return said
