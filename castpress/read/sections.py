"""Headings of the notes: which there are, and the text between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from slugify import slugify

from castpress.model.notes import Mark, SectionRole
from castpress.read.blocks import Block, BlockKind, Document, Places, plain
from castpress.read.chapter_doubts import is_chapter_heading
from castpress.read.markdown import Edit, apply_edits, render_html
from castpress.read.roles import compared, role_of
from castpress.read.sanitise import sanitise
from castpress.read.section_time import BareTime, TimedTitle, read_timed_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from castpress.model.notes import Vocabulary
    from castpress.model.problem import Location
    from castpress.read.spans import Span, SpanFault

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
    bare: BareTime | None = None
    blocks: list[Block] = field(default_factory=list)
    anchor: str = ""
    html: str = ""

    @property
    def is_timed(self) -> bool:
        """Whether the heading carries a time, usable or not, even if it is not used."""
        is_weak = self.fault is not None and self.fault.is_weak
        return self.span is not None or (bool(self.typed) and self.bare is None and not is_weak)


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


def timed_headings(parts: Sequence[Part]) -> list[tuple[int, int]]:
    """Byte offset and start of the headings that carry a time, in the order of the text."""
    return [
        (part.heading.start, part.span.start_ms)
        for part in parts
        if part.heading is not None and part.span is not None
    ]


def take_title(parts: list[Part], given: str | None) -> Part | None:
    """Take the heading that is the note's title out of the parts; its text joins the lead.

    It is the first heading without a time. Where front matter gives the title, only a heading
    that repeats it is taken. A recognised heading ("Summary", "Chapters") is a title only at
    level 1.
    """
    for index, part in enumerate(parts):
        if part.heading is None or part.is_timed:
            continue
        if given is not None:
            if compared(part.text) != compared(given):
                return None
        elif part.level > 1 and (
            part.role is not SectionRole.TEXT or is_chapter_heading(part.text)
        ):
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
    html = render_html(apply_edits(document.markdown, [*cuts, *edits]))
    start = 0
    for index, part in enumerate(parts):
        cut = f"<p>section-{key}-{index + 1}</p>"
        end = html.find(cut, start)
        part.html = sanitise(html[start:] if end < 0 else html[start:end]).strip()
        start = len(html) if end < 0 else end + len(cut)


def name_anchors(parts: Iterable[Part]) -> None:
    """Give each part an anchor that is unique in the page: its title's slug, or its number."""
    used: set[str] = set()
    counts: dict[str, int] = {}
    for index, part in enumerate(parts):
        stem = _LEAD_ANCHOR if part.heading is None else _slug(part.title)
        if not stem or stem.startswith("footnote-"):
            stem = f"section-{index}"
        anchor = stem
        while anchor in used:
            counts[stem] = counts.get(stem, 1) + 1
            anchor = f"{stem}-{counts[stem]}"
        used.add(anchor)
        part.anchor = anchor


@lru_cache(maxsize=512)
def _slug(title: str) -> str:
    """The words of a title in ASCII; kept, since most headings recur from note to note."""
    return str(slugify(title, max_length=80))


def _heading_part(block: Block, places: Places, vocabulary: Vocabulary) -> Part | None:
    if block.kind is BlockKind.HEADING:
        text = without_attributes(plain(block.runs))
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
    role = role_of(timed.bare.title if timed.bare is not None else title, vocabulary)
    return Part(
        block,
        text,
        title,
        level,
        place,
        role,
        span=timed.span,
        fault=timed.fault,
        typed=timed.typed,
        bare=timed.bare,
    )


def without_attributes(heading: str) -> str:
    """A heading without the anchor that editors write behind it: ``Intro {#intro}``."""
    if not heading.endswith("}"):
        return heading
    before, mark, _ = heading.rpartition(" {#")
    return before.rstrip() if mark and before.strip() else heading


def _place(block: Block, timed: TimedTitle, places: Places) -> Location:
    """The place of a faulty time where it can be found, else of the heading."""
    if timed.fault is not None and timed.typed:
        for run in block.runs:
            index = run.text.find(timed.typed)
            if index >= 0 and run.is_literal:
                return places.at(run.byte(index))
    return places.at(block.start)


def _is_all_bold(block: Block) -> bool:
    has_text = False
    for run in block.runs:
        if run.text == "\n" or not (run.is_strong or not any(map(str.isalnum, run.text))):
            return False
        has_text = has_text or bool(run.text.strip())
    return has_text
