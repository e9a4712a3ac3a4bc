"""Is what a build made what it should be? A time counts only if this says so."""

# ruff: noqa: TID251 - files are looked at here
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from process import FailedRunError

if TYPE_CHECKING:
    from pathlib import Path

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
FULL_NOTES = "http://purl.org/rss/1.0/modules/content/ encoded"
# The notes of each episode are longer than this as HTML; a summary is shorter.
FULL_NOTES_CHARACTERS = 5_000


def check_output(output: Path, episodes: int, touched: Path | None, text: str) -> None:
    """Look for every page, chapters file and feed item; and for what the touched note has got new.

    Args:
        output: the folder that was made.
        episodes: how many there must be of each.
        touched: the page of the note that was changed, if one was.
        text: what that note says now.

    Raises:
        FailedRunError: something is missing.
    """
    pages = sum(1 for _ in output.glob("episodes/*/index.html"))
    chapters = sum(1 for _ in output.glob("episodes/*/chapters.json"))
    feed = read_feed(output / "feed.xml", text)
    made = {
        "pages": pages,
        "chapters files": chapters,
        "feed items": feed.items,
        "guids": len(feed.guids),
        "enclosures": feed.enclosures,
        "durations": feed.durations,
        "full notes in the feed": feed.full_notes,
    }
    for name, number in made.items():
        if number != episodes:
            raise FailedRunError(f"it made {number} {name}, not {episodes}")
    if touched and text not in touched.read_text("utf-8"):
        raise FailedRunError(f"the new line of the note is missing in {touched.parent.name}")
    if touched and not feed.has_text:
        raise FailedRunError("the new line of the note is missing in the feed")


@dataclass(slots=True)
class Feed:
    """What was counted in a feed."""

    items: int = 0
    enclosures: int = 0
    durations: int = 0
    full_notes: int = 0
    has_text: bool = False
    guids: set[str] = field(default_factory=set)


def read_feed(path: Path, text: str) -> Feed:
    """Count what the items of a feed hold; the whole file is parsed, a piece at a time.

    Raises:
        FailedRunError: there is no feed, or it is not XML.
    """
    feed = Feed()
    said: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        said.clear()
        if name == "item":
            feed.items += 1
        elif name == "enclosure":
            feed.enclosures += int(attributes["length"]) > 0 and bool(attributes["url"])

    def end(name: str) -> None:
        if name == "guid":
            feed.guids.add("".join(said))
        elif name == f"{ITUNES} duration":
            feed.durations += "".join(said).strip("0:") != ""
        elif name == FULL_NOTES:
            notes = "".join(said)
            feed.full_notes += len(notes) > FULL_NOTES_CHARACTERS
            feed.has_text = feed.has_text or text in notes
        said.clear()

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = said.append
    try:
        with path.open("rb") as file:
            parser.ParseFile(file)
    except (OSError, expat.ExpatError) as error:
        raise FailedRunError(f"its feed cannot be read: {error}") from error
    return feed
