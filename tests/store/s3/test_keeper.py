"""The servers of the tests end with the tests, whatever ends those."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from tests.servers import keeper
from tests.servers.fixtures import client, on
from tests.servers.server import Server, is_open

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TESTS = """
import fcntl, pathlib, sys, time
from tests.servers import keeper
folder = pathlib.Path(sys.argv[1])
lock = (folder / "run.lock").open("w")
fcntl.flock(lock, fcntl.LOCK_SH)
keeper.begin("moto", folder / "moto", folder / "run.lock")
print(keeper.wait(folder / "moto")["moto"].endpoint, flush=True)
time.sleep(600)
"""


def port_of(endpoint: str) -> int:
    return urlsplit(endpoint).port or 0


def soon(is_so: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while not is_so() and time.monotonic() < end:
        time.sleep(0.02)
    return is_so()


def test_a_server_ends_when_the_tests_are_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TESTS, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as tests:
        assert tests.stdout is not None
        port = port_of(tests.stdout.readline().strip())
        assert is_open(port)
        tests.kill()

    assert soon(lambda: not (tmp_path / "moto").exists())
    assert not is_open(port)


@on("rclone")
def test_a_server_is_started_and_stopped_by_hand(s3_server: Server, tmp_path: Path) -> None:
    del s3_server
    folder = tmp_path / "server"

    def do(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tests.servers", *words]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    started = do("start", "rclone", str(folder))
    settings = dict(line.split(" ", 1)[1].split("=", 1) for line in started.stdout.splitlines())
    endpoint = shlex.split(settings["AWS_ENDPOINT_URL_S3"])[0]
    keys = (settings["AWS_ACCESS_KEY_ID"], settings["AWS_SECRET_ACCESS_KEY"])
    client(Server("by hand", endpoint, *keys)).create_bucket(Bucket="kept")

    assert do("start", "rclone", str(folder)).stderr == f"a server runs in {folder} already\n"
    assert do("stop", str(folder)).returncode == 0
    assert not is_open(port_of(endpoint))
    assert (folder / "buckets/kept").is_dir()
    assert do("stop", str(folder)).stderr == f"nothing runs in {folder}\n"


@pytest.mark.parametrize("kind", sorted(keeper.KINDS))
def test_a_missing_server_is_one_line(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", os.fspath(tmp_path))

    missing = keeper.KINDS[kind].why_not()

    assert missing is not None
    assert "missing" in missing
    assert "\n" not in missing
