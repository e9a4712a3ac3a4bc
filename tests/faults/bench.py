"""One server, proxy, and mould of publishers: where publications are struck and looked at."""

from __future__ import annotations

import contextlib
import http.client
import itertools
import re
import tempfile
import threading
import time
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.faults.manners import MANNERS
from tests.faults.outcome import Outcome, hold_order
from tests.faults.proxy import Proxy
from tests.faults.publisher import Mould, Order, Running, Verdict
from tests.faults.reader import MAIN_FEED, Reader
from tests.faults.request import Fault
from tests.faults.scenes import BASE_URL, COURSES, PREFIX, Scene, copy_show, scratch, stage
from tests.faults.store import Held, Store
from tests.faults.strikes import FOR_GOOD, Strike, strikes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Self

    from tests.faults.request import Request
    from tests.servers.server import Server

FOREIGN = {
    f"{PREFIX}own-page.html": Held(b"<p>mine</p>", (("content-type", "text/html"),)),
    f"{PREFIX}audio/own.mp3": Held(b"mine, too", (("content-type", "audio/mpeg"),)),
    "elsewhere/feed.xml": Held(b"<rss/>", (("content-type", "text/xml"),)),
}
"""Somebody else's objects in the bucket."""

FOREIGN_UPLOADS = (f"{PREFIX}audio/theirs.mp3", "elsewhere/large.mp3")
"""Somebody else's uploads in parts, not over yet."""


_FEED_PUT = re.compile(r"PUT \S*(?<!\.castpress)/feed\.xml$").match


class Bench:
    """Use it with ``with``, and before any thread starts: publishers are forked."""

    def __init__(self, server: Server, name: str = "0") -> None:
        self.server = server
        self.manner = MANNERS[server.name]
        self.scenes: dict[str, Scene] = {}
        self.strikes: dict[str, list[Strike]] = {}
        self.seconds: dict[str, float] = {}
        self._buckets = (f"castpress-{name}-{number}" for number in itertools.count())
        self._used = 0
        self._stack = contextlib.ExitStack()

    def __enter__(self) -> Self:
        self.mould = self._stack.enter_context(Mould())
        where = tempfile.TemporaryDirectory(dir=scratch(), prefix="castpress-faults-")
        self.folder = Path(self._stack.enter_context(where))
        place = urlsplit(self.server.endpoint)
        self.proxy = Proxy(str(place.hostname), place.port or 80)
        self._stack.enter_context(self.proxy)
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def stage(self, names: Iterable[str]) -> None:
        """Prepare publications and learn which requests they make; all come after the first."""
        for name in ("first", *(name for name in names if name != "first")):
            with self.store() as store:
                self.proxy.clear()
                scene = stage(
                    name,
                    self.folder / "staged",
                    store,
                    self.scenes.get("first"),
                    partial(self.order, store=store),
                    partial(self._timed, name),
                    self.manner.large_bytes,
                )
                self.proxy.drain()
                self.scenes[name] = scene
                self.strikes[name] = list(strikes_of(name, self.proxy.log))

    def _timed(self, name: str, order: Order) -> Verdict:
        began = time.monotonic()
        verdict = self.mould.run(replace(order, patience=self.manner.calm))
        self.seconds[name] = time.monotonic() - began
        return verdict

    @contextlib.contextmanager
    def store(self) -> Iterator[Store]:
        """A new and empty bucket, gone afterwards."""
        store = Store(self.server, next(self._buckets))
        store.make()
        try:
            yield store
        finally:
            self._used += 1
            if self.server.name != "moto":
                store.clear()
            elif self._used % 40 == 0:
                self._forget_all()

    def order(self, scene: Scene, store: Store, root: Path | None = None) -> Order:
        """The publication of a scene through the proxy."""
        return Order(
            root or scene.root,
            self.proxy.url,
            store.bucket,
            PREFIX,
            scene.now,
            self.manner.patience,
            self.manner.part_bytes,
            scene.allowed,
        )

    def strike(self, strike: Strike) -> Outcome:
        """Publish under a fault or until a kill, look, publish again undisturbed, look again."""
        scene = self.scenes[strike.scene]
        outcome = Outcome(str(strike))
        with self.prepared(scene, outcome) as stand:

            def hit() -> None:
                outcome.struck[strike.what] += 1

            self.proxy.script = strike.script(hit)
            is_lasting = strike.what == Fault.WRONG_BYTE and strike.way == FOR_GOOD
            stand.is_spoilt = is_lasting and self.server.name == "moto"
            is_wrong_feed = strike.what == Fault.WRONG_BYTE and _FEED_PUT(strike.mark.words)
            stand.has_wrong_feed = bool(is_wrong_feed) and self.server.name == "moto"
            if strike.fault is None:
                running = stand.killed_at(strike.what.removeprefix("kill-"))
                outcome.verdict = running.end()
                outcome.kills += outcome.verdict.signal != 0
            else:
                outcome.verdict = self.mould.run(stand.order)
            self.judge(stand)
        return outcome

    @contextlib.contextmanager
    def prepared(self, scene: Scene, outcome: Outcome) -> Iterator[Stand]:
        """A bucket as the scene wants it, a copy of the show, and a listener."""
        with self.store() as store, tempfile.TemporaryDirectory(dir=self.folder) as folder:
            for key, held in {**scene.before, **FOREIGN}.items():
                store.put(key, held)
            for key in FOREIGN_UPLOADS:
                store.change("POST", key, {"uploads": ""})
            root = copy_show(scene.root, Path(folder))
            self.proxy.clear()
            reader = Reader(store, PREFIX, BASE_URL, COURSES, self.manner.pause)
            order = self.order(scene, store, root)
            stand = Stand(self, scene, store, order, reader, outcome, store.uploads())
            with reader:
                yield stand
            outcome.polls += reader.polls
            for words, count in reader.broken.items():
                if not (stand.has_wrong_feed and "feed.xml" in words):
                    outcome.broken.append(f"{words} ({count}×)")

    def judge(self, stand: Stand) -> None:
        """Hold what was said against what is there; then let an undisturbed publication follow."""
        scene, store, outcome, verdict = (
            stand.scene,
            stand.store,
            stand.outcome,
            stand.outcome.verdict,
        )
        self.proxy.drain()
        outcome.requests += len(self.proxy.log)
        hold_order(outcome, self.proxy.log)
        self.proxy.clear()
        last_line = verdict.raised.strip().rpartition("\n")[2]
        outcome.hold(not verdict.raised, f"it raised: {last_line}")
        if verdict.is_done:
            stand.compare("it says that it is done, but")
        elif not verdict.signal and not verdict.raised:
            outcome.hold(bool(verdict.errors), "it is not done and says nothing of it")
        was_done = verdict.is_done
        stand.reader.poll()
        feeds = {held.sha256 for held in _feeds(scene.before, scene.after)}
        is_known = stand.reader.feeds <= feeds or stand.has_wrong_feed
        outcome.hold(is_known, "a feed was live that is neither old nor new")

        again = self.mould.run(replace(stand.order, patience=self.manner.calm))
        self.proxy.drain()
        log = self.proxy.log
        outcome.requests += len(log)
        hold_order(outcome, log)
        if stand.is_spoilt and any("damaged" in words for _, words in again.errors):
            return
        outcome.hold(again.is_done, f"the next publication fails: {again.errors or again.raised}")
        stand.compare("after the next publication")
        changed = [request for request in log if request.changes]
        if was_done and changed:
            said = ", ".join(f"{request.method} {request.path}" for request in changed[:3])
            outcome.broken.append(f"it was done, but the next publication writes: {said}")
        stand.followed = list(log)
        lock = (stand.order.root / "show.lock").read_bytes()
        outcome.hold(lock == scene.lock, "show.lock is another one after the next publication")
        left = set(store.uploads()) - set(stand.uploads)
        outcome.hold(not left, f"uploads in parts are left: {sorted(key for key, _ in left)}")
        gone = set(stand.uploads) - set(store.uploads())
        outcome.hold(not gone, f"somebody else's upload was thrown away: {sorted(gone)}")

    def _forget_all(self) -> None:
        """Empty moto, which is faster than deleting."""
        place = urlsplit(self.server.endpoint)
        connection = http.client.HTTPConnection(str(place.hostname), place.port)
        connection.request("POST", "/moto-api/reset")
        connection.getresponse().read()
        connection.close()


