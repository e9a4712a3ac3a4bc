"""Other encodings: what feeds say of them, and which do not go with the main file."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from castpress.model.feed_tags import AlternateEnclosure
from castpress.model.podcast import AudioFacts
from castpress.model.problem import Severity
from castpress.read.alternates import (
    AlternateFile,
    HeardAlternate,
    assemble_alternate,
    check_alternate,
    master_left_out,
    read_label,
)

P = PurePosixPath
FACTS = AudioFacts("audio/ogg", "opus", 600_000, 60_000, "ab" * 32, codecs="opus")
VIDEO = AudioFacts(
    "video/mp4", "mp4", 9_000_001, 60_000, "cd" * 32, width_px=1280, height_px=720,
    codecs="avc1.64001f,mp4a.40.2",
)  # fmt: skip


def heard(name: str, facts: AudioFacts = FACTS, *, lasts: int | None = None) -> HeardAlternate:
    file = P("episodes") / name
    label = P(name).stem.partition(".")[2]
    named = read_label(file, label) if label else AlternateFile(file)
    assert named is not None
    duration_ms = facts.duration_ms if lasts is None else lasts
    measured = AudioFacts(
        facts.media_type, facts.extension, facts.byte_length, duration_ms, facts.sha256,
        width_px=facts.width_px, height_px=facts.height_px, codecs=facts.codecs,
    )  # fmt: skip
    return HeardAlternate(named, measured)


def test_a_feed_is_told_all_that_a_listener_chooses_by() -> None:
    assert assemble_alternate(heard("a.opus"), "audio/a-1.opus") == AlternateEnclosure(
        "audio/ogg", ("audio/a-1.opus",), 600_000, bitrate=80_000, title="Opus", codecs="opus",
        sha256="ab" * 32,
    )  # fmt: skip
    assert assemble_alternate(heard("a.mp4", VIDEO), "audio/a-1.mp4") == AlternateEnclosure(
        "video/mp4", ("audio/a-1.mp4",), 9_000_001, bitrate=1_200_000, height_px=720,
        title="Video", codecs="avc1.64001f,mp4a.40.2", sha256="cd" * 32,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "title", "language"),
    [
        ("a.low.opus", "Low bandwidth", None),
        ("a.48kbps.opus", "48 kbit/s", None),
        ("a.de.opus", "Opus (de)", "de"),
        ("a.pt-br.opus", "Opus (pt-BR)", "pt-BR"),
    ],
)
def test_the_title_is_what_the_name_says(name: str, title: str, language: str | None) -> None:
    made = assemble_alternate(heard(name), "audio/x.opus")

    assert (made.title, made.language) == (title, language)
    assert len(title) <= 32


@pytest.mark.parametrize(
    ("main_ms", "other_ms", "differs"),
    [
        (60_000, 62_000, False),
        (60_000, 57_999, True),
        (3_600_000, 3_636_000, False),
        (3_600_000, 3_636_001, True),
        (3_600_000, 1, True),
    ],
)
def test_another_length_is_told(main_ms: int, other_ms: int, *, differs: bool) -> None:
    main = AudioFacts("audio/mpeg", "mp3", 1, main_ms, "ef" * 32)
    problems = check_alternate(heard("a.opus", lasts=other_ms), main)

    assert [p.code for p in problems] == (["alternate-differs"] if differs else [])


def test_another_language_takes_its_own_time() -> None:
    main = AudioFacts("audio/mpeg", "mp3", 1, 60_000, "ef" * 32)
    (problem,) = check_alternate(heard("a.de.opus", lasts=90_000), main)

    assert problem.severity is Severity.NOTE


def test_how_a_master_is_published_can_be_typed() -> None:
    told = master_left_out(P("episodes/a.wav"), P("episodes/a.mp3")).help
    assert "rename it to a.lossless.wav" in told
    found = read_label(P("episodes/a.lossless.wav"), "lossless")
    assert found is not None
    assert found.title == "Lossless"
