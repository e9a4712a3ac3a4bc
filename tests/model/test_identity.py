from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath

from hypothesis import given
from hypothesis import strategies as st

from castpress.model.identity import Claimant, identify
from castpress.model.ledger import (
    Ledger,
    LedgerEntry,
    PublishedAudio,
    renamed,
    with_entry,
    withdrawn,
)
from castpress.model.podcast import AudioFacts, Enclosure
from castpress.model.problem import Location

SHOW = "9b024349-ccf0-5f69-a609-6b82873eab3c"
PLACE = Location(PurePosixPath("show_notes/x.md"), 1)


def claimant(
    stem: str, fingerprint: str = "", guid: str | None = None, *, is_released: bool = True
) -> Claimant:
    return Claimant(stem, fingerprint or f"sha-{stem}", PLACE, guid, is_released)


def settle(ledger: Ledger, *claimants: Claimant) -> tuple[dict[str, str], Ledger, list[str]]:
    identities, problems = identify(ledger, SHOW, claimants)
    return identities.guid_of, identities.ledger, [p.code for p in problems]


def test_every_clone_mints_the_same_guid() -> None:
    assert settle(Ledger(), claimant("one"))[0] == settle(Ledger(), claimant("one"))[0]


def test_only_what_is_released_is_recorded() -> None:
    _, ledger, _ = settle(Ledger(), claimant("out"), claimant("later", is_released=False))
    assert [entry.stem for entry in ledger.entries] == ["out"]


def test_a_renamed_episode_is_known_by_its_audio() -> None:
    before, ledger, _ = settle(Ledger(), claimant("one", "sound"))
    after, ledger, codes = settle(ledger, claimant("uno", "sound"))
    assert (after["uno"], codes) == (before["one"], [])
    assert [entry.stem for entry in ledger.entries] == ["uno"]


def test_a_retitled_or_re_encoded_episode_keeps_its_guid() -> None:
    before, ledger, _ = settle(Ledger(), claimant("one", "old sound"))
    after, _, _ = settle(ledger, claimant("one", "new sound"))
    assert after == before


def test_a_deleted_episode_is_retired_and_its_guid_never_given_again() -> None:
    before, ledger, _ = settle(Ledger(), claimant("one", "first"))
    _, ledger, codes = settle(ledger)
    assert codes == ["episode-gone"]
    _, ledger, codes = settle(ledger)
    assert codes == []
    assert [entry.is_retired for entry in ledger.entries] == [True]
    after, ledger, _ = settle(ledger, claimant("one", "somebody else"))
    assert after["one"] != before["one"]
    assert len(ledger.entries) == 2


def test_an_episode_that_comes_back_is_itself() -> None:
    before, ledger, _ = settle(Ledger(), claimant("one", "sound"))
    _, ledger, _ = settle(ledger)
    after, ledger, _ = settle(ledger, claimant("one", "sound"))
    assert after == before
    assert [entry.is_retired for entry in ledger.entries] == [False]


def test_a_copied_note_with_the_same_guid_is_an_error() -> None:
    _, _, codes = settle(Ledger(), claimant("one", guid="g"), claimant("two", guid="g"))
    assert codes == ["shared-guid"]


def test_a_copied_audio_is_not_taken_for_a_renaming() -> None:
    before, ledger, _ = settle(Ledger(), claimant("one", "sound"))
    after, _, codes = settle(ledger, claimant("one", "sound"), claimant("copy", "sound"))
    assert (after["one"], codes) == (before["one"], [])
    assert after["copy"] != after["one"]


def test_a_guid_that_subscribers_have_cannot_be_changed() -> None:
    _, ledger, _ = settle(Ledger(), claimant("one"))
    _, _, codes = settle(ledger, claimant("one", guid="another"))
    assert codes == ["guid-changed"]


def test_guids_follow_the_audio_when_two_swap_names() -> None:
    before, ledger, _ = settle(Ledger(), claimant("a", "sound a"), claimant("b", "sound b"))
    after, _, codes = settle(ledger, claimant("a", "sound b"), claimant("b", "sound a"))
    assert (after, codes) == ({"a": before["b"], "b": before["a"]}, [])


def test_whoever_renumbers_files_moves_no_guid() -> None:
    before, ledger, _ = settle(Ledger(), claimant("005", "A"), claimant("006", "B"))
    shifted = [claimant("005", "new"), claimant("006", "A"), claimant("007", "B")]
    after, _, codes = settle(ledger, *shifted)
    assert (after["006"], after["007"], codes) == (before["005"], before["006"], [])
    assert after["005"] not in before.values()


def test_an_episode_without_its_audio_keeps_its_guid() -> None:
    before, ledger, _ = settle(Ledger(), claimant("one", "first cut"))
    silent = Claimant("one", None, PLACE, is_released=False)
    _, ledger, codes = settle(ledger, silent)
    assert codes == []
    after, _, codes = settle(ledger, claimant("one", "second cut"))
    assert (after, codes) == (before, [])


def test_retired_audio_does_not_push_aside_the_one_who_has_the_name() -> None:
    _, ledger, _ = settle(Ledger(), claimant("z", "old"))
    _, ledger, _ = settle(ledger)
    before, ledger, _ = settle(ledger, claimant("a", "new"))
    after, _, codes = settle(ledger, claimant("a", "old"))
    assert (after, codes) == (before, [])


