"""A show with derived feeds and archive pages, taken through builds and publications."""

from __future__ import annotations

import http.server
import re
import shutil
import threading
from functools import partial
from pathlib import Path

import pytest

from castpress.cli import main
from castpress.commands.publishing.words import Noticed, notice_lines, noticed
from castpress.model.difference import Difference, Kind
from castpress.model.problem import Severity
from castpress.model.publication.plan import Action
from castpress.store.ledger import read_ledger
from tests.commands.publishing_sample import (
    LATER,
    NOW,
    StopHere,
    StoppingTarget,
    hold_readable,
    publish_to,
    retitle,
    site_of,
    tree,
    wish_for,
)
from tests.commands.show_changes import edit

FEEDS = """\
feed_size: 1
feeds:
  rest:
    tag: REST
  ida:
    person: Ida Berg
  whole:
    all: true
  later:
    season: 7
"""
FIRST = {"feeds/ida.xml", "feeds/rest.xml", "feeds/whole.xml", "courses/first-steps/feed.xml"}


@pytest.fixture
def large(show: Path) -> Path:
    """The tiny show with two episodes and a lesson out, and every kind of feed."""
    settings = show / "show.yaml"
    settings.write_text(settings.read_text("utf-8") + FEEDS, "utf-8")
    return show


def guids(path: Path) -> list[str]:
    return re.findall(r"<guid[^>]*>(.*?)</guid>", path.read_text("utf-8"))


def feeds_of(folder: Path) -> set[str]:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*.xml")}
    return {path for path in found if not path.startswith(".castpress/")} - {"sitemap.xml"}


def frame(path: Path) -> str:
    """The page of a feed without its items and without the links between two archive pages."""
    text = re.sub(r"<item>.*</item>", "", path.read_text("utf-8"), flags=re.DOTALL)
    return re.sub(r'<atom:link [^>]*rel="(previous|next-archive)"[^>]*/>\s*', "", text)


def rebuilt(show: Path, where: Path, now: str) -> dict[str, str]:
    """What a clone without a cache makes of the show."""
    clone = where / "clone"
    shutil.copytree(show, clone, ignore=shutil.ignore_patterns("public", ".cache"))
    assert main(["build", "--show", str(clone), "--now", now, "-q"]) == 0
    return public(clone)


def public(show: Path) -> dict[str, str]:
    """The digest of each file of the output that is for listeners."""
    found = tree(show / "public")
    return {path: digest for path, digest in found.items() if not path.startswith(".castpress/")}


def test_publications_with_all_kinds_of_feeds(large: Path, tmp_path: Path) -> None:
    site, counting = tmp_path / "site", StoppingTarget(site_of(large))
    assert publish_to(counting, wish_for(large)).is_done
    assert feeds_of(site) == FIRST | {"archive/feed-1.xml", "feed.xml"}
    puts = [call.removeprefix("put ") for call in counting.log if call.startswith("put ")]
    order = [path for path in puts if path in feeds_of(site)]
    assert order[:3] == ["feeds/ida.xml", "feeds/rest.xml", "feeds/whole.xml"]
    assert order[3:] == ["courses/first-steps/feed.xml", "archive/feed-1.xml", "feed.xml"]
    hold_readable(site)
    [run], [hills] = guids(site / "archive/feed-1.xml"), guids(site / "feed.xml")
    [lesson] = guids(site / "courses/first-steps/feed.xml")
    assert guids(site / "feeds/whole.xml") == [hills, lesson, run]
    assert guids(site / "feeds/rest.xml") == [run]
    known, _ = read_ledger(large)
    assert {path for path, _ in known.feed_guids} == FIRST | {"feed.xml"}
    assert "feeds/rest.xml" in (site / "subscribe/index.html").read_text("utf-8")
    assert "archive/feed-1.xml" not in (site / "index.html").read_text("utf-8")

    # A third episode: the second page begins, and of the first only the links change.
    before = (site / "archive/feed-1.xml").read_bytes(), frame(site / "archive/feed-1.xml")
    published = publish_to(site_of(large), wish_for(large, now=LATER), LATER)
    assert published.is_done
    assert frame(site / "archive/feed-1.xml") == before[1]
    assert (site / "archive/feed-1.xml").read_bytes() != before[0]
    assert guids(site / "archive/feed-1.xml") == [run]
    assert guids(site / "archive/feed-2.xml") == [hills]
    assert len(guids(site / "feeds/whole.xml")) == 4
    kinds = {row.change.kind.value for row in noticed(published)}
    assert {"new-episode", "archived"} <= kinds
    assert "gone-episode" not in kinds
    assert rebuilt(large, tmp_path, LATER.isoformat()) == public(large)

    # One is taken back: there is one page again, and nobody has to allow that.
    words = ["unpublish", "--show", str(large), "002-two-hills", "-q"]
    assert main(words) == 0
    published = publish_to(site_of(large), wish_for(large, now=LATER), LATER)
    assert published.is_done, published.problems
    assert hills not in {g for path in feeds_of(site) for g in guids(site / path)}
    assert feeds_of(site) == FIRST | {"archive/feed-1.xml", "feed.xml"}
    hold_readable(site)


