"""The head of a note: ``key: value`` lines between two lines of three hyphens. All optional."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from castpress.model.podcast import EpisodeType, Exercise, TranscriptMaker
from castpress.model.problem import Location, Problem, Severity
from castpress.read.corrections import Corrections
from castpress.read.dates import check_date
from castpress.read.media_entries import Alternates, Images, Soundbites
from castpress.read.moments import Moment
from castpress.read.people import PersonEntry
from castpress.read.schema import (
    Language,
    Number,
    Prose,
    Schema,
    Several,
    Slug,
    Text,
    Url,
    one_or_many,
    validate,
)
from castpress.read.show_entries import Fundings, LinkEntry, RelatedEntries, Sponsors
from castpress.read.stamps import read_stamp
from castpress.read.strict_yaml import YamlText, parse_yaml
from castpress.read.tag_entries import LicenseEntry, Places, Posts, Texts
from castpress.read.tag_values import EpisodeDisplay, Web

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

_FENCE = re.compile(r"-{3,}[ \t]*")
_TOML_FENCE = re.compile(r"\+{3}[ \t]*")
_DECIMAL = re.compile(r"[0-9]{1,6}\.[0-9]{1,6}")


def _line_of(value: object) -> str | None:
    """A chapter as a line, None where it is written with keys; YAML takes ``9:00: Mail`` apart."""
    if isinstance(value, dict) and len(value) == 1:
        key, title = next(iter(value.items()))
        if read_stamp(str(key)) is not None and isinstance(title, str | None):
            return f"{key} {title or ''}".strip()
    return value if isinstance(value, str) else None


def _parted(value: object) -> object:
    """Tags on one line, with commas between them, as the list that is meant."""
    if not isinstance(value, str):
        return one_or_many(value)
    return [part for part in value.split(",") if part.strip()]


Tags = Annotated[tuple[Text, ...], BeforeValidator(_parted)]


def _number(value: object) -> int | Decimal:
    """A count from 0 on; ``100.5`` comes between two of them."""
    text = str(value).strip()
    if _DECIMAL.fullmatch(text):
        exact = Decimal(text)
        return int(exact) if exact == int(exact) else exact.normalize()
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise ValueError("expected a number; write a number such as 6")
    return int(text)


DateText = Annotated[Text, AfterValidator(check_date)]


class ChapterEntry(Schema):
    """One chapter given by hand; the list wins over the notes' own times."""

    start: Moment
    title: Text = Field(min_length=1)
    image: Text | None = Field(default=None, min_length=1)
    image_alt: Text | None = None
    url: Url | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_entry(cls, value: object) -> object:
        """A line as chapter lists have it, ``12:30 Title`` or ``12:30: Title``, is one too."""
        line = _line_of(value)
        if line is None:
            return value
        stamp = read_stamp(line)
        if stamp is None:
            raise ValueError("expected a time and a title; write them as `2:15 Title`")
        if stamp.fault is not None:
            typed = line[slice(*stamp.at)]
            raise ValueError(
                f"{typed} is no clock time; write `2:15 Title`, all parts but the first below 60"
            )
        if not stamp.title:
            typed = line[slice(*stamp.at)]
            raise ValueError(f"a title is missing; write {typed} and a title: `{typed} Mailbag`")
        return {"start": stamp.start_ms / 1000, "title": stamp.title}

    @model_validator(mode="after")
    def _is_described(self) -> ChapterEntry:
        if self.image is not None and self.image_alt is None:
            raise ValueError(
                "the picture is not described; write `image_alt:` and what it shows, or "
                '`image_alt: ""` where it only decorates'
            )
        return self

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """Words that people bring along from other tools."""
        return {
            "time": "write `start:`",
            "startTime": "write `start:`",
            "name": "write `title:`",
            "img": "write `image:`",
            "alt": "write `image_alt:`",
            "link": "write `url:`",
        }


class ExerciseEntry(Schema):
    """Something to do after the episode."""

    name: Text = Field(min_length=1)
    reason: Text | None = None
    url: Url | None = None

    def as_exercise(self) -> Exercise:
        """The same as the model knows it."""
        return Exercise(self.name, self.reason, self.url)


