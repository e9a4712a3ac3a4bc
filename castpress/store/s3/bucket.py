"""A bucket: typed calls for its objects."""

from __future__ import annotations

import base64
import hashlib
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from castpress.model.publication.live import STATE_FOLDER, Headers
from castpress.store.s3.faults import Kind, StoreError
from castpress.store.s3.requests import Requests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from castpress.store.s3.address import S3Address
    from castpress.store.s3.options import Patience, S3Options
    from castpress.store.s3.slices import Slice

NOTE_HEADERS = Headers("text/plain; charset=utf-8", "no-store")
"""Of objects that castpress leaves for a moment, for itself."""

_DOUBTS = 2
_CHUNK_BYTES = 1024 * 1024

SHA256, PUT_ID = "castpress-sha256", "castpress-put"
"""Metadata of each object: the digest of its bytes, and which put they came by."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An object without its bytes.

    Names of metadata are in lower case, for not all stores keep it. ``age`` is by the store's own
    clock, None where it does not tell.
    """

    byte_length: int
    etag: str
    headers: Headers
    metadata: Mapping[str, str]
    age: timedelta | None = None

    @property
    def sha256(self) -> str | None:
        """The digest that the put announced, None where somebody else put the object."""
        return self.metadata.get(SHA256)

    @property
    def put_id(self) -> str | None:
        """Which put of castpress it came by."""
        return self.metadata.get(PUT_ID)


@dataclass(frozen=True, slots=True)
class Got:
    """Bytes of an object; ``seen`` is of the whole of it, ``is_part`` where a range was given."""

    content: bytes
    seen: Seen
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A path with what a listing tells: when it was put, in seconds since 1970."""

    path: str
    modified: float


@dataclass(frozen=True, slots=True)
class Condition:
    """A header that lets a put pass only over what it names: ``If-Match`` or ``If-None-Match``."""

    match: str | None = None
    none_match: str | None = None

    def arguments(self) -> dict[str, str]:
        """The same as boto3 takes it."""
        pairs = {"IfMatch": self.match, "IfNoneMatch": self.none_match}
        return {name: value for name, value in pairs.items() if value is not None}


class Bucket:
    """The show's folder in a bucket. Paths are POSIX paths below it, ETags without quotation marks.

    Each method raises StoreError where the store refuses or stays silent for longer than patience
    lasts.
    """

    def __init__(self, address: S3Address, options: S3Options) -> None:
        self.address = address
        self.requests = Requests(address, options)
        self._takes_redirects = True

    def get(self, path: str, *, start: int = 0, byte_length: int | None = None) -> Got | None:
        """The bytes of an object, or a range of them; None where there is none."""
        ask: dict[str, Any] = {}
        if byte_length is not None:
            ask["Range"] = f"bytes={start}-{start + byte_length - 1}"
        doubts = iter(range(_DOUBTS))

        def act() -> Got:
            answer = self.requests.ask("get_object", path, **ask)
            with closing(answer["Body"]) as body:
                content = body.read(byte_length)
            seen = _seen(answer)
            if byte_length is None and _is_damaged(path, content, seen):
                # Perhaps on its way; if it comes so again, it is so.
                is_over = next(doubts, None) is None
                raise StoreError(
                    f"{self.address}/{path}",
                    "is damaged: it is not what was put there",
                    "publish again; if it says so again, delete this file at the store before",
                    Kind.LASTING if is_over else Kind.MOMENTARY,
                )
            return Got(content, seen, "ContentRange" in answer)

        return self.requests.or_none(path, act)

    def digest(self, path: str) -> tuple[str, Seen] | None:
        """The SHA-256 of an object's very bytes, read in pieces; None where there is none."""

        def act() -> tuple[str, Seen]:
            digest = hashlib.sha256()
            answer = self.requests.ask("get_object", path)
            with closing(answer["Body"]) as body:
                while chunk := body.read(_CHUNK_BYTES):
                    digest.update(chunk)
                    if len(chunk) == _CHUNK_BYTES and self.requests.is_hurried:
                        raise KeyboardInterrupt  # what is smaller is soon over
            return digest.hexdigest(), _seen(answer)

        return self.requests.or_none(path, act)

    def head(self, path: str, patience: Patience | None = None) -> Seen | None:
        """What is known of an object without its bytes, None where there is none."""
        return self.requests.or_none(
            path, lambda: _seen(self.requests.ask("head_object", path)), patience
        )

    def put(
        self,
        path: str,
        body: bytes | Slice,
        *,
        headers: Headers,
        metadata: Mapping[str, str],
        md5: bytes,
        condition: Condition | None = None,
        patience: Patience | None = None,
    ) -> str:
        """Put an object whole; its ETag."""

        def act() -> str:
            with self.requests.bodies:
                answer = self.requests.ask(
                    "put_object",
                    path,
                    Body=_rewound(body),
                    ContentMD5=base64.b64encode(md5).decode(),
                    ContentLength=len(body),
                    Metadata=dict(metadata),
                    **self.named(headers),
                    **(condition.arguments() if condition else {}),
                )
            return bare(answer["ETag"])

        return self._described(path, headers, act, patience)

    def copy_onto_itself(self, path: str, headers: Headers, seen: Seen) -> None:
        """Give an object other headers; its bytes stay."""

        def act() -> str:
            source = {"Bucket": self.address.bucket, "Key": self.address.key(path)}
            self.requests.ask(
                "copy_object",
                path,
                CopySource=source,
                MetadataDirective="REPLACE",
                Metadata=dict(seen.metadata),
                **self.named(headers),
            )
            return ""

        self._described(path, headers, act)

    def delete(self, path: str) -> None:
        """Delete an object; one that is not there is fine."""
        self.requests.or_none(path, lambda: self.requests.ask("delete_object", path))

    def list(self, prefix: str = "") -> Iterator[Listed]:
        """All objects whose path begins so."""
        markers = {"NextContinuationToken": "ContinuationToken"}
        start = len(self.address.prefix)
        wanted = self.address.key(prefix)
        for page in self.requests.pages("list_objects_v2", prefix, markers, wanted):
            for row in page.get("Contents", ()):
                yield Listed(row["Key"][start:], row["LastModified"].timestamp())

    def named(self, headers: Headers) -> dict[str, str]:
        """Headers as boto3 takes them."""
        named = {"ContentType": headers.content_type, "CacheControl": headers.cache_control}
        if headers.redirect and self._takes_redirects:
            named["WebsiteRedirectLocation"] = headers.redirect
        return named

    def _described(
        self,
        path: str,
        headers: Headers,
        act: Callable[[], str],
        patience: Patience | None = None,
    ) -> str:
        """A store without websites may refuse to hear where a page leads; then it is not told."""
        is_told = "WebsiteRedirectLocation" in self.named(headers)
        try:
            return self.requests.tried(path, act, patience)
        except StoreError as error:
            if error.kind is not Kind.UNSUPPORTED or not is_told:
                raise
            self._takes_redirects = False
            return self.requests.tried(path, act, patience)


