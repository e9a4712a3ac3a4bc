"""A listener: reads the live feeds and every enclosure that they name, all the time, at the server.

What it promises nobody is how soon a feed is there; but a feed that can be read is whole, and so is
every file that it names, to the last byte and with the length and type that it says.
"""

from __future__ import annotations

import hashlib
import threading
from collections import Counter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.read.feed import parse_feed

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

    from castpress.model.listing import ListedItem
    from tests.faults.store import Store

MAIN_FEED = "feed.xml"
_EDGE_BYTES = 256


class Reader:
    """A thread that polls between ``with`` and its end.

    ``broken`` are the broken promises in words with how often each was met, ``feeds`` the digests
    of all main feeds that were met. A feed of a course may vanish, the main one may not.
    """

    def __init__(
        self,
        store: Store,
        prefix: str,
        base_url: str,
        courses: tuple[str, ...] = (),
        pause: float = 0.02,
    ) -> None:
        self.broken: Counter[str] = Counter()
        self.feeds: set[str] = set()
        self.polls = 0
        self._store = store
        self._prefix = prefix
        self._base_url = base_url
        self._courses = courses
        self._pause = pause
        self._was_there = False
        self._known: dict[str, tuple[str, bytes]] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def poll(self) -> None:
        """Read everything once."""
        self.polls += 1
        content = self._feed(MAIN_FEED)
        if content is None:
            if self._was_there:
                self._tell("the main feed has vanished")
        else:
            self._was_there = True
            self.feeds.add(hashlib.sha256(content).hexdigest())
        for path in self._courses:
            self._feed(path)

    def _run(self) -> None:
        while not self._over.is_set():
            try:
                self.poll()
            except Exception as error:  # noqa: BLE001 - a listener that died would see nothing
                self._tell(f"the reader failed: {type(error).__name__}: {error}")
            self._over.wait(self._pause)

    def _feed(self, path: str) -> bytes | None:
        answer = self._store.ask("GET", self._prefix + path)
        if answer.status >= 500:
            # moto stumbles over what is deleted at the very moment; a listener asks again.
            answer = self._store.ask("GET", self._prefix + path)
        if answer.status == 404:
            return None
        if answer.status != 200:
            self._tell(f"{path} answers {answer.status}")
            return None
        if not answer.headers.get("content-type", "").startswith("application/rss+xml"):
            self._tell(f"{path} comes as {answer.headers.get('content-type')}")
        feed, _ = parse_feed(answer.content, PurePosixPath(path))
        if feed is None:
            self._tell(f"{path} cannot be parsed")
            return answer.content
        if not feed.items:
            self._tell(f"{path} lists no episode")
        for item in feed.items:
            self._enclosure(path, item)
        return answer.content

    def _enclosure(self, feed: str, item: ListedItem) -> None:
        path = item.enclosure_url.removeprefix(self._base_url)
        key = self._prefix + path
        head = self._store.ask("HEAD", key)
        if head.status != 200:
            self._tell(f"{feed} names {path}, which answers {head.status}")
            return
        if head.headers.get("content-length") != str(item.byte_length):
            said = head.headers.get("content-length")
            self._tell(f"{feed} says {item.byte_length} bytes of {path}, which has {said}")
        if head.headers.get("content-type") != item.media_type:
            said = head.headers.get("content-type")
            self._tell(f"{feed} says {item.media_type} of {path}, which comes as {said}")
        version = head.headers.get("etag", "")
        known = self._known.get(key)
        if known is None or known[0] != version:
            if known is not None:
                self._tell(f"{path} was put again while it was live")
            content = self._store.ask("GET", key).content
            if hashlib.sha256(content).hexdigest()[:32] not in PurePosixPath(path).stem:
                self._tell(f"{path} holds other bytes than its name says")
            known = self._known[key] = (version, content)
        whole = known[1]
        for start in (0, max(0, len(whole) - _EDGE_BYTES)):
            last = min(start + _EDGE_BYTES, len(whole)) - 1
            part = self._store.ask("GET", key, headers={"Range": f"bytes={start}-{last}"})
            # rclone says 200 where a part is meant, but says as well which part.
            is_part = part.status in (200, 206) and "content-range" in part.headers
            if not is_part or part.content != whole[start : last + 1]:
                self._tell(f"{path} gives {part.status} and other bytes from {start} to {last}")

    def _tell(self, words: str) -> None:
        self.broken[words] += 1
