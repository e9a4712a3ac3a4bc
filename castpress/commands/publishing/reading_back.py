"""The public addresses read back after a publication, as listeners' apps would."""

from __future__ import annotations

import hashlib
import html
import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from castpress.check.public_enclosure import TAIL_BYTES, EnclosureLook, tail_range
from castpress.check.public_site import (
    ORIGIN,
    FeedLook,
    PageLook,
    Sight,
    SiteLook,
    seconds_left,
)
from castpress.model.address import address_of_file
from castpress.model.artifact import Wave
from castpress.model.publication.live import PUBLICATION_PATH, is_feed
from castpress.model.publication.plan import Action
from castpress.model.web_answer import Answer, NoAnswer
from castpress.store.web import Request
from castpress.store.web_many import ask_many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from castpress.commands.publishing.preparation import Prepared
    from castpress.commands.reporter import Reporter
    from castpress.model.publication.live import Publication

_IMAGE = re.compile(rb'<itunes:image href="([^"]+)"')
_HEAD_BYTES = 100_000
_FEW_BYTES = 4_000
_MOST_ADDRESS = 2_000
_MOST_ROOTS = 2
_SHARED = ("/chapters.json", ".vtt", ".srt")


@dataclass(frozen=True, slots=True)
class Pace:
    """How long it is waited, in seconds.

    ``pauses`` lie between the looks at a feed that is not the new one yet. After ``few`` of them
    a feed that nobody can read is given up: that does not pass by itself as a cache does.
    """

    pauses: tuple[float, ...] = (0.5, 1.0, 2.0, 3.5, 5.0, 8.0)
    few: int = 3
    answer: float = 15.0
    whole: float = 60.0


@dataclass(frozen=True, slots=True)
class _Site:
    """Where the site is, what is live there, and until when there is time."""

    prepared: Prepared
    live: Publication
    pace: Pace
    end: float

    @property
    def base_url(self) -> str:
        return self.prepared.material.base_url

    def url(self, path: str) -> str:
        return address_of_file(self.base_url, path)

    def ask(
        self, requests: Sequence[Request], on_answer: Callable[[], None] = lambda: None
    ) -> list[Answer | NoAnswer | None]:
        return ask_many(
            requests, seconds=max(0.0, self.end - time.monotonic()), on_answer=on_answer
        )


def read_back(
    prepared: Prepared,
    live: Publication,
    reporter: Reporter,
    pace: Pace,
    *,
    forgets: bool,
) -> SiteLook:
    """What listeners meet; ``forgets`` says that a cache was told to fetch anew."""
    site = _Site(prepared, live, pace, time.monotonic() + pace.whole)
    location = prepared.place.location
    feeds = _feeds(site, forgets=forgets)
    if all(feed.sight is Sight.NOTHING for feed in feeds):
        return SiteLook(location, site.base_url, feeds)
    return _details(site, feeds, reporter)


def new_enclosures(prepared: Prepared, live: Publication) -> tuple[str, ...]:
    """The audio by path that subscribers are about to download, or that was put anew."""
    before = {episode.enclosure for episode in prepared.state.publication.episodes.values()}
    put = {step.path for step in prepared.plan.of(Action.UPLOAD)}
    now = dict.fromkeys(episode.enclosure for episode in live.episodes.values())
    return tuple(p for p in now if p in live.files and (p not in before or p in put))


def _feeds(site: _Site, *, forgets: bool) -> tuple[FeedLook, ...]:
    """Each feed as it comes, looked at again for a while where it is not the new one."""
    listed = (path for path, file in site.live.files.items() if is_feed(file))
    paths = sorted(listed, key=lambda path: (path.count("/"), path))  # the main one first
    looks: dict[str, FeedLook] = {}
    left = paths
    for number, pause in enumerate((*site.pace.pauses, None)):
        requests = [Request(site.url(p), answer_seconds=site.pace.answer) for p in left]
        for path, answer in zip(left, site.ask(requests), strict=True):
            looks[path] = _feed_look(site, path, answer)
        left = [
            path
            for path in left
            if pause is not None
            and _may_pass(looks[path], number, site, forgets=forgets)
            and time.monotonic() + pause < site.end
        ]
        if not left or pause is None:
            break
        time.sleep(pause)
    return tuple(looks[path] for path in paths)


def _feed_look(site: _Site, path: str, answer: Answer | NoAnswer | None) -> FeedLook:
    known = site.prepared.state.publication
    feeds = [*known.taken_away, *(pair for each in known.snapshots for pair in each.feeds)]
    earlier = {digest for other, digest in feeds if other == path}
    for files in (known.files, site.prepared.settled):
        if path in files:
            earlier.add(files[path].sha256)
    wanted = site.live.files[path].sha256
    url = site.url(path)
    reply = answer or NoAnswer(url, "it did not answer in time")
    digest = hashlib.sha256(reply.body).hexdigest() if isinstance(reply, Answer) else ""
    return FeedLook(path, url, wanted, digest, reply, frozenset(earlier - {wanted}))


