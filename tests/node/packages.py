"""What tests take from npm: whether it is installed, and what to type where it is not."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent
INSTALLED = FOLDER / "node_modules"
NODE_MAJOR = 18
INSTALL = f"install Node {NODE_MAJOR} or newer with npm (Debian: nodejs npm), then type ./run test"


def wanted() -> dict[str, str]:
    """The version of each package that package.json asks for."""
    packages: dict[str, str] = json.loads((FOLDER / "package.json").read_text("utf-8"))[
        "dependencies"
    ]
    return packages


@functools.cache
def why_not() -> str | None:
    """Why what comes from npm cannot be used here, and what to type; None where it can."""
    node = shutil.which("node")
    if node is None or shutil.which("npm") is None:
        return f"Node is not installed; {INSTALL}"
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    digits = version.stdout.strip().removeprefix("v").partition(".")[0]
    if not digits.isdigit() or int(digits) < NODE_MAJOR:
        return f"Node is older than {NODE_MAJOR}; {INSTALL}"
    done = INSTALLED / "set-up"
    if not done.exists() or done.read_bytes() != (FOLDER / "package-lock.json").read_bytes():
        return "the packages in tests/node/package.json are not installed; type ./run test"
    return None
