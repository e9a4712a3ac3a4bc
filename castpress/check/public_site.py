"""What listeners meet at the public address after a publication: rules over answers of the web.

Nothing of this makes a good publication fail: the place holds what was built, and what is wrong
lies between it and the listeners.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from castpress.check.public_enclosure import enclosure_fault
from castpress.check.public_words import Fault, refusal, type_fault
from castpress.model.problem import Problem, Severity
from castpress.model.web_answer import Answer, NoAnswer

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from castpress.check.public_enclosure import EnclosureLook
    from castpress.model.problem import Location

_FEED_TYPES = ("application/rss+xml", "application/xml", "text/xml")
_OWN_COMPUTER = ("localhost", "127.0.0.1", "::1")
_AGE = re.compile(r"(?:^|[\s,])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NO_STORE = re.compile(r"no-store|no-cache", re.IGNORECASE)


class Sight(Enum):
    """What listeners get for a feed."""

    NEW = "new"
    OLD = "old"
    OTHER = "other"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class FeedLook:
    """A feed at its public address: what was published there, and what came.

    ``digest`` is the SHA-256 of what came, ``wanted`` of what was published, ``earlier`` of what
    was live before.
    """

    path: str
    url: str
    wanted: str
    digest: str
    answer: Answer | NoAnswer
    earlier: Collection[str] = ()

    @property
    def sight(self) -> Sight:
        """The new feed, an old one, one that castpress never published, or none."""
        if isinstance(self.answer, NoAnswer) or self.answer.status != 200:
            return Sight.NOTHING
        if self.digest == self.wanted:
            return Sight.NEW
        return Sight.OLD if self.digest in self.earlier else Sight.OTHER


@dataclass(frozen=True, slots=True)
class PageLook:
    """A page by the address of its folder; ``by_name`` is what its ``index.html`` answers."""

    url: str
    answer: Answer | NoAnswer
    by_name: Answer | NoAnswer | None = None


@dataclass(frozen=True, slots=True)
class SiteLook:
    """All that was looked at; what is None, or not among it, was not.

    ``shared`` are files that web players read, ``state`` is castpress's own list, ``listings`` are
    addresses that tell all names in the bucket where that is allowed.
    """

    location: Location
    base_url: str
    feeds: tuple[FeedLook, ...] = ()
    enclosures: tuple[EnclosureLook, ...] = ()
    artwork: tuple[Answer | NoAnswer, ...] = ()
    page: PageLook | None = None
    shared: tuple[Answer | NoAnswer, ...] = ()
    state: Answer | NoAnswer | None = None
    listings: tuple[Answer | NoAnswer, ...] = ()


def check_public_site(look: SiteLook) -> tuple[Problem, ...]:
    """All that is wrong for listeners; each a warning."""
    faults = (fault for rule in RULES for fault in rule(look))
    return tuple(
        Problem(f.code, f.message, look.location, Severity.WARNING, f.help) for f in faults
    )


def unread_feeds(look: SiteLook) -> Iterator[Fault]:
    """A feed that nobody can read: apps show the show as it was, or an error."""
    yield from _joined(
        refusal(feed.path, feed.answer) for feed in look.feeds if feed.sight is Sight.NOTHING
    )


def stale_feeds(look: SiteLook) -> Iterator[Fault]:
    """A CDN still gives the feed of before."""
    for feed in look.feeds:
        if feed.sight is Sight.OLD and isinstance(feed.answer, Answer):
            left = seconds_left(feed.answer)
            until = f"for up to {_minutes(left)}" if left else "for how long it does not say"
            yield Fault(
                "stale-at-edge",
                f"{feed.url} still gives the feed of before; a cache in front of the store keeps "
                f"it {until}",
                "nothing has to be done if it is new by then; with CloudFront write `announce:` "
                "with `cloudfront: ID` into show.yaml, elsewhere empty the CDN's cache",
            )


def other_feeds(look: SiteLook) -> Iterator[Fault]:
    """What comes is no feed that castpress published."""
    for feed in look.feeds:
        if feed.sight is Sight.OTHER:
            yield Fault(
                "other-feed-public",
                f"{feed.url} gives another feed than the one published; listeners do not get "
                f"this one",
                f"let {look.base_url} (`base_url:`) lead to where `publish_to:` puts the show, "
                "and have no CDN rewrite the feed",
            )


def feed_types(look: SiteLook) -> Iterator[Fault]:
    """The feed comes as something else than XML."""
    for feed in look.feeds:
        if isinstance(feed.answer, Answer) and feed.sight in (Sight.NEW, Sight.OLD):
            yield from type_fault("the feed", feed.answer, _FEED_TYPES, _FEED_TYPES[0])


def insecure_addresses(look: SiteLook) -> Iterator[Fault]:
    """Plain http: iPhones and pages over https do not load it."""
    parts = urlsplit(look.base_url)
    if parts.scheme == "http":
        if parts.hostname not in _OWN_COMPUTER:
            yield Fault(
                "insecure-address",
                f"the site is at {look.base_url}, and apps on phones refuse addresses with http:",
                "have the site served over https, then type `castpress move "
                f"{look.base_url.replace('http:', 'https:', 1)}`",
            )
        return
    answers = [feed.answer for feed in look.feeds] + [each.head for each in look.enclosures]
    for answer in answers:
        if isinstance(answer, Answer) and answer.url.startswith("http:"):
            yield Fault(
                "insecure-address",
                f"listeners are sent on to {answer.url}, which apps on phones refuse",
                "have the CDN or the web server keep to https",
            )
            return


def enclosures(look: SiteLook) -> Iterator[Fault]:
    """New audio that apps cannot download, or cannot seek in; the same fault is told once."""
    yield from _joined(
        fault for each in look.enclosures if (fault := enclosure_fault(each)) is not None
    )


def artworks(look: SiteLook) -> Iterator[Fault]:
    """Artwork that directories cannot read."""
    for answer in look.artwork:
        if isinstance(answer, NoAnswer) or answer.status != 200:
            yield refusal("the artwork", answer)
        elif not answer.media_type.startswith("image/"):
            yield from type_fault("the artwork", answer, (), "image/jpeg or image/png")


def pages(look: SiteLook) -> Iterator[Fault]:
    """The address of a page, which ends with a slash, gives no page."""
    page = look.page
    if page is None:
        return
    if isinstance(page.answer, Answer) and page.answer.status == 200:
        yield from type_fault(
            "a page", page.answer, ("text/html", "application/xhtml+xml"), "text/html"
        )
    elif isinstance(page.by_name, Answer) and page.by_name.status == 200:
        yield Fault(
            "no-folder-pages",
            f"{page.url} gives nothing, though its index.html is there: links to episodes fail",
            "serve index.html for addresses that end with a slash: `castpress publish "
            "--set-up-bucket` tells how",
        )
    else:
        yield refusal("a page", page.answer)


def cors(look: SiteLook) -> Iterator[Fault]:
    """Web players may not read chapters and transcripts."""
    for answer in look.shared:
        if isinstance(answer, Answer) and answer.status == 200:
            if answer.headers.get("Access-Control-Allow-Origin", "") not in ("*", ORIGIN):
                yield Fault(
                    "no-cors",
                    f"{answer.url} comes without leave for other sites (CORS), so players on the "
                    "web show neither chapters nor transcripts",
                    "type `castpress publish --set-up-bucket`; with a CDN in front, let it pass "
                    "the header Origin on",
                )
                return
        else:
            yield refusal("a file with chapters or a transcript", answer)
            return


def public_state(look: SiteLook) -> Iterator[Fault]:
    """What castpress keeps for itself can be read by all: it names audio that is not out yet."""
    answer = look.state
    if isinstance(answer, Answer) and answer.status in (200, 206) and b'"castpress"' in answer.body:
        yield Fault(
            "public-state",
            f"everybody can read {answer.url}, and find the audio of scheduled episodes by it",
            "type `castpress publish --set-up-bucket`, which keeps the folder .castpress private; "
            "a CDN must not serve it either",
        )


def public_listing(look: SiteLook) -> Iterator[Fault]:
    """Everybody can list the bucket: the names of staged audio are all that keeps it unheard."""
    for answer in look.listings:
        if isinstance(answer, Answer) and b"<ListBucketResult" in answer.body[:1000]:
            yield Fault(
                "public-listing",
                f"everybody can list the bucket at {answer.url}, and find the audio of scheduled "
                "episodes by it",
                "allow everybody s3:GetObject alone, not s3:ListBucket; `castpress publish "
                "--set-up-bucket` shows the policy",
            )
            return


RULES: tuple[Callable[[SiteLook], Iterable[Fault]], ...] = (
    unread_feeds,
    stale_feeds,
    other_feeds,
    feed_types,
    insecure_addresses,
    enclosures,
    artworks,
    pages,
    cors,
    public_state,
    public_listing,
)

ORIGIN = "https://player.example"
"""Whose page is said to ask, where leave for other sites is looked for."""


def seconds_left(answer: Answer) -> int | None:
    """How long a cache may go on giving the same answer, None where it does not say.

    Source: RFC 9111, sections 4.2 and 5.1.

    >>> seconds_left(Answer("", 200, {"Cache-Control": "public, max-age=300", "Age": "60"}))
    240
    """
    control = answer.headers.get("Cache-Control", "")
    lives = [int(found) for found in _AGE.findall(control)]
    if not lives or _NO_STORE.search(control):
        return None
    age = answer.headers.get("Age", "").strip()
    passed = int(age[:9]) if age.isascii() and age.isdigit() else 0
    return max(0, max(lives) - passed)


def _minutes(seconds: int) -> str:
    if seconds <= 90:
        return f"{seconds} seconds"
    minutes = -(-seconds // 60)
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"


def _joined(found: Iterable[Fault]) -> Iterator[Fault]:
    """Faults of one kind that are mended in one way, as one, with how many there are."""
    alike: dict[tuple[str, str], list[Fault]] = defaultdict(list)
    for fault in found:
        alike[fault.code, fault.help].append(fault)
    for faults in alike.values():
        first, others = faults[0], len(faults) - 1
        more = f" (and {others} more like it)" if others else ""
        yield Fault(first.code, first.message + more, first.help)
