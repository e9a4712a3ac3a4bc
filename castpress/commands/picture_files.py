"""Where pictures lie in the show's folder, and what is said of lost ones."""

from __future__ import annotations

import os
import posixpath
import re
from dataclasses import replace
from difflib import get_close_matches
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from castpress.model.problem import Location, Problem, Severity
from castpress.store.image_facts_cache import inspect_cached_image
from castpress.store.sources import is_inside, outside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from castpress.model.image import ImageFacts, ShownPicture
    from castpress.store.cache import Cache

PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".svg", ".avif", ".heic")
_UP = re.compile(r"^(?:\.{0,2}/)+")


def find_picture(
    root: Path, text: PurePosixPath, address: str
) -> tuple[tuple[PurePosixPath, ...], PurePosixPath | None]:
    """Where the picture may lie, and the first of these where it does.

    It counts from the text's own folder, as editors have it, else from the show's.
    """
    name = re.split(r"[?#]", address, maxsplit=1)[0].strip()
    if not name.isprintable():
        return (), None
    beside = posixpath.normpath(posixpath.join(text.parent.as_posix(), name))
    below = posixpath.normpath(_UP.sub("", name))
    inside = (each for each in (beside, below) if not each.startswith(("..", "/")))
    candidates = tuple(PurePosixPath(each) for each in dict.fromkeys(inside))
    return candidates, next((file for file in candidates if is_there(root, file)), None)


def is_there(root: Path, file: PurePosixPath) -> bool:
    """Whether it is a file of the show's folder."""
    try:
        return (root / file).is_file() and is_inside(root, file)
    except (OSError, ValueError):  # a name that no disk takes
        return False


def inspect_named(
    root: Path, cache: Cache, file: PurePosixPath, place: Location
) -> tuple[ImageFacts | None, tuple[Problem, ...]]:
    """What a picture is that the settings name, and what is wrong with it."""
    if file.is_absolute() or not is_inside(root, file):
        return None, (replace(outside(file), location=place),)
    if not is_there(root, file):
        missing = Problem(
            "no-such-picture",
            f"there is no picture {file}",
            place,
            Severity.ERROR,
            "put it there, or correct the name; it counts from the show's folder",
        )
        return None, (missing,)
    return inspect_cached_image(root / file, Location(file), cache)


def no_such_picture(
    root: Path, text: PurePosixPath, image: ShownPicture, *, offers: bool = True
) -> Problem:
    """The picture is not there; with ``offers`` one that is called nearly so is named."""
    folder = text.parent.as_posix()
    there = _pictures_near(root, folder) if offers else ()
    known = {posixpath.relpath(file, folder): file for file in there}
    wanted = posixpath.basename(image.address).casefold()
    names = {posixpath.basename(spelled).casefold(): spelled for spelled in reversed(known)}
    near = get_close_matches(wanted, list(names), n=1)
    advice = f"write `{names[near[0]]}`" if near else f"put it into {folder}/ or correct the name"
    return Problem(
        "no-such-picture",
        f"there is no picture {image.address[:80]}; it is left out",
        image.location,
        Severity.WARNING,
        advice,
    )


def _pictures_near(root: Path, folder: str) -> Iterator[str]:
    """The pictures in the folders where people put them, the text's own one first."""
    for place in dict.fromkeys((folder, "pages", "show_notes", "artwork", "images", ".")):
        try:
            names = sorted(entry.name for entry in os.scandir(root / place))
        except OSError:
            continue
        yield from (
            posixpath.normpath(f"{place}/{name}")
            for name in names
            if name.lower().endswith(PICTURE_SUFFIXES) and name.isprintable()
        )


def without_words(image: ShownPicture) -> Problem:
    """Nothing says what the picture shows."""
    return Problem(
        "picture-without-words",
        f"nothing says what {image.address[:80]} shows to those who cannot see it",
        image.location,
        Severity.WARNING,
        f"write `![what it shows]({image.address[:80]})`",
    )
