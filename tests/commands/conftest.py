from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A copy of the tiny show, to do with as one likes."""
    root = tmp_path / "show"
    shutil.copytree(
        "tests/shows/tiny",
        root,
        ignore=shutil.ignore_patterns("expected", "show.lock", ".cache", "public"),
    )
    return root
