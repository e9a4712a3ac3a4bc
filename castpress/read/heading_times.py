"""What the headings' times are: starts, lengths, slips; where it is not clear, a question."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from castpress.model.notes import SectionRole
from castpress.model.problem import Problem, Severity
from castpress.model.timecode import format_clock
from castpress.read.blocks import BlockKind, plain, split_lines
from castpress.read.html_elements import HTML_SUFFIXES
from castpress.read.rising import NEAR_BEGINNING_MS, out_of_order

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.read.section_time import BareTime
    from castpress.read.sections import Part
    from castpress.read.spans import Span, SpanFault


_FASTEST_MS = 20_000
_CLOCK = re.compile("[:秒초]")
_NUMBER = re.compile("[0-9]+")
_CLOSING = ("]", ")", "）", "】", "〉", "〕")


def settle_times(parts: Sequence[Part]) -> list[Problem]:
    """Decide what the headings' times are: starts, lengths, slips; ask where it is not clear."""
    problems = _settle_bare_times(parts)
    timed = [part for part in parts if part.span is not None and not part.span.is_length]
    is_start = _lone_values_are_starts(timed)
    is_meant = bool(timed) or _are_meant([part for part in parts if part.fault is not None])
    for part in parts:
        if part.fault is not None:
            if part.fault.is_weak and not is_meant:
                part.fault, part.typed = None, ""
                continue
            problems.append(_fault_problem(part, part.fault))
        elif part.span is not None and (
            part.span.is_length or (part.span.is_lone and not is_start)
        ):
            problems.append(_length_problem(part, part.span))
            part.span, part.title = None, part.text
        elif part.span is not None and (
            part.role is SectionRole.TRANSCRIPT or SectionRole.TRANSCRIPT in part.within
        ):
            part.span = None
        elif part.span is not None and not part.title and _first_item(part):
            part.title = _first_item(part)
        elif part.span is not None and not part.title:
            problems.append(_untitled_problem(part))
            part.span, part.title = None, part.text
    return problems + _backward_problems(parts)


def _are_meant(faulty: Sequence[Part]) -> bool:
    """Whether slips that may be something else are times: one surely is, or they join from 0."""
    if any(part.fault is not None and not part.fault.is_weak for part in faulty):
        return True
    ranges = [_NUMBER.findall(part.typed) for part in faulty]
    if len(ranges) < 2 or any(len(numbers) != 2 for numbers in ranges):
        return False
    is_joined = all(before[1] == after[0] for before, after in pairwise(ranges))
    return is_joined and not ranges[0][0].strip("0")


def _first_item(part: Part) -> str:
    """What the list right below a time says first; "" where there is none."""
    block = part.blocks[0] if part.blocks else None
    if block is None or block.kind is not BlockKind.LIST or not block.items:
        return ""
    lines = split_lines(block.items[0].runs)
    return plain(lines[0]) if lines else ""


def _settle_bare_times(parts: Sequence[Part]) -> list[Problem]:
    """Times at the end of headings without brackets: starts where several rise, else asked about.

    The only heading of level 1 is the notes' title, whatever numbers it ends in.
    """
    tops = [part for part in parts if part.level == 1]
    bare = [
        part for part in parts if part.bare is not None and not (len(tops) == 1 and part.level == 1)
    ]
    is_likely = any(part.is_timed for part in parts) or (
        len(bare) > 1 and bare[0].bare is not None and _is_early(bare[0].bare.span)
    )
    moments = _bare_moments(bare)
    if _bare_moments_rise(parts, moments):
        for part in moments:
            if part.bare is not None:
                part.span, part.title = part.bare.span, part.bare.title
    return [
        _bare_problem(part, part.bare, Severity.WARNING if is_likely else Severity.NOTE)
        for part in bare
        if part.bare is not None and part.span is None
    ]


def _is_early(span: Span) -> bool:
    return span.start_ms <= NEAR_BEGINNING_MS


def _bare_moments(bare: Sequence[Part]) -> list[Part]:
    """Those that can be starts: counts, ``11 min``, are as likely lengths, but no length is 0."""
    first = bare[0].bare if bare else None
    if first is not None and not first.span.start_ms and not _CLOCK.search(bare[0].typed):
        return list(bare)
    return [part for part in bare if _CLOCK.search(part.typed)]


