"""The podcast namespace's tags of a channel, and what each parser makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.readers.cells import at, each, ignored, row, wrong
from tests.readers.common import (
    CHAT,
    LAST,
    LAST_NO_TEXT,
    NO_TEXT,
    OLD_ADDRESS,
    PAYEE,
    PICTURE,
    POST,
    RECIPIENT,
    SPILLED,
    attributes,
    element,
    inside,
    lowered,
    lowered_list,
    payees,
    person,
    pictures,
    place,
    posix,
    post,
    read_payees,
    read_people,
    read_splits,
    spent,
    splits,
    stamp,
    text_of,
)

if TYPE_CHECKING:
    from castpress.model.feed_tags import Element, RemoteItem
    from castpress.render.feed_element import Channel

FIRST_PLACE = "keeps the first place only"
REMOTE = ("feedGuid", "feedUrl", "itemGuid", "medium", "title")


def remote(item: RemoteItem) -> tuple[object, ...]:
    return (item.feed_guid, item.feed_url, item.item_guid, item.medium, item.title)


def images(c: Channel) -> list[tuple[object, ...]]:
    return pictures(c.show, c.feed.artwork, c.feed.pictures)


def trailers(c: Channel) -> list[tuple[object, ...]]:
    """Title, address, date, bytes, type and season of each trailer in the feed."""
    types = {"audio/mp4": "audio/x-m4a"}
    return [
        (
            found.episode.title,
            c.show.url(found.enclosure.path),
            posix(found.published),
            found.enclosure.byte_length,
            types.get(found.enclosure.media_type, found.enclosure.media_type),
            found.episode.season,
        )
        for found in c.trailers
    ]


def trailer(read: Any) -> tuple[object, ...]:
    season = read.get("season")
    return (
        read.get("title"),
        read["url"],
        stamp(read["pubdate"]),
        int(read["length"]),
        read["type"],
        None if season is None else int(season),
    )


def frequency(c: Channel) -> tuple[object, ...] | None:
    found = c.feed.update_frequency
    return (found.rrule, found.start, "true" if found.is_complete else None) if found else None


def paid(c: Channel) -> Element | None:
    return element(c.feed.elements, "podcast:value")


def live(c: Channel) -> Element | None:
    return element(c.feed.elements, "podcast:liveItem")


def inside_live(c: Channel, name: str) -> Element | None:
    found = live(c)
    return element(found.children, name) if found else None


def live_text(name: str) -> Any:
    """The text of an element of the announced stream."""

    def read(c: Channel) -> str | None:
        found = inside_live(c, name)
        return found.text if found else None

    return read


def first_live(path: str) -> Any:
    """What partytime read of the first announced stream."""
    return lambda f: at(path)((f.get("podcastLiveItems") or [None])[0])


def schedule(read: Any) -> tuple[object, ...] | None:
    """State, begin and end of a stream, from any mapping."""
    return read and (read["status"], stamp(read["start"]), stamp(read["end"]))


def stream(read: Any) -> tuple[object, ...] | None:
    return read and (read["url"], int(read["length"]), read["type"])


def button(c: Channel) -> list[tuple[object, ...]]:
    found = inside_live(c, "podcast:contentLink")
    return [(found.text, dict(found.attributes)["href"])] if found else []


NAMESPACE_ROWS = (
    row(
        "podcast:guid",
        lambda c: c.feed.guid,
        feedparser="podcast_guid",
        partytime="guid",
    ),
    row(
        "podcast:locked",
        lambda c: c.feed.is_locked,
        feedparser=wrong(
            lambda f: f.podcast_locked == "yes" if text_of("podcast_locked")(f) else None,
            NO_TEXT,
            lambda c: None if c.feed.owner_email else c.feed.is_locked,
        ),
        podcastparser=ignored(OLD_ADDRESS),
        partytime=wrong(
            "locked",
            "does not read it without an owner",
            lambda c: c.feed.is_locked if c.feed.owner_email else None,
        ),
    ),
    row(
        "podcast:locked",
        lambda c: c.feed.owner_email,
        "@owner",
        feedparser=lambda f: (lowered("podcast_locked", "owner")(f) or [None])[0],
        partytime="podcastOwner",
    ),
    row(
        "podcast:block",
        lambda c: (
            c.feed.is_blocked,
            [(found.service, found.is_blocked) for found in c.feed.blocked_services],
        ),
        feedparser=wrong(
            lambda f: (f.get("podcast_block") == "yes", []),
            LAST,
            lambda c: (c.feed.is_blocked, []),
        ),
        partytime=lambda f: (
            f["podcastBlocked"] == "yes",
            list(f.get("podcastBlockedPlatforms", {}).items()),
        ),
    ),
    row(
        "podcast:podping",
        lambda c: ("true",) if c.show.uses_podping else None,
        feedparser=lowered("podcast_podping", "usesPodping"),
    ),
    row("podcast:medium", lambda c: c.feed.medium, feedparser="podcast_medium", partytime="medium"),
    row(
        "podcast:license",
        lambda c: c.feed.license and c.feed.license.identifier,
        feedparser=wrong(text_of("podcast_license"), NO_TEXT, lambda c: None),
        partytime="license.identifier",
    ),
    row(
        "podcast:license",
        lambda c: c.feed.license and c.feed.license.url,
        "@url",
        feedparser="podcast_license.url",
        partytime="license.url",
    ),
    row(
        "podcast:location",
        lambda c: [place(found) for found in c.feed.places],
        feedparser=wrong(
            lowered_list("podcast_location", "text", "geo", "osm"),
            LAST_NO_TEXT,
            lambda c: [(None, *place(found)[1:]) for found in c.feed.places[-1:]],
        ),
        partytime=wrong(
            each("podcastLocation", "name", "geo", "osm"),
            FIRST_PLACE,
            lambda c: [place(found) for found in c.feed.places[:1]],
        ),
    ),
    row(
        "podcast:location",
        lambda c: [(found.rel, found.country) for found in c.feed.places],
        "@rel @country",
        feedparser=wrong(
            lowered_list("podcast_location", "rel", "country"),
            LAST,
            lambda c: [(found.rel, found.country) for found in c.feed.places[-1:]],
        ),
    ),
    row(
        "podcast:funding",
        lambda c: [(found.title, found.url) for found in c.feed.funding],
        feedparser=wrong(
            lowered_list("podcast_funding", "text", "url"),
            LAST_NO_TEXT,
            lambda c: [(None, found.url) for found in c.feed.funding[-1:]],
        ),
        podcastparser=ignored(OLD_ADDRESS),
        partytime=each("podcastFunding", "message", "url"),
    ),
    row(
        "podcast:person",
        lambda c: [person(c.show, found) for found in c.feed.people],
        feedparser=wrong(
            lowered_list("podcast_person", "text", "role", "group", "href", "img"),
            LAST_NO_TEXT,
            lambda c: [(None, *person(c.show, found)[1:]) for found in c.feed.people[-1:]],
        ),
        partytime=read_people,
    ),
    row(
        "podcast:image",
        images,
        feedparser=wrong(lowered_list("podcast_image", *PICTURE), LAST, lambda c: images(c)[-1:]),
        partytime=ignored("knows `podcast:images`, the form that came before"),
    ),
    row(
        "podcast:trailer",
        trailers,
        feedparser=wrong(
            lambda f: [trailer(f.podcast_trailer)] if "podcast_trailer" in f else [],
            LAST_NO_TEXT,
            lambda c: [(None, *found[1:]) for found in trailers(c)[-1:]],
        ),
        partytime=lambda f: [trailer(found) for found in f.get("trailers", ())],
    ),
    row(
        "podcast:updateFrequency",
        lambda c: c.feed.update_frequency and c.feed.update_frequency.text,
        feedparser=wrong(text_of("podcast_updatefrequency"), NO_TEXT, lambda c: None),
    ),
    row(
        "podcast:updateFrequency",
        frequency,
        "@rrule @dtstart @complete",
        feedparser=lowered("podcast_updatefrequency", "rrule", "dtstart", "complete"),
    ),
    row(
        "podcast:podroll/podcast:remoteItem",
        lambda c: [remote(found) for found in c.feed.podroll],
        feedparser=wrong("podcast_podroll", SPILLED, lambda c: None),
        partytime=each("podroll", *REMOTE),
    ),
    row(
        "podcast:publisher/podcast:remoteItem",
        lambda c: c.feed.publisher and [remote(c.feed.publisher)[:2]],
        feedparser=wrong("podcast_publisher", SPILLED, lambda c: None),
        partytime=each("podcastPublisher", "feedGuid", "feedUrl"),
    ),
    row(
        "podcast:socialInteract",
        lambda c: [post(found) for found in c.feed.discussion],
        feedparser=wrong(
            lambda f: [
                (*found[:4], found[4] and float(found[4]))
                for found in lowered_list("podcast_socialinteract", *POST)(f)
            ],
            LAST,
            lambda c: [post(found) for found in c.feed.discussion[-1:]],
        ),
        partytime=ignored("reads it in items only"),
    ),
    row(
        "podcast:txt",
        lambda c: [(found.text, found.purpose) for found in c.feed.text_records],
        feedparser=wrong(
            lambda f: [(text, None) for text in [text_of("podcast_txt")(f)] if text],
            LAST,
            lambda c: [(found.text, None) for found in c.feed.text_records[-1:]],
        ),
        partytime=each("podcastTxt", "value", "purpose"),
    ),
    row(
        "podcast:value",
        lambda c: spent(dict(found.attributes)) if (found := paid(c)) else None,
        feedparser=lambda f: spent(f.get("podcast_value")),
        partytime=lambda f: spent(f.get("value")),
    ),
    row(
        "podcast:value/podcast:valueRecipient",
        lambda c: payees(paid(c)),
        feedparser=wrong(
            lowered_list("podcast_valuerecipient", *PAYEE),
            SPILLED,
            lambda c: [attributes(one, *PAYEE) for one in inside(paid(c), RECIPIENT)[-1:]],
        ),
        partytime=lambda f: read_payees(f.get("value")),
    ),
    row(
        "podcast:value/podcast:valueTimeSplit",
        lambda c: splits(paid(c)),
        feedparser=wrong("podcast_value.podcast_valuetimesplit", SPILLED, lambda c: None),
        partytime=lambda f: read_splits(f.get("value")),
    ),
    row(
        "podcast:chat",
        lambda c: attributes(element(c.feed.elements, "podcast:chat"), *CHAT),
        feedparser=lowered("podcast_chat", *CHAT),
        partytime=lambda f: tuple(f["chat"].get(name) for name in CHAT) if "chat" in f else None,
    ),
    row(
        "podcast:liveItem",
        lambda c: schedule(dict(found.attributes)) if (found := live(c)) else None,
        feedparser=lambda f: schedule(f.get("podcast_liveitem")),
        partytime=lambda f: schedule((f.get("podcastLiveItems") or [None])[0]),
    ),
    row(
        "podcast:liveItem/title",
        live_text("title"),
        feedparser=wrong("podcast_liveitem.title", SPILLED, lambda c: None),
        partytime=first_live("title"),
    ),
    row(
        "podcast:liveItem/guid",
        live_text("guid"),
        feedparser=wrong("podcast_liveitem.guid", SPILLED, lambda c: None),
        partytime=first_live("guid"),
    ),
    row(
        "podcast:liveItem/enclosure",
        lambda c: stream(
            dict(found.attributes) if (found := inside_live(c, "enclosure")) else None
        ),
        feedparser=wrong("podcast_liveitem.enclosure", SPILLED, lambda c: None),
        partytime=lambda f: stream(first_live("enclosure")(f)),
    ),
    row(
        "podcast:liveItem/podcast:contentLink",
        button,
        feedparser=wrong("podcast_liveitem.podcast_contentlink", SPILLED, lambda c: None),
        partytime=lambda f: [
            (found["title"], found["url"]) for found in first_live("contentLinks")(f) or ()
        ],
    ),
)
