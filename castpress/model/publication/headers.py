"""What a web server is to say about each file: its type, and how long it may be kept."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from castpress.model.feed_files import feed_kind
from castpress.model.publication.live import Headers

# Python's own table is wrong for feeds, subtitles and audio; these are what apps expect.
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".mp3": "audio/mpeg",
    # As the feed says: Apple lists this name, and whoever compares the two finds them equal.
    ".m4a": "audio/x-m4a",
    ".m4b": "audio/x-m4a",
    ".aac": "audio/aac",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".flac": "audio/flac",
    ".wav": "audio/wav",
    ".mp4": "video/mp4",
    ".m4v": "video/x-m4v",
    ".mov": "video/quicktime",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
}
_FEED = "application/rss+xml; charset=utf-8"
_NAMES = {
    "chapters.json": "application/json+chapters",
    "feed.json": "application/feed+json; charset=utf-8",
}
_UNKNOWN = "application/octet-stream"

_FOR_EVER = "public, max-age=31536000, immutable"
# Apps and directories read a feed and what it points at again and again; five minutes cost nobody.
_FIVE_MINUTES = "public, max-age=300"

# A digest of the bytes at the end of the name, or as the whole of it; sizes of pictures follow it.
_HASHED = re.compile(r"(?:^|-)[0-9a-f]{16,64}(?:-\d+)?\.[a-z0-9]+$")


def headers_of(path: str) -> Headers:
    """The headers of a file by its path; one whose name holds a digest is kept for ever.

    >>> headers_of("audio/hills-69171ceec2a6c92181394cff8eaaeb27.mp3").cache_control
    'public, max-age=31536000, immutable'
    >>> headers_of("feed.xml").content_type
    'application/rss+xml; charset=utf-8'
    >>> headers_of("feed.json").content_type, headers_of("feeds.opml").content_type
    ('application/feed+json; charset=utf-8', 'text/x-opml; charset=utf-8')
    """
    name = PurePosixPath(path).name
    if feed_kind(path) is not None:
        return Headers(_FEED, _FIVE_MINUTES)
    content_type = _NAMES.get(name) or _TYPES.get(PurePosixPath(name).suffix.lower(), _UNKNOWN)
    return Headers(content_type, _FOR_EVER if _HASHED.search(name) else _FIVE_MINUTES)
