"""Title, artist and chapters from Vorbis comments, which Ogg and FLAC share.

Chapters follow the Xiph chapter extension: ``CHAPTER001=00:01:30.000``, ``CHAPTER001NAME=Intro``
(https://wiki.xiph.org/Chapter_Extension).
"""

from __future__ import annotations

import re

from castpress.store.audio.formats import EmbeddedChapter, EmbeddedTags, clean_text

_CHAPTER = re.compile(r"CHAPTER(\d{2,3})(NAME)?", re.ASCII)
_CLOCK = re.compile(r"(\d{1,4}):([0-5]?\d):([0-5]?\d)(?:[.,](\d{1,9}))?", re.ASCII)
_MAX_COMMENT_BYTES = 1 << 20  # longer ones are pictures


def read_vorbis_comments(block: bytes) -> EmbeddedTags:
    """The tags in a comment block (from the vendor's length on); what is broken off is left out."""
    fields: dict[str, str] = {}
    position = 4 + _u32(block, 0)
    count = _u32(block, position)
    position += 4
    for _ in range(count):
        if position + 4 > len(block):
            break
        size = _u32(block, position)
        comment = block[position + 4 : position + 4 + min(size, _MAX_COMMENT_BYTES)]
        position += 4 + size
        name, equals, value = comment.partition(b"=")
        if equals and size <= _MAX_COMMENT_BYTES:
            fields.setdefault(name.decode("latin-1").upper(), value.decode("utf-8", "replace"))
    return EmbeddedTags(
        clean_text(fields.get("TITLE", "")) or None,
        clean_text(fields.get("ARTIST", "")) or None,
        _chapters(fields),
    )


def _chapters(fields: dict[str, str]) -> tuple[EmbeddedChapter, ...]:
    """The chapters that have both a time and a name, in the order of time."""
    chapters = []
    for key, value in fields.items():
        match, clock = _CHAPTER.fullmatch(key), _CLOCK.fullmatch(value.strip())
        title = clean_text(fields.get(f"{key}NAME", ""))
        if match and not match[2] and clock and title:
            hours, minutes, seconds = int(clock[1]), int(clock[2]), int(clock[3])
            milliseconds = int((clock[4] or "0").ljust(3, "0")[:3])
            start = ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds
            chapters.append(EmbeddedChapter(start, None, title))
    return tuple(sorted(chapters, key=lambda chapter: chapter.start_ms))


def _u32(block: bytes, position: int) -> int:
    """A little-endian number of four bytes."""
    return int.from_bytes(block[position : position + 4], "little")
