"""The headings of pasted text: which lines they are.

A heading is a short line that stands alone, does not end like a sentence, and has text or a list
below it; a line with a time range always is one. What was guessed is given back as guesses.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.notes import SectionRole
from castpress.model.problem import Severity
from castpress.read.pasted_chunks import Chunk, ChunkKind
from castpress.read.roles import compared, role_of, role_of_lead_in
from castpress.read.section_time import read_timed_title
from castpress.read.spans import Span
from castpress.read.stamps import read_stamp

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.notes import Vocabulary

_LONGEST_HEADING = 80
_MOST_WORDS = 14
_LONGEST_TIMED = 120
_SENTENCE_ENDS = tuple(".!;:,…。！；：，、")
_TEXT_ENDS = (*_SENTENCE_ENDS, "?", "？")
_SHORTEST_TEXT = 50
_CLOSING = "\"'”’»)]*_"
_FOLLOWING = frozenset((ChunkKind.PARAGRAPH, ChunkKind.BULLETS, ChunkKind.STEPS, ChunkKind.QUOTE))
_MOST_CLOSING = 6
_LONGEST_SIGNATURE = 60
_CLOSINGS = frozenset(
    (
        *("cheers", "best", "best wishes", "all the best", "regards", "kind regards", "thanks"),
        *("best regards", "warm regards", "many thanks", "thank you", "love", "take care"),
        *("sincerely", "yours", "yours sincerely", "ciao", "xo", "xoxo", "talk soon", "mfg"),
        *("viele grüße", "liebe grüße", "beste grüße", "mit freundlichen grüßen", "cordialement"),
        *("bien à vous", "saludos", "un saludo", "abraços", "groetjes", "saluti", "hälsningar"),
    )
)
_FILE_NAME = re.compile(r".*\.(?:png|jpe?g|gif|webp|svg|heic|mp3|m4a|wav|mp4|mov|pdf)", re.I)
_HASH_TAGS = re.compile(r"(?:#\w[^\s#]*(?:\s+|$))+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+")


@dataclass(frozen=True, slots=True)
class Guess:
    """A decision that the author should see; ``line`` counts from 1 in the pasted text."""

    code: str
    message: str
    line: int
    severity: Severity
    help: str


def range_of(line: str) -> Span | None:
    """The range that makes a line a heading: both ends, or an end said to be open."""
    if len(line) > _LONGEST_TIMED or not line[-1:]:
        return None
    timed = read_timed_title(line)
    span = timed.span
    if span is None or not timed.title or span.is_lone or span.is_length:
        return None
    is_range = span.end_ms is not None or span.to_end
    inside = timed.typed.strip("[]()（）【】 ").lower()
    is_open = inside.endswith(("-", "–", "—", "+")) or inside.startswith("from")
    return span if is_range or is_open else None


def is_timed_line(line: str, *, has_ranges: bool) -> bool:
    """Whether a line carries a range, or what was meant as one.

    ``has_ranges`` says that other lines have ranges: then numbers without a unit are meant too.
    """
    if range_of(line) is not None:
        return True
    if len(line) > _LONGEST_HEADING:
        return False
    fault = read_timed_title(line).fault
    return fault is not None and (has_ranges or not fault.is_weak)


def mark_headings(chunks: list[Chunk], vocabulary: Vocabulary, guesses: list[Guess]) -> set[int]:
    """Turn the paragraphs that are headings into headings; give the guessed ones."""
    guessed: set[int] = set()
    shaped = [is_shaped(chunks, index) for index in range(len(chunks))]
    closing = _closing_index(chunks)
    timed, refused = _timed_headings(chunks, vocabulary, guesses)
    for index in range(len(chunks) - 1, -1, -1):
        chunk = chunks[index]
        if index in timed:
            chunk.kind = ChunkKind.HEADING
        elif shaped[index] and index < closing and index not in refused:
            following = chunks[index + 1].kind if index + 1 < len(chunks) else None
            is_known = following is not None and (
                following in _FOLLOWING or role_of(chunk.text, vocabulary) is not SectionRole.TEXT
            )
            if is_known or is_timed_line(chunk.text, has_ranges=bool(timed)):
                chunk.kind = ChunkKind.HEADING
                guessed.add(index)
    return guessed


def _timed_headings(
    chunks: Sequence[Chunk], vocabulary: Vocabulary, guesses: list[Guess]
) -> tuple[set[int], set[int]]:
    """The lines with a range that are headings, and those that are none.

    Under exercises a range is how long to do them; one that overlaps or goes back is unclear.
    """
    found: set[int] = set()
    refused: set[int] = set()
    last: Span | None = None
    role = SectionRole.TEXT
    for index, chunk in enumerate(chunks):
        is_single = chunk.kind is ChunkKind.PARAGRAPH and len(chunk.lines) == 1
        if not is_single and chunk.kind is not ChunkKind.HEADING:
            continue
        span = range_of(chunk.text)
        if span is None:
            if chunk.text.endswith(":"):
                led_by = role_of_lead_in(chunk.text, vocabulary)
                role = led_by if led_by is not SectionRole.TEXT else role
            elif chunk.kind is ChunkKind.HEADING or is_shaped(chunks, index):
                role = role_of(chunk.text, vocabulary)
            continue
        reason = doubt_of(span, last, role)
        if reason is None:
            found.add(index)
            is_inverted = span.end_ms is not None and span.end_ms <= span.start_ms
            last = last if is_inverted else span
            continue
        refused.add(index)
        if chunk.kind is ChunkKind.HEADING:
            continue
        guesses.append(
            Guess(
                "unclear-time-line",
                f"{chunk.text!r} is read as text, so it becomes no chapter: {reason}",
                chunk.lines[0].number,
                Severity.WARNING,
                "if it is a section, write ## before it",
            )
        )
    return found, refused


def doubt_of(span: Span, last: Span | None, role: SectionRole) -> str | None:
    """Why a line with a range may be no heading: its role, or a range that does not rise."""
    if role is SectionRole.EXERCISES:
        return "it stands among exercises"
    if last is None:
        return None
    if span.start_ms <= last.start_ms:
        return "its time goes back"
    if last.end_ms is not None and span.start_ms < last.end_ms:
        return "its range overlaps the one before"
    return None


def is_text_line(text: str, vocabulary: Vocabulary) -> bool:
    """Whether a line is text and no label: a sentence, an address, or long."""
    if role_of(text, vocabulary) is not SectionRole.TEXT:
        return False
    is_sentence = text.rstrip(_CLOSING).endswith(_TEXT_ENDS) and " " in text
    return is_sentence or _ADDRESS.search(text) is not None or len(text) >= _SHORTEST_TEXT


def _closing_index(chunks: Sequence[Chunk]) -> int:
    """Where the closing of a mail begins, with a name below it: none of it is a heading."""
    for index in range(max(len(chunks) - _MOST_CLOSING, 0), len(chunks)):
        words = compared(chunks[index].text)
        is_closing = words in _CLOSINGS or chunks[index].text in {"--", "—"}
        rest = (line for chunk in chunks[index:] for line in chunk.lines)
        if is_closing and all(len(line.text) <= _LONGEST_SIGNATURE for line in rest):
            return index
    return len(chunks)


def is_shaped(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether a chunk looks like a heading: one short line that does not end like a sentence."""
    chunk = chunks[index]
    if chunk.kind is not ChunkKind.PARAGRAPH or len(chunk.lines) != 1:
        return False
    text = chunk.text
    if len(text) > _LONGEST_HEADING or len(text.split()) > _MOST_WORDS:
        return False
    if text.rstrip(_CLOSING).endswith(_SENTENCE_ENDS) or not any(map(str.isalpha, text)):
        return False
    if text.startswith(("©", "(c)", "(C)")) or _FILE_NAME.fullmatch(text):
        return False
    if _ADDRESS.search(text) or _HASH_TAGS.fullmatch(text):
        return False
    return not (_is_stamped(chunks, index) and _stamped_neighbour(chunks, index))


