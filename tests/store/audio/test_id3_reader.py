"""ID3 tags of all versions and faults, built byte by byte: what mutagen makes of them."""

from __future__ import annotations

import zlib

import pytest

from castpress.store.audio.formats import EmbeddedChapter
from castpress.store.audio.id3_reader import read_id3


def tag(version: int, frames: bytes, flags: int = 0) -> bytes:
    size = bytes(len(frames) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3" + bytes([version, 0, flags]) + size + frames


def frame(name: bytes, body: bytes, flags: int = 0) -> bytes:
    return name + len(body).to_bytes(4, "big") + bytes([0, flags]) + body


def chapter(key: bytes, start: int, end: int, title: bytes) -> bytes:
    times = start.to_bytes(4, "big") + end.to_bytes(4, "big") + b"\xff" * 8
    return frame(b"CHAP", key + b"\0" + times + frame(b"TIT2", b"\0" + title))


@pytest.mark.parametrize(
    ("body", "title"),
    [
        (b"\0H\xe5llo", "Hållo"),
        (b"\1\xff\xfeH\0\xe5\0", "Hå"),
        (b"\1\xfe\xff\0H\0\xe5", "Hå"),
        (b"\2\0H\0\xe5", "Hå"),
        ("\3Hå 🎧\0second".encode(), "Hå 🎧"),
        (b"\3\xff broken", None),
        (b"\x09text", None),
        (b"\0 \n", None),
    ],
)
def test_text_is_decoded(body: bytes, title: str | None) -> None:
    assert read_id3(tag(4, frame(b"TIT2", body))).title == title


def test_names_of_version_2_have_three_letters() -> None:
    frames = b"TT2\0\0\x06\0Title" + b"TP1\0\0\x04\0Ann"

    tags = read_id3(tag(2, frames))

    assert (tags.title, tags.artist) == ("Title", "Ann")


def test_unsynchronised_tags_are_restored() -> None:
    whole = frame(b"TIT2", b"\1\xff\xfeH\0").replace(b"\xff", b"\xff\0")
    single = frame(b"TIT2", b"\1\xff\0\xfeH\0", flags=0x02)

    assert read_id3(tag(3, whole, flags=0x80)).title == "H"
    assert read_id3(tag(4, single, flags=0x80)).title == "H"


def test_plain_sizes_in_version_4_are_understood() -> None:
    """As iTunes wrote them; 200 bytes are 0x000000c8 there, and 0x00000148 by the standard."""
    long = b"\0" + b"x" * 199
    artist = b"TPE1" + b"\0\0\0\x04\0\0" + b"\0Ann"
    by_standard = b"TIT2\0\0\x01\x48\0\0" + long

    assert read_id3(tag(4, frame(b"TIT2", long) + artist)).artist == "Ann"
    assert read_id3(tag(4, by_standard + artist)).artist == "Ann"


def test_extended_header_is_passed_by() -> None:
    title = frame(b"TIT2", b"\0T")

    assert read_id3(tag(3, b"\0\0\0\x06" + bytes(6) + title, flags=0x40)).title == "T"
    assert read_id3(tag(4, b"\0\0\0\x06\1\0" + title, flags=0x40)).title == "T"


def test_compressed_and_encrypted_frames_are_passed_by() -> None:
    artist = frame(b"TPE1", b"\0Ann")

    for flags in (0x80, 0x40):
        tags = read_id3(tag(3, frame(b"TIT2", b"\0T", flags) + artist))
        assert (tags.title, tags.artist) == (None, "Ann")
    for flags in (0x08, 0x04):
        tags = read_id3(tag(4, frame(b"TIT2", b"\0T", flags) + artist))
        assert (tags.title, tags.artist) == (None, "Ann")


def test_chapters_come_in_the_order_of_time() -> None:
    frames = chapter(b"c", 900, 0xFFFFFFFF, b"Last") + chapter(b"a", 0, 300, b"First")

    assert read_id3(tag(3, frames)).chapters == (
        EmbeddedChapter(0, 300, "First"),
        EmbeddedChapter(900, None, "Last"),
    )


def test_chapters_outside_the_table_of_contents_are_hidden() -> None:
    frames = chapter(b"a", 0, 300, b"First") + chapter(b"b", 300, 400, b"Hidden")
    listed = frame(b"CTOC", b"toc\0\x03\x01a\0")
    of_others = frame(b"CTOC", b"toc\0\x03\x01gone\0")

    assert [c.title for c in read_id3(tag(3, frames + listed)).chapters] == ["First"]
    assert [c.title for c in read_id3(tag(3, frames + of_others)).chapters] == ["First", "Hidden"]


def test_chapters_without_a_title_are_left_out() -> None:
    bare = frame(b"CHAP", b"x\0" + bytes(16))

    assert read_id3(tag(3, bare + chapter(b"a", 5, 9, b""))).chapters == ()


def test_the_first_of_several_tags_is_read() -> None:
    first = tag(3, frame(b"TIT2", b"\0New"))
    second = tag(3, frame(b"TIT2", b"\0Old") + frame(b"TPE1", b"\0Ann"))

    tags = read_id3(first + second)

    assert (tags.title, tags.artist) == ("New", None)


def test_id3v1_fills_the_gaps() -> None:
    old = b"TAG" + b"Old".ljust(30, b"\0") + b"Ann".ljust(30, b"\0") + bytes(65)

    tags = read_id3(tag(3, frame(b"TIT2", b"\0New")) + b"audio" * 40 + old)

    assert (tags.title, tags.artist) == ("New", "Ann")


def test_a_tag_of_more_than_16_mib_is_passed_by() -> None:
    title = frame(b"TIT2", b"\0T")

    assert read_id3(tag(3, title + bytes((1 << 24) - 100))).title == "T"
    assert read_id3(tag(3, title + bytes(1 << 24))).title is None


def test_chapters_in_chapters_end() -> None:
    nested = b""
    for _ in range(2000):
        nested = frame(b"CHAP", b"x\0" + bytes(16) + nested)

    assert read_id3(tag(3, nested)).chapters == ()


@pytest.mark.parametrize("name", [b"TIT2", b"TT2\0", b"CHAP"])
def test_compressed_frames_are_not_inflated(name: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """PLAIN_FRAMES does this through mutagen's private ``_fromData``.

    If this fails after an update of mutagen, see how its frames are now made from bytes, and
    refuse compressed ones there, or look for their flags before mutagen gets the tag.
    """
    inflated: list[bytes] = []
    inflate = zlib.decompress

    def watched(data: bytes) -> bytes:
        inflated.append(data)
        return inflate(data)

    monkeypatch.setattr(zlib, "decompress", watched)
    packed = b"\0\0\0\x09" + zlib.compress(b"\0inflated")

    for version, flags in ((3, 0x80), (4, 0x08), (4, 0x09)):
        inside = frame(name, packed, flags)
        for frames in (inside, frame(b"CHAP", b"x\0" + bytes(16) + inside)):
            assert read_id3(tag(version, frames)).title is None

    assert inflated == []
