"""The question about a video that the text speaks of and nobody can see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from castpress.model.problem import Problem, Severity

if TYPE_CHECKING:
    from castpress.model.notes import Notes

_VIDEO_HOSTS = (
    "youtube.com",
    "youtu.be",
    "youtube-nocookie.com",
    "vimeo.com",
    "dailymotion.com",
    "wistia.com",
    "loom.com",
    "tiktok.com",
)
_VIDEO_FILE = re.compile(r"\.(?:mp4|m4v|mov|webm|ogv|m3u8)$", re.IGNORECASE)


def missing_video_problems(notes: Notes, has_video: bool) -> tuple[Problem, ...]:
    """One warning a sentence that sends to a video, unless the episode or its notes have one."""
    if has_video or not notes.video_mentions or any(is_video(link.url) for link in notes.links):
        return ()
    return tuple(
        Problem(
            "missing-video",
            f"the text speaks of a video, but none is there: {mention.text[:80]!r}",
            mention.location,
            Severity.WARNING,
            help="link the video in the notes, write video: ADDRESS in front matter, "
            "or reword the sentence",
        )
        for mention in notes.video_mentions
    )


def is_video(url: str) -> bool:
    """Whether an address is that of a video: by its host or its file's extension.

    >>> is_video("https://www.youtube.com/watch?v=1"), is_video("https://example.com/a.mp4")
    (True, True)
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return False
    known = any(host == name or host.endswith(f".{name}") for name in _VIDEO_HOSTS)
    return known or _VIDEO_FILE.search(parts.path) is not None