def bare(etag: str) -> str:
    """An ETag without its quotation marks, which not all stores write everywhere."""
    return etag.strip('"')


def _seen(answer: Mapping[str, Any]) -> Seen:
    total = str(answer.get("ContentRange", "")).rpartition("/")[2]
    return Seen(
        int(total) if total.isdecimal() else int(answer["ContentLength"]),
        bare(str(answer.get("ETag", ""))),
        Headers(str(answer.get("ContentType", "")), str(answer.get("CacheControl", ""))),
        {name.lower(): value for name, value in answer.get("Metadata", {}).items()},
        _age(answer),
    )


def _age(answer: Mapping[str, Any]) -> timedelta | None:
    """How long ago the object was put when the store answered."""
    said = answer.get("ResponseMetadata", {}).get("HTTPHeaders", {}).get("date", "")
    put = answer.get("LastModified")
    try:
        answered = parsedate_to_datetime(said)
    except ValueError:
        return None
    if not isinstance(put, datetime) or put.tzinfo is None:
        return None
    if answered.tzinfo is None:
        answered = answered.replace(tzinfo=UTC)
    return max(answered - put, timedelta())


def _is_damaged(path: str, content: bytes, seen: Seen) -> bool:
    """Whether these are not the bytes that the put announced.

    Somebody may have put others since with a tool that keeps metadata: then they are those of the
    ETag. But nobody else writes what castpress keeps for itself.
    """
    if seen.sha256 in (None, hashlib.sha256(content).hexdigest()):
        return False
    if path.startswith(f"{STATE_FOLDER}/"):
        return True
    return seen.etag != hashlib.md5(content, usedforsecurity=False).hexdigest()


def _rewound(body: bytes | Slice) -> bytes | Slice:
    if not isinstance(body, bytes):
        body.seek(0)
    return body
