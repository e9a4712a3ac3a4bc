"""A tagged copy of an MP3: ``tag_mp3``.

ID3v2.3 with UTF-16 text is what the oldest players read (2.3 knows no UTF-8). Frames are laid out
here and not by ``mutagen.id3.ID3.save``, which sorts them by size: chapters would then lie in the
file by the length of their titles, and players that do not sort would show them so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from castpress.store.audio.file_bytes import BLOCK_BYTES, FileBytes
from castpress.store.audio.formats import clean_text
from castpress.store.audio.mp3_frames import walk_mp3
from castpress.store.audio.mutagen_modules import Untyped, frame_bytes, id3
from castpress.store.audio.tags import AudioTagError, AudioTags

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from castpress.model.podcast import Chapter

_LATIN1, _UTF16 = 0, 1
_FRONT_COVER = 3
_MAX_CHILDREN = 255  # of one CTOC: its count is one byte
_MAX_TAG_BYTES = (1 << 28) - 1
_MAX_MS = 0xFFFFFFFF - 1  # all ones mean "not given"
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
    body = b"".join(frame_bytes(frame) for frame in frames)
    size = len(body)
    if size > _MAX_TAG_BYTES:
        raise AudioTagError(source, "artwork and chapters are more than an ID3 tag can hold")
    sizes = bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + sizes + body


def _text_frames(tags: AudioTags) -> Iterator[Untyped]:
    """Title, artist, album, number, date, genre, link: those that are given."""
    for kind, text in ((id3.TIT2, tags.title), (id3.TPE1, tags.artist), (id3.TALB, tags.album)):
        if cleaned := clean_text(text):
            yield kind(encoding=_UTF16, text=[cleaned])
    if tags.number is not None:
        yield id3.TRCK(encoding=_LATIN1, text=[str(tags.number)])
    if tags.date is not None:  # 2.3 has the year apart from day and month
        yield id3.TYER(encoding=_LATIN1, text=[f"{tags.date.year:04}"])
        yield id3.TDAT(encoding=_LATIN1, text=[f"{tags.date.day:02}{tags.date.month:02}"])
    yield id3.TCON(encoding=_LATIN1, text=["Podcast"])
    if tags.link:
        yield id3.WOAF(url=quote(clean_text(tags.link), safe=_URL_CHARACTERS))


def _chapter_frames(chapters: tuple[Chapter, ...], duration_ms: int) -> Iterator[Untyped]:
    """Tables of contents, the top one first, then the chapters in the order of time."""
    in_time = sorted(chapters, key=lambda chapter: chapter.start_ms)
    if not in_time:
        return
    keys = [f"chp{i}" for i in range(len(in_time))]
    yield from _contents(keys)
    starts = [min(chapter.start_ms, _MAX_MS) for chapter in in_time]
    ends = [*starts[1:], max(starts[-1], min(duration_ms, _MAX_MS))]
    for key, chapter, start, end in zip(keys, in_time, starts, ends, strict=True):
        title = id3.TIT2(encoding=_UTF16, text=[clean_text(chapter.title)])
        yield id3.CHAP(element_id=key, start_time=start, end_time=end, sub_frames=[title])


def _contents(keys: list[str]) -> list[Untyped]:
    """The CTOC tree over these elements: nested where one table cannot list them all."""
    tables: list[Untyped] = []
    level = 0
    while len(keys) > _MAX_CHILDREN:
        level += 1
        parents: list[str] = []
        for first in range(0, len(keys), _MAX_CHILDREN):
            parents.append(f"toc{level}-{len(parents)}")
            children = keys[first : first + _MAX_CHILDREN]
            tables.append(_table(parents[-1], id3.CTOCFlags.ORDERED, children))
        keys = parents
    top = _table("toc", id3.CTOCFlags.TOP_LEVEL | id3.CTOCFlags.ORDERED, keys)
    return [top, *tables]


def _table(key: str, flags: int, children: list[str]) -> Untyped:
    """One CTOC frame."""
    return id3.CTOC(element_id=key, flags=flags, child_element_ids=children, sub_frames=[])


def _artwork(tags: AudioTags) -> Iterator[Untyped]:
    """The front cover, last in the tag: what a player shows first is text."""
    if tags.artwork:
        yield id3.APIC(
            encoding=_LATIN1,
            mime=tags.artwork_type,
            type=_FRONT_COVER,
            desc="",
            data=tags.artwork,
        )
