"""Many requests at once, a few side by side, all of them within one time."""

from __future__ import annotations

import queue
import threading
import time
from typing import TYPE_CHECKING

from castpress.model.web_answer import NoAnswer
from castpress.store.web import WebError, ask

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from castpress.model.web_answer import Answer
    from castpress.store.web import Request

WIDTH = 8
"""So many requests are under way at once."""


def ask_many(
    requests: Sequence[Request],
    *,
    seconds: float,
    width: int = WIDTH,
    on_answer: Callable[[], None] = lambda: None,
) -> list[Answer | NoAnswer | None]:
    """What each address answers, in the order asked; None for what the time was too short for.

    ``on_answer`` is called in this thread, once for each. Threads that still wait when the time is
    over are left to themselves and hold up nobody, not even the end of the program.
    """
    found: list[Answer | NoAnswer | None] = [None] * len(requests)
    if seconds <= 0:
        return found
    waiting: queue.SimpleQueue[int] = queue.SimpleQueue()
    answers: queue.SimpleQueue[tuple[int, Answer | NoAnswer]] = queue.SimpleQueue()
    is_over = threading.Event()
    for number in range(len(requests)):
        waiting.put(number)

    def work() -> None:
        while not is_over.is_set():
            try:
                number = waiting.get_nowait()
            except queue.Empty:
                return
            answers.put((number, ask_once(requests[number])))

    for _ in range(min(width, len(requests))):
        threading.Thread(target=work, daemon=True).start()
    end = time.monotonic() + seconds
    for _ in requests:
        try:
            number, answer = answers.get(timeout=max(0.0, end - time.monotonic()))
        except queue.Empty:
            break
        found[number] = answer
        on_answer()
    is_over.set()
    return found


def ask_once(request: Request) -> Answer | NoAnswer:
    """What an address answers, or why it does not."""
    try:
        return ask(request)
    except WebError as error:
        return NoAnswer(error.url, error.reason)
