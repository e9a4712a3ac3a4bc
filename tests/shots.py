"""Pictures of every kind of page, and sheets of them, so that a person can look at all at once.

    ./run shots              into .cache/shots
    ./run shots DIR
    ./run shots DIR --docs   and the sheets of the episode and the lesson into docs/screenshots

The pages are those of the bundled show, the largest of each kind, and of samples: some in Hebrew,
and the kinds of which the bundled show has none.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw, ImageFont

from castpress.render.pages import render_pages
from castpress.render.transcript_page import transcript_path
from tests.render import film_sample, long_sample, sample, translated_sample
from tests.render.browser.bundled import built, by_kind
from tests.render.browser.conftest import ARGUMENTS, CHROMIUM, Site, serve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from castpress.model.podcast import Edition

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs/screenshots"
IN_DOCS = {
    "episodes/* episode": ("episode.webp", "An episode"),
    "courses/*/* episode": ("lesson.webp", "A lesson of a course"),
}
DOCS_LIMIT = 150_000
PHONE, DESKTOP = 390, 1280
GAP, CAPTION = 24, 30
PAPER, INK = "#d9d9d6", "#222"
# A page is shown down to here on a sheet; its own picture holds the whole of it.
SHOWN = 1900


@dataclass(frozen=True, slots=True)
class Look:
    """One way to see a page."""

    name: str
    width: int
    scheme: str = "light"
    has_script: bool = True
    is_print: bool = False


LOOKS = (
    Look("phone light", PHONE),
    Look("phone dark", PHONE, "dark"),
    Look("phone without script", PHONE, has_script=False),
    Look("desktop light", DESKTOP),
    Look("desktop dark", DESKTOP, "dark"),
    Look("print", 760, is_print=True),
)


def main() -> int:
    """Take all pictures; the exit code is 1 where a sheet for the docs is too large."""
    about = argparse.ArgumentParser(prog="./run shots", description="Pictures of all pages.")
    about.add_argument("folder", nargs="?", type=Path, default=ROOT / ".cache/shots")
    about.add_argument("--docs", action="store_true", help="write docs/screenshots anew")
    options = about.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        files = built(Path(scratch))
    pages = [(kind, files, address) for kind, address in by_kind(files).items()]
    pages += [(f"Hebrew: {kind}", *page) for kind, page in hebrew_pages(files).items()]
    pages += [(f"sample: {kind}", *page) for kind, page in sample_pages(files).items()]
    rows: dict[str, list[tuple[str, Image.Image]]] = {}
    for kind, look, picture in pictures(pages):
        name = re.sub(r"[^a-z0-9]+", "-", f"{kind} {look.name}".lower().replace("*", "one")).strip(
            "-"
        )
        picture.save(options.folder / f"{name}.png")
        rows.setdefault(kind, []).append((look.name, picture))
        print(".", end="", flush=True)
    sheet(list(rows.items()), 0.4).save(options.folder / "sheet.jpg", quality=82)
    print(f"\n{sum(map(len, rows.values()))} pictures and sheet.jpg are in {options.folder}")
    return write_docs(rows) if options.docs else 0


def hebrew_pages(bundled: dict[str, bytes]) -> dict[str, tuple[dict[str, bytes], str]]:
    """An episode and a course from right to left, with the artwork of the bundled show."""
    files = pages_of(translated_sample.edition("he"), bundled)
    wanted = {
        "episode": sample.MIDBACK.episode.page_path,
        "course": sample.COURSE.feed.page_path,
        "home": "",
    }
    return {kind: (files, address) for kind, address in wanted.items()}


def sample_pages(bundled: dict[str, bytes]) -> dict[str, tuple[dict[str, bytes], str]]:
    """What the bundled show has no page of: a film, and a transcript on a page of its own."""
    film = pages_of(film_sample.edition_of(), bundled)
    spoken = pages_of(replace(sample.EDITION, releases=(long_sample.THREE_HOURS,)), bundled)
    path = sample.MIDBACK.episode.page_path
    return {"film": (film, path), "long transcript": (spoken, transcript_path(path))}


def pages_of(edition: Edition, bundled: dict[str, bytes]) -> dict[str, bytes]:
    """The pages of a sample, with the artwork of the bundled show."""
    artifacts, _ = render_pages(edition, sample.templates())
    files = {artifact.path: artifact.content or b"" for artifact in artifacts}
    cover = next(
        content for path, content in bundled.items() if re.search(r"cover-.*-640\.webp$", path)
    )
    return files | dict.fromkeys(
        (sample.COVER.path, *(path for _, path in sample.COVER.sizes)), cover
    )


def pictures(
    pages: list[tuple[str, dict[str, bytes], str]],
) -> Iterator[tuple[str, Look, Image.Image]]:
    """Each page in each look, from top to bottom."""
    from playwright.sync_api import sync_playwright

    site = Site({})
    server = serve(site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        for look in LOOKS:
            context = browser.new_context(
                viewport={"width": look.width, "height": 844},
                color_scheme="dark" if look.scheme == "dark" else "light",
                java_script_enabled=look.has_script,
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.emulate_media(media="print" if look.is_print else "screen")
            for kind, files, address in pages:
                site.files = files
                yield kind, look, _picture(page, site.base + address)
            context.close()
        browser.close()
    server.shutdown()


def _picture(page: Any, url: str) -> Image.Image:
    import io

    page.goto(url, wait_until="networkidle")
    # Pictures further down are loaded once somebody comes near them.
    page.mouse.wheel(0, 100_000)
    page.wait_for_timeout(80)
    page.mouse.wheel(0, -100_000)
    page.wait_for_timeout(80)
    with Image.open(io.BytesIO(page.screenshot(full_page=True))) as picture:
        return picture.convert("RGB")


def sheet(
    rows: list[tuple[str, list[tuple[str, Image.Image]]]], scale: float, shown: int = SHOWN
) -> Image.Image:
    """The pictures in rows, each row with its title, each picture with its caption."""
    font = ImageFont.load_default(17)
    small = [
        (title, [(caption, _reduced(picture, scale, shown)) for caption, picture in row])
        for title, row in rows
    ]
    heights = [2 * CAPTION + max(p.height for _, p in row) + GAP for _, row in small]
    width = GAP + max(sum(p.width + GAP for _, p in row) for _, row in small)
    whole = Image.new("RGB", (width, sum(heights) + GAP), PAPER)
    draw = ImageDraw.Draw(whole)
    top = GAP
    for (title, row), height in zip(small, heights, strict=True):
        draw.text((GAP, top), title, INK, ImageFont.load_default(21))
        left = GAP
        for caption, picture in row:
            draw.text((left, top + CAPTION), caption, INK, font)
            whole.paste(picture, (left, top + 2 * CAPTION))
            left += picture.width + GAP
        top += height
    return whole


def _reduced(picture: Image.Image, scale: float, shown: int) -> Image.Image:
    top = picture.crop((0, 0, picture.width, min(picture.height, shown)))
    size = (round(top.width * scale), round(top.height * scale))
    return top.resize(size, Image.Resampling.LANCZOS)


def write_docs(rows: dict[str, list[tuple[str, Image.Image]]]) -> int:
    """The sheets that the repository keeps."""
    DOCS.mkdir(exist_ok=True)
    too_large = 0
    for kind, (name, title) in IN_DOCS.items():
        row = [(caption, picture) for caption, picture in rows[kind] if "light" in caption]
        row += [(caption, picture) for caption, picture in rows[kind] if "dark" in caption]
        sheet([(title, row)], 0.5).save(DOCS / name, quality=72, method=6)
        size = (DOCS / name).stat().st_size
        print(f"{DOCS / name}: {size:,} bytes, at most {DOCS_LIMIT:,}")
        too_large += size > DOCS_LIMIT
    return int(too_large > 0)


if __name__ == "__main__":
    sys.exit(main())
