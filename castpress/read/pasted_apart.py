"""Pasted lines that belong together and came apart: steps and their numbers, stamps and titles."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.read.roles import compared
from castpress.read.stamps import read_stamp

if TYPE_CHECKING:
    from collections.abc import Mapping

_NUMBER = re.compile(r"([0-9]{1,3})[.)]")
_MARKUP = re.compile(r"[#>|<]|[-*+•◦▪●]\s|[0-9]{1,3}[.)](?:\s|$)")
_FEWEST_STEPS = 2
_FEWEST_STAMPS = 3
_LONGEST_TITLE = 80
_MOST_WORDS = 14
_SENTENCE_ENDS = tuple(".!;:,…。！；：，、")


def join_lines_apart(text: str) -> str:
    r"""The text with numbers and stamps that stand alone put before the line they belong to.

    All lines stay where they are; a line whose text moved down is blank.

    >>> join_lines_apart("1.\n\nWalk\n\n2.\n\nSkip")
    '\n\n1. Walk\n\n\n\n2. Skip'
    """
    lines = text.split("\n")
    below = _lines_below(lines)
    pairs = {**_steps_apart(lines, below), **_stamps_apart(lines, below)}
    if not pairs:
        return text
    for alone, owner in pairs.items():
        lines[owner] = f"{lines[alone].strip()} {lines[owner].strip()}"
        lines[alone] = ""
    return "\n".join(lines)


def _lines_below(lines: list[str]) -> dict[int, int]:
    """For each line with text the next one that has any."""
    return dict(pairwise(index for index, line in enumerate(lines) if line.strip()))


def _steps_apart(lines: list[str], below: Mapping[int, int]) -> dict[int, int]:
    """The numbers that stand alone and count from 1, each with the line of its step."""
    found: dict[int, int] = {}
    run: dict[int, int] = {}
    for index, owner in below.items():
        match = _NUMBER.fullmatch(lines[index].strip())
        if match is None or _MARKUP.match(lines[owner].strip()):
            continue
        if int(match[1]) != len(run) + 1:
            if len(run) >= _FEWEST_STEPS:
                found.update(run)
            run = {}
        if int(match[1]) == len(run) + 1:
            run[index] = owner
    if len(run) >= _FEWEST_STEPS:
        found.update(run)
    return found


def _stamps_apart(lines: list[str], below: Mapping[int, int]) -> dict[int, int]:
    """The stamps that stand alone, each with its title behind blank lines.

    There are none where one of them has no title or a sentence below it, where the last ends the
    text (titles may stand above), where they do not rise, or where a title comes twice: then they
    may say when somebody spoke.
    """
    found: dict[int, int] = {}
    starts: list[int] = []
    if _lone_start(lines[max(below.values(), default=0)]) is not None:
        return {}
    for index, owner in below.items():
        start_ms = _lone_start(lines[index])
        if start_ms is None:
            continue
        is_apart = owner > index + 1 and (index == 0 or not lines[index - 1].strip())
        if not is_apart or not _may_be_title(lines[owner].strip()):
            return {}
        found[index] = owner
        starts.append(start_ms)
    is_rising = all(start < end for start, end in pairwise(starts))
    titles = {compared(lines[owner]) for owner in found.values()}
    is_list = len(found) >= _FEWEST_STAMPS and is_rising and len(titles) == len(found)
    return found if is_list else {}


def _lone_start(line: str) -> int | None:
    """Where the stamp starts that is all of a line, in milliseconds."""
    line = line.strip()
    stamp = read_stamp(line) if line[:1].isdigit() or line[:1] in "[(" else None
    return None if stamp is None or stamp.title or stamp.fault is not None else stamp.start_ms


def _may_be_title(line: str) -> bool:
    return (
        len(line) <= _LONGEST_TITLE
        and len(line.split()) <= _MOST_WORDS
        and not line.endswith(_SENTENCE_ENDS)
        and any(map(str.isalpha, line))
        and _MARKUP.match(line) is None
        and read_stamp(line) is None
    )
