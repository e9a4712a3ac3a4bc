"""WAV: how long it plays, from its chunks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.store.audio.formats import WAV, AudioReadError, Measurement, to_ms

if TYPE_CHECKING:
    from castpress.store.audio.file_bytes import AudioData

_WANTED = (b"fmt ", b"fact", b"ds64")
_PCM = (1, 3, 0xFFFE)  # integers, floats, and WAVE_FORMAT_EXTENSIBLE around either
_UNKNOWN_SIZE = (0, 0xFFFFFFFF)  # what programs write that could not go back to the header


def read_wav(data: AudioData) -> Measurement:
    """Duration of a WAV file; RF64 and BW64 are read as well, tags are not.

    Raises:
        AudioReadError: there is no ``data`` chunk.
    """
    chunks: dict[bytes, bytes] = {}
    start = 12
    while (head := data[start : start + 8])[:4] != b"data":
        if len(head) < 8:
            raise AudioReadError("audio-unreadable", "is a WAV file without audio in it", "")
        start, size = start + 8, _number(head[4:])
        if head[:4] in _WANTED:
            chunks[head[:4]] = data[start : start + min(size, 40)]
        start += size + (size & 1)
    start, size = start + 8, _number(head[4:])
    if size == 0xFFFFFFFF and b"ds64" in chunks:
        size = _number(chunks[b"ds64"][8:16])
    there = len(data) - start
    missing = ""
    if size in _UNKNOWN_SIZE:
        size = there
    elif size > there:
        missing = f"its header promises {size} bytes of audio, {there} are there"
    return Measurement(WAV, _duration_ms(chunks, min(size, there)), missing=missing)


def _duration_ms(chunks: dict[bytes, bytes], audio_bytes: int) -> int:
    """Milliseconds of so many bytes of audio, 0 where the chunks before them do not say."""
    fmt, fact = chunks.get(b"fmt ", b""), chunks.get(b"fact", b"")
    kind, rate, bytes_per_second = _number(fmt[0:2]), _number(fmt[4:8]), _number(fmt[8:12])
    block = _number(fmt[12:14])
    if kind in _PCM and block:
        return to_ms(audio_bytes // block, rate)
    return to_ms(_number(fact[:4]), rate) if fact else to_ms(audio_bytes, bytes_per_second)


def _number(digits: bytes) -> int:
    """A little-endian number."""
    return int.from_bytes(digits, "little")
