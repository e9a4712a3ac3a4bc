"""M4A, M4B and MP4 with video: duration, title, artist, chapters, codecs, size of the picture."""

from __future__ import annotations

from fractions import Fraction

from castpress.store.audio.file_bytes import AudioData
from castpress.store.audio.formats import (
    M4A,
    M4V,
    MOV,
    MP4,
    AudioFormat,
    AudioReadError,
    EmbeddedTags,
    Measurement,
    clean_text,
)
from castpress.store.audio.mp4_boxes import Box, Track, boxes, find, number
from castpress.store.audio.mp4_chapters import read_mp4_chapters
from castpress.store.audio.mp4_codecs import H264, codec_of, shown_size

_MAX_TEXT_BYTES = 1 << 16
_LOCKED = (b"drms", b"enca")
_FRAGMENTED = "is an M4A in fragments that does not say how long it is"
_LOCKED_ADVICE = "export the episode without copy protection from where it was made"
_OTHER_VIDEO = {
    b"hvc1": "HEVC",
    b"hev1": "HEVC",
    b"dvh1": "Dolby Vision",
    b"dvhe": "Dolby Vision",
    b"av01": "AV1",
    b"vp09": "VP9",
    b"mp4v": "MPEG-4 Part 2",
    **dict.fromkeys((b"apch", b"apcn", b"apcs", b"apco", b"ap4h"), "ProRes"),
}


def read_mp4(data: AudioData) -> Measurement:
    """Duration and tags of an M4A file, or of a video with sound.

    The duration is the edit list's, which leaves out the encoder's run-in as players do, and the
    media's where there is no edit list or it promises more than there is; of sound and picture
    the longer one's.

    Raises:
        AudioReadError: it has no index, no sound, or is copy-protected.
    """
    top = tuple(boxes(data, 0, len(data)))
    moov = next((box for box in top if box.kind == b"moov"), None)
    if moov is None:
        raise AudioReadError(
            "audio-unreadable",
            "has no index (moov box): the recording or the copy broke off before its end",
            "copy it again from where it was made; an M4A file writes its index last",
        )
    movie_rate, movie_seconds = _duration(data, find(data, moov, b"mvhd"))
    tracks = [_track(data, box, movie_rate) for box in boxes(data, moov.start, moov.end)
              if box.kind == b"trak"]  # fmt: skip
    sound = next((track for track in tracks if track.handler == b"soun"), None)
    # A picture track of another codec is the chapters' artwork of an enhanced podcast.
    film = next((t for t in tracks if t.codec in H264 or t.codec in _OTHER_VIDEO), None)
    if sound is None:
        raise AudioReadError("not-audio", "is an MP4 file without a sound track", "")
    if sound.codec in _LOCKED:
        raise AudioReadError("audio-not-supported", "is copy-protected", _LOCKED_ADVICE)
    duration_ms = round(max(sound.seconds, film.seconds if film else 0) * 1000)
    if not duration_ms and find(data, moov, b"mvex"):
        fragments = find(data, moov, b"mvex", b"mehd")
        duration_ms = round(_fragments_seconds(data, fragments, movie_rate) * 1000)
    elif not duration_ms:
        duration_ms = round(movie_seconds * 1000)
    if not duration_ms and find(data, moov, b"mvex"):
        raise AudioReadError("audio-without-duration", _FRAGMENTED, "")
    chapters = read_mp4_chapters(data, moov, sound, tracks)
    items = find(data, moov, b"udta", b"meta", b"ilst")
    cut = next((box for box in top if box.missing_bytes), None)
    missing = f"{cut.missing_bytes} bytes of its {_name(cut.kind)} box are not there" if cut else ""
    tags = EmbeddedTags(_item(data, items, b"\xa9nam"), _item(data, items, b"\xa9ART"), chapters)
    heard = codec_of(data, sound)
    if film is None:
        return Measurement(M4A, duration_ms, tags, missing, codecs=heard)
    audio_format, seen = _video_format(data, top), codec_of(data, film)
    width, height = shown_size(data, film) or (None, None)
    return Measurement(
        audio_format,
        duration_ms,
        tags,
        missing,
        unplayable=_unplayable(audio_format, film),
        codecs=f"{seen},{heard}" if seen and heard else None,
        width_px=width,
        height_px=height,
    )


