"""How much of a page a transcript would take."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from castpress.model.podcast import Cue, Remark, Transcript

LONGEST_BYTES = 60_000
"""The HTML of a transcript that still stands on its episode's page; a longer one has its own.

With it and its notes an episode's page stays below 40 kB as it is sent.
"""

_PARAGRAPH_BYTES = 200  # the markup around what is said: link, time, class
_PARAGRAPH_MS = 45_000


def is_for_own_page(transcripts: Iterable[Transcript]) -> bool:
    """Whether one of an episode's transcripts is too long for the page of its episode."""
    return any(_html_bytes(transcript) > LONGEST_BYTES for transcript in transcripts)


def _html_bytes(transcript: Transcript) -> int:
    """About as many bytes as its paragraphs take: one for each turn of a speaker, and some more."""
    pieces: Sequence[Cue | Remark] = transcript.cues or transcript.remarks
    turns = sum(before.speaker != piece.speaker for before, piece in pairwise(pieces))
    paragraphs = max(len(transcript.remarks), turns)
    if transcript.cues:
        heard_ms = transcript.cues[-1].end_ms - transcript.cues[0].start_ms
        paragraphs += max(heard_ms, 0) // _PARAGRAPH_MS
    # What no file can hold is counted too: it is taken out later.
    text = sum(len(piece.text.encode("utf-8", "replace")) for piece in pieces)
    return text + paragraphs * _PARAGRAPH_BYTES
