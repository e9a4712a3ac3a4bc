"""One measured run: a command in, seconds and memory out."""

# ruff: noqa: S603, TID251 - the commands are this folder's own
from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LAUNCH = Path(__file__).resolve().parent / "launch.py"


class FailedRunError(Exception):
    """A measured command did not do what it should; its time does not count."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took: seconds on the wall, seconds of processor, peak of resident memory.

    Processor seconds include the processes that it started and waited for; the peak is that of the
    largest single one of them.
    """

    wall: float
    cpu: float
    peak_bytes: int


def run(words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Run:
    """Run a command in a folder, with these variables set on top of a clean environment.

    Raises:
        FailedRunError: it did not end with exit code 0.
    """
    # Whatever earlier runs have left to be written to the disk must not be charged to this one.
    os.sync()
    ended = subprocess.run(
        [sys.executable, "-I", "-S", str(LAUNCH), *words],
        cwd=folder,
        env={**_clean_environment(), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if ended.returncode:
        raise FailedRunError(f"{words[0]} could not be started: {_last_line(ended.stderr)}")
    found = json.loads(ended.stdout)
    if found["code"]:
        raise FailedRunError(f"exit code {found['code']}: {_last_line(ended.stderr)}")
    return Run(found["wall"], found["cpu"], found["peak_bytes"])


def _clean_environment() -> dict[str, str]:
    """The variables of the user without those that change how the measured programs work."""
    prefixes = ("PYTHON", "HUGO", "CASTPRESS", "SOURCE_DATE_EPOCH")
    return {name: value for name, value in os.environ.items() if not name.startswith(prefixes)}


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "it said nothing"
