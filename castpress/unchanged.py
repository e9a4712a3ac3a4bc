"""Whether a build has anything to do, found out before anything heavy is imported.

Importing castpress costs ten times what looking at every file of a show of a thousand episodes
does. So the last build leaves a record of all that it read and wrote, as the disk described it; as
long as the disk says the same, and no episode has become due, the same build again would change
nothing, and what it said is said again. Only os, sys, time, marshal and
zlib are imported here.
"""

from __future__ import annotations

import marshal
import os
import sys
import time
from zlib import crc32

TYPE_CHECKING = False  # typing is not imported for it
if TYPE_CHECKING:
    from typing import TextIO

# Raise it when the record has another form.
VERSION = 2
FOLDER = (".cache", "castpress")
NAME = "unchanged"
# What changes the words of a build, or what it does.
ENVIRONMENT = (
    "CASTPRESS_COMMAND",
    "SOURCE_DATE_EPOCH",
    "NO_COLOR",
    "FORCE_COLOR",
    "PYTHONPATH",
    "LC_ALL",
    "LANG",
)


def circumstances(words: list[str]) -> tuple[object, ...]:
    """All but files that a build depends on: the command, where and by whom it is run."""
    return (
        VERSION,
        sys.version,
        sys.prefix,
        tuple(words),
        os.getcwd(),  # noqa: PTH109 - pathlib is not imported for this
        sys.stdout is not None and sys.stdout.isatty(),
        sys.stderr is not None and sys.stderr.isatty(),
        tuple(os.environ.get(name) for name in ENVIRONMENT),
    )


def read_stamp(path: str) -> tuple[int, int, int, int]:
    """What must be the same of a file that is the same: size, times in ns, inode.

    Raises:
        OSError: there is none.
    """
    stat = os.stat(path)  # noqa: PTH116 - pathlib is not imported for this
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def is_unchanged(words: list[str]) -> bool:
    """Whether this command is a build with nothing to do; if so, its words have been said.

    Whatever is not as it should be means no: then the build itself finds out.
    """
    if not words or words[0] != "build":
        return False
    path = os.path.join(_show(words), *FOLDER, NAME)  # noqa: PTH118 - no pathlib
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - no pathlib
            data = file.read()
        if data[:4] != checksum(data[4:]):
            return False
        record = marshal.loads(data[4:])  # noqa: S302 - it is whole, and it runs nothing
        known, began, expires, read, missing, root, written, journal, said = record
        if known != circumstances(words) or not began <= time.time_ns() < expires:
            return False
        for name, stamp in read:
            if read_stamp(name) != stamp:
                return False
        for name in (*missing, journal):
            if os.path.exists(name):  # noqa: PTH110 - no pathlib
                return False
        for name, size, mtime_ns in written:
            stat = os.stat(root + name)  # noqa: PTH116 - no pathlib
            if stat.st_mtime_ns != mtime_ns or stat.st_size != size:
                return False
        out, err = said
        _say(sys.stdout, out)
        _say(sys.stderr, err)
    except (OSError, ValueError, EOFError, TypeError):
        return False
    return True


def checksum(data: bytes) -> bytes:
    """What stands before a record, so that a damaged one is not believed."""
    return crc32(data).to_bytes(4, "big")


def _show(words: list[str]) -> str:
    """The show's folder as the command line names it."""
    for word, following in zip(words, (*words[1:], ""), strict=True):
        if word == "--show":
            return following
        if word.startswith("--show="):
            return word.partition("=")[2]
    return ""


def _say(stream: TextIO | None, text: str) -> None:
    if not text or stream is None:
        return
    if hasattr(stream, "reconfigure"):  # else it is one in memory
        stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        # Whoever read our output has gone; silence keeps the interpreter from saying so again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
