"""Make a show with transcripts, to measure the search with; the same arguments give the same bytes.

    python benchmarks/search_show.py FOLDER EPISODES [--words 9000]

Like make_show's, and each episode has a WebVTT transcript of as many words. Most of
what is said comes from a hundred common words, the rest from thirty thousand made of syllables, the
rarer the later they stand: a talk holds about 1,900 different words, as talks of that length do.
"""

# ruff: noqa: TID251, S311 - files are written here, and chance must be the same each time
from __future__ import annotations

import argparse
import sys
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parent))

from make_show import WORDS, make_show

_SYLLABLES = tuple(c + v + e for c in "bdfglmnprst" for v in "aeiou" for e in ("", "n", "r", "st"))
_RARE = 30_000
_COMMON = 0.6
_CUE_WORDS = 12
_TURN_CUES = 8  # then the other one speaks


def vocabulary(seed: int) -> list[str]:
    """Words of two to four syllables, each once."""
    chance = Random(seed)
    words: dict[str, None] = {}
    while len(words) < _RARE:
        words["".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3, 3, 4))))] = None
    return list(words)


def transcript(chance: Random, rare: list[str], words: int, duration_ms: int) -> str:
    """That many words in cues, evenly spread over the audio."""
    rows = ["WEBVTT", ""]
    cues = words // _CUE_WORDS
    for cue in range(cues):
        said = [
            chance.choice(WORDS) if chance.random() < _COMMON else _rare(chance, rare)
            for _ in range(_CUE_WORDS)
        ]
        speaker = ("Ida Berg", "Tom Falk")[cue // _TURN_CUES % 2]
        start, end = (duration_ms * n // cues for n in (cue, cue + 1))
        rows += [
            f"{_clock(start)} --> {_clock(end)}",
            f"<v {speaker}>{' '.join(said).capitalize()}.",
            "",
        ]
    return "\n".join(rows)


def _rare(chance: Random, words: list[str]) -> str:
    return words[int(len(words) * chance.random() ** 7)]


def _clock(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def main() -> None:
    """Read the command line and make the show."""
    about = argparse.ArgumentParser(description="Make a show with transcripts.")
    about.add_argument("folder", type=Path)
    about.add_argument("episodes", type=int)
    about.add_argument("--words", type=int, default=9_000)
    options = about.parse_args()
    rare = vocabulary(1)
    for episode in make_show(options.folder, options.episodes):
        text = transcript(Random(episode.stem), rare, options.words, episode.duration_ms)
        (options.folder / "show_notes" / f"{episode.stem}.vtt").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
