"""Whether a store compares before it swaps; that has to be tried, for some only say so.

Three kinds of stores were met: those that honour ``If-Match`` and ``If-None-Match`` (some only with
an ETag without its quotation marks), those that refuse them, and those that silently overwrite.
"""

from __future__ import annotations

import hashlib
import uuid
from enum import StrEnum
from typing import TYPE_CHECKING

from castpress.model.publication.live import STATE_FOLDER, Headers
from castpress.store.s3.bucket import Condition
from castpress.store.s3.faults import Kind, StoreError

if TYPE_CHECKING:
    from castpress.store.s3.bucket import Bucket

PROBE_PREFIX = f"{STATE_FOLDER}/probe-"

_HEADERS = Headers("text/plain; charset=utf-8", "no-store")
_TRIES = 3
_NO_ETAG = '"00000000000000000000000000000000"'


class Conditions(StrEnum):
    """How a store wants the ETag in ``If-Match``; ``NONE``: it does not hold conditions."""

    QUOTED = "quoted"
    BARE = "bare"
    NONE = "none"

    def over(self, etag: str) -> Condition:
        """The condition that an object is still the one with that ETag."""
        return Condition(match=etag.strip('"') if self is Conditions.BARE else etag)


NOTHING_THERE = Condition(none_match="*")


def probe(bucket: Bucket) -> Conditions:
    """Try it with an object of no meaning, which is deleted again.

    Raises:
        StoreError: the store cannot be written to.
    """
    path = f"{PROBE_PREFIX}{uuid.uuid4().hex}"
    try:
        return _tried_out(bucket, path)
    finally:
        _clear(bucket, path)


def _tried_out(bucket: Bucket, path: str) -> Conditions:
    """What the store does.

    That it holds no conditions is only believed of one that overwrites, or that refuses what it
    should take again and again: one refusal may be of the moment.
    """
    for number in range(_TRIES):
        probed = f"{path}-{number}"
        if not _put(bucket, probed, b"1", NOTHING_THERE):
            continue
        if _put(bucket, probed, b"2", NOTHING_THERE):
            return Conditions.NONE
        for form in (Conditions.QUOTED, Conditions.BARE):
            if _put(bucket, probed, b"3", form.over(_NO_ETAG)):
                return Conditions.NONE
            there = bucket.head(probed)
            if there is not None and _put(bucket, probed, b"4", form.over(there.etag)):
                return form
    return Conditions.NONE


def _clear(bucket: Bucket, path: str) -> None:
    """Delete the objects of this probe."""
    for listed in list(bucket.list(path)):
        bucket.delete(listed.path)


def _put(bucket: Bucket, path: str, content: bytes, condition: Condition) -> bool:
    """Whether the store put it; refusals of the condition are an answer, too."""
    put_id = uuid.uuid4().hex
    try:
        bucket.put(
            path,
            content,
            headers=_HEADERS,
            metadata={"castpress-put": put_id},
            md5=hashlib.md5(content, usedforsecurity=False).digest(),
            condition=condition,
        )
    except StoreError as error:
        if error.kind is Kind.CONDITION:
            # It may be our own: put at the first try, whose answer was lost, and met at the second.
            there = bucket.head(path)
            return there is not None and there.put_id == put_id
        if error.kind is Kind.UNSUPPORTED:
            return False
        raise
    return True
