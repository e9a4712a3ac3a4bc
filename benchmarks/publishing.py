"""Measure ``castpress publish`` to a bucket: requests by kind, seconds, memory.

moto is the server (an S3 in memory, from the test environment); its log tells the requests. Four
publications of each show: the first, one with nothing new, one after a whole rebuild of the same
bytes, one after an edit of one note.
"""

# ruff: noqa: T201, TID251 - the table is the result
from __future__ import annotations

import contextlib
import re
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from make_show import make_show
from process import FailedRunError, run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from process import Run

ROOT = Path(__file__).resolve().parent.parent
SIZES = (100, 1_000)
NOW = "2026-01-02T00:00:00+00:00"
_REQUEST = re.compile(r"\b(GET|HEAD|PUT|POST|DELETE) /")


def measure_publishing(sizes: Sequence[int]) -> int:
    """Print the table; the exit code is 1 if a publication failed."""
    print("| episodes | publication | writes | reads | wall s | processor s | peak MB |")
    print("|---:|---|---:|---:|---:|---:|---:|")
    try:
        with tempfile.TemporaryDirectory() as scratch, _server(Path(scratch)) as server:
            for episodes in sizes or SIZES:
                _measure(Path(scratch) / str(episodes), episodes, server)
    except FailedRunError as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


class _Server:
    """moto, and what it says that it was asked."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.environment = environment
        self._log = log
        self._read = 0

    def requests(self) -> Counter[str]:
        """How many requests came since the last call, by method."""
        with self._log.open("rb") as log:
            log.seek(self._read)
            text = log.read().decode("utf-8", "replace")
            self._read = log.tell()
        return Counter(_REQUEST.findall(text))


@contextlib.contextmanager
def _server(scratch: Path) -> Iterator[_Server]:
    sys.path.insert(0, str(ROOT))
    from tests.servers import moto
    from tests.servers.server import Processes

    missing = moto.why_not()
    if missing is not None:
        raise FailedRunError(missing)
    logs = scratch / "logs"
    logs.mkdir()
    processes = Processes(logs)
    try:
        (server,) = moto.start(scratch, processes)
        (log,) = logs.iterdir()
        yield _Server(server.environment, log)
    finally:
        processes.stop()


def _measure(folder: Path, episodes: int, server: _Server) -> None:
    made = make_show(folder, episodes)
    bucket = f"show-of-{episodes}"
    _make_bucket(bucket, server)
    words = [
        *(sys.executable, "-P", "-m", "castpress", "publish", "-q", "--now", NOW),
        *("--show", str(folder), "--to", f"s3://{bucket}/show"),
    ]
    environment = server.environment | {"PYTHONPATH": str(ROOT)}

    def publish(name: str) -> None:
        server.requests()
        _print(episodes, name, run(words, folder, environment), server.requests())

    publish("first")
    publish("nothing new")
    for name in ("public", ".cache"):
        shutil.rmtree(folder / name)
    publish("all built anew, same bytes")
    note = folder / "show_notes" / f"{made[len(made) // 2].stem}.md"
    note.write_text(f"{note.read_text('utf-8')}\nOne more sentence.\n", "utf-8")
    publish("one note edited")


def _make_bucket(name: str, server: _Server) -> None:
    code = f"import boto3; boto3.client('s3').create_bucket(Bucket={name!r})"
    run([sys.executable, "-c", code], ROOT, server.environment)


def _print(episodes: int, name: str, taken: Run, requests: Counter[str]) -> None:
    writes = sum(requests[method] for method in ("PUT", "POST", "DELETE"))
    reads = requests["GET"] + requests["HEAD"]
    print(
        f"| {episodes:,} | {name} | {writes:,} | {reads:,} | {taken.wall:.2f} | {taken.cpu:.2f} "
        f"| {taken.peak_bytes / 1e6:.0f} |",
        flush=True,
    )
