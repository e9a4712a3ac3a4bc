"""Other encodings of an episode: files beside its audio with the same name, or a word more.

``042.opus`` and ``042.low.mp3`` beside ``042.mp3``. Only words that speak of an encoding count:
what is called ``042.raw.mp3`` may be anything, and nobody publishes that by accident.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from castpress.model.feed_tags import AlternateEnclosure
from castpress.model.problem import Location, Problem, Severity
from castpress.model.timecode import format_clock
from castpress.read.languages import canonical_language, is_language, meant_language

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from pathlib import PurePosixPath

    from castpress.model.podcast import AudioFacts

MASTER_SUFFIXES = (".wav", ".flac")
"""What is rather the master of an episode than for its listeners."""

_TITLES = {
    title: frozenset(words.split())
    for title, words in {
        "Low bandwidth": "low small lite light mobile",
        "High quality": "high hq",
        "Lossless": "lossless",
        "Mono": "mono",
        "Stereo": "stereo",
        "Surround sound": "surround",
        "HD": "hd",
        "SD": "sd",
        "Audio only": "audio",
        "Video": "video",
    }.items()
}
_BITRATE = re.compile(r"0*([1-9]\d{0,3})k(?:bps|bit)?", re.IGNORECASE)
_LINES = re.compile(r"([1-9]\d{2,3})p", re.IGNORECASE)
# Codes of languages that are written for something else: `042.new.mp3`.
_NO_LANGUAGES = frozenset(["alt", "del", "man", "mic", "min", "mul", "new", "und"])
_FORMATS = {
    "mp3": "MP3",
    "mp2": "MP2",
    "m4a": "M4A",
    "opus": "Opus",
    "ogg": "Ogg Vorbis",
    "flac": "FLAC",
    "wav": "WAV",
    "mp4": "Video",
    "m4v": "Video",
    "mov": "QuickTime video",
}
_NEAR_MS, _NEAR_PERCENT, _FAR_PERCENT = 2_000, 1, 20


@dataclass(frozen=True, slots=True)
class AlternateFile:
    """A file with another encoding of an episode, and what its name says of it.

    ``title`` is what listeners choose by, None where only the format tells it apart; ``language``
    is BCP 47, None where it is that of the episode.
    """

    file: PurePosixPath
    title: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class HeardAlternate:
    """The same with what was measured in the file."""

    named: AlternateFile
    facts: AudioFacts


def read_label(file: PurePosixPath, label: str) -> AlternateFile | None:
    """What a word between name and ending says; None where it says nothing of an encoding.

    >>> from pathlib import PurePosixPath as P
    >>> read_label(P("042.low.mp3"), "low").title, read_label(P("042.64k.mp3"), "64k").title
    ('Low bandwidth', '64 kbit/s')
    >>> read_label(P("042.pt_br.mp3"), "pt_br").language, read_label(P("042.raw.mp3"), "raw")
    ('pt-BR', None)
    """
    word = label.casefold()
    title = next((title for title, words in _TITLES.items() if word in words), None)
    if match := _BITRATE.fullmatch(word):
        title = f"{match[1]} kbit/s"
    elif match := _LINES.fullmatch(word):
        title = f"{match[1]}p"
    if title is not None:
        return AlternateFile(file, title)
    language = canonical_language(label)
    if language is None or word in _NO_LANGUAGES or file.suffix.lower() in MASTER_SUFFIXES:
        return None
    if not is_language(language) or meant_language(language):
        return None
    return AlternateFile(file, None, language)


def labelled_stem(stem: str, names: Container[str]) -> tuple[str, str] | None:
    """The name and the word behind it, for a file that is called after one of these names.

    >>> labelled_stem("042.low", {"042"}), labelled_stem("042", {"042"})
    (('042', 'low'), None)
    """
    name, dot, label = stem.rpartition(".")
    return (name, label) if dot and name in names else None


class Beside:
    """Which files lie beside the audio of an episode, and which of them listeners are to get.

    Files are given by their stems; one whose stem has ``notes``, or that is itself the audio of an
    episode, is nobody's alternate.
    """

    def __init__(
        self,
        audio_by_stem: Mapping[str, Sequence[PurePosixPath]],
        notes: Container[str],
        mains: Container[PurePosixPath],
    ) -> None:
        self._by_stem = audio_by_stem
        self._mains = mains
        self._labelled: dict[str, list[tuple[str, PurePosixPath]]] = defaultdict(list)
        for stem, files in sorted(audio_by_stem.items()):
            found = labelled_stem(stem, audio_by_stem)
            if found is not None and stem not in notes:
                self._labelled[found[0]] += [(found[1], file) for file in files]

    def of(self, stem: str) -> tuple[tuple[AlternateFile, ...], tuple[PurePosixPath, ...]]:
        """The other encodings of the audio with that stem, and the masters, which stay at home."""
        alternates, masters = [], []
        for file in self._by_stem[stem]:
            if file in self._mains:
                continue
            if file.suffix.lower() in MASTER_SUFFIXES:
                masters.append(file)
            else:
                alternates.append(AlternateFile(file))
        for label, file in self._labelled.get(stem, ()):
            found = read_label(file, label) if file not in self._mains else None
            if found is not None:
                alternates.append(found)
        return tuple(alternates), tuple(masters)


def assemble_alternate(heard: HeardAlternate, path: str) -> AlternateEnclosure:
    """What feeds say of an alternate encoding that lies at a path below the site.

    Its bitrate is that of the whole file: what a listener has to download in each second.
    """
    named, facts = heard.named, heard.facts
    title = named.title or _FORMATS.get(facts.extension, facts.extension.upper())
    if named.language is not None:
        title = f"{title} ({named.language})"
    return AlternateEnclosure(
        media_type=facts.media_type,
        sources=(path,),
        byte_length=facts.byte_length,
        bitrate=round(facts.byte_length * 8_000 / facts.duration_ms),
        height_px=facts.height_px,
        language=named.language,
        title=title,
        # Without it apps take the file for the same audio in another encoding.
        rel=named.language,
        codecs=facts.codecs,
        sha256=facts.sha256,
    )


def check_alternate(heard: HeardAlternate, main: AudioFacts) -> tuple[Problem, ...]:
    """An alternate that plays for another time than the main file: its chapters would be off."""
    off_ms = abs(heard.facts.duration_ms - main.duration_ms)
    if off_ms <= max(_NEAR_MS, main.duration_ms * _NEAR_PERCENT // 100):
        return ()
    file = heard.named.file
    length, other = format_clock(heard.facts.duration_ms), format_clock(main.duration_ms)
    return (
        Problem(
            "alternate-differs",
            f"{file.name} plays for {length}, and the main audio for {other}; chapters and "
            "transcript would not fit it",
            Location(file),
            # Whoever speaks another language is longer or shorter about it.
            Severity.NOTE if heard.named.language else Severity.WARNING,
            "export it again from the same recording, or move it to another folder",
        ),
    )


def is_other_audio(heard: HeardAlternate, main: AudioFacts) -> bool:
    """Whether it plays for so much longer or shorter that it cannot be the same episode."""
    off_ms = abs(heard.facts.duration_ms - main.duration_ms)
    return off_ms > max(_NEAR_MS, main.duration_ms * _FAR_PERCENT // 100)


def other_audio(heard: HeardAlternate, main: AudioFacts) -> Problem:
    """The problem of a file that is called like an encoding of the episode and is none."""
    file = heard.named.file
    length, other = format_clock(heard.facts.duration_ms), format_clock(main.duration_ms)
    return Problem(
        "alternate-left-out",
        f"{file.name} plays for {length}, and the main audio for {other}: it is taken for "
        "something else and not published",
        Location(file),
        Severity.WARNING,
        f"move it to another folder, or write show_notes/{file.stem}.md if it is an episode",
    )


def same_bytes(file: PurePosixPath, other: PurePosixPath) -> Problem:
    """The problem of an alternate that is a copy of another file of the episode."""
    return Problem(
        "alternate-repeated",
        f"{file.name} is left out: it is the very same file as {other.name}",
        Location(file),
        Severity.WARNING,
        f"delete one of them, or export {file.name} again in another encoding",
    )


def master_left_out(file: PurePosixPath, main: PurePosixPath) -> Problem:
    """The note on a file that is too large and too good to be published unasked."""
    stem = file.stem if file.stem.endswith(".lossless") else f"{file.stem}.lossless"
    return Problem(
        "master-left-out",
        f"{file.name} is taken for the master of {main.name} and not published",
        Location(file),
        Severity.NOTE,
        f"rename it to {stem}{file.suffix} to publish it beside {main.name}",
    )
