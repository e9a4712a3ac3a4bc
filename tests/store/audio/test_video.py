"""Videos: which kind, how large, how long, in which codecs; and a tagged copy."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.store.audio.formats import AudioReadError
from castpress.store.audio.mp4 import read_mp4
from castpress.store.audio.tagging import tag_copy
from castpress.store.audio.tags import AudioTags
from tests.store.audio.films import TURNED, aac, film

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from castpress.model.podcast import AudioFacts
    from castpress.model.problem import Problem

    Inspect = Callable[[Path], tuple[AudioFacts | None, tuple[Problem, ...]]]


@pytest.mark.parametrize(
    ("name", "brand", "kind", "codes"),
    [
        ("x.mp4", b"isom", ("video/mp4", "mp4"), []),
        ("x.m4v", b"mp42", ("video/mp4", "mp4"), []),
        ("x.m4v", b"M4V ", ("video/x-m4v", "m4v"), []),
        ("x.mp4", b"M4VH", ("video/x-m4v", "m4v"), []),
        ("x.mov", b"qt  ", ("video/quicktime", "mov"), ["video-not-everywhere"]),
        ("x.mov", None, ("video/quicktime", "mov"), ["video-not-everywhere"]),
        ("x.m4a", b"isom", ("video/mp4", "mp4"), ["audio-named-wrong"]),
    ],
)
def test_a_video_is_what_it_says_it_is(
    tmp_path: Path,
    inspect: Inspect,
    name: str,
    brand: bytes | None,
    kind: tuple[str, str],
    codes: list[str],
) -> None:
    path = tmp_path / name
    path.write_bytes(film(brand=brand))

    facts, problems = inspect(path)

    assert facts is not None
    assert (facts.media_type, facts.extension) == kind
    assert (facts.width_px, facts.height_px, facts.duration_ms) == (1280, 720, 2000)
    assert facts.is_video
    assert [problem.code for problem in problems] == codes


@pytest.mark.parametrize(
    ("picture", "words"),
    [(b"hvc1", "HEVC"), (b"av01", "AV1"), (b"vp09", "VP9"), (b"apcn", "ProRes")],
)
def test_a_video_that_few_can_see_is_told(
    tmp_path: Path, inspect: Inspect, picture: bytes, words: str
) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(film(picture=picture))

    facts, problems = inspect(path)

    assert facts is not None
    assert facts.codecs is None
    assert [problem.code for problem in problems] == ["video-not-everywhere"]
    assert words in problems[0].message
    assert "-c:v libx264" in problems[0].help


def test_what_only_stands_in_the_wrong_box_is_copied(tmp_path: Path, inspect: Inspect) -> None:
    path = tmp_path / "x.mov"
    path.write_bytes(film(brand=b"qt  ", is_quicktime=True))

    facts, problems = inspect(path)

    assert facts is not None
    assert facts.codecs == "avc1.64001f,mp4a.40.2"
    assert "-c copy" in problems[0].help


@pytest.mark.parametrize(
    ("more", "codecs"),
    [
        ({}, "avc1.64001f,mp4a.40.2"),
        ({"configuration": bytes.fromhex("0142c01e")}, "avc1.42c01e,mp4a.40.2"),
        ({"picture": b"avc3"}, "avc3.64001f,mp4a.40.2"),
        ({"sound": aac(5)}, "avc1.64001f,mp4a.40.5"),
        ({"sound": aac(42)}, "avc1.64001f,mp4a.40.42"),
        ({"sound": aac(2, object_type=0x6B)}, "avc1.64001f,mp4a.6b"),
        ({"sound": aac(2, stream_flags=0xE0, extra=bytes(2) + b"\x03url" + bytes(2))},
         "avc1.64001f,mp4a.40.2"),
        # Half a list would be a false one.
        ({"sound": b"\x09junk"}, None),
        ({"sound": aac(0)}, None),
        ({"configuration": b"\x01\x64"}, None),
    ],
)  # fmt: skip
def test_codecs_are_named_where_they_are_certain(
    more: dict[str, bytes], codecs: str | None
) -> None:
    assert read_mp4(film(**more)).codecs == codecs  # type: ignore[arg-type]


@pytest.mark.parametrize("is_long", [False, True])
def test_a_turned_picture_is_shown_upright(*, is_long: bool) -> None:
    found = read_mp4(film(size=(1920, 1080), matrix=TURNED, is_long=is_long))

    assert (found.width_px, found.height_px) == (1080, 1920)


def test_a_video_lasts_as_long_as_there_is_something_to_see_or_hear() -> None:
    assert read_mp4(film(seconds=(3.5, 2.0))).duration_ms == 3500
    assert read_mp4(film(seconds=(2.0, 2.25))).duration_ms == 2250


@given(st.binary(max_size=40), st.integers(min_value=0, max_value=700))
def test_damage_costs_only_what_is_not_certain(junk: bytes, at: int) -> None:
    """Boxes that hold anything: the walk ends, and what it says is of the known shapes."""
    whole = film(sound=junk)
    data = whole[:at] + junk + whole[at + len(junk) :]
    try:
        found = read_mp4(data)
    except AudioReadError:
        return
    assert found.codecs is None or found.codecs.isascii()


def test_a_video_gets_tags(tmp_path: Path, corpus: Path, inspect: Inspect) -> None:
    source = corpus / "video.mp4"
    facts, _ = inspect(source)
    assert facts is not None
    tags = AudioTags(
        title="Hills", artist="Ida", album="Runs", number=3, date=date(2026, 3, 1), link=None,
        artwork=None, chapters=(), language="en",
    )  # fmt: skip
    tag_copy(source, tmp_path / "x.mp4", facts, tags)
    tag_copy(source, tmp_path / "y.mp4", facts, tags)

    tagged, _ = inspect(tmp_path / "x.mp4")

    assert tagged is not None
    assert (tagged.title, tagged.artist) == ("Hills", "Ida")
    assert (tagged.duration_ms, tagged.width_px) == (facts.duration_ms, facts.width_px)
    assert (tmp_path / "x.mp4").read_bytes() == (tmp_path / "y.mp4").read_bytes()


def test_the_sound_of_other_files_has_its_codec(corpus: Path, inspect: Inspect) -> None:
    names = ("tone.m4a", "chapters.opus", "chapters.ogg", "tone.flac", "cbr.mp3", "tone.wav")
    found = {name: facts.codecs for name in names if (facts := inspect(corpus / name)[0])}

    assert json.dumps(found) == json.dumps(
        {
            "tone.m4a": "mp4a.40.2",
            "chapters.opus": "opus",
            "chapters.ogg": "vorbis",
            "tone.flac": None,
            "cbr.mp3": None,
            "tone.wav": None,
        }
    )
