from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from castpress.model.feed_tags import AlternateEnclosure
from castpress.model.ledger import (
    Ledger,
    LedgerEntry,
    PublishedAudio,
    WrittenTags,
    renamed,
    replaced,
    retagged,
    with_audio,
    with_slugs,
    withdrawn,
)
from castpress.model.merge import merge_ledgers
from castpress.model.podcast import AudioFacts, Enclosure
from castpress.model.staged import is_staged
from tests.model.ledgers import ledgers

if TYPE_CHECKING:
    from collections.abc import Callable

LEDGERS = ledgers(st.sampled_from("abcde"), st.sampled_from(["g1", "g2", "g3", "g4"]))


def audio(sound: str, name: str = "x") -> PublishedAudio:
    facts = AudioFacts("audio/mpeg", "mp3", 1000, 60_000, sound)
    return PublishedAudio(Enclosure(f"audio/one-{name}.mp3", "audio/mpeg", 1100, name), facts, None)


def entry(**changes: object) -> LedgerEntry:
    known = LedgerEntry("g", "one", "sound", slug="one", audio=audio("sound"))
    return replace(known, **changes)  # type: ignore[arg-type]


def merged(ours: Ledger, live: Ledger) -> LedgerEntry:
    return merge_ledgers(ours, live).by_guid()["g"]


@given(LEDGERS, LEDGERS)
def test_joining_what_was_joined_changes_nothing(ours: Ledger, live: Ledger) -> None:
    joined = merge_ledgers(ours, live)
    assert merge_ledgers(joined, joined) == joined
    assert merge_ledgers(joined, live) == joined


@given(LEDGERS)
def test_a_ledger_joined_with_itself_or_with_nothing_is_itself(ledger: Ledger) -> None:
    tidy = merge_ledgers(ledger, ledger)
    assert merge_ledgers(tidy, Ledger()) == tidy
    assert merge_ledgers(Ledger(), tidy) == tidy


@given(LEDGERS, LEDGERS)
def test_nothing_that_is_known_is_lost(ours: Ledger, live: Ledger) -> None:
    joined = merge_ledgers(ours, live)
    for side in (ours, live):
        assert side.by_guid().keys() <= joined.by_guid().keys()
        assert dict(side.feed_guids).keys() <= dict(joined.feed_guids).keys()
        assert set(side.former_urls) <= set(joined.former_urls)
        digests = dict(joined.live_feeds)
        assert all(set(known) <= set(digests[path]) for path, known in side.live_feeds)
        for guid, one in side.by_guid().items():
            both = joined.by_guid()[guid]
            addresses = {both.slug, *both.old_slugs}
            assert {slug for slug in (one.slug, *one.old_slugs) if slug} <= addresses


@given(LEDGERS, LEDGERS)
def test_two_machines_agree_on_guids_and_on_what_is_live(one: Ledger, two: Ledger) -> None:
    first, second = merge_ledgers(one, two), merge_ledgers(two, one)
    assert first.by_guid().keys() == second.by_guid().keys()
    assert dict(first.feed_guids).keys() == dict(second.feed_guids).keys()
    for guid, known in first.by_guid().items():
        assert known.is_withdrawn == second.by_guid()[guid].is_withdrawn
        assert known.revision == second.by_guid()[guid].revision


@given(LEDGERS, LEDGERS)
def test_the_audio_that_is_live_wins_where_nobody_changed_anything(
    ours: Ledger, live: Ledger
) -> None:
    joined = merge_ledgers(ours, live)
    for guid, known in live.by_guid().items():
        other = ours.by_guid().get(guid)
        is_same_age = other is None or other.revision == known.revision
        if known.audio is not None and is_same_age and not is_staged(known):
            assert joined.by_guid()[guid].audio == known.audio


@given(LEDGERS, LEDGERS)
def test_the_later_revision_wins_whole(ours: Ledger, live: Ledger) -> None:
    joined = merge_ledgers(ours, live).by_guid()
    for guid in ours.by_guid().keys() & live.by_guid().keys():
        one, two = ours.by_guid()[guid], live.by_guid()[guid]
        later = max((one, two), key=lambda known: known.revision)
        assert joined[guid].revision == later.revision
        if one.revision != two.revision:
            assert joined[guid].audio == later.audio
            assert joined[guid].is_withdrawn == later.is_withdrawn


def test_a_lost_lock_comes_back_whole() -> None:
    live = Ledger((entry(),), (("feed.xml", "guid"),), (("feed.xml", ("a", "b")),), ("https://a/",))
    assert merge_ledgers(Ledger(), live) == live


def test_what_was_replaced_here_is_not_put_back_by_the_live_one() -> None:
    live = Ledger((entry(),))
    ours = replaced(live, "g", "new sound")
    assert (merged(ours, live).audio, merged(ours, live).fingerprint) == (None, "new sound")
    out = with_audio(ours, {"g": audio("new sound", "y")})
    # A second machine, that has only ever seen the old one.
    assert merged(live, out).audio == audio("new sound", "y")
    assert merged(live, out).fingerprint == "new sound"


