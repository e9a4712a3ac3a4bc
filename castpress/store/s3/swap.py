"""Puts that are known to have happened, or not: by condition, by lease, by reading back."""

from __future__ import annotations

import threading
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.model.publication.live import PUBLICATION_PATH
from castpress.store.s3.bucket import PUT_ID, SHA256
from castpress.store.s3.faults import Kind, StoreError
from castpress.store.s3.lease import HOLD_SECONDS, leased
from castpress.store.s3.slices import Slice, SourceReader
from castpress.store.s3.traits import NOTHING_THERE, Conditions, Traits, parse_traits, probe
from castpress.store.targets.target import ConflictError, Over, SourceChangedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from castpress.store.s3.bucket import Bucket, Condition, Seen
    from castpress.store.s3.options import Patience
    from castpress.store.targets.target import Upload

_TRIES = 4
# What was found out about a store stands beside the file that everybody reads first.
_TRAITS = "castpress-store"


class Swapper:
    """Puts whole objects into a bucket; finds out how the store compares when it has to know."""

    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._known: Traits | None = None
        self._recorded: Traits | None = None
        self._lock = threading.Lock()
        self.has_probed = False

    @property
    def found(self) -> Traits | None:
        """What is known of the store by now, without asking."""
        return self._known or self._recorded

    def traits(self) -> Traits:
        """What the store does; it is tried where no earlier publication has noted it."""
        with self._lock:
            if self._known is None:
                self._known = self._recorded or self._probed()
            return self._known

    def note(self, path: str, seen: Seen) -> None:
        """Take over what an earlier publication has found out."""
        text = seen.metadata.get(_TRAITS, "")
        if path == PUBLICATION_PATH and text:
            self._recorded = parse_traits(text, self._bucket.requests.host)

    def put(self, upload: Upload, on_bytes: Callable[[int], None] | None = None) -> str:
        """Put an object over whatever is there; its ETag."""
        return self._put(upload, uuid.uuid4().hex, on_bytes=on_bytes)

    def proven(self, upload: Upload, put: Callable[[str | None], str]) -> str:
        """Put, and make sure that it has arrived; its ETag.

        A store that refuses what is not of its MD5 has it; what another has is read. ``put`` is
        called with what the file has to be put over, None at first.

        Raises:
            ConflictError: meanwhile somebody else has put something there.
            StoreError: it does not arrive whole.
        """
        etag = None
        for _ in range(_TRIES):
            etag = put(etag)
            if self.traits().checks_bytes:
                return etag
            found = self._bucket.digest(upload.path)
            if found is None or found[1].etag != etag:
                raise ConflictError(self._shown(upload.path))
            if found[0] == upload.sha256:
                return etag
        where = self._shown(upload.path)
        reason = "holds other bytes than were sent, again and again"
        raise StoreError(where, reason, "check the network, then publish again", Kind.LASTING)

    def swap(self, upload: Upload, over: Over | str) -> str:
        """Put over one version, or over nothing; the new version, an ETag.

        Raises:
            ConflictError: something else is there.
            StoreError: it did not happen, or nobody can tell.
        """
        put_id = uuid.uuid4().hex
        failure: StoreError | None = None
        for _ in range(_TRIES):
            form = self.traits().conditions
            if form is Conditions.NONE:
                return self._swap_by_lease(upload, over, put_id)
            condition = NOTHING_THERE if isinstance(over, Over) else form.over(over)
            try:
                return self._put(upload, put_id, condition)
            except StoreError as error:
                failure = error
            if failure.kind is Kind.LASTING:
                raise failure
            seen = self._bucket.head(upload.path, self._short())
            if seen is not None and seen.put_id == put_id:
                return seen.etag
            if not _is_as_named(seen, over):
                raise ConflictError(self._shown(upload.path)) from failure
            if failure.kind is Kind.MOMENTARY:
                raise failure
            # Refused though nothing changed: the store may want the ETag in another form, or
            # none, because the files have moved to it since.
            with self._lock:
                self._known = self._probed()
        raise failure or ConflictError(self._shown(upload.path))

    def _swap_by_lease(self, upload: Upload, over: Over | str, put_id: str) -> str:
        with leased(self._bucket, upload.path) as lease:
            if not _is_as_named(self._bucket.head(upload.path, self._short()), over):
                raise ConflictError(self._shown(upload.path))
            lease.hold()
            self._put(upload, put_id, patience=self._short())
            seen = self._bucket.head(upload.path)
        if seen is None or seen.put_id != put_id:
            raise ConflictError(self._shown(upload.path))
        return seen.etag

    def _put(
        self,
        upload: Upload,
        put_id: str,
        condition: Condition | None = None,
        on_bytes: Callable[[int], None] | None = None,
        patience: Patience | None = None,
    ) -> str:
        md5 = _md5(upload)
        metadata = {SHA256: upload.sha256, PUT_ID: put_id}
        if upload.path == PUBLICATION_PATH and self._known is not None:
            metadata[_TRAITS] = self._known.written(self._bucket.requests.host)
        with Slice(upload.source, 0, upload.byte_length, on_bytes, md5=md5) as body:
            return self._bucket.put(
                upload.path,
                body,
                headers=upload.headers,
                metadata=metadata,
                md5=md5,
                condition=condition,
                patience=patience,
            )

    def _short(self) -> Patience:
        """For what others wait for."""
        patience = self._bucket.requests.patience
        return replace(patience, whole=min(patience.whole, HOLD_SECONDS))

    def _probed(self) -> Traits:
        self.has_probed = True
        return probe(self._bucket)

    def _shown(self, path: str) -> str:
        return f"{self._bucket.address}/{path}"


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
