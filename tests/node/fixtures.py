"""Tests marked ``node`` need packages from npm; where Node is missing, one line says so."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.node.packages import why_not

if TYPE_CHECKING:
    from pathlib import Path


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "node: needs packages from npm (tests/node)")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave them out where they cannot run; where it is CI, they fail instead."""
    asking = [item for item in items if item.get_closest_marker("node")]
    if asking and not os.environ.get("CI") and why_not():
        config.hook.pytest_deselected(items=asking)
        items[:] = [item for item in items if item not in asking]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out, so that nobody takes it for tested."""
    if os.environ.get("CASTPRESS_STORES") or os.environ.get("CI"):
        return
    missing = why_not()
    if missing:
        terminalreporter.write_line(
            f"not run: the tests that read feeds with Node and the judge of pages; {missing}"
        )


@pytest.fixture(scope="session")
def node_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of the run know, for what Node answered."""
    missing = why_not()
    if missing:
        pytest.fail(missing)
    base = tmp_path_factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
