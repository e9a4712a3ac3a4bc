"""Corners of Ogg, FLAC, WAV, MP4 and other files that no corpus file has."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from castpress.store.audio.file_bytes import FileBytes
from castpress.store.audio.formats import AudioReadError, EmbeddedChapter
from castpress.store.audio.mp4 import read_mp4
from castpress.store.audio.mutagen_modules import flac
from castpress.store.audio.not_audio import raise_if_other
from castpress.store.audio.ogg_and_flac import read_flac, read_ogg
from castpress.store.audio.wav import read_wav

if TYPE_CHECKING:
    from pathlib import Path


def in_memory(content: bytes) -> FileBytes:
    return FileBytes(BytesIO(content))


def test_comment_chapters_need_time_and_name(corpus: Path, tmp_path: Path) -> None:
    path = tmp_path / "chapters.flac"
    path.write_bytes((corpus / "tone.flac").read_bytes())
    audio = flac.FLAC(path)
    audio.tags.extend(
        [
            ("chapter010", "00:00:10.5"),
            ("Chapter010Name", "Tenth"),
            ("CHAPTER002", "00:01:02.003"),
            ("CHAPTER002NAME", "Second"),
            ("CHAPTER003", "soon"),
            ("CHAPTER003NAME", "No time"),
            ("CHAPTER004", "00:02:00.000"),
            ("TITLE", "a\n"),
            ("TITLE", "b"),
        ]
    )
    audio.save()

    tags = read_flac(in_memory(path.read_bytes())).tags

    assert (tags.title, tags.artist) == ("a", None)
    assert tags.chapters == (
        EmbeddedChapter(10_500, None, "Tenth"),
        EmbeddedChapter(62_003, None, "Second"),
    )


def test_flac_without_a_count_of_samples_has_no_duration(corpus: Path) -> None:
    data = bytearray((corpus / "tone.flac").read_bytes())
    data[21] &= 0xF0  # fLaC, 4 bytes of block header; 36 bits of count end byte 17 of the block
    data[22:26] = bytes(4)

    assert read_flac(in_memory(bytes(data))).duration_ms == 0


@pytest.mark.parametrize("name", ["chapters.opus", "chapters.ogg", "chapters.flac"])
def test_what_mutagen_cannot_read_is_too_damaged(corpus: Path, name: str) -> None:
    read = read_flac if name.endswith(".flac") else read_ogg

    with pytest.raises(AudioReadError, match="too damaged") as caught:
        read(in_memory((corpus / name).read_bytes()[:100]))

    assert caught.value.code == "audio-unreadable"
    assert isinstance(caught.value.__cause__, Exception)


def page(serial: int, flags: int, granule: int, body: bytes) -> bytes:
    head = struct.pack("<4sBBqIIIB", b"OggS", 0, flags, granule, serial, 0, 0, 1)
    return head + bytes([len(body)]) + body


@pytest.mark.parametrize(
    ("first", "what"),
    [
        (b"Speex   1.2", "Speex"),
        (b"\x80theora", "Theora video"),
        (b"\x7fFLAC", "FLAC"),
        (b"other", "no audio stream that is known"),
    ],
)
def test_other_codecs_in_ogg_are_named(first: bytes, what: str) -> None:
    with pytest.raises(AudioReadError, match=what) as caught:
        read_ogg(in_memory(page(1, 2, 0, first)))

    assert caught.value.code == "audio-not-supported"


def test_sound_beside_video_in_ogg_is_a_video() -> None:
    with pytest.raises(AudioReadError, match="Theora video"):
        read_ogg(in_memory(page(1, 2, 0, b"\x01vorbis" + bytes(23)) + page(2, 2, 0, b"\x80theora")))


def test_ogg_that_breaks_off_says_so(corpus: Path) -> None:
    data = (corpus / "chapters.opus").read_bytes()
    last = len(data) - data.rindex(b"OggS")

    assert read_ogg(in_memory(data)).missing == ""
    for there in (last - 1, 27, 26, 5):
        found = read_ogg(in_memory(data[: len(data) - last + there]))
        assert found.missing == f"its last page breaks off after {there} bytes"


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_wav_without_a_size_plays_to_its_end(corpus: Path, size: int) -> None:
    data = (corpus / "tone.wav").read_bytes()
    at = data.index(b"data") + 4

    found = read_wav(data[:at] + struct.pack("<I", size) + data[at + 4 :])

    assert (found.duration_ms, found.missing) == (1000, "")


def test_wav_without_a_data_chunk_is_unreadable() -> None:
    with pytest.raises(AudioReadError, match="without audio"):
        read_wav(b"RIFF\x04\0\0\0WAVE")


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I", len(body) + 8) + kind + body


def movie(header: bytes, *, handler: bytes = b"soun", codec: bytes = b"mp4a") -> bytes:
    """The least that makes an M4A: ``header`` is the mdhd box."""
    described = box(b"stsd", bytes(8), box(codec))
    media = box(
        b"mdia",
        header,
        box(b"hdlr", bytes(8), handler),
        box(b"minf", box(b"stbl", described)),
    )
    head = box(b"mvhd", bytes(12), struct.pack(">II", 1000, 0))
    return box(b"ftyp", b"M4A ") + box(b"moov", head, box(b"trak", media)) + box(b"mdat", b"x")


SHORT = box(b"mdhd", bytes(12), struct.pack(">II", 44100, 44100 * 3))
LONG = box(b"mdhd", b"\1" + bytes(19), struct.pack(">IQ", 48000, 48000 * 7200))


@pytest.mark.parametrize(("header", "duration_ms"), [(SHORT, 3000), (LONG, 7_200_000)])
def test_both_versions_of_the_media_header_are_read(header: bytes, duration_ms: int) -> None:
    assert read_mp4(movie(header)).duration_ms == duration_ms


def test_boxes_may_have_long_sizes_and_none() -> None:
    data = movie(SHORT)
    start = data.index(b"mdat") - 4

    long = data[:start] + struct.pack(">I4sQ", 1, b"mdat", 17) + b"x"
    to_end = data[:start] + struct.pack(">I4s", 0, b"mdat") + b"x" * 50

    assert read_mp4(long).missing == ""
    assert read_mp4(to_end).missing == ""
    assert read_mp4(data[:-1]).missing == "1 bytes of its mdat box are not there"


def test_protected_and_silent_movies_are_refused() -> None:
    with pytest.raises(AudioReadError, match="copy-protected"):
        read_mp4(movie(SHORT, codec=b"drms"))
    with pytest.raises(AudioReadError, match="without a sound track"):
        read_mp4(movie(SHORT, handler=b"text"))


@pytest.mark.parametrize(
    ("head", "code", "what"),
    [
        (b"FORM\0\0\0\0AIFF", "audio-not-supported", "an AIFF file"),
        (b"\x1a\x45\xdf\xa3", "audio-not-supported", "Matroska or WebM"),
        (b"caff", "audio-not-supported", "CAF"),
        (b"RIFF\0\0\0\0AVI LIST", "audio-not-supported", "AVI"),
        (b"\xff\xd8\xff\xe0", "not-audio", "JPEG"),
        (b"%PDF-1.7", "not-audio", "a PDF"),
        (b"\x00\x05\x16\x07", "not-audio", "AppleDouble"),
        ("﻿Títle\n".encode(), "not-audio", "it is text, beginning 'Títle'"),
        ("Text\n".encode("utf-16"), "not-audio", "it is text, beginning 'Text'"),
        (("ü" * 600).encode()[1:], "", ""),
        (("é" * 600).encode(), "not-audio", "éé…'"),
    ],
)
def test_other_files_are_named(head: bytes, code: str, what: str) -> None:
    if not code:
        raise_if_other(head, 0)
        return
    with pytest.raises(AudioReadError) as caught:
        raise_if_other(head, 0)

    assert caught.value.code == code
    assert what in caught.value.reason
