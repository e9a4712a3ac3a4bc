from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.artifact import Wave
from castpress.model.podcast import Cue, Transcript
from castpress.read.transcript import parse_transcript
from castpress.render.transcript import FORMATS, render_transcripts, transcript_files
from tests.render.feed_sample import HERE, HILLS, REST, release

CUES = HILLS.transcripts[0].cues
SPAN = re.compile(r"(\d{2,}):(\d\d):(\d\d)([.,])(\d{3}) --> (\d{2,}):(\d\d):(\d\d)\4(\d{3})")


def written(*cues: Cue, language: str = "en") -> dict[str, str]:
    """Each format's text, by extension."""
    episode = replace(HILLS, transcripts=(Transcript(language, cues, HERE),))
    files = render_transcripts(release(episode))
    return {file.path.rpartition(".")[2]: (file.content or b"").decode() for file in files}


def read_span(line: str, comma: str) -> tuple[int, int]:
    match = SPAN.fullmatch(line)
    assert match, line
    assert match[4] == comma
    h1, m1, s1, _, f1, h2, m2, s2, f2 = match.groups()
    start, end = (
        ((int(h) * 60 + int(m)) * 60 + int(s)) * 1000 + int(f)
        for h, m, s, f in ((h1, m1, s1, f1), (h2, m2, s2, f2))
    )
    return start, end


def unescape(text: str) -> str:
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)", text), text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def read_vtt(text: str) -> list[Cue]:
    head, *blocks = text.rstrip("\n").split("\n\n")
    assert head == "WEBVTT"
    cues = []
    for block in blocks:
        span, _, body = block.partition("\n")
        voice = re.match(r"<v ([^>\n]+)>", body)
        speaker = unescape(voice[1]) if voice else None
        said = unescape(body[voice.end() :] if voice else body)
        cues.append(Cue(*read_span(span, "."), said, speaker))
    return cues


def read_srt(text: str) -> list[tuple[int, int, str]]:
    cues = []
    for number, block in enumerate(text.rstrip("\n").split("\n\n"), start=1):
        counter, span, body = block.split("\n", 2)
        assert counter == str(number)
        assert "-->" not in body
        cues.append((*read_span(span, ","), body))
    return cues


def read_json(text: str) -> list[Cue]:
    document = json.loads(text)
    assert document["version"] == "1.0.0"
    return [
        Cue(round(s["startTime"] * 1000), round(s["endTime"] * 1000), s["body"], s.get("speaker"))
        for s in document["segments"]
    ]


def test_each_language_is_written_in_each_format() -> None:
    files = render_transcripts(release(HILLS))

    assert [file.path for file in files] == [
        f"episodes/hills/transcript.{language}.{extension}"
        for language in ("en", "fr-CA")
        for extension in ("vtt", "srt", "json", "txt")
    ]
    assert {file.wave for file in files} == {Wave.SIDECAR}
    assert [(f.path, f.media_type, f.language) for f in transcript_files(HILLS)][:3] == [
        ("episodes/hills/transcript.en.vtt", "text/vtt", "en"),
        ("episodes/hills/transcript.en.srt", "application/x-subrip", "en"),
        ("episodes/hills/transcript.en.json", "application/json", "en"),
    ]


def test_vtt_is_written_as_the_standard_has_it() -> None:
    assert written(*CUES)["vtt"] == (
        "WEBVTT\n"
        "\n"
        "00:00:00.000 --> 00:00:02.500\n"
        "<v Ann Ôkura>Hello &amp; welcome,\nrunners.\n"
        "\n"
        "00:00:02.500 --> 00:00:04.000\n"
        "<v Bo>Is 1 &lt; 2?\n"
        "\n"
        "00:00:04.000 --> 00:00:04.250\n"
        "Music\n"
    )


def test_srt_is_written_as_players_expect_it() -> None:
    assert written(*CUES)["srt"] == (
        "1\n00:00:00,000 --> 00:00:02,500\nAnn Ôkura: Hello & welcome,\nrunners.\n\n"
        "2\n00:00:02,500 --> 00:00:04,000\nBo: Is 1 < 2?\n\n"
        "3\n00:00:04,000 --> 00:00:04,250\nMusic\n"
    )


