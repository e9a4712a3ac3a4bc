"""Make docs/episode.png: an episode's page as a desktop and a phone show it.

Needs Debian's chromium, Playwright and Pillow. Build the bundled show first, then run it from the
project's folder.
"""

from __future__ import annotations

import io
import threading
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from castpress.store.site_server import make_server

PAGE = "episodes/why-do-runners-need-a-mid-back-that-turns/"
VIEWS = (("light", 1180, 1000), ("dark", 390, 1000))


def main() -> None:
    server = make_server(Path("public"), 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    pictures = []
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        for scheme, width, height in VIEWS:
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page.goto(f"http://127.0.0.1:{server.server_port}/{PAGE}")
            pictures.append(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))
        browser.close()
    server.shutdown()
    gap = 24
    wide = sum(picture.width for picture in pictures) + gap
    whole = Image.new("RGB", (wide, pictures[0].height), "white")
    whole.paste(pictures[0], (0, 0))
    whole.paste(pictures[1], (pictures[0].width + gap, 0))
    size = (1200, round(whole.height * 1200 / whole.width))
    smaller = whole.resize(size, Image.Resampling.LANCZOS)
    smaller.quantize(128).save("docs/episode.png", optimize=True)


if __name__ == "__main__":
    main()
