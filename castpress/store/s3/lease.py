"""Compare and swap at a store that overwrites whatever is there.

Whoever wants to swap leaves a bid and lists all bids: one that is alone goes on, all others step
back, wait a little and come again. Listings that show each finished put at once are all it takes,
so of two that bid at the same time at least one sees the other. A bid lives for a few minutes, and
its holder puts nothing after a part of them, so that whoever takes it for left behind is right;
only a computer that falls asleep between looking and putting can come too late unnoticed.
"""

from __future__ import annotations

import contextlib
import hashlib
import random
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.publication.live import STATE_FOLDER
from castpress.store.process import running_process, this_process
from castpress.store.s3.bucket import NOTE_HEADERS
from castpress.store.s3.faults import Kind, StoreError
from castpress.store.targets.target import TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.store.s3.bucket import Bucket

BIDS_PREFIX = f"{STATE_FOLDER}/bids/"

HOLD_SECONDS = 30.0
"""No put under a lease begins, or is repeated, after so many seconds."""

_BID_LIFE = 240.0
"""After so many seconds, by the store's clock, a bid was left behind.

Longer than looking, putting and waiting for the last answer can take together.
"""

_LONGEST_WAIT = 270.0
_PAUSE, _LONGEST_PAUSE = 0.05, 2.0


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to swap one file, from when the bid was put."""

    where: str
    began: float

    def hold(self) -> None:
        """Make sure that there is time left to put.

        Raises:
            StoreError: there is not.
        """
        if time.monotonic() - self.began > HOLD_SECONDS:
            reason = "answers too slowly to keep two publications apart"
            raise StoreError(self.where, reason, "publish again", Kind.MOMENTARY)


@contextlib.contextmanager
def leased(bucket: Bucket, path: str) -> Iterator[Lease]:
    """Be the only one that swaps that file while the block runs.

    Raises:
        StoreError: the store cannot be used, or others bid all the time.
    """
    folder = f"{BIDS_PREFIX}{hashlib.sha256(path.encode()).hexdigest()[:16]}/"
    bid = f"{folder}{_bidder()}-{uuid.uuid4().hex}"
    where = f"{bucket.address}/{path}"
    end = time.monotonic() + _LONGEST_WAIT
    pause = _PAUSE
    try:
        began = time.monotonic()
        while not _is_alone(bucket, folder, bid):
            bucket.delete(bid)
            if time.monotonic() > end:
                reason = "is about to be changed by somebody else all the time"
                advice = "publish again when nobody else does"
                raise StoreError(where, reason, advice, Kind.LASTING)
            time.sleep(pause * random.uniform(0.2, 1.0))  # noqa: S311 - spreads publishers, no secret
            pause = min(2 * pause, _LONGEST_PAUSE)
            began = time.monotonic()
        yield Lease(where, began)
    finally:
        with contextlib.suppress(TargetError):
            bucket.delete(bid)


def _is_alone(bucket: Bucket, folder: str, bid: str) -> bool:
    bucket.put(
        bid,
        b"",
        headers=NOTE_HEADERS,
        metadata={},
        md5=hashlib.md5(b"", usedforsecurity=False).digest(),
    )
    bids = {listed.path: listed.modified for listed in bucket.list(folder)}
    ours = bids.pop(bid, None)
    if ours is None:
        return False
    left_behind = {
        path
        for path, since in bids.items()
        if ours - since > _BID_LIFE or _is_of_a_dead_process(path.rpartition("/")[2])
    }
    for path in left_behind:
        bucket.delete(path)
    return left_behind == bids.keys()


def _bidder() -> str:
    """This process as a part of a name: computer, number, and when it was started."""
    us = this_process()
    return f"{_computer(us.host)}-{us.pid}-{us.started or 0}"


def _is_of_a_dead_process(name: str) -> bool:
    """Whether it is a bid of a process of this computer that has ended."""
    computer, pid, started, *_ = [*name.split("-"), "", ""]
    us = this_process()
    if computer != _computer(us.host) or not pid.isdecimal():
        return False
    running = running_process(int(pid))
    return running is None or (running.started or "0") != started


def _computer(host: str) -> str:
    return hashlib.sha256(host.encode()).hexdigest()[:16]
