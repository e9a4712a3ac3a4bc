"""Headings of the notes: which there are, their times, and the text between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING

from slugify import slugify

from castpress.model.notes import Mark, SectionRole
from castpress.model.problem import Problem, Severity
from castpress.model.timecode import format_clock
from castpress.read.blocks import Block, BlockKind, Document, Places, plain
from castpress.read.markdown import Edit, apply_edits, render_html
from castpress.read.rising import out_of_order
from castpress.read.roles import compared, role_of
from castpress.read.sanitise import sanitise
from castpress.read.section_time import Span, SpanFault, TimedTitle, read_timed_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from castpress.model.notes import Vocabulary
    from castpress.model.problem import Location

_LEAD_ANCHOR = "notes"


@dataclass(slots=True)
class Part:
    """A heading with the blocks below it; ``heading`` is None for what stands before the first.

    ``title`` is what readers see: without the time where there is one, else as typed. ``within``
    are the roles of the headings this one is nested in.
    """

    heading: Block | None
    text: str
    title: str
    level: int
    location: Location
    role: SectionRole = SectionRole.TEXT
    within: frozenset[SectionRole] = frozenset()
    span: Span | None = None
    fault: SpanFault | None = None
    typed: str = ""
    blocks: list[Block] = field(default_factory=list)
    anchor: str = ""
    html: str = ""

    @property
    def is_timed(self) -> bool:
        """Whether the heading carries a time, usable or not."""
        is_fault = self.fault is not None and self.fault.code != "missing-unit"
        return (self.span is not None and not self.span.is_length) or is_fault


def read_parts(document: Document, places: Places, vocabulary: Vocabulary) -> list[Part]:
    """The notes cut at their headings; the first part is what stands before all of them."""
    parts = [Part(None, "", "", 0, places.at(0))]
    above: list[Part] = []
    for block in document.blocks:
        part = _heading_part(block, places, vocabulary)
        if part is None:
            parts[-1].blocks.append(block)
            continue
        while above and above[-1].level >= part.level:
            above.pop()
        part.within = frozenset(outer.role for outer in above)
        above.append(part)
        parts.append(part)
    lead = parts[0]
    if lead.blocks:
        lead.location = places.at(lead.blocks[0].start)
    return parts


def settle_times(parts: Sequence[Part]) -> list[Problem]:
    """Decide what the headings' times are: starts, lengths, slips; ask where it is not clear."""
    problems: list[Problem] = []
    timed = [part for part in parts if part.span is not None and not part.span.is_length]
    is_start = _lone_values_are_starts(timed)
    for part in parts:
        if part.fault is not None:
            if part.fault.code == "missing-unit" and not timed:
                part.fault = None
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
        elif part.span is not None and not part.title:
            problems.append(_untitled_problem(part))
            part.span, part.title = None, part.text
    return problems + _backward_problems(parts)


def heading_marks(parts: Sequence[Part]) -> list[Mark]:
    """The marks that the headings give."""
    return [
        Mark(
            part.span.start_ms,
            part.span.end_ms,
            part.title,
            part.location,
            part.level,
            part.span.to_end,
        )
        for part in parts
        if part.span is not None
    ]


def take_title(parts: list[Part], given: str | None) -> Part | None:
    """Take the heading that is the note's title out of the parts; its text joins the lead.

    It is the first heading without a time. Where front matter gives the title, only a heading
    that repeats it is taken. A recognised heading ("Summary") is a title only at level 1.
    """
    for index, part in enumerate(parts):
        if part.heading is None or part.is_timed:
            continue
        if given is not None:
            if compared(part.text) != compared(given):
                return None
        elif part.role is not SectionRole.TEXT and part.level > 1:
            return None
        del parts[index]
        if index == 1:
            parts[0].blocks += part.blocks
            if len(parts[0].blocks) == len(part.blocks):
                parts[0].location = part.location
        else:
            parts[index - 1].blocks += part.blocks
        return part
    return None


