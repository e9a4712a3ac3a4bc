"""A podcast's site and feed, as a developer writes it for one show and one evening.

    python make_site.py SHOW OUTPUT

Everything is read and written anew on each run; nothing is checked or cleaned.
"""

# ruff: noqa: TID251 - a script that reads and writes files
from __future__ import annotations

import json
import re
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from feedgen.feed import FeedGenerator
from jinja2 import Environment, FileSystemLoader
from markdown_it import MarkdownIt
from mutagen.mp3 import MP3

TIMED = re.compile(r"^## (.+) \[([0-9:]+)-([0-9:]+)\]", re.MULTILINE)


def seconds(clock: str) -> int:
    """The seconds of 1:30 or 1:02:03."""
    total = 0
    for part in clock.split(":"):
        total = total * 60 + int(part)
    return total


def read_episode(notes: Path, audio: Path, base: str, markdown: MarkdownIt) -> dict[str, Any]:
    """All that the templates and the feed want to know."""
    _, front, body = notes.read_text("utf-8").split("---\n", 2)
    episode: dict[str, Any] = yaml.safe_load(front)
    episode["published"] = datetime.fromisoformat(episode["published"]).replace(tzinfo=UTC)
    episode["slug"] = notes.stem
    episode["url"] = f"{base}episodes/{notes.stem}/"
    episode["audio_url"] = f"{base}audio/{audio.name}"
    episode["bytes"] = audio.stat().st_size
    episode["duration"] = round(MP3(audio).info.length)
    episode["chapters"] = [
        {"title": title, "startTime": seconds(start), "endTime": seconds(end)}
        for title, start, end in TIMED.findall(body)
    ]
    episode["html"] = markdown.render(body)
    return episode


def write_feed(show: dict[str, Any], episodes: list[dict[str, Any]], target: Path) -> None:
    """The feed with the full notes of every episode."""
    feed = FeedGenerator()
    feed.load_extension("podcast")
    feed.title(show["title"])
    feed.link(href=show["base_url"])
    feed.description(show["description"])
    feed.language("en")
    feed.podcast.itunes_author(show["author"])
    feed.podcast.itunes_owner(**show["owner"])
    feed.podcast.itunes_explicit("no")
    feed.podcast.itunes_category("Sports", "Running")
    for episode in episodes:
        item = feed.add_entry(order="append")
        item.guid(episode["url"], permalink=True)
        item.title(episode["title"])
        item.link(href=episode["url"])
        item.description(episode["title"])
        item.content(episode["html"], type="CDATA")
        item.enclosure(episode["audio_url"], str(episode["bytes"]), "audio/mpeg")
        item.published(episode["published"])
        item.podcast.itunes_duration(episode["duration"])
    feed.rss_file(str(target))


def main(source: Path, output: Path) -> None:
    """Make the pages, the chapters and the feed."""
    show = yaml.safe_load((source / "show.yaml").read_text("utf-8"))
    markdown = MarkdownIt()
    episodes = [
        read_episode(notes, source / "episodes" / f"{notes.stem}.mp3", show["base_url"], markdown)
        for notes in (source / "show_notes").glob("*.md")
    ]
    episodes.sort(key=lambda episode: episode["published"], reverse=True)
    loader = FileSystemLoader(Path(__file__).parent / "templates")
    templates = Environment(loader=loader, autoescape=True)
    page = templates.get_template("episode.html")
    for episode in episodes:
        folder = output / "episodes" / episode["slug"]
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "index.html").write_text(page.render(show=show, episode=episode), "utf-8")
        chapters = {"version": "1.2.0", "chapters": episode["chapters"]}
        (folder / "chapters.json").write_text(json.dumps(chapters), "utf-8")
    index = templates.get_template("index.html").render(show=show, episodes=episodes)
    (output / "index.html").write_text(index, "utf-8")
    write_feed(show, episodes, output / "feed.xml")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
