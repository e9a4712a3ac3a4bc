"""The smallest MP4 with a picture and a sound track, made by its bytes (ISO/IEC 14496-12)."""

from __future__ import annotations

import struct

TURNED = (0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)
UPRIGHT = (1 << 16, 0, 0, 0, 1 << 16, 0, 0, 0, 1 << 30)


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def film(
    *,
    brand: bytes | None = b"isom",
    picture: bytes = b"avc1",
    configuration: bytes = bytes.fromhex("0164001f"),
    size: tuple[int, int] = (1280, 720),
    matrix: tuple[int, ...] = UPRIGHT,
    sound: bytes | None = None,
    seconds: tuple[float, float] = (2.0, 2.0),
    is_quicktime: bool = False,
    is_long: bool = False,
) -> bytes:
    """A film without a sample in it; ``seconds`` are of the picture and of the sound.

    ``sound`` is the content of the sound's descriptors, None for AAC-LC; with ``is_quicktime`` they
    stand where QuickTime puts them, with ``is_long`` times take 64 bits.
    """
    seen = bytes(78) + box(b"avcC", configuration)
    descriptors = box(b"esds", bytes(4), aac(2) if sound is None else sound)
    plain = struct.pack(">8xHH16x", 1 if is_quicktime else 0, 0)
    heard = plain + (bytes(16) + box(b"wave", descriptors) if is_quicktime else descriptors)
    tracks = (
        track(1, b"vide", box(picture, seen), seconds[0], (*size, matrix), is_long=is_long),
        track(2, b"soun", box(b"mp4a", heard), seconds[1], (0, 0, UPRIGHT), is_long=is_long),
    )
    head = box(b"ftyp", brand, bytes(4)) if brand is not None else b""
    movie = box(b"mvhd", struct.pack(">12xII80x", 1000, round(max(seconds) * 1000)))
    return head + box(b"moov", movie, *tracks) + box(b"mdat", b"x")


def track(
    number: int,
    handler: bytes,
    entry: bytes,
    seconds: float,
    shown: tuple[int, int, tuple[int, ...]],
    *,
    is_long: bool,
) -> bytes:
    width, height, matrix = shown
    fields = struct.pack(">9i", *matrix) + struct.pack(">II", width << 16, height << 16)
    before = 40 if not is_long else 52
    head = bytearray(before)
    head[0] = is_long
    struct.pack_into(">I", head, 20 if is_long else 12, number)
    described = box(b"stsd", struct.pack(">4xI", 1), entry)
    media = box(
        b"mdia",
        box(b"mdhd", struct.pack(">12xII4x", 1000, round(seconds * 1000))),
        box(b"hdlr", bytes(8), handler, bytes(12)),
        box(b"minf", box(b"stbl", described)),
    )
    return box(b"trak", box(b"tkhd", bytes(head), fields), media)


def aac(kind: int, *, stream_flags: int = 0, extra: bytes = b"", object_type: int = 0x40) -> bytes:
    """Descriptors of sound with an MPEG-4 audio object of that kind."""
    first = kind << 11 if kind < 31 else 31 << 11 | (kind - 32) << 5
    specific = descriptor(5, struct.pack(">H", first) + b"\x00")
    decoder = descriptor(4, bytes([object_type]) + bytes(12) + specific)
    return descriptor(3, struct.pack(">HB", 1, stream_flags) + extra + decoder)


def descriptor(tag: int, content: bytes) -> bytes:
    """A tag, a length in four bytes as most writers have it, and the content."""
    return bytes([tag, 0x80, 0x80, 0x80, len(content)]) + content
