"""The index of the search in builds that take over what they can."""

from __future__ import annotations

import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from castpress.commands import exit_codes
from castpress.render.search_index import unpack_postings
from tests.commands.test_incremental import SETTINGS, build, put, replace, same_as_clean, write
from tests.state.trees import tree

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("search") / "show"
    (root / "episodes").mkdir(parents=True)
    write(root, "show.yaml", SETTINGS)
    for number in (1, 2, 3):
        put(root, number)
    assert build(root)[0] == exit_codes.OK
    return root


@pytest.fixture
def show(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "show")


def found(root: Path, word: str) -> list[str]:
    """The addresses of the episodes that a word finds, the oldest first."""
    index = json.loads((root / "public/search/index.json").read_text("utf-8"))
    entries: dict[str, str] = {}
    for name in index["files"]:
        entries |= json.loads((root / "public/search" / name).read_text("utf-8"))
    numbers = unpack_postings(entries.get(word, ""))
    return [index["episodes"][number][0] for number in numbers]


def test_an_edited_note_is_found_and_costs_what_it_touches(show: Path) -> None:
    every = [f"episodes/talk-{number}/" for number in (1, 2, 3)]
    assert found(show, "goose") == every
    before = tree(show / "public")
    replace(show, "show_notes/002-talk.md", "A goose.", "A heron.")
    assert build(show)[0] == exit_codes.OK
    after = tree(show / "public")
    assert found(show, "goose") == [every[0], every[2]]
    assert found(show, "heron") == [every[1]]
    changed = {path for path in after if before.get(path) != after[path] and "search" in path}
    (words,) = (path for path in changed if path.startswith("search/words-"))
    assert changed == {"episodes/talk-2/search.json", "search/index.json", words}
    same_as_clean(show)


def test_an_episode_more_and_one_less_are_counted_as_a_clean_build_counts(show: Path) -> None:
    put(show, 4)
    same_as_clean(show)
    assert len(found(show, "goose")) == 4
    replace(show, "show_notes/001-talk.md", "---\n", "---\ndraft: true\n")
    same_as_clean(show)
    assert len(found(show, "goose")) == 3


def test_what_was_damaged_is_not_taken_over(show: Path) -> None:
    (words,) = (show / "public/search").glob("words-*.json")
    stat = words.stat()
    words.write_bytes(words.read_bytes().replace(b"goose", b"geese"))
    os.utime(words, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    replace(show, "show_notes/002-talk.md", "A goose.", "A heron.")
    same_as_clean(show)
    assert len(found(show, "goose")) == 2


def test_the_search_goes_when_it_is_turned_off(show: Path) -> None:
    write(show, "show.yaml", SETTINGS + "search: false\n")
    same_as_clean(show)
    assert not [path for path in tree(show / "public") if "search" in path]
    write(show, "show.yaml", SETTINGS)
    same_as_clean(show)
    assert len(found(show, "goose")) == 3


def test_places_that_were_damaged_are_mended_with_the_index(show: Path) -> None:
    good = tree(show / "public")
    place = show / "public/episodes/talk-2/search.json"
    stat = place.stat()
    place.write_bytes(place.read_bytes().replace(b"]]", b"[["))
    os.utime(place, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    (words,) = (show / "public/search").glob("words-*.json")
    words.unlink()
    assert build(show)[0] == exit_codes.OK
    assert found(show, "goose") == ["episodes/talk-1/", "episodes/talk-3/"]
    assert build(show, "--verify")[0] == exit_codes.OK
    assert tree(show / "public") == good


def test_an_edited_page_is_found_and_costs_what_it_touches(show: Path) -> None:
    write(show, "pages/about.md", "# About\n\n## The goose\n\nBites.\n")
    write(show, "pages/pace.md", "---\ntype: article\npublished: 2026-03-02 12:00\n---\nA goose.")
    assert build(show)[0] == exit_codes.OK
    talks = [f"episodes/talk-{number}/" for number in (1, 2, 3)]
    assert found(show, "goose") == ["about/", *talks[:2], "articles/pace/", talks[2]]
    same_as_clean(show)
    before = tree(show / "public")
    replace(show, "pages/about.md", "Bites.", "Hisses.")
    assert build(show)[0] == exit_codes.OK
    after = tree(show / "public")
    changed = {path for path in after if before.get(path) != after[path] and "search" in path}
    (words,) = (path for path in changed if path.startswith("search/words-"))
    assert changed == {"about/search.json", "search/index.json", words}
    assert found(show, "hisses") == ["about/"]
    same_as_clean(show)
    replace(show, "pages/about.md", "# About", "---\nsearch: false\n---\n# About")
    same_as_clean(show)
    assert found(show, "hisses") == []
    assert not (show / "public/about/search.json").exists()
