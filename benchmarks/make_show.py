"""Make a show of any size, to measure castpress with; the same arguments give the same bytes.

    python benchmarks/make_show.py FOLDER EPISODES

Each episode has notes of about 1,100 words with six timed headings, a list and twelve links, and
an MP3 of 71 to 91 seconds (71 to 91 kB): the sound of tests/corpus/audio/mpeg25-mono-8k.mp3,
repeated, with an ID3v1 tag that makes each file another one. All files bear one old time, as the
files of a show do that nobody works on just now. A thousand episodes take about 90 MB.
"""

# ruff: noqa: TID251, S311 - files are written here, and chance must be the same each time
from __future__ import annotations

import argparse
import os
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

ROOT = Path(__file__).resolve().parent.parent
SOUND = ROOT / "tests/corpus/audio/mpeg25-mono-8k.mp3"
ARTWORK = ROOT / "tests/shows/tiny/artwork/cover.jpg"
# Its tag and its Xing frame go before the first frame of this kind and are left out.
FRAME = bytes.fromhex("ffe318c4")
SOUND_MS = 2_160
NEWEST = date(2026, 1, 1)
# Thirty days before the newest episode, in seconds since 1970.
MODIFIED = 1_764_633_600

SETTINGS = """\
title: A Show of Many Episodes
base_url: https://many.example/show/
guid: 0d1c7f0e-33c5-5f0f-8f7e-4b5f6a1f2c3d
description: Made to be measured, not to be heard.
author: Ida Berg
owner:
  name: Ida Berg
  email: ida@many.example
categories:
  - Sports > Running
artwork: artwork/cover.jpg
artwork_alt: An orange sun on a blue ground
people:
  - name: Ida Berg
    role: host
"""

HEADINGS = (
    "Stranger Things", "What the question is", "What the books say", "What we have tried",
    "Mailbag", "What to take home",
)  # fmt: skip
VOCABULARY = """
    a about after again ankle at back balance because before body breath cadence calf change coach
    core day drill easy effort every fast feel first foot for form from good grow habit hand heel
    hill hip hold hour if in is it joint keep knee land last learn leg less lift light listen long
    make mile minute more morning move muscle never not of off often on one or over pace path
    patient plan posture quick race rest rhythm road run runner season shoe short shoulder sleep
    slow small some soon spine start step stop stride strong surface take tendon test than that the
    then time to toe track trail train try turn under until walk warm watch water week weight what
    when with work year you your
"""
WORDS = VOCABULARY.split()
TAGS = ("form", "food", "hills", "races", "rest", "shoes", "strength", "weather")


@dataclass(frozen=True, slots=True)
class Episode:
    """What was put into one pair of files."""

    stem: str
    title: str
    published: date
    duration_ms: int
    audio_bytes: int


def make_show(folder: Path, episodes: int, seed: int = 1) -> list[Episode]:
    """Write a show with that many episodes, all of them out before 2026-01-02."""
    for name in ("episodes", "show_notes", "artwork"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    _write(folder / "show.yaml", SETTINGS.encode())
    _write(folder / "artwork/cover.jpg", ARTWORK.read_bytes())
    sound = SOUND.read_bytes()
    sound = sound[sound.index(FRAME) :]
    made = []
    for number in range(1, episodes + 1):
        # One source of chance an episode: a larger show begins with the episodes of a smaller one.
        chance = Random(f"{seed} {number}")
        stem = f"{number:05}-{'-'.join(chance.choices(WORDS, k=3))}"
        repeats = chance.randint(33, 42)
        audio = sound * repeats + _id3v1(number, chance)
        _write(folder / "episodes" / f"{stem}.mp3", audio)
        published = NEWEST - timedelta(days=number - 1)
        title = f"{_sentence(chance, 6)} {number}"
        notes = notes_of(title, published, repeats * SOUND_MS, chance)
        _write(folder / "show_notes" / f"{stem}.md", notes.encode())
        made.append(Episode(stem, title, published, repeats * SOUND_MS, len(audio)))
    return made


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    os.utime(path, (MODIFIED, MODIFIED))


def _id3v1(number: int, chance: Random) -> bytes:
    title = f"Episode {number}".encode().ljust(30, b"\0")
    return b"TAG" + title + chance.randbytes(30).hex().encode()[:94].ljust(94, b"\0") + b"\xff"


def notes_of(title: str, published: date, duration_ms: int, chance: Random) -> str:
    """The notes of one episode, with its front matter."""
    rows = [
        "---",
        f"title: {title}",
        f"published: {published.isoformat()} 06:00",
        f"tags: [{', '.join(chance.sample(TAGS, 2))}]",
        "---",
        "",
        "## What's this episode about?",
        "",
        _sentence(chance, 40) + ".",
        "",
    ]
    step = duration_ms // 1000 // len(HEADINGS)
    for i, heading in enumerate(HEADINGS):
        rows += [f"## {heading} [{_clock(i * step)}-{_clock((i + 1) * step)}]", ""]
        for _ in range(3):
            rows += [_paragraph(chance, 55), ""]
    rows += ["## Exercises", ""]
    rows += [f"- {_sentence(chance, 3)} – {_sentence(chance, 6)}" for _ in range(5)]
    rows += ["", "## Resources", ""]
    rows += [f"- [{_sentence(chance, 4)}]({_address(chance)})" for _ in range(6)]
    return "\n".join(rows) + "\n"


def _clock(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _paragraph(chance: Random, words: int) -> str:
    """A paragraph with something bold, and a link in one of three."""
    start = f"{_sentence(chance, words // 2)}, **{_sentence(chance, 2)}**"
    if chance.random() < 1 / 3:
        start += f" and [{_sentence(chance, 3)}]({_address(chance)})"
    return f"{start}. {_sentence(chance, words // 2)}."


def _sentence(chance: Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words)).capitalize()


def _address(chance: Random) -> str:
    return f"https://many.example/{'/'.join(chance.choices(WORDS, k=2))}/{chance.randrange(10**6)}"


def main() -> None:
    """Read the command line and make the show."""
    about = argparse.ArgumentParser(description="Make a show of any size, to measure with.")
    about.add_argument("folder", type=Path)
    about.add_argument("episodes", type=int)
    about.add_argument("--seed", type=int, default=1)
    options = about.parse_args()
    make_show(options.folder, options.episodes, options.seed)


if __name__ == "__main__":
    main()
