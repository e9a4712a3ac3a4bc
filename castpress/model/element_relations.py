"""The rules that no value alone can break: what must stand together, and what must not.

Each takes an element as it was found and gives a sentence, ``what; what to write``, for each fault.
The source is that of the element in the table, unless one is named here.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING

from castpress.model.categories import CATEGORIES
from castpress.model.license_names import is_known_license
from castpress.model.value_kinds import EMAIL, MOMENT, WEB

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from castpress.model.element_rules import Seen

_ONE_EACH = ("current", "first", "previous", "next", "last", "prev-archive", "next-archive")
_SRI = re.compile(r"sha(256|384|512)-[A-Za-z0-9+/]+={0,2}( sha(256|384|512)-[A-Za-z0-9+/]+={0,2})*")
_BASE64 = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*")
_NODE = re.compile(r"0[23][0-9A-Fa-f]{64}")


def channel(seen: Seen) -> Iterator[str]:
    """One address of its own, one link for each page, each category and each service once."""
    rels = Counter(link.attributes.get("rel") for link in seen.named("atom:link"))
    if rels["self"] != 1:
        yield f"{rels['self']} links of rel self; a feed has one, its own address"
    for rel in _ONE_EACH:
        if rels[rel] > 1:
            yield f"{rels[rel]} links of rel {rel}; there is one such page"
    if seen.named("fh:complete") and seen.named("fh:archive"):
        yield "it is complete and part of an archive; keep one of the two"
    for category in seen.named("itunes:category"):
        if category.attributes.get("text") not in CATEGORIES:
            yield f"{category.attributes.get('text')!r} is no category of its own; put it inside"
    names = [each.attributes.get("text") for each in seen.named("itunes:category")]
    yield from _repeated("the category", names)
    services = [block.attributes.get("id", "") for block in seen.named("podcast:block")]
    yield from _repeated("the service", services)
    yield from posts(seen)


def item(seen: Seen) -> Iterator[str]:
    """The text for all before the text for some, one default encoding, posts or none."""
    names = [child.name for child in seen.children]
    if {"description", "content:encoded"} <= set(names):
        is_swapped = names.index("description") > names.index("content:encoded")
        if is_swapped:
            yield "content:encoded stands before description; put it behind"
    alternates = seen.named("podcast:alternateEnclosure")
    if sum(each.attributes.get("default") == "true" for each in alternates) > 1:
        yield "two alternate enclosures are the default; keep one `default: true`"
    yield from posts(seen)


def live_item(seen: Seen) -> Iterator[str]:
    """As an item, and it ends after it has begun."""
    start, end = seen.attributes.get("start", ""), seen.attributes.get("end", "")
    if MOMENT.fits(start) and MOMENT.fits(end) and _moment(end) <= _moment(start):
        yield f"it ends at {end}, before it begins; write a later `end:`"
    yield from item(seen)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def posts(seen: Seen) -> Iterator[str]:
    """Who wants no comments shown has no post to show."""
    found = seen.named("podcast:socialInteract")
    if len(found) > 1 and any(post.attributes.get("protocol") == "disabled" for post in found):
        yield "the post of protocol disabled stands beside others; keep it alone, or delete it"


def post(seen: Seen) -> Iterator[str]:
    """``disabled`` has no other attributes; all else leads somewhere."""
    if seen.attributes.get("protocol") == "disabled":
        if len(seen.attributes) > 1:
            yield "protocol disabled takes nothing beside it; delete the other keys"
    elif "uri" not in seen.attributes:
        yield "the address of the post is missing; write `uri:`"


def guid(seen: Seen) -> Iterator[str]:
    """What is not marked otherwise is an address that opens."""
    if seen.attributes.get("isPermaLink", "true") == "true" and not WEB.fits(seen.text):
        yield 'it is no address that opens; write isPermaLink="false"'


def category(seen: Seen) -> Iterator[str]:
    """Subcategories stand in their own category, each once, and nothing stands in them."""
    own = seen.attributes.get("text", "")
    names = [child.attributes.get("text") for child in seen.children]
    for child in seen.children:
        name = child.attributes.get("text")
        if name not in CATEGORIES.get(own, ()):
            yield f"{name!r} is no subcategory of {own}; put it into its own category"
    yield from _repeated("the subcategory", names)


def hours(seen: Seen) -> Iterator[str]:
    """Each hour or day once."""
    yield from _repeated("", [child.text for child in seen.children])


def license_url(seen: Seen) -> Iterator[str]:
    """A licence of one's own can be read somewhere."""
    if "url" not in seen.attributes and not is_known_license(seen.text):
        yield f"{seen.text!r} is no known licence; write its `url:` too"


def frequency(seen: Seen) -> Iterator[str]:
    """Counting needs a beginning."""
    if "COUNT=" in seen.attributes.get("rrule", "") and "dtstart" not in seen.attributes:
        yield "a rule with COUNT needs its beginning; write `dtstart:`"


def integrity(seen: Seen) -> Iterator[str]:
    """The proof has the form of its type (W3C SRI; base64)."""
    form = {"sri": _SRI, "pgp-signature": _BASE64}.get(seen.attributes.get("type", ""))
    if form is not None and not form.fullmatch(seen.attributes.get("value", "")):
        yield "the value has not the form of its type; write one such as sha256-…"


def recipient(seen: Seen) -> Iterator[str]:
    """Money reaches an address only in the form of its type."""
    kind, address = seen.attributes.get("type"), seen.attributes.get("address", "")
    if kind == "node" and address and not _NODE.fullmatch(address):
        yield (
            "the address is no node's; write its public key, 66 characters 0–9 and a–f that "
            "begin with 02 or 03"
        )
    if kind == "lnaddress" and address and not EMAIL.fits(address):
        yield "the address is no Lightning address; write one such as amy@example.org"
    if ("customKey" in seen.attributes) != ("customValue" in seen.attributes):
        yield "customKey and customValue belong together; write both"


def time_split(seen: Seen) -> Iterator[str]:
    """One remote item, or recipients of its own."""
    remote, own = seen.named("podcast:remoteItem"), seen.named("podcast:valueRecipient")
    if (len(remote) == 1) == bool(own):
        yield "who is paid is not clear; write one `remoteItem:`, or `valueRecipient:` with a list"


def publisher(seen: Seen) -> Iterator[str]:
    """The feed that it leads to is a publisher's."""
    for remote in seen.named("podcast:remoteItem"):
        if remote.attributes.get("medium") != "publisher":
            yield "the feed is not marked as a publisher's; write `medium: publisher`"


def _repeated(what: str, names: Iterable[str | None]) -> Iterator[str]:
    for name, count in Counter(names).items():
        if count > 1:
            yield f"{f'{what} {name!r}'.strip()} stands {count} times; keep one"