def render_parts(
    document: Document, parts: Sequence[Part], title: Part | None, edits: Iterable[Edit]
) -> None:
    """Give each part its HTML: rendered once as a whole, cut at the headings, sanitised.

    Rendering part by part would lose footnotes and reference links. A heading is replaced by a
    paragraph that no text can contain, since it holds a digest of the text itself.
    """
    key = blake2b(document.markdown.encode(), digest_size=12).hexdigest()
    cuts: list[Edit] = []
    for index, part in enumerate(parts):
        if part.heading is not None:
            cuts.append(
                Edit(part.heading.start, part.heading.end, f"\n\nsection-{key}-{index}\n\n")
            )
    if title is not None and title.heading is not None:
        cuts.append(Edit(title.heading.start, title.heading.end, "\n\n"))
    rest = render_html(apply_edits(document.markdown, [*cuts, *edits]))
    for index, part in enumerate(parts):
        html, _, rest = rest.partition(f"<p>section-{key}-{index + 1}</p>")
        part.html = sanitise(html).strip()


def name_anchors(parts: Iterable[Part]) -> None:
    """Give each part an anchor that is unique in the page: its title's slug, or its number."""
    used: set[str] = set()
    counts: dict[str, int] = {}
    for index, part in enumerate(parts):
        stem = _LEAD_ANCHOR if part.heading is None else slugify(part.title, max_length=80)
        if not stem or stem.startswith("footnote-"):
            stem = f"section-{index}"
        anchor = stem
        while anchor in used:
            counts[stem] = counts.get(stem, 1) + 1
            anchor = f"{stem}-{counts[stem]}"
        used.add(anchor)
        part.anchor = anchor


def _heading_part(block: Block, places: Places, vocabulary: Vocabulary) -> Part | None:
    if block.kind is BlockKind.HEADING:
        text = plain(block.runs)
        timed = read_timed_title(text)
        level = block.level
    elif block.kind is BlockKind.PARAGRAPH and _is_all_bold(block):
        text = plain(block.runs)
        timed = read_timed_title(text)
        level = 2
        if timed.span is None or not timed.title:
            return None
    else:
        return None
    is_read = timed.span is not None and timed.fault is None and not timed.span.is_length
    title = timed.title if is_read else text
    place = _place(block, timed, places)
    role = role_of(title, vocabulary)
    return Part(
        block, text, title, level, place, role, frozenset(), timed.span, timed.fault, timed.typed
    )


def _place(block: Block, timed: TimedTitle, places: Places) -> Location:
    """The place of a faulty time where it can be found, else of the heading."""
    if timed.fault is not None and timed.typed:
        for run in block.runs:
            index = run.text.find(timed.typed)
            if index >= 0 and run.is_literal:
                return places.at(run.byte(index))
    return places.at(block.start)


def _is_all_bold(block: Block) -> bool:
    visible = [run for run in block.runs if run.text.strip()]
    return (
        bool(visible)
        and all(run.is_strong or not any(map(str.isalnum, run.text)) for run in visible)
        and not any(run.text == "\n" for run in block.runs)
    )


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
    severity = Severity.ERROR if fault.code == "bad-time-range" else Severity.WARNING
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


def _length_problem(part: Part, span: Span) -> Problem:
    clock = format_clock(span.start_ms)
    return Problem(
        "ambiguous-length",
        f"{part.typed!r} in {part.text!r} is read as a length, so it becomes no chapter",
        part.location,
        Severity.WARNING,
        help=f"if it begins there, write [{clock} -] or [{clock}-{_later(span)}]",
    )


def _later(span: Span) -> str:
    return format_clock(span.start_ms + 5 * 60_000)


def _untitled_problem(part: Part) -> Problem:
    return Problem(
        "untitled-chapter",
        f"{part.text!r} has a time and no title, so it becomes no chapter",
        part.location,
        Severity.WARNING,
        help="write what is heard there beside the time",
    )
