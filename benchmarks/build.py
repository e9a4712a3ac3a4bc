"""Measure ``castpress build``: wall time, peak memory and output for shows of several sizes.

    python benchmarks/build.py                     # 10, 100 and 1,000 episodes, medians of 3
    python benchmarks/build.py 100 3000 --runs 5

cold: nothing but the sources is there. unchanged: the same again. touched: one note has got a new
line. Seconds are of the whole process and of this machine; compare ratios, not seconds.
"""

# ruff: noqa: S603 - what is run is this Python
from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from make_show import make_show

ROOT = Path(__file__).resolve().parent.parent
NOW = "2026-01-02T00:00:00+00:00"


@dataclass(frozen=True, slots=True)
class Run:
    """One build: seconds on the wall, seconds of processor, peak of resident memory in kB."""

    wall: float
    processor: float
    peak: int


def build(show: Path) -> Run:
    """Build the show in a process of its own.

    Raises:
        SystemExit: the build failed.
    """
    words = [sys.executable, "-m", "castpress", "build", "--show", str(show), "--now", NOW, "-q"]
    began = time.perf_counter()
    with subprocess.Popen(words, cwd=ROOT) as process:
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"the build ended with exit code {process.returncode}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def clear(show: Path) -> None:
    """Take away all that a build has made."""
    for name in ("public", ".cache"):
        shutil.rmtree(show / name, ignore_errors=True)
    (show / "show.lock").unlink(missing_ok=True)


def touch(show: Path, text: str) -> None:
    """Change what one note says, as an author does."""
    notes = sorted((show / "show_notes").glob("*.md"))
    note = notes[len(notes) // 2]
    note.write_text(note.read_text("utf-8") + f"\n{text}\n", encoding="utf-8")


def output_bytes(show: Path) -> int:
    """What all files of the output hold together."""
    return sum(path.stat().st_size for path in (show / "public").rglob("*") if path.is_file())


def measure(show: Path, runs: int) -> dict[str, list[Run]]:
    """The builds of one show by kind, the kinds in turn so that a busy moment hits all of them."""
    found: dict[str, list[Run]] = {"cold": [], "unchanged": [], "touched": []}
    for number in range(runs):
        clear(show)
        found["cold"].append(build(show))
        found["unchanged"].append(build(show))
        touch(show, f"Line {number}.")
        found["touched"].append(build(show))
    return found


def main() -> None:
    """Print one row a size and kind."""
    about = argparse.ArgumentParser(description="Measure castpress build.")
    about.add_argument("sizes", type=int, nargs="*", default=[10, 100, 1000], metavar="EPISODES")
    about.add_argument("--runs", type=int, default=3, help="builds of each kind (3)")
    options = about.parse_args()
    print("| episodes | build | wall s | processor s | peak MB | output MB |")
    print("|---|---|---|---|---|---|")
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="castpress-benchmark-") as folder:
            show = Path(folder)
            make_show(show, size)
            found = measure(show, options.runs)
            written = output_bytes(show) / 1e6
        for kind, runs in found.items():
            wall = statistics.median(run.wall for run in runs)
            processor = statistics.median(run.processor for run in runs)
            peak = max(run.peak for run in runs) / 1000
            print(
                f"| {size} | {kind} | {wall:.2f} | {processor:.2f} | {peak:.0f} | {written:.1f} |"
            )


if __name__ == "__main__":
    main()
