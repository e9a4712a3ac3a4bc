"""A real browser, and a small server that answers ranges as the ones of podcasts do."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from castpress.model.publication.headers import headers_of
from castpress.render.pages import render_pages
from tests.render import sample
from tests.render.browser.bundled import built

CHROMIUM = os.environ.get("CASTPRESS_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
)
VIEWPORT = {"width": 1280, "height": 900}
TYPES = {
    "html": "text/html; charset=utf-8", "css": "text/css", "js": "text/javascript",
    "svg": "image/svg+xml", "wav": "audio/wav", "webp": "image/png", "jpg": "image/png",
}  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = pytest.mark.skipif(
        not Path(CHROMIUM).exists(),
        reason="Chromium is not installed; install it or set CASTPRESS_CHROMIUM",
    )
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(missing)


@dataclass
class Site:
    """What is served, and what was asked for: (path, Range header)."""

    files: dict[str, bytes]
    base: str = ""
    asked: list[tuple[str, str | None]] = field(default_factory=list)
    packed: dict[str, bytes] | None = None
    """Texts as they travel, where the site is to answer as a published one behind a CDN does."""

    def audio_requests(self) -> list[tuple[str, str | None]]:
        return [(path, sent) for path, sent in self.asked if path.startswith("audio/")]


def serve(site: Site) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = self.path.split("?")[0].lstrip("/")
            path += "index.html" if not path or path.endswith("/") else ""
            sent = self.headers.get("Range")
            site.asked.append((path, sent))
            whole = site.files.get(path)
            status, body, extra = (200, whole, "") if whole is not None else (404, b"", "")
            found = re.fullmatch(r"bytes=(\d+)-(\d*)", sent or "")
            if found and whole is not None:
                start = int(found[1])
                end = min(int(found[2] or len(whole) - 1), len(whole) - 1)
                status, body = 206, whole[start : end + 1]
                extra = f"bytes {start}-{end}/{len(whole)}"
            body = body or b""
            self.send_response(status)
            if site.packed is not None and status == 200:
                self.send_header("Cache-Control", headers_of(path).cache_control)
                if path in site.packed:
                    self.send_header("Content-Encoding", "gzip")
                    body = site.packed[path]
            ending = path.rpartition(".")[2]
            self.send_header("Content-Type", TYPES.get(ending, "application/octet-stream"))
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Accept-Ranges", "bytes")
            if extra:
                self.send_header("Content-Range", extra)
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # the player has seeked elsewhere

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A browser that hangs up is no news."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    site.base = f"http://127.0.0.1:{server.server_port}/"
    return server


@pytest.fixture(scope="session")
def files() -> dict[str, bytes]:
    artifacts, problems = render_pages(sample.EDITION, sample.templates())
    assert not problems
    files = {artifact.path: artifact.content or b"" for artifact in artifacts}
    cover = sample.png_square(300, (226, 112, 58))
    files |= dict.fromkeys((sample.COVER.path, *(p for _, p in sample.COVER.sizes)), cover)
    wav = sample.silent_wav(600)
    return files | {release.enclosure.path: wav for release in sample.EDITION.releases}


@pytest.fixture(scope="session")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The bundled show, built once for all workers of the run."""
    base = tmp_path_factory.getbasetemp()
    return built(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture
def site(files: dict[str, bytes]) -> Iterator[Site]:
    """The sample show on an address of its own, so that no test remembers another's listening."""
    site = Site(dict(files))
    server = serve(site)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(viewport=VIEWPORT)
    context.set_default_timeout(10_000)
    yield context
    context.close()


@pytest.fixture(scope="session")
def window(chromium: Any) -> Iterator[Any]:
    """The page of a worker: to open another takes Chromium longer than most tests."""
    context = chromium.new_context(viewport=VIEWPORT)
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def page(window: Any, site: Site) -> Iterator[Any]:
    """A page as if newly opened, on which any complaint of the browser fails the test."""
    with _without_complaints(window):
        yield window
        _make_new(window, site.base.rstrip("/"))


@pytest.fixture
def own_page(context: Any) -> Iterator[Any]:
    """The same for a test that puts into the page what cannot be taken out: a script, a clock."""
    page = context.new_page()
    with _without_complaints(page):
        yield page


@contextlib.contextmanager
def _without_complaints(page: Any) -> Iterator[None]:
    complaints: list[str] = []

    def hear_console(message: Any) -> None:
        if message.type == "error":
            complaints.append(message.text)

    def hear_fault(fault: Any) -> None:
        complaints.append(str(fault))

    page.on("console", hear_console)
    page.on("pageerror", hear_fault)
    yield
    page.remove_listener("console", hear_console)
    page.remove_listener("pageerror", hear_fault)
    assert [c for c in complaints if "404" not in c] == []


def _make_new(window: Any, origin: str) -> None:
    """Take from the page what a test has left, and from the browser what the site has stored."""
    context = window.context
    for other in context.pages:
        if other is not window:
            other.close()
    window.goto("about:blank")
    devtools = context.new_cdp_session(window)
    devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
    devtools.detach()
    context.clear_cookies()
    context.clear_permissions()
    window.mouse.move(-1, -1)
    window.emulate_media(
        media="null", color_scheme="null", reduced_motion="null", forced_colors="null"
    )
    window.set_viewport_size(VIEWPORT)
