"""Pages full of hostile texts in a real browser, without the policy that would stop a script."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

import pytest

from castpress.model.ledger import Ledger
from castpress.model.notes import Section
from castpress.model.podcast import Edition, Release
from castpress.model.problem import Location
from castpress.read.episode import Material, assemble_episode
from castpress.read.episode_transcripts import TranscriptSource
from castpress.read.front_matter import parse_head
from castpress.read.notes import parse_notes
from castpress.read.settings import parse_settings
from castpress.read.show import assemble_show
from castpress.render.pages import render_pages
from tests.fuzz.targets import AUDIO, PUBLISHED
from tests.messages import MESSAGES
from tests.render import sample
from tests.render.browser.conftest import Site, serve
from tests.security.hostile_show import (
    accepted,
    chunks_of,
    joined,
    note_groups,
    read_head,
    read_settings,
    settings_groups,
    transcripts_of,
)
from tests.security.vectors import HIT, VECTORS

LONG = bool(os.environ.get("CASTPRESS_LONG"))
GROUPS_STEP = 20
AT_ONCE = 8
# Whatever calls one of these has carried out what an author wrote.
WATCH = f"""
for (const name of ["{HIT}", "alert", "confirm", "prompt", "print", "open"])
  window[name] = (...words) => console.error("called", name, String(words[0]));
"""
# Opens pages in frames, some at a time, and lists what no page may hold as the browser sees it.
OPEN = """
async ([paths, atOnce]) => {
  const faults = [];
  const schemes = new Set(["http:", "https:", "mailto:", "tel:", ":", ""]);
  const look = (path, page) => {
    for (const element of page.querySelectorAll("*")) {
      for (const {name} of element.attributes)
        if (/^on|^srcdoc$/.test(name)) faults.push([path, element.outerHTML.slice(0, 200)]);
      const isOurs =
        /[/]assets[/](player|search)-/.test(element.src ?? "") ||
        element.type === "application/ld+json";
      const isForeign =
        (element.matches("script") && !isOurs) ||
        element.matches("iframe, frame, object, embed, base, style, math, animate, set") ||
        element.matches("form:not([role=search])") ||
        (element.matches("a[href], area") && !schemes.has(element.protocol));
      if (isForeign) faults.push([path, element.outerHTML.slice(0, 200)]);
    }
  };
  const open = path => new Promise(done => {
    const frame = document.createElement("iframe");
    frame.onload = () => setTimeout(() => {
      look(path, frame.contentDocument);
      frame.remove();
      done();
    });
    frame.src = path;
    document.body.append(frame);
  });
  const queue = [...paths];
  const work = async () => { while (queue.length) await open(queue.pop()); };
  await Promise.all(Array.from({length: atOnce}, work));
  return faults;
}
"""


def hostile_pages() -> dict[str, bytes]:
    """A page for each group of vectors, which stand in its head, notes, tags and transcript."""
    chunks = chunks_of(VECTORS, addresses_first=True)
    settings, _ = accepted(settings_groups(chunks[0], chunks), read_settings)
    placed, _ = parse_settings(settings, PurePosixPath("show.yaml"))
    assert placed is not None
    show, _ = assemble_show(placed, {}, Ledger(), MESSAGES)
    releases = []
    for number, chunk in enumerate(chunks):
        file = PurePosixPath(f"show_notes/{number:03}-x.md")
        head_text, _ = accepted(note_groups(chunk, number, settings), read_head)
        head, _ = parse_head(f"---\n{head_text}---\n", file)
        notes, _ = parse_notes("", file)
        sections: list[Section] = []
        for vector in chunk:
            for suffix in (".md", ".txt", ".html"):
                read, _ = parse_notes(vector.text, file.with_suffix(suffix))
                count = len(sections)
                sections += [replace(s, anchor=f"s{count}-{s.anchor}") for s in read.sections]
        forms = transcripts_of(chunk)
        name, text = forms[number % len(forms)]
        transcript = TranscriptSource(text, file.with_suffix(f".{name}"), show.feed.language)
        audio = replace(AUDIO, title=joined(chunk).encode("utf-8", "replace").decode())
        material = Material(
            file.stem, f"guid-{number}", head, replace(notes, sections=tuple(sections)), audio,
            (transcript,), None, Location(file, 1),
        )  # fmt: skip
        episode, _ = assemble_episode(material, show, placed)
        episode = replace(episode, slug=f"x-{number}", published=PUBLISHED)
        enclosure = sample.EDITION.releases[0].enclosure
        releases.append(Release(episode, replace(enclosure, path=f"audio/x-{number}.wav")))
    artifacts, problems = render_pages(Edition(show, tuple(releases)), sample.templates())
    assert problems == ()
    return {artifact.path: artifact.content or b"" for artifact in artifacts}


@pytest.fixture(scope="module")
def hostile() -> Iterator[Site]:
    site = Site(hostile_pages() | {"frames.html": b"<!doctype html><title>Frames</title>"})
    server = serve(site)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


def opened(
    chromium: Any, site: Site, paths: list[str], *, bypass_csp: bool
) -> tuple[list[Any], list[Any], list[str]]:
    """The pages in frames: what they hold, what they ask other hosts for, what they call."""
    context = chromium.new_context(bypass_csp=bypass_csp)
    context.set_default_timeout(60_000)
    context.add_init_script(WATCH)
    called: list[str] = []
    asked: list[tuple[str, str, str]] = []
    page = context.new_page()

    def refuse(dialog: Any) -> None:
        called.append(dialog.message)
        dialog.dismiss()

    page.on("console", lambda m: called.append(m.text) if m.text.startswith("called") else None)
    page.on("dialog", refuse)
    context.on("requestfailed", lambda r: asked.append((r.resource_type, r.url, r.failure)))
    context.on("requestfinished", lambda r: asked.append((r.resource_type, r.url, "")))
    page.goto(f"{site.base}frames.html")
    faults = page.evaluate(OPEN, [paths, AT_ONCE])
    context.close()
    return faults, [one for one in asked if not one[1].startswith(site.base)], called


def paths_of(site: Site) -> list[str]:
    """All pages but those with links of the theme's own into apps."""
    pages = sorted(f"/{path}" for path in site.files if path.endswith(".html"))
    own = [path for path in pages if not path.startswith(("/subscribe/", "/courses/", "/frames"))]
    groups = [path for path in own if path.startswith(("/tags/", "/people/", "/embed/"))]
    # A page for each tag and person there is; what they show, they show in the same places.
    left_out = set() if LONG else set(groups) - set(groups[::GROUPS_STEP])
    return [path for path in own if path not in left_out]


def test_nothing_that_an_author_wrote_is_carried_out(chromium: Any, hostile: Site) -> None:
    faults, asked, called = opened(chromium, hostile, paths_of(hostile), bypass_csp=True)

    assert faults == []
    assert called == []
    # A picture from elsewhere is the author's to name; the policy keeps browsers from loading it.
    assert [url for kind, url, _ in asked if kind != "image"] == []


def test_no_page_asks_another_host_for_anything(chromium: Any, hostile: Site) -> None:
    paths = [path for path in paths_of(hostile) if holds_foreign_picture(hostile, path)]
    assert paths

    _, asked, called = opened(chromium, hostile, [*paths, "/index.html"], bypass_csp=False)

    assert [url for _, url, failure in asked if failure != "csp"] == []
    assert called == []


def holds_foreign_picture(site: Site, path: str) -> bool:
    return re.search(rb'<img [^>]*src="(?:[a-z]+:|//)', site.files[path[1:]]) is not None
