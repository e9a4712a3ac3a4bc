from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.commands.show_changes import edit, entry, publish, run, sources

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")


@pytest.fixture
def live(show: Path, tmp_path: Path) -> Path:
    publish(show)
    folder = tmp_path / "live"
    shutil.copytree(show / "public", folder)
    return folder


def test_nothing_differs(show: Path, live: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sources(show)
    assert run(show, "diff", "--against", str(live), "--exit-code") == 0
    assert "nobody notices anything: the feeds are the same" in capsys.readouterr().out
    assert sources(show) == before
    edit(live / "feed.xml", "<?xml version='1.0'", '<?xml version="1.0"')
    assert run(show, "diff", "--against", str(live), "--exit-code") == 0
    assert "the feeds say the same, written in another way" in capsys.readouterr().out
    assert run(show, "diff", "--against", str(live), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["same"], told["noticed"]) == (False, False)


def test_every_detail_has_a_word(
    show: Path, live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(show / "show.yaml", "title: Tiny Runs\n", "title: Tiny Runs\nttl: 77\n")
    edit(show / "show_notes/001-first-run.md", "tags: [running, rest]", "license: cc-by-4.0")
    assert run(show, "diff", "--against", str(live), "--exit-code") == 1
    said = capsys.readouterr().out
    assert "has other details: how long a copy is good" in said
    assert "Why do we run?: has other details: tags (gone), licence" in said


def test_each_change_in_listeners_words(
    show: Path, live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(show / "show_notes/001-first-run.md", "# Why do we run?", "# What makes us run?")
    edit(show / "show_notes/002-two-hills.txt", "2026-03-08", "2026-03-09")
    (show / "show_notes/course-1.md").unlink()
    before = sources(show)
    assert run(show, "diff", "--against", str(live), "--exit-code") == 1
    said = capsys.readouterr().out
    assert "What makes us run?: is its title now, 'Why do we run?' before" in said
    assert "some announce it again" in said
    assert "courses/first-steps/feed.xml:" in said
    assert "!! First Steps: is no longer there" in said
    assert sources(show) == before


def test_against_one_feed_the_others_are_not_spoken_of(
    show: Path, live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(show, "diff", "--against", str(live / "feed.xml")) == 0
    assert "nobody notices anything" in capsys.readouterr().out
    lessons = str(live / "courses/first-steps/feed.xml")
    assert run(show, "diff", "--against", lessons, "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"same": True, "noticed": False, "feeds": {"courses/first-steps/feed.xml": []}}


def test_the_result_as_one_object(
    show: Path, live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    guid = entry(show, "001-first-run")["guid"]
    edit(show / "show_notes/001-first-run.md", "# Why do we run?", "# What makes us run?")
    assert run(show, "diff", "--against", str(live), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    kinds = {row["kind"]: row for row in told["feeds"]["feed.xml"]}
    assert kinds["retitled"]["guid"] == guid
    assert told["noticed"] is True


def test_a_show_with_an_error_is_not_compared(
    show: Path, live: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (show / "show_notes/001-first-run.md").write_text("---\npublished: never\n---\n", "utf-8")
    assert run(show, "diff", "--against", str(live)) == 1
    assert capsys.readouterr().out == ""


def test_nothing_to_compare_with(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(show, "diff") == 2
    assert "error[no-target]" in capsys.readouterr().err
    assert run(show, "diff", "--against", "http://127.0.0.1:1/feed.xml") == 4
    assert run(show, "diff", "--against", "nothing.xml") == 1


def test_the_place_of_publication_is_asked(
    show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = show / "show.yaml"
    edit(settings, "title: Tiny Runs\n", f"title: Tiny Runs\npublish_to: file:{tmp_path / 'www'}\n")
    assert run(show, "diff") == 0
    assert "is a new feed with 2 episodes" in capsys.readouterr().out
    assert run(show, "publish", "-q") == 0
    capsys.readouterr()
    assert run(show, "diff", "--exit-code") == 0
    edit(settings, "title: Tiny Runs\n", "title: Great Runs\n")
    assert run(show, "diff", "--exit-code") == 1
    assert "is the show's name now, 'Tiny Runs' before" in capsys.readouterr().out
