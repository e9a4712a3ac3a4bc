"""Opus, Ogg Vorbis and FLAC, as mutagen reads them; they share their kind of tags.

Chapters follow the Xiph chapter extension: ``CHAPTER001=00:01:30.000``, ``CHAPTER001NAME=Intro``
(https://wiki.xiph.org/Chapter_Extension).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from castpress.model.timecode import TimecodeError, parse_clock
from castpress.store.audio.formats import (
    FLAC,
    OPUS,
    VORBIS,
    AudioFormat,
    AudioReadError,
    EmbeddedChapter,
    EmbeddedTags,
    Measurement,
    clean_text,
)

if TYPE_CHECKING:
    from castpress.store.audio.file_bytes import AudioData, FileBytes

_FIRST_BYTES = 512  # the first packets of all streams stand there
_OTHER_CODECS = {b"\x80theora": "Theora video", b"Speex": "Speex", b"\x7fFLAC": "FLAC"}
_CODECS = {OPUS: "opus", VORBIS: "vorbis"}  # RFC 7845, RFC 5334
_MAX_PAGE_BYTES = 27 + 255 + 255 * 255
_CHAPTER = re.compile(r"CHAPTER[0-9]{2,3}")


def read_ogg(data: FileBytes) -> Measurement:
    """Duration and tags of an Ogg file, by its last page: of a chain of streams, the last one's.

    Raises:
        AudioReadError: it holds something else than Opus or Vorbis, or is too damaged to read.
    """
    from castpress.store.audio.mutagen_modules import oggopus, oggvorbis

    first = data[:_FIRST_BYTES]
    other = next((name for mark, name in _OTHER_CODECS.items() if mark in first), None)
    if other is None and b"OpusHead" in first:
        return _read(data, OPUS, oggopus.OggOpus, _missing(data))
    if other is None and b"\x01vorbis" in first:
        return _read(data, VORBIS, oggvorbis.OggVorbis, _missing(data))
    what = other or "no audio stream that is known"
    raise AudioReadError("audio-not-supported", f"holds {what} in Ogg, which apps do not play", "")


def read_flac(data: FileBytes) -> Measurement:
    """Duration and tags of a FLAC file.

    Raises:
        AudioReadError: it breaks off before the audio, or is too damaged to read.
    """
    from castpress.store.audio.mutagen_modules import flac

    return _read(data, FLAC, flac.FLAC, "")


def _read(
    data: FileBytes,
    audio_format: AudioFormat,
    kind: Any,  # noqa: ANN401 - mutagen has no types
    missing: str,
) -> Measurement:
    """What mutagen's class for this format finds."""
    from castpress.store.audio.mutagen_modules import FAULTS

    data.file.seek(0)
    try:
        audio = kind(data.file)
        duration_ms = max(0, round(audio.info.length * 1000))
    except FAULTS as error:
        reason = f"is {audio_format.name} audio that is too damaged to be read"
        advice = "export or copy the audio again"
        raise AudioReadError("audio-unreadable", reason, advice) from error
    fields: dict[str, str] = {}
    for name, value in audio.tags or ():
        fields.setdefault(name.upper(), clean_text(value))
    tags = EmbeddedTags(
        fields.get("TITLE") or None, fields.get("ARTIST") or None, _chapters(fields)
    )
    return Measurement(audio_format, duration_ms, tags, missing, codecs=_CODECS.get(audio_format))


def _missing(data: AudioData) -> str:
    """A clause about an Ogg file whose last page breaks off, empty where it is whole."""
    tail = data[max(0, len(data) - _MAX_PAGE_BYTES) :]
    page = tail[max(0, tail.rfind(b"OggS")) :]
    segments = page[27 : 27 + page[26]] if len(page) > 26 else b""
    is_whole = len(page) > 26 and len(page) >= 27 + page[26] + sum(segments)
    return "" if is_whole else f"its last page breaks off after {len(page)} bytes"


def _chapters(fields: dict[str, str]) -> tuple[EmbeddedChapter, ...]:
    """The chapters that have both a time and a name, in the order of time."""
    chapters = []
    for name, clock in fields.items():
        title = fields.get(f"{name}NAME")
        if not title or not _CHAPTER.fullmatch(name):
            continue
        try:
            chapters.append(EmbeddedChapter(parse_clock(clock), None, title))
        except TimecodeError:
            continue
    return tuple(sorted(chapters, key=lambda chapter: chapter.start_ms))
