"""What pictures cost: a show of one episode, with and without what was kept of its artwork.

The peers resize no pictures, so this is apart from the comparison; the first row says how much of
castpress's cold builds of the larger shows it is.
"""

# ruff: noqa: TID251, S311 - files are written here, and chance must be the same each time
from __future__ import annotations

from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from make_show import make_show
from peers import castpress_on
from PIL import Image
from rounds import working_folder
from table import COLUMNS, cell

if TYPE_CHECKING:
    from peers import Peer
    from process import Run

LARGE_PX = 3_000


def measure_artwork(rounds: int) -> str:
    """The table of artwork, in Markdown, with a sentence about the cold rows of the other one."""
    with working_folder(100) as name:
        ours, large = (
            castpress_on(folder, make_show(folder, 1))
            for folder in (Path(name) / "ours", Path(name) / "large")
        )
        draw_artwork(large.folder / "artwork/cover.jpg", LARGE_PX)
        with Image.open(ours.folder / "artwork/cover.jpg") as image:
            ours_px = image.width
        found: dict[int, tuple[list[Run], list[Run]]] = {ours_px: ([], []), LARGE_PX: ([], [])}
        for _ in range(rounds):
            for px, peer in ((ours_px, ours), (LARGE_PX, large)):
                cold, kept = _build_twice(peer)
                found[px][0].append(cold)
                found[px][1].append(kept)
    lines = [
        f"| artwork | cold: {COLUMNS} | public/ is gone, .cache/ is there | pictures, wall s |",
        "|---|---|---|---|",
    ]
    costs = {}
    for px, (colds, kepts) in found.items():
        costs[px] = median(cold.wall - kept.wall for cold, kept in zip(colds, kepts, strict=True))
        lines.append(f"| {px:,} px | {cell(colds)} | {cell(kepts)} | {costs[px]:.2f} |")
    lines.append(
        f"\nThe shows above have artwork of {ours_px:,} pixels: {costs[ours_px]:.2f} s of each of "
        "castpress's cold builds go into resizing it."
    )
    return "\n".join(lines)


def draw_artwork(path: Path, width_px: int) -> None:
    """Write a square JPEG of soft colours, the same each time; a photograph costs about as much."""
    coarse = 60
    colours = Random("artwork").randbytes(coarse * coarse * 3)
    image = Image.frombytes("RGB", (coarse, coarse), colours)
    image.resize((width_px, width_px), Image.Resampling.BICUBIC).save(path, quality=90)


def _build_twice(peer: Peer) -> tuple[Run, Run]:
    """Builds from nothing: without the cache, and with what the first one has put there."""
    peer.clear()
    cold = peer.build()
    peer.clear(keep=".cache")
    return cold, peer.build()
