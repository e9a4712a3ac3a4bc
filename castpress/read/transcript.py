"""WebVTT and SubRip to a transcript: tolerant, and each cue that cannot be read is named.

The two formats share blocks of lines parted by empty ones, a line with ``-->``, and the text
below it. What differs is a comma, a header and how speakers are written, so one reader does both.
https://www.w3.org/TR/webvtt1/
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING

from castpress.model.podcast import Cue, Transcript
from castpress.model.problem import Location, Problem, Severity
from castpress.model.timecode import TimecodeError, format_hms_ms, parse_clock
from castpress.read.normalise import clean_text

if TYPE_CHECKING:
    from pathlib import PurePosixPath

_ARROW = re.compile(r"\s*([^\s>]+)\s*-{1,2}>\s*([^\s]+)(?:\s+(.*))?")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s([^<>]*)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[0-9:.]+>")
_OVERRIDE = re.compile(r"\{\\?[a-zA-Z][^{}]*\}")
_SPEAKER = re.compile(r"(?:>>\s*)?([A-ZÀ-Þ][\w.'’-]*(?: [A-ZÀ-Þ0-9][\w.'’-]*){0,3}):\s+(?=\S)")
_NOT_CUES = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True, slots=True)
class _Block:
    """Lines that belong together; ``line`` is the first one's number."""

    lines: tuple[str, ...]
    line: int


def parse_transcript(
    text: str, file: PurePosixPath, language: str
) -> tuple[Transcript, tuple[Problem, ...]]:
    """The cues of a WebVTT or SubRip file, by their start; broken ones are left out and named."""
    problems: list[Problem] = []
    cues: list[Cue] = []
    last_start_ms = 0
    for block in _blocks(clean_text(text).text):
        if block.lines[0].startswith("WEBVTT") and block.line == 1:
            block = _Block(block.lines[1:], 2)  # noqa: PLW2901 - the header may lack a blank line
            if not any("->" in line for line in block.lines):
                continue
        if _is_no_cue(block):
            continue
        read, place = _read_cues(block, file, problems)
        for cue in read:
            if cue.start_ms < last_start_ms:
                problems.append(_out_of_order(cue, place))
            last_start_ms = max(last_start_ms, cue.start_ms)
            cues.append(cue)
    cues.sort(key=lambda cue: (cue.start_ms, cue.end_ms))
    if not cues and not problems:
        problems.append(_no_cues(file))
    return Transcript(language, tuple(cues), Location(file)), tuple(problems)


def _blocks(text: str) -> list[_Block]:
    blocks: list[_Block] = []
    lines: list[str] = []
    first = 1
    for number, line in enumerate([*text.split("\n"), ""], 1):
        if line.strip():
            if not lines:
                first = number
            lines.append(line.strip())
        elif lines:
            blocks.append(_Block(tuple(lines), first))
            lines = []
    return blocks


def _is_no_cue(block: _Block) -> bool:
    word = block.lines[0].split(maxsplit=1)[0].rstrip(":") if block.lines else "NOTE"
    return word in _NOT_CUES and not any("-->" in line for line in block.lines[:2])


def _read_cues(
    block: _Block, file: PurePosixPath, problems: list[Problem]
) -> tuple[list[Cue], Location]:
    """The cues of one block: one as a rule, more where the empty lines between are missing."""
    arrows = [i for i, line in enumerate(block.lines) if "->" in line and _ARROW.fullmatch(line)]
    place = Location(file, block.line, 1)
    if not arrows:
        problems.append(_broken(place, f"no line with --> in {block.lines[0][:60]!r}"))
        return [], place
    cues: list[Cue] = []
    place = Location(file, block.line + arrows[0], 1)
    for number, index in enumerate(arrows):
        here = Location(file, block.line + index, 1)
        end = len(block.lines)
        if number + 1 < len(arrows):
            end = arrows[number + 1]
            if end - 1 > index and block.lines[end - 1].isdigit():
                end -= 1
        match = _ARROW.fullmatch(block.lines[index])
        if match is None:
            continue
        try:
            start_ms, end_ms = _clock(match[1]), _clock(match[2])
        except TimecodeError as error:
            problems.append(_broken(here, str(error)))
            continue
        if end_ms < start_ms:
            problems.append(_broken(here, f"{match[2]} is before {match[1]}"))
            continue
        cues += _spoken(block.lines[index + 1 : end], start_ms, end_ms)
    return cues, place


def _clock(text: str) -> int:
    """A cue's time; hours may be missing, and a comma is SubRip's point."""
    return parse_clock(text.replace(",", "."))


def _spoken(lines: tuple[str, ...], start_ms: int, end_ms: int) -> list[Cue]:
    """The text as one cue a voice; two voices may share a span, as WebVTT allows."""
    cues: list[Cue] = []
    speaker: str | None = None
    parts: list[str] = []

    def close() -> None:
        text = " ".join(" ".join(parts).split())
        if text:
            cues.append(Cue(start_ms, end_ms, text, speaker))
        parts.clear()

    for line in lines:
        position = 0
        for match in _VOICE.finditer(line):
            parts.append(_plain(line[position : match.start()]))
            close()
            speaker = unescape(match[1]).strip() or None
            position = match.end()
        rest = _plain(line[position:])
        named = _SPEAKER.match(rest) if position == 0 and not _VOICE.search(line) else None
        if named is not None and not parts:
            speaker, rest = named[1], rest[named.end() :]
        parts.append(rest)
    close()
    return cues


def _plain(text: str) -> str:
    return unescape(_OVERRIDE.sub("", _TAG.sub("", text)))


def _broken(place: Location, reason: str) -> Problem:
    return Problem(
        "broken-cue",
        f"this cue is left out: {reason}",
        place,
        Severity.WARNING,
        help="write 00:01:02.000 --> 00:01:05.000 above the cue's text, an empty line below it",
    )


def _out_of_order(cue: Cue, place: Location) -> Problem:
    return Problem(
        "cue-out-of-order",
        f"the cue at {format_hms_ms(cue.start_ms)} stands after a later one; it was moved",
        place,
        Severity.NOTE,
        help="order the cues by their start",
    )


def _no_cues(file: PurePosixPath) -> Problem:
    return Problem(
        "empty-transcript",
        "the transcript holds no cues",
        Location(file),
        Severity.WARNING,
        help="export it as WebVTT or SubRip (.vtt, .srt), with times",
    )
