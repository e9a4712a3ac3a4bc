"""A bucket: typed calls of boto3's client, each repeated while its failure may pass by itself."""

from __future__ import annotations

import base64
import hashlib
import random
import threading
import time
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from castpress.model.publication.live import Headers
from castpress.store.s3.boto import explained, make_client
from castpress.store.s3.faults import Kind, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from castpress.store.s3.address import S3Address
    from castpress.store.s3.options import S3Options
    from castpress.store.s3.slices import Slice

Answer = TypeVar("Answer")

_DOUBTS = 2
_FIRST_TRIES = 3

SHA256, PUT_ID = "castpress-sha256", "castpress-put"
"""Metadata of each object: the digest of its bytes, and which put they came by."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An object without its bytes; names of metadata in lower case, for not all stores keep it."""

    byte_length: int
    etag: str
    headers: Headers
    metadata: Mapping[str, str]

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
    """A key with what a listing tells: the length, and when it was put, in seconds since 1970."""

    path: str
    byte_length: int
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


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a large object that the store has."""

    number: int
    etag: str
    byte_length: int


class Bucket:
    """The show's folder in a bucket. Paths are POSIX paths below it.

    Each method raises StoreError where the store refuses or stays silent for longer than patience
    lasts.
    """

    def __init__(self, address: S3Address, options: S3Options) -> None:
        self.address = address
        self.options = options
        self._client: Any = None
        self._lock = threading.Lock()
        self._hurry = threading.Event()
        self._has_answered = False
        self._takes_redirects = True

    def get(self, path: str, *, start: int = 0, byte_length: int | None = None) -> Got | None:
        """The bytes of an object, or a range of them; None where there is none."""
        ask: dict[str, Any] = {"Key": self.address.key(path)}
        if byte_length is not None:
            ask["Range"] = f"bytes={start}-{start + byte_length - 1}"
        doubts = iter(range(_DOUBTS))

        def act() -> Got:
            answer = self._ask("get_object", **ask)
            with closing(answer["Body"]) as body:
                content = body.read(byte_length)
            seen = _seen(answer)
            is_part = "ContentRange" in answer
            if byte_length is None and _is_other(content, seen):
                # Changed on its way, perhaps; if it comes so again, it is so.
                is_over = next(doubts, None) is None
                raise StoreError(
                    f"{self.address}/{path}",
                    "is damaged: it is not what was put there",
                    "publish again; if it says so again, delete this file at the store before",
                    Kind.LASTING if is_over else Kind.MOMENTARY,
                )
            return Got(content, seen, is_part)

        return self._or_none(path, act)

    def digest(self, path: str) -> tuple[str, Seen] | None:
        """The SHA-256 of an object's very bytes, read in pieces; None where there is none."""

        def act() -> tuple[str, Seen]:
            digest = hashlib.sha256()
            answer = self._ask("get_object", Key=self.address.key(path))
            with closing(answer["Body"]) as body:
                while chunk := body.read(1024 * 1024):
                    digest.update(chunk)
            return digest.hexdigest(), _seen(answer)

        return self._or_none(path, act)

    def head(self, path: str) -> Seen | None:
        """What is known of an object without its bytes, None where there is none."""
        key = self.address.key(path)
        return self._or_none(path, lambda: _seen(self._ask("head_object", Key=key)))

    def put(
        self,
        path: str,
        body: bytes | Slice,
        *,
        headers: Headers,
        metadata: Mapping[str, str],
        md5: bytes,
        condition: Condition | None = None,
    ) -> str:
        """Put an object whole; its ETag."""

        def act() -> str:
            answer = self._ask(
                "put_object",
                Key=self.address.key(path),
                Body=_rewound(body),
                ContentMD5=base64.b64encode(md5).decode(),
                ContentLength=len(body),
                Metadata=dict(metadata),
                **self._named(headers),
                **(condition.arguments() if condition else {}),
            )
            return str(answer["ETag"])

        return self._described(path, headers, act)

    def copy_onto_itself(self, path: str, headers: Headers, seen: Seen) -> None:
        """Give an object other headers; its bytes stay."""
        key = self.address.key(path)
        self._described(
            path,
            headers,
            lambda: self._ask(
                "copy_object",
                Key=key,
                CopySource={"Bucket": self.address.bucket, "Key": key},
                MetadataDirective="REPLACE",
                Metadata=dict(seen.metadata),
                **self._named(headers),
            ),
        )

    def delete(self, path: str) -> None:
        """Delete an object; one that is not there is fine."""
        key = self.address.key(path)
        self._or_none(path, lambda: self._ask("delete_object", Key=key))

    def list(self, prefix: str = "") -> Iterator[Listed]:
        """All objects whose path begins so."""
        more: dict[str, Any] = {"Prefix": self.address.key(prefix)}
        start = len(self.address.prefix)
        while True:
            answer = self._tried(prefix, lambda: self._ask("list_objects_v2", **more))
            for row in answer.get("Contents", ()):
                yield Listed(row["Key"][start:], row["Size"], row["LastModified"].timestamp())
            token = answer.get("NextContinuationToken")
            if not answer.get("IsTruncated") or token is None:
                return
            more["ContinuationToken"] = token

    def begin_parts(self, path: str, headers: Headers, metadata: Mapping[str, str]) -> str:
        """Begin an object that is put in parts; the id of the upload."""
        key = self.address.key(path)
        answer = self._tried(
            path,
            lambda: self._ask(
                "create_multipart_upload", Key=key, Metadata=dict(metadata), **self._named(headers)
            ),
        )
        return str(answer["UploadId"])

    def put_part(self, path: str, upload_id: str, number: int, body: Slice, md5: bytes) -> str:
        """Put one part; its ETag."""

        def act() -> str:
            answer = self._ask(
                "upload_part",
                Key=self.address.key(path),
                UploadId=upload_id,
                PartNumber=number,
                Body=_rewound(body),
                ContentLength=len(body),
                ContentMD5=base64.b64encode(md5).decode(),
            )
            return str(answer["ETag"])

        return self._tried(path, act)

    def parts(self, path: str, upload_id: str) -> dict[int, Part] | None:
        """The parts of an upload that the store has, by number; None where it knows no such one."""
        found: dict[int, Part] = {}
        more: dict[str, Any] = {"Key": self.address.key(path), "UploadId": upload_id}
        while True:
            answer = self._or_none(path, lambda: self._ask("list_parts", **more))
            if answer is None:
                return None
            for row in answer.get("Parts", ()):
                found[row["PartNumber"]] = Part(row["PartNumber"], row["ETag"], row["Size"])
            if not answer.get("IsTruncated"):
                return found
            more["PartNumberMarker"] = answer["NextPartNumberMarker"]

    def end_parts(self, path: str, upload_id: str, etags: Mapping[int, str]) -> None:
        """Make one object of the parts."""
        rows = [{"PartNumber": number, "ETag": etags[number]} for number in sorted(etags)]
        self._tried(
            path,
            lambda: self._ask(
                "complete_multipart_upload",
                Key=self.address.key(path),
                UploadId=upload_id,
                MultipartUpload={"Parts": rows},
            ),
        )

    def abort_parts(self, path: str, upload_id: str) -> None:
        """Throw the parts away; an upload that is over is fine."""
        key = self.address.key(path)
        self._or_none(
            path, lambda: self._ask("abort_multipart_upload", Key=key, UploadId=upload_id)
        )

    def uploads(self, prefix: str = "") -> tuple[tuple[str, str], ...]:
        """Path and id of each upload that was begun and not ended, where the path begins so."""
        found: tuple[tuple[str, str], ...] = ()
        more: dict[str, Any] = {"Prefix": self.address.key(prefix)}
        start = len(self.address.prefix)
        while True:
            answer = self._tried(prefix, lambda: self._ask("list_multipart_uploads", **more))
            rows = answer.get("Uploads", ())
            found += tuple((row["Key"][start:], row["UploadId"]) for row in rows)
            if not answer.get("IsTruncated"):
                return found
            more["KeyMarker"] = answer.get("NextKeyMarker", "")
            more["UploadIdMarker"] = answer.get("NextUploadIdMarker", "")

    def hurry(self) -> None:
        """Try nothing again from now on: the user has stopped the publication."""
        self._hurry.set()

    def _named(self, headers: Headers) -> dict[str, str]:
        named = {"ContentType": headers.content_type, "CacheControl": headers.cache_control}
        if headers.redirect and self._takes_redirects:
            named["WebsiteRedirectLocation"] = headers.redirect
        return named

    def _described(self, path: str, headers: Headers, act: Callable[[], Answer]) -> Answer:
        """A store without websites may refuse to hear where a page leads; then it is not told."""
        try:
            return self._tried(path, act)
        except StoreError as error:
            if error.kind is not Kind.UNSUPPORTED or "WebsiteRedirectLocation" not in self._named(
                headers
            ):
                raise
            self._takes_redirects = False
            return self._tried(path, act)

    def _ask(self, operation: str, **arguments: Any) -> Any:  # noqa: ANN401 - boto3 has no types
        with self._lock:
            if self._client is None:
                self._client = make_client("s3", self.options)
        return getattr(self._client, operation)(Bucket=self.address.bucket, **arguments)

    def _or_none(self, path: str, act: Callable[[], Answer]) -> Answer | None:
        try:
            return self._tried(path, act)
        except StoreError as error:
            if error.kind is Kind.MISSING:
                return None
            raise

    def _tried(self, path: str, act: Callable[[], Answer]) -> Answer:
        patience = self.options.patience
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


def _seen(answer: Mapping[str, Any]) -> Seen:
    total = str(answer.get("ContentRange", "")).rpartition("/")[2]
    byte_length = int(total) if total.isdecimal() else int(answer["ContentLength"])
    headers = Headers(str(answer.get("ContentType", "")), str(answer.get("CacheControl", "")))
    metadata = {name.lower(): value for name, value in answer.get("Metadata", {}).items()}
    return Seen(byte_length, str(answer.get("ETag", "")), headers, metadata)


def _is_other(content: bytes, seen: Seen) -> bool:
    """Whether these are not the bytes that the put announced."""
    return seen.sha256 not in (None, hashlib.sha256(content).hexdigest())


def _rewound(body: bytes | Slice) -> bytes | Slice:
    if not isinstance(body, bytes):
        body.seek(0)
    return body
