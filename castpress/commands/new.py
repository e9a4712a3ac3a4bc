"""``castpress new``: the folder of a new show, with a show.yaml that explains itself."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from castpress.commands import exit_codes
from castpress.commands.options import program

if TYPE_CHECKING:
    import argparse

    from castpress.commands.reporter import Reporter

_SETTINGS = """\
# What castpress knows about the show. docs/settings.md lists every key.
title: {title}
# Where the site will be. Feed, pages and audio all lie below it.
base_url: {base_url}
# Who the show is, for ever; never change it.
{guid}
# What the show is about and for whom, in two or three sentences. Nothing is built without it.
description:
language: en
time_zone: {zone}
# Apple's categories, the best first, one a line: `- Sports > Running`. One is needed.
categories:
people:
  - name: {host}
    role: host
# Square, 3000 × 3000 pixels, JPEG. Directories refuse a show without it.
# artwork: artwork/cover.jpg
# artwork_alt: What the picture shows, for those who cannot see it
# An address that may be public: Spotify and others ask it whether the show is yours.
# owner:
#   name: {host}
#   email: hello@example.org
# Where `publish` puts the site: a bucket (docs/s3.md), or a folder that a web server serves.
# publish_to: s3://my-show
# publish_to: file:/srv/www/show
"""

_NOTES = """\
---
# Take this line out when the audio is there: episodes/001-first-episode.mp3
draft: true
# Nothing is published without a date: the day, or the day and the hour.
# published: 2026-01-31 06:00
---
# The first episode

## What's this episode about?

One paragraph that apps show in their lists.

## Hello [0-2 min]

What you talk about first. The time in the heading becomes a chapter.

## The main thing [2-12 min]

- what was said
- and what follows from it

## To end with [12 min - end]

Who to write to, and what comes next.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``new``."""
    parser.add_argument("folder", type=Path, help="the folder to make")
    parser.add_argument("--title", default="My Show", help="the show's name")
    parser.add_argument(
        "--base-url",
        metavar="URL",
        help="where the site will be, as https://podcast.example.org/",
    )
    parser.add_argument("--host", default="Your Name", help="who speaks")
    parser.add_argument("--time-zone", default="UTC", metavar="ZONE", help="as Europe/Berlin")


def run(arguments: argparse.Namespace, reporter: Reporter) -> int:
    """Make the folder; what is there already stays as it is."""
    from castpress.read.settings import feed_guid

    folder: Path = arguments.folder
    base_url = _base_url(arguments.base_url)
    settings = _SETTINGS.format(
        title=_quoted(arguments.title),
        base_url=_quoted(base_url) if base_url else "",
        # Made from the address, so that no two shows have the same; the build tells it later.
        guid=f"guid: {feed_guid(base_url + 'feed.xml')}"
        if base_url
        else "# guid: the build tells it",
        zone=_quoted(arguments.time_zone),
        host=_quoted(arguments.host),
    )
    files = {"show.yaml": settings, "show_notes/001-first-episode.md": _NOTES}
    try:
        ZoneInfo(arguments.time_zone)
    except (OSError, ValueError, KeyError):
        reporter.say(f"castpress: there is no time zone {arguments.time_zone!r}; as Europe/Berlin")
        return exit_codes.USAGE
    try:
        if any((folder / name).exists() for name in files):
            reporter.say(f"castpress: there is a show in {folder} already; nothing was changed")
            return exit_codes.PROBLEMS
        if not (folder / ".gitignore").exists():
            files[".gitignore"] = "/public/\n/.cache/\n"
        for name in ("episodes", "show_notes", "artwork"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        why = (error.strerror or str(error)).lower()
        reporter.say(f"castpress: {folder} cannot be written: {why}")
        return exit_codes.PROBLEMS
    reporter.result(f"{folder}/show.yaml")
    reporter.say("next: fill in show.yaml, put audio into episodes/ and notes into show_notes/,")
    reporter.say(f"then: {program()} serve --show {shlex.quote(str(folder))}")
    return exit_codes.OK


def _base_url(text: str | None) -> str | None:
    """The address with scheme and closing slash, as people leave them out."""
    if not text:
        return None
    full = text if text.startswith(("http://", "https://")) else f"https://{text}"
    return full.rstrip("/") + "/"


def _quoted(text: str) -> str:
    """A YAML scalar that means this text whatever is in it."""
    import json

    return json.dumps(" ".join(text.split()), ensure_ascii=False)
