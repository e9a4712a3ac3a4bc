"""A large file in parts: several at a time, none twice, and whole only in the end.

Its own because boto3's takes nothing up again and cannot tell when a source changes under it.
"""

from __future__ import annotations

import threading
import uuid
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.store.s3.bucket import PUT_ID, SHA256
from castpress.store.s3.faults import Kind, StoreError
from castpress.store.s3.journal import Begun, Journal, journal_file, read_journal
from castpress.store.s3.slices import Slice, SourceReader
from castpress.store.targets.target import SourceChangedError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from castpress.store.s3.bucket import Bucket, Part
    from castpress.store.targets.target import Upload

# Amazon S3 User Guide, "Amazon S3 multipart upload limits".
_MOST_PARTS = 10_000
_PARTS_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class PartUploader:
    """Puts large files; ``part_bytes`` is the least length of a part."""

    bucket: Bucket
    journals: Path
    part_bytes: int

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
        except SourceChangedError:
            self.bucket.abort_parts(upload.path, journal.begun.upload_id)
            journal.end()
            raise
        etag = self._end(upload.path, journal, etags)
        journal.end()
        self._abort_others(upload.path)
        return etag

    def _taken_up(self, upload: Upload, size: int) -> tuple[Journal | None, dict[int, Part]]:
        """The upload of the same bytes that was cut off, with the parts that the store has."""
        journal = read_journal(journal_file(self.journals, str(self.bucket.address), upload.path))
        if journal is None:
            return None, {}
        begun = journal.begun
        same = (begun.sha256, begun.byte_length, begun.part_bytes) == (
            upload.sha256,
            upload.byte_length,
            size,
        )
        there = self.bucket.parts(upload.path, begun.upload_id) if same else None
        return (None, {}) if there is None else (journal, there)

    def _begun(self, upload: Upload, size: int) -> Journal:
        put_id = uuid.uuid4().hex
        metadata = {SHA256: upload.sha256, PUT_ID: put_id}
        upload_id = self.bucket.begin_parts(upload.path, upload.headers, metadata)
        place = str(self.bucket.address)
        begun = Begun(
            place, upload.path, upload_id, put_id, upload.sha256, upload.byte_length, size
        )
        journal = Journal(journal_file(self.journals, place, upload.path), begun)
        journal.begin()
        return journal

    def _send(
        self,
        upload: Upload,
        journal: Journal,
        there: dict[int, Part],
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
                    part = there.get(number)
                    known = (md5.hex(), part.etag) if part is not None else None
                    if known is not None and journal.parts.get(number) == known:
                        etags[number] = known[1]
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
            etag = self.bucket.put_part(upload.path, journal.begun.upload_id, number, piece, md5)
        journal.add(number, md5.hex(), etag)
        return etag

    def _end(self, path: str, journal: Journal, etags: dict[int, str]) -> str:
        """Make one object of the parts; whether it worked is asked of the object itself."""
        begun = journal.begun
        failure: StoreError | None = None
        try:
            self.bucket.end_parts(path, begun.upload_id, etags)
        except StoreError as error:
            if error.kind not in (Kind.MISSING, Kind.MOMENTARY):
                raise
            failure = error  # an answer that was lost makes the next try find no upload
        seen = self.bucket.head(path)
        if seen is not None and seen.put_id == begun.put_id:
            return seen.etag
        if failure is not None and failure.kind is Kind.MOMENTARY:
            raise failure
        journal.end()  # nothing can be taken up of it
        raise StoreError(
            f"{self.bucket.address}/{path}",
            "was sent in parts, and the store did not put them together",
            "publish again",
            Kind.LASTING,
        ) from failure

    def _abort_others(self, path: str) -> None:
        """Throw away what earlier tries have left behind for the very same file."""
        for other, upload_id in self.bucket.uploads(path):
            if other == path:
                self.bucket.abort_parts(path, upload_id)
