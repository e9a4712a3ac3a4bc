"""What every place of publication can do; a new one implements this and joins the contract tests.

Object stores and folders alike: whole files by path, changed one at a time and each at once, with
compare-and-swap. There is no renaming and no appending.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING, Protocol

from castpress.model.publication.live import Headers

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import timedelta
    from pathlib import Path

EDGE_BYTES = 64 * 1024
"""So much of each end of a file is read back after it was put."""


class Over(Enum):
    """What a put may take the place of, besides one known version."""

    ANYTHING = auto()
    NOTHING = auto()


@dataclass(frozen=True, slots=True)
class Found:
    """A file's bytes with their version, which the next put can name.

    ``age`` is how long ago they were put, by the clock of the place, None where it has none.
    """

    content: bytes
    version: str
    age: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Stat:
    """What is known of a file without reading it; headers where the target keeps any."""

    byte_length: int
    headers: Headers | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to be put: where, what it must be, and where its bytes are."""

    path: str
    sha256: str
    byte_length: int
    headers: Headers
    source: Path | bytes


@dataclass(frozen=True, slots=True)
class Remark:
    """Something about a place that its user should know: a code, what, and what to do about it."""

    code: str
    text: str
    help: str


class Target(Protocol):
    """A place of publication. Paths are POSIX paths below it.

    Each method raises TargetError where the place cannot be reached or changed.
    """

    @property
    def name(self) -> str:
        """The place as people write it."""

    @property
    def folder(self) -> Path | None:
        """Where it lies on this computer, None where it lies elsewhere."""

    @property
    def width(self) -> int:
        """How many files are best put at once; so many threads may call the methods."""

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What has turned out about the place by now that its user should know."""

    def get(self, path: str) -> Found | None:
        """The bytes of a small file, None where there is none."""

    def head(self, path: str) -> Stat | None:
        """What is known of a file, None where there is none."""

    def digest(self, path: str, *, is_read: bool = False) -> str | None:
        """The SHA-256 of a file, None where there is none.

        From its very bytes where nothing else can tell, or where ``is_read`` asks for it.
        """

    def put(
        self,
        upload: Upload,
        *,
        over: Over | str = Over.ANYTHING,
        on_bytes: Callable[[int], None] | None = None,
    ) -> str:
        """Put a file whole or not at all; its version.

        ``over`` is what it may take the place of: a version, nothing or anything. ``on_bytes`` is
        called with each count of bytes that went.

        Raises:
            ConflictError: something else is there.
            SourceChangedError: the bytes are not those that were announced.
        """

    def describe(self, path: str, headers: Headers) -> None:
        """Say something else about the same bytes."""

    def confirm(self, upload: Upload) -> None:
        """Make sure, by reading, that a file is there as it was put.

        Raises:
            TargetError: it is not.
        """

    def delete(self, path: str) -> None:
        """Remove a file; one that is not there is fine."""

    def list(self, prefix: str = "") -> Iterator[str]:
        """The paths of all files that begin so, in any order."""

    def settle(self) -> None:
        """Return when all that was put will survive a power cut."""

    def tidy(self, unfinished: Collection[str], coming: Collection[str]) -> None:
        """Remove what a publication that was cut off left unfinished; finished files stay.

        ``unfinished`` are the files that it was putting; those in ``coming`` are about to be put,
        so that what there is of them may be of use.
        """

    def hurry(self) -> None:
        """Repeat nothing that fails from now on: the user has stopped the publication."""


class TargetError(Exception):
    """The place of publication fails; ``reason`` says how, ``help`` what to do.

    ``is_feed_out`` says that feeds may be the new ones already; all that they name is there.
    """

    is_feed_out = False

    def __init__(self, where: str, reason: str, advice: str) -> None:
        super().__init__(f"{where} {reason}")
        self.where, self.reason, self.help = where, reason, advice


class ConflictError(TargetError):
    """Somebody else has changed a file since it was read."""

    def __init__(self, where: str) -> None:
        super().__init__(
            where,
            "was changed by somebody else at the same time",
            "wait until the other publication is done, then publish again",
        )


class SourceChangedError(TargetError):
    """A file is not what was built any more; nothing of it went live."""

    def __init__(self, where: str) -> None:
        super().__init__(
            where,
            "was changed while it was published; it did not go out",
            "publish again; the output is built anew",
        )
