"""The audio that is published: tagged copies named by their bytes; what is out is frozen."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from castpress.commands.enclosed import Enclosed
from castpress.model.ledger import PublishedAudio, WrittenTags, as_enclosure
from castpress.model.podcast import Chapter, Enclosure
from castpress.model.problem import Location, Problem, Severity
from castpress.model.timecode import format_clock
from castpress.read.alternates import assemble_alternate
from castpress.store.cache import name_of, sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from castpress.model.artifact import KeptFile
    from castpress.model.feed_tags import AlternateEnclosure
    from castpress.model.podcast import AudioFacts, Episode, Feed, Show
    from castpress.read.alternates import HeardAlternate
    from castpress.store.audio.tags import AudioTags
    from castpress.store.cache import Cache

# 128 bits: enough that nobody guesses the address of an episode that is not out yet.
_DIGEST_CHARACTERS = 32
# Raise it when tag_copy writes other bytes for the same input.
_VERSION = 2


class _ChangedError(Exception):
    """The source is not the file any more that was listened to."""


class Tagger:
    """Makes or finds published audio; each way of an episode is one method.

    ``picture`` is the small picture for the file. What they raise is an OSError: the cache cannot
    be written, or a source cannot be read any more.
    """

    def __init__(
        self, root: Path, show: Show, output: Path, cache: Cache, picture: KeptFile | None
    ) -> None:
        self._root = root
        self._show = show
        self._output = output
        self._cache = cache
        self._picture = picture

    def fresh(
        self, episode: Episode, alternates: Sequence[HeardAlternate] = ()
    ) -> tuple[Enclosed | None, tuple[Problem, ...]]:
        """The audio of an episode that nobody has yet, as its notes are today.

        None, and an error, where a source changed while it was read.
        """
        facts = episode.audio
        tags: WrittenTags | None = _tags(episode, self._show, self._picture)
        problems: tuple[Problem, ...] = ()
        place = facts.location or Location(episode.location.file)
        try:
            file, fault = self._make(episode, facts, tags)
        except _ChangedError:
            name = PurePosixPath(place.file).name
            return None, (_changed(name, place),)
        if fault is not None:
            tags, problems = None, (_untagged(place, fault),)
        path = _path(episode.slug, file.sha256, facts.extension)
        enclosure = Enclosure(path, facts.media_type, file.byte_length, file.sha256)
        # Where a chapter or the file stood changes nothing of what is published; the codecs are
        # of interest only where there is a choice.
        bare = tuple(replace(chapter, location=None) for chapter in facts.chapters)
        known = replace(facts, location=None, chapters=bare, codecs=None)
        published = PublishedAudio(enclosure, known, tags)
        enclosed, faults = self._with_alternates(episode, published, file, alternates)
        return enclosed, (*problems, *faults)

    def frozen(
        self,
        episode: Episode,
        audio: PublishedAudio,
        alternates: Sequence[HeardAlternate] | None = None,
    ) -> tuple[Enclosed | None, tuple[Problem, ...]]:
        """The audio that subscribers have; it is not touched, whatever the notes say by now.

        Its other encodings are those that are here today, or, with None, those that were published;
        None, and an error, where one changed while it was read.
        """
        problems = list(_drift(episode, audio))
        file = self._again(episode, audio)
        if file is None:
            problems.append(_elsewhere(episode))
        if alternates is None:
            others = (self._alternate_again(one) for one in audio.alternates)
            return Enclosed(audio, (file, *others)), tuple(problems)
        enclosed, faults = self._with_alternates(episode, audio, file, alternates)
        return enclosed, (*problems, *faults)

    def _with_alternates(
        self,
        episode: Episode,
        audio: PublishedAudio,
        file: KeptFile | None,
        alternates: Sequence[HeardAlternate],
    ) -> tuple[Enclosed | None, tuple[Problem, ...]]:
        """The audio with the other encodings that are here; known bytes keep their address."""
        known = {one.sha256: one.sources[0] for one in audio.alternates}
        found, files = [], []
        for heard in alternates:
            source, facts = heard.named.file, heard.facts
            try:
                files.append(self._copy(self._root / source, facts))
            except _ChangedError:
                return None, (_changed(source.name, Location(source)),)
            path = known.get(facts.sha256) or _path(episode.slug, facts.sha256, facts.extension)
            found.append(assemble_alternate(heard, path))
        here = {heard.facts.sha256 for heard in alternates}
        gone = (one for one in audio.alternates if one.sha256 not in here)
        enclosed = Enclosed(replace(audio, alternates=tuple(found)), (file, *files))
        return enclosed, tuple(_alternate_gone(episode, one) for one in gone)

    def _copy(self, source: Path, facts: AudioFacts) -> KeptFile:
        """A copy of a source as it is: what is linked into the output must stay as it was."""
        copy = _checked(source, facts.sha256, lambda draft: shutil.copyfile(source, draft))
        return self._cache.file("audio", _key(facts.sha256, None), f".{facts.extension}", copy)

    def _alternate_again(self, alternate: AlternateEnclosure) -> KeptFile | None:
        """The bytes of another encoding whose source is not here: from the cache or the output."""
        enclosure = as_enclosure(alternate)
        key, ending = _key(enclosure.sha256, None), PurePosixPath(enclosure.path).suffix
        file = self._cache.find("audio", key, ending)
        if file is None:
            there = self._output / enclosure.path
            file = self._cache.adopt("audio", key, ending, there, enclosure.sha256)
        return file if file is not None and file.sha256 == enclosure.sha256 else None

    def _again(self, episode: Episode, audio: PublishedAudio) -> KeptFile | None:
        """The very bytes that were published: from the cache, the output, or made once more."""
        facts, digest = audio.facts, audio.enclosure.sha256
        key, ending = _key(facts.sha256, audio.tags), f".{facts.extension}"
        file = self._cache.find("audio", key, ending)
        if file is None:
            there = self._output / audio.enclosure.path
            file = self._cache.adopt("audio", key, ending, there, digest)
        if file is None and episode.audio.location is not None:
            try:
                file, _ = self._make(episode, facts, audio.tags)
            except (_ChangedError, OSError):
                return None
        return file if file is not None and file.sha256 == digest else None

    def _make(
        self, episode: Episode, facts: AudioFacts, tags: WrittenTags | None
    ) -> tuple[KeptFile, str | None]:
        """The tagged copy; the plain one and why where a file cannot be tagged."""
        from castpress.store.audio.tags import AudioTagError

        source = self._root / _audio_file(episode)
        ending = f".{facts.extension}"

        def tag(draft: Path) -> None:
            from castpress.store.audio.tagging import tag_copy

            if tags is None:
                raise ValueError("there is nothing to write")
            tag_copy(source, draft, facts, self._audio_tags(tags))

        if tags is None:
            return self._copy(source, facts), None
        try:
            tagged = _checked(source, facts.sha256, tag)
            return self._cache.file("audio", _key(facts.sha256, tags), ending, tagged), None
        except AudioTagError as error:
            return self._copy(source, facts), error.reason

    def _audio_tags(self, tags: WrittenTags) -> AudioTags:
        from castpress.store.audio.tags import AudioTags

        picture = self._picture
        return AudioTags(
            title=tags.title,
            artist=tags.artist,
            album=tags.album,
            number=tags.number,
            date=tags.date,
            link=tags.link,
            # A picture that is another by now would make another file.
            artwork=(
                Path(picture.place).read_bytes()
                if picture is not None and picture.sha256 == tags.artwork_sha256
                else None
            ),
            chapters=tuple(Chapter(start, start, title) for start, title in tags.chapters),
            language=tags.language,
        )


def _checked(source: Path, sha256: str, copy: Callable[[Path], object]) -> Callable[[Path], None]:
    """The copy counts only if the source is still what it was."""

    def make(draft: Path) -> None:
        try:
            copy(draft)
            digest = sha256_of(source)
        except FileNotFoundError as error:
            raise _ChangedError from error
        if digest != sha256:
            raise _ChangedError

    return make


def _path(slug: str, sha256: str, extension: str) -> str:
    return f"audio/{slug}-{sha256[:_DIGEST_CHARACTERS]}.{extension}"


def _audio_file(episode: Episode) -> Path:
    place = episode.audio.location
    if place is None:
        raise _ChangedError
    return Path(place.file)


def feed_of(episode: Episode, show: Show) -> Feed:
    """The feed that the episode has its home in."""
    return show.home_of(episode.course)


def _tags(episode: Episode, show: Show, picture: KeptFile | None) -> WrittenTags:
    """What is written into an episode's audio when it is published as its notes are today."""
    feed, published = feed_of(episode, show), episode.published
    return WrittenTags(
        title=episode.title,
        artist=episode.author or episode.audio.artist or feed.author,
        album=feed.title,
        number=episode.number,
        date=published.astimezone(ZoneInfo(show.time_zone)).date() if published else None,
        link=show.url(episode.page_path),
        language=episode.language,
        artwork_sha256=picture.sha256 if picture else None,
        chapters=_titled_starts(episode),
    )


