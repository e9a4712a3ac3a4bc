"""The rows of the table that the benchmark prints, in Markdown."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from goals import GOALS
from rounds import CASTPRESS, KINDS, PYTHON

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from goals import Row
    from process import Run
    from rounds import Rounds

COLUMNS = "wall s / cpu s / peak MB"


def header(peers: Sequence[str]) -> str:
    """The head of the table for these peers."""
    compared = [f"× {peer} (min–max)" for peer in peers]
    cells = ["N", "kind", f"{CASTPRESS}: {COLUMNS}", *peers, *compared, "goal", "met"]
    return f"{_row(cells)}\n{_row(['---'] * len(cells))}"


def rows(rounds: Rounds, episodes: int, peers: Sequence[str]) -> str:
    """One row a kind, and one for the peak of memory over all kinds."""
    names = (CASTPRESS, *peers)
    lines = []
    for kind in KINDS:
        runs = {name: rounds.get((kind, name), []) for name in names}
        walls = {name: [run.wall for run in runs[name]] for name in names}
        lines.append(_line(episodes, kind, {name: cell(runs[name]) for name in names}, walls))
    peaks = {name: _peaks(rounds, name) for name in names}
    cells = {name: f"{max(peaks[name]) / 1e6:.0f}" if peaks[name] else "" for name in names}
    lines.append(_line(episodes, "peak memory", cells, peaks))
    return "\n".join(lines)


def _peaks(rounds: Rounds, name: str) -> list[float]:
    """The peak of each round over all kinds; a bare interpreter makes nothing and has none."""
    if name == PYTHON:
        return []
    kinds = [rounds[kind, name] for kind in KINDS]
    return [max(float(run.peak_bytes) for run in runs) for runs in zip(*kinds, strict=True)]


def cell(runs: Sequence[Run]) -> str:
    """The medians of some runs: wall and processor seconds, and megabytes at the peak."""
    if not runs:
        return ""
    wall = _number(median(run.wall for run in runs))
    cpu = _number(median(run.cpu for run in runs))
    return f"{wall} / {cpu} / {median(run.peak_bytes for run in runs) / 1e6:.0f}"


def _line(
    episodes: int, row: Row, cells: Mapping[str, str], measured: Mapping[str, Sequence[float]]
) -> str:
    """A row: the cells, castpress's ratio to each peer, and whether the goals are met."""
    ratios = {
        name: [ours / theirs for ours, theirs in zip(measured[CASTPRESS], found, strict=True)]
        for name, found in measured.items()
        if name != CASTPRESS and found
    }
    shown = [_ratio(ratios.get(name, [])) for name in cells if name != CASTPRESS]
    goals = [
        goal
        for goal in GOALS
        if (goal.episodes, goal.row) == (episodes, row) and goal.peer in ratios
    ]
    wanted = ", ".join(f"≤ {goal.at_most:g} × {goal.peer}" for goal in goals)
    met = ", ".join("yes" if median(ratios[goal.peer]) <= goal.at_most else "no" for goal in goals)
    return _row([f"{episodes:,}", row, *cells.values(), *shown, wanted, met])


def _ratio(ratios: Sequence[float]) -> str:
    if not ratios:
        return ""
    return f"{_number(median(ratios))} ({_number(min(ratios))}–{_number(max(ratios))})"


def _number(value: float) -> str:
    """Two digits that say something, more before the point if there are more."""
    digits = 0 if value >= 100 else 1 if value >= 10 else 2 if value >= 0.1 else 3
    return f"{value:.{digits}f}"


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
