from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from castpress.cli import main
from castpress.store.audio.tagging import tag_copy

if TYPE_CHECKING:
    from collections.abc import Callable

EXPECTED = Path("tests/shows/tiny/expected")
NOW = "2026-11-21T12:00:00+00:00"
TEXTS = (".html", ".xml", ".json", ".txt", ".vtt", ".srt")


def build(root: Path, *words: str) -> int:
    return main(["build", "--show", str(root), "--now", NOW, "-q", *words])


def tree(folder: Path) -> dict[str, str]:
    """The digest of each file of an output."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".castpress" not in path.parts
    }


def test_the_tiny_show_becomes_what_is_recorded(
    show: Path,
    golden: Callable[[Path, bytes | str], None],
    request: pytest.FixtureRequest,
) -> None:
    assert build(show) == 0
    public = show / "public"
    if request.config.getoption("--accept"):
        shutil.rmtree(EXPECTED, ignore_errors=True)
    golden(EXPECTED / "files.txt", "".join(f"{path}\n" for path in tree(public)))
    golden(EXPECTED / "show.lock", (show / "show.lock").read_bytes())
    for path in sorted(public.rglob("*")):
        if path.suffix in TEXTS and ".castpress" not in path.parts:
            golden(EXPECTED / path.relative_to(public), path.read_bytes())


def test_nothing_of_what_waits_leaves_before_its_time(show: Path) -> None:
    build(show)
    for path in (show / "public").rglob("*"):
        if path.is_file():
            assert b"future" not in path.read_bytes().lower(), path


def test_a_late_build_releases_with_the_promised_date(show: Path) -> None:
    assert main(["build", "--show", str(show), "--now", "2031-06-01", "-q"]) == 0
    feed = (show / "public/feed.xml").read_text("utf-8")
    assert "A run in the future" in feed
    assert "Wed, 01 Jan 2031 00:00:00 +0100" in feed or "Wed, 01 Jan 2031 06:00:00 +0100" in feed


def test_the_same_input_gives_the_same_bytes_anywhere(show: Path, tmp_path: Path) -> None:
    """Another clock, zone, locale, hash seed, file order and folder; the cache thrown away."""
    build(show)
    expected = tree(show / "public")
    lock = (show / "show.lock").read_bytes()
    for number, (zone, language, seed) in enumerate(
        [("Pacific/Auckland", "C", "1"), ("America/St_Johns", "de_DE.UTF-8", "77")]
    ):
        root = tmp_path / f"elsewhere-{number}" / "show"
        root.mkdir(parents=True)
        for path in sorted(show.rglob("*"), reverse=number == 1):
            relative = path.relative_to(show)
            if path.is_file() and not {"public", ".cache"} & set(relative.parts):
                (root / relative).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, root / relative)
                os.utime(root / relative, (1_000_000_000 + number, 1_000_000_000 + number))
        (root / "show.lock").unlink()
        environment = {
            **os.environ,
            "TZ": zone,
            "LC_ALL": language,
            "LANG": language,
            "PYTHONHASHSEED": seed,
            "SOURCE_DATE_EPOCH": "1795262400",
        }
        subprocess.run(
            [sys.executable, "-m", "castpress", "build", "--show", str(root), "-q"],
            env=environment,
            check=True,
        )
        assert tree(root / "public") == expected
        assert (root / "show.lock").read_bytes() == lock


def test_a_second_build_changes_nothing(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    build(show)
    capsys.readouterr()
    assert main(["build", "--show", str(show), "--now", NOW]) == 0
    assert "nothing has changed" in capsys.readouterr().err


def test_warnings_stop_a_strict_build(show: Path) -> None:
    (show / "episodes/004-lonely.mp3").write_bytes(b"")
    assert build(show) == 0
    shutil.rmtree(show / "public")
    assert build(show, "--strict") == 1
    assert not (show / "public").exists()


def test_an_error_leaves_the_last_output_as_it_was(show: Path) -> None:
    build(show)
    before = tree(show / "public")
    (show / "show_notes/001-first-run.md").write_text("---\npublished: never\n---\n", "utf-8")
    assert build(show) == 1
    assert tree(show / "public") == before


def test_a_renamed_episode_keeps_its_guid(show: Path) -> None:
    build(show)
    before = guids(show)
    for folder, ending in (("episodes", ".mp3"), ("show_notes", ".md"), ("show_notes", ".vtt")):
        old = show / folder / f"001-first-run{ending}"
        old.rename(old.with_name(f"one{ending}"))
    build(show)
    assert guids(show) == before


def guids(show: Path) -> list[str]:
    data = json.loads((show / "show.lock").read_text("utf-8"))
    assert not [entry for entry in data["episodes"] if entry.get("retired")]
    return sorted(entry["guid"] for entry in data["episodes"])


def test_the_published_audio_is_a_copy(show: Path) -> None:
    source = (show / "episodes/001-first-run.mp3").read_bytes()
    build(show)
    assert (show / "episodes/001-first-run.mp3").read_bytes() == source
    published = next((show / "public/audio").glob("why-*.mp3"))
    digest = hashlib.sha256(published.read_bytes()).hexdigest()
    assert published.stem.endswith(digest[:32])


def test_published_audio_that_was_written_into_is_put_right(show: Path) -> None:
    """It is a hard link of the cache's file, so the cache was changed with it."""
    build(show)
    before = tree(show / "public")
    published = next((show / "public/audio").glob("why-*.mp3"))
    data = bytearray(published.read_bytes())
    data[-1] ^= 1
    with published.open("r+b") as file:
        file.write(data)
    assert tree(show / "public") != before
    build(show)
    assert tree(show / "public") == before