def test_a_new_note_sends_no_archive_page(large: Path) -> None:
    publish_to(site_of(large), wish_for(large))
    edit(large / "show_notes/002-two-hills.txt", "Ida Berg", "Ida  Berg")
    edit(large / "show_notes/course-1.md", "wakes up", "wakes")
    published = publish_to(site_of(large), wish_for(large))
    assert published.prepared is not None
    sent = {step.path for step in published.prepared.plan.of(Action.UPLOAD)}
    feeds = {path for path in sent if path.endswith(".xml") and "/" in path}
    assert feeds == {"courses/first-steps/feed.xml", "feeds/whole.xml", "feeds/ida.xml"}


def test_a_stop_between_the_feeds_loses_nothing(large: Path, tmp_path: Path) -> None:
    publish_to(site_of(large), wish_for(large))
    site, wish = tmp_path / "site", wish_for(large, now=LATER)
    old = {guid for path in feeds_of(site) for guid in guids(site / path)}
    for path in ("feeds/whole.xml", "archive/feed-2.xml"):
        stopping = StoppingTarget(site_of(large))

        def stop(call: str, path: str = path, target: StoppingTarget = stopping) -> None:
            if call == f"put {path}":
                target._after = len(target.log) - 1

        stopping.hook = stop
        with pytest.raises(StopHere):
            publish_to(stopping, wish, LATER)
        hold_readable(site)
        in_main = set(guids(site / "feed.xml")) | set(guids(site / "archive/feed-1.xml"))
        assert in_main | set(guids(site / "courses/first-steps/feed.xml")) == old
    assert publish_to(site_of(large), wish, LATER).is_done
    there, built = tree(site), public(large)
    assert {path: there[path] for path in feeds_of(site)} == {
        path: built[path] for path in feeds_of(large / "public")
    }


