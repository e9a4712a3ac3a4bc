"""show.yaml: what the podcaster says once about the show and its courses."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

from castpress.model.podcast import FeedType, TranscriptMaker
from castpress.read.feed_entries import DerivedFeeds, FeedSize
from castpress.read.media_entries import Images
from castpress.read.people import PersonEntry
from castpress.read.place_settings import AnnounceEntry, S3Entry, hide_lines, take_secrets_out
from castpress.read.release_rules import ReleaseEntry
from castpress.read.schema import (
    Email,
    Language,
    Prose,
    Schema,
    Slug,
    Text,
    Url,
    Uuid,
    one_or_many,
    validate,
)
from castpress.read.show_entries import (
    CallToActionEntry,
    Categories,
    CloudEntry,
    Fundings,
    LinkEntry,
    NotesEntry,
    OwnerEntry,
    SiteEntry,
    Sponsors,
    Weekday,
)
from castpress.read.strict_yaml import YamlText, parse_yaml
from castpress.read.tag_entries import (
    FrequencyEntry,
    LicenseEntry,
    Places,
    Posts,
    RemoteItemEntry,
    RemoteItems,
    Texts,
)
from castpress.read.tag_values import Block
from castpress.read.theme_entry import ThemeEntry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

    from castpress.model.problem import Location, Problem

_LONGEST_ADDRESS = 150
# Names that mean something else on each computer, or count leap seconds.
_NO_PLACES = ("localtime", "posixrules", "Factory")
# Podcast namespace, <podcast:guid>: the UUID namespace of all shows.
GUID_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


def feed_guid(feed_url: str) -> str:
    """The first ``podcast:guid`` of a feed: UUIDv5 of its address without scheme and end slash.

    Source: podcast namespace, ``<podcast:guid>``. Given once; afterwards it is read, not made.

    >>> feed_guid("https://podnews.net/rss")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    _, _, name = feed_url.rpartition("://")
    return str(uuid.uuid5(GUID_NAMESPACE, name.rstrip("/")))


def _zone(value: str) -> str:
    try:
        # Names have three parts at most; zoneinfo takes each for a package and looks inside.
        if value in _NO_PLACES or value.startswith("right/") or value.count("/") > 2:
            raise ValueError(value)
        ZoneInfo(value)
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(
            "no such time zone; write one such as Europe/Berlin or America/New_York"
        ) from error
    return value


def _base_url(value: str) -> str:
    if not value.startswith(("http://", "https://")) or "?" in value or "#" in value:
        raise ValueError("expected the address where the site will be; write https://example.org/")
    if len(value) > _LONGEST_ADDRESS:
        raise ValueError("expected a shorter address; directories take 255 characters in all")
    return value.rstrip("/") + "/"


class FeedSettings(Schema):
    """What any feed may say of itself beyond its title and its people."""

    apple_title: Annotated[Text, Field(min_length=1, max_length=255)] | None = None
    block: Block = Field(default_factory=dict)
    complete: bool = False
    license: LicenseEntry | None = None
    location: Places = ()
    images: Images = ()
    discussion: Posts = ()
    txt: Texts = ()
    update_frequency: FrequencyEntry | None = None
    funding: Fundings = ()
    podcast: dict[str, Any] = Field(default_factory=dict)


class CourseSettings(FeedSettings):
    """A serial course; what is left out is taken from the show."""

    title: Text = Field(min_length=1, max_length=255)
    description: Prose = Field(min_length=1)
    guid: Uuid | None = None
    author: Text | None = None
    artwork: Text | None = None
    artwork_alt: Text | None = None
    categories: Categories | None = None
    people: tuple[PersonEntry, ...] | None = None
    explicit: bool | None = None
    language: Language | None = None
    copyright: Text | None = None
    lesson_word: Text | None = None
    call_to_action: Text | None = None
    release: ReleaseEntry | None = None
    teasers: bool = True


