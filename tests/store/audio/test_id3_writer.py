"""The tagged copy of an MP3, read back with mutagen and ffprobe."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from castpress.model.podcast import Chapter
from castpress.store.audio.id3_writer import tag_mp3
from castpress.store.audio.mp3_frames import walk_mp3
from castpress.store.audio.mutagen_modules import frame_bytes, id3
from castpress.store.audio.tags import AudioTagError, AudioTags

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from castpress.model.podcast import AudioFacts

    FactsOf = Callable[[Path], AudioFacts]


MP3S = [
    "cbr.mp3",
    "cbr-info.mp3",
    "chapters.mp3",
    "chapters-v24.mp3",
    "id3v1-ape.mp3",
    "joined.mp3",
    "junk-before.mp3",
    "junk-between.mp3",
    "last-frame-cut.mp3",
    "layer2.mp2",
    "lyrics3.mp3",
    "mp3-named.m4a",
    "mpeg2-mono-22k.mp3",
    "truncated.mp3",
    "two-id3v2.mp3",
    "vbr-no-xing.mp3",
    "vbr-xing.mp3",
]


@pytest.mark.parametrize("name", MP3S)
def test_audio_stays_byte_for_byte(
    corpus: Path, tmp_path: Path, facts_of: FactsOf, tags: AudioTags, name: str
) -> None:
    source, before = corpus / name, (corpus / name).read_bytes()
    copy = tmp_path / "copy.mp3"

    tag_mp3(source, copy, tags)

    old, new, after = walk_mp3(before), walk_mp3(copy.read_bytes()), copy.read_bytes()
    assert old is not None
    assert new is not None
    assert after[new.start :] == before[old.start : old.end]
    assert new.end == len(after)
    assert source.read_bytes() == before
    assert facts_of(copy).duration_ms == facts_of(source).duration_ms
    assert [path.name for path in tmp_path.iterdir()] == ["copy.mp3"]


def test_tags_are_what_was_given(corpus: Path, tmp_path: Path, tags: AudioTags) -> None:
    copy = tmp_path / "copy.mp3"

    tag_mp3(corpus / "id3v1-ape.mp3", copy, tags)

    written = id3.ID3(copy, translate=False)
    assert written.version == (2, 3, 0)
    assert written["TIT2"].text == [tags.title]
    assert written["TIT2"].encoding == 1
    assert written["TPE1"].text == ["Ann Example"]
    assert written["TALB"].text == [tags.album]
    assert written["TRCK"].text == ["12"]
    assert (written["TYER"].text, written["TDAT"].text) == (["2026"], ["0903"])
    assert written["TCON"].text == ["Podcast"]
    assert written["WOAF"].url == "https://example.com/episodes/%C3%A9t%C3%A9/"
    assert written["APIC:"].data == tags.artwork
    assert (written["APIC:"].mime, written["APIC:"].type) == ("image/jpeg", 3)
    assert not {"TDRC", "COMM"} & set(written)


def test_nothing_of_the_old_tags_is_left(corpus: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.mp3"

    tag_mp3(corpus / "chapters-v24.mp3", copy, AudioTags("New", "", ""))

    assert set(id3.ID3(copy)) == {"TIT2", "TCON"}


def test_chapters_lie_in_the_order_of_time(corpus: Path, tmp_path: Path, tags: AudioTags) -> None:
    copy = tmp_path / "copy.mp3"

    tag_mp3(corpus / "cbr.mp3", copy, tags)

    written = id3.ID3(copy, translate=False)
    contents = written.getall("CTOC")
    assert [(c.element_id, int(c.flags)) for c in contents] == [("toc", 3)]
    assert contents[0].child_element_ids == ["chp0", "chp1", "chp2"]
    chapters = [written[f"CHAP:{key}"] for key in contents[0].child_element_ids]
    assert [(c.start_time, c.end_time) for c in chapters] == [(0, 700), (700, 1500), (1500, 2038)]
    assert [c.sub_frames["TIT2"].text[0] for c in chapters] == [
        "A very long title for the very first chapter of them all",
        "שלום 🎧 middle",
        "End",
    ]
    assert {(c.start_offset, c.end_offset) for c in chapters} == {(0xFFFFFFFF, 0xFFFFFFFF)}
    data = copy.read_bytes()
    first = data.index(b"CHAP")  # before it stands the table, which names the keys too
    places = [data.index(key, first) for key in (b"chp0\0", b"chp1\0", b"chp2\0")]
    assert data.index(b"CTOC") < places[0] < places[1] < places[2] < data.index(b"APIC")


@pytest.mark.parametrize("count", [255, 256, 600])
def test_many_chapters_nest_their_tables(
    corpus: Path, tmp_path: Path, facts_of: FactsOf, tags: AudioTags, count: int
) -> None:
    copy = tmp_path / "copy.mp3"
    many = tuple(Chapter(i * 3, i * 3 + 3, f"Chapter {i}") for i in range(count))

    tag_mp3(corpus / "cbr.mp3", copy, replace(tags, chapters=many))

    written = id3.ID3(copy)
    tables = {table.element_id: table for table in written.getall("CTOC")}
    top = [table for table in tables.values() if table.flags & 2]
    assert [table.element_id for table in top] == ["toc"]
    leaves = top[0].child_element_ids
    if count > 255:
        leaves = [leaf for key in leaves for leaf in tables[key].child_element_ids]
    assert leaves == [f"chp{i}" for i in range(count)]
    assert [c.title for c in facts_of(copy).chapters] == [c.title for c in many]


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_ffprobe_reads_the_same_chapters(corpus: Path, tmp_path: Path, tags: AudioTags) -> None:
    copy = tmp_path / "copy.mp3"
    tag_mp3(corpus / "vbr-xing.mp3", copy, tags)

    command = ["ffprobe", "-v", "error", "-show_chapters", "-show_format", "-of", "json"]
    answer = subprocess.run([*command, str(copy)], capture_output=True, check=True)

    said = json.loads(answer.stdout)
    assert [(c["start"], c["end"], c["tags"]["title"]) for c in said["chapters"]] == [
        (0, 700, "A very long title for the very first chapter of them all"),
        (700, 1500, "שלום 🎧 middle"),
        (1500, 3000, "End"),
    ]
    assert said["format"]["tags"]["title"] == tags.title


def test_same_input_same_bytes(corpus: Path, tmp_path: Path, tags: AudioTags) -> None:
    tag_mp3(corpus / "cbr.mp3", tmp_path / "a.mp3", tags)
    tag_mp3(corpus / "cbr.mp3", tmp_path / "b.mp3", tags)
    tag_mp3(tmp_path / "a.mp3", tmp_path / "again.mp3", tags)

    first = (tmp_path / "a.mp3").read_bytes()
    assert (tmp_path / "b.mp3").read_bytes() == first
    assert (tmp_path / "again.mp3").read_bytes() == first


@pytest.mark.parametrize("name", ["text-named.mp3", "empty.mp3", "tone.flac"])
def test_what_is_no_mp3_is_not_tagged(
    corpus: Path, tmp_path: Path, tags: AudioTags, name: str
) -> None:
    with pytest.raises(AudioTagError, match=name):
        tag_mp3(corpus / name, tmp_path / "copy.mp3", tags)

    assert list(tmp_path.iterdir()) == []


def test_mutagen_still_lays_out_single_frames() -> None:
    """What the writer needs that is private in mutagen: ``mutagen.id3._tags.save_frame``.

    If this fails after an update of mutagen, let ``frame_bytes`` write the ten bytes of a frame's
    header itself around what the frame writes, or save whole tags and give up their order.
    """
    title = id3.TIT2(encoding=0, text=["Title"])

    assert frame_bytes(title) == b"TIT2\0\0\0\x07\0\0\0Title\0"


def test_text_that_no_encoding_takes_is_written_anyway(corpus: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.mp3"
    chapters = (Chapter(0, 1, "a\ud800\x00b"), Chapter(5, 9, ""))
    tags = AudioTags(
        "x" * 70000, "\ud83d", "\x00", link="https://e.com/\ud800\n", chapters=chapters
    )

    tag_mp3(corpus / "cbr.mp3", copy, tags)

    written = id3.ID3(copy)
    assert written["TIT2"].text == ["x" * 70000]
    assert written["TPE1"].text == ["?"]
    assert "TALB" not in written
    assert written["CHAP:chp0"].sub_frames["TIT2"].text == ["a? b"]
