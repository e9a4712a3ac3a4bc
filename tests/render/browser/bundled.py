"""The bundled show as a build writes it; its pages by kind, so that new ones join by themselves."""

from __future__ import annotations

import fcntl
import re
import shutil
from pathlib import Path, PurePosixPath

from castpress.cli import main
from castpress.model.publication.bucket_policy import SITE_FILES, SITE_FOLDERS

NOW = "2026-11-21T12:00:00+00:00"
SOURCES = ("episodes", "show_notes", "artwork", "pages", "show.yaml", "show.lock")
PORTRAIT = re.compile(rb'class="profile">\s*<picture')
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
        page = _page(files, address)
        element = FIRST_ELEMENT.search(page)
        words = [_place(address), *([element[1].decode()] if element else [])]
        words += ["with a photo"] if PORTRAIT.search(page) else []
        found[" ".join(words)] = address
    return dict(sorted(found.items()))


def _place(address: str) -> str:
    """The folder that a page is in; the author's own pages are all alike."""
    first, *others = PurePosixPath(address).parts or ("home",)
    is_ours = others or first in ("home", *SITE_FILES, *SITE_FOLDERS)
    return "/".join([first if is_ours else "own-page", *("*" for _ in others)])


def _page(files: dict[str, bytes], address: str) -> bytes:
    return files[address + "index.html" * (not address or address.endswith("/"))]
