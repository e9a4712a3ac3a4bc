"""Who does the work on single episodes: this process, or for many of them one process a core.

A result does not depend on who made it. What one process has opened it also assembles and renders,
so that nothing is read twice. The processes go when the crew does, and when its own process ends,
however that ends; what one leaves undone that was killed is done here.
"""

from __future__ import annotations

import contextlib
import os
import threading
import traceback
import weakref
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn
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
    "listen_beside": "listening to other encodings",
    "read": "reading notes",
    "hear": "tagging audio",
    "render": "making pages",
}


class WorkerError(RuntimeError):
    """A process of ours has failed; the message holds its traceback."""


class _Worker(NamedTuple):
    """A process of ours, and the line to it."""

    pid: int
    line: Connection


class Crew:
    """Hands tasks to a workshop, or to copies of it in processes of their own."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self._workers: list[_Worker] = []
        # Whoever forgets to close it leaves nobody behind.
        self._end = weakref.finalize(self, _dismiss, self._workers)

    def run(self, work: str, tasks: Mapping[str, Any], track: Track, *shared: object) -> Any:  # noqa: ANN401 - what the workshop's method of that name gives
        """The results of all tasks by their keys; a key ends with the episode's stem.

        Raises:
            OSError: the cache cannot be written, or a source cannot be read any more.
        """
        progress = track(LABELS[work], len(tasks))
        if self._end.alive and not self._workers and len(tasks) >= _MANY:
            self._start()
        results = self._in_parallel(work, tasks, progress, shared) if self._workers else {}
        do = getattr(self.workshop, work)
        for key, task in tasks.items():
            if key not in results:
                next(progress)
                results[key] = do(task, *shared)
        # In the order of the tasks, whoever was quicker.
        return {key: results[key] for key in tasks}

    def close(self) -> None:
        """Let the processes go, and wait until they are gone; what follows is done here."""
        self._end()

    def _start(self) -> None:
        count = _cores()
        # A copy of a process with threads may hold a lock that nobody will ever open.
        if count < 2 or not hasattr(os, "fork") or threading.active_count() > 1:
            return
        from multiprocessing import Pipe

        # Where the system has no room for more, those that there are do it, or we ourselves.
        with contextlib.suppress(OSError):
            for _ in range(count):
                ours, theirs = Pipe()
                pid = os.fork()
                if pid == 0:
                    _work(self.workshop, theirs, [ours, *(one.line for one in self._workers)])
                self._workers.append(_Worker(pid, ours))
                theirs.close()

    def _in_parallel(
        self, work: str, tasks: Mapping[str, Any], progress: Iterator[None], shared: object
    ) -> dict[str, Any]:
        """The results by their keys, without those of a process that is gone."""
        from multiprocessing.connection import wait

        shares: list[dict[str, Any]] = [{} for _ in self._workers]
        for key, task in tasks.items():
            shares[_owner(key, len(shares))][key] = task
        busy: list[Any] = []
        results: dict[str, Any] = {}
        is_whole = True
        for worker, share in zip(self._workers, shares, strict=True):
            if share:
                try:
                    worker.line.send((work, share, shared))
                except OSError:
                    is_whole = False
                else:
                    busy.append(worker.line)
        while busy:
            for line in wait(busy):
                kind, key, result = _received(line)
                if kind == "failed":
                    self.close()
                    raise result
                if kind == "result":
                    next(progress)
                    results[key] = result
                else:
                    busy.remove(line)
                    is_whole = is_whole and kind == "done"
        if not is_whole:
            self.close()
        return results


def _dismiss(workers: list[_Worker]) -> None:
    for worker in workers:
        worker.line.close()
    while workers:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(workers.pop().pid, 0)


def _received(line: Any) -> tuple[str, str, Any]:  # noqa: ANN401 - a Connection
    try:
        kind, key, result = line.recv()
    except (EOFError, OSError):  # it was killed
        return "gone", "", None
    return kind, key, result


def _work(workshop: Workshop, parent: Connection, others: list[Connection]) -> NoReturn:
    """Do what the parent asks until it goes away; the lines of the others are not ours."""
    try:
        for other in others:
            other.close()
        while True:
            work, tasks, shared = parent.recv()
            do = getattr(workshop, work)
            try:
                for key, task in tasks.items():
                    parent.send(("result", key, do(task, *shared)))
            except Exception as error:  # noqa: BLE001 - it is raised again where it belongs
                parent.send(("failed", "", _sendable(error)))
            parent.send(("done", "", None))
    finally:
        # Whatever it was, interrupted or left alone: nothing of the parent's is done twice.
        os._exit(0)


def _sendable(error: Exception) -> Exception:
    """The error as it can be sent; one of the disk stays what it is."""
    if isinstance(error, OSError) and error.errno is not None:
        return OSError(error.errno, error.strerror or str(error), error.filename)
    return WorkerError("".join(traceback.format_exception(error)))


def _owner(key: str, count: int) -> int:
    return crc32(stem_of(PurePosixPath(key)).encode("utf-8", "surrogatepass")) % count


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
