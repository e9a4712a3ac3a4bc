"""A bucket as the tests look at it: plain signed requests, past castpress and past the proxy."""

from __future__ import annotations

import hashlib
import http.client
import re
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.servers.server import Server

_PUT_ID = "x-amz-meta-castpress-put"
_TOLD = ("content-type", "cache-control", "content-disposition", "content-encoding")
_KEY = re.compile(r"<Key>(.*?)</Key>")
_ROW = re.compile(
    r"<Contents>.*?<Key>(.*?)</Key>.*?<LastModified>(.*?)</LastModified>.*?"
    r"<ETag>(.*?)</ETag>.*?</Contents>",
    re.DOTALL,
)
_UPLOAD = re.compile(
    r"<Upload>(?=.*?<Key>(.*?)</Key>)(?=.*?<UploadId>(.*?)</UploadId>).*?</Upload>", re.DOTALL
)
_ANY_SIGNATURE = (
    "AWS4-HMAC-SHA256 Credential=testkey/20260101/us-east-1/s3/aws4_request, "
    "SignedHeaders=host, Signature=0"
)
_ENTITIES = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&#x27;": "'"}


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers by their names in small letters, and all bytes."""

    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class Held:
    """An object as listeners get it: bytes, headers, metadata; without the id of its put."""

    content: bytes = field(repr=False)
    headers: tuple[tuple[str, str], ...]

    @property
    def sha256(self) -> str:
        """Of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


class StoreFailedError(Exception):
    """The server did not do what a test needs."""


class Store:
    """A bucket at a server; one connection for each thread."""

    def __init__(self, server: Server, bucket: str) -> None:
        self.bucket = bucket
        self._host = urlsplit(server.endpoint).netloc
        # moto takes any signature, and making one takes as long as answering.
        self._auth = (
            None
            if server.name == "moto"
            else S3SigV4Auth(Credentials(server.access_key, server.secret_key), "s3", "us-east-1")
        )
        # rclone writes in place, so that whoever reads meanwhile gets half and reads again.
        self._tries = 20 if server.name == "rclone" else 1
        self._kept = threading.local()
        self._seen: dict[str, tuple[tuple[str, str], Held]] = {}

    def ask(
        self,
        method: str,
        key: str = "",
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Answer:
        """One request; asked again where a connection that was kept open is gone."""
        path = f"/{self.bucket}/{quote(key, safe='/~')}".rstrip("/" if not key else "")
        url = path + (f"?{urlencode(query)}" if query else "")
        sent = dict(headers or {})
        if self._auth is None:
            sent["Authorization"] = _ANY_SIGNATURE
        else:
            request = AWSRequest(method, f"http://{self._host}{url}", sent, body)
            self._auth.add_auth(request)
            sent = dict(request.headers.items())
        for tries_left in range(self._tries, -1, -1):
            connection = getattr(self._kept, "connection", None)
            if connection is None:
                connection = http.client.HTTPConnection(self._host, timeout=30)
                self._kept.connection = connection
            try:
                connection.request(method, url, body or None, sent)
                answer = connection.getresponse()
                content = answer.read()
            except (OSError, http.client.HTTPException):
                connection.close()
                self._kept.connection = None
                if not tries_left:
                    raise
                continue
            found = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, found, content)
        raise AssertionError("the last try returns or raises")

    def change(
        self,
        method: str,
        key: str = "",
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Answer:
        """A request that has to succeed.

        Raises:
            StoreFailedError: it did not.
        """
        answer = self.ask(method, key, query, headers, body)
        if answer.status >= 300:
            raise StoreFailedError(f"{method} {key}: {answer.status} {answer.content[:300]!r}")
        return answer

    def get(self, key: str) -> Held | None:
        """An object, None where there is none."""
        answer = self.ask("GET", key)
        if answer.status == 404:
            return None
        if answer.status != 200:
            raise StoreFailedError(f"GET {key}: {answer.status} {answer.content[:300]!r}")
        told = {
            name: value
            for name, value in answer.headers.items()
            if name in _TOLD or (name.startswith("x-amz-meta-") and name != _PUT_ID)
        }
        return Held(answer.content, tuple(sorted(told.items())))

    def put(self, key: str, held: Held) -> None:
        """Put an object as it was held elsewhere."""
        told = dict(held.headers)
        if any(name.startswith("x-amz-meta-castpress-") for name in told):
            told[_PUT_ID] = "0" * 32
        self.change("PUT", key, headers=told, body=held.content)

    def rows(self, prefix: str = "") -> Iterator[tuple[str, tuple[str, str]]]:
        """Each key with what changes when the object does."""
        query = {"list-type": "2", "prefix": prefix}
        while True:
            text = self.change("GET", query=query).content.decode()
            for key, modified, etag in _ROW.findall(text):
                yield _plain(key), (modified, etag)
            token = re.search(r"<NextContinuationToken>(.*?)</", text)
            if token is None:
                return
            query["continuation-token"] = _plain(token[1])

    def state(self, prefix: str = "") -> dict[str, Held]:
        """All objects; those that a listing shows unchanged are not read a second time."""
        found = {}
        for key, version in self.rows(prefix):
            known = self._seen.get(key)
            if known is None or known[0] != version:
                held = self.get(key)
                if held is None:
                    continue
                known = (version, held)
                self._seen[key] = known
            found[key] = known[1]
        return found

    def uploads(self) -> list[tuple[str, str]]:
        """Key and id of each upload in parts that is not over."""
        answer = self.ask("GET", query={"uploads": ""})
        return [(_plain(key), upload) for key, upload in _UPLOAD.findall(answer.content.decode())]

    def make(self) -> None:
        """Make the bucket."""
        self.change("PUT")

    def clear(self) -> None:
        """Remove all that is in the bucket, and the bucket."""
        for key, upload in self.uploads():
            self.ask("DELETE", key, {"uploadId": upload})
        for key, _ in list(self.rows()):
            self.ask("DELETE", key)
        self.ask("DELETE")
        self._seen.clear()


def _plain(text: str) -> str:
    for entity, sign in sorted(_ENTITIES.items(), reverse=True):
        text = text.replace(entity, sign)
    return text