@dataclass
class Stand:
    """One run: the scene, its bucket, its publisher's order, its listener.

    ``followed`` are the requests of the publication that came after it. ``is_spoilt`` says that
    the server keeps wrong bytes whatever is put, so that to say so is all that can be done;
    ``has_wrong_feed``, that it has taken a feed whose bytes were changed on the way, so that
    listeners see it until it is read back.
    """

    bench: Bench
    scene: Scene
    store: Store
    order: Order
    reader: Reader
    outcome: Outcome
    uploads: list[tuple[str, str]]
    followed: list[Request] = field(default_factory=list)
    is_spoilt: bool = False
    has_wrong_feed: bool = False

    def killed_at(self, moment: str) -> Running:
        """Start the publisher; it is killed at that moment of the request that is struck."""
        known: list[Running] = []
        is_known = threading.Event()

        def hook(now: str, request: Request) -> None:
            if request.is_struck and now == moment:
                is_known.wait(5)
                known[0].kill()

        self.bench.proxy.hook = hook
        known += self.bench.mould.start(self.order)
        is_known.set()
        return known[0]

    def compare(self, when: str, after: Mapping[str, Held] | None = None) -> None:
        """Note in what the bucket differs from what an undisturbed publication leaves."""
        expected = {**(self.scene.after if after is None else after), **FOREIGN}
        found = self.store.state()
        for key in sorted(expected.keys() | found.keys()):
            if key not in found:
                self.outcome.broken.append(f"{when} {key} is missing")
            elif key not in expected and "/.castpress/bids/" in key:
                continue  # it is taken for left behind after a minute
            elif key not in expected:
                self.outcome.broken.append(f"{when} {key} is there and should not")
            elif found[key].content != expected[key].content:
                self.outcome.broken.append(f"{when} {key} holds other bytes")
            elif found[key].headers != expected[key].headers:
                were, are = set(expected[key].headers), set(found[key].headers)
                told = f"{sorted(were - are)} became {sorted(are - were)}"
                self.outcome.broken.append(f"{when} {key} has other headers: {told}")


def _feeds(*states: Mapping[str, Held]) -> Iterator[Held]:
    return (state[PREFIX + MAIN_FEED] for state in states if PREFIX + MAIN_FEED in state)
