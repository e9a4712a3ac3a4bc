"""How a bucket is set up, what it lacks, and what people without keys can read of it."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from castpress.model.publication.bucket_policy import (
    Access,
    exposing_statements,
    is_folder_read,
    merged_policy,
    public_statement,
    site_access,
)
from castpress.model.publication.bucket_rules import (
    cors_rule,
    covers_reading,
    merged_cors,
    opened_block,
    serves_folders,
    website_of,
)
from castpress.model.publication.live import PUBLICATION_PATH, STATE_FOLDER
from castpress.store.s3.set_up import Part, Reading
from castpress.store.web import Request, WebError, ask

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from castpress.model.problem import Problem
    from castpress.model.web_answer import Answer
    from castpress.store.s3.set_up import BucketSettings

# A new policy is not in force everywhere at once; on AWS that takes seconds.
_PROBE_TRIES = 7
_PROBE_BYTES = b"castpress looks whether this bucket can be read; this file may be deleted\n"
# As publication.json begins.
_STATE_BYTES = b'{\n"castpress"'
_REFUSED = (401, 403, 404)
# A site that is not the show's own; the name is one that nobody can have.
_ELSEWHERE = "https://player.example"


@dataclass(frozen=True, slots=True)
class BucketState:
    """What was read of a bucket's settings, and the author's own pages that it has to serve."""

    bucket: str
    prefix: str
    region: str | None
    readings: Mapping[Part, Reading]
    pages: tuple[str, ...] = ()

    @property
    def access(self) -> Access | None:
        """Who may read the site by the policy; None where the store does not tell."""
        policy = self.readings[Part.POLICY]
        if not policy.is_known:
            return None
        return site_access(policy.value, self.bucket, self.prefix, self.region)

    @property
    def hidden_pages(self) -> tuple[str, ...]:
        """The author's own pages that cannot be read, though the rest of the site can."""
        policy = self.readings[Part.POLICY].value
        access = self.access
        if access in (None, Access.NOBODY):
            return ()
        return tuple(
            page
            for page in self.pages
            if not is_folder_read(policy, self.bucket, self.prefix + page, access, self.region)
        )

    @property
    def exposing(self) -> tuple[str, ...]:
        """The statements that open ``.castpress/``, too."""
        policy = self.readings[Part.POLICY].value
        return exposing_statements(policy, self.bucket, self.prefix, self.region)

    def missing(self) -> dict[Part, Any]:
        """What has to be set, with all that is there already; in the order in which it works.

        What the store does not tell is not among it: writing that might overwrite something.
        """
        wanted: dict[Part, Any] = {}
        is_behind = self.access is Access.CLOUDFRONT
        block = self.readings[Part.BLOCK]
        opened = opened_block(block.value)
        if opened is not None and not is_behind:
            wanted[Part.BLOCK] = opened
        policy = self.readings[Part.POLICY].value
        # Behind CloudFront the statement is somebody else's: the author is told, nothing is opened.
        if self.access is Access.NOBODY or (self.hidden_pages and not is_behind):
            wanted[Part.POLICY] = merged_policy(policy, self.plain(Part.POLICY)["Statement"][0])
        cors = self.readings[Part.CORS]
        if cors.is_known and not covers_reading(cors.value or ()):
            wanted[Part.CORS] = merged_cors(cors.value or ())
        website = self.readings[Part.WEBSITE]
        if website.is_known and website.value is None and not is_behind:
            wanted[Part.WEBSITE] = website_of(self.prefix)
        return wanted

    def plain(self, part: Part) -> Any:  # noqa: ANN401 - it is JSON
        """What is wanted of a setting where nothing is set yet."""
        if part is Part.POLICY:
            statement = public_statement(self.bucket, self.prefix, self.region, self.pages)
            return merged_policy(None, statement)
        if part is Part.CORS:
            return [cors_rule()]
        return website_of(self.prefix) if part is Part.WEBSITE else None

    @property
    def has_other_website(self) -> bool:
        """Whether somebody has set a website that does not lead to index.html in folders."""
        website = self.readings[Part.WEBSITE].value
        return website is not None and not serves_folders(website)


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read without keys; None where that could not be found out.

    ``told`` is whether the show can be read, by the address at which it was tried.
    """

    is_state_public: bool | None
    is_listed: bool | None
    told: tuple[tuple[str, bool | None], ...]

    @property
    def is_public(self) -> bool | None:
        """Whether the show can be read at one of the addresses."""
        return _any(dict(self.told).values())

    @property
    def addresses(self) -> tuple[str, ...]:
        """Those that say whether the show can be read."""
        return tuple(base for base, told in self.told if told is self.is_public)


@dataclass(frozen=True, slots=True)
class Served:
    """How a published site answers; None where that could not be found out."""

    leads_to_pages: bool | None = None
    has_cors: bool | None = None


@dataclass
class SetUp:
    """What was found and done; ``exists`` is None where that could not be found out.

    ``done`` has what was set, with the refusal where there was one.
    """

    settings: BucketSettings
    pages: tuple[str, ...] = ()
    exists: bool | None = None
    is_made: bool = False
    state: BucketState | None = None
    missing: dict[Part, Any] = field(default_factory=dict)
    done: dict[Part, str] = field(default_factory=dict)
    seen: Seen | None = None
    problems: list[Problem] = field(default_factory=list)
    has_failed: bool = False


def is_region_unsaid(settings: BucketSettings) -> bool:
    """Whether nobody has said where a new bucket belongs: boto3's own answer is Virginia."""
    return settings.options.region is None and settings.region == "us-east-1"


