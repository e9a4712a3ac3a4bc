"""Title, artist and chapters from the ID3 tags of an MP3, as mutagen reads them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any

from castpress.store.audio.formats import EmbeddedChapter, EmbeddedTags, clean_text
from castpress.store.audio.mp3_tags import id3v2_end

if TYPE_CHECKING:
    from castpress.store.audio.file_bytes import AudioData

_MAX_TAG_BYTES = 1 << 24
_ID3V1_BYTES = 128
_NOT_GIVEN = 0xFFFFFFFF


def read_id3(data: AudioData) -> EmbeddedTags:
    """The tags of the first ID3v2 tag, and of the ID3v1 tag at the end where that has none.

    Chapters come in the order of time. Where a table of contents lists chapters, the ones it does
    not list are hidden from listeners and left out here. Compressed frames and tags of more than
    16 MiB are passed by.
    """
    from castpress.store.audio.mutagen_modules import FAULTS, PLAIN_FRAMES, id3

    end = id3v2_end(data, 0)
    first = data[:end] if end <= _MAX_TAG_BYTES else b""
    last = data[max(end, len(data) - _ID3V1_BYTES) :]
    try:
        tags = id3.ID3(BytesIO(first + last), known_frames=PLAIN_FRAMES, translate=False)
    except FAULTS:
        return EmbeddedTags()
    listed = {key for table in tags.getall("CTOC") for key in table.child_element_ids}
    found = {frame.element_id: frame for frame in tags.getall("CHAP")}
    shown = [frame for key, frame in found.items() if key in listed or not listed & found.keys()]
    chapters = [
        EmbeddedChapter(
            frame.start_time, None if frame.end_time == _NOT_GIVEN else frame.end_time, title
        )
        for frame in shown
        if (title := _text(frame.sub_frames, "TIT2"))
    ]
    return EmbeddedTags(
        _text(tags, "TIT2"),
        _text(tags, "TPE1"),
        tuple(sorted(chapters, key=lambda chapter: chapter.start_ms)),
    )


def _text(frames: Any, name: str) -> str | None:  # noqa: ANN401 - mutagen has no types
    """The first value of a text frame; a chapter without a title is an effect for players."""
    texts = frames[name].text if name in frames else ()
    return (clean_text(texts[0]) or None) if texts else None
