"""Fuzz the readers, guided by coverage: ``./run fuzz [SECONDS] [--targets NAME …]``.

Each target (tests/fuzz/targets.py) runs in a process of its own, one after another. What raises,
breaks a promise, hangs, or takes far more time than its length allows is kept in a folder, and
the exit code is 1. Give a kept file to ``--again`` to see what it does.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
FOUND = ROOT / ".cache/fuzz"
NAMES = ("notes", "episode", "transcript", "settings", "feed")
DEFAULT_SECONDS = 300
LONGEST_INPUT = 40_000
# Of one target: one fault often has many faces, and the first few are looked at anyway.
MOST_FOUND = 20
# A hang; whatever ends before is measured by the two below.
TIMEOUT_SECONDS = 60
# Tracing makes all of it several times as slow, so a suspect is measured again without.
LEAST_SECONDS = 0.5
SECONDS_A_BYTE = 1 / 100_000
_OWN = re.compile(r"'[^']*'|\"[^\"]*\"|[0-9]+")
_COVERAGE = re.compile(r"\bcov: ([0-9]+)")


@dataclass
class Figures:
    """What one target's run came to; written to a file by the process that fuzzes."""

    executions: int = 0
    seconds: float = 0.0
    coverage: int = 0
    slowest_seconds: float = 0.0
    slowest_bytes: int = 0
    found: list[str] = field(default_factory=list)


def main() -> int:
    """The exit code: 1 if anything was found."""
    options = _options()
    if options.again:
        return _again(options.again, options.targets)
    if options.child:
        _fuzz(options.child, options.seconds, options.seed, options.folder)
    options.folder.mkdir(parents=True, exist_ok=True)
    print("| target | executions | a second | coverage | slowest | found |", flush=True)
    print("|---|---:|---:|---:|---:|---:|", flush=True)
    found: list[str] = []
    for name in options.targets:
        figures = _run(name, options.seconds / len(options.targets), options.seed, options.folder)
        rate = figures.executions / max(figures.seconds, 0.001)
        print(
            f"| {name} | {figures.executions:,} | {rate:,.0f} | {figures.coverage:,} | "
            f"{figures.slowest_seconds:.2f} s for {figures.slowest_bytes:,} bytes | "
            f"{len(figures.found)} |",
            flush=True,
        )
        found += figures.found
    for line in found:
        print(line)
    return 1 if found else 0


def _options() -> argparse.Namespace:
    about = argparse.ArgumentParser(prog="./run fuzz", description="Fuzz the readers.")
    about.add_argument(
        "seconds", type=int, nargs="?", default=DEFAULT_SECONDS, help=f"{DEFAULT_SECONDS} if none"
    )
    about.add_argument("--targets", nargs="+", choices=NAMES, default=NAMES, metavar="NAME")
    about.add_argument("--seed", type=int, default=1, help="of chance; the same seed, the same run")
    about.add_argument("--folder", type=Path, default=FOUND, help="for what is found (.cache/fuzz)")
    about.add_argument("--again", type=Path, nargs="+", metavar="FILE", help="run kept inputs once")
    about.add_argument("--child", choices=NAMES, help=argparse.SUPPRESS)
    return about.parse_args()


def _run(name: str, seconds: float, seed: int, folder: Path) -> Figures:
    """Fuzz one target in a process of its own, which may hang, crash or eat memory."""
    words = [sys.executable, "-P", __file__, str(max(round(seconds), 1)), "--child", name]
    words += ["--seed", str(seed), "--folder", str(folder)]
    figures_file = folder / f"{name}.json"
    figures_file.unlink(missing_ok=True)
    before = set(folder.glob(f"{name}-*"))
    # The fuzzer ends its process without tidying up, so its files get a place that goes with us;
    # in memory where the system has such a place.
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as place:
        done = subprocess.run(
            words,
            env=os.environ | {"TMPDIR": place},
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
            check=False,
        )
    figures = Figures()
    if figures_file.exists():
        figures = Figures(**json.loads(figures_file.read_text("utf-8")))
    coverage = _COVERAGE.findall(done.stderr)
    figures.coverage = int(coverage[-1]) if coverage else 0
    told = "\n".join(figures.found)
    for kept in sorted(set(folder.glob(f"{name}-*")) - before):
        if str(kept) not in told:  # libFuzzer kept it: a hang, a lack of memory, a dead process
            figures.found.append(f"{name}: {kept}")
    if done.returncode and not figures.found:
        figures.found.append(f"{name}: ended with {done.returncode}: {done.stderr[-2000:]}")
    return figures


