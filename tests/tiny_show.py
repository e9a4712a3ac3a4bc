"""Copies of the tiny show, which most tests of commands work on."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

from castpress.cli import main

TINY = Path(__file__).parent / "shows/tiny"
NOW = "2026-11-21T12:00:00+00:00"
CACHE = Path(".cache/castpress")
# What depends on pictures, words on cards and templates alone, and takes most of a first build.
DRAWN = ("artwork", "cards", "embedded", "icons", "image_facts", "palette", "templates")


def copy_tiny(root: Path, drawn: Path | None = None) -> Path:
    """The sources of the tiny show, as nobody has built it.

    With ``drawn``, the cache of another copy, its pictures are not drawn and its templates not
    compiled once more; they are found, if they are still the right ones.
    """
    ignored = shutil.ignore_patterns("expected", "show.lock", ".cache", "public")
    shutil.copytree(TINY, root, ignore=ignored)
    if drawn is not None:
        shutil.copytree(drawn, root / CACHE)
    return root


def drawn_cache(folder: Path) -> Path:
    """The drawn part of a tiny show's cache; made once in ``folder`` for all who ask there."""
    drawn = folder / "drawn"
    with (folder / "drawn.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not drawn.exists():
            root = copy_tiny(folder / "tiny")
            if main(["build", "--show", str(root), "--now", NOW, "-q"]):
                raise AssertionError("the tiny show does not build")
            for path in (root / CACHE).iterdir():
                if path.name not in DRAWN:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()
            (root / CACHE).rename(drawn)
    return drawn