def _is_stamped(chunks: Sequence[Chunk], index: int) -> bool:
    if not 0 <= index < len(chunks):
        return False
    chunk = chunks[index]
    return chunk.kind is ChunkKind.PARAGRAPH and read_stamp(chunk.text) is not None


def _stamped_neighbour(chunks: Sequence[Chunk], index: int) -> bool:
    return _is_stamped(chunks, index - 1) or _is_stamped(chunks, index + 1)


def may_be_title(chunks: Sequence[Chunk], index: int) -> bool:
    """Whether a chunk is a heading, or looks like one, and carries no time."""
    chunk = chunks[index]
    timed = read_timed_title(chunk.text)
    if timed.span is not None or (timed.fault is not None and not timed.fault.is_weak):
        return False
    return chunk.kind is ChunkKind.HEADING or is_shaped(chunks, index)


def report_headings(headings: Sequence[Chunk], guesses: list[Guess]) -> None:
    """Name the guessed headings in one note."""
    lines = [chunk.lines[0] for chunk in headings]
    if not lines:
        return
    names = ", ".join(repr(line.text) for line in lines[:3])
    more = f" and {len(lines) - 3} more" if len(lines) > 3 else ""
    guesses.append(
        Guess(
            "guessed-heading",
            f"read as headings: {names}{more}",
            lines[0].number,
            Severity.NOTE,
            "write ## before a heading, or end the line with a full stop if it is text",
        )
    )
