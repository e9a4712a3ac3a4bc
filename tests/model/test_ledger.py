from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from castpress.model.feed_tags import AlternateEnclosure
from castpress.model.ledger import (
    Ledger,
    LedgerEntry,
    PublishedAudio,
    moved,
    renamed,
    replaced,
    retagged,
    with_audio,
    with_entry,
    with_feed_guids,
    with_live_feeds,
    with_slugs,
    withdrawn,
)
from castpress.model.podcast import AudioFacts, Enclosure
from castpress.model.problem import Location

PLACE = Location(PurePosixPath("show_notes/x.md"), 1)
AUDIO = PublishedAudio(
    Enclosure("audio/one-x.mp3", "audio/mpeg", 1100, "f" * 64),
    AudioFacts("audio/mpeg", "mp3", 1000, 60_000, "sound"),
    None,
)
ONE = LedgerEntry("g1", "one", "sound", slug="one", audio=AUDIO)
TWO = LedgerEntry("g2", "two", "other")
LEDGER = Ledger((ONE, TWO))


def test_addresses_are_kept_and_old_ones_remembered() -> None:
    ledger = Ledger((TWO,))
    for slug in ("first", "second", "first", "third"):
        ledger = with_slugs(ledger, {"g2": slug})
    entry = ledger.by_guid()["g2"]
    assert (entry.slug, entry.old_slugs) == ("third", ("second", "first"))
    assert with_slugs(ledger, {}) == ledger


def test_feed_guids_are_kept_and_another_one_is_an_error() -> None:
    ledger, problems = with_feed_guids(Ledger(), {"feed.xml": "first"}, PLACE)
    assert problems == ()
    ledger, problems = with_feed_guids(ledger, {"feed.xml": "second"}, PLACE)
    assert ledger.feed_guid("feed.xml") == "first"
    assert [p.code for p in problems] == ["feed-guid-changed"]


def test_entries_know_nothing_but_plain_values() -> None:
    assert LedgerEntry("g", "s", "f") == LedgerEntry("g", "s", "f", is_retired=False)


def test_an_entry_takes_the_place_of_the_one_with_its_guid() -> None:
    ledger = with_entry(LEDGER, LedgerEntry("g1", "zero", "sound"))
    assert [entry.stem for entry in ledger.entries] == ["two", "zero"]


def test_audio_that_is_frozen_stays() -> None:
    other = PublishedAudio(Enclosure("audio/n", "audio/mpeg", 1, "0" * 64), AUDIO.facts, None)
    ledger = with_audio(LEDGER, {"g1": other, "g2": other})
    assert [entry.audio for entry in ledger.entries] == [AUDIO, other]


def test_other_encodings_are_not_frozen() -> None:
    opus = AlternateEnclosure("audio/ogg", ("audio/one-y.opus",), 5, sha256="ab" * 32)
    (first, _) = with_audio(LEDGER, {"g1": replace(AUDIO, alternates=(opus,))}).entries
    assert first.audio == replace(AUDIO, alternates=(opus,))
    assert with_audio(Ledger((first,)), {"g1": AUDIO}).entries == (ONE,)
    # Of what nobody has published now, all stays as it was.
    assert with_audio(Ledger((first,)), {}).entries == (first,)


def test_a_feed_that_comes_back_is_live_and_not_superseded() -> None:
    ledger = Ledger()
    for digest in ("a", "b", "b", "a"):
        ledger = with_live_feeds(ledger, {"feed.xml": digest})
    assert dict(ledger.live_feeds) == {"feed.xml": ("b", "a")}
    assert ledger.is_superseded("feed.xml", "b")
    assert not ledger.is_superseded("feed.xml", "a")
    assert not ledger.is_superseded("feed.xml", "never seen")
    assert not ledger.is_superseded("courses/x/feed.xml", "a")


def test_a_renaming_changes_the_name_only() -> None:
    ledger = renamed(LEDGER, "g1", "zzz")
    assert [(e.stem, e.guid, e.audio, e.revision) for e in ledger.entries] == [
        ("two", "g2", None, 0),
        ("zzz", "g1", AUDIO, 0),
    ]


def test_who_was_recorded_and_never_out_makes_room_for_the_one_renamed() -> None:
    gone = LedgerEntry("g1", "one", "sound", is_retired=True, audio=AUDIO)
    ledger = renamed(Ledger((gone, TWO)), "g1", "two")
    assert {e.guid: (e.stem, e.is_retired, e.fingerprint) for e in ledger.entries} == {
        "g1": ("two", False, "sound"),
        "g2": ("two", True, ""),
    }


def test_changes_on_purpose_are_counted() -> None:
    for ledger in (
        replaced(LEDGER, "g1", "new"),
        retagged(LEDGER, "g1"),
        withdrawn(LEDGER, "g1"),
    ):
        assert [entry.revision for entry in ledger.entries] == [1, 0]
        assert ledger.entries[1] == TWO
    entry = replaced(LEDGER, "g1", "new").entries[0]
    assert (entry.audio, entry.fingerprint, entry.slug) == (None, "new", "one")
    entry = retagged(LEDGER, "g1").entries[0]
    assert (entry.audio, entry.fingerprint) == (None, "sound")
    entry = withdrawn(withdrawn(LEDGER, "g1"), "g1", is_withdrawn=False).entries[0]
    assert (entry.is_withdrawn, entry.audio, entry.revision) == (False, AUDIO, 2)


def test_the_addresses_that_were_left_are_kept_once() -> None:
    ledger = moved(moved(moved(Ledger(), "https://a/"), "https://b/"), "https://a/")
    assert ledger.former_urls == ("https://a/", "https://b/")
