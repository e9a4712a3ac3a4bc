"""Measure what opening the bundled show's pages costs: requests, bytes, and when they can be read.

Chromium opens each kind of page as a phone that was never there, from a server that answers as a
published show behind a CDN does (text packed, files with a digest in their name kept). The last
columns are over 1.6 Mbit/s with 150 ms to the server, on a fourth of this processor's speed.
"""

# ruff: noqa: T201, TID251 - the table is the result
from __future__ import annotations

import statistics
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
LOADS = 5

if TYPE_CHECKING:
    from tests.render.browser.loading import Loading


def measure_pages(runs: int) -> int:
    """Print the table; the exit code is 1 if the browser or what drives it is missing."""
    sys.path.insert(0, str(ROOT))
    try:
        from playwright.sync_api import sync_playwright

        from tests.render.browser import bundled, conftest, loading
    except ModuleNotFoundError:
        print("bench: Playwright is missing; type ./run test once", file=sys.stderr)
        return 1
    if not Path(conftest.CHROMIUM).exists():
        print("bench: Chromium is not installed; install it (Debian: chromium)", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        files = bundled.built(Path(folder))
    site = conftest.Site(files, packed=loading.packed(files))
    server = conftest.serve(site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("| page | requests | HTML | CSS | JS | pictures | audio | all kB | jumps | LCP ms | of |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---|")
    with sync_playwright() as playwright:
        browser: Any = playwright.chromium.launch(
            executable_path=conftest.CHROMIUM, args=list(conftest.ARGUMENTS)
        )
        for kind, address in bundled.by_kind(files).items():
            quiet = loading.load(browser, site, address)
            slow = [loading.load(browser, site, address, is_slow=True) for _ in range(runs)]
            print(_row(kind, quiet, slow), flush=True)
        browser.close()
    server.shutdown()
    return 0


def _row(kind: str, quiet: Loading, slow: list[Loading]) -> str:
    sizes = dict(quiet.bytes_by_ending)
    text = [sizes.pop(ending, 0) for ending in ("html", "css", "js")]
    pictures = sum(sizes.pop(ending, 0) for ending in ("webp", "jpg", "png", "svg", "avif", "ico"))
    kilobytes = [f"{size / 1000:.1f}" for size in (*text, pictures, sum(sizes.values()))]
    times = sorted(one.lcp_ms for one in slow)
    lcp = f"{statistics.median(times):.0f} ({times[0]:.0f}–{times[-1]:.0f})"
    cells = [kind, str(quiet.requests), *kilobytes, f"{quiet.total / 1000:.1f}"]
    return f"| {' | '.join([*cells, f'{quiet.shift:.3f}', lcp, quiet.part])} |"
