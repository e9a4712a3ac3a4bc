"""Runs castpress in a process of its own and kills it before its n-th file operation."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from castpress.cli import main

if TYPE_CHECKING:
    from collections.abc import Sequence

# Python tells of these before it does them.
_AUDITED = frozenset(
    f"os.{name}"
    for name in (
        "chmod",
        "link",
        "mkdir",
        "remove",
        "rename",
        "rmdir",
        "symlink",
        "truncate",
        "utime",
    )
) | {"fcntl.flock"}
# Of these it does not, but of any call of a built-in function it does.
_CALLED = frozenset({"write", "fsync", "sendfile", "copy_file_range", "truncate"})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class _Counter:
    """Counts what is done to files, and ends the process when the count is reached."""

    def __init__(self, last: int) -> None:
        self.left = last

    def step(self) -> None:
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1

    def audit(self, event: str, words: tuple[object, ...]) -> None:
        is_writing = event == "open" and isinstance(words[2], int) and words[2] & _WRITING
        if is_writing or event in _AUDITED:
            self.step()

    def profile(self, frame: object, event: str, function: object) -> None:
        del frame
        if event == "c_call" and getattr(function, "__name__", "") in _CALLED:
            self.step()


def operations_of(words: Sequence[str], folder: Path) -> int:
    """How many file operations the command has when nobody kills it."""
    heard, said = os.pipe()
    code = run_until(-1, words, folder, tell=said)
    os.close(said)
    with os.fdopen(heard) as line:
        count = line.read()
    if code != 0:
        raise AssertionError(f"{words} ended with {code}")
    return int(count)


def run_until(step: int, words: Sequence[str], folder: Path, tell: int | None = None) -> int | None:
    """The exit code of the command, None where it was killed before that many operations.

    ``tell`` is a pipe that hears how many there were.
    """
    child = os.fork()
    if child == 0:
        code = 70
        counter = _Counter(step)
        try:
            os.chdir(folder)
            with Path(os.devnull).open("w") as nowhere:
                os.dup2(nowhere.fileno(), 1)
                os.dup2(nowhere.fileno(), 2)
            sys.addaudithook(counter.audit)
            sys.setprofile(counter.profile)
            code = main(list(words))
        finally:
            sys.setprofile(None)
            if tell is not None:
                os.write(tell, str(step - counter.left).encode())
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)
