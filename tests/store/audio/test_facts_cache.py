from __future__ import annotations

import shutil
from pathlib import Path, PurePosixPath

import pytest

from castpress.model.problem import Location
from castpress.store.audio.facts_cache import inspect_cached
from castpress.store.audio.inspect import inspect_audio
from castpress.store.cache import Cache

CORPUS = Path("tests/corpus/audio")


@pytest.mark.parametrize(
    "name", ["cbr.mp3", "chapters.mp3", "chapters.m4a", "truncated.mp3", "empty.mp3"]
)
def test_what_is_kept_is_what_was_found(tmp_path: Path, name: str) -> None:
    place = Location(PurePosixPath("episodes") / name)
    cache = Cache(tmp_path / "cache")
    fresh = inspect_audio(CORPUS / name, place)
    for _ in range(2):
        facts, problems = inspect_cached(CORPUS / name, place, cache)
        assert problems == fresh[1]
        assert facts == fresh[0]


def test_a_file_that_is_as_it_was_is_not_read_again(tmp_path: Path) -> None:
    audio = tmp_path / "chapters.mp3"
    place = Location(PurePosixPath("chapters.mp3"))
    cache = Cache(tmp_path / "cache")
    shutil.copyfile(CORPUS / "chapters.mp3", audio)
    first, _ = inspect_cached(audio, place, cache)
    for record in (tmp_path / "cache").rglob("*.json"):
        record.write_text(record.read_text().replace('"duration_ms": ', '"duration_ms": 9'))
    again, _ = inspect_cached(audio, place, cache)
    assert first is not None
    assert again is not None
    assert again.duration_ms == int(f"9{first.duration_ms}")


def test_a_file_that_changes_is_looked_at_again(tmp_path: Path) -> None:
    audio = tmp_path / "a.mp3"
    place = Location(PurePosixPath("a.mp3"))
    cache = Cache(tmp_path / "cache")
    shutil.copyfile(CORPUS / "cbr.mp3", audio)
    first, _ = inspect_cached(audio, place, cache)
    shutil.copyfile(CORPUS / "vbr-xing.mp3", audio)
    second, _ = inspect_cached(audio, place, cache)
    assert first is not None
    assert second is not None
    assert first.duration_ms != second.duration_ms


def test_a_cache_that_holds_nonsense_is_no_cache(tmp_path: Path) -> None:
    place = Location(PurePosixPath("a.mp3"))
    cache = Cache(tmp_path / "cache")
    fresh, _ = inspect_cached(CORPUS / "cbr.mp3", place, cache)
    for file in (tmp_path / "cache").rglob("*.json"):
        file.write_text('{"chapters": 3}')
    assert inspect_cached(CORPUS / "cbr.mp3", place, cache)[0] == fresh
    for file in (tmp_path / "cache").rglob("*.json"):
        file.write_text("{")
    assert inspect_cached(CORPUS / "cbr.mp3", place, cache)[0] == fresh
