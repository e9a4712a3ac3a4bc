"""Options that several commands share; each stands on the commands that heed it."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from castpress.store.cache import Cache


def program() -> str:
    """How the user calls castpress, to be repeated in advice: ``./run`` in a clone."""
    return os.environ.get("CASTPRESS_COMMAND") or "castpress"


def typed(words: str) -> str:
    """A command as the user has to type it here, to be repeated in advice.

    In a clone it is typed beside the bundled show, so that the show has to be named again.
    """
    name = program()
    command, _, rest = words.partition(" ")
    show = os.environ.get("CASTPRESS_SHOW")
    where = f" --show {shlex.quote(show)}" if show and name != "castpress" else ""
    return f"{name} {command}{where}{f' {rest}' if rest else ''}"


def add_show(parser: argparse.ArgumentParser) -> None:
    """``--show``: which folder is the show."""
    parser.add_argument(
        "--show", type=Path, default=Path(), metavar="DIR", help="the show's folder (here)"
    )


def add_moment(parser: argparse.ArgumentParser) -> None:
    """``--now`` and ``--strict``: what is released, and what stops the work."""
    parser.add_argument(
        "--now",
        metavar="WHEN",
        help="what is released at this moment, as 2026-03-01T06:00:00-05:00 (the clock; "
        "SOURCE_DATE_EPOCH comes before it)",
    )
    parser.add_argument("--strict", action="store_true", help="treat warnings as errors")


def add_output(parser: argparse.ArgumentParser) -> None:
    """``--output``: where the result goes."""
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="where the result goes (public, in the show)"
    )


def cache_of(show: Path) -> Cache:
    """The show's cache; it may be deleted at any time."""
    from castpress.store.cache import open_cache

    return open_cache(show / ".cache" / "castpress")