def _bare_moments_rise(parts: Sequence[Part], moments: Sequence[Part]) -> bool:
    """Whether several bare times are starts, and all times of the headings rise from early on."""
    starts: list[int] = []
    allowed = {id(part) for part in moments}
    count = 0
    for part in parts:
        span = part.span
        if part.bare is not None and id(part) in allowed:
            span = part.bare.span
            count += 1
        if span is not None and not span.is_length:
            starts.append(span.start_ms)
    gaps = [after - before for before, after in pairwise(starts)]
    if count < 2 or min(gaps) <= 0 or starts[0] > NEAR_BEGINNING_MS:
        return False
    return median(gaps) >= _FASTEST_MS  # speakers' names and times follow each other in seconds


def _lone_values_are_starts(timed: Sequence[Part]) -> bool:
    """Whether single values rise among themselves and fit between their timed neighbours."""
    spans = [part.span for part in timed if part.span is not None]
    lone = [span.start_ms for span in spans if span.is_lone]
    if any(after <= before for before, after in pairwise(lone)):
        return False
    for before, after in pairwise(timed):
        first, second = before.span, after.span
        if first is None or second is None or not (first.is_lone or second.is_lone):
            continue
        if second.start_ms <= first.start_ms:
            return False
        is_inside = first.end_ms is not None and second.start_ms < first.end_ms
        if is_inside and after.level <= before.level:
            return False
    return True


def _backward_problems(parts: Sequence[Part]) -> list[Problem]:
    """Leave out the headings whose time goes back; the others stay chapters."""
    timed = [(part, part.span) for part in parts if part.span is not None]
    forward = [(p, s) for p, s in timed if s.end_ms is None or s.end_ms > s.start_ms]
    problems: list[Problem] = []
    for index in sorted(out_of_order([span.start_ms for _, span in forward])):
        part, span = forward[index]
        clock = format_clock(span.start_ms)
        problems.append(
            Problem(
                "time-goes-back",
                f"{clock} of {part.title!r} is out of order, so it becomes no chapter",
                part.location,
                Severity.WARNING,
                help="correct the time, or move the section to its place",
            )
        )
        part.span, part.title = None, part.text
    return problems


def _fault_problem(part: Part, fault: SpanFault) -> Problem:
    is_certain = fault.code == "bad-time-range" and not fault.is_weak
    severity = Severity.ERROR if is_certain else Severity.WARNING
    return Problem(
        fault.code,
        f"section {part.text!r} becomes no chapter: {fault.message}",
        part.location,
        severity,
        help=_FAULT_HELP.get(fault.code, "write [0-2 min] or [1:30-4:00]"),
    )


_FAULT_HELP = {
    "missing-unit": "write the unit, as in [2-14 min], or take the brackets away",
    "unmatched-bracket": "write both brackets of one kind, as in [0-2 min]",
}


def _bare_problem(part: Part, bare: BareTime, severity: Severity) -> Problem:
    own = part.typed if part.typed[-1:] in _CLOSING else f"[{part.typed.rstrip('.')}]"
    if bare.span.is_lone:
        own = f"[{format_clock(bare.span.start_ms)} -]"
    is_html = part.location.file.suffix.lower() in HTML_SUFFIXES
    hashes = "" if is_html else "#" * part.level + " "
    return Problem(
        "unbracketed-time",
        f"does {bare.title!r} begin at {part.typed!r}? As typed, {part.text!r} becomes no chapter",
        part.location,
        severity,
        help=f"if it does, write `{hashes}{bare.title} {own}`",
    )


def _length_problem(part: Part, span: Span) -> Problem:
    clock = format_clock(span.start_ms)
    return Problem(
        "ambiguous-length",
        f"{part.typed!r} in {part.text!r} is read as a length, so it becomes no chapter",
        part.location,
        Severity.WARNING,
        help=f"if it begins there, write [{clock} -]",
    )


def _untitled_problem(part: Part) -> Problem:
    return Problem(
        "untitled-chapter",
        f"{part.text!r} has a time and no title, so it becomes no chapter",
        part.location,
        Severity.WARNING,
        help="write what is heard there beside the time",
    )
