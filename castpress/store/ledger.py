"""show.lock on disk: JSON that a person can read in a diff, written by the tool, committed."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

from castpress.model.feed_tags import AlternateEnclosure
from castpress.model.ledger import (
    LEDGER_FILE,
    Ledger,
    LedgerEntry,
    PublishedAudio,
    WrittenTags,
)
from castpress.model.podcast import AudioFacts, Chapter, Enclosure
from castpress.model.problem import Location, Problem, Severity
from castpress.store.output import OutputError

if TYPE_CHECKING:
    from pathlib import Path

_VERSION = 2
_READABLE = (1, 2)


def read_ledger(show: Path) -> tuple[Ledger, tuple[Problem, ...]]:
    """What show.lock says; an unreadable one is an error, never taken for an empty one."""
    path = show / LEDGER_FILE
    if path.exists() and not path.is_file():
        return Ledger(), (_unreadable("it is no file"),)
    try:
        return parse_ledger(path.read_bytes())
    except FileNotFoundError:
        return Ledger(), ()
    except OSError as error:
        return Ledger(), (_unreadable(str(error)),)


def parse_ledger(text: bytes) -> tuple[Ledger, tuple[Problem, ...]]:
    """The ledger that the bytes of a show.lock hold."""
    try:
        data = json.loads(text)
        json.dumps(data, ensure_ascii=False).encode()  # halves of characters are no text
    except (ValueError, RecursionError) as error:
        if b"<<<<<<< " in text:
            return Ledger(), (_merging(),)
        return Ledger(), (_unreadable(str(error)),)
    try:
        if data["castpress"] not in _READABLE:
            return Ledger(), (_unreadable("it was written by a newer castpress"),)
        ledger = _ledger(data)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        return Ledger(), (_unreadable(f"{error} is not where it belongs"),)
    twice = _twice(ledger)
    if twice:
        return Ledger(), (_unreadable(f"{twice} stands in it twice, as after a merge"),)
    return ledger, ()


def write_ledger(show: Path, ledger: Ledger, *, is_durable: bool = True) -> None:
    """Put the ledger in the place of the one before, at once.

    A durable one survives a power cut from now on. A build need not wait for that: what it adds it
    would add again.

    Raises:
        OutputError: the show's folder cannot be written.
    """
    path = show / LEDGER_FILE
    draft = path.with_suffix(".lock.draft")
    try:
        with draft.open("wb") as file:
            file.write(ledger_bytes(ledger))
            if is_durable:
                file.flush()
                os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        reason = f"cannot be written: {(error.strerror or str(error)).lower()}; nothing was changed"
        advice = "make the show's folder writable: show.lock keeps its guids there"
        raise OutputError(path, reason, advice) from error


def ledger_bytes(ledger: Ledger) -> bytes:
    """The text of show.lock, one line a value, so that two people's changes merge."""
    data = {
        "castpress": _VERSION,
        "feeds": dict(ledger.feed_guids),
        **({"former_urls": ledger.former_urls} if ledger.former_urls else {}),
        "episodes": [_entry_data(entry) for entry in ledger.entries],
        **({"live_feeds": dict(ledger.live_feeds)} if ledger.live_feeds else {}),
    }
    return (json.dumps(data, indent=2, ensure_ascii=False) + "\n").encode("utf-8")


def _unreadable(why: str) -> Problem:
    return Problem(
        "unreadable-lock",
        f"show.lock holds the guids that subscribers have and cannot be read: {why}",
        Location(LEDGER_FILE),
        Severity.ERROR,
        "take it back from Git or a backup: `git checkout show.lock`",
    )


def _merging() -> Problem:
    return Problem(
        "unreadable-lock",
        "show.lock holds the guids that subscribers have, and a merge that Git could not finish",
        Location(LEDGER_FILE),
        Severity.ERROR,
        "type `git checkout --ours show.lock`; what is live is joined with it when you publish",
    )


def _twice(ledger: Ledger) -> str | None:
    # The place of publication does not tell the stems of what is not out.
    live = Counter(e.stem for e in ledger.entries if e.stem and not e.is_retired)
    guids = Counter(entry.guid for entry in ledger.entries)
    return next((name for name, count in (*live.items(), *guids.items()) if count > 1), None)


def _ledger(data: Any) -> Ledger:  # noqa: ANN401 - it is JSON
    return Ledger(
        entries=tuple(_entry(entry) for entry in data["episodes"]),
        feed_guids=tuple(sorted((str(path), str(guid)) for path, guid in data["feeds"].items())),
        live_feeds=tuple(
            sorted(
                (str(path), tuple(str(digest) for digest in digests))
                for path, digests in data.get("live_feeds", {}).items()
            )
        ),
        former_urls=tuple(str(url) for url in data.get("former_urls", ())),
    )


def _entry(data: Any) -> LedgerEntry:  # noqa: ANN401 - it is JSON
    audio = data.get("audio")
    return LedgerEntry(
        guid=str(data["guid"]),
        stem=str(data["stem"]),
        fingerprint=str(data["audio_sha256"]),
        is_retired=bool(data.get("retired", False)),
        slug=None if data.get("slug") is None else _name(data["slug"]),
        old_slugs=tuple(_name(slug) for slug in data.get("old_slugs", ())),
        audio=None if audio is None else _audio(audio, str(data["audio_sha256"])),
        is_withdrawn=bool(data.get("withdrawn", False)),
        revision=int(data.get("revision", 0)),
    )


