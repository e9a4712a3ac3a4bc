"""What is known of a large upload on this computer, so that it can be taken up again.

A file of lines: the first says which upload of which bytes, each further one is a part that went.
It is only ever appended to, so that a cut leaves all whole lines.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Begun:
    """An upload that was begun: which object, of which bytes, in parts of how many."""

    place: str
    path: str
    headers: str
    upload_id: str
    put_id: str
    sha256: str
    byte_length: int
    part_bytes: int


@dataclass(slots=True)
class Journal:
    """The file about one upload; ``parts`` are MD5 (as hex) and ETag of what went, by number."""

    file: Path
    begun: Begun
    parts: dict[int, tuple[str, str]] = field(default_factory=dict)

    def add(self, number: int, md5: str, etag: str) -> None:
        """Note a part that went. A full disk costs the resumption and not the upload."""
        self.parts[number] = (md5, etag)
        self._append([number, md5, etag])

    def begin(self) -> None:
        """Write the first line over whatever there was."""
        with contextlib.suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.unlink(missing_ok=True)
        begun = self.begun
        self._append(
            [
                begun.place,
                begun.path,
                begun.headers,
                begun.upload_id,
                begun.put_id,
                begun.sha256,
                begun.byte_length,
                begun.part_bytes,
            ]
        )

    def end(self) -> None:
        """Forget it: the upload is over."""
        with contextlib.suppress(OSError):
            self.file.unlink(missing_ok=True)

    def _append(self, row: list[object]) -> None:
        with contextlib.suppress(OSError), self.file.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")


def journal_file(folder: Path, place: str, path: str) -> Path:
    """Where the journal of an object lies."""
    name = hashlib.sha256(f"{place}\n{path}".encode()).hexdigest()[:32]
    return folder / f"{name}.jsonl"


def read_journal(file: Path) -> Journal | None:
    """What a journal says; None where there is none that can be read."""
    try:
        first, *lines = file.read_text("utf-8", "replace").splitlines()
        place, path, headers, upload_id, put_id, sha256, byte_length, part_bytes = json.loads(first)
        begun = Begun(
            str(place),
            str(path),
            str(headers),
            str(upload_id),
            str(put_id),
            str(sha256),
            int(byte_length),
            int(part_bytes),
        )
    except (OSError, ValueError, LookupError, TypeError):
        return None
    return Journal(file, begun, _parts(lines))


def _parts(lines: list[str]) -> dict[int, tuple[str, str]]:
    """The parts that went; what follows a line that was cut off is sent again."""
    parts = {}
    with contextlib.suppress(ValueError, TypeError):
        for line in lines:
            number, md5, etag = json.loads(line)
            parts[int(number)] = (str(md5), str(etag))
    return parts


def journals_of(folder: Path, place: str) -> list[Journal]:
    """All journals about uploads to that place."""
    try:
        files = sorted(folder.glob("*.jsonl"))
    except OSError:
        return []
    found = (read_journal(file) for file in files)
    return [journal for journal in found if journal is not None and journal.begun.place == place]
