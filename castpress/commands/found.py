"""An episode as it was found: its note and its files; and what is known where audio is not here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from castpress.model.podcast import AudioFacts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from castpress.commands.collector import Collector
    from castpress.model.ledger import Ledger, LedgerEntry
    from castpress.model.outline import Outline
    from castpress.model.problem import Problem
    from castpress.read.alternates import HeardAlternate
    from castpress.read.pairing import Pair

_SILENCE = AudioFacts("audio/mpeg", "mp3", 0, 0, "")


@dataclass(frozen=True, slots=True)
class Found:
    """One episode whose note could be opened, with the files that go with it.

    ``absent`` is what to say where its audio is not here and not known either; ``due`` is when it
    will be out, None where it is already or where nothing is promised.
    """

    pair: Pair
    digest: bytes
    outline: Outline
    is_out: bool
    due: datetime | None
    absent: Problem | None


@dataclass(frozen=True, slots=True)
class Heard(Found):
    """The same with what is known of its audio, and of its other encodings that are here."""

    audio: AudioFacts
    alternates: tuple[HeardAlternate, ...] = ()


def with_what_is_known(
    found: Sequence[Found],
    heard: Sequence[Heard],
    entries: Mapping[str, LedgerEntry],
    collector: Collector,
) -> Iterator[Heard]:
    """The episodes with audio that is here, or that show.lock knows all about."""
    by_stem = {each.pair.stem: each for each in heard}
    for each in found:
        entry = entries.get(each.pair.stem)
        if each.pair.stem in by_stem:
            yield by_stem[each.pair.stem]
        elif each.pair.audio is None and entry is not None and entry.audio is not None:
            yield as_heard(each, entry.audio.facts)
        elif each.absent is not None:
            collector.add([each.absent])


def unheard_lessons(found: Sequence[Found], complete: Sequence[Heard]) -> Iterator[Heard]:
    """Lessons with a date whose audio nobody here knows, as if they were silent.

    What lessons say of the next one must not hang on which audio files are here.
    """
    known = {each.pair.stem for each in complete}
    for each in found:
        if each.due is not None and each.outline.signs.course and each.pair.stem not in known:
            yield as_heard(each, _SILENCE)


def without_lone_alternates(
    found: Sequence[Found], heard: Sequence[Heard], ledger: Ledger
) -> tuple[tuple[Found, ...], tuple[Heard, ...]]:
    """The same where an episode's audio is not here, and another encoding of it lies alone.

    It is known by its digest, and must not be taken for the episode itself.
    """
    published = {
        entry.stem: {one.sha256 for one in entry.audio.alternates}
        for entry in ledger.entries
        if entry.audio is not None and not entry.is_retired
    }
    lone = {
        each.pair.stem
        for each in heard
        if each.audio.sha256 in published.get(each.pair.stem, frozenset())
    }
    if not lone:
        return tuple(found), tuple(heard)
    alone = tuple(
        replace(each, pair=replace(each.pair, audio=None, alternates=()))
        if each.pair.stem in lone
        else each
        for each in found
    )
    return alone, tuple(each for each in heard if each.pair.stem not in lone)


def as_heard(each: Found, audio: AudioFacts, alternates: tuple[HeardAlternate, ...] = ()) -> Heard:
    """The episode with its audio, and what lies beside it."""
    return Heard(
        each.pair, each.digest, each.outline, each.is_out, each.due, None, audio, alternates
    )
