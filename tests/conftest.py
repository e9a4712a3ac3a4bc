"""What all tests share: golden files, S3 servers, and hypothesis that ignores slow machines."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

settings.register_profile(
    "castpress",
    deadline=None,
    max_examples=400 if os.environ.get("CASTPRESS_LONG") else 50,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("castpress")

pytest_plugins = ("tests.servers.fixtures", "tests.node.fixtures")

Golden = "Callable[[Path, bytes | str], None]"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--accept", action="store_true", help="write the golden files anew; git shows the diff"
    )


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each thing that this machine lacks, however many tests need it."""
    skipped = terminalreporter.stats.get("skipped", [])
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"skipped {count} tests: {reason}")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, bytes | str], None]:
    """Compare with a recorded file; ``--accept`` records it."""

    def compare(path: Path, actual: bytes | str) -> None:
        content = actual.encode("utf-8") if isinstance(actual, str) else actual
        if request.config.getoption("--accept"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        recorded = path.read_bytes() if path.exists() else None
        if recorded is not None and b"\0" not in content:
            assert content.decode("utf-8", "replace") == recorded.decode("utf-8", "replace"), (
                f"{path} differs: look, then ./run accept"
            )
        assert content == recorded, f"{path} differs: look, then ./run accept"

    return compare
