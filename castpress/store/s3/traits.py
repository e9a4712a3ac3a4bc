"""What a store does with conditions and checksums; that has to be tried, for all say they do.

Three kinds of stores were met: those that honour ``If-Match`` and ``If-None-Match`` (some only with
an ETag without its quotation marks), those that refuse them, and those that silently overwrite. And
some keep whatever arrives, whatever ``Content-MD5`` says.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from castpress.model.publication.live import STATE_FOLDER
from castpress.store.s3.bucket import NOTE_HEADERS, PUT_ID, Condition
from castpress.store.s3.faults import Kind, StoreError

if TYPE_CHECKING:
    from castpress.store.s3.bucket import Bucket

PROBE_PREFIX = f"{STATE_FOLDER}/probe-"

_NO_ETAG = "00000000000000000000000000000000"
_DIGEST_CODES = {"BadDigest", "InvalidDigest"}
_TRIES = 3
_CHECKED, _UNCHECKED = "checked", "unchecked"


class Conditions(StrEnum):
    """How a store wants the ETag in ``If-Match``; ``NONE``: it does not hold conditions."""

    QUOTED = "quoted"
    BARE = "bare"
    NONE = "none"

    def over(self, etag: str) -> Condition:
        """The condition that an object is still the one with that ETag."""
        return Condition(match=etag if self is Conditions.BARE else f'"{etag}"')


NOTHING_THERE = Condition(none_match="*")


@dataclass(frozen=True, slots=True)
class Traits:
    """How a store compares, and whether it refuses bytes that are not those of their MD5."""

    conditions: Conditions
    checks_bytes: bool

    def written(self, host: str) -> str:
        """A line for the metadata of an object; it holds for the store at that host alone."""
        return f"{self.conditions.value} {_CHECKED if self.checks_bytes else _UNCHECKED} {host}"


def parse_traits(text: str, host: str) -> Traits | None:
    """What an earlier publication found out, None for nothing, or where the files have moved.

    >>> parse_traits("quoted checked aws", "aws")
    Traits(conditions=<Conditions.QUOTED: 'quoted'>, checks_bytes=True)
    >>> parse_traits("quoted checked aws", "r2.example")
    """
    words = text.split(" ")
    if len(words) != 3 or words[0] not in {*Conditions} or words[2] != host:
        return None
    return Traits(Conditions(words[0]), words[1] == _CHECKED)


def probe(bucket: Bucket) -> Traits:
    """Try it with objects of no meaning, which are deleted again.

    Raises:
        StoreError: the store cannot be written to.
    """
    path = f"{PROBE_PREFIX}{uuid.uuid4().hex}"
    try:
        return Traits(_conditions(bucket, path), _checks_bytes(bucket, path))
    finally:
        for listed in list(bucket.list(path)):
            bucket.delete(listed.path)


def _conditions(bucket: Bucket, path: str) -> Conditions:
    """What the store does with conditions.

    To take a good one for a bad one would be worse than to try again, and somebody may clear up
    while this is tried: that a store holds none is believed after as many tries as there are.
    """
    for number in range(_TRIES):
        probed = f"{path}-{number}"
        if not _put(bucket, probed, b"1", NOTHING_THERE):
            continue
        if _put(bucket, probed, b"2", NOTHING_THERE):
            continue
        for form in (Conditions.QUOTED, Conditions.BARE):
            if _put(bucket, probed, b"3", form.over(_NO_ETAG)):
                break
            there = bucket.head(probed)
            if there is not None and _put(bucket, probed, b"4", form.over(there.etag)):
                return form
    return Conditions.NONE


def _put(bucket: Bucket, path: str, content: bytes, condition: Condition) -> bool:
    """Whether the store put it; refusals of the condition are an answer, too."""
    put_id = uuid.uuid4().hex
    try:
        bucket.put(
            path,
            content,
            headers=NOTE_HEADERS,
            metadata={PUT_ID: put_id},
            md5=_md5(content),
            condition=condition,
        )
    except StoreError as error:
        if error.kind in (Kind.CONDITION, Kind.MISSING):
            # It may be our own: put at the first try, whose answer was lost, and met at the second.
            there = bucket.head(path)
            return there is not None and there.put_id == put_id
        if error.kind is Kind.UNSUPPORTED:
            return False
        raise
    return True


def _checks_bytes(bucket: Bucket, path: str) -> bool:
    """Whether bytes are refused whose MD5 is another one; a store of which that is open does not.

    The refusal may pass by itself, as far as the requests know, so each try is one of its own.
    """
    once = replace(bucket.requests.patience, tries=1)
    probed = f"{path}-md5"
    for _ in range(_TRIES):
        try:
            bucket.put(
                probed, b"1", headers=NOTE_HEADERS, metadata={}, md5=_md5(b"2"), patience=once
            )
        except StoreError as error:
            if error.code in _DIGEST_CODES:
                return True
            if error.kind is Kind.MOMENTARY:
                continue
        return False
    return False


def _md5(content: bytes) -> bytes:
    return hashlib.md5(content, usedforsecurity=False).digest()
