"""What all servers have in common: where one is reached, and the processes it is made of."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ACCESS_KEY = "testkey"
SECRET_KEY = "testsecret"
REGION = "us-east-1"

# Whatever could lead boto3 to an account of the person who runs the tests.
ACCOUNT_SETTINGS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_PROFILE",
    "AWS_DEFAULT_PROFILE",
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_S3",
    "AWS_ROLE_ARN",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
)
NO_ACCOUNT = {
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers: plain HTTP, or HTTPS where there is a certificate to trust."""

    name: str
    endpoint: str
    access_key: str = ACCESS_KEY
    secret_key: str = SECRET_KEY
    certificate: Path | None = None

    @property
    def environment(self) -> dict[str, str]:
        """What leads boto3 to this server and to no other."""
        trust = {"AWS_CA_BUNDLE": str(self.certificate)} if self.certificate else {}
        return (
            NO_ACCOUNT
            | trust
            | {
                "AWS_ACCESS_KEY_ID": self.access_key,
                "AWS_SECRET_ACCESS_KEY": self.secret_key,
                "AWS_DEFAULT_REGION": REGION,
                "AWS_ENDPOINT_URL_S3": self.endpoint,
            }
        )


class StartError(Exception):
    """A server did not come up; the text ends with the last lines of its log."""


@dataclass
class Processes:
    """The processes of one server, each in a group of its own, with logs in one folder."""

    logs: Path
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def begin(self, name: str, *command: str | Path) -> subprocess.Popen[bytes]:
        """Start a process that stays."""
        with self._log(name).open("ab") as log:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=plain_environment(),
                start_new_session=True,
            )
        self._running.append(process)
        return process

    def call(self, name: str, *command: str | Path, seconds: float = 60) -> None:
        """Run a process to its end.

        Raises:
            StartError: it fails or takes too long.
        """
        process = self.begin(name, *command)
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired as error:
            raise StartError(f"{name} takes {seconds:.0f} s; {self.tail(name)}") from error
        self._running.remove(process)
        if code:
            raise StartError(f"{name} ended with {code}; {self.tail(name)}")

    def wait_for(self, name: str, port: int, seconds: float = 60) -> None:
        """Return when somebody listens on a port of this computer.

        Raises:
            StartError: a process ended before, or it takes too long.
        """
        end = time.monotonic() + seconds
        while not is_open(port):
            if any(process.poll() is not None for process in self._running):
                raise StartError(f"{name} ended; {self.tail(name)}")
            if time.monotonic() > end:
                raise StartError(f"{name} does not answer; {self.tail(name)}")
            time.sleep(0.02)

    def stop(self, patience: float = 20.0) -> None:
        """End all, the last one first, each before the next; without patience none is asked."""
        running, self._running = self._running[::-1], []
        for process in running:
            # One that has ended has no group any more, and its number may be somebody else's.
            if process.poll() is None and patience:
                process.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(patience)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def tail(self, name: str) -> str:
        """The end of a log, and where all of it is."""
        text = self._log(name).read_text("utf-8", "replace")[-600:].strip()
        return f"the end of {self._log(name)}: {text}"

    def _log(self, name: str) -> Path:
        return self.logs / f"{name}.log"


def free_ports(count: int) -> tuple[int, ...]:
    """Ports of this computer that nobody listens on at this moment, each another one.

    Those that systems hand out by themselves (from 32768 on Linux) are left out: a connection that
    is made before the server listens could get the very port.
    """
    found: list[int] = []
    while len(found) < count:
        port = random.randrange(20_000, 32_000)
        if port not in found and _can_listen(port):
            found.append(port)
    return tuple(found)


def _can_listen(port: int) -> bool:
    try:
        socket.create_server(("127.0.0.1", port)).close()
    except OSError:
        return False
    return True


def is_open(port: int) -> bool:
    """Whether somebody listens on a port of this computer."""
    with socket.socket() as asking:
        return asking.connect_ex(("127.0.0.1", port)) == 0


def plain_environment() -> dict[str, str]:
    """The environment of a server: nothing of anybody's account is in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    return kept | NO_ACCOUNT


def program(name: str) -> Path | None:
    """A program beside this Python or on the search path."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if os.access(beside, os.X_OK) else shutil.which(name)
    return Path(found) if found else None
