from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tiny_show import copy_tiny

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def show(tmp_path: Path, drawn: Path) -> Path:
    """A copy of the tiny show, to do with as one likes."""
    return copy_tiny(tmp_path / "show", drawn)
