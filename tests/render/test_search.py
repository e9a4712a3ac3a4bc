"""What can be found: words, what they weigh, and an index in which every word finds its episode."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path, PurePosixPath
from random import Random
from typing import TYPE_CHECKING

import pytest

from castpress.model.podcast import Release, Remark
from castpress.read.own_pages import parse_page
from castpress.render.catalogue import catalogue
from castpress.render.groups import groups_of
from castpress.render.pages import render_pages
from castpress.render.script import without_notes
from castpress.render.search_document import (
    Kind,
    render_page_document,
    render_search_document,
    weights_of,
)
from castpress.render.search_index import (
    cut_words,
    edit_words,
    join_words,
    pack_postings,
    unpack_postings,
    unpack_words,
)
from castpress.render.search_page import render_search_files
from castpress.render.search_words import words_of
from tests.render import sample
from tests.render.search_texts import FOLDED

if TYPE_CHECKING:
    from castpress.model.artifact import Artifact
    from castpress.model.own_pages import OwnPage
    from castpress.model.podcast import Edition

SYLLABLES = ("ba", "ge", "ni", "ost", "ru", "東", "京", "مر", "한", "é")


@pytest.mark.parametrize(("text", "words"), FOLDED)
def test_words(text: str, words: list[str]) -> None:
    assert words_of(text) == words


def test_a_word_of_any_length_is_looked_up_by_its_beginning() -> None:
    assert words_of("a" * 10_000) == ["a" * 40]


def search_files(edition: Edition) -> list[Artifact]:
    """All that the search page loads, the index last."""
    listed = catalogue(edition)
    return list(render_search_files(listed, groups_of(listed)))


def document(stem: str) -> list[list[object]]:
    """The places that can be found of one episode of the sample."""
    listed = catalogue(sample.EDITION)
    release = next(r for r in sample.EDITION.releases if r.episode.slug == stem)
    artifact = render_search_document(release, listed.frame)
    assert artifact.path == release.episode.page_path + "search.json"
    places: list[list[object]] = json.loads(artifact.content or b"")
    return places


def test_a_document_says_where_each_place_opens() -> None:
    places = document("turning-from-the-middle")
    assert places[0] == [Kind.TITLE, "", "Why does your mid-back decide how far you can run?"]
    assert [Kind.CHAPTER, 405, "Which way first?"] in places
    assert [Kind.PERSON, "", "Coach Mira"] in places
    said = [place for place in places if place[0] == Kind.TRANSCRIPT]
    assert said
    assert all(isinstance(place[1], int | float) for place in said)
    notes = [place for place in places if place[0] == Kind.NOTES]
    assert all(place[1] == "" or str(place[1])[0] in "#0123456789" for place in notes)


def test_a_transcript_without_times_opens_where_it_begins() -> None:
    listed = catalogue(sample.EDITION)
    release = next(r for r in sample.EDITION.releases if r.episode.transcripts)
    spoken = release.episode.transcripts[0]
    untimed = replace(spoken, cues=(), remarks=(Remark("Nobody timed this."),))
    episode = replace(release.episode, transcripts=(untimed,))
    artifact = render_search_document(replace(release, episode=episode), listed.frame)
    assert [5, "#page_transcript", "Nobody timed this."] in json.loads(artifact.content or b"")


@pytest.mark.parametrize(
    ("places", "word", "kinds", "step"),
    [
        ([[0, "", "Hills"]], "hills", 8, 0),
        ([[0, "", "Hills"], [5, 3, "hills hills"]], "hills", 9, 1),
        ([[1, 3, "Hills"], [2, "", "Hills"], [3, "", "Hills"], [4, "", "Hills"]], "hills", 6, 2),
        ([[4, "#up", "text", "Hills"]], "hills", 2, 0),
        ([[5, 3, "up " * 8]], "up", 1, 3),
        ([[5, 3, "up " * 800]], "up", 1, 3),
    ],
)
def test_weights(places: list[list[object]], word: str, kinds: int, step: int) -> None:
    assert weights_of(json.dumps(places).encode())[word] == kinds * 4 + step


def test_postings_say_what_was_packed() -> None:
    chance = Random(7)
    for _ in range(200):
        weights = {chance.randrange(3_000): chance.randrange(4, 64) for _ in range(40)}
        assert unpack_postings(pack_postings(weights)) == dict(sorted(weights.items()))


def some_episodes(chance: Random, count: int) -> list[dict[str, int]]:
    def word() -> str:
        return "".join(chance.choices(SYLLABLES, k=chance.randint(1, 4)))

    return [
        {word(): chance.randrange(4, 64) for _ in range(chance.randrange(200))}
        for _ in range(count)
    ]


def test_every_word_finds_its_episodes() -> None:
    episodes = some_episodes(Random(3), 60)
    files = cut_words(join_words(episodes))
    found: dict[str, dict[int, int]] = {}
    for start, artifact in files:
        entries = unpack_words(artifact.content or b"")
        assert next(iter(entries)) == start
        found |= {word: unpack_postings(text) for word, text in entries.items()}
    assert len(files) > 1
    for number, weights in enumerate(episodes):
        assert all(found[word][number] == weight for word, weight in weights.items())
    assert sum(map(len, found.values())) == sum(map(len, episodes))


def test_an_edited_index_is_the_joined_one() -> None:
    chance = Random(5)
    episodes = some_episodes(chance, 30)
    entries = join_words(episodes)
    for number in (0, 7, 29):
        (new,) = some_episodes(chance, 1)
        kept = dict(list(episodes[number].items())[::2])
        edit_words(entries, number, episodes[number], kept | new)
        episodes[number] = kept | new
    assert entries == join_words(episodes)
    edit_words(entries, 30, {}, {"newest": 5})
    assert entries == join_words([*episodes, {"newest": 5}])


def test_one_word_more_changes_few_files() -> None:
    entries = {f"word{number:05}": "?" * 60 for number in range(20_000)}
    before = {artifact.path for _, artifact in cut_words(entries)}
    after = {artifact.path for _, artifact in cut_words(entries | {"word00000a": "?" * 60})}
    assert len(before) > 20
    assert len(after - before) <= 2


def test_files_of_words_are_neither_small_nor_large() -> None:
    entries = {f"word{number:05}": "?" * 60 for number in range(20_000)}
    lengths = [len(artifact.content or b"") for _, artifact in cut_words(entries)]
    assert min(lengths[:-1]) > 20_000
    assert max(lengths) < 100_000


def test_a_new_episode_keeps_the_numbers_of_the_others() -> None:
    def listed(releases: tuple[Release, ...]) -> list[list[str]]:
        edition = replace(sample.EDITION, releases=releases)
        *_, index = search_files(edition)
        rows: list[list[str]] = json.loads(index.content or b"")["episodes"]
        return rows

    newest_first = sorted(sample.EDITION.releases, key=lambda r: r.published, reverse=True)
    before = listed(tuple(newest_first[1:]))
    after = listed(tuple(newest_first))
    assert after[:-1] == before
    assert after[-1][0] == newest_first[0].episode.page_path


def test_the_page_may_ask_its_own_site_only() -> None:
    artifacts, problems = render_pages(sample.EDITION, sample.templates())
    assert not problems
    text = next((a.content or b"").decode() for a in artifacts if a.path == "search/index.html")
    policy = text.partition('Content-Security-Policy" content="')[2].partition('"')[0]
    rules = [rule.split() for rule in policy.replace("&#39;", "'").split(";")]
    assert ["form-action", "'self'"] in rules
    assert ["connect-src", "'self'"] in rules
    assert ["script-src", "'self'"] in rules


def test_the_front_page_says_how_the_site_is_searched() -> None:
    artifacts, _ = render_pages(sample.EDITION, sample.templates())
    text = next((a.content or b"").decode() for a in artifacts if a.path == "index.html")
    data = json.loads(text.partition('application/ld+json">')[2].partition("</script>")[0])
    target = data["isPartOf"]["potentialAction"]["target"]["urlTemplate"]
    assert target == sample.EDITION.show.url("search/") + "?q={search_term_string}"


def test_the_script_is_small() -> None:
    script = without_notes(Path("templates/search.js").read_text("utf-8"))
    assert len(gzip.compress(script.encode(), mtime=0)) <= 3_100


def test_a_show_may_have_none() -> None:
    show = replace(sample.EDITION.show, has_search=False)
    artifacts, problems = render_pages(replace(sample.EDITION, show=show), sample.templates())
    assert not problems
    for artifact in artifacts:
        assert "search" not in artifact.path
        if artifact.path.endswith(".html"):
            assert b"search/" not in (artifact.content or b""), artifact.path


GEAR = PurePosixPath("pages/gear.md")


def own_page(text: str, file: PurePosixPath = GEAR) -> OwnPage:
    page, problems = parse_page(text, file)
    assert page is not None
    assert not problems
    return page


def test_a_page_of_the_authors_own_is_found_by_its_sections() -> None:
    page = own_page(
        "---\ntype: article\nauthor: Mira\nsummary: What we wear.\n---\n"
        "# Gear\n\nAll of it.\n\n## Shoes\n\nLight ones.\n\n## Socks\n"
    )

    document = render_page_document(page)

    assert document.path == "articles/gear/search.json"
    assert json.loads(document.content or b"") == [
        [Kind.TITLE, "", "Gear"],
        [Kind.PERSON, "", "Mira"],
        [Kind.SECTION, "", "What we wear."],
        [Kind.SECTION, "", "All of it."],
        [Kind.SECTION, "#shoes", "Light ones.", "Shoes"],
        [Kind.SECTION, "#socks", "", "Socks"],
    ]
    weights = weights_of(document.content or b"")
    assert (weights["shoes"] // 4, weights["light"] // 4, weights["socks"] // 4) == (4, 2, 4)


def test_pages_stand_in_the_index_among_the_episodes_by_their_dates() -> None:
    newest = max(release.published for release in sample.EDITION.releases)
    pages = (
        own_page("# Gear\n\nShoes.\n"),
        own_page("---\nsearch: false\n---\nHidden.\n", PurePosixPath("pages/hidden.md")),
        own_page(
            f"---\ntype: article\npublished: {newest.year + 1}-01-01\n---\nNew.\n",
            PurePosixPath("pages/new.md"),
        ),
    )

    *others, index = search_files(replace(sample.EDITION, pages=pages))

    rows = json.loads(index.content or b"")["episodes"]
    assert rows[0] == ["gear/", "Gear", "", 0]
    assert rows[-1] == ["articles/new/", "New", f"1 January {newest.year + 1}", 1]
    assert all(len(row) == 3 for row in rows[1:-1])
    assert len(rows) == len(sample.EDITION.releases) + 2
    assert not [artifact for artifact in others if "hidden" in artifact.path]
