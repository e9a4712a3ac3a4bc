"""Compare and swap at a store that overwrites whatever is there.

Whoever wants to swap leaves a bid and lists all bids: one that is alone goes on, all others step
back, wait a little and come again. Listings that show each finished put at once are all it takes,
so of two that bid at the same time at least one sees the other. What a lease cannot do: a
publisher that sleeps between looking and putting for longer than a bid lives comes too late
unnoticed.
"""

from __future__ import annotations

import contextlib
import hashlib
import random
import time
import uuid
from typing import TYPE_CHECKING

from castpress.model.publication.live import STATE_FOLDER, Headers
from castpress.store.s3.faults import Kind, StoreError
from castpress.store.targets.target import TargetError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.store.s3.bucket import Bucket

BIDS_PREFIX = f"{STATE_FOLDER}/bids/"

_BID_LIFE = 60.0
"""After so many seconds, by the store's clock, a bid was left behind."""

_LONGEST_WAIT = 90.0
_PAUSE, _LONGEST_PAUSE = 0.05, 2.0
_HEADERS = Headers("text/plain; charset=utf-8", "no-store")


@contextlib.contextmanager
def leased(bucket: Bucket, path: str) -> Iterator[None]:
    """Be the only one that swaps that file while the block runs.

    Raises:
        StoreError: the store cannot be used, or others bid all the time.
    """
    name = hashlib.sha256(path.encode()).hexdigest()[:16]
    bid = f"{BIDS_PREFIX}{name}/{uuid.uuid4().hex}"
    end = time.monotonic() + _LONGEST_WAIT
    pause = _PAUSE
    while not _is_alone(bucket, bid):
        bucket.delete(bid)
        if time.monotonic() > end:
            raise StoreError(
                f"{bucket.address}/{path}",
                "is about to be changed by somebody else all the time",
                "publish again when nobody else does",
                Kind.LASTING,
            )
        time.sleep(pause * random.uniform(0.2, 1.0))  # noqa: S311 - spreads publishers, no secret
        pause = min(2 * pause, _LONGEST_PAUSE)
    try:
        yield
    finally:
        with contextlib.suppress(TargetError):
            bucket.delete(bid)


def _is_alone(bucket: Bucket, bid: str) -> bool:
    bucket.put(
        bid,
        b"",
        headers=_HEADERS,
        metadata={},
        md5=hashlib.md5(b"", usedforsecurity=False).digest(),
    )
    bids = {listed.path: listed.modified for listed in bucket.list(f"{bid.rpartition('/')[0]}/")}
    ours = bids.pop(bid, None)
    if ours is None:
        return False
    left_behind = {path for path, since in bids.items() if ours - since > _BID_LIFE}
    for path in left_behind:
        bucket.delete(path)
    return left_behind == bids.keys()
