"""A bucket as the place of publication: AWS S3, and every store that speaks like it.

Each object carries the digest of its bytes and a random id of the put that it came by: ETags are no
digests everywhere, and only the id tells whether a put whose answer was lost has happened.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from castpress.store.s3.bucket import Bucket
from castpress.store.s3.lease import BIDS_PREFIX
from castpress.store.s3.multipart import PartUploader
from castpress.store.s3.slices import Slice
from castpress.store.s3.swap import Swapper
from castpress.store.s3.traits import PROBE_PREFIX, Conditions
from castpress.store.targets.target import (
    EDGE_BYTES,
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
    from castpress.store.s3.options import S3Options

_WIDTH = 8
# So much is read rather than believed, wherever it comes from: it costs next to nothing.
_SMALL_BYTES = 1024 * 1024


class S3Target:
    """A bucket, or a folder in it. ``journals`` is where uploads are noted that may be cut off."""

    def __init__(self, address: S3Address, options: S3Options, journals: Path) -> None:
        self.address = address
        self.options = options
        self._bucket = Bucket(address, options)
        self._swapper = Swapper(self._bucket)
        self._parts = PartUploader(self._bucket, journals, options.part_bytes)
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
        traits = self._swapper.found
        if traits is not None and traits.conditions is Conditions.NONE:
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
        self._swapper.note(path, got.seen)
        return Found(got.content, got.seen.etag, got.seen.age)

    def head(self, path: str) -> Stat | None:
        """Length and headers."""
        seen = self._bucket.head(path)
        return None if seen is None else Stat(seen.byte_length, seen.headers)

    def digest(self, path: str, *, is_read: bool = False) -> str | None:
        """The digest that the put announced, if the store checked it; else that of the bytes.

        A file that is not what its own put announced is damaged, and as good as none.
        """
        traits = self._swapper.found
        if not is_read and traits is not None and traits.checks_bytes:
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
        swapper = self._swapper
        with _opened(upload):
            if over is not Over.ANYTHING:
                etag = swapper.proven(upload, lambda etag: swapper.swap(upload, etag or over))
                if on_bytes is not None:
                    on_bytes(upload.byte_length)
                return etag
            if upload.byte_length > self._parts.part_bytes:
                return swapper.proven(upload, lambda _: self._parts.put(upload, on_bytes))
            return swapper.proven(upload, lambda _: swapper.put(upload, on_bytes))

    def describe(self, path: str, headers: Headers) -> None:
        """Copy the object onto itself with other headers."""
        seen = self._bucket.head(path)
        if seen is None:
            raise TargetError(self._shown(path), "is not there any more", "publish again")
        self._bucket.copy_onto_itself(path, headers, seen)

    def confirm(self, upload: Upload) -> None:
        """Length, headers and both ends, by reading them."""
        with _opened(upload):
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
            if _plain(got.seen.headers) != _plain(replace(upload.headers, redirect="")):
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
        """Throw away parts of files that are not coming any more, and what was tried out."""
        self._parts.tidy(unfinished, coming)
        if unfinished or self._swapper.has_probed:
            for listed in self._bucket.list(PROBE_PREFIX):
                self._bucket.delete(listed.path)

    def hurry(self) -> None:
        """Repeat nothing from now on."""
        self._bucket.requests.hurry()

    def _damaged(self, path: str, what: str) -> TargetError:
        return TargetError(self._shown(path), f"{what} after it was put", "publish again")

    def _shown(self, path: str) -> str:
        return f"{self.name}/{path}"


@contextmanager
def _opened(upload: Upload) -> Iterator[None]:
    """A source that cannot be read, in the user's words.

    Raises:
        SourceChangedError: it is gone.
        TargetError: it cannot be read.
    """
    try:
        yield
    except FileNotFoundError as error:
        raise SourceChangedError(upload.path) from error
    except OSError as error:
        reason = f"cannot be read: {(error.strerror or str(error)).lower()}"
        advice = "make the file readable, then publish again"
        raise TargetError(str(upload.source), reason, advice) from error


def _plain(headers: Headers) -> tuple[str, str]:
    """Headers without what stores write as they like."""
    content_type, cache_control = (
        text.replace(" ", "").lower() for text in (headers.content_type, headers.cache_control)
    )
    return content_type, cache_control


def _piece(upload: Upload, start: int, byte_length: int) -> bytes:
    with Slice(upload.source, start, byte_length) as piece:
        return piece.read()
