"""Transcripts as plain text: speakers and times in any of the usual layouts, or neither.

A file keeps to one or two layouts. So all lines are looked at first; what only a few lines have
by chance, such as a sentence that begins with a time, is then read as words.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from castpress.model.problem import Severity
from castpress.read.speaker_labels import Label, compared, speakers_among
from castpress.read.transcript_heads import RISKY, Layout, Row, inline_moments, read_row
from castpress.read.transcript_parts import VOICE, Reading, Said, plain_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from castpress.read.transcript_faults import Faults

# What tools write below or between.
_FURNITURE = re.compile(
    r"Transcribed by https?://\S+|Meeting ended after [\d:]+.*"
    r"|This editable transcript was computer generated.*"
    r"|(?:The )?transcript ends here\.?|\[?end of (?:transcript|recording)\]?\.?",
    re.IGNORECASE,
)
_LONGEST_HEAD = 60  # lines of front matter
_RISKY_SHARE = 0.2
_FEWEST_ALIKE = 2
_USUAL_SHARE = 0.8
_SHORT_TITLE = 3  # words
_LONG_PREAMBLE = 60  # words; more than a title and who is there
_LONG_REMARK = 800  # characters; text without empty lines is parted at ends of sentences
_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！", "؟")


@dataclass(slots=True)
class _Turn:
    """What is being gathered: one speaker from one moment on."""

    line: int
    start_ms: int | None
    end_ms: int | None
    speaker: str | None
    lines: list[str] = field(default_factory=list)

    def said(self) -> Said:
        return Said("\n".join(self.lines), self.line, self.start_ms, self.end_ms, self.speaker)


def text_lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers, without front matter and markup.

    ``<v Amy>`` becomes ``Amy:``.
    """
    lines = text.split("\n")
    first = next((index for index, line in enumerate(lines) if line.strip()), 0)
    head = [line.rstrip() for line in lines[first : first + _LONGEST_HEAD]]
    if head[0] == "---" and "---" in head[1:]:
        first += head.index("---", 1) + 1
    for number, line in enumerate(lines[first:], first + 1):
        if "<" in line or "&" in line:
            yield number, plain_words(VOICE.sub(r"\1: ", line, count=1))
        else:
            yield number, line


def read_text(lines: Iterable[tuple[int, str]], known: Collection[str], faults: Faults) -> Reading:
    """What is said in the lines, each given with its number; an empty one parts paragraphs.

    Where any line gives a time, only what has one is taken; else all is said at times unknown.
    """
    rows: list[Row] = []
    for number, text in lines:
        if text.strip():
            rows.append(read_row(text, number))
        elif rows and rows[-1].whole:
            rows.append(Row("", number))
    rows = _with_usual_layouts(rows)
    rows = _with_speakers(rows, known)
    rows = _with_names_above_times(rows)
    timed = _first_timed(rows)
    if timed is None:
        return Reading(tuple(_untimed(rows)))
    begin = _leave_out_preamble(rows, timed, faults)
    return Reading(tuple(_timed(rows[begin:])))


def _first_timed(rows: Sequence[Row]) -> int | None:
    """The first line that gives a time: at its head, or several in the words."""
    heads = [index for index, row in enumerate(rows) if row.start_ms is not None]
    inside = [index for index, row in enumerate(rows) for _ in inline_moments(row.words)]
    found = [*heads, *(inside if heads or len(inside) >= _FEWEST_ALIKE else ())]
    return min(found, default=None)


def _with_usual_layouts(rows: list[Row]) -> list[Row]:
    """The rows with times only where the file's other lines speak for them."""
    counts = Counter(row.layout for row in rows if row.layout is not Layout.NONE)
    if not counts:
        return rows
    most = max(counts.values())
    refused = {
        layout
        for layout, count in counts.items()
        if layout in RISKY
        and (count < _RISKY_SHARE * most or (count < _FEWEST_ALIKE and len(counts) > 1))
    }
    if counts.total() == 1 and counts.keys() & {Layout.BARE, Layout.NAME_BARE}:
        refused = set(counts)
    usual = []
    start_ms = None
    for row in rows:
        is_usual = row.layout not in refused
        if is_usual and row.start_ms is not None:
            start_ms = row.start_ms
        # Some say the time twice, in words and as a clock.
        is_again = row.start_ms == start_ms and row.layout is Layout.BARE_ALONE
        usual.append(row if is_usual or is_again else Row(row.whole, row.line, row.whole))
    return usual


def _with_speakers(rows: list[Row], known: Collection[str]) -> list[Row]:
    """The rows with labels only where they are speakers."""
    timed = [row for row in rows if row.start_ms is not None]
    others = [row for row in rows if row.start_ms is None and row.whole]
    speakers = speakers_among(_labels(timed), len(timed), known)
    speakers |= speakers_among(
        _labels(others), len(others), [*known, *speakers], is_strict=bool(speakers)
    )
    speakers |= _names_alone(rows, speakers)
    return [
        row
        if row.label is None or compared(row.label.name) in speakers
        else replace(row, label=None, words=_words_with(row), is_alone=False)
        for row in rows
    ]


def _labels(rows: Sequence[Row]) -> list[Label]:
    return [row.label for row in rows if row.label and not row.is_alone]


def _words_with(row: Row) -> str:
    """The row's words with the label that is none."""
    if row.is_alone or row.label is None:
        return row.words or row.whole
    start = row.whole.find(row.label.name)
    return row.whole[max(start, 0) :] if row.start_ms is not None else row.whole


