"""The record by which the next build knows at once that it has nothing to do."""

from __future__ import annotations

import contextlib
import marshal
import os
import sysconfig
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from castpress.model.ledger import LEDGER_FILE
from castpress.store.cache import write_whole
from castpress.store.fingerprints import is_settled
from castpress.store.ledger import read_ledger
from castpress.store.manifest import MANIFEST, STATE, read_manifest
from castpress.store.output import JOURNAL
from castpress.store.sources import SETTINGS_FILE, SOURCE_FOLDERS
from castpress.store.theme_files import packaged_theme
from castpress.unchanged import NAME, checksum, circumstances, read_stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from castpress.model.artifact import OutputFile
    from castpress.model.ledger import Ledger
    from castpress.store.cache import Cache

_FOR_EVER = 2**63 - 1


def record_unchanged(
    cache: Cache,
    show: Path,
    output: Path,
    words: list[str],
    *,
    began_ns: int,
    expires_ns: int | None,
    others: Iterable[Path],
    files: Iterable[OutputFile],
    ledger: Ledger,
    said: tuple[str, str],
) -> None:
    """Leave the record of a build that began then; none where a source may yet change unseen.

    ``words`` are those of the command line, ``others`` what was read outside of the show's own
    folders, ``files`` and ``ledger`` what the build has left, ``said`` what a build with nothing to
    do says to stdout and stderr.
    """
    read = []
    missing = []
    own = str(show / LEDGER_FILE)
    for path in (*_sources(show), *_code(), *map(str, others)):
        try:
            stamp = read_stamp(path)
        except FileNotFoundError:
            missing.append(path)
            continue
        except OSError:
            return
        # The build itself may have written the ledger just now.
        if not is_settled(stamp, began_ns) and (path != own or read_ledger(show)[0] != ledger):
            forget_unchanged(cache)
            return
        read.append((path, stamp))
    root = f"{output}{os.sep}"
    manifest = output / STATE / MANIFEST
    try:
        read.append((str(manifest), read_stamp(str(manifest))))
    except OSError:
        return
    known = read_manifest(output)
    if {path: p.sha256 for path, p in known.items()} != {f.path: f.sha256 for f in files}:
        forget_unchanged(cache)  # another build came right behind this one
        return
    written = [(p.path, p.byte_length, p.mtime_ns) for p in known.values()]
    record: Any = (
        circumstances(words),
        min(began_ns, time.time_ns()),
        _FOR_EVER if expires_ns is None else expires_ns,
        read,
        missing,
        root,
        written,
        str(output / STATE / JOURNAL),
        said,
    )
    with contextlib.suppress(OSError):
        data = marshal.dumps(record)
        write_whole(cache.folder / NAME, checksum(data) + data)


def forget_unchanged(cache: Cache) -> None:
    """Take the record away."""
    with contextlib.suppress(OSError):
        (cache.folder / NAME).unlink(missing_ok=True)


def _sources(show: Path) -> Iterator[str]:
    """Everything in the show's own folders, and the folders, whose times tell of new files."""
    yield str(show / SETTINGS_FILE)
    yield str(show / LEDGER_FILE)
    for name in SOURCE_FOLDERS:
        yield from _tree(show / name)


def _code() -> Iterator[str]:
    """Our own files, the packaged theme, and the folder of the packages beside it."""
    package = Path(__file__).resolve().parent.parent
    yield from _tree(package)
    yield from _tree(packaged_theme())
    yield sysconfig.get_path("purelib")


def _tree(top: Path) -> Iterator[str]:
    """The folder and all below it, as text: of thousands of paths the objects would cost most."""
    yield str(top)
    for folder, folders, files in os.walk(top):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (f"{folder}{os.sep}{name}" for name in (*folders, *files))
