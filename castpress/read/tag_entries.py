"""What settings and front matter say about a feed beyond the show: licence, places, posts, feeds.

Each entry knows the short forms that people write, and becomes one type of ``model/feed_tags``.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Annotated, Literal, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from castpress.model.feed_tags import (
    License,
    Place,
    RemoteItem,
    SocialPost,
    TextRecord,
    UpdateFrequency,
)
from castpress.model.license_names import LICENSE_NAMES, is_known_license
from castpress.read.schema import Schema, Text, Url, one_or_many
from castpress.read.tag_values import (
    Address,
    Count,
    Country,
    Geo,
    IsoMoment,
    Line,
    Medium,
    Name,
    Osm,
    OtherGuid,
    Rrule,
    Web,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_FREQUENCIES = {
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "every week": "FREQ=WEEKLY",
    "every two weeks": "FREQ=WEEKLY;INTERVAL=2",
    "every other week": "FREQ=WEEKLY;INTERVAL=2",
    "fortnightly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
    "every month": "FREQ=MONTHLY",
}
# Networks for whose posts the podcast namespace has no protocol.
_NO_PROTOCOL = frozenset(
    {
        *("facebook.com", "instagram.com", "linkedin.com", "tiktok.com", "youtube.com"),
        *("reddit.com", "discord.com", "discord.gg", "t.me", "whatsapp.com"),
    }
)
_HOSTS = {"bsky.app": "atproto", "twitter.com": "twitter", "x.com": "twitter"}


_PURPOSES = ("verify", "applepodcastsverify", "release", "ai-content")


class LicenseEntry(Schema):
    """Under which licence others may use the show: ``cc-by-4.0``, or a name and its address."""

    name: Name
    url: Url | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_entry(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _is_known(self) -> Self:
        if self.url is None and not is_known_license(self.name):
            names = list(map(str.lower, LICENSE_NAMES))
            typed = self.name.lower()
            near = difflib.get_close_matches(typed, names, n=1, cutoff=0.75)
            near = ["arr"] if "rights reserved" in typed else near
            near = ["cc-by-4.0"] if typed in ("cc", "cc-by", "cc by") else near
            raise ValueError(
                f"apps know no licence of this name; did you mean `license: {near[0]}`?"
                if near
                else "apps know no licence of this name, so it needs its address; write "
                f"`name:` and `url:` below `license:`, or one of {', '.join(names)}"
            )
        return self

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """Words that people guess."""
        return {
            "identifier": "write `name:`",
            "slug": "write `name:`",
            "spdx": "write `name:`",
            "href": "write `url:`",
            "link": "write `url:`",
        }

    def as_license(self) -> License:
        """The same as the model knows it."""
        # The namespace wants its own identifiers in small letters.
        name = self.name.lower() if is_known_license(self.name) else self.name
        return License(name, self.url)


class PlaceEntry(Schema):
    """A place in words, perhaps with where it is on the map."""

    name: Name
    rel: Literal["subject", "creator"] = "subject"
    geo: Geo | None = None
    osm: Osm | None = None
    country: Country | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_entry(cls, value: object) -> object:
        return {"name": value} if isinstance(value, str) else value

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """Words that people guess."""
        where = "write `geo:` with latitude and longitude: geo:43.65,-79.38"
        return {
            **dict.fromkeys(("lat", "latitude", "lon", "lng", "longitude"), where),
            "place": "write `name:`",
            "text": "write `name:`",
        }

    def as_place(self) -> Place:
        """The same as the model knows it."""
        return Place(self.name, self.rel, self.geo, self.osm, self.country)


class PostEntry(Schema):
    """The post under which listeners talk about the show or the episode."""

    protocol: Literal[
        "disabled", "activitypub", "twitter", "lightning", "atproto", "hive", "matrix", "nostr"
    ]
    uri: Address | None = None
    account_id: Line | None = None
    account_url: Url | None = None
    priority: Count | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_entry(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        if value.strip() == "disabled":
            return {"protocol": "disabled"}
        scheme, _, rest = value.strip().partition(":")
        host = rest.removeprefix("//").partition("/")[0].removeprefix("www.")
        if host.removeprefix("m.") in _NO_PROTOCOL:
            raise ValueError(
                f"apps cannot read posts of {host}; write the address as `comments:` in a note"
            )
        own = {"at": "atproto", "nostr": "nostr", "matrix": "matrix"}.get(scheme)
        return {"protocol": own or _HOSTS.get(host, "activitypub"), "uri": value}

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if self.protocol == "disabled" and len(self.model_fields_set) > 1:
            raise ValueError("`disabled` stands alone; delete it, or the keys beside it")
        if self.protocol != "disabled" and self.uri is None:
            raise ValueError("a post needs its address; write `uri:` with the address of the post")
        return self

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """The names of the attributes, and what people guess."""
        return {
            "accountId": "write `account_id:`",
            "accountUrl": "write `account_url:`",
            "account": "write `account_id:`",
            "url": "write `uri:`",
        }

    def as_post(self) -> SocialPost:
        """The same as the model knows it."""
        return SocialPost(self.protocol, self.uri, self.account_id, self.account_url, self.priority)


def _alone_if_disabled(posts: tuple[PostEntry, ...]) -> tuple[PostEntry, ...]:
    if len(posts) > 1 and any(post.protocol == "disabled" for post in posts):
        raise ValueError("`disabled` stands alone; delete it, or the posts beside it")
    return posts


class TextEntry(Schema):
    """Free text for machines, such as the proof of ownership that a directory asks for."""

    text: Annotated[Text, Field(min_length=1, max_length=4000)]
    purpose: Name | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_entry(cls, value: object) -> object:
        return {"text": value} if isinstance(value, str) else value

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """Words that people guess."""
        return {"value": "write `text:`", "verify": "write `text:`, and `purpose: verify`"}

    @model_validator(mode="after")
    def _is_meant(self) -> Self:
        found = (self.purpose or "").lower()
        near = difflib.get_close_matches(found, _PURPOSES, n=1, cutoff=0.8)
        near = ["applepodcastsverify"] if found.startswith("apple") else near
        if near and self.purpose not in _PURPOSES:
            raise ValueError(
                f"no directory asks for the purpose {self.purpose!r}; did you mean "
                f"`purpose: {near[0]}`?"
            )
        return self

    def as_record(self) -> TextRecord:
        """The same as the model knows it."""
        return TextRecord(self.text, self.purpose)


class RemoteItemEntry(Schema):
    """Another show by its ``podcast:guid``, or one episode of it."""

    guid: OtherGuid
    feed: Web | None = None
    item: Line | None = None
    medium: Medium | None = None
    title: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_entry(cls, value: object) -> object:
        return {"guid": value} if isinstance(value, str) else value

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """The names of the attributes, and what people guess."""
        return {
            "feedGuid": "write `guid:`",
            "feedUrl": "write `feed:`",
            "itemGuid": "write `item:`",
            "url": "write `feed:`",
            "name": "write `title:`",
        }

    def as_remote_item(self) -> RemoteItem:
        """The same as the model knows it."""
        return RemoteItem(self.guid, self.feed, self.item, self.medium, self.title)


class FrequencyEntry(Schema):
    """How often something new comes: in words, and as a rule that apps can count with."""

    text: Name
    rrule: Rrule | None = None
    start: IsoMoment | None = None
    complete: bool = False

    @model_validator(mode="before")
    @classmethod
    def _as_entry(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        rule = _FREQUENCIES.get(" ".join(value.lower().split()))
        return {"text": value} | ({"rrule": rule} if rule else {})

    @model_validator(mode="after")
    def _counts_from_somewhere(self) -> Self:
        if "COUNT=" in (self.rrule or "") and self.start is None:
            raise ValueError("a rule with COUNT needs its beginning; write `start: 2026-09-08`")
        return self

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """The name of the attribute, and what people guess."""
        return {"dtstart": "write `start:`", "rule": "write `rrule:`", "title": "write `text:`"}

    def as_frequency(self) -> UpdateFrequency:
        """The same as the model knows it."""
        return UpdateFrequency(self.text, self.rrule, self.start, self.complete)


Places = Annotated[tuple[PlaceEntry, ...], BeforeValidator(one_or_many)]
Posts = Annotated[
    tuple[PostEntry, ...], BeforeValidator(one_or_many), AfterValidator(_alone_if_disabled)
]
Texts = Annotated[tuple[TextEntry, ...], BeforeValidator(one_or_many)]
RemoteItems = Annotated[tuple[RemoteItemEntry, ...], BeforeValidator(one_or_many)]
