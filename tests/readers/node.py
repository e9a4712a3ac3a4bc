"""Two parsers from npm: whether they can be asked, and what they make of feeds."""

from __future__ import annotations

import fcntl
import functools
import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent
NODE_MAJOR = 18
IN_NODE = {"podcast-partytime": "partytime", "rss-parser": "rss-parser"}
"""The parsers by their names, and what read.mjs calls them."""

INSTALL = f"install Node {NODE_MAJOR} or newer with npm (Debian: nodejs npm), then type ./run test"


@functools.cache
def why_not() -> str | None:
    """Why Node's parsers cannot be asked here, and what to type; None where they can."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return f"Node is not installed; {INSTALL}"
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    digits = version.stdout.strip().removeprefix("v").partition(".")[0]
    if not digits.isdigit() or int(digits) < NODE_MAJOR:
        return f"Node is older than {NODE_MAJOR}; {INSTALL}"
    installed = FOLDER / "node_modules/set-up"
    lock = FOLDER / "package-lock.json"
    if not installed.exists() or installed.read_bytes() != lock.read_bytes():
        return "the packages in tests/readers/package.json are not installed; type ./run test"
    return None


def by_node(feeds: Mapping[str, bytes], folder: Path) -> dict[str, dict[str, Any]]:
    """What each parser made of each feed, by the parser's and the feed's name.

    One process reads all; its answer is kept in ``folder`` for the other workers of the run.
    """
    asked = json.dumps({name: content.decode() for name, content in feeds.items()}).encode()
    kept = folder / f"node-{hashlib.sha256(asked).hexdigest()[:16]}.json"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            kept.write_bytes(_ask(asked))
    answer = json.loads(kept.read_bytes())
    return {parser: answer[word] for parser, word in IN_NODE.items()}


def _ask(asked: bytes) -> bytes:
    environment = {name: value for name, value in os.environ.items() if name != "NODE_OPTIONS"}
    done = subprocess.run(
        ["node", "read.mjs"],
        input=asked,
        cwd=FOLDER,
        env=environment,
        capture_output=True,
        check=False,
        timeout=120,
    )
    if done.returncode:
        raise ValueError(done.stderr.decode())
    return done.stdout
