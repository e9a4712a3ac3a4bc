"""Strike publications to S3 in every way: ``./run faults [--quick] [--server ceph] …``.

Each request of three publications is struck by each fault, once, twice in a row and for good; then
the publisher is killed at each request, at any time, runs out of disk, loses its audio, and meets
others. After each it is held what it said against what is there, and the next publication has to
come to the bucket that an undisturbed one leaves. The exit code is 1 if anything is broken.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
import zlib
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from tests.faults.bench import Bench
from tests.faults.outcome import Outcome
from tests.faults.scenes import PLOTS
from tests.faults.strikes import Strike, without_alikes
from tests.faults.trials import CHANGES, WHEN, repeat
from tests.servers import ceph, moto, rclone
from tests.servers.server import Processes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.servers.server import Server

SERVERS = {"moto": moto, "ceph": ceph, "rclone": rclone}
# One fault often has many faces.
MOST_WORDS = 5
QUICK = (("edit",), 3, 1, 1)
# So that a small file goes in parts; by itself moto is as strict as AWS.
_PART_BYTES = 256
DISK_SIZES = (0, 2_000, 20_000, 90_000)


@dataclass
class Counts:
    """What all runs came to."""

    runs: int = 0
    polls: int = 0
    requests: int = 0
    kills: int = 0
    done: int = 0
    missed: int = 0
    struck: Counter[str] = field(default_factory=Counter)
    broken: dict[str, list[str]] = field(default_factory=dict)

    def add(self, outcome: Outcome) -> None:
        """One more run."""
        self.runs += 1
        self.polls += outcome.polls
        self.requests += outcome.requests
        self.kills += outcome.kills
        self.done += outcome.verdict.is_done
        self.missed += not outcome.struck and not outcome.kills
        self.struck += outcome.struck
        if outcome.broken:
            self.broken[outcome.line] = outcome.broken


def main() -> int:
    """The exit code: 1 if an invariant was broken."""
    # So that the servers are ended as well; jobs inherit it.
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(143))
    options = _options()
    module = SERVERS[options.server]
    missing = module.why_not()
    if missing:
        print(f"faults: {missing}", file=sys.stderr)
        return 3
    began = time.monotonic()
    counts = Counts()
    with tempfile.TemporaryDirectory(prefix="castpress-faults-") as folder:
        shared = None
        processes = Processes(Path(folder))
        try:
            if options.server != "moto":
                shared = module.start(Path(folder), processes)[0]
            for outcome in _outcomes(options, shared, Path(folder)):
                counts.add(outcome)
                for words in outcome.broken[:MOST_WORDS]:
                    print(f"BROKEN {words}")
                if outcome.broken:
                    print(f"  ./run faults {_more(options)}--only '{outcome.line}'", flush=True)
                if options.only:
                    print(outcome.verdict.raised or outcome.verdict)
                if counts.runs % (100 if options.server == "moto" else 10) == 0:
                    rate = counts.runs / (time.monotonic() - began)
                    print(f"{counts.runs} runs, {rate:.1f} a second", file=sys.stderr, flush=True)
        finally:
            processes.stop()
    _tell(counts, time.monotonic() - began)
    return 1 if counts.broken else 0


def _options() -> argparse.Namespace:
    about = argparse.ArgumentParser(prog="./run faults", description="Strike publications to S3.")
    about.add_argument("--server", choices=tuple(SERVERS), default="moto")
    about.add_argument("--scenes", nargs="+", choices=tuple(PLOTS), default=tuple(PLOTS))
    about.add_argument("--jobs", type=int, default=2, help="runs at once (2)")
    about.add_argument("--strikes", type=int, metavar="N", help="so many, by lot (all of them)")
    about.add_argument("--all", action="store_true", help="also requests that are like others")
    about.add_argument("--quick", action="store_true", help="a sample that takes some seconds")
    about.add_argument("--kills", type=int, default=200, metavar="N", help="at any time (200)")
    about.add_argument("--crowds", type=int, default=20, metavar="N", help="of 2 and of 8 (20)")
    about.add_argument("--seed", type=int, default=1, help="of chance")
    about.add_argument("--only", nargs="+", metavar="LINE", help="repeat what a line names")
    options = about.parse_args()
    if options.quick:
        options.scenes, options.strikes, options.kills, options.crowds = QUICK
    return options


def lines_of(options: argparse.Namespace, bench: Bench) -> Iterator[str]:
    """All runs of this bench, in the order of their names, so that jobs can share them."""
    chance = Random(options.seed)
    strikes: list[Strike] = []
    for name in options.scenes:
        each = bench.strikes[name]
        strikes += each if options.all else without_alikes(each)
    yield from sorted(map(str, strikes), key=_lot)[: options.strikes]
    for number in range(options.kills):
        yield f"kill-at|{options.scenes[number % len(options.scenes)]}|{chance.random():.4f}"
    for seed in range(options.crowds):
        yield f"publishers|2|{seed}"
        if not options.quick:
            yield f"publishers|8|{seed}"
    if not options.quick:
        yield from (f"disk-full|{name}|{size}" for name in PLOTS for size in DISK_SIZES)
        yield from (f"audio|{change}|{when}" for change in CHANGES for when in WHEN)
        yield from (f"resumed|first|{share}" for share in (0.0, 0.35, 0.7, 1.0))


def scenes_of(lines: list[str]) -> set[str]:
    """Which publications have to be prepared for these lines."""
    named = {scene for line in lines for scene in PLOTS if scene in line.split("|")}
    more = {"publishers": "edit", "audio": "first"}
    return named | {more[word] for line in lines if (word := line.split("|")[0]) in more}


def _outcomes(
    options: argparse.Namespace, shared: Server | None, folder: Path
) -> Iterator[Outcome]:
    """The outcomes of all jobs, as they come."""
    context = multiprocessing.get_context("fork")
    running = []
    for number in range(options.jobs):
        hear, say = context.Pipe(duplex=False)
        job = context.Process(target=_job, args=(options, number, shared, folder, say))
        job.start()
        say.close()
        running.append((job, hear))
    heard = [hear for _, hear in running]
    while heard:
        for each in [hear for hear in heard if hear in wait(heard)]:
            try:
                yield each.recv()
            except EOFError:
                heard.remove(each)
    for job, _ in running:
        job.join()
        if job.exitcode:
            outcome = Outcome("all")
            outcome.broken.append(f"a job ended with {job.exitcode}")
            yield outcome


def _job(
    options: argparse.Namespace,
    number: int,
    shared: Server | None,
    folder: Path,
    say: Connection[Any, Any],
) -> None:
    """Run every line that falls to this job."""
    processes = Processes(folder)
    try:
        server = shared or moto.start_with(processes, _PART_BYTES)
        environment = dict(server.environment)
        del environment["AWS_ENDPOINT_URL_S3"]
        os.environ.update(environment)
        with Bench(server, str(number)) as bench:
            only = options.only or []
            wanted = scenes_of(only) if only else {*options.scenes} if options.quick else {*PLOTS}
            bench.stage(sorted(wanted))
            for line in only or lines_of(options, bench):
                if _lot(line) % options.jobs == number:
                    say.send(_ran(bench, line))
    finally:
        processes.stop()
        say.close()


def _ran(bench: Bench, line: str) -> Outcome:
    try:
        return repeat(bench, line)
    except Exception:  # noqa: BLE001 - the other runs go on
        outcome = Outcome(line)
        outcome.broken.append(f"the run itself fails: {traceback.format_exc()}")
        return outcome


def _lot(line: str) -> int:
    return zlib.crc32(line.encode())


def _more(options: argparse.Namespace) -> str:
    return "" if options.server == "moto" else f"--server {options.server} "


def _tell(counts: Counts, seconds: float) -> None:
    print(f"{counts.runs:,} runs in {seconds:.0f} s, {counts.runs / seconds:.1f} a second")
    for name, count in sorted(counts.struck.items()):
        print(f"  {name}: {count:,}")
    print(f"{counts.done:,} publications were done in spite of it")
    print(f"{counts.missed:,} runs without a fault: crowds, and requests that did not come again")
    print(f"{counts.kills:,} publishers killed")
    print(f"{counts.requests:,} requests seen")
    print(f"{counts.polls:,} polls of the feeds and all their audio")
    print(f"{len(counts.broken):,} runs with broken invariants")


if __name__ == "__main__":
    sys.exit(main())
