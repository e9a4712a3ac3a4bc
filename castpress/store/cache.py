"""Costly results by content, in a folder that may be deleted at any time."""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from castpress.model.artifact import KeptFile

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator


_FRESH_SECONDS = 3600.0


class Cache:
    """Files by the digest of what they were made from; a broken cache is an empty cache."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, kind: str, key: bytes, suffix: str, make: Callable[[Path], None]) -> KeptFile:
        """The file that ``make`` writes for this key; made once, then found.

        Raises:
            OSError: the folder cannot be written.
        """
        known = self.find(kind, key, suffix)
        if known is not None:
            return known
        path = self._path(kind, key, suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        with _draft(path) as draft:
            make(draft)
            draft.chmod(0o644)
        return self._recorded(path, sha256_of(path))

    def find(self, kind: str, key: bytes, suffix: str) -> KeptFile | None:
        """The file that was made for this key, None where there is none any more.

        Cached files are linked into the output, where anybody may write into them. So a file that
        was touched since is hashed again, and is none if its bytes are others.
        """
        path = self._path(kind, key, suffix)
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            known = json.loads(_unsealed(_record(path).read_bytes()))
            stat = path.stat()
            is_untouched = [stat.st_size, stat.st_mtime_ns] == known["stat"]
            if is_untouched or sha256_of(path) == known["sha256"]:
                return KeptFile(str(path), str(known["sha256"]), stat.st_size)
        return None

    def adopt(self, kind: str, key: bytes, suffix: str, file: Path, sha256: str) -> KeptFile | None:
        """A file that holds what would be made for this key, taken in; None where it does not.

        Raises:
            OSError: the folder cannot be written.
        """
        with contextlib.suppress(OSError):
            if sha256_of(file) == sha256:
                return self.file(kind, key, suffix, lambda draft: link_or_copy(file, draft))
        return None

    def text_of(self, kind: str, name: str) -> bytes | None:
        """Bytes that were kept under a name that tells them apart, None where there are none."""
        with contextlib.suppress(OSError, ValueError):
            return _unsealed((self.folder / kind / name).read_bytes())
        return None

    def keep(self, kind: str, name: str, data: bytes) -> None:
        """Keep bytes under a name that tells them apart; a cache that cannot be written is fine."""
        if self.text_of(kind, name) != data:
            with contextlib.suppress(OSError):
                write_whole(self.folder / kind / name, _sealed(data))

    def _recorded(self, path: Path, sha256: str) -> KeptFile:
        stat = path.stat()
        with _draft(_record(path)) as draft:
            known = {"sha256": sha256, "stat": [stat.st_size, stat.st_mtime_ns]}
            draft.write_bytes(_sealed(json.dumps(known).encode()))
        return KeptFile(str(path), sha256, stat.st_size)

    def value(self, kind: str, key: bytes, make: Callable[[], object]) -> object:
        """The JSON value that ``make`` gives for this key; a folder that is read-only is fine."""
        path = self._path(kind, key, ".json")
        with contextlib.suppress(OSError, ValueError, RecursionError):
            found: object = json.loads(_unsealed(path.read_bytes()))
            return found
        value = make()
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with _draft(path) as draft:
                draft.write_bytes(_sealed(json.dumps(value).encode()))
        return value

    def prune(self, kind: str, needed: Container[str], *, now: float) -> None:
        """Take away what is not needed any more of one kind, and drafts of builds that died.

        What was made within the last hour stays: another build may be about to use it.
        """
        with contextlib.suppress(OSError):
            for entry in os.scandir(self.folder / kind):
                name = entry.name.removesuffix(".json")
                if entry.name not in needed and name not in needed:
                    with contextlib.suppress(OSError):
                        if entry.stat().st_mtime < now - _FRESH_SECONDS:
                            Path(entry.path).unlink()

    def _path(self, kind: str, key: bytes, suffix: str) -> Path:
        return self.folder / kind / name_of(key, suffix)


def name_of(key: bytes, suffix: str) -> str:
    """The name of the file that is made for a key."""
    return f"{hashlib.blake2b(key, digest_size=16).hexdigest()}{suffix}"


def open_cache(folder: Path) -> Cache:
    """The cache in that folder, or one for this run only where it cannot be written."""
    try:
        folder.parent.mkdir(exist_ok=True)  # no show is made up for one that is not there
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Cache(folder)
    except OSError:
        passing = tempfile.TemporaryDirectory(prefix="castpress-", ignore_cleanup_errors=True)
        atexit.register(passing.cleanup)
        return Cache(Path(passing.name))


@contextlib.contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """A file beside the path, put in its place when it is complete."""
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=path.suffix)
    os.close(handle)
    draft = Path(name)
    try:
        yield draft
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def write_whole(path: Path, data: bytes) -> None:
    """Put the bytes in the place of what is there, at once.

    Raises:
        OSError: the folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _draft(path) as draft:
        draft.write_bytes(data)


def _sealed(data: bytes) -> bytes:
    """The bytes behind their own digest: what was damaged on the disk is not believed."""
    return _digest(data) + data


def _unsealed(data: bytes) -> bytes:
    """The bytes that were sealed.

    Raises:
        ValueError: they are others by now.
    """
    seal, content = data[:33], data[33:]
    if _digest(content) != seal:
        raise ValueError("it was damaged")
    return content


def _digest(data: bytes) -> bytes:
    return f"{hashlib.blake2b(data, digest_size=16).hexdigest()}\n".encode()


def _record(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def link_or_copy(source: Path, destination: Path) -> None:
    """A hard link where the disk allows it: it costs nothing, a copy costs seconds.

    Raises:
        OSError: neither is possible.
    """
    destination.unlink(missing_ok=True)
    try:
        os.link(source, destination)
    except OSError:
        shutil.copyfile(source, destination)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
