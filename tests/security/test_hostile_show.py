"""Hostile texts in every field that an author, a tool or a tag can fill: none becomes markup.

Vectors of vectors.txt go through each field; what comes out is read with an HTML5 parser, and with
the strict parsers of the other formats. The quick suite takes a fourth of each family, with
CASTPRESS_LONG=1 all of them do, and each stands in each kind of file on a page of its own too.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from castpress.cli import main
from castpress.model.ledger import Ledger
from castpress.model.podcast import Edition
from castpress.read.front_matter import FrontMatter
from castpress.read.notes import parse_notes
from castpress.read.pairing import NOTES_SUFFIXES
from castpress.read.settings import ShowSettings, parse_settings
from castpress.read.show import assemble_show
from castpress.render.app_html import link_target, reduce_html
from castpress.render.catalogue import catalogue
from castpress.render.feed import render_feed
from castpress.render.groups import groups_of
from castpress.render.pages import render_course, render_home
from castpress.render.subscribe_links import app_links
from tests.fuzz.targets import TARGETS, plain_release, theme_of
from tests.messages import MESSAGES
from tests.security.hostile_show import (
    Group,
    accepted,
    body_of,
    chunks_of,
    head_groups,
    read_settings,
    settings_groups,
    write_show,
)
from tests.security.markup import APP_TAGS, NOTES_TAGS, faults_of, is_harmless
from tests.security.page import Scan, calls_in, foreign, scan
from tests.security.vectors import ALL_VECTORS, VECTORS, Vector

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = bool(os.environ.get("CASTPRESS_LONG"))
NOW = "2026-11-21T12:00:00+00:00"
BASE = "https://e.example/show/"
PLAIN = tuple(
    Vector(number, "plain", text)
    for number, text in enumerate(
        (
            *("Plain words.", "https://e.example/a", "pictures/x.jpg", "SOME LOUD WORDS, and more"),
            # Each of these begins an episode, and the fifth is a lesson.
            *(f"https://e.example/{letter}" for letter in "bcd"),
        ),
        1,
    )
)


@pytest.fixture(scope="module")
def apps() -> frozenset[str]:
    """The addresses with schemes of their own that the theme makes for apps."""
    feeds = (f"{BASE}feed.xml", f"{BASE}courses/steps/feed.xml")
    return frozenset(link.url for feed in feeds for link in app_links(feed, ""))


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory, apps: frozenset[str]) -> Scan:
    """What pages are made of where nobody attacks."""
    root = tmp_path_factory.mktemp("plain") / "show"
    write_show(root, PLAIN)
    found = Scan()
    for page in build(root):
        found.pieces |= scan(page.read_text("utf-8"), apps).pieces
    return found


def build(root: Path) -> list[Path]:
    assert main(["build", "--show", str(root), "--now", NOW, "-q"]) == 0
    return sorted((root / "public").rglob("*.html"))


def test_there_are_enough_vectors_and_none_twice() -> None:
    assert len(ALL_VECTORS) >= 300
    texts = {vector.text.replace(vector.mark, "") for vector in ALL_VECTORS}
    assert len(texts) == len(ALL_VECTORS)
    assert {vector.family for vector in VECTORS} == {vector.family for vector in ALL_VECTORS}


def test_every_key_that_holds_text_is_filled() -> None:
    """What is left out holds a number, a switch, a date or the name of a file that is there."""
    head = keys_of(head_groups(VECTORS[:3], 4, is_tagged=False)) | {"call_to_action"}
    show = keys_of(settings_groups(VECTORS[:3]))

    assert set(FrontMatter.model_fields) - head == {
        *("draft", "updated", "season", "episode", "type", "explicit", "block", "pinned"),
        *("audio", "transcript", "transcript_made_by"),
    }
    assert set(ShowSettings.model_fields) - show == {
        *("explicit", "type", "locked", "time_zone", "publish_to", "medium", "block", "complete"),
        *("ttl", "skip_hours", "skip_days", "feed_size", "search", "transcript_made_by"),
    }


def keys_of(groups: list[Group]) -> set[str]:
    headers = {group.header for group in groups if group.header}
    return headers | {line.partition(":")[0] for line in groups[0].lines}


@pytest.mark.parametrize("turn", range(6 if LONG else 1))
def test_no_file_of_a_hostile_show_holds_markup_of_its_author(
    tmp_path: Path, apps: frozenset[str], plain: Scan, turn: int
) -> None:
    root = tmp_path / "show"
    sources = write_show(root, VECTORS, turn)

    pages = build(root)

    public = root / "public"
    said = ""
    for page in pages:
        found = scan(page.read_text("utf-8"), apps)
        assert foreign(found, plain) == [], page
        said += found.text
    for path in sorted(public.rglob("*")):
        check_sidecar(path)
    for feed in (public / "feed.xml", public / "courses/steps/feed.xml"):
        check_feed(feed.read_bytes())
    # What is typed is shown, not lost: as text it does no harm.
    assert calls_in(said) == calls_in("".join(vector.text for vector in VECTORS))
    assert len(pages) > sources.episodes
    assert sources.values > 15 * len(VECTORS)


def test_no_setting_of_a_hostile_show_becomes_markup(apps: frozenset[str], plain: Scan) -> None:
    theme = theme_of(BASE)
    release = plain_release()
    lesson = replace(release, episode=replace(release.episode, course="steps", slug="y"))
    for chunk in chunks_of(VECTORS):
        text, _ = accepted(settings_groups(chunk), read_settings)
        placed, _ = parse_settings(text, PurePosixPath("show.yaml"))
        assert placed is not None
        show, _ = assemble_show(placed, {}, Ledger(), MESSAGES)
        listed = catalogue(Edition(show, (release, lesson)))
        courses = (render_course(course, listed, theme) for course in show.courses)
        for artifact, problems in (render_home(listed, groups_of(listed), theme), *courses):
            assert artifact is not None
            assert problems == ()
            found = scan((artifact.content or b"").decode(), apps)
            assert foreign(found, plain) == [], (artifact.path, chunk)
        for feed in (show.feed, *(course.feed for course in show.courses)):
            check_feed(render_feed(show, feed, (release,)).content or b"")


@pytest.mark.parametrize("suffix", sorted({*NOTES_SUFFIXES} - {".htm"}))
def test_no_notes_become_markup_that_is_not_allowed(suffix: str) -> None:
    target = link_target(f"{BASE}episodes/x/")
    whole: list[str] = []
    for vector in VECTORS:
        notes, _ = parse_notes(body_of(vector), PurePosixPath(f"x{suffix}"))
        for section in notes.sections:
            assert list(faults_of(section.html, NOTES_TAGS)) == [], vector
            whole.append(section.html)
            for block in reduce_html(section.html, target):
                assert list(faults_of(block.html, APP_TAGS)) == [], vector
    # The serialiser's spelling is one thing, what a browser makes of it another.
    found = scan("".join(f"<section>{html}</section>" for html in whole))
    assert foreign(found, scan("<section></section>")) == []


def check_sidecar(path: Path) -> None:
    """The files beside the pages can be read by strict parsers, and end where they should."""
    if path.suffix == ".json":
        json.loads(path.read_text("utf-8"))
    elif path.suffix == ".vtt":
        lines = path.read_text("utf-8").split("\n")
        assert lines[0] == "WEBVTT"
        for line in lines:
            if "-->" in line:
                assert re.fullmatch(r"[0-9:.]+ --> [0-9:.]+", line), path
            assert re.fullmatch(r"(?:<v [^<>]*>)?[^<>]*", line) or "-->" in line, path
    elif path.suffix == ".srt":
        for line in path.read_text("utf-8").split("\n"):
            assert "-->" not in line or re.fullmatch(r"[0-9:,]+ --> [0-9:,]+", line), path
    elif path.name == "sitemap.xml":
        for place in etree.fromstring(path.read_bytes()).iter("{*}loc"):
            assert (place.text or "").startswith(BASE)


def check_feed(data: bytes) -> None:
    """A feed is XML, its HTML is what apps are given, its addresses are harmless."""
    root = etree.fromstring(data)
    for name, text in html_of(root):
        assert list(faults_of(text, APP_TAGS)) == [], name
        found = scan(f"<!doctype html><title>x</title>{text}")
        assert foreign(found, scan("<!doctype html><title>x</title>")) == [], name
    for element in root.iter():
        for name in ("url", "href", "src", "img", "uri", "feedUrl"):
            value = element.get(name)
            assert value is None or is_harmless(value), (element.tag, value)
        if element.tag in {"link", "url", "docs"}:
            assert (element.text or "").startswith("https://"), element.tag
    processing = [node for node in root.iter() if not isinstance(node.tag, str)]
    assert processing == []


def html_of(root: etree._Element) -> Iterator[tuple[str, str]]:
    """The texts of a feed that apps take for HTML; the channel's description is plain text."""
    for item in root.iter("item"):
        for name in ("description", "{http://purl.org/rss/1.0/modules/content/}encoded"):
            yield name, item.findtext(name) or ""


@pytest.mark.parametrize("name", ["settings", "episode", "transcript", "feed"])
def test_vectors_as_whole_files_break_no_promise(name: str) -> None:
    """A head, a transcript or a show.yaml that is nothing but the text, not put in quotes."""
    for vector in VECTORS:
        text = vector.text
        head = f"title: {text}\npeople:\n- {text}\n"
        for whole in (text, head, f"---\n{head}---\n{text}\n"):
            TARGETS[name].run(whole.encode("utf-8", "replace"))
