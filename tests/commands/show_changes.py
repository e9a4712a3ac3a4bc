"""What the tests of the commands share: the tiny show, built and locked, and a way to type."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

from castpress.cli import main

NOW = "2026-11-21T12:00:00+00:00"


def run(root: Path, *words: str) -> int:
    """Run a command in the show's folder."""
    return main([words[0], "--show", str(root), *words[1:]])


def build(root: Path) -> None:
    """Build, and expect it to work."""
    assert main(["build", "--show", str(root), "--now", NOW, "-q"]) == 0


def publish(root: Path) -> None:
    """Build, upload by other means, lock."""
    build(root)
    assert main(["lock", "--show", str(root), "--now", NOW, "-q"]) == 0


def sources(root: Path) -> dict[str, str]:
    """The digest of each file but the cache's: what a dry run must not change."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".cache" not in path.parts
    }


def entry(root: Path, stem: str) -> dict[str, object]:
    """What show.lock says of an episode."""
    data = json.loads((root / "show.lock").read_bytes())
    return next(row for row in data["episodes"] if row["stem"] == stem)


def items(root: Path, feed: str = "feed.xml") -> dict[str, str]:
    """The address of the audio of each item of a feed, by guid."""
    text = (root / "public" / feed).read_text("utf-8")
    found = re.findall(r'<item>.*?<guid[^>]*>(.*?)</guid>.*?<enclosure url="(.*?)"', text, re.S)
    return dict(found)


def edit(path: Path, old: str, new: str) -> None:
    """Change a text, which must be there."""
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")
