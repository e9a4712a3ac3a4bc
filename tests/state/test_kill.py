"""A build or publication that is killed before any of its file operations leaves a whole state.

With CASTPRESS_LONG=1 before each of them, else before a sample that always has the first and last.
"""

from __future__ import annotations

import os
import random
import shutil
import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from castpress.cli import main
from castpress.commands import exit_codes
from castpress.read.feed import parse_feed
from castpress.store.ledger import read_ledger
from castpress.store.output import is_unfinished
from tests.state.killing import operations_of, run_until
from tests.state.trees import quick_disk, tree
from tests.tiny_show import copy_tiny

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = bool(os.environ.get("CASTPRESS_LONG"))
NOW = "2026-11-21T12:00:00+00:00"
BUILD = ("build", "--now", NOW, "-q")
PUBLISH = ("publish", "--to", "file:site", "--now", NOW, "-q")


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder for thousands of small files."""
    with tempfile.TemporaryDirectory(prefix="castpress-kill-", dir=quick_disk()) as folder:
        yield Path(folder)


@pytest.fixture
def before(place: Path, drawn: Path) -> Path:
    """A show that was built, and edited since: changed, new, gone, renamed."""
    root = copy_tiny(place / "before", drawn)
    # In this process, so that those that are killed find everything imported.
    assert main([*BUILD, "--show", str(root)]) == exit_codes.OK
    edit(root)
    return root


def edit(root: Path) -> None:
    notes, episodes = root / "show_notes", root / "episodes"
    first = notes / "001-first-run.md"
    first.write_text(first.read_text("utf-8").replace("Why do we run?", "Why we run"), "utf-8")
    sound = Path("tests/corpus/audio/mpeg25-mono-8k.mp3").read_bytes()
    (episodes / "004-new.mp3").write_bytes(sound)
    (notes / "004-new.md").write_text("---\npublished: 2026-06-01\n---\n# New\n\nNew words.\n")
    (notes / "course-1.md").unlink()
    (episodes / "course-1.mp3").unlink()
    settings = root / "show.yaml"
    settings.write_text(settings.read_text("utf-8").replace("Small steps", "Long steps"), "utf-8")


def take_back(root: Path) -> None:
    """Undo all edits, as somebody does who sees a build fail."""
    for name in ("show_notes", "episodes"):
        shutil.rmtree(root / name)
        shutil.copytree(Path("tests/shows/tiny") / name, root / name)
    shutil.copyfile("tests/shows/tiny/show.yaml", root / "show.yaml")


def killed_at(before: Path, folder: Path, step: int, words: tuple[str, ...] = BUILD) -> bool:
    """Whether the command was killed at that step; show.lock can be read either way."""
    shutil.copytree(before, folder, symlinks=True)
    code = run_until(step, words, folder)
    assert code in (None, exit_codes.OK)
    _, problems = read_ledger(folder)
    assert problems == ()
    return code is None


def steps(count: int) -> list[int]:
    """All of them, or a sample with both ends."""
    if LONG:
        return list(range(count))
    chosen = random.Random(count).sample(range(count), min(6, count))
    return sorted({0, count - 1, *chosen})


def test_a_build_that_is_killed_anywhere(
    before: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tree(before / "public")
    whole = place / "whole"
    shutil.copytree(before, whole)
    count = operations_of(BUILD, whole)
    new, lock = tree(whole / "public"), (whole / "show.lock").read_bytes()
    assert old != new
    killed = 0
    for step in steps(count):
        folder = place / f"at-{step}"
        killed += killed_at(before, folder, step)
        left = tree(folder / "public")
        assert left in (old, new) or is_unfinished(folder / "public"), step
        if is_unfinished(folder / "public"):
            undone = place / "undone"
            shutil.copytree(folder, undone, symlinks=True)
            take_back(undone)
            assert run_until(-1, BUILD, undone) == exit_codes.OK
            assert tree(undone / "public") == old, step
            shutil.rmtree(undone)
        assert run_until(-1, BUILD, folder) == exit_codes.OK
        assert tree(folder / "public") == new, step
        assert (folder / "show.lock").read_bytes() == lock, step
        shutil.rmtree(folder)
    # A file that was touched within the clock's tick costs an operation more or less.
    assert killed >= len(steps(count)) - (5 if LONG else 2)
    with capsys.disabled():
        print(f"\nbuilds killed: {killed}, at {count} file operations")


def test_a_publication_that_is_killed_anywhere(
    before: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The site is read after each kill: it is what it was, or what it will be, and never half."""
    take_back(before)
    assert main([*PUBLISH, "--show", str(before), "--to", f"file:{before}/site"]) == exit_codes.OK
    edit(before)
    old = (before / "site/feed.xml").read_bytes()
    whole = place / "whole"
    shutil.copytree(before, whole)
    words = (*PUBLISH, "--allow", "vanished-episodes", "--allow", "vanished-feed")
    count = operations_of(words, whole)
    new, site = (whole / "site/feed.xml").read_bytes(), tree(whole / "site")
    lock = (whole / "show.lock").read_bytes()
    assert old != new
    killed = 0
    for step in steps(count):
        folder = place / f"at-{step}"
        killed += killed_at(before, folder, step, words)
        assert (folder / "site/feed.xml").read_bytes() in (old, new), step
        assert_feeds_are_whole(folder / "site")
        assert run_until(-1, words, folder) == exit_codes.OK, step
        assert tree(folder / "site") == site, step
        assert (folder / "show.lock").read_bytes() == lock, step
        shutil.rmtree(folder)
    assert killed >= len(steps(count)) - (5 if LONG else 2)
    with capsys.disabled():
        print(f"\npublications killed: {killed}, at {count} file operations")


def assert_feeds_are_whole(site: Path) -> None:
    """Every feed parses, and every audio file it names is there at the length it says."""
    for feed in site.rglob("feed.xml"):
        listed, _ = parse_feed(feed.read_bytes(), PurePosixPath("feed.xml"))
        assert listed is not None
        for item in listed.items:
            path = site / item.enclosure_url.removeprefix("https://tiny.example/runs/")
            assert path.stat().st_size == item.byte_length
