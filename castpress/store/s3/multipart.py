"""A large file in parts: several at a time, none twice, and whole only in the end.

Its own because boto3's takes nothing up again and cannot tell when a source changes under it.
"""

from __future__ import annotations

import contextlib
import threading
import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.store.s3.bucket import PUT_ID, SHA256
from castpress.store.s3.faults import Kind, StoreError
from castpress.store.s3.journal import Begun, Journal, journal_file, journals_of, read_journal
from castpress.store.s3.parts import PartCalls
from castpress.store.s3.slices import Slice, SourceReader
from castpress.store.targets.target import SourceChangedError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from castpress.model.publication.live import Headers
    from castpress.store.s3.bucket import Bucket
    from castpress.store.targets.target import Upload

# Amazon S3 User Guide, "Amazon S3 multipart upload limits".
_MOST_PARTS = 10_000
_PARTS_AT_ONCE = 4


class PartUploader:
    """Puts large files; ``part_bytes`` is the least length of a part."""

    def __init__(self, bucket: Bucket, journals: Path, part_bytes: int) -> None:
        self.part_bytes = part_bytes
        self._bucket = bucket
        self._calls = PartCalls(bucket)
        self._journals = journals

    def put(self, upload: Upload, on_bytes: Callable[[int], None] | None) -> str:
        """Put the file of an upload; its ETag.

        Raises:
            SourceChangedError: the bytes are not those that were announced.
            StoreError: the store fails.
        """
        size = max(self.part_bytes, -(-upload.byte_length // _MOST_PARTS))
        journal, there = self._taken_up(upload, size)
        if journal is None:
            journal, there = self._begun(upload, size), {}
        try:
            etags = self._send(upload, journal, there, on_bytes)
        except (SourceChangedError, OSError):
            self._calls.abort(upload.path, journal.begun.upload_id)
            journal.end()
            raise
        etag = self._end(upload.path, journal, etags)
        journal.end()
        with contextlib.suppress(StoreError):  # the file is there, whatever lies around beside it
            self._abort_others(upload.path)
        return etag

    def tidy(self, unfinished: Collection[str], coming: Collection[str]) -> None:
        """Throw away parts of files that are not coming any more; others' uploads stay."""
        journals = journals_of(self._journals, self._place())
        over = {*unfinished, *(journal.begun.path for journal in journals)} - set(coming)
        if over:
            with contextlib.suppress(StoreError):  # not every key may list them
                for path, upload_id in self._calls.begun():
                    if path in over:
                        self._calls.abort(path, upload_id)
        for journal in journals:
            if journal.begun.path in over:
                journal.end()

    def _place(self) -> str:
        """The bucket and the store: one name may be taken at two stores."""
        return f"{self._bucket.requests.host} {self._bucket.address}"

    def _taken_up(self, upload: Upload, size: int) -> tuple[Journal | None, dict[int, str]]:
        """The upload of the same file that was cut off, with the parts that the store has."""
        journal = read_journal(journal_file(self._journals, self._place(), upload.path))
        if journal is None:
            return None, {}
        begun = journal.begun
        wanted = replace(
            begun,
            headers=_written(upload.headers),
            sha256=upload.sha256,
            byte_length=upload.byte_length,
            part_bytes=size,
        )
        if begun != wanted:
            return None, {}
        try:
            there = self._calls.there(upload.path, begun.upload_id)
        except StoreError as error:
            if error.kind is Kind.MOMENTARY:
                raise
            there = None  # an id that the store does not even understand
        return (None, {}) if there is None else (journal, there)

    def _begun(self, upload: Upload, size: int) -> Journal:
        put_id = uuid.uuid4().hex
        metadata = {SHA256: upload.sha256, PUT_ID: put_id}
        upload_id = self._calls.begin(upload.path, upload.headers, metadata)
        begun = Begun(
            place=self._place(),
            path=upload.path,
            headers=_written(upload.headers),
            upload_id=upload_id,
            put_id=put_id,
            sha256=upload.sha256,
            byte_length=upload.byte_length,
            part_bytes=size,
        )
        journal = Journal(journal_file(self._journals, begun.place, upload.path), begun)
        journal.begin()
        return journal

    def _send(
        self,
        upload: Upload,
        journal: Journal,
        there: dict[int, str],
        on_bytes: Callable[[int], None] | None,
    ) -> dict[int, str]:
        """Read the source once from end to end and send what is missing meanwhile."""
        etags: dict[int, str] = {}
        sending: dict[int, Future[str]] = {}
        room = threading.Semaphore(_PARTS_AT_ONCE)
        size = journal.begun.part_bytes
        with SourceReader(upload.source) as source, ThreadPoolExecutor(_PARTS_AT_ONCE) as pool:
            try:
                for number, start in enumerate(range(0, upload.byte_length, size), 1):
                    length = min(size, upload.byte_length - start)
                    md5 = source.md5_of_next(length)
                    etag = there.get(number)
                    if etag is not None and journal.parts.get(number) == (md5.hex(), etag):
                        etags[number] = etag
                        if on_bytes is not None:
                            on_bytes(length)
                        continue
                    room.acquire()
                    if any(f.done() and f.exception() is not None for f in sending.values()):
                        break
                    piece = Slice(upload.source, start, length, on_bytes, md5=md5)
                    sent = pool.submit(self._send_part, upload, journal, number, piece, md5)
                    sent.add_done_callback(lambda _: room.release())
                    sending[number] = sent
                for number, sent in sending.items():
                    etags[number] = sent.result()
            finally:
                for sent in sending.values():
                    sent.cancel()
            is_whole = source.byte_length == upload.byte_length and source.is_at_end()
            if not is_whole or source.sha256 != upload.sha256:
                raise SourceChangedError(upload.path)
        return etags

    def _send_part(
        self, upload: Upload, journal: Journal, number: int, piece: Slice, md5: bytes
    ) -> str:
        with piece:
            etag = self._calls.put(upload.path, journal.begun.upload_id, number, piece, md5)
        journal.add(number, md5.hex(), etag)
        return etag

    def _end(self, path: str, journal: Journal, etags: dict[int, str]) -> str:
        """Make one object of the parts; whether it worked is asked of the object itself."""
        begun = journal.begun
        failure: StoreError | None = None
        try:
            self._calls.end(path, begun.upload_id, etags)
        except StoreError as error:
            failure = error  # an answer that was lost makes the next try find no upload
        seen = self._bucket.head(path)
        if seen is not None and seen.put_id == begun.put_id:
            return seen.etag
        if failure is not None and failure.kind is Kind.MOMENTARY:
            raise failure
        journal.end()  # nothing can be made of it
        with contextlib.suppress(StoreError):
            self._calls.abort(path, begun.upload_id)
        raise StoreError(
            f"{self._bucket.address}/{path}",
            "was sent in parts, and the store did not put them together",
            failure.help if failure is not None else "publish again",
            Kind.LASTING,
        ) from failure

    def _abort_others(self, path: str) -> None:
        """Throw away what earlier tries have left behind for the very same file."""
        for other, upload_id in self._calls.begun(path):
            if other == path:
                self._calls.abort(path, upload_id)


def _written(headers: Headers) -> str:
    return "\n".join((headers.content_type, headers.cache_control, headers.redirect))
