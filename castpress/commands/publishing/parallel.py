"""Work at a place of publication, as many pieces at a time as are good for it."""

from __future__ import annotations

import threading
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from concurrent.futures import Future

    from castpress.store.targets.target import Target

Item = TypeVar("Item")
Result = TypeVar("Result")

_BEAT_SECONDS = 1.0


def each(
    target: Target,
    items: Iterable[Item],
    act: Callable[[Item], Result],
    *,
    width: int | None = None,
    on_done: Callable[[Item], None] = lambda _: None,
    on_end: Callable[[], None] = lambda: None,
    beat: Callable[[], None] = lambda: None,
) -> list[Result]:
    """What ``act`` makes of each item, in their order.

    ``width`` items at a time, as many as the place likes where it is None. The first failure ends
    it: nothing more is begun, so with a width of 1 nothing is done after what failed; ``on_end`` is
    called to tell what runs, which is waited for; the failure is raised. ``on_done`` and ``beat``
    are called by the caller's own thread, ``beat`` each second.
    """
    listed = list(items)
    most = width or target.width
    pool = ThreadPoolExecutor(most)
    begun: list[Future[Result]] = []
    numbers: dict[Future[Result], int] = {}
    pending: set[Future[Result]] = set()
    try:
        while pending or len(begun) < len(listed):
            # Few at a time: waiting looks at each of them, and of a large show there are thousands.
            for number in range(len(begun), min(len(listed), len(begun) + most - len(pending))):
                future = pool.submit(act, listed[number])
                begun.append(future)
                numbers[future] = number
                pending.add(future)
            done, pending = wait(pending, _BEAT_SECONDS, FIRST_COMPLETED)
            for future in sorted(done, key=numbers.__getitem__):
                future.result()
                on_done(listed[numbers[future]])
            beat()
    except BaseException as error:
        on_end()
        if isinstance(error, KeyboardInterrupt):
            target.hurry()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
    return [future.result() for future in begun]


class Stoppable:
    """Passes on what the threads of a wave count, and ends them once the wave has failed."""

    def __init__(self, told: Callable[[int], None]) -> None:
        self._told = told
        self._lock = threading.Lock()
        self._is_stopped = False

    def stop(self) -> None:
        """End every thread at its next bytes."""
        self._is_stopped = True

    def __call__(self, count: int) -> None:
        """Count these bytes.

        Raises:
            KeyboardInterrupt: the wave was stopped.
        """
        if self._is_stopped:
            raise KeyboardInterrupt
        with self._lock:
            self._told(count)
