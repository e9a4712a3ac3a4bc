"""The head of a note: ``key: value`` lines between two lines of three hyphens. All optional."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from castpress.model.podcast import EpisodeType, Exercise
from castpress.model.problem import Location, Problem, Severity
from castpress.model.timecode import TimecodeError, parse_moment, parse_units, plain_digits
from castpress.read.dates import check_date
from castpress.read.schema import Language, Prose, Schema, Several, Slug, Text, Url, validate
from castpress.read.settings import LinkEntry, PersonEntry
from castpress.read.stamps import read_stamp
from castpress.read.strict_yaml import YamlText, parse_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import PurePosixPath

_FENCE = re.compile(r"-{3,}[ \t]*")
_TOML_FENCE = re.compile(r"\+{3}[ \t]*")
_SECONDS = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")


def _start(value: object) -> int:
    """The milliseconds of a clock time, of counts with units, or of bare seconds."""
    text = plain_digits(str(value)).strip()
    try:
        return parse_units(f"{text}s") if _SECONDS.fullmatch(text) else parse_moment(text)
    except TimecodeError as error:
        raise ValueError(
            "expected a time; write it as 2:15, 1:02:03 or 2 min, or as seconds: 135"
        ) from error


def _line_of(value: object) -> str | None:
    """A chapter as a line, None where it is written with keys; YAML takes ``9:00: Mail`` apart."""
    if isinstance(value, dict) and len(value) == 1:
        key, title = next(iter(value.items()))
        if read_stamp(str(key)) is not None and isinstance(title, str | None):
            return f"{key} {title or ''}".strip()
    return value if isinstance(value, str) else None


DateText = Annotated[Text, AfterValidator(check_date)]


class ChapterEntry(Schema):
    """One chapter given by hand; the list wins over the notes' own times."""

    start: Annotated[int, BeforeValidator(_start)]
    title: Text = Field(min_length=1)

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

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """Words that people bring along from other tools."""
        return {"time": "write `start:`", "startTime": "write `start:`", "name": "write `title:`"}


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
    season: Annotated[int, Field(ge=1)] | None = None
    season_name: Text | None = Field(default=None, max_length=128)
    episode: Annotated[int, Field(ge=0)] | None = None
    type: EpisodeType = EpisodeType.FULL
    course: Text | None = None
    lesson: Annotated[int, Field(ge=1)] | None = None
    summary: Prose | None = None
    subtitle: Text | None = None
    author: Text | None = None
    people: tuple[PersonEntry, ...] = ()
    tags: Several = ()
    explicit: bool | None = None
    block: bool = False
    language: Language | None = None
    image: Text | None = None
    image_alt: Text | None = None
    audio: Text | None = None
    transcript: Text | None = None
    speakers: dict[Text, Text] = Field(default_factory=dict)
    chapters: tuple[ChapterEntry, ...] = ()
    video: Url | None = None
    topics: Several = ()
    exercises: tuple[ExerciseEntry, ...] = ()
    links: tuple[LinkEntry, ...] = ()
    related: tuple[LinkEntry, ...] = ()
    call_to_action: Text | None = None

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
    # Only what editors count as a line: str.splitlines knows ten kinds more.
    lines = re.findall(r"[^\n]*\n|[^\n]+", re.sub(r"\r\n?", "\n", text.removeprefix("\ufeff")))
    head, body, problem = _split(lines, file)
    read, faults = parse_yaml("".join(lines[slice(*head)]), file, first_line=head[0] + 1)
    settings, misfits = validate(FrontMatter, read)
    problems = (*([problem] if problem else []), *faults, *misfits)
    return Head(settings or FrontMatter(), read, "".join(lines[body:]), body + 1), problems


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
