"""What an MP4 track is coded in, as RFC 6381 writes it, and how large a picture is shown.

Only what is certain: AAC and other sound in ``mp4a`` by its descriptors (ISO/IEC 14496-1), H.264 by
its configuration (ISO/IEC 14496-15).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.store.audio.mp4_boxes import Box, Track, find, number

if TYPE_CHECKING:
    from castpress.store.audio.file_bytes import AudioData

H264 = (b"avc1", b"avc3")
_SOUND_FIELDS, _PICTURE_FIELDS = 28, 78  # bytes of a sample entry before its boxes
_QUICKTIME_FIELDS = 16  # more of them, in version 1 of QuickTime's sound
_STREAM, _DECODER, _SPECIFIC = 3, 4, 5  # tags of descriptors
_MPEG4_AUDIO = 0x40


def codec_of(data: AudioData, track: Track) -> str | None:
    """The codec of a track, ``mp4a.40.2`` or ``avc1.640028``; None where it is not certain."""
    entry = _sample_entry(data, track)
    if entry is None:
        return None
    if track.codec == b"mp4a":
        version = number(data, entry.start + 8, 2)
        fields = _SOUND_FIELDS + (_QUICKTIME_FIELDS if version == 1 else 0)
        inside = Box(entry.kind, entry.start + fields, entry.end)
        box = find(data, inside, b"esds") or find(data, inside, b"wave", b"esds")
        return _sound(data, box) if box is not None else None
    if track.codec in H264:
        inside = Box(entry.kind, entry.start + _PICTURE_FIELDS, entry.end)
        box = find(data, inside, b"avcC")
        digits = data[box.start + 1 : min(box.start + 4, box.end)] if box is not None else b""
        return f"{track.codec.decode()}.{digits.hex()}" if len(digits) == 3 else None
    return None


def shown_size(data: AudioData, track: Track) -> tuple[int, int] | None:
    """Width and height in pixels as players show them, a turned picture turned; None for none."""
    header = find(data, track.box, b"tkhd")
    if header is None:
        return None
    matrix = header.start + (52 if number(data, header.start, 1) == 1 else 40)
    # Fixed point numbers of 16 bits on either side: a matrix of nine, then width and height.
    width, height = (number(data, at, 4) + (1 << 15) >> 16 for at in (matrix + 36, matrix + 40))
    if not width or not height:
        return None
    is_turned = not number(data, matrix, 4) and not number(data, matrix + 16, 4)
    return (height, width) if is_turned else (width, height)


def _sample_entry(data: AudioData, track: Track) -> Box | None:
    described = find(data, track.box, b"mdia", b"minf", b"stbl", b"stsd")
    if described is None:
        return None
    start = described.start + 8
    end = min(start + number(data, start, 4), described.end)
    return Box(track.codec, start + 8, end) if end > start + 8 else None


def _sound(data: AudioData, box: Box) -> str | None:
    """What the descriptors say: object type, and for MPEG-4 the type of its audio object."""
    tag, at = _descriptor(data, box.start + 4)
    if tag != _STREAM:
        return None
    flags = number(data, at + 2, 1)
    at += 3 + (2 if flags & 0x80 else 0)
    if flags & 0x40:
        at += 1 + number(data, at, 1)
    at += 2 if flags & 0x20 else 0
    tag, at = _descriptor(data, at)
    if tag != _DECODER or at >= box.end:
        return None
    kind = number(data, at, 1)
    if kind != _MPEG4_AUDIO:
        return f"mp4a.{kind:02x}" if kind else None
    tag, at = _descriptor(data, at + 13)
    if tag != _SPECIFIC or at + 2 > box.end:
        return None
    bits = number(data, at, 2)
    audio = bits >> 11
    if audio == 31:
        audio = 32 + (bits >> 5 & 0x3F)
    return f"mp4a.40.{audio}" if audio else None


def _descriptor(data: AudioData, at: int) -> tuple[int, int]:
    """The tag of a descriptor, and where its content begins; its length has up to four bytes."""
    start = at + 1
    for _ in range(4):
        start += 1
        if not number(data, start - 1, 1) & 0x80:
            break
    return number(data, at, 1), start