def _names_alone(rows: Sequence[Row], speakers: frozenset[str]) -> frozenset[str]:
    """Names on lines of their own: known from elsewhere, or come again, or with a time."""
    counts: Counter[str] = Counter()
    stamped: set[str] = set()
    below: list[str] = []
    sure: set[str] = set()
    times_alone = 0
    nothing = Row("", 0)
    full = [row for row in rows if row.whole]
    for before, row, after in zip([nothing, *full], full, [*full[1:], nothing], strict=False):
        times_alone += _is_time_alone(row)
        if row.label is None or not row.is_alone:
            continue
        name = compared(row.label.name)
        counts[name] += 1
        if row.label.is_sure:
            sure.add(name)
        if row.start_ms is not None or _is_time_alone(after):
            stamped.add(name)
        elif _is_time_alone(before) and after.whole and after.start_ms is None:
            below.append(name)
    often = {name for name, count in counts.items() if count > 1}
    found = (speakers & counts.keys()) | often | sure
    if len(stamped) > 1:
        found |= stamped
    if len(below) > 1 and len(below) >= _USUAL_SHARE * times_alone:
        found |= set(below)
    return frozenset(found)


def _is_time_alone(row: Row) -> bool:
    return row.start_ms is not None and row.label is None and not row.words


def _with_names_above_times(rows: list[Row]) -> list[Row]:
    """A name alone on its line and a time alone on the next one, as one head."""
    joined: list[Row] = []
    above: Row | None = None
    for row in rows:
        if above is not None and _is_time_alone(row) and above.label is not None:
            is_name = above.is_alone or not above.words
            if is_name and above.start_ms in (None, row.start_ms):
                while not joined[-1].whole:
                    joined.pop()
                joined[-1] = above = replace(row, label=above.label)
                continue
        joined.append(row)
        above = row if row.whole else above
    return joined


def _leave_out_preamble(rows: list[Row], timed: int, faults: Faults) -> int:
    """Where the transcript begins: what stands above the first time is a title, or is said."""
    later = {compared(row.label.name) for row in rows[timed:] if row.label}
    for index, row in enumerate(rows[:timed]):
        if row.label is not None and not row.is_alone and compared(row.label.name) in later:
            timed = index
            break
    above = [row for row in rows[:timed] if row.whole]
    words = sum(len(row.whole.split()) for row in above)
    if words > _SHORT_TITLE:
        faults.add(
            "transcript-preamble",
            above[0].line,
            f"{words} words above the first time are left out: {above[0].whole[:60]!r}",
            "write the time of its beginning above it, such as [0:00], if it is said",
            Severity.WARNING if words > _LONG_PREAMBLE else Severity.NOTE,
        )
    return timed


def _timed(rows: Sequence[Row]) -> Iterator[Said]:
    """Turns with the time of the last head above them; the first begins with the audio."""
    turn = _Turn(rows[0].line if rows else 0, 0, None, None)
    for row in rows:
        if _is_unsaid(row):
            continue
        repeats = row.start_ms == turn.start_ms and not row.words and not turn.lines
        if row.start_ms is not None and not (repeats and turn.speaker and not row.label):
            yield from _closed(turn)
            turn = _Turn(row.line, row.start_ms, row.end_ms, _speaker(row))
        elif row.label is not None:
            if turn.lines:
                yield from _closed(turn)
                turn = _Turn(row.line, turn.start_ms, turn.end_ms, _speaker(row))
            else:
                turn.speaker = _speaker(row)
        if row.is_alone and row.label is not None:
            continue
        for words, start_ms in _parted(row.words):
            if start_ms is not None and start_ms >= (turn.start_ms or 0):
                yield from _closed(turn)
                turn = _Turn(row.line, start_ms, None, turn.speaker)
            if words:
                turn.lines.append(words)
    yield from _closed(turn)


def _is_unsaid(row: Row) -> bool:
    """Titles, and what tools write around a transcript."""
    is_title = row.is_title and row.label is None
    return is_title or _FURNITURE.fullmatch(row.whole) is not None


def _parted(words: str) -> Iterator[tuple[str, int | None]]:
    """The words by the times in them, each with the time that stands before it."""
    position, moment = 0, None
    for begin, end, start_ms in inline_moments(words):
        if begin:
            yield words[position:begin].strip(), moment
        position, moment = end, start_ms
    yield words[position:].strip(), moment


def _closed(turn: _Turn) -> Iterator[Said]:
    if turn.lines:
        yield turn.said()


def _untimed(rows: Sequence[Row]) -> Iterator[Said]:
    """Paragraphs: an empty line or another speaker ends one, and enough said."""
    turn: _Turn | None = None
    speaker: str | None = None
    length = 0
    for row in rows:
        if not row.whole or _is_unsaid(row):
            if turn is not None:
                yield from _closed(turn)
            turn = None
            continue
        is_full = (
            turn is not None
            and length > _LONG_REMARK
            and turn.lines
            and turn.lines[-1].endswith(_SENTENCE_ENDS)
        )
        if row.label is not None:
            speaker = _speaker(row)
        if turn is None or row.label is not None or is_full:
            if turn is not None:
                yield from _closed(turn)
            turn, length = _Turn(row.line, None, None, speaker), 0
        words = "" if row.is_alone and row.label is not None else row.words
        if words:
            turn.lines.append(words)
            length += len(words)
    if turn is not None:
        yield from _closed(turn)


def _speaker(row: Row) -> str | None:
    return row.label.name if row.label else None