def _titled_starts(episode: Episode) -> tuple[tuple[int, str], ...]:
    """The chapters as every other form has them."""
    from castpress.render.chapters import list_chapters

    return tuple((chapter.start_ms, chapter.title) for chapter in list_chapters(episode))


def cached_names(audio: PublishedAudio) -> Iterator[str]:
    """The names in the cache of the files that hold this audio and its other encodings."""
    yield name_of(_key(audio.facts.sha256, audio.tags), f".{audio.facts.extension}")
    for one in map(as_enclosure, audio.alternates):
        yield name_of(_key(one.sha256, None), PurePosixPath(one.path).suffix)


def _key(sha256: str, tags: WrittenTags | None) -> bytes:
    """What the published bytes are made from; parts of tags are told apart by their names."""
    return f"{_VERSION} {sha256} {tags!r}".encode("utf-8", "surrogatepass")


def _drift(episode: Episode, audio: PublishedAudio) -> Iterator[Problem]:
    """The chapters inside the published file are not those of the notes any more."""
    if audio.tags is None:
        return
    inside = audio.tags.chapters
    ours = _titled_starts(episode)
    if inside == ours:
        return
    known = frozenset(inside)
    rows = zip(episode.chapters, ours, strict=True)
    first = next((chapter for chapter, row in rows if row not in known), None)
    about = f" at {format_clock(first.start_ms)}" if first else ""
    yield Problem(
        "chapters-drift",
        f"the published audio of {episode.title!r} holds other chapters than its notes"
        f"{about}; feed and page have the new ones",
        (first.location if first else None) or episode.location,
        Severity.WARNING,
        f"type `castpress retag {episode.stem}` to publish the audio with them, at a new address",
    )


