"""How the readers' time grows with the length of notes and transcripts.

    ./run bench --notes                  10 kB, 100 kB and 1 MB of each kind; half a minute
    ./run bench --worst                  one piece over and over, 200 kB and 400 kB; many minutes

Processor seconds of this process, the best of some runs. ``slope`` is the power of the length that
the time grew with from 100 kB to 1 MB: 1.0 is linear. The exit code is 1 where a megabyte takes
more than two seconds, or where twice the text takes more than 2.6 times as long.
"""

# ruff: noqa: T201, TID251, S311 - the table is the result, chance must be the same each time
from __future__ import annotations

import gc
import json
import math
import platform
import sys
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from random import Random
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from make_show import WORDS, notes_of

from castpress.read.chapters import resolve_chapters
from castpress.read.notes import parse_notes
from castpress.read.transcript import parse_transcript
from castpress.render.app_html import link_target, reduce_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SIZES = (10_000, 100_000, 1_000_000)
MOST_SECONDS = 2.0
WORST_SIZES = (200_000, 400_000)
MOST_TIMES = 2.6
# Shorter than this a run says nothing about growth.
LEAST_SECONDS = 0.05
SHOW_EPISODES = 1_000
DURATION_MS = 100 * 3_600_000
TARGET = link_target("https://many.example/show/episodes/x/")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of text: ``piece`` makes one part of it, from 1 on; ``name`` is its file's."""

    title: str
    name: str
    piece: Callable[[int, Random], str]
    whole: str = "{}"
    is_transcript: bool = False

    def text(self, size: int) -> str:
        """About that many bytes of it; the same each time, a larger one begins like a smaller."""
        parts: list[str] = []
        length = number = 0
        while length < size:
            number += 1
            parts.append(self.piece(number, Random(number)))
            length += len(parts[-1].encode())
        return self.whole.replace("{}", "".join(parts).rstrip(","))

    def read(self, text: str) -> None:
        """What a build does with it before a page is made."""
        if self.is_transcript:
            parse_transcript(text, PurePosixPath(self.name), "en")
        else:
            read_notes(text, self.name)


def read_notes(text: str, name: str) -> None:
    """Read notes, settle their chapters, and make the text for apps of them."""
    notes, _ = parse_notes(text, PurePosixPath(name), duration_ms=DURATION_MS)
    resolve_chapters(notes.marks, DURATION_MS, "Opening")
    for section in notes.sections:
        reduce_html(section.html, TARGET)


def sentence(chance: Random, words: int) -> str:
    """Words with a capital, without a full stop."""
    return " ".join(chance.choices(WORDS, k=words)).capitalize()


def paragraph(chance: Random) -> str:
    """Sentences on one line."""
    return " ".join(f"{sentence(chance, chance.randint(6, 16))}." for _ in range(5))


def clock(seconds: int) -> str:
    """h:mm:ss."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def markdown_section(number: int, chance: Random) -> str:
    """A timed heading with what stands below one: text, links, a list, a table now and then."""
    rows = [f"## {sentence(chance, 4)} [{clock(number * 60)}-{clock(number * 60 + 60)}]", ""]
    rows += [paragraph(chance), "", f"See **{sentence(chance, 2)}** at {clock(number * 60 + 9)}, "]
    rows += [
        f"and [{sentence(chance, 3)}](https://words.example/{number}), https://a.example/x.",
        "",
    ]
    rows += [f"- {sentence(chance, 3)} – *{sentence(chance, 6)}*" for _ in range(4)]
    if number % 5 == 0:
        rows += ["", "| a | b |", "|---|---|", f"| {sentence(chance, 2)} | 3 x 0:30 |"]
    return "\n".join([*rows, "", ""])


def pasted_section(number: int, chance: Random) -> str:
    """The same as it comes out of a site builder."""
    rows = [f"{sentence(chance, 4)} [{number}-{number + 1} min]", "", paragraph(chance), ""]
    rows += [row for _ in range(4) for row in (f"• {sentence(chance, 5)}", "")]
    rows += [f"{sentence(chance, 5)}?", "", paragraph(chance), "", "coach@words.example", ""]
    return "\n".join([*rows, ""])


def html_section(number: int, chance: Random) -> str:
    """The same as a host exports it."""
    items = "".join(
        f"<li>{sentence(chance, 3)} &ndash; {sentence(chance, 6)}</li>" for _ in range(4)
    )
    return (
        f'<h2 style="color:red">{sentence(chance, 4)} [{number}-{number + 1} min]</h2>\n'
        f'<div class="x"><p>{paragraph(chance)}<br>See <b>{sentence(chance, 2)}</b> and '
        f'<a href="https://words.example/{number}" rel="nofollow">this</a>.</p></div>\n'
        f"<ul>{items}</ul>\n"
    )


def spoken(chance: Random) -> str:
    """What one cue says."""
    return f"{sentence(chance, 8)}\n{sentence(chance, 5)}."


def speaker(number: int) -> str:
    """Who speaks a cue: three people take turns."""
    return ("Ann", "Bo", "Kim")[number // 3 % 3]


def segment(number: int, chance: Random) -> str:
    """A segment of the podcast namespace's JSON."""
    said = {"startTime": number * 4, "endTime": number * 4 + 4, "speaker": speaker(number)}
    return json.dumps(said | {"body": spoken(chance)}) + ","


