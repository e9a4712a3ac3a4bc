from __future__ import annotations

import contextlib
import io
import pickle
from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.ledger import PublishedAudio, WrittenTags
from castpress.model.outline import Outline
from castpress.model.podcast import (
    Artwork,
    AudioFacts,
    Chapter,
    Enclosure,
    Episode,
    EpisodeType,
    Link,
    Person,
)
from castpress.model.problem import Location, Problem, Severity
from castpress.store.packing import PackingError, pack, unpack

PLACE = Location(PurePosixPath("show_notes/a.md"), 3, 4)
FACTS = AudioFacts("audio/mpeg", "mp3", 5, 6, "ab", None, "Ida", (Chapter(0, 9, "x"),), PLACE)
EPISODE = Episode(
    guid="g",
    stem="s",
    slug="s",
    title="Zeit \udcff",
    audio=FACTS,
    location=PLACE,
    published=datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=1),
    updated=datetime(2026, 1, 1, tzinfo=UTC),
    episode_type=EpisodeType.BONUS,
    people=(Person("Ida"),),
    artwork=Artwork("a.jpg", "image/jpeg", 1, 2, sizes=((160, "b.webp"),)),
    links=(Link("t", "u"),),
)
TAGS = WrittenTags("t", "a", "b", 1, date(2026, 1, 2), "l", "en", None, ((0, "x"),))
OUTLINE = Outline(**{field.name: None for field in fields(Outline)})  # type: ignore[arg-type]
PROBLEM = Problem("a-code", "words", PLACE, Severity.WARNING, "help")


@pytest.mark.parametrize(
    "value",
    [EPISODE, PublishedAudio(Enclosure("p", "t", 1, "s"), FACTS, TAGS), OUTLINE, PROBLEM],
    ids=lambda value: type(value).__name__,
)
def test_what_is_packed_comes_back(value: object) -> None:
    found = unpack(pack({"all": (value, value)}))
    assert found == {"all": (value, value)}
    assert repr(found) == repr({"all": (value, value)})


def test_the_hour_that_comes_twice_comes_back_as_the_second() -> None:
    found = unpack(pack(EPISODE))
    assert found.published.timestamp() == EPISODE.published.timestamp()  # type: ignore[union-attr]


class Calls:
    """What a cache from elsewhere may try."""

    def __init__(self, function: object, *words: object) -> None:
        self.call: tuple[object, ...] = (function, words)

    def __reduce__(self) -> tuple[object, ...]:
        return self.call


def no_module() -> bytes:
    """What a castpress packs that has one module more."""
    return pack(PROBLEM).replace(b"castpress.model.problem", b"castpress.model.promise")


def evil(*call: object) -> bytes:
    return pickle.dumps(Calls(*call))


@pytest.mark.parametrize(
    "data",
    [
        evil(exec, "raise SystemExit('it ran')"),
        evil(open, "/dev/null"),
        evil(getattr, "", "join"),
        evil(Path("/").exists),
        evil(io.BytesIO, b""),
        b"cos\nsystem\n(S'exit 1'\ntR.",
        b"cbuiltins\neval\n(S'1/0'\ntR.",
        b"ccastpress.store.memory\nos.system\n(S'exit 1'\ntR.",
        b"ccastpress.store.memory\ncode_digest\n(tR.",
        b"ccastpress.store.memory\nos\n.",
        b"ccastpress.store.packing\npack\n(I1\ntR.",
        b"ccastpress.model.podcast\nNothing\n(tR.",
        b"ccastpress.model.nothing\nNothing\n(tR.",
        b"ccastpress.model.podcast\nLink\n(tR.",
        no_module(),
        b"cdatetime\ndate\n(I1000000000000000000000000\nI1\nI1\ntR.",
        b"\x80\x05\x8e\xff\xff\xff\xff\xff\xff\xff\x7f",
        b"(" * 100_000,
        b"",
    ],
)
def test_what_castpress_does_not_pack_is_refused(data: bytes) -> None:
    with pytest.raises(PackingError):
        unpack(data)


@given(st.binary(max_size=60))
def test_bytes_that_mean_nothing_are_refused_or_plain(data: bytes) -> None:
    with contextlib.suppress(*PackingError):
        unpack(data)


@given(st.integers(0), st.integers(1, 255))
def test_one_damaged_byte_is_refused_or_another_value(place: int, bits: int) -> None:
    data = bytearray(pack((EPISODE, OUTLINE, PROBLEM)))
    data[place % len(data)] ^= bits
    with contextlib.suppress(*PackingError):
        unpack(bytes(data))
