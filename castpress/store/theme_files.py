"""The theme's files as texts: the packaged ones, file by file overridden by the show's own."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from castpress.store.sources import is_inside, outside, read_text

if TYPE_CHECKING:
    from castpress.model.problem import Problem

_SUFFIXES = (".html", ".css", ".js", ".svg", ".xml", ".txt")
_LANGUAGES, _CATALOGUE = "languages", ".json"


def packaged_theme() -> Path:
    """Where the default theme lies: inside the installed package, or beside it in a clone."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def read_theme(show: Path) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """All templates by name, as ``base.html``; the show's own win.

    Those of the theme stay within reach as ``theme/base.html``, to build on.
    """
    texts, problems = _read(packaged_theme())
    own = show / "templates"
    if own.is_dir() and own.resolve() != packaged_theme().resolve():
        mine, problems = _read(own)
        reach = {f"theme/{name}": text for name, text in texts.items() if name.endswith(".html")}
        texts = {**texts, **reach, **mine}
    return texts, problems


def read_catalogues(
    show: Path,
) -> tuple[dict[str, str], dict[str, str], tuple[Problem, ...]]:
    """Catalogues of phrases by language, as JSON texts: the packaged ones, and the show's own."""
    packaged, problems = _read(packaged_theme() / _LANGUAGES, (_CATALOGUE,))
    own: dict[str, str] = {}
    if (show / "templates").resolve() != packaged_theme().resolve():
        own, problems = _read(show / "templates" / _LANGUAGES, (_CATALOGUE,))
    by_tag = ({PurePosixPath(name).stem: text for name, text in t.items()} for t in (packaged, own))
    packaged, own = by_tag
    return packaged, own, problems


def _read(
    folder: Path, suffixes: tuple[str, ...] = _SUFFIXES
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    texts: dict[str, str] = {}
    problems: list[Problem] = []
    root = folder.parent.parent if folder.name == _LANGUAGES else folder.parent
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() not in suffixes or path.name.startswith(".") or path.is_dir():
            continue
        file = PurePosixPath(path.relative_to(root).as_posix())
        if not is_inside(root, file):
            problems.append(outside(file))
            continue
        text, faults = read_text(root, file)
        problems += faults
        if text is not None:
            texts[path.relative_to(folder).as_posix()] = text
    return texts, tuple(problems)
