"""What is fuzzed: bytes through a reader, and through all that is made of what it has read.

A target takes bytes and raises where a promise is broken: that nothing an author, a tool or a
network can send raises, that every problem has a place, that chapters rise within the audio, and
that nothing but the allowed markup comes out.
"""

from __future__ import annotations

import json
import re
import tempfile
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from lxml import etree

from castpress.check.episode import check_episode
from castpress.model.ledger import Ledger
from castpress.model.podcast import AudioFacts, Edition, Enclosure, Release
from castpress.model.problem import Location, Severity
from castpress.model.text import DESCRIPTION_BYTES
from castpress.read.chapters import resolve_chapters
from castpress.read.episode import Material, assemble_episode
from castpress.read.feed import parse_feed
from castpress.read.front_matter import parse_head
from castpress.read.missing_video import missing_video_problems
from castpress.read.notes import parse_notes
from castpress.read.settings import parse_settings
from castpress.read.show import assemble_show
from castpress.read.transcript import parse_transcript
from castpress.render.app_html import link_target, reduce_html
from castpress.render.catalogue import catalogue
from castpress.render.chapters import render_chapters_json
from castpress.render.feed import render_item
from castpress.render.groups import groups_of
from castpress.render.html_text import for_page
from castpress.render.pages import render_episode_page, render_home
from castpress.render.theme import prepare_theme
from castpress.render.transcript import render_transcripts
from castpress.store.sources import read_text
from tests.messages import MESSAGES
from tests.security.markup import APP_TAGS, NOTES_TAGS, faults_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from castpress.model.notes import Notes
    from castpress.model.podcast import Chapter, Show
    from castpress.model.problem import Problem
    from castpress.read.front_matter import Head
    from castpress.read.settings import PlacedSettings
    from castpress.render.theme import Theme

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "tests/corpus"
HOUR_MS = 3_600_000
NOTES_NAMES = ("n.md", "n.txt", "n.html")
TRANSCRIPT_NAMES = ("t.vtt", "t.srt", "t.json", "t.txt", "t.html")
SETTINGS = (ROOT / "tests/shows/tiny/show.yaml").read_text("utf-8")
AUDIO = AudioFacts("audio/mpeg", "mp3", 1_000_000, HOUR_MS, "0" * 64, title="Hills", artist="Ida")
# What may be wrong with a transcript that we read, and never with one that we have written.
NEVER_WRITTEN = {"broken-cue", "cue-overlap", "cue-out-of-order", "not-utf8", "empty-transcript"}
_SRT_SPAN = re.compile(
    r"[0-9]{2,}:[0-9]{2}:[0-9]{2},[0-9]{3} --> [0-9]{2,}(?::[0-9]{2}){2},[0-9]{3}"
)
PUBLISHED = datetime(2026, 1, 2, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Target:
    """A way through castpress: ``seeds`` are the corpus files it begins with."""

    name: str
    run: Callable[[bytes], None]
    seeds: tuple[Path, ...]


class PromiseBrokenError(AssertionError):
    """Something came out that must not."""


def promise(is_kept: object, what: str) -> None:
    """Raise where a promise is not kept; unlike assert, under every option of the interpreter."""
    if not is_kept:
        raise PromiseBrokenError(what)


def run_notes(data: bytes) -> None:
    """Notes, their chapters with and without an audio, and the blocks for apps."""
    name = _one_of(NOTES_NAMES, data)
    text = _decoded(data, name)
    if text is not None:
        read_notes(text, name)


def read_notes(text: str, name: str) -> None:
    """One kind of notes, with the promises that hold for every text."""
    file = PurePosixPath(name)
    head, problems = parse_head(text, file)
    _check_problems(problems, text)
    for duration_ms in (HOUR_MS, None):
        notes, problems = parse_notes(
            head.body,
            file,
            first_line=head.first_line,
            title=head.settings.title,
            duration_ms=duration_ms,
        )
        _check_problems(problems, text)
        _check_notes(notes, text)
        chapters, problems = resolve_chapters(notes.marks, duration_ms, "Opening")
        _check_problems((*problems, *missing_video_problems(notes, has_video=False)), text)
        _check_chapters(chapters, duration_ms)
        if duration_ms is None:
            continue
        target = link_target("https://a.example/episodes/x/")
        for section in notes.sections:
            for_page(section.html, "../x.mp3")
            for block in reduce_html(section.html, target):
                _check_markup(block.html, "the app's HTML", APP_TAGS)


def run_episode(data: bytes) -> None:
    """A whole note, from its settings to its page and its item in the feed."""
    text = _decoded(data, "x.md")
    if text is None:
        return
    file = PurePosixPath("show_notes/007-x.md")
    head, _ = parse_head(text, file)
    notes, _ = parse_notes(head.body, file, first_line=head.first_line, duration_ms=HOUR_MS)
    publish(head, notes)


def run_transcript(data: bytes) -> None:
    """A transcript, and the files that are made of it."""
    name = _one_of(TRANSCRIPT_NAMES, data)
    text = _decoded(data, name)
    if text is not None:
        read_transcript(text, name)


def read_transcript(text: str, name: str) -> None:
    """One kind of transcript, with the promises that hold for every text."""
    transcript, problems = parse_transcript(text, PurePosixPath(name), "en")
    _check_problems(problems, text)
    moments = [cue.start_ms for cue in transcript.cues]
    promise(moments == sorted(moments), "cues are not in order")
    promise(all(cue.start_ms <= cue.end_ms for cue in transcript.cues), "a cue ends too early")
    release = plain_release()
    release = replace(release, episode=replace(release.episode, transcripts=(transcript,)))
    for artifact in render_transcripts(release):
        written = (artifact.content or b"").decode("utf-8")
        if artifact.path.endswith(".json"):
            json.loads(written)
        elif artifact.path.endswith(".vtt"):
            again, faults = parse_transcript(written, PurePosixPath("t.vtt"), "en")
            promise(again.cues, "WebVTT has lost its cues")
            wrong = sorted({fault.code for fault in faults} & NEVER_WRITTEN)
            promise(not wrong, f"WebVTT is read with {' and '.join(wrong)}")
        elif artifact.path.endswith(".srt"):
            arrows = [line for line in written.split("\n") if "-->" in line]
            promise(arrows and all(map(_SRT_SPAN.fullmatch, arrows)), "SubRip has a stray arrow")
            starts = [int(re.sub("[^0-9]", "", arrow.split(" ")[0])) for arrow in arrows]
            promise(starts == sorted(starts), "SubRip is not in order")


def run_settings(data: bytes) -> None:
    """A show.yaml, and the show and front page that it makes."""
    text = _decoded(data, "show.yaml")
    if text is None:
        return
    placed, problems = parse_settings(text, PurePosixPath("show.yaml"))
    _check_problems(problems, text)
    if placed is None or any(problem.severity is Severity.ERROR for problem in problems):
        return
    show, problems = assemble_show(placed, {}, Ledger(), MESSAGES)
    _check_problems(problems, text)
    listed = catalogue(Edition(show, ()))
    page, faults = render_home(listed, groups_of(listed), theme_of(show.base_url))
    promise(page is not None and not faults, f"no front page: {faults[:1]}")


def run_feed(data: bytes) -> None:
    """Somebody's feed."""
    feed, problems = parse_feed(data, PurePosixPath("feed.xml"))
    promise(feed is not None or problems, "a feed is refused without a word")
    for problem in problems:
        promise(problem.location.line >= 0, "a problem stands nowhere")


TARGETS = {
    target.name: target
    for target in (
        Target("notes", run_notes, tuple(sorted(CORPUS.glob("notes/*/notes.*")))),
        Target(
            "episode",
            run_episode,
            (
                *sorted(ROOT.glob("tests/shows/*/show_notes/*.md")),
                *sorted(CORPUS.glob("notes/*/notes.md")),
            ),
        ),
        Target("transcript", run_transcript, tuple(sorted(CORPUS.glob("transcripts/*/talk.*")))),
        Target("settings", run_settings, tuple(sorted(ROOT.glob("tests/shows/*/show.yaml")))),
        Target("feed", run_feed, tuple(sorted(CORPUS.glob("feeds/*/feed.xml")))),
    )
}


def publish(head: Head, notes: Notes) -> None:
    """The episode's page, item and files, with the promises that hold for all of them."""
    show, placed = _show()
    material = Material(
        stem="007-x",
        guid="guid-x",
        head=head,
        notes=notes,
        audio=AUDIO,
        transcripts=(),
        artwork=None,
        location=Location(PurePosixPath("show_notes/007-x.md"), 1),
    )
    episode, _ = assemble_episode(material, show, placed)
    check_episode(episode, show)
    release = replace(plain_release(), episode=replace(episode, published=PUBLISHED))
    item = etree.fromstring(
        b'<rss xmlns:itunes="i" xmlns:podcast="p" xmlns:content="c" xmlns:psc="s" xmlns:atom="a">'
        + render_item(show, show.feed, release)
        + b"</rss>"
    )
    description = item.findtext(".//description") or ""
    promise(len(description.encode()) <= DESCRIPTION_BYTES, "the description is too long")
    _check_markup(description, "the description", APP_TAGS)
    _check_markup(item.findtext(".//{c}encoded") or "", "content:encoded", APP_TAGS)
    render_chapters_json(show, release)
    listed = catalogue(Edition(show, (release,)))
    page, faults = render_episode_page(
        release, listed.surroundings(release), listed.frame, theme_of(show.base_url)
    )
    promise(page is not None and not faults, f"no page: {faults[:1]}")


def _one_of(names: tuple[str, ...], data: bytes) -> str:
    """The kind of file that the data stands in: any, but the same data always in the same."""
    return names[zlib.crc32(data) % len(names)]


def _decoded(data: bytes, name: str) -> str | None:
    """The text as a build would get it, from a file."""
    folder = Path(_folder().name)
    (folder / name).write_bytes(data)
    text, problems = read_text(folder, PurePosixPath(name))
    promise(text is not None or problems, "a file is refused without a word")
    return text


def _check_problems(problems: Iterable[Problem], text: str) -> None:
    lines = text.count("\n") + text.count("\r") + 1
    for problem in problems:
        promise(0 <= problem.location.line <= lines, f"{problem.code} stands nowhere")
        promise("\n" not in problem.message + problem.help, f"{problem.code} is not one line")


def _check_notes(notes: Notes, text: str) -> None:
    lines = text.count("\n") + text.count("\r") + 1
    anchors = [section.anchor for section in notes.sections]
    promise(len(set(anchors)) == len(anchors), "two sections have one anchor")
    for section in notes.sections:
        promise(1 <= section.location.line <= lines, "a section stands nowhere")
        _check_markup(section.html, "a section", NOTES_TAGS)


def _check_chapters(chapters: tuple[Chapter, ...], duration_ms: int | None) -> None:
    if chapters:
        promise(chapters[0].start_ms == 0, "the first chapter does not begin at 0")
    for chapter, following in pairwise(chapters):
        promise(chapter.start_ms < following.start_ms, "chapters do not rise")
    if duration_ms is not None:
        for chapter in chapters:
            is_inside = chapter.start_ms < chapter.end_ms <= duration_ms
            promise(is_inside, "a chapter leaves the audio")


def _check_markup(html: str, what: str, allowed: Mapping[str, frozenset[str]]) -> None:
    fault = next(faults_of(html, allowed), None)
    promise(fault is None, f"{what} holds {fault}")


@cache
def plain_release() -> Release:
    """An episode that is out, of which nothing is known but its title."""
    show, placed = _show()
    file = PurePosixPath("show_notes/x.md")
    head, _ = parse_head("# Hills\n", file)
    notes, _ = parse_notes(head.body, file)
    material = Material("x", "guid-x", head, notes, AUDIO, (), None, Location(file, 1))
    episode = replace(assemble_episode(material, show, placed)[0], published=PUBLISHED)
    return Release(episode, Enclosure("audio/x.mp3", "audio/mpeg", 1_000_000, "0" * 64))


@cache
def _show() -> tuple[Show, PlacedSettings]:
    placed, _ = parse_settings(SETTINGS, PurePosixPath("show.yaml"))
    if placed is None:
        raise ValueError("the tiny show has no settings")
    return assemble_show(placed, {}, Ledger(), MESSAGES)[0], placed


@cache
def theme_of(base_url: str) -> Theme:
    """The default theme of a show."""
    texts = {path.name: path.read_text("utf-8") for path in sorted(ROOT.glob("templates/*.*"))}
    return prepare_theme(texts, None, "T", base_url, messages=MESSAGES)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Where the bytes become files; it goes with the process."""
    return tempfile.TemporaryDirectory(prefix="castpress-fuzz-")
