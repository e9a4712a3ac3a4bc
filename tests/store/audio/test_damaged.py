"""Damaged and random files: a problem, never an exception, and never for long."""

from __future__ import annotations

import contextlib
import tracemalloc
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from castpress.model.podcast import AudioFacts
from castpress.model.problem import Problem
from castpress.store.audio.tagging import tag_copy
from castpress.store.audio.tags import AudioTagError, AudioTags

if TYPE_CHECKING:
    from collections.abc import Callable

    Inspect = Callable[[Path], tuple[AudioFacts | None, tuple[Problem, ...]]]
    FactsOf = Callable[[Path], AudioFacts]

CORPUS = Path(__file__).parents[2] / "corpus" / "audio"
FILES = sorted(path for path in CORPUS.iterdir() if path.suffix != ".json")

places = st.floats(0, 1, exclude_max=True)
# Most of what is read lies at the beginning, so that is where most of the damage is done.
early = st.tuples(places, places).map(lambda two: two[0] * two[1] ** 3)
damage = st.one_of(
    st.tuples(st.just("overwrite"), early, st.binary(min_size=1, max_size=8)),
    st.tuples(st.just("insert"), early, st.binary(min_size=1, max_size=300)),
    st.tuples(st.just("remove"), early, st.integers(1, 3000)),
    st.tuples(st.just("truncate"), places, st.just(b"")),
    st.tuples(st.just("flip"), early, st.integers(0, 7)),
)


def apply(data: bytearray, kind: str, place: float, value: bytes | int) -> None:
    at = int(place * len(data))
    if isinstance(value, bytes):
        if kind == "truncate":
            del data[at:]
        else:
            data[at : at + (len(value) if kind == "overwrite" else 0)] = value
    elif kind == "remove":
        del data[at : at + value]
    elif data:
        data[at] ^= 1 << value


def is_sound(facts: AudioFacts | None, problems: tuple[Problem, ...]) -> bool:
    """Whether the answer is one that other rooms can use."""
    if facts is None:
        return [problem.severity.word for problem in problems] == ["error"]
    starts = [chapter.start_ms for chapter in facts.chapters]
    return (
        facts.duration_ms > 0
        and starts == sorted(starts)
        and all(0 <= c.start_ms <= c.end_ms and c.title for c in facts.chapters)
        and all("\n" not in problem.message and problem.help for problem in problems)
    )


@settings(max_examples=600)
@given(source=st.sampled_from(FILES), changes=st.lists(damage, min_size=1, max_size=6))
def test_damaged_files_give_facts_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory,
    inspect: Inspect,
    tags: AudioTags,
    source: Path,
    changes: list[tuple[str, float, bytes | int]],
) -> None:
    data = bytearray(source.read_bytes())
    for change in changes:
        apply(data, *change)
    path = tmp_path_factory.getbasetemp() / f"damaged{source.suffix}"
    path.write_bytes(data)

    facts, problems = inspect(path)

    assert is_sound(facts, problems)
    if facts is not None:
        with contextlib.suppress(AudioTagError):
            tag_copy(path, path.with_name("copy"), facts, tags)
        assert path.read_bytes() == data


@pytest.mark.parametrize(
    "start",
    [b"", b"ID3\x04\0\0\0\0\x02\0", b"OggS", b"fLaC", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x10ftypM4A "],
)
@given(rest=st.binary(max_size=2000))
def test_random_bytes_give_facts_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, inspect: Inspect, start: bytes, rest: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "random.mp3"
    path.write_bytes(start + rest)

    assert is_sound(*inspect(path))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_truncation_is_survived(path: Path, tmp_path: Path, inspect: Inspect) -> None:
    data = path.read_bytes()
    cut = tmp_path / path.name
    for length in {*range(0, min(len(data), 400), 7), *range(0, len(data), 997)}:
        cut.write_bytes(data[:length])

        assert is_sound(*inspect(cut))


@pytest.mark.parametrize("name", [b"TIT2", b"TXXX"])
def test_compressed_tag_is_not_inflated(tmp_path: Path, facts_of: FactsOf, name: bytes) -> None:
    """64 kB that could become 64 MiB; of TXXX and all else only the kind is looked at."""
    packed = (1 << 26).to_bytes(4, "big") + zlib.compress(bytes(1 << 26))
    frame = name + len(packed).to_bytes(4, "big") + b"\x00\x80" + packed
    synchsafe = bytes(len(frame) >> shift & 0x7F for shift in (21, 14, 7, 0))
    path = tmp_path / "bomb.mp3"
    path.write_bytes(b"ID3\x03\x00\x00" + synchsafe + frame + (CORPUS / "cbr.mp3").read_bytes())
    tracemalloc.start()

    try:
        assert facts_of(path).title is None
        _, peak_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak_bytes < 1 << 24


def test_boxes_that_hold_themselves_end(tmp_path: Path, inspect: Inspect) -> None:
    box = b"\0\0\0\0moov"  # size 0: as far as the parent goes
    path = tmp_path / "nested.m4a"
    path.write_bytes(b"\0\0\0\x10ftypM4A \0\0\0\0" + box * 20_000)

    assert is_sound(*inspect(path))
