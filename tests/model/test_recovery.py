from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from castpress.model.listing import ListedItem
from castpress.model.recovery import Noted, audio_digest, match_items

DAY = datetime(2026, 3, 1, 6, tzinfo=UTC)
DIGEST = "0123456789abcdef" * 2


def item(number: int, **changes: object) -> ListedItem:
    plain = ListedItem(
        guid=f"g{number}",
        title=f"Title {number}",
        published=DAY + timedelta(days=number),
        enclosure_url=f"https://x.example/audio/{number}.mp3",
        media_type="audio/mpeg",
        duration_ms=60_000 * number,
        link=f"https://x.example/episodes/{number}/",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def noted(number: int, **changes: object) -> Noted:
    plain = Noted(
        stem=f"s{number}",
        guid=f"g{number}",
        title=f"Title {number}",
        published=DAY + timedelta(days=number),
        url=f"https://x.example/episodes/{number}/",
        duration_ms=60_000 * number,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


OTHER = {
    "guid": "other",
    "title": "Other",
    "published": DAY,
    "url": "https://x.example/episodes/other/",
    "duration_ms": None,
}


def test_each_sign_is_enough() -> None:
    for kept in ("title", "published", "url"):
        changes = {name: value for name, value in OTHER.items() if name not in (kept, "guid")}
        assert match_items([item(1)], [noted(1, **changes)]) == {"g1": "s1"}
    same_audio = noted(1, **OTHER, digest=DIGEST)
    url = f"https://x.example/audio/hills-{DIGEST}.mp3"
    assert match_items([item(1, enclosure_url=url)], [same_audio]) == {"g1": "s1"}


def test_title_and_date_or_date_and_length_do_without_the_guid() -> None:
    by_title = noted(1, guid="other", url="", duration_ms=None, title="TITLE: 1!")
    assert match_items([item(1)], [by_title]) == {"g1": "s1"}
    by_length = noted(1, guid="other", url="", title="No. 1, Title", duration_ms=60_400)
    assert match_items([item(1)], [by_length]) == {"g1": "s1"}
    undated = noted(1, guid="other", url="", published=None)
    assert match_items([item(1)], [undated]) == {"g1": "s1"}


def test_a_title_alone_may_be_a_repetition() -> None:
    assert match_items([item(1)], [noted(1, guid="other", url="", published=DAY)]) == {}


def test_the_audio_says_who_it_is_before_the_guid_does() -> None:
    """The first one was renamed; a new one has its name and would mint its guid."""
    url = f"https://x.example/audio/1-{DIGEST}.mp3"
    renamed = noted(7, guid="minted", title="Title 1", digest=DIGEST)
    newcomer = noted(2, guid="g1", digest="f" * 32)
    assert match_items([item(1, enclosure_url=url)], [newcomer, renamed]) == {"g1": "s7"}


def test_signs_that_two_share_say_nothing() -> None:
    twins = [noted(1, guid="a", url=""), noted(1, stem="copy", guid="b", url="")]
    assert match_items([item(1)], twins) == {}
    assert match_items([item(1), item(1, guid="h", link="")], [noted(1, guid="a", url="")]) == {}


def test_the_digest_in_a_name() -> None:
    assert audio_digest(f"https://x.example/audio/{DIGEST}.mp3") == DIGEST
    assert audio_digest("https://x.example/audio/hills.mp3") is None
    assert audio_digest(f"https://x.example/{DIGEST}/hills.mp3") is None


NUMBERS = st.lists(st.integers(min_value=1, max_value=4), max_size=5)


@given(NUMBERS, NUMBERS)
def test_no_note_is_given_to_two_items(items: list[int], notes: list[int]) -> None:
    found = match_items(
        [item(n, guid=f"g{n}-{place}") for place, n in enumerate(items)],
        [noted(n, stem=f"s{n}-{place}") for place, n in enumerate(notes)],
    )
    assert len(set(found.values())) == len(found)
