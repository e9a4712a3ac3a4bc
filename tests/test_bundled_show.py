"""The whole way on real input: the show that this repository is."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

import feedparser
import podcastparser
import pytest
from lxml import etree, html

from castpress.cli import main
from tests.chapter_forms import PSC, Row, as_line, forms_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

EXPECTED = Path("tests/shows/bundled")
NOW = "2026-11-21T12:00:00+00:00"
COURSE = "courses/runners-e-course"
# Read in full when they change; the other pages are made by the same templates.
PAGES = (
    "index.html",
    "episodes/why-do-runners-need-a-mid-back-that-turns/index.html",
    f"{COURSE}/the-lower-back/index.html",
)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled show, built from a copy, so that the repository stays as it is."""
    root = tmp_path_factory.mktemp("bundled") / "show"
    root.mkdir()
    for folder in ("episodes", "show_notes", "artwork", "pages"):
        shutil.copytree(folder, root / folder)
    for file in ("show.yaml", "show.lock"):
        shutil.copyfile(file, root / file)
    sources = digests(root)
    assert main(["build", "--show", str(root), "--now", NOW, "--strict"]) == 0
    after = digests(root)
    assert {path: digest for path, digest in after.items() if path in sources} == sources
    return root / "public"


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {".cache", "public", ".castpress"} & set(path.parts)
    }


def items(feed: Path) -> list[etree._Element]:
    return list(etree.parse(feed).getroot().iter("item"))


def enclosure(public: Path, item: etree._Element) -> Path:
    url: str = item.find("enclosure").get("url")
    return public / url.removeprefix("https://coaches.example/")


def test_it_builds_without_a_warning_into_what_is_recorded(
    public: Path, golden: Callable[[Path, bytes | str], None]
) -> None:
    names = sorted(p.relative_to(public).as_posix() for p in public.rglob("*") if p.is_file())
    golden(EXPECTED / "files.txt", "".join(f"{name}\n" for name in names if name[0] != "."))
    for name in ("feed.xml", f"{COURSE}/feed.xml", *PAGES):
        golden(EXPECTED / name, (public / name).read_bytes())


@pytest.mark.parametrize("name", ["feed.xml", f"{COURSE}/feed.xml"])
def test_parsers_nobody_here_wrote_read_the_same_episodes(public: Path, name: str) -> None:
    ours = [
        (
            item.findtext("title"),
            item.findtext("guid"),
            item.find("enclosure").get("url"),
            int(item.find("enclosure").get("length")),
        )
        for item in items(public / name)
    ]
    assert len(ours) >= 4
    theirs = feedparser.parse((public / name).read_bytes())
    assert not theirs.bozo
    assert ours == [
        (e.title, e.id, e.enclosures[0].href, int(e.enclosures[0].length)) for e in theirs.entries
    ]
    with (public / name).open("rb") as stream:
        parsed = podcastparser.parse(f"https://coaches.example/{name}", stream)
    assert sorted(ours) == sorted(
        (e["title"], e["guid"], e["enclosures"][0]["url"], e["enclosures"][0]["file_size"])
        for e in parsed["episodes"]
    )


@pytest.mark.parametrize("name", ["feed.xml", f"{COURSE}/feed.xml"])
def test_lengths_and_digests_of_the_enclosures_are_true(public: Path, name: str) -> None:
    for item in items(public / name):
        file = enclosure(public, item)
        assert file.stat().st_size == int(item.find("enclosure").get("length"))
        assert file.stem.endswith(hashlib.sha256(file.read_bytes()).hexdigest()[:32])


def forms(item: etree._Element, public: Path) -> dict[str, list[Row]]:
    return forms_of(item, public, "https://coaches.example/")


