"""Requests to one bucket, each repeated while its failure may pass by itself."""

from __future__ import annotations

import random
import threading
import time
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from castpress.store.s3.boto import explained, make_client
from castpress.store.s3.faults import Kind, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from castpress.store.s3.address import S3Address
    from castpress.store.s3.options import Patience, S3Options

Answer = TypeVar("Answer")

_FIRST_TRIES = 3
# So many bodies go at once, however many files and parts wait: more only share the same line.
_BODIES = 8
_OF_LISTS = {"IsTruncated", "MaxKeys", "MaxUploads", "Name", "Bucket"}


class Requests:
    """Whoever asks, from whichever thread; raises StoreError when patience is at its end."""

    def __init__(self, address: S3Address, options: S3Options) -> None:
        self.address = address
        self.patience = options.patience
        self.bodies = threading.Semaphore(_BODIES)
        self._options = options
        self._client: Any = None
        self._lock = threading.Lock()
        self._hurry = threading.Event()
        self._has_answered = False

    @property
    def host(self) -> str:
        """Which store it is, whoever has named it: settings, environment or boto3's own files."""
        return urlsplit(str(self.client.meta.endpoint_url)).netloc

    @property
    def is_hurried(self) -> bool:
        """Whether the user has stopped the publication."""
        return self._hurry.is_set()

    def hurry(self) -> None:
        """Repeat nothing from now on."""
        self._hurry.set()

    def ask(self, operation: str, path: str | None = None, **arguments: Any) -> Any:  # noqa: ANN401
        """One request about the bucket, or a file in it; what boto3 answers, or raises."""
        if path is not None:
            arguments["Key"] = self.address.key(path)
        return getattr(self.client, operation)(Bucket=self.address.bucket, **arguments)

    def tried(
        self, path: str, act: Callable[[], Answer], patience: Patience | None = None
    ) -> Answer:
        """What ``act`` makes of an answer, asked again and again while that may help.

        Raises:
            StoreError: it did not.
        """
        patience = patience or self.patience
        end = time.monotonic() + patience.whole
        pause = patience.pause
        tries = 0
        while True:
            tries += 1
            try:
                with explained(str(self.address), path):
                    answer = act()
                self._has_answered = True
                return answer
            except StoreError as error:
                self._has_answered |= bool(error.code)
                # Who has no network hears of it soon; who had one until now is waited for.
                most = patience.tries if self._has_answered else min(patience.tries, _FIRST_TRIES)
                wait = pause * random.uniform(0.5, 1.0)  # noqa: S311 - spreads publishers, no secret
                is_over = tries >= most or time.monotonic() + wait > end
                if error.kind is not Kind.MOMENTARY or is_over or self._hurry.wait(wait):
                    raise
            pause = min(2 * pause, patience.longest_pause)

    def or_none(
        self, path: str, act: Callable[[], Answer], patience: Patience | None = None
    ) -> Answer | None:
        """The same, and None where there is no such thing."""
        try:
            return self.tried(path, act, patience)
        except StoreError as error:
            if error.kind is Kind.MISSING:
                return None
            raise

    def pages(
        self, operation: str, path: str, markers: Mapping[str, str], prefix: str
    ) -> Iterator[Any]:
        """All answers to a question about keys that begin so, whose answer comes in pieces.

        ``markers`` are the names of what the next question has to repeat, by what an answer calls
        them. A store that says that there is more and not where it begins is not asked for ever.
        """
        arguments: dict[str, Any] = {"Prefix": prefix}

        def act() -> Any:  # noqa: ANN401 - boto3 has no types
            answer = self.ask(operation, **arguments)
            # A page to sign in at, or an error in disguise, parses to nothing at all.
            if not _OF_LISTS & answer.keys():
                raise self._no_list(path)
            return answer

        while True:
            answer = self.tried(path, act)
            yield answer
            if not answer.get("IsTruncated"):
                return
            following = {name: answer[there] for there, name in markers.items() if there in answer}
            if not following or following.items() <= arguments.items():
                raise self._no_list(path)
            arguments |= following

    def _no_list(self, path: str) -> StoreError:
        where = f"{self.address}/{path}" if path else str(self.address)
        advice = "check `endpoint:` below `s3:` in show.yaml"
        return StoreError(where, "was listed as no store does it", advice, Kind.LASTING)

    @property
    def client(self) -> Any:  # noqa: ANN401 - boto3 has no types
        """boto3's client, made when it is first needed."""
        with self._lock:
            if self._client is None:
                self._client = make_client("s3", self._options)
            return self._client
