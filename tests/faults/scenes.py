"""The publications that are struck: a first one, an edited note, and one that takes things away."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from castpress.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.faults.publisher import Order, Verdict
    from tests.faults.store import Held, Store

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = datetime(2031, 6, 1, tzinfo=UTC)
BASE_URL = "https://tiny.example/runs/"
PREFIX = "pod/"
COURSES = ("courses/first-steps/feed.xml",)
SHOW = Path(__file__).resolve().parents[1] / "shows/tiny"
NOT_COPIED = ("expected", "show.lock", ".cache", "public")

_LARGE = "episodes/001-first-run.mp3"


@dataclass(frozen=True, slots=True)
class Scene:
    """A publication that waits to be made: the show, what is in the bucket, and what comes of it.

    ``after`` is what lies there in the end, and ``lock`` the show.lock.
    """

    name: str
    root: Path
    now: datetime
    before: Mapping[str, Held]
    after: Mapping[str, Held] = field(default_factory=dict)
    lock: bytes = b""
    allowed: tuple[str, ...] = ()


def nothing(_: Path) -> None:
    """The show as it is."""


def edit_note(
    root: Path, title: str = "What makes us run?", before: str = "Why do we run?"
) -> None:
    """One note gets another title."""
    note = root / "show_notes/001-first-run.md"
    text = note.read_text("utf-8")
    note.write_text(text.replace(f"# {before}", f"# {title}"), "utf-8")


def take_away(root: Path) -> None:
    """A course goes, an episode that waited goes with its staged audio, one is cut again."""
    for stem, ending in (("course-1", "mp3"), ("003-later", "mp3")):
        (root / f"show_notes/{stem}.md").unlink()
        (root / f"episodes/{stem}.{ending}").unlink()
    large = root / _LARGE
    cut = root.parent / "cut.mp3"
    content = bytearray(large.read_bytes())
    content[-40:-20] = bytes(20)  # inside of the last frame
    cut.write_bytes(content)
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
        code = main(["replace", "--show", str(root), "001-first-run", str(cut)])
    cut.unlink()
    if code:
        raise AssertionError(f"castpress replace ended with {code}: {said.getvalue()}")


@dataclass(frozen=True, slots=True)
class _Plot:
    change: Callable[[Path], None]
    now: datetime = NOW
    allowed: tuple[str, ...] = ()


PLOTS = {
    "first": _Plot(nothing),
    "edit": _Plot(edit_note),
    "removal": _Plot(take_away, LATER, ("vanished-episodes", "vanished-feed")),
}


def fresh_show(folder: Path, large_bytes: int = 0) -> Path:
    """The tiny show; its first audio file is repeated until it is as long as wished."""
    root = folder / "show"
    shutil.copytree(SHOW, root, ignore=shutil.ignore_patterns(*NOT_COPIED))
    large = root / _LARGE
    if large_bytes:
        content = large.read_bytes()
        sound = content[_tag_bytes(content) :]
        # The first frame tells how many there are.
        frames = sound[sound.index(sound[:2], 4) :]
        large.write_bytes(frames * -(-large_bytes // len(frames)))
    return root


def stage(
    name: str,
    folder: Path,
    store: Store,
    first: Scene | None,
    order: Callable[[Scene], Order],
    publish: Callable[[Order], Verdict],
    large_bytes: int = 0,
) -> Scene:
    """Prepare a publication and find out, undisturbed, what it comes to.

    ``store`` is a bucket without the show, ``first`` the first publication, which all others come
    after; ``order`` says what to publish there, ``publish`` does it.
    """
    plot = PLOTS[name]
    before: Mapping[str, Held] = {}
    if first is None:
        root = fresh_show(folder / name, large_bytes)
    else:
        root = copy_show(_rehearsal(first.root), folder / name)
        before = first.after
        for key, held in before.items():
            store.put(key, held)
    plot.change(root)
    scene = Scene(name, root, plot.now, before, allowed=plot.allowed)
    rehearsed = copy_show(root, _rehearsal(root).parent)
    verdict = publish(order(replace(scene, root=rehearsed)))
    if not verdict.is_done:
        raise AssertionError(f"{name} fails without any fault: {verdict}")
    after, lock = store.state(PREFIX), (rehearsed / "show.lock").read_bytes()
    # What the rehearsal has built and knows of audio need not be worked out again each time.
    for kept in (".cache", "public"):
        shutil.rmtree(root / kept, ignore_errors=True)
        shutil.copytree(rehearsed / kept, root / kept)
    shutil.rmtree(root / ".cache/uploads", ignore_errors=True)
    return replace(scene, after=after, lock=lock)


def _rehearsal(root: Path) -> Path:
    """Where the show lies that has been published."""
    return root.parent.with_name(f"{root.parent.name}-rehearsal") / root.name


def copy_show(root: Path, folder: Path) -> Path:
    """The show once more, to do with as one likes."""
    copy = folder / "show"
    shutil.copytree(root, copy)
    return copy


def scratch() -> Path | None:
    """Where files are written and read fastest; None where that is nowhere special."""
    memory = Path("/dev/shm")
    return memory if os.access(memory, os.W_OK) else None


def _tag_bytes(content: bytes) -> int:
    """The length of the ID3 tag in front of the sound."""
    if content[:3] != b"ID3":
        return 0
    a, b, c, d = content[6:10]
    return 10 + (a << 21 | b << 14 | c << 7 | d)