def test_a_new_episode_with_the_old_name_of_a_renamed_one() -> None:
    before, ledger, _ = settle(Ledger(), claimant("a", "sound a"))
    _, ledger, _ = settle(ledger, claimant("b", "sound a"))
    after, _, codes = settle(ledger, claimant("a", "fresh"), claimant("b", "sound a"))
    assert (after["b"], codes) == (before["a"], [])
    assert after["a"] != before["a"]


STEMS = st.sampled_from("abcd")
SOUNDS = st.sampled_from(["s1", "s2", "s3", "s4"])
STATES = st.dictionaries(STEMS, SOUNDS)


@given(STATES, STATES)
def test_what_stays_as_it_is_keeps_its_guid(one: dict[str, str], two: dict[str, str]) -> None:
    before, ledger, _ = settle(Ledger(), *(claimant(s, f) for s, f in one.items()))
    after, _, _ = settle(ledger, *(claimant(s, f) for s, f in two.items()))
    for stem in one.keys() & two.keys():
        if one[stem] == two[stem]:
            assert after[stem] == before[stem]
    for stem, sound in two.items():
        holders = [s for s, f in one.items() if f == sound]
        if len(holders) == 1 and list(two.values()).count(sound) == 1:
            assert after[stem] == before[holders[0]]


@given(st.lists(STATES, min_size=1, max_size=8))
def test_no_guid_is_ever_used_by_two_at_once_or_lost(states: list[dict[str, str]]) -> None:
    ledger = Ledger()
    seen: set[str] = set()
    for state in states:
        guids, ledger, codes = settle(ledger, *(claimant(s, f) for s, f in state.items()))
        assert set(codes) <= {"episode-gone"}
        assert len(set(guids.values())) == len(state)
        recorded = {entry.guid for entry in ledger.entries}
        assert seen <= recorded
        seen = recorded


def frozen(sound: str, path: str = "audio/one-x.mp3") -> PublishedAudio:
    facts = AudioFacts("audio/mpeg", "mp3", 1000, 60_000, sound)
    return PublishedAudio(Enclosure(path, "audio/mpeg", 1100, "f" * 64), facts, None)


def test_other_audio_than_is_published_is_an_error_until_it_is_meant() -> None:
    entry = LedgerEntry("g", "one", "old", audio=frozen("old"))
    _, _, codes = settle(Ledger((entry,)), claimant("one", "new"))
    assert codes == ["audio-replaced"]


def test_audio_that_only_a_feed_has_told_of_is_taken_as_it_is_found() -> None:
    entry = LedgerEntry("g", "one", "", audio=frozen(""))
    after, ledger, codes = settle(Ledger((entry,)), claimant("one", "sound"))
    assert (after, codes) == ({"one": "g"}, [])
    assert ledger.entries[0].fingerprint == "sound"


def test_a_new_name_without_audio_is_asked_about_and_then_known() -> None:
    entry = LedgerEntry("g", "one", "sound", audio=frozen("sound"))
    silent = Claimant("uno", None, PLACE)
    _, _, codes = settle(Ledger((entry,)), silent)
    assert codes == ["renamed-without-audio"]
    after, _, codes = settle(renamed(Ledger((entry,)), "g", "uno"), silent)
    assert (after, codes) == ({"uno": "g"}, [])


def test_a_renaming_that_was_built_as_a_new_episode_is_put_right() -> None:
    """It was renamed and cut again at once, so the build took it for somebody new."""
    ledger = Ledger((LedgerEntry("g", "one", "old", audio=frozen("old")),))
    after, ledger, codes = settle(ledger, claimant("uno", "new"))
    assert (after["uno"] != "g", codes) == (True, ["episode-gone"])
    after, ledger, codes = settle(renamed(ledger, "g", "uno"), claimant("uno", "new"))
    assert (after, codes) == ({"uno": "g"}, ["audio-replaced"])


def test_what_was_taken_back_is_nobody_elses() -> None:
    guids, ledger, _ = settle(Ledger(), claimant("one"))
    ledger = withdrawn(ledger, guids["one"])
    after, ledger, codes = settle(ledger, claimant("one"), claimant("two"))
    assert (after["one"], codes) == (guids["one"], [])
    assert after["two"] != guids["one"]
    assert ledger.by_guid()[guids["one"]].is_withdrawn


def test_one_that_was_taken_back_deleted_and_brought_back_is_known_by_its_name_again() -> None:
    before, ledger, _ = settle(Ledger(), claimant("one", "sound"))
    (entry,) = ledger.entries
    ledger = with_entry(ledger, replace(entry, is_withdrawn=True))
    _, ledger, _ = settle(ledger)
    _, ledger, _ = settle(ledger, claimant("one", "sound"))
    assert [(e.is_withdrawn, e.is_retired) for e in ledger.entries] == [(True, False)]
    silent = Claimant("one", None, PLACE)
    after, _, _ = settle(ledger, silent)
    assert after == before


def test_one_that_was_taken_back_and_cut_again_is_known_by_its_new_sound() -> None:
    before, ledger, _ = settle(Ledger(), claimant("one", "first cut"))
    ledger = withdrawn(ledger, before["one"])
    _, ledger, _ = settle(ledger, claimant("one", "second cut"))
    after, _, codes = settle(ledger, claimant("renamed", "second cut"))
    assert (after["renamed"], codes) == (before["one"], [])


def test_one_that_waits_again_and_was_cut_again_is_known_by_its_new_sound() -> None:
    before, ledger, _ = settle(Ledger(), claimant("one", "first cut"))
    _, ledger, _ = settle(ledger, claimant("one", "second cut", is_released=False))
    after, _, _ = settle(ledger, claimant("renamed", "second cut"))
    assert after["renamed"] == before["one"]
