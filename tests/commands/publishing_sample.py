"""The tiny show published to a folder, with targets that stop, count or get in the way."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, TypeVar

from castpress.cli import Terminal
from castpress.commands.publishing.place import Place
from castpress.commands.publishing.preparation import Wish
from castpress.commands.publishing.show import Published, publish_show
from castpress.model.feed_files import FEED_PATTERNS
from castpress.read.feed import parse_feed
from castpress.store.targets.folder import FolderTarget

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from castpress.model.publication.live import Headers
    from castpress.store.targets.target import Found, Over, Remark, Stat, Target, Upload

Result = TypeVar("Result")

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
LATER = datetime(2031, 6, 1, tzinfo=UTC)
BASE_URL = "https://tiny.example/runs/"


class StopHere(BaseException):
    """The publisher is killed at this point."""


class StoppingTarget:
    """A target that is cut off before or after its n-th call; ``log`` is what was done."""

    def __init__(
        self, target: Target, *, before: int | None = None, after: int | None = None
    ) -> None:
        self._target = target
        self._before = before
        self._after = after
        self.log: list[str] = []
        self.hook: Callable[[str], None] = lambda _: None

    @property
    def name(self) -> str:
        return self._target.name

    @property
    def folder(self) -> Path | None:
        return self._target.folder

    def get(self, path: str) -> Found | None:
        return self._do(f"get {path}", lambda: self._target.get(path))

    def head(self, path: str) -> Stat | None:
        return self._do(f"head {path}", lambda: self._target.head(path))

    @property
    def width(self) -> int:
        return self._target.width

    @property
    def remarks(self) -> tuple[Remark, ...]:
        return self._target.remarks

    def digest(self, path: str, *, is_read: bool = False) -> str | None:
        return self._do(f"digest {path}", lambda: self._target.digest(path, is_read=is_read))

    def put(
        self,
        upload: Upload,
        *,
        over: Over | str | None = None,
        on_bytes: Callable[[int], None] | None = None,
    ) -> str:
        more = {} if over is None else {"over": over}
        return self._do(
            f"put {upload.path}",
            lambda: self._target.put(upload, on_bytes=on_bytes, **more),
        )

    def describe(self, path: str, headers: Headers) -> None:
        self._do(f"describe {path}", lambda: self._target.describe(path, headers))

    def confirm(self, upload: Upload) -> None:
        self._do(f"confirm {upload.path}", lambda: self._target.confirm(upload))

    def delete(self, path: str) -> None:
        self._do(f"delete {path}", lambda: self._target.delete(path))

    def list(self, prefix: str = "") -> Iterator[str]:
        return iter(self._do(f"list {prefix}", lambda: list(self._target.list(prefix))))

    def settle(self) -> None:
        self._do("settle", self._target.settle)

    def tidy(self, unfinished: Collection[str], coming: Collection[str]) -> None:
        self._do("tidy", lambda: self._target.tidy(unfinished, coming))

    def hurry(self) -> None:
        self._target.hurry()

    def _do(self, what: str, act: Callable[[], Result]) -> Result:
        number = len(self.log)
        self.log.append(what)
        self.hook(what)
        if number == self._before:
            raise StopHere
        result = act()
        if number == self._after:
            raise StopHere
        return result


def wish_for(root: Path, **more: object) -> Wish:
    wish = Wish(root, root / "public", NOW)
    return replace(wish, **more)  # type: ignore[arg-type]


def publish_to(target: Target, wish: Wish, clock: datetime = NOW) -> Published:
    place = Place(target)
    return publish_show(wish, place, Terminal("text", is_quiet=True), lambda: clock)


def site_of(root: Path) -> FolderTarget:
    return FolderTarget(root.parent / "site")


def tree(folder: Path) -> dict[str, str]:
    """The digest of each file of a site, what castpress keeps there included."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.relative_to(folder).as_posix() != ".castpress/lock"
    }


def hold_readable(site: Path) -> set[str]:
    """Every feed is whole, and each enclosure that it names is there to the last byte.

    The digest in the name of an audio file is of its bytes. The digests of the feeds are returned.
    """
    digests = set()
    for path in (path for pattern in FEED_PATTERNS for path in site.glob(pattern)):
        content = path.read_bytes()
        digests.add(hashlib.sha256(content).hexdigest())
        feed, _ = parse_feed(content, PurePosixPath(path.name))
        assert feed is not None, f"{path} is no feed: {content[:100]!r}"
        for item in feed.items:
            audio = site / item.enclosure_url.removeprefix(BASE_URL)
            data = audio.read_bytes()
            assert len(data) == item.byte_length, audio
            assert hashlib.sha256(data).hexdigest()[:32] in audio.stem, audio
    return digests


def retitle(root: Path, title: str = "What makes us run?") -> None:
    note = root / "show_notes/001-first-run.md"
    lines = note.read_text("utf-8").splitlines(keepends=True)
    heading = next(number for number, line in enumerate(lines) if line.startswith("# "))
    lines[heading] = f"# {title}\n"
    note.write_text("".join(lines), "utf-8")


def remove_course(root: Path) -> None:
    (root / "show_notes/course-1.md").unlink()
    (root / "episodes/course-1.mp3").unlink()


def copied(root: Path, where: Path) -> Path:
    """The show, its output and its site once more."""
    shutil.copytree(root.parent, where)
    return where / root.name
