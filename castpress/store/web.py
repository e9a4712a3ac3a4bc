"""One file from the web: over http or https only, within a size, a time and a few redirects."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from castpress import __version__

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from typing import IO

LARGEST_BYTES = 32_000_000
_MOST_REDIRECTS = 5
_ANSWER_SECONDS = 20.0
_WHOLE_SECONDS = 120.0
_CHUNK_BYTES = 64 * 1024
_SCHEMES = ("http", "https")


class WebError(Exception):
    """An address could not be read; ``reason`` says why, in one clause."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url, self.reason = url, reason


def is_web_address(text: str) -> bool:
    """Whether somebody means a page on the web, and no file.

    >>> is_web_address("https://example.org/feed.xml"), is_web_address("public/feed.xml")
    (True, False)
    """
    return "://" in text


def fetch(url: str, *, limit_bytes: int = LARGEST_BYTES) -> bytes:
    """The bytes at an address.

    Raises:
        WebError: it is no such address, does not answer in time, or is too large.
    """
    deadline = time.monotonic() + _WHOLE_SECONDS
    _refuse_other_schemes(url, url)
    opener = urllib.request.build_opener(_Redirects(url))
    try:
        request = urllib.request.Request(  # noqa: S310 - the scheme was looked at above
            url,
            headers={"User-Agent": f"castpress/{__version__}", "Accept-Encoding": "identity"},
        )
        with opener.open(request, timeout=_ANSWER_SECONDS) as answer:
            content = bytearray()
            while chunk := answer.read1(_CHUNK_BYTES):
                content += chunk
                if len(content) > limit_bytes:
                    raise WebError(url, f"it has more than {limit_bytes / 1e6:g} MB")
                if time.monotonic() > deadline:
                    raise WebError(url, f"it took more than {_WHOLE_SECONDS:g} seconds")
            expected = answer.headers.get("Content-Length", "")
            if expected.isdecimal() and len(content) < int(expected):
                raise WebError(url, f"it broke off after {len(content)} of {expected} bytes")
            return bytes(content)
    except urllib.error.HTTPError as error:
        error.close()
        raise WebError(url, f"the server says {error.code} {error.reason}".strip()) from error
    except urllib.error.URLError as error:
        raise WebError(url, _why(error.reason)) from error
    except (OSError, HTTPException, ValueError) as error:
        raise WebError(url, _why(error)) from error


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few, to the web only."""

    max_redirections = _MOST_REDIRECTS

    def __init__(self, url: str) -> None:
        self._url = url
        self._count = 0

    def redirect_request(  # noqa: PLR0917 - urllib's own signature
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        """The next request, unless it leaves the web or there were too many."""
        self._count += 1
        try:
            if self._count > _MOST_REDIRECTS:
                raise WebError(self._url, f"it was sent on more than {_MOST_REDIRECTS} times")
            _refuse_other_schemes(newurl, self._url)
        except WebError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _refuse_other_schemes(url: str, asked: str) -> None:
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in _SCHEMES and bool(parts.hostname)
    except ValueError:
        is_good = False
    if not is_good or any(character <= " " or character == "\x7f" for character in url):
        raise WebError(asked, f"{url!r} is no address of the web (http or https)")


def _why(error: object) -> str:
    if isinstance(error, TimeoutError):
        return f"it did not answer within {_ANSWER_SECONDS:g} seconds"
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())
