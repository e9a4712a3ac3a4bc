"""Requests to the web: over http or https only, within a size, a time and a few redirects."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from castpress import __version__
from castpress.model.web_answer import Answer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.client import HTTPMessage, HTTPResponse
    from typing import IO

LARGEST_BYTES = 32_000_000
_MOST_REDIRECTS = 5
_ANSWER_SECONDS = 20.0
_WHOLE_SECONDS = 120.0
_CHUNK_BYTES = 64 * 1024
_SCHEMES = ("http", "https")
_REDIRECTS = (301, 302, 303, 307, 308)


class WebError(Exception):
    """An address could not be read; ``reason`` says why, in one clause."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url, self.reason = url, reason


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of an address.

    A ``form`` is sent by POST. One that does not ``follow`` takes a redirect for the answer: what
    is sent with it, a token for instance, is for that address alone. More than ``limit_bytes`` are
    not read; an answer gets ``answer_seconds`` to begin and ``whole_seconds`` to end.
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None
    follows: bool = True
    limit_bytes: int = LARGEST_BYTES
    answer_seconds: float = _ANSWER_SECONDS
    whole_seconds: float = _WHOLE_SECONDS


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
    answer = ask(Request(url, limit_bytes=limit_bytes))
    if not 200 <= answer.status < 300:
        raise WebError(url, f"the server says {status_words(answer.status)}")
    if answer.is_cut:
        raise WebError(url, f"it has more than {limit_bytes / 1e6:g} MB")
    return answer.body


def ask(request: Request) -> Answer:
    """What an address answers, refusals included.

    Raises:
        WebError: it is no such address, or gives no whole answer in time.
    """
    url, deadline = request.url, time.monotonic() + request.whole_seconds
    _refuse_other_schemes(url, url)
    opener = urllib.request.build_opener(_Redirects(request), _Refusals(request))
    form = None if request.form is None else urlencode(request.form).encode("ascii")
    try:
        sent = urllib.request.Request(  # noqa: S310 - the scheme was looked at above
            url,
            data=form,
            headers={
                "User-Agent": f"castpress/{__version__}",
                "Accept-Encoding": "identity",
                **request.headers,
            },
            method="POST" if form is not None else request.method,
        )
        with opener.open(sent, timeout=request.answer_seconds) as answer:
            headers = {name.title(): value for name, value in reversed(answer.headers.items())}
            body, is_cut = _read(answer, request, deadline)
            expected = headers.get("Content-Length", "")
            is_whole = is_cut or request.method == "HEAD" or not expected.isdecimal()
            if not is_whole and len(body) < int(expected[:20]):
                raise WebError(url, f"it broke off after {len(body)} of {expected} bytes")
            return Answer(answer.url or url, answer.status, headers, body, is_cut)
    except urllib.error.URLError as error:
        if isinstance(error, urllib.error.HTTPError):
            error.close()
        raise WebError(url, _why(error.reason, request)) from error
    except (OSError, HTTPException, ValueError) as error:
        raise WebError(url, _why(error, request)) from error


def status_words(status: int) -> str:
    """A status with what it is called, where it has a name.

    >>> status_words(404), status_words(799)
    ('404 Not Found', '799')
    """
    from http import HTTPStatus

    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _read(answer: HTTPResponse, request: Request, deadline: float) -> tuple[bytes, bool]:
    content = bytearray()
    while chunk := answer.read1(_CHUNK_BYTES):
        content += chunk
        if len(content) > request.limit_bytes:
            return bytes(content[: request.limit_bytes]), True
        if time.monotonic() > deadline:
            raise WebError(request.url, f"it took more than {request.whole_seconds:g} seconds")
    return bytes(content), False


class _Refusals(urllib.request.HTTPErrorProcessor):
    """Lets 4xx and 5xx through as the answers that they are, and redirects where asked to."""

    def __init__(self, request: Request) -> None:
        self._asked = request

    def http_response(
        self, request: urllib.request.Request, response: HTTPResponse
    ) -> HTTPResponse:
        """The answer, or that of the address it leads to."""
        if response.status not in _REDIRECTS or not self._asked.follows:
            return response
        found: HTTPResponse = self.parent.error(
            "http", request, response, response.status, response.reason, response.headers
        )
        return found

    https_response = http_response


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a few, to the web only."""

    max_redirections = _MOST_REDIRECTS

    def __init__(self, request: Request) -> None:
        self._asked = request
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
        fp.close()  # urllib would read all that is sent with a redirect, however much
        url = self._asked.url
        if self._count > _MOST_REDIRECTS:
            raise WebError(url, f"it was sent on more than {_MOST_REDIRECTS} times")
        _refuse_other_schemes(newurl, url)
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        if request is not None and req.get_method() == "HEAD":
            request.method = "HEAD"  # urllib would ask for all of it
        return request


def _refuse_other_schemes(url: str, asked: str) -> None:
    try:
        parts = urlsplit(url)
        is_good = parts.scheme in _SCHEMES and bool(parts.hostname)
    except ValueError:
        is_good = False
    if not is_good or any(character <= " " or character == "\x7f" for character in url):
        raise WebError(asked, f"{url!r} is no address of the web (http or https)")


def _why(error: object, request: Request) -> str:
    if isinstance(error, TimeoutError):
        return f"it did not answer within {request.answer_seconds:g} seconds"
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(str(text).split())
