"""The output folder: changed as a whole or not at all, and only where it is ours.

Changed files are staged beside their places, a journal says what is to happen, then names are
changed. A run that is stopped before the journal is complete has changed nothing; one that is
stopped later is finished by the next run.
"""

from __future__ import annotations

import contextlib
import errno
import json
import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # Windows: two builds at once are the user's to avoid
    fcntl = None  # type: ignore[assignment]

from castpress.model.artifact import output_file
from castpress.store.cache import link_or_copy
from castpress.store.manifest import (
    STATE,
    Placed,
    hold_inside,
    placed,
    placed_of,
    read_manifest,
    rows_of,
    write_manifest,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from castpress.model.artifact import Artifact, OutputFile

_LONGEST_NAME = 255
JOURNAL, _STAGED, _LOCK = "journal.json", "staged", "lock"


class OutputError(Exception):
    """The output could not be written; ``reason`` says how it was left, ``help`` what to do."""

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
    """What is still to be done: staged file to its place, and places to clear.

    ``placed`` are the rows of the manifest that will be others.
    """

    renames: tuple[tuple[str, str], ...]
    removals: tuple[str, ...]
    placed: Mapping[str, Placed]


def write_artifacts(
    output: Path,
    artifacts: Sequence[Artifact],
    unchanged: Sequence[OutputFile] = (),
    damaged: Container[str] = (),
) -> Written:
    """Make the output hold these artifacts, and those of its files that are known to be right.

    ``unchanged`` are files of the manifest that were found intact; ``damaged`` are not, though they
    look as if they were. Files that were put there by hand stay.

    Raises:
        OutputError: the disk is full, the folder read-only, in use or somebody else's.
    """
    state = output / STATE
    try:
        output.mkdir(parents=True, exist_ok=True)
        if not state.exists():
            _refuse_occupied(output)
        state.mkdir(exist_ok=True)
        with _only_builder(output):
            finish_interrupted(output)
            return _write(output, artifacts, unchanged, damaged)
    except OSError as error:
        if is_unfinished(output):
            raise explained(output, error, "the next build finishes the change") from error
        with contextlib.suppress(OSError):
            _drop_staged(state)
        raise explained(output, error, "nothing was changed") from error


def _write(
    output: Path,
    artifacts: Sequence[Artifact],
    unchanged: Sequence[OutputFile],
    damaged: Container[str],
) -> Written:
    known = read_manifest(output)
    if any(file.path not in known or not known[file.path].is_of(file) for file in unchanged):
        reason = "was changed by another build just now; nothing was changed"
        raise OutputError(output, reason, "build again")
    listed = {artifact.path: output_file(artifact) for artifact in artifacts}
    kept = {file.path: known[file.path] for file in unchanged}
    if len(listed) + len(kept) != len(artifacts) + len(unchanged) or listed.keys() & kept.keys():
        paths = [artifact.path for artifact in artifacts] + [file.path for file in unchanged]
        twice = Counter(paths).most_common(1)[0][0]
        raise ValueError(f"two artifacts have the path {twice}")
    changed = []
    for artifact in artifacts:
        before = None if artifact.path in damaged else known.get(artifact.path)
        there = _found(output, artifact, listed[artifact.path], before)
        if there is None:
            changed.append(artifact)
        else:
            kept[artifact.path] = there
    removals = tuple(sorted(known.keys() - listed.keys() - kept.keys()))
    _refuse_foreign(output, changed, known)
    if not changed and not removals and kept == known:
        return Written((), len(kept), ())
    renames, new = _stage(output / STATE, changed, listed)
    touched = {path: row for path, row in kept.items() if known.get(path) != row}
    journal = _Journal(renames, removals, touched | new)
    _write_journal(output / STATE, journal)
    _carry_out(output, journal)
    return Written(tuple(artifact.path for artifact in changed), len(kept), removals)


@contextlib.contextmanager
def _only_builder(output: Path) -> Iterator[None]:
    """Hold the output against a second build at the same time; a build that dies lets go.

    Raises:
        OutputError: another build is at it.
    """
    with (output / STATE / _LOCK).open("a") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                reason = "is being written by another build; nothing was changed"
                raise OutputError(output, reason, "wait for it, then build again") from error
        yield


def settle(output: Path) -> None:
    """Finish what a stopped build has left, so that the output can be looked at.

    Raises:
        OutputError: the folder cannot be written, or another build is at it.
    """
    if is_unfinished(output):
        try:
            with _only_builder(output):
                finish_interrupted(output)
        except OSError as error:
            outcome = "the next build finishes the change"
            raise explained(output, error, outcome) from error


def finish_interrupted(output: Path) -> bool:
    """Finish what a stopped build had fully staged, drop what it had not; True if it finished.

    Raises:
        OSError: the folder cannot be written.
    """
    state = output / STATE
    try:
        data = json.loads((state / JOURNAL).read_bytes())
        journal = _Journal(
            tuple((str(a), str(b)) for a, b in data["renames"]),
            tuple(str(path) for path in data["removals"]),
            placed_of(data["placed"]),
        )
        hold_inside((*(path for _, path in journal.renames), *journal.removals))
    except (
        FileNotFoundError,
        NotADirectoryError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
    ):
        _drop_staged(state)
        with contextlib.suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
            (state / JOURNAL).unlink()  # one that says nothing, as after a power cut
        return False
    _carry_out(output, journal)
    return True


def is_unfinished(output: Path) -> bool:
    """Whether a build was stopped while it changed this output."""
    try:
        return (output / STATE / JOURNAL).exists()
    except OSError:
        return False


def _found(
    output: Path, artifact: Artifact, listed: OutputFile, known: Placed | None
) -> Placed | None:
    """The artifact as it lies in the output already, None where it has to be written."""
    place = output / artifact.path
    if known is not None and known.is_of(listed) and known.is_intact(output):
        return known
    try:
        stat = place.stat()
        if artifact.kept is not None:
            is_same = place.samefile(artifact.kept.place)
        else:
            is_same = place.read_bytes() == artifact.content
    except OSError:
        return None
    return placed(listed, stat.st_mtime_ns) if is_same else None


def _refuse_occupied(output: Path) -> None:
    """A folder that is in use for something else is never mixed with the output.

    Hidden files and CNAME are let be: a folder that Git publishes has them from the start.
    """
    for path in sorted(output.iterdir()):
        if not path.name.startswith(".") and path.name != "CNAME":
            raise OutputError(
                output,
                f"holds {path.name}, which castpress did not make; nothing was changed",
                "name an empty folder: --output FOLDER",
            )


def _refuse_foreign(output: Path, changed: Iterable[Artifact], known: Mapping[str, Placed]) -> None:
    """What is not ours is neither overwritten nor in the way when names are changed."""
    for artifact in changed:
        path = PurePosixPath(artifact.path)
        if any(len(part.encode()) > _LONGEST_NAME for part in path.parts):
            reason = "has a name that is too long for disks; nothing was changed"
            raise OutputError(output / path, reason, "write a shorter `slug:` or title")
        if artifact.path in known and known[artifact.path].is_intact(output):
            continue
        for above in path.parents:
            if (output / above).is_file() and above.as_posix() not in known:
                raise _in_the_way(output / above)
        place = output / path
        if place.is_dir():
            below = list(_files_below(output, place))
            if not below or any(name not in known for name in below):
                raise _in_the_way(place)
        elif place.is_file() and artifact.path not in known:
            raise _in_the_way(place)


def _in_the_way(place: Path) -> OutputError:
    return OutputError(
        place,
        "was not put there by castpress and would be overwritten; nothing was changed",
        "move it away, or build into another folder: --output FOLDER",
    )


def _files_below(output: Path, folder: Path) -> Iterator[str]:
    return (p.relative_to(output).as_posix() for p in folder.rglob("*") if p.is_file())


def _stage(
    state: Path, changed: Sequence[Artifact], listed: Mapping[str, OutputFile]
) -> tuple[tuple[tuple[str, str], ...], dict[str, Placed]]:
    """Write the changed files aside; where each belongs, and as what it will be listed."""
    staged = state / _STAGED
    staged.mkdir(parents=True, exist_ok=True)
    renames = []
    new = {}
    for number, artifact in enumerate(changed):
        draft = staged / str(number)
        if artifact.kept is not None:
            link_or_copy(Path(artifact.kept.place), draft)
        else:
            draft.write_bytes(artifact.content or b"")
        renames.append((draft.name, artifact.path))
        new[artifact.path] = placed(listed[artifact.path], draft.stat().st_mtime_ns)
    return tuple(renames), new


def _write_journal(state: Path, journal: _Journal) -> None:
    data = {
        "renames": journal.renames,
        "removals": journal.removals,
        "placed": rows_of(journal.placed),
    }
    draft = state / (JOURNAL + ".draft")
    with draft.open("w", encoding="utf-8") as file:
        json.dump(data, file)
    # Nothing is forced to the disk here: that would wait for all that is on its way there, minutes
    # at times. After a power cut files may be short, and the next build makes those anew, because
    # they are not as the manifest says; what goes out is hashed by `publish` on the way.
    draft.replace(state / JOURNAL)  # from here on the change is decided


def _carry_out(output: Path, journal: _Journal) -> None:
    """Do what the journal says; what was done already by a run that was stopped is passed over."""
    state = output / STATE
    in_the_way = _in_way_of([path for _, path in journal.renames], journal.removals)
    _remove(output, in_the_way)
    for name, path in journal.renames:
        draft, place = state / _STAGED / name, output / path
        if draft.exists():  # it is gone where an earlier run came this far
            place.parent.mkdir(parents=True, exist_ok=True)
            draft.replace(place)
    # Last, so that a page that was read a moment ago finds what it names as long as possible.
    _remove(output, [path for path in journal.removals if path not in in_the_way])
    rows = {**read_manifest(output), **journal.placed}
    for path in journal.removals:
        rows.pop(path, None)
    write_manifest(output, rows)
    (state / JOURNAL).unlink(missing_ok=True)
    _drop_staged(state)


def _in_way_of(paths: Sequence[str], removals: Sequence[str]) -> set[str]:
    """Old files where a folder is to be, and old files in a folder where a file is to be."""
    new = set(paths)
    folders = {parent.as_posix() for path in paths for parent in PurePosixPath(path).parents}
    return {
        path
        for path in removals
        if path in folders or any(p.as_posix() in new for p in PurePosixPath(path).parents)
    }


def _remove(output: Path, paths: Iterable[str]) -> None:
    for path in paths:
        place = output / path
        place.unlink(missing_ok=True)
        _prune(output, place.parent)


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


def explained(output: Path, error: OSError, outcome: str) -> OutputError:
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
    return OutputError(
        Path(error.filename or output), f"cannot be written: {reason}; {outcome}", advice
    )
