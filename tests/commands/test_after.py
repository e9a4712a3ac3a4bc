from __future__ import annotations

import http.server
import json
import threading
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from castpress.check.public_site import Sight
from castpress.cli import Terminal
from castpress.commands.publishing.after import (
    Afterwards,
    after_publication,
    afterwards_lines,
    afterwards_object,
    serves_listeners,
)
from castpress.commands.publishing.reading_back import Pace
from castpress.model.publication.headers import headers_of
from castpress.model.publication.plan import Action
from castpress.read.settings import parse_settings
from castpress.store.announce import Services
from castpress.store.sources import SETTINGS_FILE
from castpress.store.targets.folder import FolderTarget
from tests.commands.publishing_sample import publish_to, retitle, wish_for
from tests.tiny_show import copy_tiny

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.commands.publishing.show import Published
    from castpress.read.settings import ShowSettings

PACE = Pace(pauses=(0.01,) * 6, few=2, answer=1.0, whole=5.0)


class RemoteFolder(FolderTarget):
    """A folder that is not on this computer, as far as anybody asks."""

    @property
    def folder(self) -> None:
        return None


@dataclass
class Habits:
    """How the web in front of the place behaves.

    ``status`` are answers by the end of the path, ``stale`` feeds of before, given so many times
    (``stays``), and ``headers`` are added, or taken away with None.
    """

    status: dict[str, int] = field(default_factory=dict)
    body: bytes = b""
    stale: bytes | None = None
    stays: int = 1_000_000
    headers: dict[str, str | None] = field(default_factory=dict)
    has_ranges: bool = True
    has_cors: bool = True
    has_folders: bool = True
    hides_state: bool = True
    lists_bucket: bool = False
    log: list[tuple[str, str]] = field(default_factory=list)


class Web(http.server.BaseHTTPRequestHandler):
    """A web server over the place, as a CDN and a bucket are for listeners."""

    site: Path
    habits: Habits

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def do_GET(self) -> None:
        habits = self.habits
        path = self.path.partition("?")[0].removeprefix("/pod/")
        habits.log.append((self.command, self.path))
        if self.path.startswith("/services/"):
            self.reply(200, b'{"status": "true"}', {})
            return
        if habits.lists_bucket and self.path.startswith("/pod/?list-type=2"):
            self.reply(200, b"<?xml version='1.0'?><ListBucketResult/>", {})
            return
        for end, status in habits.status.items():
            if path.endswith(end):
                self.reply(status, habits.body, {})
                return
        if habits.hides_state and path.startswith(".castpress"):
            self.reply(403, b"<Error><Code>AccessDenied</Code></Error>", {})
            return
        if path == "feed.xml" and habits.stale is not None and habits.stays > 0:
            habits.stays -= 1
            self.reply(200, habits.stale, {"Content-Type": headers_of(path).content_type})
            return
        if habits.has_folders and (not path or path.endswith("/")):
            path += "index.html"
        file = self.site / path
        if not file.is_file():
            self.reply(404, b"<Error><Code>NoSuchKey</Code></Error>", {})
            return
        self.give(file.read_bytes(), path)

    def give(self, content: bytes, path: str) -> None:
        headers: dict[str, str | None] = {"Content-Type": headers_of(path).content_type}
        if self.habits.has_cors and self.headers["Origin"]:
            headers["Access-Control-Allow-Origin"] = "*"
        wanted = self.headers["Range"]
        if wanted and self.habits.has_ranges:
            first, last = (int(n) for n in wanted.removeprefix("bytes=").split("-"))
            headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
            self.reply(206, content[first : last + 1], headers)
        else:
            self.reply(200, content, headers)

    def reply(self, status: int, body: bytes, headers: dict[str, Any]) -> None:
        self.send_response(status)
        named = {"Content-Length": str(len(body)), **headers, **self.habits.headers}
        for name, value in named.items():
            if value is not None:
                self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *words: object) -> None:
        pass


class Many(http.server.ThreadingHTTPServer):
    request_queue_size = 64


