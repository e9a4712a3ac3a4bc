"""What a file is that is not audio castpress can use: known by its first bytes."""

from __future__ import annotations

from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from castpress.store.audio.formats import AudioReadError

if TYPE_CHECKING:
    from castpress.store.audio.file_bytes import AudioData

_OTHER_AUDIO = (  # (offset, bytes, what it is)
    (0, b"ADIF", "AAC without a container"),
    (0, b"caff", "an Apple Core Audio file (CAF)"),
    (8, b"AIFF", "an AIFF file"),
    (8, b"AIFC", "an AIFF file"),
    (0, b"#!AMR", "an AMR voice recording"),
    (0, b"MThd", "a MIDI file"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media file (WMA)"),
    (0, b"\x1a\x45\xdf\xa3", "a Matroska or WebM file"),
    (0, b"wvpk", "a WavPack file"),
    (0, b"MAC ", "a Monkey's Audio file"),
    (0, b"FLV", "a Flash video"),
    (8, b"AVI ", "a video (AVI)"),
)
_OTHER_FILES = (
    (0, b"PK\x03\x04", "a zip archive"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"Rar!", "a RAR archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (0, b"\xff\xd8\xff", "a JPEG picture"),
    (0, b"\x89PNG", "a PNG picture"),
    (0, b"GIF8", "a GIF picture"),
    (8, b"WEBP", "a WebP picture"),
    (0, b"%PDF", "a PDF"),
    (0, b"SQLite format 3", "a database"),
    (0, b"\x00\x05\x16\x07", "a leftover of macOS (AppleDouble), not the file itself"),
    (0, b"bplist", "a property list of macOS"),
)
_SHOWN_CHARACTERS = 24
_TEXT_BYTES = 512
_PAGE_ADVICE = "a download that needs a login saves a page instead; download the audio again"


def raise_if_other(data: AudioData, start: int) -> None:
    """Raise where the bytes from ``start`` on are known as something else than the formats here.

    Raises:
        AudioReadError: they are; ``audio-not-supported`` for sound, ``not-audio`` for the rest.
    """
    head = data[start : start + 64]
    for offset, mark, what in _OTHER_AUDIO:
        if head.startswith(mark, offset):
            raise AudioReadError("audio-not-supported", f"is {what}, which apps do not play", "")
    if _is_adts(data, start):
        raise AudioReadError(
            "audio-not-supported",
            "is AAC without a container (ADTS), in which players cannot seek",
            "",
        )
    for offset, mark, what in _OTHER_FILES:
        if head.startswith(mark, offset):
            raise AudioReadError("not-audio", f"is not audio: it is {what}", "")
    if head.startswith(b"version https://git-lfs"):
        raise AudioReadError(
            "not-audio",
            "is not audio: it is a Git LFS pointer, the audio has not been fetched",
            "in the show's folder type: git lfs pull",
        )
    text = _as_text(data[start : start + _TEXT_BYTES])
    if text:
        shown = text[:_SHOWN_CHARACTERS].rstrip() + ("…" if len(text) > _SHOWN_CHARACTERS else "")
        if text.lower().startswith(("<!doctype html", "<html")):
            what, advice = "a web page", _PAGE_ADVICE
        else:
            what, advice = "text", "put the audio into episodes/ and the text into show_notes/"
        reason = f"is not audio: it is {what}, beginning '{shown}'"
        raise AudioReadError("not-audio", reason, advice)


def refuse_unknown(data: AudioData, start: int) -> AudioReadError:
    """The error for a file in which nothing was recognised."""
    if start and start >= len(data):
        return AudioReadError("not-audio", "is not audio: it holds tags and nothing behind", "")
    if not any(data[start : start + 4096]):
        return AudioReadError(
            "not-audio",
            "is not audio: it begins with nothing but zero bytes, as a failed copy does",
            "copy or export the audio again",
        )
    found = data[start : start + 8].hex(" ")
    return AudioReadError("not-audio", f"is not audio castpress knows: it begins {found}", "")


def _is_adts(data: AudioData, position: int) -> bool:
    """Whether three ADTS frames follow each other from here."""
    for _ in range(3):
        head = data[position : position + 6]
        if len(head) < 6:
            return False
        if head[0] != 0xFF or head[1] & 0xF6 != 0xF0:
            return False
        size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
        if size < 7:
            return False
        position += size
    return True


def _as_text(head: bytes) -> str:
    """The beginning of a text on one line, empty where the bytes are none."""
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    decoder = getincrementaldecoder("utf-16" if is_wide else "utf-8")()
    try:
        text = decoder.decode(head)  # incremental: the window may cut through the last character
    except UnicodeDecodeError:
        return ""
    is_plain = all(c.isprintable() or c.isspace() for c in text.lstrip("\ufeff"))
    return " ".join(text.lstrip("\ufeff").split()) if is_plain else ""
