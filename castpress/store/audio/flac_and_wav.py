"""FLAC and WAV: lossless files whose first bytes say how long they play."""

from __future__ import annotations

from castpress.store.audio.formats import (
    FLAC,
    WAV,
    AudioData,
    AudioReadError,
    EmbeddedTags,
    Measurement,
    clean_text,
    to_ms,
)
from castpress.store.audio.id3_reader import read_id3
from castpress.store.audio.mp3_tags import id3v2_end
from castpress.store.audio.vorbis_comments import read_vorbis_comments

_PCM = (1, 3, 0xFFFE)  # integers, floats, and WAVE_FORMAT_EXTENSIBLE around either
_UNKNOWN_SIZE = (0, 0xFFFFFFFF)  # what programs write that could not go back to the header
_MAX_TAG_BYTES = 1 << 24


def read_flac(data: AudioData) -> Measurement:
    """Duration and tags of a FLAC file, from its metadata blocks (RFC 9639).

    Raises:
        AudioReadError: the encoder has not written how many samples there are.
    """
    position = id3v2_end(data, 0) + 4
    tags = EmbeddedTags()
    rate = samples = 0
    is_last = False
    while not is_last and position + 4 <= len(data):
        head = data[position : position + 4]
        size = int.from_bytes(head[1:], "big")
        body = data[position + 4 : position + 4 + size] if head[0] & 0x7F in (0, 4) else b""
        if head[0] & 0x7F == 0:
            numbers = int.from_bytes(body[10:18], "big")
            rate, samples = numbers >> 44, numbers & 0xFFFFFFFFF
        elif head[0] & 0x7F == 4:
            tags = read_vorbis_comments(body)
        is_last = bool(head[0] & 0x80)
        position += 4 + size
    missing = "" if is_last and position < len(data) else "it ends before the audio begins"
    return Measurement(FLAC, to_ms(samples, rate), tags, missing)


def read_wav(data: AudioData) -> Measurement:
    """Duration and tags of a WAV file, from its chunks; RF64 and BW64 are read as well.

    Raises:
        AudioReadError: there is no ``fmt`` or no ``data`` chunk.
    """
    fmt = fact = sizes = b""
    audio: tuple[int, int] | None = None
    tags = EmbeddedTags()
    missing = ""
    position = 12
    while position + 8 <= len(data):
        name, size = data[position : position + 4], _u32(data[position + 4 : position + 8])
        start, end = position + 8, min(position + 8 + size, len(data))
        if name == b"fmt ":
            fmt = data[start : min(end, start + 40)]
        elif name == b"ds64":
            sizes = data[start : min(end, start + 28)]
        elif name == b"fact":
            fact = data[start : min(end, start + 4)]
        elif name == b"data" and audio is None:
            if size == 0xFFFFFFFF and sizes:
                size = int.from_bytes(sizes[8:16], "little")
            is_open = size in _UNKNOWN_SIZE
            if not is_open and start + size > len(data):
                missing = (
                    f"its header promises {size} bytes of audio, {len(data) - start} are there"
                )
            end = len(data) if is_open else min(start + size, len(data))
            audio, size = (start, end), end - start
        elif name in {b"LIST", b"id3 ", b"ID3 "} and size <= _MAX_TAG_BYTES:
            tags = _merge(tags, _wav_tags(name, data[start:end]))
        position = start + size + (size & 1)
    if not fmt or audio is None:
        raise AudioReadError("audio-unreadable", "is a WAV file without audio in it", "")
    return Measurement(WAV, _wav_duration(fmt, fact, audio[1] - audio[0]), tags, missing)


def _wav_duration(fmt: bytes, fact: bytes, audio_bytes: int) -> int:
    """Milliseconds of so many bytes of audio."""
    kind, rate, bytes_per_second = _u16(fmt[0:2]), _u32(fmt[4:8]), _u32(fmt[8:12])
    block = _u16(fmt[12:14])
    if kind in _PCM and block:
        return to_ms(audio_bytes // block, rate)
    return to_ms(_u32(fact), rate) if fact else to_ms(audio_bytes, bytes_per_second)


def _wav_tags(name: bytes, body: bytes) -> EmbeddedTags:
    """The tags in a LIST INFO or an ID3 chunk."""
    if name != b"LIST":
        return read_id3(body)
    fields: dict[bytes, str] = {}
    position = 4 if body.startswith(b"INFO") else len(body)
    while position + 8 <= len(body):
        size = _u32(body[position + 4 : position + 8])
        text = body[position + 8 : position + 8 + size].decode("utf-8", "replace")
        fields.setdefault(body[position : position + 4], clean_text(text))
        position += 8 + size + (size & 1)
    return EmbeddedTags(fields.get(b"INAM") or None, fields.get(b"IART") or None)


def _merge(first: EmbeddedTags, second: EmbeddedTags) -> EmbeddedTags:
    """The tags of both, the first's where both have one."""
    return EmbeddedTags(
        first.title or second.title,
        first.artist or second.artist,
        first.chapters or second.chapters,
    )


def _u16(two: bytes) -> int:
    """A little-endian number."""
    return int.from_bytes(two, "little")


def _u32(four: bytes) -> int:
    """A little-endian number."""
    return int.from_bytes(four, "little")
