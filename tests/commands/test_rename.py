from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from castpress.cli import main
from castpress.store import ledger as ledger_file
from castpress.store.output import OutputError
from tests.commands.show_changes import build, edit, entry, items, publish, run, sources

if TYPE_CHECKING:
    from pathlib import Path


def test_files_and_entry_get_the_new_name_and_nobody_notices(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(show)
    edit(show / "show_notes/001-first-run.md", "tags:", "episode: 1\ntags:")
    publish(show)
    before, output = items(show), sources(show / "public")
    assert run(show, "rename", "001-first-run", "one") == 0
    assert "Nobody notices" in capsys.readouterr().err
    names = {path.name for path in show.rglob("*") if path.stem in ("one", "001-first-run")}
    assert names == {"one.md", "one.vtt", "one.mp3"}
    assert entry(show, "one")["slug"] == "why-do-we-run"
    build(show)
    assert items(show) == before
    # Only the state of the build knows names of files.
    after = sources(show / "public")
    assert {p: d for p, d in after.items() if ".castpress" not in p} == {
        p: d for p, d in output.items() if ".castpress" not in p
    }


@pytest.mark.parametrize(
    "name",
    [
        "001-first-run",
        "001-first-run.md",
        "show_notes/001-first-run.md",
        "episodes/001-first-run.mp3",
        "why-do-we-run",
        "GUID",
    ],
)
def test_an_episode_goes_by_many_names(show: Path, name: str) -> None:
    publish(show)
    guid = str(entry(show, "001-first-run")["guid"]).upper()
    assert run(show, "rename", guid if name == "GUID" else name, "one.md") == 0
    assert (show / "show_notes/one.md").exists()


def test_a_dry_run_changes_not_a_byte(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    before = sources(show)
    assert run(show, "rename", "001-first-run", "one", "--dry-run") == 0
    assert sources(show) == before
    assert "show_notes/001-first-run.md becomes one.md" in capsys.readouterr().out


def test_files_that_have_the_name_already_need_only_the_entry(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Renamed by hand, in a clone without audio: the build asks, the answer is this command."""
    publish(show)
    before = items(show)
    for file in (show / "episodes").iterdir():
        file.unlink()
    for ending in (".md", ".vtt"):
        old = show / f"show_notes/001-first-run{ending}"
        old.rename(old.with_name(f"one{ending}"))
    assert run(show, "build", "-q") == 1
    assert "castpress rename 001-first-run one" in capsys.readouterr().err
    assert run(show, "rename", "001-first-run", "one") == 0
    build(show)
    assert items(show) == before


def test_what_is_there_is_never_overwritten(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    before = sources(show)
    assert run(show, "rename", "001-first-run", "002-two-hills") == 1
    assert "error[name-taken]" in capsys.readouterr().err
    (show / "episodes/one.mp3").write_bytes(b"")
    before = sources(show)
    assert run(show, "rename", "001-first-run", "one") == 1
    assert sources(show) == before


@pytest.mark.parametrize("name", ["", "../one", "a/b", ".one", "one\n", "x" * 300, "one~"])
def test_a_name_that_no_file_can_have(show: Path, name: str) -> None:
    build(show)
    before = sources(show)
    assert run(show, "rename", "001-first-run", name) == (0 if name == "one\n" else 2)
    assert (sources(show) == before) is (name != "one\n")


def test_a_slip_of_the_pen_is_answered(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(show)
    assert run(show, "rename", "001-frist-run", "one") == 2
    assert "did you mean 001-first-run?" in capsys.readouterr().err
    assert run(show, "rename", "qqq", "one") == 2
    assert "error[unknown-episode]" in capsys.readouterr().err


def test_audio_that_a_note_names_keeps_its_name(show: Path) -> None:
    edit(show / "show_notes/001-first-run.md", "tags:", "audio: 001-first-run.mp3\ntags:")
    publish(show)
    assert run(show, "rename", "001-first-run", "one") == 0
    assert (show / "episodes/001-first-run.mp3").exists()
    build(show)


def test_an_episode_that_was_never_out_is_renamed_too(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(show)
    lock = (show / "show.lock").read_bytes()
    assert run(show, "rename", "003-later", "004-later") == 0
    assert "has not been out yet" in capsys.readouterr().err
    assert (show / "episodes/004-later.mp3").exists()
    assert (show / "show.lock").read_bytes() == lock


def test_a_renaming_that_fails_half_way_is_undone(
    show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(show)
    before = sources(show)

    def full(root: Path, _ledger: object) -> None:
        raise OutputError(root, "cannot be written: no space left; nothing was changed", "tidy up")

    monkeypatch.setattr(ledger_file, "write_ledger", full)
    assert run(show, "rename", "001-first-run", "one") == 1
    assert sources(show) == before


def test_a_number_that_only_the_name_gave_is_pointed_out(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(show)
    assert run(show, "rename", "001-first-run", "one") == 0
    assert "1 becomes none; write `episode: 1`" in capsys.readouterr().err


def test_a_half_done_renaming_is_completed(show: Path) -> None:
    """As after a kill between two files."""
    publish(show)
    old = show / "show_notes/001-first-run.md"
    old.rename(old.with_name("one.md"))
    assert run(show, "rename", "001-first-run", "one") == 0
    assert (show / "episodes/one.mp3").exists()
    assert (show / "show_notes/001-first-run.vtt").exists() is False
    assert entry(show, "one")["slug"] == "why-do-we-run"


def test_transcripts_of_all_names_go_along(show: Path) -> None:
    publish(show)
    endings = (".de.vtt", ".mp3.json", ".transcript.pt-BR.txt", "-transcript.fr.md")
    for ending in endings:
        (show / f"show_notes/001-first-run{ending}").write_text("[0:00] Ida: Na.\n")
    (show / "show_notes/001-first-run-2.vtt").write_text("WEBVTT\n")

    assert run(show, "rename", "001-first-run", "one") == 0

    assert {file.name for file in (show / "show_notes").glob("*one*")} == {
        "one.md", "one.vtt", *(f"one{ending}" for ending in endings),
    }  # fmt: skip
    assert [file.name for file in (show / "show_notes").glob("001*")] == ["001-first-run-2.vtt"]


def test_names_in_any_form_of_unicode(show: Path) -> None:
    publish(show)
    assert run(show, "rename", "001-first-run", "cafe\u0301") == 0
    assert (show / "episodes/café.mp3").exists()
    assert run(show, "rename", "cafe\u0301", "two") == 0
    assert (show / "show_notes/two.md").exists()


def test_the_result_as_one_object(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    capsys.readouterr()
    assert run(show, "rename", "001-first-run", "one", "--json") == 0
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    told = json.loads(out)
    assert (told["command"], told["episode"], told["done"]) == ("rename", "one", True)
    assert told["notices"][0].startswith("Nobody notices")
    assert run(show, "rename", "one", "one", "--json") == 0
    assert json.loads(capsys.readouterr().out)["done"] is False


def test_without_a_show_or_with_a_broken_lock_nothing_is_renamed(
    show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rename", "--show", str(tmp_path / "nothing"), "a", "b"]) == 1
    assert "error[no-show]" in capsys.readouterr().err
    (show / "show.lock").write_text("<<<<<<<", "utf-8")
    assert run(show, "rename", "001-first-run", "one") == 1
    assert "error[unreadable-lock]" in capsys.readouterr().err