class ShowSettings(FeedSettings):
    """All of show.yaml."""

    title: Text = Field(min_length=1, max_length=255)
    base_url: Annotated[Url, AfterValidator(_base_url)]
    guid: Uuid
    description: Prose = Field(min_length=1)
    categories: Categories
    language: Language = "en"
    time_zone: Annotated[Text, AfterValidator(_zone)] = "UTC"
    author: Text | None = None
    tagline: Text | None = None
    owner: OwnerEntry | None = None
    explicit: bool = False
    type: FeedType = FeedType.EPISODIC
    artwork: Text | None = None
    artwork_alt: Text | None = None
    copyright: Text | None = None
    locked: bool = True
    publish_to: Text | None = None
    s3: S3Entry = S3Entry()
    announce: AnnounceEntry = AnnounceEntry()
    people: tuple[PersonEntry, ...] = ()
    site: SiteEntry = SiteEntry()
    theme: ThemeEntry | None = None
    contact: Email | None = None
    subscribe: tuple[LinkEntry, ...] = ()
    social: tuple[LinkEntry, ...] = ()
    medium: Literal[
        "podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "course"
    ] = "podcast"
    podroll: RemoteItems = ()
    publisher: RemoteItemEntry | None = None
    webmaster: Email | None = None
    ttl: Annotated[int, Field(ge=1, le=10080)] | None = None
    skip_hours: Annotated[
        tuple[Annotated[int, Field(ge=0, le=23)], ...], BeforeValidator(one_or_many)
    ] = ()
    skip_days: Annotated[tuple[Weekday, ...], BeforeValidator(one_or_many)] = ()
    cloud: CloudEntry | None = None
    calls_to_action: dict[str, CallToActionEntry] = Field(default_factory=dict)
    call_to_action: Text | None = None
    notes: NotesEntry = NotesEntry()
    courses: dict[Slug, CourseSettings] = Field(default_factory=dict)
    feeds: DerivedFeeds = Field(default_factory=dict)
    feed_size: FeedSize | None = None
    search: bool = True
    transcript_made_by: TranscriptMaker | None = None
    sponsors: Sponsors = ()

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """Words that people bring along from other tools."""
        return {
            "url": "write `base_url:`",
            "link": "write `base_url:`",
            "cover": "write `artwork:`",
            "image": "write `artwork:`",
            "name": "write `title:`",
            "hosts": "write `people:`, each with `name:` and `role: host`",
            "category": "write `categories:` with a list",
            "email": "write `owner:` with `email:` below it, or `contact:`",
            "locations": "write `location:`, with a list",
            "social_interact": "write `discussion:`",
            "socialInteract": "write `discussion:`",
            "value": "write it below `podcast:`",
            "chat": "write it below `podcast:`",
            "liveItem": "write it below `podcast:`",
            "sponsor": "write `sponsors:`",
            "target": "write `publish_to:`",
            "deploy": "write `publish_to:`",
        }


@dataclass(frozen=True, slots=True)
class PlacedSettings:
    """The settings together with where each of them stands."""

    settings: ShowSettings
    source: YamlText

    def place(self, *path: str | int) -> Location:
        """Where a value stands, or the nearest one above it."""
        return self.source.place(path)


def parse_settings(
    text: str, file: PurePosixPath
) -> tuple[PlacedSettings | None, tuple[Problem, ...]]:
    """The show's settings, and all that is wrong with them."""
    text = text.removeprefix("\ufeff")
    whole, faults = parse_yaml(text, file)
    read, secrets = take_secrets_out(whole, file)
    settings, misfits = validate(ShowSettings, read)
    if any(fault.code == "bad-yaml" for fault in faults):
        # What the reader never got to is not missing; one thing to mend is said once.
        misfits = tuple(p for p in misfits if p.code != "missing-key")
    problems = (*faults, *secrets, *(_offer_guid(misfit, read) for misfit in misfits))
    problems = hide_lines(problems, text, hides_all=bool(secrets))
    if settings is None:
        return None, problems
    return PlacedSettings(settings, read), problems


def _offer_guid(problem: Problem, read: YamlText) -> Problem:
    """A missing guid is told, so that it only needs to be copied; it is never made up twice."""
    base_url = read.value.get("base_url")
    if read.value.get("guid") or not problem.message.startswith("`guid`"):
        return problem
    if not isinstance(base_url, str):
        return problem
    guid = feed_guid(base_url.rstrip("/") + "/feed.xml")
    advice = f"write `guid: {guid}`, or the podcast:guid of the feed that listeners already have"
    return replace(problem, help=advice)
