"""Title, artist and chapters from ID3 tags, versions 1, 2.2, 2.3 and 2.4.

Compressed and encrypted frames are passed by: half a megabyte can inflate to half a gigabyte.
Layout: https://id3.org/id3v2.3.0, https://id3.org/id3v2.4.0-structure and the chapter addendum
https://id3.org/id3v2-chapters-1.0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from castpress.store.audio.formats import AudioData, EmbeddedChapter, EmbeddedTags, clean_text
from castpress.store.audio.mp3_tags import id3v2_end, synchsafe

if TYPE_CHECKING:
    from collections.abc import Iterator

_WANTED = {"TT2": "TIT2", "TP1": "TPE1", "TIT2": "TIT2", "TPE1": "TPE1"}
_ENCODINGS = ("latin-1", "utf-16", "utf-16-be", "utf-8")
_MAX_FRAME_BYTES = 1 << 20  # a title or a chapter that is longer is none
_MAX_NESTED = 8


def read_id3(data: AudioData) -> EmbeddedTags:
    """The tags at the beginning of the data, the first value of each; ID3v1 where there are none.

    Chapters come in the order of time. Where a table of contents lists chapters, the ones it does
    not list are hidden from listeners and left out here.
    """
    texts: dict[str, str] = {}
    chapters: dict[str, EmbeddedChapter] = {}
    contents: dict[str, tuple[str, ...]] = {}
    position = 0
    while (end := id3v2_end(data, position)) > position:
        for name, body in _tag_frames(data, position, end):
            if name == "CHAP":
                _add_chapter(body, data[position + 3], chapters)
            elif name == "CTOC":
                _add_contents(body, contents)
            elif name in _WANTED:
                texts.setdefault(_WANTED[name], _text(body))
        position = end
    listed = {child for children in contents.values() for child in children} & chapters.keys()
    shown = [chapter for key, chapter in chapters.items() if not listed or key in listed]
    old = data[-128:] if data[-128:].startswith(b"TAG") else b""
    return EmbeddedTags(
        texts.get("TIT2") or clean_text(old[3:33].decode("latin-1")) or None,
        texts.get("TPE1") or clean_text(old[33:63].decode("latin-1")) or None,
        tuple(sorted(shown, key=lambda chapter: chapter.start_ms)),
    )


def _tag_frames(data: AudioData, start: int, end: int) -> Iterator[tuple[str, bytes]]:
    """The frames of one tag that may be of use: (name, body)."""
    version, flags = data[start + 3], data[start + 5]
    if version not in (2, 3, 4):
        return
    position = start + 10
    if flags & 0x80 and version < 4:  # the whole tag is unsynchronised, the sizes in it too
        data = data[position:end].replace(b"\xff\x00", b"\xff")
        position, end = 0, len(data)
    if flags & 0x40 and version > 2:
        size = data[position : position + 4]
        position += max(0, synchsafe(size)) if version == 4 else 4 + int.from_bytes(size, "big")
    yield from _frames(data, position, end, version)


def _frames(data: AudioData, position: int, end: int, version: int) -> Iterator[tuple[str, bytes]]:
    """The frames between two positions, without those too long to be text or chapters."""
    name_size, head_size = (3, 6) if version == 2 else (4, 10)
    while position + head_size < end:
        name = data[position : position + name_size]
        if not name.isalnum():
            return
        size_bytes = data[position + name_size : position + 2 * name_size]
        size = int.from_bytes(size_bytes, "big")
        if version == 4 and not _lands_on_a_frame(data, position + 10 + size, end):
            # iTunes wrote plain sizes into 2.4 tags; taken as such only where they fit.
            size = synchsafe(size_bytes)
        body_start = position + head_size
        if size < 0 or body_start + size > end:
            return
        position = body_start + size
        flags = data[body_start - 1] if version > 2 else 0
        if size <= _MAX_FRAME_BYTES and not flags & (0xC0 if version == 3 else 0x0C):
            body = data[body_start:position]
            if version == 4 and flags & 0x01:
                body = body[4:]  # the data length indicator
            if version == 4 and flags & 0x02:
                body = body.replace(b"\xff\x00", b"\xff")
            yield name.decode("latin-1"), body


def _lands_on_a_frame(data: AudioData, position: int, end: int) -> bool:
    """Whether another frame, padding or the end of the tag begins at the position."""
    head = data[position : min(position + 4, end)]
    return position == end or (position < end and (head.isalnum() or not any(head)))


def _text(body: bytes) -> str:
    """The first value of a text frame."""
    if not body or body[0] >= len(_ENCODINGS):
        return ""
    text = body[1:].decode(_ENCODINGS[body[0]], "replace")
    return clean_text(text.lstrip("\ufeff").split("\0", 1)[0])


def _add_chapter(body: bytes, version: int, chapters: dict[str, EmbeddedChapter]) -> None:
    """Read a CHAP frame; one without a title is an effect for players, not a chapter."""
    key, _, rest = body.partition(b"\0")
    titles = [_text(b) for name, b in _frames(rest, 16, len(rest), version) if name == "TIT2"]
    if len(rest) > 16 and titles and titles[0]:
        start, end = int.from_bytes(rest[0:4], "big"), int.from_bytes(rest[4:8], "big")
        chapter = EmbeddedChapter(start, end if end < 0xFFFFFFFF else None, titles[0])
        chapters.setdefault(key.decode("latin-1"), chapter)


def _add_contents(body: bytes, contents: dict[str, tuple[str, ...]]) -> None:
    """Read a CTOC frame: which elements it lists."""
    key, _, rest = body.partition(b"\0")
    count = rest[1] if len(rest) > 1 else 0
    children = rest[2:].split(b"\0", count)[:count]
    contents.setdefault(key.decode("latin-1"), tuple(c.decode("latin-1") for c in children))