@dataclass
class Stage:
    """A show, the place where it is published, and the web in front of it."""

    root: Path
    base: str
    first: Published
    second: Published

    def settings(self, more: str = "") -> ShowSettings:
        text = (self.root / "show.yaml").read_text("utf-8") + more
        placed, problems = parse_settings(text, SETTINGS_FILE)
        assert placed is not None, problems
        return placed.settings

    def after(
        self, published: Published, more: str = "", *, token: str = "", pace: Pace = PACE
    ) -> Afterwards:
        assert published.prepared is not None
        services = Services(
            f"{self.base}/services/podping", f"{self.base}/services/index", 1.0, 2.0, 0.0
        )
        return after_publication(
            published.prepared,
            published.live,
            self.settings(more),
            Terminal("text", is_quiet=True),
            services=services,
            token=token,
            pace=pace,
        )


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, drawn: Path) -> Iterator[Stage]:
    root = copy_tiny(tmp_path_factory.mktemp("after") / "show", drawn)
    Web.site = root.parent / "site"
    server = Many(("127.0.0.1", 0), Web)
    base = f"http://127.0.0.1:{server.server_port}"
    settings = root / "show.yaml"
    text = settings.read_text("utf-8").replace("https://tiny.example/runs/", f"{base}/pod/")
    settings.write_text(text, "utf-8")
    first = publish_to(RemoteFolder(Web.site), wish_for(root))
    retitle(root)
    second = publish_to(RemoteFolder(Web.site), wish_for(root))
    assert first.is_done, first.problems
    assert second.is_done, second.problems
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    # What the first one changed is looked at as it is after the second.
    yield Stage(root, base, replace(first, live=second.live), second)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def habits() -> Habits:
    Web.habits = Habits()
    return Web.habits


def codes(done: Afterwards) -> list[str]:
    return [problem.code for problem in done.problems]


def test_a_good_publication_is_read_back_and_nobody_is_told_unasked(
    stage: Stage, habits: Habits
) -> None:
    done = stage.after(stage.first)

    assert done.problems == ()
    assert {sight for _, sight in done.feeds} == {Sight.NEW}
    assert done.enclosures == done.looked_at == done.good > 0
    assert done.told == ()
    assert not [path for _, path in habits.log if path.startswith("/services/")]
    lines = list(afterwards_lines(done))
    assert lines[0].startswith(f"  read back from {stage.base}/pod/: ")
    assert lines[1] == f"  {done.good} of {done.good} new episodes can be downloaded and played"
    assert json.loads(json.dumps(afterwards_object(done)))["enclosures"]["good"] == done.good


def test_only_new_audio_is_asked_for(stage: Stage, habits: Habits) -> None:
    done = stage.after(stage.second)

    assert (done.enclosures, done.problems) == (0, ())
    assert not [path for _, path in habits.log if "/audio/" in path]


def test_all_are_told_of_the_feed_that_changed(stage: Stage, habits: Habits) -> None:
    more = (
        f"announce: {{websub: ['{stage.base}/services/hub'], podping: true, podcast_index: true}}"
    )
    done = stage.after(stage.second, more, token="pp-secret")

    feed = f"{stage.base}/pod/feed.xml"
    assert [(each.service, each.feed, each.is_ok) for each in done.told] == [
        ("websub", feed, True),
        ("podcast_index", feed, True),
        ("podping", feed, True),
    ]
    assert list(afterwards_lines(done))[-1] == (
        f"  told: hub {stage.base}/services/hub, Podcast Index, podping"
    )
    told = [number for number, (_, path) in enumerate(habits.log) if "/services/" in path]
    assert told == list(range(len(habits.log)))[-3:]
    assert "pp-secret" not in json.dumps(afterwards_object(done))


def test_a_service_that_fails_is_a_warning(stage: Stage, habits: Habits) -> None:
    more = "announce: {websub: ['http://127.0.0.1:1/'], podping: true}"
    done = stage.after(stage.second, more)

    assert codes(done) == ["announcement-failed"] * 2
    assert [each.is_ok for each in done.told] == [False, False]
    assert "CASTPRESS_PODPING_TOKEN" in done.problems[0].help


def test_a_feed_that_a_cache_keeps_is_waited_for(stage: Stage, habits: Habits) -> None:
    prepared = stage.second.prepared
    assert prepared is not None
    found = prepared.feeds["feed.xml"]
    assert found is not None
    habits.stale, habits.stays = found.content, 3

    assert stage.after(stage.second).problems == ()
    assert habits.log.count(("GET", "/pod/feed.xml")) == 4

    habits.stays = 1_000_000
    habits.headers = {"Cache-Control": "public, max-age=300"}
    more = f"announce: {{websub: '{stage.base}/services/hub'}}"
    done = stage.after(stage.second, more)
    assert codes(done) == ["stale-at-edge"]
    assert "for up to 5 minutes" in done.problems[0].message
    assert [each.is_ok for each in done.told] == [True]

    habits.log.clear()
    habits.headers["Age"] = "20"  # a cache that will not ask before its time
    assert codes(stage.after(stage.second)) == ["stale-at-edge"]
    assert habits.log.count(("GET", "/pod/feed.xml")) == 1


