"""Tagged copies of every format, read back with mutagen and with our own readers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from castpress.model.podcast import Chapter
from castpress.store.audio.formats import FORMATS
from castpress.store.audio.mp4_boxes import boxes
from castpress.store.audio.mutagen_modules import flac, mp4, oggopus, oggvorbis
from castpress.store.audio.tagging import WRITERS, tag_copy
from castpress.store.audio.tags import AudioTagError, AudioTags

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from castpress.model.podcast import AudioFacts

    FactsOf = Callable[[Path], AudioFacts]


COMMENTED = {
    "chapters.opus": oggopus.OggOpus,
    "chapters.ogg": oggvorbis.OggVorbis,
    "chapters.flac": flac.FLAC,
}
MPEG4 = ["tone.m4a", "index-at-end.m4a", "chapters.m4a", "chapter-track-only.m4a"]
WRITTEN_CHAPTERS = [
    (0, 700, "A very long title for the very first chapter of them all"),
    (700, 1500, "שלום 🎧 middle"),
    (1500, 2000, "End"),
]


def test_every_format_has_a_writer() -> None:
    assert set(WRITERS) == {audio_format.extension for audio_format in FORMATS}


@pytest.mark.parametrize("name", ["cbr.mp3", "layer2.mp2", "tone.wav", *MPEG4, *COMMENTED])
def test_source_stays_and_copies_are_the_same(
    corpus: Path, tmp_path: Path, facts_of: FactsOf, tags: AudioTags, name: str
) -> None:
    source, before = corpus / name, (corpus / name).read_bytes()
    facts = facts_of(source)

    tag_copy(source, tmp_path / "a", facts, tags)
    tag_copy(source, tmp_path / "b", facts, tags)

    assert source.read_bytes() == before
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
    copied = facts_of(tmp_path / "a")
    assert copied.duration_ms == facts.duration_ms
    assert copied.media_type == facts.media_type
    if facts.extension != "wav":
        assert (copied.title, copied.artist) == (tags.title, "Ann Example")


@pytest.mark.parametrize("name", COMMENTED)
def test_comments_hold_tags_chapters_and_artwork(
    corpus: Path, tmp_path: Path, facts_of: FactsOf, tags: AudioTags, name: str
) -> None:
    copy = tmp_path / name

    tag_copy(corpus / name, copy, facts_of(corpus / name), tags)

    written = COMMENTED[name](copy)
    assert written.tags["ALBUM"] == [tags.album]
    assert written.tags["TRACKNUMBER"] == ["12"]
    assert written.tags["DATE"] == ["2026-03-09"]
    assert written.tags["LANGUAGE"] == ["pt-BR"]
    assert written.tags["CHAPTER001"] == ["00:00:00.700"]
    assert written.tags["CHAPTER001NAME"] == ["שלום 🎧 middle"]
    assert "CHAPTER003" not in written.tags
    if name.endswith(".flac"):
        assert [picture.data for picture in written.pictures] == [tags.artwork]
    else:
        assert len(written.tags["METADATA_BLOCK_PICTURE"]) == 1
    found = [(c.start_ms, c.end_ms, c.title) for c in facts_of(copy).chapters]
    assert found == WRITTEN_CHAPTERS


@pytest.mark.parametrize("name", MPEG4)
def test_m4a_keeps_its_sound_and_chapters(
    corpus: Path, tmp_path: Path, facts_of: FactsOf, tags: AudioTags, name: str
) -> None:
    copy = tmp_path / name
    before = facts_of(corpus / name)

    tag_copy(corpus / name, copy, before, tags)

    written = mp4.MP4(copy)
    assert written.tags["\xa9alb"] == [tags.album]
    assert written.tags["\xa9day"] == ["2026-03-09"]
    assert written.tags["trkn"] == [(12, 0)]
    assert [bytes(cover) for cover in written.tags["covr"]] == [tags.artwork]
    assert "\xa9too" not in written.tags
    after = facts_of(copy)
    assert [(c.start_ms, c.end_ms, c.title) for c in after.chapters] == [
        (c.start_ms, c.end_ms, c.title) for c in before.chapters
    ]
    assert sound_of(copy.read_bytes()) == sound_of((corpus / name).read_bytes())


def sound_of(data: bytes) -> bytes:
    return b"".join(data[b.start : b.end] for b in boxes(data, 0, len(data)) if b.kind == b"mdat")


def test_flac_frames_stay_byte_for_byte(
    corpus: Path, tmp_path: Path, facts_of: FactsOf, tags: AudioTags
) -> None:
    source, copy = corpus / "tone.flac", tmp_path / "tone.flac"

    tag_copy(source, copy, facts_of(source), tags)

    sound = source.read_bytes()
    sound = sound[sound.index(b"\xff\xf8") :]
    assert copy.read_bytes().endswith(sound)


def test_wav_is_copied_as_it_is(
    corpus: Path, tmp_path: Path, facts_of: FactsOf, tags: AudioTags
) -> None:
    source = corpus / "tone.wav"

    tag_copy(source, tmp_path / "copy.wav", facts_of(source), tags)

    assert (tmp_path / "copy.wav").read_bytes() == source.read_bytes()


@pytest.mark.parametrize("name", ["cbr.mp3", "tone.m4a", "tone.wav", *COMMENTED])
def test_source_is_never_overwritten(
    corpus: Path, tmp_path: Path, facts_of: FactsOf, tags: AudioTags, name: str
) -> None:
    source = tmp_path / name
    source.write_bytes((corpus / name).read_bytes())
    (tmp_path / "link").hardlink_to(source)

    for destination in (source, tmp_path / "link"):
        with pytest.raises(AudioTagError, match="overwrite"):
            tag_copy(source, destination, facts_of(source), tags)

    assert source.read_bytes() == (corpus / name).read_bytes()


@pytest.mark.parametrize("name", ["cbr.mp3", *MPEG4, *COMMENTED])
def test_what_is_not_given_is_not_written(
    corpus: Path, tmp_path: Path, facts_of: FactsOf, name: str
) -> None:
    tag_copy(corpus / name, tmp_path / name, facts_of(corpus / name), AudioTags("T", "", ""))

    facts = facts_of(tmp_path / name)
    assert (facts.title, facts.artist) == ("T", None)


@pytest.mark.parametrize("kind", ["m4a", "opus", "ogg", "flac"])
def test_what_mutagen_cannot_open_is_one_kind_of_error(
    corpus: Path, tmp_path: Path, facts_of: FactsOf, tags: AudioTags, kind: str
) -> None:
    facts = replace(facts_of(corpus / "cbr.mp3"), extension=kind)

    with pytest.raises(AudioTagError) as caught:
        tag_copy(corpus / "cbr.mp3", tmp_path / "copy", facts, tags)

    assert caught.value.path == corpus / "cbr.mp3"
    assert caught.value.reason
    assert str(tmp_path) not in caught.value.reason


def test_more_chapters_than_three_digits_count_are_refused(
    corpus: Path, tmp_path: Path, facts_of: FactsOf, tags: AudioTags
) -> None:
    many = replace(tags, chapters=tuple(Chapter(i, i + 1, "x") for i in range(1001)))
    source = corpus / "chapters.opus"

    with pytest.raises(AudioTagError, match="1000 chapters"):
        tag_copy(source, tmp_path / "copy.opus", facts_of(source), many)
