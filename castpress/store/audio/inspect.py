"""From an audio file to its facts: ``inspect_audio``."""

from __future__ import annotations

import hashlib
import shlex
import stat
from itertools import zip_longest
from typing import TYPE_CHECKING

from castpress.model.podcast import AudioFacts, Chapter
from castpress.model.problem import Location, Problem, Severity
from castpress.store.audio.file_bytes import FileBytes
from castpress.store.audio.formats import MP2, MP3, AudioReadError, EmbeddedChapter, Measurement
from castpress.store.audio.id3_reader import read_id3
from castpress.store.audio.mp3_frames import is_free_format, walk_mp3
from castpress.store.audio.mp3_tags import id3v2_end
from castpress.store.audio.mp4 import read_mp4
from castpress.store.audio.not_audio import raise_if_other, refuse_unknown
from castpress.store.audio.ogg_and_flac import read_flac, read_ogg
from castpress.store.audio.wav import read_wav

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_READERS: tuple[tuple[int, bytes, Callable[[FileBytes], Measurement]], ...] = (
    # (offset, what stands there, reader); MP3 has no signature and is what remains
    (0, b"OggS", read_ogg),
    (0, b"fLaC", read_flac),
    (8, b"WAVE", read_wav),
    (4, b"ftyp", read_mp4),
    (4, b"moov", read_mp4),  # QuickTime before 2001 had no ftyp
    (4, b"mdat", read_mp4),
)
_IN_FOLDER = "in the show's folder type"
_DEFAULT_ADVICE = "put an MP3 or M4A file in its place"


