"""Chapters in M4A files: Nero's list (``chpl``) and Apple's chapter track.

Apple's programs write the track only, ffmpeg both, so both are read; the list of more chapters
wins, because Nero's ends at 255.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from castpress.store.audio.file_bytes import AudioData
from castpress.store.audio.formats import EmbeddedChapter, clean_text, to_ms
from castpress.store.audio.mp4_boxes import Box, Track, find, number

if TYPE_CHECKING:
    from collections.abc import Sequence

_TICKS_PER_SECOND = 10_000_000  # of chpl
_MAX_CHAPTERS = 10_000


def read_mp4_chapters(
    data: AudioData, moov: Box, sound: Track, tracks: Sequence[Track]
) -> tuple[EmbeddedChapter, ...]:
    """The chapters of a sound track in the order of time; those without a title are left out."""
    nero = _nero_list(data, find(data, moov, b"udta", b"chpl"))
    apple: list[EmbeddedChapter] = []
    for track in tracks:
        if track.number in sound.references and track.handler in {b"text", b"sbtl"}:
            apple = apple or _chapter_track(data, track)
    chapters = apple if len(apple) > len(nero) else nero
    return tuple(sorted(chapters, key=lambda chapter: chapter.start_ms))


def _nero_list(data: AudioData, box: Box | None) -> list[EmbeddedChapter]:
    """The chapters of a ``chpl`` box: starts in units of 100 ns, titles of up to 255 bytes."""
    if box is None:
        return []
    chapters = []
    position = box.start + (8 if number(data, box.start, 1) else 4)
    count = number(data, position, 1)
    position += 1
    for _ in range(count):
        size = number(data, position + 8, 1)
        title = clean_text(data[position + 9 : position + 9 + size].decode("utf-8", "replace"))
        if position + 9 + size > box.end:
            break
        if title:
            start_ms = to_ms(number(data, position, 8), _TICKS_PER_SECOND)
            chapters.append(EmbeddedChapter(start_ms, None, title))
        position += 9 + size
    return chapters


def _chapter_track(data: AudioData, track: Track) -> list[EmbeddedChapter]:
    """The chapters of a text track: a sample is a title, its duration the chapter's length."""
    samples = find(data, track.box, b"mdia", b"minf", b"stbl")
    lengths = _lengths(data, find(data, samples, b"stts"))
    sizes = _sizes(data, find(data, samples, b"stsz"), len(lengths))
    places = _places(data, samples, sizes)
    ticks = [0, *accumulate(lengths)]
    chapters = []
    for (start, end), place in zip(pairwise(ticks), places, strict=False):
        title = _sample_text(data[place + 2 : place + 2 + number(data, place, 2)])
        if title:
            bounds = to_ms(start, track.timescale), to_ms(end, track.timescale)
            chapters.append(EmbeddedChapter(*bounds, title))
    return chapters


def _lengths(data: AudioData, box: Box | None) -> list[int]:
    """The duration of each sample in ticks (``stts``: runs of equal ones)."""
    lengths: list[int] = []
    for position in range(box.start + 8, box.end - 7, 8) if box else ():
        run = min(number(data, position, 4), _MAX_CHAPTERS - len(lengths))
        lengths += [number(data, position + 4, 4)] * run
    return lengths


def _sizes(data: AudioData, box: Box | None, count: int) -> list[int]:
    """The bytes of each sample (``stsz``: one size for all, or a table)."""
    if box is None:
        return []
    if same := number(data, box.start + 4, 4):
        return [same] * count
    last = min(box.end, box.start + 12 + 4 * count)
    return [number(data, position, 4) for position in range(box.start + 12, last, 4)]


def _places(data: AudioData, samples: Box | None, sizes: list[int]) -> list[int]:
    """Where each sample lies (``stco`` or ``co64`` for chunks, ``stsc`` for samples in each)."""
    box, width = find(data, samples, b"stco"), 4
    if box is None:
        box, width = find(data, samples, b"co64"), 8
    runs = find(data, samples, b"stsc")
    if box is None or runs is None:
        return []
    firsts = range(runs.start + 8, runs.end - 11, 12)
    per_chunk = {number(data, p, 4): number(data, p + 4, 4) for p in firsts}
    places: list[int] = []
    in_chunk = 1
    chunks = range(box.start + 8, box.end - width + 1, width)
    for chunk, position in enumerate(chunks, start=1):
        in_chunk = per_chunk.get(chunk, in_chunk)
        place = number(data, position, width)
        for size in sizes[len(places) : len(places) + in_chunk]:
            places.append(place)
            place += size
        if len(places) >= len(sizes):
            break
    return places


def _sample_text(text: bytes) -> str:
    """A sample's text: UTF-8, or UTF-16 with a byte order mark."""
    encoding = "utf-16" if text[:2] in {b"\xfe\xff", b"\xff\xfe"} else "utf-8"
    return clean_text(text.decode(encoding, "replace"))
