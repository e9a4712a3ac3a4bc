"""What front matter and settings say of sound and pictures: soundbites, images, other encodings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from castpress.model.address import is_absolute
from castpress.model.feed_tags import AlternateEnclosure, Picture, Soundbite
from castpress.read.moments import Moment, moment_ms
from castpress.read.schema import Language, Schema, Text, one_or_many
from castpress.read.tag_values import (
    NAME_LIMIT,
    Count,
    EpisodeDisplay,
    Line,
    MediaType,
    Purposes,
    Ratio,
    Sha256,
    Size,
    Web,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPAN = re.compile(r"([0-9][0-9:.]*)\s*(?:-|–|—|to)\s*([0-9][0-9:.]*)(?:\s+(\S.*))?")
_MEDIA_TYPES = {
    "m3u8": "application/x-mpegURL",
    "m4a": "audio/x-m4a",
    "m4v": "video/x-m4v",
    "mov": "video/quicktime",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "oga": "audio/ogg",
    "ogg": "audio/ogg",
    "opus": "audio/opus",
    "flac": "audio/flac",
}


class SoundbiteEntry(Schema):
    """A span that makes one want to hear the rest: ``12:30-13:05 Why 180 is no law``."""

    start: Moment
    end: Moment | None = None
    duration: Moment | None = None
    title: Annotated[Text, Field(max_length=NAME_LIMIT)] = ""

    @model_validator(mode="before")
    @classmethod
    def _as_entry(cls, value: object) -> object:
        if isinstance(value, dict) and len(value) == 1 and _SPAN.fullmatch(str(next(iter(value)))):
            raise ValueError(
                "the colon in the title makes keys of it; put the line in quotes: "
                '`"12:30-13:05 Amy: why"`'
            )
        if not isinstance(value, str):
            return value
        span = _SPAN.fullmatch(value.strip())
        if span is None:
            raise ValueError("expected two times and a title; write `12:30-13:05 The title`")
        start, end = moment_ms(span[1]), moment_ms(span[2])
        return {"start": start / 1000, "end": end / 1000, "title": span[3] or ""}

    @model_validator(mode="after")
    def _has_length(self) -> Self:
        if (self.end is None) == (self.duration is None):
            raise ValueError("expected one end; write `end: 13:05`, or `duration: 35`")
        if self.duration == 0 or self.end == self.start:
            raise ValueError("it has no length; write `12:30-13:05 The title`, or `duration: 35`")
        if self.length_ms < 0:
            raise ValueError("it ends before it begins; write the later time behind the first")
        return self

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """The name of the attribute, and what people guess."""
        return {
            "startTime": "write `start:`",
            "endTime": "write `end:`",
            "length": "write `duration:`",
            "text": "write `title:`",
        }

    @property
    def length_ms(self) -> int:
        """How long it is."""
        return self.duration if self.duration is not None else (self.end or 0) - self.start

    def as_soundbite(self) -> Soundbite:
        """The same as the model knows it."""
        return Soundbite(self.start, self.length_ms, self.title)


class ImageEntry(Schema):
    """A picture for one purpose: ``file`` in the show's folder, or ``url`` where it is already."""

    file: Text | None = None
    url: Web | None = None
    alt: Text = ""
    purpose: Purposes | None = None
    aspect_ratio: Ratio | None = None
    width: Size | None = None
    height: Size | None = None

    @model_validator(mode="before")
    @classmethod
    def _as_entry(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        return {"url" if is_absolute(value.strip()) else "file": value}

    @model_validator(mode="after")
    def _is_somewhere(self) -> Self:
        if (self.file is None) == (self.url is None):
            raise ValueError(
                "expected one place; write `file: artwork/wide.jpg`, or `url: https://…`"
            )
        return self

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """The names of the attributes, and what people guess."""
        return {
            "href": "write `url:`",
            "src": "write `url:`, or `file:`",
            "path": "write `file:`",
        }

    def as_picture(self, url: str) -> Picture:
        """The same as the model knows it, at the address where it is published."""
        return Picture(url, self.alt, self.purpose, self.aspect_ratio, self.width, self.height)


class AlternateEntry(Schema):
    """The same episode elsewhere, in another encoding."""

    url: Annotated[tuple[Web, ...], BeforeValidator(one_or_many), Field(min_length=1)]
    type: MediaType
    length: Count | None = None
    bitrate: Size | None = None
    height: Size | None = None
    language: Language | None = None
    title: EpisodeDisplay | None = None
    rel: EpisodeDisplay | None = None
    codecs: Line | None = None
    default: bool = False
    sha256: Sha256 | None = None

    @model_validator(mode="before")
    @classmethod
    def _with_type(cls, value: object) -> object:
        given = {"url": value} if isinstance(value, str) else value
        if not isinstance(given, dict) or "type" in given:
            return given
        first = given.get("url")
        first = first[0] if isinstance(first, list) and first else first
        path = str(first).partition("?")[0].partition("#")[0]
        found = _MEDIA_TYPES.get(path.rpartition(".")[2].lower())
        if first == "":
            raise ValueError("expected an address; write one such as https://a.example/b.opus")
        if found is None and first:
            raise ValueError(
                "the ending of the address does not tell what it is; write `url:`, and below it "
                "`type:` with a media type such as video/mp4"
            )
        return given | {"type": found} if found else given

    @classmethod
    def renamed(cls) -> Mapping[str, str]:
        """The names of the attributes."""
        return {
            "lang": "write `language:`",
            "source": "write `url:`",
            "integrity": "write `sha256:` with what `sha256sum` prints",
        }

    def as_alternate(self) -> AlternateEnclosure:
        """The same as the model knows it."""
        return AlternateEnclosure(
            media_type=self.type,
            sources=self.url,
            byte_length=self.length,
            bitrate=self.bitrate,
            height_px=self.height,
            language=self.language,
            title=self.title,
            rel=self.rel,
            codecs=self.codecs,
            is_default=self.default,
            sha256=self.sha256,
        )


def _one_default(alternates: tuple[AlternateEntry, ...]) -> tuple[AlternateEntry, ...]:
    if sum(alternate.default for alternate in alternates) > 1:
        raise ValueError("only one can be the default; keep one `default: true`")
    return alternates


Soundbites = Annotated[tuple[SoundbiteEntry, ...], BeforeValidator(one_or_many)]
Images = Annotated[tuple[ImageEntry, ...], BeforeValidator(one_or_many)]
Alternates = Annotated[
    tuple[AlternateEntry, ...], BeforeValidator(one_or_many), AfterValidator(_one_default)
]
