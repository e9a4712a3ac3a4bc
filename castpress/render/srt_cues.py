"""Cues as SubRip's players show them: two lines of 32 columns, the speaker in front."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.model.podcast import Cue
from castpress.render.text_width import width_of, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LINES, _WIDTH = 2, 32  # podcast namespace, transcripts: SRT
_LEAST_MS = 250  # shorter cues are not seen; a cue is not parted into such


def short_cues(cues: Sequence[Cue]) -> tuple[Cue, ...]:
    """The cues with the speaker in their text, long ones parted, in the order of their starts.

    A part's time is its share of the cue's, by its letters.
    """
    parts = [part for cue in cues for part in _parted(cue)]
    return tuple(sorted(parts, key=lambda part: part.start_ms))


def _parted(cue: Cue) -> Iterator[Cue]:
    text = f"{cue.speaker}: {cue.text}" if cue.speaker else cue.text
    lines = text.split("\n")
    if len(lines) > _LINES or any(width_of(line) > _WIDTH for line in lines):
        lines = wrap(text, _WIDTH)
    groups = [lines[i : i + _LINES] for i in range(0, len(lines), _LINES)]
    length_ms = cue.end_ms - cue.start_ms
    if length_ms < _LEAST_MS * len(groups):
        yield Cue(cue.start_ms, cue.end_ms, "\n".join(lines), line=cue.line)
        return
    letters = [sum(map(len, group)) for group in groups]
    total, said = sum(letters), 0
    start_ms = cue.start_ms
    for group, count in zip(groups, letters, strict=True):
        said += count
        end_ms = cue.start_ms + length_ms * said // total
        yield Cue(start_ms, end_ms, "\n".join(group), line=cue.line)
        start_ms = end_ms
