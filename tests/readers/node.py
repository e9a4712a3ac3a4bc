"""Two parsers from npm (tests/node): what they make of feeds."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parent
IN_NODE = {"podcast-partytime": "partytime", "rss-parser": "rss-parser"}
"""The parsers by their names, and what read.mjs calls them."""


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
