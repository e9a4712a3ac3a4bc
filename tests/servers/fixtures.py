"""Fixtures of tests that need a server: one of each kind for all workers of a test run.

A test names what it wants by ``@on("moto", "ceph")`` and asks for ``s3_server`` or ``bucket``. What
is wanted at all is begun before the first test; tests that need Ceph, which takes longest, are
the last.
"""

from __future__ import annotations

import fcntl
import functools
import os
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.servers import keeper
from tests.servers.server import ACCOUNT_SETTINGS, NO_ACCOUNT, REGION, Server, StartError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SERVERS = {"moto": "moto", "rclone": "rclone", "ceph": "ceph", "ceph-tls": "ceph"}
"""The servers by name, and the kind that has to be started for each."""

REAL = {"ceph", "rclone"}
"""Those that are not in the test environment by themselves."""

_LEFT = pytest.StashKey[int]()


def on(*names: str) -> pytest.MarkDecorator:
    """Run a test once on each of these servers."""
    return pytest.mark.parametrize("s3_server", params(*names), indirect=True)


def params(*names: str) -> list[Any]:
    """Parameters of a fixture of one's own that asks ``servers`` for them."""
    return [pytest.param(name, marks=pytest.mark.server(name)) for name in names]


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "server(name): needs that S3 server (tests/servers)")
    # No test may reach the account of the person who runs it, whatever it forgets.
    for name in ACCOUNT_SETTINGS:
        os.environ.pop(name, None)
    os.environ.update(NO_ACCOUNT)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what takes a real store to ``./run stores``, and all else to ``./run test``."""
    is_wanted = bool(os.environ.get("CASTPRESS_STORES"))
    left = [item for item in items if bool(_kinds(item) & REAL) is not is_wanted]
    if left:
        config.hook.pytest_deselected(items=left)
        config.stash[_LEFT] = len(left)
        items[:] = [item for item in items if bool(_kinds(item) & REAL) is is_wanted]
    items.sort(key=lambda item: "ceph" in _kinds(item))


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Say what was left out, so that nobody takes it for tested."""
    if not os.environ.get("CASTPRESS_STORES"):
        count = config.stash.get(_LEFT, 0)
        some = f"{count} tests" if count else "the tests"
        terminalreporter.write_line(f"not run: {some} on Ceph and rclone; type ./run stores")


@dataclass(frozen=True)
class Servers:
    """The servers of one test run, in a folder that all its workers know."""

    folder: Path

    def begin(self, kind: str) -> None:
        """Start a server, if nobody has, and return at once."""
        with (self.folder / f"{kind}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (self.folder / kind).exists():
                keeper.begin(kind, self.folder / kind, self.folder / "run.lock")

    def get(self, name: str) -> Server:
        """A server that answers; without one the test is skipped, or fails where it is CI."""
        kind = SERVERS[name]
        missing = keeper.KINDS[kind].why_not()
        if missing and os.environ.get("CI"):
            pytest.fail(missing)
        if missing:
            pytest.skip(missing)
        self.begin(kind)
        try:
            return keeper.wait(self.folder / kind)[name]
        except StartError as error:
            pytest.fail(str(error))


@pytest.fixture(scope="session", autouse=True)
def servers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Servers]:
    """The servers of the run; they live as long as one of its workers."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "servers"
    folder.mkdir(exist_ok=True)
    with (folder / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_SH)
        found = Servers(folder)
        for kind in sorted({kind for item in request.session.items for kind in _kinds(item)}):
            if keeper.KINDS[kind].why_not() is None:
                found.begin(kind)
        yield found


@pytest.fixture
def s3_server(
    request: pytest.FixtureRequest, servers: Servers, monkeypatch: pytest.MonkeyPatch
) -> Server:
    """A server that answers, which boto3 finds through the environment; see ``on``."""
    return use(servers.get(request.param), monkeypatch)


def use(server: Server, monkeypatch: pytest.MonkeyPatch) -> Server:
    """Lead boto3 to a server for the rest of a test."""
    for name in (*ACCOUNT_SETTINGS, "AWS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return server


@pytest.fixture
def bucket(s3_server: Server) -> str:
    """The name of a new and empty bucket."""
    return new_bucket(s3_server)


def new_bucket(server: Server) -> str:
    """Make an empty bucket; its name."""
    name = f"test-{uuid.uuid4().hex[:20]}"
    client(server).create_bucket(Bucket=name)
    return name


@functools.cache
def client(server: Server, *, is_default: bool = False) -> Any:
    """A plain boto3 client: what castpress does is looked at by what is not castpress.

    It sends checksums only where they are demanded, as castpress does; ``is_default``: as boto3
    does by itself.
    """
    import boto3
    from botocore.config import Config

    wish = "when_supported" if is_default else "when_required"
    config = Config(
        s3={"addressing_style": "path"},
        retries={"total_max_attempts": 1, "mode": "standard"},
        request_checksum_calculation=wish,
        response_checksum_validation=wish,
    )
    return boto3.client(
        "s3",
        endpoint_url=server.endpoint,
        region_name=REGION,
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
        verify=str(server.certificate) if server.certificate else None,
        config=config,
    )


def _kinds(item: pytest.Item) -> set[str]:
    return {SERVERS[mark.args[0]] for mark in item.iter_markers("server")}