def _elsewhere(episode: Episode) -> Problem:
    return Problem(
        "audio-elsewhere",
        f"the audio of {episode.title!r} is published and cannot be made again here",
        episode.location,
        Severity.NOTE,
        "nothing is needed to publish; put its audio back into episodes/ to hear it with `serve`",
    )


def _alternate_gone(episode: Episode, alternate: AlternateEnclosure) -> Problem:
    ending = PurePosixPath(alternate.sources[0]).suffix
    return Problem(
        "alternate-gone",
        f"{alternate.title or ending} of {episode.title!r} is published and no longer beside its "
        "audio; it leaves the feed",
        episode.location,
        Severity.WARNING,
        f"put {episode.stem}{ending} back into episodes/; if it is meant to go, type nothing",
    )


def _untagged(place: Location, reason: str) -> Problem:
    name = PurePosixPath(place.file).name
    return Problem(
        "untagged-audio",
        f"{name} cannot be given title, artwork and chapters: {reason}",
        place,
        Severity.WARNING,
        "export it again as MP3; until then it is published as it is",
    )


def _changed(name: str, place: Location) -> Problem:
    return Problem(
        "audio-changed",
        f"{name} was changed or removed while it was read",
        place,
        Severity.ERROR,
        "wait until the export or copy is done, then build again",
    )