KINDS = (
    Kind("notes, Markdown", "n.md", markdown_section, "# Many words\n\n{}"),
    Kind("notes, pasted", "n.txt", pasted_section, "Many words\n\n{}"),
    Kind("notes, HTML", "n.html", html_section, "<h1>Many words</h1>\n{}"),
    Kind(
        "notes, a list of stamps",
        "n.md",
        lambda n, chance: f"- {clock(n * 10)} {sentence(chance, 5)}\n",
        "# Many words\n\n{}",
    ),
    Kind(
        "notes, lines of stamps",
        "n.txt",
        lambda n, chance: f"({clock(n * 10)}) {sentence(chance, 5)}\n",
        "Many words\n\n{}",
    ),
    Kind(
        "transcript, WebVTT",
        "t.vtt",
        lambda n, chance: (
            f"0{clock(n * 4)}.000 --> 0{clock(n * 4 + 4)}.000\n<v {speaker(n)}>{spoken(chance)}\n\n"
        ),
        "WEBVTT\n\n{}",
        is_transcript=True,
    ),
    Kind(
        "transcript, SubRip",
        "t.srt",
        lambda n, chance: (
            f"{n}\n0{clock(n * 4)},000 --> 0{clock(n * 4 + 4)},000\n"
            f"{speaker(n)}: {spoken(chance)}\n\n"
        ),
        is_transcript=True,
    ),
    Kind("transcript, JSON", "t.json", segment, '{"segments": [{}]}', is_transcript=True),
    Kind(
        "transcript, text",
        "t.txt",
        lambda n, chance: f"{speaker(n)} ({clock(n * 4)}):\n{spoken(chance)}\n\n",
        is_transcript=True,
    ),
    Kind(
        "transcript, HTML",
        "t.html",
        lambda n, chance: (
            f"<cite>{speaker(n)}:</cite>\n<time>{clock(n * 4)}</time>\n<p>{spoken(chance)}</p>\n"
        ),
        is_transcript=True,
    ),
)


def seconds(work: Callable[[], None], runs: int) -> float:
    """The shortest of some runs; what lies around from the one before is no part of it."""
    best = math.inf
    for _ in range(runs):
        gc.collect()
        before = time.process_time()
        work()
        best = min(best, time.process_time() - before)
        if best > MOST_SECONDS:
            break
    return best


def measure_kinds() -> bool:
    """Print the table; whether each kind keeps to two seconds a megabyte."""
    print("| text | 10 kB | 100 kB | 1 MB | slope | |\n|---|---:|---:|---:|---:|---|")
    is_good = True
    for kind in KINDS:
        texts = [kind.text(size) for size in SIZES]
        kind.read(texts[0])  # what is made once is not the text's
        took = [
            seconds(lambda kind=kind, text=text: kind.read(text), runs)
            for text, runs in zip(texts, (10, 5, 3), strict=True)
        ]
        slope = math.log10(took[2] / took[1])
        is_met = took[2] < MOST_SECONDS
        is_good = is_good and is_met
        cells = [f"{took[0]:.3f} s", f"{took[1]:.2f} s", f"{took[2]:.2f} s", f"{slope:.2f}"]
        print(
            f"| {kind.title} | {' | '.join(cells)} | {'met' if is_met else 'missed'} |", flush=True
        )
    return is_good


def measure_show() -> None:
    """Print what the notes of the show of ``./run bench`` take."""
    notes = [
        notes_of(f"Episode {number}", date(2026, 1, 1), 80_000, Random(number))
        for number in range(SHOW_EPISODES)
    ]
    took = seconds(lambda: [read_notes(text, "n.md") for text in notes] and None, 2)
    print(f"\nThe notes of {SHOW_EPISODES:,} episodes of `./run bench`: {took:.2f} s")


def worst_texts() -> Iterator[tuple[str, str, Callable[[int], str]]]:
    """What makes careless readers slow: what it is, the file's name, the text of a length."""
    from tests.fuzz.repeats import GROWING, TRANSCRIPT_UNITS, TRANSCRIPTS, UNITS, repeated

    for names, units, grown in (
        (("n.md", "n.txt", "n.html"), UNITS, GROWING),
        (("t.vtt", "t.json", "t.txt", "t.html"), TRANSCRIPT_UNITS, TRANSCRIPTS),
    ):
        for name in names:
            for unit in (unit for family in units.values() for unit in family):
                yield repr(unit), name, lambda size, unit=unit: repeated(unit, size)
            for title, made in grown.items():
                yield title, name, made


def measure_worst() -> bool:
    """Print the texts whose time grows too fast; whether there are none."""
    count = 0
    slowest = (0.0, "")
    missed: list[str] = []
    for title, name, made in worst_texts():
        kind = Kind(title, name, lambda _, __: "", is_transcript=name.startswith("t"))
        count += 1
        texts = [made(size) for size in WORST_SIZES]
        long = seconds(lambda kind=kind, text=texts[1]: kind.read(text), 1)
        slowest = max(slowest, (long, f"{title} as {name}"))
        if long < LEAST_SECONDS:
            continue
        short = seconds(lambda kind=kind, text=texts[0]: kind.read(text), 1)
        if long > MOST_TIMES * short:  # once more, lest it was chance
            short = min(short, seconds(lambda kind=kind, text=texts[0]: kind.read(text), 3))
            long = min(long, seconds(lambda kind=kind, text=texts[1]: kind.read(text), 3))
        if long > MOST_TIMES * short:
            missed.append(title)
            print(f"- {title} as {name}: {short:.2f} s, {long:.2f} s, {long / short:.1f} times")
    print(f"\n{count} texts of {WORST_SIZES[0]:,} and {WORST_SIZES[1]:,} characters; ", end="")
    print(f"{len(missed)} grow too fast; the slowest takes {slowest[0]:.2f} s: {slowest[1]}")
    return not missed


def measure_notes(*, is_worst: bool) -> int:
    """Print what was asked for; the exit code is 1 where something is too slow."""
    print(f"Python {platform.python_version()} on {platform.system()}, processor seconds\n")
    if is_worst:
        return 0 if measure_worst() else 1
    is_good = measure_kinds()
    measure_show()
    return 0 if is_good else 1
