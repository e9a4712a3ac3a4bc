"""The audio corpus, and the tags that the writers' tests write."""

from __future__ import annotations

import datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from castpress.model.podcast import AudioFacts, Chapter
from castpress.model.problem import Location, Problem
from castpress.store.audio.inspect import inspect_audio
from castpress.store.audio.tags import AudioTags

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Made by tests/make/make_audio_corpus.py."""
    return Path(__file__).parents[2] / "corpus" / "audio"


@pytest.fixture(scope="session")
def inspect() -> Callable[[Path], tuple[AudioFacts | None, tuple[Problem, ...]]]:
    """``inspect_audio`` as a show calls it: the file lies in episodes/."""
    return lambda path: inspect_audio(path, Location(PurePosixPath("episodes", path.name)))


@pytest.fixture(scope="session")
def facts_of(
    inspect: Callable[[Path], tuple[AudioFacts | None, tuple[Problem, ...]]],
) -> Callable[[Path], AudioFacts]:
    """The facts of a file that has some."""

    def facts_of(path: Path) -> AudioFacts:
        facts, problems = inspect(path)
        assert facts is not None, problems
        return facts

    return facts_of


@pytest.fixture(scope="session")
def tags() -> AudioTags:
    """All that can be written; the titles get shorter, so that sorting by size would show."""
    return AudioTags(
        title="Épisode 12: 走ろう 🎧 \u202bשלום",
        artist="Ann\x00 Example",
        album="The Example Show " + "é" * 400,
        number=12,
        date=datetime.date(2026, 3, 9),
        link="https://example.com/episodes/été/",
        artwork=b"\xff\xd8\xff\xe0" + bytes(range(256)) * 3 + b"\xff\xd9",
        chapters=(
            Chapter(0, 400, "A very long title for the very first chapter of them all"),
            Chapter(1500, 1900, "End"),
            Chapter(700, 1500, "שלום 🎧 middle"),
        ),
        language="pt-BR",
    )
