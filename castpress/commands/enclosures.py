"""The audio that is published: tagged copies in the cache, named by their bytes."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from castpress.model.artifact import Artifact, Wave
from castpress.model.podcast import Enclosure, Release
from castpress.model.problem import Location, Problem, Severity
from castpress.store.audio.tagging import tag_copy
from castpress.store.audio.tags import AudioTagError, AudioTags
from castpress.store.cache import sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from castpress.commands.reporter import Reporter
    from castpress.commands.walk import Walked
    from castpress.model.podcast import Episode
    from castpress.store.cache import Cache, CachedFile

# 128 bits: enough that nobody guesses the address of an episode that is not out yet.
_DIGEST_CHARACTERS = 32
# Raise it when tag_copy writes other bytes for the same input.
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Enclosed:
    """The releases with their audio, and the audio as artifacts."""

    releases: tuple[Release, ...]
    artifacts: tuple[Artifact, ...]


def enclose(
    walked: Walked, cache: Cache, reporter: Reporter
) -> tuple[Enclosed, tuple[Problem, ...]]:
    """Make the published audio of every released episode; the sources stay as they are.

    Raises:
        OSError: the cache cannot be written, or a source cannot be read any more.
    """
    releases: list[Release] = []
    artifacts: list[Artifact] = []
    problems: list[Problem] = []
    released = walked.schedule.released
    progress = reporter.track("tagging audio", len(released))
    for episode in released:
        next(progress)
        source = walked.root / _audio_file(episode)
        tags = _tags(episode, walked)
        file, fault = _tagged(episode, source, tags, cache)
        problems += fault
        if file is None:
            continue
        name = f"{episode.slug}-{file.sha256[:_DIGEST_CHARACTERS]}.{episode.audio.extension}"
        path = f"audio/{name}"
        media_type = episode.audio.media_type
        releases.append(
            Release(episode, Enclosure(path, media_type, file.byte_length, file.sha256))
        )
        artifacts.append(Artifact(path, Wave.MEDIA, cached=str(file.path)))
    return Enclosed(tuple(releases), tuple(artifacts)), tuple(problems)


def _audio_file(episode: Episode) -> Path:
    place = episode.audio.location
    if place is None:
        raise ValueError(f"{episode.stem} was assembled without an audio file")
    return Path(place.file)


def _tags(episode: Episode, walked: Walked) -> AudioTags:
    show = walked.show
    course = next((c for c in show.courses if c.slug == episode.course), None)
    feed = course.feed if course else show.feed
    published = episode.published
    return AudioTags(
        title=episode.title,
        artist=episode.author or episode.audio.artist or feed.author,
        album=feed.title,
        number=episode.number,
        date=published.astimezone(ZoneInfo(show.time_zone)).date() if published else None,
        link=show.url(episode.page_path),
        artwork=walked.pictures.embedded(episode.artwork or feed.artwork),
        # Where a chapter was typed changes nothing in the file.
        chapters=tuple(replace(chapter, location=None) for chapter in episode.chapters),
        language=episode.language,
    )


class _ChangedError(Exception):
    """The source is not the file any more that was listened to."""


def _tagged(
    episode: Episode, source: Path, tags: AudioTags, cache: Cache
) -> tuple[CachedFile | None, tuple[Problem, ...]]:
    """The tagged copy; the plain one where a file cannot be tagged, and then that is said."""
    facts = episode.audio
    key = f"{_VERSION} {facts.sha256} ".encode() + _digest(tags)
    ending = f".{facts.extension}"
    place = facts.location or Location(episode.location.file)

    def checked(copy: Callable[[Path], object]) -> Callable[[Path], None]:
        """The copy counts only if the source is still what the key says."""

        def make(draft: Path) -> None:
            try:
                copy(draft)
                digest = sha256_of(source)
            except FileNotFoundError as error:
                raise _ChangedError from error
            if digest != facts.sha256:
                raise _ChangedError

        return make

    try:
        try:
            copy = checked(lambda draft: tag_copy(source, draft, facts, tags))
            return cache.file("audio", key, ending, copy), ()
        except AudioTagError as error:
            plain = checked(lambda draft: shutil.copyfile(source, draft))
            file = cache.file("audio", b"plain " + key, ending, plain)
            return file, (_untagged(source, place, error),)
    except _ChangedError:
        return None, (_changed(source, place),)


def _untagged(source: Path, place: Location, error: AudioTagError) -> Problem:
    return Problem(
        "untagged-audio",
        f"{source.name} cannot be given title, artwork and chapters: {error.reason}",
        place,
        Severity.WARNING,
        "export it again as MP3; until then it is published as it is",
    )


def _changed(source: Path, place: Location) -> Problem:
    return Problem(
        "audio-changed",
        f"{source.name} was changed or removed while it was read",
        place,
        Severity.ERROR,
        "wait until the export or copy is done, then build again",
    )


def _digest(tags: AudioTags) -> bytes:
    """A digest of all that the tags say; its parts are told apart by their names."""
    return hashlib.blake2b(repr(tags).encode("utf-8", "surrogatepass")).digest()
