"""The files that the podcaster owns: found, read as text, never changed."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.problem import Location, Problem, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

SETTINGS_FILE = PurePosixPath("show.yaml")
# Folders that hold what the podcaster owns; nothing is ever written there.
AUDIO_FOLDER = "episodes"
PAGES_FOLDER = "pages"
SOURCE_FOLDERS = (AUDIO_FOLDER, "show_notes", "artwork", "templates", PAGES_FOLDER)
_LARGEST_TEXT = 5_000_000
# What systems and editors leave behind; nobody put it there on purpose.
_LITTER = ("Thumbs.db", "desktop.ini", "Icon\r")
# Files that people give the ending of text.
_NO_TEXT = (
    (b"PK\x03\x04", "a word processor's document"),
    (b"\xd0\xcf\x11\xe0", "a word processor's document"),
    (b"%PDF-", "a PDF"),
    (b"{\\rtf", "Rich Text Format"),
    (b"bplist", "an Apple document"),
    (b"ID3", "audio"),
    (b"RIFF", "audio"),
    (b"\x1f\x8b", "packed"),
)


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder of sources: its files by suffix, in an order that no file system decides."""

    files: tuple[PurePosixPath, ...] = ()

    def with_suffix(self, suffixes: Iterable[str]) -> tuple[PurePosixPath, ...]:
        """The files that end so, whatever their case."""
        wanted = set(suffixes)
        return tuple(file for file in self.files if file.suffix.lower() in wanted)

    def without_suffix(self, suffixes: Iterable[str]) -> tuple[PurePosixPath, ...]:
        """The files that end otherwise."""
        known = set(suffixes)
        return tuple(file for file in self.files if file.suffix.lower() not in known)


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources of a show; paths are relative to ``root``."""

    root: Path
    settings_text: str | None
    episodes: Folder = field(default_factory=Folder)
    show_notes: Folder = field(default_factory=Folder)
    pages: Folder = field(default_factory=Folder)


def find_sources(root: Path) -> tuple[Sources, tuple[Problem, ...]]:
    """What lies in the show's folder."""
    problems: list[Problem] = []
    settings_text, faults = read_text(root, SETTINGS_FILE)
    if any(fault.code == "missing-file" for fault in faults):
        return Sources(root, None), (no_show(root),)
    problems += faults
    episodes, faults = _list(root, AUDIO_FOLDER)
    problems += faults
    show_notes, faults = _list(root, "show_notes")
    problems += faults
    pages, faults = find_pages(root)
    problems += faults
    return Sources(root, settings_text, episodes, show_notes, pages), tuple(problems)


def find_pages(root: Path) -> tuple[Folder, tuple[Problem, ...]]:
    """The author's own pages; a show needs none."""
    if not os.path.lexists(root / PAGES_FOLDER):
        return Folder(), ()
    return _list(root, PAGES_FOLDER)


def no_show(root: Path) -> Problem:
    """The folder is none of a show's."""
    return Problem(
        "no-show",
        f"there is no show.yaml in {root.absolute()}, so this is no show",
        Location(SETTINGS_FILE),
        Severity.ERROR,
        "run this in the show's folder, or name it: --show FOLDER",
    )


