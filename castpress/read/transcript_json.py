"""Transcripts as JSON: the podcast namespace's, and what speech recognition writes.

What is known is a row of ``_SHAPES``: where the pieces lie and how they name their parts. A file
of another shape is taken where its pieces name a time and a text in one of the usual ways.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from castpress.model.timecode import TimecodeError
from castpress.read.transcript_parts import Reading, Said, tidy_lines
from castpress.read.transcript_times import read_time
from castpress.read.transcript_words import Word, are_single_words, join_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from castpress.read.transcript_faults import Faults

    Piece = Mapping[str, object]

_LONGEST_SECONDS = 1_000_000.0  # eleven days
# Where lists of pieces lie, the best first: by speaker rather than by word.
_PLACES = (
    ("segments",),  # podcast namespace, Whisper and its kin
    ("transcription",),  # whisper.cpp
    ("utterances",),  # AssemblyAI
    ("results", "utterances"),  # Deepgram
    ("results", "segments"),
    ("results", "audio_segments"),  # Amazon
    ("transcript", "segments"),
    ("transcripts",),
    ("cues",),
    ("events",),  # YouTube
    ("monologues",),  # Rev
    ("words",),
    ("results", "channels", 0, "alternatives", 0, "words"),  # Deepgram
    ("results", "items"),  # Amazon
)
_TEXTS = ("body", "text", "transcript", "punctuated_word", "word", "value", "content", "line")
_SPEAKERS = ("speaker", "voice", "speaker_label", "speakerName", "speaker_name", "speaker_id")
_STARTS = ("startTime", "start_time", "start", "from", "begin", "ts", "time")
_ENDS = ("endTime", "end_time", "end", "to", "end_ts")
_STARTS_MS = ("start_ms", "startMs", "tStartMs", "startTimeMs", "startOffset")
_ENDS_MS = ("end_ms", "endMs", "endTimeMs", "endOffset")
_LENGTHS_MS, _LENGTHS = ("dDurationMs", "durationMs"), ("duration", "dur")
_SECONDS = re.compile(r"\d{1,7}(?:\.\d{1,9})?s?")
_CHAPTERS = re.compile(r'"chapters"\s*:\s*\[')
# Nobody says fewer letters a second: times that make it so are milliseconds.
_FEWEST_LETTERS = 0.3
_LONG_PIECE = 200  # characters
_EXPORT = "export it as WebVTT or SubRip (.vtt, .srt), with times"


def reads_as_json(text: str) -> bool:
    """Whether the text is JSON, whole or broken; ``[00:12] Amy`` is none.

    >>> reads_as_json('[{"start": 1}]'), reads_as_json("[00:12] Amy")
    (True, False)
    """
    return re.match(r'\s*(?:\{\s*["}]|\[\s*[\]{])', text[:400]) is not None


def read_json(text: str, faults: Faults) -> Reading:
    """What is said in the pieces of a JSON file; one that cannot be read is a fault."""
    try:
        document = json.loads(text, parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        faults.add(
            "broken-transcript",
            error.lineno,
            f"this is no whole JSON, in column {error.colno}: "
            + error.msg.lower().removesuffix(" starting at"),
            f"export it again; or {_EXPORT}",
        )
        return Reading(())
    except (ValueError, RecursionError):
        faults.add("broken-transcript", 0, "this is no JSON that a transcript is", _EXPORT)
        return Reading(())
    language = _language(document)
    pieces = _pieces(document)
    if pieces is None:
        what = "it holds chapters" if _CHAPTERS.search(text) else "no list of words with times"
        faults.add("broken-transcript", 0, f"this JSON is no transcript: {what}", _EXPORT)
        return Reading((), language)
    second = _second(pieces)
    words = [
        Word(_text(piece) or "", *_times(piece, second), _speaker(piece), line)
        for piece, line in zip(pieces, _lines(text, pieces), strict=True)
    ]
    if are_single_words(words):
        return Reading(tuple(join_words(words)), language)
    said: list[Said] = []
    for piece, word in zip(pieces, words, strict=True):
        said += _said(piece, word, second, faults)
    return Reading(tuple(said), language)


def _pieces(document: object) -> list[dict[str, object]] | None:
    """The list in which most is said at once."""
    for place in ((), *_PLACES):
        found = document
        for step in place:
            if isinstance(step, int):
                found = found[step] if isinstance(found, list) and len(found) > step else None
            else:
                found = found.get(step) if isinstance(found, dict) else None
        if isinstance(found, list):
            pieces = [piece for piece in found if isinstance(piece, dict)]
            if any(_text(piece) is not None and _times(piece)[0] is not None for piece in pieces):
                return pieces
    return None


def _said(piece: Piece, whole: Word, second: int, faults: Faults) -> Iterator[Said]:
    """What one piece says: in one, or by its words where it is long and gives each a time."""
    text = tidy_lines(whole.text)
    if not text:
        return
    if whole.start_ms is None:
        faults.add(
            "broken-cue",
            whole.line,
            f"this piece is left out, it has no time: {text[:60]!r}",
            'write "startTime" and "endTime" in seconds',
        )
        return
    words = _words(piece, second) if len(text) > _LONG_PIECE else []
    if len(words) > 1:
        for one in join_words(words):
            yield replace(one, line=whole.line, speaker=one.speaker or whole.speaker)
    else:
        yield Said(text, whole.line, whole.start_ms, whole.end_ms, whole.speaker)


def _words(piece: Piece, second: int) -> list[Word]:
    """The words of a piece that gives each its time."""
    for name in ("words", "elements"):
        words = piece.get(name)
        if isinstance(words, list):
            parts = [word for word in words if isinstance(word, dict)]
            return [Word(_text(w) or "", *_times(w, second), _speaker(w)) for w in parts]
    return []


def _text(piece: Piece) -> str | None:
    for name in _TEXTS:
        found = piece.get(name)
        if isinstance(found, str):
            return found
    for name in ("segs", "elements"):
        parts = piece.get(name)
        if isinstance(parts, list):
            texts = [
                str(part.get("utf8", part.get("value", "")))
                for part in parts
                if isinstance(part, dict)
            ]
            return "".join(texts)
    alternatives = piece.get("alternatives")
    if isinstance(alternatives, list) and alternatives and isinstance(alternatives[0], dict):
        content = alternatives[0].get("content")
        return content if isinstance(content, str) else None
    return None


def _speaker(piece: Piece) -> str | None:
    for name in _SPEAKERS:
        found = piece.get(name)
        if isinstance(found, dict):
            found = found.get("name", found.get("label"))
        if isinstance(found, bool) or not isinstance(found, (str, int)):
            continue
        text = " ".join(str(found).split())
        if text:
            # Numbers and letters are what tools write for somebody whose name they do not know.
            is_counted = len(text) == 1 or text.isdigit()
            return f"Speaker {text}" if is_counted and "startTime" not in piece else text
    return None


def _times(piece: Piece, second: int = 1000) -> tuple[int | None, int | None]:
    """Start and end in milliseconds; ``second`` is how many a number without a unit counts."""
    offsets = piece.get("offsets")
    if isinstance(offsets, dict):  # whisper.cpp: milliseconds beside clock times
        return _number(offsets.get("from"), 1), _number(offsets.get("to"), 1)
    timestamps = piece.get("timestamps")
    source = timestamps if isinstance(timestamps, dict) else piece
    start_ms = _first(source, _STARTS_MS, 1)
    if start_ms is None:
        start_ms = _first(source, _STARTS, second)
    end_ms = _first(source, _ENDS_MS, 1)
    if end_ms is None:
        end_ms = _first(source, _ENDS, second)
    if end_ms is None and start_ms is not None:
        length_ms = _first(piece, _LENGTHS_MS, 1)
        if length_ms is None:
            length_ms = _first(piece, _LENGTHS, second)
        end_ms = None if length_ms is None else start_ms + length_ms
    parts = piece.get("elements")
    if start_ms is None and isinstance(parts, list):
        times = [_times(part, second) for part in parts if isinstance(part, dict)]
        start_ms = next((start for start, _ in times if start is not None), None)
        end_ms = next((end for _, end in reversed(times) if end is not None), None)
    return start_ms, end_ms


def _first(piece: Piece, names: Sequence[str], unit_ms: int) -> int | None:
    for name in names:
        found = _number(piece.get(name), unit_ms)
        if found is not None:
            return found
    return None


def _number(value: object, unit_ms: int) -> int | None:
    """A time in milliseconds, from a number, a number as text, or a clock time."""
    if isinstance(value, str):
        text = value.strip()
        if _SECONDS.fullmatch(text):
            value = float(text.rstrip("s"))
        else:
            try:
                return read_time(text)
            except TimecodeError:
                return None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if not 0 <= value < _LONGEST_SECONDS * 1000 or not math.isfinite(value):
        return None
    return round(value * unit_ms)


def _second(pieces: Sequence[Piece]) -> int:
    """What a number counts: 1000 for seconds, 1 for milliseconds.

    Some tools count milliseconds and do not say so. It shows in how slowly all would be said, and
    in that no time has decimals.
    """
    if any(name in piece for piece in pieces for name in ("startTime", "start_time")):
        return 1000  # as the namespace defines it
    values = (piece.get(name) for piece in pieces for name in (*_STARTS, *_ENDS))
    if not all(isinstance(value, int) for value in values if value is not None):
        return 1000
    letters = sum(len(_text(piece) or "") for piece in pieces)
    times = [time for piece in pieces for time in _times(piece) if time is not None]
    span_ms = max(times, default=0) - min(times, default=0)
    return 1 if letters * 1000 < _FEWEST_LETTERS * span_ms else 1000


def _language(document: object) -> str | None:
    """The language that the file says it is in."""
    for place in (document, document.get("result") if isinstance(document, dict) else None):
        found = place.get("language") if isinstance(place, dict) else None
        if isinstance(found, str) and re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?", found):
            return found
    return None


def _lines(text: str, pieces: Sequence[Piece]) -> list[int]:
    """The source's line of each piece, found by the name of its time; 0 where that is not sure."""
    for name in (*_STARTS_MS, *_STARTS, "offsets"):
        found = re.finditer(rf'(?<!\\)"{name}"\s*:', text)
        places = [0, *(match.start() for match in found)]
        if len(places) == 1 or len(places) - 1 != sum(name in piece for piece in pieces):
            continue
        line, numbers = 1, []
        for before, here in pairwise(places):
            line += text.count("\n", before, here)
            numbers.append(line)
        following = iter(numbers)
        return [next(following) if name in piece else 0 for piece in pieces]
    return [0] * len(pieces)