def test_audio_that_changes_while_it_is_read_is_not_published(
    show: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The export is still running: what is copied is not what was listened to."""
    source = show / "episodes/001-first-run.mp3"
    good = source.read_bytes()

    def tag_while_it_grows(*words: object) -> None:
        source.write_bytes(good + good)
        tag_copy(*words)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr("castpress.store.audio.tagging.tag_copy", tag_while_it_grows)
        assert build(show) == 1
    assert "error[audio-changed]" in capsys.readouterr().err
    assert not (show / "public").exists()
    source.write_bytes(good)
    assert build(show) == 0
    published = next((show / "public/audio").glob("why-*.mp3")).read_bytes()
    assert len(published) < len(good) + 60_000


def test_an_address_that_never_was_out_is_not_kept(show: Path) -> None:
    note = show / "show_notes/001-first-run.md"
    text = note.read_text("utf-8")
    note.write_text(text.replace("tags:", "slug: first-try\ntags:"), "utf-8")
    (show / "public").mkdir()
    (show / "public/mine.txt").write_text("not castpress's")
    assert build(show) == 1
    shutil.rmtree(show / "public")
    note.write_text(text, "utf-8")
    assert build(show) == 0
    assert "first-try" not in (show / "show.lock").read_text("utf-8")


def test_a_retitled_episode_keeps_its_address_and_a_new_slug_gets_a_redirect(show: Path) -> None:
    build(show)
    note = show / "show_notes/001-first-run.md"
    text = note.read_text("utf-8").replace("# Why do we run?", "# What makes us run?")
    note.write_text(text, "utf-8")
    assert build(show) == 0
    page = show / "public/episodes/why-do-we-run/index.html"
    assert "What makes us run?" in page.read_text("utf-8")
    note.write_text(text.replace("tags:", "slug: what-makes-us-run\ntags:"), "utf-8")
    assert build(show) == 0
    assert "../what-makes-us-run/" in page.read_text("utf-8")


def test_problems_as_json_and_as_annotations(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (show / "show.yaml").write_text("tilte: x\n", "utf-8")
    main(["check", "--show", str(show), "--format", "json"])
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert any(row["code"] == "unknown-key" and row["line"] == 1 for row in rows)
    main(["check", "--show", str(show), "--format", "github"])
    assert "::error file=show.yaml,line=1,col=1,title=unknown-key::" in capsys.readouterr().out


def test_a_full_disk_is_said_and_changes_nothing(show: Path) -> None:
    """A file-size limit stands in for the disk: the larger files cannot be written."""
    import resource

    ran = subprocess.run(
        [sys.executable, "-m", "castpress", "build", "--show", str(show), "--now", NOW],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000)),
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "error[output-failed]" in ran.stderr
    assert not (show / "public").exists() or tree(show / "public") == {}


def test_an_output_that_is_a_link_to_itself_is_said(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (show / "public").symlink_to("public")
    assert build(show) == 1
    assert "error[output-failed]" in capsys.readouterr().err


def test_an_output_that_cannot_be_written_is_said(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build(show, "--output", "/proc/self/public") == 1
    said = capsys.readouterr().err
    assert "error[output-failed]" in said
    assert "--output" in said


@pytest.mark.parametrize("name", [".", "episodes", "show_notes", "show.yaml"])
def test_sources_are_never_taken_for_the_output(show: Path, name: str) -> None:
    before = sources(show)
    assert build(show, "--output", str(show / name)) != 0
    assert sources(show) == before


def sources(root: Path) -> dict[str, str]:
    made = (".cache", "show.lock")
    return {path: digest for path, digest in tree(root).items() if not path.startswith(made)}
