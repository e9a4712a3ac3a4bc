"""Plans against a model of a place: carried out, they give exactly what is wanted."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from castpress.model.artifact import Wave
from castpress.model.ledger import Ledger, LedgerEntry, PublishedAudio, WrittenTags
from castpress.model.merge import merge_ledgers
from castpress.model.podcast import AudioFacts, Chapter, Enclosure
from castpress.model.publication.headers import headers_of
from castpress.model.publication.live import (
    SNAPSHOT_COUNT,
    Claim,
    LiveFile,
    Publication,
    Publisher,
    is_left_behind,
    with_snapshot,
)
from castpress.model.publication.named import named_paths
from castpress.model.publication.plan import (
    GRACE,
    Action,
    Plan,
    files_after,
    plan_publication,
)
from castpress.model.publication.public_ledger import public_ledger
from castpress.model.publication.recovery import is_between_feeds, settled_files
from castpress.model.staged import is_staged, staged

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
PATHS = (
    "audio/a.mp3",
    "audio/b.mp3",
    "artwork/c.jpg",
    "episodes/x/chapters.json",
    "episodes/x/index.html",
    "episodes/y/index.html",
    "index.html",
    "courses/z/feed.xml",
    "feed.xml",
)
WAVES = {
    path: Wave.FEED
    if path.endswith("feed.xml")
    else Wave.PAGE
    if path.endswith(".html")
    else Wave.SIDECAR
    if path.endswith(".json")
    else Wave.MEDIA
    for path in PATHS
}


def file(path: str, content: str = "1", **more: object) -> LiveFile:
    row = LiveFile(WAVES[path], content, len(content), headers_of(path))
    return replace(row, **more)  # type: ignore[arg-type]


contents = st.sampled_from(["1", "2", "3"])
retired = st.one_of(st.none(), st.integers(0, 60).map(lambda days: NOW - timedelta(days=days)))


@st.composite
def wanted_files(draw: st.DrawFn) -> dict[str, LiveFile]:
    paths = draw(st.sets(st.sampled_from(PATHS)))
    return {path: file(path, draw(contents)) for path in sorted(paths)}


@st.composite
def live_files(draw: st.DrawFn) -> dict[str, LiveFile]:
    paths = draw(st.sets(st.sampled_from(PATHS)))
    return {
        path: file(
            path,
            draw(contents),
            retired=draw(retired) if WAVES[path] in (Wave.MEDIA, Wave.SIDECAR) else None,
            is_staged=draw(st.booleans()) if path.startswith("audio/") else False,
        )
        for path in sorted(paths)
    }


def carry_out(plan: Plan, store: dict[str, str], wanted: dict[str, LiveFile]) -> dict[str, str]:
    """What a place of publication holds afterwards."""
    after = dict(store)
    for step in plan.steps:
        if step.action is Action.UPLOAD:
            after[step.path] = wanted[step.path].sha256
        elif step.action is Action.DELETE:
            after.pop(step.path, None)
    return after


@given(wanted_files(), live_files(), st.sets(st.sampled_from(PATHS)), st.data())
def test_a_plan_leads_to_what_is_wanted(
    wanted: dict[str, LiveFile], live: dict[str, LiveFile], kept: set[str], data: st.DataObject
) -> None:
    doubtful = data.draw(st.sets(st.sampled_from(PATHS)))
    store = {path: row.sha256 for path, row in live.items()}
    for path in doubtful & live.keys():
        found = data.draw(st.one_of(st.none(), contents))
        if found is None:
            del store[path]
        else:
            store[path] = found
    foreign = {"mine.html": "mine", ".well-known/x": "mine"}
    seen = {path: store.get(path) for path in doubtful}

    plan = plan_publication(wanted, live, seen=seen, kept=kept, now=NOW)
    after = carry_out(plan, store | foreign, wanted)
    listed = files_after(plan, wanted, live, NOW)

    for path, row in wanted.items():
        assert after[path] == row.sha256
        assert listed[path] == row
    for path in after.keys() - wanted.keys() - foreign.keys():
        assert WAVES[path] in (Wave.MEDIA, Wave.SIDECAR)
        assert listed[path].retired is not None or listed[path].is_staged or path in kept
    assert foreign.items() <= after.items()
    # Nothing is listed that is not there, nothing that is there is forgotten.
    assert listed.keys() == after.keys() - foreign.keys()


@given(wanted_files(), live_files(), st.sets(st.sampled_from(PATHS)))
def test_nothing_that_somebody_needs_is_deleted(
    wanted: dict[str, LiveFile], live: dict[str, LiveFile], kept: set[str]
) -> None:
    plan = plan_publication(wanted, live, kept=kept, now=NOW)
    for step in plan.of(Action.DELETE):
        row = live[step.path]
        assert step.path not in wanted
        assert step.reason
        if row.wave in (Wave.MEDIA, Wave.SIDECAR):
            assert step.path not in kept
            is_old = row.retired is not None and NOW - row.retired >= GRACE
            assert row.is_staged or is_old


@given(wanted_files(), live_files(), st.sets(st.sampled_from(PATHS)))
def test_no_step_comes_before_its_wave(
    wanted: dict[str, LiveFile], live: dict[str, LiveFile], kept: set[str]
) -> None:
    plan = plan_publication(wanted, live, kept=kept, now=NOW)
    puts = [s for s in plan.steps if s.action in (Action.UPLOAD, Action.ADOPT, Action.HEADERS)]
    assert [s.wave for s in puts] == sorted(s.wave for s in puts)
    assert list(plan.steps[: len(puts)]) == puts
    feeds = [step.path for step in puts if step.wave is Wave.FEED]
    assert feeds == [p for p in ("courses/z/feed.xml", "feed.xml") if p in feeds]
    actions = [step.action for step in plan.steps[len(puts) :]]
    assert actions == sorted(actions, key=[Action.RETIRE, Action.KEEP, Action.DELETE].index)
    assert sorted(s.path for w in Wave for s in plan.of_wave(w)) == sorted(s.path for s in puts)


@given(wanted_files(), live_files())
def test_a_second_plan_is_empty(wanted: dict[str, LiveFile], live: dict[str, LiveFile]) -> None:
    plan = plan_publication(wanted, live, now=NOW)
    after = files_after(plan, wanted, live, NOW)
    assert plan_publication(wanted, after, now=NOW).is_empty
    later = NOW + GRACE
    last = plan_publication(wanted, after, now=later)
    assert files_after(last, wanted, after, later) == wanted


@pytest.mark.parametrize(
    ("wanted", "live", "seen", "said"),
    [
        (file("index.html"), None, {}, "upload new"),
        (file("index.html", "2"), file("index.html"), {}, "upload its bytes changed"),
        (
            file("index.html"),
            file("index.html", headers=headers_of("x.txt")),
            {},
            "headers its type changed",
        ),
        (
            file("audio/a.mp3"),
            file("audio/a.mp3", headers=replace(headers_of("a.mp3"), cache_control="no-store")),
            {},
            "headers how long it may be kept changed",
        ),
        (file("audio/a.mp3"), file("audio/a.mp3", retired=NOW), {}, "adopt is back in the show"),
        (
            file("audio/a.mp3"),
            file("audio/a.mp3", is_staged=True),
            {},
            "adopt was staged and is out now",
        ),
        (file("index.html"), None, {"index.html": "1"}, "adopt is there already"),
        (file("index.html"), file("index.html"), {"index.html": None}, "upload is missing there"),
        (
            file("index.html"),
            file("index.html"),
            {"index.html": "9"},
            "upload other bytes are there",
        ),
        (None, file("index.html"), {}, "delete no longer in the show"),
        (
            None,
            file("audio/a.mp3"),
            {},
            "retire no longer in the show; kept until 2026-12-21 for apps that have the old feed",
        ),
        (
            None,
            file("audio/a.mp3", retired=NOW - timedelta(days=2)),
            {},
            "keep kept until 2026-12-19 for apps that have the old feed",
        ),
        (
            None,
            file("audio/a.mp3", retired=NOW - GRACE),
            {},
            "delete no longer in the show, and no kept feed names it",
        ),
        (None, file("audio/b.mp3", retired=NOW - 2 * GRACE), {}, "keep named by a kept feed"),
        (
            None,
            file("audio/a.mp3", is_staged=True),
            {},
            "delete was staged, and the show does not need it any more",
        ),
    ],
)
def test_every_step_says_why(
    wanted: LiveFile | None, live: LiveFile | None, seen: dict[str, str | None], said: str
) -> None:
    row = wanted or live
    assert row is not None
    named = {Wave.MEDIA: "audio/a.mp3", Wave.PAGE: "index.html"}[row.wave]
    path = "audio/b.mp3" if said.endswith("by a kept feed") else named
    plan = plan_publication(
        {path: wanted} if wanted else {},
        {path: live} if live else {},
        seen=seen,
        kept={"audio/b.mp3"},
        now=NOW,
    )
    assert [f"{step.action} {step.reason}" for step in plan.steps] == [said]


def test_what_a_feed_names() -> None:
    feed = (
        b'<rss><enclosure url="https://a.org/s/audio/x-1.mp3"/><link>https://a.org/s/</link>'
        b'<image href="https://a.org/s/artwork/c%C3%A9.jpg"/><a>https://a.org/sx</a>'
        b'<p:chapters url="https://a.org/s/episodes/x/chapters.json?a=1#t"/>&lt;https://a.org/s/y&gt;'
    )
    assert named_paths(feed, "https://a.org/s/") == {
        "audio/x-1.mp3",
        "artwork/cé.jpg",
        "episodes/x/chapters.json",
        "y",
    }
    assert named_paths(feed, "") == frozenset()


US = Publisher("here", 7, "100")
CLAIM = Claim("id", US, NOW, NOW)


@pytest.mark.parametrize(
    ("claim", "minutes", "running", "is_left"),
    [
        (CLAIM, 0, None, True),  # our own, from before
        (replace(CLAIM, publisher=Publisher("here", 8, "5")), 0, Publisher("here", 8, "5"), False),
        (replace(CLAIM, publisher=Publisher("here", 8, "5")), 99, Publisher("here", 8, "5"), False),
        (replace(CLAIM, publisher=Publisher("here", 8, "5")), 0, Publisher("here", 8, "6"), True),
        (replace(CLAIM, publisher=Publisher("here", 8, "5")), 0, None, True),
        (replace(CLAIM, publisher=Publisher("there", 8, "5")), 15, None, False),
        (replace(CLAIM, publisher=Publisher("there", 8, "5")), 16, None, True),
        (
            replace(CLAIM, publisher=Publisher("there", 8, "5"), is_given_up=True),
            0,
            None,
            True,
        ),
    ],
)
def test_whose_claim_still_holds(
    claim: Claim, minutes: int, running: Publisher | None, *, is_left: bool
) -> None:
    silent = timedelta(minutes=minutes)
    assert is_left_behind(claim, US, silent, running=running) is is_left


def test_snapshots_are_of_feeds_that_were_swapped() -> None:
    publication = Publication({}, "https://a.org/", 0, NOW)
    assert with_snapshot(publication).snapshots == ()
    for number in range(1, 15):
        feed = file("feed.xml", str(number))
        publication = with_snapshot(replace(publication, number=number, files={"feed.xml": feed}))
        assert with_snapshot(publication) == publication
    assert len(publication.snapshots) == SNAPSHOT_COUNT
    assert [s.feeds for s in publication.snapshots][-1] == (("feed.xml", "14"),)


def test_what_a_crash_left_is_settled_by_looking() -> None:
    claim = replace(
        CLAIM,
        files={
            "audio/a.mp3": file("audio/a.mp3"),
            "audio/b.mp3": file("audio/b.mp3"),
            "index.html": file("index.html", "2"),
            "feed.xml": file("feed.xml", "2"),
        },
        deletions=("episodes/x/index.html",),
    )
    before = {path: file(path) for path in ("index.html", "feed.xml", "episodes/x/index.html")}
    publication = Publication(before, claim=claim)
    seen: dict[str, str | None] = {
        "audio/a.mp3": "1",
        "audio/b.mp3": None,
        "index.html": "1",
        "feed.xml": "2",
        "episodes/x/index.html": None,
    }
    settled = settled_files(publication, seen)
    assert settled == {
        "audio/a.mp3": file("audio/a.mp3"),
        "index.html": file("index.html"),
        "feed.xml": file("feed.xml", "2"),
    }
    assert is_between_feeds(publication, settled)
    assert not is_between_feeds(publication, settled_files(publication, {**seen, "feed.xml": "1"}))


def published_audio(path: str) -> PublishedAudio:
    return PublishedAudio(
        Enclosure(path, "audio/mpeg", 9, "f" * 64),
        AudioFacts(
            "audio/mpeg",
            "mp3",
            8,
            60_000,
            "e" * 64,
            "Secret title",
            "A",
            (Chapter(0, 1, "Secret"),),
        ),
        WrittenTags("Secret title", "A", "B", chapters=((0, "Secret"),)),
    )


SECRET = LedgerEntry(
    "guid-1", "secret-stem", "e" * 64, audio=staged(published_audio("audio/secret-ffff.mp3"))
)


def test_the_public_ledger_says_nothing_of_what_is_not_out() -> None:
    ledger = Ledger(
        (
            LedgerEntry("guid-2", "out", "d" * 64, slug="out"),
            SECRET,
            LedgerEntry("guid-3", "secret-retired", "c" * 64, is_retired=True, slug="secret"),
            LedgerEntry("guid-4", "secret-preview", "b" * 64, slug="secret-preview"),
            LedgerEntry("guid-5", "secret-5", "a" * 64, audio=published_audio("audio/secret.mp3")),
        )
    )
    public = public_ledger(ledger, {"guid-2"})
    assert "ecret" not in repr(public)
    by_guid = public.by_guid()
    assert by_guid["guid-2"] == ledger.by_guid()["guid-2"]
    assert by_guid["guid-3"].is_retired
    assert "guid-4" not in by_guid
    assert by_guid["guid-5"].audio is None
    assert is_staged(by_guid["guid-1"])
    assert public_ledger(ledger, ledger.by_guid()).by_guid() == ledger.by_guid()


def test_merging_keeps_what_only_the_folder_knows_of_staged_audio() -> None:
    ours = Ledger((SECRET,))
    live = public_ledger(ours, ())
    assert merge_ledgers(ours, live) == ours
    assert merge_ledgers(Ledger(), live) == live
    restaged = replace(
        SECRET,
        audio=staged(
            replace(
                published_audio("x.mp3"), enclosure=Enclosure("x.mp3", "audio/mpeg", 9, "d" * 64)
            )
        ),
    )
    merged = merge_ledgers(Ledger((restaged,)), live).by_guid()["guid-1"]
    assert merged.audio is not None
    assert merged.audio.enclosure.sha256 == "f" * 64  # it is the one that is there


def test_what_somebody_put_in_the_place_of_a_page_stays_and_is_forgotten() -> None:
    live = {"episodes/x/index.html": file("episodes/x/index.html")}
    plan = plan_publication({}, live, strange={"episodes/x/index.html"}, now=NOW)
    assert [step.action for step in plan.steps] == [Action.FORGET]
    assert not plan.is_empty
    assert files_after(plan, {}, live, NOW) == {}


def test_what_is_purged_goes_at_once_unless_another_episode_has_it() -> None:
    live = {path: file(path, retired=NOW) for path in ("audio/a.mp3", "audio/b.mp3")}
    wanted = {"audio/b.mp3": file("audio/b.mp3")}
    plan = plan_publication(wanted, live, kept=live.keys(), purged=live.keys(), now=NOW)
    assert {step.path: step.action for step in plan.steps} == {
        "audio/a.mp3": Action.DELETE,
        "audio/b.mp3": Action.ADOPT,
    }
