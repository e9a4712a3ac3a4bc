"""A folder as the place of publication: any web server can serve it.

Files are written aside, in ``.castpress/incoming``, synced, read back and then renamed, so that
whoever reads sees the old file or the new one. Versions are digests of the present bytes, compared
and swapped under a lock.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

try:
    import fcntl
except ImportError:  # Windows: two publications at once are the user's to avoid
    fcntl = None  # type: ignore[assignment]

from castpress.model.publication.live import STATE_FOLDER
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

    from castpress.model.publication.live import Headers

_INCOMING, _LOCK = "incoming", "lock"
_CHUNK_BYTES = 1024 * 1024
# A file that is not there is an answer, no fault.
_NONE_THERE = contextlib.suppress(FileNotFoundError, NotADirectoryError)


class FolderTarget:
    """A folder that is served; it is made by the first put."""

    def __init__(self, folder: Path) -> None:
        self._root = folder
        self._unsynced: set[Path] = set()
        self._mode = 0o666 & ~_umask()

    @property
    def name(self) -> str:
        """``file:`` and the folder."""
        return f"file:{self._root}"

    @property
    def folder(self) -> Path | None:
        """The folder itself."""
        return self._root

    @property
    def width(self) -> int:
        """One file after the other: a disk is no faster with more."""
        return 1

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Nothing."""
        return ()

    def get(self, path: str) -> Found | None:
        """The bytes of a file and their digest."""
        with self._explained(path), _NONE_THERE:
            content = self._place(path).read_bytes()
            return Found(content, hashlib.sha256(content).hexdigest())
        return None

    def head(self, path: str) -> Stat | None:
        """The length; a folder keeps no headers."""
        with self._explained(path), _NONE_THERE:
            place = self._place(path)
            if place.is_dir():
                raise IsADirectoryError(errno.EISDIR, "is a folder", str(place))
            return Stat(place.stat().st_size)
        return None

    def digest(self, path: str, *, is_read: bool = False) -> str | None:
        """The SHA-256 of all bytes, which are read in any case."""
        del is_read
        with self._explained(path), _NONE_THERE, self._place(path).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
        return None

    def put(
        self,
        upload: Upload,
        *,
        over: Over | str = Over.ANYTHING,
        on_bytes: Callable[[int], None] | None = None,
    ) -> str:
        """Write aside, sync, read back, then rename."""
        with self._explained(upload.path):
            self._prepare()
            place = self._place(upload.path)
            with self._draft() as draft:
                _copy(upload, draft, on_bytes)
                draft.chmod(self._mode)
                self._read_back(upload, draft)
                if over is Over.ANYTHING:
                    self._install(draft, place)
                else:
                    with self._locked():
                        self._compare(upload.path, over)
                        self._install(draft, place)
                        self.settle()
        return upload.sha256

    def describe(self, path: str, headers: Headers) -> None:
        """Nothing: what is said about files stands in the web server's settings."""
        del headers
        self.head(path)

    def confirm(self, upload: Upload) -> None:
        """Length and both ends as they are in the source."""
        with self._explained(upload.path):
            self._read_back(upload, self._place(upload.path))

    def delete(self, path: str) -> None:
        """Remove a file, and the folders that it leaves empty."""
        with self._explained(path), _NONE_THERE:
            place = self._place(path)
            place.unlink()
            self._unsynced.add(place.parent)
            with contextlib.suppress(OSError):
                while place.parent != self._root:
                    place = place.parent
                    place.rmdir()
                    self._unsynced.discard(place)
                    self._unsynced.add(place.parent)

    def list(self, prefix: str = "") -> Iterator[str]:
        """All files but those that are unfinished."""
        folder = self._root / prefix.rpartition("/")[0]
        own = (f"{STATE_FOLDER}/{_INCOMING}/", f"{STATE_FOLDER}/{_LOCK}")
        with self._explained(prefix):
            for top, _, names in os.walk(folder):
                for name in names:
                    path = Path(top, name).relative_to(self._root).as_posix()
                    if path.startswith(prefix) and not path.startswith(own):
                        yield path

    def settle(self) -> None:
        """Sync every folder in which a name was changed."""
        with self._explained(""):
            while self._unsynced:
                with contextlib.suppress(FileNotFoundError):
                    _sync_folder(self._unsynced.pop())

    def tidy(self, unfinished: Collection[str], coming: Collection[str]) -> None:
        """Remove drafts that were never renamed; none can be taken up again."""
        del unfinished, coming
        with self._explained(""), _NONE_THERE:
            for draft in sorted((self._root / STATE_FOLDER / _INCOMING).iterdir()):
                draft.unlink(missing_ok=True)

    def hurry(self) -> None:
        """Nothing: nothing is repeated."""

    def _place(self, path: str) -> Path:
        """Where a path lies; never outside of the folder, wherever links lead."""
        place = self._root / path
        # Not resolve(), which stumbles over a link to itself.
        if not Path(os.path.realpath(place)).is_relative_to(os.path.realpath(self._root)):
            raise TargetError(
                self._shown(path),
                "leads out of the folder by a link; nothing was written there",
                "remove the link, or publish to another folder",
            )
        return place

    def _prepare(self) -> None:
        state = self._root / STATE_FOLDER
        if state.is_dir():
            (state / _INCOMING).mkdir(exist_ok=True)
            return
        self._root.mkdir(parents=True, exist_ok=True)
        state.mkdir(mode=0o700, exist_ok=True)
        (state / _INCOMING).mkdir(exist_ok=True)
        _sync_folder(self._root)

    @contextlib.contextmanager
    def _draft(self) -> Iterator[Path]:
        handle, name = tempfile.mkstemp(dir=self._root / STATE_FOLDER / _INCOMING)
        os.close(handle)
        draft = Path(name)
        try:
            yield draft
        finally:
            draft.unlink(missing_ok=True)  # a full disk is not to stay full

    def _read_back(self, upload: Upload, place: Path) -> None:
        """The length and both ends of what is on the disk are those of the source."""
        with place.open("rb") as there, _opened(upload.source) as source:
            size = os.fstat(there.fileno()).st_size
            if size != upload.byte_length:
                raise self._damaged(upload.path, f"has {size} bytes, not {upload.byte_length}")
            for start in {0, max(0, upload.byte_length - EDGE_BYTES)}:
                there.seek(start)
                source.seek(start)
                if there.read(EDGE_BYTES) != source.read(EDGE_BYTES):
                    raise self._damaged(upload.path, "holds other bytes than were written")

    def _damaged(self, path: str, what: str) -> TargetError:
        return TargetError(
            self._shown(path), f"{what} after it was put", "check the disk, then publish again"
        )

    def _compare(self, path: str, over: Over | str) -> None:
        present = self.digest(path)
        if present != (None if over is Over.NOTHING else over):
            raise ConflictError(self._shown(path))

    def _install(self, draft: Path, place: Path) -> None:
        folder = place.parent
        if not folder.is_dir():
            made = [above for above in (folder, *folder.parents) if not above.exists()]
            folder.mkdir(parents=True, exist_ok=True)
            self._unsynced.update(above.parent for above in made)
        draft.replace(place)
        self._unsynced.add(folder)

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with (self._root / STATE_FOLDER / _LOCK).open("a") as file:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    @contextlib.contextmanager
    def _explained(self, path: str) -> Iterator[None]:
        """A fault of the disk in the user's words.

        Raises:
            TargetError: there was one.
        """
        try:
            yield
        except (OSError, ValueError) as error:
            raise _explained(self._shown(path), error) from error

    def _shown(self, path: str) -> str:
        return str(self._root / path) if path else str(self._root)