def _fuzz(name: str, seconds: int, seed: int, folder: Path) -> None:
    """Fuzz until the time is over; libFuzzer ends the process itself."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["castpress"]):
        from tests.fuzz.targets import TARGETS
    from tests.fuzz.mutate import lines_of, mutate

    target = TARGETS[name]
    seeds = [path.read_bytes() for path in target.seeds]
    lines = lines_of(seeds)
    figures = Figures()
    began = time.monotonic()
    known: set[str] = set()

    def one(data: bytes) -> None:
        before = time.process_time()
        try:
            target.run(data)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what we look for
            keep(data, error)
        took = time.process_time() - before
        figures.executions += 1
        if took > figures.slowest_seconds:
            figures.slowest_seconds, figures.slowest_bytes = took, len(data)
            if took > _allowed_seconds(len(data)):
                keep(data, None)
        if not figures.executions % 64 or time.monotonic() - began > seconds - 1:
            write()

    def keep(data: bytes, error: Exception | None) -> None:
        kind = _kind(error)
        if kind in known or len(known) >= MOST_FOUND:
            return
        path = folder / f"{name}-{hashlib.sha256(data).hexdigest()[:16]}"
        path.write_bytes(data)
        if error is None and not _is_slow(path, name):
            path.unlink()
            return
        known.add(kind)
        figures.found.append(f"{name}: {path}: {kind}")
        write()

    def write() -> None:
        figures.seconds = time.monotonic() - began
        (folder / f"{name}.json").write_text(json.dumps(asdict(figures)), "utf-8")

    def change(data: bytes, max_size: int, chance: int) -> bytes:
        random = Random(chance)
        if random.random() < 0.2:
            return bytes(atheris.Mutate(data, max_size))
        return mutate(data, lines, random, max_size)

    corpus = folder / f"corpus-{name}"
    corpus.mkdir(exist_ok=True)
    for number, content in enumerate(seeds):
        (corpus / f"seed-{number:03}").write_bytes(content[:LONGEST_INPUT])
    flags = [
        f"-max_total_time={seconds}",
        f"-seed={seed}",
        f"-timeout={TIMEOUT_SECONDS}",
        f"-max_len={LONGEST_INPUT}",
        "-len_control=10",
        "-rss_limit_mb=4096",
        f"-artifact_prefix={folder}/{name}-",
    ]
    atheris.Setup([sys.argv[0], *flags, str(corpus)], one, custom_mutator=change)
    atheris.Fuzz()


def _kind(error: Exception | None) -> str:
    """What tells two findings apart: the error and where in our code it comes from."""
    if error is None:
        return "slow"
    ours = [f for f in traceback.extract_tb(error.__traceback__) if "castpress" in f.filename]
    place = f" at {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    # Without what differs from input to input: numbers, and what is quoted.
    what = _OWN.sub("…", " ".join(str(error).split()))
    return f"{type(error).__name__}: {what[:160]}{place}"


def _allowed_seconds(size: int) -> float:
    return LEAST_SECONDS + size * SECONDS_A_BYTE


def _is_slow(path: Path, name: str) -> bool:
    """Whether the input is slow without tracing too."""
    words = [sys.executable, "-P", __file__, "--again", str(path), "--targets", name]
    return subprocess.run(words, capture_output=True, check=False).returncode != 0


def _again(paths: list[Path], names: list[str]) -> int:
    """Run kept inputs; the exit code is 1 if one raises or takes too long."""
    from tests.fuzz.targets import TARGETS

    code = 0
    for path in paths:
        own = path.name.partition("-")[0]
        name = own if own in TARGETS else names[0]
        data = path.read_bytes()
        before = time.process_time()
        TARGETS[name].run(data)
        took = time.process_time() - before
        print(f"{name}: {path}: {took:.2f} s for {len(data):,} bytes")
        if took > _allowed_seconds(len(data)):
            code = 1
    return code


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    sys.exit(main())
