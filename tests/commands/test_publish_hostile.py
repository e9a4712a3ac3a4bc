"""Legal users who do odd things, and places of publication that lie."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from castpress.cli import main
from tests.commands.publishing_sample import (
    StopHere,
    StoppingTarget,
    hold_readable,
    publish_to,
    remove_course,
    retitle,
    site_of,
    tree,
    wish_for,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAID = "2026-11-21T12:00:00+00:00"
LATER = "2031-06-01T00:00:00+00:00"
FIRST = "Why do we run?"
Data = dict[str, object]


def run(command: str, root: Path, *words: str, now: str = SAID, site: Path | None = None) -> int:
    told = [command, *words, "--show", str(root)]
    if command in ("publish", "rollback"):
        told += ["--to", f"file:{site or root.parent / 'site'}"]
    return main([*told, "--now", now] if command in ("publish", "build") else told)


def codes(said: str) -> set[str]:
    rows = (line for line in said.splitlines() if line.startswith("error["))
    return {line.partition("[")[2].partition("]")[0] for line in rows}


def feed(root: Path) -> str:
    return (root.parent / "site/feed.xml").read_text("utf-8")


def publication(root: Path) -> Data:
    data: Data = json.loads((root.parent / "site/.castpress/publication.json").read_bytes())
    return data


def clone(root: Path, name: str, *without: str) -> Path:
    other = root.parent / name
    shutil.copytree(root, other, ignore=shutil.ignore_patterns(".cache", "public", *without))
    return other


def test_two_shows_do_not_share_a_place(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = clone(show, "other")
    settings = other / "show.yaml"
    text = settings.read_text("utf-8").replace("5c0b2f0e", "11111111")
    settings.write_text(text.replace("tiny.example", "other.example"), "utf-8")
    run("publish", show)
    before = tree(show.parent / "site")
    for words in (["publish"], ["publish", "--allow", "vanished-episodes"], ["rollback"]):
        capsys.readouterr()
        assert run(words[0], other, *words[1:]) == 4
        said = capsys.readouterr().err
        assert codes(said) == {"another-show"}
        assert f"--> file:{show.parent / 'site'}" in said
    assert tree(show.parent / "site") == before
    assert not (other / "show.lock").exists()


@pytest.mark.parametrize("folder", ["", "show_notes", "episodes/old", "public"])
def test_a_place_among_the_files_of_another_show_is_refused(
    show: Path, capsys: pytest.CaptureFixture[str], folder: str
) -> None:
    other = clone(show, "other")
    assert run("publish", show, site=other / folder) == 1
    assert codes(capsys.readouterr().err) == {"target-among-sources"}
    assert not (other / ".castpress").exists()


def test_a_timed_job_does_not_bring_back_what_was_taken_away(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("publish", show)
    retitle(show, "Slander!")
    run("publish", show)
    assert run("rollback", show, "1") == 0
    capsys.readouterr()
    assert run("publish", show, now=LATER) == 1
    assert "would bring back what `castpress rollback` took away" in capsys.readouterr().err
    # Going back once more, or publishing something that is no feed, does not make it forgotten.
    assert run("rollback", show, "1") == 0
    assert run("publish", show, now=LATER) == 1
    assert "Slander!" not in feed(show)
    retitle(show, "Put right")
    assert run("publish", show, now=LATER) == 0
    assert "Put right" in feed(show)
    assert publication(show)["taken_away"] == {}
    hold_readable(show.parent / "site")


def test_what_a_rollback_took_away_may_come_back_on_purpose(show: Path) -> None:
    run("publish", show)
    retitle(show, "Meant")
    run("publish", show)
    run("rollback", show, "1")
    assert run("publish", show, "--allow", "superseded-feed", now=LATER) == 0
    assert "Meant" in feed(show)


def test_a_rollback_does_not_bring_out_what_was_taken_back(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("publish", show)
    run("unpublish", show, "001-first-run")
    run("publish", show)
    before = tree(show.parent / "site")
    capsys.readouterr()
    assert run("rollback", show, "1") == 1
    assert codes(capsys.readouterr().err) == {"withdrawn-in-snapshot"}
    assert tree(show.parent / "site") == before
    run("unpublish", show, "001-first-run", "--undo")
    assert run("rollback", show, "1") == 0
    assert FIRST in feed(show)


def test_what_was_taken_back_is_brought_back_without_ado(show: Path) -> None:
    """The feed is the old one to the byte; show.lock says that this is meant."""
    run("publish", show)
    before = feed(show)
    run("unpublish", show, "001-first-run")
    run("publish", show)
    run("unpublish", show, "001-first-run", "--undo")
    assert run("publish", show) == 0
    assert feed(show) == before


def test_what_was_taken_back_before_it_was_out_stays_back_everywhere(show: Path) -> None:
    run("build", show)
    run("unpublish", show, "001-first-run")
    run("publish", show)
    other = clone(show, "other", "show.lock")
    assert run("publish", other) == 0
    assert FIRST not in feed(show)
    assert "001-first-run" not in (show.parent / "site/.castpress/show.lock").read_text("utf-8")


def test_audio_that_went_from_the_place_is_missed_before_a_feed_names_it(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("publish", show)
    run("unpublish", show, "001-first-run")
    run("publish", show)
    for audio in (show.parent / "site/audio").glob("why-do-we-run-*"):
        audio.unlink()
    run("unpublish", show, "001-first-run", "--undo")
    bare = clone(show, "bare", "*.mp3")
    capsys.readouterr()
    assert run("publish", bare) == 1
    assert codes(capsys.readouterr().err) == {"audio-missing"}
    assert run("publish", show) == 0
    hold_readable(show.parent / "site")


def test_staged_audio_that_went_is_missed_on_the_day(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("publish", show)
    staged = [p for p in (show.parent / "site/audio").iterdir() if len(p.stem) == 32]
    staged[0].unlink()
    bare = clone(show, "bare", "show.lock", "*.mp3", "*.m4a")
    capsys.readouterr()
    assert run("publish", bare, now=LATER) == 1
    assert codes(capsys.readouterr().err) == {"audio-missing"}
    assert run("publish", show, now=LATER) == 0
    hold_readable(show.parent / "site")


def test_a_course_that_has_not_begun_is_not_told(show: Path) -> None:
    with (show / "show.yaml").open("a", encoding="utf-8") as file:
        file.write("  canary-course:\n    title: Canary\n    description: Canary\n")
    shutil.copy(show / "episodes/003-later.mp3", show / "episodes/canary.mp3")
    (show / "show_notes/canary.md").write_text(
        "---\ncourse: canary-course\nlesson: 1\npublished: 2031-02-01\n---\n# Canary\n\nCanary\n",
        "utf-8",
    )
    assert run("publish", show) == 0
    for path in (show.parent / "site").rglob("*"):
        assert "canary" not in path.name
        if path.is_file() and path.suffix not in (".mp3", ".m4a"):
            assert b"canary" not in path.read_bytes().lower(), path


def test_chapters_in_staged_audio_come_back_once_somebody_has_the_file(show: Path) -> None:
    shutil.copy("tests/corpus/audio/chapters.mp3", show / "episodes/010-chapters.mp3")
    (show / "show_notes/010-chapters.md").write_text(
        "---\npublished: 2031-03-01\n---\n# Chaptered\n\nText\n", "utf-8"
    )
    run("publish", show)
    bare = clone(show, "bare", "show.lock", "*.mp3", "*.m4a")
    assert run("publish", bare, now=LATER) == 0
    assert run("publish", show, now=LATER) == 0
    rows = json.loads((show / "show.lock").read_bytes())["episodes"]
    audio = next(row["audio"] for row in rows if row["stem"] == "010-chapters")
    assert len(audio["source"]["chapters"]) == len(audio["tags"]["chapters"]) == 3
    assert (show.parent / "site/episodes/chaptered/chapters.json").exists()
    assert run("publish", clone(show, "third", "show.lock", "*.mp3", "*.m4a"), now=LATER) == 0
    hold_readable(show.parent / "site")


@pytest.mark.parametrize("has_list", [True, False])
def test_with_everything_lost_but_the_place_the_next_publication_is_as_before(
    show: Path, *, has_list: bool
) -> None:
    """Of audio that is neither here nor in show.lock the feed tells half of the digest."""
    run("publish", show)
    site = show.parent / "site"
    feeds = [show.parent / "one.xml", show.parent / "two.xml"]
    shutil.copy(site / "feed.xml", feeds[0])
    shutil.copy(site / "courses/first-steps/feed.xml", feeds[1])
    before = feed(show)
    bare = clone(show, "bare", "show.lock", "episodes")
    if not has_list:
        shutil.rmtree(site / ".castpress")
    else:
        (site / ".castpress/show.lock").unlink()
    # Said one by one, or at once: it is the same.
    assert run("lock", bare, "--from", str(feeds[0]), "--from", str(feeds[1])) == 0
    assert run("publish", bare) == 0
    assert feed(show) == before
    hold_readable(site)
    rows = json.loads((bare / "show.lock").read_bytes())["episodes"]
    assert {len(row["audio"]["sha256"]) for row in rows} == {64}
    assert run("publish", bare, "--verify") == 0


def test_a_recovered_digest_is_no_licence_for_other_bytes(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("publish", show)
    site = show.parent / "site"
    feeds = [str(site / "feed.xml"), str(site / "courses/first-steps/feed.xml")]
    bare = clone(show, "bare", "show.lock", "*.mp3", "*.m4a")
    shutil.copytree(site, show.parent / "copy", ignore=shutil.ignore_patterns("audio"))
    feeds = [feed.replace("/site/", "/copy/") for feed in feeds]
    shutil.rmtree(site / ".castpress")
    for audio in (site / "audio").iterdir():
        audio.write_bytes(b"other")
    assert run("lock", bare, "--from", *feeds) == 0
    capsys.readouterr()
    assert run("publish", bare) == 1
    assert codes(capsys.readouterr().err) == {"foreign-file", "audio-missing"}


def test_a_feed_that_was_changed_by_hand_does_not_block_the_others(show: Path) -> None:
    run("publish", show)
    before = feed(show)
    (show.parent / "site/feed.xml").write_text(before.replace("Tiny", "By hand"), "utf-8")
    note = show / "show_notes/course-1.md"
    note.write_text(note.read_text("utf-8").replace("Shoes", "Boots"), "utf-8")
    assert run("publish", show) == 0
    assert feed(show) == before


def test_a_feed_that_is_younger_than_the_snapshot_stays(show: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    shutil.copytree(show, kept)
    remove_course(show)
    run("publish", show)
    shutil.copytree(kept, show, dirs_exist_ok=True)
    run("publish", show)
    course = show.parent / "site/courses/first-steps/feed.xml"
    course.write_bytes(course.read_bytes().replace(b"Shoes", b"By hand"))
    assert run("rollback", show, "1") == 0
    assert b"By hand" in course.read_bytes()
    rows = publication(show)["episodes"]
    assert isinstance(rows, dict)
    assert len(rows) == 3
    hold_readable(show.parent / "site")


def test_a_file_that_appears_where_a_stopped_publication_was_going_is_somebody_elses(
    show: Path,
) -> None:
    target = StoppingTarget(site_of(show))

    def stop(what: str) -> None:
        if what == "put 404.html":
            raise StopHere

    target.hook = stop
    with pytest.raises(StopHere):
        publish_to(target, wish_for(show))
    place = show.parent / "site/404.html"
    place.write_text("precious", "utf-8")
    published = publish_to(site_of(show), wish_for(show))
    assert "foreign-file" in {problem.code for problem in published.problems}
    assert place.read_text("utf-8") == "precious"


def test_what_a_stopped_publication_put_is_known_by_the_one_after_the_next(show: Path) -> None:
    for number in (1, 2):
        target = StoppingTarget(site_of(show))

        def stop(what: str) -> None:
            if what == "put index.html":
                raise StopHere

        target.hook = stop
        retitle(show, f"Title {number}")
        with pytest.raises(StopHere):
            publish_to(target, wish_for(show))
    retitle(show, "Title 3")
    assert publish_to(site_of(show), wish_for(show)).is_done
    hold_readable(show.parent / "site")


def test_a_page_that_somebody_replaced_is_not_deleted(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("publish", show)
    page = show.parent / "site/episodes/why-do-we-run/index.html"
    page.write_text("my redirect", "utf-8")
    run("unpublish", show, "001-first-run")
    capsys.readouterr()
    assert run("publish", show) == 0
    assert "left alone: 1 file" in capsys.readouterr().err
    assert page.read_text("utf-8") == "my redirect"
    assert run("publish", show, "--verify") == 0
    assert page.exists()


def _files(data: Data) -> dict[str, list[object]]:
    files = data["files"]
    assert isinstance(files, dict)
    return files


def _snapshot(data: Data) -> Data:
    snapshots = data["snapshots"]
    assert isinstance(snapshots, list)
    first: Data = snapshots[0]
    return first


SHA = "a" * 64
CLAIM = {
    "id": "1",
    "host": "elsewhere",
    "pid": 1,
    "started": "",
    "began": "2026-01-01T00:00:00+00:00",
    "renewed": "2026-01-01T00:00:00+00:00",
    "given_up": False,
    "files": {},
    "deletions": [],
}
LIES: dict[str, Callable[[Data], object]] = {
    "a time without a zone": lambda d: d.update(since="2026-01-01T00:00:00"),
    "a time of grace without a zone": lambda d: _files(d).update(
        {"audio/x.mp3": [1, SHA, 3, 0, 0, "2026-01-01T00:00:00"]}
    ),
    "a number that is none": lambda d: d.update(number=float("inf")),
    "a claim without a zone": lambda d: d.update(claim=CLAIM | {"renewed": "2026-01-01T00:00:00"}),
    "a claim on castpress's own files": lambda d: d.update(
        claim=CLAIM | {"deletions": [".castpress/publication.json"]}
    ),
    "a claim that leads out": lambda d: d.update(claim=CLAIM | {"deletions": ["../outside.xml"]}),
    "half of a character": lambda d: d.update(episodes={"\ud800": ["feed.xml", "a", "b", "c"]}),
    "castpress's own files": lambda d: _files(d).update(
        {".castpress/show.lock": [3, SHA, 3, 0], ".castpress": [3, SHA, 3, 0]}
    ),
    "no name": lambda d: _files(d).update({"a\0b": [3, SHA, 3, 0]}),
    "the folder itself": lambda d: _files(d).update({".": [3, SHA, 3, 0]}),
    "a path that leads out": lambda d: _files(d).update({"a/../../outside.xml": [3, SHA, 3, 0]}),
    "a path of another system": lambda d: _files(d).update({"..\\outside.xml": [3, SHA, 3, 0]}),
    "a digest that leads out": lambda d: _files(d).update(
        {"feed.xml": [4, "../../precious", 3, 0]}
    ),
    "a snapshot that leads out": lambda d: _snapshot(d).update(
        feeds={"feed.xml": "../../precious"}
    ),
    "a snapshot of what lies outside": lambda d: _snapshot(d).update(feeds={"../outside.xml": SHA}),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_list_of_what_is_live_that_lies_is_not_believed(
    show: Path, capsys: pytest.CaptureFixture[str], lie: str
) -> None:
    run("publish", show)
    retitle(show)
    run("publish", show)
    retitle(show, "Again")
    site = show.parent / "site"
    precious = [show.parent / "outside.xml", site / "precious.xml"]
    for path in precious:
        path.write_text("x", "utf-8")
    data = publication(show)
    LIES[lie](data)
    (site / ".castpress/publication.json").write_text(json.dumps(data), "utf-8")
    before = tree(site)
    for words in (["publish"], ["rollback"], ["rollback", "1"]):
        capsys.readouterr()
        assert run(words[0], show, *words[1:]) == 4
        assert codes(capsys.readouterr().err) == {"unreadable-publication"}
    assert tree(site) == before
    assert all(path.exists() for path in precious)


@pytest.mark.parametrize(
    "path",
    ["index.html", ".castpress/show.lock", "../x.mp3", "audio/", "audio/../../x", "audio/.x"],
)
def test_a_ledger_whose_audio_lies_elsewhere_is_not_believed(
    show: Path, capsys: pytest.CaptureFixture[str], path: str
) -> None:
    run("publish", show)
    lock = show / "show.lock"
    data = json.loads(lock.read_bytes())
    next(row for row in data["episodes"] if "audio" in row)["audio"]["path"] = path
    lock.write_text(json.dumps(data), "utf-8")
    before = tree(show.parent / "site")
    capsys.readouterr()
    assert run("publish", show) == 1
    assert "unreadable-lock" in codes(capsys.readouterr().err)
    assert tree(show.parent / "site") == before


def test_a_merge_that_git_could_not_finish_is_told_how_to_finish(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run("publish", show)
    lock = show / "show.lock"
    text = lock.read_text("utf-8")
    lock.write_text(f"<<<<<<< HEAD\n{text}=======\n{text}>>>>>>> other\n", "utf-8")
    capsys.readouterr()
    assert run("publish", show) == 1
    assert "git checkout --ours show.lock" in capsys.readouterr().err


def test_names_that_files_can_have(show: Path) -> None:
    stems = ["with space", "quo\"te's", "new\nline", "U\u0308mlaut", "emoji 🎧", "per%20cent"]
    stems += ["#hash?q", "-dash", "<b>", "tab\there", "CON", "a" * 190]
    for number, stem in enumerate(stems):
        source = (show / "episodes/001-first-run.mp3").read_bytes()
        (show / f"episodes/{stem}.mp3").write_bytes(source + b"\0" * (number + 1))
        (show / f"show_notes/{stem}.md").write_text(
            f"---\npublished: 2026-04-{number + 1:02}\n---\n# Odd {number}\n\nText\n", "utf-8"
        )
    assert run("publish", show) == 0
    hold_readable(show.parent / "site")
    before = tree(show.parent / "site")
    other = clone(show, "other", "show.lock")
    (other / "show_notes/U\u0308mlaut.md").rename(other / "show_notes/\u00dcmlaut.md")
    assert run("publish", other) == 0
    assert tree(show.parent / "site") == before
