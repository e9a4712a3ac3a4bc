"""What is in each file of the corpus, against what ffmpeg said when it was made."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from castpress.model.problem import Severity
from castpress.store.audio.mp3_tags import id3v2_end

if TYPE_CHECKING:
    from collections.abc import Callable

    from castpress.model.podcast import AudioFacts
    from castpress.model.problem import Problem

    Inspect = Callable[[Path], tuple[AudioFacts | None, tuple[Problem, ...]]]
    FactsOf = Callable[[Path], AudioFacts]


# Where the expected duration is not ffmpeg's count of decoded samples (durations.json), and why.
OWN_DURATIONS = {
    # The sound has 2.000 s exactly; ffmpeg decodes to the end of the last AAC frame, players obey
    # the edit list.
    **dict.fromkeys(
        [
            "tone.m4a",
            "index-at-end.m4a",
            "chapters.m4a",
            "chapter-track-only.m4a",
            "m4a-named.mp3",
            # What was promised, the rest is missing; the problem says so.
            "truncated.m4a",
        ],
        2000,
    ),
    "video.mp4": 1000,
    # Frames by ffprobe (157, with the Info frame in the middle) x 1152 - 576 of encoder delay;
    # ffmpeg's decoder also cuts the first half's padding out of the middle.
    "joined.mp3": round((157 * 1152 - 576) / 44.1),
    # 2 x 78 frames; ffmpeg loses five of them after the junk.
    "junk-between.mp3": round(156 * 1152 / 44.1),
    # 78 frames, the last of them cut; ffmpeg plays the half.
    "last-frame-cut.mp3": round(77 * 1152 / 44.1),
    # 79 whole frames - 576 of encoder delay.
    "truncated.mp3": round((79 * 1152 - 576) / 44.1),
    # Twice 2 s, one stream behind the other; mutagen takes the last page's end, which is the
    # second stream's, for the file's. Encoders do not write such files, only radio recorders do.
    "chained.opus": 2000,
}
CHAPTERS = [(0, 500, "Välkommen"), (500, 1250, "שלום 🎧"), (1250, 2000, "Goodbye")]
ERRORS = {
    "adts.aac": ("audio-not-supported", "is AAC without a container (ADTS)"),
    "empty.mp3": ("empty-audio", "is empty"),
    "fragmented.m4a": ("audio-without-duration", "in fragments"),
    "free-format.mp3": ("mp3-free-format", "free format"),
    "html-named.mp3": ("not-audio", "a web page, beginning '<!DOCTYPE html>"),
    "lfs-pointer.mp3": ("not-audio", "a Git LFS pointer"),
    "no-index.m4a": ("audio-unreadable", "has no index"),
    "no-samples.wav": ("audio-without-duration", "has no duration"),
    "only-id3.mp3": ("not-audio", "it holds tags and nothing behind"),
    "text-named.mp3": ("not-audio", "it is text, beginning 'Stranger things [0-2 min"),
    "webp-named.mp3": ("not-audio", "it is a WebP picture"),
    "zeros.mp3": ("not-audio", "nothing but zero bytes"),
    "zip-named.mp3": ("not-audio", "it is a zip archive"),
}


TABLE = Path(__file__).parents[2] / "corpus" / "audio" / "durations.json"
DURATIONS: dict[str, dict[str, int] | None] = json.loads(TABLE.read_text("utf-8"))


@pytest.mark.parametrize("name", sorted(set(DURATIONS) - set(ERRORS)))
def test_durations_are_exact(corpus: Path, facts_of: FactsOf, name: str) -> None:
    said = DURATIONS[name]
    assert said is not None
    expected = OWN_DURATIONS.get(name, (said["samples"] * 2000 + said["rate"]) // said["rate"] // 2)

    assert facts_of(corpus / name).duration_ms == expected


def test_every_corpus_file_is_in_the_table(corpus: Path) -> None:
    assert {path.name for path in corpus.iterdir()} - {"durations.json"} == set(DURATIONS)


@pytest.mark.parametrize("name", sorted(ERRORS))
def test_what_is_no_use_is_named(corpus: Path, inspect: Inspect, name: str) -> None:
    code, message = ERRORS[name]

    facts, problems = inspect(corpus / name)

    assert facts is None
    assert [(p.code, p.severity) for p in problems] == [(code, Severity.ERROR)]
    assert message in problems[0].message
    assert problems[0].message.startswith(name)
    assert problems[0].help


@pytest.mark.parametrize(
    ("name", "kind", "codes"),
    [
        ("cbr.mp3", ("audio/mpeg", "mp3"), []),
        ("vbr-no-xing.mp3", ("audio/mpeg", "mp3"), ["misleading-mp3-header"]),
        ("vbr-xing.mp3", ("audio/mpeg", "mp3"), []),
        ("id3v1-ape.mp3", ("audio/mpeg", "mp3"), []),
        ("junk-before.mp3", ("audio/mpeg", "mp3"), []),
        ("joined.mp3", ("audio/mpeg", "mp3"), ["misleading-mp3-header"]),
        ("joined-plain.mp3", ("audio/mpeg", "mp3"), []),
        ("truncated.mp3", ("audio/mpeg", "mp3"), ["truncated-audio"]),
        ("last-frame-cut.mp3", ("audio/mpeg", "mp3"), ["truncated-audio"]),
        ("truncated.m4a", ("audio/x-m4a", "m4a"), ["truncated-audio"]),
        ("truncated.wav", ("audio/wav", "wav"), ["truncated-audio", "audio-not-for-apple"]),
        ("truncated.opus", ("audio/ogg", "opus"), ["truncated-audio", "audio-not-for-apple"]),
        ("m4a-named.mp3", ("audio/x-m4a", "m4a"), ["audio-named-wrong"]),
        ("mp3-named.m4a", ("audio/mpeg", "mp3"), ["audio-named-wrong"]),
        ("layer2.mp2", ("audio/mpeg", "mp2"), ["audio-not-for-apple"]),
        ("tone.m4a", ("audio/x-m4a", "m4a"), []),
        ("index-at-end.m4a", ("audio/x-m4a", "m4a"), []),
        ("chapters.opus", ("audio/ogg", "opus"), ["audio-not-for-apple"]),
        ("chapters.ogg", ("audio/ogg", "ogg"), ["audio-not-for-apple"]),
        ("tone.flac", ("audio/flac", "flac"), ["audio-not-for-apple"]),
        ("extensible.wav", ("audio/wav", "wav"), ["audio-not-for-apple"]),
        ("video.mp4", ("video/mp4", "mp4"), ["video-not-everywhere"]),
    ],
)
def test_type_follows_the_content(
    corpus: Path, inspect: Inspect, name: str, kind: tuple[str, str], codes: list[str]
) -> None:
    facts, problems = inspect(corpus / name)

    assert facts is not None
    assert (facts.media_type, facts.extension) == kind
    assert [problem.code for problem in problems] == codes
    assert all(problem.severity is Severity.WARNING for problem in problems)


@pytest.mark.parametrize(
    "name",
    [
        "chapters.mp3",
        "chapters-v24.mp3",
        "two-id3v2.mp3",
        "chapters.m4a",
        "chapter-track-only.m4a",
        "chapters.opus",
        "chapters.ogg",
        "chapters.flac",
    ],
)
def test_embedded_tags_are_read(corpus: Path, facts_of: FactsOf, name: str) -> None:
    facts = facts_of(corpus / name)

    assert (facts.title, facts.artist) == ("Tone & noise", "Ann Example")
    assert [(c.start_ms, c.end_ms, c.title) for c in facts.chapters] == CHAPTERS
    assert all(c.location == facts.location for c in facts.chapters)


def test_chapters_behind_the_end_keep_their_start_for_the_rules(
    tmp_path: Path, corpus: Path, facts_of: FactsOf
) -> None:
    tagged = (corpus / "chapters.mp3").read_bytes()
    path = tmp_path / "short.mp3"
    path.write_bytes(tagged[: id3v2_end(tagged, 0)] + (corpus / "cbr.mp3").read_bytes()[:4076])

    facts = facts_of(path)

    assert facts.duration_ms < 1250
    assert [(c.start_ms, c.end_ms) for c in facts.chapters] == [
        (0, 500),
        (500, facts.duration_ms),
        (1250, 1250),
    ]


def test_id3v1_is_read_where_there_is_nothing_newer(corpus: Path, facts_of: FactsOf) -> None:
    facts = facts_of(corpus / "id3v1-ape.mp3")

    assert (facts.title, facts.artist) == ("Old title", "Old artist")


def test_bytes_and_digest_are_the_files(corpus: Path, facts_of: FactsOf) -> None:
    content = (corpus / "cbr.mp3").read_bytes()

    facts = facts_of(corpus / "cbr.mp3")

    assert facts.byte_length == len(content)
    assert facts.sha256 == hashlib.sha256(content).hexdigest()


def test_help_is_a_command_that_can_be_typed(
    tmp_path: Path, corpus: Path, inspect: Inspect
) -> None:
    path = tmp_path / "it's 1.opus"
    path.write_bytes((corpus / "chapters.opus").read_bytes())

    _, problems = inspect(path)

    assert problems[0].help.startswith("in the show's folder type: ffmpeg -i ")
    assert """ffmpeg -i 'episodes/it'"'"'s 1.opus' -vn -c:a libmp3lame""" in problems[0].help
    assert """'episodes/it'"'"'s 1.mp3'""" in problems[0].help


@pytest.mark.parametrize(
    ("make", "code", "message"),
    [
        (lambda path: None, "audio-missing", "is not there"),
        (lambda path: path.mkdir(), "audio-unreadable", "is a folder"),
        (lambda path: path.symlink_to(path), "audio-unreadable", "cannot be read"),
        (os.mkfifo, "audio-unreadable", "is not a file"),
    ],
)
def test_what_cannot_be_read_is_a_problem(
    tmp_path: Path, inspect: Inspect, make: object, code: str, message: str
) -> None:
    assert callable(make)
    path = tmp_path / "012.mp3"
    make(path)

    facts, problems = inspect(path)

    assert facts is None
    assert [(p.code, p.severity) for p in problems] == [(code, Severity.ERROR)]
    assert message in problems[0].message
