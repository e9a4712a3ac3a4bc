"""The formats of audio and video that castpress knows, and what a reader says about one file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """One format: how people call it, and what feed and file names say about it.

    ``extension`` is the one that published copies get; ``names`` are all that a source may have
    without a warning. ``is_for_apple`` says that Apple Podcasts takes it as an enclosure.
    """

    name: str
    extension: str
    media_type: str
    names: tuple[str, ...]
    is_for_apple: bool = False

    @property
    def content(self) -> str:
        """What a file of this format holds, in words."""
        kind = "video" if self.media_type.startswith("video/") else "audio"
        return f"{self.name} {kind}"


MP3 = AudioFormat("MP3", "mp3", "audio/mpeg", ("mp3",), is_for_apple=True)
MP2 = AudioFormat("MP2", "mp2", "audio/mpeg", ("mp2", "mpa", "mp1"))
M4A = AudioFormat("M4A", "m4a", "audio/x-m4a", ("m4a", "m4b", "mp4"), is_for_apple=True)
OPUS = AudioFormat("Opus", "opus", "audio/ogg", ("opus", "ogg", "oga"))
VORBIS = AudioFormat("Ogg Vorbis", "ogg", "audio/ogg", ("ogg", "oga"))
FLAC = AudioFormat("FLAC", "flac", "audio/flac", ("flac",))
WAV = AudioFormat("WAV", "wav", "audio/wav", ("wav", "wave"))

MP4 = AudioFormat("MP4", "mp4", "video/mp4", ("mp4", "m4v"), is_for_apple=True)
M4V = AudioFormat("M4V", "m4v", "video/x-m4v", ("m4v", "mp4"), is_for_apple=True)
MOV = AudioFormat("QuickTime", "mov", "video/quicktime", ("mov",), is_for_apple=True)

FORMATS = (MP3, MP2, M4A, OPUS, VORBIS, FLAC, WAV, MP4, M4V, MOV)


@dataclass(frozen=True, slots=True)
class EmbeddedChapter:
    """A chapter as the file holds it; ``end_ms`` is None where the format gives starts only."""

    start_ms: int
    end_ms: int | None
    title: str


@dataclass(frozen=True, slots=True)
class EmbeddedTags:
    """What the file says about itself; text is stripped, and None where there is none."""

    title: str | None = None
    artist: str | None = None
    chapters: tuple[EmbeddedChapter, ...] = ()


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a reader found: format, duration, tags.

    ``missing`` is a clause that says what the file should hold and does not ("its header promises
    120 frames, 87 are there"), ``misleading`` one that says why players take it for shorter or
    longer than it is, ``unplayable`` one that says which players do not show a video; they are
    empty where all is well. ``codecs`` are as in RFC 6381, None where they are not certain;
    ``width_px`` and ``height_px`` those of a video as it is shown.
    """

    audio_format: AudioFormat
    duration_ms: int
    tags: EmbeddedTags = EmbeddedTags()
    missing: str = ""
    misleading: str = ""
    unplayable: str = ""
    codecs: str | None = None
    width_px: int | None = None
    height_px: int | None = None


class AudioReadError(Exception):
    """A reader cannot use the file: the code of the problem, what it is, and what to do."""

    def __init__(self, code: str, reason: str, advice: str) -> None:
        """Keep the three parts; ``reason`` continues a sentence that begins with the file name."""
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.advice = advice


def to_ms(units: int, per_second: int) -> int:
    """Integer milliseconds of a count of samples or ticks, rounded to the nearest.

    >>> to_ms(1152 * 3, 44100), to_ms(1, 0)
    (78, 0)
    """
    return (units * 2000 + per_second) // (per_second * 2) if per_second > 0 else 0


def clean_text(text: str) -> str:
    r"""The text on one line, without control characters and lone surrogates.

    >>> clean_text("Intro\x00\n  two \ud800")
    'Intro two ?'
    """
    printable = "".join(" " if c < " " or c == "\x7f" else c for c in text)
    return " ".join(printable.encode("utf-8", "replace").decode("utf-8").split())
