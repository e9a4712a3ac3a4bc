"""A bucket as the place of publication: AWS S3, and every store that speaks like it.

Each object carries the digest of its bytes and a random id of the put that it came by: ETags are no
digests everywhere, and only the id tells whether a put whose answer was lost has happened.
"""

from __future__ import annotations

import threading
import uuid
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from castpress.model.publication.live import STATE_FOLDER
from castpress.store.s3.bucket import PUT_ID, SHA256, Bucket
from castpress.store.s3.conditions import NOTHING_THERE, PROBE_PREFIX, Conditions, probe
from castpress.store.s3.faults import Kind, StoreError
from castpress.store.s3.journal import journals_of
from castpress.store.s3.lease import BIDS_PREFIX, leased
from castpress.store.s3.multipart import PartUploader
from castpress.store.s3.slices import Slice, SourceReader
from castpress.store.targets.target import (
    EDGE_BYTES,
    ConflictError,
    Found,
    Over,
    Remark,
    SourceChangedError,
    Stat,
    TargetError,
    Upload,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from castpress.model.publication.live import Headers
    from castpress.store.s3.address import S3Address
    from castpress.store.s3.bucket import Condition, Seen
    from castpress.store.s3.options import S3Options

# More at once were no faster on any server that was tried.
_WIDTH = 8
_SPURIOUS = 4
# So much is read rather than believed: stores that do not check what arrives do exist.
_SMALL_BYTES = 1024 * 1024
# What was found out about a store stands beside the file that everybody reads first.
_CONDITIONS = "castpress-conditions"


class S3Target:
    """A bucket, or a folder in it. ``journals`` is where uploads are noted that may be cut off."""

    def __init__(self, address: S3Address, options: S3Options, journals: Path) -> None:
        self.address = address
        self.options = options
        self._bucket = Bucket(address, options)
        self._parts = PartUploader(self._bucket, journals, options.part_bytes)
        self._journals = journals
        self._host = urlsplit(options.endpoint or "").netloc or "aws"
        self._conditions: Conditions | None = None
        self._recorded: Conditions | None = None
        self._probing = threading.Lock()
        self._has_probed = False
        self._drops_headers = False

    @property
    def name(self) -> str:
        """The address as people write it."""
        return str(self._bucket.address)

    @property
    def folder(self) -> Path | None:
        """None: it lies elsewhere."""
        return None

    @property
    def width(self) -> int:
        """Eight files at once."""
        return _WIDTH

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What the store turned out not to do."""
        found = []
        if self._conditions is Conditions.NONE:
            found.append(
                Remark(
                    "careless-store",
                    f"{self.name} overwrites files without comparing, so two publications at the "
                    "same moment are only kept apart by notes that they leave there",
                    "do not publish from two computers at once, or use a store with conditional "
                    "writes (docs/s3.md)",
                )
            )
        if self._drops_headers:
            found.append(
                Remark(
                    "headers-not-kept",
                    f"{self.name} does not keep the type of a file or how long it may be cached",
                    "let the server in front of it say both, or use another store (docs/s3.md)",
                )
            )
        return tuple(found)

    def get(self, path: str) -> Found | None:
        """The bytes of an object and its ETag."""
        got = self._bucket.get(path)
        if got is None:
            return None
        self._note(got.seen)
        return Found(got.content, got.seen.etag)

    def head(self, path: str) -> Stat | None:
        """Length and headers."""
        seen = self._bucket.head(path)
        return None if seen is None else Stat(seen.byte_length, seen.headers)

    def digest(self, path: str, *, is_read: bool = False) -> str | None:
        """The digest that the put announced, if the file is large; else that of its bytes.

        A file that is not what its own put announced is damaged, and as good as none.
        """
        if not is_read:
            seen = self._bucket.head(path)
            if seen is None:
                return None
            if seen.sha256 is not None and seen.byte_length > _SMALL_BYTES:
                return seen.sha256
        found = self._bucket.digest(path)
        if found is None:
            return None
        digest, seen = found
        return digest if seen.sha256 in (None, digest) else None

    def put(
        self,
        upload: Upload,
        *,
        over: Over | str = Over.ANYTHING,
        on_bytes: Callable[[int], None] | None = None,
    ) -> str:
        """Put an object; a large one in parts where nothing has to be compared."""
        with _held(upload):
            if over is Over.ANYTHING:
                if upload.byte_length > self._parts.part_bytes:
                    return self._parts.put(upload, on_bytes)
                if not upload.path.startswith(f"{STATE_FOLDER}/"):
                    return self._put(upload, uuid.uuid4().hex, None, on_bytes)
                return self._proven(upload, lambda _: self._put(upload, uuid.uuid4().hex, None))
            swap = (
                self._swap_by_lease if self._known_conditions() is Conditions.NONE else self._swap
            )
            etag = self._proven(upload, lambda etag: swap(upload, etag or over))
            if on_bytes is not None:
                on_bytes(upload.byte_length)
            return etag

    def describe(self, path: str, headers: Headers) -> None:
        """Copy the object onto itself with other headers."""
        seen = self._bucket.head(path)
        if seen is None:
            raise TargetError(self._shown(path), "is not there any more", "publish again")
        self._bucket.copy_onto_itself(path, headers, seen)

    def confirm(self, upload: Upload) -> None:
        """Length, headers and both ends, by reading them."""
        with _held(upload):
            self._confirm(upload)

    def _confirm(self, upload: Upload) -> None:
        ends = {0, max(0, upload.byte_length - EDGE_BYTES)}
        is_small = upload.byte_length <= EDGE_BYTES
        for start in sorted(ends):
            wanted = min(EDGE_BYTES, upload.byte_length)
            if is_small:
                got = self._bucket.get(upload.path)
            else:
                got = self._bucket.get(upload.path, start=start, byte_length=wanted)
            if got is None:
                raise self._damaged(upload.path, "is not there")
            if got.seen.byte_length != upload.byte_length:
                what = f"has {got.seen.byte_length} bytes, not {upload.byte_length}"
                raise self._damaged(upload.path, what)
            if not is_small and not got.is_part:
                raise TargetError(
                    self._shown(upload.path),
                    "cannot be read in parts, so that apps could not jump in the audio",
                    "use another store (docs/s3.md)",
                )
            if got.content != _piece(upload, start, wanted):
                raise self._damaged(upload.path, "holds other bytes than were sent")
            # Where it leads does not count: what a store has not kept of it, the page does itself.
            if got.seen.headers != replace(upload.headers, redirect=""):
                self._drops_headers = True

    def delete(self, path: str) -> None:
        """Delete the object."""
        self._bucket.delete(path)

    def list(self, prefix: str = "") -> Iterator[str]:
        """All objects but folders' markers and castpress's own notes to itself."""
        for listed in self._bucket.list(prefix):
            if not listed.path.endswith("/") and not listed.path.startswith(
                (PROBE_PREFIX, BIDS_PREFIX)
            ):
                yield listed.path

    def settle(self) -> None:
        """Nothing: what a store has acknowledged is safe."""

    def tidy(self, unfinished: Collection[str], coming: Collection[str]) -> None:
        """Throw away parts of files that are not coming any more; others' uploads stay."""
        journals = journals_of(self._journals, self.name)
        over = {*unfinished, *(journal.begun.path for journal in journals)} - set(coming)
        if over:
            for path, upload_id in self._bucket.uploads():
                if path in over:
                    self._bucket.abort_parts(path, upload_id)
        if unfinished or self._has_probed:
            for listed in self._bucket.list(PROBE_PREFIX):
                self._bucket.delete(listed.path)
        for journal in journals:
            if journal.begun.path in over:
                journal.end()

    def hurry(self) -> None:
        """Repeat nothing from now on."""
        self._bucket.hurry()

    def _put(
        self,
        upload: Upload,
        put_id: str,
        condition: Condition | None,
        on_bytes: Callable[[int], None] | None = None,
    ) -> str:
        md5 = _md5(upload)
        metadata = {SHA256: upload.sha256, PUT_ID: put_id}
        if condition is not None and self._conditions is not None:
            metadata[_CONDITIONS] = f"{self._conditions.value} {self._host}"
        with Slice(upload.source, 0, upload.byte_length, on_bytes, md5=md5) as body:
            return self._bucket.put(
                upload.path,
                body,
                headers=upload.headers,
                metadata=metadata,
                md5=md5,
                condition=condition,
            )

    def _proven(self, upload: Upload, put: Callable[[str | None], str]) -> str:
        """Put what everything else depends on, and make sure that it has arrived; its ETag.

        ``put`` is called with what the file has to be put over, None at first. An ETag that is the
        MD5 of the bytes proves it; where it is none, they are read.
        """
        etag = None
        for _ in range(_SPURIOUS):
            etag = put(etag)
            if etag.strip('"') == _md5(upload).hex():
                return etag
            found = self._bucket.digest(upload.path)
            if found is not None and found[1].etag == etag and found[0] == upload.sha256:
                return etag
            if found is None or found[1].etag != etag:
                raise ConflictError(self._shown(upload.path))
        raise self._damaged(upload.path, "holds other bytes than were sent")

    def _swap(self, upload: Upload, over: Over | str) -> str:
        """Put over what was named, and find out by reading what became of it where that is open."""
        put_id = uuid.uuid4().hex
        for last in range(_SPURIOUS):
            form = self._known_conditions()
            condition = NOTHING_THERE if isinstance(over, Over) else form.over(over)
            try:
                return self._put(upload, put_id, condition)
            except StoreError as error:
                if error.kind not in (Kind.CONDITION, Kind.MOMENTARY, Kind.MISSING):
                    raise
                seen = self._bucket.head(upload.path)
                if seen is not None and seen.put_id == put_id:
                    return seen.etag
                if not _is_as_named(seen, over):
                    raise ConflictError(self._shown(upload.path)) from error
                if error.kind is Kind.MOMENTARY or last == _SPURIOUS - 1:
                    raise
                # Refused though nothing changed: the store may want the ETag in another form.
                self._probe_again()
        raise AssertionError("the last try has ended the loop")

    def _swap_by_lease(self, upload: Upload, over: Over | str) -> str:
        put_id = uuid.uuid4().hex
        with leased(self._bucket, upload.path):
            if not _is_as_named(self._bucket.head(upload.path), over):
                raise ConflictError(self._shown(upload.path))
            self._put(upload, put_id, None)
            seen = self._bucket.head(upload.path)
        if seen is None or seen.put_id != put_id:
            raise ConflictError(self._shown(upload.path))
        return seen.etag

    def _known_conditions(self) -> Conditions:
        with self._probing:
            if self._conditions is None:
                self._conditions = self._recorded or self._probed()
            return self._conditions

    def _probe_again(self) -> None:
        with self._probing:
            self._conditions = self._probed()

    def _probed(self) -> Conditions:
        self._has_probed = True
        return probe(self._bucket)

    def _note(self, seen: Seen) -> None:
        """What an earlier publication found out, unless the files have moved since."""
        value, _, host = seen.metadata.get(_CONDITIONS, "").partition(" ")
        if host == self._host and value in {*Conditions}:
            self._recorded = Conditions(value)

    def _damaged(self, path: str, what: str) -> TargetError:
        return TargetError(self._shown(path), f"{what} after it was put", "publish again")

    def _shown(self, path: str) -> str:
        return f"{self.name}/{path}"


@contextmanager
def _held(upload: Upload) -> Iterator[None]:
    """A source that cannot be opened any more has changed.

    Raises:
        SourceChangedError: it cannot.
    """
    try:
        yield
    except OSError as error:
        raise SourceChangedError(upload.path) from error


def _md5(upload: Upload) -> bytes:
    """The MD5 of a file that is what was announced.

    Raises:
        SourceChangedError: it is not.
    """
    with SourceReader(upload.source) as source:
        md5 = source.md5_of_next(upload.byte_length)
        is_same = source.byte_length == upload.byte_length and source.is_at_end()
        if not is_same or source.sha256 != upload.sha256:
            raise SourceChangedError(upload.path)
    return md5


def _is_as_named(seen: Seen | None, over: Over | str) -> bool:
    return (None if seen is None else seen.etag) == (None if isinstance(over, Over) else over)


def _piece(upload: Upload, start: int, byte_length: int) -> bytes:
    with Slice(upload.source, start, byte_length) as piece:
        return piece.read()