def test_json_is_written_as_the_namespace_has_it() -> None:
    assert json.loads(written(*CUES)["json"])["segments"] == [
        {
            "speaker": "Ann Ôkura",
            "startTime": 0,
            "endTime": 2.5,
            "body": "Hello & welcome,\nrunners.",
        },
        {"speaker": "Bo", "startTime": 2.5, "endTime": 4, "body": "Is 1 < 2?"},
        {"startTime": 4, "endTime": 4.25, "body": "Music"},
    ]


def test_text_is_written_to_be_read() -> None:
    cues = (*CUES, Cue(5_000, 6_000, "Well.", "Bo"), Cue(6_000, 7_000, "2 > 1.", "Bo"))

    assert written(*cues)["txt"] == (
        "Ann Ôkura: Hello & welcome, runners.\n\nBo: Is 1 < 2?\n\nMusic\n\nBo: Well. 2 > 1.\n"
    )


def test_what_is_listed_is_what_is_written() -> None:
    files = transcript_files(HILLS)

    assert [f.path for f in files] == [f.path for f in render_transcripts(release(HILLS))]
    assert [f.name for f in files if not f.is_timed] == ["Text", "Text"]


def test_nothing_is_written_of_nothing() -> None:
    silent = replace(HILLS, transcripts=(Transcript("en", (Cue(0, 1, " \n\x00"),), HERE),))

    for episode in (REST, silent):
        assert not render_transcripts(release(episode))
        assert not transcript_files(episode)


def test_cues_come_in_order_last_and_hold_no_empty_line() -> None:
    cues = (Cue(5_000, 4_000, "late"), Cue(1_000, 2_000, " a \n\n\r\n b "))

    assert read_vtt(written(*cues)["vtt"]) == [Cue(1_000, 2_000, "a\nb"), Cue(5_000, 5_001, "late")]


@pytest.mark.parametrize("language", ["../../x", "e/n", "", "é"])
def test_no_language_leads_out_of_the_episodes_folder(language: str) -> None:
    episode = replace(HILLS, transcripts=(Transcript(language, CUES, HERE),))

    safe = r"episodes/hills/transcript\.[A-Za-z0-9-]+\.(vtt|srt|json|txt)"
    for file in render_transcripts(release(episode)):
        assert re.fullmatch(safe, file.path)


def test_each_format_is_listed_once() -> None:
    assert len({form.extension for form in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize("extension", ["vtt", "srt"])
def test_what_is_written_is_what_castpress_reads(extension: str) -> None:
    cues = tuple(replace(cue, text=cue.text.replace("\n", " ")) for cue in CUES)

    read, problems = parse_transcript(written(*CUES)[extension], PurePosixPath("x"), "en")

    assert (read.cues, problems) == (cues, ())


WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Zs"]), min_size=1)
HOSTILE = st.sampled_from(["-->", "<v x>", "&lt;", "WEBVTT", "NOTE", "1", "]]>", "<b>"])
LINES = st.lists(WORDS | HOSTILE, min_size=1, max_size=5).map(" ".join)


@given(
    st.lists(
        st.tuples(st.lists(LINES, min_size=1, max_size=3).map("\n".join), st.none() | LINES),
        min_size=1,
        max_size=8,
    )
)
def test_what_was_said_reads_back(rows: list[tuple[str, str | None]]) -> None:
    cues = [
        Cue(n * 1_001, n * 1_001 + 999, text.replace("\ufffe", "?").replace("\uffff", "?"), speaker)
        for n, (text, speaker) in enumerate(rows)
        if "\ufffe" not in (speaker or "") and "\uffff" not in (speaker or "")
    ]
    files = written(*cues)

    if not cues:
        assert files == {}
        return
    assert read_vtt(files["vtt"]) == cues
    assert read_json(files["json"]) == cues
    assert read_srt(files["srt"]) == [
        (
            c.start_ms,
            c.end_ms,
            ((f"{c.speaker}: " if c.speaker else "") + c.text).replace("-->", "→"),
        )
        for c in cues
    ]


@given(st.lists(st.builds(Cue, st.integers(0), st.integers(0), st.text(), st.none() | st.text())))
def test_no_cue_raises_or_breaks_a_file(cues: list[Cue]) -> None:
    files = written(*cues)

    if files:
        count = len(read_vtt(files["vtt"]))
        assert len(read_srt(files["srt"])) == len(read_json(files["json"])) == count
