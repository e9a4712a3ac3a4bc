"""What an output folder holds already, and which of it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.store.manifest import read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from castpress.model.artifact import OutputFile
    from castpress.store.manifest import Placed


class Standing:
    """The output as it stands: which of its files are right, so that they need not be made."""

    def __init__(self, output: Path) -> None:
        self._output = output
        self._placed: dict[str, Placed] = read_manifest(output)
        self._intact: dict[str, bool] = {}

    def holds(self, file: OutputFile) -> bool:
        """Whether the output has this very file, untouched."""
        placed = self._placed.get(file.path)
        return placed is not None and placed.is_of(file) and self._is_intact(placed)

    def find(self, path: str, sha256: str) -> OutputFile | None:
        """The file at that path if it has those bytes, untouched."""
        placed = self._placed.get(path)
        if placed is None or placed.sha256 != sha256 or not self._is_intact(placed):
            return None
        return placed.file

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
