"""A web server for looking at the result: byte ranges, so that players can seek; loopback only.

The standard library's handler answers a range with the whole file, and then Safari does not play
and nobody can seek; the rest of it is used as it is.
"""

from __future__ import annotations

import re
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from castpress.store.manifest import STATE

if TYPE_CHECKING:
    import io
    import os

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
# Python's own table is wrong or silent about these.
_TYPES = {
    ".xml": "application/rss+xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".webmanifest": "application/manifest+json; charset=utf-8",
    ".ico": "image/x-icon",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".opus": "audio/ogg",
    ".ogg": "audio/ogg",
    ".flac": "audio/flac",
    ".m4v": "video/x-m4v",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
}


class _Handler(SimpleHTTPRequestHandler):
    """Files of the output, with single byte ranges (RFC 9110, section 14)."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | _TYPES
    protocol_version = "HTTP/1.1"
    _left: int | None = None

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """The headers, and the file at the place where the answer begins."""
        self._left = None
        path = self.translate_path(self.path)
        if STATE in Path(path).parts:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        asked = _RANGE.fullmatch(self.headers.get("Range", ""))
        if asked is None or not any(asked.groups()) or path.endswith("/"):
            return super().send_head()
        try:
            file = open(path, "rb")  # noqa: SIM115, PTH123 - the caller closes it
        except OSError:
            return super().send_head()
        size = file.seek(0, 2)
        first, last = _bounds(asked, size)
        if first > last and first < size:
            file.close()
            return super().send_head()  # not a range at all (RFC 9110, 14.1.1)
        if first >= size:
            file.close()
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{size}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        file.seek(first)
        self._left = last - first + 1
        self.send_response(HTTPStatus.PARTIAL_CONTENT)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Range", f"bytes {first}-{last}/{size}")
        self.send_header("Content-Length", str(self._left))
        self.end_headers()
        return file

    def copyfile(self, source: BinaryIO, outputfile: BinaryIO) -> None:  # type: ignore[override]
        """Send the file, or the part of it that was asked for."""
        try:
            left = self._left
            while left is None or left > 0:
                part = source.read(65536 if left is None else min(65536, left))
                if not part:
                    return
                outputfile.write(part)
                left = None if left is None else left - len(part)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # a player that seeks drops what it had asked for

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        """Nothing: what is not a page is not there, as on the web."""
        del path
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's own page for what is not there."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        """Every answer may be asked for in parts, and is asked for again after a build."""
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing of each request."""


def _bounds(asked: re.Match[str], size: int) -> tuple[int, int]:
    first, last = asked.groups()
    if not first:  # the last so many bytes
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last), size - 1) if last else size - 1


def make_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of that folder on this computer only; port 0 takes a free one.

    Raises:
        OSError: the port is taken.
    """
    handler = partial(_Handler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    server.daemon_threads = True
    return server
