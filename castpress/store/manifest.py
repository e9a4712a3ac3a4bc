"""What castpress put into an output folder: path, wave, digest, length and time of each file.

It lies in the output itself, in a folder that nothing in it is for listeners. A file whose length
and time are those of the manifest is taken for the file of the manifest; `verify` reads all bytes.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any, NamedTuple

from castpress.model.artifact import OutputFile, Wave

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

# What castpress keeps for itself inside the output; nothing in it is for listeners.
STATE = ".castpress"
MANIFEST = "manifest.json"


class Placed(NamedTuple):
    """A file of the output with the time it has on the disk, in ns.

    A named tuple, because there are thousands and all are read at every build.
    """

    path: str
    wave: int
    sha256: str
    byte_length: int
    mtime_ns: int

    @property
    def file(self) -> OutputFile:
        """The file as artifacts know it."""
        return OutputFile(self.path, Wave(self.wave), self.sha256, self.byte_length)

    def is_of(self, file: OutputFile) -> bool:
        """Whether it was written as this very file."""
        return self.sha256 == file.sha256 and self.wave == file.wave

    def is_intact(self, output: Path) -> bool:
        """Whether nobody has touched it since."""
        try:
            stat = os.stat(f"{output}/{self.path}")  # noqa: PTH116 - for thousands at each build
        except (OSError, ValueError):
            return False
        return stat.st_mtime_ns == self.mtime_ns and stat.st_size == self.byte_length


def placed(file: OutputFile, mtime_ns: int) -> Placed:
    """The file as it was put there."""
    return Placed(file.path, int(file.wave), file.sha256, file.byte_length, mtime_ns)


def read_manifest(output: Path) -> dict[str, Placed]:
    """The files that were written last, by path; none where the manifest is missing or broken."""
    try:
        data = json.loads((output / STATE / MANIFEST).read_bytes())
        known = placed_of(data)
        hold_inside(known)
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        return {}
    return known


def write_manifest(output: Path, known: Mapping[str, Placed]) -> None:
    """Put the manifest in the place of the one before, at once.

    Raises:
        OSError: the folder cannot be written.
    """
    draft = output / STATE / (MANIFEST + ".draft")
    draft.write_text(json.dumps(rows_of(known)), encoding="utf-8")
    draft.replace(output / STATE / MANIFEST)


def rows_of(known: Mapping[str, Placed]) -> dict[str, tuple[object, ...]]:
    """The manifest as JSON holds it."""
    return {path: found[1:] for path, found in known.items()}


def placed_of(rows: Mapping[str, Any]) -> dict[str, Placed]:
    """The manifest from what JSON holds.

    Raises:
        ValueError, TypeError: it is no manifest.
    """
    known = {}
    for path, row in rows.items():
        if isinstance(row, str):  # of castpress's first days: ours, and of unknown bytes
            known[path] = Placed(path, int(Wave.PAGE), "", -1, -1)
            continue
        wave, sha256, length, mtime_ns = row
        if not (type(wave) is type(length) is type(mtime_ns) is int and type(sha256) is str):
            raise TypeError(f"{path} has no digest")
        known[path] = Placed(path, wave, sha256, length, mtime_ns)
    return known


def hold_inside(paths: Iterable[str]) -> None:
    """Paths that were read from a file lead nowhere but into the output.

    Raises:
        ValueError: one of them leads out.
    """
    for path in paths:
        if path.startswith("/") or not path or (".." in path and ".." in path.split("/")):
            raise ValueError(f"{path} leads out of the output")
