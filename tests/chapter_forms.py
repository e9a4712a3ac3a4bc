"""Every form of an episode's chapters, read back from an output by readers that are not ours."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

import mutagen
from lxml import etree, html
from mutagen.id3 import ID3

from castpress.render.chapters import line_title

if TYPE_CHECKING:
    from pathlib import Path

PSC = "{http://podlove.org/simple-chapters}chapter"
_LINE = re.compile(r"((?:\d\d:)?\d\d:\d\d) (.+)")


class Row(NamedTuple):
    """A chapter in one form: its start in milliseconds, and its title."""

    start_ms: int
    title: str


def forms_of(item: etree._Element, public: Path, base_url: str) -> dict[str, list[Row]]:
    """All forms of the chapters of a feed's item, by the name of the form."""
    page = public / item.findtext("link").removeprefix(base_url)
    audio = public / item.find("enclosure").get("url").removeprefix(base_url)
    data = json.loads((page / "chapters.json").read_text("utf-8"))
    tree = html.fromstring((page / "index.html").read_bytes())
    clips = json.loads(tree.xpath("string(//script[@type='application/ld+json'])"))["hasPart"]
    forms = {
        "podcast:chapters": [Row(_ms(c["startTime"]), c["title"]) for c in data["chapters"]],
        "psc:chapters": [Row(_clock(c.get("start")), c.get("title")) for c in item.iter(PSC)],
        "description": _lines(_shown(item.findtext("description"))),
        "content:encoded": _lines(_shown(item.findtext("{*}encoded"))),
        "notes.txt": _lines((page / "notes.txt").read_text("utf-8")),
        "page": [
            Row(_ms(found.get("id").removeprefix("t=")), found[0].get("data-chapter"))
            for found in tree.xpath("//nav[@class='chapters']//li")
        ],
        "JSON-LD": [Row(_ms(clip["startOffset"]), clip["name"]) for clip in clips],
        "audio": in_audio(audio),
    }
    if item.find("{*}encoded") is None:
        del forms["content:encoded"]  # the description says it all
    if audio.suffix == ".m4a":
        del forms["audio"]  # it keeps what the author's tool wrote
    return forms


def in_audio(file: Path) -> list[Row]:
    """The chapters inside a published file: ID3 in the order of its CTOC, or Xiph's comments."""
    if file.suffix == ".mp3":
        tags = ID3(file)
        marks = {chap.element_id: chap for chap in tags.getall("CHAP")}
        order = [key for toc in tags.getall("CTOC") for key in toc.child_element_ids]
        return [Row(marks[k].start_time, str(marks[k].sub_frames["TIT2"])) for k in order]
    comments = dict(mutagen.File(file).tags or ())
    starts = sorted(key for key in comments if re.fullmatch(r"chapter\d{3}", key, re.IGNORECASE))
    names = {key.lower(): key for key in comments}
    return [
        Row(_clock(comments[key][0]), comments[names[f"{key.lower()}name"]][0]) for key in starts
    ]


def as_line(row: Row) -> Row:
    """The chapter as a line of text can say it: whole seconds, a title without what apps stumble
    over.
    """
    return Row(row.start_ms // 1000 * 1000, line_title(row.title))


def side_by_side(forms: dict[str, list[Row]]) -> str:
    """A table for people: a line for each chapter and form."""
    width = max(map(len, forms))
    return "".join(
        f"{number + 1:>2}  {name:<{width}}  {row.start_ms:>8} ms  {row.title}\n"
        for number in range(max(map(len, forms.values())))
        for name, rows in forms.items()
        for row in rows[number : number + 1]
    )


def _shown(markup: str | None) -> str:
    """The lines that an app shows of a description."""
    text = re.sub(r"<br>|</p>|</li>", "\n", markup or "")
    return str(etree.fromstring(f"<x>{text}</x>", etree.HTMLParser()).xpath("string()"))


def _lines(text: str) -> list[Row]:
    """The lines that begin with a time, as an app reads them."""
    found = (_LINE.fullmatch(line.strip()) for line in text.split("\n"))
    return [Row(_clock(match[1]), match[2]) for match in found if match]


def _clock(text: str) -> int:
    seconds = 0.0
    for part in text.split(":"):
        seconds = seconds * 60 + float(part)
    return _ms(seconds)


def _ms(seconds: str | float) -> int:
    return round(float(seconds) * 1000)
