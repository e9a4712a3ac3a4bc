"""Where the frames of an MP3 lie and how long they play."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from castpress.store.audio.mp3_frames import is_free_format, walk_mp3
from castpress.store.audio.mp3_tags import audio_end, id3v2_end

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def plain(corpus: Path) -> bytes:
    """78 frames of 32 kbit/s at 44.1 kHz, without a tag or header."""
    return (corpus / "cbr.mp3").read_bytes()


def test_frames_are_counted_one_by_one(plain: bytes) -> None:
    walk = walk_mp3(plain)

    assert walk is not None
    assert (walk.start, walk.end, walk.frames, walk.layer) == (0, len(plain), 78, 3)


@pytest.mark.parametrize(
    "before",
    [
        b"ID3\x04\x00\x10\x00\x00\x00\x05" + b"x" * 5 + b"3DI\x04\x00\x10\x00\x00\x00\x05",
        b"ID3\x03\x00\x00\x00\x00\x00\x05" + b"x" * 5 + b"ID3\x03\x00\x00\x00\x00\x00\x00",
        b"\0" * 3000,
        b"\xff" * 3000,
        b"\xff\xf3\x90\xc4" * 30,
        b"RIFF\xff\xff\xff\xffJUNK",
    ],
    ids=["footer", "two tags", "zeros", "ones", "false syncs", "wrapper"],
)
def test_what_stands_before_is_passed_by(plain: bytes, before: bytes) -> None:
    walk = walk_mp3(before + plain)

    assert walk is not None
    assert (walk.start, walk.frames) == (len(before), 78)


def test_a_tag_that_swallows_the_file_is_not_believed(plain: bytes) -> None:
    walk = walk_mp3(b"ID3\x03\x00\x00\x7f\x7f\x7f\x7f" + plain)

    assert walk is not None
    assert (walk.start, walk.frames) == (10, 78)


@pytest.mark.parametrize("name", ["id3v1-ape.mp3", "lyrics3.mp3"])
def test_tags_at_the_end_are_no_audio(corpus: Path, plain: bytes, name: str) -> None:
    assert audio_end((corpus / name).read_bytes()) == len(plain)


def test_a_second_file_of_another_rate_is_counted(corpus: Path, plain: bytes) -> None:
    low = (corpus / "mpeg25-mono-8k.mp3").read_bytes()
    alone = walk_mp3(low)
    assert alone is not None

    walk = walk_mp3(plain + low[id3v2_end(low, 0) :])

    assert walk is not None
    # The second one's own header frame, delay and padding play, as players play them.
    extra_ms = walk.duration_ms - (78 * 1152 / 44.1 + alone.duration_ms)
    assert 0 < extra_ms < 4 * 576 / 8


def test_vbri_header_does_not_play(plain: bytes) -> None:
    length = len(plain) // 78
    header = bytearray(plain[:length])
    header[4:36] = bytes(32)
    header[36:62] = b"VBRI" + bytes(10) + (78).to_bytes(4, "big") + bytes(8)

    walk = walk_mp3(bytes(header) + plain)

    assert walk is not None
    assert (walk.frames, walk.missing) == (78, "")


def test_header_that_counts_itself_is_no_loss(corpus: Path) -> None:
    data = (corpus / "vbr-xing.mp3").read_bytes()
    at = data.index(b"Xing") + 8
    promised = int.from_bytes(data[at : at + 4], "big")

    one_more = walk_mp3(data[:at] + (promised + 1).to_bytes(4, "big") + data[at + 4 :])
    two_more = walk_mp3(data[:at] + (promised + 2).to_bytes(4, "big") + data[at + 4 :])

    assert one_more is not None
    assert two_more is not None
    assert one_more.missing == ""
    assert two_more.missing == f"its header promises {promised + 2} frames, {promised} are there"


def test_text_with_a_false_sync_is_no_mp3() -> None:
    assert walk_mp3("Ë þûÿ ÿû plain text".encode("latin-1") * 100) is None
    assert walk_mp3(b"") is None


def test_free_format_is_recognised(corpus: Path, plain: bytes) -> None:
    assert is_free_format((corpus / "free-format.mp3").read_bytes())
    assert not is_free_format(plain)
    assert not is_free_format(b"\xff\xfb\x00\xc4" + bytes(100))