class FrontMatter(Schema):
    """All keys that a note may begin with."""

    title: Text | None = Field(default=None, max_length=255)
    published: DateText | None = None
    updated: DateText | None = None
    draft: bool = False
    guid: Text | None = Field(default=None, max_length=255)
    slug: Slug | None = None
    aliases: tuple[Slug, ...] = ()
    season: Number | None = None
    season_name: Text | None = Field(default=None, max_length=128)
    episode: Annotated[int | Decimal, BeforeValidator(_number)] | None = None
    episode_display: EpisodeDisplay | None = None
    type: EpisodeType = EpisodeType.FULL
    course: Text | None = None
    lesson: Number | None = None
    summary: Prose | None = None
    subtitle: Text | None = None
    teaser: Text | None = None
    author: Text | None = None
    people: tuple[PersonEntry, ...] = ()
    tags: Tags = ()
    explicit: bool | None = None
    block: bool = False
    pinned: bool = False
    language: Language | None = None
    image: Text | None = None
    image_alt: Text | None = None
    audio: Text | None = None
    transcript: Text | None = None
    transcript_made_by: TranscriptMaker | None = None
    speakers: dict[Text, Text] = Field(default_factory=dict)
    chapters: tuple[ChapterEntry, ...] = ()
    video: Url | None = None
    topics: Several = ()
    exercises: tuple[ExerciseEntry, ...] = ()
    links: tuple[LinkEntry, ...] = ()
    related: RelatedEntries = ()
    call_to_action: Text | None = None
    apple_title: Annotated[Text, Field(min_length=1, max_length=255)] | None = None
    soundbites: Soundbites = ()
    location: Places = ()
    license: LicenseEntry | None = None
    images: Images = ()
    funding: Fundings = ()
    discussion: Posts = ()
    comments: Web | None = None
    txt: Texts = ()
    alternates: Alternates = ()
    podcast: dict[str, Any] = Field(default_factory=dict)
    corrections: Corrections = ()
    sponsors: Sponsors | None = None

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """Words that people bring along from other tools."""
        return {
            "date": "write `published:`",
            "pubDate": "write `published:`",
            "publish_date": "write `published:`",
            "number": "write `episode:`, or `lesson:` in a course",
            "cover": "write `image:`",
            "artwork": "write `image:`",
            "guests": "write `people:`, each with `name:` and `role: guest`",
            "hosts": "write `people:`, each with `name:` and `role: host`",
            "description": "write `summary:`",
            "keywords": "write `tags:`",
            "value": "write it below `podcast:`",
            "chat": "write it below `podcast:`",
            "contentLink": "write it below `podcast:`",
            "soundbite": "write `soundbites:`",
            "locations": "write `location:`, with a list",
            "social_interact": "write `discussion:`",
            "socialInteract": "write `discussion:`",
            "alternate_enclosure": "write `alternates:`",
            **dict.fromkeys(("featured", "sticky"), "write `pinned: true`"),
            "sponsor": "write `sponsors:`",
            "errata": "write `corrections:`",
        }


@dataclass(frozen=True, slots=True)
class Head:
    """A note's front matter with its places, and the notes below it."""

    settings: FrontMatter
    source: YamlText
    body: str
    first_line: int

    def place(self, *path: str | int) -> Location:
        """Where a value stands, or the nearest one above it."""
        return self.source.place(path)


def parse_head(text: str, file: PurePosixPath) -> tuple[Head, tuple[Problem, ...]]:
    """The front matter and the text below it; a head that is not closed is a problem."""
    read, body, first_line, problems = split_head(text, file)
    settings, misfits = validate(FrontMatter, read)
    return Head(settings or FrontMatter(), read, body, first_line), (*problems, *misfits)


def split_head(text: str, file: PurePosixPath) -> tuple[YamlText, str, int, tuple[Problem, ...]]:
    """What is written as settings, the text below it, and the first line of that."""
    # Only what editors count as a line: str.splitlines knows ten kinds more.
    lines = re.findall(r"[^\n]*\n|[^\n]+", re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff")))
    head, body, problem = _split(lines, file)
    read, faults = parse_yaml("".join(lines[slice(*head)]), file, first_line=head[0] + 1)
    problems = (*([problem] if problem else []), *faults)
    return read, "".join(lines[body:]), body + 1, problems


def _split(lines: list[str], file: PurePosixPath) -> tuple[tuple[int, int], int, Problem | None]:
    """Where the settings lie (first, end) and where the notes begin, as indexes of lines."""
    top = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    if top == len(lines):
        return (0, 0), 0, None
    if _TOML_FENCE.fullmatch(lines[top].rstrip("\n")):
        return (0, 0), *_after_toml(lines, top, file)
    if not _FENCE.fullmatch(lines[top].rstrip("\n")):
        return (0, 0), 0, _unfenced(lines, top, file)
    for index in range(top + 1, len(lines)):
        if _FENCE.fullmatch(lines[index].rstrip("\n")):
            return (top + 1, index), index + 1, None
    if not _key_of(lines[top + 1 : top + 2]):
        return (0, 0), 0, None  # a rule above the notes, no head
    problem = Problem(
        "open-front-matter",
        "the settings that begin here are not closed",
        Location(file, top + 1, 1),
        Severity.ERROR,
        "write a line `---` below the last setting",
    )
    return (0, 0), len(lines), problem


def _after_toml(lines: list[str], top: int, file: PurePosixPath) -> tuple[int, Problem | None]:
    """Where the notes begin below settings of another program, which are not read."""
    for index in range(top + 1, len(lines)):
        if _TOML_FENCE.fullmatch(lines[index].rstrip("\n")):
            problem = Problem(
                "foreign-front-matter",
                "the settings between the lines +++ are of another program, and are not read",
                Location(file, top + 1, 1),
                Severity.WARNING,
                "write them as `key: value` between two lines `---`",
            )
            return index + 1, problem
    return 0, None


def _unfenced(lines: list[str], top: int, file: PurePosixPath) -> Problem | None:
    """Settings whose lines of hyphens are missing, or were turned into dashes by an editor."""
    first = top + 1 if re.fullmatch(r"\s*[-–—=*_]+\s*", lines[top]) else top
    key = _key_of(lines[first : first + 1])
    if key not in FrontMatter.model_fields:
        return None
    return Problem(
        "unfenced-front-matter",
        f"`{key}:` is read as text, because no line `---` stands above it",
        Location(file, first + 1, 1),
        Severity.WARNING,
        "write a line of three hyphens above the first setting and one below the last",
    )


def _key_of(lines: list[str]) -> str | None:
    match = re.match(r"\s*([A-Za-z_]+)\s*:", lines[0]) if lines else None
    return match.group(1) if match else None