def _may_pass(look: FeedLook, number: int, site: _Site, *, forgets: bool) -> bool:
    """Whether another look may show the new feed."""
    if look.sight is Sight.NEW:
        return False
    if look.sight is not Sight.OLD:
        # A name that is not known, or a port where nobody listens, stays so; once may be chance.
        return number < (1 if isinstance(look.answer, NoAnswer) else site.pace.few)
    # An age tells of a cache in between. Unless it was told to, it will not ask before its time.
    is_cached = isinstance(look.answer, Answer) and "Age" in look.answer.headers
    left = seconds_left(look.answer) if isinstance(look.answer, Answer) else None
    return forgets or not is_cached or left is None or left <= sum(site.pace.pauses[number:])


def _details(site: _Site, feeds: tuple[FeedLook, ...], reporter: Reporter) -> SiteLook:
    """All but the feeds, side by side; what matters most first."""
    enclosures = new_enclosures(site.prepared, site.live)
    others = _others(site, feeds)
    asked = [request for _, request in others]
    for path in enclosures:
        length = site.live.files[path].byte_length
        wanted = {"Range": tail_range(length)}
        url, patience = site.url(path), site.pace.answer
        asked.append(Request(url, "HEAD", answer_seconds=patience))
        asked.append(Request(url, headers=wanted, limit_bytes=TAIL_BYTES, answer_seconds=patience))
    progress = reporter.track("reading back what listeners get", len(asked))
    answers = site.ask(asked, lambda: next(progress, None))
    named: dict[str, list[Answer | NoAnswer]] = {}
    for (name, _), answer in zip(others, answers, strict=False):
        if answer is not None:
            named.setdefault(name, []).append(answer)
    heads, tails = answers[len(others) :: 2], answers[len(others) + 1 :: 2]
    page, by_name, state = (named.get(name, [None])[0] for name in ("page", "by name", "state"))
    return SiteLook(
        location=site.prepared.place.location,
        base_url=site.base_url,
        feeds=feeds,
        enclosures=tuple(
            EnclosureLook(
                site.url(path),
                site.live.files[path].byte_length,
                site.live.files[path].headers.content_type,
                head,
                tail,
            )
            for path, head, tail in zip(enclosures, heads, tails, strict=True)
        ),
        artwork=tuple(named.get("artwork", ())),
        page=None if page is None else PageLook(page.url, page, by_name),
        shared=tuple(named.get("shared", ())),
        state=state,
        listings=tuple(named.get("listing", ())),
    )


def _others(site: _Site, feeds: tuple[FeedLook, ...]) -> list[tuple[str, Request]]:
    """What is asked for besides feeds and audio, each with a name."""
    patience = site.pace.answer

    def get(url: str, **headers: str) -> Request:
        return Request(url, headers=headers, limit_bytes=_FEW_BYTES, answer_seconds=patience)

    found = [("artwork", Request(url, "HEAD", answer_seconds=patience)) for url in _artwork(feeds)]
    page = _page(site)
    if page is not None:
        found.append(("page", get(site.url(page.removesuffix("index.html")))))
        found.append(("by name", get(site.url(page))))
    shared = _shared(site)
    if shared is not None:
        found.append(("shared", get(site.url(shared), Origin=ORIGIN)))
    found.append(("state", get(site.url(PUBLICATION_PATH), Range=f"bytes=0-{_FEW_BYTES - 1}")))
    return found + [
        ("listing", get(f"{root}?list-type=2&max-keys=1")) for root in _roots(site.base_url)
    ]


def _roots(base_url: str) -> Iterator[str]:
    """Where the bucket may begin: at the host, or at one of the first folders below it."""
    parts = urlsplit(base_url)
    folders = parts.path.split("/")[1:-1]
    for count in range(min(len(folders), _MOST_ROOTS) + 1):
        yield "/".join((f"{parts.scheme}://{parts.netloc}", *folders[:count], ""))


def _artwork(feeds: tuple[FeedLook, ...]) -> list[str]:
    """The artwork that the feeds name for the show and its courses, each once."""
    urls: dict[str, None] = {}
    for feed in feeds:
        if isinstance(feed.answer, Answer) and feed.sight is Sight.NEW:
            found = _IMAGE.search(feed.answer.body[:_HEAD_BYTES])
            if found and len(found[1]) < _MOST_ADDRESS:
                urls[html.unescape(found[1].decode("utf-8", "replace"))] = None
    return list(urls)


def _page(site: _Site) -> str | None:
    """A page that was put just now, of an episode if there is one."""
    put = [
        step.path
        for step in site.prepared.plan.of(Action.UPLOAD)
        if step.wave is Wave.PAGE and f"/{step.path}".endswith("/index.html")
    ]
    return max(put, key=lambda path: (path.count("/"), path), default=None)


def _shared(site: _Site) -> str | None:
    """A file that web players read from other sites; one that was put just now if there is one."""
    put = {step.path for step in site.prepared.plan.of(Action.UPLOAD)}
    return min(_shared_files(site), key=lambda path: (path not in put, path), default=None)


def _shared_files(site: _Site) -> Iterator[str]:
    for path, file in site.live.files.items():
        if path.endswith(_SHARED) and file.retired is None:
            yield path
