"""What all tests share: golden files, S3 servers, and hypothesis that ignores slow machines.

And what would be done hundreds of times: templates are compiled once, Python's own files too.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

from castpress.render import theme
from tests.tiny_show import drawn_cache

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from types import CodeType

# Else each run rewrites the same asserts, and each castpress that is started compiles itself anew.
# pytest reads this before it starts its workers, so that it holds for them too.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

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


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once() -> Iterator[None]:
    """That takes longer than the rest of a small build, and depends on the text and name alone."""
    environment = theme._Environment
    compile_anew = environment.compile
    known: dict[tuple[Any, ...], CodeType] = {}

    def compile_once(self: Any, *words: Any, **options: Any) -> CodeType:
        key = (*words, *sorted(options.items()))
        if key not in known:
            known[key] = compile_anew(self, *words, **options)
        return known[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(environment, "compile", compile_once)
        yield


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cache of a tiny show whose pictures were drawn; one for all workers of the run."""
    base = tmp_path_factory.getbasetemp()
    return drawn_cache(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


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
