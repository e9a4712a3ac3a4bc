from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.artifact import Wave
from castpress.model.podcast import Cue, Remark, Transcript
from castpress.read.transcript import parse_transcript
from castpress.render.text_width import width_of
from castpress.render.transcript import (
    FORMATS,
    render_html,
    render_transcripts,
    transcript_files,
)
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
    assert not re.search(r"[<>]|&(?!amp;|lt;|gt;|#45;)", text), text
    text = text.replace("&#45;", "-").replace("&lt;", "<").replace("&gt;", ">")
    return text.replace("&amp;", "&")


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


@pytest.mark.parametrize("extension", ["vtt", "srt", "json"])
def test_what_is_written_is_what_castpress_reads(extension: str) -> None:
    file = PurePosixPath(f"x.{extension}")

    read, problems = parse_transcript(written(*CUES)[extension], file, "en")

    assert (read.cues, problems) == (CUES, ())


def test_vtt_has_lines_that_fit() -> None:
    words = "We row at dawn because the lake is flat then, and nobody is awake to see us fall in."

    assert written(Cue(0, 9_000, words, "Ann"))["vtt"].split("\n")[3:5] == [
        "<v Ann>We row at dawn because the lake is flat then, and nobody is awake",
        "to see us fall in.",
    ]


def test_srt_parts_long_cues_in_two_short_lines_with_times_in_proportion() -> None:
    words = "We row at dawn because the lake is flat then, and nobody is awake to see us fall in."

    assert written(Cue(1_000, 9_600, words, "Ann"), Cue(9_600, 10_000, words))["srt"] == (
        "1\n00:00:01,000 --> 00:00:07,227\nAnn: We row at dawn because the\n"
        "lake is flat then, and nobody is\n\n"
        "2\n00:00:07,227 --> 00:00:09,600\nawake to see us fall in.\n\n"
        "3\n00:00:09,600 --> 00:00:10,000\nWe row at dawn because the lake\n"
        "is flat then, and nobody is\nawake to see us fall in.\n"
    )


def test_srt_parts_chinese_between_letters() -> None:
    words = "我们黎明时分在湖上划船，因为那时湖面很平静，也没有人醒着看我们掉进水里。" * 2

    cues = read_srt(written(Cue(0, 20_000, words, "小明"))["srt"])

    assert "".join(text for *_, text in cues).replace("\n", "") == f"小明: {words}"
    assert max(width_of(line) for *_, text in cues for line in text.split("\n")) == 32


def test_several_are_heard_at_once_in_the_order_of_their_starts() -> None:
    long = "A story that is told for so long that it takes several cues of two lines to tell it."
    cues = (Cue(0, 20_000, long, "Ann"), Cue(5_000, 6_000, "Mm-hm.", "Bo"))

    assert [start for start, *_ in read_srt(written(*cues)["srt"])] == [0, 5_000, 14_482]


UNTIMED = Transcript(
    "en",
    (),
    HERE,
    (Remark("Hello & <b>you</b>,\nrunners.", "Ann"), Remark("\x00"), Remark("Well.", "Ann"),
     Remark("Bye.", "Bo")),
)  # fmt: skip


def test_without_times_there_are_pages_and_text() -> None:
    episode = replace(HILLS, transcripts=(UNTIMED,))
    files = {f.path.rpartition(".")[2]: f for f in render_transcripts(release(episode))}

    assert (files["html"].content or b"").decode() == (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"></head><body>'
        "<cite>Ann:</cite>\n<p>Hello &amp; &lt;b&gt;you&lt;/b&gt;, runners.</p>\n<p>Well.</p>\n"
        "<cite>Bo:</cite>\n<p>Bye.</p>\n</body></html>\n"
    )
    assert (files["txt"].content or b"").decode() == (
        "Ann: Hello & <b>you</b>, runners.\n\nWell.\n\nBo: Bye.\n"
    )
    assert [(f.name, f.is_listed, f.is_timed) for f in transcript_files(episode)] == [
        ("HTML", True, False),
        ("Text", False, False),
    ]


def test_html_without_times_reads_back() -> None:
    html = render_html((Remark("Hello <you>.", "Ann"), Remark("Bye.", "Bo")), "en")

    read, _ = parse_transcript(html, PurePosixPath("x.transcript.html"), "en")

    assert read.remarks == (Remark("Hello <you>.", "Ann"), Remark("Bye.", "Bo"))


WORDS = st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp", "Zs"]), min_size=1
).filter(lambda text: "{" not in text)
HOSTILE = st.sampled_from(
    ["--", "-->", "<v x>", "&lt;", "WEBVTT", "NOTE", "1", "]]>", "<b>", '"', "\\"]
)
LINES = st.lists(WORDS | HOSTILE, min_size=1, max_size=5).map(" ".join)
SAID = st.lists(
    st.tuples(st.lists(LINES, min_size=1, max_size=3).map("\n".join), LINES),
    min_size=1,
    max_size=5,
).map(
    lambda rows: tuple(
        Cue(n * 1_001, n * 1_001 + 999, text, speaker) for n, (text, speaker) in enumerate(rows)
    )
)


@given(SAID)
def test_what_was_said_reads_back(cues: tuple[Cue, ...]) -> None:
    files = written(*cues)

    assert read_json(files["json"]) == list(cues)
    vtt = read_vtt(files["vtt"])
    assert [unspaced(cue) for cue in vtt] == [unspaced(cue) for cue in cues]
    assert all(len(line) <= 65 or " " not in line for cue in vtt for line in cue.text.split("\n"))
    srt = read_srt(files["srt"])
    said = "".join(f"{cue.speaker}: {cue.text}".replace("-->", "→") for cue in cues)
    assert "".join("".join(text.split()) for *_, text in srt) == "".join(said.split())
    assert [start for start, *_ in srt] == sorted(start for start, *_ in srt)
    for form in ("vtt", "json"):
        read, problems = parse_transcript(files[form], PurePosixPath(f"x.{form}"), "en")
        assert [unspaced(cue) for cue in read.cues] == [unspaced(cue) for cue in cues]
        assert problems == ()
        if form == "json" or all(width_of(row) <= 65 for c in cues for row in c.text.split("\n")):
            assert read.cues == cues


def unspaced(cue: Cue) -> Cue:
    return replace(cue, text="".join(cue.text.split()))


@given(st.lists(st.builds(Cue, st.integers(0), st.integers(0), st.text(), st.none() | st.text())))
def test_no_cue_raises_or_breaks_a_file(cues: list[Cue]) -> None:
    files = written(*cues)

    if files:
        assert len(read_vtt(files["vtt"])) == len(read_json(files["json"]))
        assert len(read_srt(files["srt"])) >= len(read_json(files["json"]))
