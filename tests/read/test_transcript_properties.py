"""What holds for every transcript, however broken: bytes, pieces of formats, and changed cases."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.podcast import Person
from castpress.model.problem import Location
from castpress.read.speakers import Cast, match_speakers
from castpress.read.transcript import parse_transcript

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.podcast import Cue

CORPUS = Path(__file__).parent.parent / "corpus" / "transcripts"
CASES = [file.read_bytes() for file in sorted(CORPUS.glob("*/talk.*"))]
PIECES = (
    *(b"WEBVTT\n", b"\n", b"\n\n", b"\r\n", b"1\n", b"00:01.000", b" --> ", b"00:61.0", b"-->"),
    *(b"<v Ann>", b"</v>", b"<", b"Ann: ", b"text ", b"&amp;", b"NOTE", b"STYLE\n", b">> ", b":"),
    *(b"[0:05] ", b"(12:30)", b"Ann (0:03):", b"Speaker 1\n", b"1 minute 3 seconds", b"0:07\n"),
    *(b'{"segments":[', b'{"startTime":1,"body":"x"},', b"]}", b"<time>0:01</time>", b"<p>"),
    *(b"\xef\xbb\xbf", b"\0", b"\xff\xfe", b"\xe2\x80\xa8", b"\xed\xa0\x80", b"1:00:00,500", b"->"),
)
NAMES = st.sampled_from(["a.vtt", "a.srt", "a.json", "a.transcript.txt", "a.transcript.html"])
PEOPLE = (Person("Ann Lee"), Person("Coach Bo", "co-host"), Person("Zoë Lee", "guest"))


@st.composite
def changed_cases(draw: st.DrawFn) -> bytes:
    """A case of the corpus with pieces put in, taken out and doubled."""
    data = draw(st.sampled_from(CASES))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(data)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=3))
        data = data[:at] + piece + data[at + draw(st.integers(0, 20)) :]
    return data


TEXTS = (
    st.binary(max_size=200)
    | st.lists(st.sampled_from(PIECES), max_size=40).map(b"".join)
    | changed_cases()
).map(lambda data: data.decode("utf-8", "replace"))


def overlaps(cues: Sequence[Cue]) -> list[tuple[Cue, Cue]]:
    """Cues that are heard together, though not one of two people within the other's time."""
    found = []
    begun: list[Cue] = []
    for cue in cues:
        begun = [before for before in begun if before.end_ms > cue.start_ms]
        for before in begun:
            are_two = None not in (before.speaker, cue.speaker) and before.speaker != cue.speaker
            is_within = cue.end_ms <= before.end_ms or cue.start_ms == before.start_ms
            is_same = (before.start_ms, before.end_ms) == (cue.start_ms, cue.end_ms)
            if not (is_same or (are_two and is_within)):
                found.append((before, cue))
        begun.append(cue)
    return found


@given(TEXTS, NAMES, st.none() | st.integers(1, 4_000_000))
def test_no_transcript_raises_and_cues_are_in_order(
    text: str, name: str, duration_ms: int | None
) -> None:
    file = PurePosixPath(name)
    transcript, problems = parse_transcript(
        text, file, "en", known=("Ann Lee",), duration_ms=duration_ms
    )

    starts = [cue.start_ms for cue in transcript.cues]
    assert starts == sorted(starts)
    assert all(0 <= cue.start_ms < cue.end_ms and cue.text.strip() for cue in transcript.cues)
    assert duration_ms is None or all(cue.end_ms <= duration_ms for cue in transcript.cues)
    assert overlaps(transcript.cues) == []
    assert not (transcript.cues and transcript.remarks)
    assert len(problems) < 16, "each kind is told once"
    for problem in problems:
        assert "\n" not in problem.message + problem.help
        assert 0 <= problem.location.line <= text.count("\n") + text.count("\r") + 1
    cast = Cast(PEOPLE, {"Speaker 1": "Bo"}, lambda _: Location(file, 1))
    [matched], _ = match_speakers([transcript], cast)
    assert [cue.text for cue in matched.cues] == [cue.text for cue in transcript.cues]


def test_a_transcript_of_three_hours_is_read_at_once() -> None:
    times = [f"{n // 1200:02}:{n // 20 % 60:02}:{n * 3 % 60:02}" for n in range(4_001)]
    lines = "".join(
        f"{start}.000 --> {end}.000\n<v Ann>So she said, and went on.\n\n"
        for start, end in pairwise(times)
    )
    began = time.process_time()

    transcript, problems = parse_transcript(f"WEBVTT\n\n{lines}", PurePosixPath("a.vtt"), "en")

    assert (len(transcript.cues), [p.code for p in problems]) == (4_000, ["repeated-cue"])
    assert time.process_time() - began < 2  # a tenth of a second as a rule


@pytest.mark.parametrize(
    "piece",
    ["a", "\n", "1\n", "[0:00] ", "Ann: ", ">> ", ":", "<v ", "<", "&", "{\\a", "[", "<p>", "**",
     "0:00\n", "-->", "00:00 --> 00:01\n", '{"a":', '"startTime":', "0 minutes ", "小：", "Ann\n"],
)  # fmt: skip
@pytest.mark.parametrize("head", ["", "WEBVTT\n\n0:00 --> 0:01\n", "[0:00] Ann: ", "<p>"])
def test_the_time_is_linear_in_the_length(head: str, piece: str) -> None:
    began = time.process_time()

    parse_transcript(head + piece * (40_000 // len(piece)), PurePosixPath("a.txt"), "en")

    assert time.process_time() - began < 2  # a quadratic reader takes minutes
