"""What the head of a note says that has to be known before the note is read whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from castpress.model.image import ShownPicture
    from castpress.model.podcast import EpisodeType
    from castpress.model.problem import Location


class PortraitFile(NamedTuple):
    """The photo of a person in the show's folder, and where it is named."""

    person: str
    path: str
    place: Location


@dataclass(frozen=True, slots=True)
class Signs:
    """What tells the number and the date of a note beside its file's name, as typed.

    ``course`` is a course's slug or title; ``title`` is that of front matter, or that of the notes
    where a date hangs on it.
    """

    published: str | None
    course: str | None
    lesson: int | None
    title: str | None
    episode_type: EpisodeType


@dataclass(frozen=True, slots=True)
class Outline:
    """Who the episode is, what belongs to it and when it is out, as typed.

    Each ``…_place`` is where the author finds the value, or the note's first line; ``pictures`` are
    further ones that lie in the show's folder, ``chapter_pictures`` those of chapters,
    ``portraits`` photos of people, ``shown`` those that the notes show. ``title_read_by`` is a
    digest of the words of show.yaml by which the title was found in the notes, empty where they
    were not asked.
    """

    guid: str | None
    slug: str | None
    guid_place: Location
    audio: str | None
    audio_place: Location
    transcript: str | None
    image: str | None
    image_alt: str | None
    image_place: Location
    language: str | None
    is_draft: bool
    signs: Signs
    pictures: tuple[tuple[str, Location], ...] = ()
    portraits: tuple[PortraitFile, ...] = ()
    chapter_pictures: tuple[tuple[str, Location], ...] = ()
    title_read_by: bytes = b""
    shown: tuple[ShownPicture, ...] = ()
