"""One list of chapters in all its forms, with titles that some of them have to write otherwise."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from mutagen.ogg import OggPage

from benchmarks.make_show import FRAME, SOUND
from castpress.cli import main
from tests.chapter_forms import as_line, forms_of, side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable

BASE_URL = "https://forms.example/"
SETTINGS = f"""\
title: A Show of Forms
base_url: {BASE_URL}
guid: 4b7b2d0e-9a35-5f0c-8a0e-6c1f2f0d9b77
description: One list, many forms.
author: Ida Berg
categories: [Sports > Running]
"""
LONG = "and on " * 40
NOTES = f"""\
---
title: Forms in {{ending}}
published: 2026-03-01 06:00
---

A goose walks by.

## Chapters

- 0:00 Hello & "welcome"
- 0:01 – “…up, up and \\<away>” -> 5:30 pace
- 0:15.5 Ünïcödé 🏃🏽‍♀️ שלום 走る
- 0:40 {LONG}

## Notes

{"One word and another. " * 300}
"""
CORPUS = Path("tests/corpus/audio")


def longer_mp3() -> bytes:
    sound = SOUND.read_bytes()
    return sound[sound.index(FRAME) :] * 30


def longer_flac() -> bytes:
    """The file with a minute of samples in its STREAMINFO, as if the rest were silence."""
    data = bytearray((CORPUS / "tone.flac").read_bytes())
    packed = int.from_bytes(data[18:26], "big")
    rate = packed >> 44
    data[18:26] = (packed >> 36 << 36 | rate * 60).to_bytes(8, "big")
    return bytes(data)


def longer_ogg() -> bytes:
    """The file whose last page says that a minute has passed."""
    source = BytesIO((CORPUS / "chapters.ogg").read_bytes())
    pages = []
    while source.tell() < len(source.getvalue()):
        pages.append(OggPage(source))
    pages[-1].position *= 30
    return b"".join(page.write() for page in pages)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("forms") / "show"
    makers: dict[str, Callable[[], bytes]] = {
        "mp3": longer_mp3,
        "flac": longer_flac,
        "ogg": longer_ogg,
    }
    for folder in ("episodes", "show_notes"):
        (root / folder).mkdir(parents=True)
    (root / "show.yaml").write_text(SETTINGS, "utf-8")
    for ending, make in makers.items():
        (root / f"episodes/in-{ending}.{ending}").write_bytes(make())
        (root / f"show_notes/in-{ending}.md").write_text(NOTES.replace("{ending}", ending), "utf-8")
    assert main(["build", "--show", str(root), "--now", "2026-11-21", "-q"]) == 0
    return root / "public"


def test_every_form_says_the_same(public: Path) -> None:
    items = list(etree.parse(public / "feed.xml").iter("item"))
    assert len(items) == 3
    for item in items:
        forms = forms_of(item, public, BASE_URL)
        table = side_by_side(forms)
        chapters = forms["podcast:chapters"]
        lines = [as_line(row) for row in chapters]
        assert [row.start_ms for row in chapters] == [0, 1_000, 15_500, 40_000], table
        assert chapters[3].title.endswith("and on…"), table
        for name in ("description", "content:encoded", "notes.txt"):
            assert forms.pop(name) == lines, table
        assert {tuple(rows) for rows in forms.values()} == {tuple(chapters)}, table
        assert lines[1].title == "“up, up and ‹away›” → 5∶30 pace"