@pytest.mark.parametrize("name", ["feed.xml", f"{COURSE}/feed.xml"])
def test_all_forms_of_chapters_agree(public: Path, name: str) -> None:
    counted = 0
    for item in items(public / name):
        if item.find(f".//{PSC}") is None:
            continue
        found = forms(item, public)
        lines = [as_line(row) for row in found["podcast:chapters"]]
        for form in ("description", "content:encoded", "notes.txt"):
            assert found.pop(form, lines) == lines, item.findtext("title")
        assert len({tuple(rows) for rows in found.values()}) == 1, item.findtext("title")
        assert len(found) >= 4
        counted += 1
    assert counted >= 3


def spoken() -> Mapping[str, list[tuple[int, str]]]:
    """Where each chapter begins in the audio, as measured when it was spoken."""
    data = json.loads((EXPECTED / "spoken-chapters.json").read_text("utf-8"))
    return {stem: [(start, title) for start, title in rows] for stem, rows in data.items()}


def test_the_chapters_are_where_the_audio_has_them(public: Path) -> None:
    lock = json.loads(Path("show.lock").read_text("utf-8"))
    stem_of = {entry["guid"]: entry["stem"] for entry in lock["episodes"]}
    expected = spoken()
    compared = 0
    for name in ("feed.xml", f"{COURSE}/feed.xml"):
        for item in items(public / name):
            wanted = expected.get(stem_of[item.findtext("guid")], [])
            if not wanted:
                continue
            found = forms(item, public)["podcast:chapters"]
            assert [title for _, title in found] == [title for _, title in wanted]
            for (start, _), (heard, _) in zip(found, wanted, strict=True):
                assert abs(start - heard) <= 1500
            compared += 1
    assert compared >= 8


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_ffprobe_lists_the_chapters_in_order(public: Path) -> None:
    for item in items(public / "feed.xml"):
        audio = enclosure(public, item)
        if audio.suffix != ".mp3" or item.find(f".//{PSC}") is None:
            continue
        ran = subprocess.run(
            ["ffprobe", "-v", "error", "-of", "json", "-show_chapters", audio],
            capture_output=True,
            check=True,
        )
        found = [
            Row(round(float(c["start_time"]) * 1000), c["tags"]["title"])
            for c in json.loads(ran.stdout)["chapters"]
        ]
        assert found == forms(item, public)["psc:chapters"]


def test_the_lock_in_the_repository_is_up_to_date(public: Path) -> None:
    assert (public.parent / "show.lock").read_bytes() == Path("show.lock").read_bytes()


def test_links_to_the_shows_own_pages_lead_somewhere(public: Path) -> None:
    site = "https://coaches.example/"
    pages = {
        path.relative_to(public).as_posix(): html.document_fromstring(path.read_bytes())
        for path in public.rglob("*.html")
    }
    dead = set()
    for name, page in pages.items():
        for typed in page.xpath("//@href | //@src | //@poster"):
            url = urlsplit(urljoin(site + name.removesuffix("index.html"), typed))
            if url.netloc != "coaches.example":
                continue
            path = unquote(url.path).removeprefix("/")
            path += "index.html" if path.endswith("/") or not path else ""
            anchor = url.fragment if path in pages and "=" not in url.fragment else ""
            ids = pages[path].xpath("//@id") if anchor else [anchor]
            if not (public / path).is_file() or anchor not in ids:
                dead.add((name, typed))
    assert len(pages) > 40
    assert dead == set()


def test_it_has_a_page_of_every_kind(public: Path) -> None:
    """What is not there is seen by no test of the pages: neither by axe nor by the budget."""
    for page in (
        "archive", "articles", "articles/foam-rollers", "courses/runners-e-course", "equipment",
        "exercises", "people", "people/robin-vale", "search", "seasons/2", "subscribe", "tags",
        "tags/mid-back",
    ):  # fmt: skip
        assert (public / page / "index.html").is_file(), page
    assert list(public.glob("artwork/robin-vale-*.webp"))


def test_what_waits_is_nowhere(public: Path) -> None:
    for path in public.rglob("*"):
        if path.suffix in (".html", ".xml", ".json", ".vtt", ".txt"):
            text = path.read_text("utf-8")
            assert "first hot days" not in text
            assert "cheapest speed work" not in text