def test_the_way_back_takes_all_feeds_along(
    large: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site, to = tmp_path / "site", f"file:{tmp_path / 'site'}"
    publish_to(site_of(large), wish_for(large))
    before = {path: tree(site)[path] for path in feeds_of(site)}
    hills = large / "show_notes/002-two-hills.txt"
    retitle(large, "A slip")
    edit(hills, "Two hills, one", "Too hills, one")
    published = publish_to(site_of(large), wish_for(large))
    # Each change is told once, also where only an archive page has the episode.
    assert [row.change.kind.value for row in noticed(published)].count("retitled") == 2
    course = "courses/first-steps/feed.xml"
    assert {p for p in before if tree(site)[p] != before[p]} == before.keys() - {course}
    assert main(["rollback", "--show", str(large), "--to", to, "1", "-q"]) == 0
    assert {path: tree(site)[path] for path in feeds_of(site)} == before
    hold_readable(site)
    assert main(["status", "--show", str(large), "--to", to, "--now", NOW.isoformat()]) == 0
    said = capsys.readouterr().out
    assert "  feed.xml: 2\n" in said
    assert "  feeds/whole.xml: 3\n" in said
    assert "archive/" not in said.partition("this folder:")[0]
    refused = publish_to(site_of(large), wish_for(large))
    assert "superseded-feed" in {problem.code for problem in refused.problems}
    # Who has put right one of the slips has looked: feeds that repeat the other do not hold it up.
    edit(hills, "Too hills, one", "Three hills, one")
    published = publish_to(site_of(large), wish_for(large))
    assert published.is_done, published.problems
    assert "A slip" in (site / "archive/feed-1.xml").read_text("utf-8")


def test_what_is_noticed_is_told_with_its_feed(
    large: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["--show", str(large), "--to", f"file:{tmp_path / 'site'}", "--now", NOW.isoformat()]
    publish_to(site_of(large), wish_for(large))
    edit(large / "show_notes/002-two-hills.txt", "published:", "tags: rest\npublished:")
    assert main(["publish", *words]) == 0
    said = capsys.readouterr().err
    assert "\n  in feeds/rest.xml: Two hills, one" in said
    assert "arrives as a new episode" in said
    assert "\n  Two hills, one" in said
    assert "has other details: tags (new); apps" in said
    # Now that nothing is going to change, too, of each feed it is known what it holds.
    assert main(["status", *words]) == 0
    said = capsys.readouterr().out
    assert "  feeds/rest.xml: 2\n" in said
    assert "publishing would change nothing" in said


@pytest.mark.parametrize(
    ("kind", "severity", "head"),
    [
        (Kind.PAGES_DIVIDED, Severity.NOTE, "subscribers will notice nothing:"),
        (Kind.FEED_SIZE, Severity.NOTE, "subscribers will notice nothing:"),
        (Kind.FEED_SIZE, Severity.WARNING, "subscribers will notice:"),
        (Kind.DETAILS_CHANGED, Severity.NOTE, "subscribers will notice:"),
    ],
)
def test_what_nobody_notices_is_said_to_be_so(kind: Kind, severity: Severity, head: str) -> None:
    change = Difference(kind, None, "Runs", "is as it is", severity)
    rows = (Noticed("feed.xml", change), Noticed("feeds/x.xml", change))
    lines = ["  Runs: is as it is", "  in feeds/x.xml: Runs: is as it is"]
    assert list(notice_lines(rows)) == [head, *lines]


def test_a_lost_lock_comes_back_from_all_parts_of_a_feed(large: Path, tmp_path: Path) -> None:
    now = NOW.isoformat()
    site = tmp_path / "live"
    site.mkdir()
    handler = partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            address = f"http://127.0.0.1:{server.server_port}/"
            edit(large / "show.yaml", "https://tiny.example/runs/", address)
            assert main(["build", "--show", str(large), "--now", now, "-q"]) == 0
            assert main(["lock", "--show", str(large), "--now", now, "-q"]) == 0
            shutil.copytree(large / "public", site, dirs_exist_ok=True)
            lock = (large / "show.lock").read_bytes()

            (large / "show.lock").unlink()
            words = ["lock", "--show", str(large), "--now", now, "-q", "--from"]
            assert main([*words, str(site)]) == 0
            assert (large / "show.lock").read_bytes() == lock

            (large / "show.lock").unlink()
            assert main([*words, f"{address}feed.xml"]) == 0
            stems = {entry.stem for entry in read_ledger(large)[0].entries}
            assert stems == {"001-first-run", "002-two-hills"}

            edit(large / "show_notes/001-first-run.md", "# Why do we run?", "# Why?")
            asked = ["diff", "--show", str(large), "--now", now, "--exit-code"]
            assert main([*asked, "--against", f"{address}feed.xml"]) == 1
            assert main([*asked, "--against", f"{address}courses/first-steps/feed.xml"]) == 0
        finally:
            server.shutdown()
            thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *words: object) -> None:
        pass
