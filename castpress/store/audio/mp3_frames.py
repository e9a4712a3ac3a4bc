"""MP3 by its frames: how long it plays, and from where to where the audio goes.

Neither file size nor header tells the duration of an MP3 for sure (VBR without a header, joined
and truncated files), so every frame is visited: some 40 ms for an hour.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from castpress.store.audio.file_bytes import BLOCK_BYTES, AudioData
from castpress.store.audio.mp3_tags import audio_end, skip_tag

_BIT_RATES = {  # (is MPEG 1, layer) -> kbit/s by index, from ISO/IEC 11172-3 and 13818-3
    (True, 1): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (False, 3): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_SYNC = re.compile(rb"\xff(?=[\xe2-\xe7\xf2-\xf7\xfa-\xff][\x10-\xeb])")
_FREE_FORMAT_SYNC = re.compile(rb"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff][\x00-\x0b]")
_SURE_AFTER = 3  # headers in a row: chance agrees on three once in 10^14 bytes
_STRIDE_FRAMES = 128  # looked at in one step, so that a file with many changes stays cheap
_JUNK_BEFORE_BYTES = 1 << 20  # how far the first frame is looked for


@dataclass(frozen=True, slots=True)
class FrameKind:
    """What stays the same in a stream: layer 1 to 3, samples a frame, samples a second."""

    is_mpeg1: bool
    layer: int
    sample_rate: int

    @property
    def samples(self) -> int:
        """Samples in one frame."""
        if self.layer == 1:
            return 384
        return 1152 if self.layer == 2 or self.is_mpeg1 else 576


@dataclass(frozen=True, slots=True)
class Mp3Walk:
    """What a walk over an MP3 found.

    ``start`` and ``end`` bound the audio in bytes: from the first frame (a Xing or VBRI header is
    one) to what follows the last. ``frames`` counts the frames that play. ``missing`` and
    ``misleading`` are clauses, empty where all is well: what the file should hold and does not, and
    why players take it for shorter or longer than it is.
    """

    start: int
    end: int
    layer: int
    frames: int
    duration_ms: int
    missing: str
    misleading: str


@dataclass(frozen=True, slots=True)
class _Header:
    """A Xing, Info or VBRI header: frames promised (0 unknown), samples cut by players."""

    frames: int = 0
    delay: int = 0
    padding: int = 0


def walk_mp3(data: AudioData) -> Mp3Walk | None:
    """The frames of an MP3, counted one by one; None where there are none.

    The duration is what a player plays: a leading Xing, Info or VBRI frame is not counted, and the
    encoder's delay and padding that a LAME tag names are subtracted (the padding only where the
    header's count is the file's, because a joined file plays it). A header frame in the middle of
    a joined file is counted: players decode it as silence. Tags between frames are stepped over.
    """
    end = audio_end(data)
    start = position = _first_frame(data, end)
    if start < 0:
        return None
    header = _read_header(data[start : start + 256])
    counts: dict[FrameKind, int] = {}
    lengths: dict[FrameKind, dict[bytes, int]] = {}
    cut_bytes = 0
    while 0 <= position < end and (kind := _kind(data[position : position + 3])):
        run, position = _walk_run(data, position, end, kind, lengths.setdefault(kind, {}))
        counts[kind] = counts.get(kind, 0) + run
        head = data[position : position + 3]
        if _kind(head) == kind and position < end < position + _frame_bytes(head):
            cut_bytes = end - position
            break
        position = _next_frame(data, position, end, end)
    bit_rates = {head[2] >> 4 for known in lengths.values() for head in known if known[head]}
    return _sum_up(start, end, counts, header, cut_bytes, is_variable=len(bit_rates) > 1)


def is_free_format(data: AudioData) -> bool:
    """Whether this is MP3 without a bit rate in its frames, which most players refuse."""
    start = _skip_tags(data, 0)
    window = data[start : start + 8192]
    found = _FREE_FORMAT_SYNC.match(window)
    if found is None:
        return False
    same = re.compile(re.escape(found.group()[:2]) + b"[" + _with_padding(found.group()[2]) + b"]")
    places = [match.start() for match in same.finditer(window)][:4]
    gaps = [after - before for before, after in pairwise(places)]
    return len(gaps) == 3 and max(gaps) - min(gaps) <= 1


def _with_padding(byte: int) -> bytes:
    """The third header byte without and with the padding bit, as a regex class."""
    return re.escape(bytes({byte & ~2, byte | 2}))


def _walk_run(
    data: AudioData, position: int, end: int, kind: FrameKind, lengths: dict[bytes, int]
) -> tuple[int, int]:
    """Count the whole frames of one kind in a row: (frames, where the row ends).

    The hot loop: an hour has 138,000 frames, so there is one slice and one look-up for each, and
    of a constant bit rate one step for many. ``lengths`` is filled with what each header met says,
    0 for one of another kind or none.
    """
    frames = 0
    before = b""
    while len(block := data[position : position + BLOCK_BYTES]) >= 3:
        at, last = 0, len(block) - 3
        while at <= last:
            head = block[at : at + 3]
            length = lengths.get(head, -1)
            if length < 0:
                length = lengths[head] = _frame_bytes(head) if _kind(head) == kind else 0
            if not length or position + at + length > end:
                return frames, position + at
            alike = 1
            if head == before:
                alike = min(_alike(block, at, length), (end - position - at) // length)
            before = head
            at += alike * length
            frames += alike
        position += at
    return frames, position


def _alike(block: bytes, at: int, length: int) -> int:
    """How many headers like the one at ``at`` follow each other at this distance, itself counted.

    The headers' first bytes are taken in one stride, so are the second and the third.
    """
    stop = at + _STRIDE_FRAMES * length
    strides = [block[at + i : stop : length] for i in range(3)]
    return min(len(stride) - len(stride.lstrip(stride[:1])) for stride in strides)


def _first_frame(data: AudioData, end: int) -> int:
    """Where the first frame begins, -1 where there is none."""
    start = _skip_tags(data, 0)
    first = _next_frame(data, start, min(end, start + _JUNK_BEFORE_BYTES), end)
    if first < 0 and start:  # a tag that lies about its size has swallowed the audio
        first = _next_frame(data, 10, min(end, start), end)
    return first


def _next_frame(data: AudioData, position: int, until: int, end: int) -> int:
    """Where the next frame that others follow begins, -1 where there is none before ``until``."""
    position = _skip_tags(data, position)
    while len(block := data[position : min(until, position + BLOCK_BYTES)]) >= 3:
        for found in _SYNC.finditer(block):
            if _is_followed(data, position + found.start(), end):
                return position + found.start()
        position += len(block) - 2
    return -1


def _is_followed(data: AudioData, position: int, end: int) -> bool:
    """Whether frames of one kind follow each other from here, as far as the audio goes."""
    kind = _kind(data[position : position + 3])
    for headers in range(1, _SURE_AFTER + 1):
        head = data[position : position + 3]
        length = _frame_bytes(head)
        if not length or _kind(head) != kind:
            return False
        position += length
        if position >= end:
            return position == end or headers > 1
    return True


def _skip_tags(data: AudioData, position: int) -> int:
    """The first position that is not inside a tag, from a place where one may begin."""
    while (after := skip_tag(data, position)) > position:
        position = after
    return position


def _kind(head: bytes) -> FrameKind | None:
    """The kind of frame that these three bytes begin, None for none."""
    if len(head) < 3 or head[0] != 0xFF or head[1] < 0xE0:
        return None
    version, layer_bits, rate = head[1] >> 3 & 3, head[1] >> 1 & 3, head[2] >> 2 & 3
    if version == 1 or layer_bits == 0 or rate == 3 or head[2] >> 4 == 15:
        return None
    return FrameKind(version == 3, 4 - layer_bits, _SAMPLE_RATES[version][rate])


def _frame_bytes(head: bytes) -> int:
    """The length of a frame in bytes, 0 where the bytes begin none or it is of free format."""
    kind = _kind(head)
    if kind is None:
        return 0
    bits = _BIT_RATES[kind.is_mpeg1, kind.layer][head[2] >> 4] * 1000
    if not bits:
        return 0
    padding = head[2] >> 1 & 1
    if kind.layer == 1:
        return (12 * bits // kind.sample_rate + padding) * 4
    return kind.samples // 8 * bits // kind.sample_rate + padding


def _read_header(frame: bytes) -> _Header | None:
    """The header in a stream's first frame, None where the frame plays.

    Its place depends on version and channels, so it is looked for in the first 48 bytes.
    """
    vbri = frame.find(b"VBRI", 4, 48)
    if vbri >= 0:
        return _Header(frames=int.from_bytes(frame[vbri + 14 : vbri + 18], "big"))
    xing = max(frame.find(b"Xing", 4, 48), frame.find(b"Info", 4, 48))
    if xing < 0:
        return None
    flags, position = int.from_bytes(frame[xing + 4 : xing + 8], "big"), xing + 8
    frames = int.from_bytes(frame[position : position + 4], "big") if flags & 1 else 0
    for bit, size in ((1, 4), (2, 4), (4, 100), (8, 4)):
        position += size if flags & bit else 0
    if not frame.startswith((b"LAME", b"L3.9", b"Lavc", b"Lavf"), position):
        return _Header(frames)
    gaps = int.from_bytes(frame[position + 21 : position + 24], "big")
    return _Header(frames, delay=gaps >> 12, padding=gaps & 0xFFF)


def _sum_up(
    start: int,
    end: int,
    counts: dict[FrameKind, int],
    header: _Header | None,
    cut_bytes: int,
    *,
    is_variable: bool,
) -> Mp3Walk | None:
    """The walk's result from the frames counted of each kind (the stream's first kind first)."""
    if not counts:
        return None
    first = next(iter(counts))
    frames = sum(counts.values()) - (header is not None)
    samples = sum(Fraction(n * kind.samples, kind.sample_rate) for kind, n in counts.items())
    missing = misleading = ""
    if header is None and is_variable:
        misleading = "its bit rate varies, and no header says how long it is"
    if header is not None:
        samples -= Fraction(first.samples + header.delay, first.sample_rate)
        if header.frames in (frames, frames + 1):
            samples -= Fraction(header.padding, first.sample_rate)
        # Some encoders count the header itself, so one frame more is no loss.
        if header.frames > frames + 1:
            missing = f"its header promises {header.frames} frames, {frames} are there"
        elif 0 < header.frames < frames - 1:  # the same tolerance
            misleading = f"its header speaks of {header.frames} frames, {frames} are there"
    if cut_bytes and not missing and (header is None or header.frames > frames):
        missing = f"its last frame breaks off after {cut_bytes} bytes"
    duration_ms = max(0, round(samples * 1000))
    return Mp3Walk(start, end, first.layer, frames, duration_ms, missing, misleading)
