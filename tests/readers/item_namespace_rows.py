"""The podcast namespace's tags of an item, and what each parser makes of them."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from castpress.render.transcript import transcript_files
from tests.readers.cells import each, ignored, number, row, wrong
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
    address,
    attributes,
    element,
    inside,
    lowered,
    lowered_list,
    payees,
    person,
    pictures,
    place,
    post,
    read_payees,
    read_people,
    read_splits,
    spent,
    splits,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from castpress.model.feed_tags import AlternateEnclosure, Element
    from castpress.render.feed_element import Item

ENCODING = ("type", "length", "bitrate", "height", "lang", "title", "rel", "codecs", "default")
ONLY_WITH_LENGTH = "leaves out one without a `length`"


def people(i: Item) -> list[tuple[object, ...]]:
    """The feed's and the episode's own: persons of an item replace those of the channel."""
    everybody = (*i.feed.people, *i.release.episode.people)
    return [] if everybody == i.show.feed.people else [person(i.show, one) for one in everybody]


def images(i: Item) -> list[tuple[object, ...]]:
    episode = i.release.episode
    return pictures(i.show, episode.artwork, episode.pictures)


def transcripts(i: Item) -> list[tuple[object, ...]]:
    files = transcript_files(i.release.episode)
    return [
        (i.show.url(file.path), file.media_type, file.language, "captions")
        for file in files
        if file.is_timed
    ]


def partytimes_transcripts(i: Item) -> list[tuple[object, ...]]:
    return [
        tuple("application/srt" if value == "application/x-subrip" else value for value in found)
        for found in transcripts(i)
    ]


def chapters(i: Item) -> tuple[str, str] | None:
    episode = i.release.episode
    if not episode.chapters:
        return None
    return (i.show.url(f"{episode.page_path}chapters.json"), "application/json+chapters")


def soundbites(i: Item) -> list[tuple[float, float, str]]:
    return [
        (bite.start_ms / 1000, bite.duration_ms / 1000, bite.title)
        for bite in i.release.episode.soundbites
    ]


def partytimes_soundbites(i: Item) -> list[tuple[float, float, str]]:
    return [
        (start, length, title or i.feed.title) for start, length, title in soundbites(i) if start
    ]


def encodings(i: Item, *, only_with_length: bool = False) -> Sequence[AlternateEnclosure]:
    found = i.release.episode.alternates
    return [one for one in found if one.byte_length or not only_with_length]


def facts(one: AlternateEnclosure) -> tuple[object, ...]:
    sizes = (one.byte_length, one.bitrate, one.height_px)
    texts = (one.language, one.title, one.rel, one.codecs)
    return (one.media_type, *sizes, *texts, one.is_default)


def read_facts(read: Any) -> tuple[object, ...]:
    """The same from any mapping; numbers as numbers."""
    sizes = (read.get(name) for name in ENCODING[1:4])
    texts = (read.get(name) for name in ENCODING[4:8])
    is_default = read.get("default") in {True, "true"}
    return (read["type"], *(int(s) if s else None for s in sizes), *texts, is_default)


def sources(i: Item, found: Sequence[AlternateEnclosure]) -> list[list[str | None]]:
    return [[address(i.show, url) for url in one.sources] for one in found]


def integrity(one: AlternateEnclosure) -> str | None:
    if one.sha256 is None:
        return None
    return "sha256-" + base64.b64encode(bytes.fromhex(one.sha256)).decode()


def paid(i: Item) -> Element | None:
    return element(i.release.episode.elements, "podcast:value")


def button(i: Item) -> list[tuple[object, ...]]:
    found = element(i.release.episode.elements, "podcast:contentLink")
    return [(found.text, dict(found.attributes)["href"])] if found else []


def whole_number(i: Item) -> float | None:
    episode = i.release.episode
    return float(episode.decimal_number) if episode.decimal_number else episode.number


ITEM_NAMESPACE_ROWS = (
    row(
        "podcast:season",
        lambda i: i.release.episode.season,
        feedparser=wrong(
            lambda e: number("podcast_season")(e) if text_of("podcast_season")(e) else None,
            NO_TEXT,
            lambda i: None if i.release.episode.season_name else i.release.episode.season,
        ),
        partytime=wrong(
            "podcastSeason.number", "drops the number 0", lambda i: i.release.episode.season or None
        ),
    ),
    row(
        "podcast:season",
        lambda i: i.release.episode.season_name,
        "@name",
        feedparser="podcast_season.name",
        partytime="podcastSeason.name",
    ),
    row(
        "podcast:episode",
        whole_number,
        feedparser=wrong(
            lambda e: number("podcast_episode")(e) if text_of("podcast_episode")(e) else None,
            NO_TEXT,
            lambda i: None if i.release.episode.display_number else whole_number(i),
        ),
        partytime=wrong(
            "podcastEpisode.number", "drops the number 0", lambda i: whole_number(i) or None
        ),
    ),
    row(
        "podcast:episode",
        lambda i: i.release.episode.display_number,
        "@display",
        feedparser="podcast_episode.display",
        partytime="podcastEpisode.display",
    ),
    row(
        "podcast:chapters",
        chapters,
        feedparser=lowered("podcast_chapters", "url", "type"),
        podcastparser=ignored(OLD_ADDRESS),
        partytime=lowered("podcastChapters", "url", "type"),
    ),
    row(
        "podcast:soundbite",
        soundbites,
        feedparser=wrong(
            lambda e: [
                (float(start), float(length), "")
                for start, length in lowered_list("podcast_soundbite", "starttime", "duration")(e)
            ],
            LAST_NO_TEXT,
            lambda i: [(start, length, "") for start, length, _ in soundbites(i)[-1:]],
        ),
        partytime=wrong(
            each("podcastSoundbites", "startTime", "duration", "title"),
            "drops one that begins at 0, and gives one without a title the show's",
            partytimes_soundbites,
        ),
    ),
    row(
        "podcast:transcript",
        transcripts,
        feedparser=wrong(
            lowered_list("podcast_transcript", "url", "type", "language", "rel"),
            LAST,
            lambda i: transcripts(i)[-1:],
        ),
        podcastparser=ignored(OLD_ADDRESS),
        partytime=wrong(
            each("podcastTranscripts", "url", "type", "language", "rel"),
            "calls SubRip `application/srt`, whatever the feed says",
            partytimes_transcripts,
        ),
    ),
    row(
        "podcast:alternateEnclosure",
        lambda i: [facts(one) for one in encodings(i)],
        feedparser=wrong(
            lambda e: (
                [read_facts(e.podcast_alternateenclosure)]
                if "podcast_alternateenclosure" in e
                else []
            ),
            LAST,
            lambda i: [facts(one) for one in encodings(i)[-1:]],
        ),
        partytime=wrong(
            lambda e: [read_facts(one) for one in e.get("alternativeEnclosures", ())],
            ONLY_WITH_LENGTH,
            lambda i: [facts(one) for one in encodings(i, only_with_length=True)],
        ),
    ),
    row(
        "podcast:alternateEnclosure/podcast:source",
        lambda i: sources(i, encodings(i)),
        feedparser=wrong(
            lambda e: [list(found) for found in lowered_list("podcast_source", "uri")(e)],
            SPILLED,
            lambda i: [found[-1:] for found in sources(i, encodings(i)[-1:])],
        ),
        partytime=wrong(
            lambda e: [
                [source["uri"] for source in one["source"]]
                for one in e.get("alternativeEnclosures", ())
            ],
            ONLY_WITH_LENGTH,
            lambda i: sources(i, encodings(i, only_with_length=True)),
        ),
    ),
    row(
        "podcast:alternateEnclosure/podcast:integrity",
        lambda i: [integrity(one) for one in encodings(i) if one.sha256],
        feedparser=wrong("podcast_alternateenclosure.podcast_integrity", SPILLED, lambda i: None),
        partytime=lambda e: [
            one["integrity"]["value"]
            for one in e.get("alternativeEnclosures", ())
            if "integrity" in one
        ],
    ),
    row(
        "podcast:person",
        people,
        feedparser=wrong(
            lowered_list("podcast_person", "text", "role", "group", "href", "img"),
            LAST_NO_TEXT,
            lambda i: [(None, *found[1:]) for found in people(i)[-1:]],
        ),
        podcastparser=ignored(OLD_ADDRESS),
        partytime=read_people,
    ),
    row(
        "podcast:location",
        lambda i: [place(one) for one in i.release.episode.places],
        feedparser=wrong(
            lowered_list("podcast_location", "text", "geo", "osm"),
            LAST_NO_TEXT,
            lambda i: [(None, *place(one)[1:]) for one in i.release.episode.places[-1:]],
        ),
        partytime=each("podcastLocation", "name", "geo", "osm"),
    ),
    row(
        "podcast:location",
        lambda i: [(one.rel, one.country) for one in i.release.episode.places],
        "@rel @country",
        feedparser=lowered_list("podcast_location", "rel", "country"),
    ),
    row(
        "podcast:license",
        lambda i: i.release.episode.license and i.release.episode.license.identifier,
        feedparser="podcast_license",
        partytime="license.identifier",
    ),
    row(
        "podcast:image",
        images,
        feedparser=wrong(lowered_list("podcast_image", *PICTURE), LAST, lambda i: images(i)[-1:]),
        partytime=ignored("knows `podcast:images`, the form that came before"),
    ),
    row(
        "podcast:funding",
        lambda i: [(one.title, one.url) for one in i.release.episode.funding],
        feedparser=wrong(
            lowered_list("podcast_funding", "text", "url"),
            LAST_NO_TEXT,
            lambda i: [(None, one.url) for one in i.release.episode.funding[-1:]],
        ),
        partytime=ignored("reads it in the channel only"),
    ),
    row(
        "podcast:socialInteract",
        lambda i: [post(one) for one in i.release.episode.discussion],
        feedparser=wrong(
            lambda e: [
                (*found[:4], found[4] and float(found[4]))
                for found in lowered_list("podcast_socialinteract", *POST)(e)
            ],
            LAST,
            lambda i: [post(one) for one in i.release.episode.discussion[-1:]],
        ),
        partytime=each(
            "podcastSocialInteraction", "platform", "url", "id", "profileUrl", "priority"
        ),
    ),
    row(
        "podcast:txt",
        lambda i: [(one.text, one.purpose) for one in i.release.episode.text_records],
        feedparser=wrong(
            lowered_list("podcast_txt", "text", "purpose"),
            NO_TEXT,
            lambda i: [(None, one.purpose) for one in i.release.episode.text_records],
        ),
        partytime=wrong(
            each("podcastTxt", "value", "purpose"),
            "drops a text that is `true`, `false` or a number",
            lambda i: [],
        ),
    ),
    row(
        "podcast:value",
        lambda i: spent(dict(found.attributes)) if (found := paid(i)) else None,
        feedparser=lambda e: spent(e.get("podcast_value")),
        partytime=lambda e: spent(e.get("value")),
    ),
    row(
        "podcast:value/podcast:valueRecipient",
        lambda i: payees(paid(i)),
        feedparser=wrong(
            lowered_list("podcast_valuerecipient", *PAYEE),
            SPILLED,
            lambda i: [attributes(one, *PAYEE) for one in inside(paid(i), RECIPIENT)[-1:]],
        ),
        partytime=lambda e: read_payees(e.get("value")),
    ),
    row(
        "podcast:value/podcast:valueTimeSplit",
        lambda i: splits(paid(i)),
        feedparser=wrong("podcast_value.podcast_valuetimesplit", SPILLED, lambda i: None),
        partytime=lambda e: read_splits(e.get("value")),
    ),
    row(
        "podcast:contentLink",
        button,
        feedparser=wrong(
            lowered_list("podcast_contentlink", "text", "href"),
            NO_TEXT,
            lambda i: [(None, href) for _, href in button(i)],
        ),
        partytime=ignored("reads it in a `podcast:liveItem` only"),
    ),
    row(
        "podcast:chat",
        lambda i: attributes(element(i.release.episode.elements, "podcast:chat"), *CHAT),
        feedparser=lowered("podcast_chat", *CHAT),
        partytime=lambda e: tuple(e["chat"].get(name) for name in CHAT) if "chat" in e else None,
    ),
)