def _copy(upload: Upload, draft: Path, on_bytes: Callable[[int], None] | None) -> None:
    """Copy and hash in one go, so that what is synced is known to be what was announced.

    Raises:
        SourceChangedError: it is not.
    """
    digest, count = hashlib.sha256(), 0
    try:
        opened = _opened(upload.source)
    except FileNotFoundError as error:
        raise SourceChangedError(upload.path) from error
    with opened as source, draft.open("wb") as there:
        while chunk := source.read(_CHUNK_BYTES):
            there.write(chunk)
            digest.update(chunk)
            count += len(chunk)
            if count > upload.byte_length:
                break
            if on_bytes is not None:
                on_bytes(len(chunk))
        if count != upload.byte_length or digest.hexdigest() != upload.sha256:
            raise SourceChangedError(upload.path)
        there.flush()
        os.fsync(there.fileno())


def _opened(source: Path | bytes) -> BinaryIO:
    if isinstance(source, bytes):
        return io.BytesIO(source)
    return source.open("rb")


def _umask() -> int:
    """What the user does not want others to do with new files; it can only be read by setting."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return  # a folder cannot be opened there
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _explained(where: str, error: OSError | ValueError) -> TargetError:
    number = error.errno if isinstance(error, OSError) else None
    reason = (getattr(error, "strerror", None) or str(error)).lower()
    advice = {
        errno.ENOSPC: "make room on the disk, then publish again",
        errno.EDQUOT: "make room on the disk, then publish again",
        errno.EFBIG: "make room for files of that size, then publish again",
        errno.EROFS: "make it writable, or publish elsewhere: --to file:FOLDER",
        errno.EACCES: "make it writable, or publish elsewhere: --to file:FOLDER",
        errno.EPERM: "make it writable, or publish elsewhere: --to file:FOLDER",
        errno.ENOTDIR: "move the file away that stands where a folder is needed",
        errno.EEXIST: "move the file away that stands where a folder is needed",
        errno.EISDIR: "move the folder away that stands where a file is needed",
        errno.ENOTEMPTY: "move the folder away that stands where a file is needed",
        errno.ENAMETOOLONG: "write a shorter `slug:` or title",
        errno.ELOOP: "remove the link that leads to itself",
    }.get(number or 0, "check the folder, or publish elsewhere: --to file:FOLDER")
    shown = getattr(error, "filename", None) or where
    return TargetError(str(shown), f"cannot be used: {reason}", advice)
