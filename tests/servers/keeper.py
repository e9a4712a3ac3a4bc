"""A process that keeps one server running for as long as it is wanted, whatever else dies.

For a test run it holds on until nobody holds the run's lock any more: the system takes the lock of
a process that ends, however it ends. A server that was started by hand stays until it is stopped.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import shutil
import signal
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tests.servers import ceph, moto, rclone
from tests.servers.server import Processes, Server, StartError

if TYPE_CHECKING:
    from types import FrameType


class Kind(Protocol):
    """What the module of a server offers."""

    def why_not(self) -> str | None:
        """What is missing, in one line; None where nothing is."""

    def start(self, folder: Path, processes: Processes) -> tuple[Server, ...]:
        """Start it in a folder; the addresses that it answers at."""


KINDS: dict[str, Kind] = {"moto": moto, "rclone": rclone, "ceph": ceph}

_ANSWER = "servers.json"
_FAILURE = "failed.txt"
_KEEPER = "keeper.pid"


def begin(kind: str, folder: Path, while_locked: Path | None = None) -> None:
    """Begin to start a server in a folder and return at once."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in (_ANSWER, _FAILURE):
        (folder / name).unlink(missing_ok=True)
    (folder / "logs").mkdir(exist_ok=True)
    here = Path(__file__).parents[2]
    command = [sys.executable, "-P", "-m", "tests.servers", "keep", kind, str(folder)]
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    os.posix_spawn(
        sys.executable,
        command if while_locked is None else [*command, str(while_locked)],
        os.environ | {"PYTHONPATH": str(here)},
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
            (os.POSIX_SPAWN_OPEN, 1, str(folder / "logs/keeper.log"), flags, 0o644),
            (os.POSIX_SPAWN_DUP2, 1, 2),
        ],
        # Ctrl-C is for the tests; the keeper sees that they have ended.
        setsid=True,
    )


def wait(folder: Path, seconds: float = 90) -> dict[str, Server]:
    """The servers of a folder by name, as soon as they answer.

    Raises:
        StartError: they do not.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (folder / _FAILURE).exists():
            raise StartError((folder / _FAILURE).read_text("utf-8"))
        with contextlib.suppress(FileNotFoundError):
            rows = json.loads((folder / _ANSWER).read_text("utf-8"))
            return {row["name"]: _server(**row) for row in rows}
        time.sleep(0.05)
    raise StartError(f"no answer for {seconds:.0f} s; see {folder / 'logs'}")


def _server(*, certificate: str | None, **texts: str) -> Server:
    return Server(certificate=Path(certificate) if certificate else None, **texts)


def keep(kind: str, folder: Path, while_locked: Path | None = None) -> None:
    """Start a server and stay with it to its end; this is the keeper itself."""
    signal.signal(signal.SIGTERM, _end)
    processes = Processes(folder / "logs")
    with (folder / _KEEPER).open("w+") as keeper, contextlib.ExitStack() as held:
        fcntl.flock(keeper, fcntl.LOCK_EX)
        keeper.write(str(os.getpid()))
        keeper.flush()
        try:
            rows = [asdict(server) for server in _start(kind, folder, processes)]
            _write(folder / _ANSWER, json.dumps(rows, default=str))
            if while_locked is None:
                signal.pause()
            else:
                run = held.enter_context(while_locked.open())
                fcntl.flock(run, fcntl.LOCK_EX)
        except StartError as error:
            _write(folder / _FAILURE, f"{kind}: {error}")
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            # What a test run leaves is thrown away, so its servers need not end in good order.
            processes.stop(patience=0 if while_locked else 20)
            (folder / _ANSWER).unlink(missing_ok=True)
            if while_locked and not (folder / _FAILURE).exists():
                shutil.rmtree(folder, ignore_errors=True)


def stop(folder: Path, seconds: float = 60) -> bool:
    """End what was begun in a folder by hand; whether there was anything."""
    if not is_kept(folder):
        return False
    os.kill(int((folder / _KEEPER).read_text("utf-8")), signal.SIGTERM)
    end = time.monotonic() + seconds
    while is_kept(folder) and time.monotonic() < end:
        time.sleep(0.05)
    return True


def is_kept(folder: Path) -> bool:
    """Whether a keeper is at work in a folder; one that is dead holds no lock."""
    try:
        with (folder / _KEEPER).open() as keeper:
            fcntl.flock(keeper, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _start(kind: str, folder: Path, processes: Processes) -> tuple[Server, ...]:
    try:
        return KINDS[kind].start(folder, processes)
    except StartError:
        # Somebody may have taken a port between the asking and the listening.
        processes.stop(patience=0)
        return KINDS[kind].start(folder, processes)


def _write(path: Path, text: str) -> None:
    aside = path.with_suffix(".new")
    aside.write_text(text, "utf-8")
    aside.replace(path)


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit
