"""Headings that were typed without Markdown's mark, or with half of it.

``mark_timed_lines`` finds the lines of paragraphs that carry a range, bold or in a series;
``space_hashes`` the headings without a space behind their hashes. Both keep every line in its
place, so that line numbers stay what they were.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from castpress.model.notes import SectionRole
from castpress.model.problem import Problem, Severity
from castpress.read.blocks import Block, BlockKind, Run, plain, split_lines
from castpress.read.markdown import Edit, apply_edits, read_document
from castpress.read.pasted_headings import Guess, doubt_of, is_timed_line, range_of
from castpress.read.roles import compared, role_of
from castpress.read.section_time import read_timed_title
from castpress.read.stamps import read_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.notes import Vocabulary
    from castpress.read.blocks import Places
    from castpress.read.spans import Span

_MARK = "## "
_FEWEST_LINES = 2
_LONGEST_LINE = 300
_SHORTEST_MS = 30_000
_MAY_BE_RANGE = re.compile(r"[\[(（【][^\[\]()（）【】\n]*\d")
_STRESS = re.compile(r"\*\*|__")
_GLUED = re.compile(r" {0,3}(#{1,6})(?=[^\W\d_])([^\n]+)")
_FENCE = re.compile(r" {0,3}(```|~~~)")
_REFUSED = frozenset((SectionRole.EXERCISES, SectionRole.TRANSCRIPT))


@dataclass(frozen=True, slots=True)
class TimedLine:
    """A line of a paragraph with a range; ``start`` is its byte offset in the Markdown."""

    text: str
    start: int
    span: Span
    is_bold: bool


@dataclass(slots=True)
class MarkedLines:
    """The Markdown with the lines marked as headings, and those that are left as text.

    ``unclear_start`` is the byte offset of the first of them; ``is_rising`` says whether all ranges
    rise with the text.
    """

    markdown: str
    unclear: list[str] = field(default_factory=list)
    unclear_start: int = 0
    is_rising: bool = True

    def problems(self, places: Places) -> list[Problem]:
        """One warning of the lines that may be headings and are left as text."""
        if not self.unclear:
            return []
        names = ", ".join(repr(text) for text in self.unclear[:3])
        more = f" and {len(self.unclear) - 3} more" if len(self.unclear) > 3 else ""
        is_one = len(self.unclear) == 1
        read = (
            "is read as text, so it becomes no chapter"
            if is_one
            else ("are read as text, so they become no chapters")
        )
        reason = "no other line has a range" if self.is_rising else "a range overlaps or goes back"
        return [
            Problem(
                "unclear-time-line",
                f"{names}{more} {read}: {reason}",
                places.at(self.unclear_start),
                Severity.WARNING,
                "if it is a section, write ## before it",
            )
        ]


def mark_timed_lines(markdown: str, vocabulary: Vocabulary) -> MarkedLines:
    r"""The Markdown with ``##`` before the lines of paragraphs that are headings by their range.

    A line that is bold as a whole is one. Lines with a bold title or range, and plain lines that
    stand first in their paragraphs, are where two or more lines have ranges and these rise; else
    they are unclear. Under exercises and transcripts a range is a length, or when somebody spoke.

    >>> from castpress.model.notes import Vocabulary
    >>> mark_timed_lines("**Hay [0-2 min]**\nWe mow.", Vocabulary()).markdown
    '## **Hay [0-2 min]**\nWe mow.'
    >>> mark_timed_lines("# Hay\n\nMowing [0-2 min]\nWe mow.", Vocabulary()).unclear[0]
    'Mowing [0-2 min]'
    """
    if not any(_may_be_timed(line) for line in markdown.split("\n")):
        return MarkedLines(markdown)
    bold, others, is_rising = _timed_lines(read_document(markdown).blocks, vocabulary)
    is_series = len(bold) + len(others) >= _FEWEST_LINES and is_rising
    marked = sorted([*bold, *(others if is_series else [])], key=lambda line: line.start)
    edits = _edits(markdown, marked)
    edited = apply_edits(markdown, edits) if edits else markdown
    if is_series or not others:
        return MarkedLines(edited)
    unclear = [line.text for line in others]
    return MarkedLines(edited, unclear, _moved(others[0].start, edits), is_rising)


def space_hashes(text: str) -> tuple[str, Guess | None]:
    r"""The text with a space behind the hashes of headings typed without one, and a note of it.

    One such line alone is one where it has a time; lines of hash tags never are.

    >>> space_hashes("#Episode 10\n\n##Hay [0-2 min]\n\n#hay #farm")[0]
    '# Episode 10\n\n## Hay [0-2 min]\n\n#hay #farm'
    """
    if "#" not in text:
        return text, None
    lines = text.split("\n")
    glued = _glued_lines(lines)
    has_sure = any(not _may_be_tag(lines[index]) for index in glued)
    if not has_sure or not (
        len(glued) > 1 or any(is_timed_line(_title(lines[i]), has_ranges=True) for i in glued)
    ):
        return text, None
    for index in glued:
        match = _GLUED.match(lines[index])
        if match is not None:
            lines[index] = f"{match[1]} {match[2]}"
    names = ", ".join(repr(_title(lines[index])) for index in glued[:3])
    more = f" and {len(glued) - 3} more" if len(glued) > 3 else ""
    return "\n".join(lines), Guess(
        "guessed-heading",
        f"read as headings: {names}{more}",
        glued[0] + 1,
        Severity.NOTE,
        "write a space behind the #",
    )


def _may_be_timed(line: str) -> bool:
    if len(line) > _LONGEST_LINE or not _MAY_BE_RANGE.search(line):
        return False
    return range_of(_STRESS.sub("", line).strip(" \t\\")) is not None


def _timed_lines(
    blocks: Sequence[Block], vocabulary: Vocabulary
) -> tuple[list[TimedLine], list[TimedLine], bool]:
    """The bold lines with a range, the others, and whether all ranges rise with the text."""
    bold: list[TimedLine] = []
    others: list[TimedLine] = []
    above: list[tuple[int, SectionRole]] = []
    last: Span | None = None
    is_rising = True
    for block in blocks:
        if block.kind is BlockKind.HEADING:
            text = plain(block.runs)
            while above and above[-1][0] >= block.level:
                above.pop()
            above.append((block.level, role_of(text, vocabulary)))
            last = range_of(text) or last
        elif block.kind is BlockKind.PARAGRAPH and not any(role in _REFUSED for _, role in above):
            for line in _lines_of(block):
                (bold if line.is_bold else others).append(line)
                is_rising = is_rising and doubt_of(line.span, last, SectionRole.TEXT) is None
                last = line.span
    clocked = [line for line in bold if read_stamp(line.text) is not None]
    titles = {compared(read_timed_title(line.text).title) for line in clocked}
    if len(titles) < len(clocked):  # who speaks, again and again
        bold = [line for line in bold if read_stamp(line.text) is None]
    return bold, others, is_rising


def _lines_of(block: Block) -> list[TimedLine]:
    """The lines of a paragraph that carry a range: bold ones, and plain ones at its beginning.

    A paragraph that is bold as a whole is a heading already; lines with clock times are left to
    the finder of chapter lists, which tells them from transcripts, but for bold lines whose ranges
    are too long for one who speaks.
    """
    found: list[TimedLine] = []
    lines = split_lines(block.runs)
    is_beginning = True
    for index, runs in enumerate(lines):
        text = plain(runs)
        span = range_of(text)
        if span is None:
            is_beginning = False
            continue
        strong = _letters(plain(run for run in runs if run.is_strong))
        is_bold = strong == _letters(text)
        timed = read_timed_title(text)
        is_half_bold = strong in {_letters(timed.title), _letters(timed.typed)}
        is_done = is_bold and len(lines) == 1
        if read_stamp(text) is not None:
            is_done = is_done or not is_bold or _length_ms(span) < _SHORTEST_MS
        if not is_done and (is_bold or is_half_bold or is_beginning):
            start = block.start if index == 0 else _start_of(runs)
            found.append(TimedLine(text, start, span, is_bold))
    return found


def _length_ms(span: Span) -> int:
    return 0 if span.end_ms is None else span.end_ms - span.start_ms


def _start_of(runs: Sequence[Run]) -> int:
    """Where a line begins: before the marks that make its first run bold."""
    first = runs[0]
    return first.start - 2 if first.is_strong and not first.is_code else first.start


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _edits(markdown: str, marked: Sequence[TimedLine]) -> list[Edit]:
    """The mark before each line; a backslash that breaks the line would show in a heading."""
    edits: list[Edit] = []
    source = markdown.encode() if marked else b""
    for line in marked:
        edits.append(Edit(line.start, line.start, _MARK))
        end = source.find(b"\n", line.start)
        if source[end - 1 : end] == b"\\":
            edits.append(Edit(end - 1, end, ""))
    return edits


def _moved(start: int, edits: Sequence[Edit]) -> int:
    """Where a line begins once the edits are made."""
    before = (edit for edit in edits if edit.start <= start)
    return start + sum(len(edit.text) - (edit.end - edit.start) for edit in before)


def _glued_lines(lines: Sequence[str]) -> list[int]:
    """The lines that begin with hashes and a capital letter, outside of code and of tags."""
    found: list[int] = []
    fence = ""
    for index, line in enumerate(lines):
        mark = _FENCE.match(line)
        if mark is not None and fence in {"", mark[1]}:
            fence = "" if fence else mark[1]
        if fence or (match := _GLUED.match(line)) is None:
            continue
        if match[2][0].isupper() and " #" not in match[2]:
            found.append(index)
    return found


def _title(line: str) -> str:
    return line.strip().lstrip("#").strip()


def _may_be_tag(line: str) -> bool:
    """Whether a line may be one hash tag: a single word behind a single hash."""
    return not line.strip().startswith("##") and len(line.split()) == 1
