"""What a page costs whoever opens it: requests, bytes as they travel, and when it can be read."""

from __future__ import annotations

import gzip
from collections import Counter
from dataclasses import dataclass
from typing import Any

from tests.render.browser.waiting import wait_until

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
TEXTS = ("html", "css", "js", "svg", "json", "xml", "txt")
# A slow phone network, and a processor of a fourth of this one's speed.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
SLOWER_CPU = 4
PAINTED = """() => new Promise(done => {
  const found = {lcp: 0, shift: 0, part: ""};
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      found.lcp = entry.startTime;
      found.part = entry.element?.localName ?? "";
    }
  }).observe({type: "largest-contentful-paint", buffered: true});
  new PerformanceObserver(list => list.getEntries().forEach(e => { found.shift += e.value; }))
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(found), 200);
})"""


@dataclass(frozen=True, slots=True)
class Loading:
    """One opening of a page, up to where nothing more is asked for."""

    requests: int
    """What the page asked for. The icon of the tab, which the browser fetches once the page is
    there and then keeps, is not among them; it counts in the bytes."""
    foreign: tuple[str, ...]
    """Addresses of other hosts."""
    bytes_by_ending: dict[str, int]
    """Bytes as they travel: text packed, as every CDN and web server packs it."""
    lcp_ms: float
    """When the largest thing on the first screen was drawn."""
    part: str
    """The element which that was."""
    shift: float
    """How much jumped, as Chromium's layout shift counts."""
    complaints: tuple[str, ...]
    """What the browser wrote to its console."""
    stored: int
    """Cookies and stored values, before anybody has touched the page."""

    @property
    def total(self) -> int:
        """All bytes."""
        return sum(self.bytes_by_ending.values())


def packed(files: dict[str, bytes]) -> dict[str, bytes]:
    """The texts among the files as a web server or CDN sends them."""
    return {
        path: gzip.compress(content, 6, mtime=0)
        for path, content in files.items()
        if path.rpartition(".")[2] in TEXTS
    }


def load(chromium: Any, site: Any, address: str, *, is_slow: bool = False) -> Loading:
    """Open a page on a phone that was never there before, and wait until it is quiet.

    ``is_slow``: over 1.6 Mbit/s with 150 ms to the server, on a slow processor.
    """
    context = chromium.new_context(**PHONE)
    page = context.new_page()
    complaints: list[str] = []
    asked: list[tuple[str, str]] = []
    page.on("console", lambda m: complaints.append(m.text))
    page.on("pageerror", lambda fault: complaints.append(str(fault)))
    page.on("request", lambda request: asked.append((request.url, request.resource_type)))
    if is_slow:
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", SLOW)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_CPU})
    site.asked.clear()
    page.goto(site.base + address)
    page.wait_for_load_state("networkidle")
    wait_until(page, "document.readyState === 'complete'")
    painted = page.evaluate(PAINTED)
    icon = page.evaluate("document.querySelector('link[rel=icon]')?.href")
    stored = page.evaluate("localStorage.length + sessionStorage.length")
    stored += len(context.cookies())
    by_ending: Counter[str] = Counter()
    for path, _ in site.asked:
        sent = (site.packed or {}).get(path) or site.files.get(path, b"")
        by_ending[path.rpartition(".")[2]] += len(sent)
    foreign = tuple(url for url, _ in asked if not url.startswith((site.base, "data:")))
    context.close()
    return Loading(
        len([one for one in asked if one != (icon, "other")]), foreign, dict(by_ending),
        painted["lcp"], painted["part"], painted["shift"], tuple(complaints), stored,
    )  # fmt: skip