def _entry_data(entry: LedgerEntry) -> dict[str, object]:
    return {
        "stem": entry.stem,
        "guid": entry.guid,
        "audio_sha256": entry.fingerprint,
        **({"slug": entry.slug} if entry.slug else {}),
        **({"old_slugs": entry.old_slugs} if entry.old_slugs else {}),
        **({"retired": True} if entry.is_retired else {}),
        **({"withdrawn": True} if entry.is_withdrawn else {}),
        **({"revision": entry.revision} if entry.revision else {}),
        **({"audio": _audio_data(entry.audio)} if entry.audio else {}),
    }


def _audio(data: Any, sha256: str) -> PublishedAudio:  # noqa: ANN401 - it is JSON
    source, tags = data["source"], data["tags"]
    return PublishedAudio(
        enclosure=Enclosure(
            path=_audio_path(data["path"]),
            media_type=str(data["type"]),
            byte_length=int(data["bytes"]),
            sha256=str(data["sha256"]),
        ),
        facts=AudioFacts(
            media_type=str(data["type"]),
            extension=_name(source["extension"]),
            byte_length=int(source["bytes"]),
            duration_ms=int(source["duration_ms"]),
            sha256=sha256,
            title=_text(source.get("title")),
            artist=_text(source.get("artist")),
            chapters=tuple(_parse_span(text) for text in source.get("chapters", ())),
            width_px=_count(source.get("width")),
            height_px=_count(source.get("height")),
        ),
        tags=None if tags is None else _tags(tags),
        alternates=tuple(_alternate(one) for one in data.get("alternates", ())),
    )


def _audio_data(audio: PublishedAudio) -> dict[str, object]:
    enclosure, facts, tags = audio.enclosure, audio.facts, audio.tags
    return {
        "path": enclosure.path,
        "type": enclosure.media_type,
        "bytes": enclosure.byte_length,
        "sha256": enclosure.sha256,
        "source": {
            "extension": facts.extension,
            "bytes": facts.byte_length,
            "duration_ms": facts.duration_ms,
            **({} if facts.title is None else {"title": facts.title}),
            **({} if facts.artist is None else {"artist": facts.artist}),
            **({"chapters": [_span(c) for c in facts.chapters]} if facts.chapters else {}),
            **({} if facts.width_px is None else {"width": facts.width_px}),
            **({} if facts.height_px is None else {"height": facts.height_px}),
        },
        "tags": None if tags is None else _tags_data(tags),
        **(
            {"alternates": [_alternate_data(one) for one in audio.alternates]}
            if audio.alternates
            else {}
        ),
    }


def _alternate(data: Any) -> AlternateEnclosure:  # noqa: ANN401 - it is JSON
    return AlternateEnclosure(
        media_type=str(data["type"]),
        sources=(_audio_path(data["path"]),),
        byte_length=int(data["bytes"]),
        bitrate=_count(data.get("bitrate")),
        height_px=_count(data.get("height")),
        language=_text(data.get("language")),
        title=_text(data.get("title")),
        codecs=_text(data.get("codecs")),
        sha256=_digest(data["sha256"]),
    )


def _alternate_data(alternate: AlternateEnclosure) -> dict[str, object]:
    known = {
        "path": alternate.sources[0],
        "type": alternate.media_type,
        "bytes": alternate.byte_length,
        "sha256": alternate.sha256,
        "title": alternate.title,
        "bitrate": alternate.bitrate,
        "height": alternate.height_px,
        "language": alternate.language,
        "codecs": alternate.codecs,
    }
    return {name: value for name, value in known.items() if value is not None}


def _span(chapter: Chapter) -> str:
    """A chapter on one line: start and end in ms, then the title."""
    return f"{chapter.start_ms}-{chapter.end_ms} {chapter.title}"


def _parse_span(text: str) -> Chapter:
    span, _, title = text.partition(" ")
    start, _, end = span.partition("-")
    return Chapter(int(start), int(end), title)


def _parse_start(text: str) -> tuple[int, str]:
    start, _, title = text.partition(" ")
    return int(start), title


def _tags(data: Any) -> WrittenTags:  # noqa: ANN401 - it is JSON
    number, day = data.get("number"), data.get("date")
    return WrittenTags(
        title=str(data["title"]),
        artist=str(data["artist"]),
        album=str(data["album"]),
        number=None if number is None else int(number),
        date=None if day is None else date.fromisoformat(day),
        link=_text(data.get("link")),
        language=_text(data.get("language")),
        artwork_sha256=_text(data.get("artwork_sha256")),
        chapters=tuple(_parse_start(text) for text in data.get("chapters", ())),
    )


def _tags_data(tags: WrittenTags) -> dict[str, object]:
    known = {
        "title": tags.title,
        "artist": tags.artist,
        "album": tags.album,
        "number": tags.number,
        "date": tags.date.isoformat() if tags.date else None,
        "link": tags.link,
        "language": tags.language,
        "artwork_sha256": tags.artwork_sha256,
        "chapters": [f"{start} {title}" for start, title in tags.chapters] or None,
    }
    return {name: value for name, value in known.items() if value is not None}


def _name(value: object) -> str:
    """One part of a path; a ledger comes from a network too, so it must not lead anywhere."""
    name = str(value)
    if not name or name.startswith(".") or any(c in "/\\" or not c.isprintable() for c in name):
        raise ValueError(f"{name!r}")
    return name


def _audio_path(value: object) -> str:
    folder, _, name = str(value).partition("/")
    if folder != "audio":
        raise ValueError(f"{value!r}")
    return f"audio/{_name(name)}"


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _digest(value: object) -> str:
    """A SHA-256 in hexadecimal, which feeds write in another form."""
    text = str(value)
    digest = bytes.fromhex(text)
    if len(digest) != hashlib.sha256().digest_size or digest.hex() != text:
        raise ValueError(f"{text!r}")
    return text


def _count(value: Any) -> int | None:  # noqa: ANN401 - it is JSON
    return None if value is None else int(value)
