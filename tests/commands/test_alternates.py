"""Other encodings of an episode: from episodes/ to feed, show.lock and place of publication."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from castpress.cli import main
from castpress.model.publication.plan import Action
from castpress.read.feed import parse_feed
from castpress.store.ledger import read_ledger
from tests.commands.publishing_sample import LATER, NOW, publish_to, site_of, tree, wish_for

if TYPE_CHECKING:
    from castpress.commands.publishing.show import Published
    from castpress.model.feed_tags import AlternateEnclosure

SOUNDS = Path("tests/corpus/audio")
BASE = "https://works.example/"
SETTINGS = """\
title: A Show in the Works
base_url: https://works.example/
guid: 5c0b2f0e-6b1c-5a55-8f0e-0a4c2f1d9b77
description: Made to be edited.
author: Ida Berg
categories: [Sports > Running]
"""
NOTE = "---\npublished: {date} 06:00\n---\n# {title}\n\nWords.\n"


def put(root: Path, sound: str, name: str) -> None:
    shutil.copyfile(SOUNDS / sound, root / "episodes" / name)


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """One episode that is out and one that is not, both with an Opus file; sounds of 2 s each."""
    root = tmp_path / "show"
    for folder in ("episodes", "show_notes"):
        (root / folder).mkdir(parents=True)
    (root / "show.yaml").write_text(SETTINGS)
    for stem, title, date in (("1-out", "Out", "2026-03-01"), ("2-later", "Later", "2031-01-01")):
        (root / f"show_notes/{stem}.md").write_text(NOTE.format(title=title, date=date))
    put(root, "cbr.mp3", "1-out.mp3")
    put(root, "chapters.opus", "1-out.opus")
    put(root, "mpeg2-mono-22k.mp3", "1-out.low.mp3")
    put(root, "tone.wav", "1-out.wav")
    put(root, "vbr-xing.mp3", "2-later.mp3")
    put(root, "chapters.ogg", "2-later.ogg")
    return root


def publish(root: Path, *, later: bool = False, **more: object) -> Published:
    now = LATER if later else NOW
    return publish_to(site_of(root), wish_for(root, now=now, **more), now)


def listed(root: Path, number: int = 0) -> tuple[AlternateEnclosure, ...]:
    """The alternates of an item of the live feed, each of whose files is there to the last byte."""
    site = root.parent / "site"
    feed, _ = parse_feed((site / "feed.xml").read_bytes(), PurePosixPath("feed.xml"))
    assert feed is not None
    found = feed.items[number].alternates
    files = tree(site)
    for one in found:
        path = one.sources[0].removeprefix(BASE)
        assert files[path] == one.sha256
        assert (site / path).stat().st_size == one.byte_length
        assert one.sha256[:32] in path
    return found


def titles(root: Path, number: int = 0) -> list[str | None]:
    return [one.title for one in listed(root, number)]


def clone_of(root: Path, where: Path) -> Path:
    """What a timed job has: everything but audio, output and cache."""
    ignored = shutil.ignore_patterns("public", ".cache", "episodes")
    shutil.copytree(root, where / "show", ignore=ignored)
    # To compile templates takes longer than all the rest; Jinja holds them to their texts.
    compiled = ".cache/castpress/templates"
    shutil.copytree(root / compiled, where / "show" / compiled)
    return where / "show"


def without_media(files: dict[str, str]) -> dict[str, str]:
    return {p: d for p, d in files.items() if not p.startswith(("audio/", ".castpress/"))}


def test_published_kept_in_show_lock_and_repeated_without_the_audio(
    show: Path, tmp_path: Path
) -> None:
    published = publish(show)
    assert published.is_done
    assert titles(show) == ["Opus", "Low bandwidth"]
    assert not list((tmp_path / "site/audio").glob("*.wav"))
    # Of what is not out nothing but the bytes is there, under names that tell nothing.
    entry = next(e for e in read_ledger(show)[0].entries if e.stem == "2-later")
    assert entry.audio is not None
    (waiting,) = entry.audio.alternates
    assert re.fullmatch(r"audio/[0-9a-f]{32}\.ogg", waiting.sources[0])
    assert tree(tmp_path / "site")[waiting.sources[0]] == waiting.sha256
    public = (tmp_path / "site/.castpress/show.lock").read_text()
    assert waiting.sources[0] in public
    assert "later" not in public.casefold()

    clone = clone_of(show, tmp_path / "clone")
    before = tree(tmp_path / "site")
    again = publish_to(site_of(show), wish_for(clone))
    assert again.prepared is None or again.prepared.plan.is_empty
    assert tree(tmp_path / "site") == before
    assert without_media(tree(clone / "public")) == without_media(tree(show / "public"))
    assert (clone / "show.lock").read_bytes() == (show / "show.lock").read_bytes()

    # The clone releases the other one, with the Ogg file that waits.
    assert publish_to(site_of(show), wish_for(clone, now=LATER), LATER).is_done
    assert titles(show, 0) == ["Ogg Vorbis"]
    assert listed(show, 0)[0].sources == (BASE + waiting.sources[0],)
    assert titles(show, 1) == ["Opus", "Low bandwidth"]


def test_one_that_changes_gets_a_new_address_and_one_that_goes_is_kept_a_while(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(show)
    opus, low = listed(show)
    cut = str(SOUNDS / "two-id3v2.mp3")
    assert main(["replace", "--show", str(show), "1-out", cut, "--dry-run"]) == 0
    told = "Look whether 1-out.opus, 1-out.low.mp3 beside it have the new audio."
    assert told in capsys.readouterr().out
    put(show, "chained.opus", "1-out.opus")
    (show / "episodes/1-out.low.mp3").unlink()
    published = publish(show)

    (new,) = listed(show)
    assert new.sources != opus.sources
    assert published.prepared is not None
    plan = published.prepared.plan
    gone = {one.sources[0].removeprefix(BASE) for one in (opus, low)}
    assert {step.path for step in plan.of(Action.RETIRE)} == gone
    assert gone <= tree(show.parent / "site").keys()
    # Uploaded before any page or feed that names it.
    first = plan.of(Action.UPLOAD)[0]
    assert first.path == new.sources[0].removeprefix(BASE)

    # Back again: the same bytes at the same address, though the page has another one by now.
    put(show, "chapters.opus", "1-out.opus")
    assert publish(show).is_done
    assert listed(show)[0].sources == opus.sources
    note = show / "show_notes/1-out.md"
    note.write_text(note.read_text().replace("---\n", "---\nslug: elsewhere\n", 1))
    assert publish(show).is_done
    assert listed(show)[0].sources == opus.sources


def test_the_main_file_never_changes_by_what_lies_beside_it(show: Path) -> None:
    (show / "episodes/1-out.mp3").rename(show / "keep.mp3")
    (show / "episodes/1-out.low.mp3").unlink()
    publish(show)
    (show / "keep.mp3").rename(show / "episodes/1-out.mp3")

    # The Opus file was the episode: who has it must not get another.
    assert publish(show).is_done
    assert titles(show) == ["MP3"]


def test_one_that_lies_alone_is_not_taken_for_the_episode(show: Path) -> None:
    publish(show)
    before = listed(show)
    (show / "episodes/1-out.mp3").unlink()
    (show / "episodes/1-out.low.mp3").unlink()

    assert publish(show).is_done
    assert listed(show) == before


def test_one_that_is_gone_is_told(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish(show)
    (show / "episodes/1-out.opus").unlink()
    capsys.readouterr()

    assert main(["build", "--show", str(show), "--now", NOW.isoformat()]) == 0
    assert "warning[alternate-gone]: Opus of 'Out' is published" in capsys.readouterr().err


def test_renaming_takes_them_along(show: Path) -> None:
    put(show, "cbr.mp3", "1-out.raw.mp3")
    assert main(["rename", "--show", str(show), "1-out", "9-first"]) == 0
    assert {path.name for path in (show / "episodes").iterdir()} == {
        *("1-out.raw.mp3", "2-later.mp3", "2-later.ogg"),
        *("9-first.mp3", "9-first.opus", "9-first.low.mp3", "9-first.wav"),
    }


def test_a_lost_show_lock_finds_them_in_the_feed(show: Path, tmp_path: Path) -> None:
    publish(show)
    clone = clone_of(show, tmp_path / "clone")
    (clone / "show.lock").unlink()
    assert main(["lock", "--show", str(clone), "--from", str(tmp_path / "site")]) == 0
    out = {e.stem: e.audio for e in read_ledger(clone)[0].entries}["1-out"]
    known = {e.stem: e.audio for e in read_ledger(show)[0].entries}["1-out"]
    assert out is not None
    assert known is not None
    assert out.alternates == known.alternates


def test_what_cannot_be_published_is_told(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(show, "cbr.mp3", "1-out.hq.mp3")
    put(show, "cbr-info.mp3", "1-out.de.mp3")
    put(show, "mpeg25-mono-8k.mp3", "1-out.8k.mp3")
    put(show, "text-named.mp3", "1-out.sd.mp3")
    (show / "episodes/1-out.mono.mp3").write_bytes(SOUNDS.joinpath("joined-plain.mp3").read_bytes())
    assert main(["check", "--show", str(show), "--format", "json", "--now", NOW.isoformat()]) == 1
    said = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = {(problem["code"], PurePosixPath(problem["file"]).name) for problem in said}
    assert {
        ("alternate-repeated", "1-out.hq.mp3"),
        ("alternate-left-out", "1-out.mono.mp3"),
        ("not-audio", "1-out.sd.mp3"),
        ("master-left-out", "1-out.wav"),
    } <= told
    # Opus beside an MP3 is what it is for.
    assert not any(code == "audio-not-for-apple" for code, _ in told)