def read_text(root: Path, file: PurePosixPath) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a source, None where it cannot be read; only UTF-8 is taken."""
    data, problems = _read_bytes(root, file)
    return (None, problems) if data is None else _decode(file, data)


def read_export(root: Path, file: PurePosixPath) -> tuple[str | None, tuple[Problem, ...]]:
    """The text of a file that a program wrote: UTF-8, or UTF-16 by its mark or its zeros.

    What is no text at all is named: a document or audio under another ending.
    """
    data, problems = _read_bytes(root, file)
    if data is None:
        return None, problems
    for mark, kind in _NO_TEXT:
        if data.startswith(mark):
            advice = "export it as text: .vtt, .srt, .json, or .transcript.txt"
            return None, (_fault("not-plain-text", file, f"is {kind}, no text", advice),)
    codec = _utf16_of(data)
    if codec is None:
        return _decode(file, data)
    return data.decode(codec, "replace").removeprefix("\ufeff"), ()


def _utf16_of(data: bytes) -> str | None:
    """Which UTF-16 the bytes are, None where they are none."""
    if data[:2] == b"\xff\xfe":
        return "utf-16-le"
    if data[:2] == b"\xfe\xff":
        return "utf-16-be"
    head = data[:400]
    if len(head) >= 40 and head[1::2].count(0) * 10 > len(head) * 4 and 0 not in head[::2]:
        return "utf-16-le"
    if len(head) >= 40 and head[::2].count(0) * 10 > len(head) * 4 and 0 not in head[1::2]:
        return "utf-16-be"
    return None


def _read_bytes(root: Path, file: PurePosixPath) -> tuple[bytes | None, tuple[Problem, ...]]:
    path = root / file
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return None, (_fault("no-file", file, "is a folder or device, no file", "remove it"),)
        if status.st_size > _LARGEST_TEXT:
            return None, (
                _fault("huge-text", file, "is over 5 MB, no text of an episode is", "shorten it"),
            )
        return path.read_bytes(), ()
    except OSError as error:
        return None, (unreadable(file, error),)


def _decode(file: PurePosixPath, data: bytes) -> tuple[str | None, tuple[Problem, ...]]:
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        return None, (_not_utf8(file, data, error),)


def is_inside(root: Path, file: PurePosixPath) -> bool:
    """Whether a source lies in the show's folder, links followed."""
    try:
        return (root / file).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        return False


def outside(file: PurePosixPath) -> Problem:
    """The problem of a path or link that leaves the folder: what is published must be in it."""
    return _fault(
        "outside-show",
        file,
        "leads out of the show's folder",
        "copy the file itself into the folder",
    )


def unreadable(file: PurePosixPath, error: OSError) -> Problem:
    """The problem of a file that is not there, or that the system does not let us read."""
    if isinstance(error, FileNotFoundError):
        return _fault("missing-file", file, "is not there", "put it there, or correct the name")
    why = (error.strerror or str(error)).lower()
    return _fault("unreadable-file", file, f"cannot be read: {why}", "check that you may open it")


def _list(root: Path, name: str) -> tuple[Folder, tuple[Problem, ...]]:
    folder = root / name
    files: list[PurePosixPath] = []
    problems: list[Problem] = []
    if not is_inside(root, PurePosixPath(name)):
        return Folder(), (outside(PurePosixPath(name)),)
    if not _is_folder(folder):
        missing = _fault(
            "no-folder", PurePosixPath(name), "is missing", f"make a folder called {name}"
        )
        if name == AUDIO_FOLDER:
            # Git keeps no empty folders, and a clone without audio is all that a timed job needs.
            missing = replace(missing, severity=Severity.NOTE)
        return Folder(), (missing,)
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        return Folder(), (unreadable(PurePosixPath(name), error),)
    for entry in entries:
        if entry.name.startswith(".") or entry.name.endswith("~") or entry.name in _LITTER:
            continue
        file = PurePosixPath(name) / entry.name
        if _has_surrogates(entry.name):
            # The location must be printable, so what cannot be is shown as a question mark.
            shown = PurePosixPath(name) / entry.name.encode("utf-8", "replace").decode()
            problems.append(
                _fault("bad-file-name", shown, "has a name that is not UTF-8", "rename it")
            )
        elif entry.is_symlink() and not is_inside(root, file):
            problems.append(outside(file))
        elif entry.is_dir() and not file.suffix:
            continue  # people sort old material into folders; it is not ours
        else:
            files.append(file)
    return Folder(tuple(files)), tuple(problems)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _has_surrogates(name: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in name)


def _not_utf8(file: PurePosixPath, data: bytes, error: UnicodeDecodeError) -> Problem:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        what, line, column = "is saved as UTF-16", 1, 1
    else:
        shown = data[error.start : error.start + 1].decode("cp1252", "replace")
        what = f"is not UTF-8 text (is this byte meant as {shown!r}?)"
    return Problem(
        "not-utf8",
        f"{file.name} {what}",
        Location(file, line, column),
        Severity.ERROR,
        "save it again with the encoding UTF-8 (in most editors: Save as…, Encoding)",
    )


def _fault(code: str, file: PurePosixPath, what: str, advice: str) -> Problem:
    return Problem(code, f"{file.name} {what}", Location(file), Severity.ERROR, advice)
