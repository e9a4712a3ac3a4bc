"""Image facts that are kept between builds, so that Pillow is only asked about new pictures."""

from __future__ import annotations

import time
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from castpress.model.image import ImageFacts
from castpress.store.fingerprints import is_settled, stamp_of

if TYPE_CHECKING:
    from pathlib import Path

    from castpress.model.problem import Location, Problem
    from castpress.store.cache import Cache

# Raise it when inspect_image finds something else in the same file.
_VERSION = 1


def inspect_cached_image(
    path: Path, location: Location, cache: Cache
) -> tuple[ImageFacts | None, tuple[Problem, ...]]:
    """The same as `inspect_image`, at once where the disk says that the file is as it was.

    One with problems is looked at again each time, so that they are told again.
    """
    now_ns = time.time_ns()
    try:
        stamp = stamp_of(path.stat())
    except OSError:
        return _inspect(path, location)
    key = f"{_VERSION} {path.resolve()} {stamp}".encode("utf-8", "surrogateescape")
    if not is_settled(stamp, now_ns):
        return _inspect(path, location)
    found: list[tuple[ImageFacts | None, tuple[Problem, ...]]] = []

    def inspect() -> object:
        facts, problems = _inspect(path, location)
        found.append((facts, problems))
        return None if facts is None or problems else asdict(facts)

    recorded = cache.value("image_facts", key, inspect)
    if found:
        return found[0]
    facts = _facts(recorded)
    return (facts, ()) if facts is not None else _inspect(path, location)


def _inspect(path: Path, location: Location) -> tuple[ImageFacts | None, tuple[Problem, ...]]:
    from castpress.store.images import inspect_image

    return inspect_image(path, location)


def _facts(recorded: Any) -> ImageFacts | None:  # noqa: ANN401 - it is JSON
    try:
        return ImageFacts(**recorded)
    except TypeError:
        return None
