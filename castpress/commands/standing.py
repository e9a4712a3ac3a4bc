"""What an output folder holds already, and which of it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.store.cache import sha256_of
from castpress.store.manifest import read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from castpress.model.artifact import OutputFile
    from castpress.store.manifest import Placed


class Standing:
    """The output as it stands: which of its files are right, so that they need not be made.

    A file that has the length and time of when it was put there is right; to be quite sure, all
    bytes are read. ``damaged`` are those that then turn out to be others.
    """

    def __init__(self, output: Path, *, reads_all: bool = False) -> None:
        self._output = output
        self._placed: dict[str, Placed] = read_manifest(output)
        self._intact: dict[str, bool] = {}
        self.damaged = frozenset(self._look_at_all() if reads_all else ())
        self._intact |= dict.fromkeys(self.damaged, False)

    def strangers(self) -> Iterator[str]:
        """The files that somebody else put there; hidden ones are nobody's business."""
        for path in sorted(self._output.rglob("*")):
            name = path.relative_to(self._output).as_posix()
            is_hidden = any(part.startswith(".") for part in name.split("/"))
            if name not in self._placed and not is_hidden and path.is_file():
                yield name

    def _look_at_all(self) -> Iterator[str]:
        for name, placed in self._placed.items():
            try:
                if sha256_of(self._output / name) != placed.sha256:
                    yield name
            except OSError:
                yield name

    def all_of(self, files: Iterable[tuple[str, str]]) -> list[OutputFile] | None:
        """The files of these paths and digests; None where one of them is not there, untouched."""
        found = []
        for path, sha256 in files:
            file = self.find(path, sha256)
            if file is None:
                return None
            found.append(file)
        return found

    def find(self, path: str, sha256: str) -> OutputFile | None:
        """The file at that path if it has those bytes, untouched."""
        placed = self._placed.get(path)
        if placed is None or placed.sha256 != sha256 or not self._is_intact(placed):
            return None
        return placed.file

    def is_whole(self, path: str, sha256: str) -> bool:
        """Whether the file at that path has those bytes when all are read; else it is damaged."""
        try:
            if sha256_of(self._output / path) == sha256:
                return True
        except OSError:
            pass
        self._intact[path] = False
        self.damaged |= {path}
        return False

    def read(self, path: str) -> bytes:
        """The bytes of a file that it holds.

        Raises:
            OSError: it is gone by now.
        """
        return (self._output / path).read_bytes()

    def _is_intact(self, placed: Placed) -> bool:
        path = placed.path
        if path not in self._intact:
            self._intact[path] = placed.is_intact(self._output)
        return self._intact[path]
