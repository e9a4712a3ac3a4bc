from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from castpress.store import ledger as ledger_file
from castpress.store.output import OutputError
from tests.commands.show_changes import build, entry, items, publish, run, sources

OTHER = Path("tests/corpus/audio/cbr.mp3")


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")


def test_audio_that_was_cut_again_goes_out_under_the_same_guid(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(show)
    before = items(show)
    shutil.copyfile(OTHER, show / "episodes/001-first-run.mp3")
    assert run(show, "build", "-q") == 1
    assert "castpress replace 001-first-run" in capsys.readouterr().err
    assert run(show, "replace", "why-do-we-run") == 0
    said = capsys.readouterr().err
    assert "under the same entry and at a new address" in said
    assert "001-first-run lasts 0:02, 1:30 before" in said
    assert "whether its chapters and its transcript still fit" in said
    assert entry(show, "001-first-run")["revision"] == 1
    build(show)
    after = items(show)
    assert after.keys() == before.keys()
    assert sum(after[guid] != url for guid, url in before.items()) == 1


def test_a_file_from_elsewhere_is_copied_in(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    assert run(show, "replace", "001-first-run", str(OTHER)) == 0
    assert (show / "episodes/001-first-run.mp3").read_bytes() == OTHER.read_bytes()
    assert "episodes/001-first-run.mp3 is overwritten with" in capsys.readouterr().err
    assert not [path for path in (show / "episodes").iterdir() if path.name.startswith(".")]
    build(show)


def test_a_dry_run_changes_not_a_byte(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    before = sources(show)
    assert run(show, "replace", "001-first-run", str(OTHER), "--dry-run") == 0
    assert sources(show) == before
    assert "keep it" in capsys.readouterr().out


def test_without_the_old_audio_here_the_new_one_is_put_in_its_place(show: Path) -> None:
    publish(show)
    (show / "episodes/001-first-run.mp3").unlink()
    assert run(show, "replace", "001-first-run") == 1
    assert run(show, "replace", "001-first-run", str(OTHER)) == 0
    assert (show / "episodes/001-first-run.mp3").read_bytes() == OTHER.read_bytes()
    build(show)


def test_if_the_lock_cannot_be_written_the_old_audio_is_back(
    show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(show)
    before = sources(show)

    def full(root: Path, _ledger: object) -> None:
        raise OutputError(root, "cannot be written; nothing was changed", "tidy up")

    monkeypatch.setattr(ledger_file, "write_ledger", full)
    assert run(show, "replace", "001-first-run", str(OTHER)) == 1
    assert sources(show) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["001-first-run", "tests/corpus/audio/text-named.mp3"], "audio"),
        (["001-first-run", "tests/corpus/audio/nothing.mp3"], "audio-missing"),
        (["001-first-run", "tests/corpus/audio/tone.m4a"], "name-taken"),
        (["001-first-run", "tests/shows/tiny/episodes/course-1.mp3"], "audio-of-another"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    show: Path, capsys: pytest.CaptureFixture[str], words: list[str], code: str
) -> None:
    publish(show)
    before = sources(show)
    assert run(show, "replace", *words) == 1
    assert code in capsys.readouterr().err
    assert sources(show) == before


def test_nothing_to_do_is_said(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    capsys.readouterr()
    before = (show / "show.lock").read_bytes()
    for stem in ("001-first-run", "003-later"):
        assert run(show, "replace", stem) == 0
        assert "Nothing to do" in capsys.readouterr().out
    assert (show / "show.lock").read_bytes() == before


def test_the_result_as_one_object(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    capsys.readouterr()
    assert run(show, "replace", "001-first-run", str(OTHER), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["command"], told["duration_ms"], told["done"]) == ("replace", 2038, True)
