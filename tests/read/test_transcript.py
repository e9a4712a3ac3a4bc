"""Transcripts as tools export them: a folder of the corpus is a case."""

from __future__ import annotations

import json
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.read.transcript import parse_transcript

if TYPE_CHECKING:
    from collections.abc import Callable

CORPUS = Path(__file__).parent.parent / "corpus" / "transcripts"


@pytest.mark.parametrize("case", sorted(CORPUS.iterdir()), ids=lambda case: case.name)
def test_transcripts_read_as_recorded(case: Path, golden: Callable[[Path, str], None]) -> None:
    [source] = case.glob("talk.*")

    transcript, problems = parse_transcript(
        source.read_bytes().decode("utf-8"), PurePosixPath(source.name), "en"
    )

    cues = [[c.start_ms, c.end_ms, c.speaker, c.text] for c in transcript.cues]
    rows = "".join(f" {json.dumps(cue, ensure_ascii=False)}\n" for cue in cues)
    golden(case / "expected.txt", rows)
    golden(
        case / "problems.txt",
        "".join(f"{p.location} {p.severity.word}[{p.code}]: {p.message}\n" for p in problems),
    )


def test_the_language_is_the_given_one() -> None:
    assert parse_transcript("", PurePosixPath("a.vtt"), "de")[0].language == "de"


PIECES = st.lists(
    st.sampled_from(
        [
            *(
                "WEBVTT\n",
                "\n",
                "\n\n",
                "\r\n",
                "1\n",
                "00:01.000",
                " --> ",
                "00:02.000",
                "00:61.0",
            ),
            *("<v Ann>", "</v>", "<v>", "<", "Ann: ", "text ", "&amp;", "NOTE", "STYLE\n", "-->"),
            *("\ufeff", "\0", "{\\an8}", "1:00:00,500", "->", ">> ", ":", "\ud800"),
        ]
    ),
    max_size=40,
).map("".join)


@given(st.one_of(st.text(), PIECES))
def test_no_transcript_raises_and_cues_are_in_order(text: str) -> None:
    transcript, problems = parse_transcript(text, PurePosixPath("a.vtt"), "en")

    starts = [cue.start_ms for cue in transcript.cues]
    assert starts == sorted(starts)
    assert all(cue.start_ms <= cue.end_ms and cue.text for cue in transcript.cues)
    assert all(problem.location.line >= 0 for problem in problems)