def test_a_stale_machine_that_renames_brings_no_old_audio_back() -> None:
    stale = Ledger((entry(),))
    live = with_audio(replaced(stale, "g", "new"), {"g": audio("new", "y")})
    ours = renamed(renamed(stale, "g", "uno"), "g", "first")
    assert (merged(ours, live).stem, merged(ours, live).audio) == ("first", audio("new", "y"))


def test_taken_back_on_one_machine_and_tagged_anew_on_the_other() -> None:
    both = Ledger((entry(),))
    gone, tagged = withdrawn(both, "g"), retagged(both, "g")
    for ours, live in ((gone, tagged), (tagged, gone)):
        assert merged(ours, live).is_withdrawn
    again = withdrawn(gone, "g", is_withdrawn=False)
    assert not merged(again, gone).is_withdrawn
    assert not merged(gone, again).is_withdrawn


def test_names_of_files_are_the_folders() -> None:
    assert merged(Ledger((entry(stem="uno"),)), Ledger((entry(),))).stem == "uno"


def addressed(*slugs: str) -> Ledger:
    ledger = Ledger((entry(slug=None),))
    for slug in slugs:
        ledger = with_slugs(ledger, {"g": slug})
    return ledger


def test_an_address_that_the_other_side_calls_old_is_the_older() -> None:
    cases: tuple[tuple[Ledger, Ledger, str, set[str]], ...] = (
        (addressed("a", "b"), addressed("a"), "b", {"a"}),
        (addressed("a"), addressed("a", "b"), "b", {"a"}),
        (addressed("mine"), addressed("live"), "live", {"mine"}),
        (addressed(), addressed("live"), "live", set()),
        (addressed("mine"), addressed(), "mine", set()),
    )
    for ours, live, slug, old in cases:
        found = merged(ours, live)
        assert (found.slug, set(found.old_slugs)) == (slug, old)


def test_a_feed_that_only_we_have_seen_is_older_than_the_live_one() -> None:
    ours = Ledger(live_feeds=(("feed.xml", ("a", "b")),))
    live = Ledger(live_feeds=(("feed.xml", ("a", "c")),))
    joined = merge_ledgers(ours, live)
    assert dict(joined.live_feeds)["feed.xml"] == ("b", "a", "c")
    assert joined.is_superseded("feed.xml", "b")


def test_the_guid_of_a_feed_that_is_live_stays() -> None:
    ours, live = Ledger(feed_guids=(("feed.xml", "m"),)), Ledger(feed_guids=(("feed.xml", "l"),))
    assert merge_ledgers(ours, live).feed_guid("feed.xml") == "l"


Change = "Callable[[Ledger], Ledger]"
CHANGES: tuple[Callable[[Ledger], Ledger], ...] = (
    lambda ledger: replaced(ledger, "g", "cut again"),
    lambda ledger: retagged(ledger, "g"),
    lambda ledger: withdrawn(ledger, "g"),
    lambda ledger: renamed(ledger, "g", "other"),
    lambda ledger: with_slugs(ledger, {"g": "other"}),
    lambda ledger: with_audio(ledger, {"g": audio(ledger.entries[0].fingerprint, "z")}),
)


@given(st.lists(st.sampled_from(CHANGES), max_size=6), st.lists(st.booleans(), max_size=6))
def test_machines_that_work_in_turn_never_undo_each_other(
    changes: list[Callable[[Ledger], Ledger]], turns: list[bool]
) -> None:
    """Each starts from what is live, as every publication does; the stale one learns all."""
    live = Ledger((entry(),))
    machines = [live, live]
    for change, turn in zip(changes, turns, strict=False):
        machines[turn] = change(merge_ledgers(machines[turn], live))
        live = machines[turn]
    for stale in machines:
        joined = merge_ledgers(stale, live)
        assert replace(joined.entries[0], stem="") == replace(live.entries[0], stem="")


def test_other_encodings_are_those_of_the_last_publication() -> None:
    """Whoever knows more of the audio; of two machines, the place of publication was told last."""
    opus = AlternateEnclosure("audio/ogg", ("audio/one-y.opus",), 1, sha256="ab" * 32)
    bare, rich = audio("sound"), replace(audio("sound"), alternates=(opus,))
    tags = WrittenTags(title="One", artist="Ida", album="Runs")
    for mine, live, expected in (
        (bare, rich, (opus,)),
        (rich, bare, ()),
        (replace(bare, tags=tags), rich, (opus,)),
        (replace(rich, tags=tags), bare, ()),
    ):
        found = merged(Ledger((entry(audio=mine),)), Ledger((entry(audio=live),))).audio
        assert found is not None
        assert found.alternates == expected
        assert found.tags == mine.tags


def test_what_stands_in_the_audio_is_not_lost_when_somebody_without_it_releases_it() -> None:
    known = audio("sound")
    tags = WrittenTags(title="One", artist="Ida", album="Runs")
    full = replace(known, facts=replace(known.facts, title="One"), tags=tags)
    assert merged(Ledger((entry(audio=full),)), Ledger((entry(audio=known),))).audio == full
    assert merged(Ledger((entry(audio=known),)), Ledger((entry(audio=full),))).audio == full
