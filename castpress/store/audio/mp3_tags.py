"""Where tags lie in an MP3: before, behind and, in joined files, between the audio."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from castpress.store.audio.file_bytes import AudioData

_ID3V1_BYTES = 128
_APE_BYTES = 32
_LYRICS_BYTES = 5200  # of Lyrics3 version 1, which does not say its size: 5100 and its marks


def synchsafe(four: bytes) -> int:
    """The number in four bytes of seven bits each, -1 where a high bit is set.

    >>> synchsafe(bytes([0, 0, 2, 1])), synchsafe(bytes([0, 0, 128, 0]))
    (257, -1)
    """
    if len(four) < 4 or max(four) > 127:
        return -1
    return four[0] << 21 | four[1] << 14 | four[2] << 7 | four[3]


def id3v2_end(data: AudioData, position: int) -> int:
    """Where the ID3v2 tag that begins here ends; ``position`` itself where none does."""
    head = data[position : position + 10]
    if not head.startswith(b"ID3") or len(head) < 10 or 0xFF in head[3:5]:
        return position
    size = synchsafe(head[6:10])
    if size < 0:
        return position
    footer = 10 if head[5] & 0x10 else 0
    return min(position + 10 + size + footer, len(data))


def skip_tag(data: AudioData, position: int) -> int:
    """Where the tag that begins here ends (ID3v2, ID3v1 or APE), else ``position``."""
    head = data[position : position + 8]
    if head.startswith(b"ID3"):
        return id3v2_end(data, position)
    if head.startswith(b"TAG") and position + _ID3V1_BYTES <= len(data):
        return position + _ID3V1_BYTES
    if head == b"APETAGEX":
        size = int.from_bytes(data[position + 12 : position + 16], "little")
        has_header = data[position + 23 : position + 24] >= b"\x80"
        return min(position + size + (_APE_BYTES if has_header else 0), len(data))
    return position


def audio_end(data: AudioData) -> int:
    """Where the tags at the end of the file begin: ID3v1, APE, Lyrics3, appended ID3v2."""
    end = len(data)
    while (before := _tag_start(data, end)) < end:
        end = before
    return end


def _tag_start(data: AudioData, end: int) -> int:
    """Where the tag that ends here begins, ``end`` itself where none does."""
    if data[max(0, end - _ID3V1_BYTES) : end].startswith(b"TAG") and end >= _ID3V1_BYTES:
        return end - _ID3V1_BYTES
    if data[max(0, end - 227) : end].startswith(b"TAG+") and end >= 227:
        return end - 227
    foot = data[max(0, end - _APE_BYTES) : end]
    start = end
    if foot.startswith(b"APETAGEX"):
        size = int.from_bytes(foot[12:16], "little")
        start = end - size - (_APE_BYTES if foot[23] & 0x80 else 0)
    elif foot.endswith(b"LYRICS200") and foot[-15:-9].isdigit():
        start = end - 15 - int(foot[-15:-9])
    elif foot.endswith(b"LYRICSEND"):
        first = max(0, end - _LYRICS_BYTES)
        found = data[first:end].rfind(b"LYRICSBEGIN")
        start = first + found if found >= 0 else end
    elif foot[-10:].startswith(b"3DI") and synchsafe(foot[-4:]) >= 0:
        start = end - 20 - synchsafe(foot[-4:])
    return start if 0 <= start < end else end
