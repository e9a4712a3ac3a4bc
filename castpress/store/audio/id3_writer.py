"""A tagged copy of an MP3: ``tag_mp3``.

ID3v2.3 with UTF-16 text is what the oldest players read (2.3 knows no UTF-8). Frames are laid out
here and not by ``mutagen.id3.ID3.save``, which sorts them by size: chapters would then lie in the
file by the length of their titles, and players that do not sort would show them so. mutagen makes
the frames that hold text, links and pictures; those of chapters are put together of these here
(https://id3.org/id3v2-chapters-1.0), because it would make every title three times.
"""

from __future__ import annotations

import struct
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import quote

from castpress.store.audio.file_bytes import BLOCK_BYTES, FileBytes
from castpress.store.audio.formats import clean_text
from castpress.store.audio.mp3_frames import walk_mp3
from castpress.store.audio.mutagen_modules import frame_bytes, id3
from castpress.store.audio.tags import AudioTagError, AudioTags

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from castpress.model.podcast import Chapter

_LATIN1, _UTF16 = 0, 1
_FRONT_COVER = 3
_MAX_CHILDREN = 255  # of one CTOC: its count is one byte
_MAX_TAG_BYTES = (1 << 28) - 1
_NOT_GIVEN = 0xFFFFFFFF
_MAX_MS = _NOT_GIVEN - 1
_TOP_LEVEL, _ORDERED = 2, 1  # flags of a CTOC
_URL_CHARACTERS = "%/:?#[]@!$&'()*+,;=~"


def tag_mp3(source: Path, destination: Path, tags: AudioTags) -> None:
    """Write a copy of an MP3 with these tags and no others; the source stays as it is.

    From the first frame to the last the copy is the source, byte for byte. What stood before and
    behind goes: older ID3v2 tags, of which players would show the wrong one, and ID3v1 and APE
    tags at the end, which hold the same in 30 characters and click in some players. The same
    input gives the same bytes; there is no padding.

    Raises:
        AudioTagError: it is no MP3, or the tags do not fit into ID3.
        OSError: a file cannot be read or written.
    """
    with source.open("rb") as file:
        data = FileBytes(file)
        walk = walk_mp3(data)
        if walk is None:
            raise AudioTagError(source, "no MP3 frames were found in it")
        tag = _tag_bytes(source, tags, walk.duration_ms)
        with destination.open("wb") as copy:
            copy.write(tag)
            for position in range(walk.start, walk.end, BLOCK_BYTES):
                copy.write(data[position : min(walk.end, position + BLOCK_BYTES)])


def _tag_bytes(source: Path, tags: AudioTags, duration_ms: int) -> bytes:
    """The whole ID3v2.3 tag.

    Raises:
        AudioTagError: it would be larger than ID3 can say.
    """
    frames = (*_text_frames(tags), *_chapter_frames(tags.chapters, duration_ms), *_artwork(tags))
    body = b"".join(frames)
    size = len(body)
    if size > _MAX_TAG_BYTES:
        raise AudioTagError(source, "artwork and chapters are more than an ID3 tag can hold")
    sizes = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + sizes + body


def _text_frames(tags: AudioTags) -> Iterator[bytes]:
    """Title, artist, album, number, date, genre, link: those that are given."""
    for kind, text in (("TIT2", tags.title), ("TPE1", tags.artist), ("TALB", tags.album)):
        if cleaned := clean_text(text):
            yield _text_frame(kind, cleaned)
    if tags.number is not None:
        yield _text_frame("TRCK", str(tags.number), _LATIN1)
    if tags.date is not None:  # 2.3 has the year apart from day and month
        yield _text_frame("TYER", f"{tags.date.year:04}", _LATIN1)
        yield _text_frame("TDAT", f"{tags.date.day:02}{tags.date.month:02}", _LATIN1)
    yield _text_frame("TCON", "Podcast", _LATIN1)
    if tags.link:
        yield frame_bytes(id3.WOAF(url=quote(clean_text(tags.link), safe=_URL_CHARACTERS)))


@lru_cache(maxsize=256)
def _text_frame(kind: str, text: str, encoding: int = _UTF16) -> bytes:
    """One frame of text; kept, since shows, people and many chapters recur from file to file."""
    return frame_bytes(getattr(id3, kind)(encoding=encoding, text=[text]))


def _chapter_frames(chapters: tuple[Chapter, ...], duration_ms: int) -> Iterator[bytes]:
    """Tables of contents, the top one first, then the chapters in the order of time."""
    in_time = sorted(chapters, key=lambda chapter: chapter.start_ms)
    if not in_time:
        return
    keys = [f"chp{i}" for i in range(len(in_time))]
    yield from _contents(keys)
    starts = [min(chapter.start_ms, _MAX_MS) for chapter in in_time]
    ends = [*starts[1:], max(starts[-1], min(duration_ms, _MAX_MS))]
    for key, chapter, start, end in zip(keys, in_time, starts, ends, strict=True):
        times = struct.pack(">4I", start, end, _NOT_GIVEN, _NOT_GIVEN)
        title = _text_frame("TIT2", clean_text(chapter.title))
        yield _frame(b"CHAP", _element_id(key) + times + title)


def _contents(keys: list[str]) -> list[bytes]:
    """The CTOC tree over these elements: nested where one table cannot list them all."""
    tables: list[bytes] = []
    level = 0
    while len(keys) > _MAX_CHILDREN:
        level += 1
        parents: list[str] = []
        for first in range(0, len(keys), _MAX_CHILDREN):
            parents.append(f"toc{level}-{len(parents)}")
            children = keys[first : first + _MAX_CHILDREN]
            tables.append(_table(parents[-1], _ORDERED, children))
        keys = parents
    top = _table("toc", _TOP_LEVEL | _ORDERED, keys)
    return [top, *tables]


def _table(key: str, flags: int, children: list[str]) -> bytes:
    """One CTOC frame."""
    listed = b"".join(map(_element_id, children))
    return _frame(b"CTOC", _element_id(key) + bytes((flags, len(children))) + listed)


def _element_id(key: str) -> bytes:
    return key.encode("ascii") + b"\0"


def _frame(name: bytes, body: bytes) -> bytes:
    """A frame of version 2.3 without flags."""
    return name + struct.pack(">IH", len(body), 0) + body


def _artwork(tags: AudioTags) -> Iterator[bytes]:
    """The front cover, last in the tag: what a player shows first is text."""
    if tags.artwork:
        yield _picture_frame(tags.artwork, tags.artwork_type)


@lru_cache(maxsize=2)
def _picture_frame(picture: bytes, media_type: str) -> bytes:
    """The frame of a front cover; kept, since it is mostly the show's."""
    cover = id3.APIC(encoding=_LATIN1, mime=media_type, type=_FRONT_COVER, desc="", data=picture)
    return frame_bytes(cover)
