"""Which request is struck, by what and how often: one line of text, so that it can be repeated."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from tests.faults.request import MOMENTS, Fault, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ONCE, TWICE, FOR_GOOD = "once", "twice", "for-good"
WAYS = (ONCE, TWICE, FOR_GOOD)

# Names that castpress draws by lot; a request is known again without them.
_LOTS = re.compile(r"(?<=probe-)[0-9a-f]{32}|(?<=/)[0-9a-f]{32}$|(?<=uploadId=)[^&]+")
_STATE = ".castpress/"
_ALIKES = 2


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A request as the next run knows it again: which, and the how-many-th of that kind."""

    words: str
    count: int

    def __str__(self) -> str:
        return f"{self.words} {self.count}"


class Marker:
    """Gives each request its mark; one for each run, since it counts."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def mark(self, request: Request) -> Mark:
        """The mark of the next request."""
        words = words_of(request)
        count = self._counts[words]
        self._counts[words] += 1
        return Mark(words, count)


def words_of(request: Request) -> str:
    """Method, path below the bucket, and what else tells one request from another."""
    path = request.path.lstrip("/").partition("/")[2]
    query = urlencode({k: v for k, v in sorted(request.parameters.items()) if k != "x-id"})
    said = f"{request.method} {path}" + (f"?{query}" if query else "")
    if request.range:
        said += f" {request.range.removeprefix('bytes=')}"
    head, slash, tail = said.partition(_STATE)
    if slash:
        return head + slash + _LOTS.sub("*", tail)
    return re.sub(r"(?<=uploadId=)[^&]+", "*", said)


@dataclass(frozen=True, slots=True)
class Strike:
    """One fault or kill in one publication."""

    scene: str
    mark: Mark
    what: str
    way: str = ONCE

    def __str__(self) -> str:
        return f"{self.scene}|{self.mark}|{self.what}|{self.way}"

    @property
    def fault(self) -> Fault | None:
        """The fault; None where it is a kill."""
        return None if self.what.startswith("kill-") else Fault(self.what)

    def script(self, hit: Callable[[], None]) -> Callable[[Request], Fault | None]:
        """What the proxy is told; ``hit`` is called each time that it strikes."""
        marker = Marker()
        struck = threading.Event()

        def script(request: Request) -> Fault | None:
            mark = marker.mark(request)
            fault = Fault.RESET_BEFORE if self.what == "kill-before" else self.fault
            if self.way == FOR_GOOD:
                if mark == self.mark:
                    struck.set()
                strikes = struck.is_set() and request.method == self.mark.words.split()[0]
            else:
                last = self.mark.count + (self.way == TWICE)
                strikes = mark.words == self.mark.words and self.mark.count <= mark.count <= last
            if not strikes:
                return None
            hit()
            request.is_struck = True
            return fault

        return script


def parse_strike(line: str) -> Strike:
    """The strike that a line of text names."""
    scene, mark, what, way = line.split("|")
    words, _, count = mark.rpartition(" ")
    return Strike(scene, Mark(words, int(count)), what, way)


def strikes_of(scene: str, log: Sequence[Request]) -> Iterator[Strike]:
    """Every request of an undisturbed publication by every fault in every way, and every kill."""
    marker = Marker()
    for request in log:
        mark = marker.mark(request)
        for fault in Fault:
            if fault is Fault.WRONG_BYTE and not (request.received or request.answered):
                continue
            for way in WAYS:
                yield Strike(scene, mark, fault.value, way)
        for moment in MOMENTS:
            yield Strike(scene, mark, f"kill-{moment}")


def without_alikes(strikes: Sequence[Strike]) -> list[Strike]:
    """The strikes at requests that differ: of pictures, sidecars and pages, two of each kind."""
    kept: dict[str, dict[Mark, None]] = {}
    for strike in strikes:
        marks = kept.setdefault(_kind(strike.mark.words), {})
        if len(marks) < _ALIKES:
            marks[strike.mark] = None
    return [strike for strike in strikes if strike.mark in kept[_kind(strike.mark.words)]]


def _kind(words: str) -> str:
    method, path = words.split()[:2]
    if any(name in path for name in (_STATE, "audio", "feed.xml")) or "?" in path:
        return words
    if "/artwork/" in path or "/assets/" in path:
        return f"{method} picture"
    return f"{method} {'sidecar' if '/chapters' in path or '/transcript' in path else 'page'}"