def inspect_audio(path: Path, location: Location) -> tuple[AudioFacts | None, tuple[Problem, ...]]:
    """What is in an audio or video file, by its content and not by its name; None if of no use.

    The duration is exact to the millisecond: MP3 by counting frames (see ``walk_mp3``), M4A and
    MP4 by the edit list, the others by their count of samples. Whatever the file holds, this does
    not raise; a file that is not there, not readable or not audio is an error among the problems.

    Args:
        path: the file to read.
        location: how problems name it: its path in the show's folder.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            what = "a folder" if stat.S_ISDIR(status.st_mode) else "not a file"
            error = AudioReadError("audio-unreadable", f"is {what}, where audio is expected", "")
            return None, (_problem(error, location),)
        if status.st_size == 0:
            advice = "export or copy the audio again; it takes a while before all of it is there"
            return None, (_problem(AudioReadError("empty-audio", "is empty", advice), location),)
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            data = FileBytes(file)
            measured = _measure(data)
    except FileNotFoundError:
        error = AudioReadError("audio-missing", "is not there", "put the file back, or rename it")
        return None, (_problem(error, location),)
    except (OSError, ValueError) as os_error:  # ValueError: a NUL in the path
        reason = getattr(os_error, "strerror", None) or str(os_error)
        error = AudioReadError(
            "audio-unreadable",
            f"cannot be read: {reason}",
            f"{_IN_FOLDER}: ls -l {_quoted(location)}",
        )
        return None, (_problem(error, location),)
    except AudioReadError as read_error:
        return None, (_problem(read_error, location),)
    if not measured.duration_ms:
        reason = measured.missing or "has no duration: there is no audio in it"
        error = AudioReadError("audio-without-duration", reason, "")
        return None, (_problem(error, location),)
    facts = AudioFacts(
        measured.audio_format.media_type,
        measured.audio_format.extension,
        len(data),
        measured.duration_ms,
        sha256,
        measured.tags.title,
        measured.tags.artist,
        _settle_chapters(measured.tags.chapters, measured.duration_ms, location),
        location,
        measured.width_px,
        measured.height_px,
        measured.codecs,
    )
    return facts, _warnings(measured, location)


def _measure(data: FileBytes) -> Measurement:
    """What the reader for this content finds.

    Raises:
        AudioReadError: no reader can use it.
    """
    start = id3v2_end(data, 0)
    head = data[start : start + 16]
    for offset, mark, read in _READERS:
        if head.startswith(mark, offset):
            return read(data)
    raise_if_other(data, start)
    walk = walk_mp3(data)
    if walk is not None:
        audio_format = MP3 if walk.layer == 3 else MP2
        tags = read_id3(data)
        return Measurement(audio_format, walk.duration_ms, tags, walk.missing, walk.misleading)
    if is_free_format(data):
        raise AudioReadError(
            "mp3-free-format", "is an MP3 of free format, which most players refuse", ""
        )
    raise refuse_unknown(data, start)


def _settle_chapters(
    found: tuple[EmbeddedChapter, ...], duration_ms: int, location: Location
) -> tuple[Chapter, ...]:
    """The chapters with ends: their own, else the next one's start, else the audio's end."""
    chapters = []
    for chapter, following in zip_longest(found, found[1:]):
        end = chapter.end_ms
        if end is None or end <= chapter.start_ms:
            end = following.start_ms if following else duration_ms
        end = max(chapter.start_ms, min(end, duration_ms))
        chapters.append(Chapter(chapter.start_ms, end, chapter.title, location=location))
    return tuple(chapters)


def _warnings(measured: Measurement, location: Location) -> tuple[Problem, ...]:
    """What listeners may notice of a file that can be used."""
    audio_format, name = measured.audio_format, location.file.name
    found: list[tuple[str, str, str]] = []
    if measured.missing:
        advice = "export or copy the audio again; if it is all there is, publish it as it is"
        found.append(("truncated-audio", f"{name} ends too early: {measured.missing}", advice))
    if measured.misleading:
        message = f"players cannot tell how long {name} is: {measured.misleading}"
        found.append(("misleading-mp3-header", message, _rewrite_advice(location)))
    if location.file.suffix.lower().removeprefix(".") not in audio_format.names:
        right = shlex.quote(location.file.with_suffix(f".{audio_format.extension}").as_posix())
        message = f"{name} is named like something else, but holds {audio_format.content}"
        found.append(
            ("audio-named-wrong", message, f"{_IN_FOLDER}: mv {_quoted(location)} {right}")
        )
    if measured.unplayable:
        message = f"{name} {measured.unplayable}"
        found.append(("video-not-everywhere", message, _video_advice(measured, location)))
    if not audio_format.is_for_apple:
        message = f"{name} holds {audio_format.content}, which Apple Podcasts does not take"
        found.append(("audio-not-for-apple", message, _convert_advice(location)))
    return tuple(
        Problem(code, message, location, Severity.WARNING, advice)
        for code, message, advice in found
    )


def _problem(error: AudioReadError, location: Location) -> Problem:
    """The problem, an error, for a file that cannot be used."""
    if error.code in {"audio-not-supported", "mp3-free-format"}:
        advice = error.advice or _convert_advice(location)
    elif error.code == "audio-without-duration":
        advice = error.advice or _rewrite_advice(location)
    else:
        advice = error.advice or _DEFAULT_ADVICE
    message = f"{location.file.name} {error.reason}"
    return Problem(error.code, message, location, Severity.ERROR, advice)


def _convert_advice(location: Location) -> str:
    """The command that makes an MP3 of the file."""
    made = location.file.with_suffix(".mp3")
    if made == location.file:
        made = made.with_stem(f"{made.stem}-new")
    target = shlex.quote(made.as_posix())
    return (
        f"{_IN_FOLDER}: ffmpeg -i {_quoted(location)} -vn -c:a libmp3lame -b:a 128k {target}"
        f"  (then move {location.file.name} out of the folder)"
    )


def _video_advice(measured: Measurement, location: Location) -> str:
    """The command that makes a video of the file which all players show."""
    made = location.file.with_suffix(".mp4")
    if made == location.file:
        made = made.with_stem(f"{made.stem}-new")
    is_h264 = (measured.codecs or "").startswith("avc")
    coding = "-c copy" if is_h264 else "-c:v libx264 -pix_fmt yuv420p -c:a aac"
    return (
        f"{_IN_FOLDER}: ffmpeg -i {_quoted(location)} {coding} "
        f"-movflags +faststart {shlex.quote(made.as_posix())}"
        f"  (then move {location.file.name} out of the folder)"
    )


def _rewrite_advice(location: Location) -> str:
    """The command that writes the same audio into a sound file."""
    whole = location.file.with_stem(f"{location.file.stem}-whole")
    target = shlex.quote(whole.as_posix())
    return (
        f"{_IN_FOLDER}: ffmpeg -i {_quoted(location)} -c copy {target}"
        f"  (then put {whole.name} in its place), or export it again"
    )


def _quoted(location: Location) -> str:
    """The file for a command line."""
    return shlex.quote(location.file.as_posix())
