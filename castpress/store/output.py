"""The output folder: changed as a whole or not at all, and only where it is ours.

Changed files are staged beside their places, a journal says what is to happen, then names are
changed. A run that is stopped before the journal is complete has changed nothing; one that is
stopped later is finished by the next run.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from castpress.model.artifact import Artifact

# What castpress keeps for itself inside the output; nothing in it is for listeners.
STATE = ".castpress"
_MANIFEST, _JOURNAL, _STAGED = "manifest.json", "journal.json", "staged"


class OutputError(Exception):
    """The output cannot be written, and was left as it was; ``help`` says what to do."""

    def __init__(self, path: Path, reason: str, advice: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path, self.reason, self.help = path, reason, advice


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to the output: paths that are new or changed, the same, or gone."""

    changed: tuple[str, ...]
    unchanged: int
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Journal:
    """What is still to be done: staged file to its place, and places to clear."""

    renames: tuple[tuple[str, str], ...]
    removals: tuple[str, ...]
    manifest: Mapping[str, str]


def write_artifacts(output: Path, artifacts: Sequence[Artifact]) -> Written:
    """Make the output hold these artifacts; files that were put there by hand stay.

    Raises:
        OutputError: the disk is full, the folder read-only or somebody else's.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
        state = output / STATE
        finish_interrupted(output)
        known = _read_manifest(state)
        digests = {artifact.path: _digest(artifact) for artifact in artifacts}
        changed = [a for a in artifacts if not _is_there(output, a, digests[a.path], known)]
        _refuse_foreign(output, changed, known)
        removals = tuple(sorted(set(known) - set(digests)))
        if not changed and not removals and known == digests:
            return Written((), len(artifacts), ())
        renames = _stage(state, changed)
        _carry_out(output, _write_journal(state, _Journal(renames, removals, digests)))
    except OSError as error:
        with contextlib.suppress(OSError):
            _drop_staged(output / STATE)
        raise explained(output, error) from error
    paths = tuple(artifact.path for artifact in changed)
    return Written(paths, len(artifacts) - len(paths), removals)


def finish_interrupted(output: Path) -> bool:
    """Finish what a stopped build had fully staged, drop what it had not; True if it finished.

    Raises:
        OSError: the folder cannot be written.
    """
    state = output / STATE
    try:
        data = json.loads((state / _JOURNAL).read_bytes())
        journal = _Journal(
            tuple((str(a), str(b)) for a, b in data["renames"]),
            tuple(str(path) for path in data["removals"]),
            {str(path): str(digest) for path, digest in data["manifest"].items()},
        )
    except (FileNotFoundError, NotADirectoryError, ValueError, KeyError, TypeError):
        _drop_staged(state)
        return False
    _carry_out(output, journal)
    return True


def is_unfinished(output: Path) -> bool:
    """Whether a build was stopped while it changed this output."""
    return (output / STATE / _JOURNAL).exists()


def foreign_files(output: Path) -> tuple[str, ...]:
    """Files in the output that no build put there, by path."""
    known = _read_manifest(output / STATE)
    found = (path.relative_to(output) for path in output.rglob("*") if path.is_file())
    names = (path.as_posix() for path in found if path.parts[0] != STATE)
    return tuple(sorted(name for name in names if name not in known))


def _digest(artifact: Artifact) -> str:
    if artifact.content is not None:
        return hashlib.blake2b(artifact.content, digest_size=16).hexdigest()
    # A cached file is named by what it was made from; one that was made anew has another time.
    source = Path(artifact.cached or "")
    stat = source.stat()
    return f"{source.name}:{stat.st_size}:{stat.st_mtime_ns}"


def _is_there(output: Path, artifact: Artifact, digest: str, known: Mapping[str, str]) -> bool:
    place = output / artifact.path
    try:
        if artifact.content is not None:
            return place.read_bytes() == artifact.content
        source = Path(artifact.cached or "")
        if place.samefile(source):
            return True
        # A copy, because the disk cannot link: its name holds the digest of its bytes.
        return known.get(artifact.path) == digest and place.stat().st_size == source.stat().st_size
    except OSError:
        return False


def _refuse_foreign(output: Path, changed: Iterable[Artifact], known: Mapping[str, str]) -> None:
    for artifact in changed:
        place = output / artifact.path
        if artifact.path not in known and place.exists():
            raise OutputError(
                place,
                "was not put there by castpress and would be overwritten",
                "move it away, or build into another folder: --output FOLDER",
            )


def _stage(state: Path, changed: Sequence[Artifact]) -> tuple[tuple[str, str], ...]:
    staged = state / _STAGED
    staged.mkdir(parents=True, exist_ok=True)
    renames = []
    for number, artifact in enumerate(changed):
        draft = staged / str(number)
        if artifact.content is not None:
            draft.write_bytes(artifact.content)
        else:
            _link(Path(artifact.cached or ""), draft)
        renames.append((draft.name, artifact.path))
    return tuple(renames)


def _link(source: Path, destination: Path) -> None:
    """A hard link to the cache where the disk allows it: it costs nothing, a copy costs seconds."""
    try:
        os.link(source, destination)
    except OSError:
        shutil.copyfile(source, destination)


def _write_journal(state: Path, journal: _Journal) -> _Journal:
    data = {
        "renames": journal.renames,
        "removals": journal.removals,
        "manifest": dict(journal.manifest),
    }
    draft = state / (_JOURNAL + ".draft")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(data, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(state / _JOURNAL)  # from here on the change is decided
    return journal


def _carry_out(output: Path, journal: _Journal) -> None:
    state = output / STATE
    for name in journal.removals:
        place = output / name
        place.unlink(missing_ok=True)
        _prune(output, place.parent)
    for name, path in journal.renames:
        draft, place = state / _STAGED / name, output / path
        if draft.exists():  # it is gone where an earlier run came this far
            place.parent.mkdir(parents=True, exist_ok=True)
            draft.replace(place)
    manifest = state / (_MANIFEST + ".draft")
    text = json.dumps(dict(sorted(journal.manifest.items())), indent=0)
    manifest.write_text(text, encoding="utf-8")
    manifest.replace(state / _MANIFEST)
    (state / _JOURNAL).unlink(missing_ok=True)
    _drop_staged(state)


def _prune(output: Path, folder: Path) -> None:
    """Remove folders that have become empty."""
    while folder != output:
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent


def _drop_staged(state: Path) -> None:
    shutil.rmtree(state / _STAGED, ignore_errors=True)


def _read_manifest(state: Path) -> dict[str, str]:
    try:
        data = json.loads((state / _MANIFEST).read_bytes())
        return {str(path): str(digest) for path, digest in data.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def explained(output: Path, error: OSError) -> OutputError:
    """A fault of the disk in the user's words, with what to do about it."""
    reason = (error.strerror or str(error)).lower()
    advice = {
        errno.ENOSPC: "make room on the disk, then build again",
        errno.EDQUOT: "make room on the disk, then build again",
        errno.EROFS: "build into another folder: --output FOLDER",
        errno.EACCES: "make the folder writable, or build into another: --output FOLDER",
        errno.ENOTDIR: "move the file that stands in the way, or build elsewhere: --output FOLDER",
        errno.EISDIR: "move the folder that stands in the way, or build elsewhere: --output FOLDER",
    }.get(error.errno or 0, "build into another folder: --output FOLDER")
    return OutputError(Path(error.filename or output), f"cannot be written: {reason}", advice)
