"""Changes of the author's own files, made only when they asked for just that: all or none."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from castpress.store.output import OutputError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

_UNDONE = "nothing was changed"


class SourceChanges:
    """Changes inside a ``with`` block; whatever raises in it, all files are as they were before.

    A run that is killed in between may leave the new file and, beside it, a hidden one with the
    old bytes.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._undo: list[Callable[[], object]] = []
        self._backups: list[Path] = []

    def __enter__(self) -> SourceChanges:
        """Begin; nothing is changed yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Undo, the last first, if anything was raised; else forget how to."""
        if kind is not None:
            for undo in reversed(self._undo):
                with contextlib.suppress(OSError):
                    undo()
        else:
            for backup in self._backups:
                with contextlib.suppress(OSError):
                    backup.unlink()

    def rename(self, old: PurePosixPath, new: PurePosixPath) -> None:
        """Give a file another name that nothing bears yet.

        Raises:
            OutputError: the name is taken or the folder cannot be written; all is undone.
        """
        source, target = self._root / old, self._root / new
        try:
            if os.path.lexists(target) and not _is_same(source, target):
                raise FileExistsError(17, "a file of that name is there already")
            source.rename(target)
        except OSError as error:
            raise _refused(source, error) from error
        self._undo.append(lambda: target.rename(source))

    def write(self, file: PurePosixPath, content: bytes) -> None:
        """Put these bytes into the place of a file, at once.

        Raises:
            OutputError: the folder cannot be written; all is undone.
        """
        self._put(file, lambda draft: draft.write_bytes(content))

    def copy(self, source: Path, file: PurePosixPath) -> None:
        """Put a copy of any file into the show, in the place of what was there.

        Raises:
            OutputError: it cannot be read, or the folder cannot be written; all is undone.
        """
        self._put(file, lambda draft: shutil.copyfile(source, draft))

    def _put(self, file: PurePosixPath, make: Callable[[Path], object]) -> None:
        target = self._root / file
        draft = target.with_name(f".{target.name}.draft")
        backup = target.with_name(f".{target.name}.before{len(self._backups) or ''}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            make(draft)
            if target.exists():
                shutil.copymode(target, draft)
                # The old bytes stay until all is done; a copy, as the name must never be empty.
                shutil.copy2(target, backup)
                self._backups.append(backup)
                self._undo.append(lambda: backup.replace(target))
            else:
                self._undo.append(lambda: target.unlink(missing_ok=True))
            draft.replace(target)
        except OSError as error:
            with contextlib.suppress(OSError):
                draft.unlink()
            raise _refused(target, error) from error


def is_taken(root: Path, file: PurePosixPath) -> bool:
    """Whether anything bears that name."""
    return os.path.lexists(root / file)


def _is_same(one: Path, other: Path) -> bool:
    """One file under two spellings, on a disk that takes capitals for small letters."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _refused(path: Path, error: OSError) -> OutputError:
    why = (error.strerror or str(error)).lower()
    advice = "make the folder writable, or close the program that holds the file"
    return OutputError(path, f"cannot be changed: {why}; {_UNDONE}", advice)
