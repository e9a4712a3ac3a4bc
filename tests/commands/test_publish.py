"""The tiny show taken through publications as its podcaster would."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from castpress.cli import main
from castpress.model.publication.plan import Action
from castpress.store.targets.publication_file import parse_publication, publication_bytes
from tests.commands.publishing_sample import (
    LATER,
    NOW,
    StoppingTarget,
    hold_readable,
    publish_to,
    remove_course,
    retitle,
    site_of,
    tree,
    wish_for,
)

SAID = "2026-11-21T12:00:00+00:00"


def publish(root: Path, *words: str, now: str = SAID) -> int:
    site = root.parent / "site"
    return main(["publish", "--show", str(root), "--to", f"file:{site}", "--now", now, *words])


def live(root: Path) -> dict[str, str]:
    """What listeners can get, without what castpress keeps for itself."""
    site = tree(root.parent / "site")
    return {path: digest for path, digest in site.items() if not path.startswith(".castpress/")}


def codes(said: str) -> set[str]:
    return {
        line.partition("[")[2].partition("]")[0]
        for line in said.splitlines()
        if line.startswith("error[")
    }


def test_the_site_is_what_was_built(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish(show) == 0
    said = capsys.readouterr().err
    assert "published" in said
    assert "feeds: 2 files" in said
    assert "next build due: 2031-01-01 06:00+01:00" in said
    built = {p: d for p, d in tree(show / "public").items() if not p.startswith(".castpress/")}
    there = live(show)
    extra = there.keys() - built.keys()
    assert {path: there[path] for path in built} == built
    assert len(extra) == 1  # the staged audio
    hold_readable(show.parent / "site")


def test_a_publication_with_nothing_new_reads_once_and_writes_nothing(show: Path) -> None:
    publish_to(site_of(show), wish_for(show))
    before = tree(show.parent)
    counting = StoppingTarget(site_of(show))
    published = publish_to(counting, wish_for(show))
    assert published.is_done
    assert counting.log == ["get .castpress/publication.json"]
    assert {p: d for p, d in tree(show.parent).items() if "/.cache/" not in p} == {
        p: d for p, d in before.items() if "/.cache/" not in p
    }


def test_a_rebuild_elsewhere_reads_twice_and_writes_nothing(show: Path, tmp_path: Path) -> None:
    publish_to(site_of(show), wish_for(show))
    clone = tmp_path / "clone" / "show"
    ignored = shutil.ignore_patterns("public", ".cache")
    shutil.copytree(show, clone, ignore=ignored)
    counting = StoppingTarget(site_of(show))
    assert publish_to(counting, wish_for(clone)).is_done
    assert counting.log == ["get .castpress/publication.json", "get .castpress/show.lock"]


def test_one_note_sends_what_it_changed(show: Path) -> None:
    publish_to(site_of(show), wish_for(show))
    retitle(show)
    counting = StoppingTarget(site_of(show))
    published = publish_to(counting, wish_for(show))
    assert published.prepared is not None
    sent = [step.path for step in published.prepared.plan.of(Action.UPLOAD)]
    assert [path for path in sent if path.startswith(("audio/", "artwork/"))] == []
    puts = [call.removeprefix("put ") for call in counting.log if call.startswith("put ")]
    own = [path for path in puts if path.startswith(".castpress/")]
    assert [path for path in puts if path not in own] == sent
    assert puts[-2:] == ["feed.xml", ".castpress/publication.json"]
    assert [path.rpartition("/")[2] for path in own if "/feeds/" not in path] == [
        "publication.json",
        "show.lock",
        "publication.json",
    ]


def test_a_dry_run_changes_nothing(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish(show, "--dry-run") == 0
    said = capsys.readouterr().err
    assert "upload  audio/" in said
    assert "(new)" in said
    assert not (show.parent / "site").exists()
    assert not (show / "public").exists()
    assert not (show / "show.lock").exists()
    publish(show)
    before = tree(show.parent)
    retitle(show)
    assert publish(show, "--dry-run", "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert result["done"] is False
    assert result["changed"] is True
    sent = [step for step in result["steps"] if step["action"] == "upload"]
    assert sent[-1]["wave"] == "feed"
    changed = {
        path
        for path, digest in tree(show.parent).items()
        if before.get(path) != digest and "/.cache/" not in path
    }
    assert changed == {"show/show_notes/001-first-run.md"}


def test_json_tells_all(show: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish(show, "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert result["done"] is True
    assert result["episodes"] == 3
    assert result["next_due"].startswith("2031-01-01T06:00:00")
    assert {step["reason"] for step in result["steps"]} == {"new"}
    assert sum(step["bytes"] for step in result["steps"]) > 100_000


def test_no_word_of_what_is_not_out_gets_there(show: Path) -> None:
    """Staged audio is the one file that may hold some; its name and all other files do not."""
    notes = show / "show_notes"
    (notes / "draft-canary.md").write_text("---\ndraft: true\n---\n# Canarydraft\n\nText\n")
    shutil.copy(show / "episodes/003-later.mp3", show / "episodes/draft-canary.mp3")
    (notes / "003-later.md").write_text(
        "---\npublished: 2031-01-01 06:00\nslug: canaryslug\ntags: canarytag\n---\n"
        "# Canarytitle\n\nCanarytext\n\n## Canarychapter [0-10 sec]\n\nx\n"
    )
    (notes / "003-later.md").rename(notes / "canarystem.md")
    (show / "episodes/003-later.mp3").rename(show / "episodes/canarystem.mp3")
    main(["build", "--show", str(show), "--now", "2031-06-01", "-q"])  # a look ahead at home
    assert "canarystem" in (show / "show.lock").read_text("utf-8")
    for _ in range(2):
        assert publish(show, "-q") == 0
        site = show.parent / "site"
        staged = [p for p in (site / "audio").iterdir() if len(p.stem) == 32]
        assert len(staged) == 1
        for path in site.rglob("*"):
            assert b"canary" not in path.name.lower().encode()
            if path.is_file() and path not in staged:
                assert b"canary" not in path.read_bytes().lower(), path
        retitle(show)


def test_a_timed_job_without_audio_and_lock_releases_what_was_staged(
    show: Path, tmp_path: Path
) -> None:
    publish_to(site_of(show), wish_for(show))
    staged = next(p for p in (tmp_path / "site/audio").iterdir() if len(p.stem) == 32)
    job = tmp_path / "job" / "show"
    ignored = shutil.ignore_patterns("public", ".cache", "show.lock", "episodes")
    shutil.copytree(show, job, ignore=ignored)
    (job / "episodes").mkdir()
    counting = StoppingTarget(site_of(show))
    published = publish_to(counting, wish_for(job, now=LATER), LATER)
    assert published.is_done, published.problems
    assert not [call for call in counting.log if call.startswith("put audio/")]
    feed = (tmp_path / "site/feed.xml").read_text("utf-8")
    assert "A run in the future" in feed
    assert f"audio/{staged.name}" in feed
    assert "Wed, 01 Jan 2031" in feed
    hold_readable(tmp_path / "site")
    # Back at home nothing is left to do, and both say the same.
    again = StoppingTarget(site_of(show))
    assert publish_to(again, wish_for(show, now=LATER), LATER).is_done
    assert not [call for call in again.log if call.startswith("put ") and "audio/" in call]
    assert tree(show / "public")["feed.xml"] == tree(job / "public")["feed.xml"]


def test_staged_audio_follows_its_source_until_the_day(show: Path, tmp_path: Path) -> None:
    publish_to(site_of(show), wish_for(show))
    first = {p.name for p in (tmp_path / "site/audio").iterdir() if len(p.stem) == 32}
    shutil.copy(show / "episodes/001-first-run.mp3", show / "episodes/003-later.mp3")
    with (show / "episodes/003-later.mp3").open("ab") as file:
        file.write(b"\0" * 100)
    published = publish_to(site_of(show), wish_for(show))
    assert published.is_done, published.problems
    second = {p.name for p in (tmp_path / "site/audio").iterdir() if len(p.stem) == 32}
    assert len(second) == 1
    assert first.isdisjoint(second)
    (show / "show_notes/003-later.md").unlink()
    assert publish_to(site_of(show), wish_for(show)).is_done
    assert not [p for p in (tmp_path / "site/audio").iterdir() if len(p.stem) == 32]


def test_without_staging_nothing_is_put_ahead(show: Path, tmp_path: Path) -> None:
    assert publish(show, "--no-staging", "-q") == 0
    assert not [p for p in (tmp_path / "site/audio").iterdir() if len(p.stem) == 32]
    assert "003-later" not in (tmp_path / "site/.castpress/show.lock").read_text("utf-8")


def test_clones_and_a_lost_lock_come_to_the_same(show: Path, tmp_path: Path) -> None:
    publish_to(site_of(show), wish_for(show))
    guids = (show / "show.lock").read_text("utf-8")
    other = tmp_path / "other" / "show"
    shutil.copytree(show, other, ignore=shutil.ignore_patterns("public", ".cache", "show.lock"))
    # The second machine renames a file and retitles; nobody's guid or address moves.
    for folder, ending in (("episodes", "mp3"), ("show_notes", "md"), ("show_notes", "vtt")):
        old = other / folder / f"001-first-run.{ending}"
        old.rename(old.with_name(f"001-renamed.{ending}"))
    retitle_renamed = other / "show_notes/001-renamed.md"
    retitle_renamed.write_text(
        retitle_renamed.read_text("utf-8").replace("# Why do we run?", "# Other"), "utf-8"
    )
    assert publish_to(site_of(show), wish_for(other)).is_done
    (show / "show.lock").unlink()
    shutil.rmtree(show / "public")
    for path in ("episodes/001-first-run.mp3", "show_notes/001-first-run.md"):
        (show / path).unlink()
        new = path.replace("first-run", "renamed")
        shutil.copy(other / new, show / new)
    (show / "show_notes/001-first-run.vtt").rename(show / "show_notes/001-renamed.vtt")
    counting = StoppingTarget(site_of(show))
    published = publish_to(counting, wish_for(show))
    assert published.is_done, published.problems
    assert not [
        call
        for call in counting.log
        if call.startswith("put ") and "show.lock" not in call and "publication.json" not in call
    ]
    known = json.loads((show / "show.lock").read_text("utf-8"))
    before = json.loads(guids)
    assert {e["guid"]: e["slug"] for e in known["episodes"] if "slug" in e} == {
        e["guid"]: e["slug"] for e in before["episodes"] if "slug" in e
    }
    assert (show / "show.lock").read_bytes() == (other / "show.lock").read_bytes()


def test_a_clone_without_audio_publishes_a_changed_note(show: Path, tmp_path: Path) -> None:
    publish_to(site_of(show), wish_for(show))
    clone = tmp_path / "clone" / "show"
    shutil.copytree(
        show, clone, ignore=shutil.ignore_patterns("public", ".cache", "*.mp3", "*.m4a")
    )
    retitle(clone)
    published = publish_to(site_of(show), wish_for(clone))
    assert published.is_done, published.problems
    hold_readable(tmp_path / "site")
    assert "What makes us run?" in (tmp_path / "site/feed.xml").read_text("utf-8")


def test_audio_that_is_nowhere_is_said(
    show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(show, "-q")
    clone = tmp_path / "clone" / "show"
    shutil.copytree(
        show, clone, ignore=shutil.ignore_patterns("public", ".cache", "*.mp3", "*.m4a")
    )
    capsys.readouterr()
    assert publish(clone, "-q") == 1
    said = capsys.readouterr().err
    assert codes(said) == {"audio-missing"}
    assert "put its audio file back" in said
    assert not (tmp_path / "clone/site").exists()


def test_what_goes_is_kept_for_apps_that_have_the_old_feed(show: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    publish_to(site_of(show), wish_for(show))
    remove_course(show)
    allowed = ("vanished-episodes", "vanished-feed")
    assert publish_to(site_of(show), wish_for(show, allowed=allowed)).is_done
    audio = next((site / "audio").glob("shoes-*.mp3"))
    assert not list((site / "courses").rglob("*.html"))
    for day in range(1, 13):
        retitle(show, f"Title of day {day}")
        clock = NOW + timedelta(days=3 * day)
        assert publish_to(site_of(show), wish_for(show), clock).is_done
        hold_readable(site)
        # The snapshot that names it is the first of eleven; after it, only the days count.
        assert audio.exists() is (day < 11), day
    kept = {p.stem for p in (site / ".castpress/feeds").iterdir()}
    listed = parse_publication((site / ".castpress/publication.json").read_bytes())
    assert kept == {digest for s in listed.snapshots for _, digest in s.feeds}
    assert len(listed.snapshots) == 10


def test_somebody_elses_files_stay(
    show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site = tmp_path / "site"
    (site / "episodes").mkdir(parents=True)
    (site / "mine.html").write_text("mine")
    (site / "episodes/mine.html").write_text("mine")
    (site / "index.html").write_text("mine")
    assert publish(show, "-q") == 1
    assert codes(capsys.readouterr().err) == {"foreign-file"}
    assert sorted(p.name for p in site.rglob("*")) == [
        "episodes",
        "index.html",
        "mine.html",
        "mine.html",
    ]
    assert publish(show, "-q", "--allow", "foreign-file") == 0
    assert "mine" not in (site / "index.html").read_text("utf-8")[:4]
    assert (site / "mine.html").read_text() == "mine"
    assert (site / "episodes/mine.html").read_text() == "mine"


def test_a_site_that_was_copied_there_is_taken_over(show: Path, tmp_path: Path) -> None:
    main(["build", "--show", str(show), "--now", SAID, "-q"])
    ignored = shutil.ignore_patterns(".castpress")
    shutil.copytree(show / "public", tmp_path / "site", ignore=ignored)
    published = publish_to(site_of(show), wish_for(show))
    assert published.is_done
    assert published.prepared is not None
    sent = published.prepared.plan.of(Action.UPLOAD)
    assert [len(Path(step.path).stem) for step in sent] == [32]  # only the staged audio


def test_verify_puts_right_what_was_damaged_there(show: Path, tmp_path: Path) -> None:
    publish_to(site_of(show), wish_for(show))
    expected = live(show)
    site = tmp_path / "site"
    (site / "index.html").write_text("hacked")
    next((site / "audio").glob("why-*.mp3")).unlink()
    next((site / "audio").glob("shoes-*.mp3")).write_bytes(b"half")
    (site / "feed.xml").write_text("<rss/>")
    assert publish_to(site_of(show), wish_for(show)).is_done
    assert live(show) != expected  # by what is known nothing was to do
    published = publish_to(site_of(show), wish_for(show, verifies=True))
    assert published.is_done, published.problems
    assert live(show) == expected


@pytest.mark.parametrize(
    ("address", "code"),
    [
        (None, "no-target"),
        ("/srv/www", "unknown-target"),
        ("ftp:there", "unknown-target"),
        ("file:", "unknown-target"),
        ("file:public", "target-among-sources"),
        ("file:public/deeper", "target-among-sources"),
        ("file:episodes", "target-among-sources"),
        ("file:show_notes/x", "target-among-sources"),
        ("file:.", "target-among-sources"),
        ("file:..", "target-among-sources"),
    ],
)
def test_places_that_are_none(
    show: Path, capsys: pytest.CaptureFixture[str], address: str | None, code: str
) -> None:
    if address is not None:
        with (show / "show.yaml").open("a", encoding="utf-8") as file:
            file.write(f'publish_to: "{address}"\n')
    before = tree(show)
    assert main(["publish", "--show", str(show), "--now", SAID, "-q"]) == 1
    said = capsys.readouterr().err
    assert codes(said) == {code}
    assert "publish_to: file:" in said
    assert tree(show) == before


def test_the_place_in_the_settings_counts_from_the_show(show: Path, tmp_path: Path) -> None:
    with (show / "show.yaml").open("a", encoding="utf-8") as file:
        file.write("publish_to: file:../www\n")
    assert main(["publish", "--show", str(show), "--now", SAID, "-q"]) == 0
    assert (tmp_path / "www/feed.xml").exists()


def test_a_place_that_cannot_be_used_is_said_and_nothing_is_half_done(
    show: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site").write_text("a file")
    assert publish(show) == 4
    said = capsys.readouterr().err
    assert codes(said) == {"publication-failed"}
    assert "not published; what is live is as it was" in said


def test_a_full_disk_leaves_the_old_site_whole(show: Path, tmp_path: Path) -> None:
    """A limit of file sizes stands in for the disk: the new audio cannot be written."""
    import resource

    publish_to(site_of(show), wish_for(show, stages=False))
    before = live(show)
    limit = max(p.stat().st_size for p in (show / ".cache").rglob("*") if p.is_file())
    audio = show / "episodes/004-large.mp3"
    audio.write_bytes((show / "episodes/001-first-run.mp3").read_bytes() * 4)
    (show / "show_notes/004-large.md").write_text(
        "---\npublished: 2026-11-01\n---\n# Large\n\nText\n", "utf-8"
    )
    main(["build", "--show", str(show), "--now", SAID, "-q"])
    ran = subprocess.run(
        [
            sys.executable,
            "-m",
            "castpress",
            "publish",
            "--show",
            str(show),
            "--now",
            SAID,
            "--no-staging",
            "--to",
            f"file:{tmp_path}/site",
        ],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    assert ran.returncode == 4, ran.stderr
    assert "error[publication-failed]" in ran.stderr
    assert "Traceback" not in ran.stderr
    assert live(show) == before
    assert list((tmp_path / "site/.castpress/incoming").iterdir()) == []
    assert publish_to(site_of(show), wish_for(show)).is_done
    hold_readable(tmp_path / "site")


def test_an_output_that_changes_while_it_is_published_does_not_go_out(
    show: Path, tmp_path: Path
) -> None:
    publish_to(site_of(show), wish_for(show))
    before = live(show)
    retitle(show)
    meddling = StoppingTarget(site_of(show))

    def meddle(call: str) -> None:
        if call == "put index.html":
            (show / "public/index.html").write_text("half written")

    meddling.hook = meddle
    published = publish_to(meddling, wish_for(show))
    assert published.has_failed
    assert [p.code for p in published.problems if p.severity == 3] == ["publication-failed"]
    assert live(show)["feed.xml"] == before["feed.xml"]
    hold_readable(tmp_path / "site")
    assert publish_to(site_of(show), wish_for(show)).is_done
    assert "What makes us run?" in (tmp_path / "site/index.html").read_text("utf-8")


def test_a_running_publication_is_left_alone_unless_it_hangs(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(show, "-q")
    path = show.parent / "site/.castpress/publication.json"
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    try:
        claim_of(path, other.pid)
        retitle(show)
        before = live(show)
        capsys.readouterr()
        assert publish(show) == 4
        said = capsys.readouterr().err
        assert codes(said) == {"another-publication"}
        assert f"process {other.pid}" in said
        assert "--take-over" in said
        assert live(show) == before
        assert (
            main(
                ["status", "--show", str(show), "--to", f"file:{path.parent.parent}", "--now", SAID]
            )
            == 0
        )
        assert f"being published by process {other.pid}" in capsys.readouterr().out
        assert publish(show, "-q", "--take-over") == 0
        assert live(show) != before
        claim_of(path, other.pid)
    finally:
        other.communicate(b"\n")
    assert publish(show, "-q") == 0  # its process has ended


def claim_of(path: Path, pid: int) -> None:
    """Write the claim of another process over what is there."""
    from dataclasses import replace

    from castpress.commands.publish import wall_clock
    from castpress.model.publication.live import Claim
    from castpress.store.process import running_process

    publisher = running_process(pid)
    assert publisher is not None
    claim = Claim("other", publisher, wall_clock(), wall_clock())
    publication = parse_publication(path.read_bytes())
    path.write_bytes(publication_bytes(replace(publication, claim=claim)))


def test_a_publication_that_is_overtaken_stops_before_the_feeds(show: Path, tmp_path: Path) -> None:
    publish_to(site_of(show), wish_for(show))
    before = live(show)
    retitle(show)
    overtaken = StoppingTarget(site_of(show))

    def overtake(call: str) -> None:
        if call == "put .castpress/show.lock":
            claim_of(tmp_path / "site/.castpress/publication.json", os.getpid())

    overtaken.hook = overtake
    published = publish_to(overtaken, wish_for(show))
    assert published.has_failed
    assert [p.code for p in published.problems if p.severity == 3] == ["another-publication"]
    assert live(show)["feed.xml"] == before["feed.xml"]
    assert "put feed.xml" not in overtaken.log


def test_of_publishers_at_once_one_wins_and_readers_see_no_fault(
    show: Path, tmp_path: Path
) -> None:
    publish_to(site_of(show), wish_for(show))
    roots = [copied_show(show, tmp_path / f"machine-{number}") for number in range(3)]
    for number, root in enumerate(roots):
        retitle(root, f"Title by machine {number}")
    stop, faults, polls = threading.Event(), [], []

    def read() -> None:
        while not stop.is_set():
            try:
                hold_readable(tmp_path / "site")
                polls.append(1)
            except (AssertionError, OSError) as error:
                faults.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    running = [
        subprocess.Popen(
            [
                sys.executable,
                "-m",
                "castpress",
                "publish",
                "--show",
                str(root),
                "--now",
                SAID,
                "--to",
                f"file:{tmp_path}/site",
                "-q",
            ],
            stderr=subprocess.PIPE,
            text=True,
        )
        for root in roots
    ]
    ends = [process.communicate()[1] for process in running]
    stop.set()
    reader.join()
    assert faults == []
    assert polls
    for process, said in zip(running, ends, strict=True):
        assert process.returncode in (0, 4), said
        assert (process.returncode == 0) or codes(said) <= {
            "another-publication",
            "publication-failed",
        }
    assert 0 in [process.returncode for process in running]
    winners = [n for n, process in enumerate(running) if process.returncode == 0]
    feed = (tmp_path / "site/feed.xml").read_text("utf-8")
    assert any(f"Title by machine {number}" in feed for number in winners)
    listed = parse_publication((tmp_path / "site/.castpress/publication.json").read_bytes())
    assert listed.claim is None
    for path, row in listed.files.items():
        assert tree(tmp_path / "site")[path] == row.sha256


def copied_show(show: Path, where: Path) -> Path:
    shutil.copytree(show, where / "show")
    return where / "show"


def test_a_killed_publisher_is_succeeded(show: Path, tmp_path: Path) -> None:
    """kill -9 at moments that nobody chose; the claim of a dead process holds nobody up."""
    publish_to(site_of(show), wish_for(show))
    for number, seconds in enumerate((0.25, 0.32, 0.39, 0.46)):
        retitle(show, f"Title {number}")
        process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "castpress",
                "publish",
                "--show",
                str(show),
                "--now",
                SAID,
                "--to",
                f"file:{tmp_path}/site",
                "-q",
            ],
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        hold_readable(tmp_path / "site")
        published = publish_to(site_of(show), wish_for(show))
        assert published.is_done, published.problems
        assert f"Title {number}" in (tmp_path / "site/feed.xml").read_text("utf-8")
        hold_readable(tmp_path / "site")


def test_a_damaged_publication_file_is_said_and_can_be_replaced(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(show, "-q")
    path = show.parent / "site/.castpress/publication.json"
    whole = path.read_bytes()
    for content in (
        whole[:100],
        b"[]",
        b'{"castpress": 99}',
        whole.replace(b'"feed.xml"', b'"/x"'),
    ):
        path.write_bytes(content)
        capsys.readouterr()
        assert publish(show, "-q") == 4
        assert codes(capsys.readouterr().err) == {"unreadable-publication"}
    path.unlink()
    retitle(show)
    assert publish(show, "-q") == 1
    assert publish(show, "-q", "--allow", "foreign-file") == 0


def test_the_publication_file_holds_all(show: Path) -> None:
    publish_to(site_of(show), wish_for(show))
    content = (show.parent / "site/.castpress/publication.json").read_bytes()
    assert publication_bytes(parse_publication(content)) == content


def test_a_show_with_an_error_is_not_published(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (show / "show_notes/001-first-run.md").write_text("---\npublished: never\n---\n", "utf-8")
    assert publish(show) == 1
    assert "what is live is as it was" in capsys.readouterr().err
    assert not (show.parent / "site").exists()