def _video_format(data: AudioData, top: tuple[Box, ...]) -> AudioFormat:
    """Which kind of video, by the brand that the file gives itself; the oldest have none."""
    named = next((box for box in top if box.kind == b"ftyp"), None)
    brand = data[named.start : named.start + 4] if named is not None else b"qt  "
    return MOV if brand == b"qt  " else M4V if brand.startswith(b"M4V") else MP4


def _unplayable(audio_format: AudioFormat, film: Track) -> str:
    """A clause on who does not see this video, empty where everybody does."""
    if film.codec in _OTHER_VIDEO:
        name = _OTHER_VIDEO[film.codec]
        return f"holds {name} video, which many browsers and podcast apps do not show"
    if audio_format is MOV:
        return "is a QuickTime file, which Firefox and most apps on Android do not play"
    return ""


def _track(data: AudioData, box: Box, movie_rate: int) -> Track:
    """What a track says about itself; zero and empty where it does not."""
    header, handler = find(data, box, b"tkhd"), find(data, box, b"mdia", b"hdlr")
    described = find(data, box, b"mdia", b"minf", b"stbl", b"stsd")
    chapter_ids = find(data, box, b"tref", b"chap")
    timescale, seconds = _duration(data, find(data, box, b"mdia", b"mdhd"))
    edited = _edited_seconds(data, find(data, box, b"edts", b"elst"), movie_rate)
    if edited and (edited < seconds or not seconds):
        seconds = edited
    is_long = header is not None and data[header.start : header.start + 1] == b"\x01"
    return Track(
        box,
        number(data, header.start + (20 if is_long else 12), 4) if header else 0,
        data[handler.start + 8 : handler.start + 12] if handler else b"",
        data[described.start + 12 : described.start + 16] if described else b"",
        timescale,
        seconds,
        tuple(number(data, at, 4) for at in range(chapter_ids.start, chapter_ids.end, 4))
        if chapter_ids
        else (),
    )


def _duration(data: AudioData, header: Box | None) -> tuple[int, Fraction]:
    """Timescale and seconds of an ``mvhd`` or ``mdhd`` box."""
    if header is None:
        return 0, Fraction(0)
    is_long = number(data, header.start, 1) == 1
    timescale = number(data, header.start + (20 if is_long else 12), 4)
    size = 8 if is_long else 4
    ticks = number(data, header.start + (24 if is_long else 16), size)
    if not timescale or ticks == (1 << 8 * size) - 1:  # all ones mean unknown
        return timescale, Fraction(0)
    return timescale, Fraction(ticks, timescale)


def _edited_seconds(data: AudioData, edits: Box | None, movie_rate: int) -> Fraction:
    """How long the edit list plays, zero where it says nothing."""
    if edits is None or not movie_rate:
        return Fraction(0)
    size = 8 if number(data, edits.start, 1) == 1 else 4
    first, width = edits.start + 8, 2 * size + 4
    count = min(number(data, edits.start + 4, 4), (edits.end - first) // width)
    ticks = sum(number(data, first + i * width, size) for i in range(count))
    return Fraction(ticks, movie_rate)


def _fragments_seconds(data: AudioData, header: Box | None, movie_rate: int) -> Fraction:
    """The length that a fragmented file states up front, zero where it does not."""
    if header is None or not movie_rate:
        return Fraction(0)
    size = 8 if number(data, header.start, 1) == 1 else 4
    return Fraction(number(data, header.start + 4, size), movie_rate)


def _item(data: AudioData, items: Box | None, kind: bytes) -> str | None:
    """The text of one iTunes tag."""
    box = find(data, items, kind, b"data")
    if box is None:
        return None
    text = data[box.start + 8 : min(box.end, box.start + _MAX_TEXT_BYTES)]
    return clean_text(text.decode("utf-8", "replace")) or None


def _name(kind: bytes) -> str:
    """A box's name as people read it."""
    return clean_text(kind.decode("latin-1")) or "last"
