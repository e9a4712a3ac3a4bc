from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from castpress.cli import main
from tests.commands.bad_input import BAD_INPUT
from tests.tiny_show import copy_tiny

if TYPE_CHECKING:
    from collections.abc import Callable

RECORDED = Path("tests/shows/bad")
NOW = "2026-11-21T12:00:00+00:00"


def digest_of(root: Path) -> dict[str, str]:
    """The sources as they are, so that nothing can be lost unseen."""
    skip = {".cache", "public"}
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and not skip & set(path.relative_to(root).parts)
    }


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, drawn: Path) -> Path:
    """The show as its last build left it, but for the output."""
    root = copy_tiny(tmp_path_factory.mktemp("bad-input") / "show", drawn)
    assert main(["build", "--show", str(root), "--now", NOW, "-q"]) == 0
    shutil.rmtree(root / "public")
    return root


@pytest.fixture
def show(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "show")


@pytest.mark.parametrize("name", sorted(BAD_INPUT))
def test_bad_input_is_said_with_place_and_help_and_nothing_is_lost(
    name: str,
    show: Path,
    capsys: pytest.CaptureFixture[str],
    golden: Callable[[Path, bytes | str], None],
) -> None:
    BAD_INPUT[name](show)
    before = digest_of(show)

    code = main(["build", "--show", str(show), "--now", NOW])

    said = capsys.readouterr().err
    assert "Traceback" not in said
    after = digest_of(show)
    if code == 0:
        before.pop("show.lock")
        after.pop("show.lock")
    else:
        assert not (show / "public").exists()
    assert after == before
    golden(RECORDED / f"{name}.txt", f"exit code {code}\n\n{said.replace(str(show), 'SHOW')}")


def test_every_recorded_answer_has_its_case() -> None:
    assert {path.stem for path in RECORDED.glob("*.txt")} == set(BAD_INPUT)
