"""Time grows with the length, and with nothing faster: no text of an author hangs a build.

A text four times as long may take about four times as long. A sample of the table is tried with
every test run; CASTPRESS_LONG=1 tries all of it, with texts ten times as long.
"""

from __future__ import annotations

import gc
import os
import time
from functools import partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from castpress.read.chapters import resolve_chapters
from castpress.read.notes import parse_notes
from castpress.read.transcript import parse_transcript
from castpress.render.app_html import link_target, reduce_html
from castpress.render.html_text import for_page
from tests.fuzz.repeats import GROWING, TRANSCRIPT_UNITS, TRANSCRIPTS, UNITS, repeated
from tests.fuzz.targets import HOUR_MS, NOTES_NAMES, TRANSCRIPT_NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = bool(os.environ.get("CASTPRESS_LONG"))
SHORT_CHARS, LONG_CHARS = (25_000, 100_000) if LONG else (2_500, 10_000)
# Four times the text: 4 is linear, 16 quadratic. What is over in no time proves nothing.
MOST = 7.0
LEAST_SECONDS = 0.04
TARGET = link_target("https://a.example/episodes/x/")


def work_on_notes(text: str, name: str) -> None:
    notes, _ = parse_notes(text, PurePosixPath(name), duration_ms=HOUR_MS)
    resolve_chapters(notes.marks, HOUR_MS, "Opening")
    for section in notes.sections:
        for_page(section.html, "../x.mp3")
        reduce_html(section.html, TARGET)


def work_on_transcript(text: str, name: str) -> None:
    parse_transcript(text, PurePosixPath(name), "en")


def seconds(work: Callable[[str, str], None], text: str, name: str) -> float:
    gc.disable()
    try:
        before = time.process_time()
        work(text, name)
        return time.process_time() - before
    finally:
        gc.enable()


def assert_linear(
    work: Callable[[str, str], None], made: Callable[[int], str], what: str, name: str
) -> None:
    """The shortest of three runs counts, once the first ones look bad: machines are busy."""
    short, long = made(SHORT_CHARS), made(LONG_CHARS)
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(3):
        times[1].append(seconds(work, long, name))
        if min(times[1]) < LEAST_SECONDS:
            return
        times[0].append(seconds(work, short, name))
        if min(times[1]) < MOST * min(times[0]):
            return
    took = f"{min(times[0]):.3f} s for {len(short):,}, {min(times[1]):.3f} s for {len(long):,}"
    raise AssertionError(f"{what} as {name}: {took} characters")


def sample(units: tuple[str, ...]) -> tuple[str, ...]:
    return units if LONG else units[:1]


def kinds(names: tuple[str, ...], what: str) -> tuple[str, ...]:
    """The first kind of file and, in turn, one of the others; in the long run all of them."""
    others = names[1:]
    return names if LONG else (names[0], others[len(what) % len(others)])


@pytest.mark.parametrize("family", UNITS)
def test_pieces_over_and_over_take_linear_time(family: str) -> None:
    for unit in sample(UNITS[family]):
        for name in kinds(NOTES_NAMES, family):
            assert_linear(work_on_notes, partial(repeated, unit), repr(unit), name)


@pytest.mark.parametrize("kind", GROWING)
def test_notes_that_grow_take_linear_time(kind: str) -> None:
    for name in kinds(NOTES_NAMES, kind):
        assert_linear(work_on_notes, GROWING[kind], kind, name)


@pytest.mark.parametrize("family", TRANSCRIPT_UNITS)
def test_transcripts_of_one_piece_take_linear_time(family: str) -> None:
    for unit in sample(TRANSCRIPT_UNITS[family]):
        for name in kinds(TRANSCRIPT_NAMES, family):
            assert_linear(work_on_transcript, partial(repeated, unit), repr(unit), name)


@pytest.mark.parametrize("kind", TRANSCRIPTS)
def test_transcripts_that_grow_take_linear_time(kind: str) -> None:
    for name in kinds(TRANSCRIPT_NAMES, kind):
        assert_linear(work_on_transcript, TRANSCRIPTS[kind], kind, name)
