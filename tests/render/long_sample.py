"""An episode of three hours that was transcribed word for word."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from castpress.model.podcast import Cue, Release, Transcript
from castpress.model.transcript_size import is_for_own_page
from tests.render import sample

_CUE_MS, _CUE_WORDS = 3_600, 10
_TEXT = (Path(__file__).parents[2] / "docs/notes.md").read_text("utf-8")


def cues(words: int, turn: int = 6) -> tuple[Cue, ...]:
    """So many words by two people, one after the other, who talk for ``turn`` cues at a time.

    Words by chance pack worse than speech does.
    """
    chance = random.Random(7)
    known = sorted(set(re.findall(r"[a-z]{2,}", _TEXT)))
    return tuple(
        Cue(
            n * _CUE_MS,
            (n + 1) * _CUE_MS,
            " ".join(chance.choices(known, k=_CUE_WORDS)) + ".",
            ("Mira", "Dan")[n // turn % 2],
        )
        for n in range(words // _CUE_WORDS)
    )


def spoken(said: tuple[Cue, ...], **fields: Any) -> Release:
    """The sample's fullest episode with these words."""
    transcripts = (Transcript("en", said, sample.place("x")),)
    episode = replace(
        sample.MIDBACK.episode,
        transcripts=transcripts,
        has_transcript_page=is_for_own_page(transcripts),
        **fields,
    )
    return replace(sample.MIDBACK, episode=episode)


THREE_HOURS = spoken(cues(30_000))
