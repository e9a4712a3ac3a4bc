"""Who does the work on single episodes: this process, or for many of them one process a core.

A result does not depend on who made it. What one process has opened it also assembles and renders,
so that nothing is read twice.
"""

from __future__ import annotations

import os
import threading
import traceback
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from zlib import crc32

from castpress.read.pairing import stem_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from multiprocessing.connection import Connection

    from castpress.commands.workshop import Workshop

    Track = Callable[[str, int], Iterator[None]]

# Below it, starting processes costs more than they save.
_MANY = 150
LABELS = {
    "open_note": "opening notes",
    "listen": "listening",
    "read": "reading notes",
    "hear": "tagging audio",
    "render": "making pages",
}


class WorkerError(RuntimeError):
    """A process of ours has failed; the message holds its traceback."""


class Crew:
    """Hands tasks to a workshop, or to copies of it in processes of their own."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self._workers: list[Connection] = []

    def run(self, work: str, tasks: Mapping[str, Any], track: Track, *shared: object) -> Any:  # noqa: ANN401 - what the workshop's method of that name gives
        """The results of all tasks by their keys; a key ends with the episode's stem.

        Raises:
            OSError: the cache cannot be written, or a source cannot be read any more.
        """
        progress = track(LABELS[work], len(tasks))
        if not self._workers and len(tasks) >= _MANY:
            self._start()
        if self._workers:
            return dict(self._in_parallel(work, tasks, progress, shared))
        do = getattr(self.workshop, work)
        results = {}
        for key, task in tasks.items():
            next(progress)
            results[key] = do(task, *shared)
        return results

    def close(self) -> None:
        """Let the processes go."""
        while self._workers:
            self._workers.pop().close()

    def _start(self) -> None:
        count = _cores()
        # A copy of a process with threads may hold a lock that nobody will ever open.
        if count < 2 or not hasattr(os, "fork") or threading.active_count() > 1:
            return
        from multiprocessing import Pipe

        for _ in range(count):
            ours, theirs = Pipe()
            if os.fork() == 0:
                for other in (*self._workers, ours):
                    other.close()
                _work(self.workshop, theirs)
            theirs.close()
            self._workers.append(ours)

    def _in_parallel(
        self, work: str, tasks: Mapping[str, Any], progress: Iterator[None], shared: object
    ) -> Iterator[tuple[str, Any]]:
        from multiprocessing.connection import wait

        shares: list[dict[str, Any]] = [{} for _ in self._workers]
        for key, task in tasks.items():
            shares[_owner(key, len(shares))][key] = task
        busy = []
        for worker, share in zip(self._workers, shares, strict=True):
            if share:
                worker.send((work, share, shared))
                busy.append(worker)
        results = {}
        while busy:
            ready = wait(busy)
            for worker in [one for one in busy if one in ready]:
                kind, key, result = _received(worker)
                if kind == "done":
                    busy.remove(worker)
                elif kind == "failed":
                    self.close()
                    raise result
                else:
                    next(progress)
                    results[key] = result
        # In the order of the tasks, whoever was quicker.
        yield from ((key, results[key]) for key in tasks)


def _received(worker: Any) -> tuple[str, str, Any]:  # noqa: ANN401 - a Connection
    try:
        kind, key, result = worker.recv()
    except EOFError:
        return "failed", "", WorkerError("a process that did a share of the work was ended")
    return kind, key, result


def _work(workshop: Workshop, parent: Connection) -> None:
    """Do what the parent asks until it goes away; never returns."""
    try:
        while True:
            work, tasks, shared = parent.recv()
            do = getattr(workshop, work)
            try:
                for key, task in tasks.items():
                    parent.send(("result", key, do(task, *shared)))
            except Exception as error:  # noqa: BLE001 - it is raised again where it belongs
                parent.send(("failed", "", _sendable(error)))
            parent.send(("done", "", None))
    except (EOFError, OSError, KeyboardInterrupt):
        os._exit(0)
    finally:
        os._exit(1)


def _sendable(error: Exception) -> Exception:
    if isinstance(error, OSError):
        return error
    return WorkerError("".join(traceback.format_exception(error)))


def _owner(key: str, count: int) -> int:
    return crc32(stem_of(PurePosixPath(key)).encode("utf-8", "surrogatepass")) % count


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
