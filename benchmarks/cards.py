"""Measure what drawing a card of a shared link costs on one core, its artwork included.

The first card of an artwork opens the JPEG copy that pages show too; the next ones of the same
artwork draw their words only. The limit holds for each, and is kept by the exit code.
"""

# ruff: noqa: T201, TID251 - the table is the result
from __future__ import annotations

import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

from pictures import draw_artwork

ROOT = Path(__file__).resolve().parent.parent
LIMIT_MS = 20.0
ROUNDS = 9


def measure_cards() -> int:
    """Print the table; the exit code is 1 where a card takes longer than the limit."""
    sys.path.insert(0, str(ROOT))
    slowest = 0.0
    print("| artwork | copy, ms | first card, ms | next card, ms |")
    print("|---|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        drawn = Path(name) / "drawn-3000.jpg"
        draw_artwork(drawn, 3000)
        for artwork in (*sorted((ROOT / "artwork").glob("*.jpg")), drawn):
            copied, first, after = _times(artwork, Path(name))
            slowest = max(slowest, first, after)
            print(f"| {artwork.name} | {copied:.1f} | {first:.1f} | {after:.1f} |")
    print(f"\nThe slowest card takes {slowest:.1f} ms, the limit is {LIMIT_MS:.0f}.")
    return int(slowest > LIMIT_MS)


def _times(artwork: Path, folder: Path) -> tuple[float, float, float]:
    """The processor's milliseconds for the copy, the first card and the next one: medians."""
    from castpress.model.card import Card
    from castpress.store.image_cards import Grounds, draw_card
    from castpress.store.image_copies import write_jpeg

    copy = folder / "copy.jpg"
    cards = [Card(f"Why do runners need a mid-back that turns? {i}", "A Show") for i in range(2)]
    draw_card(cards[0], None, "#224466", Grounds(), folder / "card.jpg")  # fonts are read once
    found: list[tuple[float, ...]] = []
    for _ in range(ROUNDS):
        grounds = Grounds()
        times = [time.process_time()]
        write_jpeg(artwork, copy, 640)
        times.append(time.process_time())
        for card in cards:
            draw_card(card, copy, "#224466", grounds, folder / "card.jpg")
            times.append(time.process_time())
        found.append(tuple(b - a for a, b in pairwise(times)))
    copied, first, after = (1000 * median(times) for times in zip(*found, strict=True))
    return copied, first, after
