"""Audio facts that are kept between builds: an hour of audio is read once, not at every build."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from castpress.model.podcast import AudioFacts, Chapter
from castpress.store.audio.inspect import inspect_audio

if TYPE_CHECKING:
    from pathlib import Path

    from castpress.model.problem import Location, Problem
    from castpress.store.cache import Cache

# Raise it when inspect_audio finds something else in the same file.
_VERSION = 2


def inspect_cached(
    path: Path, location: Location, cache: Cache
) -> tuple[AudioFacts | None, tuple[Problem, ...]]:
    """The same as `inspect_audio`, at once where the file is as it was.

    A file is as it was if path, size, inode and times are; one with problems is looked
    at again each time, so that they are told again.
    """
    try:
        stat = path.stat()
    except OSError:
        return inspect_audio(path, location)
    times = f"{stat.st_mtime_ns} {stat.st_ctime_ns}"
    key = f"{_VERSION} {path.resolve()} {stat.st_size} {times} {stat.st_ino}"
    found: list[tuple[AudioFacts | None, tuple[Problem, ...]]] = []

    def inspect() -> object:
        facts, problems = inspect_audio(path, location)
        found.append((facts, problems))
        return None if facts is None or problems else _recordable(facts)

    recorded = cache.value("audio-facts", key.encode("utf-8", "surrogateescape"), inspect)
    if found:
        return found[0]
    facts = _facts(recorded, location)
    return (facts, ()) if facts is not None else inspect_audio(path, location)


def _recordable(facts: AudioFacts) -> dict[str, object]:
    """The facts as JSON holds them; places are those of whoever asks."""
    chapters = tuple(replace(chapter, location=None) for chapter in facts.chapters)
    return asdict(replace(facts, location=None, chapters=chapters))


def _facts(recorded: Any, location: Location) -> AudioFacts | None:  # noqa: ANN401 - it is JSON
    if not isinstance(recorded, dict):
        return None
    try:
        chapters = tuple(
            Chapter(**chapter | {"location": location}) for chapter in recorded.pop("chapters")
        )
        return AudioFacts(**recorded | {"chapters": chapters, "location": location})
    except (KeyError, TypeError):
        return None
