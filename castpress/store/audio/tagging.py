"""Tagged copies of audio files: ``tag_copy``, for each format by its own writer.

``WRITERS`` is the registry: a new format is one function and one line. Importing this module
imports mutagen.
"""

from __future__ import annotations

import base64
import shutil
from typing import TYPE_CHECKING

from castpress.model.timecode import format_hms_ms
from castpress.store.audio.formats import clean_text
from castpress.store.audio.id3_writer import tag_mp3
from castpress.store.audio.mutagen_modules import (
    FAULTS,
    Untyped,
    flac,
    mp4,
    oggopus,
    oggvorbis,
)
from castpress.store.audio.tags import AudioTagError, AudioTags

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from castpress.model.podcast import AudioFacts

_MAX_COMMENT_CHAPTERS = 1000  # CHAPTER000 to CHAPTER999
_FRONT_COVER = 3


def tag_copy(source: Path, destination: Path, facts: AudioFacts, tags: AudioTags) -> None:
    """Write a tagged copy of an audio file; the source stays as it is.

    MP3, Opus, Vorbis and FLAC get tags and chapters in place of those they had. M4A and MP4 get
    tags and keep their own chapters, which mutagen cannot write. WAV and QuickTime are copied as
    they are. The same input
    gives the same bytes. After an error, what is at the destination is of no use.

    Raises:
        AudioTagError: the file cannot be tagged, or is the destination.
        OSError: a file cannot be read or written.
    """
    if destination.exists() and destination.samefile(source):
        raise AudioTagError(source, "the copy would overwrite it")
    WRITERS[facts.extension](source, destination, tags)


def _tag_m4a(source: Path, destination: Path, tags: AudioTags) -> None:
    """A tagged copy of an M4A or MP4 file."""
    audio = _open_copy(source, destination, mp4.MP4)
    if audio.tags is None:
        audio.add_tags()
    audio.tags.clear()
    fields = {"\xa9nam": tags.title, "\xa9ART": tags.artist, "\xa9alb": tags.album}
    audio.tags.update({key: [clean_text(t)] for key, t in fields.items() if clean_text(t)})
    audio.tags["\xa9gen"] = ["Podcast"]
    if tags.number is not None and 0 <= tags.number < 1 << 16:
        audio.tags["trkn"] = [(tags.number, 0)]
    if tags.date is not None:
        audio.tags["\xa9day"] = [tags.date.isoformat()]
    if tags.artwork:
        is_png = tags.artwork_type == "image/png"
        kind = mp4.MP4Cover.FORMAT_PNG if is_png else mp4.MP4Cover.FORMAT_JPEG
        audio.tags["covr"] = [mp4.MP4Cover(tags.artwork, kind)]
    _save(source, audio)


def _tag_opus(source: Path, destination: Path, tags: AudioTags) -> None:
    """A copy of an Ogg Opus file with comments."""
    _tag_ogg(source, destination, tags, oggopus.OggOpus)


def _tag_vorbis(source: Path, destination: Path, tags: AudioTags) -> None:
    """A copy of an Ogg Vorbis file with comments."""
    _tag_ogg(source, destination, tags, oggvorbis.OggVorbis)


def _tag_ogg(source: Path, destination: Path, tags: AudioTags, kind: Untyped) -> None:
    """A copy of an Ogg file with comments; the artwork is one of them."""
    comments = _comments(source, tags)
    if tags.artwork:
        picture = base64.b64encode(_picture(tags, tags.artwork).write()).decode("ascii")
        comments["METADATA_BLOCK_PICTURE"] = [picture]
    audio = _open_copy(source, destination, kind)
    audio.tags.clear()
    audio.tags.update(comments)
    _save(source, audio)


def _tag_flac(source: Path, destination: Path, tags: AudioTags) -> None:
    """A copy of a FLAC file with comments and artwork."""
    comments = _comments(source, tags)
    audio = _open_copy(source, destination, flac.FLAC)
    if audio.tags is None:
        audio.add_tags()
    audio.tags.clear()
    audio.tags.update(comments)
    audio.clear_pictures()
    if tags.artwork:
        audio.add_picture(_picture(tags, tags.artwork))
    _save(source, audio)


def _copy(source: Path, destination: Path, tags: AudioTags) -> None:
    """A plain copy: players read no tags in WAV that all agree on, nor mutagen QuickTime's."""
    shutil.copyfile(source, destination)


WRITERS: dict[str, Callable[[Path, Path, AudioTags], None]] = {
    "mp3": tag_mp3,
    "mp2": tag_mp3,
    "m4a": _tag_m4a,
    "opus": _tag_opus,
    "ogg": _tag_vorbis,
    "flac": _tag_flac,
    "wav": _copy,
    "mp4": _tag_m4a,
    "m4v": _tag_m4a,
    "mov": _copy,
}


def _open_copy(source: Path, copy: Path, kind: Untyped) -> Untyped:
    """Copy the source and open the copy for tagging.

    Raises:
        AudioTagError: mutagen does not understand the file.
    """
    shutil.copyfile(source, copy)
    try:
        return kind(copy)
    except FAULTS as error:
        raise AudioTagError(source, _reason(error, copy)) from error


def _save(source: Path, audio: Untyped) -> None:
    """Write the tags into the copy, without padding, so that the same input gives the same bytes.

    Raises:
        AudioTagError: mutagen cannot write into the file.
    """
    try:
        audio.save(padding=_no_padding)
    except FAULTS as error:
        raise AudioTagError(source, _reason(error, audio.filename)) from error


def _no_padding(_info: Untyped) -> int:
    """What mutagen asks when it saves: how many bytes to leave free."""
    return 0


def _reason(error: Exception, copy: Path) -> str:
    """Why, on one line; the copy's random name says nothing."""
    return clean_text(str(error)).replace(str(copy), "it") or type(error).__name__


def _comments(source: Path, tags: AudioTags) -> dict[str, list[str]]:
    """The Vorbis comments; chapters follow https://wiki.xiph.org/Chapter_Extension.

    Raises:
        AudioTagError: there are more chapters than three digits count.
    """
    if len(tags.chapters) > _MAX_COMMENT_CHAPTERS:
        raise AudioTagError(source, f"more than {_MAX_COMMENT_CHAPTERS} chapters do not fit")
    fields = {
        "TITLE": tags.title,
        "ARTIST": tags.artist,
        "ALBUM": tags.album,
        "TRACKNUMBER": "" if tags.number is None else str(tags.number),
        "DATE": "" if tags.date is None else tags.date.isoformat(),
        "GENRE": "Podcast",
        "LANGUAGE": tags.language or "",
        "URL": tags.link or "",
    }
    in_time = sorted(tags.chapters, key=lambda chapter: chapter.start_ms)
    for i, chapter in enumerate(in_time):
        fields[f"CHAPTER{i:03}"] = format_hms_ms(chapter.start_ms)
        fields[f"CHAPTER{i:03}NAME"] = chapter.title
    return {key: [clean_text(text)] for key, text in fields.items() if clean_text(text)}


def _picture(tags: AudioTags, artwork: bytes) -> Untyped:
    """The artwork as FLAC and Ogg keep it."""
    picture = flac.Picture()
    picture.type, picture.mime, picture.data = _FRONT_COVER, tags.artwork_type, artwork
    return picture
