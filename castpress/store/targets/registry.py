"""Which places of publication there are: the scheme of their address, and who opens it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from castpress.store.s3.options import S3Options
from castpress.store.targets.target import TargetError

if TYPE_CHECKING:
    from collections.abc import Callable

    from castpress.store.targets.target import Target


@dataclass(frozen=True, slots=True)
class Opening:
    """What opening a place of publication may need besides its address.

    ``base`` is where a relative folder counts from; in ``journals`` uploads are kept that can be
    taken up again.
    """

    base: Path
    journals: Path
    s3: S3Options = field(default_factory=S3Options)


class AddressError(ValueError):
    """An address that no place of publication has; the text says why."""


def open_target(address: str, opening: Opening) -> Target:
    """The place of publication at that address; nothing is touched yet.

    Raises:
        AddressError: there is no such kind of place.
        TargetError: it cannot be opened.
    """
    scheme, colon, rest = address.partition(":")
    opener = TARGETS.get(scheme) if colon else None
    if opener is None:
        raise AddressError(f"expected an address that begins with {_said(tuple(TARGETS))}")
    return opener(rest, opening)


def _folder(rest: str, opening: Opening) -> Target:
    from castpress.store.targets.folder import FolderTarget

    if rest.startswith("//"):
        host, slash, path = rest[2:].partition("/")
        if host not in ("", "localhost"):
            raise AddressError("expected a folder of this computer, as file:/srv/www/show")
        rest = slash + path
    if not rest.strip():
        raise AddressError("expected a folder behind `file:`, as file:/srv/www/show")
    try:
        # Links are followed here, once: a folder that is moved while it is used fails later.
        return FolderTarget(Path(os.path.realpath(opening.base / Path(rest).expanduser())))
    except (RuntimeError, ValueError, OSError) as error:
        raise TargetError(f"file:{rest}", f"cannot be used: {error}", "name another") from error


def _bucket(rest: str, opening: Opening) -> Target:
    from castpress.store.s3.address import S3AddressError, parse_s3_address
    from castpress.store.targets.s3 import S3Target

    try:
        return S3Target(parse_s3_address(rest), opening.s3, opening.journals)
    except S3AddressError as error:
        raise AddressError(str(error)) from error


def _said(schemes: tuple[str, ...]) -> str:
    return " or ".join(f"`{scheme}:`" for scheme in schemes)


TARGETS: dict[str, Callable[[str, Opening], Target]] = {
    "file": _folder,
    "s3": _bucket,
}
