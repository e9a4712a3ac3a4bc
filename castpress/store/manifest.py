"""What castpress put into an output folder: path, wave, digest, length and time of each file.

It lies in the output itself, in a folder that nothing in it is for listeners. A file whose length
and time are those of the manifest is taken for the file of the manifest; `verify` reads all bytes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.artifact import OutputFile, Wave

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# What castpress keeps for itself inside the output; nothing in it is for listeners.
STATE = ".castpress"
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Placed:
    """A file of the output with the time it has on the disk, in ns."""

    file: OutputFile
    mtime_ns: int

    def is_intact(self, output: Path) -> bool:
        """Whether nobody has touched it since."""
        try:
            stat = (output / self.file.path).stat()
        except (OSError, ValueError):
            return False
        return (stat.st_size, stat.st_mtime_ns) == (self.file.byte_length, self.mtime_ns)


def read_manifest(output: Path) -> dict[str, Placed]:
    """The files that were written last, by path; none where the manifest is missing or broken."""
    try:
        data = json.loads((output / STATE / MANIFEST).read_bytes())
        known = {str(path): _placed(str(path), row) for path, row in data.items()}
        hold_inside(known)
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        return {}
    return known


def write_manifest(output: Path, placed: Mapping[str, Placed]) -> None:
    """Put the manifest in the place of the one before, at once.

    Raises:
        OSError: the folder cannot be written.
    """
    draft = output / STATE / (MANIFEST + ".draft")
    rows = (f"{json.dumps(path)}: {json.dumps(_row(placed[path]))}" for path in sorted(placed))
    draft.write_text("{\n" + ",\n".join(rows) + "\n}\n", encoding="utf-8")
    draft.replace(output / STATE / MANIFEST)


def rows_of(placed: Mapping[str, Placed]) -> dict[str, list[object]]:
    """The manifest as JSON holds it."""
    return {path: _row(found) for path, found in placed.items()}


def placed_of(rows: Mapping[str, object]) -> dict[str, Placed]:
    """The manifest from what JSON holds.

    Raises:
        ValueError, TypeError: it is no manifest.
    """
    return {str(path): _placed(str(path), row) for path, row in rows.items()}


def hold_inside(paths: Iterable[str]) -> None:
    """Paths that were read from a file lead nowhere but into the output.

    Raises:
        ValueError: one of them leads out.
    """
    for path in paths:
        if path.startswith("/") or not path or ".." in PurePosixPath(path).parts:
            raise ValueError(f"{path} leads out of the output")


def _row(placed: Placed) -> list[object]:
    file = placed.file
    return [int(file.wave), file.sha256, file.byte_length, placed.mtime_ns]


def _placed(path: str, row: object) -> Placed:
    match row:
        case [int(wave), str(sha256), int(length), int(mtime_ns)]:
            return Placed(OutputFile(path, Wave(wave), sha256, length), mtime_ns)
        case str():  # written by castpress 0.1 of the first days: ours, and of unknown bytes
            return Placed(OutputFile(path, Wave.PAGE, "", -1), -1)
        case _:
            raise ValueError(f"{path} has no digest")
