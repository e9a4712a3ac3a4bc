"""Ogg Opus and Ogg Vorbis by their pages (RFC 3533, RFC 7845, the Vorbis I specification)."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from castpress.store.audio.formats import (
    OPUS,
    VORBIS,
    AudioData,
    AudioReadError,
    EmbeddedTags,
    Measurement,
)
from castpress.store.audio.vorbis_comments import read_vorbis_comments

_MAX_COMMENT_BYTES = 1 << 24
_NO_GRANULE = (1 << 64) - 1  # no packet ends on the page
_OPUS_RATE = 48000  # granules count at this rate, whatever was recorded


@dataclass(slots=True)
class _Stream:
    """One logical bitstream: its first packet, its second as far as it is read, its end."""

    first: bytes
    second: bytearray = field(default_factory=bytearray)
    is_second_whole: bool = False
    pages: int = 0
    granule: int = 0

    @property
    def is_opus(self) -> bool:
        return self.first.startswith(b"OpusHead")

    @property
    def is_vorbis(self) -> bool:
        return self.first.startswith(b"\x01vorbis")

    @property
    def seconds(self) -> Fraction:
        """How long it plays: the last granule, without Opus' pre-skip."""
        if self.is_opus:
            pre_skip = int.from_bytes(self.first[10:12], "little")
            return Fraction(max(0, self.granule - pre_skip), _OPUS_RATE)
        rate = int.from_bytes(self.first[12:16], "little")
        return Fraction(self.granule, rate) if rate else Fraction(0)

    @property
    def tags(self) -> EmbeddedTags:
        """The comments in its second packet."""
        marker = len(b"OpusTags") if self.is_opus else len(b"\x03vorbis")
        return read_vorbis_comments(bytes(self.second[marker:]))


def read_ogg(data: AudioData) -> Measurement:
    """Duration and tags of an Ogg file; chained streams play one after another and are added up.

    Raises:
        AudioReadError: it holds something else than Opus or Vorbis.
    """
    streams, cut_bytes = _walk(data)
    played = [stream for stream in streams if stream.is_opus or stream.is_vorbis]
    if not played or any(stream.first.startswith(b"\x80theora") for stream in streams):
        what = _other_codec(streams)
        raise AudioReadError(
            "audio-not-supported", f"holds {what} in Ogg, which apps do not play", ""
        )
    missing = f"its last page breaks off after {cut_bytes} bytes" if cut_bytes else ""
    duration_ms = round(sum((stream.seconds for stream in played), Fraction(0)) * 1000)
    audio_format = OPUS if played[0].is_opus else VORBIS
    return Measurement(audio_format, duration_ms, played[0].tags, missing)


def _walk(data: AudioData) -> tuple[list[_Stream], int]:
    """All bitstreams of the file, and the bytes of a last page that is broken off (0 for none)."""
    streams: list[_Stream] = []
    open_streams: dict[bytes, _Stream] = {}
    position = data.find(b"OggS")
    while position >= 0:
        head = data[position : position + 27]
        segments = data[position + 27 : position + 27 + head[26]] if len(head) == 27 else b""
        body = position + 27 + len(segments)
        end = body + sum(segments)
        if len(head) < 27 or head[4] != 0 or len(segments) < head[26] or end > len(data):
            # No page of the one version there is, or the last one, broken off.
            following = data.find(b"OggS", position + 4)
            if following < 0:
                return streams, len(data) - position
            position = following
            continue
        serial = head[14:18]
        if head[5] & 2:
            open_streams[serial] = _Stream(data[body : min(end, body + 256)])
            streams.append(open_streams[serial])
        if serial in open_streams:
            _take_page(open_streams[serial], head, segments, data[body:end])
        position = end if data[end : end + 4] == b"OggS" else data.find(b"OggS", end)
    return streams, 0


def _take_page(stream: _Stream, head: bytes, segments: bytes, body: bytes) -> None:
    """Keep what one page says about its stream."""
    stream.pages += 1
    granule = int.from_bytes(head[6:14], "little")
    if granule != _NO_GRANULE and granule < 1 << 62:
        stream.granule = max(stream.granule, granule)
    if stream.pages == 1 or stream.is_second_whole:
        return
    size = 0
    for segment in segments:
        size += segment
        if segment < 255:
            stream.is_second_whole = True
            break
    stream.second += body[:size]
    stream.is_second_whole |= len(stream.second) > _MAX_COMMENT_BYTES


def _other_codec(streams: list[_Stream]) -> str:
    """What the file holds that is neither Opus nor Vorbis, by name where it is known."""
    names = {b"\x80theora": "Theora video", b"Speex": "Speex", b"\x7fFLAC": "FLAC"}
    for stream in streams:
        for start, name in names.items():
            if stream.first.startswith(start):
                return name
    return "no audio stream that is known"
