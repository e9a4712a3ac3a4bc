"""Who is who among episodes whose audio is staged and whom nobody has yet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from castpress.model.feed_tags import AlternateEnclosure
from castpress.model.identity import Claimant, identify
from castpress.model.ledger import Ledger, LedgerEntry, PublishedAudio
from castpress.model.podcast import AudioFacts, Enclosure
from castpress.model.problem import Location
from castpress.model.publication.public_ledger import public_ledger
from castpress.model.staged import is_staged, staged

SHOW = "5c0b2f0e-6b1c-5a55-8f0e-0a4c2f1d9b77"
PLACE = Location(PurePosixPath("show_notes/later.md"))


def entry_for(stem: str, sound: str = "a" * 64) -> LedgerEntry:
    guid = identify(Ledger(), SHOW, [Claimant(stem, sound, PLACE)])[0].guid_of[stem]
    enclosure = Enclosure(f"audio/{stem}-x.mp3", "audio/mpeg", 9, "f" * 64)
    facts = AudioFacts("audio/mpeg", "mp3", 8, 60_000, sound)
    return LedgerEntry(guid, stem, sound, audio=staged(PublishedAudio(enclosure, facts, None)))


def test_staged_is_what_has_audio_and_never_had_a_page() -> None:
    entry = entry_for("later")
    assert is_staged(entry)
    assert not is_staged(replace(entry, slug="later"))
    assert not is_staged(replace(entry, is_retired=True))
    assert not is_staged(replace(entry, audio=None))


def test_a_note_without_audio_is_known_by_the_guid_it_would_get() -> None:
    """All that a timed job has is the note, and a ledger that tells no stem."""
    entry = entry_for("later")
    live = public_ledger(Ledger((entry,)), ())
    claimant = Claimant("later", None, PLACE, is_released=True)
    identities, problems = identify(live, SHOW, [claimant])
    assert problems == ()
    assert identities.guid_of == {"later": entry.guid}
    assert identities.ledger.by_guid()[entry.guid].stem == "later"


def test_other_encodings_wait_under_names_that_tell_nothing() -> None:
    opus = AlternateEnclosure(
        "audio/ogg", ("audio/later-x.opus",), 5, title="Opus", sha256="ab" * 32
    )
    entry = entry_for("later")
    assert entry.audio is not None
    ready = staged(replace(entry.audio, alternates=(opus,)))
    assert [one.sources for one in ready.alternates] == [(f"audio/{'ab' * 16}.opus",)]
    assert [one.path for one in ready.enclosures] == [
        f"audio/{'f' * 32}.mp3",
        f"audio/{'ab' * 16}.opus",
    ]
    told = replace(ready, alternates=(*ready.alternates, opus))
    (live,) = public_ledger(Ledger((replace(entry, audio=told),)), ()).entries
    assert live.audio is not None
    assert live.audio.alternates == ready.alternates


def test_audio_that_nobody_has_may_change() -> None:
    entry = entry_for("later")
    claimant = Claimant("later", "b" * 64, PLACE, is_released=False)
    identities, problems = identify(Ledger((entry,)), SHOW, [claimant])
    assert problems == ()
    known = identities.ledger.by_guid()[entry.guid]
    assert (known.audio, known.fingerprint) == (None, "b" * 64)


def test_what_was_out_may_not() -> None:
    entry = replace(entry_for("later"), slug="later")
    claimant = Claimant("later", "b" * 64, PLACE)
    _, problems = identify(Ledger((entry,)), SHOW, [claimant])
    assert [problem.code for problem in problems] == ["audio-replaced"]


def test_nobody_is_told_that_a_staged_episode_has_gone() -> None:
    _, problems = identify(Ledger((entry_for("later"),)), SHOW, [])
    assert problems == ()


def test_two_staged_episodes_without_stems_are_two() -> None:
    one, two = entry_for("one"), entry_for("two", "c" * 64)
    live = public_ledger(Ledger((one, two)), ())
    claimants = [Claimant("one", None, PLACE), Claimant("two", "c" * 64, PLACE)]
    identities, problems = identify(live, SHOW, claimants)
    assert problems == ()
    assert identities.guid_of == {"one": one.guid, "two": two.guid}
