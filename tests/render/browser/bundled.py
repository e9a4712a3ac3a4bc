"""The bundled show as a build writes it; its pages by kind, so that new ones join by themselves."""

from __future__ import annotations

import fcntl
import re
import shutil
from pathlib import Path, PurePosixPath

from castpress.cli import main

NOW = "2026-11-21T12:00:00+00:00"
SOURCES = ("episodes", "show_notes", "artwork", "pages", "show.yaml", "show.lock")
FIRST_ELEMENT = re.compile(rb'<main[^>]*>\s*<\w+ class="([^"]*)"')


def built(folder: Path) -> dict[str, bytes]:
    """What the bundled show's output holds; built once into ``folder`` for all who ask there."""
    root = folder / "bundled-show"
    with (folder / "bundled-show.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / "done").exists():
            _build(root)
            (root / "done").touch()
    public = root / "public"
    return {
        path.relative_to(public).as_posix(): path.read_bytes()
        for path in sorted(public.rglob("*"))
        if path.is_file() and ".castpress" not in path.parts
    }


def _build(root: Path) -> None:
    root.mkdir(exist_ok=True)
    for name in SOURCES:
        source = Path(__file__).parents[3] / name
        if source.is_dir():
            shutil.copytree(source, root / name)
        elif source.exists():
            shutil.copyfile(source, root / name)
    code = main(["build", "--show", str(root), "--now", NOW])
    assert code == 0, "the bundled show does not build"


def addresses(files: dict[str, bytes]) -> list[str]:
    """The address of every page, but not of pages that only lead to another."""
    return [
        path.removesuffix("index.html")
        for path, content in files.items()
        if path.endswith(".html") and b'http-equiv="refresh"' not in content
    ]


def by_kind(files: dict[str, bytes]) -> dict[str, str]:
    """The largest page of each kind, by a word for the kind: ``episodes/* episode``."""
    found: dict[str, str] = {}
    for address in sorted(addresses(files), key=lambda a: len(_page(files, a))):
        parts = PurePosixPath(address).parts
        place = "/".join([*parts[:1], *("*" for _ in parts[1:])]) or "home"
        element = FIRST_ELEMENT.search(_page(files, address))
        found[f"{place} {element[1].decode() if element else ''}".strip()] = address
    return dict(sorted(found.items()))


def _page(files: dict[str, bytes], address: str) -> bytes:
    return files[address + "index.html" * (not address or address.endswith("/"))]