@pytest.mark.parametrize(
    ("habit", "code"),
    [
        ({"status": {"feed.xml": 403}}, "not-public"),
        ({"status": {"feed.xml": 404}}, "not-public"),
        ({"stale": b"<rss/>"}, "other-feed-public"),
        ({"status": {".mp3": 403}}, "not-public"),
        ({"has_ranges": False}, "no-range-requests"),
        ({"status": {".jpg": 404}}, "not-public"),
        ({"has_folders": False}, "no-folder-pages"),
        ({"has_cors": False}, "no-cors"),
        ({"hides_state": False}, "public-state"),
        ({"lists_bucket": True}, "public-listing"),
        ({"headers": {"Content-Encoding": "gzip"}}, "wrong-length"),
        ({"headers": {"Content-Type": "binary/octet-stream"}}, "wrong-content-type"),
        ({"headers": {"Content-Type": None, "Content-Length": None}}, "wrong-content-type"),
    ],
)
def test_what_listeners_would_meet_is_told(
    stage: Stage, habits: Habits, habit: dict[str, Any], code: str
) -> None:
    for name, value in habit.items():
        setattr(habits, name, value)

    done = stage.after(stage.first)

    assert code in codes(done)
    assert all(problem.severity.word == "warning" and problem.help for problem in done.problems)
    assert list(afterwards_lines(done))


def test_nobody_is_told_of_a_feed_that_nobody_can_read(stage: Stage, habits: Habits) -> None:
    habits.status = {"feed.xml": 403}
    more = f"announce: {{websub: '{stage.base}/services/hub', podcast_index: true}}"

    done = stage.after(stage.second, more)

    assert "not-public" in codes(done)
    assert done.told == ()
    assert list(afterwards_lines(done)) == [
        f"  read back from {stage.base}/pod/: 0 of {len(done.feeds)} feeds are as published"
    ]


def test_a_site_that_is_not_there_is_one_warning(stage: Stage, habits: Habits) -> None:
    first = stage.first
    assert first.prepared is not None
    material = replace(first.prepared.material, base_url="http://127.0.0.1:1/pod/")
    gone = replace(first, prepared=replace(first.prepared, material=material))

    done = stage.after(gone)

    assert codes(done) == ["not-public"]
    assert done.enclosures > done.looked_at == 0
    assert habits.log == []


def test_the_time_for_it_ends(stage: Stage, habits: Habits) -> None:
    done = stage.after(stage.first, pace=Pace(pauses=(), answer=1.0, whole=0.0))

    assert codes(done) == ["not-public"]
    assert "did not answer in time" in done.problems[0].message


def test_who_does_not_want_to_wait_has_published(
    stage: Stage, habits: Habits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    habits.stale = b"<rss/>"
    monkeypatch.setattr("time.sleep", stop)

    done = stage.after(stage.second)

    assert done.is_stopped
    assert list(afterwards_lines(done))[-1].endswith("it is published")


def test_cloudfront_is_told_before_the_site_is_read(
    stage: Stage, habits: Habits, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "AWS_ENDPOINT_URL_CLOUDFRONT": f"{stage.base}/services/cloudfront",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_CONFIG_FILE": "/nowhere",
        "AWS_SHARED_CREDENTIALS_FILE": "/nowhere",
    }.items():
        monkeypatch.setenv(name, value)

    done = stage.after(stage.second, "announce: {cloudfront: E1A2B3C4D5E6F7}")

    assert habits.log[0][0] == "POST"
    assert "E1A2B3C4D5E6F7/invalidation" in habits.log[0][1]
    assert [each.service for each in done.told] == ["cloudfront"]


def test_a_folder_and_a_plan_without_effect_need_nothing(stage: Stage, habits: Habits) -> None:
    prepared = stage.second.prepared
    assert prepared is not None
    here = replace(prepared, place=replace(prepared.place, target=FolderTarget(Web.site)))
    noted = tuple(s for s in prepared.plan.steps if s.action is Action.RETIRE)
    idle = replace(prepared, plan=replace(prepared.plan, steps=noted))

    for each in (here, idle):
        assert stage.after(replace(stage.second, prepared=each)) == Afterwards()
    assert habits.log == []


def test_another_place_than_the_settings_name_is_not_the_public_one(stage: Stage) -> None:
    settings = stage.settings().model_copy(update={"publish_to": "s3://show"})

    assert serves_listeners(None, settings)
    assert serves_listeners("s3://show", settings)
    assert not serves_listeners("s3://trial", settings)
    assert serves_listeners("s3://trial", settings.model_copy(update={"publish_to": None}))