def look(settings: BucketSettings, *parts: Part, pages: tuple[str, ...] = ()) -> BucketState:
    """The settings as they are; parts that are not asked for count as not told."""
    asked = parts or tuple(Part)
    return BucketState(
        settings.address.bucket,
        settings.address.prefix,
        settings.region,
        {
            part: settings.read(part) if part in asked else Reading(refusal="was not asked for")
            for part in Part
        },
        pages,
    )


def probe(settings: BucketSettings, base_url: str | None, *, is_new: bool) -> Seen:
    """Put two small files, read them without keys at the store and at the site, delete them.

    One lies among the site's files, one in ``.castpress``. With ``is_new`` settings it is tried for
    a while.

    Raises:
        StoreError: they cannot be put or deleted.
    """
    name = f"castpress-probe-{uuid.uuid4().hex}.txt"
    public, private = f"assets/{name}", f"{STATE_FOLDER}/{name}"
    bases = [settings.base_url(), *([base_url] if base_url else [])]
    settings.put(public, _PROBE_BYTES)
    try:
        settings.put(private, _PROBE_BYTES)
        try:
            told = _told(bases, public, _PROBE_BYTES)
            pause = settings.options.patience.pause
            for _ in range(_PROBE_TRIES if is_new else 0):
                if _any(told.values()) is not False:
                    break
                time.sleep(pause)
                pause = min(2 * pause, settings.options.patience.longest_pause)
                told = _told(bases, public, _PROBE_BYTES)
            is_exposed = _any(_told(bases, private, _PROBE_BYTES).values())
            return Seen(is_exposed, is_listed(settings), tuple(told.items()))
        finally:
            settings.delete(private)
    finally:
        settings.delete(public)


def is_state_readable(settings: BucketSettings, base_url: str | None) -> bool | None:
    """Whether people without keys can read what a publication has left for castpress itself.

    Raises:
        StoreError: the bucket's address cannot be told.
    """
    bases = [settings.base_url(), *([base_url] if base_url else [])]
    return _any(_told(bases, PUBLICATION_PATH, _STATE_BYTES).values())


def served(settings: BucketSettings, base_url: str | None) -> Served:
    """How it answers listeners, whatever stands between them and the bucket.

    Raises:
        StoreError: the bucket's address cannot be told.
    """
    feed = _answer(f"{base_url or settings.base_url()}feed.xml", {"Origin": _ELSEWHERE})
    has_cors = None
    if feed is not None and feed.status == 200:
        has_cors = feed.headers.get("Access-Control-Allow-Origin") in ("*", _ELSEWHERE)
    if base_url is None:
        return Served(None, has_cors)
    page, file = (_answer(f"{base_url}subscribe/{name}", {}) for name in ("", "index.html"))
    if page is None or file is None or file.status != 200:
        return Served(None, has_cors)
    return Served(page.status == 200, has_cors)


def _answer(url: str, headers: dict[str, str]) -> Answer | None:
    try:
        return ask(Request(url, headers=headers, limit_bytes=256, whole_seconds=30.0))
    except WebError:
        return None


def is_listed(settings: BucketSettings) -> bool | None:
    """Whether people without keys can list the files, and so find what waits for its day.

    Raises:
        StoreError: the bucket's address cannot be told.
    """
    answer = _answer(settings.list_url(), {})
    if answer is None:
        return None
    if answer.status == 200:
        return b"<ListBucketResult" in answer.body
    return False if answer.status in _REFUSED else None


def _told(bases: list[str], path: str, start: bytes) -> dict[str, bool | None]:
    """Whether a file can be read, by address; None where one cannot tell."""
    return {base: _can_read(base + path, start) for base in bases}


def _any(found: Collection[bool | None]) -> bool | None:
    """Whether one of them says yes; None where none says anything."""
    if True in found:
        return True
    return False if False in found else None


def _can_read(url: str, start: bytes) -> bool | None:
    """Whether these bytes come; a site may answer whatever is asked with a page of its own."""
    answer = _answer(url, {})
    if answer is None:
        return None
    if answer.status == 200:
        return answer.body.startswith(start)
    return False if answer.status in _REFUSED else None
