"""Costly results by content, in a folder that may be deleted at any time."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Cache:
    """Files by the digest of what they were made from; a broken cache is an empty cache."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, kind: str, key: bytes, suffix: str, make: Callable[[Path], None]) -> Path:
        """The file that ``make`` writes for this key; made once, then found.

        Raises:
            OSError: the folder cannot be written.
        """
        digest = hashlib.blake2b(key, digest_size=16).hexdigest()
        path = self.folder / kind / f"{digest}{suffix}"
        if path.exists():
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, suffix=suffix)
        os.close(handle)
        draft = Path(name)
        try:
            make(draft)
            draft.chmod(0o644)
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
        return path

    def value(self, kind: str, key: bytes, make: Callable[[], object]) -> object:
        """The JSON value that ``make`` gives for this key; a folder that is read-only is fine."""
        digest = hashlib.blake2b(key, digest_size=16).hexdigest()
        path = self.folder / kind / f"{digest}.json"
        with contextlib.suppress(OSError, ValueError):
            found: object = json.loads(path.read_bytes())
            return found
        value = make()
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, suffix=".json")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(value, file)
            Path(name).replace(path)
        return value
