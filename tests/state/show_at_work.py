"""A real small show on the disk, worked on as podcasters do, with what must stay true of it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import shutil
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from castpress.cli import main

SOUND = Path("tests/corpus/audio/mpeg25-mono-8k.mp3")
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
SETTINGS = """\
title: The Show That Never Stands Still
base_url: https://still.example/show/
guid: 0d1c7f0e-33c5-5f0f-8f7e-4b5f6a1f2c3d
description: Made to be renamed, cut again and moved.
author: Ida Berg
categories: [Sports > Running]
"""
_ITEM = re.compile(r"<item>.*?</item>", re.DOTALL)
_TITLE = re.compile(r"<title>Episode (\d+) ")
_GUID = re.compile(r"<guid[^>]*>([^<]+)</guid>")
_URL = re.compile(r'<enclosure url="https://still\.example/show/([^"]+)"')


@dataclass
class Episode:
    """One episode, whatever its files are called today; ``sound`` counts its cuts."""

    number: int
    stem: str
    published: datetime
    title: str = "begins"
    slug: str | None = None
    guid_line: str | None = None
    sound: int = 1
    is_withdrawn: bool = False

    def audio(self) -> bytes:
        """A sound of its own: the tag at the end makes each cut another file."""
        tag = f"{self.number}/{self.sound}".encode()
        return SOUND.read_bytes() + b"TAG" + tag.ljust(124, b"\0") + b"\xff"

    def note(self) -> str:
        """The note as it stands now."""
        lines = ["---", f"published: {self.published.isoformat()}"]
        lines += [f"slug: {self.slug}"] if self.slug else []
        lines += [f"guid: {self.guid_line}"] if self.guid_line else []
        return "\n".join([*lines, "---", f"# Episode {self.number} {self.title}", "", "Words.", ""])


@dataclass
class ShowAtWork:
    """Folders of one show, the commands typed in them, and all that was ever seen."""

    folder: Path
    now: datetime = START
    episodes: dict[int, Episode] = field(default_factory=dict)
    guid_of: dict[int, str] = field(default_factory=dict)
    owner_of: dict[str, int] = field(default_factory=dict)
    bytes_of: dict[str, str] = field(default_factory=dict)
    said: str = ""
    machine: str = "one"
    has_lost_tags: bool = False
    commands: int = 0

    @property
    def root(self) -> Path:
        """The folder on the machine that is worked on."""
        return self.folder / self.machine

    def begin(self) -> None:
        """Make the folders and the settings."""
        for name in ("episodes", "show_notes"):
            (self.root / name).mkdir(parents=True)
        (self.root / "show.yaml").write_text(SETTINGS, "utf-8")

    def type(self, *words: str, expect: int = 0, root: Path | None = None) -> str:
        """Run a command in this process; what it said."""
        said = io.StringIO()
        os.environ["SOURCE_DATE_EPOCH"] = str(int(self.now.timestamp()))
        self.commands += 1
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = main([words[0], "--show", str(root or self.root), *words[1:]])
        self.said = said.getvalue()
        assert code == expect, f"{words} ended with {code}:\n{self.said}"
        return self.said

    # The author's hand

    def note_file(self, episode: Episode) -> Path:
        """Where the note lies."""
        return self.root / "show_notes" / f"{episode.stem}.md"

    def audio_file(self, episode: Episode) -> Path:
        """Where the audio lies."""
        return self.root / "episodes" / f"{episode.stem}.mp3"

    def save(self, episode: Episode, *, audio: bool = True) -> None:
        """Write note and audio as they are now."""
        self.note_file(episode).write_text(episode.note(), "utf-8")
        if audio:
            self.audio_file(episode).write_bytes(episode.audio())

    def remove(self, episode: Episode) -> None:
        """Delete both files."""
        self.note_file(episode).unlink()
        self.audio_file(episode).unlink(missing_ok=True)

    def is_out(self, episode: Episode) -> bool:
        """Whether the feed must hold it."""
        return episode.published <= self.now and not episode.is_withdrawn

    def pass_days(self, days: int) -> None:
        """Let time go by."""
        self.now += timedelta(days=days)

    # What must be true after each step

    def build_and_look(self) -> None:
        """Build, then hold everything against what was seen before."""
        self.type("build")
        self.look(self.root / "public")

    def look(self, public: Path) -> None:
        """Nobody's guid has changed or was given twice; no address has other bytes."""
        feed = (public / "feed.xml").read_text("utf-8")
        listed = {}
        for item in _ITEM.findall(feed):
            number = int(_TITLE.search(item)[1])  # type: ignore[index]
            guid = _GUID.search(item)[1]  # type: ignore[index]
            url = _URL.search(item)[1]  # type: ignore[index]
            assert number not in listed, f"{number} stands in the feed twice"
            listed[number] = url
            assert self.guid_of.setdefault(number, guid) == guid, f"{number} has another guid"
            assert self.owner_of.setdefault(guid, number) == number, f"{guid} was used twice"
        out = {number for number, episode in self.episodes.items() if self.is_out(episode)}
        assert listed.keys() == out
        for file in (public / "audio").glob("*") if (public / "audio").exists() else ():
            path = f"audio/{file.name}"
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            assert self.bytes_of.setdefault(path, digest) == digest, f"{path} has other bytes"
        for path in listed.values():
            assert path in self.bytes_of, f"{path} is in the feed and was never there"

    def clone(self, *, with_audio: bool) -> None:
        """A fresh clone makes the same files, whether the audio has come along or not."""
        clone = self.folder / "clone"
        shutil.rmtree(clone, ignore_errors=True)
        copy_show(self.root, clone, with_audio=with_audio)
        lock = (self.root / "show.lock").read_bytes()
        self.type("build", root=clone)
        mine, theirs = tree(self.root / "public"), tree(clone / "public")
        if not with_audio or self.has_lost_tags:
            # What was written into a file long ago may be known to nobody; its address is.
            mine = {path: digest for path, digest in mine.items() if not path.startswith("audio/")}
        if self.has_lost_tags:
            theirs = {path: one for path, one in theirs.items() if not path.startswith("audio/")}
        assert theirs == mine
        assert (clone / "show.lock").read_bytes() == lock
        shutil.rmtree(clone)


def copy_show(source: Path, target: Path, *, with_audio: bool, with_lock: bool = True) -> None:
    """What Git or a person carries to another machine: sources, no output and no cache."""
    for name in ("episodes", "show_notes"):
        shutil.rmtree(target / name, ignore_errors=True)
        (target / name).mkdir(parents=True)
        if name != "episodes" or with_audio:
            shutil.copytree(source / name, target / name, dirs_exist_ok=True)
    names = ("show.yaml", "show.lock") if with_lock else ("show.yaml",)
    for name in names:
        if (source / name).exists():
            shutil.copyfile(source / name, target / name)


def tree(folder: Path) -> dict[str, str]:
    """The digest of each file of an output."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".castpress" not in path.parts
    }
