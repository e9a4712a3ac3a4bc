"""Telling the world that a feed changed: CloudFront, WebSub hubs, podping, Podcast Index.

Each is asked in its own way and has its own result; none of them raises.
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from castpress.model.web_answer import NoAnswer
from castpress.store.cloudfront import CloudFrontError, invalidate
from castpress.store.s3.faults import printable
from castpress.store.web import Request, status_words
from castpress.store.web_many import ask_many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from castpress.model.web_answer import Answer

TOKEN_VARIABLE = "CASTPRESS_PODPING_TOKEN"  # noqa: S105 - the name of the variable, not the token
_ANSWER_BYTES = 20_000
_MOMENTARY = (408, 425, 429, 500, 502, 503, 504)


@dataclass(frozen=True, slots=True)
class Services:
    """Where the services are, and how long they are waited for, in seconds."""

    podping: str = "https://podping.cloud/"
    podcast_index: str = "https://api.podcastindex.org/api/1.0/hub/pubnotify"
    answer: float = 10.0
    whole: float = 30.0
    pause: float = 1.0


@dataclass(frozen=True, slots=True)
class Announcement:
    """What came of telling one service.

    ``service`` is the setting's name, ``to`` who it is in words, ``feed`` the feed's address, ""
    where it is about more. ``words`` say what it came to, ``help`` what to do about it.
    """

    service: str
    to: str
    feed: str
    is_ok: bool
    words: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class _Call:
    """One request to a service, and how its answer is understood."""

    told: Announcement
    request: Request
    judge: Callable[[Announcement, Answer], Announcement]


def announce(
    feeds: Sequence[str],
    *,
    hubs: Iterable[str] = (),
    podping: bool = False,
    token: str | None = None,
    podcast_index: bool = False,
    services: Services | None = None,
) -> tuple[Announcement, ...]:
    """Tell all of them of feeds that changed, by address; a result for each service and feed."""
    services = services or Services()
    calls: list[_Call] = []
    done: list[Announcement] = []
    for feed in feeds:
        calls += [_hub_call(hub, feed) for hub in hubs]
        if podcast_index:
            calls.append(_index_call(services.podcast_index, feed))
        if podping and _is_token(token):
            calls.append(_podping_call(services.podping, feed, token or ""))
        elif podping:
            done.append(_without_token(feed, token))
    return (*done, *_carry_out(calls, services))


def forget_at_cloudfront(
    distribution: str, paths: Sequence[str], *, profile: str | None = None, pause: float = 1.0
) -> Announcement:
    """Have a CloudFront distribution forget its copies of these paths."""
    count = "1 path" if len(paths) == 1 else f"{len(paths)} paths"
    told = Announcement("cloudfront", "CloudFront", "", is_ok=True, words=f"forgets {count}")
    try:
        invalidate(distribution, paths, profile=profile, pause=pause)
    except CloudFrontError as error:
        return replace(told, is_ok=False, words=error.reason, help=error.help)
    return told


def _carry_out(calls: Sequence[_Call], services: Services) -> list[Announcement]:
    """Each request, and a second time what only failed for the moment."""
    told: dict[int, Announcement] = {}
    left = list(range(len(calls)))
    end = time.monotonic() + services.whole
    for is_last in (False, True):
        requests = [replace(calls[n].request, answer_seconds=services.answer) for n in left]
        answers = ask_many(requests, seconds=max(0.0, end - time.monotonic()))
        again = []
        for number, answer in zip(left, answers, strict=True):
            told[number] = _understood(calls[number], answer)
            if _is_momentary(answer):
                again.append(number)
        left = again
        if is_last or not left or time.monotonic() + services.pause >= end:
            break
        time.sleep(services.pause)
    return [told[number] for number in range(len(calls))]


def _is_momentary(answer: Answer | NoAnswer | None) -> bool:
    return isinstance(answer, NoAnswer) or (answer is not None and answer.status in _MOMENTARY)


def _understood(call: _Call, answer: Answer | NoAnswer | None) -> Announcement:
    if answer is None:
        return replace(call.told, is_ok=False, words="did not answer in time", help=_LATER)
    if isinstance(answer, NoAnswer):
        words = f"could not be told: {printable(answer.reason)}"
        return replace(call.told, is_ok=False, words=words, help=_LATER)
    return call.judge(call.told, answer)


_LATER = "nothing has to be done: apps ask for the feed by themselves, only later"


def _refused(told: Announcement, answer: Answer, advice: str) -> Announcement:
    words = f"says {status_words(answer.status)}"
    advice = _LATER if answer.status in _MOMENTARY else advice
    return replace(told, is_ok=False, words=words, help=advice)


def _is_good(answer: Answer) -> bool:
    return 200 <= answer.status < 300


def _hub_call(hub: str, feed: str) -> _Call:
    """What publishers send to a hub: W3C WebSub leaves it open, all hubs take PubSubHubbub's form.

    Source: PubSubHubbub Core 0.4, "Publishing": any 2xx is a success.
    """

    def judge(told: Announcement, answer: Answer) -> Announcement:
        advice = "correct `websub:` below `announce:` in show.yaml, or take that hub out"
        return told if _is_good(answer) else _refused(told, answer, advice)

    form = {"hub.mode": "publish", "hub.url": feed}
    request = Request(hub, form=form, follows=False, limit_bytes=_ANSWER_BYTES)
    return _Call(
        Announcement("websub", f"hub {hub}", feed, is_ok=True, words="told"), request, judge
    )


def _index_call(base: str, feed: str) -> _Call:
    """Source: Podcast Index API, ``/hub/pubnotify``."""

    def judge(told: Announcement, answer: Answer) -> Announcement:
        advice = "add the show at https://podcastindex.org/add if it is not there yet"
        if not _is_good(answer):
            return _refused(told, answer, advice)
        try:
            said = json.loads(answer.body)
            status, words = str(said["status"]).lower(), printable(str(said.get("description", "")))
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            status, words = "", "something that is not understood"
        if status == "true":
            return told
        return replace(told, is_ok=False, words=f"says {words or 'no'}", help=advice)

    request = Request(_with_url(base, feed), limit_bytes=_ANSWER_BYTES)
    told = Announcement("podcast_index", "Podcast Index", feed, is_ok=True, words="told")
    return _Call(told, request, judge)


def _podping_call(base: str, feed: str, token: str) -> _Call:
    """Source: podping.cloud, which looks at ``Authorization`` and ``User-Agent``."""

    def judge(told: Announcement, answer: Answer) -> Announcement:
        advice = f"check the token in {TOKEN_VARIABLE}"
        return told if answer.status == 200 else _refused(told, answer, advice)

    # It does not follow: the token is for that address alone.
    request = Request(
        _with_url(base, feed),
        headers={"Authorization": token.strip()},
        follows=False,
        limit_bytes=_ANSWER_BYTES,
    )
    return _Call(Announcement("podping", "podping", feed, is_ok=True, words="told"), request, judge)


def _is_token(token: str | None) -> bool:
    """Whether it can be sent: with other characters the error would repeat it."""
    text = (token or "").strip()
    return bool(text) and text.isascii() and text.isprintable()


def _without_token(feed: str, token: str | None) -> Announcement:
    words = (
        f"was not told: what {TOKEN_VARIABLE} holds is no token"
        if (token or "").strip()
        else f"was not told: {TOKEN_VARIABLE} holds no token"
    )
    advice = (
        f"put the token that Podcast Index gave you into the variable {TOKEN_VARIABLE}, or delete "
        "`podping: true` in show.yaml"
    )
    return Announcement("podping", "podping", feed, is_ok=False, words=words, help=advice)


def _with_url(base: str, feed: str) -> str:
    return f"{base}?url={quote(feed, safe='')}"
