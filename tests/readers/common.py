"""What several rows say: reasons, values from the model, and how to get at what was read."""

from __future__ import annotations

import calendar
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from tests.readers.cells import at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from castpress.model.feed_tags import Element, Picture, Place, SocialPost
    from castpress.model.podcast import Artwork, Person, Show

LAST = "keeps the last one only"
NO_TEXT = "drops the text of an element with attributes"
LAST_NO_TEXT = f"{LAST}, and {NO_TEXT}"
SPILLED = "comes out empty; what stands inside is spilled into the parent, and the last one kept"
OLD_ADDRESS = "knows the podcast namespace by its old address only"
UNKNOWN_EXPLICIT = "knows `yes` and `clean`, not Apple's `true` and `false`"

PICTURE = ("href", "alt", "purpose", "aspect-ratio", "width", "height", "type")
PAYEE = ("name", "type", "address", "split", "customKey", "customValue", "fee")
CHAT = ("server", "protocol", "accountId", "space")
RECIPIENT = "podcast:valueRecipient"
SPLIT = ("startTime", "duration", "remoteStartTime", "remotePercentage")
POST = ("protocol", "uri", "accountId", "accountUrl", "priority")


def address(show: Show, url: str | None) -> str | None:
    """An address of the model as readers get it: absolute."""
    return url if url is None or ":" in url else show.url(url)


def person(show: Show, one: Person) -> tuple[object, ...]:
    return (one.name, one.role, one.group, address(show, one.href), address(show, one.img))


def read_people(found: Any) -> list[tuple[object, ...]]:
    """The same as partytime reads it, which writes roles as the taxonomy does: Host."""
    return [
        (p["name"], p["role"].lower(), p["group"].lower(), p.get("href"), p.get("img"))
        for p in found.get("podcastPeople", ())
    ]


def place(one: Place) -> tuple[object, ...]:
    return (one.name, one.geo, one.osm)


def post(one: SocialPost) -> tuple[object, ...]:
    priority = None if one.priority is None else float(one.priority)
    return (one.protocol, one.uri, one.account_id, one.account_url, priority)


def pictures(
    show: Show, artwork: Artwork | None, others: Iterable[Picture]
) -> list[tuple[object, ...]]:
    """The artwork, then the others; sizes as text."""
    found: list[tuple[object, ...]] = []
    if artwork is not None:
        size = (str(artwork.width_px), str(artwork.height_px))
        url = show.url(artwork.path)
        found.append((url, artwork.alt, "artwork", "1/1", *size, artwork.media_type))
    for one in others:
        width, height = (str(px) if px else None for px in (one.width_px, one.height_px))
        ratio = one.aspect_ratio
        url = address(show, one.url) or ""
        found.append((url, one.alt, one.purpose, ratio, width, height, one.media_type))
    return found


def element(elements: Iterable[Element], name: str) -> Element | None:
    """The first that is passed through under that name."""
    return next((one for one in elements if one.name == name), None)


def attributes(found: Element | None, *names: str) -> tuple[object, ...] | None:
    """The attributes of an element that is passed through."""
    return tuple(dict(found.attributes).get(name) for name in names) if found else None


def payees(found: Element | None) -> list[tuple[object, ...]]:
    """Each recipient of a ``podcast:value``: the share as a number, the fee as yes or no."""
    return [_payee(dict(one.attributes)) for one in inside(found, RECIPIENT)]


def inside(found: Element | None, name: str) -> list[Element]:
    """The children of that name."""
    return [one for one in (found.children if found else ()) if one.name == name]


def read_payees(value: Any) -> list[tuple[object, ...]]:
    """The same as partytime reads them."""
    return [_payee(one) for one in (value or {}).get("recipients", ())]


def _payee(said: Any) -> tuple[object, ...]:
    texts = (said.get(name) for name in PAYEE if name not in {"split", "fee"})
    return (*texts, int(said["split"]), said.get("fee") in {True, "true"})


def splits(found: Element | None) -> list[tuple[object, ...]]:
    """Each ``podcast:valueTimeSplit``: its numbers, and whose item is paid meanwhile."""
    return [
        _split(dict(one.attributes), dict(one.children[0].attributes))
        for one in inside(found, "podcast:valueTimeSplit")
    ]


def read_splits(value: Any) -> list[tuple[object, ...]]:
    """The same as partytime reads them."""
    return [_split(one, one["remoteItem"]) for one in (value or {}).get("valueTimeSplits", ())]


def _split(said: Any, item: Any) -> tuple[object, ...]:
    return (*(float(said[name]) for name in SPLIT), item["feedGuid"], item["itemGuid"])


def spent(value: Any) -> tuple[object, ...] | None:
    """Type, method and suggested sum of a ``podcast:value``, from any mapping."""
    return (value["type"], value["method"], float(value["suggested"])) if value else None


def links(rel: str) -> Callable[[Any], object]:
    """feedparser's links of that kind."""
    return lambda f: [found.href for found in f.get("links", ()) if found.rel == rel]


def lowered(path: str, *names: str) -> Callable[[Any], tuple[Any, ...] | None]:
    """Attributes of feedparser's mapping, whose names it writes small; None without one."""

    def read(found: Any) -> tuple[Any, ...] | None:
        held = at(path)(found)
        if not isinstance(held, dict):
            return None
        return tuple(held.get(name.lower()) for name in names)

    return read


def lowered_list(path: str, *names: str) -> Callable[[Any], list[tuple[Any, ...]]]:
    """The same as a list of one, for what can stand there several times."""
    read = lowered(path, *names)
    return lambda found: [one for one in [read(found)] if one]


def text_of(path: str) -> Callable[[Any], object]:
    """The text that feedparser kept; None where it kept attributes instead."""

    def read(found: Any) -> object:
        held = at(path)(found)
        return held if isinstance(held, str) else None

    return read


def one(path: str) -> Callable[[Any], object]:
    """What stands there as a list of one, or of none."""
    return lambda found: [held for held in [at(path)(found)] if held]


def posix(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def stamp(text: Any) -> int | None:
    """A date as RFC 2822 or ISO 8601 writes it, in seconds since 1970."""
    if not text:
        return None
    is_iso = str(text)[:4].isdigit()
    read = datetime.fromisoformat if is_iso else parsedate_to_datetime
    return posix(read(str(text)))


def moment(path: str) -> Callable[[Any], object]:
    """The date written at a path, in seconds since 1970."""
    return lambda found: stamp(at(path)(found))


def struct(path: str) -> Callable[[Any], object]:
    """feedparser's date at a path, in seconds since 1970."""

    def read(found: Any) -> object:
        held: Any = at(path)(found)
        return held and calendar.timegm(held)

    return read
