"""Each way a folder can be wrong that we know of: a name, and what to do to a good show.

A bug report becomes a row here first. What is said about it is recorded in tests/shows/bad.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from collections.abc import Callable

AUDIO = Path("tests/corpus/audio").resolve()
FIRST = "show_notes/001-first-run.md"
SOUND = "episodes/001-first-run.mp3"


def _replace(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {file}"
    path.write_text(text.replace(old, new), "utf-8")


def _settings(old: str, new: str) -> Callable[[Path], None]:
    return lambda root: _replace(root, "show.yaml", old, new)


def _note(old: str, new: str) -> Callable[[Path], None]:
    return lambda root: _replace(root, FIRST, old, new)


def _audio(corpus: str, file: str = SOUND) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        shutil.copyfile(AUDIO / corpus, root / file)

    return change


def _write(file: str, data: bytes) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        (root / file).write_bytes(data)

    return change


def _delete(file: str) -> Callable[[Path], None]:
    return lambda root: (root / file).unlink()


def _picture(mode: str, size: tuple[int, int], kind: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        Image.new(mode, size, 80).save(root / "artwork/cover.jpg", kind)

    return change


def _second_note(root: Path) -> None:
    shutil.copyfile(root / FIRST, root / "show_notes/001-first-run.txt")


def _link_out(root: Path) -> None:
    outside = root.parent / "secret.md"
    outside.write_text("# A secret")
    (root / "show_notes/004-secret.md").symlink_to(outside)


def _link_audio_out(root: Path) -> None:
    outside = root.parent / "secret.mp3"
    shutil.copyfile(root / SOUND, outside)
    (root / SOUND).unlink()
    (root / SOUND).symlink_to(outside)


def _truncated(root: Path) -> None:
    data = (AUDIO / "truncated.mp3").read_bytes()
    (root / SOUND).write_bytes(data)


def _same_slug(root: Path) -> None:
    _replace(root, "show_notes/002-two-hills.txt", "Two hills, one evening?", "Why do we run")


def _misspelled_audio(root: Path) -> None:
    (root / SOUND).rename(root / "episodes/001-frist-run.mp3")


def _same_guid(root: Path) -> None:
    _replace(root, FIRST, "tags:", "guid: one\ntags:")
    _replace(root, "show_notes/002-two-hills.txt", "published:", "guid: one\npublished:")


def _broken_template(root: Path) -> None:
    (root / "templates").mkdir()
    (root / "templates/home.html").write_text("{% if %}\n", "utf-8")


def _copy(root: Path, old: str, new: str) -> None:
    shutil.copyfile(root / "show_notes" / old, root / "show_notes" / new)


def _draft_without_audio(root: Path) -> None:
    (root / "show_notes/004-draft.md").write_text("---\ndraft: true\n---\n# Soon\n", "utf-8")


def _episode_gone(root: Path) -> None:
    for file in (FIRST, SOUND, "show_notes/001-first-run.vtt"):
        (root / file).unlink()


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"

BAD_INPUT: dict[str, Callable[[Path], None]] = {
    "no-settings": _delete("show.yaml"),
    "no-audio": _delete(SOUND),
    "no-notes": _delete(FIRST),
    "misspelled-audio": _misspelled_audio,
    "two-notes": _second_note,
    "empty-audio": _audio("empty.mp3"),
    "text-named-mp3": _audio("text-named.mp3"),
    "html-named-mp3": _audio("html-named.mp3"),
    "truncated-mp3": _truncated,
    "m4a-named-mp3": _audio("m4a-named.mp3"),
    "not-utf8": _write(FIRST, b"# Caf\xe9 au lait\n"),
    "utf16": _write(FIRST, "# Hello".encode("utf-16")),
    "nul-bytes": _write(FIRST, b"# Hello\n\n\x00\x01text\x00\n"),
    "broken-front-matter": _note("published:", "published: :"),
    "open-front-matter": _note("---\n# Why", "# Why"),
    "duplicate-key": _note("tags:", "published: 2026-04-01\ntags:"),
    "yaml-bomb": _write("show.yaml", BOMB.encode()),
    "yaml-tag": _settings("title: Tiny Runs", "title: !!python/object:os.system x"),
    "unknown-key": _settings("tagline:", "taglin:"),
    "unknown-key-in-note": _note("tags:", "tgas:"),
    "many-faults-at-once": _settings(
        "language: en", "language: en glish\nexplicit: perhaps\ntype: seriel\nfrom: here"
    ),
    "no-guid": _settings("guid: 5c0b2f0e-6b1c-5a55-8f0e-0a4c2f1d9b77\n", ""),
    "wrong-category": _settings("Sports > Running", "Sport > Runing"),
    "date-without-sense": _note("2026-03-01 06:00", "2026-02-30"),
    "date-in-another-order": _note("2026-03-01 06:00", "3/1/2026"),
    "inverted-range": _note("[0-30 sec]", "[30-10 sec]"),
    "range-past-the-end": _note("[1:10-end]", "[10:00-12:00]"),
    "overlapping-ranges": _note("[0:30-1:10]", "[0:20-1:10]"),
    "impossible-minute": _note("[0:30-1:10]", "[0:30-1:75]"),
    "unit-forgotten": _note("[0-30 sec]", "[0-30"),
    "artwork-too-small": _picture("RGB", (600, 600), "JPEG"),
    "artwork-not-square": _picture("RGB", (1400, 1500), "JPEG"),
    "artwork-is-webp": _picture("RGB", (1400, 1400), "WEBP"),
    "artwork-is-cmyk": _picture("CMYK", (1400, 1400), "JPEG"),
    "artwork-is-text": _write("artwork/cover.jpg", b"<html>"),
    "artwork-missing": _delete("artwork/cover.jpg"),
    "artwork-outside": _settings("artwork/cover.jpg", "../cover.jpg"),
    "same-slug": _same_slug,
    "slug-that-leaves": _note("tags:", "slug: ../../etc\ntags:"),
    "symlink-that-leaves": _link_out,
    "audio-symlink-that-leaves": _link_audio_out,
    "unknown-course": _note("tags:", "course: first-step\ntags:"),
    "unknown-call-to-action": _note("tags:", "call_to_action: wlak\ntags:"),
    "raw-html": _note("A **goose**", "<script>alert(1)</script> A **goose**"),
    "script-link": _note("https://tiny.example/breakfast", "javascript:alert(1)"),
    "broken-lock": _write("show.lock", b"{"),
    "broken-transcript": _write(
        "show_notes/001-first-run.vtt", b"WEBVTT\n\n00:00 -> soon\nHello\n"
    ),
    "transcript-that-is-a-document": _write("show_notes/001-first-run.vtt", b"PK\x03\x04\x14\x00"),
    "transcript-that-is-cut-off": _write(
        "show_notes/002-two-hills.json", b'{"segments": [\n{"startTime": 0, "body": "Good'
    ),
    "transcript-in-no-language": _write("show_notes/002-two-hills.xx.vtt", b"WEBVTT\n"),
    "same-guid-twice": _same_guid,
    "word-document": _write("show_notes/004-notes.docx", b"PK"),
    "broken-template": _broken_template,
    "impossible-offset": _note("06:00", "06:00 +99:99"),
    "endless-file-name": _note("tags:", f"image: {'x' * 300}\ntags:"),
    "control-character-in-address": _settings("https://tiny.example/runs/", '"https://x/\\x01"'),
    "alias-of-another": _note("tags:", "aliases: [two-hills-one-evening]\ntags:"),
    "two-transcripts": lambda root: _copy(root, "001-first-run.vtt", "001-first-run.en.vtt"),
    "pipe-named-md": lambda root: os.mkfifo(root / "show_notes/004-pipe.md"),
    "folder-named-mp3": lambda root: (root / "episodes/004-folder.mp3").mkdir(),
    "audio-among-notes": _write("show_notes/004-lost.mp3", b"ID3"),
    "settings-without-fences": _write(FIRST, b"published: 2026-03-01\n\n# Hello\n\nText.\n"),
    "draft-without-audio": _draft_without_audio,
    "episode-gone": _episode_gone,
    "another-show-guid": _settings("5c0b2f0e", "6c0b2f0e"),
    "same-number": _note("tags:", "episode: 2\ntags:"),
}
